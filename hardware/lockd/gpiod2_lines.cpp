// SPDX-License-Identifier: GPL-3.0-or-later
// The lines through libgpiod 2.x (Debian 13, Raspberry Pi OS 13).
#include "hardware/lockd/lockd.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <gpiod.h>

namespace facelatch::lockd {
namespace {

/// What one of libgpiod's functions made and `giveBack` takes back.
template<typename T, auto giveBack>
using Owned = std::unique_ptr<T, decltype([](T* object) { giveBack(object); })>;

class Gpiod2Lines final : public Lines {
public:
    /// By label: the numbers of the chips change from kernel to kernel.
    core::Status openChip(const std::string& label) {
        std::string seen;
        for (const auto& entry : std::filesystem::directory_iterator("/dev")) {
            const std::string path = entry.path();
            if (path.rfind("/dev/gpiochip", 0) != 0)
                continue;
            m_chip.reset(gpiod_chip_open(path.c_str()));
            const Owned<gpiod_chip_info, gpiod_chip_info_free> info(m_chip ? gpiod_chip_get_info(m_chip.get())
                                                                           : nullptr);
            const std::string found = info ? gpiod_chip_info_get_label(info.get()) : std::strerror(errno);
            if (info && found == label)
                return core::Done{};
            seen += " " + path + " (" + found + ")";
        }
        return core::Error{core::ErrorKind::OutOfService, "no GPIO chip is labelled " + label, "seen:" + seen,
                           "Correct chip in lockd.conf"};
    }

    /// The first line is the lock, an output; the others are inputs.
    core::Status request(const LineConf& conf) {
        gpiod_chip* chip = m_chip.get();
        const bool named = conf.line.size() > 5 || conf.line.find_first_not_of("0123456789") != conf.line.npos;
        const int offset = named ? gpiod_chip_get_line_offset_from_name(chip, conf.line.c_str()) : std::stoi(conf.line);
        Line line{nullptr, static_cast<unsigned>(offset)};
        const Owned<gpiod_line_settings, gpiod_line_settings_free> settings(gpiod_line_settings_new());
        const Owned<gpiod_line_config, gpiod_line_config_free> config(gpiod_line_config_new());
        const Owned<gpiod_request_config, gpiod_request_config_free> user(gpiod_request_config_new());
        gpiod_request_config_set_consumer(user.get(), "facelatch-lockd");
        gpiod_line_settings_set_active_low(settings.get(), conf.activeLow);
        if (m_lines.empty())
            gpiod_line_settings_set_direction(settings.get(), GPIOD_LINE_DIRECTION_OUTPUT); // its value: inactive
        else
            gpiod_line_settings_set_edge_detection(settings.get(), GPIOD_LINE_EDGE_BOTH);
        if (offset >= 0 && gpiod_line_config_add_line_settings(config.get(), &line.offset, 1, settings.get()) == 0)
            line.request.reset(gpiod_chip_request_lines(chip, user.get(), config.get()));
        if (!line.request)
            return core::Error{core::ErrorKind::OutOfService, offset < 0 ? "it does not exist" : std::strerror(errno),
                               conf.name + " line " + conf.line, "See gpioinfo and lockd.conf"};
        m_lines.push_back(std::move(line));
        return core::Done{};
    }

    bool write(bool active) override {
        const auto value = active ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
        return gpiod_line_request_set_value(m_lines[0].request.get(), m_lines[0].offset, value) == 0;
    }
    std::optional<bool> read(std::size_t line) override {
        const auto level = gpiod_line_request_get_value(m_lines[line].request.get(), m_lines[line].offset);
        return level == GPIOD_LINE_VALUE_ERROR ? std::nullopt : std::optional(level == GPIOD_LINE_VALUE_ACTIVE);
    }
    int eventFd(std::size_t input) override { return gpiod_line_request_get_fd(m_lines[input].request.get()); }
    std::vector<Edge> takeEdges(std::size_t input) override {
        std::vector<Edge> edges;
        const int count = gpiod_line_request_read_edge_events(m_lines[input].request.get(), m_events.get(), 16);
        for (int i = 0; i < count; ++i) {
            auto* event = gpiod_edge_event_buffer_get_event(m_events.get(), static_cast<unsigned long>(i));
            edges.push_back({gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE,
                             gpiod_edge_event_get_timestamp_ns(event)});
        }
        return edges;
    }

private:
    struct Line {
        Owned<gpiod_line_request, gpiod_line_request_release> request;
        unsigned offset = 0;
    };
    Owned<gpiod_chip, gpiod_chip_close> m_chip;
    Owned<gpiod_edge_event_buffer, gpiod_edge_event_buffer_free> m_events{gpiod_edge_event_buffer_new(16)};
    std::vector<Line> m_lines;
};

} // namespace

LinesResult openGpioLines(const Conf& conf, bool withInputs) {
    auto lines = std::make_unique<Gpiod2Lines>();
    auto done = lines->openChip(conf.chip);
    for (std::size_t i = 0; done && i < (withInputs ? conf.lines.size() : 1); ++i)
        done = lines->request(conf.lines[i]);
    return done ? LinesResult(std::move(lines)) : done.error();
}

} // namespace facelatch::lockd
