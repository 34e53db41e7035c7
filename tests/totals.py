#!/usr/bin/env python3
"""Adds up the Qt Test totals in CTest's JUnit files and prints the closing line.

A program that crashed, timed out or printed no totals counts as one failure, so that nothing is lost in the sum.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.MULTILINE)


def totals_of(case):
    output = case.findtext("system-out") or ""
    ended_well = case.get("status") == "run"
    found = TOTALS.findall(output)
    if not found:
        return (1, 0, 0) if ended_well else (0, 1, 0)
    passed, failed, skipped = (sum(int(row[i]) for row in found) for i in range(3))
    if not ended_well and failed == 0:
        failed = 1
    return passed, failed, skipped


def main(paths):
    passed = failed = skipped = 0
    for path in paths:
        try:
            cases = ElementTree.parse(path).getroot().iter("testcase")
        except (OSError, ElementTree.ParseError) as error:
            print(f"{path}: {error}")
            failed += 1
            continue
        for case in cases:
            p, f, s = totals_of(case)
            passed, failed, skipped = passed + p, failed + f, skipped + s
            if f:
                print(f"FAILED {case.get('name')}")
    if passed + failed == 0:
        failed = 1  # nothing ran: a build that broke is not a success
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
