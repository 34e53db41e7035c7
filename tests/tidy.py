#!/usr/bin/env python3
"""clang-tidy over sources with the compile commands of build/dev.

    tests/tidy.py FILE.cpp…

Nine tenths of clang-tidy's time on one file goes to the headers of Qt. So the files of a folder are looked at together,
as one translation unit that includes them. Each file's `struct Text` (the context of its translations) gets a name of
its own for that; a file whose other helpers clash with those of a file before it waits for the next unit.
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GROUP = 12
# GCC's precompiled headers and the linker's name mean nothing to clang's front end.
NOT_FOR_CLANG = re.compile(r"-include \S*cmake_pch\.hxx|-Winvalid-pch|-fuse-ld=\S+")
SOURCES = r"/(app|ui|models|checks)/[^ ]*\.(h|cpp)$"


def commands():
    """Compile command without its output and source, and its folder, by source file."""
    found = {}
    for entry in json.loads((ROOT / "build/dev/compile_commands.json").read_text()):
        command = NOT_FOR_CLANG.sub("", entry["command"])
        found[entry["file"]] = (re.sub(r" -o \S+ -c \S+$", "", command), entry["directory"])
    return found


def groups(files, known):
    """Files of one folder with the same flags, at most GROUP together."""
    alike = collections.defaultdict(list)
    for file in files:
        alike[(os.path.dirname(file), known[file][0])].append(file)
    for members in alike.values():
        for first in range(0, len(members), GROUP):
            yield members[first : first + GROUP]


def copy_for_unit(member, folder, number):
    """The file under the same relative name and with the same lines, its `struct Text` renamed."""
    source = pathlib.Path(member)
    text = source.read_text()
    if "struct Text" in text:
        text = re.sub(r"\bText\b(?=::tr|\s*(final\s*)?\{|\s*$)", f"Text{number}", text, flags=re.M)
    copy = folder / source.relative_to(ROOT)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text)
    return copy


def run_clang(flags, directory, unit):
    """What the compiler says of the unit; its errors begin with the file's name."""
    call = ["clang++", *shlex.split(flags)[1:], "-w", "-fsyntax-only", "-ferror-limit=0", str(unit)]
    return subprocess.run(call, cwd=directory, capture_output=True, text=True).stderr


def write_unit(members, known, folder):
    """Writes the unit of as many of these files as can stand in one; returns those files."""
    flags, directory = known[members[0]]
    copies = {member: copy_for_unit(member, folder, number) for number, member in enumerate(members)}
    unit = folder / "unit.cpp"
    while True:
        unit.write_text("".join(f'#include "{copies[member]}"\n' for member in members))
        said = run_clang(flags, directory, unit)
        clashing = [m for m in members[1:] if re.search(re.escape(str(copies[m])) + r":\d+:\d+: error", said)]
        if not clashing:
            break
        members = [m for m in members if m not in clashing]
    entry = {"file": str(unit), "directory": directory, "command": f"{flags} -c {unit}"}
    (folder / "compile_commands.json").write_text(json.dumps([entry]))
    return members


def tidy(members, known):
    """What clang-tidy says of these files, as text; empty when all is well."""
    said = ""
    while members:
        folder = ROOT / "build/lint" / re.sub(r"\W+", "_", os.path.relpath(members[0], ROOT))
        together = write_unit(members, known, folder)
        call = ["clang-tidy", "--quiet", "-p", str(folder), f"--config-file={ROOT}/.clang-tidy"]
        # A unit that includes sources is how this tool works, not a mistake of the project.
        call += ["--checks=-bugprone-suspicious-include", f"--header-filter={SOURCES}", str(folder / "unit.cpp")]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            said += (done.stdout or done.stderr).replace(f"{folder}/", "")
        members = [m for m in members if m not in together]
    return said


def main():
    known = commands()
    files = [str((ROOT / name).resolve()) for name in sys.argv[1:]]
    unknown = [file for file in files if file not in known]
    if unknown:
        sys.exit("no compile command for " + ", ".join(unknown))
    failed = False
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(lambda members: tidy(members, known), groups(files, known)):
            if said:
                failed = True
                print(said, flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
