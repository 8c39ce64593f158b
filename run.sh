#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Facelatch and starts the door: ./run.sh [OPTIONS OF facelatch]
#
#   ./run.sh                          the configured door; without settings a try-out door; without a camera a demo
#   ./run.sh --demo                   the demo door
#   ./run.sh --settings FILE --set KEY=VALUE --data DIR --events --exit-after SECONDS ...   see: man facelatch
#
# Asks for more rights only to install Debian packages that are missing. Steps go to the standard error, so that
# "./run.sh --events" gives nothing but events on the standard output.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=packaging/setup.sh
source "$root/packaging/setup.sh"

install_packages "$root/packaging/packages.txt" build run
leave_root "$(stat -c %U -- "$root")" "$root/run.sh" "$@"
build_preset release

# The options that say where models are looked for are facelatch-ctl's, too.
common=()
demo=0
events=0
for ((i = 1; i <= $#; i++)); do
    case ${!i} in
    --data | --settings | --set)
        next=$((i + 1))
        [[ $next -le $# ]] && common+=("${!i}" "${!next}")
        ;;
    --data=* | --settings=* | --set=*) common+=("${!i}") ;;
    --demo) demo=1 ;;
    --events) events=1 ;;
    esac
done
get_models "$root/build/release/app/facelatch-ctl" "${common[@]}" || true

# Which door it is, is the program's decision: settings, a camera, or neither.
door=("$root/build/release/app/facelatch")
[[ $demo == 1 ]] || door+=(--try-out)

if [[ -n ${QT_QPA_PLATFORM:-} ]]; then
    how="on the Qt platform $QT_QPA_PLATFORM"
elif [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    how="in a window"
elif [[ $(tty 2>/dev/null) =~ ^/dev/tty[0-9]+$ ]] && [[ -e /dev/dri/card0 || -e /dev/dri/card1 || -e /dev/fb0 ]]; then
    # A Pi's own screen without a desktop: the graphics driver if there is one, else the plain frame buffer.
    QT_QPA_PLATFORM=linuxfb
    [[ -e /dev/dri/card0 || -e /dev/dri/card1 ]] && QT_QPA_PLATFORM=eglfs
    export QT_QPA_PLATFORM
    how="on this console's screen, by $QT_QPA_PLATFORM"
else
    export QT_QPA_PLATFORM=offscreen
    [[ $events == 1 ]] || door+=(--events)
    how="without a window, for there is no display; each decision is one line of JSON, Ctrl+C ends it"
fi
step "Starting the door $how" "another way to draw it: QT_QPA_PLATFORM=offscreen $0 --events"
note "when something is wrong: $root/build/release/app/facelatch-ctl doctor"
exec "${door[@]}" "$@"
