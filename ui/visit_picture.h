// SPDX-License-Identifier: GPL-3.0-or-later
// VisitPicture: the snapshot of a visit, as large as its place.
#pragma once

#include "ui/style.h"

#include <QPixmap>
#include <QWidget>

namespace facelatch::ui {

/// Before the picture, and without one, what there is to say instead. Gui thread.
class VisitPicture : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit VisitPicture(QWidget* parent);
    void setPicture(const QPixmap& picture);
    bool hasPicture() const { return !m_picture.isNull(); }
    /// Takes the picture away where there is one.
    void clear();
    void setNote(const QString& note);
    const QString& note() const { return m_note; }
    void restyle(const Style& style) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Style m_style;
    QPixmap m_picture;
    QString m_note;
};

} // namespace facelatch::ui
