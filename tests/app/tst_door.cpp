// SPDX-License-Identifier: GPL-3.0-or-later
// A door from end to end in real processes: replayed faces before the kiosk, the lock daemon with its line on record.
#include "app/door_worker.h"
#include "app/worker_thread.h"
#include "tests/app/programs.h"
#include "tests/app/shown_face.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <future>

using namespace facelatch::testing;

namespace {

constexpr int strikeMs = 3000;

/// Release and relock of the n-th release, in nanoseconds of the record; nothing while it lasts.
struct Span {
    qint64 from = 0, to = 0;
};
std::vector<Span> spans(const FakeLockd& lockd) {
    std::vector<Span> all;
    bool open = false;
    for (const FakeLockd::Level& level : lockd.levels()) {
        if (level.released && !open)
            all.push_back({level.ns, 0});
        if (!level.released && open)
            all.back().to = level.ns;
        open = level.released;
    }
    return all;
}

std::vector<QJsonObject> committed(Running& kiosk) {
    std::vector<QJsonObject> events = kiosk.events();
    std::erase_if(events, [](const QJsonObject& event) { return event.value(u"provisional").toBool(); });
    return events;
}

} // namespace

class TestDoor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void oneVisitOneReleaseOneRelock();
    void strangerIsRefused();
    void accessRulesHoldAtTheDoor();
    void photographsAreRefused_data();
    void photographsAreRefused();
    void killedKioskRelocks();
    void frozenKioskRelocks();
    void blockedDoorThreadRelocks();
    void lockdGoneAndBack();
    void eventsSurviveKills();

private:
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    QStringList common() const {
        return {QStringLiteral("--data"), path("data"), QStringLiteral("--settings"), path("settings.toml")};
    }
    /// Shows the pictures one after the other, looped or once.
    void show(const QStringList& pictures, int showMs, int pauseMs, bool loop);
    void enrolAlice();
    std::unique_ptr<Running> startKiosk() const {
        return std::make_unique<Running>(QStringLiteral(FACELATCH_KIOSK),
                                         common() + QStringList{QStringLiteral("--events")});
    }
    QStringList pictures(const QString& person) const {
        const QDir folder(facesFolder() + QStringLiteral("/people/") + person);
        QStringList files;
        for (const QString& file : folder.entryList(QDir::Files, QDir::Name))
            files << folder.filePath(file);
        return files;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeLockd> m_lockd;
};

void TestDoor::initTestCase() {
    if (modelsFolder().isEmpty() || facesFolder().isEmpty())
        QSKIP(
            "shared/models or shared/faces not found beside the checkout (FACELATCH_MODELS_DIR, FACELATCH_FACES_DIR)");
    QVERIFY2(QFile::exists(QStringLiteral(FACELATCH_LOCKD_FAKE)), "build facelatch-lockd-fake first");
}

void TestDoor::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_lockd = std::make_unique<FakeLockd>(*m_folder);
    m_lockd->start();
    QVERIFY(QDir().mkpath(path("faces")));
}

void TestDoor::show(const QStringList& pictures, int showMs, int pauseMs, bool loop) {
    QDir faces(path("faces"));
    for (const QString& old : faces.entryList(QDir::Files))
        faces.remove(old);
    for (int i = 0; i < pictures.size(); ++i)
        QVERIFY(QFile::copy(pictures[i], faces.filePath(QStringLiteral("%1.jpg").arg(i))));
    QFile settings(path("settings.toml"));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(QStringLiteral("[door]\nid = \"test-door\"\nlanguage = \"en\"\n"
                                  "[lock]\nkind = \"lockd_test\"\nsocket = \"%1\"\nstrike_time_ms = %2\n"
                                  "[camera]\nsource = \"replay\"\nreplay_path = \"%3\"\nreplay_show_ms = %4\n"
                                  "replay_pause_ms = %5\nreplay_loop = %6\nfps = 15\n"
                                  "[recognition]\nmodels_dir = \"%7\"\n[screen]\nwindow = \"800x480\"\n")
                       .arg(m_lockd->socket())
                       .arg(strikeMs)
                       .arg(faces.path())
                       .arg(showMs)
                       .arg(pauseMs)
                       .arg(loop ? QStringLiteral("true") : QStringLiteral("false"))
                       .arg(modelsFolder())
                       .toUtf8());
}

