#include "models/handover/riskgroups.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

bool belongTogether(const Risk &a, const Risk &b)
{
    const Finding &one = a.finding;
    const Finding &other = b.finding;
    return one.checkId == other.checkId && one.code == other.code && one.severity == other.severity &&
           one.proof == other.proof && one.impact == other.impact && one.whyItMatters == other.whyItMatters &&
           one.fix.steps == other.fix.steps && one.fix.paste == other.fix.paste &&
           a.breaksMinimumBar == b.breaksMinimumBar && a.decision == b.decision;
}

} // namespace

QString RiskGroup::ranks() const
{
    QStringList numbers;
    for (const Risk *risk : risks)
        numbers << QString::number(risk->rank);
    return numbers.join(u", "_s);
}

QString RiskGroup::title() const
{
    const QString &own = first().finding.title;
    const auto isOwn = [&own](const Risk *risk) { return risk->finding.title == own; };
    if (std::ranges::all_of(risks, isOwn))
        return own;
    return Text::tr("%1, and %n more of the kind", nullptr, static_cast<int>(risks.size()) - 1).arg(own);
}

int RiskGroup::effortMinutes() const
{
    return std::accumulate(risks.begin(), risks.end(), 0,
                           [](int sum, const Risk *risk) { return sum + risk->finding.effortMinutes; });
}

std::vector<RiskGroup> groupsOf(const std::vector<Risk> &risks)
{
    std::vector<RiskGroup> groups;
    for (const Risk &risk : risks) {
        const auto group =
            std::ranges::find_if(groups, [&](const RiskGroup &one) { return belongTogether(one.first(), risk); });
        if (group == groups.end())
            groups.push_back({{&risk}});
        else
            group->risks.push_back(&risk);
    }
    return groups;
}

} // namespace cockpit::handover
