// The findings that somebody has accepted, for a check that judges by what others found: it weighs them as the reports
// do. Who starts a run puts them into the observations (RunServices::prepare).
#pragma once

#include "checks/engine/probe.h"
#include "models/decision.h"

#include <map>
#include <set>

namespace cockpit {

struct AcceptedFindings
{
    using Answer = std::set<QString>; // by Finding::id()

    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};

Result<AcceptedFindings::Answer> probe(const AcceptedFindings &question, ProbeContext &context); // none

AcceptedFindings::Answer acceptedIn(const std::map<QString, Decision> &decisions);

} // namespace cockpit
