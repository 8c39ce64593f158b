// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerAttention: the bar on top: whoever rings, and what needs somebody's eyes.
#pragma once

#include "ui/button.h"
#include "ui/panel.h"
#include "ui/viewer_port.h"

#include <QPixmap>
#include <QSet>

class QBoxLayout;

namespace facelatch::ui {

/// Hidden while there is nothing. What was put away comes back when it happens anew. Gui thread.
class ViewerAttention : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit ViewerAttention(ViewerPort& port, QWidget* parent = nullptr);
    void refresh();
    void restyle(const Style& style) override;

Q_SIGNALS:
    /// The door it is about is to be seen.
    void doorAsked(const QString& door);

private:
    struct Matter {
        QString key; ///< the same while it is the same matter
        QString door;
        Icon icon = Icon::Warning;
        bool alarm = false;
        QString text;
    };
    std::vector<Matter> matters() const;
    Panel* addRow(bool alarm, Icon icon, const QPixmap& picture, const char* name, const QString& text);
    Button* addButton(Panel* row, const char* name, const QString& text);
    void addRing(const ViewerRing& ring);
    void addMatter(const Matter& matter);
    void rebuild(const std::vector<ViewerRing>& rings, const std::vector<Matter>& open);

    ViewerPort& m_port;
    QBoxLayout* m_column;
    QSet<QString> m_putAway;
    QString m_shown; ///< what the rows were made from: they are not made anew under a finger
    Style m_style;
};

} // namespace facelatch::ui
