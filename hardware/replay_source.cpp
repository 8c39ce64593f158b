// SPDX-License-Identifier: GPL-3.0-or-later
// Files shown one after the other, at the pace of a camera.
#include "hardware/replay_source.h"

#include "hardware/frame_schedule.h"
#include "hardware/still_picture.h"
#include "hardware/video_reader.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Frame;
using core::Image;
using core::milliseconds;
using core::MonoTime;
using core::Result;
using core::Status;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds videoSlice{50};
constexpr milliseconds videoStall{10'000};

struct Item {
    std::filesystem::path file;
    int frames = 1;      ///< of a still picture
    int pauseFrames = 0; ///< after it
};

/// An empty hall: grey, neither the black of a covered lens nor over-exposed.
Image emptyScene(int width, int height) {
    const auto row = static_cast<std::size_t>(width) * 3, size = row * static_cast<std::size_t>(height);
    const std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[size]);
    std::fill_n(pixels.get(), size, std::uint8_t{88});
    return {width, height, static_cast<std::ptrdiff_t>(row), core::PixelFormat::Bgr8,
            std::shared_ptr<const std::uint8_t>(pixels, pixels.get())};
}

std::vector<Item> itemsOf(const ReplayScript& script, const FrameSchedule& schedule) {
    std::vector<Item> items;
    for (const ReplayGroup& group : script.groups)
        for (const auto& file : group.files) {
            const milliseconds pause = &file == &group.files.back() ? group.pauseAfter : group.pauseBetween;
            items.push_back({file, std::max(1, schedule.framesIn(group.show)), schedule.framesIn(pause)});
        }
    return items;
}

class ReplaySource final : public FrameSource {
public:
    explicit ReplaySource(const CameraSettings& settings)
        : m_settings(settings),
          m_schedule(settings.framesPerSecond),
          m_items(itemsOf(settings.replay, m_schedule)),
          m_emptyScene(emptyScene(settings.width, settings.height)) {}

    Status start() override;
    Result<std::optional<Frame>> next(milliseconds patience) override;
    bool finished() const override { return m_finished && !m_ready; }
    core::FrameOrigin origin() const override { return core::FrameOrigin::Replay; }
    std::string describe() const override;
    std::vector<Error> takeComplaints() override { return std::exchange(m_complaints, {}); }
    void stop() override;

private:
    Status prepare(MonoTime deadline);
    Status openNext();
    Result<Image> decodeScene(const std::filesystem::path& file) const;
    void openStill(const Item& item);
    void openVideo(const Item& item);
    Status readVideo(MonoTime deadline);
    void complain(Error error);
    bool waitUntil(MonoTime time);
    bool stopped() const;

    const CameraSettings m_settings;
    FrameSchedule m_schedule;
    const std::vector<Item> m_items;
    const Image m_emptyScene;

    std::size_t m_nextItem = 0;
    std::optional<Image> m_ready; ///< made but not yet due
    Image m_still;                ///< the present still picture
    std::filesystem::path m_stillFile;
    int m_stillFrames = 0; ///< how often it is still to be shown
    std::unique_ptr<VideoReader> m_video;
    std::size_t m_videoFrames = 0; ///< that have come from m_video
    MonoTime m_videoHeard{};
    int m_pauseFrames = 0;
    std::size_t m_failedInARow = 0;
    bool m_started = false, m_finished = false;
    std::uint64_t m_number = 0;
    std::vector<Error> m_complaints;
    std::set<std::filesystem::path> m_complainedOf;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopped = false; ///< under m_mutex
};

Status ReplaySource::start() {
    if (stopped())
        return core::fail("the source was stopped for good", describe());
    m_nextItem = 0;
    m_ready.reset();
    m_video.reset();
    m_still = {};
    m_stillFrames = m_pauseFrames = 0;
    m_failedInARow = 0;
    m_finished = false;
    m_started = true;
    auto prepared = prepare(MonoTime::max()); // a replay without a usable file is told here
    m_started = bool(prepared);
    return prepared;
}

Result<std::optional<Frame>> ReplaySource::next(milliseconds patience) {
    const MonoTime deadline = steady_clock::now() + patience;
    if (!m_started)
        return Error{ErrorKind::OutOfService, "the source is not started", describe(), {}};
    if (auto prepared = prepare(deadline); !prepared) {
        m_started = false;
        return prepared.error();
    }
    if (!m_ready) { // finished, stopped, or a slow video
        waitUntil(deadline);
        return std::optional<Frame>{};
    }
    const MonoTime due = m_schedule.due(steady_clock::now());
    if (!waitUntil(std::min(due, deadline)) || due > deadline)
        return std::optional<Frame>{};
    m_schedule.shown(due);
    Frame frame{std::move(*m_ready), due, ++m_number, origin()};
    m_ready.reset();
    return std::optional(std::move(frame));
}

/// Makes the next picture ready; leaves none at the end of the replay, after stop(), or when a video takes too long.
Status ReplaySource::prepare(MonoTime deadline) {
    while (!m_ready && !m_finished && !stopped()) {
        if (m_stillFrames > 0) {
            --m_stillFrames;
            m_ready = m_still;
        } else if (m_video) {
            if (auto read = readVideo(deadline); !read)
                return read;
            if (m_video && !m_ready)
                return core::Done{};
        } else if (m_pauseFrames > 0) {
            --m_pauseFrames;
            m_ready = m_emptyScene;
        } else if (auto opened = openNext(); !opened) {
            return opened;
        }
    }
    return core::Done{};
}

