// SPDX-License-Identifier: GPL-3.0-or-later
// ListRow: a line of a list: a picture or icon, two lines of text, and what it leads to.
#pragma once

#include "ui/choices.h"

namespace facelatch::ui {

/// Pressed as a whole. Plain text; what does not fit is elided, for a list shows many. 64 px high with two lines or a
/// picture, 48 with one.
class ListRow : public Touchable {
    Q_OBJECT
public:
    explicit ListRow(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    QString title() const { return m_title; }
    /// The second line; empty for none.
    void setDetail(const QString& detail);
    /// Round, cut to a square; a null one shows the icon, if there is one.
    void setPicture(const QPixmap& picture);
    void setLeadingIcon(Icon icon, ColourRole colour = &resources::Palette::muted);
    /// A chip at the end, in the row's own keeping; an empty text takes it away.
    void setChip(const QString& text, Tone tone, std::optional<Icon> symbol = {});
    Chip* chip() const { return m_chip; }
    void setChevron(bool leadsOn);
    void setTrailingIcon(Icon icon);
    FittedText fittedTitle() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void restyled() override;

private:
    int leadingWidth() const;
    int textLeft() const;
    int textWidth() const;
    void placeChip();
    void describe();

    QString m_title, m_detail;
    QPixmap m_picture;
    std::optional<Icon> m_leading, m_trailing;
    ColourRole m_leadingColour = nullptr;
    Chip* m_chip = nullptr;
    QPixmap m_drawnLeading, m_drawnTrailing;
};

} // namespace facelatch::ui
