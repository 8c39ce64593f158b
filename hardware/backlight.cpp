// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing the kernel's files.
#include "hardware/backlight.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include <unistd.h>

namespace facelatch::hardware {

namespace fs = std::filesystem;

std::optional<Backlight> Backlight::find(const std::string& root) {
    std::vector<fs::path> devices;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(root + "/sys/class/backlight", ignored))
        devices.push_back(entry.path());
    std::sort(devices.begin(), devices.end());
    for (const fs::path& device : devices) {
        std::int64_t most = 0;
        std::ifstream(device / "max_brightness") >> most;
        if (most > 0 && ::access((device / "brightness").c_str(), W_OK) == 0)
            return Backlight(device.string(), device.filename().string(), most);
    }
    return std::nullopt;
}

Backlight::Backlight(std::string folder, std::string name, std::int64_t most)
    : m_folder(std::move(folder)), m_name(std::move(name)), m_most(most) {}

bool Backlight::set(int percent) {
    const int wanted = std::clamp(percent, 0, 100);
    const std::int64_t value = wanted == 0 ? 0 : std::max<std::int64_t>(1, m_most * wanted / 100);
    std::ofstream file(m_folder + "/brightness");
    file << value << std::flush;
    return static_cast<bool>(file);
}

} // namespace facelatch::hardware
