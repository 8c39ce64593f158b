// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-lockd, as shipped: the daemon with the GPIO lines.
#include "hardware/lockd/lockd.h"

int main(int argc, char** argv) {
    return facelatch::lockd::runLockd(argc, argv, {{}, facelatch::lockd::openGpioLines, false});
}
