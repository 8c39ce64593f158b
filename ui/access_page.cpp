// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of the access screen.
#include "ui/access_page.h"

#include "ui/access_undo.h"
#include "ui/access_words.h"
#include "ui/controls.h"
#include "ui/flow_row.h"
#include "ui/group_page.h"
#include "ui/holiday_page.h"
#include "ui/kit_words.h"
#include "ui/name_sheet.h"
#include "ui/rule_page.h"
#include "ui/schedule_page.h"
#include "ui/time_sheet.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QJsonArray>
#include <QStackedLayout>

namespace facelatch::ui {

namespace {

QString textAt(const QJsonObject& object, QStringView key) {
    return object.value(key).toString();
}

QStringList namesOf(const QJsonArray& list) {
    QStringList names;
    for (const auto& each : list)
        names << textAt(each.toObject(), u"name");
    return names;
}

} // namespace

AccessPage::AccessPage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_column(new QVBoxLayout(this)),
      m_tabs(new FlowRow(this)),
      m_busy(new BusyLine(this)),
      m_body(new QWidget(this)),
      m_stack(new QStackedLayout(m_body)),
      m_list(new ScrollArea(this)),
      m_empty(new EmptyState(Icon::Key, {}, {}, this)),
      m_add(new Button(Button::Kind::Primary, Icon::Plus, AccessWords::tr("Add a group"), this)) {
    setObjectName(QStringLiteral("accessPage"));
    m_list->setObjectName(QStringLiteral("accessList"));
    m_empty->setObjectName(QStringLiteral("accessEmpty"));
    m_add->setObjectName(QStringLiteral("accessAdd"));
    addTab("accessGroups", AccessWords::tr("Groups"), Tab::Groups);
    addTab("accessSchedules", AccessWords::tr("Schedules"), Tab::Schedules);
    addTab("accessHolidays", AccessWords::tr("Holidays"), Tab::Holidays);
    addTab("accessRules", AccessWords::tr("Rules"), Tab::Rules);
    addTab("accessNow", AccessWords::tr("Who may enter"), Tab::Now);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    m_column->addWidget(m_tabs);
    m_column->addWidget(m_busy);
    m_column->addWidget(m_body, 1);
    m_column->addWidget(m_add, 0, Qt::AlignRight);
    connect(m_add, &QAbstractButton::clicked, this, &AccessPage::addPressed);
    showTab(Tab::Groups);
}

QString AccessPage::title() const {
    return AccessWords::tr("Access");
}

void AccessPage::addTab(const char* name, const QString& text, Tab tab) {
    auto* chip = new Chip(text, Tone::Neutral, m_tabs);
    chip->makeFilter();
    chip->setObjectName(QLatin1String(name));
    connect(chip, &QAbstractButton::clicked, this, [this, tab] {
        showTab(tab);
        load();
    });
    m_tabs->add(chip);
    m_chips << chip;
}

void AccessPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(edge, 0, edge, edge / 2);
    m_column->setSpacing(dress().px(resources::spaceXs));
}

void AccessPage::showTab(Tab tab) {
    m_tab = tab;
    for (qsizetype i = 0; i < m_chips.size(); ++i)
        m_chips[i]->setChecked(i == static_cast<int>(tab));
    static const std::array labels{
        QT_TRANSLATE_NOOP("AccessWords", "Add a group"), QT_TRANSLATE_NOOP("AccessWords", "Add a schedule"),
        QT_TRANSLATE_NOOP("AccessWords", "Add a holiday"), QT_TRANSLATE_NOOP("AccessWords", "Add a rule"),
        QT_TRANSLATE_NOOP("AccessWords", "Another time")};
    m_add->setText(AccessWords::tr(labels[static_cast<std::size_t>(tab)]));
    m_add->setSymbol(tab == Tab::Now ? Icon::Clock : Icon::Plus);
    m_add->setKind(tab == Tab::Now ? Button::Kind::Plain : Button::Kind::Primary);
    m_add->setVisible(tab == Tab::Now || may("change_access"));
    m_add->updateGeometry();
    m_list->clear();
    m_stack->setCurrentIndex(0);
}

