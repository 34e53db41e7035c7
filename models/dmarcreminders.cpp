#include "models/dmarcreminders.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcPlan)
};

bool isRepairedByPlan(const Finding &finding)
{
    static const QStringList codes{u"missing"_s, u"monitoring_only"_s, u"test_mode"_s, u"subdomains_open"_s};
    return finding.checkId == "mail.dmarc"_L1 && codes.contains(finding.code);
}

const Decision *decisionAbout(const QString &findingId, const ProjectState &project)
{
    const auto it = project.decisions.find(findingId);
    return it == project.decisions.end() ? nullptr : &it->second;
}

} // namespace

DmarcReminders remindersOf(const std::vector<DmarcPlanStep> &plan, const ProjectState &project, const QDateTime &now)
{
    DmarcReminders reminders;
    const DmarcPlanStep *next = nextStep(plan);
    const bool isAhead = next && next->from > now.toLocalTime().date();
    for (const Finding &finding : openFindings(project)) {
        const Decision *decision = decisionAbout(finding.id(), project);
        if (!isRepairedByPlan(finding) || (decision && decision->kind == DecisionKind::Accepted))
            continue;
        if (!isAhead && decision && decision->kind == DecisionKind::FixLater)
            reminders.withdraw << finding.id();
        if (isAhead && !(decision && decision->kind == DecisionKind::FixLater && decision->until == next->from)) {
            reminders.decide.push_back({.findingId = finding.id(),
                                        .kind = DecisionKind::FixLater,
                                        .until = next->from,
                                        .reason = Text::tr("The DMARC plan goes on that day: %1.").arg(next->title),
                                        .by = {},
                                        .decidedAt = now});
        }
    }
    return reminders;
}

} // namespace cockpit
