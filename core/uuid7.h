// SPDX-License-Identifier: GPL-3.0-or-later
// UUID version 7 (RFC 9562): time-ordered identities of events, visits and people.
#pragma once

#include "core/time.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace facelatch::core {

struct Uuid7 {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Uuid7&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
    bool isNull() const { return bytes == std::array<std::uint8_t, 16>{}; }
    /// 36 characters, lower case: "018f....-....-7...-....-............".
    std::string text() const;
    /// Any 36 characters of that form, upper case too; the version is not looked at.
    static std::optional<Uuid7> parse(std::string_view text);
};

/// From a wall clock reading and 10 random bytes (the caller's generator; core has none).
Uuid7 makeUuid7(WallTime time, const std::array<std::uint8_t, 10>& random);

/// Where identities come from: the composition root passes one that draws from the system's generator.
using UuidSource = std::function<Uuid7(WallTime)>;

} // namespace facelatch::core
