// SPDX-License-Identifier: GPL-3.0-or-later
// The manifest's keys, and the rows that are shipped.
#include "real_data.h"
#include "recognition/model_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;
using testing::HasSubstr;

ManifestTable goodTable() {
    return {{"id", std::string("net-1")},
            {"file", std::string("net_1.onnx")},
            {"urls", std::vector<std::string>{"https://example.org/net_1.onnx"}},
            {"sha256", std::vector<std::string>{std::string(64, 'a')}},
            {"bytes", std::vector<std::int64_t>{1000}},
            {"licence", std::string("MIT")},
            {"kind", std::string("embedder")},
            {"format", std::string("onnx")},
            {"input_width", std::int64_t{112}},
            {"input_height", std::int64_t{112}},
            {"mean", 127.5},
            {"scale", 0.5},
            {"channels", std::string("rgb")},
            {"crop", std::string("aligned112")},
            {"outputs", std::int64_t{128}},
            {"threshold", std::int64_t{1}}};
}

TEST(ModelManifest, readsEveryKey) {
    const auto manifest = manifestFromTables({goodTable()});
    ASSERT_TRUE(manifest) << manifest.error().text();
    const ModelRow* row = manifest->find("net-1");
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->file, "net_1.onnx");
    EXPECT_EQ(row->accepted.front().bytes, 1000U);
    EXPECT_EQ(row->channels, ChannelOrder::Rgb);
    EXPECT_EQ(row->crop, CropKind::Aligned112);
    EXPECT_EQ(row->outputs, 128);
    EXPECT_FLOAT_EQ(row->mean, 127.5F);
    EXPECT_FLOAT_EQ(row->threshold, 1); // a whole number is a number too
    EXPECT_EQ(manifest->find("net-2"), nullptr);
}

struct Wrong {
    const char* what;
    const char* key;
    ManifestValue value;
    const char* message;
};

class WrongKey : public testing::TestWithParam<Wrong> {};

TEST_P(WrongKey, isRefusedByName) {
    ManifestTable table = goodTable();
    table[GetParam().key] = GetParam().value;
    const auto manifest = manifestFromTables({table});
    ASSERT_FALSE(manifest);
    EXPECT_THAT(manifest.error().text(), HasSubstr(GetParam().message));
    EXPECT_THAT(manifest.error().text(), HasSubstr("model"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongKey,
    testing::Values(Wrong{"UnknownKey", "colour", std::string("red"), "unknown key 'colour'"},
                    Wrong{"WrongType", "input_width", std::string("112"), "'input_width' must be a whole number"},
                    Wrong{"NotANumber", "mean", true, "'mean' must be a number"},
                    Wrong{"UnknownWord", "kind", std::string("robot"), "allowed are: detector, embedder"},
                    Wrong{"Negative", "outputs", std::int64_t{-1}, "from 0 to 1000000"},
                    Wrong{"PathInName", "file", std::string("../etc/passwd"), "plain file name"},
                    Wrong{"HiddenFile", "file", std::string(".net"), "plain file name"},
                    Wrong{"ShortHash", "sha256", std::vector<std::string>{"abc"}, "64 lower-case"},
                    Wrong{"UpperCaseHash", "sha256", std::vector<std::string>{std::string(64, 'A')}, "64 lower-case"},
                    Wrong{"SizesMissing", "bytes", std::vector<std::int64_t>{}, "same number of entries"},
                    Wrong{"NoSize", "bytes", std::vector<std::int64_t>{0}, "and have its bytes"},
                    Wrong{"PlainHttp", "urls", std::vector<std::string>{"http://example.org/x"}, "https://"},
                    Wrong{"WrongCrop", "crop", std::string("whole"), "aligned112"},
                    Wrong{"NoScale", "scale", 0.0, "scale must not be 0"},
                    Wrong{"WideMargin", "margin", 1.5, "margin must be"},
                    Wrong{"NoOutputs", "outputs", std::int64_t{0}, "outputs must be above 0"},
                    Wrong{"Packing", "packing", std::string("zip"), "packing must be bz2"}),
    [](const auto& instance) { return std::string(instance.param.what); });

TEST(ModelManifest, namesMissingKeysAndDoubledIds) {
    ManifestTable nameless = goodTable();
    nameless.erase("licence");
    const auto missing = manifestFromTables({goodTable(), nameless});
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().text(), HasSubstr("'licence' is missing"));
    EXPECT_EQ(missing.error().where, "model 2, id net-1");
    const auto twice = manifestFromTables({goodTable(), goodTable()});
    ASSERT_FALSE(twice);
    EXPECT_THAT(twice.error().text(), HasSubstr("twice"));
}

TEST(ShippedManifest, holdsEveryNetworkAndNothingWrong) {
    const auto manifest = shippedManifest();
    ASSERT_TRUE(manifest) << manifest.error().text();
    EXPECT_TRUE(manifest->problems().empty());
    std::vector<std::string> ids;
    for (const ModelRow& row : manifest->rows()) {
        ids.push_back(row.id);
        EXPECT_FALSE(row.licence.empty()) << row.id;
        EXPECT_FALSE(row.source.empty()) << row.id;
        EXPECT_TRUE(!row.urls.empty() || !row.package.empty()) << row.id << " comes from nowhere";
    }
    EXPECT_THAT(ids, testing::UnorderedElementsAre("yunet-2023mar", "mobilefacenet-paddlex", "sface-2021dec",
                                                   "dlib_face_recognition_resnet_model_v1", "antispoof-minifasnet-se",
                                                   "minifasnet-v2-2.7", "minifasnet-v1se-4.0", "dlib-68"));
}

TEST(ShippedManifest, feedsTheNetworksAsTheyWereTrained) {
    const auto manifest = shippedManifest();
    ASSERT_TRUE(manifest) << manifest.error().text();
    const ModelRow& embedder = *manifest->find("mobilefacenet-paddlex");
    EXPECT_EQ(embedder.channels, ChannelOrder::Bgr);
    EXPECT_FLOAT_EQ(embedder.scale * 127.5F, 1);
    EXPECT_EQ(embedder.metric, Metric::Cosine);
    EXPECT_TRUE(embedder.required);
    // A door is stricter than the threshold that is best on LFW (0.32 to 0.40).
    EXPECT_GE(embedder.threshold, 0.45F);
    EXPECT_GE(embedder.margin, 0.05F);
    const ModelRow& liveness = *manifest->find("antispoof-minifasnet-se");
    EXPECT_EQ(liveness.channels, ChannelOrder::Rgb);
    EXPECT_EQ(liveness.liveIndex, 0);
    EXPECT_EQ(liveness.crop, CropKind::SquareReflect);
    EXPECT_FLOAT_EQ(liveness.cropScale, 1.5F);
    EXPECT_EQ(manifest->find("minifasnet-v2-2.7")->liveIndex, 1);
    EXPECT_EQ(manifest->find("minifasnet-v2-2.7")->accepted.size(), 2U); // the mirror's export and upstream's
    EXPECT_EQ(manifest->find("sface-2021dec")->channels, ChannelOrder::Rgb);
    EXPECT_EQ(manifest->find("dlib_face_recognition_resnet_model_v1")->metric, Metric::Euclidean);
}

} // namespace
} // namespace facelatch::tests
