// SPDX-License-Identifier: GPL-3.0-or-later
// GreyReducer: a small grey copy of a frame, made once and looked at by whatever needs no detail.
#pragma once

#include "core/image.h"

#include <memory>

namespace facelatch::recognition {

/// One thread at a time.
class GreyReducer {
public:
    GreyReducer();
    ~GreyReducer();

    /// Gray8, halved until its longer side is below 320 pixels (640x480 becomes 160x120; one that is small already
    /// keeps its size). Its pixels are this object's, used again by the next call: a frame costs no allocation. Empty
    /// for an empty picture.
    core::Image reduce(const core::Image& picture);

private:
    struct Buffers;
    std::unique_ptr<Buffers> m_buffers;
};

} // namespace facelatch::recognition
