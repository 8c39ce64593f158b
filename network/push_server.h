// SPDX-License-Identifier: GPL-3.0-or-later
// PushServer: viewers' connections to a door, as network/PROTOCOL.md says. Knows the protocol and its limits; who may
// do what, and what the answers are, is its host's.
//
// Thread: made, used and destroyed in one thread with an event loop. Its host's functions are called there and must not
// block; the replies given along may be called once, from any thread, also after the server is gone.
#pragma once

#include "core/principal.h"
#include "core/result.h"
#include "network/push_wire.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::network {

struct TlsIdentity;

struct PushLimits {
    std::chrono::milliseconds handshake{3000}, login{5000}, pingEvery{15'000}, silence{40'000}, frameSeen{10'000};
    int halfOpen = 64, halfOpenOfAddress = 8;
    int connections = 600, ofAddress = 16;
    int messageBytes = 64 * 1024;
    int messagesInTenSeconds = 600;
    int asks = 4;
    int eventsInBatch = 100, batches = 2;
    std::size_t answerBytes = std::size_t{4} << 20;
    std::chrono::milliseconds look{500}; ///< how often the times are looked at
    std::function<core::MonoTime()> now; ///< empty: the steady clock
};

/// A viewer that is logged in.
struct PushViewer {
    core::Principal principal;
    QJsonArray may; ///< codes of its actions
};
struct PushLogin {
    core::Uuid7 viewer;
    QByteArray signedText, signature;
};
struct PushPairing {
    QString code; ///< without its dash, in capitals
    QString name;
    QByteArray key, signedText, signature;
};
struct PushAct {
    core::PrincipalId viewer;
    QString action; ///< "unlock", "lockdown_on", "lockdown_off"
    QByteArray nonce, signedText, signature;
    QString reason;
    core::MonoTime received{};
};
/// An answer that may bring a picture along.
struct PushAnswer {
    QJsonObject result;
    QByteArray picture;
};

template<typename T>
using PushReply = std::function<void(core::Result<T>)>;

/// Every function is there.
struct PushHost {
    /// An error's `where` is the code of the refusal.
    std::function<void(PushLogin, PushReply<PushViewer>)> login;
    std::function<void(PushPairing, PushReply<PushViewer>)> pair;
    std::function<void(PushFollow, int limit, PushReply<PushEvents>)> events;
    std::function<void(PushViewer, QString command, QJsonObject args, PushReply<PushAnswer>)> ask;
    std::function<void(core::PrincipalId, PushReply<QJsonObject>)> nonce;
    std::function<void(PushAct, PushReply<QJsonObject>)> act;
    /// The first answer of a ring counts.
    std::function<void(PushViewer, core::Uuid7 ring)> ringAnswered;
    /// Somebody begins to look, or nobody does any longer: the largest width and the highest rate asked for; 0, 0.
    std::function<void(int width, int fps)> liveWanted;
    /// The number of those logged in changed; each with its viewer's id, address and since when.
    std::function<void(QJsonArray viewers)> connected;
};

class PushServer {
public:
    /// Listens at `address` ("" for every one) and `port` (0: any that is free). Errors: the port is taken or not
    /// permitted, the identity is none.
    static core::Result<std::unique_ptr<PushServer>> listen(const TlsIdentity& identity, const core::DoorId& door,
                                                            const std::string& address, std::uint16_t port,
                                                            PushHost host, const PushLimits& limits = {});
    /// Closes every connection with 4503.
    ~PushServer();
    PushServer(const PushServer&) = delete;
    PushServer& operator=(const PushServer&) = delete;

    std::uint16_t port() const;
    /// From the next connection on.
    void setIdentity(const TlsIdentity& identity);

    /// There are events up to this one: viewers that follow get them. Called with the log's newest number before the
    /// first viewer comes, as is setState().
    void committed(const QString& logId, std::int64_t lastSeq);
    void provisional(const QJsonObject& event);
    void setState(const QJsonObject& state);
    /// Header without `n`; to those who look, by their credits.
    void frame(const QJsonObject& header, const QByteArray& jpeg);
    void ring(const QJsonObject& ring, const QByteArray& jpeg);
    void ringOver(const QJsonObject& over);
    /// Closes its connections at once (4403).
    void revoke(const core::PrincipalId& viewer);
    /// Roles, names or rights changed: those connected are told; whoever is not among them is closed.
    void setViewers(const std::vector<PushViewer>& viewers);

private:
    class Private;
    explicit PushServer(std::unique_ptr<Private> p);
    std::unique_ptr<Private> m_p;
};

} // namespace facelatch::network
