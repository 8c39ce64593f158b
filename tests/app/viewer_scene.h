// SPDX-License-Identifier: GPL-3.0-or-later
// Events and doors as a viewer's tests want them.
#pragma once

#include "core/decision.h"
#include "ui/viewer_port.h"

#include <QString>

#include <string>
#include <vector>

namespace facelatch::testing {

inline const std::string viewerLog = "018f0000-0000-7000-8000-0000000000aa";

inline core::Uuid7 numbered(int number) {
    core::Uuid7 id;
    id.bytes[0] = 1;
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

/// The event of that number; without a name it is a refused stranger. Several events may be of one visit.
inline core::CommittedEvent viewerEvent(int seq, const std::string& name = {}, int visit = 0,
                                        const std::string& log = viewerLog) {
    core::CommittedEvent event;
    event.event.id = numbered(seq);
    event.event.visit = numbered(20'000 + (visit == 0 ? seq : visit));
    event.event.door = "front";
    event.event.time = core::WallTime(core::milliseconds(1'790'000'000'000 + seq * std::int64_t{1000}));
    event.event.local = "2026-09-21T16:13:20";
    event.event.outcome = name.empty() ? core::Outcome::Denied : core::Outcome::Granted;
    event.event.reason = name.empty() ? core::Reason::UnknownPerson : core::Reason::Face;
    if (!name.empty()) {
        event.event.person = core::PersonId{numbered(40'000 + static_cast<int>(name.size()))};
        event.event.personName = name;
    }
    event.event.live = core::LivenessVerdict::Live;
    event.event.modelId = "sface";
    event.logId = log;
    event.seq = seq;
    return event;
}

inline ui::ViewerDoor viewerDoor(const QString& id = QStringLiteral("one"),
                                 const QString& name = QStringLiteral("Workshop")) {
    ui::ViewerDoor door;
    door.id = id;
    door.name = name;
    return door;
}

} // namespace facelatch::testing
