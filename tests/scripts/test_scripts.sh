#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh, test.sh and .ci/run in a copied tree (its path has a space) with a faked apt, CMake and ninja round them.
# Prints "PASS what", "FAIL what" or "SKIP what: reason"; exit code 1 when something failed.
# shellcheck disable=SC2016 # the faked programs are written in single quotes on purpose
set -uo pipefail

source_root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
tree="$scratch/a tree"
fakes=$scratch/fakes
unset SUDO_USER DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM FACELATCH_SKIP_PACKAGES FACELATCH_JOBS FACELATCH_CI_MINUTES
export PATH=$fakes:$PATH FAKE=$scratch
failures=0

verdict() { # WHAT STATUS
    if [[ $2 -eq 0 ]]; then
        echo "PASS $1"
    else
        echo "FAIL $1"
        failures=$((failures + 1))
        sed 's/^/    | /' "$scratch/output"
    fi
}
# expect WHAT PATTERN...: every pattern stands in the output of the last run.
expect() {
    local what=$1 pattern missing=0
    shift
    for pattern in "$@"; do
        grep -qF -- "$pattern" "$scratch/output" || { echo "    not said: $pattern"; missing=1; }
    done
    verdict "$what" $missing
}
expect_not() {
    ! grep -qF -- "$2" "$scratch/output"
    verdict "$1" $?
}
expect_status() { # WHAT WANTED
    [[ $status -eq $2 ]]
    verdict "$1 (exit code $2, was $status)" $?
}
run() {
    status=0
    "$@" >"$scratch/output" 2>&1 </dev/null || status=$?
    cat -- "$scratch/calls" >>"$scratch/output" 2>/dev/null
    rm -f -- "$scratch/calls"
}
fake() { # NAME, script on the standard input
    { echo '#!/usr/bin/env bash'; cat; } >"$fakes/$1"
    chmod +x "$fakes/$1"
}

