// SPDX-License-Identifier: GPL-3.0-or-later
// PushState: the door's state as viewers are told it, and whether it is another than before.
#pragma once

#include "core/door_mode.h"
#include "core/settings.h"
#include "core/visitor_view.h"

#include <QJsonObject>

#include <map>
#include <optional>
#include <string>

namespace facelatch::app {

/// One thread. Holds no clock: time is an argument.
class PushState {
public:
    PushState(const core::Settings& settings, core::WallTime began);

    /// The state of network/PROTOCOL.md, when it has changed since the last call.
    std::optional<QJsonObject> changed(const core::VisitorView& view, core::WallTime now);
    /// Part of the next changed().
    void setMode(const core::DoorModeState& mode) { m_mode = mode; }
    const QJsonObject& last() const { return m_last; }

private:
    QString m_door, m_name;
    bool m_simulated;
    core::WallTime m_began;
    core::DoorModeState m_mode;
    std::map<core::FaultCode, core::WallTime> m_faults;
    QJsonObject m_last;
};

} // namespace facelatch::app
