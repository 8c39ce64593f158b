// SPDX-License-Identifier: GPL-3.0-or-later
// LiveSource: what all live pictures have in common - ages, loss, restart. Only for the .cpp files of this module.
#pragma once

#include "hardware/frame_source.h"
#include "hardware/frozen_watch.h"
#include "hardware/gst_support.h"

#include <atomic>
#include <memory>
#include <utility>

namespace facelatch::hardware {

class LiveSource : public FrameSource {
public:
    explicit LiveSource(CameraSettings settings) : m_settings(std::move(settings)) {}

    core::Status start() final;
    core::Result<std::optional<core::Frame>> next(core::milliseconds patience) final;
    bool finished() const final { return false; }
    std::vector<core::Error> takeComplaints() final { return std::exchange(m_complaints, {}); }
    void stop() final { m_stopped = true; }

protected:
    /// Adds the elements up to the conversion. The pipeline is played by the caller.
    virtual core::Result<std::unique_ptr<GstPictures>> open() = 0;
    /// Whether equal pictures mean a fault.
    virtual bool watchesForFrozen() const = 0;
    /// Says better what an error of the device means.
    virtual core::Error explain(core::Error error) const { return error; }
    const CameraSettings& settings() const { return m_settings; }
    /// Each text once for the life of the source: what is wrong at each reopening is said at the first.
    void complain(core::Error error);

private:
    core::Error lost(core::Error error);
    core::Error silent() const;
    core::Result<std::optional<core::Frame>> frameOf(GstSample* sample, core::MonoTime now);

    CameraSettings m_settings;
    std::unique_ptr<GstPictures> m_pictures; ///< null: not started, or lost
    std::unique_ptr<GstPictures> m_broken;   ///< the lost one, closed by the next start()
    PictureMemory m_memory;
    FrozenWatch m_frozen;
    core::MonoTime m_lastFrame{}; ///< or of start()
    core::milliseconds m_allowedSilence{0};
    core::milliseconds m_late{0}; ///< the age of the last frame, where it was too old
    std::vector<core::Error> m_complaints;
    std::vector<std::string> m_complainedOf;
    std::uint64_t m_number = 0;
    std::atomic<bool> m_stopped = false;
};

/// The cameras and the test pattern.
std::unique_ptr<FrameSource> makeCamera(const CameraSettings& settings);
std::unique_ptr<FrameSource> makeTestSource(const CameraSettings& settings);

} // namespace facelatch::hardware
