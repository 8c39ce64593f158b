// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of facelatch-ctl bench: what each is, what it should come to, and what it came to.
#pragma once

#include "app/bench_stats.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::app {

class BenchRun;

struct Measured {
    std::optional<Spread> spread; ///< in the figure's unit; nothing: not measured
    std::optional<Spread> cpu;    ///< the same as processor time, where that means something
    std::optional<double> ratio, cpuRatio;
    /// What the aim is compared with. Nothing: there is no aim, or this run cannot judge it (the note says why).
    std::optional<double> judged;
    std::string notMeasured;        ///< why there is no spread, and what to do
    std::vector<std::string> notes; ///< what this run adds to the definition
};

enum class AimSide { Under, AtLeast, AtMost };

struct Aim {
    std::string_view text; ///< empty: a figure without an aim
    AimSide side = AimSide::Under;
    double limit = 0;
};

/// One row of the table of figures.
struct Figure {
    std::string_view name;
    std::string_view what; ///< one line
    std::string_view unit; ///< of median, p95 and mean
    Aim aim;
    std::string_view definition; ///< how it is measured and what the aim is compared with
    Measured (*measure)(BenchRun& run);
};

/// Nothing when it was not judged.
std::optional<bool> met(const Figure& figure, const Measured& measured);

/// Every figure once, in the order in which they are measured.
std::span<const Figure> figures();
/// Those called `name`, or whose name begins with `name` and a hyphen: "search" is "search-10k" and "search-100k".
std::vector<const Figure*> figuresCalled(std::string_view name);

Measured notMeasured(std::string why);

// bench_recognition.cpp
Measured measureOriginalFrame(BenchRun& run);
Measured measureTrackedFrame(BenchRun& run);
Measured measureDecision(BenchRun& run);
Measured measureDecisionLive(BenchRun& run);
// bench_kiosk_figures.cpp
Measured measureRelease(BenchRun& run);
Measured measureReleaseLive(BenchRun& run);
Measured measureMemory(BenchRun& run);
Measured measureFirstPicture(BenchRun& run);
Measured measureEmptyScene(BenchRun& run);
Measured measureViewfinder(BenchRun& run);
// bench_search.cpp
Measured measureSmallSearch(BenchRun& run);
Measured measureLargeSearch(BenchRun& run);
// bench_log.cpp
Measured measureLogAppend(BenchRun& run);
Measured measureLogPage(BenchRun& run);

} // namespace facelatch::app
