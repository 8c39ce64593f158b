// SPDX-License-Identifier: GPL-3.0-or-later
// PictureScaler: the one copy of a frame on its way from the camera's pixels to those of the screen.
#pragma once

#include "core/image.h"

#include <QImage>
#include <QRectF>

#include <array>
#include <vector>

namespace facelatch::ui {

struct PictureLook {
    bool mirrored = false;
    QRgb ground = 0;   ///< where the picture does not reach, and what it is dimmed towards; its alpha does not matter
    double dimmed = 0; ///< 0 as it is .. 1 nothing but ground
};

/// Scales, mirrors, dims and turns into the screen's format in one pass, bilinear, without a picture in between.
/// One thread; keeps its tables and a row between frames, so that a frame of the same size allocates nothing.
class PictureScaler {
public:
    /// Fills every pixel of `target` (QImage::Format_RGB32). The whole of `source` fills `shown`, in pixels of
    /// `target`, which may reach over it.
    void scale(const core::Image& source, const QRectF& shown, const PictureLook& look, QImage& target);

private:
    struct Column {
        int pixel = 0;  ///< of the source
        int weight = 0; ///< of the pixel after it, 0..256
    };
    void prepareColumns(const core::Image& source, const QRectF& shown, bool mirrored, int width);
    const QRgb* widened(const core::Image& source, int row);
    void fillRow(const core::Image& source, double y, const PictureLook& look, QRgb* out);

    std::vector<Column> m_columns; ///< of the target's columns m_first .. m_last - 1
    struct Widened {
        int row = -1;
        std::vector<QRgb> pixels;
    };
    std::array<Widened, 2> m_widened; ///< the rows that are mixed now
    std::vector<QRgb> m_row;          ///< one of them before
    int m_first = 0, m_last = 0;
};

} // namespace facelatch::ui
