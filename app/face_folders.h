// SPDX-License-Identifier: GPL-3.0-or-later
// Folders of photographs, one folder a person: what the demo door shows and facelatch-ctl bench measures with.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace facelatch::app {

struct PersonFolder {
    std::string name;                         ///< the folder's, with spaces for underscores
    std::vector<std::filesystem::path> files; ///< JPEG and PNG, by name
};

/// The folders inside of `folder` with at least so many photographs, by name. Empty when there is no such folder.
std::vector<PersonFolder> peopleIn(const std::string& folder, std::size_t leastPhotographs);

} // namespace facelatch::app
