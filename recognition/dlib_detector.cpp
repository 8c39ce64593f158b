// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that includes dlib's detector.
#include "recognition/dlib_detector.h"

#include "recognition/mat.h"

#include <algorithm>
#include <cmath>
#include <dlib/array2d.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

/// Larger pictures are scaled down: the detector's time grows with the pixels, and a face at a door is large.
constexpr int kLongestSide = 640;

cv::Mat greyAtMost(const core::Image& image, int longestSide) {
    cv::Mat grey = viewOf(image);
    if (grey.channels() == 3)
        cv::cvtColor(viewOf(image), grey, cv::COLOR_BGR2GRAY);
    const double factor = static_cast<double>(longestSide) / std::max(grey.cols, grey.rows);
    if (factor >= 1)
        return grey;
    cv::Mat smaller;
    const cv::Size size(std::max(1, cvRound(grey.cols * factor)), std::max(1, cvRound(grey.rows * factor)));
    cv::resize(grey, smaller, size, 0, 0, cv::INTER_AREA);
    return smaller;
}

dlib::array2d<unsigned char> dlibCopy(const cv::Mat& grey) {
    dlib::array2d<unsigned char> copy(grey.rows, grey.cols);
    for (int row = 0; row < grey.rows; ++row)
        std::copy_n(grey.ptr(row), grey.cols, &copy[row][0]);
    return copy;
}

} // namespace

struct DlibDetector::Parts {
    dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
};

DlibDetector::DlibDetector() : m_parts(std::make_unique<Parts>()) {}
DlibDetector::~DlibDetector() = default;

core::Result<std::vector<Detection>> DlibDetector::detect(const core::Image& image) {
    if (image.empty())
        return core::fail("there is no picture to look for faces in");
    try {
        const cv::Mat grey = greyAtMost(image, kLongestSide);
        const float factor = static_cast<float>(image.width()) / static_cast<float>(grey.cols);
        std::vector<dlib::rect_detection> found;
        m_parts->detector(dlibCopy(grey), found);
        std::vector<Detection> faces;
        for (const dlib::rect_detection& item : found) {
            Detection face;
            face.box = {static_cast<float>(item.rect.left()) * factor, static_cast<float>(item.rect.top()) * factor,
                        static_cast<float>(item.rect.width()) * factor,
                        static_cast<float>(item.rect.height()) * factor};
            // The detector's score is a distance from its decision plane, not a probability.
            face.confidence = static_cast<float>(1 / (1 + std::exp(-item.detection_confidence)));
            faces.push_back(face);
        }
        std::stable_sort(faces.begin(), faces.end(),
                         [](const Detection& a, const Detection& b) { return a.confidence > b.confidence; });
        return faces;
    } catch (const std::exception& error) {
        return core::fail(std::string("looking for faces with dlib failed: ") + error.what());
    }
}

} // namespace facelatch::recognition
