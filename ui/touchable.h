// SPDX-License-Identifier: GPL-3.0-or-later
// Touchable: what everything that is pressed has in common: a style, a pressed look, a focus ring.
#pragma once

#include "ui/style.h"

#include <QAbstractButton>

class QPainter;

namespace facelatch::ui {

/// A button that paints itself. The ring shows only when the focus came by a key: a finger needs none. Gui thread.
class Touchable : public QAbstractButton, public Styled {
    Q_OBJECT
public:
    explicit Touchable(QWidget* parent = nullptr);
    void restyle(const Style& style) override;
    /// The size hint, that no layout squeezes it below a finger's width.
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    const Style& look() const { return m_look; }
    /// The style changed: what depends on it is to be made anew.
    virtual void restyled() {}
    /// The field with round corners, the veil of a press and the ring, in this order. `edge` may be null.
    void paintField(QPainter& painter, const QRectF& field, const QColor& fill, ColourRole edge) const;
    void paintRing(QPainter& painter, const QRectF& field) const;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    Style m_look;
    bool m_ring = false;
};

/// Whether a focus that came for this reason is shown by a ring.
bool cameByKey(Qt::FocusReason reason);

} // namespace facelatch::ui
