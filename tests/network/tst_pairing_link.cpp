// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing links and codes: there and back, and every way in which one can be wrong.
#include "network/pairing_link.h"

#include <gtest/gtest.h>

#include <random>

using namespace facelatch;
using namespace facelatch::network;

namespace {

const QByteArray pin = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfeff");
const QString pinText =
    QString::fromLatin1(pin.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));

QString good() {
    return QStringLiteral(
               "facelatch://pair?v=1&host=door.local&host=192.0.2.7&port=8443&door=door-1&pin=%1&code=ABCDEFGH")
        .arg(pinText);
}

QString without(const QString& part) {
    QStringList items = good().sliced(good().indexOf(u'?') + 1).split(u'&');
    items.removeIf([&](const QString& item) { return item.startsWith(part + u'='); });
    return QStringLiteral("facelatch://pair?") + items.join(u'&');
}

/// The good link with one part's value replaced.
QString with(const QString& part, const QString& value) {
    return without(part) + u'&' + part + u'=' + value;
}

} // namespace

TEST(PairingLink, ComesBackAsItWas) {
    const PairingLink links[] = {
        {{QStringLiteral("door.local")}, 8443, QStringLiteral("door-1"), pin, QStringLiteral("ABCDEFGH")},
        {{QStringLiteral("192.0.2.7"), QStringLiteral("fd00::2"), QStringLiteral("door")},
         1,
         QStringLiteral("a&b=c %?#é"),
         QByteArray(32, '\xff'),
         QStringLiteral("01234567")},
        {{QStringLiteral("x")}, 65535, QStringLiteral("門"), QByteArray(32, '\0'), QStringLiteral("ZZZZZZZZ")},
    };
    for (const PairingLink& link : links) {
        const QString text = pairingLinkText(link);
        const auto parsed = parsePairingLink(text);
        ASSERT_TRUE(parsed) << text.toStdString() << ": " << parsed.error().text();
        EXPECT_EQ(*parsed, link) << text.toStdString();
    }
    EXPECT_EQ(pairingLinkText(links[0]).toStdString(),
              without(QStringLiteral("host"))
                  .replace(QLatin1String("v=1"), QLatin1String("v=1&host=door.local"))
                  .toStdString());
}

TEST(PairingLink, TakesWhatPeoplePaste) {
    const auto plain = parsePairingLink(good());
    ASSERT_TRUE(plain) << plain.error().text();
    EXPECT_EQ(plain->hosts, (QStringList{QStringLiteral("door.local"), QStringLiteral("192.0.2.7")}));
    const QString variants[] = {
        QStringLiteral(" \t\r\n") + good() + QStringLiteral("\n \n"),
        QStringLiteral("FaceLatch://Pair?") + good().sliced(good().indexOf(u'?') + 1),
        good() + QStringLiteral("&colour=green&colour=red&empty="),
        good().replace(QLatin1String("?v=1&"), QLatin1String("?")) + QStringLiteral("&v=1"),
        with(QStringLiteral("code"), QStringLiteral("abcd-efgh")),
        good().replace(QLatin1String("door-1"), QLatin1String("%64oor%2D1")),
        good() + u'&',
    };
    for (const QString& text : variants) {
        const auto parsed = parsePairingLink(text);
        ASSERT_TRUE(parsed) << text.toStdString() << ": " << parsed.error().text();
        EXPECT_EQ(*parsed, *plain) << text.toStdString();
    }
}

