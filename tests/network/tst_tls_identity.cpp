// SPDX-License-Identifier: GPL-3.0-or-later
// The door's TLS identity: made, kept, renewed; and the owner's own with everything that can be wrong with it.
#include "network/tls_identity.h"
#include "tls_lab.h"

#include <gtest/gtest.h>

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslKey>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>

using namespace facelatch;
using namespace facelatch::network;
using namespace std::chrono_literals;
using facelatch::testing::locked;
using facelatch::testing::makeSigned;
using facelatch::testing::Signed;
using facelatch::testing::SignedAs;

namespace {

core::WallTime day(int year, unsigned month, unsigned dayOfMonth) {
    return std::chrono::sys_days(std::chrono::year(year) / month / dayOfMonth) + 6h;
}
const core::WallTime today = day(2026, 11, 21);

class TlsIdentityTest : public ::testing::Test {
protected:
    std::string folder() const { return m_folder.path().toStdString(); }
    std::string write(const char* name, const QByteArray& bytes, mode_t mode = 0600) const {
        const std::string path = folder() + "/" + name;
        QFile file(QString::fromStdString(path));
        EXPECT_TRUE(file.open(QFile::WriteOnly));
        file.write(bytes);
        file.close();
        EXPECT_EQ(::chmod(path.c_str(), mode), 0);
        return path;
    }
    TlsIdentity made(core::WallTime now = today) const {
        auto identity = makeTlsIdentity({"door", "door.local", "192.0.2.7", "fd00::2"}, now);
        EXPECT_TRUE(identity);
        return *identity;
    }
    core::Result<TlsIdentity> load(const QByteArray& certificates, const QByteArray& key) const {
        return loadTlsFiles(write("owner.crt", certificates, 0644), write("owner.key", key));
    }
    QTemporaryDir m_folder;
};

QSslCertificate certificateOf(const TlsIdentity& identity) {
    return QSslCertificate(identity.certificates, QSsl::Pem);
}

QByteArray extension(const QSslCertificate& certificate, const char* name) {
    const auto all = certificate.extensions();
    for (const auto& one : all)
        if (one.oid() == QLatin1String(name) || one.name() == QLatin1String(name))
            return one.value().toByteArray() + (one.isCritical() ? " critical" : "");
    return "none";
}

} // namespace

TEST_F(TlsIdentityTest, IsMadeForTenYearsAndItsNames) {
    const TlsIdentity identity = made();
    EXPECT_EQ(identity.names, (std::vector<std::string>{"door", "door.local", "192.0.2.7", "fd00::2"}));
    EXPECT_EQ(core::rfc3339Utc(identity.notBefore), "2026-11-20T06:00:00.000Z");
    EXPECT_EQ(core::rfc3339Utc(identity.notAfter), "2036-11-20T06:00:00.000Z");
    EXPECT_FALSE(identity.ownersOwn);
    EXPECT_EQ(identity.pin.size(), 32);
    const QSslCertificate seen = certificateOf(identity);
    ASSERT_FALSE(seen.isNull());
    EXPECT_EQ(seen.version(), QByteArray("3"));
    EXPECT_EQ(seen.issuerDisplayName(), seen.subjectDisplayName());
    EXPECT_EQ(seen.publicKey().algorithm(), QSsl::Ec);
    EXPECT_EQ(seen.publicKey().length(), 256);
    const auto names = seen.subjectAlternativeNames();
    EXPECT_EQ(names.values(QSsl::DnsEntry).size(), 2);
    EXPECT_TRUE(names.contains(QSsl::IpAddressEntry, QStringLiteral("192.0.2.7")));
    EXPECT_EQ(identity.pin, QCryptographicHash::hash(seen.publicKey().toDer(), QCryptographicHash::Sha256));
    EXPECT_EQ(QSslKey(identity.key.view().toByteArray(), QSsl::Ec).length(), 256) << "Qt can use it";
}

TEST_F(TlsIdentityTest, IsForServersAndSignsNobodyElse) {
    const QSslCertificate seen = certificateOf(made());
    const QString text = seen.toText();
    for (const char* wanted :
         {"CA:FALSE", "Digital Signature", "TLS Web Server Authentication", "Subject Key Identifier"})
        EXPECT_TRUE(text.contains(QLatin1String(wanted))) << wanted << '\n' << text.toStdString();
    EXPECT_NE(extension(seen, "basicConstraints"), QByteArray("none"));
}

