// SPDX-License-Identifier: GPL-3.0-or-later
// Opening from afar and locking down in the door thread: what the lock does, what is logged, what is kept; and the same
// as commands.
#include "app/door_cases.h"
#include "tests/app/worked_door.h"

#include <QJsonArray>
#include <QTest>

using namespace facelatch;
using testing::WorkedDoor;
using Call = testing::RecordingLock::Call;

namespace {

/// Neither answered nor done.
const core::Status notYet = core::fail("not answered");

core::Principal viewer(core::Role role = core::Role::Operator) {
    core::Principal office;
    office.id = {app::newUuid(app::now().wall)};
    office.kind = core::PrincipalKind::Viewer;
    office.role = role;
    office.name = "Office";
    return office;
}

struct RemoteDoor : WorkedDoor {
    RemoteDoor() { worker->setMode({}); }
    core::RemoteRequest request(core::RemoteAction action = core::RemoteAction::Unlock) const {
        return {office, action, "door-1", worker->remoteNonce(office.id), "parcel", app::now().mono, true};
    }
    core::Status act(const core::RemoteRequest& request) const {
        core::Status answer = notYet;
        worker->act(request, [&](const core::Status& done) { answer = done; });
        return answer;
    }
    core::Status act(core::RemoteAction action) const { return act(request(action)); }
    int rests() const {
        return static_cast<int>(std::count_if(lock->calls.begin(), lock->calls.end(),
                                              [](const Call& call) { return call.what == Call::What::Rest; }));
    }
    core::Principal office = viewer();
};

std::string codeOf(const core::Status& status) {
    return status ? std::string("done") : status.error().where;
}

} // namespace

class TestDoorRemote : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anUnlockReleasesAndSaysWhoAndWhy();
    void refusalsMoveNothingAndAreLogged();
    void beforeTheModeIsKnownNothingIsDone();
    void aLockThatIsBrieflyBusyIsTriedAgain();
    void aLockThatStaysBusyIsToldInTime();
    void aLockThatIsGoneIsToldAtOnce();
    void aReleaseThatLastsIsProlonged();
    void aLockdownEndsAReleaseAndRefusesEverybody();
    void aLockdownEndsWhatWaitsForTheLock();
    void aLockdownIsKeptAndToldAndLifted();
    void aLockdownThatCannotBeKeptHoldsAndSaysSo();
    void aKeptLockdownHoldsFromTheStart();
    void theExitIsFreeAllTheTime();
    void theCommandsGoTheSameWay();
};

void TestDoorRemote::anUnlockReleasesAndSaysWhoAndWhy() {
    RemoteDoor door;
    QCOMPARE(codeOf(door.act(core::RemoteAction::Unlock)), std::string("done"));
    QCOMPARE(door.lock->pulses(), 1);
    QCOMPARE(door.decided.size(), std::size_t{1});
    const core::Event& event = door.decided.front().event;
    QVERIFY(door.decided.front().releases && event.outcome == core::Outcome::Granted);
    QVERIFY(event.reason == core::Reason::RemoteUnlock && event.source == core::DecisionSource::Remote);
    QCOMPARE(event.personName, std::string("Office"));
    QCOMPARE(event.note, std::string("parcel"));
    QVERIFY(!event.person);
    const core::VisitorView view = door.view.get();
    QVERIFY(view.screen == core::Screen::Granted && view.doorReleased);
    QCOMPARE(view.openedBy, std::string("Office"));
    QVERIFY(view.name.empty());
}

