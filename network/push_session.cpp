// SPDX-License-Identifier: GPL-3.0-or-later
// A viewer's connection: handshake, login, questions, and its end.
#include "network/push_session.h"

#include "network/json_reader.h"
#include "network/push_hub.h"

#include <QHostAddress>
#include <QRandomGenerator>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::MonoTime;
using core::Result;

namespace {

constexpr std::chrono::seconds goodbyeTime{2};  // for a viewer to take the reason why it is closed
constexpr std::chrono::seconds countedTime{10}; // over which messages and bytes are counted
constexpr qint64 greetingBytes = 16 * 1024;     // handshake and login
constexpr int messagesAtOnce = 8;               // of the largest size, unread
constexpr int largeMessages = 64;               // of the largest size, in countedTime
constexpr qint64 answersUntaken = 256 * 1024;   // more of them, and questions have to wait
constexpr qsizetype reasonBytes = 120;          // of a close frame (RFC 6455, 5.5)
constexpr int pingBytes = 8;

QByteArray randomBytes(int count) {
    QByteArray bytes(count, Qt::Uninitialized);
    for (char& byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes;
}

} // namespace

PushSession::PushSession(PushHub& hub, QSslSocket* tls, MonoTime now)
    : m_hub(hub),
      m_mailbox(std::make_shared<Mailbox>(this)),
      m_tls(tls),
      m_until(now + hub.limits().login),
      m_address(tls->peerAddress().toString()),
      m_pin(hub.pinOf(tls->localCertificate())),
      m_messages(hub.limits().messagesInTenSeconds),
      m_earned(now),
      m_bytesSince(now) {
    // Before QWebSocket's own, so that the first frame is still whole.
    connect(tls, &QIODevice::readyRead, this, [this] { watch(); });
    connect(tls, &QAbstractSocket::disconnected, this, [this] {
        if (!m_socket)
            close(PushNotThisProtocol, {}); // the handshake failed; afterwards QWebSocket tells
    });
}

PushSession::~PushSession() {
    m_mailbox->forget();
    if (m_socket) {
        m_socket->disconnect(this);
        delete m_socket.data();
    }
    if (m_tls) {
        m_tls->disconnect(this);
        m_tls->abort();
        m_tls->deleteLater();
    }
}

bool PushSession::isBelow(const QWebSocket& socket) const {
    return m_stage == Stage::Greeted && !m_socket && m_tls && m_tls->peerPort() == socket.peerPort() &&
           m_tls->peerAddress() == socket.peerAddress() && m_tls->localPort() == socket.localPort() &&
           m_tls->localAddress() == socket.localAddress();
}

void PushSession::upgrade(QWebSocket* socket) {
    m_socket = socket;
    socket->setParent(nullptr); // the server it came from must not end it a second time
    const auto most = static_cast<quint64>(m_hub.limits().messageBytes);
    socket->setMaxAllowedIncomingFrameSize(most);
    socket->setMaxAllowedIncomingMessageSize(most);
    connect(socket, &QWebSocket::textMessageReceived, this, &PushSession::hear);
    connect(socket, &QWebSocket::binaryMessageReceived, this,
            [this] { close(PushNotThisProtocol, "viewers send no binary messages"); });
    connect(socket, &QWebSocket::pong, this, [this](quint64, const QByteArray& payload) { hearPong(payload); });
    connect(socket, &QWebSocket::disconnected, this, [this] {
        close(PushNotThisProtocol, {});
        deleteLater();
    });
    if (m_tls && m_tls->bytesAvailable() > 0)
        return close(PushNotThisProtocol, "the door speaks first");
    if (socket->requestUrl().path() != QLatin1String(pushPath))
        return close(PushNotThisProtocol, "there is nothing at this path");
    m_nonce = randomBytes(pushNonceBytes);
    send(DoorHello{m_hub.door(), m_nonce});
}

void PushSession::close(int code, const std::string& why) {
    if (m_stage == Stage::Closed)
        return;
    const bool wasLoggedIn = m_stage == Stage::LoggedIn;
    m_stage = Stage::Closed;
    m_mailbox->forget();
    m_frameWaits.reset();
    m_hub.left(*this, wasLoggedIn);
    if (m_socket)
        m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code),
                        QString::fromStdString(why).left(reasonBytes));
    else if (m_tls)
        m_tls->abort();
    QTimer::singleShot(m_socket ? std::chrono::milliseconds(goodbyeTime) : std::chrono::milliseconds(0), this,
                       [this] { deleteLater(); }); // whoever does not take the reason is not waited for
}

