// SPDX-License-Identifier: GPL-3.0-or-later
// Durable files on POSIX.
#include "storage/durable_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
    if (this != &other) {
        reset();
        m_fd = other.release();
    }
    return *this;
}

int UniqueFd::release() {
    return std::exchange(m_fd, -1);
}

void UniqueFd::reset() {
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

core::Error systemError(const std::string& what, const std::string& path, int error) {
    std::string remedy;
    if (error == ENOSPC || error == EDQUOT)
        remedy = "Free space on that disk";
    else if (error == EROFS)
        remedy = "Remount the disk read-write (mount -o remount,rw) and look for disk errors in dmesg";
    else if (error == EACCES || error == EPERM)
        remedy =
            "Give it to the user Facelatch runs as: sudo chown -R " + std::to_string(::geteuid()) + " '" + path + "'";
    else if (error == EIO)
        remedy = "Look for disk errors in dmesg; a worn SD card must be replaced";
    return core::fail(what + ": " + std::strerror(error), path, remedy);
}

namespace {

/// 0, or errno.
int writeAll(int fd, ByteView data) {
    std::size_t done = 0;
    while (done < data.size()) {
        const ssize_t n = ::write(fd, data.data() + done, data.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        done += static_cast<std::size_t>(n);
    }
    return 0;
}

std::string folderOf(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Status sync(const std::string& path, int flags) {
    const UniqueFd fd(::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0)
        return systemError("could not be written to the disk", path, errno);
    return Done{};
}

} // namespace

Status syncFile(const std::string& path) {
    return sync(path, 0);
}
Status syncFolderOf(const std::string& path) {
    return sync(folderOf(path), O_DIRECTORY);
}

Status renameDurably(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0)
        return systemError("could not be put in its place", to, errno);
    return syncFolderOf(to);
}

Status writeFileDurably(const std::string& path, ByteView data, unsigned mode) {
    const std::string unfinished = path + ".tmp";
    {
        // Not through a link or a leftover with other rights.
        ::unlink(unfinished.c_str());
        UniqueFd fd(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
        if (!fd)
            return systemError("could not be created", path, errno);
        int error = writeAll(fd.get(), data);
        if (error == 0 && ::fsync(fd.get()) != 0)
            error = errno;
        if (error == 0 && ::close(fd.release()) != 0)
            error = errno;
        if (error != 0) {
            ::unlink(unfinished.c_str());
            return systemError("could not be written", path, error);
        }
    }
    auto renamed = renameDurably(unfinished, path);
    if (!renamed)
        ::unlink(unfinished.c_str());
    return renamed;
}

Result<Bytes> readFile(const std::string& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0)
        return systemError("could not be read", path, errno);
    Bytes data(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < data.size()) {
        const ssize_t n = ::read(fd.get(), data.data() + done, data.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return systemError("could not be read", path, errno);
        if (n == 0)
            break;
        done += static_cast<std::size_t>(n);
    }
    data.resize(done);
    return data;
}

Status copyFile(const std::string& from, const std::string& to) {
    const UniqueFd in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in)
        return systemError("could not be read", from, errno);
    ::unlink(to.c_str());
    const UniqueFd out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!out)
        return systemError("could not be created", to, errno);
    Bytes buffer(std::size_t{1} << 20);
    for (;;) {
        const ssize_t n = ::read(in.get(), buffer.data(), buffer.size());
        if (n == 0)
            return Done{};
        if (n < 0)
            return systemError("could not be read", from, errno);
        if (const int error = writeAll(out.get(), ByteView(buffer.data(), static_cast<std::size_t>(n))))
            return systemError("could not be written", to, error);
    }
}

bool fileExists(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

std::int64_t fileSize(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<std::int64_t>(status.st_size) : -1;
}

bool removeFile(const std::string& path) {
    return ::unlink(path.c_str()) == 0 || errno == ENOENT;
}

Status makePrivateFolder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0)
        return syncFolderOf(path);
    struct stat status {};
    if (errno != EEXIST)
        return systemError("the folder could not be created", path, errno);
    if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return core::fail("it is not a folder", path, "Move that file away");
    return Done{};
}

std::string freeName(const std::string& stem, const std::string& extension) {
    std::string name = stem + extension;
    for (int i = 2; fileExists(name); ++i)
        name = std::string(stem).append(1, '-').append(std::to_string(i)).append(extension);
    return name;
}

std::vector<std::string> filesIn(const std::string& folder) {
    std::vector<std::string> names;
    const std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(folder.c_str()), &::closedir);
    if (!dir)
        return names;
    while (const dirent* entry = ::readdir(dir.get())) {
        struct stat status {};
        if (::fstatat(::dirfd(dir.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode))
            names.emplace_back(entry->d_name);
    }
    return names;
}

std::int64_t freeBytes(const std::string& folder) {
    struct statvfs status {};
    if (::statvfs(folder.c_str(), &status) != 0)
        return -1;
    return static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize);
}

} // namespace facelatch::storage
