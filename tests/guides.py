#!/usr/bin/env python3
"""Every finding code has its steps: each literal code of a check stands in a guide of its family as "## Fix: code", and
each "## Fix: code" is a code that some check raises. Codes that come from a rule file are found there."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAKERS = r"(?:found|startTlsFinding|spfFinding|dmarcFinding|dnsFinding|makeFinding|fault|weakness|unusable|outdated|renewalTrouble|broken|openFrames|about)"
CODE = re.compile(MAKERS + r'\(\s*u"([a-z][a-z0-9_]*)"_s|\.code = u"([a-z][a-z0-9_]*)"_s|Verdict\{u"([a-z][a-z0-9_]*)"_s|\{u"([a-z][a-z0-9_]*)"_s, Severity::')
EITHER = re.compile(MAKERS + r'\(\s*\w+ \? u"([a-z0-9_]+)"_s : u"([a-z0-9_]+)"_s')
# The whole guide is about this one fault, so that its general steps are the steps.
GENERAL = {
    "access": {"open_route"},
    "edge": {"no_edge"},
    "exposure": {"secret_in_bundle"},
    "http": {"downgrade", "plain_http", "missing", "slow", "version"},
    "monitor": {"down_now", "expired", "expiring"},
}
LITERAL = re.compile(r'u"([a-z][a-z0-9_-]*)"_s')
FIX = re.compile(r"^## Fix: (\S+)$", re.MULTILINE)


def codes_of(text):
    return {code for match in list(CODE.finditer(text)) + list(EITHER.finditer(text)) for code in match.groups() if code}


def rule_ids():
    ids = set()
    for name in ("exposed-paths", "debug-paths", "api-consoles", "debug-marks"):
        rules = json.loads((ROOT / f"resources/rules/{name}.json").read_text(encoding="utf-8"))
        ids |= {rule["id"] for rule in rules.get("rules", []) + rules.get("marks", [])}
    return ids


def setting_codes():
    rules = json.loads((ROOT / "resources/rules/cloudflare-settings.json").read_text(encoding="utf-8"))
    return {case["code"] for setting in rules["settings"] for case in setting["cases"]}


def main():
    faults = []
    guides = {}
    # What active checks of several families raise.
    of_all = codes_of("\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "checks/actors").glob("*.cpp")))
    for path in (ROOT / "resources/guides/en").glob("*.md"):
        guides.setdefault(path.stem.split(".")[0], {})[path.name] = FIX.findall(path.read_text(encoding="utf-8"))
    for family, files in sorted(guides.items()):
        sources = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "checks" / family).glob("*.cpp")))
        from_rules = setting_codes() if family == "edge" else set()
        known = set(LITERAL.findall(sources)) | of_all | from_rules | (rule_ids() if family == "exposure" else set())
        explained = {code for fixes in files.values() for code in fixes}
        for name, fixes in sorted(files.items()):
            faults += [f"{name}: no check raises \"{code}\"" for code in fixes if code not in known]
        unexplained = (codes_of(sources) | from_rules) - explained - GENERAL.get(family, set())
        faults += [f"{family}: no guide says how to fix \"{code}\"" for code in sorted(unexplained)]
    print("\n".join(faults) if faults else "every code has its steps")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
