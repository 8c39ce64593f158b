// SPDX-License-Identifier: GPL-3.0-or-later
// Growing, flushing and placing a downloaded file.
#include "network/part_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::network {

using core::fail;
using core::Result;
using core::Status;

namespace {

core::Error systemError(const std::string& what, const std::filesystem::path& path) {
    const int reason = errno;
    std::string remedy;
    if (reason == ENOSPC || reason == EDQUOT)
        remedy = "Free some space and try again: it goes on where it stopped";
    else if (reason == EACCES || reason == EPERM || reason == EROFS)
        remedy = "Check that this user may write there";
    return fail(what + ": " + (reason == ENOSPC ? "the disk is full" : std::strerror(reason)), path.string(), remedy);
}

} // namespace

Result<PartFile> PartFile::open(const std::filesystem::path& target) {
    std::error_code error;
    if (target.has_parent_path())
        std::filesystem::create_directories(target.parent_path(), error);
    if (error)
        return fail("the folder cannot be made: " + error.message(), target.parent_path().string(),
                    "Check that this user may write there");
    std::filesystem::path path = target;
    path += ".part";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0)
        return systemError("the file cannot be written", path);
    PartFile part(path, fd, 0);
    struct stat status {
    }, named{};
    const core::Error busy{core::ErrorKind::AlreadyRunning, "another download of this file is running", path.string(),
                           "Wait for it to end"};
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
        return busy;
    if (::fstat(fd, &status) != 0)
        return systemError("the file cannot be read", path);
    // Between opening and locking, the other download may have put this very file in its place: hands off.
    if (::stat(path.c_str(), &named) != 0 || named.st_ino != status.st_ino || named.st_dev != status.st_dev)
        return busy;
    part.m_size = static_cast<std::uint64_t>(status.st_size);
    return part;
}

PartFile::~PartFile() {
    if (m_fd >= 0)
        ::close(m_fd);
}

Status PartFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(m_fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("the file cannot be written", m_path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
        m_size += static_cast<std::uint64_t>(written);
    }
    return core::Done{};
}

Status PartFile::clear() {
    if (::ftruncate(m_fd, 0) != 0)
        return systemError("the file cannot be written", m_path);
    m_size = 0;
    return core::Done{};
}

Status PartFile::copyFrom(const std::filesystem::path& file) {
    if (auto cleared = clear(); !cleared)
        return cleared;
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 1 << 16> buffer;
    while (stream.read(buffer.data(), buffer.size()), stream.gcount() > 0)
        if (auto written = append({buffer.data(), static_cast<std::size_t>(stream.gcount())}); !written)
            return written;
    if (stream.bad() || !stream.eof())
        return fail("the file cannot be read", file.string());
    return core::Done{};
}

void PartFile::remove() {
    ::unlink(m_path.c_str());
}

Status PartFile::flush() {
    if (::fsync(m_fd) != 0)
        return systemError("the file cannot be flushed to the disk", m_path);
    return core::Done{};
}

Status PartFile::moveTo(const std::filesystem::path& target) {
    if (::rename(m_path.c_str(), target.c_str()) != 0)
        return systemError("the file cannot be put in its place", target);
    const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) { // makes the rename itself survive a power cut; the file is in place either way
        ::fsync(fd);
        ::close(fd);
    }
    return core::Done{};
}

} // namespace facelatch::network
