// SPDX-License-Identifier: GPL-3.0-or-later
// A group: who is in it, chosen from everybody.
#pragma once

#include "ui/admin_page.h"

#include <QSet>

class QBoxLayout;

namespace facelatch::ui {

class Button;
class EmptyState;
class ScrollArea;
class SearchField;

/// Members come first. A touch on a name puts the person in or takes them out, at once.
class GroupPage : public AdminPage {
    Q_OBJECT
public:
    GroupPage(const AdminContext& context, const QString& group, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;

private:
    struct Person {
        QString id, name;
        bool member = false;
    };
    void read();
    void showPeople();
    void setMember(const QString& id, bool member);
    void askName();
    void rename(const QString& name);
    void askRemove();
    void remove();

    QString m_group;
    QList<Person> m_people; ///< members first, as they were when the page was read
    bool m_known = false;
    QBoxLayout* m_column;
    SearchField* m_search;
    ScrollArea* m_list;
    EmptyState* m_empty;
    Button* m_rename;
    Button* m_remove;
    QBoxLayout* m_foot;
};

} // namespace facelatch::ui
