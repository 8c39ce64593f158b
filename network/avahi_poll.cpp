// SPDX-License-Identifier: GPL-3.0-or-later
// Avahi's watches and timeouts as Qt's notifiers and timers.
#include "network/avahi_poll.h"

#include <avahi-common/watch.h>

#include <QSocketNotifier>
#include <QTimer>

#include <chrono>

#include <sys/time.h>

// Avahi names these types and leaves it to the loop what they are. They outlive avahi's free(), which may be called
// from inside their own callback, until the event loop is back.
struct AvahiWatch : public QObject {
    AvahiWatch(int descriptor, AvahiWatchCallback callback, void* with)
        : m_read(descriptor, QSocketNotifier::Read),
          m_write(descriptor, QSocketNotifier::Write),
          m_descriptor(descriptor),
          m_callback(callback),
          m_with(with) {
        connect(&m_read, &QSocketNotifier::activated, this, [this] { happened(AVAHI_WATCH_IN); });
        connect(&m_write, &QSocketNotifier::activated, this, [this] { happened(AVAHI_WATCH_OUT); });
    }
    /// A hang-up is seen as something to read.
    void waitFor(AvahiWatchEvent events) {
        m_read.setEnabled((events & (AVAHI_WATCH_IN | AVAHI_WATCH_HUP | AVAHI_WATCH_ERR)) != 0);
        m_write.setEnabled((events & AVAHI_WATCH_OUT) != 0);
    }
    void end() {
        m_read.setEnabled(false);
        m_write.setEnabled(false);
        deleteLater();
    }
    AvahiWatchEvent events() const { return m_events; }

private:
    void happened(AvahiWatchEvent event) {
        m_events = event;
        m_callback(this, m_descriptor, event, m_with);
        m_events = AvahiWatchEvent{};
    }

    QSocketNotifier m_read, m_write;
    int m_descriptor;
    AvahiWatchCallback m_callback;
    void* m_with;
    AvahiWatchEvent m_events{};
};

struct AvahiTimeout : public QObject {
    AvahiTimeout(AvahiTimeoutCallback callback, void* with) {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this, callback, with] { callback(this, with); });
    }
    /// At this time of the wall clock; nullptr: never.
    void waitFor(const timeval* at) {
        if (!at) {
            m_timer.stop();
            return;
        }
        using namespace std::chrono;
        const auto then = seconds(at->tv_sec) + microseconds(at->tv_usec);
        const auto left = then - system_clock::now().time_since_epoch();
        m_timer.start(std::max(ceil<milliseconds>(left), milliseconds(0)));
    }
    void end() {
        m_timer.stop();
        deleteLater();
    }

private:
    QTimer m_timer;
};

namespace facelatch::network {

namespace {

AvahiWatch* newWatch(const AvahiPoll*, int descriptor, AvahiWatchEvent events, AvahiWatchCallback callback,
                     void* with) {
    auto* watch = new AvahiWatch(descriptor, callback, with);
    watch->waitFor(events);
    return watch;
}

AvahiTimeout* newTimeout(const AvahiPoll*, const timeval* at, AvahiTimeoutCallback callback, void* with) {
    auto* timeout = new AvahiTimeout(callback, with);
    timeout->waitFor(at);
    return timeout;
}

} // namespace

AvahiLoop::AvahiLoop()
    : m_api(new AvahiPoll{nullptr, &newWatch, [](AvahiWatch* watch, AvahiWatchEvent events) { watch->waitFor(events); },
                          [](AvahiWatch* watch) { return watch->events(); }, [](AvahiWatch* watch) { watch->end(); },
                          &newTimeout, [](AvahiTimeout* timeout, const timeval* at) { timeout->waitFor(at); },
                          [](AvahiTimeout* timeout) { timeout->end(); }}) {}
AvahiLoop::~AvahiLoop() = default;

} // namespace facelatch::network
