#!/usr/bin/env python3
"""Random signed messages, verified by us and by dkimpy: prints every disagreement, and what the standard says about it.

    dkim_differential.py PROGRAM [--cases N] [--seed S] [--only NUMBER]

PROGRAM is the test tool dkimverdicts. The messages are signed by dkimpy, then left as they are or damaged on the way.
Exit status 1 when a disagreement has no explanation, or when nearly everything passes or fails, which would test
nothing.
"""
import argparse
import sys
import time
from collections import Counter

from dkim_cases import Keys, make_case
from dkim_corrections import evaluate, rules_behind
from verdicts import show_reasons, verdicts_of


def show(case, index, verdict, theirs, rules):
    print(f"case {case.number}, signature {index + 1}: ours {verdict}, dkimpy {'pass' if theirs else 'fail'}")
    show_reasons(case, rules)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", default="6376")
    parser.add_argument("--only", type=int, help="the number of one case, to look at it")
    options = parser.parse_args()

    keys = Keys.make()
    numbers = range(options.cases) if options.only is None else [options.only]
    cases = [make_case(options.seed, number, keys) for number in numbers]
    all_verdicts = verdicts_of(options.program, cases, int(time.time()), "verdicts")

    seen, reasons, unexplained, compared = Counter(), Counter(), 0, 0
    for case, verdicts in zip(cases, all_verdicts):
        for index, verdict in enumerate(verdicts):
            theirs = evaluate(case, index)
            seen[verdict] += 1
            compared += 1
            agreed = theirs == (verdict == "pass")
            rules = [] if agreed else rules_behind(case, index, verdict == "pass")
            if not agreed:
                show(case, index, verdict, theirs, rules)
                reasons[" + ".join(rule.name for rule in rules or []) or "not explained"] += 1
            elif options.only is not None:
                show(case, index, verdict, theirs, rules)
            unexplained += rules is None
    print("our verdicts:", ", ".join(f"{count} {verdict}" for verdict, count in seen.most_common()))
    for reason, count in reasons.most_common():
        print(f"{count:5} {reason}")
    print(f"{compared} signatures, {sum(reasons.values())} disagreements, {unexplained} not explained")
    one_sided = options.only is None and not 0.1 < seen["pass"] / max(compared, 1) < 0.9
    print(f"Totals: {compared - unexplained} passed, {unexplained + one_sided} failed, 0 skipped")
    return 1 if unexplained or one_sided else 0


if __name__ == "__main__":
    sys.exit(main())