void AccessPage::shown() {
    load();
}

void AccessPage::changed(const QString& what) {
    if (what == u"access" || what == u"people")
        load();
}

void AccessPage::load() {
    switch (m_tab) {
    case Tab::Groups:
        return read(QStringLiteral("group.list"), {}, &AccessPage::showGroups);
    case Tab::Schedules:
        return read(QStringLiteral("schedule.list"), {}, &AccessPage::showSchedules);
    case Tab::Holidays:
        return read(QStringLiteral("holiday.list"), {}, &AccessPage::showHolidays);
    case Tab::Rules:
        return read(QStringLiteral("rule.list"), {}, &AccessPage::showRules);
    case Tab::Now:
        break;
    }
    QJsonObject args;
    if (m_at != 0)
        args.insert(QStringLiteral("time"), m_at);
    read(QStringLiteral("access.preview"), args, &AccessPage::showPreview);
}

void AccessPage::read(const QString& command, const QJsonObject& args, Fill fill) {
    m_busy->setBusy(true);
    const int round = ++m_round;
    ask(
        command, args,
        [this, fill, round](const QJsonObject& answer) {
            if (round != m_round)
                return;
            m_busy->setBusy(false);
            m_list->clear();
            m_stack->setCurrentIndex(0);
            (this->*fill)(answer);
        },
        [this, round](const core::Error& error) {
            if (round != m_round)
                return;
            m_busy->setBusy(false);
            showEmpty(AccessWords::tr("This cannot be read now"), KitWords::error(error));
        });
}

void AccessPage::showEmpty(const QString& title, const QString& text) {
    m_empty->setTexts(title, text);
    m_stack->setCurrentIndex(1);
}

ListRow* AccessPage::addRow(const char* name, const QString& rowTitle, const QString& detail) {
    auto* row = new ListRow(rowTitle, m_list->widget());
    row->setObjectName(QLatin1String(name));
    row->setDetail(detail);
    m_list->add(row);
    return row;
}

void AccessPage::showGroups(const QJsonObject& answer) {
    const QJsonArray groups = answer.value(u"groups").toArray();
    m_groups = namesOf(groups);
    for (const auto& each : groups) {
        const QJsonObject group = each.toObject();
        const QString name = textAt(group, u"name");
        ListRow* row = addRow("groupRow", name, AccessWords::people(group.value(u"members").toInt()));
        row->setLeadingIcon(Icon::People);
        row->setChevron(true);
        connect(row, &QAbstractButton::clicked, this, [this, name] { Q_EMIT opens(new GroupPage(context(), name)); });
    }
    if (groups.isEmpty())
        showEmpty(AccessWords::tr("No groups yet"),
                  AccessWords::tr("A group gathers people who may enter at the same times, such as the staff. "
                                  "Add one, then choose who is in it."));
    dressUp(*m_list);
}

void AccessPage::showSchedules(const QJsonObject& answer) {
    const QJsonArray schedules = answer.value(u"schedules").toArray();
    m_schedules = namesOf(schedules);
    for (const auto& each : schedules) {
        const QJsonObject schedule = each.toObject();
        const auto week = core::parseWeek(textAt(schedule, u"periods").toStdString());
        ListRow* row = addRow("scheduleRow", textAt(schedule, u"name"),
                              week ? AccessWords::week(*week, context().locale) : textAt(schedule, u"periods"));
        row->setLeadingIcon(Icon::Clock);
        row->setChevron(true);
        connect(row, &QAbstractButton::clicked, this,
                [this, schedule] { Q_EMIT opens(new SchedulePage(context(), schedule, false)); });
    }
    if (schedules.isEmpty())
        showEmpty(AccessWords::tr("No schedules yet"),
                  AccessWords::tr("A schedule says at which hours of the week a rule holds. Add one and paint "
                                  "its hours with a finger."));
    dressUp(*m_list);
}

