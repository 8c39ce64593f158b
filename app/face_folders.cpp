// SPDX-License-Identifier: GPL-3.0-or-later
// Listing them.
#include "app/face_folders.h"

#include <algorithm>

namespace facelatch::app {

namespace fs = std::filesystem;

std::vector<PersonFolder> peopleIn(const std::string& folder, std::size_t leastPhotographs) {
    std::vector<PersonFolder> people;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (!entry.is_directory())
            continue;
        PersonFolder person{entry.path().filename().string(), {}};
        std::replace(person.name.begin(), person.name.end(), '_', ' ');
        for (const auto& file : fs::directory_iterator(entry.path(), ignored))
            if (file.path().extension() == ".jpg" || file.path().extension() == ".png")
                person.files.push_back(file.path());
        std::sort(person.files.begin(), person.files.end());
        if (person.files.size() >= leastPhotographs)
            people.push_back(std::move(person));
    }
    std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return people;
}

} // namespace facelatch::app
