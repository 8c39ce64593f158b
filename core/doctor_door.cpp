// SPDX-License-Identifier: GPL-3.0-or-later
// The checks of what makes the door: settings, threads, camera, models, liveness, lock.
#include "core/doctor.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace facelatch::core {

namespace {

/// A picture older than this means that the source hangs: it is reopened after 2 s of silence.
constexpr milliseconds lateAfter{2500};
/// Below this share of the asked rate the camera is slow (in weak light many halve it themselves).
constexpr double slowShare = 0.6;
/// Three frames that agree within a second, five for liveness: with less nobody gets in.
constexpr double leastPerSecond = 4;
/// Mean grey value of the whole picture. A face in it is judged by itself (recognition/settings.h).
constexpr double darkest = 40, brightest = 215;
/// Variance of the Laplacian of the whole picture: sharp indoor pictures have hundreds, a lens that is out of focus,
/// dirty or covered gives a handful.
constexpr double leastSharpness = 15;
/// Outputs of the same file differ by 1e-5 between processors; a library that computes wrongly is far off.
constexpr double mostDeviation = 0.02;

std::string number(double value, int digits) {
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string orElse(const std::string& text, const char* otherwise) {
    return text.empty() ? otherwise : text;
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : between) + part;
    return text;
}

} // namespace

CheckLine checkSettings(const SettingsFacts& facts) {
    if (!facts.errors.empty())
        return {Check::Settings, Finding::SettingsWrong, Health::OutOfService,
                std::to_string(facts.errors.size()) + " wrong: " + joined(facts.errors, "; "),
                "Mend them; the door does not start with wrong settings"};
    if (!facts.openToOthers.empty()) {
        const std::string files = joined(facts.openToOthers, "' '");
        return {Check::Settings, Finding::SettingsOpenToOthers, Health::Failed,
                "other users may change, or read the secrets of: " + joined(facts.openToOthers, ", "),
                "Take that right away: chmod go-w,o-r '" + files + "'"};
    }
    return okLine(Check::Settings, facts.fileExists ? facts.file + " is right"
                                                    : "there is no " + facts.file + ": every setting has its default");
}

CheckLine checkDoor(const DoorFacts& facts) {
    switch (facts.state) {
    case DoorState::NotRunning:
        return notHereLine(Check::Door, "no door runs on this data folder; camera and lock were looked at directly");
    case DoorState::NotAllowed:
        return {Check::Door, Finding::DoorNotAsked, Health::Warning, "a door runs and was not asked: " + facts.detail,
                "Run doctor as the user of the door, or as root"};
    case DoorState::Silent:
        return {Check::Door, Finding::DoorSilent, Health::OutOfService,
                "a door runs and does not answer: " + facts.detail,
                "Look at its log, and restart it: sudo systemctl restart facelatch"};
    case DoorState::Running:
        break;
    }
    if (facts.faults.empty())
        return okLine(Check::Door, "the door runs, and no fault stands");
    bool stops = false;
    std::vector<std::string> texts;
    for (const StandingFault& fault : facts.faults) {
        stops = stops || fault.stopsTheDoor;
        texts.push_back(fault.code + " (" + fault.detail + ")");
    }
    return {Check::Door, Finding::DoorFault, stops ? Health::OutOfService : Health::Failed,
            (stops ? "the door is out of service: " : "the door runs with a fault: ") + joined(texts, "; "),
            "See the lines below"};
}

CheckLine checkThreads(const DoorFacts& facts) {
    if (facts.state != DoorState::Running)
        return notHereLine(Check::Threads, "no door was asked");
    if (facts.silent.empty())
        return okLine(Check::Threads, "all " + std::to_string(facts.threads) + " answer");
    std::vector<std::string> names;
    bool stops = false;
    for (const SilentThread& thread : facts.silent) {
        names.push_back(thread.name);
        stops = stops || thread.stopsTheDoor;
    }
    return {Check::Threads, Finding::ThreadSilent, stops ? Health::OutOfService : Health::Warning,
            "busy or hanging: " + joined(names, ", "),
            "Run doctor again; if it stays so, restart the door: sudo systemctl restart facelatch"};
}

