// SPDX-License-Identifier: GPL-3.0-or-later
// Listing, pairing, changing and revoking viewers.
#include "ui/viewers_page.h"

#include "ui/controls.h"
#include "ui/kit_words.h"
#include "ui/pairing_panel.h"
#include "ui/pairing_words.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QStackedLayout>

#include <utility>

namespace facelatch::ui {

using resources::Palette;

namespace {

const QStringList roleCodes{QStringLiteral("viewer"), QStringLiteral("operator"), QStringLiteral("admin")};

QStringList roleNames() {
    QStringList names;
    for (const QString& code : roleCodes)
        names << PairingWords::role(code);
    return names;
}

TextBlock* paragraph(int size, ColourRole colour) {
    return new TextBlock({.fits = {{size, resources::mostParagraphLines}}, .colour = colour, .balanced = false});
}

bool isRevoked(const QJsonObject& viewer) {
    return viewer.value(u"revoked").toBool() || viewer.value(u"revoked").isDouble();
}

QString nameOf(const QJsonObject& viewer) {
    return cleanName(viewer.value(u"name").toString());
}

} // namespace

ViewersPage::ViewersPage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_port(&given.port),
      m_column(new QVBoxLayout(this)),
      m_busy(new BusyLine(this)),
      m_steps(new QStackedLayout),
      m_list(new ScrollArea(this)),
      m_one(new ScrollArea(this)),
      m_new(new ScrollArea(this)),
      m_code(new ScrollArea(this)),
      m_panel(new PairingPanel) {
    setObjectName(QStringLiteral("viewersPage"));
    m_list->setObjectName(QStringLiteral("viewersList"));
    m_one->setObjectName(QStringLiteral("viewersOne"));
    m_new->setObjectName(QStringLiteral("viewersNew"));
    m_code->setObjectName(QStringLiteral("viewersCode"));
    makeOne();
    makeRole();
    m_code->add(m_panel);
    for (ScrollArea* step : {m_list, m_one, m_new, m_code})
        m_steps->addWidget(step);
    m_column->addWidget(m_busy);
    m_column->addLayout(m_steps, 1);
    connect(m_panel, &PairingPanel::newCodeWanted, this, &ViewersPage::pair);
    connect(&m_poll, &QTimer::timeout, this, &ViewersPage::poll);
}

void ViewersPage::makeOne() {
    m_name = new TextField(PairingWords::name());
    m_name->setObjectName(QStringLiteral("viewerName"));
    m_name->setMaxLength(resources::longestField);
    m_role = new Segments(roleNames());
    m_role->setObjectName(QStringLiteral("viewerRole"));
    m_roleLine = paragraph(resources::fontSmall, &Palette::muted);
    m_save = new Button(Button::Kind::Primary, PairingWords::save());
    m_save->setObjectName(QStringLiteral("viewerSave"));
    auto* revoke = new Button(Button::Kind::Danger, PairingWords::revoke());
    revoke->setObjectName(QStringLiteral("viewerRevoke"));
    auto* actions = new FlowRow;
    actions->add(m_save);
    actions->add(revoke);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_name, m_role, m_roleLine, actions})
        m_one->add(widget);
    connect(m_name, &TextField::edited, this, [this] { m_name->setError({}); });
    connect(m_role, &Segments::chosen, this, &ViewersPage::showRole);
    connect(m_save, &QAbstractButton::clicked, this, &ViewersPage::save);
    connect(revoke, &QAbstractButton::clicked, this, &ViewersPage::askRevoke);
}

