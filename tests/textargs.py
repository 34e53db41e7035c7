#!/usr/bin/env python3
"""A text is filled in by one call of arg(): of two calls the second also fills what the first one put in, so that a path
with "%2F" in it becomes another path. Numbers go in as QString::number()."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("app", "ui", "models", "checks")
CALL = re.compile(r"\.arg\(")
NEXT = re.compile(r"\s*\.arg\(")


def end_of_call(text, opening):
    """The index behind the bracket that closes the one at `opening`; texts and characters are passed over."""
    depth, at, quote = 0, opening, None
    while at < len(text):
        char = text[at]
        if quote:
            if char == "\\":
                at += 1
            elif char == quote:
                quote = None
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return at


def chains_in(text):
    """Line numbers of the first call of each chain."""
    return [text.count("\n", 0, call.start()) + 1
            for call in CALL.finditer(text) if NEXT.match(text, end_of_call(text, call.end() - 1))]


def main():
    # What finds nothing in a chain finds nothing at all.
    assert chains_in('f(")").arg(g("(", \'"\'))\n  .arg(2)') == [1] and not chains_in(".arg(a, b.c(1))")
    places = [f"{path.relative_to(ROOT)}:{line}" for folder in FOLDERS
              for path in sorted((ROOT / folder).rglob("*")) if path.suffix in (".cpp", ".h")
              for line in chains_in(path.read_text(encoding="utf-8"))]
    for place in places:
        print(f"{place}: fill it in by one call of arg()")
    print(f"{len(places)} texts are filled in by more than one call" if places else "each text is filled in by one call")
    return 1 if places else 0


if __name__ == "__main__":
    sys.exit(main())
