// The parts of a canary record's life that need no network.
#pragma once

#include "checks/actors/canary.h"

namespace cockpit {

// Where in an answer our own record is: its id, and all ids beside it. Both empty when it is not told.
struct RecordFound
{
    QString id = {};
    std::vector<FoundId> ids = {};
    // The id stands beside the text. Else it may be that of something else (who asked, what the record belongs to), and
    // nothing is changed or removed by it before the text was seen there.
    bool isBesideText = false;
};

// By the text, which stands in the record or in a part of it; else, when the answer is about one record alone, by its
// only id; else by a Location that fits the template (/notes/{id}).
RecordFound recordIn(const HttpResponse &answer, const QString &text, const QString &pathTemplate,
                     const QString &resource);

// Where an answer names the id: its members outside of lists ("/data/id"), and "location".
QStringList placesOfId(const HttpResponse &answer, const QString &id, const QString &pathTemplate);

// A creation whose record shows none of our texts. Its answer names an id where that to the good body named the one
// under which our text was seen, and one that is not older: it is the record's, and of nobody else.
bool isNamedAsBefore(const HttpResponse &good, const QString &goodId, const HttpResponse &answer, const QString &id,
                     const QString &pathTemplate);

bool isSentToLogin(const HttpResponse &answer);
// After the request that makes one. No answer is no proof that nothing was made; what the gate did not let out
// (NotPermitted) was not sent.
bool mayExist(const Result<HttpResponse> &created);

} // namespace cockpit
