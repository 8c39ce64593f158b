// SPDX-License-Identifier: GPL-3.0-or-later
// PushOffice: a door's push worker with a real store, a real server on loopback and real viewers, all in one thread:
// what would go to another one comes from the event loop.
#pragma once

#include "app/clock.h"
#include "app/push_reader.h"
#include "app/push_worker.h"
#include "app/rules.h"
#include "app/use_cases.h"
#include "network/ed25519.h"
#include "network/pairing_link.h"
#include "network/push_client.h"
#include "storage/log_reader.h"

#include <QJsonArray>
#include <QTest>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace facelatch::testing {

inline constexpr int patience = 60'000;

template<typename Condition>
bool wait(Condition condition) {
    return QTest::qWaitFor(condition, patience);
}

class PushOffice {
public:
    using Settings = std::vector<std::pair<const char*, std::string>>;

    explicit PushOffice(const QString& path, const Settings& chosen = {}) : m_path(path.toStdString()) {
        for (const auto& [key, value] : chosen)
            if (!settings.setText(key, value, core::SettingOrigin::Owner, "test"))
                qFatal("no setting %s", key);
        openData();
        start();
    }
    ~PushOffice() { worker.reset(); }
    PushOffice(const PushOffice&) = delete;
    PushOffice& operator=(const PushOffice&) = delete;

    /// The program is started anew on its data.
    void restart() {
        worker.reset();
        store.reset();
        folder.reset();
        openData();
        start();
    }
    void closeData() {
        store.reset();
        folder.reset();
    }
    void openData() {
        folder.emplace(*storage::DataFolder::claim(m_path));
        store = *storage::Store::open(*folder, app::storeOptions(settings, app::now().wall));
    }
    void start() {
        worker = std::make_unique<app::PushWorker>(context());
        worker->dataOpened();
        if (!call("viewer.list")) // answered after the viewers are known
            qFatal("the data is not open");
    }

    core::Now clock() const { return {app::now().mono + ahead, app::now().wall + ahead}; }
    template<typename Work>
    void later(Work work) {
        QMetaObject::invokeMethod(&m_loop, std::move(work), Qt::QueuedConnection);
    }

    core::Result<QJsonObject> call(const char* command, QJsonObject args = {}) {
        const auto answer = std::make_shared<std::optional<core::Result<QJsonObject>>>();
        args.insert(QStringLiteral("by"), QStringLiteral("Ada"));
        worker->run(QLatin1String(command), args, [answer](const core::Result<QJsonObject>& said) { *answer = said; });
        if (!wait([&] { return answer->has_value(); }))
            return core::fail("no answer came");
        return **answer;
    }
    /// A link for one viewer.
    network::PairingLink pairing(const char* role, const char* name = "") {
        const auto opened = call("viewer.pair", {{QStringLiteral("role"), QLatin1String(role)},
                                                 {QStringLiteral("name"), QLatin1String(name)}});
        if (!opened)
            qFatal("no pairing: %s", opened.error().text().c_str());
        return *network::parsePairingLink(opened->value(u"link").toString());
    }
    QJsonObject viewerCalled(const char* name) {
        const auto list = call("viewer.list");
        if (list)
            for (const auto& each : list->value(u"viewers").toArray())
                if (each.toObject().value(u"name") == QLatin1String(name))
                    return each.toObject();
        return {};
    }

    core::CommittedEvent append(core::Reason reason = core::Reason::Face) {
        const core::WallTime at = app::now().wall;
        core::Event event;
        event.id = app::newUuid(at);
        event.visit = app::newUuid(at);
        event.door = "door-1";
        event.time = at;
        event.local = core::isoLocal(app::toLocal(at));
        event.outcome = reason == core::Reason::Face ? core::Outcome::Granted : core::Outcome::Denied;
        event.reason = reason;
        const auto done = store->append(event);
        if (!done)
            qFatal("not appended: %s", done.error().text().c_str());
        worker->committed(*done);
        return *done;
    }
    std::vector<std::string> audited() {
        std::vector<std::string> actions;
        const auto audit = store->audit(0, 100);
        if (!audit)
            qFatal("no audit: %s", audit.error().text().c_str());
        for (const storage::AuditEntry& entry : *audit)
            actions.insert(actions.begin(), entry.note.action + " by " + entry.by.who);
        return actions;
    }
    bool audited(const std::string& line) {
        const auto all = audited();
        return std::find(all.begin(), all.end(), line) != all.end();
    }

