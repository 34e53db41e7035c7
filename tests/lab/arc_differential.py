#!/usr/bin/env python3
"""Random chains of ARC, verified by us and by dkimpy: prints every disagreement, and what the standard says about it.

    arc_differential.py PROGRAM [--cases N] [--seed S] [--only NUMBER]

PROGRAM is the test tool dkimverdicts. The chains are made by dkimpy, then left as they are or damaged on the way. Exit
status 1 when a disagreement has no explanation, or when nearly everything passes or fails, which would test nothing.
"""
import argparse
import sys
import time
from collections import Counter

from arc_cases import make_arc_case
from arc_corrections import evaluate_arc, rules_behind_arc
from dkim_cases import Keys
from verdicts import show_reasons, verdicts_of


def show(case, verdict, theirs, rules):
    print(f"case {case.number}: ours {verdict}, dkimpy {'pass' if theirs else 'fail'}")
    show_reasons(case, rules)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", default="8617")
    parser.add_argument("--only", type=int, help="the number of one case, to look at it")
    options = parser.parse_args()

    keys = Keys.make()
    numbers = range(options.cases) if options.only is None else [options.only]
    cases = [case for case in (make_arc_case(options.seed, number, keys) for number in numbers) if case]
    verdicts = verdicts_of(options.program, cases, int(time.time()), "arc")

    seen, reasons, unexplained = Counter(), Counter(), 0
    for case, verdict in zip(cases, verdicts):
        theirs = evaluate_arc(case)
        seen[verdict] += 1
        agreed = theirs == (verdict == "pass")
        rules = [] if agreed else rules_behind_arc(case, verdict == "pass")
        if not agreed:
            show(case, verdict, theirs, rules)
            reasons[" + ".join(rule.name for rule in rules or []) or "not explained"] += 1
        elif options.only is not None:
            show(case, verdict, theirs, rules)
        unexplained += rules is None
    print("our verdicts:", ", ".join(f"{count} {verdict}" for verdict, count in seen.most_common()))
    for reason, count in reasons.most_common():
        print(f"{count:5} {reason}")
    print(f"{len(cases)} chains, {sum(reasons.values())} disagreements, {unexplained} not explained")
    one_sided = options.only is None and not 0.1 < seen["pass"] / max(len(cases), 1) < 0.9
    print(f"Totals: {len(cases) - unexplained} passed, {unexplained + one_sided} failed, 0 skipped")
    return 1 if unexplained or one_sided else 0


if __name__ == "__main__":
    sys.exit(main())