TEST(PairingLink, RefusesWhatIsNone) {
    const auto part = [](const char* name, const QString& value) { return with(QLatin1String(name), value); };
    const QString x(9000, u'x');
    struct Row {
        QString text;
        const char* says; ///< in the error
    };
    const Row rows[] = {
        {QString(), "begins with"},
        {QStringLiteral("facelatch"), "begins with"},
        {QStringLiteral("https://pair?v=1"), "begins with"},
        {good().replace(QLatin1String("facelatch:"), QLatin1String("javascript:")), "begins with"},
        {good().replace(QLatin1String("pair"), QLatin1String("open")), "begins with"},
        {QStringLiteral("facelatch://pair?"), "\"v\" is missing"},
        {QStringLiteral("facelatch://pair?&&&=&=="), "\"v\" is missing"},
        {without(QStringLiteral("v")), "\"v\" is missing"},
        {without(QStringLiteral("host")), "\"host\" is missing"},
        {without(QStringLiteral("port")), "\"port\" is missing"},
        {without(QStringLiteral("door")), "\"door\" is missing"},
        {without(QStringLiteral("pin")), "\"pin\" is missing"},
        {without(QStringLiteral("code")), "\"code\" is missing"},
        {good() + QStringLiteral("&v=1"), "\"v\" is there twice"},
        {good() + QStringLiteral("&port=8443"), "\"port\" is there twice"},
        {good() + QStringLiteral("&door=door-2"), "\"door\" is there twice"},
        {good() + QStringLiteral("&pin=") + pinText, "\"pin\" is there twice"},
        {good() + QStringLiteral("&code=ABCDEFGH"), "\"code\" is there twice"},
        {part("v", QStringLiteral("2")), "another version"},
        {part("v", QStringLiteral("01")), "another version"},
        {part("v", QString()), "\"v\" is empty"},
        {good() + QStringLiteral("&host"), "\"host\" is empty"},
        {good() + QStringLiteral("&host="), "\"host\" is empty"},
        {part("host", QStringLiteral("door/../x")), "\"host\""},
        {part("host", QStringLiteral("user@door")), "\"host\""},
        {part("host", QStringLiteral("door:8443")), "\"host\""},
        {part("host", QStringLiteral("-door")), "\"host\""},
        {part("host", QStringLiteral("[::1]")), "\"host\""},
        {part("host", QStringLiteral("fe80::1%25eth0")), "\"host\""},
        {part("host", QStringLiteral("do%00or")), "\"host\" is empty or damaged"},
        {part("host", QStringLiteral("do%0d%0aor")), "\"host\" is empty or damaged"},
        {part("host", QStringLiteral("t%C3%BCr")), "\"host\""},
        {part("host", x.first(254)), "\"host\""},
        {good() + QStringLiteral("&host=a").repeated(7), "more than eight"},
        {part("port", QStringLiteral("0")), "\"port\""},
        {part("port", QStringLiteral("65536")), "\"port\""},
        {part("port", QStringLiteral("+443")), "\"port\""},
        {part("port", QStringLiteral("-1")), "\"port\""},
        {part("port", QStringLiteral("0x1bb")), "\"port\""},
        {part("port", QStringLiteral("44 3")), "\"port\""},
        {part("port", QStringLiteral("000443")), "\"port\""},
        {part("port", QStringLiteral("٤٤٣")), "\"port\""},
        {part("door", x.first(201)), "\"door\" is too long"},
        {part("door", QStringLiteral("a%")), "\"door\" is empty or damaged"},
        {part("door", QStringLiteral("a%4")), "\"door\" is empty or damaged"},
        {part("door", QStringLiteral("a%zz")), "\"door\" is empty or damaged"},
        {part("door", QStringLiteral("a%ff")), "\"door\" is empty or damaged"},
        {part("door", QStringLiteral("a%0a")), "\"door\" is empty or damaged"},
        {part("pin", pinText.first(42)), "\"pin\" is damaged"},
        {part("pin", pinText + u'A'), "\"pin\" is damaged"},
        {part("pin", pinText + u'='), "\"pin\" is damaged"},
        {part("pin", pinText.first(42) + u'+'), "\"pin\" is damaged"},
        {part("pin", pinText.first(42) + u'!'), "\"pin\" is damaged"},
        {part("pin", x.first(43).replace(u'x', u'é')), "\"pin\" is damaged"},
        {part("code", QStringLiteral("ABCDEFG")), "\"code\" is damaged"},
        {part("code", QStringLiteral("ABCDEFGHJ")), "\"code\" is damaged"},
        {part("code", QStringLiteral("ABCDEFGU")), "\"code\" is damaged"},
        {good() + u'&' + x, "too long"},
        {QStringLiteral("facelatch://pair?") + x, "too long"},
    };
    for (const Row& row : rows) {
        const auto parsed = parsePairingLink(row.text);
        ASSERT_FALSE(parsed) << row.text.toStdString();
        EXPECT_NE(parsed.error().what.find(row.says), std::string::npos)
            << row.text.toStdString() << ": " << parsed.error().text();
        const bool version = parsed.error().what.find("another version") != std::string::npos;
        EXPECT_EQ(parsed.error().kind, version ? core::ErrorKind::NewerVersion : core::ErrorKind::Usage);
    }
}

