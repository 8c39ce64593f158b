// SPDX-License-Identifier: GPL-3.0-or-later
// Adding a holiday.
#include "ui/holiday_page.h"

#include "core/week_cells.h"
#include "ui/access_words.h"
#include "ui/calendar.h"
#include "ui/clock_field.h"
#include "ui/controls.h"

#include <QBoxLayout>
#include <QDateTime>

namespace facelatch::ui {

HolidayPage::HolidayPage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_outer(new QVBoxLayout(this)),
      m_scroll(new ScrollArea(this)),
      m_calendar(new Calendar(context().locale, this)),
      m_name(new TextField(AccessWords::tr("Name"), this)),
      m_yearly(new Toggle(AccessWords::tr("Every year"), this)),
      m_kind(new Segments({AccessWords::tr("Closed all day"), AccessWords::tr("Open for hours")}, this)),
      m_from(new ClockField(AccessWords::tr("From"), this)),
      m_to(new ClockField(AccessWords::tr("Until"), this)),
      m_save(new Button(Button::Kind::Primary, AccessWords::tr("Save"), this)) {
    setObjectName(QStringLiteral("holidayPage"));
    m_calendar->setObjectName(QStringLiteral("holidayCalendar"));
    m_name->setObjectName(QStringLiteral("holidayName"));
    m_yearly->setObjectName(QStringLiteral("holidayYearly"));
    m_kind->setObjectName(QStringLiteral("holidayKind"));
    m_from->setObjectName(QStringLiteral("holidayFrom"));
    m_to->setObjectName(QStringLiteral("holidayTo"));
    m_save->setObjectName(QStringLiteral("holidaySave"));
    const QDate today = QDateTime::fromMSecsSinceEpoch(context().clock().wall.time_since_epoch().count()).date();
    m_calendar->setToday(today);
    m_calendar->setSelected(today);
    m_calendar->showMonth(today);
    m_name->setMaxLength(resources::longestField);
    m_name->setText(proposal());
    m_yearly->setChecked(true);
    m_kind->setCurrent(0);
    m_from->setRange(0, core::minutesOfDay - core::cellMinutes);
    m_to->setRange(core::cellMinutes, core::minutesOfDay);
    m_from->setMinutes(resources::holidayFrom);
    m_to->setMinutes(resources::holidayUntil);
    auto* both = new QWidget(this);
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight, both);
    m_columns->setContentsMargins(0, 0, 0, 0);
    auto* side = new QVBoxLayout;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_name, m_yearly, m_kind, m_from, m_to})
        side->addWidget(widget);
    side->addStretch();
    m_columns->addWidget(m_calendar, 1, Qt::AlignTop);
    m_columns->addLayout(side, 1);
    m_scroll->add(both);
    m_outer->setContentsMargins(0, 0, 0, 0);
    m_outer->addWidget(m_scroll, 1);
    m_outer->addWidget(m_save, 0, Qt::AlignRight);
    connect(m_calendar, &Calendar::chosen, this, [this] {
        if (!m_named)
            m_name->setText(proposal());
    });
    connect(m_name, &TextField::edited, this, [this](const QString& text) { m_named = !text.isEmpty(); });
    connect(m_kind, &Segments::chosen, this, [this] { showHours(); });
    connect(m_from, &ClockField::changed, this, [this](int minutes) {
        if (m_to->minutes() <= minutes)
            m_to->setMinutes(minutes + core::cellMinutes);
    });
    connect(m_to, &ClockField::changed, this, [this](int minutes) {
        if (m_from->minutes() >= minutes)
            m_from->setMinutes(minutes - core::cellMinutes);
    });
    connect(m_save, &QAbstractButton::clicked, this, &HolidayPage::save);
    showHours();
}

QString HolidayPage::title() const {
    return AccessWords::tr("New holiday");
}

void HolidayPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_columns->setDirection(dress().portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_columns->setSpacing(dress().px(resources::spaceM));
    m_outer->setContentsMargins(0, 0, edge, edge / 2);
}

/// The date itself, until somebody types a name.
QString HolidayPage::proposal() const {
    return context().locale.toString(m_calendar->selected(), QStringLiteral("d MMMM"));
}

void HolidayPage::showHours() {
    m_from->setVisible(m_kind->current() == 1);
    m_to->setVisible(m_kind->current() == 1);
}

void HolidayPage::save() {
    const QDate day = m_calendar->selected();
    core::HolidayDate date{std::nullopt, day.month(), day.day()};
    if (!m_yearly->isChecked())
        date.year = day.year();
    core::DayPeriods periods;
    if (m_kind->current() == 1)
        periods.push_back({m_from->minutes(), m_to->minutes()});
    const QString name = m_name->text().trimmed();
    ask(QStringLiteral("holiday.add"),
        {{QStringLiteral("name"), name.isEmpty() ? proposal() : name},
         {QStringLiteral("date"), QString::fromStdString(core::text(date))},
         {QStringLiteral("periods"), QString::fromStdString(core::dayText(periods))}},
        [this](const QJsonObject& added) {
            Q_EMIT notice(AccessWords::tr("%1 is saved.").arg(cleanName(added.value(u"name").toString())), {});
            Q_EMIT done();
        });
}

} // namespace facelatch::ui
