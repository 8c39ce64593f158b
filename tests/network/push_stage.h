// SPDX-License-Identifier: GPL-3.0-or-later
// A door's push server over loopback, with a made-up log and made-up viewers behind it, for tests of it.
#pragma once

#include "network/ed25519.h"
#include "network/json_reader.h"
#include "network/push_client.h"
#include "network/push_server.h"
#include "network/tls_identity.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace facelatch::testing {

using namespace std::chrono_literals;
using network::PushReply;

inline constexpr int patience = 60'000; ///< ms; the slowest machine counts

inline core::Uuid7 anyUuid() {
    core::Uuid7 id;
    for (auto& byte : id.bytes)
        byte = static_cast<std::uint8_t>(QRandomGenerator::global()->bounded(256));
    return id;
}
inline QString textOf(const core::Uuid7& id) {
    return QString::fromStdString(id.text());
}
inline core::WallTime wallNow() {
    return std::chrono::time_point_cast<core::milliseconds>(std::chrono::system_clock::now());
}

/// A viewer that the door knows.
struct Known {
    core::Uuid7 id = anyUuid();
    network::Ed25519Key key = *network::Ed25519Key::make();
    core::Role role = core::Role::Operator;
    QJsonArray may{QStringLiteral("view_live"), QStringLiteral("read_log"), QStringLiteral("unlock_door")};

    network::PushViewer viewer() const {
        core::Principal principal;
        principal.id = {id};
        principal.name = "Office";
        principal.role = role;
        return {principal, may};
    }
};

/// What a door knows and decides, made up. Its answers can be kept back.
class FakeDoor {
public:
    QString logId = textOf(anyUuid());
    std::vector<QJsonObject> log; ///< number n at n - 1
    std::map<core::Uuid7, Known> viewers;
    QString pairingCode = QStringLiteral("ABCDEFGH");
    Known paired; ///< who is made by pairing
    std::vector<network::PushAct> acts;
    std::vector<network::PushFollow> asked;
    std::vector<QString> commands;
    std::vector<core::Uuid7> ringAnswers;
    std::vector<std::pair<int, int>> liveWanted;
    QJsonArray connected;
    bool keepBack = false; ///< answers of login and ask wait in `kept`
    std::vector<std::function<void()>> kept;
    QByteArray nonce;

    const Known& add(core::Role role = core::Role::Operator) {
        Known known;
        known.role = role;
        return viewers.emplace(known.id, known).first->second;
    }
    QJsonObject append() {
        log.push_back(
            {{QStringLiteral("seq"), static_cast<qint64>(log.size() + 1)}, {QStringLiteral("id"), textOf(anyUuid())}});
        return log.back();
    }
    std::int64_t lastSeq() const { return static_cast<std::int64_t>(log.size()); }

