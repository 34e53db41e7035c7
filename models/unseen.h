// What a look could not see. It answers with an outcome all the same, and what it did not find may be there: such a
// look closes no finding that the gap may hide (projectstate.h). To people a check says it by a reason beside its
// outcome; to the fold by observed.not_seen[{subject (null: any), code (null: any), host (of one host alone)?,
// exact (of no longer subject)?: true}].
#pragma once

#include "models/checkresult.h"

namespace cockpit {

// The findings that a gap may hide.
struct Unseen
{
    // As in Finding::subject, or the first words of it: "PATCH /me" of "PATCH /me role". Empty: of any.
    QString subject = {};
    QString code = {};    // empty: whatever was to be said about the subject
    QString host = {};    // as in Finding::host; empty: on any
    bool isExact = false; // of that subject alone: "PATCH /me", and none of "PATCH /me role"

    bool operator==(const Unseen &) const = default;
};

// In the place of what was noted before.
void noteUnseen(const std::vector<Unseen> &gaps, QJsonObject &observed);
// Beside what was noted before.
void addUnseen(const std::vector<Unseen> &gaps, QJsonObject &observed);
std::vector<Unseen> unseenIn(const QJsonObject &observed);

// The subjects that `before`, an earlier look's facts, named in not_seen: what that look did not see either is still
// to be looked at.
QStringList unseenSubjects(const QJsonObject &before);

// The look would have raised this finding if it were still there. Not run and error have seen nothing; where a check
// does not apply there is nothing to be seen.
bool hasSeen(const CheckResult &result, const Finding &finding);

} // namespace cockpit
