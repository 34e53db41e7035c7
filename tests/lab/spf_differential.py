#!/usr/bin/env python3
"""Random SPF zones, evaluated by the program and by pyspf: prints every disagreement, and what RFC 7208 says about it.

    spf_differential.py PROGRAM [--cases N] [--seed S] [--only NUMBER]

PROGRAM is the test tool spfverdicts: it asks a name server on loopback; pyspf reads the same data in memory. Exit status
1 when a disagreement has no explanation.
"""
import argparse
import json
import os
import subprocess
import sys
from collections import Counter

import spf

import spf_corrections as corrections
from spf_cases import make_case
from spf_world import Server, World

# Where pyspf and RFC 7208 differ, found by this very comparison. Those of ALL are proven case by case: pyspf with the
# rule put right comes to our result.
EXPLAINED = {rule: f"RFC 7208 section {rule.section}: {rule.why}" for rule in corrections.ALL}
RECEIVER = os.uname().nodename
PROGRAM_SECONDS = 240


def ours_of(program, cases, server):
    """What the program says about each case, in order: its result and its explanation."""
    lines = [json.dumps({"client": case.client, "mail_from": case.mail_from, "helo": case.helo}) for case in cases]
    ended = subprocess.run([program, f"127.0.0.1:{server.port}"], input="\n".join(lines) + "\n", capture_output=True,
                           text=True, check=True, timeout=PROGRAM_SECONDS)
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    return [(answer["result"], answer["explanation"]) for answer in answers]


def rules_behind(case, result):
    """The fewest rules whose correction leads pyspf to the result, or None."""
    rules = list(EXPLAINED)
    if corrections.evaluate(case, RECEIVER, rules) != result:
        return None
    for rule in list(rules):
        fewer = [r for r in rules if r is not rule]
        if corrections.evaluate(case, RECEIVER, fewer) == result:
            rules = fewer
    return rules


def show(case, our_result, their_result, rules):
    print(f"case {case.number}: client {case.client}, mail from <{case.mail_from}>, helo {case.helo}")
    for domain, texts in case.policies.items():
        for text in texts:
            print(f"    {domain} TXT {text!r}")
    print(f"    ours {our_result}, pyspf {their_result}")
    for rule in rules or []:
        print(f"    {EXPLAINED[rule]}")
    if rules is None:
        print("    NOT EXPLAINED")


def compare(program, cases, world):
    spf.DNSLookup = corrections.answer_from(world)
    with Server(world) as server:
        return ours_of(program, cases, server)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", default="7208")
    parser.add_argument("--only", type=int, help="the number of one case, to look at it")
    options = parser.parse_args()

    numbers = range(options.cases) if options.only is None else [options.only]
    cases = [make_case(options.seed, number) for number in numbers]
    world = World()
    for case in cases:
        world.add(case.zone)
    our_results = compare(options.program, cases, world)

    seen, reasons, unexplained = Counter(), Counter(), 0
    for case, our_result in zip(cases, our_results, strict=True):
        their_result = corrections.evaluate(case, RECEIVER)
        seen[our_result[0]] += 1
        rules = [] if their_result == our_result else rules_behind(case, our_result)
        if their_result != our_result or options.only is not None:
            show(case, our_result, their_result, rules)
            reasons[" + ".join(rule.__name__ for rule in rules or []) or "not explained"] += their_result != our_result
        unexplained += rules is None
    print("our results:", ", ".join(f"{count} {result}" for result, count in seen.most_common()))
    for reason, count in reasons.most_common():
        print(f"{count:5} {reason}")
    disagreements = sum(reasons.values())
    print(f"{len(cases)} cases, {disagreements} disagreements, {unexplained} not explained")
    print(f"Totals: {len(cases) - unexplained} passed, {unexplained} failed, 0 skipped")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
