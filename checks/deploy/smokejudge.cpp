#include "checks/deploy/smoke.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Smoke)
};

struct StepWords
{
    QString code;
    Severity severity;
    Impact impact;
    QString title;
};

StepWords wordsFor(SmokeStep step)
{
    switch (step) {
    case SmokeStep::SignIn:
        return {u"sign_in_fails"_s, Severity::Critical, Impact::BrokenLogin, Text::tr("Signing in does not work")};
    case SmokeStep::Read:
        return {u"read_fails"_s, Severity::High, Impact::Downtime,
                Text::tr("A page that customers need does not work after signing in")};
    case SmokeStep::Protected:
        return {u"protected_open"_s, Severity::Critical, Impact::DataExposure,
                Text::tr("A protected route answers to strangers")};
    case SmokeStep::Write:
        return {u"write_fails"_s, Severity::High, Impact::Downtime, Text::tr("Saving a record does not work")};
    case SmokeStep::SignOut:
        return {u"sign_out_fails"_s, Severity::Medium, Impact::AccountTakeover, Text::tr("Signing out does not work")};
    }
    Q_UNREACHABLE();
}

QString nameOf(SmokeStep step)
{
    switch (step) {
    case SmokeStep::SignIn:
        return Text::tr("signing in");
    case SmokeStep::Read:
        return Text::tr("reading");
    case SmokeStep::Protected:
        return Text::tr("keeping strangers out");
    case SmokeStep::Write:
        return Text::tr("writing");
    case SmokeStep::SignOut:
        return Text::tr("signing out");
    }
    Q_UNREACHABLE();
}

Finding findingFor(const SmokeResult &result)
{
    const StepWords words = wordsFor(result.step);
    Finding finding = makeFinding(words.code, words.severity, Proof::Strong, words.impact, words.title, result.why);
    finding.subject = result.route;
    if (result.evidence)
        finding.evidence.push_back(*result.evidence);
    return finding;
}

QJsonObject rowOf(const SmokeResult &result)
{
    QJsonObject row{{u"step"_s, toWord(result.step)},
                    {u"route"_s, result.route},
                    {u"end"_s, toWord(result.end)},
                    {u"status"_s, result.status},
                    {u"duration_ms"_s, static_cast<qint64>(result.took.count())}};
    if (!result.why.isEmpty())
        row.insert(u"why"_s, result.why);
    return row;
}

constexpr SmokeStep kSteps[] = {SmokeStep::SignIn, SmokeStep::Read, SmokeStep::Protected, SmokeStep::Write,
                                SmokeStep::SignOut};

struct SmokeTally
{
    QStringList worked;
    LookGaps gaps; // the others, which tell nothing
    std::vector<Finding> findings;
};

SmokeTally tallyOf(const SmokeLook &look)
{
    SmokeTally tally;
    for (const SmokeStep step : kSteps) {
        const auto found = std::ranges::find(look.steps, step, &SmokeResult::step);
        if (found != look.steps.end() && found->end == SmokeEnd::Works) {
            tally.worked.append(nameOf(step));
        } else if (found != look.steps.end() && found->end == SmokeEnd::Broken) {
            tally.findings.push_back(findingFor(*found));
        } else {
            tally.gaps.hideCodes({wordsFor(step).code});
            if (found != look.steps.end())
                tally.gaps.say(found->why);
        }
    }
    return tally;
}

} // namespace

Judged judgeSmoke(const SmokeLook &look)
{
    SmokeTally tally = tallyOf(look);
    QJsonArray rows;
    for (const SmokeResult &result : look.steps)
        rows.append(rowOf(result));
    QJsonObject observed{{u"actor"_s, look.actor}, {u"steps"_s, rows}, {u"requests"_s, look.requests}};
    const bool isWhole = tally.worked.size() == static_cast<qsizetype>(std::size(kSteps));
    const QString worked = tally.worked.isEmpty()
                               ? Text::tr("None of the five steps worked.")
                               : Text::tr("As %1 these worked: %2.").arg(look.actor, tally.worked.join(u", "_s));
    if (tally.findings.empty() && !isWhole) {
        Judged judged = notRun(worked);
        judged.observed = observed;
        leaveOpen(judged, tally.gaps);
        return judged;
    }
    Judged judged = concluded(std::move(tally.findings), worked, std::move(observed), {});
    leaveOpen(judged, tally.gaps);
    return judged;
}

} // namespace cockpit
