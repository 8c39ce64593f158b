// SPDX-License-Identifier: GPL-3.0-or-later
// An open V4L2 node. Only for the .cpp files of this module.
#pragma once

#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace facelatch::hardware {

class V4l2Descriptor {
public:
    explicit V4l2Descriptor(const std::string& path) : m_fd(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {}
    ~V4l2Descriptor() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    V4l2Descriptor(const V4l2Descriptor&) = delete;
    V4l2Descriptor& operator=(const V4l2Descriptor&) = delete;
    bool open() const { return m_fd >= 0; }
    template<typename T>
    bool ask(unsigned long request, T& argument) const {
        int answer = 0;
        do
            answer = ::ioctl(m_fd, request, &argument);
        while (answer < 0 && errno == EINTR);
        return answer >= 0;
    }

private:
    int m_fd;
};

} // namespace facelatch::hardware
