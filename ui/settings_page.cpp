// SPDX-License-Identifier: GPL-3.0-or-later
// Groups, search, changing, restarting.
#include "ui/settings_page.h"

#include "ui/controls.h"
#include "ui/kit_words.h"
#include "ui/setting_row.h"
#include "ui/setting_texts.h"
#include "ui/setting_words.h"

#include <QBoxLayout>

namespace facelatch::ui {

namespace {

bool finds(const QJsonObject& row, const QString& search) {
    const QString key = row.value(u"key").toString();
    for (const QString& text : {SettingTexts::name(key), key, SettingTexts::meaning(row.value(u"meaning").toString())})
        if (text.contains(search, Qt::CaseInsensitive))
            return true;
    return false;
}

int changedHere(const QJsonArray& rows) {
    int count = 0;
    for (const auto& row : rows)
        count += row.toObject().value(u"origin").toString() == u"settings.local.toml" ? 1 : 0;
    return count;
}

} // namespace

SettingsPage::SettingsPage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_facts{context().locale, {}},
      m_column(new QVBoxLayout(this)),
      m_search(new SearchField(this)),
      m_busy(new BusyLine(this)),
      m_list(new ScrollArea(this)),
      m_restart(new Panel({.marginX = resources::spaceS, .marginY = resources::spaceXs}, this)),
      m_restartNow(new Button(Button::Kind::Primary, SettingWords::restartNow(), m_restart)) {
    setObjectName(QStringLiteral("settingsPage"));
    m_list->setObjectName(QStringLiteral("settingsList"));
    m_search->setObjectName(QStringLiteral("settingsSearch"));
    m_search->setPlaceholder(SettingWords::search());
    m_restart->setObjectName(QStringLiteral("restartBar"));
    m_restartNow->setObjectName(QStringLiteral("restartNow"));
    auto* text =
        new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .balanced = false}, m_restart);
    text->setText(SettingWords::restartNeeded());
    text->setObjectName(QStringLiteral("restartText"));
    m_restart->box()->addWidget(text, 1);
    m_restart->box()->addWidget(m_restartNow);
    m_restart->hide();
    m_column->addWidget(m_search);
    m_column->addWidget(m_busy);
    m_column->addWidget(m_list, 1);
    m_column->addWidget(m_restart);
    connect(m_search, &SearchField::searched, this, &SettingsPage::build);
    connect(m_restartNow, &QAbstractButton::clicked, this, &SettingsPage::askRestart);
}

QString SettingsPage::title() const {
    return m_group.isEmpty() ? SettingWords::title() : SettingTexts::group(m_group);
}

void SettingsPage::shown() {
    read();
}

void SettingsPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(edge, 0, edge, 0);
    m_column->setSpacing(dress().px(resources::spaceXs));
}

void SettingsPage::changed(const QString& what) {
    if (what == u"settings" || what == u"people")
        read();
}

bool SettingsPage::back() {
    if (m_group.isEmpty())
        return false;
    openGroup({});
    return true;
}

void SettingsPage::read() {
    m_busy->setBusy(true);
    ask(
        QStringLiteral("settings.list"), {}, [this](const QJsonObject& list) { take(list); },
        [this](const core::Error& error) {
            m_busy->setBusy(false);
            Q_EMIT notice(KitWords::error(error), {});
        });
}

void SettingsPage::take(const QJsonObject& list) {
    m_busy->setBusy(false);
    const bool first = m_groups.isEmpty();
    m_groups = list.value(u"groups").toArray();
    m_facts.recognition = list.value(u"recognition").toObject();
    showRestart(list.value(u"restart_needed").toBool());
    // Rows that stand there stay: somebody may be typing in one.
    if (first || m_list->findChildren<SettingRow*>().isEmpty())
        build();
    else
        for (const auto& group : std::as_const(m_groups))
            for (const auto& row : group.toObject().value(u"rows").toArray())
                replaceRow(row.toObject());
}

void SettingsPage::openGroup(const QString& group) {
    m_group = group;
    m_search->setVisible(group.isEmpty());
    build();
    Q_EMIT titleChanged();
}

void SettingsPage::build() {
    const QString search = m_search->text().trimmed();
    m_list->clear();
    if (!m_group.isEmpty())
        addSettings(m_group, {});
    else if (!search.isEmpty())
        addSettings({}, search);
    else
        addGroups();
    dressUp(*m_list);
    m_list->ensureVisible(0, 0);
}

void SettingsPage::addGroups() {
    for (const auto& value : std::as_const(m_groups)) {
        const QJsonObject group = value.toObject();
        const QString name = group.value(u"name").toString();
        auto* row = new ListRow(SettingTexts::group(name));
        row->setObjectName(QStringLiteral("group_") + name);
        row->setDetail(SettingTexts::groupLine(name));
        row->setChevron(true);
        if (const int count = changedHere(group.value(u"rows").toArray()); count > 0)
            row->setChip(SettingWords::changedHere(count), Tone::Accent);
        connect(row, &QAbstractButton::clicked, this, [this, name] { openGroup(name); });
        m_list->add(row);
    }
}

void SettingsPage::addSettings(const QString& group, const QString& search) {
    int found = 0;
    for (const auto& each : std::as_const(m_groups)) {
        if (!group.isEmpty() && each.toObject().value(u"name").toString() != group)
            continue;
        for (const auto& value : each.toObject().value(u"rows").toArray()) {
            const QJsonObject row = value.toObject();
            if (!search.isEmpty() && (found == resources::mostFound || !finds(row, search)))
                continue;
            ++found;
            auto* setting = new SettingRow(row, m_facts);
            connect(setting, &SettingRow::wanted, this,
                    [this, key = setting->key()](const QJsonValue& wanted) { set(key, wanted); });
            m_list->add(setting);
        }
    }
    if (found == 0)
        m_list->add(new EmptyState(Icon::Search, SettingWords::nothingFound(), SettingWords::nothingFoundLine()));
}

void SettingsPage::set(const QString& key, const QJsonValue& value) {
    ask(
        QStringLiteral("settings.set"), {{QStringLiteral("key"), key}, {QStringLiteral("value"), value}},
        [this](const QJsonObject& row) {
            replaceRow(row);
            showRestart(row.value(u"restart_needed").toBool());
        },
        [this, key](const core::Error& error) {
            for (auto* row : m_list->findChildren<SettingRow*>(key))
                row->refuse(KitWords::error(error));
        });
}

void SettingsPage::replaceRow(const QJsonObject& row) {
    const QString key = row.value(u"key").toString();
    for (auto&& group : m_groups) {
        QJsonObject object = group.toObject();
        QJsonArray rows = object.value(u"rows").toArray();
        for (auto&& each : rows)
            if (each.toObject().value(u"key").toString() == key)
                each = row;
        object.insert(QStringLiteral("rows"), rows);
        group = object;
    }
    for (auto* shown : m_list->findChildren<SettingRow*>(key))
        shown->update(row);
}

void SettingsPage::showRestart(bool needed) {
    m_restart->setVisible(needed);
}

void SettingsPage::askRestart() {
    confirm({SettingWords::restartQuestion(), SettingWords::restartDetail(), SettingWords::restartNow(), false},
            [this] {
                m_restartNow->setEnabled(false);
                ask(
                    QStringLiteral("system.restart"), {},
                    [this](const QJsonObject&) { Q_EMIT notice(SettingWords::restarting(), {}); },
                    [this](const core::Error& error) {
                        m_restartNow->setEnabled(true);
                        Q_EMIT notice(KitWords::error(error), {});
                    });
            });
}

} // namespace facelatch::ui
