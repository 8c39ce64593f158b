// SPDX-License-Identifier: GPL-3.0-or-later
// Asking the libraries.
#include "recognition/versions.h"

#include <dlib/revision.h>
#include <opencv2/core/utility.hpp>

namespace facelatch::recognition {

std::string opencvVersion() {
    return cv::getVersionString();
}

std::string dlibVersion() {
    return std::to_string(DLIB_MAJOR_VERSION) + "." + std::to_string(DLIB_MINOR_VERSION);
}

} // namespace facelatch::recognition
