// SPDX-License-Identifier: GPL-3.0-or-later
// Inference: one ONNX network, fed and checked as its manifest row says. The only file that runs cv::dnn.
#pragma once

#include "core/result.h"
#include "recognition/model_manifest.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cv {
class Mat;
}

namespace facelatch::recognition {

/// One output of a network: its values in memory order, batch of one.
struct Tensor {
    std::string name;
    std::vector<float> values;
};

struct ExpectedOutput {
    std::string name; ///< empty: whatever the only output is called
    std::size_t count = 0;
};

/// One thread at a time; one network per thread (cv::dnn::Net is not thread-safe).
class Inference {
public:
    /// Builds the network from memory, runs it once on a grey picture of the row's input size and compares the outputs.
    /// Errors (OutOfService): OpenCV cannot read or run it, or an output is missing, of another size, or not finite.
    static core::Result<std::unique_ptr<Inference>> create(const ModelRow& row, std::span<const std::uint8_t> onnx,
                                                           const std::vector<ExpectedOutput>& expected);
    ~Inference();

    const ModelRow& row() const;
    /// `picture`: 8-bit BGR, of the row's input size, or for a detector of any multiples of 32. Mean, scale and channel
    /// order of the row are applied here. Errors (Failed): OpenCV's own, with its words.
    core::Result<std::vector<Tensor>> run(const cv::Mat& picture);

private:
    struct Parts;
    explicit Inference(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace facelatch::recognition