CheckLine checkCamera(const CameraFacts& facts) {
    if (!facts.looked)
        return notHereLine(Check::Camera, facts.error);
    if (!facts.error.empty())
        return {Check::Camera, Finding::CameraMissing, Health::OutOfService, facts.error,
                orElse(facts.remedy, "Check the camera's cable and camera.* in the settings")};
    if (!facts.newestAge)
        return {Check::Camera, Finding::CameraMissing, Health::OutOfService, facts.source + " gives no picture",
                "Check its cable, and whether another program uses it"};
    if (*facts.newestAge > lateAfter)
        return {Check::Camera, Finding::CameraLate, Health::OutOfService,
                "the newest picture is " + number(static_cast<double>(facts.newestAge->count()) / 1000, 1) + " s old",
                "Unplug the camera and plug it in again; if it stays so, try another cable or port"};
    const std::string seen = facts.source + ", " + std::to_string(facts.width) + "x" + std::to_string(facts.height) +
                             ", " + number(facts.perSecond, 1) + " pictures a second, the newest " +
                             std::to_string(facts.newestAge->count()) + " ms old";
    if (facts.origin == FrameOrigin::Replay || facts.origin == FrameOrigin::Test)
        return {Check::Camera, Finding::CameraNotLive, facts.realLock ? Health::OutOfService : Health::Warning,
                "recorded or made pictures: " + seen,
                "They never open a real lock: set camera.source to \"camera\" for a door in use"};
    if (facts.origin == FrameOrigin::Undated)
        return {Check::Camera, Finding::CameraNotLive, facts.realLock ? Health::OutOfService : Health::Warning,
                "pictures that do not say when they were taken: " + seen,
                "They never open a real lock: use another kind of camera, such as usb, csi or rtsp"};
    if (facts.origin == FrameOrigin::Network && !facts.networkMayOpen)
        return {Check::Camera, Finding::CameraFromNetwork, Health::OutOfService, "pictures from the network: " + seen,
                "They open nothing unless camera.network_may_open allows it; read facelatch-settings(5) first"};
    if (facts.origin == FrameOrigin::Network)
        return {Check::Camera, Finding::CameraFromNetwork, Health::Warning,
                "pictures from the network open this door: " + seen,
                "Whoever gets between camera and door may open it: keep that network apart, or switch "
                "camera.network_may_open off"};
    if (facts.perSecond < std::min(leastPerSecond, facts.askedPerSecond))
        return {Check::Camera, Finding::CameraSlow, Health::Failed, seen,
                "Too slow to recognise anybody in time: more light, a lower camera.width and camera.height, another "
                "port"};
    if (facts.perSecond < slowShare * facts.askedPerSecond)
        return {Check::Camera, Finding::CameraSlow, Health::Warning,
                seen + " (asked: " + number(facts.askedPerSecond, 0) + ")",
                "More light helps most cameras; otherwise lower camera.fps to what it gives"};
    return okLine(Check::Camera, seen);
}

CheckLine checkLight(const CameraFacts& facts) {
    if (!facts.looked || !facts.newestAge)
        return notHereLine(Check::Light, "there is no picture to measure");
    const std::string seen = "mean grey value " + number(facts.brightness, 0) + " of 255";
    if (facts.brightness < darkest)
        return {Check::Light, Finding::TooDark, Health::Warning, seen + ": dark",
                "Light at the door, from the front; is the lens covered?"};
    if (facts.brightness > brightest)
        return {Check::Light, Finding::TooBright, Health::Warning, seen + ": too bright",
                "Turn the camera away from the sun or a lamp, or lower its exposure"};
    return okLine(Check::Light, seen);
}

CheckLine checkSharpness(const CameraFacts& facts) {
    if (!facts.looked || !facts.newestAge)
        return notHereLine(Check::Sharpness, "there is no picture to measure");
    const std::string seen = "sharpness " + number(facts.sharpness, 0);
    if (facts.sharpness < leastSharpness)
        return {Check::Sharpness, Finding::Blurred, Health::Warning,
                seen + ", below " + number(leastSharpness, 0) + ": blurred, or an even surface",
                "Clean the lens, set its focus to 60 cm, look what it sees"};
    return okLine(Check::Sharpness, seen);
}

