// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl log: list, verify.
#include "app/ctl.h"
#include "app/ctl_text.h"
#include "app/data_access.h"
#include "storage/event_json.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

namespace facelatch::app {

namespace {

struct ListOptions {
    std::string since;
    std::string person;
    std::string outcome;
    int limit = 100;
    bool json = false;
};

void print(const QJsonObject& object, bool json) {
    if (json) {
        std::printf("%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
        return;
    }
    const auto read = storage::eventFromJson(object);
    if (!read) {
        complain(ctlName, read.error());
        return;
    }
    const core::Event& event = read->event;
    const std::string score = event.score ? std::to_string(*event.score).substr(0, 5) : "-";
    std::printf("%8lld  %s  %-8s %-14s %-24s %s  (%s)%s%s\n", static_cast<long long>(read->seq), event.local.c_str(),
                std::string(core::outcomeCode(event.outcome)).c_str(),
                std::string(core::reasonRow(event.reason).code).c_str(),
                event.personName.empty() ? "Unknown" : event.personName.c_str(), score.c_str(), event.door.c_str(),
                event.note.empty() ? "" : "  ", event.note.c_str());
}

int list(const LoadedSettings& loaded, const ListOptions& options) {
    QJsonObject args{{QStringLiteral("person"), QString::fromStdString(options.person)},
                     {QStringLiteral("outcome"), QString::fromStdString(options.outcome)}};
    if (!options.since.empty()) {
        const auto since = pointInTime(options.since);
        if (!since)
            return complain(ctlName, {core::ErrorKind::Usage, "'" + options.since + "' is no point in time", "--since",
                                      "Use 2026-11-21, 2026-11-21T07:00:00, 90m, 24h or 7d"});
        args.insert(QStringLiteral("since"), *since);
    }
    DataAccess data(loaded);
    const auto events = newest(data, {QStringLiteral("log.list"), "events", "seq"}, args, options.limit);
    if (!events)
        return complain(ctlName, events.error());
    if (events->empty() && !options.json)
        std::printf("No event. Each visit at the door makes one.\n");
    std::for_each(events->rbegin(), events->rend(), [&](const QJsonObject& event) { print(event, options.json); });
    return 0;
}

int verify(const LoadedSettings& loaded) {
    DataAccess data(loaded);
    const auto report = data.call(QStringLiteral("log.verify"));
    if (!report)
        return complain(ctlName, report.error());
    const long long events = report->value(u"events").toInteger();
    if (!report->value(u"intact").toBool())
        return complain(ctlName, core::fail("The log is not intact: " + report->value(u"why").toString().toStdString(),
                                            "event " + std::to_string(report->value(u"first_broken").toInteger()),
                                            "Keep a copy of the data folder and find out who changed it"));
    std::printf("The log is intact: %lld events, %lld pictures.\n", events,
                static_cast<long long>(report->value(u"pictures").toInteger()));
    return 0;
}

} // namespace

void addLogCommands(CLI::App& program, CtlAction& action) {
    CLI::App* log = program.add_subcommand("log", "The events of this door")->require_subcommand(1);
    auto options = std::make_shared<ListOptions>();
    CLI::App* listCommand = log->add_subcommand("list", "The newest events, the last one last");
    listCommand->add_option("--since", options->since, "2026-11-21, 2026-11-21T07:00:00, 90m, 24h or 7d");
    listCommand->add_option("--person", options->person, "Only of this person: name or id");
    listCommand->add_option("--outcome", options->outcome, "Only granted or denied ones");
    listCommand->add_option("--limit", options->limit, "At most so many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    listCommand->add_flag("--json", options->json, "One JSON object a line");
    listCommand->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return list(loaded, *options); }; });
    log->add_subcommand("verify", "Whether an event or a picture was changed or taken away")->callback([&action] {
        action = verify;
    });
}

} // namespace facelatch::app
