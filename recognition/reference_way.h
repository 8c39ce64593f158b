// SPDX-License-Identifier: GPL-3.0-or-later
// ReferenceWay: what the original door did with every frame, in dlib, for facelatch-ctl bench to measure against.
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/result.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::recognition {

/// dlib's frontal face detector, its 68 landmarks and its face recognition network, one face a frame, in the calling
/// thread. The network has dlib's published architecture and random weights: its time does not depend on them, and
/// what it computes says nothing about anybody. Never part of a door. One thread at a time.
class ReferenceWay {
public:
    static constexpr int kOutputs = 128;

    /// `landmarksFile`: dlib's shape_predictor_68_face_landmarks.dat, or empty to do without landmarks, which makes
    /// this way faster than the original was. Errors: a file that cannot be read or is something else.
    static core::Result<std::unique_ptr<ReferenceWay>> create(const std::string& landmarksFile);
    ~ReferenceWay();

    bool hasLandmarks() const;
    /// The faces of the frame, in colour and at its own size, as the original searched it; the best first. Errors: an
    /// empty frame, dlib's own.
    core::Result<std::vector<core::RectF>> detect(const core::Image& frame);
    /// The 150x150 chip of that face: by its landmarks, or by the box alone where there are none. Errors: an empty
    /// frame, dlib's own.
    core::Status align(const core::Image& frame, const core::RectF& face);
    /// Runs the network on the chip of the last align(): kOutputs numbers. Errors: no chip yet, dlib's own.
    core::Result<std::vector<float>> embed();

private:
    struct Parts;
    explicit ReferenceWay(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace facelatch::recognition
