// SPDX-License-Identifier: GPL-3.0-or-later
// Live pictures.
#include "ui/viewer_live.h"

#include "ui/overlay_geometry.h"
#include "ui/text_block.h"
#include "ui/viewer_words.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

ViewerLive::ViewerLive(ViewerPort& port, QWidget* parent) : QWidget(parent), m_port(port) {
    setObjectName(QStringLiteral("viewerLive"));
    setAccessibleName(ViewerWords::tr("Live view"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
    connect(&port, &ViewerPort::frame, this,
            [this](const QString& door, const QImage& picture, const std::vector<LiveFace>& faces) {
                if (door != m_watched)
                    return;
                m_picture = picture;
                m_faces = faces;
                update();
            });
    connect(&port, &ViewerPort::doorChanged, this, [this](const QString& door) {
        const auto now = door == m_watched ? doorById(m_port, door) : std::nullopt;
        if (now && now->connection != Connection::Online) { // an old picture is not what is there now
            m_picture = {};
            m_faces.clear();
            update();
        }
    });
}

void ViewerLive::setDoor(const QString& door) {
    if (door == m_door)
        return;
    setOn(false);
    m_door = door;
}

void ViewerLive::setOn(bool on) {
    if (on == m_on || (on && m_door.isEmpty()))
        return;
    m_on = on;
    m_picture = {};
    m_faces.clear();
    setVisible(on);
    watch();
    Q_EMIT switched(on);
}

void ViewerLive::watch() {
    const bool seen = m_on && isVisible() && !window()->isMinimized();
    const QString wanted = seen ? m_door : QString();
    if (wanted == m_watched)
        return;
    if (!m_watched.isEmpty())
        m_port.setLive(m_watched, false);
    m_watched = wanted;
    if (!m_watched.isEmpty())
        m_port.setLive(m_watched, true);
}

void ViewerLive::showEvent(QShowEvent*) {
    window()->removeEventFilter(this);
    window()->installEventFilter(this);
    watch();
}

/// Hidden with its window it stops, and does not begin again by itself: a camera is looked through on demand.
void ViewerLive::hideEvent(QHideEvent*) {
    setOn(false);
}

bool ViewerLive::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::WindowStateChange && window()->isMinimized())
        setOn(false);
    return QWidget::eventFilter(watched, event);
}

void ViewerLive::restyle(const Style& style) {
    m_style = style;
    updateGeometry();
    update();
}

QSize ViewerLive::sizeHint() const {
    return {m_style.px(resources::snapshotWidth), m_style.px(resources::snapshotHeight)};
}

QSize ViewerLive::minimumSizeHint() const {
    return {m_style.px(resources::touchTarget), m_style.px(resources::touchTarget)};
}

int ViewerLive::heightForWidth(int width) const {
    return width * resources::snapshotHeight / resources::snapshotWidth;
}

void ViewerLive::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath round;
    round.addRoundedRect(rect(), m_style.px(resources::corner), m_style.px(resources::corner));
    painter.setClipPath(round);
    painter.fillRect(rect(), m_style.colour(&Palette::surface));
    if (m_picture.isNull()) {
        painter.setFont(m_style.font(resources::fontBody));
        painter.setPen(m_style.colour(&Palette::muted));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, ViewerWords::tr("Waiting for the camera …"));
        return;
    }
    const QSizeF size = QSizeF(m_picture.size()).scaled(this->size(), Qt::KeepAspectRatio);
    const QRectF shown(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
    painter.drawImage(shown, m_picture);
    paintFaces(painter, shown);
}

/// Told apart by colour, by the line's width and, once decided, by an icon.
void ViewerLive::paintFaces(QPainter& painter, const QRectF& shown) const {
    const int corner = m_style.px(resources::corner) / 2, side = m_style.px(resources::iconSmall);
    for (const LiveFace& face : m_faces) {
        const bool decided = face.kind == LiveFace::Kind::Granted || face.kind == LiveFace::Kind::Refused;
        const ColourRole colour = face.kind == LiveFace::Kind::Claimant  ? &Palette::accent
                                  : face.kind == LiveFace::Kind::Granted ? &Palette::granted
                                  : face.kind == LiveFace::Kind::Refused ? &Palette::refused
                                                                         : &Palette::outline;
        const int line = m_style.px(face.kind == LiveFace::Kind::Other ? 1 : resources::thinLine);
        const QRectF box = toWidget(face.box, QSizeF(m_picture.size()), shown, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_style.colour(&Palette::background, resources::haloOpacity), line + 2));
        painter.drawRoundedRect(box, corner, corner);
        painter.setPen(QPen(m_style.colour(colour), line));
        painter.drawRoundedRect(box, corner, corner);
        if (!decided)
            continue;
        const QRectF badge(box.left(), std::max(shown.top(), box.top() - side), side, side);
        painter.fillRect(badge, m_style.colour(&Palette::background, resources::noteOpacity));
        painter.drawPixmap(badge.topLeft(), iconPixmap(face.kind == LiveFace::Kind::Granted ? Icon::Tick : Icon::Wave,
                                                       side, m_style.colour(colour), devicePixelRatioF()));
    }
}

} // namespace facelatch::ui
