# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What run.sh, test.sh and .ci/run share: steps that say how to mend them, Debian packages, builds, model files.
# Sourced, never run. The caller sets `root` (the source tree) and `set -euo pipefail` first.
#
# Environment:  FACELATCH_JOBS=N             compile N files at a time (default: by processors and memory)
#               FACELATCH_SKIP_PACKAGES=1    do not look at the system's packages

# --- steps -----------------------------------------------------------------------------------------------------------

step_name=""
step_mend=""

say() { printf '==> %s\n' "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }

# step WHAT MEND: announces a step; when the script ends inside it, MEND is the command that is shown.
step() {
    step_name=$1
    step_mend=$2
    say "$1"
}
# The steps are over: what follows explains its own failures.
steps_done() { step_name=""; }

explain_failure() {
    local status=$?
    if [[ $status -ne 0 && -n $step_name ]]; then
        printf '\n%s stopped (exit code %s) at: %s\n    To mend it: %s\n' \
            "$(basename -- "$0")" "$status" "$step_name" "$step_mend" >&2
    fi
    return "$status"
}
trap explain_failure EXIT

# --- packages --------------------------------------------------------------------------------------------------------

declare -A installed_packages=()

# Fills installed_packages once: one question for all packages keeps a second run fast.
read_installed_packages() {
    installed_packages=()
    local package status
    while read -r package status; do
        [[ $status == installed ]] && installed_packages[$package]=1
    done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null)
    return 0
}

