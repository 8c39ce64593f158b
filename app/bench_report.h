// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a run as a table for people and as JSON for scripts.
#pragma once

#include "app/bench_figure.h"

#include <QJsonObject>
#include <QStringList>

#include <string>
#include <vector>

namespace facelatch::app {

struct Reported {
    const Figure* figure = nullptr;
    Measured measured;
    std::string command; ///< that repeats just this figure
};

/// The command line `arguments` with `name` as its only figure and without --json; quoted for a shell where needed.
std::string commandFor(const QStringList& arguments, const std::vector<std::string>& names, std::string_view name);

/// One line of the table; heading() stands above the first.
std::string heading();
std::string line(const Reported& reported);
/// What each figure is, its notes, its command.
std::string explanation(const Reported& reported);
/// "7 of 12 aims are met, 1 is missed: tracked-frame; 4 figures were not measured".
std::string summary(const std::vector<Reported>& all);

/// {v, program, cores, quick, figures: [{name, what, definition, unit, median, p95, mean, n, cpu: {median, p95, mean},
/// ratio, cpu_ratio, aim, limit, judged, met, notes, not_measured, command}]}. A number that is not known or endless is
/// null; `met` is null when it was not judged.
QJsonObject toJson(const std::vector<Reported>& all, bool quick);

/// 0: every judged aim is met; 1: one is missed; 3: nothing could be measured.
int benchExitCode(const std::vector<Reported>& all);

} // namespace facelatch::app
