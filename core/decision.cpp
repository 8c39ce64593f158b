// SPDX-License-Identifier: GPL-3.0-or-later
// Stable codes of decision sources and liveness verdicts.
#include "core/decision.h"

#include <array>
#include <utility>

namespace facelatch::core {

namespace {

template<typename E, std::size_t N>
using CodeTable = std::array<std::pair<E, std::string_view>, N>;

constexpr CodeTable<DecisionSource, 5> sources{{{DecisionSource::Face, "face"},
                                                {DecisionSource::Pin, "pin"},
                                                {DecisionSource::Card, "card"},
                                                {DecisionSource::ExitButton, "exit_button"},
                                                {DecisionSource::Remote, "remote"}}};
constexpr CodeTable<LivenessVerdict, 5> verdicts{{{LivenessVerdict::Pending, "pending"},
                                                  {LivenessVerdict::Live, "live"},
                                                  {LivenessVerdict::Spoof, "spoof"},
                                                  {LivenessVerdict::Unavailable, "unavailable"},
                                                  {LivenessVerdict::Off, "off"}}};

template<typename E, std::size_t N>
std::string_view codeOf(const CodeTable<E, N>& table, E value) {
    for (const auto& [key, code] : table)
        if (key == value)
            return code;
    return {};
}

template<typename E, std::size_t N>
std::optional<E> fromCode(const CodeTable<E, N>& table, std::string_view wanted) {
    for (const auto& [key, code] : table)
        if (code == wanted)
            return key;
    return std::nullopt;
}

} // namespace

std::string_view sourceCode(DecisionSource source) {
    return codeOf(sources, source);
}
std::optional<DecisionSource> sourceFromCode(std::string_view code) {
    return fromCode(sources, code);
}
std::string_view livenessCode(LivenessVerdict verdict) {
    return codeOf(verdicts, verdict);
}
std::optional<LivenessVerdict> livenessFromCode(std::string_view code) {
    return fromCode(verdicts, code);
}

} // namespace facelatch::core
