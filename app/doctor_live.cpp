// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at camera and lock: through the running door's frames, or directly.
#include "app/clock.h"
#include "app/doctor.h"
#include "app/rules.h"
#include "hardware/lockd_probe.h"
#include "recognition/picture_measures.h"

#include <algorithm>
#include <thread>

namespace facelatch::app {

namespace {

constexpr core::milliseconds patience{100};
/// A camera that wakes up takes a while; a replay may begin with a pause.
constexpr core::milliseconds wakeUp{8000};
/// Watched from the first picture on.
constexpr core::milliseconds watch{2500};

core::CameraFacts configuredCamera(const core::Settings& settings) {
    core::CameraFacts facts;
    facts.looked = true;
    facts.source = settings.text("camera.source");
    facts.realLock = realLock(settings);
    facts.networkMayOpen = settings.flag("camera.network_may_open");
    facts.askedPerSecond = static_cast<double>(settings.integer("camera.fps"));
    return facts;
}

/// Counts frames by the times they were taken at, so that waiting for them is no part of the rate.
class Watch {
public:
    void see(const core::Frame& frame) {
        if (m_count++ == 0)
            m_first = frame;
        m_last = frame;
    }
    int count() const { return m_count; }
    void tell(core::MonoTime at, core::CameraFacts& facts) const {
        if (m_count == 0)
            return;
        facts.newestAge =
            std::max(core::milliseconds(0), std::chrono::duration_cast<core::milliseconds>(at - m_last.capturedAt));
        facts.origin = m_last.origin;
        facts.width = m_last.image.width();
        facts.height = m_last.image.height();
        const std::chrono::duration<double> span = m_last.capturedAt - m_first.capturedAt;
        // The numbers tell of frames that came between two looks.
        if (span.count() > 0)
            facts.perSecond = static_cast<double>(m_last.number - m_first.number) / span.count();
        const auto measures = recognition::measurePicture(m_last.image);
        facts.brightness = measures.brightness;
        facts.sharpness = measures.sharpness;
    }

private:
    core::Frame m_first, m_last;
    int m_count = 0;
};

} // namespace

core::CameraFacts watchFrames(core::LatestFrame& frames, const core::Settings& settings, core::milliseconds time,
                              const std::function<bool()>& running) {
    core::CameraFacts facts = configuredCamera(settings);
    Watch seen;
    std::uint64_t number = 0;
    const core::MonoTime end = now().mono + time;
    while (now().mono < end && running()) {
        if (const auto frame = frames.newerThan(number)) {
            number = frame->number;
            seen.see(*frame);
        }
        std::this_thread::sleep_for(core::milliseconds(5));
    }
    seen.tell(now().mono, facts);
    return facts;
}

core::CameraFacts tryCamera(const core::Settings& settings) {
    core::CameraFacts facts = configuredCamera(settings);
    const auto camera = cameraSettings(settings);
    auto source = camera ? hardware::makeFrameSource(*camera)
                         : core::Result<std::unique_ptr<hardware::FrameSource>>(camera.error());
    const auto started = source ? (*source)->start() : core::Status(source.error());
    if (!started) {
        note(started.error(), facts.error, facts.remedy);
        return facts;
    }
    facts.source = (*source)->describe();
    Watch seen;
    core::MonoTime end = now().mono + wakeUp;
    while (now().mono < end && !(*source)->finished()) {
        auto frame = (*source)->next(patience);
        if (!frame) {
            note(frame.error(), facts.error, facts.remedy);
            break;
        }
        if (!*frame)
            continue;
        seen.see(**frame);
        if (seen.count() == 1)
            end = now().mono + watch;
    }
    seen.tell(now().mono, facts);
    return facts;
}

core::LockFacts configuredLock(const core::Settings& settings) {
    core::LockFacts facts;
    facts.looked = true;
    facts.kind = settings.text("lock.kind");
    facts.strike = core::milliseconds(settings.integer("lock.strike_time_ms"));
    facts.description = facts.kind == "simulated" ? "simulated lock" : "lock daemon at " + settings.text("lock.socket");
    return facts;
}

core::LockFacts tryLock(const core::Settings& settings) {
    core::LockFacts facts = configuredLock(settings);
    if (facts.kind == "simulated")
        return facts;
    const auto report = hardware::probeLockd(settings.text("lock.socket"));
    if (!report) {
        note(report.error(), facts.error, facts.remedy);
        return facts;
    }
    facts.busy = report->busy;
    if (report->busy) {
        facts.error = "another program controls the lock: the door of another data folder, or a second program";
        facts.remedy = "See who it is with: sudo ss -xp | grep lockd; stop it first";
        return facts;
    }
    facts.connected = !report->testBuild || facts.kind == "lockd_test";
    facts.testBuild = report->testBuild;
    if (!facts.connected)
        facts.error = "the lock daemon is a test build without hardware: the door refuses it";
    facts.longestPulse = report->longestPulse;
    facts.state = report->state;
    facts.left = report->left;
    for (const auto& [name, active] : report->inputs)
        facts.inputs += (facts.inputs.empty() ? "" : ", ") + name + (active ? " active" : " inactive");
    return facts;
}

} // namespace facelatch::app
