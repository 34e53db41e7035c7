// What happened to a finding over time, in words: found, closed, come back, decided, tried.
#pragma once

#include "models/projectstate.h"

namespace cockpit {

// A line for each event, oldest first; empty when nothing is known.
QString historyOf(const QString &findingId, const ProjectState &project);
// The same for what a check found once and finds no more, each finding below its title.
QString historyOfClosed(const QString &checkId, const ProjectState &project);
// What its provider said of the key that the finding is about, the last time that somebody asked; empty: nobody did.
QString lastKeyTrial(const QString &findingId, const ProjectState &project);

} // namespace cockpit
