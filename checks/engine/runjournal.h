// Where a run writes down what it is about to make in the product (models/access/undojournal.h). Who starts a run with
// a project file puts it into the observations (RunServices::prepare).
#pragma once

#include "checks/engine/probe.h"
#include "models/access/undojournal.h"

#include <memory>

namespace cockpit {

struct RunJournal
{
    using Answer = std::shared_ptr<UndoJournal>; // null: the run has no project file, and nothing is written down

    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};

Result<RunJournal::Answer> probe(const RunJournal &question, ProbeContext &context); // null

} // namespace cockpit
