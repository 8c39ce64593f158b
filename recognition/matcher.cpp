// SPDX-License-Identifier: GPL-3.0-or-later
// One gemm over the rows, then the two highest scores.
#include "recognition/matcher.h"

#include <cmath>
#include <numeric>
#include <opencv2/core.hpp>

namespace facelatch::recognition {

namespace {

/// Rounding may cost a unit vector this much of its squared length, nothing else may.
constexpr float kUnitTolerance = 0.01F;

bool isUnit(std::span<const float> face) {
    const float squares = std::inner_product(face.begin(), face.end(), face.begin(), 0.0F);
    return std::abs(squares - 1) <= kUnitTolerance; // false for what is not a number
}

} // namespace

std::optional<core::Match> bestMatch(const core::Gallery& gallery, std::span<const float> face) {
    if (gallery.rows() == 0 || face.size() != static_cast<std::size_t>(gallery.dimension()) || !isUnit(face))
        return std::nullopt;
    // cv::Mat knows no const data; gemm only reads its inputs.
    const cv::Mat rows(gallery.rows(), gallery.dimension(), CV_32F, const_cast<float*>(gallery.matrix().data()));
    const cv::Mat row(1, gallery.dimension(), CV_32F, const_cast<float*>(face.data()));
    cv::Mat scores; // as a row: twenty times as fast as rows times a column (0.35 ms against 8 for 10,000 rows)
    cv::gemm(row, rows, 1, cv::noArray(), 0, scores, cv::GEMM_2_T);

    int best = -1, second = -1;
    const auto score = [&](int at) { return scores.at<float>(0, at); };
    for (int at = 0; at < scores.cols; ++at) {
        if (best < 0 || score(at) > score(best)) {
            second = best;
            best = at;
        } else if (second < 0 || score(at) > score(second)) {
            second = at;
        }
    }
    core::Match match;
    match.person = gallery.personOfRow(best).id;
    match.score = score(best);
    if (second >= 0) {
        match.second = gallery.personOfRow(second).id;
        match.secondScore = score(second);
    }
    return match;
}

} // namespace facelatch::recognition
