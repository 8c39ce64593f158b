// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps as text.
#include "core/time.h"

#include <gtest/gtest.h>

using namespace facelatch::core;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

std::string utc(year_month_day date, milliseconds of = 0ms) {
    return rfc3339Utc(WallTime{sys_days(date)} + of);
}

TEST(Time, rfc3339) {
    EXPECT_EQ(rfc3339Utc(WallTime{}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(utc(2026y / November / 21, 6h + 48min + 2s + 123ms), "2026-11-21T06:48:02.123Z");
    EXPECT_EQ(utc(2024y / February / 29, 23h + 59min + 59s + 999ms), "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(utc(2100y / March / 1, -1ms), "2100-02-28T23:59:59.999Z");
    EXPECT_EQ(rfc3339Utc(WallTime{-1ms}), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(utc(9999y / December / 31), "9999-12-31T00:00:00.000Z");
}

TEST(Time, localWithoutAZone) {
    EXPECT_EQ(isoLocal({2025, 5, 25, 11, 20, 45, 0, 120}), "2025-05-25T11:20:45");
    EXPECT_EQ(isoLocal({}), "1970-01-01T00:00:00");
    EXPECT_EQ(isoLocal({2026, 1, 2, 3, 4, 5, 5, -300}), "2026-01-02T03:04:05");
}

} // namespace
