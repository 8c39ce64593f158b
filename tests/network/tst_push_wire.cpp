// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of the push protocol: what is taken, what is refused and how.
#include "network/push_wire.h"

#include "network/json_reader.h"

#include <QJsonDocument>
#include <QTest>

#include <variant>

using namespace facelatch;
using namespace facelatch::network;

namespace {

constexpr std::size_t most = 64 * 1024;
const QString uuid = QStringLiteral("018f3c2a-1b2c-7d3e-8f40-112233445566");
const QString nonce = base64Url(QByteArray(pushNonceBytes, 'n'));
const QString signature = base64Url(QByteArray(pushSignatureBytes, 's'));

QString with(const char* json) {
    return QString::fromUtf8(json)
        .replace(QLatin1String("UUID"), uuid)
        .replace(QLatin1String("NONCE"), nonce)
        .replace(QLatin1String("SIGNATURE"), signature);
}

/// A message with an `args` of so many levels.
QString deep(int levels) {
    return QStringLiteral(R"({"t":"ask","id":1,"command":"c","args":)") + QStringLiteral("{\"a\":").repeated(levels) +
           QStringLiteral("1") + QStringLiteral("}").repeated(levels) + QStringLiteral("}");
}

template<typename T>
const T& as(const core::Result<ViewerMessage>& message) {
    return std::get<T>(*message);
}

} // namespace