# A fresh copy of the tree on a system where all packages are installed and everything works.
fresh() {
    rm -rf -- "$tree" "$fakes" "$scratch"/*.txt
    mkdir -p -- "$tree/tests/scripts" "$tree/.ci" "$fakes"
    cp -r -- "$source_root/packaging" "$source_root"/{run.sh,test.sh,CMakePresets.json} "$tree/"
    cp -- "$source_root/.ci/run" "$tree/.ci/"
    cp -- "$source_root/tests/scripts/count_results.py" "$tree/tests/scripts/"
    printf '[build]\nalpha\nold-beta | new-beta # a comment\n\n[run]\ngamma\n[test]\ndelta\n' >"$tree/packaging/packages.txt"
    printf '%s\n' alpha new-beta gamma delta >"$scratch/installed.txt"
    printf '%s\n' alpha new-beta gamma delta >"$scratch/known.txt"
    fake dpkg-query <<<'sed "s/$/ installed/" "$FAKE/installed.txt"'
    fake apt-get <<<'echo "apt-get $*" >>"$FAKE/calls"; [[ ! -e $FAKE/apt-fails.txt || $* != *install* ]]'
    fake apt-cache <<'FAKE_APT_CACHE'
grep -qxF "$2" "$FAKE/known.txt" && printf '%s:\n  Installed: (none)\n  Candidate: 1.0\n' "$2"
exit 0
FAKE_APT_CACHE
    fake sudo <<<'echo "sudo $*" >>"$FAKE/calls"; [[ $1 == -n ]] && shift; exec "$@"'
    fake runuser <<<'echo "runuser $*" >>"$FAKE/calls"'
    fake cmake <<'FAKE_CMAKE'
echo "cmake $*" >>"$FAKE/calls"
[[ -e $FAKE/cmake-fails.txt ]] && { echo "CMake Error: no Qt"; exit 1; }
mkdir -p "build/$2/app"
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >"build/$2/CMakeCache.txt"
touch "build/$2/build.ninja"
FAKE_CMAKE
    fake ninja <<'FAKE_NINJA'
echo "ninja $*" >>"$FAKE/calls"
[[ -e $FAKE/ninja-fails.txt ]] && { echo "error: no such type"; exit 1; }
cat >"$2/app/facelatch" <<'DOOR'
#!/usr/bin/env bash
{ printf 'door on %s in %s:' "${QT_QPA_PLATFORM:-window}" "$PWD"; printf ' [%s]' "$@"; echo; } >>"$FAKE/calls"
DOOR
cat >"$2/app/facelatch-ctl" <<'CTL'
#!/usr/bin/env bash
{ printf 'ctl:'; printf ' [%s]' "$@"; echo; } >>"$FAKE/calls"
[[ ! -e $FAKE/models-missing.txt ]] || { echo "yunet-2023mar is missing"; exit "$(cat "$FAKE/models-missing.txt")"; }
CTL
chmod +x "$2/app/facelatch" "$2/app/facelatch-ctl"
FAKE_NINJA
    fake ctest <<'FAKE_CTEST'
echo "ctest $*" >>"$FAKE/calls"
while [[ $1 != --output-junit ]]; do shift; done
cp "$FAKE/junit.txt" "$2" 2>/dev/null
exit 8
FAKE_CTEST
    fake clang-format-14 <<<'[[ $1 == --version ]] && echo "clang-format version 14.0.6"; exit 0'
    fake shellcheck <<<'exit 0'
    mkdir -p -- "$tree"/{app,core,hardware,network,recognition,storage,ui}
}

# --- run.sh ----------------------------------------------------------------------------------------------------------

fresh
run bash -c "cd '$scratch' && '$tree/run.sh' --data 'my data' --exit-after 5"
expect_status "run.sh starts the door" 0
expect "run.sh: options reach the door, also with spaces, and the working directory stays" \
    "door on offscreen in $scratch: [--try-out] [--events] [--data] [my data] [--exit-after] [5]"
expect "run.sh: facelatch-ctl looks for models with the same data folder" "ctl: [--data] [my data] [models] [verify]"
expect_not "run.sh: nothing is installed when nothing is missing" "apt-get"
run "$tree/run.sh"
expect_not "run.sh: a second run does not configure again" "cmake"
run env DISPLAY=:7 "$tree/run.sh" --demo
expect "run.sh: with a display there is a window; --demo is passed alone" "door on window in $PWD: [--demo]"

fresh
printf '%s\n' gamma >"$scratch/installed.txt"
run "$tree/run.sh"
expect "run.sh installs what is missing, by the name this Debian knows" "apt-get -o DPkg::Lock::Timeout=300 update" \
    "install -y -qq --no-install-recommends alpha new-beta"
expect_not "run.sh does not install test packages" "delta"
printf '%s\n' gamma >"$scratch/known.txt"
run "$tree/run.sh"
expect "an unknown package is named, with the command that mends it" "No package of the name alpha is known here." \
    "To mend it: check /etc/apt/sources.list (Debian 12 or 13, main), then: apt-get update && apt-cache policy alpha"
expect_not "and nothing is built then" "ninja"
printf '%s\n' alpha new-beta >"$scratch/known.txt"
touch "$scratch/apt-fails.txt"
run "$tree/run.sh"
expect "a failing installation is named, with the command that mends it" "run.sh stopped" \
    "To mend it: apt-get install --no-install-recommends alpha new-beta"

fresh
touch "$scratch/cmake-fails.txt"
run "$tree/run.sh"
expect "a failing configuration shows CMake's words and the command that mends it" "CMake Error: no Qt" \
    "stopped (exit code 1) at: Configuring build/release" "rm -rf '$tree/build/release'"

fresh
touch "$scratch/ninja-fails.txt"
run "$tree/run.sh"
expect_status "a failing build stops run.sh" 1
expect "a failing build shows the command that mends it" "error: no such type" "To mend it: read the first error above" \
    "FACELATCH_JOBS=1"
rm -f "$scratch/ninja-fails.txt"
sed -i 's/=.*/=\/elsewhere/' "$tree/build/release/CMakeCache.txt"
run "$tree/run.sh"
expect "a moved tree is configured anew" "The source tree was moved" "cmake --preset release"

fresh
echo 1 >"$scratch/models-missing.txt"
run "$tree/run.sh"
expect "missing models are asked for, said, and do not stop the door" "[models] [install]" "out of service" "door on"
echo 2 >"$scratch/models-missing.txt"
run "$tree/run.sh"
expect_not "wrong settings are no reason to download models" "[install]"

fresh
mkdir "$scratch/few"
for tool in bash env dirname basename cat grep; do ln -s "$(command -v $tool)" "$scratch/few/$tool"; done
run env PATH="$scratch/few" "$tree/run.sh"
expect "a system without apt is told what to do" "no Debian system" "FACELATCH_SKIP_PACKAGES=1"

if [[ $EUID -eq 0 ]] && getent passwd nobody >/dev/null && [[ -d $(getent passwd nobody | cut -d: -f6) ]]; then
    run_as=nobody
elif [[ $EUID -eq 0 ]] && [[ -d $(getent passwd daemon | cut -d: -f6) ]]; then
    run_as=daemon
else
    run_as=""
fi
if [[ -n $run_as ]]; then
    fresh
    run env SUDO_USER=$run_as "$tree/run.sh" --demo
    expect "under sudo the door is started by the user who called it" "runuser -u $run_as -- env -u SUDO_USER HOME=" \
        "FACELATCH_SKIP_PACKAGES=1 $tree/run.sh --demo"
    expect_not "and not by root" "door on"
    fresh
    chown $run_as "$tree"
    run "$tree/run.sh"
    expect "as root the owner of the tree is the one to go on as" "runuser -u $run_as"
    fresh
    run "$tree/run.sh"
    expect "where root is the only user, that is said" "no ordinary user to go on as" "door on"
else
    echo "SKIP leaving root: these tests do not run as root"
fi

# --- test.sh ---------------------------------------------------------------------------------------------------------

last_line() { # WHAT WANTED
    sed -i '/^\(cmake\|ninja\|ctest\|ctl:\|apt-get\|sudo\) \?/d' "$scratch/output"
    [[ $(tail -n 1 "$scratch/output") == "$2" ]]
    verdict "$1: $2" $?
}
junit() { { echo '<testsuite>'; cat; echo '</testsuite>'; } >"$scratch/junit.txt"; }

fresh
junit <<'XML'
<testcase name="tst_a" status="run"><system-out>[ RUN      ] A.good
[ FIGURES  ] forty of forty
[       OK ] A.good (0 ms)
/x/tst_a.cpp:7: Skipped
no model file
here

[  SKIPPED ] A.modelled (0 ms)
[  SKIPPED ] 1 test, listed below:
[  SKIPPED ] A.modelled
</system-out></testcase>
<testcase name="tst_qt" status="run"><system-out>PASS   : TestQt::initTestCase()
PASS   : TestQt::draws()
SKIP   : TestQt::sound() no loudspeaker
   Loc: [tst_qt.cpp(9)]
PASS   : TestQt::cleanupTestCase()
</system-out></testcase>
<testcase name="plain" status="run"><system-out>hello</system-out></testcase>
<testcase name="lab" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>qemu is not here</system-out></testcase>
XML
run "$tree/test.sh"
expect_status "test.sh succeeds although CTest's own exit code counts skipped entries" 0
expect "test.sh lists what was skipped, and why" "skipped: tst_a: A.modelled: no model file here (dev)" \
    "skipped: tst_qt: TestQt::sound() no loudspeaker (dev)" "skipped: lab: qemu is not here (dev)"
expect "test.sh shows what was measured" "measured: tst_a: forty of forty (dev)"
expect "test.sh leaves the hardware tests to --hardware" "-LE hardware"
last_line "test.sh counts cases, and its two checks" "5 passed, 0 failed, 3 skipped"

junit <<'XML'
<testcase name="tst_a" status="fail"><system-out>[       OK ] A.good (0 ms)
[  SKIPPED ] A.other (0 ms)
[  FAILED  ] A.bad (3 ms)
[  FAILED  ] 1 test, listed below:
[  FAILED  ] A.bad
</system-out></testcase>
<testcase name="tst_crash" status="fail"><failure message="SEGFAULT"/><system-out>[       OK ] B.good (0 ms)
[ RUN      ] B.bad</system-out></testcase>
<testcase name="tst_gone" status="notrun"><skipped message="Unable to find executable"/><system-out/></testcase>
<testcase name="tst_empty" status="run"><system-out>[==========] Running 0 tests from 0 test suites.</system-out></testcase>
<testcase name="tst_qt" status="fail"><system-out>FAIL!  : TestQt::draws() 'x' returned FALSE. ()
</system-out></testcase>
XML
run "$tree/test.sh"
expect_status "test.sh fails when a test does, even beside a skipped one" 1
expect "test.sh names what failed" "failed:  tst_a: A.bad (dev)" "failed:  tst_crash: SEGFAULT (dev)" \
    "failed:  tst_gone: Unable to find executable (dev)" "failed:  tst_empty: there is no case in it (dev)" \
    "failed:  tst_qt: TestQt::draws() 'x' returned FALSE. () (dev)"
last_line "test.sh counts crashes, missing and empty executables as failures" "4 passed, 5 failed, 1 skipped"

rm -f "$scratch/junit.txt" "$tree/build/dev/test-results.xml"
run "$tree/test.sh"
expect_status "no results at all are a failure" 1
last_line "and are counted" "0 passed, 1 failed, 0 skipped"

fresh
junit <<<'<testcase name="a" status="run"/>'
fake clang-format-14 <<<'[[ $1 == --version ]] && echo "clang-format version 14.0.6" && exit; echo "core/x.cpp:1:1: error"; exit 1'
echo "int  x;" >"$tree/core/x.cpp"
run "$tree/test.sh"
expect "a badly formatted file is shown" "core/x.cpp:1:1: error" "failed:  format"
expect_status "and fails" 1
fake clang-format-14 <<<'echo "clang-format version 19.1.0"'
fake clang-format <<<'echo "clang-format version 19.1.0"'
run "$tree/test.sh"
expect "another clang-format does not judge, which is said" "skipped: format: clang-format 14 is not here"

fresh
touch "$scratch/ninja-fails.txt"
run "$tree/test.sh"
expect_status "a failing build stops test.sh" 1
expect "and shows the command that mends it" "To mend it: read the first error above"
last_line "and still ends with the line" "0 passed, 1 failed, 0 skipped"
run "$tree/test.sh" --nonsense
expect_status "test.sh refuses an unknown option" 2
run "$tree/test.sh" --screenshots
expect_status "test.sh --screenshots wants a folder" 2
run "$tree/test.sh" --help
expect_status "test.sh --help" 0

fresh
junit <<<'<testcase name="a" status="run"/>'
run "$tree/test.sh" --sanitize
expect "test.sh --sanitize runs both sanitizers" "cmake --preset asan" "cmake --preset tsan-core" "hardware|slow|tree"
last_line "and adds them up" "2 passed, 0 failed, 0 skipped"

# --- .ci/run ---------------------------------------------------------------------------------------------------------

fresh
fake_test() { { echo '#!/usr/bin/env bash'; cat; } >"$tree/test.sh"; }
fake_test <<<'echo "test.sh [$*]"; echo "10 passed, 0 failed, 1 skipped"'
run "$tree/.ci/run"
expect_status ".ci/run" 0
expect ".ci/run calls test.sh and the longer runs" "test.sh []" "test.sh [--sanitize]" "test.sh [--hardware]"
last_line ".ci/run adds up" "30 passed, 0 failed, 3 skipped"
run env FACELATCH_CI_MINUTES=15 "$tree/.ci/run"
expect ".ci/run says what it left out" "left out: ./test.sh --sanitize: needs about 20 minutes"
last_line ".ci/run counts it as skipped" "20 passed, 0 failed, 3 skipped"
fake_test <<<'echo "9 passed, 1 failed, 0 skipped"; exit 1'
run "$tree/.ci/run"
expect_status ".ci/run fails when test.sh does" 1
last_line ".ci/run goes on all the same" "27 passed, 3 failed, 0 skipped"
fake_test <<<'echo "9 passed, 0 failed, 0 skipped"; [[ -z $* ]] || exit 3'
run "$tree/.ci/run"
last_line "a run that stops without counting a failure is one" "27 passed, 2 failed, 0 skipped"
fake_test <<<'echo "Segmentation fault"; exit 0'
run "$tree/.ci/run"
expect_status "a run without its last line is a failure" 1
fake_test <<<'[[ -z $* ]] || sleep 60; echo "1 passed, 0 failed, 0 skipped"'
sed -i 's/\* 60/* 1/g; s/^run [1-9][0-9]* /run 1 /' "$tree/.ci/run" # minutes become seconds
run env FACELATCH_CI_MINUTES=3 "$tree/.ci/run"
expect "a run is cut off when the time is over, which is said" "cut off when the 3 minutes were over"

exit $((failures > 0))
