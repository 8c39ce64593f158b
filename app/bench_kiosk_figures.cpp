// SPDX-License-Identifier: GPL-3.0-or-later
// What a running kiosk takes: time until the lock, until the picture, processor, memory.
#include "app/bench_figure.h"
#include "app/bench_kiosk.h"
#include "app/bench_run.h"
#include "app/bench_scene.h"
#include "app/clock.h"

#include <algorithm>
#include <cstdio>

namespace facelatch::app {

namespace {

std::string text(const char* format, double a, double b = 0) {
    char line[160];
    std::snprintf(line, sizeof line, format, a, b);
    return line;
}

Measured single(double value) {
    Measured measured;
    measured.spread = spreadOf({value});
    measured.judged = value;
    return measured;
}

Measured measureReleases(BenchRun& run, bool liveness) {
    const auto& visits = run.visits(liveness);
    if (!visits)
        return notMeasured(visits.error().text());
    Measured measured;
    measured.spread = spreadOf(visits->releaseMs);
    measured.judged = measured.spread->p95;
    measured.notes.push_back(std::to_string(measured.spread->n) + " visits, " + std::to_string(visits->missed) +
                             " of them without a release");
    return measured;
}

core::Result<double> firstPictureMs(BenchRun& run, const BenchKioskPlan& plan) {
    auto kiosk = BenchKiosk::start(run.loaded(), plan);
    if (!kiosk)
        return kiosk.error();
    const char* const painted = "first_picture";
    if (auto seen = (*kiosk)->waitFor([&] { return (*kiosk)->said(painted); }, core::milliseconds(60'000)); !seen)
        return seen.error();
    const auto& all = (*kiosk)->timings();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& timing) { return timing.what == painted; });
    return std::chrono::duration<double, std::milli>(found->at - (*kiosk)->startedAt()).count();
}

/// Processor time of what recognition runs in: its threads keep the name of the one that made them.
double recognitionMs(const std::map<std::string, double>& threads) {
    double sum = 0;
    for (const auto& [name, ms] : threads)
        if (name == "vision" || name == "door")
            sum += ms;
    return sum;
}

} // namespace

Measured measureRelease(BenchRun& run) {
    return measureReleases(run, false);
}

Measured measureReleaseLive(BenchRun& run) {
    return measureReleases(run, true);
}

Measured measureMemory(BenchRun& run) {
    const auto& visits = run.visits(true);
    if (!visits)
        return notMeasured(visits.error().text());
    Measured measured = single(visits->memory.peakMb);
    measured.notes.push_back(text("At the end %.0f MB resident, %.0f MB of them its own share (PSS)",
                                  visits->memory.residentMb, visits->memory.proportionalMb));
    return measured;
}

Measured measureViewfinder(BenchRun& run) {
    const auto& visits = run.visits(true);
    if (!visits)
        return notMeasured(visits.error().text());
    const double all = visits->framesShown + visits->framesMissed;
    Measured measured = single(all > 0 ? 100 * visits->framesMissed / all : 100);
    measured.notes.push_back(text("%.0f of %.0f pictures were missed", visits->framesMissed, all));
    return measured;
}

Measured measureFirstPicture(BenchRun& run) {
    if (auto models = run.needModels(true); !models)
        return notMeasured(models.error().text());
    if (!run.faces())
        return notMeasured(run.faces().error().text());
    BenchKioskPlan plan{{BenchScene(run.faces()->visitors.front()).face()}, core::milliseconds(60'000), {}, true, {}};
    std::vector<double> times;
    for (int round = 0; round < run.rounds(10, 2); ++round) {
        const auto time = firstPictureMs(run, plan);
        if (!time)
            return notMeasured(time.error().text());
        times.push_back(*time);
    }
    Measured measured;
    measured.spread = spreadOf(times);
    measured.judged = measured.spread->p95;
    measured.notes.push_back("Program and models came from the disk's cache, but for the first of the starts");
    return measured;
}

Measured measureEmptyScene(BenchRun& run) {
    if (auto models = run.needModels(true); !models)
        return notMeasured(models.error().text());
    BenchScene scene;
    BenchKioskPlan plan{{}, core::milliseconds(50), {}, true, {}};
    for (int i = 0; i < 8; ++i) // a camera's noise differs from frame to frame
        plan.pictures.push_back(scene.empty());
    auto kiosk = BenchKiosk::start(run.loaded(), plan);
    if (!kiosk)
        return notMeasured(kiosk.error().text());
    const auto after = [&](core::milliseconds time) {
        const core::MonoTime until = now().mono + time;
        return (*kiosk)->waitFor([until] { return now().mono >= until; }, 2 * time);
    };
    if (auto watching = (*kiosk)->waitFor([&] { return (*kiosk)->said("scene"); }, core::milliseconds(30'000));
        !watching)
        return notMeasured(watching.error().text());
    if (auto settled = after(core::milliseconds(6000)); !settled) // models loaded, the first look is over
        return notMeasured(settled.error().text());
    const core::MonoTime from = now().mono;
    const auto before = (*kiosk)->processorMs();
    if (auto passed = after(core::milliseconds(1000) * run.rounds(12, 3)); !passed)
        return notMeasured(passed.error().text());
    const auto end = (*kiosk)->processorMs();
    if (!before || !end)
        return notMeasured((before ? end : before).error().text());
    const double elapsed = std::chrono::duration<double, std::milli>(now().mono - from).count();
    const auto share = [&](double ms) { return 100 * ms / elapsed; };
    Measured measured = single(share(recognitionMs(*end) - recognitionMs(*before)));
    measured.notes.push_back(text("The whole kiosk, which also decodes the replayed pictures: %.1f %%",
                                  share(end->at({}) - before->at({}))));
    return measured;
}

} // namespace facelatch::app
