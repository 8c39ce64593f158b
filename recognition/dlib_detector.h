// SPDX-License-Identifier: GPL-3.0-or-later
// DlibDetector: dlib's frontal HOG face detector; needs no model file, gives boxes without landmarks.
#pragma once

#include "recognition/face_detector.h"

#include <memory>

namespace facelatch::recognition {

/// Finds frontal faces of 80 pixels and more, at about 40 ms a picture of 640x480. Its faces are shown and tracked but
/// never embedded (five landmarks are what alignment needs).
class DlibDetector final : public FaceDetector {
public:
    static constexpr const char* kName = "dlib-hog";

    DlibDetector();
    ~DlibDetector() override;

    std::string name() const override { return kName; }
    core::Result<std::vector<Detection>> detect(const core::Image& image) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace facelatch::recognition
