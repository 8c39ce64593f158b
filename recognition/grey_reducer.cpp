// SPDX-License-Identifier: GPL-3.0-or-later
// Halving by means of four pixels, the first time in colour: four times less to turn grey.
#include "recognition/grey_reducer.h"

#include "recognition/mat.h"

#include <algorithm>
#include <array>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

constexpr int kLongestSide = 320;

void halve(const cv::Mat& from, cv::Mat& to) {
    // For a factor of exactly two OpenCV takes the mean of four pixels.
    cv::resize(from, to, cv::Size(std::max(1, from.cols / 2), std::max(1, from.rows / 2)), 0, 0, cv::INTER_LINEAR);
}

} // namespace

struct GreyReducer::Buffers {
    cv::Mat half;
    std::array<cv::Mat, 8> greys; ///< each half the one before; each kept at its size
};

GreyReducer::GreyReducer() : m_buffers(std::make_unique<Buffers>()) {}
GreyReducer::~GreyReducer() = default;

core::Image GreyReducer::reduce(const core::Image& picture) {
    if (picture.empty())
        return {};
    auto& [half, greys] = *m_buffers;
    cv::Mat source = viewOf(picture);
    if (std::max(source.cols, source.rows) >= kLongestSide) {
        halve(source, half);
        source = half;
    }
    if (source.channels() == 3)
        cv::cvtColor(source, greys[0], cv::COLOR_BGR2GRAY);
    else
        source.copyTo(greys[0]);
    std::size_t level = 0;
    while (std::max(greys[level].cols, greys[level].rows) >= kLongestSide && level + 1 < greys.size()) {
        halve(greys[level], greys[level + 1]);
        ++level;
    }
    const cv::Mat& grey = greys[level];
    const std::shared_ptr<const std::uint8_t> borrowed(std::shared_ptr<void>(), grey.data);
    return {grey.cols, grey.rows, static_cast<std::ptrdiff_t>(grey.step[0]), core::PixelFormat::Gray8, borrowed};
}

} // namespace facelatch::recognition
