// SPDX-License-Identifier: GPL-3.0-or-later
// Folders of pictures and videos to replay scripts.
#include "hardware/replay_script.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Result;
namespace fs = std::filesystem;

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// The run of digits at the beginning of `text`, without leading zeros.
std::string_view takeNumber(std::string_view& text) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

bool isReplayable(const fs::path& file) {
    static constexpr std::array<std::string_view, 14> suffixes{".jpg", ".jpeg", ".png", ".mp4",  ".m4v",
                                                               ".mkv", ".webm", ".avi", ".mov",  ".mpg",
                                                               ".ts",  ".mpeg", ".ogv", ".mjpeg"};
    std::string suffix = file.extension().string();
    std::ranges::transform(suffix, suffix.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return std::ranges::find(suffixes, suffix) != suffixes.end();
}

struct Listing {
    std::vector<fs::path> files, folders;
};

Result<Listing> listFolder(const fs::path& folder) {
    Listing listing;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const fs::path& path = it->path();
        std::error_code ignored; // a dangling link is neither
        if (path.filename().string().starts_with('.'))
            continue;
        if (fs::is_directory(path, ignored))
            listing.folders.push_back(path);
        else if (fs::is_regular_file(path, ignored) && isReplayable(path))
            listing.files.push_back(path);
    }
    if (error)
        return core::fail("the folder cannot be read: " + error.message(), folder.string(), "Check its permissions");
    const auto less = [](const fs::path& a, const fs::path& b) { return naturalLess(a.native(), b.native()); };
    std::ranges::sort(listing.files, less);
    std::ranges::sort(listing.folders, less);
    return listing;
}

} // namespace

bool naturalLess(std::string_view a, std::string_view b) {
    const std::string_view wholeA = a, wholeB = b;
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view numberA = takeNumber(a), numberB = takeNumber(b);
            if (numberA.size() != numberB.size())
                return numberA.size() < numberB.size();
            if (numberA != numberB)
                return numberA < numberB;
        } else {
            if (a.front() != b.front())
                return a.front() < b.front();
            a.remove_prefix(1);
            b.remove_prefix(1);
        }
    }
    if (a.empty() != b.empty())
        return a.empty();
    return wholeA < wholeB; // "01" and "1" are the same number but not the same name
}

Result<ReplayScript> replayScriptFrom(const fs::path& path, const ReplayTimes& times, bool looped) {
    std::error_code error;
    if (!fs::exists(path, error))
        return Error{ErrorKind::NotFound, "there is no such file or folder", path.string(), "Check the name"};
    ReplayScript script{{}, looped};
    const auto addGroup = [&](std::vector<fs::path> files) {
        if (!files.empty())
            script.groups.push_back({std::move(files), times.show, times.pauseBetween, times.pauseAfter});
    };
    if (!fs::is_directory(path, error)) {
        addGroup({path});
        return script;
    }
    auto top = listFolder(path);
    if (!top)
        return top.error();
    addGroup(std::move(top->files));
    for (const fs::path& folder : top->folders) {
        auto inner = listFolder(folder);
        if (!inner)
            return inner.error();
        addGroup(std::move(inner->files));
    }
    if (script.groups.empty())
        return core::fail("the folder holds no picture and no video", path.string(),
                          "Put .jpg or .png pictures, or videos such as .mp4, into it");
    return script;
}

} // namespace facelatch::hardware
