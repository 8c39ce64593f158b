// SPDX-License-Identifier: GPL-3.0-or-later
// The self-test: every network of the manifest that is on this machine gives its pinned values; a wrong one does not.
#include "real_data.h"
#include "recognition/self_test.h"

#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;

TEST(SelfTest, everyInstalledNetworkGivesItsPinnedValues) {
    const ModelStore store = shippedStore();
    int tested = 0;
    for (const ModelRow& row : store.manifest().rows()) {
        if (row.format != ModelFormat::Onnx || store.check(row.id).state != ModelState::Good)
            continue;
        const auto bytes = store.read(row.id);
        const auto network = store.load(row.id);
        ASSERT_TRUE(bytes && network) << row.id;
        const std::string hash = sha256Of(*bytes);
        const auto done = selfTest(**network, hash);
        ASSERT_TRUE(done) << done.error().text();
        ASSERT_EQ(done->values.size(), 4U);
        std::printf("[ FIGURES  ] %s \"%s\", {%.6f, %.6f, %.6f, %.6f}, deviation %g\n", row.id.c_str(), hash.c_str(),
                    done->values[0], done->values[1], done->values[2], done->values[3], done->deviation.value_or(-1));
        EXPECT_TRUE(done->deviation || !row.required) << "not pinned in recognition/self_test.cpp: " << row.id;
        EXPECT_LT(done->deviation.value_or(0), 1e-3) << row.id;
        ++tested;
    }
    if (tested == 0)
        GTEST_SKIP() << "no network of resources/models.toml is on this machine (FACELATCH_MODELS_DIR)";
}

TEST(SelfTest, aNetworkThatComputesWronglyIsFarOff) {
    const ModelStore store = shippedStore();
    if (const std::string missing = missingModels(store, {"mobilefacenet-paddlex"}); !missing.empty())
        GTEST_SKIP() << missing;
    const auto bytes = store.read("mobilefacenet-paddlex");
    ASSERT_TRUE(bytes);
    const std::string hash = sha256Of(*bytes);
    // As a machine would that mixes up channels, or scales its input wrongly: the file is right, the numbers are not.
    for (const auto& spoil : {+[](ModelRow& row) { row.channels = ChannelOrder::Rgb; },
                              +[](ModelRow& row) { row.scale *= 1.2F; }, +[](ModelRow& row) { row.mean = 100; }}) {
        ModelRow row = *store.manifest().find("mobilefacenet-paddlex");
        spoil(row);
        const auto network = Inference::create(row, *bytes, {{"", 128}});
        ASSERT_TRUE(network);
        const auto done = selfTest(**network, hash);
        ASSERT_TRUE(done && done->deviation);
        EXPECT_GT(*done->deviation, 0.02);
    }
}

TEST(SelfTest, anUnknownFileHasNothingToBeComparedWith) {
    const ModelStore store = shippedStore();
    if (const std::string missing = missingModels(store, {"yunet-2023mar"}); !missing.empty())
        GTEST_SKIP() << missing;
    const auto network = store.load("yunet-2023mar");
    ASSERT_TRUE(network);
    const auto done = selfTest(**network, std::string(64, '0'));
    ASSERT_TRUE(done);
    EXPECT_FALSE(done->deviation);
}

TEST(SelfTest, theSumsSeeEveryOutput) {
    const std::vector<Tensor> before{{"a", {1, 2, 3}}, {"b", {4}}};
    const auto values = selfTestValues(before);
    for (std::size_t tensor = 0; tensor < before.size(); ++tensor)
        for (std::size_t i = 0; i < before[tensor].values.size(); ++i) {
            std::vector<Tensor> changed = before;
            changed[tensor].values[i] += 1;
            EXPECT_NE(selfTestValues(changed), values);
        }
    EXPECT_EQ(selfTestValues({}), (std::vector<double>{0, 0, 0, 0}));
}

} // namespace
} // namespace facelatch::tests
