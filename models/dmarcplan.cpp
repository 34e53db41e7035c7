#include "models/dmarcplan.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcPlan)
};

const QString kStart = u"dmarc-plan.start"_s;
const QString kPeople = u"dmarc-plan.people"_s;
const QStringList kStepIds{u"watch"_s, u"test"_s, u"quarantine"_s, u"reject"_s};

DmarcPlanStep watchStep()
{
    return {.id = u"watch"_s,
            .policy = DmarcPolicy::None,
            .title = Text::tr("Watch"),
            .what =
                Text::tr("Ask for reports, and have mail from made-up subdomains refused at once: nobody sends such "
                         "mail in earnest.")};
}

DmarcPlanStep testStep()
{
    return {.id = u"test"_s,
            .policy = DmarcPolicy::Quarantine,
            .isTest = true,
            .title = Text::tr("Test quarantine"),
            .what = Text::tr("When the reports show that all of your own senders pass: announce quarantine with t=y. "
                             "Receivers of the new standard only act as if; older ones may begin at once.")};
}

DmarcPlanStep quarantineStep()
{
    return {.id = u"quarantine"_s,
            .policy = DmarcPolicy::Quarantine,
            .title = Text::tr("Quarantine"),
            .what = Text::tr("When nobody missed a mail: take t=y out. Fakes go into the spam folder from now on.")};
}

DmarcPlanStep rejectStep(bool sendsNoMail)
{
    return {.id = u"reject"_s,
            .policy = DmarcPolicy::Reject,
            .title = Text::tr("Reject"),
            .what = sendsNoMail
                        ? Text::tr("The domain sends no mail, so that nothing can break: have everything refused.")
                        : Text::tr("Only machines write from this domain, and each message is signed with DKIM: have "
                                   "fakes refused.")};
}

bool isAtLeast(const DmarcPlanInput &input, DmarcPolicy policy)
{
    return input.policy && *input.policy >= policy && !(input.isTest && *input.policy == policy);
}

} // namespace

std::vector<DmarcPlanStep> dmarcPlan(const DmarcPlanInput &input)
{
    std::vector<DmarcPlanStep> steps;
    QDate from = input.start;
    // A step stays in the plan once it is done, whatever the policy has become since.
    const auto add = [&](DmarcPlanStep step, bool isBehind, int daysUntilNext) {
        step.isDone = input.done.contains(step.id);
        if (isBehind && !step.isDone)
            return;
        step.from = from;
        from = from.addDays(daysUntilNext);
        steps.push_back(std::move(step));
    };
    if (input.sendsNoMail) {
        add(rejectStep(true), isAtLeast(input, DmarcPolicy::Reject), 0);
        return steps;
    }
    const bool enforces = isAtLeast(input, DmarcPolicy::Quarantine);
    const bool isTesting = input.policy && *input.policy != DmarcPolicy::None;
    add(watchStep(), enforces || isTesting, kDmarcWatchDays);
    add(testStep(), enforces, kDmarcTestDays);
    add(quarantineStep(), enforces && (input.refusesMadeUp || *input.policy == DmarcPolicy::Reject),
        kDmarcQuarantineDays);
    if (!input.peopleWrite)
        add(rejectStep(false), isAtLeast(input, DmarcPolicy::Reject), 0);
    return steps;
}

const DmarcPlanStep *nextStep(const std::vector<DmarcPlanStep> &plan)
{
    const auto it = std::ranges::find(plan, false, &DmarcPlanStep::isDone);
    return it == plan.end() ? nullptr : &*it;
}

DmarcPlanKept keptDmarcPlan(const std::map<QString, Answer> &answers)
{
    DmarcPlanKept kept;
    if (const auto start = answers.find(kStart); start != answers.end()) {
        const QDate date = QDate::fromString(start->second.text, Qt::ISODate);
        if (date.isValid())
            kept.start = date;
    }
    if (const auto people = answers.find(kPeople); people != answers.end())
        kept.peopleWrite = people->second.value == AnswerValue::Holds;
    for (const QString &id : kStepIds) {
        if (answers.contains(dmarcPlanSubject(id)))
            kept.done << id;
    }
    return kept;
}

Answer dmarcPlanStart(const QDate &start)
{
    return {.subject = kStart, .text = start.toString(Qt::ISODate), .answeredAt = QDateTime::currentDateTimeUtc()};
}

Answer dmarcPlanPeople(bool peopleWrite)
{
    return {.subject = kPeople,
            .value = peopleWrite ? AnswerValue::Holds : AnswerValue::DoesNotHold,
            .answeredAt = QDateTime::currentDateTimeUtc()};
}

Answer dmarcPlanDone(const QString &stepId)
{
    return {.subject = dmarcPlanSubject(stepId), .answeredAt = QDateTime::currentDateTimeUtc()};
}

QString dmarcPlanSubject(const QString &stepId)
{
    return u"dmarc-plan.step-"_s + stepId;
}

QString dmarcPlanTopic(const QString &subject)
{
    if (subject == kStart)
        return Text::tr("The DMARC plan starts");
    if (subject == kPeople)
        return Text::tr("People write from addresses of the domain");
    for (const DmarcPlanStep &step : {watchStep(), testStep(), quarantineStep(), rejectStep(true)}) {
        if (subject == dmarcPlanSubject(step.id))
            return Text::tr("Step of the DMARC plan: %1").arg(step.title);
    }
    return {};
}

QString dmarcPlanSaid(const Answer &answer)
{
    if (answer.subject == kStart) {
        const QDate start = QDate::fromString(answer.text, Qt::ISODate);
        return start.isValid() ? QLocale().toString(start, u"d MMMM yyyy"_s) : answer.text;
    }
    if (answer.subject == kPeople)
        return answer.value == AnswerValue::Holds ? Text::tr("Yes") : Text::tr("No");
    return Text::tr("Done");
}

} // namespace cockpit
