// Each private route beside each kind of credential that is none (facts 15): some routes have a check of their own, and
// it may ask for no more than that something is there. Reads alone. What counts is that a route that refuses strangers
// gives a bad credential what it gives a good one.
#pragma once

#include "checks/access/tokenspot.h"
#include "checks/actors/actorsession.h"
#include "checks/actors/markers.h"
#include "checks/actors/wire.h"
#include "checks/engine/check.h"
#include "checks/tokens/forgery.h"
#include "models/access/actor.h"

#include <optional>
#include <vector>

namespace cockpit {

enum class BadCredential {
    Word,     // a short text, where the good one stands
    Invented, // random text of the form of the good one
    Altered,  // the good one with one letter changed; of a JWT in its signature
    Unsigned, // of a JWT: alg none
    Expired,  // one that a person pasted, whose time is over
    Ended,    // the good one, after its account was signed out
    OtherKey, // an invented key in the header in which other accounts of the project bring theirs
};
QString toWord(BadCredential value);
QString describe(BadCredential value); // "an invented token"

// Sent in place of the good one, or beside nothing.
struct CredentialColumn
{
    BadCredential kind = BadCredential::Word;
    Secret value = {};
    QByteArray header = {}; // of OtherKey
};
constexpr std::size_t kMostColumns = 6;

// Each kind once, for this good value. expired: pasted ones; keyHeader: empty without accounts that bring a key.
std::vector<CredentialColumn> credentialColumns(const Secret &good, const std::optional<Secret> &expired,
                                                const QByteArray &keyHeader);

// What a stranger gets right after a try that was let in: only where he is still refused was it the credential.
enum class StrangerAfter {
    Unasked,
    Closed,
    Open,    // by now anybody is let in
    Unclear, // no answer, a limit, a broken server
};

struct CredentialTry
{
    BadCredential kind = BadCredential::Word;
    ActiveRequest request; // as it was sent
    HttpResponse answer;
    StrangerAfter after = StrangerAfter::Unasked;
};

struct CredentialRow
{
    Route route;
    ActiveRequest request; // as nobody
    QString account;       // who may read it
    HttpResponse good;     // as that account
    HttpResponse stranger;
    Markers markers; // in the good answer and not in the stranger's
    std::vector<CredentialTry> tries = {};
    bool isActors = true; // that account is the one whose good credential was changed; else an administrator
};

struct CredentialTable
{
    QString actor; // whose good credential was changed; empty: nobody's
    std::vector<CredentialRow> rows;
    QStringList untold = {};                 // routes that do not tell a stranger from the account, or let both in
    QStringList leftOut = {};                // for lack of requests, or beyond kMostCredentialRoutes
    QStringList unreachable = {};            // of which no address is known, or whose host is not in the permission
    QStringList unreadable = {};             // to all accounts that were there to read them
    std::vector<BadCredential> columns = {}; // that there were to try, without Ended
    std::optional<int> refusedSignOut = {};  // the status, where the session could not be ended
};

// Whether the try was given what the account is given. How sure that is; empty: it was not.
std::optional<Proof> openedBy(const CredentialTry &one, const CredentialRow &row);

enum class TryTold {
    Opened,  // and strangers were still refused
    Held,    // an ended session: asked to sign in
    Nothing, // a limit, a broken server, a page that does not tell; or nobody knows what strangers get by then
};
TryTold toldOf(const CredentialTry &one, const CredentialRow &row);

// All that would be asked of these routes, unasked: where nothing could be sent.
CredentialTable unaskedCredentials(const Look &look);

constexpr std::size_t kMostCredentialRoutes = 10;
// The account, a stranger, each column, and the stranger again; the ended session, and the stranger once more.
constexpr int kCredentialRowRequests = 3 + static_cast<int>(kMostColumns) + 2;
int credentialCeiling(const std::vector<Route> &routes);

struct CredentialQuestion
{
    const Look &look;
    Wire &wire;
    const TestActor &actor;
    TokenSpot spot; // of that account, known to be the one that counts
    std::vector<CredentialColumn> columns;
    // Shows what a route for administrators alone gives; its session is only read with. Null: none is there.
    ActorSession *admin = nullptr;
};

// Until all is asked, the requests are used up, or the wire fails, which ends it as it is.
CredentialTable askCredentials(const CredentialQuestion &question);
// The same routes with the value of the account, which was signed out since: Ended.
void askEnded(const CredentialQuestion &question, CredentialTable &table);

} // namespace cockpit
