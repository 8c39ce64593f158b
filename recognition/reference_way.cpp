// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that includes dlib's networks: they take a minute to compile.
#include "recognition/reference_way.h"

#include "recognition/mat.h"

#include <algorithm>
#include <dlib/array2d.h>
#include <dlib/dnn.h>
#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <opencv2/core.hpp>

namespace facelatch::recognition {

namespace {

/// ResNet with 29 convolutions (He et al., Deep Residual Learning for Image Recognition, 2016; the sizes are those of
/// dlib's dnn_face_recognition_ex), in the form it has once trained: affine layers where training had batch
/// normalisation.
template<int Filters, int Stride, typename Below>
using TwoConvolutions = dlib::affine<
    dlib::con<Filters, 3, 3, 1, 1, dlib::relu<dlib::affine<dlib::con<Filters, 3, 3, Stride, Stride, Below>>>>>;
template<int Filters, typename Below>
using Residual = dlib::relu<dlib::add_prev1<TwoConvolutions<Filters, 1, dlib::tag1<Below>>>>;
template<int Filters, typename Below>
using Halving = dlib::relu<dlib::add_prev2<
    dlib::avg_pool<2, 2, 2, 2, dlib::skip1<dlib::tag2<TwoConvolutions<Filters, 2, dlib::tag1<Below>>>>>>>;

using Stem =
    dlib::max_pool<3, 3, 2, 2, dlib::relu<dlib::affine<dlib::con<32, 7, 7, 2, 2, dlib::input_rgb_image_sized<150>>>>>;
using Level32 = Residual<32, Residual<32, Residual<32, Stem>>>;
using Level64 = Residual<64, Residual<64, Residual<64, Halving<64, Level32>>>>;
using Level128 = Residual<128, Residual<128, Halving<128, Level64>>>;
using Level256 = Halving<256, Residual<256, Residual<256, Halving<256, Level128>>>>;
using FaceNetwork = dlib::loss_metric<dlib::fc_no_bias<ReferenceWay::kOutputs, dlib::avg_pool_everything<Level256>>>;

constexpr int kChipSide = 150;
constexpr double kChipPadding = 0.25; // the share around the face that the network was made for

using Picture = dlib::array2d<dlib::rgb_pixel>;
using Chip = dlib::matrix<dlib::rgb_pixel>;

Picture rgbCopy(const core::Image& image) {
    const cv::Mat bgr = bgrOf(image);
    Picture copy(bgr.rows, bgr.cols);
    for (int row = 0; row < bgr.rows; ++row) {
        const std::uint8_t* from = bgr.ptr(row);
        for (int column = 0; column < bgr.cols; ++column, from += 3)
            copy[row][column] = dlib::rgb_pixel(from[2], from[1], from[0]);
    }
    return copy;
}

core::RectF rectOf(const dlib::rectangle& box) {
    return {static_cast<float>(box.left()), static_cast<float>(box.top()), static_cast<float>(box.width()),
            static_cast<float>(box.height())};
}

dlib::rectangle rectOf(const core::RectF& box) {
    const auto left = static_cast<long>(box.x), top = static_cast<long>(box.y);
    return {left, top, left + static_cast<long>(box.width) - 1, top + static_cast<long>(box.height) - 1};
}

} // namespace

struct ReferenceWay::Parts {
    dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
    std::optional<dlib::shape_predictor> landmarks;
    FaceNetwork network;
    Chip chip;
};

ReferenceWay::ReferenceWay(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
ReferenceWay::~ReferenceWay() = default;

core::Result<std::unique_ptr<ReferenceWay>> ReferenceWay::create(const std::string& landmarksFile) {
    try {
        auto parts = std::make_unique<Parts>();
        if (!landmarksFile.empty()) {
            dlib::deserialize(landmarksFile) >> parts->landmarks.emplace();
            if (parts->landmarks->num_parts() != 68)
                return core::fail("the file does not predict 68 landmarks", landmarksFile,
                                  "Install it with: sudo apt-get install libdlib-data");
        }
        return std::unique_ptr<ReferenceWay>(new ReferenceWay(std::move(parts)));
    } catch (const std::exception& error) {
        return core::fail(std::string("dlib's landmarks cannot be loaded: ") + error.what(), landmarksFile,
                          "Install them with: sudo apt-get install --reinstall libdlib-data");
    }
}

bool ReferenceWay::hasLandmarks() const {
    return m_parts->landmarks.has_value();
}

core::Result<std::vector<core::RectF>> ReferenceWay::detect(const core::Image& frame) {
    if (frame.empty())
        return core::fail("there is no picture to look for faces in");
    try {
        std::vector<core::RectF> faces;
        for (const dlib::rectangle& box : m_parts->detector(rgbCopy(frame)))
            faces.push_back(rectOf(box));
        return faces;
    } catch (const std::exception& error) {
        return core::fail(std::string("looking for faces with dlib failed: ") + error.what());
    }
}

core::Status ReferenceWay::align(const core::Image& frame, const core::RectF& face) {
    if (frame.empty())
        return core::fail("there is no picture to align a face of");
    try {
        const Picture picture = rgbCopy(frame);
        const dlib::rectangle box = rectOf(face);
        const dlib::chip_dims size(kChipSide, kChipSide);
        dlib::chip_details place(box, size);
        if (m_parts->landmarks)
            place = dlib::get_face_chip_details((*m_parts->landmarks)(picture, box), kChipSide, kChipPadding);
        dlib::extract_image_chip(picture, place, m_parts->chip);
        return core::Done{};
    } catch (const std::exception& error) {
        return core::fail(std::string("aligning a face with dlib failed: ") + error.what());
    }
}

core::Result<std::vector<float>> ReferenceWay::embed() {
    if (m_parts->chip.size() == 0)
        return core::fail("there is no aligned face to embed");
    try {
        const dlib::matrix<float, 0, 1> out = m_parts->network(m_parts->chip);
        return std::vector<float>(out.begin(), out.end());
    } catch (const std::exception& error) {
        return core::fail(std::string("dlib's network failed: ") + error.what());
    }
}

} // namespace facelatch::recognition
