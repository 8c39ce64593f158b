// SPDX-License-Identifier: GPL-3.0-or-later
// PadKey: one key of the number pad, drawn by the style: a digit, a sign or an icon.
#pragma once

#include "ui/icon.h"

#include <QAbstractButton>

#include <optional>

namespace facelatch::ui {

class PadKey : public QAbstractButton, public Styled {
    Q_OBJECT
public:
    explicit PadKey(QWidget* parent = nullptr);
    void setSign(const QString& sign);
    void setIcon(Icon icon, ColourRole colour = &resources::Palette::text);
    /// The key that ends the entry: a field of the accent's colour.
    void setStrong() { m_strong = true; }
    void restyle(const Style& style) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<Icon> m_icon;
    ColourRole m_colour = &resources::Palette::text;
    bool m_strong = false;
    Style m_style;
};

} // namespace facelatch::ui
