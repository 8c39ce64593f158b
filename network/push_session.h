// SPDX-License-Identifier: GPL-3.0-or-later
// PushSession: one viewer's connection, from TLS to its end. Of PushHub, in its thread.
#pragma once

#include "core/time.h"
#include "network/mailbox.h"
#include "network/push_server.h"
#include "network/push_wire.h"

#include <QObject>
#include <QPointer>
#include <QSslSocket>
#include <QString>
#include <QWebSocket>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace facelatch::network {

class PushHub;

/// One picture for all who look.
struct PushFrame {
    std::int64_t n = 0;
    QByteArray message;
};

class PushSession final : public QObject {
public:
    /// Takes the socket; the hub's list of sessions is its parent's business.
    PushSession(PushHub& hub, QSslSocket* tls, core::MonoTime now);
    ~PushSession() override;
    PushSession(const PushSession&) = delete;
    PushSession& operator=(const PushSession&) = delete;

    /// Whether this is the session below that WebSocket, and has none yet.
    bool isBelow(const QWebSocket& socket) const;
    void upgrade(QWebSocket* socket);

    void tick(core::MonoTime now);
    /// Tells the viewer why; the connection is gone at once for everybody else.
    void close(int code, const std::string& why);

    bool loggedIn() const { return m_stage == Stage::LoggedIn; }
    const PushViewer& viewer() const { return m_viewer; }
    core::WallTime since() const { return m_since; }
    QString address() const { return m_address; }
    LiveMessage live() const { return m_live; }

    // What the hub has for it.
    void logMoved() { pump(); }
    void takeEvents(const PushFollow& asked, const core::Result<PushEvents>& batch, const QString& text);
    void takeProvisional(const QString& text);
    void takeState(const QString& text);
    void takeFrame(const std::shared_ptr<const PushFrame>& frame, core::MonoTime now);
    void takeRing(const QString& text, const QByteArray& picture);
    void takeText(const QString& text);
    void takeRights(const PushViewer& viewer);

private:
    enum class Stage { Greeted, LoggingIn, LoggedIn, Closed };

    void watch();
    void hear(const QString& text);
    void hearPong(const QByteArray& payload);
    bool spend(core::MonoTime now);

    void take(const LoginMessage& message);
    void take(const PairMessage& message);
    void take(const PushFollow& message);
    void take(const SeenMessage& message);
    void take(const LiveMessage& message);
    void take(const FrameSeenMessage& message);
    void take(const AskMessage& message);
    void take(const NonceMessage& message);
    void take(const ActMessage& message);
    void take(const RingAnswerMessage& message);

    void admit(const core::Result<PushViewer>& viewer, bool paired);
    /// The question's own number; nothing when it is one too many, which is answered then.
    std::optional<std::uint64_t> beginQuestion(std::int64_t id);
    void answer(std::uint64_t question, core::Result<PushAnswer> answer);
    bool may(const char* action) const;
    void send(const DoorMessage& message);
    void sendBinary(const QByteArray& message);
    void sendFrame(const std::shared_ptr<const PushFrame>& frame, core::MonoTime now);
    void pump();
    void checkLive(core::MonoTime now);
    void ping(core::MonoTime now);
    /// What the viewer has not taken yet: QWebSocket knows nothing of it over TLS, its socket does.
    qint64 backlog() const;

    /// A reply that finds its way back, if there is one.
    template<typename T, typename F>
    PushReply<T> later(F take) {
        return [mailbox = m_mailbox, take = std::move(take)](core::Result<T> result) {
            mailbox->post([take, result = std::move(result)]() mutable { take(std::move(result)); });
        };
    }

    PushHub& m_hub;
    std::shared_ptr<Mailbox> m_mailbox;
    QPointer<QSslSocket> m_tls;
    QPointer<QWebSocket> m_socket;
    Stage m_stage = Stage::Greeted;
    bool m_masked = false;  ///< the first frame was, as RFC 6455 5.1 wants
    core::MonoTime m_until; ///< of handshake and login
    QString m_address;
    QByteArray m_nonce, m_pin;
    PushViewer m_viewer;
    core::WallTime m_since{};

    double m_messages;       ///< that it may still send
    core::MonoTime m_earned; ///< when they were counted last
    qint64 m_bytes = 0;      ///< received since
    core::MonoTime m_bytesSince;

    core::MonoTime m_nextPing, m_lastPong;
    QByteArray m_ping;

    std::uint64_t m_nextQuestion = 1;
    std::map<std::uint64_t, std::int64_t> m_questions; ///< to the viewer's own number

    std::optional<PushFollow> m_follow;      ///< what is wanted next
    bool m_fetching = false, m_told = false; ///< an answer to follow was given
    std::deque<std::int64_t> m_batches;      ///< last numbers of those unacknowledged
    core::MonoTime m_retry{};

    bool m_stateWaits = false;
    LiveMessage m_live;
    struct Sent {
        std::int64_t n = 0;
        core::MonoTime at{};
    };
    std::deque<Sent> m_frames; ///< unacknowledged
    std::int64_t m_lastFrame = 0;
    core::MonoTime m_lastFrameAt{};
    std::shared_ptr<const PushFrame> m_frameWaits;
};

} // namespace facelatch::network
