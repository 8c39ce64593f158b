// SPDX-License-Identifier: GPL-3.0-or-later
// Connecting to the Avahi daemon, again and again.
#include "network/avahi_session.h"

#include <avahi-client/client.h>
#include <avahi-common/error.h>

#include <algorithm>
#include <utility>

namespace facelatch::network {

namespace {

constexpr std::chrono::milliseconds soon{100};

} // namespace

AvahiSession::AvahiSession(std::chrono::milliseconds retry, Callbacks callbacks)
    : m_every(retry), m_callbacks(std::move(callbacks)) {
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { connectDaemon(); });
}

AvahiSession::~AvahiSession() {
    m_callbacks.changed = [] {};
    end();
}

void AvahiSession::start() {
    if (m_state != DiscoveryState::Off)
        return;
    set(DiscoveryState::Starting);
    connectDaemon();
}

void AvahiSession::stop() {
    m_retry.stop();
    end();
    set(DiscoveryState::Off);
}

void AvahiSession::failed(const QString& trouble) {
    if (m_state == DiscoveryState::Off)
        return;
    set(DiscoveryState::NoDaemon, trouble);
    m_retry.start(m_every);
    // Not from inside of a callback of the client that ends.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_retry.isActive())
                end();
        },
        Qt::QueuedConnection);
}

void AvahiSession::succeeded() {
    set(DiscoveryState::On);
}

void AvahiSession::connectDaemon() {
    end();
    int error = 0;
    // Waits for a daemon that is not there yet, but not for a D-Bus.
    AvahiClient* client = avahi_client_new(
        m_loop.api(), AVAHI_CLIENT_NO_FAIL,
        [](AvahiClient* one, AvahiClientState state, void* self) {
            static_cast<AvahiSession*>(self)->clientSays(one, state);
        },
        this, &error);
    m_client = client; // clientSays() was called meanwhile, with the client as its argument
    if (client)
        return;
    m_callbacks.ending();
    failed(QString::fromUtf8(avahi_strerror(error)));
}

void AvahiSession::clientSays(AvahiClient* client, int state) {
    m_client = client;
    switch (state) {
    case AVAHI_CLIENT_S_RUNNING:
        if (m_state != DiscoveryState::On)
            set(DiscoveryState::Starting);
        m_callbacks.running(client);
        break;
    case AVAHI_CLIENT_S_REGISTERING:
    case AVAHI_CLIENT_S_COLLISION:
        m_callbacks.pausing();
        break;
    case AVAHI_CLIENT_CONNECTING:
        set(DiscoveryState::NoDaemon);
        break;
    case AVAHI_CLIENT_FAILURE:
        failed(QString::fromUtf8(avahi_strerror(avahi_client_errno(client))));
        if (avahi_client_errno(client) == AVAHI_ERR_DISCONNECTED)
            m_retry.start(std::min(soon, m_every)); // a new client is told when the daemon is back
        break;
    default:
        break;
    }
}

void AvahiSession::end() {
    if (!m_client)
        return;
    m_callbacks.ending();
    avahi_client_free(std::exchange(m_client, nullptr)); // and whatever was made with it
}

void AvahiSession::set(DiscoveryState state, const QString& trouble) {
    if (m_state == state && m_trouble == trouble)
        return;
    m_state = state;
    m_trouble = trouble;
    m_callbacks.changed();
}

} // namespace facelatch::network
