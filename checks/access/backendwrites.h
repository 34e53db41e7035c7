// Whether a stranger can put something into a product's backend service with the key that every visitor has (facts 18):
// a row into a table of Supabase, a file into its storage or Firebase's, a record into Firebase's realtime database or
// Firestore. Only where test requests are permitted to that host, and only where the founder marked the very place as
// safe to write: a route POST /rest/v1/<table>, /storage/v1/object/<bucket>, /<node>.json, /v1/projects/<project>/
// databases/(default)/documents/<collection> or /v0/b/<bucket>/o on the backend's host.
//
// What is put there is one test record with LC-CANARY in it, at an address of its own or found by its text, written
// into the run's journal before (undonotes.h), and it is taken away again, which is seen (backendwriteremoval.h). Where
// a stranger is refused to see it again, and so could not be shown that it is gone, nothing is put there; of what is
// kept from strangers without a word only what was shown once counts as gone. Of a table the smallest row is tried: the
// founder's example of the route, else what the code or the description of the interface says that a row needs.
// PostgreSQL looks at the rules of row security before it looks at constraints (ExecInsert), so that a row which breaks
// one (23502, 23503 …) had passed the rules; and a row that is to be given back has to pass the rules for reading as
// well, so that a refusal of that one alone says little.
#pragma once

#include "checks/access/backendreads.h"
#include "checks/access/tableshapes.h"
#include "checks/actors/undolist.h"
#include "checks/actors/wire.h"

#include <optional>
#include <vector>

namespace cockpit {

enum class WriteEnd {
    Taken,        // it was there, or the service said that it took it: a file under a name of its own, a row unseen
    WouldBeTaken, // it broke a constraint behind the rules, or was rolled back on request
    Refused,
    NotTold,
    NotTried,
};
QString toWord(WriteEnd value); // "taken", "would_be_taken", …

struct BackendWrite
{
    BackendPart part = BackendPart::Table; // Table, Bucket, Database, Collection
    QString name;                          // of a table, a bucket, a node, a collection
    QString host;
    WriteEnd end = WriteEnd::NotTried;
    QString why = {};     // NotTold, NotTried: a sentence
    bool wasShown = true; // Taken: there, to a stranger; else the service alone said so
    std::optional<std::pair<ActiveRequest, HttpResponse>> exchange = {};
};

// A place that the founder marked.
struct BackendPlace
{
    BackendPart part = BackendPart::Table;
    QString name;
    Route route;
};
// In the order of the routes; of that backend, or without one of all hosts.
std::vector<BackendPlace> markedPlaces(const std::vector<Route> &routes, const BackendFound *backend = nullptr);

// How it is done at one place.
struct BackendTrial
{
    BackendPlace place;
    QString text;         // LC-CANARY-…
    ActiveRequest see;    // shows the record where it is there, and that it is not where it is not
    ActiveRequest create; // as a stranger
    ActiveRequest remove;
    // What is kept from strangers looks to `see` as if it were not there: row security leaves it out of what is listed.
    bool hidesSilently = false;
    // A row with our text and without something else that it needs, that is not to be given back.
    std::optional<ActiveRequest> blind = {};
};
// An error says why it cannot be tried.
[[nodiscard]] Result<BackendTrial> trialFor(const BackendPlace &place, const BackendFound &backend,
                                            const std::vector<RouteSample> &samples,
                                            const std::vector<TableShape> &shapes);

// What an answer to `create` or `blind` of a table says by itself; nothing where it said that it took the row.
WriteEnd endOfRow(const HttpResponse &answer);

constexpr int kMostWrites = 6; // places of one run
// Of each: seen before, created, seen (or a blind one), and kBackendRemovalRequests.
constexpr int kWriteRequests = 6;
// At most, whatever the pages turn out to name.
int requestsForWrites(const std::vector<Route> &routes);

// Tries each marked place of those backends. Adds what takes things away to `undo`, which runs whatever happens.
std::vector<BackendWrite> writeToBackends(const Look &look, const std::vector<BackendLook> &looks, UndoList &undo);

// By what it is told whether a place is there still that an earlier look left to be tried.
struct PlacesNow
{
    const std::vector<Route> &routes;
    const std::vector<BackendLook> &looks;
    const std::vector<Finding> &open; // ProjectFacts::openProblems
    bool wereAllRead = true;          // the pages that could name one (readAllPages())
};

// The judgement with findings rows_writable, files_writable, records_writable, and
// "backend_writes": [{"what","name","host","result","why"?}]. before: what the last look observed; what stood open then
// and was not tried now stays open (backendowed.h).
Judged withBackendWrites(Judged judged, const std::vector<BackendWrite> &writes, const QJsonObject &before,
                         const PlacesNow &now);

} // namespace cockpit
