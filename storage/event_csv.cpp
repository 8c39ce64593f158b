// SPDX-License-Identifier: GPL-3.0-or-later
// Events as CSV.
#include "storage/event_csv.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace facelatch::storage {

namespace {

std::string number(const std::optional<float>& value) {
    if (!value)
        return {};
    std::array<char, 48> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), *value).ptr};
}

bool isNumber(const std::string& text) {
    double read = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), read);
    return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() && std::isfinite(read);
}

std::string quoted(const std::string& field) {
    std::string text = field;
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos && !isNumber(text))
        text.insert(text.begin(), '\'');
    if (text.find_first_of(",\"\r\n;\t") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"')
            out += '"';
    }
    return out + '"';
}

} // namespace

std::vector<std::string> eventCsvColumns() {
    return {"log_id", "seq",  "id",     "time",  "local",  "door", "visit", "outcome",  "reason", "person_id",
            "person", "card", "source", "score", "margin", "live", "model", "snapshot", "note"};
}

std::vector<std::string> eventCsvFields(const core::CommittedEvent& committed) {
    const core::Event& event = committed.event;
    return {committed.logId,
            committed.seq > 0 ? std::to_string(committed.seq) : std::string(),
            event.id.text(),
            core::rfc3339Utc(event.time),
            event.local,
            event.door,
            event.visit.text(),
            std::string(core::outcomeCode(event.outcome)),
            std::string(core::reasonRow(event.reason).code),
            event.person ? event.person->value.text() : std::string(),
            event.personName,
            event.cardId,
            std::string(core::sourceCode(event.source)),
            number(event.score),
            number(event.margin),
            std::string(core::livenessCode(event.live)),
            event.modelId,
            committed.snapshot,
            event.note};
}

std::string csvLine(const std::vector<std::string>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            line += ',';
        line += quoted(fields[i]);
    }
    return line + "\r\n";
}

} // namespace facelatch::storage
