// SPDX-License-Identifier: GPL-3.0-or-later
// BannerBar: the strip at the top with what people must know about this door all the time.
#pragma once

#include "ui/panel.h"

#include <QStringList>

namespace facelatch::ui {

class BannerBar : public Panel {
    Q_OBJECT
public:
    explicit BannerBar(QWidget* parent = nullptr);
    /// One sentence each; none hides the bar.
    void setTexts(const QStringList& texts);
    /// The height it needs in a window of that width; 0 when it has nothing to say.
    int heightFor(int width) const;

private:
    TextBlock* m_text;
};

} // namespace facelatch::ui
