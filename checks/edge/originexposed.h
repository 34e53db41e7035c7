// edge.origin-exposed: the server behind the shield cannot be reached around it. Addresses that anybody can learn
// (other names of the product, its mail hosts, its SPF record, names in the person's list) are asked for the page that
// the edge shows; who gives the same page to the right name, and not to a made-up one, is the server behind.
// observed: "shielded": [host], "addresses": [{"address","learnt_from": [..],"host","state": OriginState,
// "likeness": 0..1|null}], "left_out": {"private","more"}.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

enum class OriginState {
    Exposed,
    SameForAll, // gives that page to whoever asks, without a certificate for the host: any server with such a page may
    Another,    // gives another page, or refuses: the server of something else, or one that is locked well
    StillEdge,  // an address of the edge itself
    Closed,     // takes no connection
    Unclear,    // could not be told
};
QString toWord(OriginState state);

struct OriginLook
{
    QString address;
    QStringList learntFrom; // "dev.example.com", "SPF"
    QString host;           // whose page was asked for
    QString edgeId;         // who stands in front of it
    HttpResponse throughEdge;
    Result<HttpResponse> direct;
    std::optional<Result<HttpResponse>> stranger; // the same for a made-up name; asked where `direct` looks alike
};

struct OriginFacts
{
    QStringList shielded;
    QString edgeName;
    std::vector<OriginLook> looks;
    int privateOnes = 0; // addresses inside networks, which were not asked
    int more = 0;        // beyond kMostOriginAddresses
    QStringList notes;   // what could not be looked at
};

// A handful of requests to each, so a founder's other servers hardly notice.
constexpr int kMostOriginAddresses = 10;
constexpr int kMostOriginPages = 3;

// From here on two answers are one page: what a clock, a token or an advertisement changes between two looks leaves
// more.
constexpr double kAlike = 0.9;
// How alike two answers are, 0 to 1; 0 for different statuses.
double likeness(const HttpResponse &a, const HttpResponse &b);
// Enough words to tell one page from another.
bool isTelling(const HttpResponse &page);
OriginState stateOf(const OriginLook &look);

Check originExposedCheck();
Judged judgeOrigin(const OriginFacts &facts);

} // namespace cockpit
