// SPDX-License-Identifier: GPL-3.0-or-later
// Listing, adding, changing and removing admins.
#include "ui/admins_page.h"

#include "core/pin.h"
#include "ui/controls.h"
#include "ui/kit_words.h"
#include "ui/pin_pad.h"
#include "ui/setup_words.h"
#include "ui/system_words.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QStackedLayout>

namespace facelatch::ui {

using resources::Palette;

namespace {

const QStringList roleCodes{QStringLiteral("operator"), QStringLiteral("admin")};

TextLook paragraph(ColourRole colour, int size = resources::fontSmall) {
    return {.fits = {{size, resources::mostParagraphLines}}, .colour = colour, .balanced = false};
}

} // namespace

AdminsPage::AdminsPage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_column(new QVBoxLayout(this)),
      m_busy(new BusyLine(this)),
      m_steps(new QStackedLayout),
      m_list(new ScrollArea(this)),
      m_one(new ScrollArea(this)),
      m_pinStep(new QWidget(this)) {
    setObjectName(QStringLiteral("adminsPage"));
    m_list->setObjectName(QStringLiteral("adminsList"));
    m_one->setObjectName(QStringLiteral("adminsOne"));
    m_pinStep->setObjectName(QStringLiteral("adminsPin"));
    makeOne();
    makePin();
    m_steps->addWidget(m_list);
    m_steps->addWidget(m_one);
    m_steps->addWidget(m_pinStep);
    m_column->addWidget(m_busy);
    m_column->addLayout(m_steps, 1);
}

void AdminsPage::makeOne() {
    m_name = new TextField(AdminsWords::name());
    m_name->setObjectName(QStringLiteral("adminName"));
    m_name->setMaxLength(resources::longestField);
    m_role = new Segments({AdminsWords::role(roleCodes[0]), AdminsWords::role(roleCodes[1])});
    m_role->setObjectName(QStringLiteral("adminRole"));
    m_roleLine = new TextBlock(paragraph(&Palette::muted));
    m_last = new TextBlock(paragraph(&Palette::muted));
    m_last->setObjectName(QStringLiteral("lastAdmin"));
    m_last->setText(AdminsWords::lastAdmin());
    m_save = new Button(Button::Kind::Primary, AdminsWords::save());
    m_save->setObjectName(QStringLiteral("adminSave"));
    m_changePin = new Button(Button::Kind::Plain, AdminsWords::changePin());
    m_changePin->setObjectName(QStringLiteral("adminChangePin"));
    m_remove = new Button(Button::Kind::Danger, AdminsWords::remove());
    m_remove->setObjectName(QStringLiteral("adminRemove"));
    auto* actions = new FlowRow;
    actions->add(m_save);
    actions->add(m_changePin);
    actions->add(m_remove);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_name, m_role, m_roleLine, m_last, actions})
        m_one->add(widget);
    connect(m_name, &TextField::edited, this, &AdminsPage::showReady);
    connect(m_role, &Segments::chosen, this, &AdminsPage::showReady);
    connect(m_save, &QAbstractButton::clicked, this, &AdminsPage::save);
    connect(m_changePin, &QAbstractButton::clicked, this, [this] { go(Pin); });
    connect(m_remove, &QAbstractButton::clicked, this, &AdminsPage::askRemove);
}

void AdminsPage::makePin() {
    m_pinText = new TextBlock(paragraph(&Palette::text, resources::fontBody), m_pinStep);
    m_pinText->setObjectName(QStringLiteral("pinText"));
    m_pinWhy = new TextBlock(paragraph(&Palette::refused), m_pinStep);
    m_pinWhy->setObjectName(QStringLiteral("pinWhy"));
    m_pad = new PinPad({.leastDigits = core::leastPinDigits(core::PinPurpose::Admin), .cancels = false}, m_pinStep);
    m_pad->setObjectName(QStringLiteral("adminPad"));
    m_pinRow = new QBoxLayout(QBoxLayout::LeftToRight, m_pinStep);
    auto* words = new QVBoxLayout;
    words->addStretch();
    words->addWidget(m_pinText);
    words->addWidget(m_pinWhy);
    words->addStretch();
    m_pinRow->addLayout(words, 1);
    m_pinRow->addWidget(m_pad, 0, Qt::AlignCenter);
    m_pad->onEntered([this](const core::Digits& digits) { enter(digits); });
}

