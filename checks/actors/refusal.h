// What an answer to an actor means: let in, kept out, given less, or not to be told (facts 15). Rests on what the one
// who may gets at the same address; a status alone decides only when it refuses.
#pragma once

#include "checks/actors/markers.h"
#include "checks/net/httpclient.h"
#include "checks/web/denial.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

enum class ActorReach {
    Allowed,
    Refused,
    Filtered, // an answer without what the other one sees: empty, or of the asker's own records
    Unclear,  // a limit, a challenge, a broken server, a page that does not tell; never a refusal
};
QString toWord(ActorReach value);

// The reason as a stable word, for `observed` and for tests.
enum class ReachWhy {
    Marker,       // a private text of the other actor is in the answer
    SameContent,  // the good answer's content, without a private text: of ReachOf::Record no more than a lead, as
                  // tenants may share what nobody marked as shared
    SameShape,    // the good answer's fields with other values (ReachOf::Route)
    Document,     // a file or other data, where the good answer is one as well
    Status,       // 401, 403
    ToLogin,      // sent to where people sign in, or shown it
    SentAway,     // sent to the first page or to one that says "denied"
    SaysError,    // a 2xx that says in words that it is refused
    NotFound,     // 404 or 410 where the good credential gets the record
    Shell,        // what any invented address gets, where the good answer is none of that
    Empty,        // nothing in it, where the good answer has something
    OwnData,      // other records of the same kind
    TooMany,      // 429 and other limits
    Challenge,    // a test for robots
    Broken,       // 5xx
    ForgeryToken, // refused for want of a token against forged requests, and not for who asks
    NoControl,    // the good credential gets no good answer itself: nothing can be compared
    NoDifference, // everybody gets the shell, or an empty answer
    NoMarker,     // nothing private is known by which the record would be recognised
    Moved,        // sent to another spelling of the address
    Other,        // another status or content that does not tell
};
QString toWord(ReachWhy value);

// What is asked: whether the route lets this actor in at all (roles), or whether it hands out the other one's record
// (tenants). A list that shows each his own lets in, and hands out nothing.
enum class ReachOf { Route, Record };

// What an answer is measured by. The pointers outlive the call; null: not known.
struct Yardstick
{
    ReachOf question = ReachOf::Record;
    const HttpResponse *good = nullptr;      // what the one who may got at the same address, shortly before
    const HttpResponse *signedOut = nullptr; // what nobody gets there
    const HttpResponse *loginPage = nullptr; // as a page, with status 200
    const Markers *markers = nullptr;        // of the one whose record it is
    const Markers *ownMarkers = nullptr;     // of the one who asks
    const InventedAnswers *invented = nullptr;
    QByteArray sent = {}; // address and body of the request: what is repeated from it proves nothing
};

struct ReachVerdict
{
    ActorReach reach = ActorReach::Unclear;
    ReachWhy why = ReachWhy::Other;
    std::vector<Marker> markers = {}; // of the other one, in the answer
    std::optional<Proof> proof = {};  // Allowed: how sure it is
    bool isPublic = false;            // nobody at all gets the same content: no secret is out
};

// Pure. Without a good answer only 401, 403, a login and a JSON error count as refused, only markers as allowed.
ReachVerdict reachOf(const HttpResponse &answer, const Yardstick &yardstick);

// Good enough to compare with: 2xx, no login page, no error in words, no challenge, not what invented addresses get.
bool isGoodAnswer(const HttpResponse &answer, const Yardstick &yardstick);

} // namespace cockpit
