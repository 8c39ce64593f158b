#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the Debian package from this source tree, with debian/ from packaging/: packaging/build_deb.sh [--output DIR]
# The packages come into build/deb unless --output says otherwise; the last line printed is the path of facelatch's.
# Installs missing Debian packages first, as ./run.sh does (FACELATCH_SKIP_PACKAGES=1 leaves that out).
# Further arguments after -- go to dpkg-buildpackage, such as: -- -aarm64 -d
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=packaging/setup.sh
source "$root/packaging/setup.sh"

output=$root/build/deb
while [[ $# -gt 0 ]]; do
    case $1 in
    --output)
        [[ $# -ge 2 && -n $2 ]] || { echo "build_deb.sh: --output needs a folder" >&2; exit 2; }
        output=$2
        shift
        ;;
    --output=?*) output=${1#*=} ;;
    --) shift; break ;;
    --help | -h) sed -n '3,6s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "build_deb.sh: unknown option $1" >&2; exit 2 ;;
    esac
    shift
done

install_packages "$root/packaging/packages.txt" build package
mkdir -p -- "$output"
output=$(cd -- "$output" && pwd -P)
tree=$root/build/deb-tree/facelatch

# The files git knows, with what was changed in them; without git all but what is built. A path that stays the same, so
# that the compiler cache finds what an earlier package compiled.
copy_sources() {
    rm -rf -- "$tree"
    mkdir -p -- "$tree"
    if git -C "$root" rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        (cd -- "$root" && git ls-files -z --cached --others --exclude-standard |
            while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done |
            tar -c --null --files-from=- | tar -x -C "$tree")
    else
        tar -c -C "$root" --exclude=./build --exclude=./.git --exclude=./.cache . | tar -x -C "$tree"
    fi
    cp -r -- "$tree/packaging/debian" "$tree/debian"
}

# The package's version is that of the sources; a changelog that was forgotten is no surprise for later.
check_version() {
    local sources changelog
    sources=$(sed -n 's/^project(facelatch VERSION \([0-9.]*\).*/\1/p' "$tree/CMakeLists.txt")
    changelog=$(dpkg-parsechangelog -l "$tree/debian/changelog" -S Version)
    if [[ $sources != "$changelog" ]]; then
        note "CMakeLists.txt says version $sources, packaging/debian/changelog says $changelog."
        return 1
    fi
}

step "Copying the sources to ${tree#"$root"/}" "check the space on the disk (df -h '$root')"
copy_sources
step "Comparing the versions" "add an entry to packaging/debian/changelog"
check_version

# The tests have run before, in ./test.sh. debhelper gives the build a home of its own: the compiler cache is named.
jobs=$(build_jobs)
export DEB_BUILD_OPTIONS=${DEB_BUILD_OPTIONS:-nocheck noautodbgsym parallel=$jobs}
if command -v ccache >/dev/null; then
    CCACHE_DIR=${CCACHE_DIR:-$(ccache --get-config cache_dir)}
    export CCACHE_DIR
fi
step "Building the package (dpkg-buildpackage -b -us -uc)" "see the end of $output/build.log"
if ! (cd -- "$tree" && dpkg-buildpackage -b -us -uc "$@") >"$output/build.log" 2>&1; then
    tail -n 40 -- "$output/build.log" >&2
    exit 1
fi
steps_done
rm -f -- "$output"/*.deb "$output"/*.changes "$output"/*.buildinfo
mv -- "$tree"/../facelatch*_* "$output/"
find "$output" -name 'facelatch_*.deb'
