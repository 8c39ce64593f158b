// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are there or are not, whatever happens in between: write, fsync, rename, fsync of the folder. For
// the storage module, and for app's settings file in the data folder. Everything created is 0600 (folders 0700).
#pragma once

#include "core/result.h"
#include "storage/secrets.h"

#include <string>
#include <vector>

namespace facelatch::storage {

/// Owns a file descriptor.
class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : m_fd(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : m_fd(other.release()) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept;
    ~UniqueFd() { reset(); }
    explicit operator bool() const { return m_fd >= 0; }
    int get() const { return m_fd; }
    int release();
    void reset();

private:
    int m_fd = -1;
};

/// "what (strerror)" with the remedy that errno suggests: space, rights, a read-only or a failing disk.
core::Error systemError(const std::string& what, const std::string& path, int error);

/// Through `path`.tmp and a rename; `mode` as in chmod.
core::Status writeFileDurably(const std::string& path, ByteView data, unsigned mode = 0600);
core::Result<Bytes> readFile(const std::string& path);
core::Status renameDurably(const std::string& from, const std::string& to);
core::Status syncFile(const std::string& path);
core::Status syncFolderOf(const std::string& path);
core::Status copyFile(const std::string& from, const std::string& to);

bool fileExists(const std::string& path);
/// -1 when there is no such file.
std::int64_t fileSize(const std::string& path);
/// Whether it is gone now.
bool removeFile(const std::string& path);
core::Status makePrivateFolder(const std::string& path);
/// `stem` + `extension`, with -2, -3 ... between them while that name is taken.
std::string freeName(const std::string& stem, const std::string& extension);
/// Plain files directly in the folder; names, not paths.
std::vector<std::string> filesIn(const std::string& folder);
/// Bytes an ordinary user may still write on that disk; -1 when it cannot be told.
std::int64_t freeBytes(const std::string& folder);

} // namespace facelatch::storage
