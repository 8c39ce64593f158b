// SPDX-License-Identifier: GPL-3.0-or-later
// Normalising vectors, and embedders that are none.
#include "real_data.h"
#include "recognition/embedder.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace facelatch::tests {
namespace {

using namespace recognition;

TEST(Normalised, hasLengthOne) {
    const auto unit = normalised(std::vector<float>{3, 4});
    ASSERT_TRUE(unit);
    EXPECT_FLOAT_EQ((*unit)[0], 0.6F);
    EXPECT_FLOAT_EQ((*unit)[1], 0.8F);
    EXPECT_FLOAT_EQ(cosine(*unit, *unit), 1);
    EXPECT_FALSE(normalised(std::vector<float>{0, 0}));
    EXPECT_FALSE(normalised(std::vector<float>{}));
    EXPECT_FALSE(normalised(std::vector<float>{1, std::nanf("")}));
    EXPECT_FALSE(normalised(std::vector<float>{1, std::numeric_limits<float>::infinity()}));
    EXPECT_EQ(cosine(std::vector<float>{1}, std::vector<float>{1, 2}), -1);
}

TEST(Embedder, isRefusedWhenTheRowIsNone) {
    const ModelStore store = shippedStore();
    for (const char* id : {"yunet-2023mar", "antispoof-minifasnet-se", "dlib_face_recognition_resnet_model_v1"}) {
        const auto embedder = Embedder::create(store, id);
        ASSERT_FALSE(embedder) << id;
        EXPECT_EQ(embedder.error().kind, core::ErrorKind::Usage);
    }
    const auto unknown = Embedder::create(store, "no-such-net");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, core::ErrorKind::NotFound);
}

} // namespace
} // namespace facelatch::tests
