// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of facelatch-viewer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace facelatch::app {

inline constexpr const char* viewerName = "facelatch-viewer";

struct ViewerOptions {
    std::string dataFolder; ///< empty: the user's own
    double exitAfter = 0;   ///< seconds; 0: never
    bool hidden = false;    ///< into the tray at once
    // At most one of these; none: the window.
    std::string pairLink;
    bool list = false;
    bool events = false;
    std::string unlockDoor;
    std::string lockdown; ///< "on" or "off"
    std::string forgetDoor;
    // With them.
    std::string name;                  ///< --pair
    std::string door;                  ///< --events, --lockdown
    std::optional<std::int64_t> after; ///< --events
    std::string reason;                ///< --unlock, --lockdown

    bool withoutWindow() const {
        return !pairLink.empty() || list || events || !unlockDoor.empty() || !lockdown.empty() || !forgetDoor.empty();
    }
};

void addViewerOptions(CLI::App& program, ViewerOptions& options);

} // namespace facelatch::app
