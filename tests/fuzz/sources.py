#!/usr/bin/env python3
"""Are the sources in tests/fuzz/CMakeLists.txt all that the fuzzers need?

`sources.py SOURCE BUILD` reads the symbols of the objects that an ordinary build has made of the same sources, and links
each target on paper, so that nobody learns from a broken preset months later. What is missing is named; exit status 1.
"""

import pathlib
import re
import subprocess
import sys

HERE = "tests/fuzz"


def listed(text, name):
    inside = re.search(rf"^set\({name}\s(.*?)\)", text, re.S | re.M).group(1)
    return [word.removeprefix("../../") for word in inside.split()]


def objects(build):
    """By source, relative to the project."""
    found = {}
    for place in build.rglob("*.cpp.o"):
        parts = place.relative_to(build).parts
        if "CMakeFiles" not in parts:
            continue
        at = parts.index("CMakeFiles")
        source = pathlib.PurePosixPath(*parts[:at], *parts[at + 2:]).as_posix().removesuffix(".o")
        found.setdefault(source, place)
    return found


def symbols(place):
    """Of the project: those that the object has, and those that it wants."""
    has, wants = set(), set()
    out = subprocess.run(["nm", "-C", place], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        kind, _, name = line[17:].partition(" ")
        if "cockpit::" in name:
            (wants if kind == "U" else has).add(name)
    return has, wants


def missing_of(target, sources, known):
    """As a linker takes members of an archive: those that have something which is wanted."""
    has, wants = map(set, known[f"{HERE}/{target}.cpp"])
    left = [known[source] for source in sources]
    while taken := [pair for pair in left if pair[0] & (wants - has)]:
        left = [pair for pair in left if pair not in taken]
        for theirs, needs in taken:
            has |= theirs
            wants |= needs
    return wants - has


def main():
    root, build = map(pathlib.Path, sys.argv[1:3])
    text = (root / HERE / "CMakeLists.txt").read_text()
    of_files, of_network, alone = (listed(text, name) for name in ("of_files", "of_network", "alone"))
    targets = sorted(place.name for place in (root / HERE / "corpus").iterdir())
    made = objects(build)
    needed = of_files + of_network + [f"{HERE}/{target}.cpp" for target in targets]
    unbuilt = [source for source in needed if source not in made]
    if unbuilt:
        sys.exit("no object of: " + ", ".join(unbuilt))
    known = {source: symbols(made[source]) for source in needed}
    wrong = {}
    for target in targets:
        missing = missing_of(target, of_files if target in alone else of_files + of_network, known)
        if missing:
            wrong[target] = sorted(missing)[:5]
    for target, names in wrong.items():
        print(f"{target}: no source has {'; '.join(names)}")
    if wrong:
        sys.exit("Add the sources that have these to tests/fuzz/CMakeLists.txt.")
    print(f"{len(targets)} fuzzers have all that they need")


if __name__ == "__main__":
    main()
