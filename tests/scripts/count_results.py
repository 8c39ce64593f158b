#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts test cases in CTest's JUnit files: count_results.py FILE...

CTest knows one entry an executable; what people want counted are the cases inside. They are read from the entries'
output (GoogleTest, Qt Test, or lines "PASS name", "FAIL name", "SKIP name: reason" of a script). An entry without such
lines counts as one case; an entry that failed without a failing case (crash, time-out, missing executable) as one
failure. Prints every failed and every skipped case with its reason, what tests measured ("[ FIGURES  ] ..."), and at
the end "<passed> <failed> <skipped>".
Exit code 0 when nothing failed, 1 when something did, 2 when a file cannot be read.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

# The case's own line ends with its time; the lists at the end of a run repeat names without one.
GTEST = re.compile(r"^\[\s+(OK|FAILED|SKIPPED)\s+\] (.+?) \(\d+ ms\)$")
GTEST_SKIP_PLACE = re.compile(r"^\S+:\d+: Skipped$")
QTEST = re.compile(r"^(PASS|FAIL!|SKIP|XPASS|BFAIL|BPASS)\s+: (.*)$")
SCRIPT = re.compile(r"^(PASS|FAIL|SKIP)[: ]\s*(\S.*)$")
EMPTY = re.compile(r"^\[=+\] Running 0 tests")
FIGURES = re.compile(r"^\[ FIGURES\s+\] (.*)$")
# Qt Test's frame round the cases of a class.
FRAME = re.compile(r"::(init|cleanup)TestCase\(\)$")


@dataclass
class Count:
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    measured: list[str] = field(default_factory=list)


def count_lines(entry: str, lines: list[str], count: Count) -> None:
    reason: list[str] = []
    in_reason = False
    for line in lines:
        if GTEST_SKIP_PLACE.match(line):
            reason, in_reason = [], True
            continue
        if match := GTEST.match(line):
            verdict, name = match.groups()
            if verdict == "OK":
                count.passed += 1
            elif verdict == "FAILED":
                count.failed.append(f"{entry}: {name}")
            else:
                count.skipped.append(f"{entry}: {name}: {' '.join(reason) or 'no reason given'}")
            reason, in_reason = [], False
        elif match := QTEST.match(line):
            verdict, text = match.groups()
            if verdict in ("FAIL!", "XPASS"):
                count.failed.append(f"{entry}: {text}")
            elif verdict == "SKIP":
                count.skipped.append(f"{entry}: {text}")
            elif verdict == "PASS" and not FRAME.search(text):
                count.passed += 1
        elif match := SCRIPT.match(line):
            verdict, text = match.groups()
            if verdict == "PASS":
                count.passed += 1
            elif verdict == "FAIL":
                count.failed.append(f"{entry}: {text}")
            else:
                count.skipped.append(f"{entry}: {text}")
        elif match := FIGURES.match(line):
            count.measured.append(f"{entry}: {match[1]}")
        elif EMPTY.match(line):
            count.failed.append(f"{entry}: there is no case in it")
        elif in_reason and line.strip():
            reason.append(line.strip())


def count_entry(case: ElementTree.Element, total: Count) -> None:
    name = case.get("name", "?")
    status = case.get("status", "")
    lines = (case.findtext("system-out") or "").splitlines()
    count = Count()
    count_lines(name, lines, count)
    if status == "run" and not (count.passed or count.failed or count.skipped):
        count.passed = 1
    elif status == "disabled":
        count = Count(skipped=[f"{name}: disabled"])
    elif status not in ("run", "disabled") and not count.failed:
        skipped = case.find("skipped")
        message = skipped.get("message", "") if skipped is not None else ""
        if message.startswith("SKIP_"):
            said = [line.strip() for line in lines if line.strip()]
            count.skipped = count.skipped or [f"{name}: {said[-1] if said else 'no reason given'}"]
        else:
            failure = case.find("failure")
            why = message or (failure.get("message") if failure is not None else "") or "crashed, or ran out of time"
            count.failed = [f"{name}: {why}"]
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
    total.measured += count.measured


def main(files: list[str]) -> int:
    total = Count()
    for file in files:
        try:
            for case in ElementTree.parse(file).getroot().iter("testcase"):
                count_entry(case, total)
        except (OSError, ElementTree.ParseError) as error:
            print(f"count_results: {file} cannot be read: {error}", file=sys.stderr)
            return 2
    for line in total.measured:
        print(f"measured: {line}")
    for line in total.failed:
        print(f"failed:  {line}")
    for line in total.skipped:
        print(f"skipped: {line}")
    print(f"{total.passed} {len(total.failed)} {len(total.skipped)}")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