void TestDoorRemote::refusalsMoveNothingAndAreLogged() {
    RemoteDoor door;
    struct Row {
        std::string code;
        core::Reason reason;
        std::function<void(core::RemoteRequest&)> edit;
    };
    using core::Reason;
    const Row rows[] = {
        {"late", Reason::RemoteRefused, [](auto& request) { request.receivedAt -= core::milliseconds(2500); }},
        {"replayed", Reason::RemoteRefused, [](auto& request) { request.nonce[0] ^= 1; }},
        {"other_door", Reason::RemoteRefused, [](auto& request) { request.door = "door-2"; }},
        {"bad_signature", Reason::RemoteRefused, [](auto& request) { request.signatureValid = false; }},
        {"role", Reason::NotPermitted, [](auto& request) { request.principal.role = core::Role::Viewer; }},
        {"revoked", Reason::RemoteRefused, [](auto& request) { request.principal.revoked = app::now().wall; }},
    };
    for (const Row& row : rows)
        for (const auto action : {core::RemoteAction::Unlock, core::RemoteAction::LockdownOn}) {
            door.office = viewer(); // so that there are not too many of one
            core::RemoteRequest request = door.request(action);
            row.edit(request);
            const std::size_t before = door.decided.size();
            const core::Status answer = door.act(request);
            QCOMPARE(codeOf(answer), row.code);
            QVERIFY(answer.error().kind == core::ErrorKind::Refused);
            QCOMPARE(door.decided.size(), before + 1);
            const core::Decision& decision = door.decided.back();
            QVERIFY(!decision.releases && decision.event.outcome == core::Outcome::Denied);
            QVERIFY2(decision.event.reason == row.reason, row.code.c_str());
            QCOMPARE(decision.event.personName, std::string("Office"));
            QCOMPARE(decision.event.note,
                     (action == core::RemoteAction::Unlock ? std::string() : std::string("lockdown_on ")) + row.code +
                         ": parcel");
        }
    door.office = viewer();
    for (int i = 0; i < 6; ++i)
        QCOMPARE(codeOf(door.act(core::RemoteAction::LockdownOff)), std::string("done"));
    QCOMPARE(codeOf(door.act(core::RemoteAction::LockdownOff)), std::string("too_many"));
    QCOMPARE(door.lock->pulses(), 0);
    QCOMPARE(door.kept.size(), std::size_t{6});
    const core::RemoteRequest twice = door.request();
    QCOMPARE(codeOf(door.act(twice)), std::string("done"));
    QCOMPARE(codeOf(door.act(twice)), std::string("replayed"));
    QCOMPARE(door.lock->pulses(), 1);
}

void TestDoorRemote::beforeTheModeIsKnownNothingIsDone() {
    WorkedDoor door; // whose data was not read yet
    for (const auto action : {core::RemoteAction::Unlock, core::RemoteAction::LockdownOff}) {
        const core::Principal office = viewer();
        core::Status answer = notYet;
        door.worker->act({office, action, "door-1", door.worker->remoteNonce(office.id), "", app::now().mono, true},
                         [&](const core::Status& done) { answer = done; });
        QCOMPARE(codeOf(answer), std::string("out_of_service"));
    }
    QCOMPARE(door.lock->pulses(), 0);
    QVERIFY(door.kept.empty() && !door.worker->mode());
}

