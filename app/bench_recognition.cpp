// SPDX-License-Identifier: GPL-3.0-or-later
// Recognition against the original way.
#include "app/bench_door.h"
#include "app/bench_figure.h"
#include "app/bench_run.h"
#include "app/bench_scene.h"

#include <algorithm>
#include <cstdio>

namespace facelatch::app {

namespace {

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string stage(const char* name, const Costs& costs) {
    return std::string(name) + ' ' + number(spreadOf(costs.wallMs).median) + " ms (processor " +
           number(spreadOf(costs.cpuMs).median) + ")";
}

/// What is true of every figure that stands against the original.
std::vector<std::string> notesOn(const OriginalCost& original) {
    std::vector<std::string> notes;
    if (!original.landmarks)
        notes.emplace_back("The file of the 68 landmarks is not there, so that the original is measured without them, "
                           "which makes it faster than it was; to have it: sudo apt-get install libdlib-data");
    if (original.blasIsSlow)
        notes.push_back("dlib's network computes here with the plain reference BLAS (" + original.blas +
                        "), many times slower than a tuned one, so that the aim is not judged; for a fair original: "
                        "sudo apt-get install libopenblas0-pthread");
    return notes;
}

/// Judged by the wall clock, which is what somebody at the door waits for; the processor's time stands beside it.
void compare(Measured& measured, const Costs& ours, const OriginalCost& original, double originalFrames) {
    const double wall = spreadOf(original.whole.wallMs).mean * originalFrames;
    const double cpu = spreadOf(original.whole.cpuMs).mean * originalFrames;
    measured.spread = spreadOf(ours.wallMs);
    measured.cpu = spreadOf(ours.cpuMs);
    measured.ratio = timesLess(wall, measured.spread->mean);
    measured.cpuRatio = timesLess(cpu, measured.cpu->mean);
    measured.notes = notesOn(original);
    measured.notes.push_back("The original: " + number(wall) + " ms, " + number(cpu) + " ms of processor time");
    if (!original.blasIsSlow)
        measured.judged = *measured.ratio;
}

core::Result<std::unique_ptr<BenchDoor>> doorFor(BenchRun& run, bool liveness) {
    if (auto models = run.needModels(liveness); !models)
        return models.error();
    if (!run.original())
        return run.original().error();
    if (run.faces()->visitorsFor(liveness).empty())
        return core::fail("None of the " + std::to_string(run.faces()->looked) +
                              " photographs tried passes the liveness check",
                          {}, "Name other photographs with --faces DIR");
    return BenchDoor::create(withLiveness(run.loaded().settings, liveness), *run.models(), run.faces()->gallery);
}

/// Until the rules grant; nothing when they do not within a second.
std::optional<Cost> decide(BenchDoor& door, BenchScene& scene, int& frames) {
    constexpr int patience = 30;
    Cost sum;
    for (int frame = 0; frame < patience; ++frame) {
        const BenchDoor::Seen seen = door.look(scene.face());
        sum += seen.cost;
        if (seen.released) {
            frames += frame + 1;
            return sum;
        }
    }
    return std::nullopt;
}

Measured measureDecisions(BenchRun& run, bool liveness) {
    const auto door = doorFor(run, liveness);
    if (!door)
        return notMeasured(door.error().text());
    const auto& visitors = run.faces()->visitorsFor(liveness);
    const int rounds = run.rounds(40, 5);
    Costs ours;
    int frames = 0, refused = 0;
    for (int round = -1; round < rounds; ++round) { // the first one warms up
        BenchScene scene(visitors[static_cast<std::size_t>(round + 1) % visitors.size()]);
        (*door)->clear(scene.empty());
        int used = 0;
        const auto cost = decide(**door, scene, used);
        if (round < 0)
            continue;
        refused += cost ? 0 : 1;
        frames += used;
        if (cost)
            ours.add(*cost);
    }
    if (ours.wallMs.empty())
        return notMeasured("No visit was granted");
    Measured measured;
    const core::Settings& settings = run.loaded().settings;
    auto looks = settings.integer("recognition.agreeing_frames");
    if (liveness)
        looks = std::max(looks, settings.integer("liveness.min_frames"));
    compare(measured, ours, *run.original(), static_cast<double>(looks));
    measured.notes.push_back(number(frames / static_cast<double>(ours.wallMs.size())) + " frames to a decision, mean");
    if (refused > 0)
        measured.notes.push_back(std::to_string(refused) + " visits were not granted within a second and do not count");
    return measured;
}

} // namespace

Measured measureOriginalFrame(BenchRun& run) {
    const auto& original = run.original();
    if (!original)
        return notMeasured(original.error().text());
    Measured measured;
    measured.spread = spreadOf(original->whole.wallMs);
    measured.cpu = spreadOf(original->whole.cpuMs);
    measured.notes = notesOn(*original);
    measured.notes.push_back("Medians: " + stage("detector", original->detect) + ", " +
                             stage(original->landmarks ? "landmarks and chip" : "chip", original->align) + ", " +
                             stage("network", original->embed) + "; matrix products by " + original->blas);
    return measured;
}

Measured measureTrackedFrame(BenchRun& run) {
    const bool liveness = run.loaded().settings.text("liveness.policy") != "off";
    const auto door = doorFor(run, liveness);
    if (!door)
        return notMeasured(door.error().text());
    BenchScene scene(run.faces()->visitorsFor(liveness).front());
    (*door)->clear(scene.empty());
    int used = 0;
    if (!decide(**door, scene, used))
        return notMeasured("The visitor who was let in before is not let in now");
    constexpr int second = static_cast<int>(BenchScene::framesPerSecond);
    for (int frame = 0; frame < second; ++frame)
        (*door)->look(scene.face());
    Costs ours;
    int withFace = 0;
    for (int frame = 0; frame < run.rounds(10, 2) * second; ++frame) {
        const BenchDoor::Seen seen = (*door)->look(scene.face());
        ours.add(seen.cost);
        withFace += seen.observation.faces.empty() ? 0 : 1;
    }
    Measured measured;
    compare(measured, ours, *run.original(), 1);
    measured.notes.push_back("Liveness " + std::string(liveness ? "on" : "off") + "; the face was seen in " +
                             std::to_string(withFace) + " of " + std::to_string(ours.wallMs.size()) + " frames");
    return measured;
}

Measured measureDecision(BenchRun& run) {
    return measureDecisions(run, false);
}

Measured measureDecisionLive(BenchRun& run) {
    return measureDecisions(run, true);
}

} // namespace facelatch::app
