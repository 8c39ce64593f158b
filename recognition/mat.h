// SPDX-License-Identifier: GPL-3.0-or-later
// The bridge between core::Image and cv::Mat, without an OpenCV header: for this module's own files.
#pragma once

#include "core/image.h"

namespace cv {
class Mat;
}

namespace facelatch::recognition {

/// A header on the same bytes; only to be read, and only while `image` lives. Empty for an empty image.
cv::Mat viewOf(const core::Image& image);
/// viewOf(), or a converted copy where the image is grey: three channels, blue first.
cv::Mat bgrOf(const core::Image& image);
/// The Mat's bytes, shared and kept alive. 8-bit, one or three channels; nobody may write to them any more.
core::Image imageOf(const cv::Mat& mat);

} // namespace facelatch::recognition
