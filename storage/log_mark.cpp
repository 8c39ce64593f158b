// SPDX-License-Identifier: GPL-3.0-or-later
// The mark file: "facelatch-mark-1 <log id> <20 digits>\n".
#include "storage/log_mark.h"

#include "core/uuid7.h"
#include "storage/data_files.h"

#include <array>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace facelatch::storage {

namespace {
constexpr std::string_view head = "facelatch-mark-1 ";
constexpr std::size_t idSize = 36, seqSize = 20, markSize = head.size() + idSize + 1 + seqSize + 1;
} // namespace

std::optional<LogMark> readMark(const std::string& folder) {
    const int fd = ::open(inFolder(folder, markFile).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return std::nullopt;
    std::array<char, markSize> bytes{};
    const ssize_t n = ::pread(fd, bytes.data(), bytes.size(), 0);
    ::close(fd);
    const std::string_view text(bytes.data(), bytes.size());
    if (n != static_cast<ssize_t>(markSize) || !text.starts_with(head) || text.back() != '\n')
        return std::nullopt;
    LogMark mark{std::string(text.substr(head.size(), idSize)), 0};
    const std::string_view digits = text.substr(head.size() + idSize + 1, seqSize);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), mark.seq);
    if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size() || !core::Uuid7::parse(mark.logId))
        return std::nullopt;
    return mark;
}

bool writeMark(const std::string& folder, const LogMark& mark) {
    if (mark.logId.size() != idSize)
        return false;
    std::array<char, seqSize + 2> digits{};
    std::snprintf(digits.data(), digits.size(), "%020" PRId64 "\n", mark.seq);
    const std::string text = std::string(head) + mark.logId + ' ' + digits.data();
    const int fd = ::open(inFolder(folder, markFile).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return false;
    const bool written = ::pwrite(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    ::close(fd);
    return written;
}

} // namespace facelatch::storage
