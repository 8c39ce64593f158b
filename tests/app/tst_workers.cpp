// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk's threads: ending in order, the door's handling of its lock, events waiting for a broken log.
#include "app/clock.h"
#include "app/storage_worker.h"
#include "app/worker_thread.h"
#include "tests/app/worked_door.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace facelatch;

namespace {

using Door = testing::WorkedDoor;

struct Witness {
    explicit Witness(std::atomic<int>& count) : alive(count), thread(QThread::currentThread()) { ++alive; }
    ~Witness() {
        --alive;
        inOwnThread = thread == QThread::currentThread();
    }
    static inline std::atomic<bool> inOwnThread = false;
    std::atomic<int>& alive;
    QThread* thread;
};

core::Uuid7 freshId() {
    return app::newUuid(app::now().wall);
}

} // namespace

class TestWorkers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threadOwnsItsWorker();
    void inboxLetsTheOldestGo();
    void grantReleasesOnceAndIsReported();
    void lockThatFailsWithdrawsTheGrant();
    void lockThatIsBrieflyBusyIsTriedAgain();
    void lostLockPutsTheDoorOutOfService();
    void aTestOfTheLockIsADecision();
    void earlyRelockIsShown();
    void exitButtonIsLogged();
    void noScoreIsInTheViewUnlessTheInstallerAsked();
    void eventsWaitForTheLogAndKeepTheirOrder();
    void aLockdownIsWrittenWhenTheDataIsThereAndGivenOutBeforeThePeople();
};

void TestWorkers::threadOwnsItsWorker() {
    std::atomic<int> alive = 0;
    std::atomic<int> done = 0;
    {
        app::WorkerThread<Witness> thread(QStringLiteral("witness"), [&] { return std::make_unique<Witness>(alive); });
        QCOMPARE(alive.load(), 1);
        for (int i = 0; i < 100; ++i)
            thread.post([&](Witness& witness) { done += witness.thread == QThread::currentThread() ? 1 : 1000; });
    }
    QCOMPARE(done.load(), 100); // what was posted is finished before the end
    QCOMPARE(alive.load(), 0);
    QVERIFY(Witness::inOwnThread);
}

void TestWorkers::inboxLetsTheOldestGo() {
    app::Inbox<int> inbox(3);
    QVERIFY(inbox.push(1));
    for (const int value : {2, 3, 4, 5})
        QVERIFY(!inbox.push(value));
    QCOMPARE(inbox.takeAll(), (std::deque<int>{3, 4, 5}));
    QVERIFY(inbox.push(6));
}

void TestWorkers::grantReleasesOnceAndIsReported() {
    Door door;
    door.show(3);
    QCOMPARE(door.lock->pulses(), 1);
    QCOMPARE(door.decided.size(), 1U);
    QCOMPARE(door.decided[0].event.reason, core::Reason::Face);
    QCOMPARE(door.decided[0].event.personName, std::string("Alice"));
    QCOMPARE(door.view.get().screen, core::Screen::Granted);
    door.show(5);
    QCOMPARE(door.lock->pulses(), 1);
    QTRY_VERIFY(door.lock->beats > 2); // the worker's own loop keeps the lock informed
}

void TestWorkers::noScoreIsInTheViewUnlessTheInstallerAsked() {
    Door quiet;
    quiet.show(2); // recognised, and not yet granted
    QCOMPARE(quiet.view.get().screen, core::Screen::Looking);
    QVERIFY(quiet.view.get().installer == nullptr);
    QVERIFY(quiet.view.get().name.empty());
    quiet.show(3);
    QCOMPARE(quiet.view.get().name, std::string("Alice"));
    QVERIFY(quiet.view.get().installer == nullptr);

    Door open(core::InstallerFacts{{}, true, 0, {"a model"}});
    open.show(2);
    QCOMPARE(open.view.get().screen, core::Screen::Looking);
    QVERIFY(open.view.get().name.empty()); // the visitor's part of the view stays what it was
    const auto shown = open.view.get().installer;
    QVERIFY(shown != nullptr);
    QCOMPARE(shown->faces.size(), 1U);
    QCOMPARE(shown->faces[0].best, std::string("Alice"));
    QVERIFY(shown->faces[0].face.match->score > 0);
    QCOMPARE(shown->facts.models.size(), 1U);
}

