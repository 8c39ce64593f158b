// SPDX-License-Identifier: GPL-3.0-or-later
// ViewersPage: the viewer programs that see this door from elsewhere; pairs, renames and revokes them.
#pragma once

#include "ui/admin_page.h"

#include <QJsonArray>
#include <QTimer>

class QBoxLayout;
class QStackedLayout;

namespace facelatch::ui {

class BusyLine;
class Button;
class PairingPanel;
class ScrollArea;
class Segments;
class TextBlock;
class TextField;

/// A list, then one viewer, or the role of a new one and its code: steps of one page. A pairing ends when its step is
/// left, whichever way. Gui thread.
class ViewersPage : public AdminPage {
    Q_OBJECT
public:
    explicit ViewersPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    bool hasBack() const override { return true; }
    bool back() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;
    void hideEvent(QHideEvent* event) override;

private:
    enum Step { List, One, Role, Code };
    void makeOne();
    void makeRole();
    void go(Step step);
    void read();
    void showList();
    void addRow(const QJsonObject& viewer);
    void open(const QJsonObject& viewer);
    void showRole();
    void save();
    void askRevoke();
    void pair();
    void poll();
    void polled(const QJsonObject& pairing);
    void endPairing();
    void failed(const core::Error& error);
    void finish(const QString& said);

    QPointer<AdminPort> m_port; ///< gone before the screens are, when the program ends
    QJsonArray m_viewers;
    QJsonObject m_viewer; ///< the one that is open
    bool m_pairing = false;
    int m_round = 0; ///< of pairings: an answer to an earlier one is dropped
    QTimer m_poll;
    QBoxLayout* m_column;
    BusyLine* m_busy;
    QStackedLayout* m_steps;
    ScrollArea* m_list;
    ScrollArea* m_one;
    ScrollArea* m_new;
    ScrollArea* m_code;
    TextField* m_name;
    Segments* m_role;
    TextBlock* m_roleLine;
    Button* m_save;
    Segments* m_newRole;
    TextBlock* m_newRoleLine;
    Button* m_showCode;
    PairingPanel* m_panel;
};

} // namespace facelatch::ui
