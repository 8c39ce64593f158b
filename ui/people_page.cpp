// SPDX-License-Identifier: GPL-3.0-or-later
// The list, its pictures, its buttons.
#include "ui/people_page.h"

#include "ui/alike_sheet.h"
#include "ui/enrol_page.h"
#include "ui/import_page.h"
#include "ui/kit_words.h"
#include "ui/people_words.h"
#include "ui/person_page.h"

#include <QBoxLayout>
#include <QJsonArray>

namespace facelatch::ui {

PeoplePage::PeoplePage(const AdminContext& context, QWidget* parent)
    : AdminPage(context, parent),
      m_search(new SearchField(this)),
      m_busy(new BusyLine(this)),
      m_alike(new ListRow(QString(), this)),
      m_scroll(new ScrollArea(this)),
      m_cards(new PeopleCards(context.clock, context.locale)),
      m_below(new QWidget),
      m_empty(new EmptyState(Icon::People, PeopleWords::nobodyYet(), PeopleWords::nobodyYetHow(), this)),
      m_add(new Button(Button::Kind::Primary, Icon::Plus, PeopleWords::add(), this)),
      m_import(new Button(Button::Kind::Plain, Icon::Usb, PeopleWords::import(), this)) {
    setObjectName(QStringLiteral("peoplePage"));
    m_search->setObjectName(QStringLiteral("peopleSearch"));
    m_search->setPlaceholder(PeopleWords::search());
    m_cards->setObjectName(QStringLiteral("peopleCards"));
    m_empty->setObjectName(QStringLiteral("peopleEmpty"));
    m_alike->setObjectName(QStringLiteral("peopleAlike"));
    m_alike->setLeadingIcon(Icon::Warning, &resources::Palette::refused);
    m_alike->setChevron(true);
    m_alike->hide();
    for (auto [button, name] : {std::pair{m_add, "peopleAdd"}, std::pair{m_import, "peopleImport"}}) {
        button->setObjectName(QLatin1String(name));
        button->setIconOnly(true);
        button->setTall(true);
        button->setVisible(may("enrol_person"));
    }
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_busy);
    column->addWidget(m_alike);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_empty, 1);
    m_scroll->setMargin(0);
    m_scroll->add(m_cards);
    m_scroll->add(m_below);
    m_empty->hide();
    connect(m_search, &SearchField::searched, this, [this](const QString& text) {
        m_cards->setFilter(text);
        showEmpty();
    });
    connect(m_cards, &PeopleCards::wantsPicture, this, &PeoplePage::readPicture);
    connect(m_cards, &PeopleCards::chosen, this,
            [this](const QString& id) { Q_EMIT opens(new PersonPage(this->context(), id)); });
    connect(m_add, &QAbstractButton::clicked, this, [this] { Q_EMIT opens(new EnrolPage(this->context(), {})); });
    connect(m_import, &QAbstractButton::clicked, this, [this] { Q_EMIT opens(new ImportPage(this->context())); });
}

QString PeoplePage::title() const {
    return m_people > 0 ? PeopleWords::title() + QStringLiteral(" · ") + context().locale.toString(m_people)
                        : PeopleWords::title();
}

void PeoplePage::shown() {
    m_cards->forgetPictures();
    m_wanted.clear();
    read();
}

void PeoplePage::changed(const QString& what) {
    if (what == u"people" || what == u"access")
        read();
}

void PeoplePage::read() {
    m_busy->setBusy(true);
    ask(
        QStringLiteral("person.list"), {},
        [this](const QJsonObject& answer) {
            m_busy->setBusy(false);
            std::vector<PersonEntry> people;
            for (const auto& each : answer.value(u"people").toArray())
                people.push_back(personEntry(each.toObject()));
            m_people = static_cast<int>(people.size());
            m_cards->setPeople(std::move(people));
            showEmpty();
            Q_EMIT titleChanged();
            readAlike();
        },
        [this](const core::Error& error) {
            m_busy->setBusy(false);
            Q_EMIT notice(KitWords::error(error), {});
        });
}

void PeoplePage::showEmpty() {
    const bool nobody = m_cards->count() == 0;
    if (m_people > 0)
        m_empty->setTexts(PeopleWords::nobodyFound(), PeopleWords::nobodyFoundHow());
    else
        m_empty->setTexts(PeopleWords::nobodyYet(), PeopleWords::nobodyYetHow());
    m_empty->setVisible(nobody);
    m_scroll->setVisible(!nobody);
}

void PeoplePage::readAlike() {
    if (m_people < 2)
        return m_alike->hide();
    ask(
        QStringLiteral("person.close"), {},
        [this](const QJsonObject& answer) {
            const QJsonArray pairs = answer.value(u"pairs").toArray();
            m_alike->setVisible(!pairs.isEmpty());
            if (pairs.isEmpty())
                return;
            const QJsonObject first = pairs.first().toObject().value(u"first").toObject(),
                              second = pairs.first().toObject().value(u"second").toObject();
            m_alike->setTitle(PeopleWords::alike(first.value(u"name").toString(), second.value(u"name").toString()));
            m_alike->disconnect(this);
            connect(m_alike, &QAbstractButton::clicked, this,
                    [this, first, second] { showAlike(this, context().port, first, second); });
        },
        [](const core::Error&) {}); // the list is no worse without it
}

void PeoplePage::readPicture(const QString& id) {
    m_wanted.prepend(id);
    while (m_wanted.size() > resources::portraitsWaiting) // whoever scrolls fast is not waited for
        m_cards->askAgain(m_wanted.takeLast());
    nextPicture();
}

void PeoplePage::nextPicture() {
    while (m_underway < resources::portraitsUnderway && !m_wanted.isEmpty()) {
        const QString id = m_wanted.takeFirst();
        ++m_underway;
        const auto done = [this] {
            --m_underway;
            nextPicture();
        };
        ask(
            QStringLiteral("person.portrait"), {{QStringLiteral("id"), id}},
            [this, id, done](const QJsonObject& answer) {
                m_cards->setPicture(id, portraitOf(answer));
                done();
            },
            [done](const core::Error&) { done(); });
    }
}

void PeoplePage::restyled() {
    const int edge = dress().px(resources::spaceS);
    layout()->setContentsMargins(edge, edge, edge, edge);
    layout()->setSpacing(dress().px(resources::spaceXs));
    m_below->setFixedHeight(may("enrol_person") ? dress().px(resources::touchTarget) : 0);
    place();
}

void PeoplePage::resizeEvent(QResizeEvent*) {
    place();
}

/// The buttons float over the list, bottom right.
void PeoplePage::place() {
    const int edge = dress().px(resources::spaceM);
    QPoint corner(width() - edge, height() - edge);
    for (Button* button : {m_add, m_import}) {
        button->resize(button->sizeHint());
        button->move(corner - QPoint(button->width(), button->height()));
        button->raise();
        corner.rx() -= button->width() + dress().px(resources::spaceXs);
    }
}

} // namespace facelatch::ui
