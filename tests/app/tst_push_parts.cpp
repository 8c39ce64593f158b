// SPDX-License-Identifier: GPL-3.0-or-later
// The pure parts between door and viewers: a pairing's time and tries, the bell, boxes, names, the state that is told.
#include "app/doorbell.h"
#include "app/live_worker.h"
#include "app/pairing.h"
#include "app/push_asks.h"
#include "app/push_state.h"
#include "app/viewer_cases.h"

#include <gtest/gtest.h>

#include <QJsonArray>

#include <string>

using namespace facelatch;
using app::Doorbell;
using app::Pairing;
using std::chrono::seconds;
using Stage = app::BellState::Stage;
using Verdict = Pairing::Verdict;

namespace {

const core::MonoTime begin = core::MonoTime{} + std::chrono::hours(1);
const core::WallTime wall{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

Pairing opened() {
    Pairing pairing;
    pairing.open({QStringLiteral("ABCDEFGH"), core::Role::Operator, "", "Ada"}, begin);
    return pairing;
}

core::Principal viewerOf(core::Role role) {
    core::Principal viewer;
    viewer.name = "Office";
    viewer.role = role;
    return viewer;
}

core::Uuid7 ring(unsigned char number) {
    return core::makeUuid7(wall, {number});
}

} // namespace

TEST(Pairing, isGoodOnceForFiveMinutes) {
    Pairing pairing = opened();
    EXPECT_EQ(pairing.state(begin + seconds(1)).value(u"left_s").toInt(), 299);
    EXPECT_EQ(pairing.attempt(QStringLiteral("ABCDEFGH"), true, begin + seconds(300)), Verdict::NotOpen);
    EXPECT_EQ(pairing.attempt(QStringLiteral("ABCDEFGH"), true, begin + seconds(299)), Verdict::Right);
    EXPECT_TRUE(pairing.busy());
    EXPECT_EQ(pairing.attempt(QStringLiteral("ABCDEFGH"), true, begin + seconds(299)), Verdict::NotOpen);
    pairing.paired(viewerOf(core::Role::Operator));
    EXPECT_FALSE(pairing.busy());
    const QJsonObject state = pairing.state(begin + seconds(299));
    EXPECT_FALSE(state.value(u"open").toBool());
    EXPECT_EQ(state.value(u"paired").toObject().value(u"role").toString(), QStringLiteral("operator"));
    EXPECT_EQ(state.value(u"ended").toString(), QString());
}

TEST(Pairing, wrongCodesAndWrongSignaturesAreTries) {
    Pairing pairing = opened();
    for (const char* wrong : {"ABCDEFG", "ABCDEFGHI", "ABCDEFGX", ""})
        EXPECT_EQ(pairing.attempt(QLatin1String(wrong), true, begin), Verdict::Wrong);
    EXPECT_EQ(pairing.state(begin).value(u"tries_left").toInt(), 1);
    EXPECT_EQ(pairing.attempt(QStringLiteral("ABCDEFGH"), false, begin), Verdict::BadSignature);
    EXPECT_FALSE(pairing.isOpen(begin));
    EXPECT_EQ(pairing.state(begin).value(u"ended").toString(), QStringLiteral("tries"));
    EXPECT_EQ(pairing.attempt(QStringLiteral("ABCDEFGH"), true, begin), Verdict::NotOpen);
}

TEST(Pairing, anotherOneTakesItsPlace) {
    Pairing pairing = opened();
    pairing.cancel();
    EXPECT_EQ(pairing.state(begin).value(u"ended").toString(), QStringLiteral("cancelled"));
    pairing.open({QStringLiteral("HGFEDCBA"), core::Role::Viewer, "", "Ada"}, begin);
    EXPECT_EQ(pairing.attempt(QStringLiteral("ABCDEFGH"), true, begin), Verdict::Wrong);
    EXPECT_EQ(pairing.attempt(QStringLiteral("HGFEDCBA"), true, begin), Verdict::Right);
}

TEST(Doorbell, oneRingAtATime) {
    Doorbell bell(seconds(30));
    EXPECT_FALSE(bell.press(ring(1), begin)) << "nobody could hear it";
    bell.setThere(true);
    EXPECT_TRUE(bell.press(ring(1), begin));
    EXPECT_FALSE(bell.press(ring(2), begin + seconds(10)));
    EXPECT_EQ(bell.ring(), ring(1));
    EXPECT_FALSE(bell.answer(ring(2), QStringLiteral("Desk")));
    EXPECT_TRUE(bell.answer(ring(1), QStringLiteral("Desk")));
    EXPECT_FALSE(bell.answer(ring(1), QStringLiteral("Hall"))) << "the first answer counts";
    EXPECT_EQ(bell.state(), (app::BellState{Stage::Answered, QStringLiteral("Desk")}));
    EXPECT_FALSE(bell.over(begin + seconds(31)));
    EXPECT_TRUE(bell.press(ring(2), begin + seconds(11)));
}

TEST(Doorbell, nobodyAnswersAndNobodyRingsOnAndOn) {
    Doorbell bell(seconds(3));
    bell.setThere(true);
    EXPECT_TRUE(bell.press(ring(1), begin));
    EXPECT_FALSE(bell.over(begin + seconds(2)));
    EXPECT_TRUE(bell.over(begin + seconds(3)));
    EXPECT_FALSE(bell.over(begin + seconds(3))) << "told once";
    EXPECT_FALSE(bell.answer(ring(1), QStringLiteral("Desk")));
    EXPECT_FALSE(bell.press(ring(2), begin + seconds(4)));
    EXPECT_TRUE(bell.press(ring(2), begin + Doorbell::again));
}

TEST(Doorbell, aRingGoesOnToItsEndWithoutTheLastViewer) {
    Doorbell bell(seconds(30));
    bell.setThere(true);
    EXPECT_TRUE(bell.press(ring(1), begin));
    bell.setThere(false);
    EXPECT_TRUE(bell.ringing());
    EXPECT_TRUE(bell.over(begin + seconds(30)));
    bell.setThere(false);
    EXPECT_EQ(bell.state().stage, Stage::None);
}

TEST(Live, boxesAreOfThePictureThatComesAlong) {
    core::VisitorView view;
    view.frameWidth = 640;
    view.frameHeight = 480;
    view.name = "Alice";
    view.claimant = core::RectF{64, 48, 128, 96};
    view.others = {{320, 240, 64, 48}};
    const QJsonArray faces = app::faceBoxes(view, 320, 240);
    ASSERT_EQ(faces.size(), 2);
    EXPECT_EQ(faces.at(0).toObject().value(u"box").toArray(), (QJsonArray{32.0, 24.0, 64.0, 48.0}));
    EXPECT_EQ(faces.at(0).toObject().value(u"kind").toString(), QStringLiteral("claimant"));
    EXPECT_EQ(faces.at(1).toObject().value(u"kind").toString(), QStringLiteral("other"));
    EXPECT_FALSE(faces.at(0).toObject().contains(u"name"));
    view.screen = core::Screen::Granted;
    EXPECT_EQ(app::faceBoxes(view, 320, 240).at(0).toObject().value(u"kind").toString(), QStringLiteral("granted"));
    EXPECT_TRUE(app::faceBoxes({}, 320, 240).isEmpty());
}

TEST(PushState, isToldWhenItChanges) {
    app::PushState state(core::Settings(), wall);
    core::VisitorView view;
    const auto first = state.changed(view, wall + seconds(1));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->value(u"mode").toString(), QStringLiteral("normal"));
    EXPECT_EQ(first->value(u"since").toString(), QStringLiteral("2026-11-21T00:00:00.000Z"));
    EXPECT_FALSE(state.changed(view, wall + seconds(2)));
    view.faults = {{core::FaultCode::DiskFull, "/var is full"}};
    const auto fault = state.changed(view, wall + seconds(3));
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->value(u"faults").toArray().at(0).toObject().value(u"since").toString(),
              QStringLiteral("2026-11-21T00:00:03.000Z"));
    EXPECT_FALSE(state.changed(view, wall + seconds(4))) << "it stands since then";
    state.setMode({core::DoorMode::LockedDown, "Office", wall + seconds(5), "fire drill"});
    const auto locked = state.changed(view, wall + seconds(6));
    ASSERT_TRUE(locked);
    EXPECT_EQ(locked->value(u"mode").toString(), QStringLiteral("locked_down"));
    EXPECT_EQ(locked->value(u"mode_by").toString(), QStringLiteral("Office"));
    EXPECT_EQ(locked->value(u"since").toString(), QStringLiteral("2026-11-21T00:00:05.000Z"));
}

