// SPDX-License-Identifier: GPL-3.0-or-later
// Digits: a short secret number that is being typed. It lives in one place and is overwritten when it ends.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace facelatch::core {

/// Never on the heap, so that no copy stays behind in freed memory. A copy is wiped like the original. Any thread, one
/// at a time.
class Digits {
public:
    static constexpr std::size_t least = 4, room = 8; ///< of any PIN

    Digits() = default;
    Digits(const Digits&) = default;
    Digits& operator=(const Digits&) = default;
    ~Digits() { wipe(); }

    /// False, and nothing changes, when it is full or `digit` is not '0' to '9'.
    bool push(char digit) {
        if (m_size == room || digit < '0' || digit > '9')
            return false;
        m_digits[m_size++] = digit;
        return true;
    }
    /// Takes the last one away, if there is one.
    void pop() {
        if (m_size > 0)
            m_digits[--m_size] = 0;
    }
    /// Overwrites all of it; the compiler must not leave that out.
    void wipe() {
        volatile char* at = m_digits.data();
        for (std::size_t i = 0; i < room; ++i)
            at[i] = 0;
        volatile std::size_t& size = m_size;
        size = 0;
    }
    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    /// Valid until something changes.
    std::string_view text() const { return {m_digits.data(), m_size}; }

private:
    std::array<char, room> m_digits{};
    std::size_t m_size = 0;
};

} // namespace facelatch::core
