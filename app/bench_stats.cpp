// SPDX-License-Identifier: GPL-3.0-or-later
// Medians, percentiles, clocks.
#include "app/bench_stats.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <numeric>

namespace facelatch::app {

namespace {

double processorMs() {
    std::timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

} // namespace

Spread spreadOf(std::vector<double> values) {
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    const auto rank = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(n)));
    Spread spread;
    spread.median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    spread.p95 = values[std::max<std::size_t>(rank, 1) - 1];
    spread.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(n);
    spread.n = static_cast<int>(n);
    return spread;
}

Cost& Cost::operator+=(const Cost& other) {
    wallMs += other.wallMs;
    cpuMs += other.cpuMs;
    return *this;
}

Cost costOf(const std::function<void()>& work) {
    const double processorBefore = processorMs();
    const auto before = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - before;
    return {elapsed.count(), processorMs() - processorBefore};
}

void Costs::add(const Cost& cost) {
    wallMs.push_back(cost.wallMs);
    cpuMs.push_back(cost.cpuMs);
}

double timesLess(double theirs, double ours) {
    return ours > 0 ? theirs / ours : 0;
}

} // namespace facelatch::app
