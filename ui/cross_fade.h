// SPDX-License-Identifier: GPL-3.0-or-later
// CrossFade: the last look of a window, fading over the new one.
#pragma once

#include <QPixmap>
#include <QVariantAnimation>
#include <QWidget>

namespace facelatch::ui {

/// Lies over its parent. The new state is there at once, below; only its look arrives softly. Takes no input.
class CrossFade : public QWidget {
    Q_OBJECT
public:
    explicit CrossFade(QWidget* parent);
    /// Takes the parent's look now and fades it away. A fade that is under way goes into the new one.
    void start(int milliseconds);
    void stop();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPixmap m_last;
    QVariantAnimation m_opacity;
};

} // namespace facelatch::ui
