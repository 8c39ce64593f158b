// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk's end of the control socket.
#include "network/control_socket.h"
#include "network/control_wire.h"
#include "network/mailbox.h"
#include "network/unix_address.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::fail;
using core::Result;
using core::Status;

namespace {

constexpr std::chrono::milliseconds goodbyeTime{2000}; // for a refused client to take its answer

/// One connection: takes one request at a time, so that answers keep their order.
class Client final : public QObject {
public:
    Client(QLocalSocket* socket, const ControlHandler& handler, const ControlLimits& limits, QObject* parent)
        : QObject(parent), m_socket(socket), m_handler(handler), m_limits(limits) {
        m_socket->setParent(this);
        m_socket->setReadBufferSize(static_cast<qint64>(limits.requestBytes) + 1);
        m_deadline.setSingleShot(true);
        connect(m_socket, &QLocalSocket::readyRead, this, [this] { takeRequest(); });
        connect(m_socket, &QLocalSocket::disconnected, this, [this] { deleteLater(); });
        connect(&m_deadline, &QTimer::timeout, this, [this] { timeOut(); });
        m_deadline.start(limits.requestTimeout);
    }
    ~Client() override {
        if (m_channel)
            m_channel->forget();
        m_socket->disconnect(this);
    }

    /// Answers an error and hangs up.
    void refuse(const Error& error) {
        m_refused = true;
        if (m_channel)
            std::exchange(m_channel, nullptr)->forget();
        m_socket->write(controlAnswerLine(error));
        m_deadline.start(goodbyeTime);
        m_socket->disconnectFromServer(); // after the answer is written
    }
    void begin() { takeRequest(); }

private:
    void takeRequest() {
        if (m_channel || m_refused)
            return;
        if (!m_socket->canReadLine()) {
            if (m_socket->bytesAvailable() > static_cast<qint64>(m_limits.requestBytes))
                refuse({ErrorKind::Usage,
                        "the request is longer than " + std::to_string(m_limits.requestBytes) + " bytes",
                        "control socket", "Send less at once"});
            return;
        }
        QByteArray line = m_socket->readLine();
        line.chop(1);
        auto request = parseControlRequest(line);
        if (!request) {
            refuse(request.error());
            return;
        }
        m_deadline.start(m_limits.answerTimeout);
        m_channel = std::make_shared<Mailbox>(this);
        m_handler(std::move(*request), [this, channel = m_channel](Result<QJsonObject> result) {
            channel->postOnce([this, result = std::move(result)] { answer(result); });
        });
    }

    void answer(const Result<QJsonObject>& result) {
        m_channel.reset();
        QByteArray line = controlAnswerLine(result);
        if (static_cast<std::size_t>(line.size()) > m_limits.answerBytes)
            line = controlAnswerLine(
                fail("the answer is longer than the control socket takes", "control socket", "Ask for less"));
        m_socket->write(line);
        m_deadline.start(m_limits.requestTimeout);
        takeRequest();
    }

    void timeOut() {
        if (m_channel)
            refuse({ErrorKind::OutOfService, "the kiosk did not finish the command in time", "control socket",
                    "Try again"});
        else if (!m_refused && m_socket->bytesAvailable() > 0)
            refuse({ErrorKind::Usage, "the request did not come to its end in time", "control socket", {}});
        else
            m_socket->abort(); // idle, or does not take its answer; disconnected() deletes this
    }

    QLocalSocket* m_socket;
    const ControlHandler& m_handler; ///< of the server, which outlives its clients
    const ControlLimits m_limits;
    QTimer m_deadline;
    std::shared_ptr<Mailbox> m_channel; ///< while a request waits for its reply
    bool m_refused = false;
};

/// The uid of the process that connected; nothing when the kernel does not tell.
std::optional<uid_t> peerOf(const QLocalSocket& socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return std::nullopt;
    return peer.uid;
}

/// Clears a socket file that a killed kiosk left behind. Error when one is alive.
Status clearStale(const std::filesystem::path& socket) {
    const auto address = unixAddress(socket);
    if (!address)
        return address.error();
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const bool reached =
        ::connect(fd, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0 || errno == EAGAIN;
    const int reason = errno;
    ::close(fd);
    if (reached)
        return Error{ErrorKind::AlreadyRunning, "another kiosk answers on the control socket", socket.string(),
                     "Stop it, or use another data folder"};
    if (reason == ECONNREFUSED)
        ::unlink(socket.c_str());
    return core::Done{};
}

} // namespace

bool mayControl(uid_t peer, uid_t own) {
    return peer == own || peer == 0;
}

class ControlServer::Private : public QObject {
public:
    Private(ControlHandler handler, const ControlLimits& limits) : m_handler(std::move(handler)), m_limits(limits) {
        connect(&m_server, &QLocalServer::newConnection, this, [this] { takeConnections(); });
    }

    Status open(const std::filesystem::path& socket) {
        if (auto clear = clearStale(socket); !clear)
            return clear;
        m_server.setSocketOptions(QLocalServer::UserAccessOption); // never open to others, not even for a moment
        const QString path = QString::fromStdString(socket.string());
        if (!m_server.listen(path))
            return fail("the control socket cannot be made: " + m_server.errorString().toStdString(), socket.string(),
                        "Check that the data folder exists and this user may write there");
        if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner))
            return fail("the permissions of the control socket cannot be set", socket.string());
        return core::Done{};
    }

private:
    void takeConnections() {
        while (QLocalSocket* socket = m_server.nextPendingConnection()) {
            const auto peer = peerOf(*socket);
            if (!peer || !mayControl(*peer, ::geteuid())) {
                socket->abort();
                socket->deleteLater();
                continue;
            }
            auto* client = new Client(socket, m_handler, m_limits, this); // deletes itself when it hangs up
            if (findChildren<QLocalSocket*>().size() > m_limits.clients)
                client->refuse({ErrorKind::OutOfService, "too many programs talk to the kiosk at once",
                                "control socket", "Try again later"});
            else
                client->begin();
        }
    }

    ControlHandler m_handler;
    const ControlLimits m_limits;
    QLocalServer m_server;
};

ControlServer::ControlServer(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
ControlServer::~ControlServer() = default;

Result<std::unique_ptr<ControlServer>> ControlServer::listen(const std::filesystem::path& socket,
                                                             ControlHandler handler, const ControlLimits& limits) {
    auto p = std::make_unique<Private>(std::move(handler), limits);
    if (auto opened = p->open(socket); !opened)
        return opened.error();
    return std::unique_ptr<ControlServer>(new ControlServer(std::move(p)));
}

} // namespace facelatch::network
