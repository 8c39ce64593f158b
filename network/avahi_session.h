// SPDX-License-Identifier: GPL-3.0-or-later
// AvahiSession: a connection to the Avahi daemon that comes back by itself. For announcer and browser.
#pragma once

#include "network/avahi_poll.h"
#include "network/discovery.h"

#include <QTimer>

#include <functional>

struct AvahiClient;

namespace facelatch::network {

/// One thread, with an event loop.
class AvahiSession : public QObject {
public:
    struct Callbacks {
        std::function<void(AvahiClient*)> running; ///< the daemon is there and well
        std::function<void()> pausing;             ///< its host name changes; running() follows
        std::function<void()> ending;              ///< it is gone: what was made with the client must go now
        std::function<void()> changed;             ///< state or trouble
    };
    AvahiSession(std::chrono::milliseconds retry, Callbacks callbacks);
    ~AvahiSession() override;

    void start();
    void stop();
    /// Ends the connection and tries again after a while.
    void failed(const QString& trouble);
    /// What was asked of the daemon has come true.
    void succeeded();

    DiscoveryState state() const { return m_state; }
    const QString& trouble() const { return m_trouble; }
    AvahiClient* client() const { return m_client; }

private:
    void connectDaemon();
    void clientSays(AvahiClient* client, int state);
    void end();
    void set(DiscoveryState state, const QString& trouble = {});

    const std::chrono::milliseconds m_every;
    AvahiLoop m_loop;
    Callbacks m_callbacks;
    QTimer m_retry;
    AvahiClient* m_client = nullptr;
    DiscoveryState m_state = DiscoveryState::Off;
    QString m_trouble;
};

} // namespace facelatch::network
