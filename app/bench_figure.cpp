// SPDX-License-Identifier: GPL-3.0-or-later
// The table of figures.
#include "app/bench_figure.h"

#include <array>

namespace facelatch::app {

namespace {

constexpr std::array table{
    Figure{
        "original-frame",
        "one frame of the original way, in dlib",
        "ms",
        {},
        "frontal_face_detector on a 640x480 colour frame, then 68 landmarks, the 150x150 chip and one forward pass of "
        "the ResNet with 29 convolutions (random weights) for one face. The original did all of it for each frame.",
        measureOriginalFrame},
    Figure{
        "tracked-frame",
        "one frame with somebody who stands there, recognised before",
        "ms",
        {"8 times less than original-frame", AimSide::AtLeast, 8},
        "Mean of Pipeline::process() over 10 s of frames at 30 a second, the frames being unequal: some are searched, "
        "compared and checked for life, others only followed. Compared: mean original-frame / this mean, by the wall "
        "clock; the processor's time stands beside it.",
        measureTrackedFrame},
    Figure{
        "decision-plain",
        "all frames from a new face to the decision, liveness off",
        "ms",
        {"3 times less than the original's", AimSide::AtLeast, 3},
        "Sum of Pipeline::process() from the first frame with the face to the one on which the door's rules grant. The "
        "original's decision: original-frame x the agreeing frames of the settings (3 unless changed), although the "
        "original opened on one. Compared: mean / mean by the wall clock; the processor's time stands beside it.",
        measureDecision},
    Figure{
        "decision-live",
        "the same with the passive liveness check",
        "ms",
        {"2 times less than the original's", AimSide::AtLeast, 2},
        "As decision-plain, with liveness.policy passive, which wants more frames (5 unless changed): the original's "
        "decision is original-frame x as many, without any liveness check, which it did not have.",
        measureDecisionLive},
    Figure{
        "release-plain",
        "from an enrolled face's first frame to the lock's release, liveness off",
        "ms",
        {"p95 under 400 ms", AimSide::Under, 400},
        "The real kiosk with a camera of 30 frames a second that replays visits of enrolled people: from when the "
        "first "
        "frame with the face was due to when the (simulated) lock has been released. A visit without a release counts "
        "as endless. Compared: p95.",
        measureRelease},
    Figure{"release-live",
           "the same with the passive liveness check",
           "ms",
           {"p95 under 400 ms", AimSide::Under, 400},
           "As release-plain, with liveness.policy passive.",
           measureReleaseLive},
    Figure{"first-picture",
           "from the start of the kiosk to the camera's picture on its screen",
           "ms",
           {"within 2 s", AimSide::AtMost, 2000},
           "From starting the process, with somebody before the camera (at rest the screen shows a clock), until the "
           "window "
           "has painted the first camera picture. Compared: p95.",
           measureFirstPicture},
    Figure{"viewfinder",
           "pictures of the camera that the screen missed while recognising",
           "%",
           {"none", AimSide::AtMost, 0},
           "The visits of release-live: pictures that came and went while the screen showed others, as a share of all. "
           "Compared: the share.",
           measureViewfinder},
    Figure{
        "empty-scene",
        "what recognition takes of one core while nobody is there",
        "%",
        {"under 10 % of one core", AimSide::Under, 10},
        "Processor time of the kiosk's vision and door threads, network threads included, over 12 s of an empty scene "
        "with a camera's noise at 30 frames a second. Without recognition these threads do nothing. Compared: the "
        "share.",
        measureEmptyScene},
    Figure{
        "memory",
        "what the recognising kiosk holds in memory",
        "MB",
        {"under 350 MB", AimSide::Under, 350},
        "Largest resident size (VmHWM) of the kiosk after 12 s and more of recognised visits with liveness. Compared: "
        "that. In a note: the resident and the proportional size (PSS) at the end.",
        measureMemory},
    Figure{"search-10k",
           "the best and second-best of 10,000 people for one face",
           "ms",
           {"under 1 ms", AimSide::Under, 1},
           "bestMatch() over a gallery of 10,000 rows of 128 numbers. Compared: p95.",
           measureSmallSearch},
    Figure{
        "search-100k",
        "the same among 100,000",
        "ms",
        {"within twice the time of copying them", AimSide::AtMost, 2},
        "As search-10k with 100,000 rows; alternating with copies of the same 51 MB. Compared: median search / median "
        "copy.",
        measureLargeSearch},
    Figure{"log-append",
           "writing one event so that it survives a power cut",
           "ms",
           {"50 events a second sustained", AimSide::AtLeast, 50},
           "Store::append() of grants, one after the other on a disk until 10 s are over, every fifth with a picture "
           "of 60 kB as a visit of five seconds makes one. Compared: events a second over the whole time.",
           measureLogAppend},
    Figure{
        "log-page",
        "a page of 100 events among a million",
        "ms",
        {"under 100 ms", AimSide::Under, 100},
        "LogReader::page(): the newest events, those before the middle, the refusals, one person's, and an hour of the "
        "middle, in turns. Compared: p95.",
        measureLogPage},
};

} // namespace

std::span<const Figure> figures() {
    return table;
}

std::vector<const Figure*> figuresCalled(std::string_view name) {
    std::vector<const Figure*> found;
    for (const Figure& figure : table) {
        const bool inGroup =
            figure.name.size() > name.size() && figure.name.starts_with(name) && figure.name[name.size()] == '-';
        if (figure.name == name || inGroup)
            found.push_back(&figure);
    }
    return found;
}

std::optional<bool> met(const Figure& figure, const Measured& measured) {
    if (figure.aim.text.empty() || !measured.spread || !measured.judged)
        return std::nullopt;
    const double value = *measured.judged;
    switch (figure.aim.side) {
    case AimSide::Under:
        return value < figure.aim.limit;
    case AimSide::AtMost:
        return value <= figure.aim.limit;
    case AimSide::AtLeast:
        break;
    }
    return value >= figure.aim.limit;
}

Measured notMeasured(std::string why) {
    Measured measured;
    measured.notMeasured = std::move(why);
    return measured;
}

} // namespace facelatch::app
