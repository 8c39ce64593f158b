// SPDX-License-Identifier: GPL-3.0-or-later
// Painting the frames: a bilinear copy of the photograph at a place with fractions of a pixel, then noise.
#include "app/bench_scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace facelatch::app {

namespace {

constexpr int wall = 88;          // grey, as the empty scene of the source replay
constexpr double faceShare = 0.7; // of the frame's height, as at the demo door

struct Place {
    double left = 0, top = 0, side = 0;
};

double swing(double seconds, double period, double reach) {
    return reach * std::sin(2 * std::numbers::pi * seconds / period);
}

Place placeAt(double seconds) {
    const double side = faceShare * BenchScene::height * (1 + swing(seconds, 5.3, 0.015));
    return {(BenchScene::width - side) / 2 + swing(seconds, 3.1, 5),
            (BenchScene::height - side) / 2 + swing(seconds, 2.3, 3), side};
}

std::uint8_t sample(const core::Image& picture, double x, double y, int channel) {
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const int right = std::min(left + 1, picture.width() - 1), bottom = std::min(top + 1, picture.height() - 1);
    const auto at = [&](int column, int row) {
        return double(picture.data()[row * picture.stride() + 3 * column + channel]);
    };
    const double fx = x - left, fy = y - top;
    const double upper = at(left, top) * (1 - fx) + at(right, top) * fx;
    const double lower = at(left, bottom) * (1 - fx) + at(right, bottom) * fx;
    return static_cast<std::uint8_t>(upper * (1 - fy) + lower * fy + 0.5);
}

void paint(const core::Image& photograph, const Place& place, std::uint8_t* pixels) {
    const double across = (photograph.width() - 1) / place.side, down = (photograph.height() - 1) / place.side;
    const int bottom = std::min(BenchScene::height, static_cast<int>(place.top + place.side));
    const int right = std::min(BenchScene::width, static_cast<int>(place.left + place.side));
    for (int y = std::max(0, static_cast<int>(std::ceil(place.top))); y < bottom; ++y)
        for (int x = std::max(0, static_cast<int>(std::ceil(place.left))); x < right; ++x)
            for (int channel = 0; channel < 3; ++channel)
                pixels[(static_cast<std::ptrdiff_t>(y) * BenchScene::width + x) * 3 + channel] =
                    sample(photograph, (x - place.left) * across, (y - place.top) * down, channel);
}

} // namespace

core::Image BenchScene::face() {
    return frame(!m_photograph.empty());
}

core::Image BenchScene::empty() {
    return frame(false);
}

core::Image BenchScene::frame(bool withFace) {
    constexpr std::size_t size = static_cast<std::size_t>(width) * height * 3;
    const std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[size]);
    std::fill_n(pixels.get(), size, std::uint8_t{wall});
    if (withFace)
        paint(m_photograph, placeAt(m_shown++ / framesPerSecond), pixels.get());
    for (std::size_t i = 0; i < size; ++i) {
        m_noise = m_noise * 1664525U + 1013904223U; // Numerical Recipes' generator: the upper bits are good enough
        const int noise = static_cast<int>(m_noise >> 30U) + static_cast<int>((m_noise >> 28U) & 3U) - 3;
        pixels[i] = static_cast<std::uint8_t>(std::clamp(pixels[i] + noise, 0, 255));
    }
    return {width, height, static_cast<std::ptrdiff_t>(width) * 3, core::PixelFormat::Bgr8,
            std::shared_ptr<const std::uint8_t>(pixels, pixels.get())};
}

} // namespace facelatch::app