    network::PushHost host() {
        network::PushHost host;
        host.login = [this](network::PushLogin login, PushReply<network::PushViewer> reply) {
            answer([this, login, reply] { reply(check(login)); });
        };
        host.pair = [this](network::PushPairing pairing, PushReply<network::PushViewer> reply) {
            if (pairing.code != pairingCode)
                return reply(core::Error{core::ErrorKind::Refused, "that is not the code", "wrong_code", {}});
            if (!network::ed25519Verifies(pairing.key, pairing.signedText, pairing.signature))
                return reply(core::Error{core::ErrorKind::Refused, "bad signature", "bad_signature", {}});
            viewers.emplace(paired.id, paired);
            reply(paired.viewer());
        };
        host.events = [this](network::PushFollow follow, int limit, PushReply<network::PushEvents> reply) {
            asked.push_back(follow);
            reply(page(follow, limit));
        };
        host.ask = [this](network::PushViewer, QString command, QJsonObject args,
                          PushReply<network::PushAnswer> reply) {
            commands.push_back(command);
            answer([command, args, reply] {
                if (command == u"picture")
                    reply(network::PushAnswer{args, QByteArray(args.value(u"bytes").toInt(), 'x')});
                else if (command == u"refused")
                    reply(core::Error{core::ErrorKind::Refused, "no", "role", {}});
                else
                    reply(network::PushAnswer{args, {}});
            });
        };
        host.nonce = [this](core::PrincipalId, PushReply<QJsonObject> reply) {
            nonce = QByteArray(network::pushNonceBytes, 'n');
            reply(QJsonObject{{QStringLiteral("nonce"), network::base64Url(nonce)},
                              {QStringLiteral("lasts_ms"), 10'000}});
        };
        host.act = [this](network::PushAct act, PushReply<QJsonObject> reply) {
            acts.push_back(act);
            const auto known = viewers.find(act.viewer.value);
            if (known == viewers.end() ||
                !network::ed25519Verifies(known->second.key.publicKey(), act.signedText, act.signature))
                return reply(core::Error{core::ErrorKind::Refused, "bad signature", "bad_signature", {}});
            if (act.nonce != std::exchange(nonce, {}))
                return reply(core::Error{core::ErrorKind::Refused, "it was used before", "replayed", {}});
            reply(QJsonObject{{QStringLiteral("done"), act.action}});
        };
        host.ringAnswered = [this](network::PushViewer, core::Uuid7 ring) { ringAnswers.push_back(ring); };
        host.liveWanted = [this](int width, int fps) { liveWanted.emplace_back(width, fps); };
        host.connected = [this](QJsonArray now) { connected = std::move(now); };
        return host;
    }

    core::Result<network::PushEvents> page(const network::PushFollow& follow, int limit) const {
        network::PushEvents page{logId, {}, lastSeq(), false};
        std::int64_t after = follow.after;
        if (follow.newest)
            after = std::max<std::int64_t>(0, lastSeq() - *follow.newest);
        else if (follow.logId != logId) {
            page.restart = true;
            after = 0;
        }
        for (auto n = after; n < lastSeq() && page.events.size() < limit; ++n)
            page.events.append(log[static_cast<std::size_t>(n)]);
        return page;
    }

private:
    void answer(std::function<void()> reply) {
        if (keepBack)
            kept.push_back(std::move(reply));
        else
            reply();
    }
    core::Result<network::PushViewer> check(const network::PushLogin& login) const {
        const auto known = viewers.find(login.viewer);
        if (known == viewers.end())
            return core::Error{core::ErrorKind::Refused, "nobody knows this viewer", "unknown", {}};
        if (!network::ed25519Verifies(known->second.key.publicKey(), login.signedText, login.signature))
            return core::Error{core::ErrorKind::Refused, "bad signature", "bad_signature", {}};
        return known->second.viewer();
    }
};

/// One identity for a whole test program.
inline const network::TlsIdentity& identity() {
    static const network::TlsIdentity made = *network::makeTlsIdentity({"localhost", "127.0.0.1"}, wallNow());
    return made;
}

/// Time of a server that passes only when told to.
struct Clock {
    core::MonoTime time{std::chrono::hours(1)};
    int looks = 0;

    network::PushLimits limits() {
        network::PushLimits limits;
        limits.look = 5ms;
        limits.now = [this] {
            ++looks;
            return time;
        };
        return limits;
    }
    /// The server has looked at the time as it is now.
    bool isLookedAt() const {
        const int before = looks;
        return QTest::qWaitFor([&] { return looks > before + 2; }, patience);
    }
};

inline network::PushTimes quickTimes() {
    network::PushTimes times;
    times.backoffFirst = 10ms;
    times.backoffMost = 50ms;
    return times;
}

/// A server in front of a made-up door.
struct PushStage {
    explicit PushStage(const network::PushLimits& limits = {}, std::uint16_t port = 0) { open(limits, port); }
    void open(const network::PushLimits& limits, std::uint16_t port) {
        auto opened = network::PushServer::listen(identity(), "front", "127.0.0.1", port, door.host(), limits);
        if (!opened)
            qFatal("%s", opened.error().text().c_str());
        server = std::move(*opened);
        server->committed(door.logId, door.lastSeq());
        server->setState({{QStringLiteral("mode"), QStringLiteral("normal")}});
    }
    /// So many new events, announced.
    void append(int count = 1) {
        for (int i = 0; i < count; ++i)
            door.append();
        server->committed(door.logId, door.lastSeq());
    }
    network::PushDoor where() const {
        return {{QStringLiteral("127.0.0.1")}, server->port(), QStringLiteral("front"), identity().pin};
    }
    std::unique_ptr<network::PushClient> client(const Known& known) const {
        return std::make_unique<network::PushClient>(where(), known.key, quickTimes());
    }

    FakeDoor door;
    std::unique_ptr<network::PushServer> server;
};

/// What a client was given, kept and acknowledged as an application would.
class Keeper {
public:
    explicit Keeper(network::PushClient& client) : m_client(client) {
        using network::PushClient;
        QObject::connect(&client, &PushClient::events, &client,
                         [this](const QString& log, const QJsonArray& events, std::int64_t, bool restart) {
                             if (restart)
                                 seqs.clear();
                             restarts += restart ? 1 : 0;
                             ++batches;
                             for (const QJsonValue& event : events)
                                 seqs.push_back(network::seqOf(event.toObject()));
                             logId = log;
                             if (acknowledges && !seqs.empty())
                                 m_client.seen(log, seqs.back());
                         });
    }
    /// 1, 2, 3 ... count.
    bool inOrder(std::int64_t count) const {
        for (std::size_t i = 0; i < seqs.size(); ++i)
            if (seqs[i] != static_cast<std::int64_t>(i) + 1)
                return false;
        return static_cast<std::int64_t>(seqs.size()) == count;
    }

    std::vector<std::int64_t> seqs;
    QString logId;
    int restarts = 0, batches = 0;
    bool acknowledges = true;

private:
    network::PushClient& m_client;
};

} // namespace facelatch::testing
