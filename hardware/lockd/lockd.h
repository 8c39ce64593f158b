// SPDX-License-Identifier: GPL-3.0-or-later
// The lock daemon's parts: its configuration, the lines behind one interface, the worker and the guard (PROTOCOL.md).
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::lockd {

struct LineConf {
    std::string name;       ///< "lock", or the input's name in the protocol: dps, rex, tamper
    std::string line;       ///< the line's name, or its offset on the chip when it is all digits
    bool activeLow = false; ///< the low level is the active one
};

struct Conf {
    std::string socket, chip;    ///< path of the socket; label of the GPIO chip
    std::vector<LineConf> lines; ///< the lock, then the inputs
    std::chrono::milliseconds maxPulse{}, minOff{};
    bool holdAllowed = false;
    std::optional<std::uint32_t> clientUid; ///< besides root and the daemon's own user
};

/// Reads `key = value` lines. An error names file, line, key and the allowed values.
core::Result<Conf> parseConf(const std::string& text, const std::string& file);
/// The same of a file that only root (or this process's user) may write: whoever writes it decides what opens the door.
core::Result<Conf> loadConf(const std::string& file);

struct Edge {
    bool rising = false;  ///< became active, polarity applied
    std::uint64_t ns = 0; ///< CLOCK_MONOTONIC, from the kernel
};

/// Requested lines, numbered as in Conf::lines. The destructor gives them back and leaves the level. Nothing waits.
class Lines {
public:
    virtual ~Lines() = default;
    virtual bool write(bool active) = 0;                        ///< the lock; false: it failed
    virtual std::optional<bool> read(std::size_t line) = 0;     ///< the pin's level, polarity applied; none: it failed
    virtual int eventFd(std::size_t input) = 0;                 ///< readable when takeEdges() has something
    virtual std::vector<Edge> takeEdges(std::size_t input) = 0; ///< empty: it failed
};

/// Requests the lock line INACTIVE, then (withInputs) the inputs. OutOfService when chip or line is missing or in use.
using LinesResult = core::Result<std::unique_ptr<Lines>>;
LinesResult openGpioLines(const Conf& conf, bool withInputs); ///< in gpiod1_lines.cpp or gpiod2_lines.cpp

struct Daemon {
    Conf conf;
    std::function<LinesResult(const Conf&, bool withInputs)> openLines;
    bool testBuild = false; ///< what HELLO says as fake
};

/// One line to standard error (the journal); the second returns the error's exit code.
void logLine(const std::string& text);
int complain(const core::Error& error);
/// The child: serves until a signal arrives at signalFd and leaves the lock at rest; writes a byte to lifeFd every 250
/// ms.
int runWorker(const Daemon& daemon, int signalFd, int lifeFd);
/// The program: options, configuration, instance lock, then guard and worker. Returns the exit code.
int runLockd(int argc, char** argv, Daemon daemon);

} // namespace facelatch::lockd
