// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that can be filled: a tmpfs of some megabytes. Needs the right to mount.
#pragma once

#include <QByteArray>
#include <QTemporaryDir>

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace facelatch::test {

/// A disk of its own, of a few megabytes.
class SmallDisk {
public:
    SmallDisk() {
        m_mounted = ::mount("facelatch-test", path().c_str(), "tmpfs", 0, "size=6m,mode=0700") == 0;
        m_error = errno;
    }
    ~SmallDisk() {
        if (m_mounted)
            ::umount2(path().c_str(), MNT_DETACH);
    }
    explicit operator bool() const { return m_mounted; }
    QByteArray whyNot() const {
        return QByteArray("no small disk can be mounted here (") + std::strerror(m_error) + "), run as root to test it";
    }
    std::string path() const { return m_dir.path().toStdString(); }
    /// Fills it to the last byte, or as good as.
    bool fill() {
        const int fd = ::open(filler().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        const std::string bytes(4096, 'x');
        for (std::size_t size = bytes.size(); size > 0;)
            if (::write(fd, bytes.data(), size) < 0)
                size /= 2;
        ::close(fd);
        return errno == ENOSPC;
    }
    bool empty() { return ::unlink(filler().c_str()) == 0; }

private:
    std::string filler() const { return path() + "/filler"; }
    QTemporaryDir m_dir;
    bool m_mounted = false;
    int m_error = 0;
};

} // namespace facelatch::test
