// SPDX-License-Identifier: GPL-3.0-or-later
// The recognition loop.
#include "app/vision_worker.h"

#include "app/clock.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sys/resource.h>
#include <utility>

namespace facelatch::app {

namespace {

constexpr core::milliseconds patience{100};
constexpr core::milliseconds retryModelsEvery{15'000};
constexpr core::milliseconds measuresFor{2000};
/// The picture people see of themselves comes first: recognition takes what the screen, the camera and the door leave.
constexpr int niceness = 2;

struct CapabilityFault {
    recognition::Capability capability;
    core::FaultCode code;
};
constexpr std::array capabilityFaults{
    CapabilityFault{recognition::Capability::Detection, core::FaultCode::NoDetector},
    CapabilityFault{recognition::Capability::Embedding, core::FaultCode::NoEmbedder},
    CapabilityFault{recognition::Capability::Liveness, core::FaultCode::NoLiveness},
};

} // namespace

VisionWorker::VisionWorker(VisionContext context) : m_context(std::move(context)) {
    // Of this thread alone, as Linux keeps it, and of OpenCV's, which are started from here. Without it all goes on as
    // well, only less smoothly.
    static_cast<void>(setpriority(PRIO_PROCESS, 0, niceness));
    connect(&m_timer, &QTimer::timeout, this, [this] { step(); });
    connect(&m_retry, &QTimer::timeout, this, [this] { loadModels(); });
    m_retry.setInterval(retryModelsEvery);
    // Loading takes a second or two; whoever makes this worker must not wait for it.
    QTimer::singleShot(0, this, [this] {
        loadModels();
        m_timer.start(0);
    });
}

void VisionWorker::loadModels() {
    auto pipeline = recognition::Pipeline::create(m_context.settings, m_context.models);
    if (!pipeline) {
        m_context.raise({core::FaultCode::NoDetector, pipeline.error().text()});
        return;
    }
    m_pipeline = *std::move(pipeline);
    if (m_context.measure || !m_timesWanted.empty())
        m_pipeline->measure([] { return now().mono; });
    for (const auto& [capability, code] : capabilityFaults) {
        const auto& missing = m_pipeline->missing();
        const auto found = std::find_if(missing.begin(), missing.end(),
                                        [wanted = capability](const auto& item) { return item.capability == wanted; });
        if (found == missing.end())
            m_context.clear(code);
        else
            m_context.raise({code, found->error.text()});
    }
    if (m_gallery)
        setGallery(m_gallery);
    if (m_pipeline->missing().empty())
        m_retry.stop();
    else
        m_retry.start();
}

void VisionWorker::setGallery(std::shared_ptr<const core::Gallery> gallery) {
    m_gallery = std::move(gallery);
    if (!m_pipeline)
        return;
    if (const auto set = m_pipeline->setGallery(m_gallery); !set)
        std::fprintf(stderr, "facelatch: %s\n", set.error().text().c_str());
}

void VisionWorker::rest(bool resting) {
    if (m_resting && !resting && m_pipeline)
        m_pipeline->reset();
    m_resting = resting;
}

void VisionWorker::tellTimes(std::function<void(std::vector<core::StageTimes>)> done) {
    m_timesWanted.push_back(std::move(done));
    if (m_timesWanted.size() > 1)
        return; // they get what is being measured already
    m_times.clear();
    if (m_pipeline)
        m_pipeline->measure([] { return now().mono; });
    QTimer::singleShot(measuresFor, this, [this] {
        for (const auto& answer : std::exchange(m_timesWanted, {}))
            answer(m_times);
        if (m_pipeline && !m_context.measure)
            m_pipeline->measure({});
    });
}

void VisionWorker::step() {
    const auto frame = m_context.frames.waitNewerThan(m_seen, patience);
    if (!frame || !m_pipeline)
        return;
    m_seen = frame->number;
    if (m_resting)
        return;
    core::Observation seen = m_pipeline->process(*frame);
    if (!m_timesWanted.empty() && seen.times)
        m_times.push_back(*seen.times);
    m_context.observed(std::move(seen));
}

} // namespace facelatch::app
