// SPDX-License-Identifier: GPL-3.0-or-later
// YunetDetector: YuNet 2023mar through cv::dnn, decoded here, with five landmarks a face.
#pragma once

#include "recognition/face_detector.h"
#include "recognition/inference.h"

#include <memory>
#include <vector>

namespace facelatch::recognition {

struct YunetSettings {
    int longestSide = 320;   ///< pixels; larger pictures are scaled down to it, smaller ones are taken as they are
    float confidence = 0.6F; ///< 0..1
    float nmsOverlap = 0.3F; ///< 0..1
};

/// The twelve outputs for a padded input of that size (multiples of 32): cls, obj, bbox, kps at strides 8, 16, 32.
std::vector<ExpectedOutput> yunetOutputs(int paddedWidth, int paddedHeight);

/// Boxes and landmarks in pixels of the network's input, above `confidence`, most confident first, overlapping ones
/// removed. Decoding as in libfacedetection.train: score = sqrt(cls * obj), centre = (cell + b) * stride, size =
/// exp(b) * stride, landmark = (cell + k) * stride. Tensors that are missing or of the wrong size give nothing.
std::vector<Detection> decodeYunet(const std::vector<Tensor>& outputs, int paddedWidth, int paddedHeight,
                                   const YunetSettings& settings);

/// Two copies of the network, since cv::dnn prepares itself anew whenever the size of the input changes.
class YunetDetector final : public FaceDetector {
public:
    /// `closer` looks at single faces from near.
    YunetDetector(std::unique_ptr<Inference> network, std::unique_ptr<Inference> closer, const YunetSettings& settings);

    std::string name() const override;
    core::Result<std::vector<Detection>> detect(const core::Image& image) override;
    core::Result<std::vector<Detection>> detectAt(const core::Image& image, int longestSide) override;
    /// A square of twice the box's longer side, scaled to 192 pixels, so that every face shows its points at the same
    /// size, near or far. Measured on the 720 comparisons of four ways to enrol 3 of 6 pictures of 60 people: genuine
    /// score at 1.7 % from 0.44 to 0.50 (faces of 94 pixels), from 0.37 to 0.47 (of 38).
    std::optional<core::Landmarks> closerLook(const core::Image& image, const Detection& face) override;

private:
    std::unique_ptr<Inference> m_network;
    std::unique_ptr<Inference> m_closer;
    YunetSettings m_settings;
};

} // namespace facelatch::recognition
