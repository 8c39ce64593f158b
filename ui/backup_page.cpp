// SPDX-License-Identifier: GPL-3.0-or-later
// What each step asks, and what follows.
#include "ui/backup_page.h"

#include "ui/backup_words.h"
#include "ui/kit_words.h"
#include "ui/scroll_area.h"

#include <QDateTime>
#include <QFileInfo>
#include <QVBoxLayout>

#include <utility>

namespace facelatch::ui {

namespace {

QString textOf(const QJsonObject& object, QStringView key) {
    return object.value(key).toString();
}

core::Error errorOf(const QJsonObject& object) {
    return {static_cast<core::ErrorKind>(object.value(u"kind").toInt()), textOf(object, u"what").toStdString(),
            textOf(object, u"where").toStdString(), textOf(object, u"remedy").toStdString()};
}

} // namespace

BackupPage::BackupPage(const AdminContext& context, QWidget* parent) : AdminPage(context, parent) {
    setObjectName(QStringLiteral("backupPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_scroll = new ScrollArea;
    column->addWidget(m_scroll);
    m_watch.setInterval(resources::backupPollMs);
    connect(&m_watch, &QTimer::timeout, this, &BackupPage::watch);
    showStep(Step::Choose);
}

QString BackupPage::title() const {
    return BackupWords::title();
}

void BackupPage::shown() {
    // One that was begun before goes on whoever looks.
    ask(
        QStringLiteral("backup.state"), {},
        [this](const QJsonObject& state) {
            if (!state.value(u"running").toBool())
                return;
            m_command = textOf(state, u"command");
            go(Step::Working);
        },
        [](const core::Error&) {});
}

bool BackupPage::back() {
    switch (m_step) {
    case Step::Choose:
        return false;
    case Step::Restarting:
        return true;
    case Step::Working:
        confirm({BackupWords::giveUpQuestion(), {}, BackupWords::giveUp(), true},
                [this] { ask(QStringLiteral("backup.cancel"), {}, {}); });
        return true;
    case Step::Open:
    case Step::Summary:
        go(Step::Find);
        return true;
    default:
        go(Step::Choose);
        return true;
    }
}

void BackupPage::findPlaces(bool toWrite) {
    m_writing = toWrite;
    ask(QStringLiteral("folder.list"), {}, [this](const QJsonObject& answer) {
        m_places = answer.value(u"places").toArray();
        if (m_places.isEmpty()) {
            go(Step::NoStick);
            return;
        }
        m_place = m_places.first().toObject();
        if (m_writing)
            go(Step::Write);
        else if (m_places.size() == 1)
            lookInto(textOf(m_place, u"path"));
        else
            choosePlace();
    });
}

void BackupPage::choosePlace() {
    QStringList names;
    int current = -1;
    for (const auto& value : std::as_const(m_places)) {
        const QJsonObject place = value.toObject();
        if (textOf(place, u"path") == textOf(m_place, u"path"))
            current = static_cast<int>(names.size());
        names << QStringLiteral("%1 (%2)").arg(textOf(place, u"name"),
                                               BackupWords::room(context().locale, place.value(u"free").toInteger()));
    }
    Sheet::choose(this, BackupWords::chooseStick(), names, current, [page = QPointer(this)](int chosen) {
        if (!page || chosen < 0 || chosen >= page->m_places.size())
            return;
        page->m_place = page->m_places.at(chosen).toObject();
        if (page->m_writing)
            page->go(Step::Write);
        else
            page->lookInto(textOf(page->m_place, u"path"));
    });
}

void BackupPage::lookInto(const QString& folder) {
    ask(QStringLiteral("folder.list"), {{QStringLiteral("path"), folder}}, [this](const QJsonObject& answer) {
        m_folder = answer;
        go(Step::Find);
    });
}

QJsonArray BackupPage::parts() const {
    QJsonArray parts;
    const std::pair<const char*, const Toggle*> all[] = {
        {"settings", m_settings}, {"log", m_log}, {"pictures", m_pictures}};
    for (const auto& [name, toggle] : all)
        if (toggle != nullptr && toggle->isChecked() && toggle->isEnabled())
            parts.append(QLatin1String(name));
    return parts;
}

void BackupPage::checkPassphrases() {
    if (!m_first || !m_main)
        return;
    const QString first = m_first->text();
    if (!m_second) { // an old passphrase: only the file knows whether it is right
        m_main->setEnabled(!first.isEmpty());
        return;
    }
    const PassphraseHint hint = passphraseHint(first);
    m_first->setHelp(first.isEmpty() ? BackupWords::passphraseHelp() : BackupWords::hint(hint));
    const bool same = first == m_second->text();
    // While it is still being typed it is no mistake.
    m_second->setError(same || first.startsWith(m_second->text()) ? QString() : BackupWords::differs());
    m_main->setEnabled(hint != PassphraseHint::TooShort && same && m_place.value(u"writable").toBool());
}

void BackupPage::start(const QString& command, const QJsonObject& args) {
    m_command = command;
    ask(
        command, args, [this](const QJsonObject&) { go(Step::Working); },
        [this](const core::Error& error) {
            m_error = KitWords::error(error);
            go(Step::Failed);
        });
}

void BackupPage::watch() {
    Q_EMIT inUse();
    ask(QStringLiteral("backup.state"), {}, [this](const QJsonObject& state) {
        if (m_step == Step::Working)
            took(state);
    });
}

void BackupPage::took(const QJsonObject& state) {
    const double total = state.value(u"total").toDouble();
    if (m_bar)
        m_bar->setLeft(total > 0 ? state.value(u"done").toDouble() / total : 0);
    if (state.value(u"running").toBool())
        return;
    if (!state.contains(QStringLiteral("result"))) {
        m_error = KitWords::error(errorOf(state.value(u"error").toObject()));
        go(Step::Failed);
        return;
    }
    m_result = state.value(u"result").toObject();
    if (m_command == QLatin1String("backup.write")) {
        go(Step::Written);
    } else if (m_command == QLatin1String("backup.inspect") && !m_passphrase.isEmpty()) {
        m_summary = m_result;
        go(Step::Summary);
    } else {
        go(m_command == QLatin1String("backup.restore") ? Step::Restarting : Step::Choose);
    }
}

void BackupPage::askToRestore() {
    const QJsonArray chosen = parts();
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(m_summary.value(u"created").toInteger());
    confirm({BackupWords::restoreQuestion(cleanName(textOf(m_summary, u"door"))),
             BackupWords::restoreDetail(context().locale.toString(when, QLocale::ShortFormat),
                                        chosen.contains(QStringLiteral("log")),
                                        chosen.contains(QStringLiteral("settings"))),
             BackupWords::restore(), true},
            [this, chosen] {
                start(QStringLiteral("backup.restore"),
                      {{QStringLiteral("file"), m_file},
                       {QStringLiteral("passphrase"), std::exchange(m_passphrase, {})},
                       {QStringLiteral("parts"), chosen}});
            });
}

} // namespace facelatch::ui
