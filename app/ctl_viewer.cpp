// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl viewer and tls: who sees the door from afar, and by what they know it.
#include "app/clock.h"
#include "app/ctl.h"
#include "app/ctl_text.h"
#include "app/data_access.h"
#include "app/door_identity.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>

#include <cstdio>
#include <memory>
#include <optional>

namespace facelatch::app {

namespace {

struct ViewerOptions {
    std::string who;
    std::optional<std::string> name, role;
    bool json = false, keepKey = false;
};

void printViewer(const QJsonObject& viewer) {
    const QString state = viewer.value(u"revoked").isDouble() ? QStringLiteral("revoked")
                          : viewer.value(u"online").toBool()
                              ? QStringLiteral("online from ") + viewer.value(u"address").toString()
                              : QStringLiteral("last seen ") + QString::fromStdString(timeAt(viewer, "last_seen"));
    std::printf("%-24s %-9s %-32s  %s\n", textAt(viewer, "name").c_str(), textAt(viewer, "role").c_str(),
                qPrintable(state), textAt(viewer, "id").c_str());
}

int pair(const LoadedSettings& loaded, const ViewerOptions& options) {
    QJsonObject args{{QStringLiteral("role"), qString(options.role.value_or("viewer"))}};
    if (options.name)
        args.insert(QStringLiteral("name"), qString(*options.name));
    return ask(loaded, "viewer.pair", args, options.json, [](const QJsonObject& pairing) {
        QStringList hosts;
        for (const auto& host : pairing.value(u"hosts").toArray())
            hosts.append(host.toString());
        std::printf("Link         %s\n", textAt(pairing, "link").c_str());
        std::printf("or the code  %s\n", textAt(pairing, "code").c_str());
        std::printf("of the door  %s, port %d\n", qPrintable(hosts.join(QStringLiteral(", "))),
                    pairing.value(u"port").toInt());
        std::printf("Fingerprint  %s\n", textAt(pairing, "fingerprint").c_str());
        std::printf("Good once, for %d minutes. Whoever has it becomes a viewer of this door.\n",
                    pairing.value(u"expires_in_s").toInt() / 60);
    });
}

int set(const LoadedSettings& loaded, const ViewerOptions& options) {
    QJsonObject args{{QStringLiteral("id"), qString(options.who)}};
    if (options.name)
        args.insert(QStringLiteral("name"), qString(*options.name));
    if (options.role)
        args.insert(QStringLiteral("role"), qString(*options.role));
    return ask(loaded, "viewer.set", args, false, printViewer);
}

int revoke(const LoadedSettings& loaded, const ViewerOptions& options) {
    return ask(
        loaded, "viewer.revoke", {{QStringLiteral("id"), qString(options.who)}}, false,
        [](const QJsonObject& viewer) { std::printf("%s sees this door no more.\n", textAt(viewer, "name").c_str()); });
}

void printIdentity(const QJsonObject& identity) {
    QStringList names;
    for (const auto& name : identity.value(u"names").toArray())
        names.append(name.toString());
    std::printf("Fingerprint  %s\n", textAt(identity, "fingerprint").c_str());
    std::printf("Names        %s\n", qPrintable(names.join(QStringLiteral(", "))));
    std::printf("Valid        %s to %s\n", textAt(identity, "valid_from").c_str(),
                textAt(identity, "valid_until").c_str());
    if (identity.value(u"own").toBool())
        std::printf("It is the owner's own (tls.certificate).\n");
}

/// The files tell, whether the door runs or not.
int showIdentity(const LoadedSettings& loaded, const ViewerOptions& options) {
    const auto identity = doorIdentity(loaded.settings, loaded.dataFolder, IfNoIdentity::Fail, now().wall);
    if (!identity && identity.error().kind == core::ErrorKind::NotFound)
        return complain(ctlName, {core::ErrorKind::NotFound, "There is no certificate yet", loaded.dataFolder,
                                  "It is made when the first viewer is paired: facelatch-ctl viewer pair"});
    if (!identity)
        return complain(ctlName, identity.error());
    if (options.json)
        printJson(identityJson(*identity));
    else
        printIdentity(identityJson(*identity));
    return 0;
}

int renew(const LoadedSettings& loaded, const ViewerOptions& options) {
    const QJsonObject args{{QStringLiteral("keep_key"), options.keepKey}};
    return ask(loaded, "tls.renew", args, options.json, [keepKey = options.keepKey](const QJsonObject& identity) {
        printIdentity(identity);
        if (keepKey)
            return;
        std::printf("The viewers of this door refuse the new certificate: pair each of them anew (%d).\n",
                    identity.value(u"viewers").toInt());
    });
}

using Run = int (*)(const LoadedSettings&, const ViewerOptions&);
CLI::App* addCommand(CLI::App& parent, CtlAction& action, const std::shared_ptr<ViewerOptions>& options,
                     const char* name, const char* help, Run run) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->callback([&action, options, run] {
        action = [options, run](const LoadedSettings& loaded) { return run(loaded, *options); };
    });
    return command;
}

} // namespace

void addViewerCommands(CLI::App& program, CtlAction& action) {
    CLI::App* viewer = program.add_subcommand("viewer", "Who sees the door from afar")->require_subcommand(1);
    auto options = std::make_shared<ViewerOptions>();
    CLI::App* list = addCommand(*viewer, action, options, "list", "All viewers, those that were revoked last",
                                [](const LoadedSettings& loaded, const ViewerOptions& chosen) {
                                    return askForList(loaded, "viewer.list", {}, "viewers", chosen.json,
                                                      "No viewer is paired.", printViewer);
                                });
    CLI::App* pairs = addCommand(*viewer, action, options, "pair",
                                 "A link and a code by which one viewer may become known to the running door", pair);
    CLI::App* sets = addCommand(*viewer, action, options, "set", "Another name or role", set);
    CLI::App* revokes =
        addCommand(*viewer, action, options, "revoke", "For good; its connections are closed at once", revoke);
    for (CLI::App* command : {sets, revokes})
        command->add_option("who", options->who, "Name or id")->required();
    for (CLI::App* command : {pairs, sets}) {
        command->add_option("--role", options->role,
                            "viewer (sees, reads; the default), operator (opens as well) or admin");
        command->add_option("--name", options->name, "How it is called at the door");
    }

    CLI::App* tls = program.add_subcommand("tls", "By what viewers know the door")->require_subcommand(1);
    CLI::App* shows = addCommand(*tls, action, options, "show", "The certificate and its fingerprint", showIdentity);
    CLI::App* renews = addCommand(*tls, action, options, "renew",
                                  "Another key and certificate; each viewer must then be paired anew", renew);
    renews->add_flag("--keep-key", options->keepKey, "Only a later end and the names of now: viewers do not notice");
    for (CLI::App* command : {list, pairs, shows, renews})
        command->add_flag("--json", options->json, "As JSON");
}

} // namespace facelatch::app
