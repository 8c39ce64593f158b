// SPDX-License-Identifier: GPL-3.0-or-later
// Options.
#include "app/viewer_options.h"

#include <CLI/CLI.hpp>

#include <array>

namespace facelatch::app {

void addViewerOptions(CLI::App& program, ViewerOptions& options) {
    program.add_option("--data", options.dataFolder, "Folder for everything the viewer keeps")->type_name("DIR");
    program.add_option("--exit-after", options.exitAfter, "Ends after so long")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.0, 1e7));
    auto* const hidden =
        program.add_flag("--hidden", options.hidden, "Starts with its icon in the panel, without a window");

    auto* const pair = program.add_option("--pair", options.pairLink, "Pairs with the door that shows this link");
    pair->type_name("LINK");
    program.add_option("--name", options.name, "What this viewer is called at the door")->needs(pair);
    auto* const list = program.add_flag("--list", options.list, "The paired doors");
    auto* const events =
        program.add_flag("--events", options.events, "Each event as a JSON line on the standard output");
    program.add_option("--after", options.after, "Begins after the event of this number")
        ->type_name("SEQ")
        ->check(CLI::NonNegativeNumber)
        ->needs(events);
    auto* const unlock = program.add_option("--unlock", options.unlockDoor, "Opens this door, once");
    unlock->type_name("DOOR");
    auto* const lockdown =
        program.add_option("--lockdown", options.lockdown, "Lets nobody in any more, or everybody again as before");
    lockdown->type_name("on|off")->check(CLI::IsMember({"on", "off"}));
    program.add_option("--reason", options.reason, "Why; it stands in the door's log");
    program.add_option("door", options.door, "A door: its name or its id (with --events and --lockdown)");
    auto* const forget =
        program.add_option("--forget", options.forgetDoor, "Takes away the pairing and all that is kept");
    forget->type_name("DOOR");

    const std::array commands{pair, list, events, unlock, lockdown, forget, hidden};
    for (std::size_t i = 0; i < commands.size(); ++i)
        for (std::size_t j = i + 1; j < commands.size(); ++j)
            commands[i]->excludes(commands[j]);
}

} // namespace facelatch::app
