// Findings about questions of GraphQL that bear the name which an earlier version of this program gave: today's look
// raises what it finds under today's names, and the old finding must neither stay beside that for ever nor be closed
// while its question was not asked. Pure.
#pragma once

#include "models/access/routesample.h"
#include "models/finding.h"

#include <QStringList>

#include <map>
#include <vector>

namespace cockpit {

struct Judged;

// Subjects of findings that are still open, and for each the questions that it may be of, as questionName() calls them.
using RenamedQuestions = std::map<QString, QStringList>;

// questions: all that are asked, or named as left out; changes among them. open: as in crossingRoutes(); what a
// question is called today is not renamed.
RenamedQuestions renamedQuestions(const std::vector<RouteSample> &questions, const QStringList &open);

// A finding under an old name stays open, alone, as long as the look has not seen one of its questions; the others are
// gone, or raised under the new name. open: the check's findings that are still open.
void keepRenamed(Judged &judged, const RenamedQuestions &renamed, const std::vector<Finding> &open);

} // namespace cockpit
