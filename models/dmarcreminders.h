// The steps of a DMARC plan as reminders: what is not due yet puts the finding off, and it comes back into the 48-hour
// plan when the day has come, as everything does that was put off.
#pragma once

#include "models/dmarcplan.h"
#include "models/projectstate.h"

namespace cockpit {

struct DmarcReminders
{
    std::vector<Decision> decide; // each is to be remembered with dmarcReminder(), or it is taken for a person's
    QStringList withdraw;         // finding ids whose putting off has no ground any more

    bool operator==(const DmarcReminders &) const = default;
};

// For the open findings of mail.dmarc that a step repairs which is still ahead. What a person decided stays as it is.
DmarcReminders remindersOf(const std::vector<DmarcPlanStep> &plan, const ProjectState &project, const QDateTime &now);

// What tells the plan's own putting off from a person's: kept among the answers, it names the finding and the day.
Answer dmarcReminder(const Decision &decision);
bool isDmarcReminder(const QString &subject);

} // namespace cockpit
