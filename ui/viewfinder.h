// SPDX-License-Identifier: GPL-3.0-or-later
// Viewfinder: the live picture over the whole window, with the oval, its ring and the boxes of other faces.
#pragma once

#include "core/latest_frame.h"
#include "core/visitor_view.h"
#include "ui/picture_scaler.h"
#include "ui/style.h"

#include <QImage>
#include <QWidget>

namespace facelatch::ui {

/// Gui thread. Polls the newest frame at each tick() and never waits for one; scales it once, however often it is
/// painted.
class Viewfinder : public QWidget, public Styled {
    Q_OBJECT
public:
    enum class Mode {
        Follow, ///< bright, with oval, ring and boxes
        Behind, ///< dimmed, nothing drawn on it: the answer stands before it
        Plain   ///< bright, nothing drawn on it
    };

    /// `frames` must outlive the widget. `mirrored`: as in a mirror.
    Viewfinder(core::LatestFrame& frames, bool mirrored, QWidget* parent = nullptr);

    void setMode(Mode mode);
    /// The boxes and the progress to show from now on; the rest of the view is not looked at.
    void setView(const core::VisitorView& view);
    /// Fetches a newer frame if there is one and moves the oval on; repaints only if something changed. To be called
    /// about twice as often as frames come: whoever looks as seldom as they come misses some of them.
    void tick(core::MonoTime now);

    /// What is drawn now, in widget pixels, for tests: the oval, and the ring's filled share.
    QRectF oval() const { return m_oval; }
    double ring() const { return m_ring; }
    bool hasPicture() const { return !m_image.empty(); }
    /// Frames scaled so far.
    int framesShown() const { return m_framesShown; }
    /// Frames that came and went between two looks while the picture was on the screen.
    std::uint64_t framesMissed() const { return m_framesMissed; }

    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QSizeF boxSpace() const;
    QRectF ovalTarget() const;
    void scalePicture();
    bool moveOverlay(double elapsedMs);
    void paintOverlay(QPainter& painter) const;

    core::LatestFrame& m_frames;
    const bool m_mirrored;
    Style m_style;
    Mode m_mode = Mode::Follow;
    core::VisitorView m_view;
    core::Image m_image; ///< the newest frame, kept for a resize
    std::uint64_t m_seen = 0;
    int m_framesShown = 0;
    std::uint64_t m_framesMissed = 0;
    PictureScaler m_scaler;
    QImage m_scaled; ///< the widget's pixels without the overlay
    QRectF m_shown;  ///< where the whole picture lies
    QRectF m_oval;
    double m_ring = 0;
    core::MonoTime m_lastMove{}; ///< of the overlay
};

} // namespace facelatch::ui
