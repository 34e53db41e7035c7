#include "models/dmarcreminders.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcPlan)
};

const QString kReminder = u"dmarc-plan.put-off."_s;

// The ids of the steps that repair a finding, each by itself. Where nobody sends mail, one step repairs all.
QStringList repairersOf(const Finding &finding)
{
    static const std::map<QString, QStringList> byCode{
        {u"missing"_s, {u"watch"_s, u"reject"_s}},
        {u"monitoring_only"_s, {u"test"_s, u"reject"_s}},
        {u"test_mode"_s, {u"quarantine"_s, u"reject"_s}},
        {u"subdomains_open"_s, {u"quarantine"_s, u"reject"_s}},
    };
    const auto it = finding.checkId == "mail.dmarc"_L1 ? byCode.find(finding.code) : byCode.end();
    return it == byCode.end() ? QStringList() : it->second;
}

// A finding that is still there when its step is done is news, and nothing to wait with.
bool isRepairAhead(const std::vector<DmarcPlanStep> &plan, const QStringList &repairers)
{
    const auto it = std::ranges::find_if(plan, [&](const DmarcPlanStep &step) { return repairers.contains(step.id); });
    return it != plan.end() && !it->isDone;
}

const Decision *decisionAbout(const QString &findingId, const ProjectState &project)
{
    const auto it = project.decisions.find(findingId);
    return it == project.decisions.end() ? nullptr : &it->second;
}

bool isOwn(const Decision &decision, const ProjectState &project)
{
    const Answer mark = dmarcReminder(decision);
    const auto kept = project.answers.find(mark.subject);
    return decision.kind == DecisionKind::FixLater && kept != project.answers.end() && kept->second.text == mark.text;
}

} // namespace

DmarcReminders remindersOf(const std::vector<DmarcPlanStep> &plan, const ProjectState &project, const QDateTime &now)
{
    DmarcReminders reminders;
    const DmarcPlanStep *next = nextStep(plan);
    const bool isNextAhead = next && next->from > now.toLocalTime().date();
    for (const Finding &finding : openFindings(project)) {
        const QStringList repairers = repairersOf(finding);
        const Decision *decision = decisionAbout(finding.id(), project);
        if (repairers.isEmpty() || (decision && !isOwn(*decision, project)))
            continue;
        const bool isAhead = isNextAhead && isRepairAhead(plan, repairers);
        if (!isAhead && decision)
            reminders.withdraw << finding.id();
        if (isAhead && !(decision && decision->until == next->from)) {
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

Answer dmarcReminder(const Decision &decision)
{
    return {.subject = kReminder + decision.findingId,
            .text = decision.until.toString(Qt::ISODate),
            .answeredAt = decision.decidedAt};
}

bool isDmarcReminder(const QString &subject)
{
    return subject.startsWith(kReminder);
}

} // namespace cockpit
