// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl doctor: what is wrong with this door, and what to do.
#include "app/ctl.h"
#include "app/doctor.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace facelatch::app {

namespace {

struct DoctorOptions {
    bool json = false;
    bool strict = false;
};

const char* word(core::Health health) {
    switch (health) {
    case core::Health::Ok:
        return "OK";
    case core::Health::NotHere:
        return "n/a";
    case core::Health::Warning:
        return "WARN";
    case core::Health::Failed:
    case core::Health::OutOfService:
        break;
    }
    return "FAIL";
}

void print(const core::CheckLine& line) {
    std::string text = line.seen;
    if (!line.remedy.empty())
        text += ". " + line.remedy;
    std::replace(text.begin(), text.end(), '\n', ' '); // one line a check, whatever a library wrote
    std::printf("%-4s  %-11s  %s\n", word(line.health), std::string(core::checkCode(line.check)).c_str(), text.c_str());
}

void printSummary(const std::vector<core::CheckLine>& lines, bool runs) {
    const auto count = [&](core::Health health) {
        return std::count_if(lines.begin(), lines.end(), [&](const auto& line) { return line.health == health; });
    };
    const auto failed = count(core::Health::Failed) + count(core::Health::OutOfService);
    const char* verdict = core::worst(lines) == core::Health::OutOfService
                              ? (runs ? "The door is out of service." : "The door would be out of service.")
                          : failed > 0 ? "The door works, in part."
                                       : "The door can work.";
    std::printf("%zu checks: %td ok, %td not here, %td warnings, %td failed. %s\n", lines.size(),
                count(core::Health::Ok), count(core::Health::NotHere), count(core::Health::Warning), failed, verdict);
}

int doctor(const LoadedSettings& loaded, const DoctorOptions& options) {
    const LiveFacts live = liveFactsFromOutside(loaded);
    const core::DoctorFacts facts = allFacts(loaded, live, -1);
    const std::vector<core::CheckLine> lines = core::examine(facts);
    const int code = core::doctorExitCode(lines, options.strict);
    const bool runs = live.door.state != core::DoorState::NotRunning;
    if (!options.json) {
        for (const core::CheckLine& line : lines)
            print(line);
        printSummary(lines, runs);
        return code;
    }
    QJsonArray list;
    for (const core::CheckLine& line : lines)
        list.append(toJson(line));
    const QJsonObject answer{
        {QStringLiteral("lines"), list},
        {QStringLiteral("worst"), QString::fromStdString(std::string(core::healthCode(core::worst(lines))))},
        {QStringLiteral("door_runs"), runs},
        {QStringLiteral("exit_code"), code}};
    std::printf("%s\n", QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
    return code;
}

} // namespace

void addDoctorCommand(CLI::App& program, CtlAction& action) {
    auto options = std::make_shared<DoctorOptions>();
    CLI::App* command = program.add_subcommand(
        "doctor", "Looks at everything this door needs: one line a check, ok or what to do. Opens nothing");
    command->add_flag("--json", options->json, "One JSON object");
    command->add_flag("--strict", options->strict, "Exit status 1 for warnings, too");
    command->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return doctor(loaded, *options); }; });
}

} // namespace facelatch::app