/// What QWebSocket does not look at: how much comes before the login and at once, pings that nobody counts, a first
/// frame without a mask, answers that are never taken.
void PushSession::watch() {
    if (m_stage == Stage::Closed || !m_tls)
        return;
    const qint64 there = m_tls->bytesAvailable();
    if (m_socket && !m_masked && there >= 2) {
        std::array<char, 2> front{};
        m_tls->peek(front.data(), front.size());
        constexpr unsigned char maskBit = 0x80; // RFC 6455, 5.2
        m_masked = (static_cast<unsigned char>(front[1]) & maskBit) != 0;
        if (!m_masked)
            return close(PushNotThisProtocol, "frames of a viewer have a mask");
    }
    const MonoTime now = m_hub.now();
    if (now - m_bytesSince > countedTime) {
        m_bytesSince = now;
        m_bytes = 0;
    }
    m_bytes += there;
    const qint64 message = m_hub.limits().messageBytes;
    if (!loggedIn() ? m_bytes > greetingBytes : m_bytes > largeMessages * message || there > messagesAtOnce * message)
        return close(PushTooMuch, "too much was sent");
    if (backlog() > static_cast<qint64>(m_hub.limits().answerBytes) + answersUntaken)
        return close(PushTooMuch, "too little is taken");
}

bool PushSession::spend(MonoTime now) {
    const double most = m_hub.limits().messagesInTenSeconds;
    const std::chrono::duration<double> gone = now - m_earned;
    m_messages = std::min(most, m_messages + most * gone.count() / std::chrono::duration<double>(countedTime).count());
    m_earned = now;
    m_messages -= 1;
    return m_messages >= 0;
}

void PushSession::hear(const QString& text) {
    if (m_stage == Stage::Closed)
        return;
    if (!spend(m_hub.now()))
        return close(PushTooMuch, "too many messages");
    const auto message = parseViewerMessage(text, static_cast<std::size_t>(m_hub.limits().messageBytes));
    if (!message)
        return close(message.error().kind == ErrorKind::Usage ? PushNotUnderstood : PushNotThisProtocol,
                     message.error().what);
    const bool entering =
        std::holds_alternative<LoginMessage>(*message) || std::holds_alternative<PairMessage>(*message);
    if (!entering && !loggedIn())
        return close(PushNotLoggedIn, "nobody has logged in");
    if (entering && m_stage != Stage::Greeted)
        return close(PushNotUnderstood, "one login is enough");
    std::visit([this](const auto& m) { take(m); }, *message);
}

void PushSession::take(const LoginMessage& message) {
    m_stage = Stage::LoggingIn;
    m_hub.host().login({message.viewer, pushLoginText(m_hub.door(), m_nonce, m_pin), message.signature},
                       later<PushViewer>([this](Result<PushViewer> viewer) { admit(viewer, false); }));
}

void PushSession::take(const PairMessage& message) {
    m_stage = Stage::LoggingIn;
    m_hub.host().pair({message.code, message.name, message.key,
                       pushPairText(m_hub.door(), m_nonce, m_pin, message.code), message.signature},
                      later<PushViewer>([this](Result<PushViewer> viewer) { admit(viewer, true); }));
}

void PushSession::admit(const Result<PushViewer>& viewer, bool paired) {
    if (m_stage != Stage::LoggingIn)
        return;
    if (!viewer) {
        send(DoorRefused{QString::fromStdString(viewer.error().where), QString::fromStdString(viewer.error().what)});
        return close(PushNotLoggedIn, "refused");
    }
    if (m_hub.revoked(viewer->principal.id))
        return close(PushRevoked, "this viewer was revoked");
    m_stage = Stage::LoggedIn;
    m_viewer = *viewer;
    m_since = std::chrono::time_point_cast<core::milliseconds>(std::chrono::system_clock::now());
    m_lastPong = m_hub.now();
    m_nextPing = m_lastPong + m_hub.limits().pingEvery;
    m_bytes = 0;
    const core::Principal& principal = m_viewer.principal;
    const QString id = QString::fromStdString(principal.id.value.text());
    const QString name = QString::fromStdString(principal.name);
    const QString role = QString::fromUtf8(core::roleCode(principal.role).data());
    if (paired)
        send(DoorPaired{id, role, name});
    send(DoorWelcome{{{QStringLiteral("viewer"), id},
                      {QStringLiteral("name"), name},
                      {QStringLiteral("role"), role},
                      {QStringLiteral("may"), m_viewer.may},
                      {QStringLiteral("log_id"), m_hub.logId().isEmpty() ? QJsonValue() : QJsonValue(m_hub.logId())},
                      {QStringLiteral("last_seq"), qint64{m_hub.lastSeq()}},
                      {QStringLiteral("state"), m_hub.state()}}});
    m_hub.admitted(*this);
}