void TestDoor::enrolAlice() {
    const QString photos = path("photos");
    QVERIFY(QDir().mkpath(photos));
    const QStringList all = pictures(QStringLiteral("Jiang_Zemin"));
    for (int i = 0; i < 3; ++i)
        QVERIFY(QFile::copy(all[i], photos + QStringLiteral("/%1.jpg").arg(i)));
    const Ended added = ctl(common() + QStringList{QStringLiteral("person"), QStringLiteral("add"),
                                                   QStringLiteral("Alice"), QStringLiteral("--photos"), photos,
                                                   QStringLiteral("--card"), QStringLiteral("D8E2F1G3")});
    QVERIFY2(added.code == 0, qPrintable(added.out + added.err));
}

void TestDoor::oneVisitOneReleaseOneRelock() {
    show({pictures(QStringLiteral("Jiang_Zemin")).at(4)}, 8000, 2000, false);
    enrolAlice();
    auto kiosk = startKiosk();
    QVERIFY2(kiosk->waitFor([&] { return m_lockd->releases() == 1; }, 20'000), qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return spans(*m_lockd).front().to != 0; }, 10'000));
    // The face stays for 8 s and leaves: looking, granted while the lock is released, idle in the end.
    QVERIFY2(
        kiosk->waitFor([&] { return kiosk->screens().size() > 2 && kiosk->screens().last() == QStringLiteral("idle"); },
                       15'000),
        qPrintable(kiosk->screens().join(u' ')));
    const QStringList screens = kiosk->screens();
    QCOMPARE(screens.count(QStringLiteral("granted")), 1);
    QCOMPARE(screens.at(screens.indexOf(QStringLiteral("granted")) - 1), QStringLiteral("looking"));
    QVERIFY(!screens.contains(QStringLiteral("refused")));

    const std::vector<Span> releases = spans(*m_lockd);
    QCOMPARE(releases.size(), 1U);
    const double heldMs = static_cast<double>(releases[0].to - releases[0].from) / 1e6;
    QVERIFY2(heldMs > strikeMs - 50 && heldMs < strikeMs + 500, qPrintable(QString::number(heldMs)));

    const auto events = committed(*kiosk);
    QVERIFY2(events.size() >= 6 && events.size() <= 9, qPrintable(QString::number(events.size()))); // one a second
    for (std::size_t i = 0; i < events.size(); ++i) {
        const QJsonObject& event = events[i];
        QCOMPARE(event.value(u"seq").toInteger(), static_cast<qint64>(i + 1));
        QCOMPARE(event.value(u"outcome").toString(), QStringLiteral("granted"));
        QCOMPARE(event.value(u"reason").toString(), QStringLiteral("face"));
        QCOMPARE(event.value(u"person").toString(), QStringLiteral("Alice"));
        QCOMPARE(event.value(u"live").toString(), QStringLiteral("live")); // the required check, on a real photograph
        QCOMPARE(event.value(u"visit"), events[0].value(u"visit"));
        QCOMPARE(event.value(u"door").toString(), QStringLiteral("test-door"));
        QCOMPARE(event.value(u"snapshot").isNull(), i != 0); // one picture a visit
        QVERIFY(event.value(u"score").toDouble() > 0.45);
    }
    // The kiosk runs on: its log is asked through it.
    const Ended list =
        ctl(common() + QStringList{QStringLiteral("log"), QStringLiteral("list"), QStringLiteral("--json"),
                                   QStringLiteral("--person"), QStringLiteral("Alice"), QStringLiteral("--outcome"),
                                   QStringLiteral("granted")});
    QCOMPARE(list.out.count(u'\n'), static_cast<qsizetype>(events.size()));
    QCOMPARE(kiosk->end(), std::optional(0));
    QCOMPARE(ctl(common() + QStringList{QStringLiteral("log"), QStringLiteral("verify")}).code, 0);
}

void TestDoor::strangerIsRefused() {
    show({pictures(QStringLiteral("Bill_Gates")).at(0)}, 6000, 2000, false);
    enrolAlice();
    auto kiosk = startKiosk();
    QVERIFY2(kiosk->waitFor([&] { return !committed(*kiosk).empty(); }, 20'000), qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return kiosk->screens().contains(QStringLiteral("refused")); }, 5000));
    QVERIFY(kiosk->waitFor([&] { return kiosk->screens().last() == QStringLiteral("idle"); }, 15'000));
    for (const QJsonObject& event : committed(*kiosk)) {
        QCOMPARE(event.value(u"outcome").toString(), QStringLiteral("denied"));
        QCOMPARE(event.value(u"reason").toString(), QStringLiteral("unknown_person"));
        QVERIFY(event.value(u"person").isNull());
    }
    QCOMPARE(m_lockd->releases(), 0);
    QVERIFY(!kiosk->screens().contains(QStringLiteral("granted")));
}

void TestDoor::accessRulesHoldAtTheDoor() {
    show({pictures(QStringLiteral("Jiang_Zemin")).at(4)}, 8000, 2000, true);
    enrolAlice();
    const auto ctlDoes = [this](const QStringList& arguments) {
        const Ended ended = ctl(common() + arguments);
        return ended.code == 0 ? QString() : ended.out + ended.err;
    };
    // A whole day that is neither today nor beside it.
    const QString elsewhen = QLocale::c().dayName(QDate::currentDate().addDays(3).dayOfWeek(), QLocale::ShortFormat) +
                             QStringLiteral(" 00:00-24:00");
    const QString name = QStringLiteral("Alice"), staff = QStringLiteral("Staff"), day = QStringLiteral("Day");
    for (const QStringList& arguments :
         {QStringList{QStringLiteral("group"), QStringLiteral("add"), staff},
          QStringList{QStringLiteral("schedule"), QStringLiteral("add"), day, elsewhen},
          QStringList{QStringLiteral("rule"), QStringLiteral("add"), staff, day, QStringLiteral("--door"),
                      QStringLiteral("test-door")},
          QStringList{QStringLiteral("person"), QStringLiteral("set"), name, QStringLiteral("--groups"), staff,
                      QStringLiteral("--uses"), QStringLiteral("1000")}}) {
        const QString failure = ctlDoes(arguments);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }
    auto kiosk = startKiosk();
    const auto events = [&](const char* reason) {
        std::vector<QJsonObject> found = committed(*kiosk);
        std::erase_if(found, [&](const QJsonObject& event) { return event.value(u"reason") != QLatin1String(reason); });
        return found;
    };
    QVERIFY2(kiosk->waitFor([&] { return !events("out_of_schedule").empty(); }, 60'000), qPrintable(kiosk->err()));
    const QJsonObject refused = events("out_of_schedule").front();
    QCOMPARE(refused.value(u"outcome").toString(), QStringLiteral("denied"));
    QCOMPARE(refused.value(u"person").toString(), name);
    QVERIFY(kiosk->waitFor([&] { return kiosk->screens().contains(QStringLiteral("refused")); }, 60'000));
    QCOMPARE(m_lockd->releases(), 0);

    // While the kiosk runs, and through it.
    const QString failure = ctlDoes({QStringLiteral("schedule"), QStringLiteral("set"), day, QStringLiteral("always")});
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QVERIFY2(kiosk->waitFor([&] { return m_lockd->releases() > 0 && !events("face").empty(); }, 60'000),
             qPrintable(kiosk->err()));
    QCOMPARE(events("face").front().value(u"person").toString(), name);
    QCOMPARE(kiosk->end(), std::optional(0));
    const Ended shown = ctl(common() + QStringList{QStringLiteral("person"), QStringLiteral("show"), name});
    QVERIFY2(shown.out.contains(QRegularExpression(QStringLiteral("groups: Staff, [1-9]\\d* of 1000 uses taken"))),
             qPrintable(shown.out));
    QCOMPARE(ctl(common() + QStringList{QStringLiteral("audit"), QStringLiteral("verify")}).code, 0);
}

void TestDoor::photographsAreRefused_data() {
    QTest::addColumn<QString>("picture");
    QTest::newRow("F1") << QStringLiteral("/pad-samples/image_F1.jpg");
    QTest::newRow("F2") << QStringLiteral("/pad-samples/image_F2.jpg");
}

void TestDoor::photographsAreRefused() {
    QFETCH(QString, picture);
    show({facesFolder() + picture}, 6000, 2000, false);
    enrolAlice();
    auto kiosk = startKiosk();
    QVERIFY2(kiosk->waitFor([&] { return !committed(*kiosk).empty(); }, 20'000), qPrintable(kiosk->err()));
    QCOMPARE(committed(*kiosk).front().value(u"outcome").toString(), QStringLiteral("denied"));
    QCOMPARE(committed(*kiosk).front().value(u"reason").toString(), QStringLiteral("liveness_failed"));
    QCOMPARE(m_lockd->releases(), 0);
}

void TestDoor::killedKioskRelocks() {
    show({pictures(QStringLiteral("Jiang_Zemin")).at(4)}, 8000, 2000, false);
    enrolAlice();
    auto kiosk = startKiosk();
    QVERIFY2(kiosk->waitFor([&] { return m_lockd->released(); }, 20'000), qPrintable(kiosk->err()));
    const qint64 killed = monotonicNs();
    kiosk->signal(SIGKILL);
    QVERIFY(m_lockd->process().waitFor([&] { return !m_lockd->released(); }, 2000));
    const double tookMs = static_cast<double>(spans(*m_lockd).back().to - killed) / 1e6;
    qInfo("kill -9 of the kiosk: relocked after %.1f ms", tookMs);
    QVERIFY2(tookMs < 200, qPrintable(QString::number(tookMs)));
}

void TestDoor::frozenKioskRelocks() {
    show({pictures(QStringLiteral("Jiang_Zemin")).at(4)}, 8000, 2000, false);
    enrolAlice();
    auto kiosk = startKiosk();
    QVERIFY2(kiosk->waitFor([&] { return m_lockd->released(); }, 20'000), qPrintable(kiosk->err()));
    const qint64 stopped = monotonicNs();
    kiosk->signal(SIGSTOP);
    QVERIFY(m_lockd->process().waitFor([&] { return !m_lockd->released(); }, 5000));
    const double tookMs = static_cast<double>(spans(*m_lockd).back().to - stopped) / 1e6;
    qInfo("SIGSTOP of the kiosk: relocked after %.0f ms", tookMs);
    QVERIFY2(tookMs < 2500, qPrintable(QString::number(tookMs)));
    kiosk->signal(SIGCONT);
}

/// The kiosk lives, only its door thread hangs: no other thread may keep the lock released for it.
void TestDoor::blockedDoorThreadRelocks() {
    facelatch::app::Inbox<facelatch::core::Observation> observations(8);
    facelatch::app::Latest<facelatch::core::VisitorView> view;
    facelatch::app::WorkerThread<facelatch::app::DoorWorker> door(QStringLiteral("door"), [&] {
        facelatch::core::AccessRules rules;
        rules.replayMayOpen = true;
        return std::make_unique<facelatch::app::DoorWorker>(
            facelatch::app::DoorContext{"door-1",
                                        rules,
                                        {},
                                        facelatch::hardware::makeDoorLock({facelatch::hardware::LockKind::Lockd,
                                                                           m_lockd->socket().toStdString(), true}),
                                        observations,
                                        view,
                                        [](const facelatch::core::Decision&) {}});
    });
    ShownFace alice;
    door.post([gallery = alice.gallery()](facelatch::app::DoorWorker& worker) { worker.setGallery(gallery); });
    QVERIFY(m_lockd->process().waitFor(
        [&] {
            observations.push(alice.next());
            door.post([](facelatch::app::DoorWorker& worker) { worker.observe(); });
            return m_lockd->released();
        },
        5000));
    std::promise<void> mayGoOn;
    const qint64 blocked = monotonicNs();
    door.post([&mayGoOn](facelatch::app::DoorWorker&) { mayGoOn.get_future().wait(); });
    const bool relocked = m_lockd->process().waitFor([&] { return !m_lockd->released(); }, 5000);
    mayGoOn.set_value();
    QVERIFY(relocked);
    const double tookMs = static_cast<double>(spans(*m_lockd).back().to - blocked) / 1e6;
    qInfo("blocked door thread: relocked after %.0f ms", tookMs);
    QVERIFY2(tookMs < 2500, qPrintable(QString::number(tookMs)));
}

void TestDoor::lockdGoneAndBack() {
    show({pictures(QStringLiteral("Jiang_Zemin")).at(4)}, 3000, 3000, true);
    enrolAlice();
    m_lockd->kill();
    auto kiosk = startKiosk();
    QVERIFY2(kiosk->waitForText(QStringLiteral("no_lock"), 20'000), qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return kiosk->screens().contains(QStringLiteral("outOfService")); }, 5000));
    QVERIFY(kiosk->waitFor([&] { return !committed(*kiosk).empty(); }, 20'000));
    QCOMPARE(committed(*kiosk).front().value(u"reason").toString(), QStringLiteral("out_of_service"));
    QCOMPARE(m_lockd->releases(), 0);
    m_lockd->start();
    QVERIFY2(kiosk->waitForText(QStringLiteral("no_lock is over"), 15'000), qPrintable(kiosk->err()));
    QVERIFY2(kiosk->waitFor([&] { return m_lockd->releases() > 0; }, 20'000), qPrintable(kiosk->err()));
    m_lockd->kill();
    QVERIFY(kiosk->waitFor([&] { return kiosk->screens().last() == QStringLiteral("outOfService"); }, 10'000));
}

void TestDoor::eventsSurviveKills() {
    show({pictures(QStringLiteral("Jiang_Zemin")).at(4), pictures(QStringLiteral("Bill_Gates")).at(0)}, 3500, 500,
         true);
    enrolAlice();
    std::vector<QJsonObject> acknowledged;
    for (int round = 0; round < 5; ++round) {
        auto kiosk = startKiosk();
        const std::size_t wanted = static_cast<std::size_t>(1 + round % 3);
        QVERIFY2(kiosk->waitFor([&] { return committed(*kiosk).size() >= wanted; }, 30'000), qPrintable(kiosk->err()));
        kiosk->signal(SIGKILL);
        QVERIFY(kiosk->waitFor([&] { return !kiosk->runs(); }, 5000));
        for (const QJsonObject& event : committed(*kiosk))
            acknowledged.push_back(event);
    }
    const Ended verified = ctl(common() + QStringList{QStringLiteral("log"), QStringLiteral("verify")});
    QVERIFY2(verified.code == 0, qPrintable(verified.err));
    const Ended list =
        ctl(common() + QStringList{QStringLiteral("log"), QStringLiteral("list"), QStringLiteral("--json"),
                                   QStringLiteral("--limit"), QStringLiteral("1000")});
    for (const QJsonObject& event : acknowledged)
        QVERIFY2(list.out.count(event.value(u"id").toString()) >= 1, qPrintable(event.value(u"id").toString()));
}

QTEST_GUILESS_MAIN(TestDoor)
#include "tst_door.moc"
