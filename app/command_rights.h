// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of what an admin at the screen must be allowed to do (core::Action) to give a command.
#pragma once

#include "core/principal.h"

#include <QString>

#include <optional>
#include <span>

namespace facelatch::app {

struct CommandRight {
    const char* command; ///< a whole command, or with a point at its end the beginning of several
    core::Action action;
};

/// The longest row that fits a command decides. A command without a row is nobody's.
std::span<const CommandRight> commandRights();
std::optional<core::Action> actionOf(const QString& command);
/// The same and what only the door's own screen may say: from afar the door is moved by signed requests with a nonce,
/// see DoorWorker::act(), and by nothing else.
std::optional<core::Action> actionAtScreen(const QString& command);

} // namespace facelatch::app