void ViewersPage::makeRole() {
    auto* question = paragraph(resources::fontBody, &Palette::text);
    question->setObjectName(QStringLiteral("newViewerQuestion"));
    question->setText(PairingWords::chooseRole());
    m_newRole = new Segments(roleNames());
    m_newRole->setObjectName(QStringLiteral("newViewerRole"));
    m_newRole->setCurrent(0);
    m_newRoleLine = paragraph(resources::fontSmall, &Palette::muted);
    m_showCode = new Button(Button::Kind::Primary, PairingWords::showCode());
    m_showCode->setObjectName(QStringLiteral("newViewerCode"));
    auto* actions = new FlowRow;
    actions->add(m_showCode);
    for (QWidget* widget : std::initializer_list<QWidget*>{question, m_newRole, m_newRoleLine, actions})
        m_new->add(widget);
    connect(m_newRole, &Segments::chosen, this, &ViewersPage::showRole);
    connect(m_showCode, &QAbstractButton::clicked, this, &ViewersPage::pair);
}

QString ViewersPage::title() const {
    switch (m_steps->currentIndex()) {
    case One:
        return nameOf(m_viewer);
    case Role:
    case Code:
        return PairingWords::pair();
    default:
        return PairingWords::title();
    }
}

void ViewersPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(edge, 0, edge, 0);
    m_column->setSpacing(0);
}

void ViewersPage::shown() {
    read();
}

void ViewersPage::changed(const QString& what) {
    if (what == u"viewers" && m_steps->currentIndex() == List)
        read();
}

bool ViewersPage::back() {
    if (m_steps->currentIndex() == List)
        return false;
    go(m_steps->currentIndex() == Code ? Role : List);
    return true;
}

/// The screen was left, or signed itself out.
void ViewersPage::hideEvent(QHideEvent* event) {
    endPairing();
    AdminPage::hideEvent(event);
}

void ViewersPage::go(Step step) {
    if (step != Code)
        endPairing();
    m_steps->setCurrentIndex(step);
    showRole();
    Q_EMIT titleChanged();
    if (step == List)
        read();
}

void ViewersPage::read() {
    m_busy->setBusy(true);
    ask(
        QStringLiteral("viewer.list"), {},
        [this](const QJsonObject& list) {
            m_busy->setBusy(false);
            m_viewers = list.value(u"viewers").toArray();
            showList();
        },
        [this](const core::Error& error) { failed(error); });
}

void ViewersPage::showList() {
    m_list->clear();
    bool any = false;
    for (const auto& value : std::as_const(m_viewers))
        if (const QJsonObject viewer = value.toObject(); !isRevoked(viewer)) {
            addRow(viewer);
            any = true;
        }
    if (!any) {
        auto* none = new EmptyState(Icon::Screen, PairingWords::none(), PairingWords::noneLine());
        none->setObjectName(QStringLiteral("viewersNone"));
        m_list->add(none);
    }
    auto* pair = new Button(Button::Kind::Primary, Icon::Plus, PairingWords::pair());
    pair->setObjectName(QStringLiteral("viewerPair"));
    connect(pair, &QAbstractButton::clicked, this, [this] { go(Role); });
    m_list->add(pair);
    dressUp(*m_list);
}

void ViewersPage::addRow(const QJsonObject& viewer) {
    auto* row = new ListRow(nameOf(viewer));
    row->setObjectName(QStringLiteral("viewer_") + viewer.value(u"id").toString());
    const QJsonValue seen = viewer.value(u"last_seen");
    const bool online = viewer.value(u"online").toBool();
    const QString role = PairingWords::role(viewer.value(u"role").toString()) + QStringLiteral(" · ");
    row->setDetail(role + (online ? PairingWords::online(viewer.value(u"address").toString())
                           : seen.isDouble()
                               ? PairingWords::lastSeen(context().locale.toString(
                                     QDateTime::fromMSecsSinceEpoch(seen.toInteger()), QLocale::ShortFormat))
                               : PairingWords::neverSeen()));
    row->setLeadingIcon(Icon::Screen);
    if (online)
        row->setChip(PairingWords::onlineChip(), Tone::Good, Icon::Tick);
    row->setChevron(true);
    connect(row, &QAbstractButton::clicked, this, [this, viewer] { open(viewer); });
    m_list->add(row);
}

void ViewersPage::open(const QJsonObject& viewer) {
    m_viewer = viewer;
    m_name->setText(viewer.value(u"name").toString());
    m_name->setError({});
    m_role->setCurrent(static_cast<int>(roleCodes.indexOf(viewer.value(u"role").toString())));
    go(One);
}

