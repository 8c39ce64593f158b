// SPDX-License-Identifier: GPL-3.0-or-later
// Stands before the C library's writing calls.
#include "faults.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <unistd.h>

namespace facelatch::test {

namespace {

struct State {
    std::string folder;
    int nth = 0, error = 0, seen = 0;
    Fault fault = Fault::None;
};

State& state() {
    static State the;
    return the;
}

/// Whether this call is to fail; errno is set then.
bool failsOn(std::string_view path) {
    State& now = state();
    if (now.fault == Fault::None || !path.starts_with(now.folder))
        return false;
    ++now.seen;
    const bool hit = now.fault == Fault::FromThenOn ? now.seen >= now.nth : now.seen == now.nth;
    if (!hit)
        return false;
    if (now.fault == Fault::Kill)
        ::kill(::getpid(), SIGKILL);
    errno = now.error;
    return true;
}

bool failsOn(int fd) {
    if (state().fault == Fault::None)
        return false;
    std::array<char, 64> link{};
    std::array<char, 4096> path{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
    const ssize_t n = ::readlink(link.data(), path.data(), path.size());
    return n > 0 && failsOn(std::string_view(path.data(), static_cast<std::size_t>(n)));
}

template<typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

} // namespace

void armFault(const std::string& folder, int nth, int error, Fault fault) {
    state() = {folder, nth, error, 0, fault};
}

int disarmFault() {
    state().fault = Fault::None;
    return state().seen;
}

} // namespace facelatch::test

using facelatch::test::failsOn;
using facelatch::test::next;

#define STAND_BEFORE(result, name, parameters, arguments, subject)                                                     \
    extern "C" __attribute__((visibility("default"))) result name parameters {                                         \
        if (failsOn(subject))                                                                                          \
            return -1;                                                                                                 \
        static auto* const real = next<result parameters>(#name);                                                      \
        return real arguments;                                                                                         \
    }

STAND_BEFORE(ssize_t, write, (int fd, const void* data, size_t size), (fd, data, size), fd)
STAND_BEFORE(ssize_t, pwrite, (int fd, const void* data, size_t size, off_t at), (fd, data, size, at), fd)
STAND_BEFORE(ssize_t, pwrite64, (int fd, const void* data, size_t size, off64_t at), (fd, data, size, at), fd)
STAND_BEFORE(int, fsync, (int fd), (fd), fd)
STAND_BEFORE(int, fdatasync, (int fd), (fd), fd)
STAND_BEFORE(int, ftruncate, (int fd, off_t size), (fd, size), fd)
STAND_BEFORE(int, ftruncate64, (int fd, off64_t size), (fd, size), fd)
STAND_BEFORE(int, rename, (const char* from, const char* to) noexcept, (from, to), to)
STAND_BEFORE(int, unlink, (const char* path) noexcept, (path), path)
STAND_BEFORE(int, mkdir, (const char* path, mode_t mode) noexcept, (path, mode), path)

namespace {

/// Only opens that make a file count.
int openOrFail(const char* name, const char* path, int flags, mode_t mode) {
    if ((flags & O_CREAT) != 0 && failsOn(path))
        return -1;
    auto* const real = next<int(const char*, int, ...)>(name);
    return real(path, flags, mode);
}

} // namespace

extern "C" __attribute__((visibility("default"))) int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openOrFail("open", path, flags, mode);
}

extern "C" __attribute__((visibility("default"))) int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openOrFail("open64", path, flags, mode);
}
