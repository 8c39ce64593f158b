// SPDX-License-Identifier: GPL-3.0-or-later
// What a door says, as the viewer's own values. Any thread.
#pragma once

#include "core/decision.h"
#include "core/result.h"
#include "network/push_client.h"
#include "ui/viewer_port.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace facelatch::app {

ui::Connection connectionOf(network::PushClient::State state);
ui::Trouble troubleOf(network::PushClient::Trouble trouble);
/// For people who look at a terminal: what it means and what to do; the kind gives the exit code.
core::Error troubleError(ui::Trouble trouble, const QString& door);

/// RFC 3339.
std::optional<core::WallTime> timeOf(const QString& text);

/// The protocol's `state` into the door's fields that are of it. Unknown members are let be.
void readState(const QJsonObject& state, ui::ViewerDoor& door);
/// Errors: one that is no event spoils all of them, for none may be missing.
core::Result<std::vector<core::CommittedEvent>> eventsOf(const QJsonArray& events);

} // namespace facelatch::app
