// SPDX-License-Identifier: GPL-3.0-or-later
// Backlight: the light behind the screen, where the kernel has one and lets this program set it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace facelatch::hardware {

/// A device of /sys/class/backlight (Documentation/ABI/stable/sysfs-class-backlight). One thread; a call writes one
/// small file, some milliseconds on a panel behind I2C.
class Backlight {
public:
    /// The first one that can be written; nothing where there is none. `root` other than "" is for tests.
    static std::optional<Backlight> find(const std::string& root = {});

    const std::string& name() const { return m_name; }
    /// 0 to 100; 0 is off, any other at least the darkest that still shows something. False when it was not taken.
    bool set(int percent);

private:
    Backlight(std::string folder, std::string name, std::int64_t most);

    std::string m_folder, m_name;
    std::int64_t m_most;
};

} // namespace facelatch::hardware
