// SPDX-License-Identifier: GPL-3.0-or-later
// The notation of schedules.
#include "core/schedule.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace facelatch::core {

namespace {

constexpr std::array<std::string_view, 7> dayNames{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::size_t shortName = 3;
/// A week is written from Monday on.
constexpr std::array<std::size_t, 7> order{1, 2, 3, 4, 5, 6, 0};
constexpr const char* example = "Write it like: Mon-Fri 07:00-19:00, Sat 09:00-12:00";

Error wrong(const std::string& what) {
    return {ErrorKind::Usage, what, {}, example};
}
std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find_first_of(separators);
        if (end != 0)
            parts.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

std::optional<int> number(std::string_view text, std::size_t least, std::size_t most) {
    int value = 0;
    if (text.size() < least || text.size() > most || !std::isdigit(static_cast<unsigned char>(text.front())))
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Place in the week from Monday on.
std::optional<std::size_t> dayFrom(std::string_view text) {
    const std::string asked = lower(text);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::string name = lower(dayNames[order[i]]);
        if (asked == name || asked == name.substr(0, shortName))
            return i;
    }
    return std::nullopt;
}

using Days = std::array<bool, 7>; ///< from Monday on

std::optional<Days> daysFrom(std::string_view text) {
    Days days{};
    if (lower(text) == "daily") {
        days.fill(true);
        return days;
    }
    const auto dash = text.find('-');
    const auto first = dayFrom(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : dayFrom(text.substr(dash + 1));
    if (!first || !last)
        return std::nullopt;
    for (std::size_t i = *first;; i = (i + 1) % days.size()) {
        days[i] = true;
        if (i == *last)
            return days;
    }
}

/// Minutes since midnight; 24:00 is the end of a day.
std::optional<int> clockFrom(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto hour = number(text.substr(0, colon), 1, 2), minute = number(text.substr(colon + 1), 2, 2);
    if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute != 0))
        return std::nullopt;
    return *hour * minutesOfHour + *minute;
}

Result<Period> periodFrom(std::string_view text) {
    const auto dash = text.find('-');
    const auto from = clockFrom(text.substr(0, dash));
    const auto to = dash == std::string_view::npos ? std::nullopt : clockFrom(text.substr(dash + 1));
    if (!from || !to)
        return wrong(quoted(text) + " is no period of a day");
    if (*from == minutesOfDay)
        return wrong(quoted(text) + " begins at 24:00; the next day begins at 00:00");
    if (*from == *to)
        return wrong(quoted(text) + " ends when it begins; a whole day is 00:00-24:00");
    return Period{*from, *to == 0 ? minutesOfDay : *to};
}

/// In order, and overlapping or touching ones joined. One that crosses midnight begins last and stays as it is, except
/// that whatever begins within it on the same day is a part of it.
DayPeriods tidy(DayPeriods periods) {
    const auto end = [](const Period& period) {
        return period.crossesMidnight() ? period.to + minutesOfDay : period.to;
    };
    std::sort(periods.begin(), periods.end(),
              [&](const Period& a, const Period& b) { return a.from != b.from ? a.from < b.from : end(a) < end(b); });
    DayPeriods joined;
    for (const Period& next : periods) {
        if (joined.empty() || next.from > end(joined.back())) {
            joined.push_back(next);
            continue;
        }
        const int last = std::max(end(joined.back()), end(next));
        // A period is shorter than a day, or the day itself: the rest of a longer one is the next day's morning.
        const int longest = joined.back().from == 0 ? minutesOfDay : joined.back().from + minutesOfDay - 1;
        if (last > longest) {
            joined.push_back(next);
            continue;
        }
        joined.back().to = last > minutesOfDay ? last - minutesOfDay : last;
    }
    return joined;
}

std::string clockText(int minutes) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minutes / minutesOfHour, minutes % minutesOfHour);
    return text.data();
}
std::string periodsText(const DayPeriods& periods) {
    std::string text;
    for (const Period& period : periods)
        text += (text.empty() ? "" : " ") + clockText(period.from) + '-' + clockText(period.to);
    return text;
}

} // namespace

