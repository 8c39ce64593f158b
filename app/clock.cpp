// SPDX-License-Identifier: GPL-3.0-or-later
// System clocks, the C library's time zone, the system's random numbers.
#include "app/clock.h"

#include <QRandomGenerator>

#include <ctime>

namespace facelatch::app {

core::Now now() {
    return {std::chrono::steady_clock::now(), std::chrono::floor<core::milliseconds>(std::chrono::system_clock::now())};
}

core::LocalTime toLocal(core::WallTime time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
            parts.tm_min,         parts.tm_sec,     parts.tm_wday, static_cast<int>(parts.tm_gmtoff / 60)};
}

core::Uuid7 newUuid(core::WallTime time) {
    std::array<std::uint8_t, 10> random{};
    for (std::uint8_t& byte : random)
        byte = static_cast<std::uint8_t>(QRandomGenerator::system()->generate());
    return core::makeUuid7(time, random);
}

} // namespace facelatch::app
