// SPDX-License-Identifier: GPL-3.0-or-later
// libqrencode makes the modules, we draw them.
#include "ui/qr_code.h"

#include <QPainter>

#include <algorithm>
#include <memory>

#include <qrencode.h>

namespace facelatch::ui {

QrCode::QrCode(QWidget* parent) : QWidget(parent) {}

void QrCode::setText(const QString& text) {
    if (text == m_text)
        return;
    m_text = text;
    m_modules = 0;
    m_dark.clear();
    const QByteArray bytes = text.toUtf8();
    // The weakest correction: nothing covers a part of a screen, and larger modules are read from further away.
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        bytes.isEmpty() ? nullptr
                        : QRcode_encodeData(static_cast<int>(bytes.size()),
                                            reinterpret_cast<const unsigned char*>(bytes.constData()), 0, QR_ECLEVEL_L),
        QRcode_free);
    if (code) {
        m_modules = code->width;
        const auto all = static_cast<std::size_t>(m_modules) * static_cast<std::size_t>(m_modules);
        for (std::size_t i = 0; i < all; ++i)
            m_dark.push_back((code->data[i] & 1U) != 0);
    }
    update();
}

bool QrCode::isDark(int column, int row) const {
    return m_dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_modules) +
                  static_cast<std::size_t>(column)];
}

void QrCode::restyle(const Style& style) {
    m_style = style;
    setFixedSize(style.px(resources::qrSize), style.px(resources::qrSize));
    update();
}

void QrCode::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), QColor::fromRgb(resources::qrLight));
    if (m_modules == 0)
        return;
    const int module = std::max(1, width() / (m_modules + 2 * resources::qrQuietZone));
    const int edge = (width() - m_modules * module) / 2;
    for (int row = 0; row < m_modules; ++row)
        for (int column = 0; column < m_modules; ++column)
            if (isDark(column, row))
                painter.fillRect(edge + column * module, edge + row * module, module, module,
                                 QColor::fromRgb(resources::qrDark));
}

} // namespace facelatch::ui
