// SPDX-License-Identifier: GPL-3.0-or-later
// Typing, dots, wiping.
#include "ui/pin_pad.h"

#include <QBoxLayout>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

/// How many digits there are, and no more.
class PinPad::Dots : public QWidget, public Styled {
public:
    Dots(std::size_t least, QWidget* parent) : QWidget(parent), m_least(least) {
        setObjectName(QStringLiteral("pinDots"));
    }
    void setCount(std::size_t count) {
        m_count = count;
        setAccessibleName(PinPad::tr("%1 digits").arg(m_count));
        update();
    }
    void restyle(const Style& style) override {
        m_style = style;
        setFixedHeight(style.px(resources::pinDots));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto places = static_cast<int>(std::max(m_least, m_count));
        const double dot = m_style.px(resources::pinDot), step = dot + m_style.px(resources::spaceS);
        double x = (width() - places * step + m_style.px(resources::spaceS)) / 2;
        for (int i = 0; i < places; ++i, x += step) {
            const bool filled = i < static_cast<int>(m_count);
            painter.setPen(filled ? QPen(Qt::NoPen)
                                  : QPen(m_style.colour(&Palette::muted), m_style.px(resources::thinLine)));
            painter.setBrush(filled ? QBrush(m_style.colour(&Palette::accent)) : QBrush(Qt::NoBrush));
            painter.drawEllipse(QRectF(x, (height() - dot) / 2, dot, dot));
        }
    }

private:
    std::size_t m_least, m_count = 0;
    Style m_style;
};

PinPad::PinPad(Look look, QWidget* parent)
    : QWidget(parent),
      m_look(look),
      m_dots(new Dots(look.leastDigits, this)),
      m_keys(new KeyPad({.shuffled = look.shuffled, .cancels = look.cancels}, this)),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("pinPad"));
    setFocusProxy(m_keys);
    m_column->addWidget(m_dots);
    m_column->addWidget(m_keys, 1);
    connect(m_keys, &KeyPad::touched, this, &PinPad::touched);
    connect(m_keys, &KeyPad::digit, this, [this](char digit) {
        m_digits.push(digit);
        changed();
    });
    connect(m_keys, &KeyPad::erase, this, [this] {
        m_digits.pop();
        changed();
    });
    connect(m_keys, &KeyPad::accept, this, &PinPad::enter);
    connect(m_keys, &KeyPad::cancel, this, [this] {
        clear();
        Q_EMIT cancelled();
    });
    changed();
}

PinPad::~PinPad() = default;

void PinPad::changed() {
    m_dots->setCount(m_digits.size());
    m_keys->setReady(m_digits.size() >= m_look.leastDigits);
}

void PinPad::clear() {
    m_digits.wipe();
    m_keys->shuffle();
    changed();
}

void PinPad::enter() {
    if (m_digits.size() < m_look.leastDigits)
        return;
    const core::Digits entered = m_digits;
    clear();
    if (m_taken)
        m_taken(entered);
}

void PinPad::setBusy(bool busy) {
    m_keys->setBusy(busy);
}

void PinPad::showEvent(QShowEvent*) {
    clear();
    setFocus();
}

void PinPad::hideEvent(QHideEvent*) {
    m_digits.wipe();
    changed();
}

void PinPad::restyle(const Style& style) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(style.px(resources::spaceS));
}

} // namespace facelatch::ui
