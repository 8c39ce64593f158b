// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for cameras.
#include "hardware/devices.h"

#include "hardware/cameras.h"
#include "hardware/replay_script.h"
#include "hardware/v4l2.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace facelatch::hardware {

namespace fs = std::filesystem;

namespace {

/// The entries of a folder whose names begin with `prefix`, in natural order; none when there is no such folder.
std::vector<fs::path> entriesOf(const fs::path& folder, std::string_view prefix) {
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().filename().string().starts_with(prefix))
            entries.push_back(it->path());
    std::ranges::sort(entries, [](const auto& a, const auto& b) { return naturalLess(a.native(), b.native()); });
    return entries;
}

} // namespace

CameraScan scanCameras(const fs::path& dev) {
    std::vector<fs::path> candidates = entriesOf(dev / "v4l" / "by-id", "");
    std::ranges::move(entriesOf(dev, "video"), std::back_inserter(candidates));
    CameraScan scan;
    std::set<fs::path> seen;
    for (const fs::path& path : candidates) {
        std::error_code error;
        const fs::path node = fs::canonical(path, error);
        if (error || !seen.insert(node).second)
            continue;
        const auto device = queryDevice(path.string());
        if (!device)
            scan.rejected.push_back(device.error().text());
        else if (!device->captures)
            scan.rejected.push_back(node.string() + " (" + device->card + "): " + device->reason);
        else
            scan.cameras.push_back({path.string(), device->card});
    }
    return scan;
}

std::vector<CameraInfo> listCameras() {
    std::vector<CameraInfo> cameras = scanCameras().cameras;
    if (cameras.empty())
        for (std::string& name : libcameraNames())
            cameras.push_back({name, "Pi camera"});
    return cameras;
}

} // namespace facelatch::hardware
