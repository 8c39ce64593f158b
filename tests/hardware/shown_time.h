// SPDX-License-Identifier: GPL-3.0-or-later
// A time shown in a picture, as squares that survive video codecs: what a test holds against the age a source claims.
#pragma once

#include "core/image.h"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace facelatch::testing {

constexpr int shownWidth = 320, shownHeight = 240;
constexpr int square = 16;   ///< pixels
constexpr int timeBits = 16; ///< milliseconds, the lowest 16 bits: a minute
constexpr int checkBits = 4; ///< their sum, so that a picture of something else is not taken for a time

inline int checkOf(unsigned value) {
    return static_cast<int>((value ^ value >> 4U ^ value >> 8U ^ value >> 12U ^ 0x9U) & 0xfU);
}

/// The top row of a grey picture that is shownWidth wide.
inline void drawTime(std::uint8_t* grey, int stride, std::chrono::steady_clock::time_point time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    const unsigned value = static_cast<unsigned>(ms) & 0xffffU;
    const unsigned all = value | static_cast<unsigned>(checkOf(value)) << timeBits;
    for (int bit = 0; bit < timeBits + checkBits; ++bit)
        for (int y = 0; y < square; ++y)
            for (int x = 0; x < square; ++x)
                grey[y * stride + bit * square + x] = (all >> bit & 1U) != 0 ? 235 : 16;
}

/// How long before `now` the Bgr8 picture says it was drawn, within a minute; negative when it shows no time.
inline std::chrono::milliseconds shownAge(const core::Image& image, std::chrono::steady_clock::time_point now) {
    using std::chrono::milliseconds;
    if (image.width() != shownWidth || image.height() < square)
        return milliseconds{-1};
    unsigned all = 0;
    for (int bit = 0; bit < timeBits + checkBits; ++bit) {
        const std::uint8_t level = image.data()[square / 2 * image.stride() + 3 * (bit * square + square / 2) + 1];
        all |= (level > 128 ? 1U : 0U) << bit;
    }
    const unsigned value = all & 0xffffU;
    if (static_cast<int>(all >> timeBits) != checkOf(value))
        return milliseconds{-1};
    const auto ms = std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count();
    return milliseconds{(static_cast<unsigned>(ms) - value) & 0xffffU};
}

} // namespace facelatch::testing
