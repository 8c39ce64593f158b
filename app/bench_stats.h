// SPDX-License-Identifier: GPL-3.0-or-later
// What repeated measurements come to, and the two clocks they are taken with.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

namespace facelatch::app {

struct Spread {
    double median = 0, p95 = 0, mean = 0;
    int n = 0;
};
/// p95 is the smallest value that at least 95 of 100 do not exceed (nearest rank). Nothing for no values: all zero.
Spread spreadOf(std::vector<double> values);

/// Milliseconds by the clock on the wall, and of processor time of all threads of this process.
struct Cost {
    double wallMs = 0, cpuMs = 0;
    Cost& operator+=(const Cost& other);
};
Cost costOf(const std::function<void()>& work);

/// Costs of equal pieces of work.
struct Costs {
    std::vector<double> wallMs, cpuMs;
    void add(const Cost& cost);
};

/// How many times less `ours` is than `theirs`; 0 when there is nothing to divide by.
double timesLess(double theirs, double ours);

} // namespace facelatch::app
