#include "checks/actors/casetally.h"

#include "checks/actors/routeaddress.h"
#include "checks/web/report.h"

namespace cockpit {

using namespace Qt::StringLiterals;

void CaseTally::addRow(QJsonObject row, const QString &notTested)
{
    if (notTested.isEmpty()) {
        ++told;
    } else {
        row.insert(u"not_tested"_s, notTested);
        gaps.say(notTested);
    }
    rows.append(row);
}

QJsonArray CaseTally::addNotTried(const std::vector<UntriedWrite> &writes)
{
    QJsonArray notTried;
    for (const UntriedWrite &one : writes) {
        notTried.append(QJsonObject{{u"route"_s, routeName(one.route)}, {u"why"_s, toWord(one.why)}});
        gaps.say(describe(one.why, one.route));
    }
    return notTried;
}

Judged judgedFrom(CaseTally tally, const QString &summary, QJsonObject observed)
{
    const bool hasTold = tally.told > 0 && tally.gaps.brokenOff().isEmpty();
    Judged judged;
    if (tally.findings.empty() && !hasTold) {
        judged = notRun({});
        judged.observed = std::move(observed);
        judged.summary = summary;
    } else {
        judged = concluded(std::move(tally.findings), summary, std::move(observed), {});
    }
    leaveOpen(judged, tally.gaps);
    return judged;
}

void addOnce(std::vector<Finding> &findings, Finding finding)
{
    const auto known = std::ranges::find_if(findings, [&](const Finding &one) { return one.id() == finding.id(); });
    if (known == findings.end())
        findings.push_back(std::move(finding));
    else if (finding.proof < known->proof)
        *known = std::move(finding);
}

} // namespace cockpit
