// SPDX-License-Identifier: GPL-3.0-or-later
// Status and validity of a person.
#include "core/access_policy.h"

namespace facelatch::core {

std::optional<Reason> refusal(const Person& person, WallTime now) {
    if (person.status != PersonStatus::Active)
        return Reason::Suspended;
    if ((person.validFrom && now < *person.validFrom) || (person.validUntil && now >= *person.validUntil))
        return Reason::Expired;
    return std::nullopt;
}

} // namespace facelatch::core
