// SPDX-License-Identifier: GPL-3.0-or-later
// Events as JSON lines and CSV.
#include "temp_store.h"

#include "storage/event_csv.h"
#include "storage/event_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <random>

using namespace facelatch;
using namespace facelatch::test;

namespace {

core::CommittedEvent known() {
    core::CommittedEvent committed;
    core::Event& event = committed.event;
    event.id = *core::Uuid7::parse("019aa4f0-1111-7222-8333-444455556666");
    event.visit = *core::Uuid7::parse("019aa4f0-0000-7000-8000-000000000001");
    event.door = "front";
    event.time = core::WallTime(core::milliseconds(1763707682123));
    event.local = "2025-11-21T07:48:02";
    event.outcome = core::Outcome::Granted;
    event.reason = core::Reason::Face;
    event.person = core::PersonId{*core::Uuid7::parse("019aa4f0-2222-7222-8333-444455556666")};
    event.personName = "Zoë \"Z\" <b>\n";
    event.cardId = "D8E2F1G3";
    event.score = 0.7F;
    event.margin = 0.25F;
    event.live = core::LivenessVerdict::Live;
    event.modelId = "sface";
    event.source = core::DecisionSource::Face;
    committed.logId = "019aa4f0-3333-7222-8333-444455556666";
    committed.seq = 42;
    committed.snapshot = event.id.text() + ".jpg";
    return committed;
}

bool same(const core::CommittedEvent& a, const core::CommittedEvent& b) {
    return a.logId == b.logId && a.seq == b.seq && a.snapshot == b.snapshot && a.provisional == b.provisional &&
           a.event.id == b.event.id && a.event.visit == b.event.visit && a.event.door == b.event.door &&
           a.event.time == b.event.time && a.event.local == b.event.local && a.event.outcome == b.event.outcome &&
           a.event.reason == b.event.reason && a.event.person == b.event.person &&
           a.event.personName == b.event.personName && a.event.score == b.event.score &&
           a.event.margin == b.event.margin && a.event.live == b.event.live && a.event.modelId == b.event.modelId &&
           a.event.source == b.event.source;
}

} // namespace

