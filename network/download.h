// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads files whole or not at all.
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace facelatch::network {

struct DownloadRequest {
    std::string url;                        ///< https://, http:// or file://; empty: from the mirror or not at all
    std::filesystem::path target;           ///< where the file ends up; its folder is made where missing
    std::vector<std::string> sha256;        ///< any of these, 64 hexadecimal digits each; empty: not checked
    std::uint64_t maxBytes = 1'000'000'000; ///< more is refused, before or while it arrives
    std::filesystem::path mirror;           ///< folder looked into first for a file of the target's name; may be empty
    std::string proxy;                      ///< its address; empty: as the environment says; "none": no proxy
    std::chrono::milliseconds connectTimeout{15'000};
    std::chrono::milliseconds stallTimeout{
        20'000}; ///< given up when less than 1 byte/s arrives for so long; whole seconds
};

/// Bytes so far (a resumed part included) and in all (0: not known). Called in the calling thread, several times a
/// second; false gives up.
using DownloadProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Sha256 of a file as 64 lower-case hexadecimal digits; supplied by the caller, who owns the hash of the program.
using FileSha256 = std::function<core::Result<std::string>(const std::filesystem::path&)>;

struct Downloaded {
    enum class From { Mirror, Network } from = From::Network;
    std::uint64_t bytes = 0;     ///< size of the file
    std::uint64_t resumedAt = 0; ///< bytes that an earlier try had left
};

class PartFile;

/// A file that is whole, checked and on the disk, and not yet in its place. Unless placed it stays beside it as
/// "<target>.part", where a later try finds it. No other download of the same target runs while it lives.
class StagedFile {
public:
    StagedFile(std::filesystem::path target, PartFile part, Downloaded facts);
    ~StagedFile();
    StagedFile(StagedFile&&) noexcept;
    StagedFile& operator=(StagedFile&&) noexcept;

    const std::filesystem::path& target() const { return m_target; }
    const Downloaded& facts() const { return m_facts; }
    /// Where its bytes are until it is placed.
    std::filesystem::path path() const;
    /// Renames it over the target.
    core::Status place();
    /// Deletes it instead.
    void discard();

private:
    std::filesystem::path m_target;
    std::unique_ptr<PartFile> m_part;
    Downloaded m_facts;
};

/// Fetches `request.url`: written beside the target as "<target>.part", checked, flushed to the disk. A mirror's file
/// is copied the same way, if its sum is right. An interrupted part is kept and resumed by the next call where the
/// server can; a part with a wrong sum is deleted. Redirects are followed (10 at most, never from https to http).
/// Blocks for the whole transfer: not for the gui thread. Any thread, also several at once with different targets.
/// Errors, each with what to do and without user names or passwords of addresses: Failed (no network, name not found,
/// certificate, server's or proxy's refusal, a web page instead of the file, wrong sum, too large, disk full, given
/// up), NotFound (404, 410, not in the mirror), AlreadyRunning, Usage (an address, proxy or sum that is none).
core::Result<StagedFile> stage(const DownloadRequest& request, const FileSha256& sha256Of,
                               const DownloadProgress& progress = {});

/// A bzip2 file unpacked beside `target`, as stage() does it: at most `maxBytes`, with one of the sums. The packed file
/// is left alone. Errors as for stage().
core::Result<StagedFile> unpackBzip2(const std::filesystem::path& packed, const DownloadRequest& unpacked,
                                     const FileSha256& sha256Of);

/// What DownloadRequest::proxy may be: empty, "none", or http, https, socks4, socks4a, socks5, socks5h and a host.
bool isProxy(const std::string& text);

/// All of them in their places, or, after an error, what was there before.
core::Status placeAll(std::vector<StagedFile>& files);

/// One file staged and placed, so that the target is never half a file.
core::Result<Downloaded> download(const DownloadRequest& request, const FileSha256& sha256Of,
                                  const DownloadProgress& progress = {});

} // namespace facelatch::network
