// deploy.regression-suite: a small security test suite exists, covers the agreed cases and passes.
// observed: "suites": [{"name","file","line"|null}] called in pipelines; "test_files": [paths] that speak of sign-in or
// permissions; "cases": [{"id","check","end": holds|in_part|nothing_to_try|not_tried|fails|not_applicable}] by what
// this run saw, by what is open and this run did not see mended, and for checks that it did not look at by the last
// look of this program.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/secretguards.h"
#include "models/regressionsuite.h"

namespace cockpit {

struct SuitesOfCode
{
    std::vector<GuardUse> uses; // of a suite, in pipelines
    QStringList testFiles;      // of the product's own, below the root; at most kMostTestFiles
    QStringList gaps;           // what could not be read, a sentence each
};

constexpr int kMostTestFiles = 20;
// Whether a path is of a test that tries sign-in, permissions or limits, by its words: "tests/auth/login.spec.ts".
bool isSecurityTest(const QString &path);

Check regressionSuiteCheck();
// before: of the last looks. now: of this run, which count in their place; where one of them could not tell (not_run,
// error), what failed before on the same host has not been seen to be mended and counts beside them. What somebody has
// accepted fails no case (ProjectFacts::acceptedFindings).
CaseLooks looksFrom(const ProjectFacts &before, const std::vector<CheckResult> &now);
Judged judgeRegressionSuite(const SuitesOfCode &code, const CaseLooks &looks);

} // namespace cockpit
