// SPDX-License-Identifier: GPL-3.0-or-later
// The made picture, the pinned values.
#include "recognition/self_test.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>

namespace facelatch::recognition {

namespace {

constexpr std::size_t sums = 4;

struct Pinned {
    std::string_view sha256;
    std::array<double, sums> values;
};

/// Computed with Debian 12's OpenCV 4.6 on x86-64, one row a content that resources/models.toml accepts.
/// tests/recognition/tst_self_test.cpp says which are missing, with their values.
constexpr std::array pinned{
    Pinned{"8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
           {-0.101234, -0.019319, 0.004867, 0.343156}}, // yunet-2023mar
    Pinned{"6ced4e0c36abba9dd24b48d725f7dbb94089f75b3d3445d3d67b85157cb64743",
           {0.383484, 0.399449, 0.357738, -0.004625}}, // mobilefacenet-paddlex
    Pinned{"af2381b88f38769222ed93379e12444e2a50814575de1c46170de570c55a42b6",
           {-0.000036, 2.060345, -0.000036, -0.000036}}, // antispoof-minifasnet-se
    Pinned{"abfa583ddb5030c470720e457b3f622dac8e0e90b902244d4f05c70a8109c746",
           {1.160353, 2.790602, -0.001352, -0.001352}}, // minifasnet-v2-2.7
    Pinned{"de52ffbe0ef1b8ac728debbe9b37b35273db1edd0e2f721ec99b2145b29194f1",
           {0.505541, 3.606595, -0.000669, -0.000669}}, // minifasnet-v1se-4.0
};

/// Integer arithmetic alone, so that every machine makes the same bytes: slopes, coarse fields, and a fine grain.
cv::Mat madePicture(int width, int height) {
    cv::Mat picture(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const int field = ((x / 16) * 37 + (y / 16) * 61) % 97;
            const int grain = ((x * 7 + y * 13) ^ (x * y)) & 15;
            auto& pixel = picture.at<cv::Vec3b>(y, x);
            pixel[0] = static_cast<std::uint8_t>((x * 255 / width + field + grain) & 255);
            pixel[1] = static_cast<std::uint8_t>((y * 255 / height + 2 * field + grain) & 255);
            pixel[2] = static_cast<std::uint8_t>(((x + y) * 127 / (width + height) + field + 2 * grain) & 255);
        }
    return picture;
}

/// The k-th sign for the i-th value: bits of a multiplicative hash (Knuth, TAOCP 6.4).
double signOf(std::size_t i, std::size_t k) {
    const auto hash = static_cast<std::uint32_t>(i + 1) * 2654435761U;
    return ((hash >> (12 + 3 * k)) & 1U) != 0 ? 1.0 : -1.0;
}

} // namespace

std::vector<double> selfTestValues(const std::vector<Tensor>& outputs) {
    std::vector<const Tensor*> byName; // libraries list outputs in orders of their own
    for (const Tensor& tensor : outputs)
        byName.push_back(&tensor);
    std::sort(byName.begin(), byName.end(), [](const Tensor* a, const Tensor* b) { return a->name < b->name; });
    std::vector<double> values(sums, 0.0);
    std::size_t count = 0;
    for (const Tensor* tensor : byName)
        for (const float value : tensor->values) {
            for (std::size_t k = 0; k < sums; ++k)
                values[k] += signOf(count, k) * static_cast<double>(value);
            ++count;
        }
    for (double& value : values)
        value /= std::sqrt(static_cast<double>(std::max<std::size_t>(count, 1)));
    return values;
}

core::Result<SelfTest> selfTest(Inference& network, std::string_view sha256) {
    const ModelRow& row = network.row();
    const auto outputs = network.run(madePicture(row.inputWidth, row.inputHeight));
    if (!outputs)
        return outputs.error();
    SelfTest test{selfTestValues(*outputs), {}};
    const auto* known =
        std::find_if(pinned.begin(), pinned.end(), [&](const Pinned& one) { return one.sha256 == sha256; });
    if (known == pinned.end())
        return test;
    double largest = 0, off = 0;
    for (std::size_t k = 0; k < sums; ++k) {
        largest = std::max(largest, std::abs(known->values[k]));
        const double difference = std::abs(known->values[k] - test.values[k]);
        off = std::isfinite(difference) ? std::max(off, difference) : INFINITY;
    }
    test.deviation = off / largest;
    return test;
}

} // namespace facelatch::recognition
