// access.tenant-isolation: no customer reaches another one's records (OWASP API1:2023, facts 17).
// One account plants records of its own (where that can be taken back) and collects ids; an account of another customer
// and nobody ask for them in every known way. What proves is a text of the owner in the answer, never a status.
// observed: "owner", "outsider": names of the accounts; "resources": [{"name","id_kind","guessing","canary": bool,
// "asked","held": answers that kept the record back,"crossings": [{"way","route","status","reach","why"}],"writes":
// [{"route","changed": bool (null: could not be seen)}],"not_tested": sentence?}], "shared": lists that are the same
// for both, "broken_off": sentence?, "sockets": [{"route","owner","outsider","made_up","nobody","foreign_origin":
// opened|refused|unclear|not_tried, "cookie": everywhere|some_browsers|kept|unknown?}], "subscriptions":
// [{"route","dialect","owner","outsider","made_up", "nobody": agreed|refused|news|silence|unclear|not_tried,"changed":
// bool,"owner_was_told": bool,"left_out": messages of the page that were not said}], "requests", not_seen
// (models/unseen.h).
#pragma once

#include "checks/access/crossings.h"
#include "checks/access/crosssitecookies.h"
#include "checks/access/socketscript.h"
#include "checks/actors/markers.h"
#include "checks/actors/refusal.h"
#include "checks/engine/check.h"
#include "checks/engine/lookgaps.h"
#include "models/secret.h"

#include <optional>
#include <vector>

namespace cockpit {

struct CrossedAnswer
{
    Crossing crossing;                      // its request without what makes it one of the account
    HttpResponse answer;                    // of status 0: none came
    std::optional<ActiveRequest> sent = {}; // with it, for the proof; empty: asked by nobody
    std::optional<HttpResponse> good = {};  // the owner's at that address, where it is not the record's; status 0: none
    std::optional<HttpResponse> stranger = {}; // what nobody got there; asked where the answer crossed
    bool isStrangerUntold = false;             // asked, and what nobody gets there is not known all the same
};

// A change that the outsider sent to the owner's test record.
struct BlindWrite
{
    ActiveRequest request; // as it was sent
    QString routeName;
    HttpResponse answer;
    bool removes = false;
    bool hasChanged = false; // seen by the owner afterwards
    QString notSeen = {};    // a sentence: why nobody could tell whether it has
};

struct ResourceLook
{
    QString name;
    QString id;
    bool hasCanary = false;
    std::optional<HttpResponse> record = {}; // as its owner sees it
    std::optional<HttpResponse> list = {};
    std::vector<CrossedAnswer> crossed = {};
    std::vector<BlindWrite> writes = {};
    std::optional<HttpResponse> madeUp = {}; // the outsider asks for an id that no record has
    QString notTested = {};                  // a sentence: why it could not be tried
    QStringList planned = {};                // names of the routes at which it was to be asked for
};

// The opening of a WebSocket and what came after it.
struct SocketAnswer
{
    ActiveRequest sent; // as it went out
    HttpResponse answer;
};

// One address for live connections, at the owner's record or customer where it names one.
struct SocketTry
{
    QString routeName;
    bool namesRecord = false;
    std::optional<SocketAnswer> owner = {}, outsider = {}; // with the Origin of the product
    std::optional<SocketAnswer> stranger = {};             // without a session; any script may say that Origin
    std::optional<SocketAnswer> madeUp = {};               // the outsider, with an id that nobody has
    std::optional<SocketAnswer> foreign = {}, nobody = {}; // the owner's cookie and none, with a foreign Origin
    std::optional<CrossSiteReach> cookie = {};             // where the foreign Origin opened it
    QString notTested = {};
};

// One who subscribes on a WebSocket.
struct Subscriber
{
    SocketAnswer opened;                   // the body of its answer: every message that came, one a line
    QByteArray said = {};                  // the messages as they went out, one a line
    SocketWord word = SocketWord::Silence; // to them; News: something came that says neither yes nor no
};

// What one message of the owner's subscribes to, said by others. While all of them listen the owner changes its test
// record.
struct SubscriptionTry
{
    QString routeName;
    SocketDialect dialect = SocketDialect::Plain;
    bool namesRecord = false;                            // by an id of the owner's; else who asks decides what comes
    std::optional<Subscriber> owner = {}, outsider = {}; // the same messages, each with its own session
    std::optional<Subscriber> nobody = {};
    std::optional<Subscriber> madeUp = {}; // the outsider, with ids that nobody has
    bool hasChanged = false;
    bool ownerWasTold = false; // of the change
    int leftOut = 0;           // messages of the page that were not said: they may change something
    QString notTested = {};    // a sentence: why it could not be tried
};

struct TenantLook
{
    QString owner, outsider; // names of the accounts with their tenants
    Markers markers, outsidersMarkers;
    std::vector<ResourceLook> resources;
    std::vector<HttpResponse> invented;    // what invented addresses get
    std::vector<CrossedAnswer> mails = {}; // lists in which the outsider sees the owner's mail address
    std::vector<SocketTry> sockets = {};
    std::vector<SubscriptionTry> subscriptions = {};
    QString ownersMail = {};
    std::vector<LookGap> unsent = {}; // changes and questions
    QStringList shared = {};          // lists that are the same for both: whose it is cannot be told
    QString brokenOff = {};           // a sentence: why answers without a find count for nothing
    std::vector<Secret> known = {};
    int requests = 0;
};

// An answer that keeps the record back; fewer than these per kind of record are no proof.
constexpr int kFewestCrossings = 5;

ReachVerdict verdictOf(const TenantLook &look, const ResourceLook &resource, const CrossedAnswer &one);
Judged judgeTenantIsolation(const TenantLook &look);
Check tenantIsolationCheck();

} // namespace cockpit
