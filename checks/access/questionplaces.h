// Addresses of GraphQL: what is known to be asked at one of them may be answered at another one of the list as well, by
// an older version or one for administrators. Pure.
#pragma once

#include "models/access/routesample.h"
#include "models/projectstate.h"
#include "models/unseen.h"

#include <QStringList>

#include <vector>

namespace cockpit {

// By its name; a place of the list where questions are posted.
bool isGraphQlAddress(const QString &path);

struct QuestionPlaces
{
    std::vector<RouteSample> copies = {};     // of known questions, for addresses where no example asks the same
    std::vector<RouteSample> copiesLeft = {}; // those for which there is no room
    QStringList left = {};          // addresses where not all of it is asked, for want of room: "POST /graphql"
    std::vector<Unseen> hides = {}; // what that may hide
};

// known: those that take ids. samples: all examples. room: for so many copies. open: subjects of findings that are
// still open; what found them goes first, also where an example asks the same under another name. Each address gets its
// first question before one of them gets its second, those without an example first.
QuestionPlaces questionsElsewhere(const std::vector<RouteSample> &known, const std::vector<Route> &routes,
                                  const std::vector<RouteSample> &samples, std::size_t room, const QStringList &open);

// The subjects of `open` at such addresses of the list that none of these names is, into left and hides: whoever took
// the example of a question away has mended nothing. asked: as questionName() calls what is asked, or is named as left
// out by others, or as an earlier version called it (renamedquestions.h).
void leaveOpenUnasked(QuestionPlaces &places, const std::vector<Route> &routes, const QStringList &asked,
                      const QStringList &open);

} // namespace cockpit
