// SPDX-License-Identifier: GPL-3.0-or-later
// The scenes.
#include "tests/ui/scenes.h"

#include "core/installer_view.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <QTest>

#include <cstring>

namespace facelatch::test {

using core::Hint;
using core::Screen;
using core::VisitorView;

namespace {

constexpr core::RectF faceBox{259, 170, 122, 156}, otherBox{60, 190, 70, 90};

VisitorView looking(Hint hint, float progress) {
    VisitorView view;
    view.screen = Screen::Looking;
    view.hint = hint;
    view.claimant = faceBox;
    view.progress = progress;
    view.frameWidth = 640;
    view.frameHeight = 480;
    return view;
}

VisitorView granted(const std::string& name) {
    VisitorView view = looking(Hint::None, 1);
    view.screen = Screen::Granted;
    view.name = name;
    view.doorReleased = true;
    view.lasts = core::milliseconds(4000);
    view.until = sceneNow().mono + core::milliseconds(2900);
    return view;
}

/// The same with what an installer sees: scores of the claimant and of whoever stands behind.
VisitorView inspected(VisitorView view) {
    using std::chrono::microseconds;
    auto shown = std::make_shared<core::InstallerView>();
    shown->facts = {{0.47F, 0.05F}, true, 0, {"yunet-2023mar", "mobilefacenet-paddlex", "antispoof-minifasnet-se"}};
    shown->frameWidth = 640;
    shown->frameHeight = 480;
    shown->times =
        core::StageTimes{microseconds(12'100), microseconds(19'230), microseconds(9'400), microseconds(43'800)};
    shown->frameAge = core::milliseconds(61);
    shown->cameraRate = 29.97;
    shown->lookedAt = 21.4;
    shown->skipped = 341;
    core::InspectedFace face;
    face.face.box = faceBox;
    face.face.embedded = true;
    face.face.match = core::Match{{}, 0.613F, core::PersonId{}, 0.221F};
    face.face.liveness = {core::LivenessVerdict::Live, 3.24F, 5};
    face.face.sharpness = 212;
    face.face.brightness = 128;
    face.face.yawDegrees = -4;
    face.best = "Abdul Rahman";
    face.second = "Gloria Macapagal-Arroyo";
    shown->faces.push_back(face);
    for (const core::RectF& other : view.others) {
        core::InspectedFace behind;
        behind.face.box = other;
        behind.face.quality = core::Quality::TooSmall;
        shown->faces.push_back(behind);
    }
    view.installer = shown;
    return view;
}

/// The number pad with 9 of 15 seconds left.
VisitorView pad(Screen screen, bool checking) {
    VisitorView view;
    view.screen = screen;
    view.pinRequest = 1;
    view.pinChecking = checking;
    view.lasts = core::milliseconds(15'000);
    view.until = sceneNow().mono + core::milliseconds(8'600);
    return view;
}

VisitorView withFaults(Screen screen, const std::vector<core::FaultCode>& codes) {
    VisitorView view;
    view.screen = screen;
    for (const auto code : codes)
        view.faults.push_back({code, "detail for the log"});
    return view;
}

} // namespace

void languagesAndSizes(const QList<QSize>& more) {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    for (const char* language : {"en", "fr"})
        for (const QSize size : QList<QSize>{QSize(800, 480), QSize(1280, 720), QSize(720, 1280)} + more)
            QTest::addRow("%s %dx%d", language, size.width(), size.height()) << QString::fromLatin1(language) << size;
}

core::Now sceneNow() {
    return {core::MonoTime(std::chrono::hours(5)), core::WallTime(core::milliseconds(1795271520000))};
}

std::vector<Scene> scenes() {
    using enum core::FaultCode;
    using ui::Banner;
    VisitorView open;
    open.doorReleased = true;
    VisitorView empty = looking(Hint::None, 0);
    empty.claimant.reset();
    VisitorView crowd = looking(Hint::OneAtATime, 0.2F);
    crowd.others = {otherBox, {510, 210, 60, 75}};
    VisitorView refused = looking(Hint::None, 0);
    refused.screen = Screen::Refused;
    VisitorView offered, refusedPin = refused, locked = refused;
    offered.takesPin = refusedPin.takesPin = locked.takesPin = true;
    locked.retryAt = sceneNow().mono + core::milliseconds(27'400);
    VisitorView lockedLong = locked;
    lockedLong.retryAt = sceneNow().mono + std::chrono::minutes(12);
    const ui::Ring ready{ui::Ring::Stage::Ready, {}};
    const QString office = QStringLiteral("Office");
    VisitorView fromAfar = granted({}), lockdown;
    fromAfar.openedBy = "Office";
    lockdown.lockedDown = true;
    std::string longName = "Dr. Maximiliane-Alexandra <b>von</b> & zu Hohenberg-Wittelsbach";
    while (longName.size() < 200)
        longName += " de la Fuente y Rodríguez";
    longName.resize(200);
    return {
        {QStringLiteral("idle"), {}, {}},
        {QStringLiteral("idle-open"), open, {}},
        {QStringLiteral("idle-banners"),
         withFaults(Screen::Idle, {LogNotWritable}),
         {Banner::Demo, Banner::SimulatedLock, Banner::LivenessOff}},
        {QStringLiteral("looking-no-face"), empty, {}},
        {QStringLiteral("looking-deciding"), looking(Hint::None, 0.66F), {}},
        {QStringLiteral("looking-decided"), looking(Hint::None, 1), {}},
        {QStringLiteral("looking-closer"), looking(Hint::Closer, 0), {}},
        {QStringLiteral("looking-step-back"), looking(Hint::StepBack, 0.1F), {}},
        {QStringLiteral("looking-look-here"), looking(Hint::LookHere, 0.3F), {}},
        {QStringLiteral("looking-more-light"), looking(Hint::MoreLight, 0), {}},
        {QStringLiteral("looking-one-at-a-time"), crowd, {Banner::SimulatedLock}},
        {QStringLiteral("looking-hold-still"), looking(Hint::HoldStill, 0.5F), {}},
        {QStringLiteral("granted"), granted("Alice"), {}},
        {QStringLiteral("granted-banners"), granted("Abdul Rahman"), {Banner::Demo, Banner::LivenessOff}},
        {QStringLiteral("granted-full-name"), granted("Gloria Macapagal-Arroyo"), {}},
        {QStringLiteral("granted-long-name"), granted(longName), {}, true},
        {QStringLiteral("refused"), refused, {}},
        {QStringLiteral("idle-pin"), offered, {}},
        {QStringLiteral("refused-pin"), refusedPin, {Banner::SimulatedLock}},
        {QStringLiteral("refused-lockout"), locked, {}},
        {QStringLiteral("refused-lockout-long"), lockedLong, {}},
        {QStringLiteral("pin"), pad(Screen::Pin, false), {}},
        {QStringLiteral("pin-checking"), pad(Screen::Pin, true), {}},
        {QStringLiteral("pin-second-factor"), pad(Screen::SecondFactor, false), {Banner::LivenessOff}},
        {QStringLiteral("installer"), inspected(looking(Hint::None, 0.66F)), {Banner::Installer}},
        {QStringLiteral("installer-crowd"), inspected(crowd), {Banner::Installer, Banner::LivenessOff}},
        {QStringLiteral("installer-granted"), inspected(granted("Alice")), {Banner::Installer}},
        {QStringLiteral("installer-refused"), inspected(refused), {Banner::Installer}},
        {QStringLiteral("idle-ring"), {}, {}, false, ready},
        {QStringLiteral("idle-ring-pin"), offered, {Banner::SimulatedLock}, false, ready, true},
        {QStringLiteral("idle-ringing"), offered, {}, false, {ui::Ring::Stage::Ringing, {}}},
        {QStringLiteral("idle-answered"), {}, {}, false, {ui::Ring::Stage::Answered, office}, true},
        {QStringLiteral("idle-unanswered"), offered, {}, false, {ui::Ring::Stage::Unanswered, {}}},
        {QStringLiteral("refused-ring"), refusedPin, {}, false, ready, true},
        {QStringLiteral("refused-ringing"), refusedPin, {}, false, {ui::Ring::Stage::Ringing, {}}},
        {QStringLiteral("refused-answered"), refused, {}, false, {ui::Ring::Stage::Answered, office}},
        {QStringLiteral("granted-from-afar"), fromAfar, {}, false, ready, true},
        {QStringLiteral("lockdown"), lockdown, {}},
        {QStringLiteral("lockdown-ring"), lockdown, {Banner::LivenessOff}, false, ready, true},
        {QStringLiteral("lockdown-ringing"), lockdown, {}, false, {ui::Ring::Stage::Ringing, {}}},
        {QStringLiteral("looking-watched"), looking(Hint::None, 0.66F), {}, false, {}, true},
        {QStringLiteral("pin-watched"), pad(Screen::Pin, false), {}, false, {}, true},
        {QStringLiteral("out-of-service-watched"), withFaults(Screen::OutOfService, {NoLock}), {}, false, {}, true},
        {QStringLiteral("out-of-service"), withFaults(Screen::OutOfService, {NoCamera}), {}},
        {QStringLiteral("out-of-service-two"), withFaults(Screen::OutOfService, {NoLock, NoLiveness}), {}},
        {QStringLiteral("out-of-service-three"),
         withFaults(Screen::OutOfService, {NoDetector, LogNotWritable, NoEmbedder}),
         {Banner::LivenessOff}},
        {QStringLiteral("out-of-service-all"),
         withFaults(Screen::OutOfService, {NoCamera, NoDetector, NoEmbedder, NoLiveness, NoLock, ReplayOnRealLock,
                                           LogNotWritable, DataUnreadable}),
         {Banner::SimulatedLock}},
    };
}

std::vector<core::CheckLine> doctorLines() {
    using core::Check;
    using core::Finding;
    using core::Health;
    std::vector<core::CheckLine> lines;
    for (int i = 0; i <= static_cast<int>(Check::Network); ++i)
        lines.push_back({static_cast<Check>(i), Finding::Fine, Health::Ok, "/var/lib/facelatch of Alice", "a secret"});
    const auto find = [&](Check check, Finding finding, Health health) {
        auto& line = lines[static_cast<std::size_t>(check)];
        line.finding = finding;
        line.health = health;
    };
    find(Check::Lock, Finding::LockSilent, Health::OutOfService);
    find(Check::Storage, Finding::FolderOpenToOthers, Health::Failed);
    find(Check::Light, Finding::TooDark, Health::Warning);
    find(Check::TimeSource, Finding::ClockNotSet, Health::Warning);
    find(Check::Power, Finding::Unknown, Health::NotHere);
    return lines;
}

QImage paintedPerson(QSize size) {
    QImage picture(size, QImage::Format_RGB32);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size.width() / 640.0, size.height() / 480.0);
    QLinearGradient wall(0, 0, 640, 480);
    wall.setColorAt(0, QColor(196, 204, 210));
    wall.setColorAt(1, QColor(120, 130, 142));
    painter.fillRect(QRectF(0, 0, 640, 480), wall);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(150, 120, 92)); // a wardrobe behind
    painter.drawRect(QRectF(455, 60, 150, 420));
    painter.translate(62, 70); // the person, a little further away
    painter.scale(0.81, 0.81);
    painter.setBrush(QColor(60, 84, 120)); // shoulders
    painter.drawRoundedRect(QRectF(150, 360, 340, 340), 110, 110);
    painter.setBrush(QColor(206, 160, 130)); // neck, face
    painter.drawRect(QRectF(285, 300, 70, 80));
    painter.drawEllipse(QRectF(245, 120, 150, 210));
    painter.setBrush(QColor(70, 48, 36)); // hair
    QPainterPath hair;
    hair.addEllipse(QRectF(238, 98, 164, 130));
    QPainterPath brow;
    brow.addEllipse(QRectF(252, 150, 136, 150));
    painter.drawPath(hair.subtracted(brow));
    painter.setBrush(QColor(46, 38, 36)); // eyes
    painter.drawEllipse(QRectF(280, 208, 18, 12));
    painter.drawEllipse(QRectF(342, 208, 18, 12));
    painter.setPen(QPen(QColor(140, 80, 72), 5, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(QRectF(290, 250, 60, 36), 200 * 16, 140 * 16);
    return picture;
}

core::Image coreImage(const QImage& picture) {
    const QImage bgr = picture.convertToFormat(QImage::Format_BGR888);
    const auto bytes = static_cast<std::size_t>(bgr.sizeInBytes());
    std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[bytes]);
    std::memcpy(pixels.get(), bgr.constBits(), bytes);
    return {bgr.width(), bgr.height(), bgr.bytesPerLine(), core::PixelFormat::Bgr8,
            std::shared_ptr<const std::uint8_t>(pixels, pixels.get())};
}

core::Frame coreFrame(const QImage& picture, std::uint64_t number) {
    return {coreImage(picture), sceneNow().mono, number, core::FrameOrigin::Test};
}

ui::KioskConfig sceneConfig(const QLocale& locale) {
    ui::KioskConfig config;
    const bool french = locale.language() == QLocale::French;
    config.doorName = french ? QStringLiteral("Porte de l’atelier") : QStringLiteral("Workshop door");
    config.helpContact =
        french ? QStringLiteral("Accueil, 01 23 45 67 89") : QStringLiteral("Reception, 01 23 45 67 89");
    config.locale = locale;
    config.reduceMotion = true;
    return config;
}

std::unique_ptr<ui::KioskWindow> playScene(const Scene& scene, const ui::KioskConfig& config, core::LatestFrame& frames,
                                           QSize size) {
    ui::KioskConfig dressed = config;
    dressed.banners = scene.banners;
    auto window = std::make_unique<ui::KioskWindow>(dressed, frames, sceneNow);
    window->resize(size);
    window->show();
    window->setView(scene.view);
    window->setRing(scene.ring);
    window->setWatched(scene.watched);
    QApplication::processEvents();
    return window;
}

} // namespace facelatch::test