Status ReplaySource::openNext() {
    if (m_failedInARow >= m_items.size())
        return Error{ErrorKind::OutOfService,
                     "none of the " + std::to_string(m_items.size()) + " files to replay can be shown",
                     m_items.front().file.string(), "Name a folder of JPEG or PNG pictures, or a video"};
    if (m_nextItem >= m_items.size()) {
        m_finished = !m_settings.replay.looped;
        m_nextItem = 0;
        return core::Done{};
    }
    const Item& item = m_items[m_nextItem++];
    if (isStill(item.file))
        openStill(item);
    else
        openVideo(item);
    return core::Done{};
}

/// The picture filling the frame, or standing in the empty scene as somebody a few steps away.
Result<Image> ReplaySource::decodeScene(const std::filesystem::path& file) const {
    const float share = m_settings.replay.stillShare;
    if (share >= 1)
        return decodeStill(file, m_settings.width, m_settings.height);
    const int side =
        std::max(16, static_cast<int>(share * static_cast<float>(std::min(m_settings.width, m_settings.height))));
    const auto picture = decodeStill(file, side, side);
    if (!picture)
        return picture;
    const auto row = static_cast<std::size_t>(m_emptyScene.stride()),
               size = row * static_cast<std::size_t>(m_settings.height);
    const std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[size]);
    std::copy_n(m_emptyScene.data(), size, pixels.get());
    const int left = (m_settings.width - side) / 2, top = (m_settings.height - side) / 2;
    for (int y = 0; y < side; ++y)
        std::copy_n(picture->data() + y * picture->stride(), 3 * side,
                    pixels.get() + (top + y) * m_emptyScene.stride() + 3 * left);
    return Image(m_settings.width, m_settings.height, m_emptyScene.stride(), core::PixelFormat::Bgr8,
                 std::shared_ptr<const std::uint8_t>(pixels, pixels.get()));
}

void ReplaySource::openStill(const Item& item) {
    if (m_stillFile != item.file || m_still.empty()) {
        auto image = decodeScene(item.file);
        if (!image) {
            complain(image.error());
            return;
        }
        m_still = std::move(*image);
        m_stillFile = item.file;
    }
    m_failedInARow = 0;
    m_stillFrames = item.frames;
    m_pauseFrames = item.pauseFrames;
}

void ReplaySource::openVideo(const Item& item) {
    auto video = std::make_unique<VideoReader>(item.file);
    if (auto opened = video->open(m_settings.width, m_settings.height, m_settings.framesPerSecond); !opened) {
        complain(opened.error());
        return;
    }
    m_video = std::move(video);
    m_videoFrames = 0;
    m_videoHeard = steady_clock::now();
    m_pauseFrames = item.pauseFrames;
}

Status ReplaySource::readVideo(MonoTime deadline) {
    while (!stopped()) {
        auto step = m_video->next(videoSlice);
        const MonoTime now = steady_clock::now();
        if (step && step->state == VideoReader::State::Frame && !step->image.empty()) {
            m_ready = std::move(step->image);
            ++m_videoFrames;
            m_videoHeard = now;
            m_failedInARow = 0;
            return core::Done{};
        }
        const bool stalled = step && step->state == VideoReader::State::Waiting && now - m_videoHeard > videoStall;
        if (!step || stalled || step->state == VideoReader::State::End) {
            const std::string file = m_items[m_nextItem - 1].file.string();
            m_video.reset();
            if (!step)
                complain(step.error());
            else if (stalled || m_videoFrames == 0)
                complain(core::fail(stalled ? "the video gives no frame for 10 s" : "there is no picture in the file",
                                    file));
            return core::Done{};
        }
        if (now >= deadline)
            return core::Done{};
    }
    return core::Done{};
}

/// Counts a file that cannot be shown; it is named once, not in every round of a loop.
void ReplaySource::complain(Error error) {
    const Item& item = m_items[m_nextItem - 1];
    ++m_failedInARow;
    m_pauseFrames = 0;
    if (m_complainedOf.insert(item.file).second) {
        error.remedy += error.remedy.empty() ? "It is skipped" : "; it is skipped";
        m_complaints.push_back(std::move(error));
    }
}

/// False when stop() came first.
bool ReplaySource::waitUntil(MonoTime time) {
    std::unique_lock lock(m_mutex);
    m_wake.wait_until(lock, time, [this] { return m_stopped; });
    return !m_stopped;
}

bool ReplaySource::stopped() const {
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

void ReplaySource::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_wake.notify_all();
}

std::string ReplaySource::describe() const {
    const std::string count = std::to_string(m_items.size());
    return "replay of " + (m_items.size() == 1 ? m_items.front().file.string() : count + " files") + ", " +
           std::to_string(m_settings.framesPerSecond) + " a second";
}

} // namespace

std::unique_ptr<FrameSource> makeReplaySource(const CameraSettings& settings) {
    return std::make_unique<ReplaySource>(settings);
}

} // namespace facelatch::hardware
