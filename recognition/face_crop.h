// SPDX-License-Identifier: GPL-3.0-or-later
// FaceCrop: the part of a picture that a liveness network wants to see, as its manifest row says.
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "recognition/model_manifest.h"

namespace cv {
class Mat;
}

namespace facelatch::recognition {

/// 8-bit BGR of the row's input size, for CropKind::SquareReflect and BoxResize; empty for the other kinds, for a box
/// outside the picture, and for one that is not finite.
cv::Mat faceCrop(const core::Image& picture, const core::RectF& box, const ModelRow& row);

} // namespace facelatch::recognition
