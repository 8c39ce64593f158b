// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets: keys, their files, and that nothing biometric lies readable on the disk.
#include "temp_store.h"

#include "storage/secrets.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::test;

class TestSecrets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sha256IsTheStandardOne() {
        // FIPS 180-2, appendix B.1
        const Bytes abc{'a', 'b', 'c'};
        QCOMPARE(storage::sha256Hex(abc),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(storage::sha256Hex({}),
                 std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    void whatIsSealedOpensOnlyWithKeyAndContextAndUnchanged() {
        const auto key = storage::SecretKey::random(), other = storage::SecretKey::random();
        const Bytes plain = jpeg(100);
        const Bytes sealed = storage::encrypt(key, plain, "context");
        QCOMPARE(sealed.size(), plain.size() + 40);
        const auto opened = storage::decrypt(key, sealed, "context");
        VERIFY_OK(opened);
        QVERIFY(*opened == plain);
        QVERIFY(storage::encrypt(key, plain, "context") != sealed);
        QVERIFY(!storage::decrypt(other, sealed, "context"));
        QVERIFY(!storage::decrypt(key, sealed, "another context"));
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            Bytes changed = sealed;
            changed[i] ^= 1;
            QVERIFY(!storage::decrypt(key, changed, "context"));
        }
        for (std::size_t size : {std::size_t{0}, std::size_t{39}, sealed.size() - 1})
            QVERIFY(!storage::decrypt(key, storage::ByteView(sealed).first(size), "context"));
        VERIFY_OK(storage::decrypt(key, storage::encrypt(key, {}, ""), ""));
        QVERIFY(key.fingerprint() != other.fingerprint());
        QVERIFY(key.fingerprint() != key.derive("x").fingerprint());
    }

    void theKeyIsMadeOnceAndPrivate() {
        TempStore store;
        VERIFY_OK(store.open());
        struct stat status {};
        QCOMPARE(::stat(store.file(storage::deviceKeyFile).c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0400U);
        QCOMPARE(status.st_size, off_t{32});
        const QByteArray key = contentOf(store.file(storage::deviceKeyFile));
        VERIFY_OK(store.open());
        QCOMPARE(contentOf(store.file(storage::deviceKeyFile)), key);
        for (const char* name : {storage::databaseFile, storage::lockFile, storage::markFile}) {
            QCOMPARE(::stat(store.file(name).c_str(), &status), 0);
            QVERIFY2((status.st_mode & 077U) == 0, name);
        }
    }

    void aLostKeyIsSaidAndNeverReplaced() {
        TempStore store;
        VERIFY_OK(store.open());
        store.close();
        QVERIFY(QFile::remove(QString::fromStdString(store.file(storage::deviceKeyFile))));
        const QByteArray before = contentOf(store.database());
        const auto refused = store.open();
        QVERIFY(!refused);
        QCOMPARE(refused.error().what, std::string("the device key of this database is missing"));
        QVERIFY(!refused.error().remedy.empty());
        QVERIFY(!QFile::exists(QString::fromStdString(store.file(storage::deviceKeyFile))));
        QCOMPARE(contentOf(store.database()), before);
    }

    void aWrongKeyIsSaid() {
        TempStore store;
        VERIFY_OK(store.open());
        store.close();
        const std::string path = store.file(storage::deviceKeyFile);
        QVERIFY(QFile::remove(QString::fromStdString(path)));
        QVERIFY(writeContent(path, QByteArray(32, 'k')));
        ::chmod(path.c_str(), 0400);
        const auto refused = store.open();
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.find("not the one this database was made with") != std::string::npos,
                 why(refused.error()));
        QVERIFY(writeContent(path + "x", {}));
        QVERIFY(QFile::remove(QString::fromStdString(path)));
        QVERIFY(writeContent(path, QByteArray(31, 'k')));
        ::chmod(path.c_str(), 0400);
        const auto tooShort = store.open();
        QVERIFY(!tooShort);
        QVERIFY2(tooShort.error().what.find("31 bytes instead of 32") != std::string::npos, why(tooShort.error()));
    }

    void aKeyThatOthersMayReadIsRefusedWithTheCommandThatMendsIt() {
        TempStore store;
        VERIFY_OK(store.open());
        store.close();
        const std::string path = store.file(storage::deviceKeyFile);
        for (const mode_t mode : {0440U, 0404U, 0644U}) {
            ::chmod(path.c_str(), mode);
            const auto refused = store.open();
            QVERIFY(!refused);
            QVERIFY2(refused.error().remedy.find("chmod 0400 '" + path + "'") != std::string::npos,
                     why(refused.error()));
        }
        ::chmod(path.c_str(), 0400);
        VERIFY_OK(store.open());
    }

    void aSystemdCredentialComesFirst() {
        QTemporaryDir credentials;
        const std::string path = credentials.path().toStdString() + '/' + storage::credentialName;
        QVERIFY(writeContent(path, QByteArray(32, 'c')));
        ::chmod(path.c_str(), 0440); // systemd shows its access list as a group right
        auto options = testOptions();
        options.credentialsDirectory = credentials.path().toStdString();
        TempStore store(options);
        VERIFY_OK(store.open());
        QVERIFY(!QFile::exists(QString::fromStdString(store.file(storage::deviceKeyFile))));
        const core::Person alice = somebody("Alice");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        VERIFY_OK(store.open());
        QCOMPARE((*store->templates("")).templates.size(), std::size_t{1});
        ::chmod(path.c_str(), 0444);
        QVERIFY(!store.open());
        store.options().credentialsDirectory.clear();
        QVERIFY(!store.open());
        qputenv("CREDENTIALS_DIRECTORY", "/run/credentials/facelatch.service");
        QCOMPARE(storage::credentialsDirectoryFromEnvironment(), std::string("/run/credentials/facelatch.service"));
        qunsetenv("CREDENTIALS_DIRECTORY");
        QCOMPARE(storage::credentialsDirectoryFromEnvironment(), std::string());
    }

    void nothingBiometricIsReadableOnTheDisk() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice");
        core::FaceTemplate face = templateOf(alice, 0.5F);
        for (std::size_t i = 0; i < face.values.size(); ++i)
            face.values[i] = 0.01F * static_cast<float>(i) + 0.003F;
        VERIFY_OK(store->addPerson(alice, {face}, jpeg(2000)));
        for (int i = 0; i < 5; ++i) {
            VERIFY_OK(store->append(grantedTo(alice, i), jpeg()));
            VERIFY_OK(store->append(refusedStranger(i), jpeg()));
        }
        const QByteArray key = contentOf(store.file(storage::deviceKeyFile));
        for (const bool open : {true, false}) {
            if (!open)
                store.close();
            QVERIFY(QFile::exists(QString::fromStdString(store.database() + "-wal")) == open);
            QVERIFY(QFile::remove(QString::fromStdString(store.file(storage::deviceKeyFile))));
            const QByteArray everything = everythingIn(store.path());
            QVERIFY(writeContent(store.file(storage::deviceKeyFile), key));
            ::chmod(store.file(storage::deviceKeyFile).c_str(), 0400);
            QVERIFY(everything.size() > 10 * 3000);
            QVERIFY(!everything.contains("JFIF"));
            QVERIFY(!everything.contains(QByteArray("\xff\xd8\xff\xe0", 4)));
            QVERIFY(!everything.contains(QByteArray(16, 0x42)));
            for (std::size_t i = 0; i + 2 < face.values.size(); i += 2)
                QVERIFY(!everything.contains(QByteArray(reinterpret_cast<const char*>(&face.values[i]), 8)));
            QVERIFY(!everything.contains(key));
            QVERIFY(!everything.contains(key.first(16)));
        }
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
