// The requests by which one customer could reach another's record. Pure.
#pragma once

#include "checks/access/crossingids.h"
#include "checks/access/crossingroutes.h"
#include "checks/actors/wire.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

enum class CrossWay {
    Path,     // the id where the owner has it
    Nobody,   // the same, signed out
    Version,  // the same at an older version of the interface
    Wildcard, // "*", "null", "me", "%", "-1" or "0" in the id's place
    Method,   // POST with a field that says GET, at a test record
    Query,    // ?id=
    ManyIds,  // ?ids=own,other, ?ids[]=own&ids[]=other
    Polluted, // ?id=own&id=other
    Body,     // in the body of a POST that looks records up
    Header,   // X-Tenant-Id
    Filter,   // ?tenant_id= of a list, also beside the own one
    List,     // the plain list
    Export,
    Search,
    GraphQl,
};
QString toWord(CrossWay value);

struct Crossing
{
    CrossWay way = CrossWay::Path;
    ActiveRequest request;
    QString routeName;      // "GET /invoices/{id}"
    bool isGuessed = false; // who may ask there is a guess
    bool asNobody = false;
    bool isOfList = false; // compared with the owner's list, else with the record
};

// One kind of record of the owner's, and what is known to ask for it.
struct Quarry
{
    ResourceRoutes routes;
    QStringList ids; // that fill the item's holes; the last is the record's
    QString ownId;   // of the outsider's records of this kind; empty: it has none
    std::vector<TenantSwitch> tenants = {};
    bool isPlanted = false; // a test record: only there may a method be tried that could change it
    bool mayPost = false;   // to the item's address (postrule.h)

    QString id() const { return ids.isEmpty() ? QString() : ids.last(); }
};

// At most kMostCrossings, the likely ones first. The numbers beside an id are not asked for: what stands there may be
// of people who are no part of the test, and how far guessing leads is told by the kind of the id (describeGuessing).
constexpr int kMostCrossings = 26;
std::vector<Crossing> crossingsOf(const Quarry &quarry, const Target &target);

// The address and the body and headers' values: what comes back from there proves nothing.
QByteArray sentBy(const ActiveRequest &request);

// POST of a sample, with that body. Null address: its host is none of the target's.
ActiveRequest requestOf(const RouteSample &sample, const QByteArray &body, const Target &target);

// The route at that address, with a query beside what the address has.
ActiveRequest requestOf(const Route &route, const QUrl &url, const std::vector<std::pair<QString, QString>> &query);

} // namespace cockpit
