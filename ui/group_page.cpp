// SPDX-License-Identifier: GPL-3.0-or-later
// Members of a group.
#include "ui/group_page.h"

#include "ui/access_undo.h"
#include "ui/access_words.h"
#include "ui/controls.h"
#include "ui/name_sheet.h"

#include <QBoxLayout>
#include <QJsonArray>

#include <algorithm>

namespace facelatch::ui {

GroupPage::GroupPage(const AdminContext& given, const QString& group, QWidget* parent)
    : AdminPage(given, parent),
      m_group(group),
      m_column(new QVBoxLayout(this)),
      m_search(new SearchField(this)),
      m_list(new ScrollArea(this)),
      m_empty(new EmptyState(Icon::People, AccessWords::tr("Nobody is enrolled yet"),
                             AccessWords::tr("People who are enrolled can be chosen here for this group."), this)),
      m_rename(new Button(Button::Kind::Plain, Icon::Edit, AccessWords::tr("Rename"), this)),
      m_remove(new Button(Button::Kind::Danger, Icon::Trash, AccessWords::tr("Remove this group"), this)) {
    setObjectName(QStringLiteral("groupPage"));
    m_search->setObjectName(QStringLiteral("groupSearch"));
    m_list->setObjectName(QStringLiteral("groupPeople"));
    m_empty->setObjectName(QStringLiteral("groupEmpty"));
    m_remove->setObjectName(QStringLiteral("groupRemove"));
    m_rename->setObjectName(QStringLiteral("groupRename"));
    m_rename->setVisible(may("change_access"));
    m_remove->setVisible(may("change_access"));
    m_empty->hide();
    m_column->addWidget(m_search);
    m_column->addWidget(m_list, 1);
    m_column->addWidget(m_empty, 1);
    m_foot = new QHBoxLayout;
    m_foot->addStretch();
    m_foot->addWidget(m_rename);
    m_foot->addWidget(m_remove);
    m_column->addLayout(m_foot);
    connect(m_search, &SearchField::searched, this, [this] { showPeople(); });
    connect(m_rename, &QAbstractButton::clicked, this, &GroupPage::askName);
    connect(m_remove, &QAbstractButton::clicked, this, &GroupPage::askRemove);
}

QString GroupPage::title() const {
    return cleanName(m_group);
}

void GroupPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(edge, 0, edge, edge / 2);
    m_column->setSpacing(dress().px(resources::spaceXs));
    m_foot->setSpacing(dress().px(resources::spaceXs));
}

void GroupPage::shown() {
    read();
}

void GroupPage::changed(const QString& what) {
    if (what == u"people")
        read();
}

void GroupPage::read() {
    ask(QStringLiteral("person.list"), {}, [this](const QJsonObject& answer) {
        const bool first = !m_known;
        m_known = true;
        QList<Person> people;
        for (const auto& each : answer.value(u"people").toArray()) {
            const QJsonObject person = each.toObject();
            bool member = false;
            for (const auto& group : person.value(u"groups").toArray())
                member = member || group.toString().compare(m_group, Qt::CaseInsensitive) == 0;
            people << Person{person.value(u"id").toString(), person.value(u"name").toString(), member};
        }
        if (first) {
            std::stable_sort(people.begin(), people.end(),
                             [](const Person& a, const Person& b) { return a.member && !b.member; });
        } else { // nobody moves away under the finger
            const auto place = [this](const Person& person) {
                const auto found = std::find_if(m_people.begin(), m_people.end(),
                                                [&](const Person& each) { return each.id == person.id; });
                return found - m_people.begin();
            };
            std::stable_sort(people.begin(), people.end(),
                             [&](const Person& a, const Person& b) { return place(a) < place(b); });
        }
        m_people = people;
        showPeople();
    });
}

void GroupPage::showPeople() {
    m_list->clear();
    int shown = 0;
    for (const Person& person : m_people) {
        if (shown == resources::mostMembersShown || !person.name.contains(m_search->text(), Qt::CaseInsensitive))
            continue;
        ++shown;
        auto* row = new ListRow(person.name, m_list->widget());
        row->setObjectName(QStringLiteral("groupPerson"));
        row->setLeadingIcon(Icon::Person);
        if (person.member)
            row->setChip(AccessWords::tr("In the group"), Tone::Good, Icon::Tick);
        else if (may("change_access"))
            row->setTrailingIcon(Icon::Plus);
        row->setEnabled(may("change_access"));
        connect(row, &QAbstractButton::clicked, this,
                [this, id = person.id, member = person.member] { setMember(id, !member); });
        m_list->add(row);
    }
    if (shown == 0 && !m_people.isEmpty()) {
        auto* none =
            new TextBlock({.fits = {{resources::fontBody, 2}}, .colour = &resources::Palette::muted}, m_list->widget());
        none->setObjectName(QStringLiteral("groupNobody"));
        none->setText(AccessWords::tr("Nobody is called that."));
        m_list->add(none);
    }
    m_empty->setVisible(m_people.isEmpty());
    m_list->setVisible(!m_people.isEmpty());
    m_search->setVisible(!m_people.isEmpty());
    dressUp(*m_list);
}

void GroupPage::setMember(const QString& id, bool member) {
    ask(QStringLiteral("group.members"),
        {{QStringLiteral("group"), m_group},
         {member ? QStringLiteral("add") : QStringLiteral("remove"), QJsonArray{id}}},
        [this, id, member](const QJsonObject&) {
            for (Person& person : m_people)
                if (person.id == id)
                    person.member = member;
            showPeople();
        });
}

void GroupPage::askName() {
    NameSheet::open(this, AccessWords::tr("Name of the group"), m_group, [page = QPointer(this)](const QString& name) {
        if (page && name != page->m_group)
            page->rename(name);
    });
}

void GroupPage::rename(const QString& name) {
    ask(QStringLiteral("group.set"), {{QStringLiteral("group"), m_group}, {QStringLiteral("name"), name}},
        [this, name](const QJsonObject&) {
            m_group = name;
            Q_EMIT titleChanged();
            Q_EMIT notice(AccessWords::tr("It is called %1 now.").arg(cleanName(name)), {});
        });
}

void GroupPage::askRemove() {
    const auto members =
        std::count_if(m_people.begin(), m_people.end(), [](const Person& each) { return each.member; });
    confirm({AccessWords::tr("Remove the group %1?").arg(cleanName(m_group)),
             AccessWords::tr("%1: they stay enrolled, without this group.", "%1 is '3 people'")
                 .arg(AccessWords::people(static_cast<int>(members))),
             AccessWords::tr("Remove"), true},
            [this] { remove(); });
}

void GroupPage::remove() {
    QJsonArray members;
    for (const Person& person : m_people)
        if (person.member)
            members.append(person.id);
    ask(QStringLiteral("group.remove"), {{QStringLiteral("group"), m_group}}, [this, members](const QJsonObject&) {
        Q_EMIT notice(
            AccessWords::tr("The group %1 is removed.").arg(cleanName(m_group)),
            undoBy(context().port, {{QStringLiteral("group.add"), {{QStringLiteral("name"), m_group}}},
                                    {QStringLiteral("group.members"),
                                     {{QStringLiteral("group"), m_group}, {QStringLiteral("add"), members}}}}));
        Q_EMIT done();
    });
}

} // namespace facelatch::ui
