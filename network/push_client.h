// SPDX-License-Identifier: GPL-3.0-or-later
// PushClient: a viewer's connection to one door, as network/PROTOCOL.md says. Connects, logs in, follows the log,
// and comes back by itself.
//
// Thread: that of its event loop; signals are emitted there.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "network/ed25519.h"
#include "network/pairing_link.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QString>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace facelatch::network {

struct PushDoor {
    QStringList hosts; ///< tried one after the other
    std::uint16_t port = 0;
    QString door;   ///< its id; empty, for pairing by a typed code: whichever answers with that certificate
    QByteArray pin; ///< SHA-256 of the certificate's SubjectPublicKeyInfo
};

struct PushTimes {
    std::chrono::milliseconds connect{10'000}, login{10'000}, silence{40'000};
    std::chrono::milliseconds answer{30'000};                          ///< to a question
    std::chrono::milliseconds backoffFirst{1000}, backoffMost{60'000}; ///< doubled, with full jitter
    std::function<double()> random;                                    ///< 0 to 1, for the jitter; empty: the system's
};

class PushClient : public QObject {
    Q_OBJECT
public:
    enum class State { Off, Connecting, LoggingIn, Online, Waiting, Stopped };
    Q_ENUM(State)
    /// Why it is not online. Those from CertificateChanged on stop it: nothing is tried again before start().
    enum class Trouble {
        None,
        NotReached,
        NoAnswer,
        Closed,
        DoorEnds,
        TooMany,
        CertificateChanged,
        NotThatDoor,
        Unknown,
        Revoked,
        Expired,
        BadSignature,
        WrongCode,
        NoPairing,
        NotThisProtocol
    };
    Q_ENUM(Trouble)
    using Reply = std::function<void(const core::Result<QJsonObject>&, const QByteArray& picture)>;

    PushClient(PushDoor door, Ed25519Key key, PushTimes times = {}, QObject* parent = nullptr);
    ~PushClient() override;

    /// As this viewer.
    void start(const QString& viewer);
    /// With a code, once; paired() or stateChanged(Stopped).
    void pair(const QString& code, const QString& name);
    void stop();
    /// Another try now rather than when the wait is over.
    void hurry();
    /// From the next login on, and at once when online. Nothing known: the newest 200.
    void follow(const std::optional<QString>& logId, std::int64_t after);
    /// What events() brought up to this number is kept: the door is told, and a lost connection goes on from here.
    void seen(const QString& logId, std::int64_t seq);

    State state() const;
    Trouble trouble() const;
    /// Where it is connected, or was last; empty before.
    QString host() const;

    /// Errors: OutOfService when it is not online, goes off before the answer, or the answer does not come in time.
    /// The reply comes later, once, and never after the client is gone.
    void ask(const QString& command, const QJsonObject& args, Reply reply);
    /// "unlock", "lockdown_on", "lockdown_off".
    void act(const QString& action, const QString& reason, Reply reply);
    void setLive(bool on, int width = 640, int fps = 10);
    void answerRing(const QString& ring);

Q_SIGNALS:
    void stateChanged(facelatch::network::PushClient::State state, facelatch::network::PushClient::Trouble trouble);
    void paired(const QString& viewer, const QString& role, const QString& name);
    /// viewer, name, role, may, log_id, last_seq, state of the protocol; again when role or name were changed.
    void welcomed(const QJsonObject& welcome);
    /// Each batch is acknowledged by seen(), now or later, once it is kept; two come before the first of them is.
    /// `restart`: what was kept of another log is of the past.
    void events(const QString& logId, const QJsonArray& events, std::int64_t lastSeq, bool restart);
    void provisional(const QJsonObject& event);
    void doorState(const QJsonObject& state);
    /// Acknowledged when this returns.
    void frame(const QJsonObject& header, const QByteArray& jpeg);
    void ring(const QJsonObject& ring);
    void ringPicture(const QString& ring, const QByteArray& jpeg);
    void ringOver(const QJsonObject& over);

private:
    class Private;
    std::unique_ptr<Private> m_p;
};

} // namespace facelatch::network
