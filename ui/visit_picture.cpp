// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing the snapshot.
#include "ui/visit_picture.h"

#include "ui/text_block.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

VisitPicture::VisitPicture(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("visitPicture"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void VisitPicture::setPicture(const QPixmap& picture) {
    m_picture = picture;
    m_note.clear();
    update();
}

void VisitPicture::clear() {
    setPicture({});
}

void VisitPicture::setNote(const QString& note) {
    m_note = note;
    update();
}

void VisitPicture::restyle(const Style& style) {
    m_style = style;
    updateGeometry();
    update();
}

QSize VisitPicture::sizeHint() const {
    return {m_style.px(resources::snapshotWidth), m_style.px(resources::snapshotHeight)};
}

QSize VisitPicture::minimumSizeHint() const {
    return {m_style.px(resources::touchTarget), sizeHint().height()};
}

void VisitPicture::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath round;
    round.addRoundedRect(rect(), m_style.px(resources::corner), m_style.px(resources::corner));
    painter.setClipPath(round);
    painter.fillRect(rect(), m_style.colour(&Palette::surface));
    if (!m_picture.isNull()) {
        const QSize size = m_picture.size().scaled(this->size(), Qt::KeepAspectRatio);
        painter.drawPixmap(
            QRect((width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()),
            m_picture);
        return;
    }
    const FittedText words = fitText(m_note,
                                     {.fits = {{resources::fontBody, resources::mostNoteLines},
                                               {resources::fontSmall, resources::mostParagraphLines}}},
                                     m_style, std::max(1, width() - 2 * m_style.px(resources::spaceS)));
    painter.setFont(words.font);
    painter.setPen(m_style.colour(&Palette::muted));
    painter.drawText(rect(), Qt::AlignCenter, words.lines.join(QLatin1Char('\n')));
}

} // namespace facelatch::ui
