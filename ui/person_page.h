// SPDX-License-Identifier: GPL-3.0-or-later
// PersonPage: one person: name, card, PIN, groups, validity, visits, notes, consent; suspend, new pictures, remove.
#pragma once

#include "ui/admin_page.h"
#include "ui/controls.h"

#include <QJsonObject>
#include <QList>

#include <optional>

class QBoxLayout;

namespace facelatch::ui {

class PersonPage : public AdminPage {
    Q_OBJECT
public:
    PersonPage(const AdminContext& context, const QString& id, QWidget* parent = nullptr);
    QString title() const override;
    void shown() override;
    bool back() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;

private:
    void makeForm();
    void makeActions();
    void read();
    void fill(const QJsonObject& person);
    void fillGroups();
    void showDates();
    void showState();
    void showConsent();
    void chooseDay(bool begin);
    void choosePin();
    /// Only what was changed here.
    QJsonObject changes() const;
    void save();
    void send(QJsonObject change, std::function<void(const QJsonObject&)> done);
    void refused(const core::Error& error, const QJsonObject& change,
                 const std::function<void(const QJsonObject&)>& done);
    void toggleStatus();
    void setStatus(const QString& status, bool undoable);
    void remove();
    QString name() const { return m_person.value(u"name").toString(); }

    QString m_id;
    QJsonObject m_person; ///< as it was read
    QStringList m_allGroups;
    std::optional<QJsonValue> m_from, m_until; ///< chosen here
    ScrollArea* m_scroll;
    BusyLine* m_busy;
    ListRow* m_head;
    TextField* m_name;
    TextField* m_card;
    TextField* m_notes;
    FlowRow* m_groups;
    QList<Chip*> m_groupChips;
    TextBlock* m_groupsNote;
    ListRow* m_begins;
    ListRow* m_ends;
    Toggle* m_limited;
    NumberField* m_uses;
    TextBlock* m_languageLabel;
    Segments* m_language;
    ListRow* m_pin;
    ListRow* m_consent;
    Button* m_save;
    Button* m_status;
    Button* m_pictures;
    Button* m_remove;
    FlowRow* m_actions;
    QBoxLayout* m_foot = nullptr;
};

} // namespace facelatch::ui
