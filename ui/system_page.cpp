// SPDX-License-Identifier: GPL-3.0-or-later
// Facts, tests, the doctor's lines, restart.
#include "ui/system_page.h"

#include "ui/controls.h"
#include "ui/doctor_words.h"
#include "ui/fact_card.h"
#include "ui/kit_words.h"
#include "ui/setting_words.h"
#include "ui/system_facts.h"
#include "ui/system_words.h"

#include <QBoxLayout>
#include <QJsonArray>

namespace facelatch::ui {

using resources::Palette;

SystemPage::SystemPage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_column(new QVBoxLayout(this)),
      m_busy(new BusyLine(this)),
      m_list(new ScrollArea(this)),
      m_facts(new QWidget) {
    setObjectName(QStringLiteral("systemPage"));
    m_list->setObjectName(QStringLiteral("systemList"));
    m_facts->setObjectName(QStringLiteral("systemFacts"));
    m_column->addWidget(m_busy);
    m_column->addWidget(m_list, 1);
    addLockdown();
    addLinks();
    addTests();
    auto* column = new QVBoxLayout(m_facts);
    column->setContentsMargins(0, 0, 0, 0);
    m_list->add(m_facts);
}

QString SystemPage::title() const {
    return SystemWords::title();
}

void SystemPage::shown() {
    readMode();
    read();
}

void SystemPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(edge, 0, edge, 0);
    m_column->setSpacing(dress().px(resources::spaceXs));
    m_facts->layout()->setSpacing(dress().px(resources::spaceS));
}

void SystemPage::addLinks() {
    for (const SystemLink& link : systemLinks()) {
        if (!may(link.needs))
            continue;
        auto* row = new ListRow(link.title);
        row->setObjectName(QLatin1String(link.name));
        row->setDetail(link.line);
        row->setLeadingIcon(link.icon);
        row->setChevron(true);
        connect(row, &QAbstractButton::clicked, this, [this, make = link.make] { Q_EMIT opens(make(context())); });
        m_list->add(row);
    }
    auto* check = new ListRow(SystemWords::check());
    check->setObjectName(QStringLiteral("systemCheck"));
    check->setDetail(SystemWords::checkLine());
    check->setLeadingIcon(Icon::Wrench);
    connect(check, &QAbstractButton::clicked, this, &SystemPage::look);
    m_list->add(check);
    auto* restart = new ListRow(SystemWords::restart());
    restart->setObjectName(QStringLiteral("systemRestart"));
    restart->setDetail(SystemWords::restartLine());
    restart->setLeadingIcon(Icon::Play);
    connect(restart, &QAbstractButton::clicked, this, &SystemPage::askRestart);
    m_list->add(restart);
}

Button* SystemPage::addTest(Panel& card, const char* name, const QString& text, const QString& command,
                            const QString& done) {
    auto* button = new Button(Button::Kind::Plain, text, &card);
    button->setObjectName(QLatin1String(name));
    connect(button, &QAbstractButton::clicked, this, [this, command, done, button] {
        if (command == u"lock.test")
            confirm({SystemWords::watchTheDoor(), SystemWords::watchDetail(), SystemWords::testLock(), false},
                    [this, command, done, button] { askTest(command, done, button); });
        else
            askTest(command, done, button);
    });
    return button;
}

void SystemPage::addTests() {
    auto* card = new FactCard(Icon::Tick, SystemWords::tests());
    auto* row = new FlowRow(card);
    row->add(
        addTest(*card, "testLock", SystemWords::testLock(), QStringLiteral("lock.test"), SystemWords::lockTested()));
    row->add(addTest(*card, "testSpeaker", SystemWords::testSpeaker(), QStringLiteral("sound.test"),
                     SystemWords::soundTested()));
    card->box()->addWidget(row);
    card->addText(SystemWords::noBuzzer())->setObjectName(QStringLiteral("noBuzzer"));
    m_list->add(card);
}

void SystemPage::askTest(const QString& command, const QString& done, Button* button) {
    button->setEnabled(false);
    ask(
        command, {},
        [this, done, button](const QJsonObject&) {
            button->setEnabled(true);
            Q_EMIT notice(done, {});
        },
        [this, button](const core::Error& error) {
            button->setEnabled(true);
            Q_EMIT notice(KitWords::error(error), {});
        });
}

void SystemPage::read() {
    m_busy->setBusy(true);
    ask(
        QStringLiteral("system.info"), {},
        [this](const QJsonObject& info) {
            m_busy->setBusy(false);
            show(info);
        },
        [this](const core::Error& error) {
            m_busy->setBusy(false);
            Q_EMIT notice(KitWords::error(error), {});
        });
}

void SystemPage::show(const QJsonObject& info) {
    qDeleteAll(m_facts->findChildren<FactCard*>(QString(), Qt::FindDirectChildrenOnly));
    for (FactCard* card : systemCards(info, context().locale))
        m_facts->layout()->addWidget(card);
    dressUp(*m_facts);
}

void SystemPage::look() {
    m_busy->setBusy(true);
    ask(
        QStringLiteral("system.check"), {},
        [this](const QJsonObject& found) {
            m_busy->setBusy(false);
            showLines(found);
        },
        [this](const core::Error& error) {
            m_busy->setBusy(false);
            Q_EMIT notice(KitWords::error(error), {});
        });
}

/// On a sheet: it is asked for, read, and gone.
void SystemPage::showLines(const QJsonObject& found) {
    auto* sheet = new Sheet(this, SystemWords::check());
    sheet->setObjectName(QStringLiteral("doctorSheet"));
    for (FactCard* card : doctorCards(found))
        sheet->add(card);
    sheet->addAction(Button::Kind::Plain, KitWords::close(), {})->setObjectName(QStringLiteral("sheetClose"));
    sheet->open();
}

void SystemPage::askRestart() {
    confirm({SettingWords::restartQuestion(), SettingWords::restartDetail(), SettingWords::restartNow(), false},
            [this] {
                ask(QStringLiteral("system.restart"), {},
                    [this](const QJsonObject&) { Q_EMIT notice(SettingWords::restarting(), {}); });
            });
}

} // namespace facelatch::ui
