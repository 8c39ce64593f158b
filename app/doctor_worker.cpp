// SPDX-License-Identifier: GPL-3.0-or-later
// Asking the threads, waiting for their answers.
#include "app/doctor_worker.h"

#include "app/clock.h"
#include "app/system_info.h"

#include <future>

namespace facelatch::app {

namespace {

/// Frames are watched for so long.
constexpr core::milliseconds watch{2000};
/// A healthy thread answers within a tenth of a second; one that loads networks or opens a camera takes a few.
constexpr core::milliseconds patience{6000};
constexpr core::milliseconds slice{50};
/// Reading a larger database page by page beside a working door takes too long for somebody who stands before it.
constexpr std::int64_t integrityMaxBytes = std::int64_t{128} << 20;

/// An answer that may come after nobody waits for it any more.
template<typename T>
class Answer {
public:
    auto receiver() const {
        return [promise = m_promise](T value) { promise->set_value(std::move(value)); };
    }
    /// Nothing when it did not come until `end`.
    std::optional<T> wait(core::MonoTime end, const std::function<bool()>& running) const {
        while (m_future.wait_for(slice) != std::future_status::ready)
            if (now().mono >= end || !running())
                return std::nullopt;
        return m_future.get();
    }

private:
    std::shared_ptr<std::promise<T>> m_promise = std::make_shared<std::promise<T>>();
    std::shared_future<T> m_future = m_promise->get_future().share();
};

const core::Fault* find(const std::vector<core::Fault>& faults, core::FaultCode code) {
    for (const core::Fault& fault : faults)
        if (fault.code == code)
            return &fault;
    return nullptr;
}

} // namespace

DoctorWorker::DoctorWorker(DoctorContext context) : m_context(std::move(context)) {}

LiveFacts DoctorWorker::live() {
    const Answer<bool> capture, vision;
    const Answer<core::LockFacts> door;
    const Answer<core::LogFacts> storage;
    const Answer<core::PushFacts> push;
    m_context.askCapture([done = capture.receiver()] { done(true); });
    m_context.askVision([done = vision.receiver()] { done(true); });
    m_context.askDoor(door.receiver());
    m_context.askStorage(storage.receiver());
    m_context.askPush(push.receiver());

    LiveFacts facts;
    facts.camera = watchFrames(m_context.frames, m_context.loaded.settings, watch, m_context.running);
    const core::MonoTime end = now().mono + patience;
    facts.door.state = core::DoorState::Running;
    facts.door.threads = 5;
    if (!capture.wait(end, m_context.running))
        facts.door.silent.push_back({"capture", false}); // its frames tell whether that matters
    if (!vision.wait(end, m_context.running))
        facts.door.silent.push_back({"vision", true});
    facts.lock = configuredLock(m_context.loaded.settings);
    if (const auto lock = door.wait(end, m_context.running)) {
        facts.lock.connected = lock->connected;
        facts.lock.testBuild = lock->testBuild;
        facts.lock.state = lock->state;
        facts.lock.left = lock->left;
        facts.lock.error = lock->error;
    } else {
        facts.door.silent.push_back({"door", true});
        facts.lock.error = "the door thread, which holds the lock, does not answer";
    }
    facts.log = storage.wait(end, m_context.running);
    if (!facts.log)
        facts.door.silent.push_back({"storage", false});
    if (const auto viewers = push.wait(end, m_context.running))
        facts.push = *viewers;
    else
        facts.door.silent.push_back({"push", false});
    const std::vector<core::Fault> faults = m_context.view.get().faults;
    for (const core::Fault& fault : faults)
        facts.door.faults.push_back(
            {std::string(core::faultCodeText(fault.code)), fault.detail, core::stopsTheDoor(fault.code)});
    if (const core::Fault* noCamera = find(faults, core::FaultCode::NoCamera))
        facts.camera.error = noCamera->detail;
    return facts;
}

void DoctorWorker::tellLive(const CommandReply& reply) {
    reply(toJson(live()));
}

void DoctorWorker::tellInfo(const CommandReply& reply) {
    const Answer<std::vector<core::StageTimes>> times;
    m_context.askTimes(times.receiver());
    const LiveFacts facts = live();
    const auto measured = times.wait(now().mono + patience, m_context.running);
    reply(systemInfo(m_context.loaded, facts, meanTimes(measured.value_or(std::vector<core::StageTimes>()))));
}

void DoctorWorker::tellCheck(const CommandReply& reply) {
    reply(checkJson(core::examine(allFacts(m_context.loaded, live(), integrityMaxBytes))));
}

void DoctorWorker::examine() {
    m_context.examined(core::examine(allFacts(m_context.loaded, live(), integrityMaxBytes)));
}

} // namespace facelatch::app