TEST_F(TlsIdentityTest, HasARandomSerialAndKeyEachTime) {
    const TlsIdentity first = made(), second = made();
    EXPECT_NE(certificateOf(first).serialNumber(), certificateOf(second).serialNumber());
    EXPECT_GE(certificateOf(first).serialNumber().split(':').size(), 16);
    EXPECT_NE(first.pin, second.pin);
}

TEST_F(TlsIdentityTest, LeavesOutNamesThatAreNone) {
    const auto identity = makeTlsIdentity(
        {"", "a b", "x,DNS:evil.example", "t\xc3\xbcr", ".door", "door", "999.1.1.1.", std::string(254, 'x'), "::1"},
        today);
    ASSERT_TRUE(identity) << identity.error().text();
    EXPECT_EQ(identity->names, (std::vector<std::string>{"door", "999.1.1.1.", "::1"}));
    const auto nameless = makeTlsIdentity({}, today);
    ASSERT_TRUE(nameless) << nameless.error().text();
    EXPECT_TRUE(nameless->names.empty());
    const auto longName = makeTlsIdentity({std::string(200, 'x')}, today);
    ASSERT_TRUE(longName) << "longer than a common name may be: " << longName.error().text();
}

TEST_F(TlsIdentityTest, KeepsToRealDates) {
    EXPECT_EQ(core::rfc3339Utc(made(day(2028, 2, 29)).notAfter), "2038-02-27T06:00:00.000Z") << "a leap day";
    EXPECT_EQ(core::rfc3339Utc(made(day(2045, 6, 1)).notAfter), "2055-05-31T06:00:00.000Z") << "past UTCTime's years";
    const TlsIdentity unset = made(day(1970, 1, 1));
    EXPECT_EQ(core::rfc3339Utc(unset.notBefore), "2025-12-31T00:00:00.000Z") << "a clock that is not set";
    EXPECT_FALSE(validityWarning(unset, today));
}

TEST_F(TlsIdentityTest, NamesOfThisHostAreCertifiable) {
    const auto names = namesOfThisHost();
    EXPECT_NE(std::ranges::find(names, "localhost"), names.end());
    EXPECT_NE(std::ranges::find(names, "127.0.0.1"), names.end());
    const auto identity = makeTlsIdentity(names, today);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->names.size(), names.size());
}

TEST_F(TlsIdentityTest, ComesBackFromItsFile) {
    const auto nothing = loadTlsIdentity(folder());
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().kind, core::ErrorKind::NotFound);
    const TlsIdentity identity = made();
    ASSERT_TRUE(saveTlsIdentity(folder(), identity));
    const auto loaded = loadTlsIdentity(folder());
    ASSERT_TRUE(loaded) << loaded.error().text();
    EXPECT_EQ(loaded->certificates, identity.certificates);
    EXPECT_EQ(loaded->key.view(), identity.key.view());
    EXPECT_EQ(loaded->pin, identity.pin);
    EXPECT_EQ(loaded->names, identity.names);
    EXPECT_EQ(loaded->notAfter, identity.notAfter);
    EXPECT_FALSE(loaded->ownersOwn);
    struct stat status {};
    ASSERT_EQ(::stat((folder() + "/tls.pem").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder()), {}), 1) << "nothing unfinished beside it";
    ASSERT_EQ(::chmod((folder() + "/tls.pem").c_str(), 0640), 0);
    EXPECT_FALSE(loadTlsIdentity(folder())) << "others can read the key";
}

