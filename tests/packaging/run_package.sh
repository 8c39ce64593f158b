#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the Debian package and looks at it: run_package.sh ROOT FOLDER   (the source tree; where the package goes)
# Exit code 0, 1, or 77 when it cannot run here.
set -euo pipefail

root=${1:?Usage: run_package.sh ROOT FOLDER}
folder=${2:?}
for tool in dpkg-buildpackage dh lintian; do
    command -v "$tool" >/dev/null || { echo "SKIP package_build: $tool is not installed (packaging/packages.txt)"; exit 77; }
done
"$root/packaging/build_deb.sh" --output "$folder" || { echo "FAIL package_build packaging/build_deb.sh"; exit 1; }
echo "PASS packaging/build_deb.sh"
exec python3 "$root/tests/packaging/check_package.py" "$folder"
