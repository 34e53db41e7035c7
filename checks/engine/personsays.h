// What people answered about the product, for checks that cannot see it themselves: the runner puts it into the
// observations. It proves nothing, and a check says whose word it is.
#pragma once

#include "checks/engine/probe.h"
#include "models/decision.h"

#include <map>

namespace cockpit {

struct AnswersOfPeople
{
    using Answer = std::map<QString, cockpit::Answer>; // by subject

    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};

Result<AnswersOfPeople::Answer> probe(const AnswersOfPeople &question, ProbeContext &context); // none

} // namespace cockpit