TEST(Viewers, namesFromTheWireAreOneShortLine) {
    EXPECT_EQ(app::shownName(QStringLiteral("  Office \n desk\t")), "Office desk");
    EXPECT_EQ(app::shownName(QString()), "Viewer");
    EXPECT_EQ(app::shownName(QStringLiteral("\x01\x1b[31m")), "[31m");
    EXPECT_EQ(app::shownName(QString(500, u'x')).size(), 60U);
    EXPECT_EQ(app::shownName(QStringLiteral("Büro")), "Büro");
}

TEST(Viewers, aPictureTravelsBesideTheAnswer) {
    const auto answer =
        app::pushAnswer(QJsonObject{{QStringLiteral("jpeg"), QStringLiteral("YWJj")}, {QStringLiteral("n"), 1}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->picture, "abc");
    EXPECT_EQ(answer->result, (QJsonObject{{QStringLiteral("n"), 1}}));
    EXPECT_FALSE(app::pushAnswer(core::fail("no")));
}

TEST(Viewers, revokedAndForeignOnesMayNothing) {
    core::Principal viewer = viewerOf(core::Role::Admin);
    EXPECT_TRUE(app::viewerMayAsk(viewer, QStringLiteral("log.list"), "door-1", wall));
    EXPECT_EQ(app::viewerMayAsk(viewer, QStringLiteral("log.verify"), "door-1", wall).error().kind,
              core::ErrorKind::Usage);
    viewer.doors = {"door-2"};
    EXPECT_FALSE(app::viewerMayAsk(viewer, QStringLiteral("log.list"), "door-1", wall));
    viewer.doors.clear();
    viewer.revoked = wall;
    EXPECT_FALSE(app::viewerMayAsk(viewer, QStringLiteral("log.list"), "door-1", wall));
}
