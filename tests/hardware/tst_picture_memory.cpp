// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of pictures: turned, and in memory that is used again.
#include "hardware/picture_memory.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

using namespace facelatch;
using hardware::PictureMemory;
using Turn = PictureMemory::Turn;

namespace {

constexpr int width = 37, height = 21; // no multiples of anything
constexpr std::ptrdiff_t stride = width * 3 + 5;

std::vector<std::uint8_t> numbered() {
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(stride) * height, 0xee);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            auto* at = bytes.data() + y * stride + x * 3;
            at[0] = static_cast<std::uint8_t>(x);
            at[1] = static_cast<std::uint8_t>(y);
            at[2] = 77;
        }
    return bytes;
}

std::pair<int, int> at(const core::Image& image, int x, int y) {
    const std::uint8_t* pixel = image.data() + y * image.stride() + x * 3;
    EXPECT_EQ(pixel[2], 77);
    return {pixel[0], pixel[1]};
}

} // namespace

TEST(PictureMemory, TurnsClockwise) {
    const auto bytes = numbered();
    PictureMemory memory;
    for (const auto& [turn, sideways] : {std::pair(Turn::None, false), std::pair(Turn::Quarter, true),
                                         std::pair(Turn::Half, false), std::pair(Turn::ThreeQuarters, true)}) {
        const core::Image image = memory.copy(bytes.data(), stride, width, height, turn);
        ASSERT_EQ(image.width(), sideways ? height : width);
        ASSERT_EQ(image.height(), sideways ? width : height);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const std::pair expected = turn == Turn::None      ? std::pair(x, y)
                                           : turn == Turn::Quarter ? std::pair(y, height - 1 - x)
                                           : turn == Turn::Half    ? std::pair(width - 1 - x, height - 1 - y)
                                                                   : std::pair(width - 1 - y, x);
                ASSERT_EQ(at(image, x, y), expected) << static_cast<int>(turn) << " at " << x << "," << y;
            }
    }
}

TEST(PictureMemory, UsesMemoryAgainOnceNobodyHoldsIt) {
    const auto bytes = numbered();
    PictureMemory memory;
    std::set<const std::uint8_t*> places;
    for (int i = 0; i < 100; ++i)
        places.insert(memory.copy(bytes.data(), stride, width, height).data());
    EXPECT_EQ(places.size(), 1U);
    const core::Image held = memory.copy(bytes.data(), stride, width, height);
    const auto copyOfIt = held; // a second reader
    EXPECT_NE(memory.copy(bytes.data(), stride, width, height).data(), held.data()) << "a held picture never changes";
    EXPECT_EQ(memory.kept(), 2U);
}

TEST(PictureMemory, KeepsALimitedNumber) {
    const auto bytes = numbered();
    PictureMemory memory;
    std::vector<core::Image> held;
    std::set<const std::uint8_t*> places;
    for (int i = 0; i < 50; ++i) {
        held.push_back(memory.copy(bytes.data(), stride, width, height));
        places.insert(held.back().data());
    }
    EXPECT_EQ(places.size(), 50U);
    EXPECT_LE(memory.kept(), 8U);
}

TEST(PictureMemory, PicturesOutliveIt) {
    core::Image image;
    {
        const auto bytes = numbered();
        PictureMemory memory;
        image = memory.copy(bytes.data(), stride, width, height);
        memory.copy(bytes.data(), stride, width, height - 1); // another size: other memory
    }
    EXPECT_EQ(at(image, 3, 5), std::pair(3, 5));
}
