// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal without echo.
#include "app/ctl_pin.h"

#include "storage/pin_hash.h"

#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace facelatch::app {

namespace {

/// Switches the terminal's echo off, and on again however the function that asks is left.
class Silence {
public:
    Silence() {
        ::tcgetattr(STDIN_FILENO, &m_before);
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Silence() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    termios m_before{};
};

std::string line() {
    std::string text;
    std::getline(std::cin, text);
    if (!text.empty() && text.back() == '\r')
        text.pop_back();
    return text;
}

std::string typed(const std::string& prompt) {
    std::fputs(prompt.c_str(), stderr);
    std::fflush(stderr);
    std::string pin = line();
    std::fputc('\n', stderr);
    return pin;
}

} // namespace

core::Result<std::string> readPin(const char* whose) {
    if (::isatty(STDIN_FILENO) == 0) {
        std::string pin = line();
        if (!std::cin)
            return core::Error{core::ErrorKind::Usage,
                               "No PIN came from the standard input",
                               {},
                               "Give it as one line, or run this at a terminal"};
        return pin;
    }
    const Silence silence;
    std::string pin = typed("PIN of " + std::string(whose) + " (not shown): ");
    std::string again = typed("The same again: ");
    const bool same = pin == again;
    storage::wipe(again);
    if (same)
        return pin;
    storage::wipe(pin);
    return core::Error{core::ErrorKind::Usage, "The two PINs are not the same", {}, "Try again"};
}

} // namespace facelatch::app
