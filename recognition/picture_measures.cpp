// SPDX-License-Identifier: GPL-3.0-or-later
// The measures of a picture.
#include "recognition/picture_measures.h"

#include "recognition/mat.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

PictureMeasures measurePicture(const core::Image& picture) {
    if (picture.empty())
        return {};
    const cv::Mat view = viewOf(picture);
    cv::Mat grey = view;
    if (view.channels() == 3)
        cv::cvtColor(view, grey, cv::COLOR_BGR2GRAY);
    cv::Mat edges;
    cv::Laplacian(grey, edges, CV_32F);
    cv::Scalar mean, deviation;
    cv::meanStdDev(edges, mean, deviation);
    return {cv::mean(grey)[0], deviation[0] * deviation[0]};
}

} // namespace facelatch::recognition