class TstPushWire : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodMessages_data() {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* json) { QTest::newRow(name) << with(json); };
        row("login", R"({"t":"login","v":1,"viewer":"UUID","signature":"SIGNATURE"})");
        row("pair", R"({"t":"pair","v":1,"code":"ABCDEFGH","key":"NONCE","name":"Office","signature":"SIGNATURE"})");
        row("follow", R"({"t":"follow","log_id":"UUID","after":9007199254740992})");
        row("follow from nothing", R"({"t":"follow","log_id":null,"after":0})");
        row("follow the newest", R"({"t":"follow","log_id":null,"newest":1000})");
        row("seen", R"({"t":"seen","log_id":"UUID","seq":12})");
        row("live", R"({"t":"live","on":true,"width":640,"fps":10})");
        row("live off", R"({"t":"live","on":false})");
        row("frame_seen", R"({"t":"frame_seen","n":3})");
        // No raw text: moc loses itself in one with a quoted quote.
        row("ask", "{\"t\":\"ask\",\"id\":7,\"command\":\"c\",\"args\":{\"text\":\"a \\\" : { [ \\\\\"}}");
        row("nonce", R"({"t":"nonce","id":8})");
        row("act", R"({"t":"act","id":9,"action":"unlock","nonce":"NONCE","reason":"","signature":"SIGNATURE"})");
        row("ring_answer", R"({"t":"ring_answer","id":"UUID"})");
    }
    /// Read, written and read again it is the same.
    void goodMessages() {
        QFETCH(QString, text);
        const auto message = parseViewerMessage(text, most);
        QVERIFY2(bool(message), message ? "" : message.error().what.c_str());
        const QString again = toText(*message);
        QCOMPARE(QJsonDocument::fromJson(again.toUtf8()), QJsonDocument::fromJson(text.toUtf8()));
        QVERIFY(parseViewerMessage(again, most));
    }

    void unknownMembersAreLetBe() {
        QVERIFY(parseViewerMessage(QStringLiteral(R"({"t":"nonce","id":1,"later":{"x":[1,2,{}]}})"), most));
        QCOMPARE(as<AskMessage>(parseViewerMessage(QStringLiteral(R"({"t":"ask","id":1,"command":"c"})"), most)).args,
                 QJsonObject());
        QVERIFY(parseViewerMessage(deep(jsonDepth - 1), most));
    }

    void badMessages_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("ofThisProtocol"); // 4400, else 1002
        const auto no = [](const char* name, const QString& text) { QTest::newRow(name) << text << false; };
        const auto wrong = [](const char* name, const char* json) { QTest::newRow(name) << with(json) << true; };
        no("nothing", {});
        no("no JSON", QStringLiteral("hello"));
        no("half a message", QStringLiteral(R"({"t":"nonce","id":)"));
        no("two messages", QStringLiteral(R"({"t":"nonce","id":1}{"t":"nonce","id":2})"));
        no("a list", QStringLiteral(R"([{"t":"nonce","id":1}])"));
        no("a number", QStringLiteral("7"));
        no("no t", QStringLiteral(R"({"id":1})"));
        no("t is a number", QStringLiteral(R"({"t":1,"id":1})"));
        no("an unknown t", QStringLiteral(R"({"t":"open_sesame","id":1})"));
        no("a door's message", QStringLiteral(R"({"t":"hello","v":1})"));
        no("one level too deep", deep(jsonDepth));
        no("60,000 levels", QStringLiteral("[").repeated(60'000));
        no("1e400", QStringLiteral(R"({"t":"nonce","id":1e400})"));
        no("NaN", QStringLiteral(R"({"t":"nonce","id":NaN})"));
        no("a member twice", QStringLiteral(R"({"t":"nonce","id":1,"id":2})"));
        no("a member twice, written otherwise", QStringLiteral(R"({"t":"nonce","id":1,"\u0069d":2})"));
        no("twice further down", QStringLiteral(R"({"t":"ask","id":1,"command":"c","args":{"a":[{"b":1,"b":1}]}})"));
        no("too long", QStringLiteral(R"({"t":"ask","id":1,"command":"c","args":{"a":"%1"}})")
                           .arg(QString(qsizetype{most}, QLatin1Char('x'))));
        no("a comment", QStringLiteral(R"({"t":"nonce","id":1/* one */})"));
        no("a comma at the end", QStringLiteral(R"({"t":"nonce","id":1,})"));

        wrong("login of another version", R"({"t":"login","v":2,"viewer":"UUID","signature":"SIGNATURE"})");
        wrong("login without a version", R"({"t":"login","viewer":"UUID","signature":"SIGNATURE"})");
        wrong("login of no viewer", R"({"t":"login","v":1,"signature":"SIGNATURE"})");
        wrong("login of a strange viewer", R"({"t":"login","v":1,"viewer":"../../etc","signature":"SIGNATURE"})");
        wrong("a short signature", R"({"t":"login","v":1,"viewer":"UUID","signature":"NONCE"})");
        wrong("a padded signature", R"({"t":"login","v":1,"viewer":"UUID","signature":"SIGNATURE=="})");
        wrong("a signature of other letters", R"({"t":"login","v":1,"viewer":"UUID","signature":"SIGNATUR+"})");
        wrong("a nonce as a list",
              R"({"t":"act","id":9,"action":"unlock","nonce":[1],"reason":"","signature":"SIGNATURE"})");
        wrong("no pairing code",
              R"({"t":"pair","v":1,"code":"ABC","key":"NONCE","name":"Office","signature":"SIGNATURE"})");
        wrong("no name", R"({"t":"pair","v":1,"code":"ABCDEFGH","key":"NONCE","name":"","signature":"SIGNATURE"})");
        wrong("a name with a line end",
              R"({"t":"pair","v":1,"code":"ABCDEFGH","key":"NONCE","name":"a\nb","signature":"SIGNATURE"})");
        wrong("a name with half a character",
              R"({"t":"pair","v":1,"code":"ABCDEFGH","key":"NONCE","name":"\ud800","signature":"SIGNATURE"})");
        wrong("follow after nothing", R"({"t":"follow","log_id":null})");
        wrong("follow after a negative number", R"({"t":"follow","log_id":null,"after":-1})");
        wrong("follow after a half", R"({"t":"follow","log_id":null,"after":1.5})");
        wrong("follow after 1e18", R"({"t":"follow","log_id":null,"after":1e18})");
        wrong("follow after 2^53 + 2", R"({"t":"follow","log_id":null,"after":9007199254740994})");
        wrong("follow after 1e300", R"({"t":"follow","log_id":null,"after":1e300})");
        wrong("follow after a text", R"({"t":"follow","log_id":null,"after":"1"})");
        wrong("follow both", R"({"t":"follow","log_id":null,"after":1,"newest":1})");
        wrong("follow without a log", R"({"t":"follow","after":1})");
        wrong("more of the newest than there are", R"({"t":"follow","log_id":null,"newest":1001})");
        wrong("a log that is a number", R"({"t":"seen","log_id":1,"seq":1})");
        wrong("live of any width", R"({"t":"live","on":true,"width":100000,"fps":10})");
        wrong("live of any rate", R"({"t":"live","on":true,"width":640,"fps":16})");
        wrong("live of rate 0", R"({"t":"live","on":true,"width":640,"fps":0})");
        wrong("live, yes", R"({"t":"live","on":"yes"})");
        wrong("a question without a number", R"({"t":"ask","command":"c"})");
        wrong("a question without a command", R"({"t":"ask","id":1,"command":""})");
        wrong("arguments in a list", R"({"t":"ask","id":1,"command":"c","args":[]})");
        wrong("arguments null", R"({"t":"ask","id":1,"command":"c","args":null})");
        wrong("an action there is not",
              R"({"t":"act","id":9,"action":"open","nonce":"NONCE","reason":"","signature":"SIGNATURE"})");
        wrong("lockdown for no reason",
              R"({"t":"act","id":9,"action":"lockdown_on","nonce":"NONCE","reason":"","signature":"SIGNATURE"})");
        wrong("a reason that ends the line",
              R"({"t":"act","id":9,"action":"unlock","nonce":"NONCE","reason":"a\u0000b","signature":"SIGNATURE"})");
        QTest::newRow("a reason of 201 characters")
            << with(R"({"t":"act","id":9,"action":"unlock","nonce":"NONCE","reason":"%1","signature":"SIGNATURE"})")
                   .arg(QString(pushReasonMost + 1, QLatin1Char('x')))
            << true;
    }
    void badMessages() {
        QFETCH(QString, text);
        QFETCH(bool, ofThisProtocol);
        const auto message = parseViewerMessage(text, most);
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ofThisProtocol ? core::ErrorKind::Usage : core::ErrorKind::Failed);
        QVERIFY(!message.error().what.empty());
    }

    void signedTexts() {
        const QByteArray n(pushNonceBytes, '\x01'), p(pushPinBytes, '\xff');
        const QByteArray nText = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
        const QByteArray pText = "__________________________________________8";
        QCOMPARE(pushLoginText(QStringLiteral("front"), n, p),
                 "facelatch push 1 login\nfront\n" + nText + '\n' + pText + '\n');
        QCOMPARE(pushPairText(QStringLiteral("front"), n, p, QStringLiteral("ABCDEFGH")),
                 "facelatch push 1 pair\nfront\n" + nText + '\n' + pText + "\nABCDEFGH\n");
        QCOMPARE(pushActText(QStringLiteral("unlock"), QStringLiteral("front"), n, QStringLiteral("Päckchen")),
                 "facelatch push 1 unlock\nfront\n" + nText +
                     "\nP\xc3\xa4"
                     "ckchen\n");
    }

    void doorMessagesComeThrough() {
        const PushEvents batch{
            uuid, {QJsonObject{{QStringLiteral("seq"), 1}}, QJsonObject{{QStringLiteral("seq"), 3}}}, 3, true};
        const auto events = parseDoorMessage(toText(DoorMessage(batch)));
        QVERIFY(events);
        QCOMPARE(std::get<PushEvents>(*events).events, batch.events);
        QVERIFY(std::get<PushEvents>(*events).restart);

        const core::Error error{core::ErrorKind::Refused, "no", "late", "again"};
        const auto answer = parseDoorMessage(toText(DoorAnswer{5, error}));
        QVERIFY(answer);
        const auto& told = std::get<DoorAnswer>(*answer);
        QCOMPARE(told.id, std::int64_t{5});
        QVERIFY(!told.result);
        QCOMPARE(told.result.error().where, std::string("late"));
        QCOMPARE(told.result.error().kind, core::ErrorKind::Refused);
    }

    void badDoorMessages_data() {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* json) { QTest::newRow(name) << with(json); };
        row("hello of another version", R"({"t":"hello","v":2,"door":"front","nonce":"NONCE"})");
        row("hello without a nonce", R"({"t":"hello","v":1,"door":"front"})");
        row("events out of order",
            R"({"t":"events","log_id":"UUID","events":[{"seq":2},{"seq":1}],"last_seq":2,"restart":false})");
        row("events twice",
            R"({"t":"events","log_id":"UUID","events":[{"seq":2},{"seq":2}],"last_seq":2,"restart":false})");
        row("events without numbers", R"({"t":"events","log_id":"UUID","events":[{}],"last_seq":2,"restart":false})");
        row("events that are none", R"({"t":"events","log_id":"UUID","events":[7],"last_seq":9,"restart":false})");
        row("events beyond the last",
            R"({"t":"events","log_id":"UUID","events":[{"seq":3}],"last_seq":2,"restart":false})");
        row("welcome to nobody",
            R"({"t":"welcome","name":"Office","role":"viewer","may":[],"log_id":null,"last_seq":0,"state":{}})");
        row("an answer without a result", R"({"t":"answer","id":1,"ok":true})");
        row("a viewer's message", R"({"t":"nonce","id":1})");
    }
    void badDoorMessages() {
        QFETCH(QString, text);
        QVERIFY(!parseDoorMessage(text));
    }

    void picturesComeThrough() {
        const PushPicture frame{{{QStringLiteral("t"), QStringLiteral("frame")}, {QStringLiteral("n"), 7}}, "\xff\xd8"};
        const auto read = parsePicture(toBinary(frame));
        QVERIFY(read);
        QCOMPARE(read->header, frame.header);
        QCOMPARE(read->picture, frame.picture);
        QVERIFY(parsePicture(toBinary({frame.header, {}})));
    }

    void badPictures_data() {
        QTest::addColumn<QByteArray>("message");
        const auto headed = [](const char* header) {
            return toBinary({QJsonDocument::fromJson(header).object(), "x"});
        };
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("half a length") << QByteArray("\0\0", 2);
        QTest::newRow("a header longer than all") << QByteArray("\0\0\0\x05{}", 6);
        QTest::newRow("a length below zero") << QByteArray("\xff\xff\xff\xff{}", 6);
        QTest::newRow("an empty header") << QByteArray("\0\0\0\0", 4);
        QTest::newRow("no JSON") << QByteArray("\0\0\0\x02xxyyy", 9);
        QTest::newRow("no kind") << headed("{}");
        QTest::newRow("an unknown kind") << headed(R"({"t":"film"})");
        QTest::newRow("a frame without a number") << headed(R"({"t":"frame"})");
        QTest::newRow("an answer without a result") << headed(R"({"t":"answer","id":1,"ok":true})");
        QTest::newRow("a refusal with a picture") << headed(R"({"t":"answer","id":1,"ok":false})");
        QTest::newRow("a ring of nobody") << headed(R"({"t":"ring_picture","id":"x"})");
    }
    void badPictures() {
        QFETCH(QByteArray, message);
        QVERIFY(!parsePicture(message));
    }
};

QTEST_GUILESS_MAIN(TstPushWire)
#include "tst_push_wire.moc"
