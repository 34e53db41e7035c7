#include "checks/deploy/regressionsuite.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RegressionSuite)
};

struct SuiteCover
{
    QStringList holding, failing, untried; // names of cases
    QJsonArray rows;

    int covered() const { return static_cast<int>(holding.size() + failing.size()); }
};

SuiteCover coverOf(const std::map<QString, Outcome> &outcomes)
{
    SuiteCover cover;
    for (const RegressionCase &one : regressionCases()) {
        const RegressionEnd end = endOf(one, outcomes);
        cover.rows.append(QJsonObject{{u"id"_s, one.id}, {u"check"_s, one.checkId}, {u"end"_s, toWord(end)}});
        if (end == RegressionEnd::Holds)
            cover.holding.append(one.name);
        else if (end == RegressionEnd::Fails)
            cover.failing.append(one.name);
        else if (end == RegressionEnd::NotTried)
            cover.untried.append(one.name);
    }
    return cover;
}

Finding noSuite()
{
    return makeFinding(u"no_suite"_s, Severity::Medium, Proof::Strong, Impact::DataExposure,
                       Text::tr("No tests of sign-in and permissions"),
                       Text::tr("Neither a pipeline nor a test file in your code tries sign-in or permissions. Wanted: "
                                "some %1 small tests that run before each release.")
                           .arg(kWantedCases));
}

Finding casesFail(const SuiteCover &cover)
{
    return makeFinding(
        u"cases_fail"_s, Severity::High, Proof::Strong, Impact::DataExposure,
        Text::tr("Cases of the regression suite fail"),
        Text::tr("When this program last tried them, these did not hold: %1.").arg(cover.failing.join(u"; "_s)));
}

Finding fewCases(const SuiteCover &cover)
{
    return makeFinding(
        u"few_cases"_s, Severity::Low, Proof::Strong, Impact::DataExposure,
        Text::tr("The regression suite leaves cases out"),
        Text::tr("%1 of the agreed cases were tried, %2 are wanted. Not tried: %3.")
            .arg(QString::number(cover.covered()), QString::number(kWantedCases), cover.untried.join(u"; "_s)));
}

QJsonObject observedOf(const SuitesOfCode &code, const SuiteCover &cover)
{
    QJsonArray suites;
    for (const GuardUse &use : code.uses)
        suites.append(QJsonObject{{u"name"_s, use.guard.name},
                                  {u"file"_s, use.file},
                                  {u"line"_s, use.line > 0 ? QJsonValue(use.line) : QJsonValue()}});
    return {
        {u"suites"_s, suites}, {u"test_files"_s, QJsonArray::fromStringList(code.testFiles)}, {u"cases"_s, cover.rows}};
}

QString describedSuites(const SuitesOfCode &code)
{
    QStringList names;
    for (const GuardUse &use : code.uses)
        names.append(Text::tr("%1 in %2").arg(use.guard.name, use.file));
    if (!code.testFiles.isEmpty())
        names.append(Text::tr("own tests such as %1").arg(code.testFiles.front()));
    names.removeDuplicates();
    return names.join(u", "_s);
}

} // namespace

Judged judgeRegressionSuite(const SuitesOfCode &code, const std::map<QString, Outcome> &outcomes)
{
    const SuiteCover cover = coverOf(outcomes);
    const QJsonObject observed = observedOf(code, cover);
    const bool hasSuite = !code.uses.empty() || !code.testFiles.isEmpty();
    std::vector<Finding> findings;
    if (!hasSuite && code.gaps.isEmpty()) // what was not read may be it
        findings.push_back(noSuite());
    if (!cover.failing.isEmpty())
        findings.push_back(casesFail(cover));
    if (findings.empty() && (!hasSuite || cover.covered() == 0)) {
        Judged judged = notRun(hasSuite ? Text::tr("There is %1. What it covers shows when the checks of sign-in, "
                                                   "permissions and limits have run here: they try the agreed cases.")
                                              .arg(describedSuites(code))
                                        : code.gaps.join(u' '));
        judged.observed = observed;
        return judged;
    }
    if (hasSuite && cover.covered() < kWantedCases && !cover.untried.isEmpty())
        findings.push_back(fewCases(cover));
    const QString summary = findings.empty() ? Text::tr("%n agreed case(s) hold. There is %1.", nullptr,
                                                        static_cast<int>(cover.holding.size()))
                                                   .arg(describedSuites(code))
                                             : Text::tr("The regression suite is not as it should be.");
    Judged judged = concluded(std::move(findings), summary, observed, {});
    judged.reason = code.gaps.join(u' ');
    return judged;
}

} // namespace cockpit
