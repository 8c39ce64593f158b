// SPDX-License-Identifier: GPL-3.0-or-later
// Wrapping pixels without a copy, in both directions.
#include "recognition/mat.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

cv::Mat viewOf(const core::Image& image) {
    if (image.empty())
        return {};
    const int type = image.format() == core::PixelFormat::Gray8 ? CV_8UC1 : CV_8UC3;
    // cv::Mat knows no const pixels; nobody in this module writes through a view.
    auto* pixels = const_cast<std::uint8_t*>(image.data());
    return {image.height(), image.width(), type, pixels, static_cast<std::size_t>(image.stride())};
}

cv::Mat bgrOf(const core::Image& image) {
    cv::Mat view = viewOf(image);
    if (view.channels() != 1 || view.empty())
        return view;
    cv::Mat colour;
    cv::cvtColor(view, colour, cv::COLOR_GRAY2BGR);
    return colour;
}

core::Image imageOf(const cv::Mat& mat) {
    if (mat.empty())
        return {};
    auto owner = std::make_shared<cv::Mat>(mat);
    const auto format = mat.channels() == 1 ? core::PixelFormat::Gray8 : core::PixelFormat::Bgr8;
    const std::uint8_t* pixels = owner->data;
    const auto stride = static_cast<std::ptrdiff_t>(owner->step[0]);
    return {mat.cols, mat.rows, stride, format, std::shared_ptr<const std::uint8_t>(std::move(owner), pixels)};
}

} // namespace facelatch::recognition
