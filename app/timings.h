// SPDX-License-Identifier: GPL-3.0-or-later
// Timings: tells facelatch-ctl bench when things happened in a running kiosk (option --timings).
#pragma once

#include "core/frame.h"

#include <QObject>
#include <QTimer>

namespace facelatch::app {

/// One line each on the standard error, "facelatch: timing WHAT NS", NS being nanoseconds of the machine's monotonic
/// clock, which all processes share:
///   scene          a frame of a replay or of the test picture shows another picture than the one before; when it was
///                  due
///   released       the lock has been released
///   first_picture  the window has painted the first picture of the camera
///   frames_shown, frames_missed  twice a second, a count in the place of NS: pictures of the camera that the screen
///                  showed, and those that came and went while it showed others
/// Says nothing about anybody.
class Timings : public QObject {
    Q_OBJECT
public:
    /// Gui thread. `viewfinder`: watched until it has painted a picture.
    explicit Timings(QObject* viewfinder);

    /// In the capture thread, for each frame.
    void captured(const core::Frame& frame);
    /// In the door thread.
    static void released(core::MonoTime at);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTimer m_counts;
    core::Image m_before; ///< of the frame before; held, for a replay shows the same pixels again
};

} // namespace facelatch::app
