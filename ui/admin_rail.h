// SPDX-License-Identifier: GPL-3.0-or-later
// AdminRail: the six large entries of the admin's screens.
#pragma once

#include "ui/icon.h"
#include "ui/touchable.h"

#include <QList>

class QBoxLayout;

namespace facelatch::ui {

/// A column at the left or, in portrait, a row at the foot. Entries have numbers of the owner's choice.
class AdminRail : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit AdminRail(QWidget* parent = nullptr);
    /// `name` becomes the object's name. The last one (Leave) stands apart, at the end.
    void addEntry(int number, Icon icon, const QString& text, const QString& name);
    void setCurrent(int number);
    int current() const { return m_current; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    void pressed(int number);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Entry;

    QBoxLayout* m_box;
    QList<Entry*> m_entries;
    int m_current = -1;
    Style m_style;
};

} // namespace facelatch::ui
