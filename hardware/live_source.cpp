// SPDX-License-Identifier: GPL-3.0-or-later
// Frames from a live pipeline, and the ways it is lost.
#include "hardware/live_source.h"

#include <algorithm>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Frame;
using core::milliseconds;
using core::MonoTime;
using core::Result;
using core::Status;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds wakeUpTime{5000}; // cameras take their time for the first frame
constexpr milliseconds longestGap{2000}; // between two frames; then the camera counts as lost
constexpr milliseconds oldest{2000};     // a frame older than that is a sign of trouble and no picture of the door
constexpr milliseconds stopLatency{100}; // how soon stop() is noticed

PictureMemory::Turn turnOf(int rotation) {
    switch (rotation) {
    case 90:
        return PictureMemory::Turn::Quarter;
    case 180:
        return PictureMemory::Turn::Half;
    case 270:
        return PictureMemory::Turn::ThreeQuarters;
    default:
        return PictureMemory::Turn::None;
    }
}

std::string seconds(milliseconds time) {
    return std::to_string(time.count() / 1000) + " s";
}

} // namespace

Status LiveSource::start() {
    m_broken.reset();
    m_pictures.reset();
    m_frozen.reset();
    if (m_stopped)
        return core::fail("the source was stopped for good", describe());
    auto opened = open();
    if (!opened)
        return opened.error();
    m_pictures = std::move(*opened);
    m_pictures->addSink({m_settings.width, m_settings.height, 0, true});
    if (auto playing = m_pictures->play(); !playing)
        return lost(explain(playing.error()));
    m_lastFrame = steady_clock::now();
    m_allowedSilence = wakeUpTime;
    m_late = milliseconds{0};
    return core::Done{};
}

Result<std::optional<Frame>> LiveSource::next(milliseconds patience) {
    const MonoTime deadline = steady_clock::now() + patience;
    for (;;) {
        if (m_stopped)
            return std::optional<Frame>{};
        if (!m_pictures)
            return Error{ErrorKind::OutOfService, "the source is not started", describe(), {}};
        const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
        const SamplePtr sample = m_pictures->pull(std::clamp(left, milliseconds{0}, stopLatency));
        const MonoTime now = steady_clock::now();
        if (sample) {
            auto frame = frameOf(sample.get(), now);
            if (!frame || *frame)
                return frame;
        }
        if (Error error; m_pictures->takeError(error))
            return lost(explain(error));
        if (m_pictures->ended())
            return lost({ErrorKind::OutOfService, "the source ended", describe(), "It is opened again by itself"});
        if (now - m_lastFrame > m_allowedSilence)
            return lost(silent());
        if (now >= deadline)
            return std::optional<Frame>{};
    }
}

Result<std::optional<Frame>> LiveSource::frameOf(GstSample* sample, MonoTime now) {
    const MonoTime taken = origin() == core::FrameOrigin::Undated ? now : m_pictures->timeOf(sample);
    if (taken == MonoTime{}) // its age is not known, so nothing may be decided on it
        return std::optional<Frame>{};
    m_late = std::chrono::floor<milliseconds>(now - taken);
    if (m_late > oldest)
        return std::optional<Frame>{};
    core::Image image = GstPictures::imageOf(sample, m_memory, turnOf(m_settings.rotation));
    if (image.empty())
        return lost({ErrorKind::OutOfService, "a picture cannot be read", describe(), {}});
    m_lastFrame = now;
    m_allowedSilence = longestGap;
    if (watchesForFrozen() && m_frozen.frozen(image, now))
        return lost({ErrorKind::OutOfService, "the same picture for 2.5 s: the camera hangs", describe(),
                     "Unplug it and plug it in again if it does not come back"});
    return std::optional(Frame{std::move(image), std::min(taken, now), ++m_number, origin()});
}

Error LiveSource::silent() const {
    if (m_late > oldest)
        return {ErrorKind::OutOfService, "pictures arrive " + seconds(m_late) + " late", describe(),
                "Check the network or the device between; it is opened again by itself"};
    return {ErrorKind::OutOfService, "no picture for " + seconds(m_allowedSilence), describe(),
            "Check its cable; it is opened again by itself"};
}

/// The pipeline is closed by the next start(): closing a device that hangs may take long, and the loss must be told
/// before.
Error LiveSource::lost(Error error) {
    m_broken = std::move(m_pictures);
    return error;
}

void LiveSource::complain(Error error) {
    const std::string text = error.text();
    if (std::ranges::find(m_complainedOf, text) != m_complainedOf.end())
        return;
    m_complainedOf.push_back(text);
    m_complaints.push_back(std::move(error));
}

} // namespace facelatch::hardware
