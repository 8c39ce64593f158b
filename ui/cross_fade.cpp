// SPDX-License-Identifier: GPL-3.0-or-later
// Fading.
#include "ui/cross_fade.h"

#include <QPainter>

namespace facelatch::ui {

CrossFade::CrossFade(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    m_opacity.setStartValue(1.0);
    m_opacity.setEndValue(0.0);
    m_opacity.setEasingCurve(QEasingCurve::InOutQuad);
    connect(&m_opacity, &QVariantAnimation::valueChanged, this, [this] { update(); });
    connect(&m_opacity, &QVariantAnimation::finished, this, &CrossFade::stop);
}

void CrossFade::start(int milliseconds) {
    QPixmap last = parentWidget()->grab();
    m_opacity.stop();
    m_last = std::move(last);
    m_opacity.setDuration(milliseconds);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    m_opacity.start();
}

void CrossFade::stop() {
    m_opacity.stop();
    m_last = {};
    hide();
}

void CrossFade::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setOpacity(m_opacity.currentValue().toDouble());
    painter.drawPixmap(0, 0, m_last);
}

} // namespace facelatch::ui
