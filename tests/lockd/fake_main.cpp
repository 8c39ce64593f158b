// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-lockd-fake: the lock daemon with a file for a line. For tests only; it says fake=1 to its client.
// Usage: facelatch-lockd-fake --conf FILE --line-file FILE [--rest]; chip and line in the configuration may be any
// word.
#include "fake_lines.h"

#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    using namespace facelatch::lockd;
    std::string file;
    std::vector<char*> rest;
    for (int i = 0; i < argc; ++i) {
        if (argv[i] == std::string("--line-file") && i + 1 < argc)
            file = argv[++i];
        else
            rest.push_back(argv[i]);
    }
    if (file.empty()) {
        std::fputs("Usage: facelatch-lockd-fake --conf FILE --line-file FILE [--rest]\n", stderr);
        return 2;
    }
    const auto open = [&file](const Conf& conf, bool withInputs) { return openFakeLines(file, conf, withInputs); };
    return runLockd(static_cast<int>(rest.size()), rest.data(), {{}, open, true});
}
