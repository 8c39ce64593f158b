#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and tests Facelatch. The last line is always "N passed, N failed, N skipped"; exit code 0 when nothing failed.
set -euo pipefail
exec 2>&1 # one stream, so that the last line is the last line

usage() {
    cat <<'TEXT'
./test.sh                    development build (warnings are errors), all tests, format check, layer check
./test.sh OPTION...          only what is named:
  --sanitize                 AddressSanitizer and UndefinedBehaviorSanitizer on all quick tests, ThreadSanitizer on core
  --tidy                     clang-tidy over all sources
  --hardware                 the lock daemon on simulated GPIO lines, the camera on test cameras, in virtual machines (QEMU)
  --package                  the Debian package: built, looked at, lintian
  --guest                    the same, then installed on a Debian with systemd in a virtual machine
  --screenshots DIR          a picture of every screen into DIR
  --help
Environment: FACELATCH_JOBS=N compiles N files at a time; FACELATCH_SKIP_PACKAGES=1 does not look at Debian packages.
TEXT
}

sanitize=0 tidy=0 hardware=0 package=0 guest=0 ordinary=1 screenshots=""
arguments=("$@")
while [[ $# -gt 0 ]]; do
    case $1 in
    --sanitize) sanitize=1 ;;
    --tidy) tidy=1 ;;
    --hardware) hardware=1 ;;
    --package) package=1 ;;
    --guest) package=1 guest=1 ;;
    --screenshots)
        [[ $# -ge 2 && -n $2 ]] || { echo "test.sh: --screenshots needs a folder"; exit 2; }
        screenshots=$2
        shift
        ;;
    --screenshots=?*) screenshots=${1#*=} ;;
    --help | -h) usage; exit 0 ;;
    *) echo "test.sh: unknown option $1"; usage; exit 2 ;;
    esac
    ordinary=0
    shift
done

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=packaging/setup.sh
source "$root/packaging/setup.sh"

# --- counting --------------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0
remarks=()
pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); remarks+=("failed:  $1"); }
skip() { skipped=$((skipped + 1)); remarks+=("skipped: $1"); }

