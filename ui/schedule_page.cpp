// SPDX-License-Identifier: GPL-3.0-or-later
// Editing a schedule.
#include "ui/schedule_page.h"

#include "ui/access_undo.h"
#include "ui/access_words.h"
#include "ui/controls.h"
#include "ui/name_sheet.h"
#include "ui/week_grid.h"

#include <QBoxLayout>
#include <QPointer>

namespace facelatch::ui {

SchedulePage::SchedulePage(const AdminContext& given, const QJsonObject& schedule, bool isNew, QWidget* parent)
    : AdminPage(given, parent),
      m_schedule(schedule),
      m_isNew(isNew),
      m_column(new QVBoxLayout(this)),
      m_foot(new QHBoxLayout),
      m_buttons(new QHBoxLayout),
      m_scroll(new ScrollArea(this)),
      m_grid(new WeekGrid(context().locale)),
      m_sentence(
          new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .balanced = false}, this)),
      m_through(new Toggle(AccessWords::tr("On holidays too"), this)),
      m_rename(new Button(Button::Kind::Plain, Icon::Edit, AccessWords::tr("Rename"), this)),
      m_remove(new Button(Button::Kind::Danger, Icon::Trash, AccessWords::tr("Remove"), this)),
      m_save(new Button(Button::Kind::Primary, AccessWords::tr("Save"), this)) {
    setObjectName(QStringLiteral("schedulePage"));
    m_grid->setObjectName(QStringLiteral("weekGrid"));
    m_sentence->setObjectName(QStringLiteral("scheduleSentence"));
    m_through->setObjectName(QStringLiteral("scheduleThrough"));
    m_rename->setObjectName(QStringLiteral("scheduleRename"));
    m_remove->setObjectName(QStringLiteral("scheduleRemove"));
    m_save->setObjectName(QStringLiteral("scheduleSave"));
    if (const auto read = core::parseWeek(schedule.value(u"periods").toString().toStdString()))
        m_stored = *read;
    m_grid->setCells(core::WeekCells(m_stored));
    m_through->setChecked(schedule.value(u"through_holidays").toBool());
    const bool mayChange = may("change_access");
    m_grid->setEnabled(mayChange);
    m_through->setEnabled(mayChange);
    m_save->setVisible(mayChange);
    for (Button* button : {m_rename, m_remove})
        button->setVisible(mayChange && !isNew);
    m_foot->addWidget(m_through);
    m_foot->addStretch();
    m_foot->addLayout(m_buttons);
    m_buttons->addStretch();
    for (Button* button : {m_rename, m_remove, m_save})
        m_buttons->addWidget(button);
    m_scroll->setObjectName(QStringLiteral("scheduleScroll"));
    m_scroll->setMargin(0);
    m_scroll->add(m_grid);
    m_scroll->column()->setStretchFactor(m_grid, 1);
    m_column->addWidget(m_scroll, 1);
    m_column->addWidget(m_sentence);
    m_column->addLayout(m_foot);
    connect(m_grid, &WeekGrid::changed, this, [this] {
        m_painted = true;
        showSentence();
    });
    connect(m_grid, &WeekGrid::dayPressed, this, &SchedulePage::askDay);
    connect(m_grid, &WeekGrid::paintedAt, this, [this](QPoint place) {
        const QPoint inside = m_grid->mapTo(m_scroll->widget(), place);
        m_scroll->ensureVisible(inside.x(), inside.y(), 0, dress().px(resources::spaceM));
    });
    connect(m_rename, &QAbstractButton::clicked, this, &SchedulePage::askName);
    connect(m_through, &QAbstractButton::clicked, this, &SchedulePage::showSentence);
    connect(m_remove, &QAbstractButton::clicked, this, &SchedulePage::askRemove);
    connect(m_save, &QAbstractButton::clicked, this, &SchedulePage::save);
    showSentence();
}

QString SchedulePage::title() const {
    return cleanName(m_schedule.value(u"name").toString());
}

void SchedulePage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(edge, 0, edge, edge / 2);
    m_column->setSpacing(dress().px(resources::spaceXs));
    m_foot->setDirection(dress().portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    for (QBoxLayout* row : {m_foot, m_buttons})
        row->setSpacing(dress().px(resources::spaceXs));
}

/// What was stored, to the minute, until somebody paints.
core::WeekPeriods SchedulePage::week() const {
    return m_painted ? m_grid->cells().periods() : m_stored;
}