void TestDoorRemote::aLockThatIsBrieflyBusyIsTriedAgain() {
    RemoteDoor door;
    door.lock->failure = core::Error{core::ErrorKind::Failed, "too soon", {}, {}};
    core::Status answer = notYet;
    door.worker->act(door.request(), [&](const core::Status& done) { answer = done; });
    QVERIFY(!answer && answer.error().what == notYet.error().what);
    QVERIFY2(door.decided.empty(), "nothing is claimed before the lock has moved");
    door.lock->plugIn();
    QTRY_VERIFY_WITH_TIMEOUT(bool(answer), 60'000);
    QCOMPARE(door.decided.size(), std::size_t{1});
    QVERIFY(door.decided.front().event.outcome == core::Outcome::Granted);
    QCOMPARE(door.view.get().openedBy, std::string("Office"));
}

void TestDoorRemote::aLockThatStaysBusyIsToldInTime() {
    RemoteDoor door;
    door.lock->failure = core::Error{core::ErrorKind::Failed, "too soon", {}, {}};
    core::RemoteRequest request = door.request();
    request.receivedAt -= core::milliseconds(1000);
    const core::MonoTime within = request.receivedAt + core::milliseconds(2000);
    core::Status answer = notYet;
    door.worker->act(request, [&](const core::Status& done) { answer = done; });
    QTRY_COMPARE_WITH_TIMEOUT(codeOf(answer), std::string("out_of_service"), 60'000);
    QCOMPARE(door.decided.size(), std::size_t{1});
    QVERIFY(door.decided.front().event.outcome == core::Outcome::Denied && !door.decided.front().releases);
    QCOMPARE(door.decided.front().event.note, std::string("out_of_service: parcel"));
    for (const Call& call : door.lock->calls)
        QVERIFY2(call.what != Call::What::Pulse || call.at <= within, "what comes too late never happens");
    QVERIFY(door.view.get().screen != core::Screen::Refused);
}

void TestDoorRemote::aLockThatIsGoneIsToldAtOnce() {
    RemoteDoor door;
    door.lock->unplug();
    QCOMPARE(codeOf(door.act(core::RemoteAction::Unlock)), std::string("out_of_service"));
    QVERIFY(door.decided.back().event.reason == core::Reason::OutOfService);
    QTRY_VERIFY_WITH_TIMEOUT(door.view.get().screen == core::Screen::OutOfService, 60'000);
    QCOMPARE(codeOf(door.act(core::RemoteAction::Unlock)), std::string("out_of_service"));
}

void TestDoorRemote::aReleaseThatLastsIsProlonged() {
    RemoteDoor door;
    door.show(3);
    QCOMPARE(door.lock->pulses(), 1);
    QCOMPARE(door.view.get().name, std::string("Alice"));
    QCOMPARE(codeOf(door.act(core::RemoteAction::Unlock)), std::string("done"));
    QVERIFY(door.decided.back().event.outcome == core::Outcome::Granted);
    QCOMPARE(door.view.get().openedBy, std::string("Office"));
    QVERIFY(door.view.get().name.empty());
}

void TestDoorRemote::aLockdownEndsAReleaseAndRefusesEverybody() {
    RemoteDoor door;
    door.show(3);
    QVERIFY(door.view.get().doorReleased && door.lock->state(app::now().mono).released);
    QCOMPARE(codeOf(door.act(core::RemoteAction::LockdownOn)), std::string("done"));
    QCOMPARE(door.rests(), 1);
    QVERIFY(!door.lock->state(app::now().mono).released);
    QVERIFY(!door.view.get().doorReleased && door.view.get().lockedDown);
    const int pulses = door.lock->pulses();
    QCOMPARE(codeOf(door.act(core::RemoteAction::Unlock)), std::string("locked_down"));
    QVERIFY(door.decided.back().event.reason == core::Reason::LockedDown);
    core::Status tested = notYet;
    door.worker->testLock(app::now().mono + core::milliseconds(60'000),
                          [&](const core::Status& released) { tested = released; });
    QVERIFY(!tested && tested.error().what == "The door is locked down");
    QVERIFY(door.decided.back().event.reason == core::Reason::LockedDown);
    door.show(5);
    QCOMPARE(door.lock->pulses(), pulses);
    QVERIFY(door.decided.back().event.outcome == core::Outcome::Denied);
    QVERIFY(door.decided.back().event.reason == core::Reason::LockedDown);
}

void TestDoorRemote::aLockdownEndsWhatWaitsForTheLock() {
    RemoteDoor door;
    door.lock->failure = core::Error{core::ErrorKind::Failed, "too soon", {}, {}};
    core::Status answer = notYet;
    door.worker->act(door.request(), [&](const core::Status& done) { answer = done; });
    QCOMPARE(codeOf(door.act(core::RemoteAction::LockdownOn)), std::string("done"));
    QCOMPARE(codeOf(answer), std::string("locked_down"));
    const int pulses = door.lock->pulses();
    door.lock->plugIn();
    QTest::qWait(300);
    QCOMPARE(door.lock->pulses(), pulses);

    RemoteDoor other;
    other.lock->failure = core::Error{core::ErrorKind::Failed, "too soon", {}, {}};
    other.show(3); // Alice's grant waits
    QCOMPARE(codeOf(other.act(core::RemoteAction::LockdownOn)), std::string("done"));
    QVERIFY(!other.decided.empty() && other.decided.front().event.reason == core::Reason::LockedDown);
    QCOMPARE(other.decided.front().event.personName, std::string("Alice"));
}

void TestDoorRemote::aLockdownIsKeptAndToldAndLifted() {
    RemoteDoor door;
    QCOMPARE(codeOf(door.act(core::RemoteAction::LockdownOn)), std::string("done"));
    QCOMPARE(door.kept.size(), std::size_t{1});
    QVERIFY(door.kept[0].mode == core::DoorMode::LockedDown && door.kept[0].since > core::WallTime{});
    QCOMPARE(door.kept[0].by, std::string("Office"));
    QCOMPARE(door.kept[0].reason, std::string("parcel"));
    QVERIFY(door.modes.back() == door.kept[0] && door.worker->mode() == door.kept[0]);
    QVERIFY2(door.decided.empty(), "kept and audited, no attempt to enter");
    QCOMPARE(codeOf(door.act(core::RemoteAction::LockdownOff)), std::string("done"));
    QVERIFY(door.kept[1].mode == core::DoorMode::Normal && !door.view.get().lockedDown);
    QCOMPARE(codeOf(door.act(core::RemoteAction::Unlock)), std::string("done"));
    QCOMPARE(door.lock->pulses(), 1);
}

void TestDoorRemote::aLockdownThatCannotBeKeptHoldsAndSaysSo() {
    RemoteDoor door;
    door.keeping = core::fail("the disk is full");
    const core::Status answer = door.act(core::RemoteAction::LockdownOn);
    QVERIFY(!answer && answer.error().what == "the disk is full");
    QVERIFY(door.view.get().lockedDown);
}

void TestDoorRemote::aKeptLockdownHoldsFromTheStart() {
    WorkedDoor door;
    door.worker->setMode({core::DoorMode::LockedDown, "Ada", app::now().wall, ""});
    QVERIFY(door.view.get().lockedDown);
    door.show(5);
    QCOMPARE(door.lock->pulses(), 0);
    QVERIFY(!door.decided.empty() && door.decided.front().event.reason == core::Reason::LockedDown);
    door.worker->setMode({}); // storage says it again after it was opened anew: the door knows better
    QVERIFY(door.worker->mode()->mode == core::DoorMode::LockedDown);
}

void TestDoorRemote::theExitIsFreeAllTheTime() {
    RemoteDoor door;
    QCOMPARE(codeOf(door.act(core::RemoteAction::LockdownOn)), std::string("done"));
    door.lock->inputs = {{"rex", true, app::now().mono, false}};
    QTRY_COMPARE_WITH_TIMEOUT(door.decided.size(), std::size_t{1}, 60'000);
    QVERIFY(door.decided[0].event.reason == core::Reason::ExitButton);
    QVERIFY(door.decided[0].event.outcome == core::Outcome::Granted);
}

void TestDoorRemote::theCommandsGoTheSameWay() {
    RemoteDoor door;
    app::WorkerThread<app::PinWorker> pins(QStringLiteral("pins"), [] { return std::make_unique<app::PinWorker>(); });
    app::CommandRouter router(pins, [](const QString&, const QJsonObject&, const app::CommandReply&) {});
    app::serveDoor(router, "door-1", [&](const std::function<void(app::DoorWorker&)>& work) { work(*door.worker); });
    const auto ask = [&](const char* command, QJsonObject args = {}) {
        args.insert(QStringLiteral("by"), QStringLiteral("facelatch-ctl, user ada"));
        core::Result<QJsonObject> answer = notYet.error();
        router.run(QLatin1String(command), args, [&](const core::Result<QJsonObject>& given) { answer = given; });
        return answer;
    };
    QVERIFY(bool(ask("door.unlock", {{QStringLiteral("reason"), QStringLiteral("delivery")}})));
    QCOMPARE(door.lock->pulses(), 1);
    QCOMPARE(door.decided.back().event.personName, std::string("facelatch-ctl, user ada"));
    QCOMPARE(door.decided.back().event.note, std::string("delivery"));
    QVERIFY(ask("door.state")->value(u"released").toBool());
    QVERIFY(
        bool(ask("door.lockdown", {{QStringLiteral("on"), true}, {QStringLiteral("reason"), QStringLiteral("x")}})));
    const auto state = ask("door.state");
    QVERIFY(bool(state));
    QCOMPARE(state->value(u"mode").toString(), QStringLiteral("locked_down"));
    QCOMPARE(state->value(u"mode_by").toString(), QStringLiteral("facelatch-ctl, user ada"));
    QCOMPARE(state->value(u"mode_reason").toString(), QStringLiteral("x"));
    QVERIFY(!state->value(u"released").toBool() && state->value(u"mode_since").isDouble());
    const auto refused = ask("door.unlock");
    QVERIFY(!refused && refused.error().where == "locked_down");
    QVERIFY(bool(ask("door.lockdown", {{QStringLiteral("on"), false}})));
    for (const auto& wrong :
         {ask("door.lockdown"), ask("door.lockdown", {{QStringLiteral("on"), QStringLiteral("yes")}}), ask("door.kick"),
          ask("door.unlock", {{QStringLiteral("reason"), QString(201, u'x')}}),
          ask("door.unlock", {{QStringLiteral("reason"), QStringLiteral("a\nb")}})})
        QVERIFY(!wrong && wrong.error().kind == core::ErrorKind::Usage);
    QCOMPARE(door.lock->pulses(), 1);
}

QTEST_GUILESS_MAIN(TestDoorRemote)
#include "tst_door_remote.moc"
