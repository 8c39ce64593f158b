// SPDX-License-Identifier: GPL-3.0-or-later
// Bars and lines.
#include "app/progress_line.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace facelatch::app {

namespace {

constexpr std::uint64_t barWidth = 30, percents = 100, steps = 4, bytesPerMegabyte = 1'000'000;

std::string megabytes(std::uint64_t bytes) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", static_cast<double>(bytes) / static_cast<double>(bytesPerMegabyte));
    return text.data();
}

} // namespace

ProgressLine::~ProgressLine() {
    if (m_open)
        m_write("\n");
}

std::string ProgressLine::amount(std::uint64_t done, std::uint64_t total) const {
    return total > 0 ? megabytes(done) + " of " + megabytes(total) + " MB" : megabytes(done) + " MB";
}

void ProgressLine::show(std::uint64_t done, std::uint64_t total, core::MonoTime now) {
    if (m_began == core::MonoTime{}) {
        m_began = now;
        m_first = done; // a resumed part was not fetched now
    }
    if (!m_terminal) {
        const std::uint64_t step = total > 0 ? done * steps / total : done / (10 * bytesPerMegabyte);
        if (step <= m_told)
            return;
        m_told = step;
        m_write(m_name + ": " + amount(done, total) + "\n");
        return;
    }
    std::string line = "\r" + m_name;
    if (total > 0) {
        const std::uint64_t filled = std::min(barWidth, done * barWidth / total);
        line += " [" + std::string(filled, '#') + std::string(barWidth - filled, '.') + "] " +
                std::to_string(std::min(percents, done * percents / total)) + " %";
    }
    line += "  " + amount(done, total);
    const std::chrono::duration<double> spent = now - m_began;
    if (spent.count() > 0.5)
        line +=
            "  " + megabytes(static_cast<std::uint64_t>(static_cast<double>(done - m_first) / spent.count())) + " MB/s";
    m_write(line + "\x1b[K"); // and nothing of a longer line before
    m_open = true;
}

} // namespace facelatch::app
