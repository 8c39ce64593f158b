// SPDX-License-Identifier: GPL-3.0-or-later
// A core::Image as a QImage, sharing the pixels.
#pragma once

#include "core/image.h"

#include <QImage>

namespace facelatch::ui {

/// No copy: the QImage keeps the pixels alive and, as they are shared between threads, never writes to them (Qt copies
/// before it would). A null image for an empty one. Any thread.
QImage asQImage(const core::Image& image);

} // namespace facelatch::ui
