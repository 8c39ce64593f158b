// SPDX-License-Identifier: GPL-3.0-or-later
// YuNet's outputs to faces.
#include "recognition/yunet_detector.h"

#include "recognition/mat.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

constexpr std::array<int, 3> kStrides{8, 16, 32};
constexpr int kPadTo = 32;
/// Larger exponents than this are a broken network, not a face: exp(10) * 8 is 176,000 pixels.
constexpr float kMaxExponent = 10;
constexpr int kCloserSide = 192;
constexpr float kCloserFactor = 2;
constexpr float kSameFaceOverlap = 0.4F;

int padded(int side) {
    return (side + kPadTo - 1) / kPadTo * kPadTo;
}

const std::vector<float>* tensor(const std::vector<Tensor>& outputs, const std::string& name, std::size_t count) {
    const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const Tensor& t) { return t.name == name; });
    return found != outputs.end() && found->values.size() == count ? &found->values : nullptr;
}

Detection decodeCell(const float* box, const float* points, float column, float row, float stride, float score) {
    Detection face;
    const float width = std::exp(std::min(box[2], kMaxExponent)) * stride;
    const float height = std::exp(std::min(box[3], kMaxExponent)) * stride;
    face.box = {(column + box[0]) * stride - width / 2, (row + box[1]) * stride - height / 2, width, height};
    core::Landmarks landmarks;
    for (std::size_t n = 0; n < landmarks.size(); ++n)
        landmarks[n] = {(column + points[2 * n]) * stride, (row + points[2 * n + 1]) * stride};
    face.landmarks = landmarks;
    face.confidence = score;
    return face;
}

bool finite(const Detection& face) {
    bool good = std::isfinite(face.box.x) && std::isfinite(face.box.y) && std::isfinite(face.box.area());
    for (const core::PointF& point : *face.landmarks)
        good = good && std::isfinite(point.x) && std::isfinite(point.y);
    return good;
}

void decodeStride(const std::vector<Tensor>& outputs, int stride, int columns, int rows, float threshold,
                  std::vector<Detection>& faces) {
    const std::string suffix = "_" + std::to_string(stride);
    const auto cells = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    const auto* cls = tensor(outputs, "cls" + suffix, cells);
    const auto* obj = tensor(outputs, "obj" + suffix, cells);
    const auto* box = tensor(outputs, "bbox" + suffix, cells * 4);
    const auto* kps = tensor(outputs, "kps" + suffix, cells * 10);
    if (cls == nullptr || obj == nullptr || box == nullptr || kps == nullptr)
        return;
    for (std::size_t i = 0; i < cells; ++i) {
        const float score = std::sqrt(std::clamp((*cls)[i], 0.0F, 1.0F) * std::clamp((*obj)[i], 0.0F, 1.0F));
        if (!(score >= threshold))
            continue;
        const std::size_t column = i % static_cast<std::size_t>(columns);
        const std::size_t row = i / static_cast<std::size_t>(columns);
        Detection face = decodeCell(box->data() + i * 4, kps->data() + i * 10, static_cast<float>(column),
                                    static_cast<float>(row), static_cast<float>(stride), score);
        if (finite(face))
            faces.push_back(face);
    }
}

/// Greedy non-maximum suppression; `faces` sorted by confidence.
std::vector<Detection> withoutOverlaps(const std::vector<Detection>& faces, float limit) {
    std::vector<Detection> kept;
    for (const Detection& face : faces) {
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](const Detection& other) {
            return core::overlap(face.box, other.box) > limit;
        });
        if (!covered)
            kept.push_back(face);
    }
    return kept;
}

void scaleUp(Detection& face, float factor) {
    face.box = {face.box.x * factor, face.box.y * factor, face.box.width * factor, face.box.height * factor};
    for (core::PointF& point : *face.landmarks)
        point = {point.x * factor, point.y * factor};
}

} // namespace

std::vector<ExpectedOutput> yunetOutputs(int paddedWidth, int paddedHeight) {
    std::vector<ExpectedOutput> outputs;
    for (const int stride : kStrides) {
        const auto cells =
            static_cast<std::size_t>(paddedWidth / stride) * static_cast<std::size_t>(paddedHeight / stride);
        const std::string suffix = "_" + std::to_string(stride);
        outputs.push_back({"cls" + suffix, cells});
        outputs.push_back({"obj" + suffix, cells});
        outputs.push_back({"bbox" + suffix, cells * 4});
        outputs.push_back({"kps" + suffix, cells * 10});
    }
    return outputs;
}