class TestEventText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLineIsTheDocumentedObject() {
        QByteArray expected =
            "{'door':'front','id':'019aa4f0-1111-7222-8333-444455556666','live':'live','local':'2025-11-21T07:48:02',"
            "'log_id':'019aa4f0-3333-7222-8333-444455556666','margin':0.25,'model':'sface','outcome':'granted',"
            "'person':'Zoë \\'Z\\' <b>\\n','person_id':'019aa4f0-2222-7222-8333-444455556666','provisional':false,"
            "'reason':'face','score':0.7,'seq':42,'snapshot':'019aa4f0-1111-7222-8333-444455556666.jpg','source':'face'"
            ","
            "'time':'2025-11-21T06:48:02.123Z','v':1,'visit':'019aa4f0-0000-7000-8000-000000000001'}";
        expected.replace('\'', '"');
        QCOMPARE(QByteArray::fromStdString(storage::toJsonLine(known())), expected);
    }

    void whatIsNotThereIsNull() {
        core::CommittedEvent provisional;
        provisional.event = refusedStranger();
        provisional.event.modelId.clear();
        provisional.event.score.reset();
        provisional.provisional = true;
        const QJsonObject object = storage::toJson(provisional);
        QCOMPARE(object.size(), 19);
        for (const char* name : {"log_id", "seq", "person_id", "person", "score", "margin", "model", "snapshot"}) {
            QVERIFY2(object.contains(QLatin1String(name)), name);
            QVERIFY2(object.value(QLatin1String(name)).isNull(), name);
        }
        const auto back = storage::eventFromJson(object);
        VERIFY_OK(back);
        QVERIFY(same(*back, provisional));
    }

    void everyEventComesBack() {
        std::mt19937 random(7);
        std::uniform_real_distribution<float> number(-1, 1);
        for (const core::ReasonRow& reason : core::reasonRows()) {
            for (int i = 0; i < 50; ++i) {
                core::CommittedEvent event = known();
                event.event.reason = reason.reason;
                event.event.outcome = reason.outcome;
                event.event.score = number(random);
                event.event.margin = number(random) * 1e-6F;
                event.event.live = static_cast<core::LivenessVerdict>(i % 5);
                event.event.source = static_cast<core::DecisionSource>(i % 5);
                event.event.time = core::WallTime(core::milliseconds(static_cast<std::int64_t>(random())));
                event.seq = std::int64_t{1} << (i + 1);
                const std::string line = storage::toJsonLine(event);
                QVERIFY(line.find('\n') == std::string::npos);
                const auto back = storage::eventFromJsonLine(line);
                VERIFY_OK(back);
                QVERIFY2(same(*back, event), line.c_str());
            }
        }
    }

    void membersThatAreWrongAreNamed_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonValue>("value");
        const auto add = [](const char* name, const QJsonValue& value) {
            QTest::addRow("%s %s", name, QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).constData())
                << QString::fromUtf8(name) << value;
        };
        for (const char* name :
             {"log_id", "id", "time", "local", "door", "visit", "outcome", "reason", "person_id", "person", "score",
              "margin", "live", "model", "snapshot", "source", "provisional", "seq"}) {
            add(name, QJsonValue(QJsonValue::Undefined));
            add(name, QJsonObject());
        }
        add("id", QStringLiteral("1"));
        add("visit", QJsonValue());
        add("person_id", QStringLiteral("Alice"));
        add("time", QStringLiteral("2025-11-21T06:48:02"));
        add("time", QStringLiteral("2025-11-21T06:48:02+01:00"));
        add("time", QStringLiteral("yesterday"));
        add("outcome", QStringLiteral("maybe"));
        add("reason", QStringLiteral("FACE"));
        add("live", QStringLiteral("dead"));
        add("source", QStringLiteral(""));
        add("seq", -1);
        add("seq", 0);
        add("seq", 1.5);
        add("seq", 1e300);
        add("seq", QStringLiteral("42"));
        add("seq", QJsonValue());
        add("score", 1e300);
        add("score", QStringLiteral("0.7"));
        add("provisional", 1);
        add("provisional", true); // with a number
    }

    void membersThatAreWrongAreNamed() {
        QFETCH(QString, name);
        QFETCH(QJsonValue, value);
        QJsonObject object = storage::toJson(known());
        if (value.isUndefined())
            object.remove(name);
        else
            object.insert(name, value);
        const auto refused = storage::eventFromJson(object);
        QVERIFY(!refused);
        const QString named = QLatin1Char('"') +
                              (name == QLatin1String("provisional") && value.isBool() ? QStringLiteral("seq") : name) +
                              QLatin1Char('"');
        QVERIFY2(QString::fromStdString(refused.error().what).contains(named), why(refused.error()));
    }

    void otherVersionsAndOtherTextAreRefused() {
        QJsonObject object = storage::toJson(known());
        object.insert(QStringLiteral("v"), 2);
        QVERIFY(storage::eventFromJson(object).error().kind == core::ErrorKind::NewerVersion);
        object.remove(QStringLiteral("v"));
        QVERIFY(!storage::eventFromJson(object));
        for (const std::string& line :
             {std::string(), std::string("null"), std::string("[]"), std::string("{}"), std::string("{\"v\":1"),
              std::string("{\"v\":1}x"), std::string("\xff\xfe"), std::string(100000, '['), std::string("\0", 1)})
            QVERIFY(!storage::eventFromJsonLine(line));
        object = storage::toJson(known());
        object.insert(QStringLiteral("later"), QJsonObject());
        VERIFY_OK(storage::eventFromJson(object));
    }

    void csvHasAColumnForEachField() {
        const auto columns = storage::eventCsvColumns();
        const auto fields = storage::eventCsvFields(known());
        QCOMPARE(columns.size(), fields.size());
        const auto of = [&](const std::string& column) {
            return fields[static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) -
                                                   columns.begin())];
        };
        QCOMPARE(of("seq"), std::string("42"));
        QCOMPARE(of("time"), std::string("2025-11-21T06:48:02.123Z"));
        QCOMPARE(of("outcome"), std::string("granted"));
        QCOMPARE(of("reason"), std::string("face"));
        QCOMPARE(of("person"), known().event.personName);
        QCOMPARE(of("card"), std::string("D8E2F1G3"));
        QCOMPARE(of("score"), std::string("0.7"));
    }

    void csvIsQuotedAndRunsNothing() {
        QCOMPARE(storage::csvLine({"a", "b c", ""}), std::string("a,b c,\r\n"));
        QCOMPARE(storage::csvLine({"a,b", "say \"x\"", "two\nlines"}),
                 std::string("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n"));
        QCOMPARE(storage::csvLine({"=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\tx"}),
                 std::string("'=1+1,'+cmd|' /C calc'!A0,'@SUM(A1),'-2+3,\"'\tx\"\r\n"));
        QCOMPARE(storage::csvLine({"-0.25", "1e-6", "-inf"}), std::string("-0.25,1e-6,'-inf\r\n"));
    }
};

QTEST_GUILESS_MAIN(TestEventText)
#include "tst_event_text.moc"
