// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing the live picture.
#include "ui/viewfinder.h"

#include "ui/overlay_geometry.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <chrono>
#include <cmath>

namespace facelatch::ui {

using resources::Palette;

Viewfinder::Viewfinder(core::LatestFrame& frames, bool mirrored, QWidget* parent)
    : QWidget(parent), m_frames(frames), m_mirrored(mirrored) {
    setAttribute(Qt::WA_OpaquePaintEvent); // every pixel is painted: the window need not clear them first
}

void Viewfinder::setMode(Mode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    scalePicture();
}

void Viewfinder::setView(const core::VisitorView& view) {
    if (view.others != m_view.others)
        update();
    m_view.claimant = view.claimant;
    m_view.others = view.others;
    m_view.frameWidth = view.frameWidth;
    m_view.frameHeight = view.frameHeight;
    m_view.progress = view.progress;
    if (!m_style.motion && moveOverlay(0))
        update();
}

void Viewfinder::tick(core::MonoTime now) {
    const std::chrono::duration<double, std::milli> elapsed = now - m_lastMove;
    const auto frame = m_frames.newerThan(m_seen);
    if (frame) {
        if (hasPicture())
            m_framesMissed += frame->number - m_seen - 1;
        m_seen = frame->number;
        m_image = frame->image;
        ++m_framesShown;
        scalePicture();
    }
    // The overlay moves with the picture, and by itself only where none comes: no painting in between.
    if (!frame && elapsed.count() < resources::framePeriodMs)
        return;
    m_lastMove = now;
    if (m_mode == Mode::Follow && moveOverlay(elapsed.count()))
        update();
}

void Viewfinder::restyle(const Style& style) {
    m_style = style;
    scalePicture();
}

void Viewfinder::resizeEvent(QResizeEvent*) {
    scalePicture();
    m_oval = ovalTarget();
}

/// A resting door keeps no picture of its last visitor to flash at the next one.
void Viewfinder::hideEvent(QHideEvent*) {
    m_image = {};
    m_scaled = {};
    m_view = {};
    m_ring = 0;
    m_oval = ovalTarget();
}

/// The size of the picture in which the boxes are measured.
QSizeF Viewfinder::boxSpace() const {
    if (m_view.frameWidth > 0 && m_view.frameHeight > 0)
        return QSizeF(m_view.frameWidth, m_view.frameHeight);
    return QSizeF(m_image.width(), m_image.height());
}

QRectF Viewfinder::ovalTarget() const {
    if (!m_view.claimant || boxSpace().isEmpty())
        return restingOval(size(), m_style.px(resources::helpZone));
    const QRectF shown = m_shown.isEmpty() ? pictureRect(boxSpace(), size(), m_style.px(resources::helpZone)) : m_shown;
    return ovalAround(toWidget(*m_view.claimant, boxSpace(), shown, m_mirrored));
}

bool Viewfinder::moveOverlay(double elapsedMs) {
    const QRectF ovalGoal = ovalTarget();
    const double ringGoal = m_view.claimant ? std::clamp(static_cast<double>(m_view.progress), 0.0, 1.0) : 0;
    if (m_oval == ovalGoal && std::abs(m_ring - ringGoal) < resources::ringStep)
        return false;
    m_oval = m_style.motion ? glide(m_oval, ovalGoal, elapsedMs, resources::glideMs) : ovalGoal;
    m_ring = m_style.motion ? glide(m_ring, ringGoal, elapsedMs, resources::glideMs) : ringGoal;
    return true;
}

/// Once per frame, and the only copy of it: to the widget's size, mirrored, and dimmed where an answer stands before
/// it.
void Viewfinder::scalePicture() {
    update();
    m_shown = pictureRect(QSizeF(m_image.width(), m_image.height()), size(), m_style.px(resources::helpZone));
    if (m_shown.isEmpty()) {
        m_scaled = {};
        return;
    }
    const qreal ratio = devicePixelRatioF();
    if (m_scaled.size() != size() * ratio) {
        m_scaled = QImage(size() * ratio, QImage::Format_RGB32);
        m_scaled.setDevicePixelRatio(ratio);
    }
    const QRectF shown(m_shown.topLeft() * ratio, m_shown.size() * ratio);
    const PictureLook look{m_mirrored, m_style.colour(&Palette::background).rgb(),
                           m_mode == Mode::Behind ? resources::dimOpacity : 0};
    m_scaler.scale(m_image, shown, look, m_scaled);
}

void Viewfinder::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    if (m_scaled.isNull())
        painter.fillRect(event->rect(), m_style.colour(&Palette::background));
    else
        painter.drawImage(0, 0, m_scaled);
    if (m_mode == Mode::Follow)
        paintOverlay(painter);
}

void Viewfinder::paintOverlay(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const auto pen = [&](ColourRole role, double opacity, int line) {
        return QPen(m_style.colour(role, opacity), m_style.px(line), Qt::SolidLine, Qt::RoundCap);
    };
    const double corner = m_style.px(resources::corner);
    if (!boxSpace().isEmpty() && !m_shown.isEmpty()) {
        for (const core::RectF& other : m_view.others) {
            const QRectF box = toWidget(other, boxSpace(), m_shown, m_mirrored);
            painter.setPen(pen(&Palette::background, resources::haloOpacity, resources::thinLine * 2));
            painter.drawRoundedRect(box, corner, corner);
            painter.setPen(pen(&Palette::outline, 1, resources::thinLine));
            painter.drawRoundedRect(box, corner, corner);
        }
    }
    painter.setPen(pen(&Palette::background, resources::haloOpacity, resources::ovalHalo));
    painter.drawEllipse(m_oval);
    painter.setPen(pen(&Palette::text, resources::trackOpacity, resources::ovalLine));
    painter.drawEllipse(m_oval);
    if (m_ring < resources::ringStep)
        return;
    constexpr double top = 90, fullTurn = 360; // degrees, as QPainterPath counts them: anticlockwise from the right
    QPainterPath filled;
    filled.arcMoveTo(m_oval, top);
    filled.arcTo(m_oval, top, -fullTurn * m_ring);
    painter.setPen(pen(&Palette::accent, 1, resources::ovalLine));
    painter.drawPath(filled);
}

} // namespace facelatch::ui
