// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding YuNet's outputs, on outputs made by hand.
#include "recognition/yunet_detector.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace facelatch::tests {
namespace {

using namespace recognition;

/// Outputs of a 64x32 input without a face: everything zero.
std::vector<Tensor> silence() {
    std::vector<Tensor> outputs;
    for (const ExpectedOutput& output : yunetOutputs(64, 32))
        outputs.push_back({output.name, std::vector<float>(output.count, 0.0F)});
    return outputs;
}

std::vector<float>& values(std::vector<Tensor>& outputs, const std::string& name) {
    for (Tensor& tensor : outputs)
        if (tensor.name == name)
            return tensor.values;
    throw std::runtime_error("no output " + name);
}

/// A face at cell (column, row) of stride 8, which has 8 columns here.
void putFace(std::vector<Tensor>& outputs, std::size_t column, std::size_t row, float cls, float obj, float logSize) {
    const std::size_t cell = row * 8 + column;
    values(outputs, "cls_8")[cell] = cls;
    values(outputs, "obj_8")[cell] = obj;
    float* box = &values(outputs, "bbox_8")[cell * 4];
    box[0] = 0.5F, box[1] = 0.25F, box[2] = logSize, box[3] = logSize;
    float* points = &values(outputs, "kps_8")[cell * 10];
    for (int n = 0; n < 5; ++n) {
        points[2 * n] = 0.1F * static_cast<float>(n);
        points[2 * n + 1] = -0.1F * static_cast<float>(n);
    }
}

TEST(DecodeYunet, namesItsTwelveOutputs) {
    const auto outputs = yunetOutputs(320, 256);
    ASSERT_EQ(outputs.size(), 12U);
    EXPECT_EQ(outputs[0].name, "cls_8");
    EXPECT_EQ(outputs[0].count, 40U * 32U);
    EXPECT_EQ(outputs[11].name, "kps_32");
    EXPECT_EQ(outputs[11].count, 10U * 8U * 10U);
}

TEST(DecodeYunet, placesBoxAndLandmarks) {
    auto outputs = silence();
    putFace(outputs, 3, 2, 0.81F, 1, std::log(2.0F));
    const auto faces = decodeYunet(outputs, 64, 32, {});
    ASSERT_EQ(faces.size(), 1U);
    EXPECT_FLOAT_EQ(faces[0].confidence, 0.9F); // sqrt(0.81 * 1)
    // centre ((3 + 0.5) * 8, (2 + 0.25) * 8) = (28, 18), side 2 * 8 = 16
    EXPECT_FLOAT_EQ(faces[0].box.x, 20);
    EXPECT_FLOAT_EQ(faces[0].box.y, 10);
    EXPECT_FLOAT_EQ(faces[0].box.width, 16);
    EXPECT_FLOAT_EQ(faces[0].box.height, 16);
    ASSERT_TRUE(faces[0].landmarks);
    EXPECT_FLOAT_EQ((*faces[0].landmarks)[1].x, (3 + 0.1F) * 8);
    EXPECT_FLOAT_EQ((*faces[0].landmarks)[4].y, (2 - 0.4F) * 8);
}

TEST(DecodeYunet, dropsTheUnsureAndLimitsScores) {
    auto outputs = silence();
    putFace(outputs, 1, 1, 0.5F, 0.5F, 0);
    EXPECT_TRUE(decodeYunet(outputs, 64, 32, {}).empty());
    putFace(outputs, 1, 1, 7, 9, 0);
    ASSERT_EQ(decodeYunet(outputs, 64, 32, {}).size(), 1U);
    EXPECT_FLOAT_EQ(decodeYunet(outputs, 64, 32, {})[0].confidence, 1);
}

TEST(DecodeYunet, keepsTheSurestOfOverlappingFaces) {
    auto outputs = silence();
    putFace(outputs, 1, 1, 0.8F, 0.8F, std::log(3.0F));
    putFace(outputs, 2, 1, 0.95F, 0.95F, std::log(3.0F));
    putFace(outputs, 6, 1, 0.7F, 0.7F, 0);
    const auto faces = decodeYunet(outputs, 64, 32, {});
    ASSERT_EQ(faces.size(), 2U);
    EXPECT_FLOAT_EQ(faces[0].confidence, 0.95F);
    EXPECT_FLOAT_EQ(faces[1].confidence, 0.7F);
}

TEST(DecodeYunet, survivesABrokenNetwork) {
    auto outputs = silence();
    putFace(outputs, 1, 1, 1, 1, 1e9F); // an exponent no face has
    for (const Detection& face : decodeYunet(outputs, 64, 32, {}))
        EXPECT_TRUE(std::isfinite(face.box.area()));
    putFace(outputs, 2, 1, 1, 1, std::numeric_limits<float>::quiet_NaN());
    for (const Detection& face : decodeYunet(outputs, 64, 32, {}))
        EXPECT_TRUE(std::isfinite(face.box.area()));
    putFace(outputs, 3, 1, std::numeric_limits<float>::quiet_NaN(), 1, 0);
    outputs.pop_back(); // and one output is missing
    values(outputs, "cls_16").pop_back();
    EXPECT_NO_THROW(static_cast<void>(decodeYunet(outputs, 64, 32, {})));
    EXPECT_TRUE(decodeYunet({}, 64, 32, {}).empty());
}

} // namespace
} // namespace facelatch::tests
