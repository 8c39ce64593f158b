// SPDX-License-Identifier: GPL-3.0-or-later
// Mailbox: the way back to an object for replies that may come late, from another thread, twice, or after it is gone.
#pragma once

#include <QMetaObject>
#include <QObject>

#include <mutex>
#include <utility>

namespace facelatch::network {

/// Shared by an object and those who owe it a reply. The object calls forget() before it ends; the others may be in any
/// thread.
class Mailbox {
public:
    explicit Mailbox(QObject* owner) : m_owner(owner) {}
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    void forget() {
        const std::lock_guard lock(m_mutex);
        m_owner = nullptr;
    }
    /// Runs `deliver` in the owner's thread, from its event loop, if the owner still is there then.
    template<typename F>
    void post(F deliver) {
        const std::lock_guard lock(m_mutex);
        if (m_owner)
            QMetaObject::invokeMethod(m_owner, std::move(deliver), Qt::QueuedConnection);
    }
    /// The same, for the first of those who call it; nothing is delivered afterwards.
    template<typename F>
    void postOnce(F deliver) {
        const std::lock_guard lock(m_mutex);
        if (QObject* owner = std::exchange(m_owner, nullptr))
            QMetaObject::invokeMethod(owner, std::move(deliver), Qt::QueuedConnection);
    }

private:
    std::mutex m_mutex;
    QObject* m_owner;
};

} // namespace facelatch::network
