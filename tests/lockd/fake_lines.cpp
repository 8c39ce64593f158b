// SPDX-License-Identifier: GPL-3.0-or-later
// The lock line as a file, the inputs as FIFOs.
#include "fake_lines.h"

#include <cerrno>
#include <chrono>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::lockd {
namespace {

std::uint64_t monotonicNs() {
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

class FakeLines final : public Lines {
public:
    FakeLines() = default;
    FakeLines(const FakeLines&) = delete;
    FakeLines& operator=(const FakeLines&) = delete;
    ~FakeLines() override {
        close(m_file);
        for (const Input& input : m_inputs)
            close(input.fd);
    }

    core::Status open(const std::string& file, const Conf& conf, bool withInputs) {
        m_file = ::open(file.c_str(), O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC, 0600);
        if (m_file < 0)
            return unusable(file, std::strerror(errno));
        if (flock(m_file, LOCK_EX | LOCK_NB) != 0)
            return unusable(file, "another program uses it");
        if (!write(false))
            return unusable(file, std::strerror(errno));
        for (std::size_t i = 1; withInputs && i < conf.lines.size(); ++i) {
            const std::string fifo = file + "." + conf.lines[i].name;
            if (mkfifo(fifo.c_str(), 0600) != 0 && errno != EEXIST)
                return unusable(fifo, std::strerror(errno));
            m_inputs.push_back({::open(fifo.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC), false});
            if (m_inputs.back().fd < 0)
                return unusable(fifo, std::strerror(errno));
        }
        return core::Done{};
    }

    bool write(bool active) override {
        const std::string record = std::to_string(monotonicNs()) + (active ? " 1\n" : " 0\n");
        return ::write(m_file, record.data(), record.size()) == static_cast<ssize_t>(record.size());
    }

    std::optional<bool> read(std::size_t line) override {
        if (line > 0)
            return m_inputs[line - 1].level;
        char level = 0;
        const off_t size = lseek(m_file, 0, SEEK_END);
        if (size < 2 || pread(m_file, &level, 1, size - 2) != 1)
            return {};
        return level == '1';
    }

    int eventFd(std::size_t input) override { return m_inputs[input - 1].fd; }

    std::vector<Edge> takeEdges(std::size_t input) override {
        char bytes[64];
        const auto count = ::read(m_inputs[input - 1].fd, bytes, sizeof bytes);
        std::vector<Edge> edges;
        for (ssize_t i = 0; i < count; ++i)
            if (bytes[i] == '0' || bytes[i] == '1')
                edges.push_back({m_inputs[input - 1].level = bytes[i] == '1', monotonicNs()});
        return edges;
    }

private:
    struct Input {
        int fd = -1;
        bool level = false;
    };

    static core::Error unusable(const std::string& file, const std::string& why) {
        return {core::ErrorKind::OutOfService, "the fake line cannot be used: " + why, file,
                "Give another --line-file"};
    }

    int m_file = -1;
    std::vector<Input> m_inputs;
};

} // namespace

LinesResult openFakeLines(const std::string& file, const Conf& conf, bool withInputs) {
    auto lines = std::make_unique<FakeLines>();
    if (auto done = lines->open(file, conf, withInputs); !done)
        return done.error();
    return LinesResult(std::move(lines));
}

} // namespace facelatch::lockd
