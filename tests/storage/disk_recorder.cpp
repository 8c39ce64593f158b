// SPDX-License-Identifier: GPL-3.0-or-later
// Stands before the C library's writing calls, lets them through, and writes them down.
#include "disk_recorder.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <dlfcn.h>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <utility>

namespace facelatch::test {

namespace {

using Kind = DiskStep::Kind;

struct Recorder {
    std::string folder; ///< empty: not recording
    std::map<ino_t, int> files;
    int next = 0;
    std::vector<DiskStep> steps;
};

Recorder& recorder() {
    static Recorder the;
    return the;
}

bool records() {
    return !recorder().folder.empty();
}

/// The path below the folder; nullopt for one elsewhere.
std::optional<std::string> inside(const std::string& path) {
    const std::string& folder = recorder().folder;
    if (!records() || !path.starts_with(folder))
        return std::nullopt;
    if (path.size() == folder.size())
        return std::string();
    return path[folder.size()] == '/' ? std::optional(path.substr(folder.size() + 1)) : std::nullopt;
}

std::optional<std::string> inside(int fd) {
    if (!records())
        return std::nullopt;
    std::array<char, 64> link{};
    std::array<char, 4096> path{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
    const ssize_t n = ::readlink(link.data(), path.data(), path.size());
    return n > 0 ? inside(std::string(path.data(), static_cast<std::size_t>(n))) : std::nullopt;
}

ino_t inodeOf(int fd) {
    struct stat status {};
    return ::fstat(fd, &status) == 0 ? status.st_ino : 0;
}

/// The number of an open file; -1 for one that is none of the folder's.
int fileOf(int fd) {
    const auto known = recorder().files.find(inodeOf(fd));
    return known == recorder().files.end() ? -1 : known->second;
}

void add(DiskStep step) {
    recorder().steps.push_back(std::move(step));
}

void noteWrite(int fd, const void* data, ssize_t written, std::int64_t at) {
    if (written > 0 && inside(fd))
        add({Kind::Write,
             fileOf(fd),
             at,
             {},
             {},
             std::string(static_cast<const char*>(data), static_cast<std::size_t>(written))});
}

void noteSync(int fd) {
    const auto path = inside(fd);
    struct stat status {};
    if (!path || ::fstat(fd, &status) != 0)
        return;
    if (S_ISDIR(status.st_mode))
        add({Kind::SyncFolder, -1, 0, *path, {}, {}});
    else
        add({Kind::SyncFile, fileOf(fd), 0, {}, {}, {}});
}

void noteOpen(const std::string& path, int flags, bool wasThere, int fd) {
    const auto name = inside(path);
    if (!name || fd < 0)
        return;
    if (!wasThere) {
        recorder().files[inodeOf(fd)] = recorder().next;
        add({Kind::Create, recorder().next++, 0, *name, {}, {}});
    } else if ((flags & O_TRUNC) != 0) {
        add({Kind::Resize, fileOf(fd), 0, {}, {}, {}});
    }
}

template<typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

} // namespace

std::map<std::string, int> startRecording(const std::string& folder) {
    recorder() = {};
    std::map<std::string, int> there;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        struct stat status {};
        if (!entry.is_regular_file() || ::stat(entry.path().c_str(), &status) != 0)
            continue;
        recorder().files[status.st_ino] = recorder().next;
        there[entry.path().string().substr(folder.size() + 1)] = recorder().next++;
    }
    recorder().folder = folder;
    return there;
}

std::vector<DiskStep> stopRecording() {
    recorder().folder.clear();
    return std::exchange(recorder().steps, {});
}

void note(std::int64_t number) {
    add({Kind::Note, -1, number, {}, {}, {}});
}

} // namespace facelatch::test

using namespace facelatch::test;

#define EXPORTED extern "C" __attribute__((visibility("default")))

EXPORTED ssize_t write(int fd, const void* data, size_t size) {
    static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
    const off_t at = records() ? ::lseek(fd, 0, SEEK_CUR) : 0;
    const ssize_t written = real(fd, data, size);
    noteWrite(fd, data, written, at);
    return written;
}
EXPORTED ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
    static auto* const real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
    const ssize_t written = real(fd, data, size, at);
    noteWrite(fd, data, written, at);
    return written;
}
EXPORTED ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
    static auto* const real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    const ssize_t written = real(fd, data, size, at);
    noteWrite(fd, data, written, at);
    return written;
}
EXPORTED int fsync(int fd) {
    static auto* const real = next<int(int)>("fsync");
    const int result = real(fd);
    if (result == 0)
        noteSync(fd);
    return result;
}
EXPORTED int fdatasync(int fd) {
    static auto* const real = next<int(int)>("fdatasync");
    const int result = real(fd);
    if (result == 0)
        noteSync(fd);
    return result;
}
EXPORTED int ftruncate(int fd, off_t size) noexcept {
    static auto* const real = next<int(int, off_t)>("ftruncate");
    const int result = real(fd, size);
    if (result == 0 && inside(fd))
        add({DiskStep::Kind::Resize, fileOf(fd), size, {}, {}, {}});
    return result;
}
EXPORTED int ftruncate64(int fd, off64_t size) noexcept {
    static auto* const real = next<int(int, off64_t)>("ftruncate64");
    const int result = real(fd, size);
    if (result == 0 && inside(fd))
        add({DiskStep::Kind::Resize, fileOf(fd), size, {}, {}, {}});
    return result;
}
EXPORTED int rename(const char* from, const char* to) noexcept {
    static auto* const real = next<int(const char*, const char*)>("rename");
    const int result = real(from, to);
    if (const auto name = inside(std::string(from)); name && result == 0)
        add({DiskStep::Kind::Rename, -1, 0, *name, inside(std::string(to)).value_or(""), {}});
    return result;
}
EXPORTED int unlink(const char* path) noexcept {
    static auto* const real = next<int(const char*)>("unlink");
    const int result = real(path);
    if (const auto name = inside(std::string(path)); name && result == 0)
        add({DiskStep::Kind::Unlink, -1, 0, *name, {}, {}});
    return result;
}
EXPORTED int mkdir(const char* path, mode_t mode) noexcept {
    static auto* const real = next<int(const char*, mode_t)>("mkdir");
    const int result = real(path, mode);
    if (const auto name = inside(std::string(path)); name && result == 0)
        add({DiskStep::Kind::MakeFolder, -1, 0, *name, {}, {}});
    return result;
}

namespace {

int openNoted(const char* function, const char* path, int flags, mode_t mode) {
    auto* const real = next<int(const char*, int, ...)>(function);
    const bool wasThere = !records() || ::access(path, F_OK) == 0;
    const int fd = real(path, flags, mode);
    if (records())
        noteOpen(path, flags, wasThere, fd);
    return fd;
}

} // namespace

EXPORTED int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openNoted("open", path, flags, mode);
}
EXPORTED int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openNoted("open64", path, flags, mode);
}
