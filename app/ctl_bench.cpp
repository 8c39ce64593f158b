// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl bench: how fast this machine does what a door does, against the original way and against the aims.
#include "app/bench_figure.h"
#include "app/bench_report.h"
#include "app/bench_run.h"
#include "app/ctl.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <memory>

#include <unistd.h>

namespace facelatch::app {

namespace {

struct Options {
    BenchOptions bench;
    std::vector<std::string> names;
    bool list = false;
    bool json = false;
};

int listFigures(bool asJson) {
    std::vector<Reported> all;
    for (const Figure& figure : figures())
        all.push_back({&figure, {}, "facelatch-ctl bench " + std::string(figure.name)});
    if (asJson) {
        QJsonArray names;
        for (const Reported& each : all)
            names.append(QString::fromStdString(std::string(each.figure->name)));
        std::printf(
            "%s\n",
            QJsonDocument(QJsonObject{{QStringLiteral("figures"), names}}).toJson(QJsonDocument::Compact).constData());
        return 0;
    }
    for (const Reported& each : all)
        std::printf("%-15s %-78s %s\n", std::string(each.figure->name).c_str(), std::string(each.figure->what).c_str(),
                    std::string(each.figure->aim.text).c_str());
    return 0;
}

/// In the order of the table, each once.
core::Result<std::vector<const Figure*>> chosen(const std::vector<std::string>& names) {
    std::vector<const Figure*> wanted;
    for (const std::string& name : names) {
        const auto found = figuresCalled(name);
        if (found.empty())
            return core::Error{core::ErrorKind::Usage, "There is no such figure", name,
                               "See facelatch-ctl bench --list"};
        wanted.insert(wanted.end(), found.begin(), found.end());
    }
    std::vector<const Figure*> ordered;
    for (const Figure& figure : figures())
        if (names.empty() || std::find(wanted.begin(), wanted.end(), &figure) != wanted.end())
            ordered.push_back(&figure);
    return ordered;
}

/// OpenBLAS' idle threads wait busily, which would count as work of the original's, and it reads this only when it is
/// loaded: the program starts itself once more. Should that fail, it goes on as it is.
void startWithOneBlasThread() {
    constexpr const char* variable = "OPENBLAS_NUM_THREADS";
    if (qEnvironmentVariableIsSet(variable))
        return;
    qputenv(variable, "1");
    std::vector<QByteArray> words;
    for (const QString& argument : QCoreApplication::arguments())
        words.push_back(argument.toLocal8Bit());
    std::vector<char*> arguments;
    for (QByteArray& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv("/proc/self/exe", arguments.data());
}

int bench(const LoadedSettings& loaded, const Options& options) {
    if (options.list)
        return listFigures(options.json);
    const auto wanted = chosen(options.names);
    if (!wanted)
        return complain(ctlName, wanted.error());
    startWithOneBlasThread();
    BenchRun run(loaded, options.bench);
    std::vector<Reported> all;
    if (!options.json)
        std::printf("%s", heading().c_str());
    for (const Figure* figure : *wanted) {
        all.push_back(
            {figure, figure->measure(run), commandFor(QCoreApplication::arguments(), options.names, figure->name)});
        if (options.json)
            continue;
        std::printf("%s", line(all.back()).c_str());
        std::fflush(stdout); // some take a minute: each is told when it is known
    }
    if (options.json) {
        std::printf("%s\n",
                    QJsonDocument(toJson(all, options.bench.quick)).toJson(QJsonDocument::Indented).constData());
        return benchExitCode(all);
    }
    std::printf("\n");
    for (const Reported& reported : all)
        std::printf("%s", explanation(reported).c_str());
    if (options.bench.quick)
        std::printf("\nA quick run: too short to rely on.");
    std::printf("\n%s\n", summary(all).c_str());
    return benchExitCode(all);
}

} // namespace

void addBenchCommand(CLI::App& program, CtlAction& action) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "bench", "How fast this machine is at a door's work, against the original way and the aims; some minutes");
    command->add_option("name", options->names, "Figures, or the first word of several; all without any");
    command->add_flag("--list", options->list, "What the figures are; measures nothing");
    command->add_flag("--json", options->json, "One JSON object");
    command
        ->add_option("--rounds", options->bench.rounds,
                     "How often, or for how many seconds, instead of each figure's own")
        ->type_name("N")
        ->check(CLI::Range(1, 100'000));
    command->add_flag("--quick", options->bench.quick, "Short runs, to try it out");
    command->add_option("--faces", options->bench.faces, "Folder with one folder of photographs a person")
        ->type_name("DIR");
    command
        ->add_option("--folder", options->bench.folder,
                     "Where the log's figures write for a moment (default: /var/tmp)")
        ->type_name("DIR");
    command->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return bench(loaded, *options); }; });
}

} // namespace facelatch::app
