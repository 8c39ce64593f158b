// SPDX-License-Identifier: GPL-3.0-or-later
// Filters, list and empty states of the log.
#include "ui/log_page.h"

#include "ui/access_words.h"
#include "ui/controls.h"
#include "ui/flow_row.h"
#include "ui/kit_words.h"
#include "ui/log_day_sheet.h"
#include "ui/log_list.h"
#include "ui/log_visit_page.h"
#include "ui/log_words.h"
#include "ui/pick_sheet.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QJsonArray>
#include <QStackedLayout>

namespace facelatch::ui {

LogPage::LogPage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_model(context().port),
      m_column(new QVBoxLayout(this)),
      m_chips(new FlowRow(this)),
      m_dayChip(addChip("logDay", &LogPage::pressedDay)),
      m_personChip(addChip("logPerson", &LogPage::pressedPerson)),
      m_outcomeChip(addChip("logOutcome", &LogPage::pressedOutcome)),
      m_reasonChip(addChip("logReason", &LogPage::pressedReason)),
      m_alarmsChip(addChip("logAlarms", &LogPage::pressedAlarms)),
      m_busy(new BusyLine(this)),
      m_body(new QWidget(this)),
      m_stack(new QStackedLayout(m_body)),
      m_list(new LogList(m_model, {context().port, context().clock, context().locale}, this)),
      m_empty(new EmptyState(Icon::Log, {}, {}, this)) {
    setObjectName(QStringLiteral("logPage"));
    if (may("read_audit"))
        m_changesChip = addChip("logChanges", &LogPage::pressedChanges);
    m_list->setObjectName(QStringLiteral("logList"));
    m_empty->setObjectName(QStringLiteral("logEmpty"));
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    m_column->addWidget(m_chips);
    m_column->addWidget(m_busy);
    m_column->addWidget(m_body, 1);
    connect(m_list, &LogList::chosen, this, &LogPage::open);
    connect(&m_model, &LogModel::replaced, this, &LogPage::showState);
    connect(&m_model, &LogModel::updated, this, &LogPage::showState);
    connect(&m_model, &LogModel::stateChanged, this, &LogPage::showState);
    showChips();
}

QString LogPage::title() const {
    return LogWords::tr("Log");
}

Chip* LogPage::addChip(const char* name, void (LogPage::*pressed)()) {
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

void LogPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(dress().px(resources::spaceXs));
    m_chips->setContentsMargins(0, 0, 0, 0);
    m_column->setContentsMargins(edge, 0, edge, 0);
}

void LogPage::shown() {
    if (m_model.size() == 0)
        apply();
    else
        m_model.refresh();
}

void LogPage::changed(const QString& what) {
    if (what == u"log" && m_view == View::Visits)
        m_model.refresh();
    if (what != u"log" && m_view == View::Changes)
        m_model.refresh();
}

bool LogPage::filtered() const {
    return m_day.isValid() || !m_person.id.isEmpty() || m_outcome || m_reason;
}

void LogPage::apply() {
    showChips();
    if (m_view == View::Alarms)
        return; // there is nothing to ask for
    if (m_view == View::Changes) {
        m_model.showChanges();
        return;
    }
    QJsonObject filter;
    if (m_day.isValid())
        filter.insert(QStringLiteral("day"), m_day.toString(Qt::ISODate));
    if (!m_person.id.isEmpty())
        filter.insert(QStringLiteral("person"), m_person.id);
    const auto code = [](std::string_view text) {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };
    if (m_outcome)
        filter.insert(QStringLiteral("outcome"), code(core::outcomeCode(*m_outcome)));
    if (m_reason)
        filter.insert(QStringLiteral("reason"), code(core::reasonRow(*m_reason).code));
    m_model.showVisits(filter);
}

void LogPage::setView(View view) {
    m_view = view;
    apply();
    showState();
}

void LogPage::showChips() {
    const bool visits = m_view == View::Visits;
    const auto show = [](Chip* chip, const QString& text, bool on, bool there) {
        chip->setText(text);
        chip->setChecked(on);
        chip->setVisible(there);
        chip->updateGeometry();
    };
    show(m_dayChip,
         m_day.isValid() ? context().locale.toString(m_day, QStringLiteral("d MMM yyyy")) : LogWords::tr("Day"),
         m_day.isValid(), visits);
    show(m_personChip, m_person.id.isEmpty() ? LogWords::tr("Person") : cleanName(m_person.name),
         !m_person.id.isEmpty(), visits);
    show(m_outcomeChip, m_outcome ? LogWords::outcome(*m_outcome) : LogWords::tr("Outcome"), m_outcome.has_value(),
         visits);
    show(m_reasonChip, m_reason ? AccessWords::reason(*m_reason, context().locale) : LogWords::tr("Reason"),
         m_reason.has_value(), visits);
    show(m_alarmsChip, LogWords::tr("Alarms"), m_view == View::Alarms, m_view != View::Changes);
    if (m_changesChip != nullptr)
        show(m_changesChip, LogWords::tr("Changes"), m_view == View::Changes, m_view != View::Alarms);
}

void LogPage::showState() {
    m_busy->setBusy(m_view != View::Alarms && m_model.isBusy());
    const bool waits = m_model.size() == 0 && !m_model.isComplete() && !m_model.error();
    const bool list = m_view != View::Alarms && (m_model.size() > 0 || waits);
    m_stack->setCurrentIndex(list ? 0 : 1);
    if (list)
        return;
    if (m_view == View::Alarms)
        m_empty->setTexts(LogWords::tr("No alarms"),
                          LogWords::tr("This version raises no alarms yet. A door that is held or forced open, and "
                                       "refusals in a row, will stand here."));
    else if (m_model.error())
        m_empty->setTexts(LogWords::tr("The log cannot be read"), KitWords::error(*m_model.error()));
    else if (m_view == View::Changes)
        m_empty->setTexts(LogWords::tr("No changes yet"),
                          LogWords::tr("Whatever an admin changes stands here: who, when, and what it was "
                                       "before."));
    else if (filtered())
        m_empty->setTexts(LogWords::tr("Nothing found"),
                          LogWords::tr("No visit fits all that was chosen above. Touch a choice to change "
                                       "it."));
    else
        m_empty->setTexts(LogWords::tr("No visits yet"),
                          LogWords::tr("Whoever stands before the door appears here, let in or refused, "
                                       "within a second."));
}

void LogPage::pressedDay() {
    LogDaySheet::open(this, context(), m_day, [page = QPointer(this)](QDate day) {
        if (!page)
            return;
        page->m_day = day;
        page->apply();
    });
}

void LogPage::pressedPerson() {
    ask(QStringLiteral("log.people"), {}, [this](const QJsonObject& answer) {
        QList<Person> people;
        for (const auto& each : answer.value(u"people").toArray())
            people << Person{each.toObject().value(u"id").toString(), each.toObject().value(u"name").toString()};
        choosePerson(people);
    });
}

void LogPage::choosePerson(const QList<Person>& people) {
    QStringList options{LogWords::tr("Everybody")};
    int current = 0;
    for (const Person& person : people) {
        options << cleanName(person.name);
        if (person.id == m_person.id)
            current = static_cast<int>(options.size()) - 1;
    }
    PickSheet::open(this, LogWords::tr("Visits of"), options, current, [page = QPointer(this), people](int index) {
        if (!page)
            return;
        page->m_person = index == 0 ? Person() : people[index - 1];
        page->apply();
    });
}

void LogPage::pressedOutcome() {
    const int current = !m_outcome ? 0 : *m_outcome == core::Outcome::Granted ? 1 : 2;
    Sheet::choose(this, LogWords::tr("Outcome"),
                  {LogWords::tr("All visits"), LogWords::outcome(core::Outcome::Granted),
                   LogWords::outcome(core::Outcome::Denied)},
                  current, [page = QPointer(this)](int index) {
                      if (!page)
                          return;
                      page->m_outcome = index == 0   ? std::optional<core::Outcome>()
                                        : index == 1 ? core::Outcome::Granted
                                                     : core::Outcome::Denied;
                      if (page->m_reason && index > 0 && core::reasonRow(*page->m_reason).outcome != *page->m_outcome)
                          page->m_reason.reset();
                      page->apply();
                  });
}

void LogPage::pressedReason() {
    QStringList options{LogWords::tr("All reasons")};
    QList<core::Reason> reasons;
    int current = 0;
    for (const core::ReasonRow& row : core::reasonRows()) {
        if (m_outcome && row.outcome != *m_outcome)
            continue;
        reasons << row.reason;
        options << AccessWords::reason(row.reason, context().locale);
        if (m_reason == row.reason)
            current = static_cast<int>(options.size()) - 1;
    }
    PickSheet::open(this, LogWords::tr("Reason"), options, current, [page = QPointer(this), reasons](int index) {
        if (!page)
            return;
        page->m_reason = index == 0 ? std::optional<core::Reason>() : reasons[index - 1];
        page->apply();
    });
}

void LogPage::pressedAlarms() {
    setView(m_view == View::Alarms ? View::Visits : View::Alarms);
}

void LogPage::pressedChanges() {
    setView(m_view == View::Changes ? View::Visits : View::Changes);
}

void LogPage::open(int row) {
    const LogRow& chosen = m_model.at(row);
    if (chosen.kind == LogRow::Kind::Change)
        openChange(chosen);
    else if (chosen.kind == LogRow::Kind::Visit)
        Q_EMIT opens(new LogVisitPage(context(), chosen));
}

void LogPage::openChange(const LogRow& row) {
    auto* sheet = new Sheet(this, LogWords::action(row.action));
    const auto add = [&](const char* name, const QString& text, bool bold, ColourRole colour) {
        if (text.isEmpty())
            return;
        auto* block = new TextBlock({.fits = {{resources::fontBody, resources::mostParagraphLines},
                                              {resources::fontSmall, resources::mostParagraphLines}},
                                     .colour = colour,
                                     .bold = bold,
                                     .balanced = false},
                                    sheet);
        block->setObjectName(QLatin1String(name));
        block->setText(text);
        sheet->add(block);
    };
    using resources::Palette;
    add("changeSubject", cleanName(row.subject), true, &Palette::text);
    add("changeWho",
        LogWords::tr("%1, on %2 at %3", "who changed it, a date, a time")
            .arg(cleanName(row.who), context().locale.toString(row.day, QStringLiteral("d MMMM yyyy")),
                 LogWords::clockOf(row.local)),
        false, &Palette::muted);
    const QStringList before = LogWords::state(row.before, context().locale);
    const QStringList after = LogWords::state(row.after, context().locale);
    if (!before.isEmpty())
        add("changeBeforeTitle", LogWords::tr("Before"), true, &Palette::muted);
    for (const QString& line : before)
        add("changeBefore", line, false, &Palette::text);
    if (!after.isEmpty())
        add("changeAfterTitle", LogWords::tr("After"), true, &Palette::muted);
    for (const QString& line : after)
        add("changeAfter", line, false, &Palette::text);
    sheet->addAction(Button::Kind::Plain, KitWords::close(), {});
    sheet->open();
}

} // namespace facelatch::ui
