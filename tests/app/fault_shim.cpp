// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program under test (LD_PRELOAD): a disk that fails or takes its time, and a clock that jumps, as
// the test switches them on and off.
#include "fault_switches.h"

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

using facelatch::testing::FaultSwitches;

/// Mapped with bare system calls, since the functions below stand before the library's.
FaultSwitches* mapSwitches() {
    const char* path = std::getenv("FACELATCH_TEST_FAULTS");
    if (!path)
        return nullptr;
    const long fd = ::syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return nullptr;
    void* at = ::mmap(nullptr, sizeof(FaultSwitches), PROT_READ | PROT_WRITE, MAP_SHARED, static_cast<int>(fd), 0);
    ::syscall(SYS_close, fd);
    return at == MAP_FAILED ? nullptr : static_cast<FaultSwitches*>(at);
}

FaultSwitches* switches() {
    static FaultSwitches* const the = mapSwitches();
    return the;
}

/// Whether the test has switched on a fault for this path.
bool concerns(std::string_view path) {
    const FaultSwitches* now = switches();
    const std::string_view folder(now->folder);
    if (folder.empty() || !path.starts_with(folder))
        return false;
    const std::string_view rest = path.substr(folder.size());
    const std::int32_t places = now->places;
    if (rest.starts_with("/snapshots"))
        return (places & facelatch::testing::OnSnapshots) != 0;
    return (places & facelatch::testing::OnDatabase) != 0;
}

bool concerns(int fd) {
    std::array<char, 64> link{};
    std::array<char, 4096> path{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
    const ssize_t n = ::readlink(link.data(), path.data(), path.size());
    return n > 0 && concerns(std::string_view(path.data(), static_cast<std::size_t>(n)));
}

/// Sets errno when that write is to fail.
template<typename Subject>
bool fails(Subject subject) {
    const FaultSwitches* now = switches();
    if (!now || now->error == 0 || !concerns(subject))
        return false;
    errno = now->error;
    return true;
}

void takeTime(int fd) {
    const FaultSwitches* now = switches();
    if (!now || now->syncMs == 0 || !concerns(fd))
        return;
    // In slices, so that the disk is quick again as soon as the test says so.
    for (int waited = 0; waited < now->syncMs; waited += 10) {
        const timespec slice{0, 10'000'000};
        ::nanosleep(&slice, nullptr);
    }
}

template<typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::int64_t clockJump() {
    const FaultSwitches* now = switches();
    return now ? now->clockMs.load() : 0;
}

} // namespace

#define STAND_BEFORE(result, name, parameters, arguments, subject)                                                     \
    extern "C" __attribute__((visibility("default"))) result name parameters {                                         \
        if (fails(subject))                                                                                            \
            return -1;                                                                                                 \
        static auto* const real = next<result parameters>(#name);                                                      \
        return real arguments;                                                                                         \
    }

STAND_BEFORE(ssize_t, write, (int fd, const void* data, size_t size), (fd, data, size), fd)
STAND_BEFORE(ssize_t, pwrite, (int fd, const void* data, size_t size, off_t at), (fd, data, size, at), fd)
STAND_BEFORE(ssize_t, pwrite64, (int fd, const void* data, size_t size, off64_t at), (fd, data, size, at), fd)
STAND_BEFORE(int, ftruncate, (int fd, off_t size) noexcept, (fd, size), fd)
STAND_BEFORE(int, ftruncate64, (int fd, off64_t size) noexcept, (fd, size), fd)
STAND_BEFORE(int, rename, (const char* from, const char* to) noexcept, (from, to), to)
STAND_BEFORE(int, unlink, (const char* path) noexcept, (path), path)
STAND_BEFORE(int, mkdir, (const char* path, mode_t mode) noexcept, (path, mode), path)

extern "C" __attribute__((visibility("default"))) int fsync(int fd) {
    takeTime(fd);
    static auto* const real = next<int(int)>("fsync");
    return fails(fd) ? -1 : real(fd);
}
extern "C" __attribute__((visibility("default"))) int fdatasync(int fd) {
    takeTime(fd);
    static auto* const real = next<int(int)>("fdatasync");
    return fails(fd) ? -1 : real(fd);
}

/// On a read-only disk nothing that could write is opened, on a full one nothing is created.
static bool openFails(const char* path, int flags) {
    const FaultSwitches* now = switches();
    if (!now || now->error == 0)
        return false;
    const bool writes = now->error == EROFS && (flags & O_ACCMODE) != O_RDONLY;
    return (writes || (flags & O_CREAT) != 0) && fails(path);
}

extern "C" __attribute__((visibility("default"))) int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    static auto* const real = next<int(const char*, int, ...)>("open");
    return openFails(path, flags) ? -1 : real(path, flags, mode);
}
extern "C" __attribute__((visibility("default"))) int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    static auto* const real = next<int(const char*, int, ...)>("open64");
    return openFails(path, flags) ? -1 : real(path, flags, mode);
}
extern "C" __attribute__((visibility("default"))) int access(const char* path, int mode) noexcept {
    const FaultSwitches* now = switches();
    if (now && now->error == EROFS && (mode & W_OK) != 0 && fails(path))
        return -1;
    static auto* const real = next<int(const char*, int)>("access");
    return real(path, mode);
}

extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t clock, timespec* time) noexcept {
    static auto* const real = next<int(clockid_t, timespec*)>("clock_gettime");
    const int result = real(clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += clockJump() / 1000;
    return result;
}
extern "C" __attribute__((visibility("default"))) int gettimeofday(timeval* time, void* zone) noexcept {
    static auto* const real = next<int(timeval*, void*)>("gettimeofday");
    const int result = real(time, zone);
    if (result == 0)
        time->tv_sec += clockJump() / 1000;
    return result;
}
extern "C" __attribute__((visibility("default"))) time_t time(time_t* out) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}