/// A file cut off anywhere, as by a disk that forgot its end, is an error and never half an identity.
TEST_F(TlsIdentityTest, IsWholeOrNotAtAll) {
    const TlsIdentity identity = made();
    ASSERT_TRUE(saveTlsIdentity(folder(), identity));
    QFile file(QString::fromStdString(folder() + "/tls.pem"));
    ASSERT_TRUE(file.open(QFile::ReadOnly));
    const QByteArray whole = file.readAll();
    file.close();
    const auto end = whole.lastIndexOf("-----END CERTIFICATE-----") + qsizetype(sizeof "-----END CERTIFICATE-----") - 1;
    for (qsizetype size = 0; size < end; size += size < end - 40 ? 13 : 1) {
        write("tls.pem", whole.first(size));
        EXPECT_FALSE(loadTlsIdentity(folder())) << size << " bytes";
    }
    write("tls.pem", whole);
    EXPECT_TRUE(loadTlsIdentity(folder()));
    // A kill before the rename leaves the old one.
    write("tls.pem.tmp", "half");
    const auto kept = loadTlsIdentity(folder());
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->pin, identity.pin);
    ASSERT_TRUE(saveTlsIdentity(folder(), made()));
    EXPECT_FALSE(std::filesystem::exists(folder() + "/tls.pem.tmp"));
    EXPECT_FALSE(saveTlsIdentity(folder() + "/missing", identity));
}

TEST_F(TlsIdentityTest, RenewingKeepsThePin) {
    const TlsIdentity old = made();
    const auto renewed = renewTlsIdentity(old, {"gate"}, day(2036, 11, 1));
    ASSERT_TRUE(renewed) << renewed.error().text();
    EXPECT_EQ(renewed->pin, old.pin);
    EXPECT_EQ(renewed->names, (std::vector<std::string>{"gate"}));
    EXPECT_EQ(core::rfc3339Utc(renewed->notAfter), "2046-10-31T06:00:00.000Z");
    EXPECT_NE(certificateOf(*renewed).serialNumber(), certificateOf(old).serialNumber());
    TlsIdentity owners = old;
    owners.ownersOwn = true;
    EXPECT_FALSE(renewTlsIdentity(owners, {"gate"}, today));
}

TEST_F(TlsIdentityTest, WarnsInGoodTime) {
    const TlsIdentity identity = made();
    EXPECT_FALSE(validityWarning(identity, today));
    EXPECT_FALSE(validityWarning(identity, identity.notAfter - 31 * 24h));
    const auto soon = validityWarning(identity, identity.notAfter - 29 * 24h);
    ASSERT_TRUE(soon);
    EXPECT_EQ(soon->what, "the door's certificate ends on 2036-11-20");
    const auto over = validityWarning(identity, identity.notAfter);
    ASSERT_TRUE(over);
    EXPECT_EQ(over->what, "the door's certificate ended on 2036-11-20");
    EXPECT_TRUE(validityWarning(identity, identity.notBefore - 1s));
    EXPECT_FALSE(validityWarning(identity, day(1970, 1, 1))) << "the clock is not known";
}

TEST_F(TlsIdentityTest, TakesTheOwnersOwn) {
    const Signed root = makeSigned({.name = "Root", .authority = true});
    const Signed middle =
        makeSigned({.name = "Middle", .kind = "RSA", .detail = "2048", .authority = true, .issuer = &root});
    const SignedAs doors[] = {{.issuer = &middle},
                              {.detail = "P-384", .issuer = &middle},
                              {.detail = "P-521", .issuer = &middle},
                              {.kind = "RSA", .detail = "2048", .issuer = &middle},
                              {.use = nullptr, .issuer = &middle},
                              {.use = "clientAuth,serverAuth", .issuer = &middle},
                              {.endsInDays = 0, .issuer = &middle}}; // ended: a warning, no error
    for (const SignedAs& as : doors) {
        const Signed door = makeSigned(as);
        const auto identity = load(door.certificate + middle.certificate + root.certificate, door.key);
        ASSERT_TRUE(identity) << as.kind << as.detail << identity.error().text();
        EXPECT_TRUE(identity->ownersOwn);
        EXPECT_EQ(identity->names, std::vector<std::string>{"door.example.org"});
        EXPECT_EQ(identity->pin, pinOf(door.certificate));
        EXPECT_EQ(identity->certificates.count("BEGIN CERTIFICATE"), 3);
        const core::WallTime at = core::WallTime(std::chrono::days(as.today));
        EXPECT_EQ(validityWarning(*identity, at).has_value(), as.endsInDays == 0);
    }
    const Signed door = makeSigned({.issuer = &middle});
    EXPECT_TRUE(load(door.certificate, door.key)) << "without its chain";
    EXPECT_TRUE(load("Some words before it\n" + door.certificate + "\nand after", door.key));
    const std::string both = write("both.pem", door.key + door.certificate + middle.certificate);
    EXPECT_TRUE(loadTlsFiles(both, both)) << "one file";
}

