#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs inside the virtual machine of run_guest.sh, as root, at each of its starts: the package as its users meet it.
# Prints "PASS name" or "FAIL name why" for each case, and at the end "GUEST ENDED".
set -uo pipefail

lines=(/sys/devices/platform/gpio-sim.0/gpiochip*/sim_gpio17)
line=${lines[0]}
figures=()

now_ms() { local up; read -r up _ </proc/uptime; up=${up/./}; echo $((10#$up * 10)); }
pass() { echo "PASS $1"; }
fail() {
    echo "FAIL $*"
    journalctl -b --no-pager -o short-monotonic -n 25 -u facelatch -u facelatch-lockd 2>&1 | sed 's/^/    /'
}
# expect NAME COMMAND...: a case that holds or does not, now
expect() {
    local name=$1
    shift
    if "$@" >/tmp/expect.log 2>&1; then pass "$name"; else fail "$name: $* $(tail -n 3 /tmp/expect.log)"; fi
}
# wait_for SECONDS COMMAND...: until it holds
wait_for() {
    local end=$(($(now_ms) + $1 * 1000))
    shift
    until "$@" >/dev/null 2>&1; do
        [[ $(now_ms) -lt $end ]] || return 1
        sleep 0.05
    done
}
# within NAME SECONDS COMMAND...: a case that comes to hold; its time is a figure
within() {
    local name=$1 start
    start=$(now_ms)
    if wait_for "${@:2}"; then
        figures+=("$name $(($(now_ms) - start)) ms")
        pass "$name"
    else
        fail "$name: not within $2 s: ${*:3}"
        return 1
    fi
}

level() { [[ $(cat "$line/value") == "$1" ]]; }
main_pid() { systemctl show -p MainPID --value "$1"; }
active() { systemctl is-active -q "$1"; }
as_door() { runuser -u facelatch -- "$@"; }
events() { as_door facelatch-ctl log list --json 2>/dev/null | grep -c "\"outcome\":\"$1\""; }
more_events() { [[ $(events "$1") -gt $2 ]]; }
kiosk_back() { local pid; pid=$(main_pid facelatch); [[ $pid != 0 && $pid != "$1" ]] && active facelatch; }

# show FOLDER: its frames before the camera, two a second, until the next call. The camera itself is never gone.
show() {
    ln -sfn "/opt/guest/$1" /run/shown.next
    mv -T /run/shown.next /run/shown
    [[ -z ${feeder:-} ]] || return 0
    while true; do
        gst-launch-1.0 -q multifilesrc location=/run/shown/%d.raw start-index=0 stop-index=7 loop=true \
            caps=video/x-raw,format=YUY2,width=160,height=120,framerate=2/1 ! identity sync=true ! \
            v4l2sink device=/dev/video0 sync=false
        sleep 1
    done >/tmp/feeder.log 2>&1 &
    feeder=$!
}
# The door at rest, the next face a new visit.
nobody() { show nobody; wait_for 60 level 0; sleep 6; }
# A face, until the line is active.
open_door() { show known; wait_for 90 level 1; }

install_and_start() {
    expect installs dpkg -i /payload/facelatch.deb
    expect services_wait_to_be_enabled sh -c '! systemctl is-active facelatch-lockd && ! systemctl is-enabled facelatch'
    expect users_exist sh -c 'id facelatch && id -nG facelatch-lockd | grep -qw gpio && ! id -nG facelatch | grep -qw gpio'
    udevadm settle
    expect gpio_chip_belongs_to_its_group test "$(stat -c %G%a /dev/gpiochip0)" = gpio660
    expect data_folder_waits test "$(stat -c %U%a /var/lib/facelatch)" = facelatch700
    expect settings_are_not_for_everybody test "$(stat -c %G%a /etc/facelatch/settings.toml)" = facelatch640
    # What facelatch-ctl models install would fetch, if the virtual machine had a network.
    install -d -o facelatch -g facelatch -m 0700 /var/lib/facelatch/models
    cp /payload/models/* /var/lib/facelatch/models/
    chown facelatch:facelatch /var/lib/facelatch/models/*
    # The emulated processor takes a second or more for what a door does in a twentieth of it.
    cat >/etc/facelatch/settings.toml <<'END'
[camera]
width = 160
height = 120
fps = 2
[screen]
window = "800x480"
[liveness]
policy = "off"
[recognition]
agreeing_frames = 1
min_face_px = 32
agree_within_ms = 5000
max_frame_age_ms = 2000
[lock]
strike_time_ms = 8000
END
    mkdir -p /etc/systemd/system/facelatch.service.d
    cp /usr/share/doc/facelatch/examples/offscreen.conf /etc/systemd/system/facelatch.service.d/
    printf '[Service]\nTimeoutStartSec=300\nWatchdogSec=20\n' >/etc/systemd/system/facelatch.service.d/slow.conf
    systemctl daemon-reload
    expect settings_are_understood as_door facelatch-ctl settings check
    systemctl enable --now facelatch-lockd facelatch
    within lockd_is_up 60 active facelatch-lockd
    within kiosk_is_up 120 active facelatch
    expect lock_at_rest level 0
    expect data_is_private test "$(stat -c %U%a /var/lib/facelatch)" = facelatch700
    expect kiosk_has_no_rights sh -c "grep -q 'CapBnd:.0000000000000000' /proc/$(main_pid facelatch)/status &&
        grep -q 'NoNewPrivs:.1' /proc/$(main_pid facelatch)/status"
    within kiosk_sees_the_camera 60 sh -c "journalctl -b -u facelatch | grep -q 'watching USB camera'"
}

# One session a face: known opens, a stranger does not.
faces() {
    local -a photos=(/opt/guest/photos/*.jpg)
    mkdir -p /tmp/alice && cp "${photos[@]:0:3}" /tmp/alice/ && chmod -R a+rX /tmp/alice
    expect enrols_while_the_door_runs as_door facelatch-ctl person add Alice --photos /tmp/alice
    nobody
    show stranger
    within stranger_is_refused 120 more_events denied 0
    expect stranger_moves_nothing level 0
    nobody
    show known
    within face_moves_the_line 120 level 1 || { as_door facelatch-ctl log list | head; top -bn1 | head -12; }
    within line_rests_again 30 level 0
    within grant_is_logged 30 more_events granted 0
}

kill_each() {
    local pid workers
    echo pull-up >"$line/pull" # what the kernel leaves behind when a process dies is the worst case: a released lock
    nobody
    open_door && pid=$(main_pid facelatch) && kill -9 "$pid"
    within rest_after_kill_of_kiosk 5 level 0
    within kiosk_is_back_after_kill 120 kiosk_back "$pid"

    nobody
    open_door && workers=$(pgrep -P "$(main_pid facelatch-lockd)") && kill -9 "$workers"
    within rest_after_kill_of_lockd_worker 5 level 0
    within new_worker 30 sh -c "pgrep -P $(main_pid facelatch-lockd) | grep -qvx $workers"

    nobody
    open_door && pid=$(main_pid facelatch-lockd) && kill -9 "$pid"
    within rest_after_kill_of_lockd_guard 10 level 0
    within lockd_is_back_after_kill 60 sh -c "test \$(systemctl show -p MainPID --value facelatch-lockd) != $pid && systemctl is-active facelatch-lockd"

    nobody
    pid=$(main_pid facelatch)
    open_door && kill -STOP "$pid"
    within rest_after_freeze_of_kiosk 10 level 0
    within watchdog_restarts_a_frozen_kiosk 120 kiosk_back "$pid"

    echo pull-down >"$line/pull" # a line that nobody requests shows its pull here, so that says nothing of this case
    nobody
    open_door && systemctl stop facelatch-lockd
    within rest_after_stop_of_lockd 5 level 0
    systemctl start facelatch-lockd
    nobody
    within opens_after_all_this 120 open_door
    pid=$(main_pid facelatch)
    expect restarts_in_order systemctl restart facelatch
    within rest_after_restart 5 level 0
    expect events_are_whole as_door facelatch-ctl log verify
}

# The unit as it is shipped, on the virtual machine's screen, which has no graphics processor.
on_a_screen() {
    local pid
    pid=$(main_pid facelatch)
    rm /etc/systemd/system/facelatch.service.d/offscreen.conf
    printf '[Service]\nEnvironment=WLR_RENDERER=pixman\n' >/etc/systemd/system/facelatch.service.d/screen.conf
    systemctl daemon-reload
    systemctl restart facelatch
    within shipped_session_is_up 120 kiosk_back "$pid"
    expect main_process_is_the_compositor sh -c "test \"\$(cat /proc/$(main_pid facelatch)/comm)\" = cage"
    within screen_is_shown 30 sh -c "journalctl -b -u facelatch | grep -q 'the screen shows'"
    show known
    within opens_under_the_compositor 120 level 1
    echo "SCREEN NOW"
    sleep 4
    pid=$(pgrep -x facelatch)
    kill -9 "$pid"
    within session_is_back_after_kill 120 sh -c "pgrep -x facelatch | grep -qvx $pid && systemctl is-active facelatch"
}

end() {
    [[ ${#figures[@]} -eq 0 ]] || (IFS=,; echo "[ FIGURES  ] ${figures[*]}")
    figures=()
}

show nobody
if [[ ! -e /var/tmp/second-start ]]; then
    install_and_start
    faces
    kill_each
    on_a_screen
    rm -f /etc/systemd/system/facelatch.service.d/screen.conf
    cp /usr/share/doc/facelatch/examples/offscreen.conf /etc/systemd/system/facelatch.service.d/
    touch /var/tmp/second-start
    end
    sync
    systemctl reboot
else
    within both_start_with_the_machine 120 sh -c 'systemctl is-active facelatch-lockd && systemctl is-active facelatch'
    show known
    within face_moves_the_line_after_reboot 120 level 1
    show nobody
    within line_rests_after_reboot 30 level 0
    systemctl stop facelatch facelatch-lockd
    expect stops_in_order sh -c '! journalctl -b -u facelatch -u facelatch-lockd | grep -E "status=|Failed with"'
    expect is_removed dpkg -r facelatch
    expect data_survives_removal test -e /var/lib/facelatch/facelatch.db
    end
    echo 'GUEST ENDED'
    sync
    systemctl poweroff
fi
