// SPDX-License-Identifier: GPL-3.0-or-later
// UUID version 7, layout of RFC 9562 section 5.7.
#include "core/uuid7.h"

#include <algorithm>

namespace facelatch::core {

namespace {

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string Uuid7::text() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out += '-';
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

std::optional<Uuid7> Uuid7::parse(std::string_view text) {
    if (text.size() != 36)
        return std::nullopt;
    Uuid7 id;
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            if (text[at++] != '-')
                return std::nullopt;
        }
        const int high = hexValue(text[at]);
        const int low = hexValue(text[at + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        id.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
    }
    return id;
}

Uuid7 makeUuid7(WallTime time, const std::array<std::uint8_t, 10>& random) {
    Uuid7 id;
    // A clock that stands before 1970 must not give identities that sort after all others.
    const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()));
    for (std::size_t i = 0; i < 6; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    for (std::size_t i = 0; i < random.size(); ++i)
        id.bytes[6 + i] = random[i];
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70); // version 7
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80); // variant 10
    return id;
}

} // namespace facelatch::core
