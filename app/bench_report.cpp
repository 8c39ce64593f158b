// SPDX-License-Identifier: GPL-3.0-or-later
// Text and JSON.
#include "app/bench_report.h"

#include "core/result.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

namespace facelatch::app {

namespace {

QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Three digits that mean something, whatever the size.
std::string number(double value) {
    if (!std::isfinite(value))
        return "endless";
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3, value);
    return text;
}

std::string verdict(const Reported& reported) {
    if (!reported.measured.spread)
        return "not measured";
    const auto good = met(*reported.figure, reported.measured);
    if (!good)
        return reported.figure->aim.text.empty() ? "" : "not judged";
    return *good ? "met" : "MISSED";
}

QJsonValue json(double value) {
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue();
}
QJsonValue json(const std::optional<double>& value) {
    return value ? json(*value) : QJsonValue();
}
QJsonObject json(const Spread& spread) {
    return {{QStringLiteral("median"), json(spread.median)},
            {QStringLiteral("p95"), json(spread.p95)},
            {QStringLiteral("mean"), json(spread.mean)}};
}

QJsonObject json(const Reported& reported) {
    const Figure& figure = *reported.figure;
    const Measured& measured = reported.measured;
    QJsonObject out =
        measured.spread
            ? json(*measured.spread)
            : QJsonObject{{QStringLiteral("median"), {}}, {QStringLiteral("p95"), {}}, {QStringLiteral("mean"), {}}};
    QJsonArray notes;
    for (const std::string& note : measured.notes)
        notes.append(QString::fromStdString(note));
    const bool hasAim = !figure.aim.text.empty();
    const auto good = met(figure, measured);
    out.insert(QStringLiteral("name"), toQString(figure.name));
    out.insert(QStringLiteral("what"), toQString(figure.what));
    out.insert(QStringLiteral("definition"), toQString(figure.definition));
    out.insert(QStringLiteral("unit"), toQString(figure.unit));
    out.insert(QStringLiteral("n"), measured.spread ? measured.spread->n : 0);
    out.insert(QStringLiteral("cpu"), measured.cpu ? QJsonValue(json(*measured.cpu)) : QJsonValue());
    out.insert(QStringLiteral("ratio"), json(measured.ratio));
    out.insert(QStringLiteral("cpu_ratio"), json(measured.cpuRatio));
    out.insert(QStringLiteral("aim"), hasAim ? QJsonValue(toQString(figure.aim.text)) : QJsonValue());
    out.insert(QStringLiteral("limit"), hasAim ? QJsonValue(figure.aim.limit) : QJsonValue());
    out.insert(QStringLiteral("judged"), json(measured.judged));
    out.insert(QStringLiteral("met"), good ? QJsonValue(*good) : QJsonValue());
    out.insert(QStringLiteral("notes"), notes);
    out.insert(QStringLiteral("not_measured"),
               measured.spread ? QJsonValue() : QJsonValue(QString::fromStdString(measured.notMeasured)));
    out.insert(QStringLiteral("command"), QString::fromStdString(reported.command));
    return out;
}

} // namespace

std::string commandFor(const QStringList& arguments, const std::vector<std::string>& names, std::string_view name) {
    std::string command = "facelatch-ctl";
    bool afterBench = false;
    for (const QString& argument : arguments.mid(1)) {
        std::string word = argument.toStdString();
        if (afterBench && (word == "--json" || std::find(names.begin(), names.end(), word) != names.end()))
            continue;
        if (word.find_first_of(" \t\n\"'\\$`*?;&|<>()#~!{}[]") != std::string::npos) {
            std::string quoted;
            for (const char letter : word)
                quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
            word = '\'' + quoted + '\'';
        }
        command += ' ' + word;
        if (!afterBench && word == "bench") {
            command += ' ' + std::string(name);
            afterBench = true;
        }
    }
    return command;
}

std::string heading() {
    char text[160];
    std::snprintf(text, sizeof text, "%-15s %9s %9s %9s %9s %6s %7s %7s  %-12s %s\n", "FIGURE", "MEDIAN", "P95", "MEAN",
                  "CPU MEAN", "N", "RATIO", "CPU R.", "", "AIM");
    return text;
}

std::string line(const Reported& reported) {
    const Measured& measured = reported.measured;
    const std::string unit = ' ' + std::string(reported.figure->unit);
    const auto cell = [&](const std::optional<double>& value, const std::string& after = {}) {
        return value ? number(*value) + after : std::string("-");
    };
    const auto& spread = measured.spread;
    char text[240];
    std::snprintf(text, sizeof text, "%-15s %9s %9s %9s %9s %6d %7s %7s  %-12s %s\n",
                  std::string(reported.figure->name).c_str(),
                  (spread ? number(spread->median) + unit : std::string("-")).c_str(),
                  (spread ? number(spread->p95) + unit : std::string("-")).c_str(),
                  (spread ? number(spread->mean) + unit : std::string("-")).c_str(),
                  (measured.cpu ? number(measured.cpu->mean) + unit : std::string("-")).c_str(), spread ? spread->n : 0,
                  cell(measured.ratio, "x").c_str(), cell(measured.cpuRatio, "x").c_str(), verdict(reported).c_str(),
                  std::string(reported.figure->aim.text).c_str());
    return text;
}

std::string explanation(const Reported& reported) {
    std::string out = std::string(reported.figure->name) + ": " + std::string(reported.figure->what) + '\n';
    out += "    " + std::string(reported.figure->definition) + '\n';
    if (!reported.measured.spread)
        out += "    Not measured: " + reported.measured.notMeasured + '\n';
    for (const std::string& note : reported.measured.notes)
        out += "    " + note + '\n';
    return out + "    $ " + reported.command + '\n';
}

std::string summary(const std::vector<Reported>& all) {
    int judged = 0, good = 0, unmeasured = 0;
    std::string missed;
    for (const Reported& reported : all) {
        unmeasured += reported.measured.spread ? 0 : 1;
        const auto isMet = met(*reported.figure, reported.measured);
        judged += isMet ? 1 : 0;
        good += isMet && *isMet ? 1 : 0;
        if (isMet && !*isMet)
            missed += (missed.empty() ? "" : ", ") + std::string(reported.figure->name);
    }
    std::string out = std::to_string(good) + " of " + std::to_string(judged) + " judged aims are met";
    if (!missed.empty())
        out += "; missed: " + missed;
    if (unmeasured > 0)
        out += "; not measured: " + std::to_string(unmeasured) + (unmeasured == 1 ? " figure" : " figures");
    return out;
}

QJsonObject toJson(const std::vector<Reported>& all, bool quick) {
    QJsonArray list;
    for (const Reported& reported : all)
        list.append(json(reported));
    return {{QStringLiteral("v"), 1},
            {QStringLiteral("program"), QStringLiteral("facelatch " FACELATCH_VERSION)},
            {QStringLiteral("cores"), static_cast<int>(std::thread::hardware_concurrency())},
            {QStringLiteral("quick"), quick},
            {QStringLiteral("figures"), list}};
}

int benchExitCode(const std::vector<Reported>& all) {
    if (std::none_of(all.begin(), all.end(), [](const auto& each) { return each.measured.spread.has_value(); }))
        return core::exitCode(core::ErrorKind::OutOfService);
    const bool missed = std::any_of(all.begin(), all.end(),
                                    [](const auto& each) { return !met(*each.figure, each.measured).value_or(true); });
    return missed ? core::exitCode(core::ErrorKind::Failed) : 0;
}

} // namespace facelatch::app
