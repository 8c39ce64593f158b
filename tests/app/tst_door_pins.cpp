// SPDX-License-Identifier: GPL-3.0-or-later
// A PIN from the finger to the lock: typed on the window, hashed in the pins thread, decided in the door's.
#include "app/door_pins.h"
#include "storage/secrets.h"
#include "tests/app/shown_face.h"
#include "tests/support/recording_lock.h"

#include <QAbstractButton>
#include <QTest>

#include <map>
#include <mutex>

using namespace facelatch;

namespace {

constexpr int patience = 60'000;

/// A door that takes PINs alone, with Alice's 4711, and its window.
class Door {
public:
    Door() {
        core::AccessRules rules;
        rules.takes.pin = true;
        rules.pinAlone = true;
        rules.replayMayOpen = true;
        rules.refusedFor = core::milliseconds(1);
        worker = std::make_unique<app::WorkerThread<app::DoorWorker>>(QStringLiteral("door"), [&, this] {
            auto recording = std::make_unique<testing::RecordingLock>();
            lock = recording.get();
            return std::make_unique<app::DoorWorker>(
                app::DoorContext{"door-1",
                                 rules,
                                 {},
                                 std::move(recording),
                                 observations,
                                 view,
                                 [this](const core::Decision& decision) {
                                     const std::lock_guard guard(mutex);
                                     events.push_back(decision.event);
                                 },
                                 {},
                                 [this](const std::string& name, const core::Lockout::Row& row) {
                                     const std::lock_guard guard(mutex);
                                     lockouts[name] = row;
                                 }});
        });
        const auto verifier = hasher->verifier("4711", core::PinPurpose::Person);
        const auto book = core::PinBook::build({{alice.person().id, verifier ? *verifier : core::PinVerifier{}}});
        worker->post([this, book](app::DoorWorker& door) {
            door.setGallery(alice.gallery());
            door.setPins(book);
        });
        pins.post([this](app::PinWorker& made) { made.setHasher(hasher); });
        window.show();
    }
    ~Door() {
        pins.stop();
        worker->stop();
    }

    void look() { window.setView(view.get()); }
    bool shows(core::Screen screen) {
        look();
        return view.get().screen == screen;
    }
    void tap(const QString& name) {
        auto* button = window.findChild<QAbstractButton*>(name);
        QVERIFY2(button != nullptr && button->isVisible(), qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void type(const char* pin) {
        for (const char* at = pin; *at != 0; ++at)
            tap(QStringLiteral("padKey%1").arg(QLatin1Char(*at)));
        tap(QStringLiteral("padAccept"));
    }
    std::vector<core::Event> told() {
        const std::lock_guard guard(mutex);
        return events;
    }

    app::Inbox<core::Observation> observations{8};
    app::Latest<core::VisitorView> view;
    std::mutex mutex;
    std::vector<core::Event> events;
    std::map<std::string, core::Lockout::Row> lockouts;
    testing::RecordingLock* lock = nullptr;
    testing::ShownFace alice;
    std::shared_ptr<const storage::PinHasher> hasher =
        std::make_shared<storage::PinHasher>(storage::SecretKey::random());
    core::LatestFrame frames;
    ui::KioskWindow window{{}, frames, app::now};
    app::WorkerThread<app::PinWorker> pins{QStringLiteral("pins"), [] { return std::make_unique<app::PinWorker>(); }};
    std::unique_ptr<app::WorkerThread<app::DoorWorker>> worker;
    app::DoorPins way{window, pins,
                      [this](std::function<void(app::DoorWorker&)> work) { worker->post(std::move(work)); }};
};

} // namespace

class TstDoorPins : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRightOneOpens() {
        Door door;
        QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Idle) && door.view.get().takesPin, patience);
        door.tap(QStringLiteral("idlePin"));
        QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Pin), patience);
        door.type("4711");
        QTRY_COMPARE_WITH_TIMEOUT(door.told().size(), 1U, patience);
        const core::Event event = door.told()[0];
        QCOMPARE(event.reason, core::Reason::Pin);
        QCOMPARE(event.personName, std::string("Alice"));
        QVERIFY(event.source == core::DecisionSource::Pin);
        QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Granted), patience);
    }

    void wrongOnesLockAndAreReported() {
        Door door;
        for (std::size_t i = 1; i <= 5; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Idle) && door.view.get().takesPin, patience);
            door.tap(QStringLiteral("idlePin"));
            QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Pin), patience);
            door.type("1379");
            QTRY_COMPARE_WITH_TIMEOUT(door.told().size(), i, patience);
            QCOMPARE(door.told().back().reason, core::Reason::WrongPin);
        }
        QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Idle), patience);
        door.tap(QStringLiteral("idlePin"));
        QTRY_COMPARE_WITH_TIMEOUT(door.told().size(), 6U, patience);
        QCOMPARE(door.told().back().reason, core::Reason::Lockout);
        const std::lock_guard guard(door.mutex);
        QCOMPARE(door.lockouts.size(), 1U);
        QCOMPARE(door.lockouts["door:door-1"].failures, 5);
    }

    void aLockoutOutlivesARestart() {
        Door door;
        const core::WallTime until = app::now().wall + std::chrono::seconds(25);
        const std::string alice = "person:" + door.alice.person().id.value.text();
        door.worker->post([=](app::DoorWorker& worker) {
            worker.restoreLockouts({{"door:door-1", {5, until}},
                                    {alice, {2, {}}},
                                    {"door:another", {9, until}},
                                    {"admin", {5, until}},
                                    {"person:nonsense", {5, until}}});
            worker.askPin();
        });
        QTRY_COMPARE_WITH_TIMEOUT(door.told().size(), 1U, patience);
        QCOMPARE(door.told()[0].reason, core::Reason::Lockout);
    }

    void withoutTheKeyNobodyIsLetInAndNothingCounts() {
        Door door;
        door.pins.post([](app::PinWorker& pins) { pins.setHasher(nullptr); });
        QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Idle) && door.view.get().takesPin, patience);
        door.tap(QStringLiteral("idlePin"));
        QTRY_VERIFY_WITH_TIMEOUT(door.shows(core::Screen::Pin), patience);
        door.type("4711");
        QTRY_COMPARE_WITH_TIMEOUT(door.told().size(), 1U, patience);
        QCOMPARE(door.told()[0].reason, core::Reason::OutOfService);
        const std::lock_guard guard(door.mutex);
        QVERIFY(door.lockouts.empty());
    }
};

QTEST_MAIN(TstDoorPins)
#include "tst_door_pins.moc"
