// SPDX-License-Identifier: GPL-3.0-or-later
// FrozenWatch: notices a camera that repeats one picture for ever.
#pragma once

#include "core/image.h"
#include "core/time.h"

#include <cstdint>

namespace facelatch::hardware {

/// A sensor always adds noise, so bit-equal pictures over seconds mean a driver or device that hangs. Pictures without
/// contrast (a dark room, a covered lens) may well be equal and are not judged. One thread.
class FrozenWatch {
public:
    explicit FrozenWatch(core::milliseconds limit = core::milliseconds{3000}) : m_limit(limit) {}

    /// Looks at one more Bgr8 picture; true when the same picture has come for the limit or longer.
    bool frozen(const core::Image& image, core::MonoTime now);
    void reset() { m_fingerprint = 0; }

private:
    core::milliseconds m_limit;
    core::MonoTime m_since{};
    std::uint64_t m_fingerprint = 0; ///< 0: nothing seen, or not to be judged
};

} // namespace facelatch::hardware
