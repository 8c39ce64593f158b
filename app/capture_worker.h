// SPDX-License-Identifier: GPL-3.0-or-later
// CaptureWorker: the capture thread. Reads the camera into the one slot, reopens it when it is lost.
#pragma once

#include "app/inbox.h"
#include "core/fault.h"
#include "core/latest_frame.h"
#include "hardware/backoff.h"
#include "hardware/frame_source.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace facelatch::app {

using FrameSourceMaker =
    std::function<core::Result<std::unique_ptr<hardware::FrameSource>>(const hardware::CameraSettings&)>;

struct CaptureContext {
    hardware::CameraSettings camera;
    core::LatestFrame& frames;
    Latest<core::MonoTime>& turn; ///< when its loop came round last; a driver that hangs is noticed by that
    std::function<void(core::Fault)> raise;
    std::function<void(core::FaultCode)> clear;
    FrameSourceMaker makeSource = hardware::makeFrameSource;
    std::function<void(const core::Frame&)> captured = {}; ///< of each frame, in the capture thread; may be empty
};

/// Lives in the capture thread only. Each turn of its loop waits at most a tenth of a second, so that it ends promptly.
class CaptureWorker : public QObject {
    Q_OBJECT
public:
    explicit CaptureWorker(CaptureContext context);

    /// The driver had hung, and answers again.
    void cameBack();

private:
    void step();
    void lost(const core::Error& error);

    CaptureContext m_context;
    std::unique_ptr<hardware::FrameSource> m_source;
    hardware::Backoff m_backoff;
    bool m_open = false;
    bool m_seen = false; ///< a frame has arrived since it was opened
    QTimer m_timer;
};

} // namespace facelatch::app
