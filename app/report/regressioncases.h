// How the agreed cases of the regression suite (models/regressionsuite.h) ended in one run.
#pragma once

#include "app/report/auditreport.h"
#include "models/regressionsuite.h"

namespace cockpit {

struct TriedCase
{
    RegressionCase agreed;
    RegressionEnd end = RegressionEnd::NotTried;
    QString reason = {}; // a sentence; empty where it holds
};

// Of the checks that belong to the run, in the order of the suite, as deploy.regression-suite judges them: by this run,
// and by what was found before where this run has not seen it mended. A risk that somebody has accepted fails no case,
// and holds none.
std::vector<TriedCase> regressionCasesOf(const AuditReport &report);

// deploy.regression-suite belongs to the run.
bool isSuiteAskedFor(const AuditReport &report);

// [{"id","check","name","end","reason": sentence|null}]
QJsonArray regressionJson(const std::vector<TriedCase> &cases);

} // namespace cockpit
