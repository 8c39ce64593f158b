// SPDX-License-Identifier: GPL-3.0-or-later
// Claiming the data folder: rights, writability, and the lock that one process holds.
#include "storage/data_folder.h"

#include "storage/data_files.h"
#include "storage/durable_file.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace facelatch::storage {

using core::Done;
using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

namespace {

std::string userName(uid_t uid) {
    const passwd* entry = ::getpwuid(uid);
    return entry ? entry->pw_name : "#" + std::to_string(uid);
}

Status createFolder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    if (error && !fileExists(path))
        return systemError("the data folder cannot be created", path, error.value());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return systemError("the data folder cannot be created", path, errno);
    return Done{};
}

Status checkOwner(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return systemError("the data folder cannot be looked at", path, errno);
    if (!S_ISDIR(status.st_mode))
        return core::fail("the data folder is not a folder", path,
                          "Move that file away or give another folder with --data");
    if (status.st_uid != ::geteuid())
        return core::fail("the data folder belongs to user " + userName(status.st_uid) + ", this program runs as " +
                              userName(::geteuid()),
                          path,
                          "Run it as that user (sudo -u " + userName(status.st_uid) +
                              " ...) or give another folder with --data");
    return Done{};
}

Status checkRights(const std::string& path) {
    if (auto owned = checkOwner(path); !owned)
        return owned;
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return systemError("the data folder cannot be looked at", path, errno);
    if ((status.st_mode & 077) != 0 && ::chmod(path.c_str(), 0700) != 0)
        return systemError("others can read the data folder and its rights cannot be changed", path, errno);
    return Done{};
}

Status checkWritable(const std::string& path) {
    const std::string probe = inFolder(path, ".write-probe");
    const UniqueFd fd(::open(probe.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd)
        return systemError("the data folder cannot be written", path, errno);
    ::unlink(probe.c_str());
    return Done{};
}

std::string plainPath(const std::string& path) {
    std::error_code ignored;
    std::string folder = std::filesystem::absolute(path, ignored).lexically_normal().string();
    while (folder.size() > 1 && folder.back() == '/')
        folder.pop_back();
    return folder;
}

/// The process id the owner wrote; empty when it had no time to.
std::string ownerOf(int fd) {
    char text[32] = {};
    const ssize_t n = ::pread(fd, text, sizeof text - 1, 0);
    std::string pid(text, n > 0 ? static_cast<std::size_t>(n) : 0);
    return pid.substr(0, pid.find('\n'));
}

} // namespace

DataFolder::DataFolder(std::string path, int lockDescriptor) : m_path(std::move(path)), m_lock(lockDescriptor) {}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : m_path(std::move(other.m_path)), m_lock(std::exchange(other.m_lock, -1)) {}

DataFolder& DataFolder::operator=(DataFolder&& other) noexcept {
    if (this != &other) {
        UniqueFd(m_lock).reset();
        m_path = std::move(other.m_path);
        m_lock = std::exchange(other.m_lock, -1);
    }
    return *this;
}

// The lock file stays: removing it would let a third process lock a new file of that name beside a second one.
DataFolder::~DataFolder() {
    UniqueFd(m_lock).reset();
}

Result<DataFolder> DataFolder::claim(const std::string& path) {
    if (path.empty())
        return Error{ErrorKind::Usage, "no data folder is given", "", "Give one with --data DIR"};
    const std::string folder = plainPath(path);
    for (const auto& step : {createFolder, checkRights})
        if (auto done = step(folder); !done)
            return done.error();

    const std::string lock = inFolder(folder, lockFile);
    UniqueFd fd(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd)
        return systemError("the data folder cannot be written", folder, errno);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return systemError("the data folder cannot be locked", folder, errno);
        const std::string pid = ownerOf(fd.get());
        return Error{ErrorKind::AlreadyRunning,
                     "Facelatch already runs on this data folder" + (pid.empty() ? "" : " (process " + pid + ")"),
                     folder,
                     "Stop it first (systemctl stop facelatch" + (pid.empty() ? "" : ", or kill " + pid) +
                         ") or give another folder with --data"};
    }
    if (auto writable = checkWritable(folder); !writable)
        return writable.error();
    const std::string pid = std::to_string(::getpid()) + '\n';
    // Only a help for the message above: a full disk must not keep the door from starting.
    if (::ftruncate(fd.get(), 0) != 0 || ::pwrite(fd.get(), pid.data(), pid.size(), 0) < 0)
        errno = 0;
    return DataFolder(folder, fd.release());
}

Result<DataFolder> DataFolder::look(const std::string& path) {
    const std::string folder = plainPath(path);
    if (auto owned = checkOwner(folder); !owned)
        return owned.error();
    return DataFolder(folder, -1);
}

bool DataFolder::refusesWrites(const std::string& path) {
    constexpr std::int64_t nextToNothing = 64 * 1024;
    if (::access(path.c_str(), W_OK) != 0)
        return errno == EROFS;
    const std::int64_t left = freeBytes(path);
    return left >= 0 && left < nextToNothing;
}

bool DataFolder::isFolder(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool DataFolder::hasDatabase() const {
    return fileExists(file(databaseFile));
}

} // namespace facelatch::storage
