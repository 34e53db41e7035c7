// What a look does to a finding that an earlier look raised.
#pragma once

#include "checks/engine/check.h"
#include "models/unseen.h"

namespace cockpit::test {

// It would have raised the finding if it were still there: the finding closes when it did not.
inline bool closes(const Judged &judged, const Finding &earlier)
{
    CheckResult result;
    result.outcome = judged.outcome;
    result.observed = judged.observed;
    return hasSeen(result, earlier);
}

inline bool closes(const Judged &judged, const QString &code, const QString &subject = {})
{
    Finding earlier;
    earlier.code = code;
    earlier.subject = subject;
    return closes(judged, earlier);
}

} // namespace cockpit::test
