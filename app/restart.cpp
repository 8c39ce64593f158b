// SPDX-License-Identifier: GPL-3.0-or-later
// Starting again by execv.
#include "app/restart.h"

#include <QCoreApplication>
#include <QTimer>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <linux/close_range.h>
#include <unistd.h>

namespace facelatch::app {

namespace {
std::atomic<bool> asked{false};
/// Until whoever asked has been answered: answers go through other threads.
constexpr std::chrono::milliseconds restartAfter{500};
} // namespace

bool restartAsked() {
    return asked;
}

void askToRestart() {
    asked = true;
    QCoreApplication* const program = QCoreApplication::instance();
    QMetaObject::invokeMethod(
        program, [program] { QTimer::singleShot(restartAfter, program, [] { QCoreApplication::exit(restartCode); }); });
}

CommandLine::CommandLine(int argc, char** argv) : m_arguments(argv, argv + argc) {
    std::error_code failure;
    m_program = std::filesystem::read_symlink("/proc/self/exe", failure).string();
    if (failure)
        m_program = m_arguments.empty() ? std::string() : m_arguments.front();
}

int CommandLine::startAgain() const {
    std::vector<char*> arguments;
    for (const std::string& argument : m_arguments)
        arguments.push_back(const_cast<char*>(argument.c_str())); // execv changes nothing of them
    arguments.push_back(nullptr);
    std::fprintf(stderr, "facelatch: starting again\n");
    // Whatever some library has left open must not go over to the new program.
    static_cast<void>(::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC));
    ::execv(m_program.c_str(), arguments.data());
    std::fprintf(stderr, "facelatch: cannot start again (%s): %s\n", m_program.c_str(), std::strerror(errno));
    return 1;
}

} // namespace facelatch::app
