// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing the dots, flying the pictures.
#include "ui/enrol_dots.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

void paintDisc(QPainter& painter, const QRect& place, const QPixmap& picture) {
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath circle;
    circle.addEllipse(place);
    painter.setClipPath(circle);
    const int side = std::min(picture.width(), picture.height());
    painter.drawPixmap(place, picture, QRect((picture.width() - side) / 2, (picture.height() - side) / 2, side, side));
    painter.restore();
}

/// What flies, above everything.
class EnrolDots::Flyer : public QWidget {
public:
    explicit Flyer(QWidget* parent) : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }
    QPixmap picture;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        if (!picture.isNull())
            paintDisc(painter, rect(), picture);
    }
};

EnrolDots::EnrolDots(QWidget* parent) : QWidget(parent), m_flyer(new Flyer(parent)) {
    m_flight.setDuration(resources::flightMs);
    m_flight.setEasingCurve(QEasingCurve::InOutQuad);
    connect(&m_flight, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& place) { m_flyer->setGeometry(place.toRect()); });
    connect(&m_flight, &QVariantAnimation::finished, this, [this] {
        m_flyer->hide();
        m_landing = -1;
        update();
    });
}

void EnrolDots::setCurrent(int index, float progress) {
    if (index == m_current && qFuzzyCompare(progress + 1, m_progress + 1))
        return;
    m_current = index;
    m_progress = progress;
    update();
}

void EnrolDots::setPicture(int index, const QPixmap& picture, const QRect& flight) {
    m_pictures[static_cast<std::size_t>(index)] = picture;
    update();
    if (picture.isNull() || flight.isEmpty() || !m_style.motion || !isVisible())
        return;
    m_landing = index;
    m_flyer->picture = picture;
    m_flight.stop();
    m_landing = index;
    m_flight.setStartValue(flight);
    m_flight.setEndValue(QRect(mapToParent(dot(index).topLeft()), dot(index).size()));
    m_flyer->setGeometry(flight);
    m_flyer->show();
    m_flyer->raise();
    m_flight.start();
}

QRect EnrolDots::dot(int index) const {
    const int side = m_style.px(resources::enrolDot), gap = m_style.px(resources::spaceXs);
    const int all = static_cast<int>(core::faceViews) * (side + gap) - gap;
    return {(width() - all) / 2 + index * (side + gap), (height() - side) / 2, side, side};
}

QSize EnrolDots::sizeHint() const {
    const int side = m_style.px(resources::enrolDot), gap = m_style.px(resources::spaceXs);
    return {static_cast<int>(core::faceViews) * (side + gap) + gap, side + 2 * gap};
}

void EnrolDots::restyle(const Style& style) {
    m_style = style;
    m_flight.stop();
    m_flyer->hide();
    m_landing = -1;
    setFixedHeight(sizeHint().height());
    updateGeometry();
    update();
}

void EnrolDots::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int line = m_style.px(resources::bandEdge);
    for (int i = 0; i < static_cast<int>(core::faceViews); ++i) {
        const QRect place = dot(i);
        const bool there = filled(i) && i != m_landing;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_style.colour(&Palette::background, resources::trackOpacity));
        painter.drawEllipse(place);
        if (there)
            paintDisc(painter, place, m_pictures[static_cast<std::size_t>(i)]);
        painter.setBrush(Qt::NoBrush);
        const QRect ring = place.adjusted(line / 2, line / 2, -line / 2, -line / 2);
        painter.setPen(QPen(m_style.colour(there            ? &Palette::granted
                                           : i == m_current ? &Palette::text
                                                            : &Palette::outline),
                            line));
        painter.drawEllipse(ring);
        if (i == m_current && !there && m_progress > 0) {
            constexpr double quarter = 90.0 * resources::arcSteps, whole = 360.0 * resources::arcSteps; // anticlockwise
            painter.setPen(QPen(m_style.colour(&Palette::accent), line));
            painter.drawArc(ring, static_cast<int>(quarter),
                            static_cast<int>(-whole * static_cast<double>(m_progress)));
        }
        if (!there) {
            painter.setPen(m_style.colour(i == m_current ? &Palette::text : &Palette::muted));
            painter.setFont(m_style.font(resources::fontBody, i == m_current));
            painter.drawText(place, Qt::AlignCenter, QString::number(i + 1));
        }
    }
}

} // namespace facelatch::ui
