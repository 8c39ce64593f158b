// SPDX-License-Identifier: GPL-3.0-or-later
// Records what a program does to the files of one folder, in the order in which it asks the kernel to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace facelatch::test {

struct DiskStep {
    enum class Kind {
        Create,     ///< `path` names the new file `file`
        Write,      ///< `data` at offset `at` of `file`
        Resize,     ///< `file` is `at` bytes long
        SyncFile,   ///< what was done to `file` is on the disk
        Rename,     ///< `path` becomes `to`
        Unlink,     ///< `path` goes
        MakeFolder, ///< `path`
        SyncFolder, ///< the names in the folder `path` are on the disk
        Note        ///< the test's own, see note(); its number is in `at`
    };
    Kind kind = Kind::Note;
    int file = -1;
    std::int64_t at = 0;
    std::string path, to, data; ///< paths are relative to the folder, which itself is ""
};

/// From now on, for files below `folder`. The numbers given to files that are there already. The executable must export
/// the functions of disk_recorder.cpp (ENABLE_EXPORTS), so that SQLite meets them too; only one thread may write.
std::map<std::string, int> startRecording(const std::string& folder);
std::vector<DiskStep> stopRecording();
/// Puts a remark between the steps.
void note(std::int64_t number);

} // namespace facelatch::test
