#!/usr/bin/env python3
"""Two types of one name in one namespace are one to the linker, which keeps the destructor of either.

    tests/typenames.py

Looks through the headers of the program for structures, classes and enumerations that are defined in two of them.
"""

import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPENS = re.compile(r"^(?:inline )?namespace ([\w:]+)\s*\{?$")
CLOSES = re.compile(r"^\} // namespace")
DEFINES = re.compile(r"^(?:struct|class|enum class|enum) (\w+)(?: final)?(?:\s*:(?!:)[^;]*)?\s*\{?$")


def types_in(path):
    """Qualified names of what the header defines outside of any other type."""
    inside = []
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines):
        if opened := OPENS.match(line):
            inside.append(opened.group(1))
        elif CLOSES.match(line) and inside:
            inside.pop()
        elif (defined := DEFINES.match(line)) and (line.endswith("{") or lines[number + 1].startswith("{")):
            yield "::".join([*inside, defined.group(1)])


def main():
    places = collections.defaultdict(set)
    for top in ("app", "ui", "models", "checks"):
        for path in sorted((ROOT / top).rglob("*.h")):
            for name in types_in(path):
                places[name].add(str(path.relative_to(ROOT)))
    twice = {name: files for name, files in places.items() if len(files) > 1}
    for name, files in sorted(twice.items()):
        print(f"{name} is defined in {' and in '.join(sorted(files))}")
    if not twice:
        print("each type has a name of its own")
    sys.exit(1 if twice else 0)


if __name__ == "__main__":
    main()
