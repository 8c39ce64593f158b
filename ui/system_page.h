// SPDX-License-Identifier: GPL-3.0-or-later
// SystemPage: what this door is made of, how it does, and tests of its parts.
#pragma once

#include "ui/admin_page.h"
#include "ui/icon.h"

#include <vector>

class QBoxLayout;

namespace facelatch::ui {

class BusyLine;
class ListRow;
class Button;
class Panel;
class ScrollArea;

/// A row of the table of pages that open from here (ui/system_links.cpp).
struct SystemLink {
    const char* name; ///< of the row's object
    Icon icon;
    QString title, line;
    const char* needs; ///< code of a core::Action
    AdminPage* (*make)(const AdminContext& context);
};
/// In the language that is installed.
std::vector<SystemLink> systemLinks();

/// Cards of facts, read when it comes to the front; links to the admins and whatever else is in systemLinks(). Gui
/// thread.
class SystemPage : public AdminPage {
    Q_OBJECT
public:
    explicit SystemPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;

protected:
    void restyled() override;

private:
    void addLinks();
    // system_lockdown.cpp
    void addLockdown();
    void readMode();
    void showMode(const QJsonObject& state);
    void askLockDown();
    void askLift();
    void setLockdown(bool on, const QString& reason);

    void addTests();
    Button* addTest(Panel& card, const char* name, const QString& text, const QString& command, const QString& done);
    void askTest(const QString& command, const QString& done, Button* button);
    void read();
    void show(const QJsonObject& info);
    void look();
    void showLines(const QJsonObject& found);
    void askRestart();

    QBoxLayout* m_column;
    BusyLine* m_busy;
    ScrollArea* m_list;
    ListRow* m_lockdown = nullptr; ///< into a lockdown, or out of it
    bool m_lockedDown = false;
    QWidget* m_facts; ///< the cards of system.info
};

} // namespace facelatch::ui