void AccessPage::showHolidays(const QJsonObject& answer) {
    const QJsonArray holidays = answer.value(u"holidays").toArray();
    for (const auto& each : holidays) {
        const QJsonObject holiday = each.toObject();
        const auto date = core::parseHolidayDate(textAt(holiday, u"date").toStdString());
        const auto periods = core::parseDay(textAt(holiday, u"periods").toStdString());
        const QString when = date ? AccessWords::date(*date, context().locale) : textAt(holiday, u"date");
        const QString name = textAt(holiday, u"name");
        ListRow* row = addRow("holidayRow", name.isEmpty() ? when : name + QStringLiteral(" · ") + when,
                              periods ? AccessWords::exceptionDay(*periods) : textAt(holiday, u"periods"));
        row->setLeadingIcon(Icon::Calendar);
        if (!may("change_access"))
            continue;
        row->setTrailingIcon(Icon::Trash);
        connect(row, &QAbstractButton::clicked, this, [this, holiday] { askRemoveHoliday(holiday); });
    }
    if (holidays.isEmpty())
        showEmpty(AccessWords::tr("No holidays yet"),
                  AccessWords::tr("On a holiday the door keeps other hours, or stays closed, for all schedules "
                                  "that heed holidays."));
    dressUp(*m_list);
}

void AccessPage::showRules(const QJsonObject& answer) {
    const QJsonArray rules = answer.value(u"rules").toArray();
    for (const auto& each : rules) {
        const QJsonObject rule = each.toObject();
        const auto mode = core::authModeFrom(textAt(rule, u"mode").toStdString()).value_or(core::AuthMode::Face);
        const QString door = textAt(rule, u"door");
        ListRow* row = addRow("ruleRow", textAt(rule, u"group") + QStringLiteral(" · ") + textAt(rule, u"schedule"),
                              AccessWords::mode(mode) + QStringLiteral(" · ") +
                                  (door.isEmpty() ? AccessWords::everyDoor() : AccessWords::tr("Door %1").arg(door)));
        row->setLeadingIcon(Icon::Key);
        if (!may("change_access"))
            continue;
        row->setTrailingIcon(Icon::Trash);
        connect(row, &QAbstractButton::clicked, this, [this, rule] { askRemoveRule(rule); });
    }
    if (rules.isEmpty() && answer.value(u"lost").toBool())
        showEmpty(AccessWords::tr("The rules were lost"),
                  AccessWords::tr("There were rules, and damage took them. Until you add them again, the "
                                  "door lets nobody in."));
    else if (rules.isEmpty())
        showEmpty(AccessWords::tr("No rules yet"),
                  AccessWords::tr("Without any rule everybody enrolled may enter at any time. With the first rule, "
                                  "only who is in its group may, in its hours."));
    dressUp(*m_list);
}

void AccessPage::showPreview(const QJsonObject& answer) {
    const QDateTime at = QDateTime::fromString(textAt(answer, u"local"), Qt::ISODate);
    auto* heading = new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, resources::mostLines}},
                                   .colour = &resources::Palette::muted,
                                   .bold = true,
                                   .balanced = false},
                                  m_list->widget());
    heading->setObjectName(QStringLiteral("previewTime"));
    const QString when = context().locale.toString(at, QStringLiteral("dddd d MMMM yyyy, HH:mm"));
    heading->setText(m_at == 0 ? AccessWords::tr("Now: %1").arg(when) : when);
    m_list->add(heading);
    const QJsonArray people = answer.value(u"people").toArray();
    for (const auto& each : people) {
        const QJsonObject person = each.toObject();
        QStringList why;
        const bool enters = person.value(u"may_enter").toBool();
        if (enters) {
            for (const auto& code : person.value(u"modes").toArray())
                if (const auto mode = core::authModeFrom(code.toString().toStdString()))
                    why << AccessWords::mode(*mode);
        } else if (const auto reason = core::reasonFromCode(textAt(person, u"reason").toStdString())) {
            why << AccessWords::reason(*reason, context().locale);
        }
        if (!textAt(person, u"schedule").isEmpty())
            why << textAt(person, u"group") + QStringLiteral(", ") + textAt(person, u"schedule");
        ListRow* row = addRow("previewRow", textAt(person, u"name"), why.join(QStringLiteral(" · ")));
        row->setChip(enters ? AccessWords::tr("May enter") : AccessWords::tr("May not"),
                     enters ? Tone::Good : Tone::Attention, enters ? Icon::Tick : Icon::Wave);
    }
    if (people.isEmpty())
        showEmpty(AccessWords::tr("Nobody is enrolled yet"),
                  AccessWords::tr("Here you will see who may enter at a time you choose, and why "
                                  "not."));
    dressUp(*m_list);
}

