// SPDX-License-Identifier: GPL-3.0-or-later
// FaultSwitches: what a test does to the disk and the clock of a program that runs, through a file both have mapped.
#pragma once

#include <atomic>
#include <cstdint>

namespace facelatch::testing {

enum FaultPlace : std::int32_t { OnDatabase = 1, OnSnapshots = 2 };

/// Lives in the file that FACELATCH_TEST_FAULTS names; fault_shim.cpp, preloaded, obeys it.
struct FaultSwitches {
    std::atomic<std::int32_t> places{0};  ///< FaultPlace, where the disk fails
    std::atomic<std::int32_t> error{0};   ///< errno of everything that writes there; 0: nothing fails
    std::atomic<std::int32_t> syncMs{0};  ///< how long a sync there takes
    std::atomic<std::int64_t> clockMs{0}; ///< how far the wall clock has jumped
    char folder[512] = {};                ///< the data folder
};

} // namespace facelatch::testing
