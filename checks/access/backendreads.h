// What a stranger can read of a product's backend service with the key that every visitor has (facts 18). Nothing is
// changed, no account is made, and of records comes what the service cannot do without: rows are counted or one is
// asked for without its fields, lists of files for one entry. A query of Convex runs, which hands out content: only
// where test requests are permitted, and 200 bytes of its answer are read. Names of columns are tried, functions of a
// database asked for in the way that only reads (PostgREST runs HEAD in a transaction that cannot write).
//
// Adds to access.unauthenticated's observed: "backends": [{"kind": supabase|firebase|pocketbase|convex|hasura|appwrite|
// strapi|directus|n8n|retool,"origin","asked": [{"what": table|function|bucket|file|schema|settings|database|
// collection|query|setup|console|edge_function|sign_up,"name","status"?,"result":
// open|empty|closed|unknown|unclear,"rows"?,"columns"?: [..],"host"?: where it is not that of the
// origin}],"app_check"?: of Firebase,"not_called": [edge functions, mutations, workflows: whoever calls one has it do
// what it does]}], and where there are such "backends_not_asked": [origins that may be one by words of the code alone,
// on neither a host of the product nor of the service's vendor: a stranger's server is not asked what it is].
#pragma once

#include "checks/access/backends.h"
#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <optional>
#include <vector>

namespace cockpit {

enum class BackendPart {
    Table,
    Function,
    Bucket,
    File,
    Schema,
    Settings,
    Database,
    Collection,
    Query,   // a function of Convex that by its kind cannot write
    Setup,   // whether the service still waits for its first administrator, or has none that needs a secret
    Console, // its page for administrators, with all tools
    Service, // an edge function, called where the founder permits it (backendcalls.h)
    SignUp,  // of Firebase: by an address that is none and a password that is too short, so that no account is made
             // (backendcalls.h)
};
QString toWord(BackendPart value);

// Why an active question was not sent.
enum class HeldBack {
    No,
    NotPermitted, // no test requests in this run
    NoneLeft,     // stopped, or used up
    TooMany,      // beyond what one run asks, whatever is allowed (kMostQueries)
};

struct BackendAsk
{
    BackendPart part = BackendPart::Table;
    QString name;
    HttpGet question;
    std::optional<HttpResponse> answer = {}; // none: silence
    QStringList columns = {};                // of a table with rows: private ones that are there
    bool isMadeUp = false;                   // a name that nothing has
    HeldBack heldBack = HeldBack::No;        // of a question that goes where accounts are made
    BackendKind kind = BackendKind::Supabase;
};

struct BackendLook
{
    BackendFound backend;
    std::vector<BackendAsk> asks;
};

// What a service answers with content, since it has no way to count: asked only with a permission (backendcalls.h).
bool givesContent(const BackendAsk &ask);

// What is asked of one service, first of all; a table with rows is then asked for its columns. madeUp: a name that
// nothing there has, asked for in each way as well: who has an answer for that has told nothing.
std::vector<BackendAsk> backendAsks(const BackendFound &backend, const QString &madeUp);
// HEAD …?select=<column>: whether the table has it and hands it out, without a row.
HttpGet columnQuestion(const BackendFound &backend, const QString &table, const QString &column);
const QStringList &privateColumns();

enum class BackendResult {
    Open,    // there is something, and a stranger gets it
    Empty,   // nothing there, or rows that the rules keep back
    Closed,  // refused
    Unknown, // there is no such thing
    Unclear, // silence, limits, answers that do not tell
};
QString toWord(BackendResult value);
BackendResult resultOf(const BackendAsk &ask);
// The same, measured by what made-up names of that part get.
BackendResult resultOf(const BackendLook &look, const BackendAsk &ask);
qint64 rowsIn(const HttpResponse &answer); // of Content-Range: "0-0/17"; -1: not told
// Of a query of Convex: its value is a list with an object in it. What else it says may well be for everybody.
bool givesRecords(const HttpResponse &answer);
qint64 rowsIn(const BackendAsk &ask); // of a table, as its service counts; -1: not told

// The services that the pages of the target's hosts name, asked by what reads alone. Adds the origins that were not, as
// said above. Stops with the run.
std::vector<BackendLook> lookAtBackends(const Look &look, QStringList &notAsked);

// The judgement with what was found there: findings table_open, function_open, schema_listed, bucket_listed,
// bucket_public, database_open, collection_open, sign_up_unconfirmed, records_open, backend_unclaimed, console_open,
// sign_up_open, service_named, service_open.
Judged withBackends(Judged judged, const std::vector<BackendLook> &looks);
// Says which origins were not asked, and why. What passed does not pass with one of them: it may be the product's.
Judged withNotAsked(Judged judged, const QStringList &origins);

} // namespace cockpit