QString AdminsPage::title() const {
    if (m_steps->currentIndex() == List)
        return AdminsWords::title();
    if (m_admin.isEmpty())
        return AdminsWords::add();
    return cleanName(m_admin.value(u"name").toString());
}

void AdminsPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(edge, 0, edge, 0);
    m_column->setSpacing(0);
    m_pinRow->setDirection(dress().portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_pinRow->setSpacing(dress().px(resources::spaceM));
}

void AdminsPage::shown() {
    read();
}

void AdminsPage::changed(const QString& what) {
    if (what == u"admins" && m_steps->currentIndex() == List)
        read();
}

bool AdminsPage::back() {
    if (m_steps->currentIndex() == List)
        return false;
    go(m_steps->currentIndex() == Pin ? One : List);
    return true;
}

void AdminsPage::go(Step step) {
    m_steps->setCurrentIndex(step);
    m_pad->clear();
    begin({});
    Q_EMIT titleChanged();
}

void AdminsPage::read() {
    wait(true);
    ask(
        QStringLiteral("admin.list"), {},
        [this](const QJsonObject& list) {
            wait(false);
            m_admins = list.value(u"admins").toArray();
            showList();
        },
        [this](const core::Error& error) { failed(error); });
}

void AdminsPage::showList() {
    m_list->clear();
    for (const auto& value : std::as_const(m_admins)) {
        const QJsonObject admin = value.toObject();
        auto* row = new ListRow(cleanName(admin.value(u"name").toString()));
        row->setObjectName(QStringLiteral("admin_") + admin.value(u"id").toString());
        const QJsonValue seen = admin.value(u"last_seen");
        row->setDetail(seen.isDouble() ? AdminsWords::lastSeen(context().locale.toString(
                                             QDateTime::fromMSecsSinceEpoch(seen.toInteger()), QLocale::ShortFormat))
                                       : AdminsWords::neverSeen());
        row->setLeadingIcon(Icon::Person);
        row->setChip(AdminsWords::role(admin.value(u"role").toString()), Tone::Neutral);
        row->setChevron(true);
        connect(row, &QAbstractButton::clicked, this, [this, admin] { open(admin); });
        m_list->add(row);
    }
    auto* add = new Button(Button::Kind::Primary, Icon::Plus, AdminsWords::add());
    add->setObjectName(QStringLiteral("adminAdd"));
    connect(add, &QAbstractButton::clicked, this, [this] { open({}); });
    m_list->add(add);
    dressUp(*m_list);
}

bool AdminsPage::isLast(const QJsonObject& admin) const {
    int others = 0;
    for (const auto& each : m_admins)
        others +=
            each.toObject().value(u"role").toString() == u"admin" && each.toObject().value(u"id") != admin.value(u"id")
                ? 1
                : 0;
    return admin.value(u"role").toString() == u"admin" && others == 0;
}

void AdminsPage::open(const QJsonObject& admin) {
    m_admin = admin;
    const bool last = isLast(admin);
    m_name->setText(admin.value(u"name").toString());
    m_name->setError({});
    m_role->setCurrent(admin.isEmpty() ? 0 : static_cast<int>(roleCodes.indexOf(admin.value(u"role").toString())));
    m_role->setOptionEnabled(0, !last);
    m_last->setVisible(last);
    m_save->setText(admin.isEmpty() ? AdminsWords::next() : AdminsWords::save());
    m_changePin->setVisible(!admin.isEmpty());
    m_remove->setVisible(!admin.isEmpty());
    m_remove->setEnabled(!last);
    showReady();
    go(One);
}

