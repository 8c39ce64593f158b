// SPDX-License-Identifier: GPL-3.0-or-later
// WorkedDoor: a DoorWorker with a recording lock and one person to show.
#pragma once

#include "app/door_worker.h"
#include "tests/app/shown_face.h"
#include "tests/support/recording_lock.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace facelatch::testing {

/// A door with a lock that the test can look into, and one enrolled person whose face it can show.
class WorkedDoor {
public:
    explicit WorkedDoor(std::optional<core::InstallerFacts> installer = {}) {
        auto recording = std::make_unique<RecordingLock>();
        lock = recording.get();
        core::AccessRules rules;
        rules.replayMayOpen = true;
        worker = std::make_unique<app::DoorWorker>(
            app::DoorContext{"door-1",
                             rules,
                             {},
                             std::move(recording),
                             observations,
                             view,
                             [this](const core::Decision& decision) { decided.push_back(decision); },
                             std::move(installer),
                             {},
                             [this](const core::DoorModeState& mode, const std::function<void(core::Status)>& done) {
                                 kept.push_back(mode);
                                 done(keeping);
                             },
                             [this](const core::DoorModeState& mode) { modes.push_back(mode); }});
        worker->setGallery(alice.gallery());
    }

    void show(int frames) {
        for (int i = 0; i < frames; ++i)
            observations.push(alice.next());
        worker->observe();
    }

    app::Inbox<core::Observation> observations{8};
    app::Latest<core::VisitorView> view;
    std::vector<core::Decision> decided;
    std::vector<core::DoorModeState> kept, modes;
    core::Status keeping = core::Done{}; ///< what keeping a mode answers
    RecordingLock* lock = nullptr;
    std::unique_ptr<app::DoorWorker> worker;
    ShownFace alice;
};

} // namespace facelatch::testing