# listed_packages FILE SECTION...: the package lines of these sections, without comments and blanks ("a|b"). Lines before
# the first section heading belong to every section.
listed_packages() {
    local file=$1 line wanted=1
    shift
    while IFS= read -r line || [[ -n $line ]]; do
        line=${line%%#*}
        line=${line//[[:space:]]/}
        if [[ $line == \[*\] ]]; then
            line=${line:1:-1}
            [[ " $* " == *" $line "* ]] && wanted=1 || wanted=0
        elif [[ -n $line && $wanted == 1 ]]; then
            printf '%s\n' "$line"
        fi
    done <"$file"
}

# missing_packages FILE SECTION...: those lines of which no alternative is installed.
missing_packages() {
    local line name
    local -a names
    while IFS= read -r line; do
        IFS='|' read -r -a names <<<"$line"
        for name in "${names[@]}"; do
            [[ -n ${installed_packages[$name]:-} ]] && continue 2
        done
        printf '%s\n' "$line"
    done < <(listed_packages "$@")
}

# known_package a|b: the first alternative this system's package lists can install.
known_package() {
    local name policy
    local -a names
    IFS='|' read -r -a names <<<"$1"
    for name in "${names[@]}"; do
        policy=$(LC_ALL=C apt-cache policy "$name" 2>/dev/null)
        if [[ $policy == *"Candidate: "[!\(]* ]]; then
            printf '%s\n' "$name"
            return 0
        fi
    done
    return 1
}

# The only thing in these scripts that asks for more rights. Without a terminal sudo must not wait for a password.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif [[ -t 0 ]]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}
apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

# install_packages FILE SECTION...: installs what is missing; asks nothing and touches nothing when nothing is.
install_packages() {
    local file=$1
    [[ ${FACELATCH_SKIP_PACKAGES:-0} == 1 ]] && return 0
    step "Checking Debian packages (${file#"$root"/}: ${*:2})" "see ${file#"$root"/} for what is needed"
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        step_mend="install the equivalents of $file by hand, then: FACELATCH_SKIP_PACKAGES=1 $0"
        note "This is no Debian system: there is no apt-get."
        return 1
    fi
    read_installed_packages
    local -a missing names=()
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -eq 0 ]] && return 0

    note "Missing: ${missing[*]}"
    if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
        step_mend="su -c 'apt-get install ${missing[*]%%|*}', then run this again"
        note "Installing needs root, and there is no sudo."
        return 1
    fi
    step "Reading the package lists (apt-get update)" "check the network and /etc/apt/sources.list, then: apt-get update"
    # One broken foreign repository must not stop us: what counts is whether the packages are known afterwards.
    apt_get update -qq >&2 || note "apt-get update had trouble; going on with the lists there are."
    local line name
    for line in "${missing[@]}"; do
        if ! name=$(known_package "$line"); then
            step_mend="check /etc/apt/sources.list (Debian 12 or 13, main), then: apt-get update && apt-cache policy ${line%%|*}"
            note "No package of the name ${line//|/ or } is known here."
            return 1
        fi
        names+=("$name")
    done
    step "Installing ${#names[@]} packages (apt-get install)" \
        "apt-get install --no-install-recommends ${names[*]}    (as root)"
    apt_get install -y -qq --no-install-recommends "${names[@]}" >&2
}

# --- who runs it -----------------------------------------------------------------------------------------------------

# leave_root OWNER SCRIPT ARGUMENTS...: starts SCRIPT again as the ordinary user who stands behind root: the one who
# called sudo, else OWNER (may be empty). Where there is none, as in a container, root is the only user there is: that
# is said and we go on, since refusing would only make people work round the check. It is the one case in which a
# program of ours runs as root by these scripts.
leave_root() {
    [[ $EUID -eq 0 ]] || return 0
    local user=${SUDO_USER:-} home=""
    [[ -n $user && $user != root ]] || user=$1
    shift
    [[ -n $user && $user != root ]] && home=$(getent passwd -- "$user" | cut -d: -f6)
    if [[ -z $home || ! -d $home ]]; then
        say "There is no ordinary user to go on as: going on as root. At a real door use an ordinary user."
        return 0
    fi
    say "Going on as the user $user: root was needed for apt only"
    local -a keep=("HOME=$home" "USER=$user" "LOGNAME=$user" "FACELATCH_SKIP_PACKAGES=1")
    local runtime
    runtime=/run/user/$(id -u -- "$user")
    [[ -d $runtime ]] && keep+=("XDG_RUNTIME_DIR=$runtime")
    # What an earlier run as root left behind would stop the user's build.
    [[ -d $root/build && $(stat -c %U -- "$root/build") == root ]] && chown -R -- "$user:" "$root/build"
    steps_done
    exec runuser -u "$user" -- env -u SUDO_USER "${keep[@]}" "$@"
}

# --- building --------------------------------------------------------------------------------------------------------

# Compiling with OpenCV or dlib takes about 1 GB: a Pi with little memory must not compile four at a time.
build_jobs() {
    local processors memory
    processors=$(nproc)
    memory=$(awk '/^MemAvailable:/ {print int($2 / 1000000)}' /proc/meminfo)
    [[ $memory -ge 1 ]] || memory=1
    printf '%s\n' "${FACELATCH_JOBS:-$((processors < memory ? processors : memory))}"
}

# build_preset PRESET [TARGET...]: configures build/PRESET when needed and builds it.
build_preset() {
    local preset=$1 folder=$root/build/$1
    shift
    if [[ -f $folder/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        note "The source tree was moved since build/$preset was made: making it anew."
        rm -rf -- "$folder"
    fi
    if [[ ! -f $folder/build.ninja || $root/CMakePresets.json -nt $folder/build.ninja ]]; then
        step "Configuring build/$preset (cmake --preset $preset)" \
            "read the first CMake error above; from nothing: rm -rf '$folder' && (cd '$root' && cmake --preset $preset)"
        mkdir -p -- "$folder"
        if ! (cd -- "$root" && cmake --preset "$preset" -Wno-dev) >"$folder/configure.log" 2>&1; then
            cat -- "$folder/configure.log" >&2
            return 1
        fi
        touch -- "$folder/build.ninja" # even where CMake left it as it was: it is newer than the presets now
    fi
    step "Building build/$preset" \
        "read the first error above; one file at a time: FACELATCH_JOBS=1 $0; from nothing: rm -rf '$folder'"
    local -a quiet=()
    [[ -t 2 ]] || quiet=(--quiet)
    ninja -C "$folder" -j "$(build_jobs)" "${quiet[@]}" "$@" >&2
}

# --- model files -----------------------------------------------------------------------------------------------------

# get_models CTL [--data DIR] [--settings FILE] ...: checks the network files by their sha256 and downloads what is
# missing. Their absence is no reason to stop: the door then shows itself out of service, and says why.
get_models() {
    local ctl=$1
    shift
    say "Checking the model files (facelatch-ctl models verify)"
    local report status=0
    report=$("$ctl" "$@" models verify 2>&1) || status=$?
    [[ $status -eq 0 ]] && return 0
    printf '%s\n' "$report" >&2
    [[ $status -eq 2 ]] && return 2 # the settings or options are wrong, which the report says
    say "Getting the missing model files (facelatch-ctl models install)"
    if ! "$ctl" "$@" models install >&2; then
        note "Some model files are still missing: without them the door shows itself out of service."
        note "To mend it, with a network: '$ctl' models install"
        note "or put the files into ../shared/models beside the source tree, or name their folder:"
        note "  --set recognition.models_dir=FOLDER"
        return 1
    fi
}
