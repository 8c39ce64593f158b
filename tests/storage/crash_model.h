// SPDX-License-Identifier: GPL-3.0-or-later
// CrashModel: what a disk may hold after a power cut, given what was written and synced before it.
//
// Whatever was synced is there. Of what was not, each write is there, is not, or is there in some of its sectors; a
// resize happened or did not; of the names of a folder (created, renamed, removed) the first few changes hold.
#pragma once

#include "disk_recorder.h"

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace facelatch::test {

/// Files and folders by their path.
struct DiskState {
    std::map<std::string, std::string> files;
    std::set<std::string> folders;
};

enum class Unsynced {
    Dropped, ///< all of it
    Kept,    ///< all of it: what a kill leaves
    Cut,     ///< in order up to some point, the last write torn
    Mixed    ///< each on its own: there, not there, or torn
};

class CrashModel {
public:
    /// `numbers` as startRecording() gave them for the files of `base`.
    explicit CrashModel(const DiskState& base = {}, const std::map<std::string, int>& numbers = {});

    void apply(const DiskStep& step);
    /// One disk after a power cut now.
    DiskState crash(Unsynced what, std::mt19937& random) const;
    /// Writes and changes of names that are not yet synced.
    std::size_t unsynced() const;

private:
    struct File {
        std::string synced;
        std::vector<const DiskStep*> since;
    };
    struct Names {
        std::map<std::string, int> files;
        std::set<std::string> folders;
    };
    static void apply(const DiskStep& step, Names& names);

    std::map<int, File> m_files;
    Names m_names;
    std::map<std::string, std::vector<const DiskStep*>> m_changes; ///< of names, by folder
};

/// Puts the state into an empty or used folder, of which nothing else stays.
void layOut(const DiskState& state, const std::string& folder);

} // namespace facelatch::test
