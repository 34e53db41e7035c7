// What a look leaves of the findings of an earlier one.
#pragma once

#include "checks/engine/check.h"
#include "models/unseen.h"

namespace cockpit {

// It would have raised the finding if it were still there.
inline bool closes(const Judged &judged, const QString &code, const QString &subject = {})
{
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = code;
    earlier.subject = subject;
    return hasSeen(result, earlier);
}

} // namespace cockpit
