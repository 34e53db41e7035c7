// From a domain's DMARC policy of today to the one that fits it, step by step and with dates.
#pragma once

#include "models/decision.h"
#include "models/dmarcpolicy.h"

#include <QDate>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace cockpit {

struct DmarcPlanInput
{
    std::optional<DmarcPolicy> policy; // of today; empty: there is no usable record
    bool isTest = false;               // t=y
    bool refusesMadeUp = false;        // np=reject, or what amounts to it
    bool sendsNoMail = false;          // nothing can break: the strictest policy at once
    bool peopleWrite = true;           // from addresses of the domain, so that some write to mailing lists
    QDate start;
    QStringList done; // ids of steps

    bool operator==(const DmarcPlanInput &) const = default;
};

struct DmarcPlanStep
{
    QString id; // "watch", "test", "quarantine", "reject": stable, the project file keeps which are done
    DmarcPolicy policy = DmarcPolicy::None;
    bool isTest = false;
    QDate from;
    bool isDone = false;
    QString title;
    QString what; // what to do that day, and what must hold before

    bool operator==(const DmarcPlanStep &) const = default;
};

// At least a month of reports before anything is asked of receivers, and as long again before reject (RFC 9989 section
// 7.4).
constexpr int kDmarcWatchDays = 30;
// Long enough to hear of lists and forwarders that break; t=y asks receivers for nothing yet.
constexpr int kDmarcTestDays = 14;
constexpr int kDmarcQuarantineDays = 30;

// The steps that are left from today's policy on, and those that are done, in order; empty when the domain has what
// fits it. Quarantine with np=reject is where a company of people ends: under reject they lose mail to mailing lists.
std::vector<DmarcPlanStep> dmarcPlan(const DmarcPlanInput &input);

// The first step that is not done; null when all are.
const DmarcPlanStep *nextStep(const std::vector<DmarcPlanStep> &plan);

// What the project file keeps of a plan, among the answers of people.
struct DmarcPlanKept
{
    std::optional<QDate> start; // empty: nobody has begun
    bool peopleWrite = true;
    QStringList done;

    bool operator==(const DmarcPlanKept &) const = default;
};

DmarcPlanKept keptDmarcPlan(const std::map<QString, Answer> &answers);
Answer dmarcPlanStart(const QDate &start);
Answer dmarcPlanPeople(bool peopleWrite);
Answer dmarcPlanDone(const QString &stepId);
QString dmarcPlanSubject(const QString &stepId); // of the answer that a step is done
// For people, what such an answer is about; empty for subjects of other things.
QString dmarcPlanTopic(const QString &subject);
// For people, what it says: "Yes", "17 May 2026". It is a fact about the company, never good or bad.
QString dmarcPlanSaid(const Answer &answer);

} // namespace cockpit
