// SPDX-License-Identifier: GPL-3.0-or-later
// AvahiLoop: lets Avahi's client library wait in the event loop of the thread it lives in.
#pragma once

#include <QObject>

#include <memory>

struct AvahiPoll;

namespace facelatch::network {

class AvahiLoop {
public:
    AvahiLoop();
    /// Whatever Avahi still waits for by it must be gone.
    ~AvahiLoop();
    AvahiLoop(const AvahiLoop&) = delete;
    AvahiLoop& operator=(const AvahiLoop&) = delete;
    const AvahiPoll* api() const { return m_api.get(); }

private:
    std::unique_ptr<AvahiPoll> m_api;
};

} // namespace facelatch::network
