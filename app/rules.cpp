// SPDX-License-Identifier: GPL-3.0-or-later
// Settings to the values each module takes.
#include "app/rules.h"

#include "app/model_files.h"
#include "core/day_span.h"
#include "network/download.h"

namespace facelatch::app {

namespace {

core::milliseconds duration(const core::Settings& settings, std::string_view key) {
    return core::milliseconds(settings.integer(key));
}

} // namespace

storage::StoreOptions storeOptions(const core::Settings& settings, core::WallTime now) {
    storage::StoreOptions options;
    options.now = now;
    const std::string& keep = settings.text("snapshots.keep");
    options.keepSnapshots = keep == "never"            ? storage::KeepSnapshots::Never
                            : keep == "until_uploaded" ? storage::KeepSnapshots::UntilUploaded
                                                       : storage::KeepSnapshots::Local;
    options.snapshotsMaxBytes = settings.integer("snapshots.max_mb") * 1000 * 1000;
    return options;
}

core::MatchRule matchRule(const core::Settings& settings, const recognition::ModelRow* embedder) {
    core::MatchRule rule;
    if (embedder != nullptr)
        rule = {embedder->threshold, embedder->margin};
    if (const double threshold = settings.real("recognition.threshold"); threshold > 0)
        rule.threshold = static_cast<float>(threshold);
    if (const double margin = settings.real("recognition.margin"); margin > 0)
        rule.margin = static_cast<float>(margin);
    return rule;
}

bool realLock(const core::Settings& settings) {
    return settings.text("lock.kind") == "lockd";
}

core::AccessRules accessRules(const core::Settings& settings, const recognition::ModelRow* embedder) {
    core::AccessRules rules;
    rules.match = matchRule(settings, embedder);
    rules.agreeingFrames = static_cast<int>(settings.integer("recognition.agreeing_frames"));
    rules.agreeWithin = duration(settings, "recognition.agree_within_ms");
    rules.maxFrameAge = duration(settings, "recognition.max_frame_age_ms");
    rules.livenessRequired = settings.text("liveness.policy") != "off";
    rules.replayMayOpen = !realLock(settings);
    rules.networkMayOpen = settings.flag("camera.network_may_open");
    rules.decideWithin = duration(settings, "visit.decide_within_ms");
    rules.refusedFor = duration(settings, "visit.refused_screen_ms");
    rules.coolDown = duration(settings, "visit.cool_down_ms");
    rules.eventInterval = duration(settings, "visit.event_interval_ms");
    rules.takes.pin = settings.flag("door.pin");
    rules.pinAlone = settings.flag("door.pin_alone");
    rules.secondFactorWithin = std::chrono::seconds(settings.integer("door.second_factor_s"));
    return rules;
}

core::DoorTimes doorTimes(const core::Settings& settings) {
    const core::milliseconds strike = duration(settings, "lock.strike_time_ms");
    return {strike, 3 * strike};
}

std::optional<core::InstallerFacts> installerFacts(const core::Settings& settings,
                                                   const recognition::ModelRow* embedder) {
    if (!settings.flag("screen.installer_overlay"))
        return std::nullopt;
    const recognition::LivenessSettings liveness = pipelineSettings(settings).liveness;
    return core::InstallerFacts{matchRule(settings, embedder), liveness.enabled, liveness.threshold,
                                neededModels(settings)};
}

namespace {

/// Both are checked to be times of day where they are set.
core::DaySpan screenDay(const core::Settings& settings) {
    return {core::minuteOfDay(settings.text("screen.day_from")).value_or(0),
            core::minuteOfDay(settings.text("screen.day_until")).value_or(0)};
}

} // namespace

bool lightScreen(const core::Settings& settings, const core::LocalTime& time) {
    const std::string& theme = settings.text("screen.theme");
    return theme == "light" || (theme == "schedule" && screenDay(settings).contains(time));
}

std::vector<core::Error> contradictions(const core::Settings& settings) {
    std::vector<core::Error> found;
    const core::DaySpan day = screenDay(settings);
    if (settings.text("screen.theme") == "schedule" && day.fromMinute == day.untilMinute)
        found.push_back({core::ErrorKind::Usage,
                         "The day of screen.theme = schedule has no length: it begins and ends at " +
                             settings.text("screen.day_from"),
                         settings.where("screen.day_until"),
                         "Change screen.day_from or screen.day_until, or set screen.theme to dark or light"});
    if (settings.flag("sound.night_silence") && settings.text("sound.night_from") == settings.text("sound.night_until"))
        found.push_back({core::ErrorKind::Usage,
                         "The night of sound.night_silence has no length: it begins and ends at " +
                             settings.text("sound.night_from"),
                         settings.where("sound.night_until"),
                         "Change sound.night_from or sound.night_until, or set sound.volume to 0"});
    if (!network::isProxy(settings.text("network.proxy"))) // not repeated: it may hold a password
        found.push_back({core::ErrorKind::Usage, "The value of 'network.proxy' cannot be used",
                         settings.where("network.proxy"),
                         "Write it as http://HOST:PORT, https://HOST:PORT or socks5h://HOST:PORT, or none"});
    return found;
}

hardware::LockSettings lockSettings(const core::Settings& settings) {
    hardware::LockSettings lock;
    lock.kind = settings.text("lock.kind") == "simulated" ? hardware::LockKind::Simulated : hardware::LockKind::Lockd;
    lock.socket = settings.text("lock.socket");
    lock.acceptTestBuild = settings.text("lock.kind") == "lockd_test";
    return lock;
}

namespace {

void readCamera(const core::Settings& settings, hardware::CameraSettings& camera) {
    using hardware::CameraKind;
    using hardware::CaptureCoding;
    const std::string& kind = settings.text("camera.kind");
    camera.camera = kind == "usb"    ? CameraKind::Usb
                    : kind == "csi"  ? CameraKind::Csi
                    : kind == "rtsp" ? CameraKind::Rtsp
                    : kind == "form" ? CameraKind::Form
                                     : CameraKind::Auto;
    const std::string& format = settings.text("camera.format");
    camera.coding = format == "mjpeg" ? CaptureCoding::Mjpeg
                    : format == "raw" ? CaptureCoding::Raw
                                      : CaptureCoding::Any;
    camera.device = settings.text("camera.device");
    camera.address = settings.text("camera.address");
    camera.form = settings.text("camera.form");
    camera.user = settings.text("camera.user");
    camera.password = settings.text("camera.password");
    camera.rotation = std::stoi(settings.text("camera.rotation"));
    camera.controls = {static_cast<int>(settings.integer("camera.exposure")), settings.real("camera.gain"),
                       settings.real("camera.focus")};
}

} // namespace

core::Result<hardware::CameraSettings> cameraSettings(const core::Settings& settings) {
    hardware::CameraSettings camera;
    const std::string& source = settings.text("camera.source");
    camera.kind = source == "replay" ? hardware::SourceKind::Replay
                  : source == "test" ? hardware::SourceKind::Test
                                     : hardware::SourceKind::Camera;
    readCamera(settings, camera);
    camera.width = static_cast<int>(settings.integer("camera.width"));
    camera.height = static_cast<int>(settings.integer("camera.height"));
    camera.framesPerSecond = static_cast<int>(settings.integer("camera.fps"));
    if (camera.kind != hardware::SourceKind::Replay)
        return camera;
    const core::milliseconds pause = duration(settings, "camera.replay_pause_ms");
    auto script = hardware::replayScriptFrom(settings.text("camera.replay_path"),
                                             {duration(settings, "camera.replay_show_ms"), pause, pause},
                                             settings.flag("camera.replay_loop"));
    if (!script)
        return script.error();
    camera.replay = *std::move(script);
    return camera;
}

std::optional<core::Fault> sourceFault(const core::Settings& settings, const hardware::CameraSettings& camera) {
    using core::FrameOrigin;
    const FrameOrigin origin = hardware::originOf(camera);
    if (realLock(settings) && (origin == FrameOrigin::Replay || origin == FrameOrigin::Test))
        return core::Fault{core::FaultCode::ReplayOnRealLock,
                           "camera.source is " + settings.text("camera.source") +
                               ", and lock.kind is lockd: replayed pictures must not open a real door. Change one of "
                               "them"};
    if (origin == FrameOrigin::Network && !settings.flag("camera.network_may_open"))
        return core::Fault{core::FaultCode::SourceMayNotOpen,
                           "the camera's pictures come over a network, which may not open this door. "
                           "camera.network_may_open = true allows it; read about it in facelatch-settings(5) first"};
    if (realLock(settings) && origin == FrameOrigin::Undated)
        return core::Fault{core::FaultCode::SourceMayNotOpen,
                           "pictures of the form " + settings.text("camera.form") +
                               " do not say when they were taken, so they never open a real door. Use another kind of "
                               "camera, such as rtsp"};
    return std::nullopt;
}

} // namespace facelatch::app
