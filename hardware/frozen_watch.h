// SPDX-License-Identifier: GPL-3.0-or-later
// FrozenWatch: notices a camera that repeats one picture for ever.
#pragma once

#include "core/image.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <vector>

namespace facelatch::hardware {

/// A sensor always adds noise, so bit-equal pictures over seconds mean a driver or device that hangs. Behind a video
/// codec a picture that hangs is coded anew every second or so and then differs a little: a few such changes are
/// overlooked as long as the picture stays where it is. Pictures without contrast (a dark room, a covered lens) may
/// well be equal and are not judged. A network camera that sends nothing new of a still and empty scene may look frozen
/// too: it is then opened anew, which costs a second and opens no door. One thread.
class FrozenWatch {
public:
    explicit FrozenWatch(core::milliseconds limit = core::milliseconds{2500}) : m_limit(limit) {}

    /// Looks at one more Bgr8 picture; true when the same picture has come for the limit or longer.
    bool frozen(const core::Image& image, core::MonoTime now);
    void reset() { m_seen.clear(); }

private:
    static constexpr int cells = 8; ///< along each side
    struct Look {
        std::uint64_t fingerprint = 0;
        std::array<float, std::size_t{cells} * cells> means{};
        bool contrast = false;
    };
    struct Seen {
        core::MonoTime at;
        bool changed;
    };
    static Look lookAt(const core::Image& image);
    static bool alike(const Look& a, const Look& b);

    core::milliseconds m_limit;
    std::vector<Seen> m_seen; ///< of the last m_limit, and one before; the first is the beginning of the scene
    Look m_first;             ///< of the scene
    std::uint64_t m_last = 0; ///< fingerprint
};

} // namespace facelatch::hardware