/// Whatever is done to a link: it is read or refused, and what is read can be written again.
TEST(PairingLink, SurvivesRandomDamage) {
    std::mt19937 random(7);
    const QString letters = QStringLiteral("&=%?#:/-_ 0aZ\u00e9\u4e00\n");
    int read = 0;
    for (int round = 0; round < 20'000; ++round) {
        QString text = good();
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(text.size()));
            const QChar letter = letters[static_cast<qsizetype>(random() % static_cast<unsigned>(letters.size()))];
            switch (random() % 3) {
            case 0:
                text[at] = letter;
                break;
            case 1:
                text.insert(at, letter);
                break;
            default:
                text.remove(at, 1 + static_cast<qsizetype>(random() % 9));
            }
        }
        const auto parsed = parsePairingLink(text);
        if (!parsed)
            continue;
        ++read;
        const auto again = parsePairingLink(pairingLinkText(*parsed));
        ASSERT_TRUE(again) << text.toStdString();
        EXPECT_EQ(*again, *parsed) << text.toStdString();
        EXPECT_EQ(parsed->pin.size(), 32);
        EXPECT_EQ(parsed->code.size(), 8);
    }
    EXPECT_GT(read, 0);
}

TEST(PairingCode, HasEightLettersForFortyBits) {
    EXPECT_EQ(pairingCode(QByteArray(5, '\0')).toStdString(), "00000000");
    EXPECT_EQ(pairingCode(QByteArray(5, '\xff')).toStdString(), "ZZZZZZZZ");
    EXPECT_EQ(pairingCode(QByteArray::fromHex("0102030405")).toStdString(), "04106105");
    for (const qsizetype wrong : {0, 4, 6})
        EXPECT_TRUE(pairingCode(QByteArray(wrong, 'x')).isEmpty());
}

TEST(PairingCode, IsReadAsItIsTyped) {
    const std::pair<const char*, const char*> rows[] = {
        {"ABCD-EFGH", "ABCDEFGH"},
        {"abcd efgh", "ABCDEFGH"},
        {" a-b-c-d--e f g h ", "ABCDEFGH"},
        {"OoIiLl00", "00111100"},
        {"ABCDEFGU", nullptr},
        {"ABCDEFG", nullptr},
        {"ABCDEFGHJ", nullptr},
        {"", nullptr},
        {"--------", nullptr},
        {"ABCDEFG\xc3\x89", nullptr},
        {"ABCD_EFGH", nullptr},
        {"ABCDEFG\xd9\xa3", nullptr},
    };
    for (const auto& [typed, meant] : rows) {
        const auto code = typedPairingCode(QString::fromUtf8(typed));
        EXPECT_EQ(code.value_or(QStringLiteral("none")).toStdString(), meant ? meant : "none") << typed;
    }
    EXPECT_EQ(shownPairingCode(QStringLiteral("ABCDEFGH")).toStdString(), "ABCD-EFGH");
    EXPECT_EQ(typedPairingCode(shownPairingCode(QStringLiteral("01234567"))), QStringLiteral("01234567"));
}
