// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing icons.
#include "ui/icon.h"

#include <QPainter>
#include <QSvgRenderer>

#include <array>

namespace facelatch::ui {

namespace {

constexpr std::array paths{
    ":/facelatch/icons/lock.svg",       ":/facelatch/icons/lock-open.svg",  ":/facelatch/icons/tick.svg",
    ":/facelatch/icons/wave.svg",       ":/facelatch/icons/warning.svg",    ":/facelatch/icons/camera-off.svg",
    ":/facelatch/icons/wrench.svg",     ":/facelatch/icons/info.svg",       ":/facelatch/icons/phone.svg",
    ":/facelatch/icons/exit.svg",       ":/facelatch/icons/face.svg",       ":/facelatch/icons/closer.svg",
    ":/facelatch/icons/step-back.svg",  ":/facelatch/icons/look.svg",       ":/facelatch/icons/light.svg",
    ":/facelatch/icons/one-person.svg", ":/facelatch/icons/hold-still.svg", ":/facelatch/icons/back.svg",
    ":/facelatch/icons/backspace.svg",  ":/facelatch/icons/cancel.svg",     ":/facelatch/icons/keypad.svg",
    ":/facelatch/icons/search.svg",     ":/facelatch/icons/chevron.svg",    ":/facelatch/icons/minus.svg",
    ":/facelatch/icons/plus.svg",       ":/facelatch/icons/people.svg",     ":/facelatch/icons/person.svg",
    ":/facelatch/icons/person-add.svg", ":/facelatch/icons/calendar.svg",   ":/facelatch/icons/log.svg",
    ":/facelatch/icons/sliders.svg",    ":/facelatch/icons/device.svg",     ":/facelatch/icons/edit.svg",
    ":/facelatch/icons/trash.svg",      ":/facelatch/icons/camera.svg",     ":/facelatch/icons/usb.svg",
    ":/facelatch/icons/download.svg",   ":/facelatch/icons/key.svg",        ":/facelatch/icons/clock.svg",
    ":/facelatch/icons/globe.svg",      ":/facelatch/icons/filter.svg",     ":/facelatch/icons/speaker.svg",
    ":/facelatch/icons/play.svg",       ":/facelatch/icons/bell.svg",       ":/facelatch/icons/screen.svg",
};

} // namespace

std::span<const char* const> iconPaths() {
    return paths;
}

QPixmap iconPixmap(Icon icon, int size, const QColor& colour, qreal devicePixelRatio) {
    const QSize pixels = QSize(size, size) * devicePixelRatio;
    QPixmap pixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(QString::fromLatin1(paths[static_cast<std::size_t>(icon)]));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn); // the strokes keep their shape, not their colour
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

IconLabel::IconLabel(Icon icon, int sizeToken, ColourRole colour, QWidget* parent)
    : QWidget(parent), m_icon(icon), m_sizeToken(sizeToken), m_colour(colour) {}

void IconLabel::setIcon(Icon icon) {
    if (icon == m_icon)
        return;
    m_icon = icon;
    m_pixmap = {};
    update();
}

void IconLabel::setColour(ColourRole colour) {
    if (colour == m_colour)
        return;
    m_colour = colour;
    m_pixmap = {};
    update();
}

void IconLabel::restyle(const Style& style) {
    m_style = style;
    m_pixmap = {};
    setFixedSize(style.px(m_sizeToken), style.px(m_sizeToken));
    update();
}

void IconLabel::paintEvent(QPaintEvent*) {
    if (m_pixmap.isNull())
        m_pixmap = iconPixmap(m_icon, width(), m_style.colour(m_colour), devicePixelRatioF());
    QPainter(this).drawPixmap(0, 0, m_pixmap);
}

} // namespace facelatch::ui
