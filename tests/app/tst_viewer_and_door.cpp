// SPDX-License-Identifier: GPL-3.0-or-later
// A real door on replayed faces and a real viewer, two processes: paired by the link, every entry seen though the door
// is killed and the network is cut, opened from afar, told on the desktop, and revoked.
#include "tests/app/cut_wire.h"
#include "tests/app/notice_desktop.h"
#include "tests/app/real_door.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

using namespace facelatch::testing;

namespace {

constexpr int patience = 120'000;

QStringList words(const char* line) {
    return QString::fromUtf8(line).split(u' ');
}
bool granted(const QJsonObject& event) {
    return event.value(u"outcome") == QStringLiteral("granted");
}
bool isOf(const QJsonObject& event, const char* reason) {
    return event.value(u"reason") == QLatin1String(reason);
}

} // namespace

class TestViewerAndDoor : public QObject {
    Q_OBJECT

    std::unique_ptr<RealDoor> m_door;
    std::unique_ptr<Running> m_kiosk;
    std::unique_ptr<CutWire> m_wire;
    QTemporaryDir m_office, m_sofa; ///< two viewers

    std::unique_ptr<Running> viewer(const QTemporaryDir& of, const QStringList& arguments,
                                    const QString& bus = {}) const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        if (!bus.isEmpty())
            environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), bus);
        return std::make_unique<Running>(QStringLiteral(FACELATCH_VIEWER),
                                         QStringList{QStringLiteral("--data"), of.path()} + arguments, environment);
    }
    int run(const QTemporaryDir& of, const QStringList& arguments, QString* said = nullptr) const {
        const auto program = viewer(of, arguments);
        program->waitFor([&] { return !program->runs(); }, patience);
        if (said != nullptr)
            *said = program->err();
        return program->waitForEnd(patience).value_or(-1);
    }
    bool startDoor() {
        m_kiosk = m_door->start();
        return m_kiosk->waitFor([&] { return !RealDoor::committed(*m_kiosk).empty(); }, patience);
    }
    /// The link as the door gives it, by way of the wire.
    QString link(const char* role) const {
        const Ended made = m_door->ctl(words("viewer pair --json --role") << QLatin1String(role));
        QString text = QJsonDocument::fromJson(made.out.toUtf8()).object().value(u"link").toString();
        text.remove(QRegularExpression(QStringLiteral("host=[^&]*&")));
        return text.replace(QRegularExpression(QStringLiteral("port=\\d+")),
                            QStringLiteral("host=127.0.0.1&port=%1").arg(m_wire->port()));
    }
    /// Numbers without gap or repeat from 1 on.
    static QString wrongWith(const std::vector<QJsonObject>& events) {
        for (std::size_t i = 0; i < events.size(); ++i)
            if (events[i].value(u"seq").toInteger() != static_cast<qint64>(i) + 1)
                return QStringLiteral("event %1 has the number %2").arg(i + 1).arg(events[i].value(u"seq").toInteger());
        return {};
    }
    static bool waitForMore(Running& events, std::size_t more) {
        const std::size_t wanted = RealDoor::committed(events).size() + more;
        return events.waitFor([&] { return RealDoor::committed(events).size() >= wanted; }, patience);
    }