Result<WeekPeriods> parseWeek(std::string_view text) {
    WeekPeriods week;
    Days days{};
    bool named = false;   // some day has been named at all
    bool waiting = false; // days were named and have no period yet
    for (const std::string_view word : split(text, ", \t\n")) {
        const std::string simple = lower(word);
        if (simple == "always" || simple == "never") {
            if (named || split(text, ", \t\n").size() > 1)
                return wrong(quoted(word) + " stands alone");
            if (simple == "always")
                week.fill({{0, minutesOfDay}});
            return week;
        }
        if (const auto more = daysFrom(word)) {
            if (!waiting)
                days = Days{};
            for (std::size_t i = 0; i < days.size(); ++i)
                days[i] = days[i] || (*more)[i];
            named = waiting = true;
            continue;
        }
        if (!std::isdigit(static_cast<unsigned char>(word.front())))
            return wrong(quoted(word) + " is no day of the week");
        const auto period = periodFrom(word);
        if (!period)
            return period.error();
        if (!named)
            return wrong("The days are missing before " + quoted(word));
        waiting = false;
        for (std::size_t i = 0; i < days.size(); ++i)
            if (days[i])
                week[order[i]].push_back(*period);
    }
    if (!named)
        return wrong("The schedule is empty");
    if (waiting)
        return wrong("The times are missing after the last days");
    for (DayPeriods& day : week)
        day = tidy(std::move(day));
    return week;
}

std::string weekText(const WeekPeriods& week) {
    const auto periods = [&week](std::size_t place) -> const DayPeriods& { return week[order[place]]; };
    if (std::all_of(week.begin(), week.end(), [](const DayPeriods& day) { return day.empty(); }))
        return "never";
    const bool daily =
        std::all_of(week.begin(), week.end(), [&week](const DayPeriods& day) { return day == week.front(); });
    if (daily)
        return week.front() == DayPeriods{{0, minutesOfDay}} ? "always" : "daily " + periodsText(week.front());
    std::string text;
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last + 1 < order.size() && periods(last + 1) == periods(first))
            ++last;
        if (!periods(first).empty()) {
            text += text.empty() ? "" : ", ";
            text += dayNames[order[first]].substr(0, shortName);
            if (last > first)
                text += '-' + std::string(dayNames[order[last]].substr(0, shortName));
            text += ' ' + periodsText(periods(first));
        }
        first = last + 1;
    }
    return text;
}

Result<DayPeriods> parseDay(std::string_view text) {
    const auto words = split(text, ", \t\n");
    if (words.size() == 1 && lower(words.front()) == "closed")
        return DayPeriods{};
    if (words.size() == 1 && lower(words.front()) == "always")
        return DayPeriods{{0, minutesOfDay}};
    DayPeriods periods;
    for (const std::string_view word : words) {
        auto period = periodFrom(word);
        if (!period) {
            Error error = period.error();
            error.remedy = "Write it like: 09:00-12:00 14:00-16:00, or: closed";
            return error;
        }
        periods.push_back(*period);
    }
    return tidy(std::move(periods));
}

std::string dayText(const DayPeriods& periods) {
    return periods.empty() ? "closed" : periodsText(periods);
}

Result<HolidayDate> parseHolidayDate(std::string_view text) {
    const auto parts = split(text, "-");
    const bool dated = parts.size() == 3;
    HolidayDate date;
    const auto year = dated ? number(parts[0], 4, 4) : std::nullopt;
    const auto month = parts.size() >= 2 ? number(parts[parts.size() - 2], 2, 2) : std::nullopt;
    const auto day = parts.size() >= 2 ? number(parts.back(), 2, 2) : std::nullopt;
    const Error error{ErrorKind::Usage, quoted(text) + " is no date", {}, "Write 12-25, every year, or 2026-12-25"};
    if ((parts.size() != 2 && !dated) || (dated && !year) || !month || !day)
        return error;
    // A yearly date is one that some year has: 2000 was a leap year.
    const std::chrono::year_month_day checked{std::chrono::year(year.value_or(2000)),
                                              std::chrono::month(static_cast<unsigned>(*month)),
                                              std::chrono::day(static_cast<unsigned>(*day))};
    if (!checked.ok())
        return error;
    date.year = year;
    date.month = *month;
    date.day = *day;
    if (core::text(date) != text)
        return error;
    return date;
}

std::string text(const HolidayDate& date) {
    std::array<char, 32> out{};
    if (date.year)
        std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", *date.year, date.month, date.day);
    else
        std::snprintf(out.data(), out.size(), "%02d-%02d", date.month, date.day);
    return out.data();
}

} // namespace facelatch::core
