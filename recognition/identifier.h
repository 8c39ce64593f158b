// SPDX-License-Identifier: GPL-3.0-or-later
// Identifier: who is on one picture; for the command line and for tests, never for a door.
#pragma once

#include "core/gallery.h"
#include "core/image.h"
#include "core/observation.h"
#include "core/result.h"
#include "recognition/model_store.h"
#include "recognition/settings.h"

#include <memory>
#include <vector>

namespace facelatch::recognition {

/// One thread at a time.
class Identifier {
public:
    /// Errors (OutOfService): detector or embedder cannot be loaded. A missing liveness model gives Unavailable.
    static core::Result<std::unique_ptr<Identifier>> create(const PipelineSettings& settings, const ModelStore& store);
    ~Identifier();

    const std::string& modelId() const;
    int dimension() const;

    /// Every face, largest first, with track 0. Faces of poor quality are embedded all the same, since this opens
    /// nothing; their quality is told. Liveness is the one picture's: Live or Spoof after a single frame, Pending where
    /// the face is too small for it. An empty or unreadable picture is an error; a picture without faces is an empty
    /// list.
    core::Result<std::vector<core::FaceObservation>> identify(const core::Image& picture, const core::Gallery& gallery);

private:
    struct Parts;
    explicit Identifier(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace facelatch::recognition
