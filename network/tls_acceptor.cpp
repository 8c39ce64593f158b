// SPDX-License-Identifier: GPL-3.0-or-later
// Accepting TLS connections on a QTcpServer of our own.
#include "network/tls_acceptor.h"

#include "network/peer_count.h"

#include <QMetaMethod>
#include <QSocketNotifier>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <list>
#include <optional>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::fail;
using core::Result;
using core::Status;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds descriptorsWait{500}; ///< until accepting is tried again when there were none left
constexpr std::chrono::milliseconds stuckAfter{
    150}; ///< a handshake that takes longer gives way to one that waits for it

/// Closes without the long goodbye: a flood leaves nothing behind in the kernel either.
void drop(int descriptor) {
    const linger now{1, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(descriptor);
}

std::optional<PeerKey> peerOf(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return std::nullopt; // it is gone already
    return peerKey(QHostAddress(reinterpret_cast<const sockaddr*>(&address)));
}

Result<QSslConfiguration> configurationFor(const TlsIdentity& identity) {
    const auto chain = QSslCertificate::fromData(identity.certificates, QSsl::Pem);
    QByteArray pem = identity.key.view().toByteArray();
    QSslKey key;
    for (const auto algorithm : {QSsl::Ec, QSsl::Rsa})
        if (key.isNull())
            key = QSslKey(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
    SecretBytes wiped(std::move(pem));
    if (chain.isEmpty() || key.isNull())
        return fail("the door's certificate or its private key cannot be used for TLS", identity.file,
                    "Make the certificate anew");
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_3OrLater);
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setCaCertificates({}); // nobody shows us a certificate; reading the system's costs each handshake
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    return configuration;
}

/// One connection's place among those of its address, until it is told to leave it.
class Place {
public:
    Place(std::shared_ptr<PeerCount> count, const PeerKey& peer) : m_count(std::move(count)), m_peer(peer) {
        m_count->add(m_peer);
    }
    ~Place() { leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    void leave() {
        if (m_count)
            m_count->remove(m_peer);
        m_count.reset();
    }
    const PeerKey& peer() const { return m_peer; }

private:
    std::shared_ptr<PeerCount> m_count;
    const PeerKey m_peer;
};

/// A connection before the end of its handshake: first a descriptor, then, when it said something and its turn has
/// come, a socket.
struct HalfOpen {
    int descriptor = -1;
    QSocketNotifier* heard = nullptr;
    QSslSocket* socket = nullptr;
    bool waits = false; ///< has said something, and waits for its turn
    Clock::time_point until, begun;
    std::shared_ptr<Place> place;
    /// What it said may be in the kernel, and its notifier not have been asked yet.
    bool silent() const {
        char first = 0;
        return !socket && !waits && ::recv(descriptor, &first, 1, MSG_PEEK | MSG_DONTWAIT) < 0;
    }
};

} // namespace

class TlsAcceptor::Private : public QTcpServer {
public:
    Private(QSslConfiguration configuration, const TlsLimits& limits)
        : m_configuration(std::move(configuration)), m_limits(limits) {
        setListenBacklogSize(limits.backlog);
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] { dropLate(); });
        m_turns.setSingleShot(true);
        connect(&m_turns, &QTimer::timeout, this, [this] { giveTurns(); });
        // Without a free descriptor Qt stops accepting for ever.
        connect(this, &QTcpServer::acceptError, this,
                [this] { QTimer::singleShot(descriptorsWait, this, [this] { resumeAccepting(); }); });
    }
    ~Private() override {
        close();
        while (!m_halfOpen.empty())
            dropHalfOpen(m_halfOpen.begin());
    }

    void setConfiguration(const QSslConfiguration& configuration) { m_configuration = configuration; }
    void setOwner(TlsAcceptor* owner) { m_owner = owner; }

protected:
    void incomingConnection(qintptr handle) override {
        const int descriptor = static_cast<int>(handle);
        const auto peer = peerOf(descriptor);
        if (!peer || m_open->all() >= m_limits.connections || m_open->of(*peer) >= m_limits.ofAddress) {
            ::close(descriptor); // a reset this early is no answer to some clients: Qt's would wait for 30 s
            return;
        }
        if (countHalfOpen(&*peer) >= m_limits.halfOpenOfAddress)
            dropHalfOpen(weakest(&*peer));
        // Those who have spoken wait for their turn: they cost a descriptor, as in the kernel's own queue.
        if (countHalfOpen(nullptr) >= m_limits.halfOpen)
            if (const auto at = oldestSilent(nullptr); at != m_halfOpen.end())
                dropHalfOpen(at);
        if (countHalfOpen(nullptr) >= m_limits.halfOpen + m_limits.backlog)
            dropHalfOpen(m_halfOpen.begin());
        begin(descriptor, *peer);
    }

