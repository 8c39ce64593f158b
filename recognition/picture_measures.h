// SPDX-License-Identifier: GPL-3.0-or-later
// Light and sharpness of a whole camera picture, for whoever sets up or looks after a door.
#pragma once

#include "core/image.h"

namespace facelatch::recognition {

struct PictureMeasures {
    double brightness = 0; ///< mean grey value, 0..255
    double sharpness = 0;  ///< variance of the Laplacian of the grey picture (Pech-Pacheco et al., ICPR 2000)
};

/// Both 0 for an empty picture. Any thread.
PictureMeasures measurePicture(const core::Image& picture);

} // namespace facelatch::recognition
