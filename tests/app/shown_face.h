// SPDX-License-Identifier: GPL-3.0-or-later
// One enrolled person, and their living face as recognition reports it.
#pragma once

#include "app/clock.h"
#include "core/gallery.h"
#include "core/observation.h"

#include <array>
#include <memory>

namespace facelatch::testing {

class ShownFace {
public:
    ShownFace() {
        m_person.id = {app::newUuid(app::now().wall)};
        m_person.name = "Alice";
    }

    const core::Person& person() const { return m_person; }
    std::shared_ptr<const core::Gallery> gallery() const {
        core::FaceTemplate item;
        item.person = m_person.id;
        item.modelId = "net";
        item.values = {1, 0};
        return core::Gallery::build({m_person}, std::array{item}, "net", 2);
    }

    /// The next frame, seen now.
    core::Observation next() {
        core::FaceObservation face;
        face.track = 1;
        face.box = {200, 100, 200, 200};
        face.liveness = {core::LivenessVerdict::Live, 5, 5};
        face.embedded = true;
        face.match = core::Match{m_person.id, 0.9F, {}, -1};
        core::Observation observation;
        observation.frameNumber = ++m_frame;
        observation.capturedAt = app::now().mono;
        observation.origin = core::FrameOrigin::Replay;
        observation.width = 640;
        observation.height = 480;
        observation.faces.push_back(face);
        return observation;
    }

private:
    core::Person m_person;
    std::uint64_t m_frame = 0;
};

} // namespace facelatch::testing
