// SPDX-License-Identifier: GPL-3.0-or-later
// The lines that facelatch-lockd sends, as values (hardware/lockd/PROTOCOL.md, version 1).
#pragma once

#include "core/time.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace facelatch::hardware {

inline constexpr std::size_t longestLockdLine = 256; ///< with its '\n'

struct LockdLine {
    enum class Kind { Ok, Refusal, State, Edge } kind = Kind::Ok;
    std::string command; ///< Ok: "HELLO", "PULSE", "HOLD", "BEAT"
    std::string code;    ///< Refusal: "range", "too_soon" ...; State: "rest", "pulse", "hold"; Ok HOLD: "on", "off"
    std::string text;    ///< Refusal: for people
    core::milliseconds time{};                              ///< Ok PULSE, Ok HOLD on, State: what remains
    std::string input;                                      ///< Edge
    bool active = false;                                    ///< Edge
    core::MonoTime at{};                                    ///< Edge
    std::map<std::string, std::string, std::less<>> fields; ///< Ok HELLO: the key=value words
};

/// A line without its '\n'. Nothing when it is none of the protocol's: the peer is not the lock daemon.
std::optional<LockdLine> parseLockdLine(std::string_view line);

/// "dps:1,rex:0" as names and levels; "-" and an absent field give none; nothing when it is malformed.
std::optional<std::vector<std::pair<std::string, bool>>> parseInputs(std::string_view text);

} // namespace facelatch::hardware
