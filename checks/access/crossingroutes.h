// Which routes of a product hand out one kind of record, and in which way: by the id in the path, in the query, in the
// body, in a list, an export, a search.
#pragma once

#include "checks/access/renamedquestions.h"
#include "checks/access/socketroutes.h"
#include "models/access/routesample.h"
#include "models/projectstate.h"
#include "models/unseen.h"

#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

struct ResourceRoutes
{
    QString name; // "invoice"
    std::optional<Route> list;
    std::optional<Route> item;       // GET /invoices/{id}
    std::vector<Route> parts = {};   // GET /invoices/{id}/lines
    std::vector<Route> byQuery = {}; // GET /invoices/show: below the list and without a hole
    std::vector<Route> exports = {}; // GET /invoices/export.csv
    // POST /invoices/lookup: marked as safe, named as one that shows what it is asked for, with ids in its sample.
    std::vector<RouteSample> lookups = {};
};

// Under which what is asked for such records is found, each once: "GET /invoices/{id}". Items are known.
QStringList routeNamesOf(const ResourceRoutes &routes);

// Of GraphQL: so many that take ids, so many others, and so many that change something. A product's pages ask hundreds.
constexpr std::size_t kMostQuestions = 10;
constexpr std::size_t kMostMutations = 6;

struct CrossingRoutes
{
    std::vector<ResourceRoutes> resources;
    std::vector<Route> reads;           // what is asked to learn what belongs to whom: lists, settings, "me"
    std::vector<Route> searches;        // GET that takes words
    std::vector<RouteSample> questions; // of GraphQL, those that change nothing; those that take ids first
    std::vector<Route> sockets = {};    // WebSockets (socketsAmong)
    SocketSubscriptions subscriptions = {};
    std::vector<RouteSample> mutations; // of GraphQL, where the route is marked as safe to write; removals last
    QStringList withoutIds = {};        // routes of records below records of which no id is known: "GET /a/{a}/b/{b}"
    int questionsLeft = 0;              // and mutations, of which there were too many
    QStringList namesLeft = {};         // theirs (questionName())
    QStringList placesLeft = {};        // addresses of GraphQL where not all is asked that could be: "POST /graphql"
    std::vector<Unseen> hiddenAtPlaces = {}; // the findings that may be there
    RenamedQuestions renamed = {};
};

bool isRemoval(const RouteSample &mutation); // by its words: "mutation { deleteInvoice"

// Of what is not public, and whose name does not say that it does something (GET /logout). Left out are files
// (access.file-links); records below records that nobody has seen are named alone. open: subjects of the check's
// findings that are still open: the questions of GraphQL that they are of go first, and those that are asked no more
// are named.
CrossingRoutes crossingRoutes(const std::vector<Route> &routes, const std::vector<RouteSample> &samples,
                              const QStringList &open = {});

} // namespace cockpit
