// SPDX-License-Identifier: GPL-3.0-or-later
// Reading, editing and saving one person.
#include "ui/person_page.h"

#include "ui/day_sheet.h"
#include "ui/enrol_page.h"
#include "ui/kit_words.h"
#include "ui/people_cards.h"
#include "ui/people_words.h"
#include "ui/pin_pad.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace facelatch::ui {

namespace {

QJsonValue millis(const QDateTime& time) {
    return time.toMSecsSinceEpoch();
}

QDate dayOf(const QJsonValue& time) {
    return time.isDouble() ? QDateTime::fromMSecsSinceEpoch(time.toInteger()).date() : QDate();
}

/// Of the greeting; empty: the door's.
const QStringList languageCodes{QString(), QStringLiteral("en"), QStringLiteral("fr")};

TextBlock* label(const QString& text, QWidget* parent) {
    auto* block = new TextBlock({.fits = {{resources::fontSmall, 2}}, .colour = &resources::Palette::muted}, parent);
    block->setText(text);
    return block;
}

} // namespace

PersonPage::PersonPage(const AdminContext& context, const QString& id, QWidget* parent)
    : AdminPage(context, parent),
      m_id(id),
      m_scroll(new ScrollArea(this)),
      m_busy(new BusyLine(this)),
      m_head(new ListRow(QString())),
      m_name(new TextField(PeopleWords::name())),
      m_card(new TextField(PeopleWords::card())),
      m_notes(new TextField(PeopleWords::notes())),
      m_groups(new FlowRow),
      m_groupsNote(label(PeopleWords::noGroups(), nullptr)),
      m_begins(new ListRow(PeopleWords::begins())),
      m_ends(new ListRow(PeopleWords::ends())),
      m_limited(new Toggle(PeopleWords::useLimit())),
      m_uses(new NumberField(PeopleWords::uses(), {1, resources::mostUses, 1, 0, {}}, context.locale)),
      m_languageLabel(label(PeopleWords::greeting(), nullptr)),
      m_language(new Segments({PeopleWords::greetingOfDoor(), QStringLiteral("English"), QStringLiteral("Français")})),
      m_pin(new ListRow(PeopleWords::pin())),
      m_consent(new ListRow(PeopleWords::consent())),
      m_save(new Button(Button::Kind::Primary, PeopleWords::save())),
      m_status(new Button(Button::Kind::Plain, PeopleWords::suspend())),
      m_pictures(new Button(Button::Kind::Plain, Icon::Camera, PeopleWords::newPictures())),
      m_remove(new Button(Button::Kind::Danger, PeopleWords::remove())),
      m_actions(new FlowRow) {
    setObjectName(QStringLiteral("personPage"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_busy);
    column->addWidget(m_scroll, 1);
    m_foot = new QVBoxLayout;
    m_foot->addWidget(m_actions); // always in reach
    column->addLayout(m_foot);
    makeForm();
    makeActions();
    for (QWidget* each : std::initializer_list<QWidget*>{
             m_head, m_name, m_card, m_pin, label(PeopleWords::groups(), nullptr), m_groups, m_groupsNote, m_begins,
             m_ends, m_limited, m_uses, m_languageLabel, m_language, m_notes, m_consent})
        m_scroll->add(each);
    m_scroll->setEnabled(false); // until it is read
    m_actions->setEnabled(false);
}

void PersonPage::makeForm() {
    const std::pair<QObject*, const char*> names[] = {
        {m_head, "personHead"},         {m_name, "personName"},       {m_card, "personCard"},
        {m_notes, "personNotes"},       {m_groups, "personGroups"},   {m_begins, "personBegins"},
        {m_ends, "personEnds"},         {m_limited, "personLimited"}, {m_uses, "personUses"},
        {m_language, "personLanguage"}, {m_pin, "personPin"},         {m_consent, "personConsent"},
        {m_save, "personSave"},         {m_status, "personStatus"},   {m_pictures, "personPictures"},
        {m_remove, "personRemove"}};
    for (const auto& [object, objectName] : names)
        object->setObjectName(QLatin1String(objectName));
    m_head->setFocusPolicy(Qt::NoFocus);
    m_head->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_head->setLeadingIcon(Icon::Person);
    m_name->setMaxLength(resources::longestField * 2); // letters beyond the first plane count twice there
    m_notes->setMaxLength(resources::mostNotes);
    m_begins->setLeadingIcon(Icon::Calendar);
    m_ends->setLeadingIcon(Icon::Calendar);
    m_pin->setLeadingIcon(Icon::Keypad);
    m_consent->setLeadingIcon(Icon::Info);
    connect(m_begins, &QAbstractButton::clicked, this, [this] { chooseDay(true); });
    connect(m_ends, &QAbstractButton::clicked, this, [this] { chooseDay(false); });
    connect(m_limited, &QAbstractButton::toggled, m_uses, &QWidget::setVisible);
    connect(m_pin, &QAbstractButton::clicked, this, &PersonPage::choosePin);
    connect(m_name, &TextField::edited, this, [this] { m_name->setError({}); });
    m_uses->hide();
}

void PersonPage::makeActions() {
    connect(m_consent, &QAbstractButton::clicked, this, [this] {
        const bool given = m_person.value(u"consent").isObject();
        QJsonValue consent; // null withdraws
        if (!given)
            consent = QJsonObject{
                {QStringLiteral("text"), QStringLiteral("1")},
                {QStringLiteral("time"), static_cast<qint64>(context().clock().wall.time_since_epoch().count())},
                {QStringLiteral("witness"), context().admin}};
        Sheet::choose(this, PeopleWords::consent(),
                      {given ? PeopleWords::consentWithdraw() : PeopleWords::consentAsk()}, -1, [this, consent](int) {
                          send({{QStringLiteral("consent"), consent}}, [this](const QJsonObject&) { read(); });
                      });
    });
    connect(m_save, &QAbstractButton::clicked, this, &PersonPage::save);
    connect(m_status, &QAbstractButton::clicked, this, &PersonPage::toggleStatus);
    connect(m_pictures, &QAbstractButton::clicked, this, [this] {
        Q_EMIT opens(new EnrolPage(context(), {m_id, name()}));
    });
    connect(m_remove, &QAbstractButton::clicked, this, &PersonPage::remove);
    for (auto [button, right] : {std::pair{m_save, "change_person"}, std::pair{m_status, "change_person"},
                                 std::pair{m_pictures, "enrol_person"}, std::pair{m_remove, "remove_person"}}) {
        m_actions->add(button);
        button->setVisible(may(right));
    }
}

QString PersonPage::title() const {
    return cleanName(name());
}

void PersonPage::shown() {
    read();
}

void PersonPage::read() {
    m_busy->setBusy(true);
    ask(QStringLiteral("group.list"), {}, [this](const QJsonObject& answer) {
        m_allGroups.clear();
        for (const auto& group : answer.value(u"groups").toArray())
            m_allGroups << group.toObject().value(u"name").toString();
        fillGroups();
    });
    ask(
        QStringLiteral("person.show"), {{QStringLiteral("who"), m_id}},
        [this](const QJsonObject& person) {
            m_busy->setBusy(false);
            fill(person);
        },
        [this](const core::Error& error) { // removed meanwhile
            m_busy->setBusy(false);
            Q_EMIT notice(KitWords::error(error), {});
            Q_EMIT done();
        });
    ask(
        QStringLiteral("person.portrait"), {{QStringLiteral("id"), m_id}},
        [this](const QJsonObject& answer) { m_head->setPicture(portraitOf(answer)); }, [](const core::Error&) {});
}

void PersonPage::fill(const QJsonObject& person) {
    m_person = person;
    m_from.reset();
    m_until.reset();
    m_name->setText(name());
    m_card->setText(person.value(u"card").toString());
    m_notes->setText(person.value(u"notes").toString());
    const QJsonValue uses = person.value(u"uses");
    m_limited->setChecked(uses.isDouble());
    m_uses->setVisible(uses.isDouble());
    m_uses->setValue(uses.isDouble() ? uses.toDouble() : 1);
    m_language->setCurrent(static_cast<int>(languageCodes.indexOf(person.value(u"language").toString())));
    m_pin->setDetail(person.value(u"has_pin").toBool() ? PeopleWords::pinSet() : PeopleWords::pinNone());
    m_pin->setChevron(may("change_person"));
    m_scroll->setEnabled(true);
    m_actions->setEnabled(true);
    for (QWidget* each : std::initializer_list<QWidget*>{m_name, m_card, m_notes, m_groups, m_begins, m_ends, m_limited,
                                                         m_uses, m_language, m_pin, m_consent})
        each->setEnabled(may("change_person"));
    fillGroups();
    showDates();
    showState();
    showConsent();
    Q_EMIT titleChanged();
}

void PersonPage::fillGroups() {
    qDeleteAll(m_groupChips);
    m_groupChips.clear();
    const QJsonArray own = m_person.value(u"groups").toArray();
    for (const QString& group : m_allGroups) {
        auto* chip = new Chip(group, Tone::Neutral);
        chip->setObjectName(QStringLiteral("personGroup"));
        chip->makeFilter();
        chip->setChecked(own.contains(group));
        m_groups->add(chip);
        dressUp(*chip);
        chip->show();
        m_groupChips << chip;
    }
    m_groupsNote->setVisible(m_groupChips.isEmpty());
    m_groups->setVisible(!m_groupChips.isEmpty());
    m_groups->updateGeometry();
}

void PersonPage::showState() {
    PersonEntry entry = personEntry(m_person);
    entry.templates = static_cast<int>(m_person.value(u"template_models").toArray().size());
    const PersonState state = personState(entry, context().clock().wall, context().locale);
    m_head->setTitle(name());
    m_head->setDetail(PeopleWords::faces(entry.templates));
    m_head->setChip(state.text, state.tone);
    m_status->setText(entry.suspended ? PeopleWords::activate() : PeopleWords::suspend());
}

void PersonPage::showDates() {
    const QDate from = dayOf(m_from.value_or(m_person.value(u"valid_from")));
    const QJsonValue until = m_until.value_or(m_person.value(u"valid_until"));
    // The end is the first moment that is too late.
    const QDate last = until.isDouble() ? dayOf(until.toInteger() - 1) : QDate();
    const auto text = [&](QDate day) {
        return day.isValid() ? context().locale.toString(day, QLocale::LongFormat) : PeopleWords::noLimit();
    };
    m_begins->setDetail(text(from));
    m_ends->setDetail(text(last));
}

void PersonPage::showConsent() {
    const QJsonObject consent = m_person.value(u"consent").toObject();
    m_consent->setDetail(
        consent.isEmpty()
            ? PeopleWords::consentNone()
            : PeopleWords::consentGiven(context().locale.toString(dayOf(consent.value(u"time")), QLocale::ShortFormat),
                                        consent.value(u"text").toString(), consent.value(u"witness").toString()));
}

void PersonPage::chooseDay(bool begin) {
    const QJsonValue now =
        begin ? m_from.value_or(m_person.value(u"valid_from")) : m_until.value_or(m_person.value(u"valid_until"));
    const QDate shown = now.isDouble()
                            ? dayOf(now.toInteger() - (begin ? 0 : 1))
                            : dayOf(QJsonValue(static_cast<qint64>(context().clock().wall.time_since_epoch().count())));
    pickDay(this, begin ? PeopleWords::begins() : PeopleWords::ends(), shown, context().locale,
            [page = QPointer(this), begin](std::optional<QDate> day) {
                if (!page)
                    return;
                auto& chosen = begin ? page->m_from : page->m_until;
                chosen = day ? millis((begin ? *day : day->addDays(1)).startOfDay()) : QJsonValue();
                page->showDates();
            });
}

/// The PIN goes straight to the port: no widget and no member holds it.
void PersonPage::choosePin() {
    auto* sheet = new Sheet(this, PeopleWords::choosePin());
    auto* pad = new PinPad({.cancels = false});
    pad->setObjectName(QStringLiteral("personPinPad"));
    sheet->add(pad);
    pad->onEntered([page = QPointer(this), sheet = QPointer(sheet)](const core::Digits& digits) {
        if (!page)
            return;
        const auto pin = digits.text();
        page->send({{QStringLiteral("pin"), QString::fromLatin1(pin.data(), static_cast<qsizetype>(pin.size()))}},
                   [page, sheet](const QJsonObject&) {
                       if (sheet)
                           sheet->dismiss();
                       if (page)
                           page->read();
                   });
    });
    connect(pad, &PinPad::touched, this, &AdminPage::inUse);
    if (m_person.value(u"has_pin").toBool())
        sheet
            ->addAction(Button::Kind::Danger, PeopleWords::removePin(),
                        [page = QPointer(this)] {
                            if (page)
                                page->send({{QStringLiteral("pin"), QJsonValue()}},
                                           [page](const QJsonObject&) { page->read(); });
                        })
            ->setObjectName(QStringLiteral("personRemovePin"));
    sheet->addAction(Button::Kind::Plain, KitWords::cancel(), {});
    sheet->open();
}

QJsonObject PersonPage::changes() const {
    QJsonObject change;
    const auto differs = [&](const char* key, const QJsonValue& value) {
        if (m_person.value(QLatin1String(key)) != value)
            change.insert(QLatin1String(key), value);
    };
    differs("name", m_name->text().trimmed());
    differs("card", m_card->text().trimmed());
    differs("notes", m_notes->text());
    if (m_from)
        differs("valid_from", *m_from);
    if (m_until)
        differs("valid_until", *m_until);
    const QJsonValue uses = m_limited->isChecked() ? QJsonValue(static_cast<int>(m_uses->value())) : QJsonValue();
    differs("uses", uses);
    if (m_language->current() >= 0 && languageCodes[m_language->current()] != m_person.value(u"language").toString())
        change.insert(QStringLiteral("language"), languageCodes[m_language->current()]);
    QJsonArray groups;
    for (const Chip* chip : m_groupChips)
        if (chip->isChecked())
            groups.append(chip->text());
    if (!m_groupChips.isEmpty())
        differs("groups", groups);
    return m_person.isEmpty() ? QJsonObject() : change;
}

void PersonPage::save() {
    const QString wanted = m_name->text().trimmed();
    if (wanted.isEmpty() || wanted.toUcs4().size() > resources::longestField) {
        m_name->setError(PeopleWords::nameNeeded());
        m_scroll->reveal(m_name);
        return;
    }
    const QJsonObject change = changes();
    if (change.isEmpty()) {
        Q_EMIT done();
        return;
    }
    send(change, [this, wanted](const QJsonObject&) {
        Q_EMIT notice(PeopleWords::saved(cleanName(wanted)), {});
        Q_EMIT done();
    });
}

void PersonPage::send(QJsonObject change, std::function<void(const QJsonObject&)> done) {
    change.insert(QStringLiteral("who"), m_id);
    change.insert(QStringLiteral("revision"), m_person.value(u"revision"));
    m_busy->setBusy(true);
    ask(
        QStringLiteral("person.set"), change,
        [this, done](const QJsonObject& answer) {
            m_busy->setBusy(false);
            done(answer);
        },
        [this, change, done](const core::Error& error) {
            m_busy->setBusy(false);
            refused(error, change, done);
        });
}

/// Two admins edited the same person: nobody's work is lost without being asked.
void PersonPage::refused(const core::Error& error, const QJsonObject& change,
                         const std::function<void(const QJsonObject&)>& done) {
    if (error.kind != core::ErrorKind::Conflict) {
        Sheet::message(this, KitWords::errorKind(error.kind), QString::fromStdString(error.text()));
        return;
    }
    auto* sheet = new Sheet(this, PeopleWords::conflict());
    auto* text = new TextBlock({.fits = {{resources::fontBody, resources::mostParagraphLines}}, .balanced = false});
    text->setText(PeopleWords::conflictMeans(cleanName(name())));
    sheet->add(text);
    sheet
        ->addAction(Button::Kind::Primary, PeopleWords::showTheirs(),
                    [page = QPointer(this)] {
                        if (page)
                            page->read();
                    })
        ->setObjectName(QStringLiteral("conflictTheirs"));
    sheet
        ->addAction(Button::Kind::Plain, PeopleWords::keepMine(),
                    [page = QPointer(this), change, done] {
                        if (!page)
                            return;
                        // What was not touched here stays as the other one left it.
                        page->ask(QStringLiteral("person.show"), {{QStringLiteral("who"), page->m_id}},
                                  [page, change, done](const QJsonObject& person) {
                                      page->m_person.insert(QStringLiteral("revision"), person.value(u"revision"));
                                      page->send(change, done);
                                  });
                    })
        ->setObjectName(QStringLiteral("conflictMine"));
    sheet->open();
}

void PersonPage::toggleStatus() {
    const bool suspended = m_person.value(u"status").toString() == u"suspended";
    setStatus(suspended ? QStringLiteral("active") : QStringLiteral("suspended"), true);
}

void PersonPage::setStatus(const QString& status, bool undoable) {
    send({{QStringLiteral("status"), status}}, [this, status, undoable](const QJsonObject&) {
        const bool suspended = status == u"suspended";
        const QString who = cleanName(name());
        std::function<void()> undo;
        if (undoable)
            undo = [page = QPointer(this), suspended] {
                if (page)
                    page->setStatus(suspended ? QStringLiteral("active") : QStringLiteral("suspended"), false);
            };
        Q_EMIT notice(suspended ? PeopleWords::suspendedNow(who) : PeopleWords::activeNow(who), undo);
        read();
    });
}

/// No undo: face, PIN and key are gone.
void PersonPage::remove() {
    const int templates = static_cast<int>(m_person.value(u"template_models").toArray().size());
    confirm({PeopleWords::removeQuestion(cleanName(name()), templates), PeopleWords::removeMeans(),
             PeopleWords::remove(), true},
            [this] {
                ask(QStringLiteral("person.remove"), {{QStringLiteral("who"), m_id}}, [this](const QJsonObject&) {
                    Q_EMIT notice(PeopleWords::removed(cleanName(name())), {});
                    Q_EMIT done();
                });
            });
}

bool PersonPage::back() {
    if (changes().isEmpty())
        return false;
    confirm({PeopleWords::giveUp(), PeopleWords::giveUpMeans(), PeopleWords::discard(), true},
            [this] { Q_EMIT done(); });
    return true;
}

void PersonPage::changed(const QString& what) {
    if (what == u"people" && changes().isEmpty())
        read();
}

void PersonPage::restyled() {
    layout()->setContentsMargins(0, 0, 0, 0);
    layout()->setSpacing(0);
    const int edge = dress().px(resources::spaceS), half = dress().px(resources::spaceXs);
    m_foot->setContentsMargins(edge, half, edge, half);
}

} // namespace facelatch::ui
