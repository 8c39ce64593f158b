// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerDoors: the doors as cards: state, last visit, connection.
#pragma once

#include "ui/button.h"
#include "ui/scroll_area.h"
#include "ui/viewer_port.h"

#include <QLocale>

#include <functional>

class QBoxLayout;

namespace facelatch::ui {

/// One door, to be chosen. Everything it shows is in its accessible name as well.
class DoorCard : public Touchable {
    Q_OBJECT
public:
    /// An empty id: the card for all doors together.
    explicit DoorCard(const QString& door, QWidget* parent = nullptr);
    const QString& door() const { return m_door; }
    void show(const ViewerDoor& door, core::WallTime now, const QLocale& locale);
    void showAll(int doors, const QString& connection, bool troubled);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// The lines as they stand there: name, state and last visit, connection.
    QStringList lines() const { return {m_name, m_state, m_last, m_connection}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();
    void paintLine(QPainter& painter, const QRect& place, Icon icon, ColourRole ink, const QString& text,
                   ColourRole colour) const;

    QString m_door, m_name, m_state, m_last, m_connection;
    Icon m_stateIcon = Icon::Lock, m_connectionIcon = Icon::Info, m_lastIcon = Icon::Person;
    ColourRole m_stateColour = &resources::Palette::muted, m_connectionColour = &resources::Palette::muted;
    ColourRole m_lastColour = &resources::Palette::muted;
};

/// Gui thread.
class ViewerDoors : public QWidget, public Styled {
    Q_OBJECT
public:
    ViewerDoors(ViewerPort& port, std::function<core::WallTime()> clock, const QLocale& locale,
                QWidget* parent = nullptr);
    /// Empty: all doors together.
    const QString& current() const { return m_current; }
    void choose(const QString& door);
    /// Ctrl+1 is the first card from above.
    void chooseNth(int index);
    /// Times and states anew.
    void refresh();
    void restyle(const Style& style) override;

Q_SIGNALS:
    void chosen(const QString& door);
    /// About the door that is chosen.
    void detailsAsked(const QString& door);
    void pairAsked();
    void settingsAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void rebuild();
    DoorCard* addCard(const QString& door);

    ViewerPort& m_port;
    std::function<core::WallTime()> m_clock;
    QLocale m_locale;
    QString m_current;
    QBoxLayout* m_column;
    QBoxLayout* m_foot;
    ScrollArea* m_scroll;
    Button* m_details;
    QList<DoorCard*> m_cards;
    Style m_style;
};

} // namespace facelatch::ui
