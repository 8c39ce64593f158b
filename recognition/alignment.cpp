// SPDX-License-Identifier: GPL-3.0-or-later
// Five points to a similarity, a similarity to a face.
#include "recognition/alignment.h"

#include "recognition/mat.h"

#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

core::PointF meanOf(const core::Landmarks& points) {
    core::PointF mean;
    for (const core::PointF& point : points)
        mean = {mean.x + point.x / 5, mean.y + point.y / 5};
    return mean;
}

/// The part of the picture that the aligned face shows, with a pixel to spare, limited to the picture.
cv::Rect sourceRegion(const Similarity& map, const cv::Size& picture) {
    float left = 1e9F, top = 1e9F, right = -1e9F, bottom = -1e9F;
    for (const core::PointF corner :
         {core::PointF{0, 0}, {kAlignedSide, 0}, {0, kAlignedSide}, {kAlignedSide, kAlignedSide}}) {
        const auto [x, y] = map.undo(corner);
        left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
    }
    const auto limited = [](float value, int most) {
        return static_cast<int>(std::clamp(value, 0.0F, static_cast<float>(most)));
    };
    const int x0 = limited(left - 2, picture.width), x1 = limited(right + 3, picture.width);
    const int y0 = limited(top - 2, picture.height), y1 = limited(bottom + 3, picture.height);
    return {x0, y0, x1 - x0, y1 - y0};
}

} // namespace

const core::Landmarks& alignmentTemplate() {
    static const core::Landmarks points{
        {{38.2946F, 51.6963F}, {73.5318F, 51.5014F}, {56.0252F, 71.7366F}, {41.5493F, 92.3655F}, {70.7299F, 92.2041F}}};
    return points;
}

std::optional<Similarity> similarityBetween(const core::Landmarks& from, const core::Landmarks& to) {
    const core::PointF centre = meanOf(from), target = meanOf(to);
    float along = 0, across = 0, squares = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const float x = from[i].x - centre.x, y = from[i].y - centre.y;
        const float u = to[i].x - target.x, v = to[i].y - target.y;
        along += x * u + y * v;
        across += x * v - y * u;
        squares += x * x + y * y;
    }
    const float a = along / squares, b = across / squares;
    if (!(squares > 1e-6F) || !std::isfinite(a) || !std::isfinite(b) || !(a * a + b * b > 1e-12F))
        return std::nullopt;
    return Similarity{a, b, target.x - a * centre.x + b * centre.y, target.y - b * centre.x - a * centre.y};
}

core::Image alignFace(const core::Image& picture, const core::Landmarks& landmarks) {
    const auto found = similarityBetween(landmarks, alignmentTemplate());
    if (!found || picture.empty())
        return {};
    Similarity map = *found;
    try {
        cv::Mat source = bgrOf(picture);
        const float scale = std::hypot(map.a, map.b);
        if (scale < 0.5F) {
            const cv::Rect region = sourceRegion(map, source.size());
            if (region.area() <= 0)
                return {};
            cv::Mat smaller;
            cv::resize(source(region), smaller, cv::Size(), static_cast<double>(scale), static_cast<double>(scale),
                       cv::INTER_AREA);
            if (smaller.empty())
                return {};
            // What the resize really did, whole pixels being what they are.
            const float fx = static_cast<float>(region.width) / static_cast<float>(smaller.cols);
            const auto x0 = static_cast<float>(region.x), y0 = static_cast<float>(region.y);
            const float a = map.a * fx, b = map.b * fx, half = (fx - 1) / (2 * fx); // pixel centres
            map = {a, b, map.tx + map.a * x0 - map.b * y0 + (a - b) * half,
                   map.ty + map.b * x0 + map.a * y0 + (a + b) * half};
            source = smaller;
        }
        const cv::Mat matrix = (cv::Mat_<float>(2, 3) << map.a, -map.b, map.tx, map.b, map.a, map.ty);
        cv::Mat face;
        cv::warpAffine(source, face, matrix, cv::Size(kAlignedSide, kAlignedSide), cv::INTER_LINEAR,
                       cv::BORDER_CONSTANT);
        return imageOf(face);
    } catch (const std::exception&) {
        return {}; // points far outside the picture: no face to look at
    }
}

} // namespace facelatch::recognition
