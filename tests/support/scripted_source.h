// SPDX-License-Identifier: GPL-3.0-or-later
// ScriptedSource: a frame source that gives what a test has written down, when the test wants it.
#pragma once

#include "hardware/frame_source.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace facelatch::testing {

/// A picture of one colour.
inline core::Image plainImage(int width, int height, std::uint8_t grey) {
    const auto row = static_cast<std::size_t>(width) * 3;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(row * static_cast<std::size_t>(height), grey);
    const std::uint8_t* data = pixels->data();
    return {width, height, static_cast<std::ptrdiff_t>(row), core::PixelFormat::Bgr8,
            std::shared_ptr<const std::uint8_t>(std::move(pixels), data)};
}

/// add() and stop() from any thread, the rest from the capture thread. start() and next() take the steps in order;
/// next() waits for the test to add one.
class ScriptedSource final : public hardware::FrameSource {
public:
    explicit ScriptedSource(core::FrameOrigin origin = core::FrameOrigin::Test) : m_origin(origin) {}

    /// The next frame; its number is given when it is handed out, and its age is the test's affair.
    void add(core::Image image, core::MonoTime capturedAt) { push(std::pair(std::move(image), capturedAt)); }
    /// next() loses the source with this error; start() opens it again.
    void addLoss(core::Error error) { push(std::move(error)); }
    /// The next start() fails with this error.
    void failNextStart(core::Error error) {
        const std::lock_guard lock(m_mutex);
        m_startErrors.push_back(std::move(error));
    }
    void finish() {
        const std::lock_guard lock(m_mutex);
        m_finished = true;
    }
    int starts() const {
        const std::lock_guard lock(m_mutex);
        return m_starts;
    }

    core::Status start() override {
        const std::lock_guard lock(m_mutex);
        ++m_starts;
        if (m_startErrors.empty())
            return core::Done{};
        core::Error error = std::move(m_startErrors.front());
        m_startErrors.pop_front();
        return error;
    }
    core::Result<std::optional<core::Frame>> next(core::milliseconds patience) override {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, patience, [this] { return m_stopped || !m_steps.empty(); });
        if (m_stopped || m_steps.empty())
            return std::optional<core::Frame>{};
        const Step step = std::move(m_steps.front());
        m_steps.pop_front();
        if (const auto* error = std::get_if<core::Error>(&step))
            return *error;
        const auto& [image, capturedAt] = std::get<0>(step);
        return std::optional(core::Frame{image, capturedAt, ++m_number, m_origin});
    }
    bool finished() const override {
        const std::lock_guard lock(m_mutex);
        return m_finished && m_steps.empty();
    }
    core::FrameOrigin origin() const override { return m_origin; }
    std::string describe() const override { return "scripted source"; }
    std::vector<core::Error> takeComplaints() override { return {}; }
    void stop() override {
        {
            const std::lock_guard lock(m_mutex);
            m_stopped = true;
        }
        m_wake.notify_all();
    }

private:
    using Step = std::variant<std::pair<core::Image, core::MonoTime>, core::Error>;
    void push(Step step) {
        {
            const std::lock_guard lock(m_mutex);
            m_steps.push_back(std::move(step));
        }
        m_wake.notify_all();
    }

    const core::FrameOrigin m_origin;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Step> m_steps;
    std::deque<core::Error> m_startErrors;
    int m_starts = 0;
    bool m_stopped = false, m_finished = false;
    std::uint64_t m_number = 0;
};

} // namespace facelatch::testing
