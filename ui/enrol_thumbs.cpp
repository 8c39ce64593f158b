// SPDX-License-Identifier: GPL-3.0-or-later
// Laying out and drawing them.
#include "ui/enrol_thumbs.h"

#include "ui/enrol_dots.h"
#include "ui/people_words.h"

#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

EnrolThumbs::EnrolThumbs(QWidget* parent) : QWidget(parent) {
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i] = new Button(Button::Kind::Plain, EnrolWords::retake(), this);
        m_buttons[i]->setObjectName(QStringLiteral("enrolRetake%1").arg(i));
        connect(m_buttons[i], &QAbstractButton::clicked, this, [this, i] { Q_EMIT retake(static_cast<int>(i)); });
    }
}

void EnrolThumbs::setPicture(int index, const QPixmap& picture) {
    m_pictures[static_cast<std::size_t>(index)] = picture;
    update();
}

/// In portrait two rows, three and two.
QRect EnrolThumbs::cell(int index) const {
    const int all = static_cast<int>(core::faceViews), row = m_style.portrait ? (all + 1) / 2 : all;
    const int rows = (all + row - 1) / row, wide = width() / row, high = height() / rows;
    return {index % row * wide, index / row * high, wide, high};
}

QSize EnrolThumbs::sizeHint() const {
    const int rows = m_style.portrait ? 2 : 1;
    const int high = m_style.px(resources::enrolThumb + resources::spaceS + resources::listRow);
    return {m_style.px(resources::enrolThumb) * static_cast<int>(core::faceViews), rows * high};
}

void EnrolThumbs::restyle(const Style& style) {
    m_style = style;
    setMinimumHeight(sizeHint().height());
    updateGeometry();
    update();
}

void EnrolThumbs::resizeEvent(QResizeEvent*) {
    const int gap = m_style.px(resources::spaceXs);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const QRect place = cell(static_cast<int>(i));
        const int high = m_buttons[i]->sizeHint().height();
        m_buttons[i]->setGeometry(place.left() + gap / 2, place.bottom() - high, place.width() - gap, high);
    }
}

void EnrolThumbs::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_pictures.size(); ++i) {
        const QRect place = cell(static_cast<int>(i));
        const int gap = m_style.px(resources::spaceXs);
        const int free = place.height() - m_buttons[i]->height() - gap;
        const int side = std::max(1, std::min({place.width() - gap, free, m_style.px(2 * resources::enrolThumb)}));
        const QRect disc(place.center().x() - side / 2, place.top() + (free - side) / 2, side, side);
        if (m_pictures[i].isNull()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_style.colour(&resources::Palette::surface));
            painter.drawEllipse(disc);
        } else {
            paintDisc(painter, disc, m_pictures[i]);
        }
    }
}

} // namespace facelatch::ui
