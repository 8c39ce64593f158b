// SPDX-License-Identifier: GPL-3.0-or-later
// Restart: the program ends in order and starts itself again, inside systemd and outside of it.
#pragma once

#include <string>
#include <vector>

namespace facelatch::app {

/// Ends the event loop with restartCode after half a second; what is on its way is finished first, as at any end. Any
/// thread.
void askToRestart();
/// Whether that was asked: the service goes on, and nobody is to be told that it stops. Any thread.
bool restartAsked();
/// What QApplication::exec() then returns. No exit code of the program.
inline constexpr int restartCode = 1000;

/// The program and the arguments it was started with; taken before anybody changes them.
class CommandLine {
public:
    CommandLine(int argc, char** argv);
    /// Runs that program in the place of this one, with the same process id, so that whoever watches it sees no end.
    /// Only after everything else has gone. Returns when that fails: then the exit code.
    int startAgain() const;

private:
    std::string m_program; ///< where it lay at the start, so that an update is what starts
    std::vector<std::string> m_arguments;
};

} // namespace facelatch::app