void TestWorkers::lockThatFailsWithdrawsTheGrant() {
    Door door;
    door.lock->failure = core::Error{core::ErrorKind::OutOfService, "gone", {}, {}};
    door.worker->clear(core::FaultCode::NoLock); // as if the loss had not been noticed yet
    door.show(3);
    QCOMPARE(door.decided.size(), 1U);
    QCOMPARE(door.decided[0].event.outcome, core::Outcome::Denied);
    QCOMPARE(door.decided[0].event.reason, core::Reason::OutOfService);
    QVERIFY(door.view.get().screen != core::Screen::Granted);
}

void TestWorkers::lockThatIsBrieflyBusyIsTriedAgain() {
    Door door;
    door.lock->failure = core::Error{core::ErrorKind::Failed, "too soon", {}, {}};
    door.show(3);
    QCOMPARE(door.decided.size(), 0U); // nothing is claimed before the lock has moved
    door.lock->plugIn();
    QTRY_COMPARE(door.decided.size(), 1U);
    QCOMPARE(door.decided[0].event.outcome, core::Outcome::Granted);
    QCOMPARE(door.view.get().screen, core::Screen::Granted);
}

void TestWorkers::aTestOfTheLockIsADecision() {
    Door door;
    const auto test = [&](core::milliseconds left) {
        core::Status said = core::fail("not answered");
        door.worker->testLock(app::now().mono + left, [&](const core::Status& released) { said = released; });
        return bool(said);
    };
    QVERIFY(!test(core::milliseconds(-1)));
    QCOMPARE(door.lock->pulses(), 0);
    QVERIFY2(door.decided.empty(), "what came too late never happened");
    QVERIFY(test(core::milliseconds(60'000)));
    QCOMPARE(door.lock->pulses(), 1);
    QCOMPARE(door.decided.size(), std::size_t{1});
    const core::Event event = door.decided.front().event;
    QVERIFY(door.decided.front().releases && event.outcome == core::Outcome::Granted);
    QVERIFY(event.reason == core::Reason::RemoteUnlock && event.source == core::DecisionSource::Remote);
    QVERIFY(!event.person && event.personName.empty() && event.door == "door-1");
    door.lock->unplug();
    QVERIFY(!test(core::milliseconds(60'000)));
    QCOMPARE(door.decided.size(), std::size_t{2});
    QVERIFY(!door.decided.back().releases && door.decided.back().event.outcome == core::Outcome::Denied);
    QVERIFY(door.decided.back().event.reason == core::Reason::OutOfService);
}

void TestWorkers::lostLockPutsTheDoorOutOfService() {
    Door door;
    door.lock->unplug();
    QTRY_COMPARE(door.view.get().screen, core::Screen::OutOfService);
    door.show(3);
    QCOMPARE(door.lock->pulses(), 0);
    QCOMPARE(door.decided.at(0).event.reason, core::Reason::OutOfService);
    door.lock->plugIn();
    QTRY_VERIFY(door.view.get().screen != core::Screen::OutOfService);
}

void TestWorkers::earlyRelockIsShown() {
    Door door;
    door.show(3);
    QVERIFY(door.view.get().doorReleased);
    door.lock->unplug(); // the daemon died: the lock is at rest whatever was promised
    QTRY_VERIFY(!door.view.get().doorReleased);
}

void TestWorkers::exitButtonIsLogged() {
    Door door;
    door.lock->inputs = {{"rex", true, app::now().mono, true}, {"dps", true, app::now().mono, false}};
    QTest::qWait(250);
    QCOMPARE(door.decided.size(), 0U);
    door.lock->inputs = {{"rex", true, app::now().mono, false}};
    QTRY_COMPARE(door.decided.size(), 1U);
    QCOMPARE(door.decided[0].event.reason, core::Reason::ExitButton);
    QCOMPARE(door.lock->pulses(), 0); // it opens in hardware
}

void TestWorkers::eventsWaitForTheLogAndKeepTheirOrder() {
    QTemporaryDir place;
    const QString data = place.filePath(QStringLiteral("data"));
    QFile blocker(data); // a file where the folder should be: no user, root included, can work around it
    QVERIFY(blocker.open(QIODevice::WriteOnly));

    std::vector<core::CommittedEvent> committed;
    std::vector<core::FaultCode> raised;
    std::vector<core::FaultCode> cleared;
    app::WaitingEvents waiting;
    app::StorageWorker storage({data.toStdString(), std::nullopt, core::Settings(), "net", 2, waiting,
                                [&](const core::CommittedEvent& event) { committed.push_back(event); },
                                [](const std::shared_ptr<const core::Gallery>&) {},
                                [](const std::shared_ptr<const core::AccessConfig>&) {},
                                [&](const core::Fault& fault) { raised.push_back(fault.code); },
                                [&](core::FaultCode code) { cleared.push_back(code); }, [](const core::Error&) {}});
    storage.open();
    QVERIFY(std::find(raised.begin(), raised.end(), core::FaultCode::DataUnreadable) != raised.end());

    std::vector<core::Uuid7> ids;
    for (int i = 0; i < 3; ++i) {
        core::Decision decision;
        decision.event.id = freshId();
        decision.event.visit = decision.event.id;
        decision.event.door = "door-1";
        decision.event.time = app::now().wall;
        ids.push_back(decision.event.id);
        waiting.push(decision, app::now().mono);
        storage.write();
    }
    QCOMPARE(committed.size(), 3U);
    QVERIFY(std::all_of(committed.begin(), committed.end(), [](const auto& event) { return event.provisional; }));
    QVERIFY(std::find(raised.begin(), raised.end(), core::FaultCode::LogNotWritable) != raised.end());

    QVERIFY(blocker.remove()); // mended: it heals by itself
    QTRY_COMPARE_WITH_TIMEOUT(committed.size(), 6U, 15000);
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(committed[3 + i].seq, static_cast<std::int64_t>(i + 1));
        QVERIFY(committed[3 + i].event.id == ids[i]);
        QVERIFY(!committed[3 + i].provisional);
    }
    QVERIFY(std::find(cleared.begin(), cleared.end(), core::FaultCode::LogNotWritable) != cleared.end());
    QVERIFY(std::find(cleared.begin(), cleared.end(), core::FaultCode::DataUnreadable) != cleared.end());
}

void TestWorkers::aLockdownIsWrittenWhenTheDataIsThereAndGivenOutBeforeThePeople() {
    QTemporaryDir place;
    const std::string data = place.filePath(QStringLiteral("data")).toStdString();
    QFile blocker(QString::fromStdString(data));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    std::vector<std::string> given;
    std::vector<core::DoorModeState> modes;
    app::WaitingEvents waiting;
    const auto storage = [&] {
        return std::make_unique<app::StorageWorker>(
            app::StorageContext{data,
                                std::nullopt,
                                core::Settings(),
                                "net",
                                2,
                                waiting,
                                [](const core::CommittedEvent&) {},
                                [&](const std::shared_ptr<const core::Gallery>&) { given.emplace_back("people"); },
                                [&](const std::shared_ptr<const core::AccessConfig>&) { given.emplace_back("access"); },
                                [](const core::Fault&) {},
                                [](core::FaultCode) {},
                                [](const core::Error&) {},
                                {},
                                {},
                                {},
                                {},
                                [&](const core::DoorModeState& mode) {
                                    given.emplace_back("mode");
                                    modes.push_back(mode);
                                }});
    };
    const core::DoorModeState lockdown{core::DoorMode::LockedDown, "Office", app::now().wall, "fire drill"};
    {
        auto worker = storage();
        worker->open();
        core::Status kept = core::Done{};
        worker->keepMode(lockdown, [&](const core::Status& said) { kept = said; });
        QVERIFY(!kept && kept.error().where.empty());
        QVERIFY2(given.empty(), "nobody is known while the data cannot be read");
        QVERIFY(blocker.remove());
        QTRY_COMPARE_WITH_TIMEOUT(given, (std::vector<std::string>{"mode", "access", "people"}), 60'000);
        worker->keepMode(lockdown, [&](const core::Status& said) { kept = said; });
        QVERIFY(bool(kept));
    }
    given.clear();
    auto worker = storage();
    worker->open();
    QCOMPARE(given, (std::vector<std::string>{"mode", "access", "people"}));
    QVERIFY(modes.back() == lockdown);
    worker->with([](const core::Result<storage::Store*>& store) {
        QCOMPARE((*store)->audit(0, 10)->size(), std::size_t{2}); // none was forgotten
    });
}

QTEST_GUILESS_MAIN(TestWorkers)
#include "tst_workers.moc"
