// SPDX-License-Identifier: GPL-3.0-or-later
// systemd's notification protocol, as far as a service needs it.
#include "app/service_watch.h"

#include "app/restart.h"

#include <chrono>

#include <systemd/sd-daemon.h>

namespace facelatch::app {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds lookForReady{20};

/// How often to notify; zero where no watchdog is asked for. $WATCHDOG_PID is not looked at: under a compositor it
/// names that.
milliseconds notifyEvery() {
    const std::chrono::microseconds limit(qEnvironmentVariable("WATCHDOG_USEC").toLongLong());
    return std::chrono::duration_cast<milliseconds>(limit) / 4;
}

} // namespace

ServiceWatch::ServiceWatch(std::function<void(Home)> askRound) : m_askRound(std::move(askRound)) {
    if (qEnvironmentVariableIsEmpty("NOTIFY_SOCKET"))
        return;
    connect(&m_timer, &QTimer::timeout, this, [this] { look(); });
    m_timer.start(lookForReady);
    m_askRound([home = m_home] { *home = true; });
}

ServiceWatch::~ServiceWatch() {
    if (m_ready)
        sd_notify(0, restartAsked() ? "STATUS=starting again" : "STOPPING=1");
}

void ServiceWatch::look() {
    if (!m_home->exchange(false))
        return;
    sd_notify(0, m_ready ? "WATCHDOG=1" : "READY=1");
    if (!m_ready) {
        m_ready = true;
        m_timer.stop();
        if (const milliseconds every = notifyEvery(); every > milliseconds::zero())
            m_timer.start(every);
    }
    if (m_timer.isActive())
        m_askRound([home = m_home] { *home = true; });
}

} // namespace facelatch::app
