#include "app/report/regressioncases.h"

#include "models/stillfailing.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RegressionSuite)
};

using Results = std::vector<const CheckResult *>;

Results resultsOf(const QString &checkId, const Run &run)
{
    Results results;
    for (const CheckResult &result : run.results) {
        if (result.checkId == checkId)
            results.push_back(&result);
    }
    return results;
}

// What the check said of itself: titles of findings, and why something could not be told.
QString saidBy(const Results &results)
{
    QStringList said;
    for (const CheckResult *result : results) {
        for (const Finding &finding : result->findings)
            said << finding.title;
        if (!result->reason.isEmpty())
            said << result->reason;
    }
    said.removeDuplicates();
    return said.join(u"; "_s);
}

// What an earlier look found and these could not see, whether as it is mended or at all.
QString keptBy(const Results &results, const AuditReport &report)
{
    QStringList kept;
    for (const Finding &finding : report.stillOpen) {
        if (std::ranges::any_of(results, [&](const CheckResult *result) { return leavesOpen(*result, finding); }))
            kept << Text::tr("Found before, and this run did not see it mended: %1").arg(finding.title);
    }
    return kept.join(u"; "_s);
}

QString reasonFor(RegressionEnd end, const Results &results, const QString &kept)
{
    QString said = saidBy(results);
    if (!kept.isEmpty())
        said = said.isEmpty() ? kept : kept + u"; "_s + said;
    switch (end) {
    case RegressionEnd::Holds:
        return {};
    case RegressionEnd::InPart:
        return said.isEmpty() ? Text::tr("Not shown to hold wholly: not all of it was there to be tried.")
                              : Text::tr("Not shown to hold wholly: %1").arg(said);
    case RegressionEnd::NotTried:
        return said.isEmpty() ? Text::tr("Nothing of this case was there to be tried.") : said;
    case RegressionEnd::NothingToTry:
    case RegressionEnd::Fails:
    case RegressionEnd::NotApplicable:
        return said;
    }
    Q_UNREACHABLE();
}

} // namespace

std::vector<TriedCase> regressionCasesOf(const AuditReport &report)
{
    const auto isAccepted = [&](const Finding &finding) { return acceptanceOf(finding, report).has_value(); };
    std::vector<TriedCase> cases;
    for (const RegressionCase &one : regressionCases()) {
        const Results results = resultsOf(one.checkId, report.run);
        if (results.empty())
            continue;
        CaseLooks looks;
        for (const CheckResult *result : results)
            looks[one.checkId].push_back(caseLookOf(*result, isAccepted));
        addStillFailing(report.stillOpen, report.run.results, looks);
        const RegressionEnd end = endOf(one, looks);
        cases.push_back({one, end, reasonFor(end, results, keptBy(results, report))});
    }
    return cases;
}

bool isSuiteAskedFor(const AuditReport &report)
{
    return std::ranges::find(report.run.results, u"deploy.regression-suite"_s, &CheckResult::checkId) !=
           report.run.results.end();
}

QJsonArray regressionJson(const std::vector<TriedCase> &cases)
{
    QJsonArray rows;
    for (const TriedCase &one : cases)
        rows.append(QJsonObject{{u"id"_s, one.agreed.id},
                                {u"check"_s, one.agreed.checkId},
                                {u"name"_s, one.agreed.name},
                                {u"end"_s, toWord(one.end)},
                                {u"reason"_s, one.reason.isEmpty() ? QJsonValue() : QJsonValue(one.reason)}});
    return rows;
}

} // namespace cockpit