finish() {
    local status=$?
    if [[ $status -ne 0 && -n $step_name ]]; then
        fail "$step_name"
        (exit "$status") || explain_failure || true
    fi
    [[ ${#remarks[@]} -eq 0 ]] || printf '%s\n' "" "${remarks[@]}"
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [[ $status -ne 0 || $failed -eq 0 ]] || status=1
    exit "$status"
}
trap finish EXIT

# check NAME COMMAND...: one more test; its output is shown when it fails.
check() {
    local name=$1 output
    shift
    say "Checking: $name"
    if output=$("$@" 2>&1); then
        pass
    else
        printf '%s\n' "$output"
        fail "$name"
    fi
}

# run_tests PRESET CTEST-ARGUMENTS...: runs CTest in build/PRESET and adds its cases up.
run_tests() {
    local preset=$1 folder=$root/build/$1 report line counts
    shift
    report=$folder/test-results.xml
    rm -f -- "$report"
    step "Running the tests of build/$preset" "ctest --test-dir '$folder' --rerun-failed --output-on-failure"
    # A failing test is counted below; what fails here is only a CTest that did not run.
    ctest --test-dir "$folder" -j "$(nproc)" --output-on-failure --no-tests=error --output-junit "$report" \
        --test-output-size-passed 4000000 --test-output-size-failed 4000000 "$@" || true
    counts=""
    while IFS= read -r line; do
        [[ $line =~ ^(failed|skipped|measured):\  ]] && remarks+=("$line ($preset)")
        counts=$line
    done < <(python3 "$root/tests/scripts/count_results.py" "$report")
    [[ $counts =~ ^([0-9]+)\ ([0-9]+)\ ([0-9]+)$ ]] || return 1
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    skipped=$((skipped + BASH_REMATCH[3]))
    steps_done
}

# --- checks of the sources -------------------------------------------------------------------------------------------

source_folders=(app core hardware network recognition storage tests ui)
sources() { (cd -- "$root" && find "${source_folders[@]}" -type f \( -name '*.cpp' -o -name '*.h' \) -print0 | sort -z); }

# Another version of clang-format formats otherwise, so only version 14 (Debian 12's) may judge.
check_format() {
    local tool
    for tool in clang-format-14 clang-format; do
        if command -v "$tool" >/dev/null && [[ $("$tool" --version) == *"version 14."* ]]; then
            check "format (clang-format 14; to mend: $tool -i FILE)" format_with "$tool"
            return 0
        fi
    done
    skip "format: clang-format 14 is not here (Debian 12: apt-get install clang-format-14)"
}
format_with() { (cd -- "$root" && sources | xargs -0 "$1" --dry-run -Werror); }

check_scripts() {
    if ! command -v shellcheck >/dev/null; then
        skip "shell scripts: shellcheck is not here (apt-get install shellcheck)"
        return 0
    fi
    check "shell scripts (shellcheck)" shellcheck_all
}
shellcheck_all() {
    (cd -- "$root" && find run.sh test.sh .ci packaging tests -type f \( -name '*.sh' -o -path .ci/run \) -print0 |
        xargs -0 shellcheck -x)
}

tidy_all() {
    local tool=clang-tidy
    command -v clang-tidy-14 >/dev/null && tool=clang-tidy-14
    (cd -- "$root" && sources | grep -z '\.cpp$' |
        xargs -0 -n 1 -P "$(nproc)" "$tool" -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option)
}

# --- the runs --------------------------------------------------------------------------------------------------------

sections=(build run test)
[[ $tidy == 1 ]] && sections+=(tidy)
[[ $package == 1 ]] && sections+=(package)
install_packages "$root/packaging/packages.txt" "${sections[@]}"
[[ $hardware == 1 || $guest == 1 ]] && install_packages "$root/tests/hardware/packages.txt"
leave_root "" "$root/test.sh" "${arguments[@]}"

if [[ $ordinary == 1 ]]; then
    build_preset dev
    # Where the models are neither beside the sources nor installed, they are fetched for the tests alone. Tests that need a
    # missing one are skipped and say so.
    get_models "$root/build/dev/app/facelatch-ctl" --data "$root/build/test-data" || true
    export FACELATCH_MODELS_DIR=${FACELATCH_MODELS_DIR:-$root/build/test-data/models}
    run_tests dev -LE 'hardware|package|guest'
    check_format
    check_scripts
fi

if [[ $screenshots != "" ]]; then
    build_preset dev
    mkdir -p -- "$screenshots"
    check "screenshots into $screenshots" env QT_QPA_PLATFORM=offscreen \
        "$root/build/dev/tests/ui/facelatch-screenshots" "$screenshots"
fi

if [[ $sanitize == 1 ]]; then
    # Left out: what measures time or accuracy (slow), and what looks at sources and not at a program (tree).
    build_preset asan
    run_tests asan -LE 'hardware|slow|tree|package|guest'
    build_preset tsan-core
    run_tests tsan-core
fi

if [[ $hardware == 1 ]]; then
    build_preset dev
    run_tests dev -L hardware -j 1 # virtual machines measure time, so one at a time
fi

if [[ $package == 1 ]]; then
    build_preset dev
    labels=package
    if [[ $guest == 1 ]]; then
        labels='package|guest'
        get_models "$root/build/dev/app/facelatch-ctl" --data "$root/build/test-data" || true
        export FACELATCH_MODELS_DIR=${FACELATCH_MODELS_DIR:-$root/build/test-data/models}
    fi
    run_tests dev -L "$labels" -j 1
fi

if [[ $tidy == 1 ]]; then
    build_preset dev
    check "clang-tidy" tidy_all
fi
steps_done