void ViewersPage::showRole() {
    m_roleLine->setText(PairingWords::roleLine(roleCodes.value(m_role->current())));
    m_newRoleLine->setText(PairingWords::roleLine(roleCodes.value(m_newRole->current())));
}

void ViewersPage::save() {
    const QString name = m_name->text().trimmed();
    if (name.isEmpty() || name.toUcs4().size() > resources::longestField) {
        m_name->setError(PairingWords::nameNeeded());
        return;
    }
    QJsonObject change{{QStringLiteral("id"), m_viewer.value(u"id")}};
    if (name != m_viewer.value(u"name").toString())
        change.insert(QStringLiteral("name"), name);
    if (const QString role = roleCodes.value(m_role->current()); role != m_viewer.value(u"role").toString())
        change.insert(QStringLiteral("role"), role);
    if (change.size() == 1) {
        go(List);
        return;
    }
    m_busy->setBusy(true);
    ask(
        QStringLiteral("viewer.set"), change, [this](const QJsonObject&) { finish(PairingWords::saved()); },
        [this](const core::Error& error) { failed(error); });
}

void ViewersPage::askRevoke() {
    const QString name = nameOf(m_viewer);
    confirm({PairingWords::revokeQuestion(name), PairingWords::revokeDetail(), PairingWords::revoke(), true},
            [this, name] {
                m_busy->setBusy(true);
                ask(
                    QStringLiteral("viewer.revoke"), {{QStringLiteral("id"), m_viewer.value(u"id")}},
                    [this, name](const QJsonObject&) { finish(PairingWords::revoked(name)); },
                    [this](const core::Error& error) { failed(error); });
            });
}

void ViewersPage::pair() {
    const int round = ++m_round;
    m_busy->setBusy(true);
    m_showCode->setEnabled(false);
    ask(
        QStringLiteral("viewer.pair"), {{QStringLiteral("role"), roleCodes.value(m_newRole->current())}},
        [this, round](const QJsonObject& pairing) {
            m_busy->setBusy(false);
            m_showCode->setEnabled(true);
            m_pairing = true;
            if (round != m_round || !isVisible()) { // left meanwhile
                endPairing();
                return;
            }
            m_panel->showPairing(pairing);
            m_poll.start(resources::pairingPollMs);
            go(Code);
        },
        [this](const core::Error& error) {
            m_showCode->setEnabled(true);
            failed(error);
        });
}

void ViewersPage::poll() {
    ask(
        QStringLiteral("viewer.pairing"), {},
        [this, round = m_round](const QJsonObject& pairing) {
            if (m_pairing && round == m_round)
                polled(pairing);
        },
        [](const core::Error&) {}); // asked again in a moment
}

void ViewersPage::polled(const QJsonObject& pairing) {
    if (const QJsonObject paired = pairing.value(u"paired").toObject(); !paired.isEmpty()) {
        m_pairing = false; // nothing is left to cancel
        finish(PairingWords::paired(nameOf(paired), paired.value(u"role").toString()));
    } else if (!pairing.value(u"open").toBool()) {
        m_pairing = false;
        m_poll.stop();
        m_panel->expire();
    } else {
        m_panel->setLeft(pairing.value(u"left_s").toInteger(), pairing.value(u"tries_left").toInt());
        Q_EMIT inUse(); // somebody is at the other device
    }
}

void ViewersPage::endPairing() {
    m_poll.stop();
    ++m_round;
    if (std::exchange(m_pairing, false) && m_port)
        m_port->ask(QStringLiteral("viewer.pair_cancel"), {}, this, {});
}

void ViewersPage::failed(const core::Error& error) {
    m_busy->setBusy(false);
    Q_EMIT notice(KitWords::error(error), {});
}

void ViewersPage::finish(const QString& said) {
    m_busy->setBusy(false);
    Q_EMIT notice(said, {});
    go(List);
}

} // namespace facelatch::ui
