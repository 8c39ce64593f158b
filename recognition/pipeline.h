// SPDX-License-Identifier: GPL-3.0-or-later
// Pipeline: camera frames in, Observations out. Motion gate, detect, track, quality, align, liveness, embed, match.
#pragma once

#include "core/frame.h"
#include "core/gallery.h"
#include "core/observation.h"
#include "core/result.h"
#include "recognition/model_store.h"
#include "recognition/settings.h"
#include "recognition/stage_clock.h"

#include <memory>
#include <vector>

namespace facelatch::recognition {

/// What a door needs of recognition.
enum class Capability {
    Detection, ///< the configured detector; without it dlib's HOG detector shows faces but nobody is recognised
    Embedding, ///< faces can be compared with the gallery
    Liveness   ///< living faces can be told from pictures (not missing when switched off by the setting)
};

struct MissingCapability {
    Capability capability = Capability::Detection;
    core::Error error; ///< what is missing and what to do
};

/// One thread at a time (the vision thread): every function, and the destructor. No clock of its own: time is the
/// frames'.
class Pipeline {
public:
    /// Missing or refused model files do not fail here: the pipeline detects what it can and says what is missing().
    /// Errors (Usage): a setting names a model that is not in the manifest or of the wrong kind, or is out of range.
    static core::Result<std::unique_ptr<Pipeline>> create(const PipelineSettings& settings, const ModelStore& store);
    ~Pipeline();

    /// Empty: everything a door needs is there.
    const std::vector<MissingCapability>& missing() const;
    /// Whom to search from the next frame on. Refused (and nobody is known any more): templates of another model or
    /// dimension than the embedder's. A null pointer empties the gallery.
    core::Status setGallery(std::shared_ptr<const core::Gallery> gallery);
    /// Never fails: a frame that cannot be read gives an Observation without faces. Frames must come in the order of
    /// their capturedAt; one that does not is answered without faces and changes nothing.
    core::Observation process(const core::Frame& frame);
    /// From now on every Observation tells where its time went; an empty clock ends that.
    void measure(StageClock clock);
    /// Forgets all tracks (the camera was reopened); ids go on counting.
    void reset();

private:
    struct Parts;
    explicit Pipeline(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace facelatch::recognition
