#!/usr/bin/env python3
"""The arrows of the architecture: models <- checks <- ui <- app. Reports every include that points the wrong way."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
WIDGETS = re.compile(r"^(QtWidgets/|QtCharts/|QtQuick/|QWidget$|QApplication$|QMessageBox$|QLabel$|QDialog$)")
FAMILY = re.compile(r"^checks/(?!engine/)")


def forbidden(folder, included):
    if folder == "models":
        return included.startswith(("checks/", "ui/", "app/")) or WIDGETS.match(included)
    if folder == "checks":
        return included.startswith(("ui/", "app/")) or WIDGETS.match(included)
    if folder == "ui":
        return included.startswith("app/") or FAMILY.match(included)
    return False


def engine_reaches_up(path, included):
    return "checks/engine/" in path and included.startswith("checks/") and not included.startswith("checks/engine/")


def main():
    breaks = []
    for folder in ("models", "checks", "ui"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            name = path.relative_to(ROOT).as_posix()
            for included in INCLUDE.findall(path.read_text(encoding="utf-8")):
                if forbidden(folder, included) or engine_reaches_up(name, included):
                    breaks.append(f"{name}: includes {included}")
    print("\n".join(breaks) if breaks else "no layer breaks")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())
