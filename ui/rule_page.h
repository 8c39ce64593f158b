// SPDX-License-Identifier: GPL-3.0-or-later
// A new access rule: group, schedule, door, and what is asked for.
#pragma once

#include "core/access_policy.h"
#include "ui/admin_page.h"

#include <QStringList>

namespace facelatch::ui {

class Button;
class ListRow;
class ScrollArea;
class Segments;
class TextBlock;

class RulePage : public AdminPage {
    Q_OBJECT
public:
    explicit RulePage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;

protected:
    void restyled() override;

private:
    TextBlock* addHeading(const QString& text);
    void showChoice();
    void pick(const QString& heading, const QStringList& options, QString& chosen);
    void save();

    QStringList m_groups, m_schedules;
    QString m_group, m_schedule, m_door;
    core::AuthMode m_mode = core::AuthMode::Face;
    core::Factors m_takes{true, false, false};
    class QBoxLayout* m_column;
    ScrollArea* m_scroll;
    ListRow* m_groupRow;
    ListRow* m_scheduleRow;
    Segments* m_doorChoice;
    QList<ListRow*> m_modes;
    TextBlock* m_sentence;
    Button* m_save;
};

} // namespace facelatch::ui
