// SPDX-License-Identifier: GPL-3.0-or-later
// LiveSource: what all live pictures have in common - ages, loss, restart. Only for the .cpp files of this module.
#pragma once

#include "hardware/frame_source.h"
#include "hardware/frozen_watch.h"
#include "hardware/gst_support.h"

#include <atomic>
#include <memory>

namespace facelatch::hardware {

class LiveSource : public FrameSource {
public:
    explicit LiveSource(CameraSettings settings) : m_settings(std::move(settings)) {}

    core::Status start() final;
    core::Result<std::optional<core::Frame>> next(core::milliseconds patience) final;
    bool finished() const final { return false; }
    std::vector<core::Error> takeComplaints() final { return {}; }
    void stop() final { m_stopped = true; }

protected:
    /// Adds the elements up to the conversion. The pipeline is played by the caller.
    virtual core::Result<std::unique_ptr<GstPictures>> open() = 0;
    /// Whether equal pictures mean a fault.
    virtual bool watchesForFrozen() const = 0;
    /// Says better what an error of the device means.
    virtual core::Error explain(core::Error error) const { return error; }
    const CameraSettings& settings() const { return m_settings; }

private:
    core::Error lost(core::Error error);
    core::Result<std::optional<core::Frame>> frameOf(GstSample* sample, core::MonoTime now);

    CameraSettings m_settings;
    std::unique_ptr<GstPictures> m_pictures; ///< null: not started, or lost
    FrozenWatch m_frozen;
    core::MonoTime m_lastFrame{}; ///< or of start()
    core::milliseconds m_allowedSilence{0};
    std::uint64_t m_number = 0;
    std::atomic<bool> m_stopped = false;
};

/// The USB camera and the test pattern.
std::unique_ptr<FrameSource> makeUsbCamera(const CameraSettings& settings);
std::unique_ptr<FrameSource> makeTestSource(const CameraSettings& settings);

} // namespace facelatch::hardware
