// SPDX-License-Identifier: GPL-3.0-or-later
// QrCode: a text as a QR code (ISO/IEC 18004), for the camera of another device.
#pragma once

#include "ui/style.h"

#include <QSize>
#include <QString>
#include <QWidget>

#include <vector>

namespace facelatch::ui {

/// Dark on light with a light zone of four modules around it in every theme, for readers expect that; modules are whole
/// pixels. Gui thread.
class QrCode : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit QrCode(QWidget* parent = nullptr);
    /// Up to 2900 bytes of UTF-8. What is longer, or empty, shows an empty field.
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    /// Modules of a side without the zone around; 0 while there is nothing to show.
    int modules() const { return m_modules; }
    bool isDark(int column, int row) const;
    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    int m_modules = 0;
    std::vector<bool> m_dark; ///< row by row
    Style m_style;
};

} // namespace facelatch::ui
