"""Asks the test tool dkimverdicts about messages."""
import base64
import json
import subprocess

PROGRAM_SECONDS = 120


def verdicts_of(program, cases, now, member):
    """The member ("verdicts" of each signature, or "arc") of what the program says about each case, in order."""
    lines = [json.dumps({"message": base64.b64encode(case.message).decode(), "keys": case.keys, "now": now})
             for case in cases]
    ended = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True,
                           timeout=PROGRAM_SECONDS)
    return [json.loads(line)[member] for line in ended.stdout.splitlines()]


def show_reasons(case, rules):
    for step in case.story:
        print(f"    {step}")
    for rule in rules or []:
        print(f"    {rule.section}: {rule.why}")
    if rules is None:
        print("    NOT EXPLAINED")
        print(f"    {case.message!r}\n    {case.keys}")