bool PushSession::may(const char* action) const {
    return m_viewer.may.contains(QLatin1String(action));
}

std::optional<std::uint64_t> PushSession::beginQuestion(std::int64_t id) {
    if (m_questions.size() >= static_cast<std::size_t>(m_hub.limits().asks) || backlog() > answersUntaken) {
        send(DoorAnswer{id, Error{ErrorKind::Refused, "too many questions wait for their answers", "busy",
                                  "Ask again when one is answered"}});
        return std::nullopt;
    }
    m_questions.emplace(m_nextQuestion, id);
    return m_nextQuestion++;
}

void PushSession::answer(std::uint64_t question, Result<PushAnswer> answer) {
    const auto found = m_questions.find(question);
    if (m_stage == Stage::Closed || found == m_questions.end())
        return;
    const std::int64_t id = found->second;
    m_questions.erase(found);
    const auto tooLong = [&](qsizetype size) { return static_cast<std::size_t>(size) > m_hub.limits().answerBytes; };
    const auto error = core::fail("the answer is longer than a viewer takes", "answer", "Ask for less");
    if (answer && !answer->picture.isEmpty()) {
        const QByteArray message = toBinary({{{QStringLiteral("t"), QStringLiteral("answer")},
                                              {QStringLiteral("id"), qint64{id}},
                                              {QStringLiteral("ok"), true},
                                              {QStringLiteral("result"), answer->result}},
                                             answer->picture});
        return tooLong(message.size()) ? send(DoorAnswer{id, error}) : sendBinary(message);
    }
    const QString text = toText(DoorAnswer{id, answer ? Result<QJsonObject>(answer->result) : answer.error()});
    if (tooLong(text.size()))
        send(DoorAnswer{id, error});
    else
        takeText(text);
}

void PushSession::take(const AskMessage& message) {
    if (const auto question = beginQuestion(message.id))
        m_hub.host().ask(m_viewer, message.command, message.args,
                         later<PushAnswer>([this, question](Result<PushAnswer> got) { answer(*question, got); }));
}

void PushSession::take(const NonceMessage& message) {
    if (const auto question = beginQuestion(message.id))
        m_hub.host().nonce(m_viewer.principal.id, later<QJsonObject>([this, question](Result<QJsonObject> got) {
                               answer(*question, got ? Result<PushAnswer>(PushAnswer{*got, {}}) : got.error());
                           }));
}

void PushSession::take(const ActMessage& message) {
    const auto question = beginQuestion(message.id);
    if (!question)
        return;
    PushAct act{m_viewer.principal.id,
                message.action,
                message.nonce,
                pushActText(message.action, m_hub.door(), message.nonce, message.reason),
                message.signature,
                message.reason,
                m_hub.now()};
    m_hub.host().act(std::move(act), later<QJsonObject>([this, question](Result<QJsonObject> got) {
                         answer(*question, got ? Result<PushAnswer>(PushAnswer{*got, {}}) : got.error());
                     }));
}

void PushSession::take(const RingAnswerMessage& message) {
    m_hub.host().ringAnswered(m_viewer, message.id);
}

void PushSession::send(const DoorMessage& message) {
    takeText(toText(message));
}

void PushSession::takeText(const QString& text) {
    if (m_socket && m_stage != Stage::Closed)
        m_socket->sendTextMessage(text);
}

void PushSession::sendBinary(const QByteArray& message) {
    if (m_socket && m_stage != Stage::Closed)
        m_socket->sendBinaryMessage(message);
}

qint64 PushSession::backlog() const {
    return m_tls ? m_tls->bytesToWrite() + m_tls->encryptedBytesToWrite() : 0;
}

void PushSession::hearPong(const QByteArray& payload) {
    if (m_ping.isEmpty() || payload != m_ping)
        return; // only who reads can know what was in the ping
    m_ping.clear();
    m_lastPong = m_hub.now();
}

void PushSession::ping(MonoTime now) {
    if (now >= m_nextPing && m_ping.isEmpty()) {
        m_ping = randomBytes(pingBytes);
        m_socket->ping(m_ping);
        m_nextPing = now + m_hub.limits().pingEvery;
    }
}

void PushSession::tick(MonoTime now) {
    if (m_stage == Stage::Closed)
        return;
    if (!loggedIn()) {
        if (now > m_until)
            close(PushTooLate, "no login in time");
        return;
    }
    if (now - m_lastPong > m_hub.limits().silence)
        return close(PushTooLate, "no answer to a ping");
    ping(now);
    if (m_stateWaits)
        takeState(m_hub.stateText());
    if (m_retry != MonoTime{} && now >= m_retry)
        pump();
    checkLive(now);
}

} // namespace facelatch::network
