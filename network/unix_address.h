// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses of UNIX sockets.
#pragma once

#include "core/result.h"

#include <algorithm>
#include <filesystem>

#include <sys/socket.h>
#include <sys/un.h>

namespace facelatch::network {

/// The address of a socket file. Error: the path is too long for one (107 bytes).
inline core::Result<sockaddr_un> unixAddress(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path)
        return core::fail("the path of the control socket is too long (107 characters at most)", path.string(),
                          "Use a data folder with a shorter path");
    std::ranges::copy(path.native(), address.sun_path);
    return address;
}

} // namespace facelatch::network