std::vector<CheckLine> checkModels(const std::vector<ModelFacts>& facts) {
    if (facts.empty())
        return {{Check::Models, Finding::ModelMissing, Health::OutOfService, "no model was looked at",
                 "Mend recognition.* in the settings"}};
    std::vector<CheckLine> lines;
    for (const ModelFacts& model : facts) {
        const std::string seen = model.id + ", sha256 " + model.sha256.substr(0, 12);
        if (!model.error.empty())
            lines.push_back({Check::Models, Finding::ModelMissing, Health::OutOfService, model.id + ": " + model.error,
                             orElse(model.remedy, "Get it with: facelatch-ctl models install")});
        else if (!model.compared)
            lines.push_back({Check::Models, Finding::ModelNotCompared, Health::Warning,
                             seen + ", runs; there are no reference values for this file",
                             "Try the door with people you know, and a stranger, before you rely on it"});
        else if (!(model.deviation <= mostDeviation)) // what is not a number fails
            lines.push_back({Check::Models, Finding::ModelFails, Health::OutOfService,
                             seen + ", computes wrongly here: its outputs are " + number(100 * model.deviation, 1) +
                                 " % off on the self-test picture",
                             "The file is right, so this machine's OpenCV or processor is not: install OpenCV again, "
                             "or use another version of it"});
        else
            lines.push_back(okLine(Check::Models, seen + ", self-test within " +
                                                      number(std::max(0.01, 100 * model.deviation), 2) + " %"));
    }
    return lines;
}

CheckLine checkKnownFace(const KnownFaceFacts& facts) {
    if (facts.picture.empty())
        return notHereLine(Check::KnownFace, "no photograph with a face is installed (libdlib-dev brings some)");
    if (!facts.error.empty() || !facts.found || !facts.embedded)
        return {Check::KnownFace, Finding::FaceNotFound, Health::Failed,
                facts.picture + ": " +
                    (!facts.error.empty() ? facts.error
                     : !facts.found       ? "the face on it is not found"
                                          : "the face on it is found and cannot be compared"),
                "Check the models: facelatch-ctl models verify"};
    return okLine(Check::KnownFace, "the face on " + facts.picture + " is found and can be compared");
}

CheckLine checkLiveness(const LivenessFacts& facts) {
    if (!facts.required)
        return {Check::Liveness, Finding::LivenessOff, Health::Warning,
                "the check is off: a photograph can open this door", "Set liveness.policy to \"passive\""};
    if (!facts.modelError.empty())
        return {Check::Liveness, Finding::LivenessMissing, Health::OutOfService,
                "the check is required and cannot run: " + facts.modelError,
                "Get its model with: facelatch-ctl models install"};
    return okLine(Check::Liveness, "passive, over " + std::to_string(facts.minFrames) + " frames of a face");
}

CheckLine checkLock(const LockFacts& facts) {
    if (!facts.looked)
        return notHereLine(Check::Lock, facts.error);
    if (facts.kind == "simulated")
        return {Check::Lock, Finding::LockNotReal, Health::Warning, "simulated: this door opens nothing",
                "Set lock.kind to \"lockd\" for a door in use"};
    if (!facts.connected)
        return {Check::Lock, facts.busy ? Finding::LockBusy : Finding::LockSilent, Health::OutOfService, facts.error,
                orElse(facts.remedy, "See: systemctl status facelatch-lockd")};
    if (facts.longestPulse && *facts.longestPulse < facts.strike)
        return {Check::Lock, Finding::StrikeTooLong, Health::OutOfService,
                "lock.strike_time_ms is " + std::to_string(facts.strike.count()) + ", the lock daemon allows " +
                    std::to_string(facts.longestPulse->count()) + " ms and refuses every release",
                "Lower lock.strike_time_ms, or raise max_pulse_ms in lockd.conf"};
    std::string seen = facts.description;
    if (facts.state == "rest")
        seen += " answers: at rest, locked";
    else
        seen += " answers: released (" + facts.state + "), " + std::to_string(facts.left.count()) + " ms left";
    if (!facts.inputs.empty())
        seen += "; " + facts.inputs;
    if (facts.testBuild)
        return {Check::Lock, Finding::LockNotReal, Health::Warning, seen + "; it is the test build without hardware",
                "Install and start the shipped facelatch-lockd, and set lock.kind to \"lockd\""};
    return okLine(Check::Lock, seen);
}

} // namespace facelatch::core
