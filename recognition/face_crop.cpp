// SPDX-License-Identifier: GPL-3.0-or-later
// Square crops reflected at the border, and boxes shifted into the picture.
#include "recognition/face_crop.h"

#include "recognition/mat.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

/// No face is larger than this many pictures; beyond it arithmetic on whole pixels would overflow.
constexpr float kLargestShare = 8;

cv::Mat squareReflected(const cv::Mat& picture, const core::RectF& box, float scale) {
    const int side = std::max(1, static_cast<int>(std::max(box.width, box.height) * scale));
    const core::PointF centre = box.centre();
    const cv::Rect wanted(static_cast<int>(std::floor(centre.x - static_cast<float>(side) / 2)),
                          static_cast<int>(std::floor(centre.y - static_cast<float>(side) / 2)), side, side);
    const cv::Rect inside = wanted & cv::Rect(0, 0, picture.cols, picture.rows);
    if (inside.width < 2 || inside.height < 2)
        return {};
    cv::Mat square;
    cv::copyMakeBorder(picture(inside), square, inside.y - wanted.y, wanted.br().y - inside.br().y, inside.x - wanted.x,
                       wanted.br().x - inside.br().x, cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
    return square;
}

/// As the networks' authors crop: the scale shrinks until the box fits, then the box is shifted inside.
cv::Mat boxInside(const cv::Mat& picture, const core::RectF& box, float scale) {
    const auto width = static_cast<float>(picture.cols), height = static_cast<float>(picture.rows);
    const float fitting = std::min({scale, (width - 1) / box.width, (height - 1) / box.height});
    const float w = box.width * fitting, h = box.height * fitting;
    const core::PointF centre = box.centre();
    const float x = std::clamp(centre.x - w / 2, 0.0F, std::max(0.0F, width - 1 - w));
    const float y = std::clamp(centre.y - h / 2, 0.0F, std::max(0.0F, height - 1 - h));
    const cv::Rect part(static_cast<int>(x), static_cast<int>(y), static_cast<int>(w) + 1, static_cast<int>(h) + 1);
    const cv::Rect inside = part & cv::Rect(0, 0, picture.cols, picture.rows);
    return inside.area() > 0 ? picture(inside) : cv::Mat();
}

} // namespace

cv::Mat faceCrop(const core::Image& picture, const core::RectF& box, const ModelRow& row) {
    const core::PointF centre = box.centre();
    const auto width = static_cast<float>(picture.width()), height = static_cast<float>(picture.height());
    const bool sane = box.width >= 1 && box.height >= 1 && box.width <= kLargestShare * width &&
                      box.height <= kLargestShare * height && centre.x >= 0 && centre.y >= 0 && centre.x <= width &&
                      centre.y <= height; // false for what is not a number
    if (picture.empty() || !sane)
        return {};
    const cv::Mat source = bgrOf(picture);
    cv::Mat part;
    if (row.crop == CropKind::SquareReflect)
        part = squareReflected(source, box, row.cropScale);
    else if (row.crop == CropKind::BoxResize)
        part = boxInside(source, box, row.cropScale);
    if (part.empty())
        return {};
    cv::Mat sized; // the box crop bilinear even where it shrinks: so its networks were trained
    const bool average = row.crop == CropKind::SquareReflect && part.cols > row.inputWidth;
    cv::resize(part, sized, cv::Size(row.inputWidth, row.inputHeight), 0, 0,
               average ? cv::INTER_AREA : cv::INTER_LINEAR);
    return sized;
}

} // namespace facelatch::recognition
