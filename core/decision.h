// SPDX-License-Identifier: GPL-3.0-or-later
// Event and Decision: what was decided about somebody at a door, and what follows from it.
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/observation.h"
#include "core/person.h"
#include "core/reasons.h"
#include "core/time.h"
#include "core/uuid7.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace facelatch::core {

using DoorId = std::string;

/// What asked for the decision.
enum class DecisionSource { Face, Pin, Card, ExitButton, Remote };
/// "face", "pin", "card", "exit_button", "remote".
std::string_view sourceCode(DecisionSource source);
std::optional<DecisionSource> sourceFromCode(std::string_view code);

/// "pending", "live", "spoof", "unavailable", "off".
std::string_view livenessCode(LivenessVerdict verdict);
std::optional<LivenessVerdict> livenessFromCode(std::string_view code);

/// An immutable fact about one attempt. Its identity is made with the decision; its sequence number by storage.
struct Event {
    Uuid7 id;
    Uuid7 visit; ///< groups the events of one face staying in view
    DoorId door;
    WallTime time{};
    std::string local; ///< the same moment as local time without a zone, as shown at the door then
    Outcome outcome = Outcome::Denied;
    Reason reason = Reason::UnknownPerson;
    std::optional<PersonId> person; ///< the person let in, or the known person who was refused
    std::string personName; ///< the name at that time; empty for an unknown face; of a principal without `person`
    std::string cardId;
    std::string note;            ///< why somebody opened from afar, in their words; what was refused
    std::optional<float> score;  ///< cosine similarity to the best person
    std::optional<float> margin; ///< ahead of the second-best person
    LivenessVerdict live = LivenessVerdict::Off;
    std::string modelId;
    DecisionSource source = DecisionSource::Face;
};

/// An event as the log holds it.
struct CommittedEvent {
    Event event;
    std::string logId;        ///< the database's own id; a new or restored database has a new one
    std::int64_t seq = 0;     ///< 1, 2, 3 ... within the log id; 0 while provisional
    std::string snapshot;     ///< name of the picture in the snapshot store; empty when there is none
    bool provisional = false; ///< shown and pushed although the log could not be written
};

struct Decision {
    Event event;
    bool releases = false;      ///< the lock is to be released for the strike time, now
    bool wantsSnapshot = false; ///< first event of a visit, or its outcome changed
    Image picture;              ///< the frame it was decided on; may be empty
    RectF face;                 ///< in that picture
};

} // namespace facelatch::core
