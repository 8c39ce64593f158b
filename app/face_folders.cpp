// SPDX-License-Identifier: GPL-3.0-or-later
// Listing them.
#include "app/face_folders.h"

#include <algorithm>
#include <cctype>

namespace facelatch::app {

namespace fs = std::filesystem;

namespace {

/// What is in a folder; what there was until then where reading stops (a stick that is pulled out).
std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error))
        if (!entry->path().filename().string().starts_with('.'))
            entries.push_back(entry->path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

bool isPicture(const fs::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".jpg" || ending == ".jpeg" || ending == ".png";
}

} // namespace

std::vector<PersonFolder> peopleIn(const std::string& folder, std::size_t leastPhotographs) {
    std::vector<PersonFolder> people;
    std::error_code ignored;
    for (const fs::path& entry : entriesOf(folder)) {
        if (!fs::is_directory(entry, ignored))
            continue;
        PersonFolder person{entry.filename().string(), {}};
        std::replace(person.name.begin(), person.name.end(), '_', ' ');
        for (const fs::path& file : entriesOf(entry))
            if (isPicture(file))
                person.files.push_back(file);
        if (person.files.size() >= leastPhotographs)
            people.push_back(std::move(person));
    }
    std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return people;
}

} // namespace facelatch::app
