// SPDX-License-Identifier: GPL-3.0-or-later
// What is stored in the place of a PIN.
#include "storage/pin_hash.h"

#include <QtTest>

#include <array>

using namespace facelatch;
using storage::PinHasher;
using storage::SecretKey;

namespace {

constexpr auto person = core::PinPurpose::Person;
constexpr auto admin = core::PinPurpose::Admin;

SecretKey key(std::uint8_t fill) {
    std::array<std::uint8_t, SecretKey::size> bytes{};
    bytes.fill(fill);
    return SecretKey::fromBytes(bytes);
}

QByteArray hex(const core::Result<core::PinVerifier>& verifier) {
    if (!verifier)
        return {};
    return QByteArray(reinterpret_cast<const char*>(verifier->data()), static_cast<qsizetype>(verifier->size()))
        .toHex();
}

} // namespace

class TestPinHash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPinGivesTheSameVerifierOnTheSameDevice() {
        const PinHasher hasher(key(1)), afterRestart(key(1));
        const QByteArray first = hex(hasher.verifier("481726", admin));
        QCOMPARE(first.size(), 64);
        QCOMPARE(hex(afterRestart.verifier("481726", admin)), first);
        QVERIFY(hex(hasher.verifier("481727", admin)) != first);
        QVERIFY2(hex(hasher.verifier("0481726", admin)) != first, "leading zeros count");
        QVERIFY2(hex(hasher.verifier("481726", person)) != first, "a person's PIN tells nothing about an admin's");
    }

    void withAnotherDeviceKeyNoPinFits() {
        QVERIFY(hex(PinHasher(key(1)).verifier("4817", person)) != hex(PinHasher(key(2)).verifier("4817", person)));
    }

    void theStepsAreThoseOfTheHeader() {
        // Computed by another program from the header's words. A change here would lock everybody out of all doors.
        const PinHasher hasher(key(7));
        QCOMPARE(hex(hasher.verifier("4817", person)),
                 QByteArray("c5c32757900353b99ba38a257e99086991b16423b8e1392b552a25aa51549e5e"));
        QCOMPARE(hex(hasher.verifier("481726", admin)),
                 QByteArray("1c7c66ea40daa402b65ffbbf1c370bddc076a657627bc40fb6c4cceb0b493149"));
    }

    void aPinIsWiped() {
        std::string pin = "481726";
        const char* memory = pin.data(); // a short text stands in the object itself
        storage::wipe(pin);
        QVERIFY(pin.empty());
        QCOMPARE(std::string(memory, 6), std::string(6, '\0'));
    }
};

QTEST_GUILESS_MAIN(TestPinHash)
#include "tst_pin_hash.moc"
