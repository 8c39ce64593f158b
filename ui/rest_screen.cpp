// SPDX-License-Identifier: GPL-3.0-or-later
// Sleeping and waking.
#include "ui/rest_screen.h"

#include <QApplication>
#include <QDateTime>
#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

#include <utility>

namespace facelatch::ui {

using resources::Palette;

namespace {

/// The darkest that a finger can still find its way in.
constexpr double darkest = 0.9;

bool isTouch(QEvent::Type type) {
    return type == QEvent::MouseButtonPress || type == QEvent::TouchBegin || type == QEvent::KeyPress ||
           type == QEvent::MouseButtonRelease || type == QEvent::Wheel;
}

} // namespace

RestScreen::RestScreen(QWidget& window, core::RestTimes times, QLocale locale, Clock clock)
    : QWidget(&window),
      m_window(window),
      m_sleep(times, clock().mono),
      m_locale(std::move(locale)),
      m_clock(std::move(clock)) {
    setObjectName(QStringLiteral("restScreen"));
    setFocusPolicy(Qt::NoFocus);
    qApp->installEventFilter(this);
    connect(&m_timer, &QTimer::timeout, this, &RestScreen::tick);
    m_timer.start(resources::clockPeriodMs);
    place();
}

void RestScreen::setBusy(bool busy) {
    if (std::exchange(m_busy, busy) != busy)
        tick();
}

void RestScreen::setBrightness(int percent) {
    m_brightness = percent;
    place();
}

void RestScreen::tick() {
    const core::Now now = m_clock();
    const core::Rest rest = m_sleep.at(now.mono, m_busy);
    const QString time = m_locale.toString(QDateTime::fromMSecsSinceEpoch(now.wall.time_since_epoch().count()).time(),
                                           QLocale::ShortFormat);
    if (std::exchange(m_time, time) != time)
        update();
    if (rest != m_rest) {
        m_rest = rest;
        Q_EMIT restChanged(rest);
    }
    place();
}

/// Over everything else, whatever was opened since.
void RestScreen::place() {
    const bool asleep = m_rest != core::Rest::Awake;
    setAttribute(Qt::WA_TransparentForMouseEvents, !asleep);
    const bool covers = asleep || m_brightness < resources::fullBrightness;
    if (covers && geometry() != m_window.rect())
        setGeometry(m_window.rect());
    if (covers && (isHidden() || m_window.children().last() != this)) {
        raise();
        show();
    }
    if (!covers)
        hide();
    update();
}

bool RestScreen::eventFilter(QObject* watched, QEvent* event) {
    if (isTouch(event->type()) && m_rest == core::Rest::Awake)
        m_sleep.touched(m_clock().mono);
    else if (event->type() == QEvent::KeyPress && m_rest != core::Rest::Awake) {
        m_sleep.touched(m_clock().mono);
        tick();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RestScreen::mousePressEvent(QMouseEvent*) {
    m_sleep.touched(m_clock().mono);
    tick();
}

void RestScreen::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QColor night = QColor::fromRgb(resources::darkPalette.background);
    if (m_rest == core::Rest::Awake) {
        night.setAlphaF(float(darkest * (resources::fullBrightness - m_brightness) / resources::fullBrightness));
        painter.fillRect(rect(), night);
        return;
    }
    painter.fillRect(rect(), m_rest == core::Rest::Dark ? QColor::fromRgb(resources::screenOff) : night);
    if (m_rest != core::Rest::Clock)
        return;
    // Another place each minute, over the whole screen: nothing burns in.
    painter.setFont(m_style.font(resources::fontDisplay));
    const QSize size = QFontMetrics(painter.font()).size(Qt::TextSingleLine, m_time);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(m_clock().wall).time_since_epoch().count();
    const int freeX = std::max(1, width() - size.width()), freeY = std::max(1, height() - size.height());
    QColor ink = QColor::fromRgb(resources::darkPalette.muted);
    ink.setAlphaF(float(resources::disabledOpacity));
    painter.setPen(ink);
    painter.drawText(QRect(QPoint(static_cast<int>(minutes * resources::restStepX % freeX),
                                  static_cast<int>(minutes * resources::restStepY % freeY)),
                           size),
                     Qt::AlignCenter, m_time);
}

void RestScreen::restyle(const Style& style) {
    m_style = style;
    update();
}

} // namespace facelatch::ui
