// secrets.history: no past version of the code holds a secret. What the files of now hold as well is a finding of
// secrets.tree and none here: this one is of what was deleted and is still in every copy.
// observed: as judgeLeaks() has it, and "also_in_files": how many secrets the files of now hold, too.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/leak.h"

namespace cockpit {

Check secretsHistoryCheck();

// What is in the history and not in the files.
LeakReport onlyInHistory(LeakReport history, const std::vector<Leak> &inFiles);

} // namespace cockpit
