// SPDX-License-Identifier: GPL-3.0-or-later
// Latest and Inbox: values handed from one thread to another without ever making the sender wait.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

namespace facelatch::app {

/// The newest value, for someone who polls.
template<typename T>
class Latest {
public:
    void put(T value) {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
    }
    T get() const {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }

private:
    mutable std::mutex m_mutex;
    T m_value{};
};

/// A short queue: when the receiver is stuck, the oldest values go.
template<typename T>
class Inbox {
public:
    explicit Inbox(std::size_t room) : m_room(room) {}
    /// True when the receiver has to be woken: the inbox was empty.
    bool push(T value) {
        const std::lock_guard lock(m_mutex);
        if (m_values.size() == m_room)
            m_values.pop_front();
        m_values.push_back(std::move(value));
        return m_values.size() == 1;
    }
    std::deque<T> takeAll() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_values, {});
    }

private:
    std::mutex m_mutex;
    std::deque<T> m_values;
    std::size_t m_room;
};

} // namespace facelatch::app
