// SPDX-License-Identifier: GPL-3.0-or-later
// ProgressLine: how far a download is: a bar on a terminal, now and then a plain line elsewhere.
#pragma once

#include "core/time.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace facelatch::app {

/// One thread. Writes through `write` only; holds no clock.
class ProgressLine {
public:
    using Write = std::function<void(std::string_view)>;
    ProgressLine(std::string name, bool terminal, Write write)
        : m_name(std::move(name)), m_terminal(terminal), m_write(std::move(write)) {}
    /// Ends the bar's line, so that what follows stands on its own.
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Bytes so far, in all (0: not known).
    void show(std::uint64_t done, std::uint64_t total, core::MonoTime now);

private:
    std::string amount(std::uint64_t done, std::uint64_t total) const;

    std::string m_name;
    bool m_terminal;
    Write m_write;
    bool m_open = false;      ///< a bar stands on the line
    std::uint64_t m_told = 0; ///< steps that have had their plain line
    std::uint64_t m_first = 0;
    core::MonoTime m_began{};
};

} // namespace facelatch::app
