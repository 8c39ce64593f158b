#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be in the source tree at all: check_tree.py [ROOT]

Licence lines, no binary or large files, no path of one machine, no unfinished marks, no dead links in the documents.
Looks at the files git knows, or at all files where the tree is no git checkout. Prints "PASS rule" or "FAIL rule: what".
"""
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCES = {".cpp", ".h", ".py", ".sh"}
ALSO_SOURCES = {"run.sh", "test.sh", ".ci/run", "CMakeLists.txt", "packaging/packages.txt", "resources/models.toml"}
LARGEST = 1_000_000
BINARY = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".ico", ".onnx", ".dat", ".pickle", ".db", ".sqlite", ".so",
          ".a", ".o", ".pyc", ".qm", ".zip", ".gz", ".bz2", ".xz", ".deb"}
SKIPPED = {".git", "build", ".cache", "__pycache__"}

# Written in pieces, so that this file does not find itself.
HOME_PATH = re.compile(r"(?<![\w.])/(" + "home|root|Users|work" + r")/\w")
MARKS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "not imple" + "mented",
                                        "place" + "holder", "st" + "ub"]) + r")\b")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")

RULES = {
    "licence": "every source file names its licence",
    "size": f"no file is larger than {LARGEST} bytes",
    "text": "no pictures, models or other binary files",
    "paths": "no path of one machine",
    "marks": "nothing is marked as unfinished",
    "links": "links in the documents lead somewhere",
}


def files(root: Path) -> Iterator[Path]:
    try:
        listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True).stdout
        names = [name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = []
    if names:
        yield from (root / name for name in names if (root / name).is_file())
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and not SKIPPED & set(path.relative_to(root).parts):
            yield path


def findings_of(root: Path, path: Path) -> Iterator[tuple[str, str]]:
    name = path.relative_to(root).as_posix()
    content = path.read_bytes()
    if len(content) > LARGEST:
        yield "size", f"{name}: {len(content)} bytes"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if path.suffix in BINARY or "\0" in text:
        yield "text", name
        return
    source = path.suffix in SOURCES or name in ALSO_SOURCES
    lines = text.splitlines()
    if source and not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in lines[:3]):
        yield "licence", f"{name}: no SPDX line among the first three"
    for number, line in enumerate(lines, 1):
        if match := HOME_PATH.search(line):
            yield "paths", f"{name}:{number}: {match[0]}..."
        if source and (match := MARKS.search(line)):
            yield "marks", f"{name}:{number}: {match[0]}"
        if path.suffix == ".md":
            for target, _ in LINK.findall(line):
                if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
                    yield "links", f"{name}:{number}: {target}"


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    findings = [finding for path in files(root) for finding in findings_of(root, path)]
    for rule, meaning in RULES.items():
        broken = [text for found, text in findings if found == rule]
        for text in broken:
            print(f"FAIL {rule}: {text}")
        if not broken:
            print(f"PASS {rule}: {meaning}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