void AccessPage::addPressed() {
    switch (m_tab) {
    case Tab::Groups:
        return addGroup();
    case Tab::Schedules:
        return addSchedule();
    case Tab::Holidays:
        Q_EMIT opens(new HolidayPage(context()));
        return;
    case Tab::Rules:
        Q_EMIT opens(new RulePage(context()));
        return;
    case Tab::Now:
        askTime();
    }
}

void AccessPage::addGroup() {
    NameSheet::open(
        this, AccessWords::tr("Name of the group"), freeName(m_groups, AccessWords::tr("Group %1")),
        [page = QPointer(this)](const QString& name) {
            if (!page)
                return;
            page->ask(QStringLiteral("group.add"), {{QStringLiteral("name"), name}}, [page](const QJsonObject& added) {
                Q_EMIT page->opens(new GroupPage(page->context(), added.value(u"name").toString()));
            });
        });
}

void AccessPage::addSchedule() {
    NameSheet::open(this, AccessWords::tr("Name of the schedule"),
                    freeName(m_schedules, AccessWords::tr("Schedule %1")),
                    [page = QPointer(this)](const QString& name) {
                        if (page)
                            Q_EMIT page->opens(
                                new SchedulePage(page->context(), QJsonObject{{QStringLiteral("name"), name}}, true));
                    });
}

void AccessPage::askRemoveHoliday(const QJsonObject& holiday) {
    const auto date = core::parseHolidayDate(textAt(holiday, u"date").toStdString());
    const QString name = textAt(holiday, u"name");
    const QString what = name.isEmpty() && date ? AccessWords::date(*date, context().locale) : cleanName(name);
    confirm({AccessWords::tr("Remove the holiday %1?").arg(what),
             AccessWords::tr("The door keeps its usual hours that day."), AccessWords::tr("Remove"), true},
            [this, holiday, what] {
                ask(QStringLiteral("holiday.remove"), {{QStringLiteral("date"), holiday.value(u"date")}},
                    [this, holiday, what](const QJsonObject&) {
                        load();
                        Q_EMIT notice(AccessWords::tr("The holiday %1 is removed.").arg(what),
                                      undoBy(context().port, {{QStringLiteral("holiday.add"), holiday}}));
                    });
            });
}

void AccessPage::askRemoveRule(const QJsonObject& rule) {
    const QString what = textAt(rule, u"group") + QStringLiteral(" · ") + textAt(rule, u"schedule");
    confirm({AccessWords::tr("Remove the rule %1?").arg(what),
             m_list->findChildren<ListRow*>(QStringLiteral("ruleRow")).size() == 1
                 ? AccessWords::tr("It is the last one: then everybody enrolled may enter at any time.")
                 : AccessWords::tr("Who enters by this rule alone stays outside then."),
             AccessWords::tr("Remove"), true},
            [this, rule, what] {
                ask(QStringLiteral("rule.remove"), rule, [this, rule, what](const QJsonObject&) {
                    load();
                    Q_EMIT notice(AccessWords::tr("The rule %1 is removed.").arg(what),
                                  undoBy(context().port, {{QStringLiteral("rule.add"), rule}}));
                });
            });
}

void AccessPage::askTime() {
    const qint64 now = context().clock().wall.time_since_epoch().count();
    TimeSheet::open(this, context().locale, m_at == 0 ? now : m_at, now, [page = QPointer(this)](qint64 at) {
        if (!page)
            return;
        page->m_at = at;
        page->load();
    });
}

} // namespace facelatch::ui
