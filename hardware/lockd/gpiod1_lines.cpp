// SPDX-License-Identifier: GPL-3.0-or-later
// The lines through libgpiod 1.x (Debian 12, Raspberry Pi OS 12).
#include "hardware/lockd/lockd.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <gpiod.h>

namespace facelatch::lockd {
namespace {

class Gpiod1Lines final : public Lines {
public:
    /// By label: the numbers of the chips change from kernel to kernel.
    core::Status openChip(const std::string& label) {
        std::string seen;
        for (const auto& entry : std::filesystem::directory_iterator("/dev")) {
            const std::string path = entry.path();
            if (path.rfind("/dev/gpiochip", 0) != 0)
                continue;
            m_chip.reset(gpiod_chip_open(path.c_str()));
            const std::string found = m_chip ? gpiod_chip_label(m_chip.get()) : std::strerror(errno);
            if (m_chip && found == label)
                return core::Done{};
            seen += " " + path + " (" + found + ")";
        }
        return core::Error{core::ErrorKind::OutOfService, "no GPIO chip is labelled " + label, "seen:" + seen,
                           "Correct chip in lockd.conf"};
    }

    /// The first line is the lock, an output; the others are inputs.
    core::Status request(const LineConf& conf) {
        const bool byOffset = conf.line.size() < 6 && conf.line.find_first_not_of("0123456789") == conf.line.npos;
        gpiod_line* line = byOffset ? gpiod_chip_get_line(m_chip.get(), static_cast<unsigned>(std::stoul(conf.line)))
                                    : gpiod_chip_find_line(m_chip.get(), conf.line.c_str());
        const gpiod_line_request_config config{"facelatch-lockd",
                                               m_lines.empty() ? GPIOD_LINE_REQUEST_DIRECTION_OUTPUT
                                                               : GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES,
                                               conf.activeLow ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0};
        if (line == nullptr || gpiod_line_request(line, &config, 0) != 0)
            return core::Error{core::ErrorKind::OutOfService,
                               line == nullptr ? "it does not exist" : std::strerror(errno),
                               conf.name + " line " + conf.line, "See gpioinfo and lockd.conf"};
        m_lines.push_back(line);
        return core::Done{};
    }

    bool write(bool active) override { return gpiod_line_set_value(m_lines[0], active ? 1 : 0) == 0; }
    std::optional<bool> read(std::size_t line) override {
        const int level = gpiod_line_get_value(m_lines[line]);
        return level < 0 ? std::nullopt : std::optional(level == 1);
    }
    int eventFd(std::size_t input) override { return gpiod_line_event_get_fd(m_lines[input]); }
    std::vector<Edge> takeEdges(std::size_t input) override {
        gpiod_line_event events[16];
        std::vector<Edge> edges;
        const int count = gpiod_line_event_read_multiple(m_lines[input], events, 16);
        for (int i = 0; i < count; ++i)
            edges.push_back({events[i].event_type == GPIOD_LINE_EVENT_RISING_EDGE,
                             static_cast<std::uint64_t>(events[i].ts.tv_sec * 1'000'000'000 + events[i].ts.tv_nsec)});
        return edges;
    }

private:
    struct CloseChip {
        void operator()(gpiod_chip* chip) const { gpiod_chip_close(chip); } // gives its lines back too
    };
    std::unique_ptr<gpiod_chip, CloseChip> m_chip;
    std::vector<gpiod_line*> m_lines;
};

} // namespace

LinesResult openGpioLines(const Conf& conf, bool withInputs) {
    auto lines = std::make_unique<Gpiod1Lines>();
    auto done = lines->openChip(conf.chip);
    for (std::size_t i = 0; done && i < (withInputs ? conf.lines.size() : 1); ++i)
        done = lines->request(conf.lines[i]);
    return done ? LinesResult(std::move(lines)) : done.error();
}

} // namespace facelatch::lockd
