// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads one file whole or not at all.
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace facelatch::network {

struct DownloadRequest {
    std::string url;                        ///< https://, http:// or file://
    std::filesystem::path target;           ///< where the file ends up; its folder is made where missing
    std::string sha256;                     ///< expected, 64 hexadecimal digits; empty: not checked
    std::uint64_t maxBytes = 1'000'000'000; ///< more is refused, before or while it arrives
    std::filesystem::path mirror;           ///< folder looked into first for a file of the target's name; may be empty
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

/// Fetches `request.url` to `request.target`: written beside it as "<target>.part", checked, flushed to the disk, then
/// renamed over it, so that the target is never half a file. A mirror's file is copied the same way, if its sum is
/// right. An interrupted part is kept and resumed by the next call where the server can; a part with a wrong sum is
/// deleted. Redirects are followed (10 at most, never from https to http). Blocks for the whole transfer: not for the
/// gui thread. Any thread, also several at once with different targets. Errors, each with what to do: Failed (no
/// network, name not found, certificate, server's refusal, a web page instead of the file, wrong sum, too large, disk
/// full, given up), NotFound (404, 410), Usage (a scheme or sum that is none).
core::Result<Downloaded> download(const DownloadRequest& request, const FileSha256& sha256Of,
                                  const DownloadProgress& progress = {});

} // namespace facelatch::network
