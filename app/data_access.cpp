// SPDX-License-Identifier: GPL-3.0-or-later
// Control socket first, own store second.
#include "app/data_access.h"

#include "app/access_cases.h"
#include "app/backup_cases.h"
#include "app/clock.h"
#include "app/pin_cases.h"
#include "app/rules.h"
#include "app/use_cases.h"
#include "network/control_socket.h"
#include "storage/data_folder.h"
#include "storage/log_reader.h"
#include "storage/store.h"

#include <QJsonArray>

#include <cstdio>
#include <pwd.h>
#include <thread>
#include <unistd.h>

namespace facelatch::app {

namespace {

/// A verification of a long log takes its time; everything else answers at once.
constexpr std::chrono::minutes patience{10};
constexpr std::chrono::milliseconds askEvery{200};

/// For the audit: this program, and the user who runs it.
QString whoAsks() {
    const passwd* user = ::getpwuid(::getuid());
    return QStringLiteral("facelatch-ctl, user ") +
           (user != nullptr ? QString::fromLocal8Bit(user->pw_name) : QString::number(::getuid()));
}

} // namespace

struct DataAccess::Local {
    storage::DataFolder folder;
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<storage::LogReader> reader;
};

DataAccess::DataAccess(const LoadedSettings& loaded) : m_loaded(loaded) {}
DataAccess::~DataAccess() = default;

std::string controlSocketPath(const std::string& dataFolder) {
    return dataFolder + "/control.sock";
}

core::Status DataAccess::openLocal() {
    auto folder = storage::DataFolder::claim(m_loaded.dataFolder);
    if (!folder)
        return folder.error();
    // On the heap before the store is opened: the store keeps a reference to its folder.
    auto local = std::unique_ptr<Local>(new Local{*std::move(folder), nullptr, nullptr});
    auto store = storage::Store::open(local->folder, storeOptions(m_loaded.settings, now().wall));
    if (!store)
        return store.error();
    local->store = *std::move(store);
    for (const std::string& note : local->store->report().notes)
        std::fprintf(stderr, "%s\n", note.c_str());
    auto reader = storage::LogReader::open(m_loaded.dataFolder);
    if (!reader)
        return reader.error();
    local->reader = *std::move(reader);
    m_local = std::move(local);
    return core::Done{};
}

core::Result<QJsonObject> DataAccess::call(const QString& command, const QJsonObject& arguments) {
    QJsonObject args = arguments;
    args.insert(QStringLiteral("by"), whoAsks());
    if (!m_local) {
        auto answer = network::controlRequest(controlSocketPath(m_loaded.dataFolder),
                                              network::makeControlRequest(command, args), patience);
        if (answer || answer.error().kind != core::ErrorKind::NotFound)
            return answer;
        if (const auto opened = openLocal(); !opened)
            return opened.error();
    }
    return callLocally(command, args);
}

core::Result<QJsonObject> DataAccess::callLocally(const QString& command, const QJsonObject& arguments,
                                                  const storage::BackupProgress& progress) {
    if (command.startsWith(u"door."))
        return core::Error{core::ErrorKind::OutOfService, "The door does not run", m_loaded.dataFolder,
                           "Start facelatch, then ask again"};
    QJsonObject args = withoutVerifier(arguments);
    if (isBackupCommand(command)) {
        BackupCases cases = backupCases(m_loaded);
        cases.inStore = [this](const QString& inner, const QJsonObject& given) { return callLocally(inner, given); };
        return runBackupCommand(cases, command, args, now().wall, progress);
    }
    if (isLogCommand(command))
        return runLogCommand(*m_local->reader, command, args);
    if (carriesPin(args)) {
        const auto sealed = withVerifier(*m_local->store->pinHasher(), command, args);
        if (!sealed)
            return sealed.error();
        args = *sealed;
    }
    return runStoreCommand(*m_local->store, command, args, now());
}

core::Result<QJsonObject> DataAccess::callLong(const QString& command, const QJsonObject& arguments,
                                               const storage::BackupProgress& progress) {
    QJsonObject args = arguments;
    args.insert(QStringLiteral("by"), whoAsks());
    const std::string socket = controlSocketPath(m_loaded.dataFolder);
    auto begun = network::controlRequest(socket, network::makeControlRequest(command, args), patience);
    while (begun && begun->contains(QStringLiteral("started"))) {
        std::this_thread::sleep_for(askEvery);
        const auto state =
            network::controlRequest(socket, network::makeControlRequest(QStringLiteral("backup.state")), patience);
        if (!state)
            return state;
        progress(state->value(u"done").toInteger(), state->value(u"total").toInteger());
        if (state->value(u"running").toBool())
            continue;
        if (state->contains(QStringLiteral("result")))
            return state->value(u"result").toObject();
        const QJsonObject error = state->value(u"error").toObject();
        return core::Error{static_cast<core::ErrorKind>(error.value(u"kind").toInt()), textOf(error, u"what"),
                           textOf(error, u"where"), textOf(error, u"remedy")};
    }
    if (begun || begun.error().kind != core::ErrorKind::NotFound)
        return begun;
    if (!m_local)
        if (const auto opened = openLocal(); !opened)
            return opened.error();
    auto done = callLocally(command, args, progress);
    if (done && command == u"backup.restore") {
        m_local.reset();
        if (const auto opened = openLocal(); !opened)
            return opened.error();
    }
    return done;
}

core::Result<std::shared_ptr<const core::Gallery>> fetchGallery(DataAccess& data, const std::string& modelId,
                                                                int dimension) {
    const auto answer =
        data.call(QStringLiteral("person.templates"), {{QStringLiteral("model"), QString::fromStdString(modelId)}});
    if (!answer)
        return answer.error();
    std::vector<core::Person> people;
    for (const auto& value : answer->value(u"people").toArray()) {
        auto person = personFromJson(value.toObject());
        if (!person)
            return person.error();
        people.push_back(*std::move(person));
    }
    std::vector<core::FaceTemplate> templates;
    for (const auto& value : answer->value(u"templates").toArray()) {
        auto item = templateFromJson(value.toObject());
        if (!item)
            return item.error();
        templates.push_back(*std::move(item));
    }
    return core::Gallery::build(std::move(people), templates, modelId, dimension);
}

} // namespace facelatch::app
