// SPDX-License-Identifier: GPL-3.0-or-later
// Placing and drawing the notes.
#include "ui/installer_overlay.h"

#include "ui/installer_words.h"
#include "ui/overlay_geometry.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <array>

namespace facelatch::ui {

using core::Screen;
using resources::Palette;

namespace {

/// A wide screen has little room above an answer.
QStringList inTwoLines(const QStringList& lines, bool portrait) {
    if (portrait)
        return lines;
    const QString dot = QStringLiteral("  \u00B7  ");
    const qsizetype half = (lines.size() + 1) / 2;
    return {lines.mid(0, half).join(dot), lines.mid(half).join(dot)};
}

} // namespace

InstallerOverlay::InstallerOverlay(const QLocale& locale, bool mirrored, QWidget* parent)
    : QWidget(parent), m_locale(locale), m_mirrored(mirrored) {
    setObjectName(QStringLiteral("installerOverlay"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void InstallerOverlay::setView(const core::VisitorView& view) {
    if (view.installer == m_view && view.screen == m_screen)
        return;
    m_view = view.installer;
    m_screen = view.screen;
    const bool picture = m_screen == Screen::Looking || m_screen == Screen::Granted || m_screen == Screen::Refused;
    setVisible(m_view != nullptr && picture);
    layOut();
}

void InstallerOverlay::setTop(int top) {
    m_top = top;
    layOut();
}

void InstallerOverlay::restyle(const Style& style) {
    m_style = style;
    layOut();
}

void InstallerOverlay::resizeEvent(QResizeEvent*) {
    layOut();
}

QSize InstallerOverlay::sizeOf(const QStringList& lines) const {
    const QFontMetrics metrics(m_style.font(resources::fontSmall));
    int widest = 0;
    for (const QString& line : lines)
        widest = std::max(widest, metrics.horizontalAdvance(line) + 1);
    const int margin = 2 * m_style.px(resources::spaceXs);
    return {std::min(widest + margin, width() - margin), metrics.height() * static_cast<int>(lines.size()) + margin};
}

QRect InstallerOverlay::boxOf(const core::RectF& box) const {
    const QSizeF picture(m_view->frameWidth, m_view->frameHeight);
    return toWidget(box, picture, pictureRect(picture, size(), m_style.px(resources::helpZone)), m_mirrored).toRect();
}

QRect InstallerOverlay::placeBeside(const QRect& box, QSize size, bool mayCoverOthers) const {
    const auto& faces = m_view->faces;
    const int gap = m_style.px(resources::spaceXs);
    const QRect room(gap, m_top + gap, width() - 2 * gap, height() - m_top - m_style.px(resources::helpZone) - gap);
    const int middle = std::clamp(box.center().x() - size.width() / 2, room.left(),
                                  std::max(room.left(), room.right() - size.width()));
    const QRect head = ovalAround(box).toRect();
    const std::array corners{QPoint(head.right() + gap, box.top()),
                             QPoint(head.left() - gap - size.width(), box.top()),
                             QPoint(middle, head.bottom() + gap),
                             QPoint(middle, head.top() - gap - size.height()),
                             QPoint(room.right() - size.width(), box.top()), // over the oval, not over the face
                             QPoint(room.left(), box.top())};
    for (const QPoint& corner : corners) {
        QRect place(corner, size);
        if (place.left() < room.left() || place.right() > room.right())
            continue;
        place.moveTop(std::clamp(place.top(), room.top(), std::max(room.top(), room.bottom() - size.height())));
        for (const Note& other : m_notes) // below whatever stands there already
            if (place.intersects(other.place))
                place.moveTop(other.place.bottom() + gap);
        const auto covers = [&](const QRect& other) { return place.intersects(other); };
        const bool free =
            std::none_of(m_notes.begin(), m_notes.end(), [&](const Note& note) { return covers(note.place); }) &&
            !covers(box) && (mayCoverOthers || std::none_of(faces.begin(), faces.end(), [&](const auto& other) {
                                 return covers(boxOf(other.face.box));
                             }));
        if (free && room.contains(place))
            return place;
    }
    return {};
}

/// The door's facts stand in the corner; a face's note beside it, as long as there is room. Before an answer only the
/// face that it is about is told, in the corner.
void InstallerOverlay::layOut() {
    m_notes.clear();
    update();
    if (m_view == nullptr)
        return;
    const int gap = m_style.px(resources::spaceXs);
    const auto corner = [&](int top, const QStringList& lines) {
        m_notes.push_back({QRect(QPoint(gap, m_top + top), sizeOf(lines)), lines});
    };
    const auto& faces = m_view->faces;
    if (m_screen != Screen::Looking) {
        if (!faces.empty())
            corner(gap, inTwoLines(InstallerWords::face(faces.front(), m_view->facts, m_locale), m_style.portrait));
        return;
    }
    // In portrait the state of the lock stands beside; it needs the strip for itself.
    corner(m_style.portrait ? m_style.px(resources::touchTarget) : gap, InstallerWords::door(*m_view, m_locale));
    for (const core::InspectedFace& face : faces) {
        const QStringList lines = InstallerWords::face(face, m_view->facts, m_locale);
        const QRect box = boxOf(face.face.box);
        QRect place = placeBeside(box, sizeOf(lines), false);
        if (!place.isValid())
            place = placeBeside(box, sizeOf(lines), true);
        if (place.isValid())
            m_notes.push_back({place, lines});
    }
}

void InstallerOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_style.font(resources::fontSmall));
    const int corner = m_style.px(resources::corner), margin = m_style.px(resources::spaceXs);
    for (const Note& note : m_notes) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_style.colour(&Palette::surface, resources::noteOpacity));
        painter.drawRoundedRect(note.place, corner, corner);
        painter.setPen(m_style.colour(&Palette::text));
        QRect line = note.place.adjusted(margin, margin, -margin, 0);
        line.setHeight(painter.fontMetrics().height());
        for (const QString& text : note.lines) {
            painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextForceLeftToRight,
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
            line.translate(0, line.height());
        }
    }
}

} // namespace facelatch::ui
