// SPDX-License-Identifier: GPL-3.0-or-later
// Parsing the lock daemon's lines.
#include "hardware/lockd_wire.h"

#include <charconv>
#include <chrono>

namespace facelatch::hardware {

namespace {

/// The words of a line, which stand apart by exactly one space; an empty word is an error and gives none at all.
std::vector<std::string_view> wordsOf(std::string_view line) {
    std::vector<std::string_view> words;
    for (;;) {
        const auto space = line.find(' ');
        words.push_back(line.substr(0, space));
        if (words.back().empty())
            return {};
        if (space == std::string_view::npos)
            return words;
        line.remove_prefix(space + 1);
    }
}

std::optional<std::int64_t> number(std::string_view word) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || value < 0)
        return std::nullopt;
    return value;
}

std::optional<LockdLine> parseOk(const std::vector<std::string_view>& words) {
    LockdLine line;
    if (words.size() < 2)
        return std::nullopt;
    line.command = words[1];
    if (line.command == "BEAT" && words.size() == 2)
        return line;
    if (line.command == "HELLO" && words.size() >= 3 && words[2] == "1") {
        for (std::size_t i = 3; i < words.size(); ++i) {
            const auto equals = words[i].find('=');
            if (equals == std::string_view::npos)
                return std::nullopt;
            line.fields.emplace(words[i].substr(0, equals), words[i].substr(equals + 1));
        }
        return line;
    }
    if (line.command == "HOLD" && words.size() == 3 && words[2] == "off") {
        line.code = "off";
        return line;
    }
    const bool hold = line.command == "HOLD" && words.size() == 4 && words[2] == "on";
    const bool pulse = line.command == "PULSE" && words.size() == 3;
    const auto time = hold || pulse ? number(words.back()) : std::nullopt;
    if (!time)
        return std::nullopt;
    line.code = hold ? "on" : "";
    line.time = core::milliseconds(*time);
    return line;
}

std::optional<LockdLine> parseState(const std::vector<std::string_view>& words) {
    const auto time = words.size() == 3 ? number(words[2]) : std::nullopt;
    if (!time || (words[1] != "rest" && words[1] != "pulse" && words[1] != "hold"))
        return std::nullopt;
    LockdLine line{LockdLine::Kind::State, {}, std::string(words[1]), {}, core::milliseconds(*time), {}, false, {}, {}};
    return line;
}

std::optional<LockdLine> parseEdge(const std::vector<std::string_view>& words) {
    const auto time = words.size() == 4 ? number(words[3]) : std::nullopt;
    if (!time || (words[2] != "rising" && words[2] != "falling"))
        return std::nullopt;
    LockdLine line;
    line.kind = LockdLine::Kind::Edge;
    line.input = words[1];
    line.active = words[2] == "rising";
    line.at = core::MonoTime(std::chrono::nanoseconds(*time)); // steady_clock is CLOCK_MONOTONIC
    return line;
}

} // namespace

std::optional<LockdLine> parseLockdLine(std::string_view text) {
    if (text.starts_with("ERR ")) { // its text is for people: words of any form
        const std::string_view rest = text.substr(4);
        const auto space = rest.find(' ');
        LockdLine line;
        line.kind = LockdLine::Kind::Refusal;
        line.code = rest.substr(0, space);
        line.text = space == std::string_view::npos ? std::string() : std::string(rest.substr(space + 1));
        return line.code.empty() ? std::nullopt : std::optional(line);
    }
    const auto words = wordsOf(text);
    if (words.empty())
        return std::nullopt;
    if (words[0] == "OK")
        return parseOk(words);
    if (words[0] == "STATE")
        return parseState(words);
    if (words[0] == "EDGE")
        return parseEdge(words);
    return std::nullopt;
}

std::optional<std::vector<std::pair<std::string, bool>>> parseInputs(std::string_view text) {
    std::vector<std::pair<std::string, bool>> inputs;
    if (text == "-" || text.empty())
        return inputs;
    for (;;) {
        const auto comma = text.find(',');
        const std::string_view one = text.substr(0, comma);
        const auto colon = one.find(':');
        if (colon == std::string_view::npos || colon == 0 || (one.substr(colon) != ":0" && one.substr(colon) != ":1"))
            return std::nullopt;
        inputs.emplace_back(one.substr(0, colon), one.back() == '1');
        if (comma == std::string_view::npos)
            return inputs;
        text.remove_prefix(comma + 1);
    }
}

} // namespace facelatch::hardware
