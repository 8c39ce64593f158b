// SPDX-License-Identifier: GPL-3.0-or-later
// cv::dnn behind a Result: its exceptions end here.
#include "recognition/inference.h"

#include <algorithm>
#include <cmath>
#include <opencv2/dnn.hpp>

namespace facelatch::recognition {

struct Inference::Parts {
    ModelRow row;
    cv::dnn::Net net;
    std::vector<cv::String> names;
};

namespace {

core::Error unusable(const ModelRow& row, const std::string& why) {
    return {core::ErrorKind::OutOfService, "the model '" + row.id + "' cannot be used: " + why, row.file,
            "Its bytes are right, so this machine's OpenCV (" CV_VERSION ") is too old or too new for it"};
}

std::vector<float> valuesOf(const cv::Mat& output) {
    const cv::Mat flat = output.isContinuous() ? output : output.clone();
    const float* first = flat.ptr<float>();
    return {first, first + flat.total()};
}

/// What differs from what the stage expects; empty when nothing does.
std::string difference(const std::vector<Tensor>& outputs, const std::vector<ExpectedOutput>& expected) {
    if (outputs.size() != expected.size())
        return "it has " + std::to_string(outputs.size()) + " outputs, expected are " + std::to_string(expected.size());
    for (const ExpectedOutput& wanted : expected) {
        const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const Tensor& tensor) {
            return wanted.name.empty() || tensor.name == wanted.name;
        });
        if (found == outputs.end())
            return "it has no output '" + wanted.name + "'";
        if (found->values.size() != wanted.count)
            return "output '" + found->name + "' has " + std::to_string(found->values.size()) +
                   " values, expected are " + std::to_string(wanted.count);
        if (!std::all_of(found->values.begin(), found->values.end(), [](float v) { return std::isfinite(v); }))
            return "output '" + found->name + "' is not finite";
    }
    return {};
}

} // namespace

Inference::Inference(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Inference::~Inference() = default;

const ModelRow& Inference::row() const {
    return m_parts->row;
}

core::Result<std::unique_ptr<Inference>> Inference::create(const ModelRow& row, std::span<const std::uint8_t> onnx,
                                                           const std::vector<ExpectedOutput>& expected) {
    auto parts = std::make_unique<Parts>();
    parts->row = row;
    try {
        parts->net = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(onnx.data()), onnx.size());
        if (parts->net.empty())
            return unusable(row, "OpenCV finds no network in it");
        parts->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        parts->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        parts->names = parts->net.getUnconnectedOutLayersNames();
    } catch (const std::exception& error) {
        return unusable(row, error.what());
    }
    std::unique_ptr<Inference> inference(new Inference(std::move(parts)));
    const cv::Mat grey(row.inputHeight, row.inputWidth, CV_8UC3, cv::Scalar::all(128));
    const auto outputs = inference->run(grey);
    if (!outputs)
        return unusable(row, outputs.error().what);
    if (const std::string text = difference(*outputs, expected); !text.empty())
        return unusable(row, text);
    return inference;
}

core::Result<std::vector<Tensor>> Inference::run(const cv::Mat& picture) {
    const ModelRow& row = m_parts->row;
    try {
        const bool swapToRgb = row.channels == ChannelOrder::Rgb;
        const cv::Mat blob = cv::dnn::blobFromImage(picture, static_cast<double>(row.scale), cv::Size(),
                                                    cv::Scalar::all(static_cast<double>(row.mean)), swapToRgb, false);
        m_parts->net.setInput(blob);
        std::vector<cv::Mat> outputs;
        m_parts->net.forward(outputs, m_parts->names);
        std::vector<Tensor> tensors;
        for (std::size_t i = 0; i < outputs.size(); ++i)
            tensors.push_back({m_parts->names[i], valuesOf(outputs[i])});
        return tensors;
    } catch (const std::exception& error) {
        return core::fail("the model '" + row.id + "' failed on a picture: " + error.what(), row.file);
    }
}

} // namespace facelatch::recognition
