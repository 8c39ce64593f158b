// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl audit: who changed what.
#include "app/ctl.h"
#include "app/ctl_text.h"
#include "app/data_access.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

namespace facelatch::app {

namespace {

struct ListOptions {
    int limit = 100;
    bool json = false;
};

void print(const QJsonObject& entry) {
    const std::string person = textAt(entry, "person"), subject = textAt(entry, "subject");
    std::printf("%6lld  %s  %-28s %-16s %s", static_cast<long long>(entry.value(u"number").toInteger()),
                textAt(entry, "local").c_str(), textAt(entry, "who").c_str(), textAt(entry, "action").c_str(),
                (person.empty() ? subject : person).c_str());
    const std::string before = textAt(entry, "before"), after = textAt(entry, "after");
    if (!before.empty())
        std::printf("  %s", before.c_str());
    if (!after.empty() && after != "{}")
        std::printf(" -> %s", after.c_str());
    std::printf("\n");
}

int list(const LoadedSettings& loaded, const ListOptions& options) {
    DataAccess data(loaded);
    const auto entries = newest(data, {QStringLiteral("audit.list"), "entries", "number"}, {}, options.limit);
    if (!entries)
        return complain(ctlName, entries.error());
    if (entries->empty() && !options.json)
        std::printf("Nothing has been changed yet.\n");
    std::for_each(entries->rbegin(), entries->rend(), [&](const QJsonObject& entry) {
        if (options.json)
            printJson(entry);
        else
            print(entry);
    });
    return 0;
}

int verify(const LoadedSettings& loaded) {
    DataAccess data(loaded);
    const auto check = data.call(QStringLiteral("audit.verify"));
    if (!check)
        return complain(ctlName, check.error());
    if (!check->value(u"intact").toBool())
        return complain(ctlName, core::fail("The audit is not intact: " + textAt(*check, "why"),
                                            "entry " + std::to_string(check->value(u"first_broken").toInteger()),
                                            "Keep a copy of the data folder and find out who changed it"));
    std::printf("The audit is intact: %lld entries.\n", static_cast<long long>(check->value(u"entries").toInteger()));
    return 0;
}

} // namespace

void addAuditCommands(CLI::App& program, CtlAction& action) {
    CLI::App* audit = program.add_subcommand("audit", "Who changed what")->require_subcommand(1);
    auto options = std::make_shared<ListOptions>();
    CLI::App* listCommand = audit->add_subcommand("list", "The newest changes, the last one last");
    listCommand->add_option("--limit", options->limit, "At most so many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    listCommand->add_flag("--json", options->json, "One JSON object a line");
    listCommand->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return list(loaded, *options); }; });
    audit->add_subcommand("verify", "Whether an entry was changed or taken away")->callback([&action] {
        action = verify;
    });
}

} // namespace facelatch::app
