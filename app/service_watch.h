// SPDX-License-Identifier: GPL-3.0-or-later
// ServiceWatch: tells systemd that the door is up, and goes on telling as long as its threads turn.
#pragma once

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace facelatch::app {

/// Gui thread. Sends READY=1 once the first question has come home, then WATCHDOG=1 after each further one, at a
/// quarter of $WATCHDOG_USEC, and STOPPING=1 at its end. The next question leaves only when the last one is home: a
/// thread that hangs keeps it, the notifications cease, and systemd restarts the service. Without $NOTIFY_SOCKET it
/// does nothing.
class ServiceWatch : public QObject {
    Q_OBJECT
public:
    using Home = std::function<void()>;

    /// `askRound` starts a question on its way through the threads; the last one calls `home`, which may outlive this.
    explicit ServiceWatch(std::function<void(Home home)> askRound);
    ~ServiceWatch() override;

private:
    void look();

    std::function<void(Home)> m_askRound;
    std::shared_ptr<std::atomic<bool>> m_home = std::make_shared<std::atomic<bool>>(false);
    bool m_ready = false;
    QTimer m_timer; ///< runs in the gui thread, whose hanging it proves thereby
};

} // namespace facelatch::app
