// SPDX-License-Identifier: GPL-3.0-or-later
// The codes, in the order of the enumerations.
#include "core/enrolment_view.h"

#include <algorithm>
#include <span>

namespace facelatch::core {

namespace {

constexpr std::string_view views[] = {"straight", "left", "right", "up", "smile"};
constexpr std::string_view phases[] = {"starting", "taking", "review", "testing", "tested", "stopped"};
constexpr std::string_view hints[] = {"none",          "no_face",       "closer",      "step_back",
                                      "centre",        "more_light",    "less_light",  "hold_still",
                                      "one_at_a_time", "look_straight", "look_left",   "look_right",
                                      "look_up",       "smile",         "living_face", "another_person"};
constexpr std::string_view stops[] = {"none",        "already_enrolled", "not_alive",
                                      "camera_lost", "timed_out",        "unavailable"};
constexpr std::string_view words[] = {"none", "not_recognised", "weak", "good", "excellent"};

static_assert(std::size(views) == faceViews);
static_assert(std::size(phases) == static_cast<std::size_t>(EnrolPhase::Stopped) + 1);
static_assert(std::size(hints) == static_cast<std::size_t>(EnrolHint::AnotherPerson) + 1);
static_assert(std::size(stops) == static_cast<std::size_t>(EnrolStop::Unavailable) + 1);
static_assert(std::size(words) == static_cast<std::size_t>(ScoreWord::Excellent) + 1);

template<typename Enum>
Enum from(std::span<const std::string_view> codes, std::string_view code) {
    const auto found = std::find(codes.begin(), codes.end(), code);
    return found == codes.end() ? Enum{} : static_cast<Enum>(found - codes.begin());
}

} // namespace

std::string_view code(FaceView view) {
    return views[static_cast<std::size_t>(view)];
}
std::string_view code(EnrolPhase phase) {
    return phases[static_cast<std::size_t>(phase)];
}
std::string_view code(EnrolHint hint) {
    return hints[static_cast<std::size_t>(hint)];
}
std::string_view code(EnrolStop stop) {
    return stops[static_cast<std::size_t>(stop)];
}
std::string_view code(ScoreWord word) {
    return words[static_cast<std::size_t>(word)];
}

EnrolPhase enrolPhaseFrom(std::string_view code) {
    return from<EnrolPhase>(phases, code);
}
EnrolHint enrolHintFrom(std::string_view code) {
    return from<EnrolHint>(hints, code);
}
EnrolStop enrolStopFrom(std::string_view code) {
    return from<EnrolStop>(stops, code);
}
ScoreWord scoreWordFrom(std::string_view code) {
    return from<ScoreWord>(words, code);
}

} // namespace facelatch::core
