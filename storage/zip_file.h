// SPDX-License-Identifier: GPL-3.0-or-later
// ZipFile: writes a ZIP whose entries are made piece by piece while it is written. Inside of the storage module only.
#pragma once

#include "core/result.h"
#include "storage/secrets.h"

#include <functional>
#include <memory>
#include <string>

namespace facelatch::storage {

/// What an entry consists of. `rewind` starts again from the beginning; `next` gives pieces, and an empty one at the
/// end.
struct ZipContent {
    std::function<void()> rewind;
    std::function<core::Result<Bytes>()> next;
};
/// Bytes that are there already.
ZipContent zipBytes(Bytes bytes);

class ZipFile {
public:
    /// `path` must not exist; nothing is written before finish().
    static core::Result<ZipFile> create(const std::string& path);
    ZipFile(ZipFile&&) noexcept;
    ~ZipFile();

    /// `name` has no leading slash and no "..": one of ours, never a person's. `packed`: worth compressing.
    core::Status add(const std::string& name, ZipContent content, bool packed);
    /// Writes it all; on the disk, with rights 0600, when this returns. A content's error ends it and comes back.
    core::Status finish();

private:
    struct State;
    explicit ZipFile(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace facelatch::storage
