// SPDX-License-Identifier: GPL-3.0-or-later
// Two rows mixed into one, then pairs of its pixels into the screen's.
#include "ui/picture_scaler.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <tuple>
#include <utility>

namespace facelatch::ui {

namespace {

constexpr int one = 1 << CHAR_BIT; ///< weights are parts of it, so that a mix of bytes is one shift away

/// Places of blue, green and red in a pixel; a grey one is all three.
struct Layout {
    int green = 0, red = 0, bytes = 1;
};
Layout layoutOf(const core::Image& image) {
    return image.format() == core::PixelFormat::Gray8 ? Layout() : Layout{1, 2, 2 + 1};
}

/// The target's pixels from `first` to before `last` whose centres lie within `from` .. `to`.
std::pair<int, int> covered(double from, double to, int size) {
    const int first = static_cast<int>(std::clamp(std::ceil(from - 0.5), 0.0, static_cast<double>(size)));
    const int last = static_cast<int>(std::clamp(std::ceil(to - 0.5), 0.0, static_cast<double>(size)));
    return {first, std::max(first, last)};
}

/// A place between two of `size` pixels: the first of them, and the weight of the second.
std::pair<int, int> between(double place, int size) {
    const double limited = std::clamp(place, 0.0, static_cast<double>(size - 1));
    const int first = std::min(static_cast<int>(limited), std::max(0, size - 2));
    return {first, static_cast<int>(std::lround((limited - first) * one))};
}

int mixed(int a, int b, int weight) {
    return (a * (one - weight) + b * weight) / one;
}

QRgb opaque(int red, int green, int blue) {
    constexpr QRgb alpha = UCHAR_MAX;
    return ((alpha << CHAR_BIT | static_cast<QRgb>(red)) << CHAR_BIT | static_cast<QRgb>(green)) << CHAR_BIT |
           static_cast<QRgb>(blue);
}

void dim(QRgb* pixels, int count, QRgb ground, int weight) {
    for (int i = 0; i < count; ++i) {
        const QRgb colour = pixels[i];
        pixels[i] = opaque(mixed(qRed(colour), qRed(ground), weight), mixed(qGreen(colour), qGreen(ground), weight),
                           mixed(qBlue(colour), qBlue(ground), weight));
    }
}

} // namespace

void PictureScaler::prepareColumns(const core::Image& source, const QRectF& shown, bool mirrored, int width) {
    std::tie(m_first, m_last) = covered(shown.left(), shown.right(), width);
    m_columns.resize(static_cast<std::size_t>(m_last - m_first));
    for (int x = m_first; x < m_last; ++x) {
        double place = (x + 0.5 - shown.left()) * source.width() / shown.width() - 0.5;
        if (mirrored)
            place = source.width() - 1 - place;
        const auto [pixel, weight] = between(place, source.width());
        m_columns[static_cast<std::size_t>(x - m_first)] = {pixel * layoutOf(source).bytes, weight};
    }
}

void PictureScaler::scale(const core::Image& source, const QRectF& shown, const PictureLook& look, QImage& target) {
    const QRgb ground = opaque(qRed(look.ground), qGreen(look.ground), qBlue(look.ground));
    if (source.empty() || !(shown.width() > 0) || !(shown.height() > 0)) {
        target.fill(ground);
        return;
    }
    prepareColumns(source, shown, look.mirrored, target.width());
    m_row.resize(static_cast<std::size_t>(source.width()) * static_cast<std::size_t>(layoutOf(source).bytes));
    const auto [first, last] = covered(shown.top(), shown.bottom(), target.height());
    for (int y = 0; y < target.height(); ++y) {
        auto* out = reinterpret_cast<QRgb*>(target.scanLine(y));
        if (y < first || y >= last) {
            std::fill_n(out, target.width(), ground);
            continue;
        }
        std::fill_n(out, m_first, ground);
        std::fill(out + m_last, out + target.width(), ground);
        fillRow(source, (y + 0.5 - shown.top()) * source.height() / shown.height() - 0.5, look, out + m_first);
    }
}

void PictureScaler::fillRow(const core::Image& source, double y, const PictureLook& look, QRgb* out) {
    const auto [row, weight] = between(y, source.height());
    const std::uint8_t* upper = source.data() + row * source.stride();
    const std::uint8_t* lower = weight > 0 ? upper + source.stride() : upper;
    for (std::size_t i = 0; i < m_row.size(); ++i)
        m_row[i] = static_cast<std::uint8_t>(mixed(upper[i], lower[i], weight));

    const auto [green, red, bytes] = layoutOf(source);
    const int next = source.width() > 1 ? bytes : 0;
    QRgb* to = out;
    for (const Column& column : m_columns) {
        const std::uint8_t* left = m_row.data() + column.offset;
        const std::uint8_t* right = left + next;
        *to++ = opaque(mixed(left[red], right[red], column.weight), mixed(left[green], right[green], column.weight),
                       mixed(left[0], right[0], column.weight));
    }
    if (look.dimmed > 0)
        dim(out, static_cast<int>(m_columns.size()), look.ground,
            static_cast<int>(std::lround(std::clamp(look.dimmed, 0.0, 1.0) * one)));
}

} // namespace facelatch::ui
