// SPDX-License-Identifier: GPL-3.0-or-later
// Rows to the screen's format and width, then two of them mixed into one of its own.
#include "ui/picture_scaler.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <tuple>
#include <utility>

namespace facelatch::ui {

namespace {

constexpr int one = 1 << CHAR_BIT; ///< weights are parts of it, so that a mix of bytes is one shift away

int bytesPerPixel(const core::Image& image) {
    return image.format() == core::PixelFormat::Gray8 ? 1 : 2 + 1;
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

/// Two pixels mixed, two bytes in one multiplication: each has room for its product with `one`.
QRgb mixed(QRgb a, QRgb b, int weight) {
    constexpr QRgb byte = UCHAR_MAX, evenBytes = byte << 2 * CHAR_BIT | byte;
    const auto second = static_cast<QRgb>(weight), first = static_cast<QRgb>(one - weight);
    const QRgb even = ((a & evenBytes) * first + (b & evenBytes) * second) >> CHAR_BIT & evenBytes;
    const QRgb odd = ((a >> CHAR_BIT & evenBytes) * first + (b >> CHAR_BIT & evenBytes) * second) & ~evenBytes;
    return even | odd;
}

QRgb opaque(QRgb red, QRgb green, QRgb blue) {
    constexpr QRgb alpha = UCHAR_MAX;
    return ((alpha << CHAR_BIT | red) << CHAR_BIT | green) << CHAR_BIT | blue;
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
        m_columns[static_cast<std::size_t>(x - m_first)] = {pixel, weight};
    }
}

void PictureScaler::scale(const core::Image& source, const QRectF& shown, const PictureLook& look, QImage& target) {
    const QRgb ground = look.ground | opaque(0, 0, 0);
    if (source.empty() || !(shown.width() > 0) || !(shown.height() > 0)) {
        target.fill(ground);
        return;
    }
    prepareColumns(source, shown, look.mirrored, target.width());
    m_row.resize(static_cast<std::size_t>(source.width()));
    for (Widened& widened : m_widened)
        widened.row = -1; // of another picture
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

/// A row of the source in the screen's format and width. Rows come in order, so each is made once for all it is mixed
/// into.
const QRgb* PictureScaler::widened(const core::Image& source, int row) {
    Widened& slot = m_widened[static_cast<std::size_t>(row % 2)];
    if (slot.row == row)
        return slot.pixels.data();
    slot.row = row;
    const std::uint8_t* from = source.data() + row * source.stride();
    const int bytes = bytesPerPixel(source);
    for (QRgb& pixel : m_row) {
        pixel = bytes == 1 ? opaque(from[0], from[0], from[0]) : opaque(from[2], from[1], from[0]);
        from += bytes;
    }
    slot.pixels.resize(m_columns.size());
    const int next = source.width() > 1 ? 1 : 0;
    QRgb* to = slot.pixels.data();
    for (const Column& column : m_columns) {
        const QRgb* left = m_row.data() + column.pixel;
        *to++ = mixed(left[0], left[next], column.weight);
    }
    return slot.pixels.data();
}

void PictureScaler::fillRow(const core::Image& source, double y, const PictureLook& look, QRgb* out) {
    const auto [row, weight] = between(y, source.height());
    const auto* upper = reinterpret_cast<const std::uint8_t*>(widened(source, row));
    const auto* lower = weight > 0 ? reinterpret_cast<const std::uint8_t*>(widened(source, row + 1)) : upper;
    auto* mixedBytes = reinterpret_cast<std::uint8_t*>(out);
    const auto below = static_cast<std::uint16_t>(weight), above = static_cast<std::uint16_t>(one - weight);
    const std::size_t bytes = m_columns.size() * sizeof(QRgb);
    for (std::size_t i = 0; i < bytes; ++i) // of 16 bits each, so that the compiler takes many at once
        mixedBytes[i] =
            static_cast<std::uint8_t>(static_cast<std::uint16_t>(upper[i] * above + lower[i] * below) >> CHAR_BIT);

    if (look.dimmed <= 0)
        return;
    const QRgb ground = look.ground | opaque(0, 0, 0);
    const int dimming = static_cast<int>(std::lround(std::clamp(look.dimmed, 0.0, 1.0) * one));
    for (QRgb* pixel = out; pixel != out + m_columns.size(); ++pixel)
        *pixel = mixed(*pixel, ground, dimming);
}

} // namespace facelatch::ui
