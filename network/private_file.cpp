// SPDX-License-Identifier: GPL-3.0-or-later
// Small private files on POSIX.
#include "network/private_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::network {

using core::Done;
using core::Error;
using core::ErrorKind;
using core::fail;
using core::Result;
using core::Status;

namespace {

constexpr qsizetype mostBytes = qsizetype{1} << 20;

class Fd {
public:
    explicit Fd(int fd) : m_fd(fd) {}
    ~Fd() { close(); }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    bool close() { return m_fd < 0 || ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
};

Error systemError(const char* what, const std::string& path, int reason) {
    if (reason == ENOENT || reason == ENOTDIR)
        return {ErrorKind::NotFound, "there is no such file or folder", path, {}};
    const bool rights = reason == EACCES || reason == EPERM || reason == EROFS;
    const bool space = reason == ENOSPC || reason == EDQUOT;
    return fail(std::string(what) + ": " + std::strerror(reason), path,
                rights  ? "Check that this user may do so there"
                : space ? "Free some space on that disk"
                        : "");
}

/// A file of our own is for us alone; one that somebody else owns (root, say) may reach us through its group.
bool keptSecret(const struct stat& status) {
    const mode_t seen = status.st_uid == ::geteuid() ? 077 : 027;
    return (status.st_mode & seen) == 0;
}

/// 0, or errno.
int writeAll(int fd, QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes = bytes.sliced(written);
    }
    return 0;
}

int writeNew(const std::string& path, QByteArrayView bytes) {
    ::unlink(path.c_str()); // not through a link or a leftover with other rights
    Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd)
        return errno;
    if (const int error = writeAll(fd.get(), bytes))
        return error;
    return ::fsync(fd.get()) == 0 && fd.close() ? 0 : errno;
}

} // namespace

SecretBytes::SecretBytes(QByteArray&& bytes)
    : m_bytes(new QByteArray(std::move(bytes)), [](const QByteArray* secret) {
          // Not through data(), which would copy if anybody shared them after all.
          ::explicit_bzero(const_cast<char*>(secret->constData()), static_cast<std::size_t>(secret->size()));
          delete secret;
      }) {}

Result<SecretBytes> readSmallFile(const std::string& path, FileSecrecy secrecy) {
    const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)); // a FIFO must not hold us up
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0)
        return systemError("the file cannot be read", path, errno);
    if (!S_ISREG(status.st_mode))
        return fail("it is not a file", path, "Name the file itself");
    if (status.st_size > mostBytes)
        return fail("the file is too long for a key or a certificate", path, "Check that it is the right file");
    if (secrecy == FileSecrecy::Secret && !keptSecret(status))
        return fail("the private key can be read by other users of this machine", path,
                    "Run chmod 600 on it, and replace the key if anybody else may have read it");
    QByteArray bytes(static_cast<qsizetype>(status.st_size), Qt::Uninitialized);
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::read(fd.get(), bytes.data() + done, static_cast<std::size_t>(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError("the file cannot be read", path, errno);
        if (count == 0)
            break;
        done += count;
    }
    bytes.resize(done);
    return SecretBytes(std::move(bytes));
}

Status writePrivateFile(const std::string& path, QByteArrayView bytes) {
    const std::string unfinished = path + ".tmp";
    int error = writeNew(unfinished, bytes);
    if (error == 0 && ::rename(unfinished.c_str(), path.c_str()) != 0)
        error = errno;
    if (error != 0) {
        ::unlink(unfinished.c_str());
        return systemError("the file cannot be written", path, error);
    }
    const auto parent = std::filesystem::path(path).parent_path();
    const Fd folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0)
        return systemError("the file cannot be written to the disk for good", path, errno);
    return Done{};
}

} // namespace facelatch::network
