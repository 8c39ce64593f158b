// SPDX-License-Identifier: GPL-3.0-or-later
// Doors that announce themselves, and whoever looks for them: the records, and real Avahi and D-Bus daemons that come
// and go.
#include "avahi_lab.h"
#include "network/discovery.h"

#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <memory>

using namespace facelatch::network;
using namespace std::chrono_literals;
using facelatch::testing::AvahiLab;

namespace {

constexpr int patience = 60'000; // ms; slow machines
constexpr auto retry = 50ms;

const QByteArray pin = QByteArray::fromHex("0123456789abcdef") + QByteArray(24, 'x');

DoorNotice notice(const QString& name = QStringLiteral("Front door")) {
    return {name, QStringLiteral("door-1"), 8443, pin};
}

QList<QByteArray> goodRecords() {
    return {"v=1", "door=door-1", "name=Front door", "pin=0123456789abcdef"};
}

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_lab = std::make_unique<AvahiLab>(); }
    void cleanupTestCase() { m_lab.reset(); }

    void recordsSayNothingSecret() {
        QCOMPARE(noticeRecords(notice()), goodRecords());
        const DoorNotice large{QString(300, u'é'), QString(300, u'x'), 1, pin};
        const auto records = noticeRecords(large);
        for (const QByteArray& record : records)
            QVERIFY2(record.size() <= 255, record.constData());
        const auto door = doorFromRecords(records);
        QVERIFY(door);
        QCOMPARE(door->name, QString(125, u'é')); // 250 bytes and a half one
    }

    void cutsWholeCharacters_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<QByteArray>("cut");
        QTest::newRow("short") << QStringLiteral("door") << 63 << QByteArray("door");
        QTest::newRow("exact") << QStringLiteral("door") << 4 << QByteArray("door");
        QTest::newRow("ascii") << QStringLiteral("door") << 3 << QByteArray("doo");
        QTest::newRow("two bytes") << QStringLiteral("aé") << 2 << QByteArray("a");
        QTest::newRow("three bytes") << QStringLiteral("a門") << 3 << QByteArray("a");
        QTest::newRow("four bytes") << QStringLiteral("a🚪b") << 4 << QByteArray("a");
        QTest::newRow("whole") << QStringLiteral("a🚪b") << 5 << QByteArray("a🚪");
        QTest::newRow("nothing") << QStringLiteral("🚪") << 0 << QByteArray();
    }
    void cutsWholeCharacters() {
        QFETCH(QString, text);
        QFETCH(int, bytes);
        QFETCH(QByteArray, cut);
        QCOMPARE(cutUtf8(text, bytes), cut);
    }

    void readsRecordsOfAnyOrder() {
        const auto plain = doorFromRecords(goodRecords());
        QVERIFY(plain);
        QCOMPARE(plain->door, QStringLiteral("door-1"));
        QCOMPARE(plain->name, QStringLiteral("Front door"));
        QCOMPARE(plain->pinStart, pin.first(8));
        const QList<QByteArray> variants[] = {
            {"pin=0123456789ABCDEF", "name=Front door", "door=door-1", "v=1"},
            {"V=1", "Door=door-1", "NAME=Front door", "pin=0123456789abcdef"},
            goodRecords() + QList<QByteArray>{"colour=red", "flag", "", "=x"},
            goodRecords() + QList<QByteArray>{"door=door-2", "v=7"}, // the first one counts
        };
        for (const auto& records : variants)
            QVERIFY(doorFromRecords(records) == plain);
    }

    void refusesOtherRecords_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QByteArray>("record");
        QTest::newRow("another version") << 0 << QByteArray("v=2");
        QTest::newRow("no version") << 0 << QByteArray("x=1");
        QTest::newRow("no door") << 1 << QByteArray("door");
        QTest::newRow("empty door") << 1 << QByteArray("door=");
        QTest::newRow("a door too long") << 1 << "door=" + QByteArray(201, 'x');
        QTest::newRow("a door of two lines") << 1 << QByteArray("door=a\nb");
        QTest::newRow("empty name") << 2 << QByteArray("name=");
        QTest::newRow("no text") << 2 << QByteArray("name=\xff\xfe");
        QTest::newRow("an escape") << 2 << QByteArray("name=\x1b[2J");
        QTest::newRow("no pin") << 3 << QByteArray("pin=");
        QTest::newRow("a short pin") << 3 << QByteArray("pin=0123456789abcd");
        QTest::newRow("a long pin") << 3 << QByteArray("pin=0123456789abcdef01");
        QTest::newRow("a pin of other letters") << 3 << QByteArray("pin=0123456789abcdeg");
    }
    void refusesOtherRecords() {
        QFETCH(int, which);
        QFETCH(QByteArray, record);
        auto records = goodRecords();
        records[which] = record;
        QVERIFY(!doorFromRecords(records));
    }

    /// Before the lab's bus runs: this machine has none.
    void withoutABusItSaysSo() {
        DoorAnnouncer announcer(retry);
        QCOMPARE(announcer.state(), DiscoveryState::Off);
        QSignalSpy changed(&announcer, &DoorAnnouncer::changed);
        announcer.announce(notice());
        QTRY_COMPARE_WITH_TIMEOUT(announcer.state(), DiscoveryState::NoDaemon, patience);
        QVERIFY(!announcer.trouble().isEmpty());
        QVERIFY(announcer.service().isEmpty());
        QVERIFY(!changed.isEmpty());
        announcer.withdraw();
        QCOMPARE(announcer.state(), DiscoveryState::Off);
        DoorBrowser browser(retry);
        browser.start();
        QTRY_COMPARE_WITH_TIMEOUT(browser.state(), DiscoveryState::NoDaemon, patience);
        QVERIFY(browser.doors().isEmpty());
    }

    void findsADoorOnceTheDaemonsRun() {
        DoorAnnouncer announcer(retry);
        DoorBrowser browser(retry);
        announcer.announce(notice());
        browser.start();
        QTRY_COMPARE_WITH_TIMEOUT(announcer.state(), DiscoveryState::NoDaemon, patience);
        if (const QString why = m_lab->startBus(); !why.isEmpty())
            QSKIP(qPrintable(why));
        if (const QString why = m_lab->startAvahi(); !why.isEmpty())
            QSKIP(qPrintable(why));
        m_runs = true;
        QTRY_COMPARE_WITH_TIMEOUT(announcer.state(), DiscoveryState::On, patience);
        QVERIFY(announcer.trouble().isEmpty());
        QCOMPARE(announcer.service(), QStringLiteral("Front door"));
        QTRY_COMPARE_WITH_TIMEOUT(browser.doors().size(), 1, patience);
        const FoundDoor door = browser.doors().first();
        QCOMPARE(door.service, QStringLiteral("Front door"));
        QCOMPARE(door.name, QStringLiteral("Front door"));
        QCOMPARE(door.door, QStringLiteral("door-1"));
        QCOMPARE(door.port, std::uint16_t{8443});
        QCOMPARE(door.pinStart, pin.first(8));
        QVERIFY2(door.hosts.contains(QStringLiteral("127.0.0.1")), qPrintable(door.hosts.join(u' ')));
        QVERIFY2(door.hosts.last().endsWith(QStringLiteral(".local")), qPrintable(door.hosts.join(u' ')));
    }

    void tellsWhatChangesAndWhatGoes() {
        if (!m_runs)
            QSKIP("no Avahi daemon runs here");
        DoorBrowser browser(retry);
        QSignalSpy lost(&browser, &DoorBrowser::lost);
        browser.start();
        {
            DoorAnnouncer announcer(retry);
            announcer.announce(notice());
            QTRY_COMPARE_WITH_TIMEOUT(browser.doors().size(), 1, patience);
            DoorNotice moved = notice();
            moved.port = 9443;
            announcer.announce(moved);
            QTRY_VERIFY_WITH_TIMEOUT(browser.doors().size() == 1 && browser.doors().first().port == 9443, patience);
            announcer.withdraw();
            QCOMPARE(announcer.state(), DiscoveryState::Off);
            QTRY_VERIFY_WITH_TIMEOUT(browser.doors().isEmpty(), patience);
            announcer.announce(notice());
            QTRY_COMPARE_WITH_TIMEOUT(browser.doors().size(), 1, patience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(browser.doors().isEmpty(), patience); // it said goodbye
        QVERIFY(lost.size() >= 2);
        QCOMPARE(lost.last().first().toString(), QStringLiteral("Front door"));
    }

    void doorsOfOneNameAreToldApart() {
        if (!m_runs)
            QSKIP("no Avahi daemon runs here");
        DoorAnnouncer first(retry), second(retry);
        DoorBrowser browser(retry);
        browser.start();
        const QString longName(100, u'é'); // DNS has 63 bytes for it
        first.announce(notice(longName));
        QTRY_COMPARE_WITH_TIMEOUT(first.state(), DiscoveryState::On, patience);
        DoorNotice another = notice(longName); // what is the same in all is no other door
        another.port = 9443;
        second.announce(another);
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), DiscoveryState::On, patience);
        QVERIFY(first.service() != second.service());
        QVERIFY2(second.service().endsWith(QStringLiteral("#2")), qPrintable(second.service()));
        QTRY_COMPARE_WITH_TIMEOUT(browser.doors().size(), 2, patience);
        for (const FoundDoor& door : browser.doors())
            QCOMPARE(door.name, longName); // the whole of it is in the records
    }

    void comesBackWithTheDaemons() {
        if (!m_runs)
            QSKIP("no Avahi daemon runs here");
        DoorAnnouncer announcer(retry);
        DoorBrowser browser(retry);
        announcer.announce(notice());
        browser.start();
        for (const bool bus : {false, true}) {
            QTRY_COMPARE_WITH_TIMEOUT(browser.doors().size(), 1, patience);
            m_lab->stopAvahi();
            if (bus)
                m_lab->stopBus();
            QTRY_COMPARE_WITH_TIMEOUT(announcer.state(), DiscoveryState::NoDaemon, patience);
            QTRY_COMPARE_WITH_TIMEOUT(browser.state(), DiscoveryState::NoDaemon, patience);
            QVERIFY(browser.doors().isEmpty());
            if (bus)
                QCOMPARE(m_lab->startBus(), QString());
            QCOMPARE(m_lab->startAvahi(), QString());
            QTRY_COMPARE_WITH_TIMEOUT(announcer.state(), DiscoveryState::On, patience);
        }
        QTRY_COMPARE_WITH_TIMEOUT(browser.doors().size(), 1, patience);
    }

private:
    std::unique_ptr<AvahiLab> m_lab;
    bool m_runs = false;
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
