// What an answer to its owner tells of a test record. Pure. A status alone is no removal: products redirect to their
// login, say 200 to everything, show an error page under 200, or keep what was deleted under a mark.
#pragma once

#include "checks/net/httpclient.h"

#include <QString>

namespace cockpit {

enum class RecordSight {
    There,
    MarkedDeleted, // can still be read, and says of itself that it is deleted or archived
    Gone,          // 404 or 410 at its address, nothing in its place (null), or a list without it
    SignedOut,     // asks to sign in: tells nothing about the record
    Refused,       // 403, or an error under 200: signed out, or something else is wrong
    Limited,       // too many requests
    Unclear,       // an error, or an answer in which neither the record nor its absence can be seen
};

struct SoughtRecord
{
    QString text; // a canary text
    QString id = {};
    bool isInList = false;                // the answer is that of the list; else of the record's own address
    const HttpResponse *before = nullptr; // the same list when it was good; null: not known
};

RecordSight sightOf(const HttpResponse &answer, const SoughtRecord &record);

// A list that shows something else. Whether whoever gets it is signed in is another question: many are public.
bool showsOthers(const HttpResponse &list);
// It shows all that is in the other answer, and more. Test records do not count: other checks remove theirs between two
// questions. False where each has rows of its own, as lists of the newest have a moment later.
bool showsOthersThan(const HttpResponse &list, const HttpResponse &other);

} // namespace cockpit
