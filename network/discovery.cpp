// SPDX-License-Identifier: GPL-3.0-or-later
// What a door's notice says, as DNS records.
#include "network/discovery.h"

#include <algorithm>
#include <array>
#include <utility>

namespace facelatch::network {

namespace {

constexpr qsizetype mostRecord = 255; ///< RFC 1035, one character-string
constexpr qsizetype mostDoor = 200;
constexpr qsizetype pinStartBytes = 8;
constexpr auto version = "1";

QByteArray record(const char* key, const QByteArray& value) {
    return QByteArray(key) + '=' + value;
}

/// The text in UTF-8; nothing when it is not, or holds control characters.
std::optional<QString> plainText(const QByteArray& bytes) {
    QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() != bytes ||
        std::ranges::any_of(text, [](QChar c) { return c.category() == QChar::Other_Control; }))
        return std::nullopt;
    return text;
}

} // namespace

QByteArray cutUtf8(const QString& text, qsizetype bytes) {
    QByteArray out = text.toUtf8();
    if (out.size() <= bytes)
        return out;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    while (bytes > 0 && continues(out[bytes]))
        --bytes;
    out.truncate(bytes);
    return out;
}

QList<QByteArray> noticeRecords(const DoorNotice& notice) {
    const qsizetype nameBytes = mostRecord - record("name", {}).size();
    return {record("v", version), record("door", cutUtf8(notice.door, mostDoor)),
            record("name", cutUtf8(notice.name, nameBytes)),
            record("pin", notice.pin.first(std::min(pinStartBytes, notice.pin.size())).toHex())};
}

std::optional<FoundDoor> doorFromRecords(const QList<QByteArray>& records) {
    // RFC 6763, 6.4: of a key that is there twice the first one counts; keys are compared without case.
    const auto value = [&](const char* key) -> QByteArray {
        for (const QByteArray& one : records)
            if (const auto equals = one.indexOf('='); equals > 0 && one.first(equals).toLower() == key)
                return one.sliced(equals + 1);
        return {};
    };
    const auto door = plainText(value("door")), name = plainText(value("name"));
    const QByteArray pin = value("pin"), pinStart = QByteArray::fromHex(pin);
    if (value("v") != version || !door || door->isEmpty() || door->size() > mostDoor || !name || name->isEmpty() ||
        pinStart.size() != pinStartBytes || pinStart.toHex() != pin.toLower())
        return std::nullopt;
    FoundDoor found;
    found.name = *name;
    found.door = *door;
    found.pinStart = pinStart;
    return found;
}

} // namespace facelatch::network