    core::Settings settings;
    std::optional<storage::DataFolder> folder;
    std::unique_ptr<storage::Store> store;
    app::Latest<core::VisitorView> view;
    std::unique_ptr<app::PushWorker> worker;
    core::milliseconds ahead{0};
    std::map<core::FaultCode, std::string> faults;
    std::vector<std::pair<QString, QJsonObject>> ran;
    std::vector<core::RemoteRequest> acts;
    std::vector<std::pair<int, int>> live;
    std::vector<app::BellState> bells;
    bool watched = false;
    std::optional<network::DoorNotice> announced;
    QByteArray picture = "jpeg";

private:
    app::PushContext context() {
        return {settings,
                m_path,
                0,
                view,
                [this](const auto& work) {
                    later([this, work] {
                        if (store)
                            work(store.get());
                        else
                            work(core::Error{core::ErrorKind::OutOfService, "the data is not open", {}, {}});
                    });
                },
                [this](const QString& command, const QJsonObject& args, const app::CommandReply& reply) {
                    later([=, this] {
                        ran.emplace_back(command, args);
                        if (app::isLogCommand(command))
                            reply(app::runLogCommand(**storage::LogReader::open(m_path), command, args));
                        else
                            reply(app::runStoreCommand(*store, command, args, clock()));
                    });
                },
                [this](const network::PushFollow& follow, int limit, const QString& logId, const auto& reply) {
                    later([=, this] { reply(m_log.events(follow, limit, logId)); });
                },
                [this](const core::PrincipalId&, const auto& done) { later([=] {
                                                                         done({1, 2, 3});
                                                                     }); },
                [this](const core::RemoteRequest& request, const auto& done) {
                    later([=, this] {
                        acts.push_back(request);
                        done(core::Done{});
                    });
                },
                [this](int width, int fps) { live.emplace_back(width, fps); },
                [this](const auto& done) { later([=, this] { done(picture); }); },
                [this](const auto& work) {
                    later([=, this] {
                        if (worker)
                            work(*worker);
                    });
                },
                [this](const core::Fault& fault) { faults[fault.code] = fault.detail; },
                [this](core::FaultCode code) { faults.erase(code); },
                [](const QString&) {},
                [this](const app::BellState& bell) { bells.push_back(bell); },
                [this](bool on) { watched = on; },
                [this](const auto& notice) { announced = notice; },
                [this] { return clock(); }};
    }

    std::string m_path;
    QObject m_loop;
    app::PushReader m_log{m_path};
};

/// A viewer's program, and what it heard.
class OfficeViewer {
public:
    using Client = network::PushClient;

    explicit OfficeViewer(const network::PairingLink& link, network::Ed25519Key ownKey = *network::Ed25519Key::make())
        : door{{QStringLiteral("127.0.0.1")}, link.port, link.door, link.pin}, key(std::move(ownKey)) {
        connectAgain();
    }
    OfficeViewer(const OfficeViewer&) = delete;
    OfficeViewer& operator=(const OfficeViewer&) = delete;

    /// Another connection of the same program.
    void connectAgain() {
        network::PushTimes times;
        times.backoffFirst = std::chrono::milliseconds(20);
        times.backoffMost = std::chrono::milliseconds(100);
        client = std::make_unique<Client>(door, key, times);
        QObject::connect(client.get(), &Client::paired, client.get(),
                         [this](const QString& viewer, const QString& role, const QString& name) {
                             id = viewer;
                             pairedAs = role + u' ' + name;
                         });
        QObject::connect(client.get(), &Client::welcomed, client.get(),
                         [this](const QJsonObject& said) { welcome = said; });
        QObject::connect(client.get(), &Client::ring, client.get(), [this](const QJsonObject& said) { rang = said; });
        QObject::connect(client.get(), &Client::ringOver, client.get(),
                         [this](const QJsonObject& said) { over = said; });
        QObject::connect(client.get(), &Client::frame, client.get(),
                         [this](const QJsonObject& header, const QByteArray&) { frames.append(header); });
        QObject::connect(client.get(), &Client::doorState, client.get(),
                         [this](const QJsonObject& said) { state = said; });
        QObject::connect(client.get(), &Client::provisional, client.get(),
                         [this](const QJsonObject& said) { provisional.append(said); });
    }
    bool pair(const network::PairingLink& link, const char* name = "Office") {
        client->pair(link.code, QLatin1String(name));
        return wait([this] { return !id.isEmpty() || client->state() == Client::State::Stopped; }) && !id.isEmpty();
    }
    bool online() {
        return wait([this] { return client->state() == Client::State::Online; });
    }
    bool stopped(Client::Trouble why) {
        return wait([&] { return client->state() == Client::State::Stopped && client->trouble() == why; });
    }
    core::Result<QJsonObject> ask(const char* command, const QJsonObject& args = {}) {
        std::optional<core::Result<QJsonObject>> answer;
        client->ask(QLatin1String(command), args, [&](const core::Result<QJsonObject>& said, const QByteArray& jpeg) {
            answer = said;
            picture = jpeg;
        });
        return wait([&] { return answer.has_value(); }) ? *answer : core::fail("no answer came");
    }

    network::PushDoor door;
    network::Ed25519Key key;
    std::unique_ptr<Client> client;
    QString id, pairedAs;
    QJsonObject welcome, rang, over, state;
    QJsonArray frames, provisional;
    QByteArray picture;
};

} // namespace facelatch::testing
