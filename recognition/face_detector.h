// SPDX-License-Identifier: GPL-3.0-or-later
// FaceDetector: where the faces of a picture are. YuNet by default, dlib's HOG detector where no model file is.
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/observation.h"
#include "core/result.h"

#include <optional>
#include <string>
#include <vector>

namespace facelatch::recognition {

struct Detection {
    core::RectF box; ///< pixels of the given picture; may reach over its border
    /// Empty from a detector that gives none: such a face is shown and tracked, never embedded. In a FaceObservation
    /// missing landmarks are five points (0, 0).
    std::optional<core::Landmarks> landmarks;
    float confidence = 0; ///< 0..1
};

/// One thread at a time.
class FaceDetector {
public:
    virtual ~FaceDetector() = default;
    /// "yunet-2023mar", "dlib-hog".
    virtual std::string name() const = 0;
    /// Most confident first. Errors: the picture is empty, or the network failed on it.
    virtual core::Result<std::vector<Detection>> detect(const core::Image& image) = 0;
    /// detect() at another size, for a detector that has a choice: faces too small or too large for the usual one.
    virtual core::Result<std::vector<Detection>> detectAt(const core::Image& image, int /*longestSide*/) {
        return detect(image);
    }
    /// The landmarks of one face, looked at again from near by a detector that can; else as they are. Nothing where no
    /// face is found there.
    virtual std::optional<core::Landmarks> closerLook(const core::Image& /*image*/, const Detection& face) {
        return face.landmarks;
    }
};

} // namespace facelatch::recognition
