// What a look could not see. It answers with an outcome all the same, and what it did not find may be there: such a
// look closes no finding that it was not able to see (projectstate.h).
//  - A check says it by a reason beside pass, info, warn or fail: what is missing, in a sentence.
//  - Where it knows which findings the gap can hide, it names them too, in observed.not_seen[{subject, code (null: any
//    of the subject)}]; without names it may be any.
#pragma once

#include "models/checkresult.h"

namespace cockpit {

struct Unseen
{
    QString subject;   // as in Finding::subject
    QString code = {}; // empty: whatever was to be said about the subject

    bool operator==(const Unseen &) const = default;
};

// In the place of what was noted before; without gaps it may be any.
void noteUnseen(const std::vector<Unseen> &gaps, QJsonObject &observed);

// The look would have raised this finding if it were still there. Not run and error have seen nothing; where a check
// does not apply there is nothing to be seen.
bool hasSeen(const CheckResult &result, const Finding &finding);

} // namespace cockpit
