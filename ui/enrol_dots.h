// SPDX-License-Identifier: GPL-3.0-or-later
// EnrolDots: five dots for five views; each fills with its picture, which flies there from the oval.
#pragma once

#include "core/enrolment_view.h"
#include "ui/style.h"

#include <QPixmap>
#include <QVariantAnimation>
#include <QWidget>

#include <array>

namespace facelatch::ui {

/// Gui thread. `flight` is where pictures come from, in the coordinates of the parent.
class EnrolDots : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit EnrolDots(QWidget* parent = nullptr);
    /// Which dot is being filled, and how far; -1: none.
    void setCurrent(int index, float progress);
    /// A picture for a dot; a null one empties it. From `flight` it flies, where motion is wanted.
    void setPicture(int index, const QPixmap& picture, const QRect& flight);
    bool filled(int index) const { return !m_pictures[static_cast<std::size_t>(index)].isNull(); }
    /// Whether a picture is on its way.
    bool flies() const { return m_flight.state() == QAbstractAnimation::Running; }
    void restyle(const Style& style) override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Flyer;
    QRect dot(int index) const;

    std::array<QPixmap, core::faceViews> m_pictures;
    int m_current = -1;
    float m_progress = 0;
    Style m_style;
    Flyer* m_flyer;
    QVariantAnimation m_flight;
    int m_landing = -1;
};

/// A picture's middle as a disc.
void paintDisc(QPainter& painter, const QRect& place, const QPixmap& picture);

} // namespace facelatch::ui