private Q_SLOTS:
    void initTestCase() {
        if (const QString missing = RealDoor::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const quint16 port = free.serverPort();
        free.close();
        m_wire = std::make_unique<CutWire>(port);
        m_door = std::make_unique<RealDoor>();
        QVERIFY(m_door->prepare());
        QFile settings(m_door->path("settings.toml"));
        QVERIFY(settings.open(QIODevice::Append));
        settings.write(QStringLiteral("[liveness]\npolicy = \"off\"\n[push]\nport = %1\naddress = \"127.0.0.1\"\n"
                                      "announce = false\n")
                           .arg(port)
                           .toUtf8());
        settings.close();
        QVERIFY(m_door->enrolAlice());
        QVERIFY2(startDoor(), qPrintable(m_kiosk->err()));
    }
    void cleanupTestCase() {
        m_kiosk.reset();
        m_wire.reset();
        m_door.reset();
    }

    void nobodySeesAnythingWithoutAPairing() {
        QCOMPARE(run(m_office, words("--events --exit-after 1")), 1);
        QCOMPARE(run(m_office, words("--pair facelatch://pair?v=1")), 2);
    }

    void pairsByTheLink() {
        QString said;
        QCOMPARE(run(m_office,
                     {QStringLiteral("--pair"), link("operator"), QStringLiteral("--name"), QStringLiteral("Office")},
                     &said),
                 0);
        const QString once = link("viewer");
        QCOMPARE(run(m_sofa, {QStringLiteral("--pair"), once, QStringLiteral("--name"), QStringLiteral("Sofa")}), 0);
        const QTemporaryDir late;
        QCOMPARE(run(late, {QStringLiteral("--pair"), once}), 1); // a code is good once
        const QString list = m_door->ctl(words("viewer list")).out;
        QVERIFY2(list.contains(QStringLiteral("Office")) && list.contains(QStringLiteral("Sofa")), qPrintable(list));
    }

    void seesEveryEntryThroughKillsAndCuts() {
        const auto events = viewer(m_office, words("--events --after 0"));
        QVERIFY2(events->waitFor(
                     [&] {
                         const auto seen = RealDoor::committed(*events);
                         return std::ranges::any_of(seen, granted) && !std::ranges::all_of(seen, granted);
                     },
                     patience),
                 qPrintable(events->err()));
        m_kiosk->signal(SIGKILL);
        QVERIFY(m_kiosk->waitFor([&] { return !m_kiosk->runs(); }, patience));
        QVERIFY2(startDoor(), qPrintable(m_kiosk->err()));
        QVERIFY2(waitForMore(*events, 3), qPrintable(events->err()));
        m_wire->cut();
        QVERIFY(waitForMore(*m_kiosk, 4)); // which the viewer misses
        const std::size_t missed = RealDoor::committed(*events).size();
        QVERIFY(m_wire->mend());
        QVERIFY2(waitForMore(*events, 6), qPrintable(events->err()));
        QVERIFY(RealDoor::committed(*events).size() > missed);
        const auto seen = RealDoor::committed(*events);
        QVERIFY2(wrongWith(seen).isEmpty(), qPrintable(wrongWith(seen)));
    }

    void opensFromAfarAsItsRoleAllows() {
        const auto events = viewer(m_office, words("--events"));
        QVERIFY(waitForMore(*events, 1));
        QCOMPARE(run(m_sofa, words("--unlock test-door --reason nosy")), 1);
        QCOMPARE(run(m_office, words("--unlock test-door --reason parcel")), 0);
        const auto opened = [&](const QJsonObject& event) {
            return isOf(event, "remote_unlock") && event.value(u"note") == QStringLiteral("parcel") &&
                   event.value(u"person") == QStringLiteral("Office");
        };
        QVERIFY2(events->waitFor([&] { return std::ranges::any_of(RealDoor::committed(*events), opened); }, patience),
                 qPrintable(events->err()));
        const QString log = m_door->ctl(words("log list")).out;
        QVERIFY2(log.contains(QStringLiteral("role: nosy")), qPrintable(log)); // the sofa's
    }

    void tellsOnTheDesktop() {
        const PrivateBus bus;
        if (bus.address().isEmpty())
            QSKIP("dbus-daemon is not installed");
        NoticeDesktop desktop(bus.connect(QStringLiteral("desktop")));
        const auto window = viewer(m_office, {}, bus.address());
        const auto told = [&] {
            return std::ranges::any_of(desktop.notified, [](const Notified& one) {
                return (one.title + one.text).contains(QStringLiteral("Front door"));
            });
        };
        QVERIFY2(window->waitFor(told, patience), qPrintable(window->err()));
        QCOMPARE(window->end(), std::optional(0));
    }

    void whoIsRevokedSeesNothing() {
        const auto events = viewer(m_office, words("--events"));
        QVERIFY(waitForMore(*events, 1));
        QCOMPARE(m_door->ctl(words("viewer revoke Office")).code, 0);
        QVERIFY2(events->waitFor([&] { return !events->runs(); }, patience), qPrintable(events->err()));
        QCOMPARE(events->waitForEnd(patience), std::optional(1));
        const auto again = viewer(m_office, words("--events"));
        QVERIFY(again->waitFor([&] { return !again->runs(); }, patience));
        QVERIFY(RealDoor::committed(*again).empty());
        QCOMPARE(run(m_office, words("--unlock test-door --reason parcel")), 1);
        QVERIFY2(m_door->wrongWithLog(RealDoor::committed(*m_kiosk)).isEmpty(), "the door's log");
    }
};

QTEST_GUILESS_MAIN(TestViewerAndDoor)
#include "tst_viewer_and_door.moc"
