// SPDX-License-Identifier: GPL-3.0-or-later
// PeoplePage: everybody who is enrolled, found by typing, and the ways to add somebody.
#pragma once

#include "ui/admin_page.h"
#include "ui/controls.h"
#include "ui/people_cards.h"

namespace facelatch::ui {

class PeoplePage : public AdminPage {
    Q_OBJECT
public:
    explicit PeoplePage(const AdminContext& context, QWidget* parent = nullptr);
    QString title() const override;
    void shown() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void read();
    void readPicture(const QString& id);
    void nextPicture();
    void readAlike();
    void showEmpty();
    void place();

    SearchField* m_search;
    BusyLine* m_busy;
    ListRow* m_alike; ///< people who are hardly told apart
    ScrollArea* m_scroll;
    PeopleCards* m_cards;
    QWidget* m_below; ///< so that the last card can stand above the buttons
    EmptyState* m_empty;
    Button* m_add;
    Button* m_import;
    QStringList m_wanted; ///< pictures; the one seen last comes first
    int m_underway = 0;
    int m_people = 0;
};

} // namespace facelatch::ui
