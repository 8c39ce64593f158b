// SPDX-License-Identifier: GPL-3.0-or-later
// Laying the keys, and their order.
#include "ui/key_pad.h"

#include "ui/pad_key.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>
#include <numeric>

namespace facelatch::ui {

namespace {

constexpr int columns = resources::padColumns;
constexpr int lastRow = columns; ///< below three rows of three

constexpr char digitOf(int number) {
    return static_cast<char>('0' + number);
}

} // namespace

KeyPad::KeyPad(KeyPadLook look, QWidget* parent) : QWidget(parent), m_look(look), m_grid(new QGridLayout(this)) {
    setObjectName(QStringLiteral("keyPad"));
    setFocusPolicy(Qt::StrongFocus);
    for (std::size_t place = 0; place < m_order.size(); ++place) {
        const int at = static_cast<int>(place);
        const bool foot = place + 1 == m_order.size();
        m_digits.push_back(add("", foot ? lastRow : at / columns, foot ? 1 : at % columns));
    }
    m_erase = add("padErase", 0, columns);
    m_erase->setIcon(Icon::Backspace);
    m_erase->setAccessibleName(tr("Delete the last digit"));
    if (m_look.cancels) {
        m_cancel = add("padCancel", 1, columns);
        m_cancel->setIcon(Icon::Cancel);
        m_cancel->setAccessibleName(tr("Cancel"));
    }
    m_accept = add("padAccept", m_look.cancels ? 2 : 1, columns, m_look.cancels ? 2 : columns);
    m_accept->setIcon(Icon::Tick, &resources::Palette::text);
    m_accept->setStrong();
    m_accept->setAccessibleName(tr("OK"));
    if (m_look.minus) {
        m_minus = add("padMinus", lastRow, 0);
        m_minus->setSign(QStringLiteral("−"));
    }
    if (m_look.point) {
        m_point = add("padPoint", lastRow, 2);
        m_point->setSign(QString(QLocale().decimalPoint()));
    }
    layDigits();
    setReady(false);
}

PadKey* KeyPad::add(const char* name, int row, int column, int rows) {
    auto* key = new PadKey(this);
    key->setObjectName(QLatin1String(name));
    m_grid->addWidget(key, row, column, rows, 1);
    connect(key, &PadKey::clicked, this, [this, key] { press(key); });
    return key;
}

void KeyPad::shuffle() {
    if (m_look.shuffled)
        layDigits();
}

/// Shuffled by the system's generator: a predictable order would be no order.
void KeyPad::layDigits() {
    std::iota(m_order.begin(), m_order.end(), 1);
    m_order.back() = 0;
    if (m_look.shuffled)
        std::shuffle(m_order.begin(), m_order.end(), *QRandomGenerator::system());
    for (std::size_t place = 0; place < m_order.size(); ++place) {
        const QString sign(QLatin1Char(digitOf(m_order[place])));
        m_digits[place]->setSign(sign);
        m_digits[place]->setObjectName(QStringLiteral("padKey") + sign);
    }
}

void KeyPad::setReady(bool ready) {
    m_ready = ready;
    m_accept->setEnabled(m_ready && !m_busy);
}

void KeyPad::setBusy(bool busy) {
    m_busy = busy;
    for (PadKey* key : findChildren<PadKey*>())
        if (key != m_cancel)
            key->setEnabled(!m_busy);
    setReady(m_ready);
}

void KeyPad::press(PadKey* key) {
    Q_EMIT touched();
    if (key == m_erase)
        Q_EMIT erase();
    else if (key == m_accept)
        Q_EMIT accept();
    else if (key == m_cancel)
        Q_EMIT cancel();
    else if (key == m_point)
        Q_EMIT point();
    else if (key == m_minus)
        Q_EMIT minus();
    else
        Q_EMIT digit(key->text().front().toLatin1());
}

void KeyPad::keyPressEvent(QKeyEvent* event) {
    const auto pressIf = [&](PadKey* key) {
        if (key != nullptr && key->isEnabled())
            press(key);
    };
    switch (event->key()) {
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        return pressIf(m_erase);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return pressIf(m_accept);
    case Qt::Key_Escape:
        return pressIf(m_cancel);
    case Qt::Key_Minus:
        return pressIf(m_minus);
    case Qt::Key_Period:
    case Qt::Key_Comma:
        return pressIf(m_point);
    default:
        break;
    }
    if (const QString text = event->text(); text.size() == 1)
        if (auto* key = findChild<PadKey*>(QStringLiteral("padKey") + text))
            return pressIf(key);
    QWidget::keyPressEvent(event);
}

void KeyPad::restyle(const Style& style) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
