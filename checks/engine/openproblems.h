// What was open when the run began (models/stillfailing.h), for a check that judges by what others find: they may not
// see all of it in this run. Who starts a run puts it into the observations (RunServices::prepare).
#pragma once

#include "checks/engine/probe.h"
#include "models/finding.h"

#include <vector>

namespace cockpit {

struct OpenProblems
{
    using Answer = std::vector<Finding>;

    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};

Result<OpenProblems::Answer> probe(const OpenProblems &question, ProbeContext &context); // none

} // namespace cockpit
