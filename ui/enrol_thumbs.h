// SPDX-License-Identifier: GPL-3.0-or-later
// EnrolThumbs: the five pictures side by side, each with a button below it.
#pragma once

#include "core/enrolment_view.h"
#include "ui/button.h"

#include <QPixmap>
#include <QWidget>

#include <array>

namespace facelatch::ui {

class EnrolThumbs : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit EnrolThumbs(QWidget* parent = nullptr);
    void setPicture(int index, const QPixmap& picture);
    void restyle(const Style& style) override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void retake(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QRect cell(int index) const;

    std::array<QPixmap, core::faceViews> m_pictures;
    std::array<Button*, core::faceViews> m_buttons{};
    Style m_style;
};

} // namespace facelatch::ui
