// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer in every state worth looking at.
#include "tests/ui/viewer_scenes.h"

#include "tests/ui/viewer_stage.h"
#include "ui/choices.h"

namespace facelatch::test {

namespace {

struct ViewerScene {
    const char* name;
    std::function<void(FakeViewerPort&)> before;
    std::function<void(FakeViewerPort&, ViewerStage&)> after = {};
};

core::WallTime ago(int minutes) {
    return sceneNow().wall - std::chrono::minutes(minutes);
}

void fewDoors(FakeViewerPort& port) {
    auto doors = ViewerStage::twoDoors();
    doors.push_back(FakeViewerPort::makeDoor(QStringLiteral("shed"), QStringLiteral("Lager & Werkstatt Süd")));
    doors.push_back(FakeViewerPort::makeDoor(QStringLiteral("roof"), QStringLiteral("Roof terrace")));
    doors[1].connection = ui::Connection::Waiting;
    doors[1].trouble = ui::Trouble::DoorEnds;
    doors[1].since = ago(30);
    doors[2].connection = ui::Connection::Stopped;
    doors[2].trouble = ui::Trouble::Revoked;
    doors[2].since = ago(3000);
    doors[3].connection = ui::Connection::Connecting;
    port.setDoors(doors);
    port.change(QStringLiteral("front"), [&port](ui::ViewerDoor& door) { door.last = port.visit(500).shown; });
    port.change(QStringLiteral("back"), [&port](ui::ViewerDoor& door) { door.last = port.visit(496).shown; });
}

void troubledDoors(FakeViewerPort& port) {
    fewDoors(port);
    port.change(QStringLiteral("shed"), [](ui::ViewerDoor& door) { door.trouble = ui::Trouble::CertificateChanged; });
    port.change(QStringLiteral("front"), [](ui::ViewerDoor& door) {
        door.faults = {{QStringLiteral("no_camera"), true, ago(5)}};
        door.refusedInARow = 4;
        door.lockedDown = true;
        door.lockedDownBy = QStringLiteral("Office");
    });
}

void ringing(FakeViewerPort& port) {
    fewDoors(port);
    ui::ViewerRing now{QStringLiteral("r2"), QStringLiteral("front"), ago(0), paintedPerson({320, 240})};
    ui::ViewerRing over{QStringLiteral("r1"), QStringLiteral("back"), ago(4), {}, true, QStringLiteral("Reception")};
    port.setRings({now, over});
}

void longNames(FakeViewerPort& port) {
    auto doors = ViewerStage::twoDoors();
    doors[0].name = QString(200, QLatin1Char('W'));
    doors[1].name = QStringLiteral("<h1>باب المدخل الرئيسي</h1>");
    port.setDoors(doors);
}

void watch(FakeViewerPort& port, ViewerStage& stage) {
    stage.key(Qt::Key_2, Qt::ControlModifier);
    stage.key(Qt::Key_F5);
    Q_EMIT port.frame(
        QStringLiteral("front"), paintedPerson({640, 480}),
        {{{240, 120, 150, 190}, ui::LiveFace::Kind::Granted}, {{60, 150, 90, 110}, ui::LiveFace::Kind::Other}});
}

void pairByCode(FakeViewerPort& port, ViewerStage& stage) {
    port.setFound({{QStringLiteral("x"), QStringLiteral("Garage"), QStringLiteral("garage.local"), 7443, false}});
    stage.window.openPairing();
    if (auto* ways = stage.find<ui::Segments>("pairWays"))
        Q_EMIT ways->chosen(1);
}

const std::vector<ViewerScene>& viewerScenes() {
    static const std::vector<ViewerScene> all{
        {"welcome", {}},
        {"timeline", fewDoors, [](auto&, ViewerStage& stage) { stage.list().setCurrent(1); }},
        {"trouble", troubledDoors, [](auto&, ViewerStage& stage) { stage.key(Qt::Key_2, Qt::ControlModifier); }},
        {"ring", ringing, [](auto&, ViewerStage& stage) { stage.list().setCurrent(2); }},
        {"live", fewDoors, watch},
        {"long-names", longNames, [](auto&, ViewerStage& stage) { stage.key(Qt::Key_2, Qt::ControlModifier); }},
        {"pair-link", fewDoors, [](auto&, ViewerStage& stage) { stage.window.openPairing(); }},
        {"pair-code", fewDoors, pairByCode},
        {"pair-compare", fewDoors,
         [](auto&, ViewerStage& stage) {
             stage.window.openPairing(QStringLiteral("facelatch://pair?v=1"));
             stage.press("pairGo");
         }},
        {"settings", fewDoors, [](auto&, ViewerStage& stage) { stage.window.openSettings(); }},
        {"door", troubledDoors,
         [](auto&, ViewerStage& stage) {
             stage.key(Qt::Key_4, Qt::ControlModifier);
             stage.press("doorDetails");
         }},
        {"nothing-found", fewDoors,
         [](FakeViewerPort& port, ViewerStage& stage) {
             port.visitCount = 0;
             stage.key(Qt::Key_Left, Qt::AltModifier);
         }},
    };
    return all;
}

} // namespace

bool playViewerScenes(ui::Theme theme, const QString& language, QSize size,
                      const std::function<bool(const QString& name, QWidget& window)>& take) {
    for (const ViewerScene& scene : viewerScenes()) {
        FakeViewerPort port;
        if (scene.before)
            scene.before(port);
        ViewerStage stage(port, size, language, theme);
        if (scene.after)
            scene.after(port, stage);
        ViewerStage::settle();
        if (!take(QString::fromLatin1(scene.name), stage.window))
            return false;
    }
    return true;
}

} // namespace facelatch::test