bool SchedulePage::isChanged() const {
    return week() != m_stored || m_through->isChecked() != m_schedule.value(u"through_holidays").toBool();
}

void SchedulePage::showSentence() {
    QString text = AccessWords::week(week(), context().locale);
    if (m_isNew && !m_painted)
        text = AccessWords::tr("Paint the hours with a finger. Touch a day’s name to copy it.");
    else if (!m_painted && !core::WeekCells::isExact(m_stored))
        text += QLatin1Char(' ') + AccessWords::tr("Painting rounds to half hours.");
    m_sentence->setText(text);
    m_save->setEnabled(m_isNew || isChanged());
}

void SchedulePage::askDay(int weekday) {
    QStringList options;
    QList<QList<int>> targets;
    const auto add = [&](const QString& text, const QList<int>& days) {
        options << text;
        targets << days;
    };
    QList<int> working, all;
    for (const int day : AccessWords::weekdays) {
        if (day == weekday)
            continue;
        all << day;
        if (day >= Qt::Monday && day <= Qt::Friday)
            working << day;
    }
    add(AccessWords::tr("To Monday to Friday"), working);
    add(AccessWords::tr("To every day"), all);
    for (const int day : all)
        add(AccessWords::tr("To %1", "%1 is a day of the week").arg(AccessWords::day(day, context().locale, true)),
            {day});
    options << AccessWords::tr("Empty this day");
    Sheet::choose(
        this,
        AccessWords::tr("Copy %1", "%1 is a day of the week").arg(AccessWords::day(weekday, context().locale, true)),
        options, -1, [page = QPointer(this), weekday, targets](int index) {
            if (!page)
                return;
            core::WeekCells cells = page->m_grid->cells();
            if (index < targets.size())
                for (const int day : targets[index])
                    cells.copyDay(weekday, day);
            else
                cells.paint(weekday, 0, core::cellsOfDay - 1, false);
            page->m_grid->setCells(cells);
            page->m_painted = true;
            page->showSentence();
        });
}

bool SchedulePage::back() {
    if (!isChanged() || !may("change_access"))
        return false;
    confirm({AccessWords::tr("Give up what you painted?"), AccessWords::tr("%1 stays as it was.").arg(title()),
             AccessWords::tr("Give up"), true},
            [this] { Q_EMIT done(); });
    return true;
}

void SchedulePage::save() {
    const QJsonObject args{{QStringLiteral("name"), m_schedule.value(u"name")},
                           {QStringLiteral("periods"), QString::fromStdString(core::weekText(week()))},
                           {QStringLiteral("through_holidays"), m_through->isChecked()}};
    ask(m_isNew ? QStringLiteral("schedule.add") : QStringLiteral("schedule.set"), args, [this](const QJsonObject&) {
        std::function<void()> undo;
        if (!m_isNew)
            undo = undoBy(context().port, {{QStringLiteral("schedule.set"), m_schedule}});
        Q_EMIT notice(AccessWords::tr("%1 is saved.").arg(title()), undo);
        Q_EMIT done();
    });
}

void SchedulePage::askName() {
    NameSheet::open(this, AccessWords::tr("Name of the schedule"), m_schedule.value(u"name").toString(),
                    [page = QPointer(this)](const QString& name) {
                        if (page && name != page->m_schedule.value(u"name").toString())
                            page->rename(name);
                    });
}

/// At once, and nothing of what is painted with it.
void SchedulePage::rename(const QString& name) {
    ask(QStringLiteral("schedule.set"),
        {{QStringLiteral("name"), m_schedule.value(u"name")}, {QStringLiteral("new_name"), name}},
        [this, name](const QJsonObject&) {
            m_schedule.insert(QStringLiteral("name"), name);
            Q_EMIT titleChanged();
            Q_EMIT notice(AccessWords::tr("It is called %1 now.").arg(cleanName(name)), {});
        });
}

void SchedulePage::askRemove() {
    confirm({AccessWords::tr("Remove the schedule %1?").arg(title()),
             AccessWords::tr("A schedule that a rule needs cannot be removed."), AccessWords::tr("Remove"), true},
            [this] {
                ask(QStringLiteral("schedule.remove"), {{QStringLiteral("name"), m_schedule.value(u"name")}},
                    [this](const QJsonObject&) {
                        Q_EMIT notice(AccessWords::tr("The schedule %1 is removed.").arg(title()),
                                      undoBy(context().port, {{QStringLiteral("schedule.add"), m_schedule}}));
                        Q_EMIT done();
                    });
            });
}

} // namespace facelatch::ui
