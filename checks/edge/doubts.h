// A look that saw only a part: what it says is not the whole, and what it did not find may be there.
#pragma once

#include "checks/engine/check.h"
#include "models/unseen.h"

namespace cockpit {

// doubts: sentences; none: nothing is changed. Without a finding the outcome is info. gaps: the findings that may be
// hidden, all of them unless said otherwise; none: what was not told hides nothing.
void addDoubts(Judged &judged, const QStringList &doubts, const std::vector<Unseen> &gaps = {Unseen{}});

} // namespace cockpit
