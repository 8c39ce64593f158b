#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the built programs load: check_programs.py PROGRAM:FORBIDDEN[,FORBIDDEN...]...

Asks ldd, so that what a library of a library brings along counts too. FORBIDDEN is the beginning of a library's name.
A program that is not there, or of which ldd knows no library at all, is a failure.
"""
import subprocess
import sys
from pathlib import Path


def loaded(program: Path) -> list[str]:
    result = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False)
    return [line.split()[0] for line in result.stdout.splitlines() if ".so" in line]


def main(arguments: list[str]) -> int:
    failed = not arguments
    for argument in arguments:
        program_name, _, names = argument.rpartition(":")
        program = Path(program_name)
        libraries = loaded(program) if program.is_file() else []
        unwanted = [library for library in libraries for name in names.split(",") if library.startswith(name)]
        if not libraries:
            print(f"FAIL {program.name}: {program} is not there, or loads no library")
        elif unwanted:
            print(f"FAIL {program.name}: loads {', '.join(unwanted)}")
        else:
            print(f"PASS {program.name} loads none of: {names}")
        failed = failed or not libraries or bool(unwanted)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