private:
    using Position = std::list<HalfOpen>::iterator;

    static bool counts(const HalfOpen& one, const PeerKey* peer) { return !peer || one.place->peer() == *peer; }

    int countHalfOpen(const PeerKey* peer) const {
        return static_cast<int>(
            std::ranges::count_if(m_halfOpen, [&](const HalfOpen& one) { return counts(one, peer); }));
    }

    /// Of one address, or of all.
    Position oldestSilent(const PeerKey* peer) {
        return std::ranges::find_if(m_halfOpen, [&](const HalfOpen& one) { return counts(one, peer) && one.silent(); });
    }

    /// The oldest of those that have said nothing, else the oldest.
    Position weakest(const PeerKey* peer) {
        const auto silent = oldestSilent(peer);
        return silent != m_halfOpen.end()
                   ? silent
                   : std::ranges::find_if(m_halfOpen, [&](const HalfOpen& one) { return counts(one, peer); });
    }

    void begin(int descriptor, const PeerKey& peer) {
        const auto at = m_halfOpen.insert(m_halfOpen.end(), HalfOpen{});
        at->descriptor = descriptor;
        at->until = Clock::now() + m_limits.handshake;
        at->place = std::make_shared<Place>(m_open, peer);
        at->heard = new QSocketNotifier(descriptor, QSocketNotifier::Read, this);
        connect(at->heard, &QSocketNotifier::activated, this, [this, at] {
            forgetNotifier(*at);
            at->waits = true;
            giveTurns();
        });
        if (!m_deadline.isActive())
            m_deadline.start(m_limits.handshake);
    }

    /// To the oldest of those who wait, as many as may be in their handshake at once.
    void giveTurns() {
        m_turns.stop();
        for (;;) {
            const auto next = std::ranges::find_if(m_halfOpen, &HalfOpen::waits);
            if (next == m_halfOpen.end())
                return;
            if (std::ranges::count_if(m_halfOpen, [](const HalfOpen& one) { return one.socket != nullptr; }) >=
                m_limits.halfOpen) {
                const auto slow = std::ranges::find_if(m_halfOpen, [](const HalfOpen& one) {
                    return one.socket != nullptr && Clock::now() - one.begun > stuckAfter;
                });
                if (slow == m_halfOpen.end()) {
                    m_turns.start(stuckAfter);
                    return;
                }
                dropHalfOpen(slow);
            }
            startTls(next);
        }
    }

    void startTls(Position at) {
        at->waits = false;
        at->begun = Clock::now();
        auto* socket = new QSslSocket(this);
        if (!socket->setSocketDescriptor(at->descriptor)) {
            delete socket;
            dropHalfOpen(at);
            return;
        }
        at->descriptor = -1; // the socket's now
        at->socket = socket;
        socket->setSslConfiguration(m_configuration);
        connect(socket, &QSslSocket::encrypted, this, [this, at] { handOver(at); });
        connect(socket, &QSslSocket::errorOccurred, this, [this, at] { dropHalfOpen(at); });
        connect(socket, &QSslSocket::disconnected, this, [this, at] { dropHalfOpen(at); });
        socket->startServerEncryption();
    }

    void handOver(Position at) {
        QSslSocket* socket = at->socket;
        const auto place = at->place;
        socket->disconnect(this);
        m_halfOpen.erase(at);
        m_turns.start(0);
        socket->setParent(nullptr);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QSslSocket::disconnected, this, [place] { place->leave(); });
        connect(socket, &QObject::destroyed, this, [place] { place->leave(); });
        if (m_owner->isSignalConnected(QMetaMethod::fromSignal(&TlsAcceptor::accepted))) {
            Q_EMIT m_owner->accepted(socket);
            return;
        }
        socket->deleteLater(); // and so closed; we are in its signal
    }

    static void forgetNotifier(HalfOpen& one) {
        if (one.heard) {
            one.heard->setEnabled(false);
            one.heard->deleteLater(); // we may be in its signal
            one.heard = nullptr;
        }
    }

    void dropHalfOpen(Position at) {
        HalfOpen gone = std::move(*at);
        m_halfOpen.erase(at);
        forgetNotifier(gone);
        if (gone.socket) {
            gone.socket->disconnect(this);
            gone.socket->deleteLater(); // and so closed; we may be in its signal
            m_turns.start(0);
        } else {
            drop(gone.descriptor);
        }
    }

    void dropLate() {
        const auto now = Clock::now();
        while (!m_halfOpen.empty() && m_halfOpen.front().until <= now)
            dropHalfOpen(m_halfOpen.begin());
        if (!m_halfOpen.empty())
            m_deadline.start(std::chrono::ceil<std::chrono::milliseconds>(m_halfOpen.front().until - now));
    }

    QSslConfiguration m_configuration;
    const TlsLimits m_limits;
    TlsAcceptor* m_owner = nullptr;
    std::shared_ptr<PeerCount> m_open = std::make_shared<PeerCount>(); ///< places may outlive us
    std::list<HalfOpen> m_halfOpen;                                    ///< oldest first
    QTimer m_deadline, m_turns;
};

TlsAcceptor::TlsAcceptor(std::unique_ptr<Private> p) : m_p(std::move(p)) {
    m_p->setOwner(this);
}
TlsAcceptor::~TlsAcceptor() = default;

Result<std::unique_ptr<TlsAcceptor>> TlsAcceptor::listen(const TlsIdentity& identity, const std::string& address,
                                                         std::uint16_t port, const TlsLimits& limits) {
    const auto configuration = configurationFor(identity);
    if (!configuration)
        return configuration.error();
    QHostAddress where(QHostAddress::Any);
    if (!address.empty() && !where.setAddress(QString::fromStdString(address)))
        return Error{ErrorKind::Usage, "it is no address to listen at", address,
                     "Write an IPv4 or IPv6 address of this machine, or nothing for all of them"};
    auto p = std::make_unique<Private>(*configuration, limits);
    if (!p->QTcpServer::listen(where, port))
        return fail("nobody can be let in by the network: " + p->errorString().toStdString(),
                    where.toString().toStdString() + " port " + std::to_string(port),
                    "Choose another port, or end the program that uses this one");
    return std::unique_ptr<TlsAcceptor>(new TlsAcceptor(std::move(p)));
}

std::uint16_t TlsAcceptor::port() const {
    return m_p->serverPort();
}

void TlsAcceptor::setIdentity(const TlsIdentity& identity) {
    if (const auto configuration = configurationFor(identity))
        m_p->setConfiguration(*configuration);
}

} // namespace facelatch::network