TEST_F(TlsIdentityTest, SaysWhatIsWrongWithTheOwnersOwn) {
    const Signed root = makeSigned({.name = "Root", .authority = true}), door = makeSigned({.issuer = &root});
    const Signed stranger = makeSigned({.name = "Other", .authority = true}),
                 client = makeSigned({.use = "clientAuth"});
    const Signed weak = makeSigned({.kind = "RSA", .detail = "1024"}), edwards = makeSigned({.kind = "ED25519"});
    const Signed curve = makeSigned({.detail = "secp256k1"});
    const QByteArray damaged = QByteArray(root.certificate).replace(60, 8, "AAAAAAAA");
    struct Row {
        QByteArray certificates, key;
        const char *file, *says;
    };
    const Row rows[] = {
        {door.certificate, root.key, "owner.crt", "does not belong to the private key"},
        {root.certificate + door.certificate, door.key, "owner.crt", "the door's own is number 2"},
        {door.certificate + stranger.certificate, door.key, "owner.crt", "number 2 did not sign number 1"},
        {door.certificate + root.certificate + stranger.certificate, door.key, "owner.crt",
         "number 3 did not sign number 2"},
        {"", door.key, "owner.crt", "no certificate in the file"},
        {"\x30\x82\x01", door.key, "owner.crt", "no certificate in the file"},
        {door.certificate + damaged, door.key, "owner.crt", "or a damaged one"},
        {door.certificate.left(300), door.key, "owner.crt", "no certificate in the file"},
        {door.certificate, "", "owner.key", "no private key"},
        {door.certificate, door.certificate, "owner.key", "no private key"},
        {door.certificate, locked(door.key, "secret"), "owner.key", "under a passphrase"},
        {client.certificate, client.key, "owner.crt", "not made for servers"},
        {weak.certificate, weak.key, "owner.key", "of a kind"},
        {edwards.certificate, edwards.key, "owner.key", "of a kind"},
        {curve.certificate, curve.key, "owner.key", "of a kind"},
    };
    for (const Row& row : rows) {
        const auto identity = load(row.certificates, row.key);
        ASSERT_FALSE(identity) << row.says;
        EXPECT_NE(identity.error().what.find(row.says), std::string::npos) << identity.error().text();
        EXPECT_NE(identity.error().where.find(row.file), std::string::npos) << identity.error().text();
        EXPECT_FALSE(identity.error().remedy.empty()) << identity.error().text();
        EXPECT_EQ(identity.error().text().find("BEGIN PRIVATE KEY-----\nM"), std::string::npos);
    }
    const auto seen = loadTlsFiles(write("open.crt", door.certificate), write("open.key", door.key, 0644));
    ASSERT_FALSE(seen);
    EXPECT_NE(seen.error().what.find("can be read by other users"), std::string::npos);
    const auto missing = loadTlsFiles(folder() + "/none.crt", write("some.key", door.key));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, core::ErrorKind::NotFound);
    EXPECT_NE(missing.error().where.find("none.crt"), std::string::npos);
    const auto big = loadTlsFiles(write("big.crt", QByteArray((1 << 20) + 1, 'x')), write("some.key", door.key));
    ASSERT_FALSE(big);
    EXPECT_NE(big.error().what.find("too long"), std::string::npos);
}

TEST_F(TlsIdentityTest, PinsWhateverTheCoding) {
    const TlsIdentity identity = made();
    EXPECT_EQ(pinOf(identity.certificates), identity.pin);
    EXPECT_EQ(pinOf(certificateOf(identity).toDer()), identity.pin);
    EXPECT_TRUE(pinOf({}).isEmpty());
    EXPECT_TRUE(pinOf("garbage").isEmpty());
    EXPECT_TRUE(pinOf(certificateOf(identity).toDer().chopped(1)).isEmpty());
    EXPECT_EQ(fingerprintText(QByteArray::fromHex("1a2b3c4dff")), "1A2B 3C4D FF");
    EXPECT_EQ(fingerprintText({}), "");
    EXPECT_EQ(fingerprintText(identity.pin).size(), 79U);
}
