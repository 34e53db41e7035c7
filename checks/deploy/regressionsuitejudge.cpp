#include "checks/deploy/regressionsuite.h"
#include "checks/engine/lookgaps.h"
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
    QStringList holding, inPart, failing, untried; // names of cases
    QStringList without;                           // the same: the project has nothing for them
    std::vector<Finding> findings;                 // one for each that fails
    QJsonArray rows;

    int covered() const { return static_cast<int>(holding.size() + inPart.size() + failing.size()); }
};

// One for each case: it stays the same finding when another is mended, and whoever accepts one has accepted no other.
Finding caseFails(const RegressionCase &one)
{
    Finding finding =
        makeFinding(u"cases_fail"_s, Severity::High, Proof::Strong, Impact::DataExposure,
                    Text::tr("A case of the regression suite fails: %1").arg(one.name),
                    Text::tr("When this program last tried it, this did not hold: %1. What was seen is told "
                             "by the check %2.")
                        .arg(one.name, one.checkId));
    finding.subject = one.id;
    return finding;
}

SuiteCover coverOf(const CaseLooks &looks)
{
    SuiteCover cover;
    for (const RegressionCase &one : regressionCases()) {
        const RegressionEnd end = endOf(one, looks);
        cover.rows.append(QJsonObject{{u"id"_s, one.id}, {u"check"_s, one.checkId}, {u"end"_s, toWord(end)}});
        if (end == RegressionEnd::Holds)
            cover.holding.append(one.name);
        else if (end == RegressionEnd::InPart)
            cover.inPart.append(one.name);
        else if (end == RegressionEnd::NothingToTry)
            cover.without.append(one.name);
        else if (end == RegressionEnd::NotTried)
            cover.untried.append(one.name);
        if (end != RegressionEnd::Fails)
            continue;
        cover.failing.append(one.name);
        cover.findings.push_back(caseFails(one));
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

namespace {

QString heldWords(const SuitesOfCode &code, const SuiteCover &cover)
{
    return Text::tr("%n agreed case(s) hold. There is %1.", nullptr, static_cast<int>(cover.holding.size()))
        .arg(describedSuites(code));
}

// Nothing is wrong, and nothing shows that enough of it holds.
Judged untold(const SuitesOfCode &code, const SuiteCover &cover)
{
    if (code.uses.empty() && code.testFiles.isEmpty())
        return notRun(code.gaps.join(u' '));
    if (cover.covered() == 0)
        return notRun(Text::tr("There is %1. What it covers shows when the checks of sign-in, permissions and limits "
                               "have run here: they try the agreed cases.")
                          .arg(describedSuites(code)));
    Judged judged;
    judged.outcome = Outcome::Info;
    judged.summary = heldWords(code, cover);
    return judged;
}

QString partWords(const SuiteCover &cover)
{
    if (cover.inPart.isEmpty())
        return {};
    return Text::tr("These hold as far as they could be tried, which is not wholly: %1.")
        .arg(cover.inPart.join(u"; "_s));
}

// No gap of the suite: the product may have nothing of the kind. Nor is it shown that it has not.
QString withoutWords(const SuiteCover &cover)
{
    if (cover.without.isEmpty())
        return {};
    return Text::tr("For these your project has nothing to try: %1. The check of each says what to add if your product "
                    "has it.")
        .arg(cover.without.join(u"; "_s));
}

// A suite that was seen is one; without any, what was not read may be it, or a short one.
LookGaps gapsIn(const SuitesOfCode &code, bool hasSuite)
{
    LookGaps gaps;
    gaps.say(code.gaps);
    if (!hasSuite && gaps.isSaid())
        gaps.hideCodes({u"no_suite"_s, u"few_cases"_s});
    return gaps;
}

} // namespace

Judged judgeRegressionSuite(const SuitesOfCode &code, const CaseLooks &looks)
{
    const SuiteCover cover = coverOf(looks);
    const QJsonObject observed = observedOf(code, cover);
    const bool hasSuite = !code.uses.empty() || !code.testFiles.isEmpty();
    std::vector<Finding> findings;
    if (!hasSuite && code.gaps.isEmpty()) // what was not read may be it
        findings.push_back(noSuite());
    findings.insert(findings.end(), cover.findings.begin(), cover.findings.end());
    const bool isShort = cover.covered() < kWantedCases && !cover.untried.isEmpty();
    if (hasSuite && isShort && cover.covered() > 0)
        findings.push_back(fewCases(cover));
    // Enough that hold wholly: the others may wait. All that there are: a product has no more of them.
    const bool areAll = cover.inPart.isEmpty() && cover.untried.isEmpty() && cover.without.isEmpty();
    const bool isShown = hasSuite && !cover.holding.isEmpty() && (cover.holding.size() >= kWantedCases || areAll);
    Judged judged;
    if (!findings.empty())
        judged = concluded(std::move(findings), Text::tr("The regression suite is not as it should be."), observed, {});
    else if (isShown)
        judged = concluded({}, heldWords(code, cover), observed, {});
    else
        judged = untold(code, cover);
    judged.observed = observed;
    QStringList open{judged.reason, partWords(cover), withoutWords(cover)};
    if (judged.outcome == Outcome::NotRun)
        open = {judged.reason};
    open.removeAll(QString());
    judged.reason = open.join(u' ');
    if (judged.outcome != Outcome::NotRun)
        leaveOpen(judged, gapsIn(code, hasSuite));
    return judged;
}

} // namespace cockpit