QString AdminsPage::typedName() const {
    return m_name->text().trimmed();
}

void AdminsPage::showReady() {
    const QString role = roleCodes.value(m_role->current());
    m_roleLine->setText(AdminsWords::roleLine(role));
    const bool other = m_admin.isEmpty() || typedName() != m_admin.value(u"name").toString() ||
                       role != m_admin.value(u"role").toString();
    m_save->setEnabled(!typedName().isEmpty() && other);
}

void AdminsPage::save() {
    if (m_admin.isEmpty()) {
        go(Pin);
        return;
    }
    wait(true);
    ask(
        QStringLiteral("admin.set"),
        {{QStringLiteral("id"), m_admin.value(u"id")},
         {QStringLiteral("name"), typedName()},
         {QStringLiteral("role"), roleCodes.value(m_role->current())}},
        [this](const QJsonObject&) { finish(AdminsWords::saved()); },
        [this](const core::Error& error) { failed(error); });
}

void AdminsPage::askRemove() {
    const QString name = cleanName(m_admin.value(u"name").toString());
    confirm({AdminsWords::removeQuestion(name), AdminsWords::removeDetail(), AdminsWords::remove(), true},
            [this, name] {
                wait(true);
                ask(
                    QStringLiteral("admin.remove"), {{QStringLiteral("id"), m_admin.value(u"id")}},
                    [this, name](const QJsonObject&) { finish(AdminsWords::removed(name)); },
                    [this](const core::Error& error) { failed(error); });
            });
}

void AdminsPage::begin(const QString& why) {
    m_first.wipe();
    m_pinText->setText(AdminsWords::choosePin(cleanName(typedName())));
    m_pinWhy->setText(why);
    m_pinWhy->setVisible(!why.isEmpty());
}

void AdminsPage::enter(const core::Digits& digits) {
    if (const auto flaw = core::pinFlaw(digits.text(), core::PinPurpose::Admin)) {
        begin(SetupWords::pinFlaw(*flaw));
    } else if (m_first.empty()) {
        begin({});
        m_first = digits;
        m_pinText->setText(AdminsWords::repeatPin());
    } else if (m_first.text() != digits.text()) {
        begin(AdminsWords::pinsDiffer());
    } else {
        sendPin(digits);
        m_first.wipe();
    }
}

void AdminsPage::sendPin(const core::Digits& digits) {
    const QString pin = QString::fromLatin1(digits.text().data(), static_cast<qsizetype>(digits.size()));
    const QString name = cleanName(typedName());
    const bool isNew = m_admin.isEmpty();
    QJsonObject args{{QStringLiteral("pin"), pin}};
    if (isNew) {
        args.insert(QStringLiteral("name"), typedName());
        args.insert(QStringLiteral("role"), roleCodes.value(m_role->current()));
    } else {
        args.insert(QStringLiteral("id"), m_admin.value(u"id"));
    }
    wait(true);
    ask(
        isNew ? QStringLiteral("admin.add") : QStringLiteral("admin.set"), args,
        [this, name, isNew](const QJsonObject&) {
            finish(isNew ? AdminsWords::added(name) : AdminsWords::pinChanged(name));
        },
        [this](const core::Error& error) {
            begin(KitWords::error(error));
            wait(false);
        });
}

void AdminsPage::wait(bool busy) {
    m_busy->setBusy(busy);
    m_pad->setBusy(busy);
}

void AdminsPage::failed(const core::Error& error) {
    wait(false);
    Q_EMIT notice(KitWords::error(error), {});
}

void AdminsPage::finish(const QString& said) {
    wait(false);
    Q_EMIT notice(said, {});
    go(List);
    read();
}

} // namespace facelatch::ui
