// SPDX-License-Identifier: GPL-3.0-or-later
// PartFile: a file that grows beside its target and takes its place when it is whole.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

namespace facelatch::network {

/// "<target>.part", locked against a second download of the same target. Kept on destruction unless moved or removed.
class PartFile {
public:
    /// Opens or makes the part, and the target's folder. Errors: no permission, another download is running.
    static core::Result<PartFile> open(const std::filesystem::path& target);
    ~PartFile();
    PartFile(PartFile&& other) noexcept
        : m_path(std::move(other.m_path)), m_fd(std::exchange(other.m_fd, -1)), m_size(other.m_size) {}
    PartFile& operator=(PartFile&&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::uint64_t size() const { return m_size; }
    core::Status append(std::string_view bytes);
    core::Status clear();
    core::Status copyFrom(const std::filesystem::path& file);
    void remove();
    /// Sees to it that the bytes are on the disk.
    core::Status flush();
    /// Renames the part over `target` and flushes the folder; flush() comes first. The part is none any more.
    core::Status moveTo(const std::filesystem::path& target);

private:
    PartFile(std::filesystem::path path, int fd, std::uint64_t size)
        : m_path(std::move(path)), m_fd(fd), m_size(size) {}

    std::filesystem::path m_path;
    int m_fd = -1;
    std::uint64_t m_size = 0;
};

} // namespace facelatch::network
