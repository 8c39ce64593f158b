// SPDX-License-Identifier: GPL-3.0-or-later
// Ed25519 keys: the standard's own examples, files, and what is no signature.
#include "network/ed25519.h"
#include "network/openssl_pieces.h"

#include <gtest/gtest.h>

#include <QByteArray>
#include <QFile>
#include <QTemporaryDir>

#include <filesystem>

#include <sys/stat.h>

using namespace facelatch;
using namespace facelatch::network;

namespace {

/// RFC 8032, 7.1: public key, text, signature.
struct Example {
    const char *key, *text, *signature;
};
const Example examples[] = {
    {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "551"
     "41438e7a100b"},
    {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "00d"
     "291612bb0c00"},
    {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "027"
     "beceea1ec40a"},
};

class Ed25519 : public testing::Test {
protected:
    std::string file(const char* name = "key.pem") const {
        return (m_folder.path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
    }
    void write(const std::string& path, const QByteArray& bytes, mode_t mode = 0600) const {
        QFile target(QString::fromStdString(path));
        ASSERT_TRUE(target.open(QFile::WriteOnly));
        target.write(bytes);
        target.close();
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    }
    QTemporaryDir m_folder;
};

} // namespace

TEST_F(Ed25519, VerifiesTheStandardsExamples) {
    for (const Example& example : examples) {
        const QByteArray key = QByteArray::fromHex(example.key), text = QByteArray::fromHex(example.text),
                         signature = QByteArray::fromHex(example.signature);
        EXPECT_TRUE(ed25519Verifies(key, text, signature)) << example.key;
        EXPECT_FALSE(ed25519Verifies(key, text + 'x', signature)) << example.key;
    }
}

TEST_F(Ed25519, AnyChangedBitIsNoSignature) {
    const auto key = Ed25519Key::make();
    ASSERT_TRUE(key);
    const QByteArray text("facelatch push 1 unlock\ndoor-1\n");
    const auto signature = key->sign(text);
    ASSERT_TRUE(signature);
    ASSERT_EQ(signature->size(), 64);
    ASSERT_EQ(key->publicKey().size(), 32);
    ASSERT_TRUE(ed25519Verifies(key->publicKey(), text, *signature));
    for (int i = 0; i < signature->size() * 8; ++i) {
        QByteArray changed = *signature;
        changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << i % 8));
        EXPECT_FALSE(ed25519Verifies(key->publicKey(), text, changed)) << "bit " << i;
    }
    const auto other = Ed25519Key::make();
    ASSERT_TRUE(other);
    EXPECT_NE(other->publicKey(), key->publicKey());
    EXPECT_FALSE(ed25519Verifies(other->publicKey(), text, *signature));
}

TEST_F(Ed25519, WrongLengthsAreNoSignature) {
    const auto key = Ed25519Key::make();
    ASSERT_TRUE(key);
    const QByteArray text("text");
    const auto signature = key->sign(text);
    ASSERT_TRUE(signature);
    const QByteArray publicKey = key->publicKey();
    for (const QByteArray& wrong : {QByteArray(), signature->left(63), *signature + 'x', signature->repeated(100)})
        EXPECT_FALSE(ed25519Verifies(publicKey, text, wrong)) << wrong.size();
    for (const QByteArray& wrong : {QByteArray(), publicKey.left(31), publicKey + 'x', QByteArray(32, '\xff')})
        EXPECT_FALSE(ed25519Verifies(wrong, text, *signature)) << wrong.size();
    EXPECT_TRUE(ed25519Verifies(publicKey, text, *signature)) << "after all the wrong ones";
}

TEST_F(Ed25519, KeepsItsKeyInAPrivateFile) {
    const auto key = Ed25519Key::make();
    ASSERT_TRUE(key);
    ASSERT_TRUE(key->save(file()));
    struct stat status {};
    ASSERT_EQ(::stat(file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const auto loaded = Ed25519Key::load(file());
    ASSERT_TRUE(loaded) << loaded.error().text();
    EXPECT_EQ(loaded->publicKey(), key->publicKey());
    const auto signature = loaded->sign("text");
    ASSERT_TRUE(signature);
    EXPECT_TRUE(ed25519Verifies(key->publicKey(), "text", *signature));
    EXPECT_FALSE(std::filesystem::exists(file() + ".tmp"));
}

TEST_F(Ed25519, ReplacesAFileWholeAndNotThroughALink) {
    write(file("elsewhere"), "left alone");
    std::filesystem::create_symlink(file("elsewhere"), file() + ".tmp");
    const auto key = Ed25519Key::make();
    ASSERT_TRUE(key);
    write(file(), "old", 0644);
    ASSERT_TRUE(key->save(file()));
    EXPECT_TRUE(Ed25519Key::load(file()));
    QFile elsewhere(QString::fromStdString(file("elsewhere")));
    ASSERT_TRUE(elsewhere.open(QFile::ReadOnly));
    EXPECT_EQ(elsewhere.readAll(), QByteArray("left alone"));
    const auto unsaved = key->save(file("no/such/folder/key.pem"));
    ASSERT_FALSE(unsaved);
    EXPECT_NE(unsaved.error().where.find("no/such/folder"), std::string::npos);
}

TEST_F(Ed25519, SaysWhatIsWrongWithAFile) {
    const auto missing = Ed25519Key::load(file("missing.pem"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, core::ErrorKind::NotFound);

    const auto key = Ed25519Key::make();
    ASSERT_TRUE(key);
    ASSERT_TRUE(key->save(file()));
    for (const mode_t mode : {0640U, 0604U, 0644U, 0666U}) {
        ASSERT_EQ(::chmod(file().c_str(), mode), 0);
        const auto seen = Ed25519Key::load(file());
        ASSERT_FALSE(seen) << std::oct << mode;
        EXPECT_NE(seen.error().remedy.find("chmod 600"), std::string::npos);
    }

    write(file("garbage.pem"), "no key");
    EXPECT_FALSE(Ed25519Key::load(file("garbage.pem")));
    write(file("empty.pem"), "");
    EXPECT_FALSE(Ed25519Key::load(file("empty.pem")));
    EXPECT_FALSE(Ed25519Key::load(m_folder.path().toStdString())) << "a folder";
    const openssl::Key elliptic(EVP_EC_gen("P-256"));
    const auto text = openssl::keyText(elliptic.get());
    ASSERT_TRUE(text);
    write(file("p256.pem"), text->view().toByteArray());
    const auto other = Ed25519Key::load(file("p256.pem"));
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().what.find("no Ed25519 key"), std::string::npos) << other.error().text();
}
