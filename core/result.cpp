// SPDX-License-Identifier: GPL-3.0-or-later
// Error texts and exit codes.
#include "core/result.h"

namespace facelatch::core {

std::string Error::text() const {
    std::string line = what;
    if (!where.empty())
        line += " (" + where + ")";
    if (!remedy.empty())
        line += ". " + remedy;
    return line;
}

int exitCode(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Usage:
        return 2;
    case ErrorKind::OutOfService:
        return 3;
    case ErrorKind::NewerVersion:
        return 4;
    case ErrorKind::AlreadyRunning:
        return 5;
    case ErrorKind::Failed:
    case ErrorKind::NotFound:
    case ErrorKind::Refused:
    case ErrorKind::Conflict:
        break;
    }
    return 1;
}

} // namespace facelatch::core
