// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing what the timeline shows.
#include "ui/viewer_filters.h"

#include "ui/calendar.h"
#include "ui/kit_words.h"
#include "ui/log_words.h"
#include "ui/pick_sheet.h"
#include "ui/viewer_words.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QPointer>

namespace facelatch::ui {

ViewerFilters::ViewerFilters(ViewerPort& port, std::function<core::WallTime()> clock, const QLocale& locale,
                             QWidget* parent)
    : QWidget(parent),
      m_port(port),
      m_clock(std::move(clock)),
      m_locale(locale),
      m_column(new QVBoxLayout(this)),
      m_top(new QHBoxLayout),
      m_search(new SearchField(this)),
      m_export(new Button(Button::Kind::Plain, Icon::Download, {}, this)),
      m_chips(new FlowRow(this)),
      m_before(new Button(Button::Kind::Quiet, Icon::Back, {}, m_chips)),
      m_day(nullptr),
      m_after(new Button(Button::Kind::Quiet, Icon::Chevron, {}, m_chips)) {
    setObjectName(QStringLiteral("viewerFilters"));
    m_search->setPlaceholder(ViewerWords::tr("Search names and reasons"));
    m_search->line()->setAccessibleName(ViewerWords::tr("Search names and reasons"));
    const auto name = [](Button* button, const char* object, const QString& words) {
        button->setObjectName(QLatin1String(object));
        button->setAccessibleName(words);
        button->setToolTip(words);
    };
    name(m_export, "exportButton", ViewerWords::tr("Save this list as a CSV file"));
    name(m_before, "dayBefore", ViewerWords::tr("The day before"));
    name(m_after, "dayAfter", ViewerWords::tr("The next day"));
    m_chips->add(m_before);
    m_day = addChip("filterDay", &ViewerFilters::openCalendar);
    m_chips->add(m_after);
    m_person = addChip("filterPerson", &ViewerFilters::pressedPerson);
    m_outcome = addChip("filterOutcome", &ViewerFilters::pressedOutcome);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_top->setContentsMargins(0, 0, 0, 0);
    m_top->addWidget(m_search, 1);
    m_top->addWidget(m_export);
    m_column->addLayout(m_top);
    m_column->addWidget(m_chips);
    m_settles.setSingleShot(true);
    m_settles.setInterval(resources::searchSettlesMs);
    connect(&m_settles, &QTimer::timeout, this, [this] {
        if (m_query.text == m_search->text().trimmed())
            return;
        m_query.text = m_search->text().trimmed();
        apply();
    });
    connect(m_search, &SearchField::searched, &m_settles, qOverload<>(&QTimer::start));
    connect(m_before, &QAbstractButton::clicked, this, [this] { stepDay(-1); });
    connect(m_after, &QAbstractButton::clicked, this, [this] { stepDay(1); });
    connect(m_export, &QAbstractButton::clicked, this, &ViewerFilters::exportAsked);
    showChips();
}

Chip* ViewerFilters::addChip(const char* name, void (ViewerFilters::*pressed)()) {
    auto* chip = new Chip({}, Tone::Neutral, m_chips);
    chip->makeFilter();
    chip->setObjectName(QLatin1String(name));
    m_chips->add(chip);
    connect(chip, &QAbstractButton::clicked, this, [this, pressed] {
        showChips(); // a press asks first; what is on shows what is chosen
        (this->*pressed)();
    });
    return chip;
}

QDate ViewerFilters::today() const {
    return QDateTime::fromMSecsSinceEpoch(m_clock().time_since_epoch().count()).date();
}

void ViewerFilters::setDoors(const QStringList& doors) {
    m_query.doors = doors;
    m_query.person.clear();
    apply();
}

bool ViewerFilters::isFiltered() const {
    return m_query.outcome || m_query.day || !m_query.person.isEmpty() || !m_query.text.isEmpty();
}

void ViewerFilters::startSearch() {
    m_search->line()->setFocus(Qt::ShortcutFocusReason);
    m_search->line()->selectAll();
}

bool ViewerFilters::clear() {
    if (!isFiltered() && m_search->text().isEmpty())
        return false;
    const QStringList doors = m_query.doors;
    m_query = {};
    m_query.doors = doors;
    m_search->setText({});
    apply();
    return true;
}

void ViewerFilters::apply() {
    showChips();
    Q_EMIT changed();
}

void ViewerFilters::setDay(std::optional<QDate> day) {
    m_query.day = day;
    apply();
}

void ViewerFilters::stepDay(int days) {
    const QDate now = today();
    const QDate next = m_query.day ? m_query.day->addDays(days) : days < 0 ? now.addDays(-1) : now;
    if (next <= now)
        setDay(next);
}

void ViewerFilters::showChips() {
    const auto show = [](Chip* chip, const QString& text, bool on) {
        if (chip == nullptr)
            return;
        chip->setText(text);
        chip->setChecked(on);
        chip->updateGeometry();
    };
    const bool day = m_query.day.has_value();
    show(m_day, day ? m_locale.toString(*m_query.day, QStringLiteral("ddd d MMM yyyy")) : LogWords::tr("Day"), day);
    show(m_person, m_query.person.isEmpty() ? LogWords::tr("Person") : cleanName(m_query.person),
         !m_query.person.isEmpty());
    show(m_outcome, m_query.outcome ? LogWords::outcome(*m_query.outcome) : LogWords::tr("Outcome"),
         m_query.outcome.has_value());
    m_after->setEnabled(day && *m_query.day < today());
}

void ViewerFilters::openCalendar() {
    auto* sheet = new Sheet(this, {});
    sheet->setObjectName(QStringLiteral("viewerDaySheet"));
    auto* calendar = new Calendar(m_locale, sheet);
    calendar->setObjectName(QStringLiteral("viewerCalendar"));
    calendar->setToday(today());
    calendar->setSelected(m_query.day.value_or(QDate()));
    calendar->setDays(QSet<int>());
    calendar->showMonth(m_query.day.value_or(today()));
    sheet->add(calendar);
    const auto ask = [this, calendar] {
        const QDate month = calendar->month();
        m_port.days(m_query.doors, month, calendar, [calendar, month](const core::Result<VisitDays>& answer) {
            if (!answer || calendar->month() != month)
                return;
            calendar->setDays(answer->days);
            calendar->setLimits(answer->first, answer->latest);
        });
    };
    connect(calendar, &Calendar::monthChanged, calendar, ask);
    connect(calendar, &Calendar::chosen, this, [this, sheet](QDate day) {
        sheet->dismiss();
        setDay(day);
    });
    if (m_query.day)
        sheet->addAction(Button::Kind::Plain, ViewerWords::tr("Every day"), [filters = QPointer(this)] {
            if (filters)
                filters->setDay({});
        });
    sheet->addAction(Button::Kind::Quiet, KitWords::cancel(), {});
    sheet->open();
    ask();
}

void ViewerFilters::pressedPerson() {
    m_port.people(m_query.doors, this, [this](const core::Result<QStringList>& answer) {
        if (answer)
            choosePerson(*answer);
    });
}

void ViewerFilters::choosePerson(const QStringList& people) {
    QStringList options{LogWords::tr("Everybody")};
    for (const QString& person : people)
        options << cleanName(person);
    const int current = m_query.person.isEmpty() ? 0 : static_cast<int>(people.indexOf(m_query.person)) + 1;
    PickSheet::open(this, LogWords::tr("Visits of"), options, current, [filters = QPointer(this), people](int index) {
        if (!filters)
            return;
        filters->m_query.person = index == 0 ? QString() : people[index - 1];
        filters->apply();
    });
}

void ViewerFilters::pressedOutcome() {
    const int current = !m_query.outcome ? 0 : *m_query.outcome == core::Outcome::Granted ? 1 : 2;
    Sheet::choose(this, LogWords::tr("Outcome"),
                  {LogWords::tr("All visits"), LogWords::outcome(core::Outcome::Granted),
                   LogWords::outcome(core::Outcome::Denied)},
                  current, [filters = QPointer(this)](int index) {
                      if (!filters)
                          return;
                      filters->m_query.outcome = index == 0   ? std::optional<core::Outcome>()
                                                 : index == 1 ? core::Outcome::Granted
                                                              : core::Outcome::Denied;
                      filters->apply();
                  });
}

void ViewerFilters::restyle(const Style& style) {
    m_column->setSpacing(style.px(resources::spaceXs));
    m_top->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
