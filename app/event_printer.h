// SPDX-License-Identifier: GPL-3.0-or-later
// EventPrinter: one JSON line an event on the standard output. In a thread of its own: a reader that stalls stops only
// it.
#pragma once

#include "core/decision.h"
#include "storage/event_json.h"

#include <cstdio>

namespace facelatch::app {

class EventPrinter {
public:
    void print(const core::CommittedEvent& event) const {
        std::fputs((storage::toJsonLine(event) + "\n").c_str(), stdout);
        std::fflush(stdout);
    }
};

} // namespace facelatch::app