std::vector<Detection> decodeYunet(const std::vector<Tensor>& outputs, int paddedWidth, int paddedHeight,
                                   const YunetSettings& settings) {
    std::vector<Detection> faces;
    for (const int stride : kStrides)
        decodeStride(outputs, stride, paddedWidth / stride, paddedHeight / stride, settings.confidence, faces);
    std::stable_sort(faces.begin(), faces.end(),
                     [](const Detection& a, const Detection& b) { return a.confidence > b.confidence; });
    return withoutOverlaps(faces, settings.nmsOverlap);
}

YunetDetector::YunetDetector(std::unique_ptr<Inference> network, std::unique_ptr<Inference> closer,
                             const YunetSettings& settings)
    : m_network(std::move(network)), m_closer(std::move(closer)), m_settings(settings) {}

std::string YunetDetector::name() const {
    return m_network->row().id;
}

core::Result<std::vector<Detection>> YunetDetector::detect(const core::Image& image) {
    return detectAt(image, m_settings.longestSide);
}

core::Result<std::vector<Detection>> YunetDetector::detectAt(const core::Image& image, int longestSide) {
    if (image.empty())
        return core::fail("there is no picture to look for faces in");
    try {
        cv::Mat picture = bgrOf(image);
        const float factor = static_cast<float>(longestSide) / static_cast<float>(std::max(picture.cols, picture.rows));
        if (factor < 1) {
            const cv::Size size(std::max(1, cvRound(static_cast<float>(picture.cols) * factor)),
                                std::max(1, cvRound(static_cast<float>(picture.rows) * factor)));
            cv::Mat smaller;
            cv::resize(picture, smaller, size, 0, 0, cv::INTER_LINEAR);
            picture = smaller;
        }
        cv::Mat input;
        cv::copyMakeBorder(picture, input, 0, padded(picture.rows) - picture.rows, 0,
                           padded(picture.cols) - picture.cols, cv::BORDER_CONSTANT, cv::Scalar::all(0));
        const auto outputs = m_network->run(input);
        if (!outputs)
            return outputs.error();
        auto faces = decodeYunet(*outputs, input.cols, input.rows, m_settings);
        for (Detection& face : faces)
            scaleUp(face, static_cast<float>(image.width()) / static_cast<float>(picture.cols));
        return faces;
    } catch (const std::exception& error) {
        return core::fail(std::string("looking for faces failed: ") + error.what());
    }
}

std::optional<core::Landmarks> YunetDetector::closerLook(const core::Image& image, const Detection& face) {
    const float side = std::max(face.box.width, face.box.height) * kCloserFactor;
    if (image.empty() || !std::isfinite(side) || side < 1)
        return std::nullopt;
    try {
        const float zoom = static_cast<float>(kCloserSide) / side;
        const float left = face.box.centre().x - side / 2, top = face.box.centre().y - side / 2;
        const cv::Mat map = (cv::Mat_<float>(2, 3) << zoom, 0, -zoom * left, 0, zoom, -zoom * top);
        cv::Mat near;
        cv::warpAffine(bgrOf(image), near, map, cv::Size(kCloserSide, kCloserSide), cv::INTER_LINEAR);
        const auto outputs = m_closer->run(near);
        if (!outputs)
            return std::nullopt;
        const core::RectF expected{(face.box.x - left) * zoom, (face.box.y - top) * zoom, face.box.width * zoom,
                                   face.box.height * zoom};
        std::optional<core::Landmarks> best;
        float most = kSameFaceOverlap;
        for (const Detection& found : decodeYunet(*outputs, kCloserSide, kCloserSide, m_settings)) {
            const float shared = core::overlap(found.box, expected);
            if (shared > most) {
                most = shared;
                best = found.landmarks;
            }
        }
        if (!best)
            return std::nullopt;
        for (core::PointF& point : *best)
            point = {point.x / zoom + left, point.y / zoom + top};
        return best;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

} // namespace facelatch::recognition
