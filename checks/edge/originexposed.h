// edge.origin-exposed: the server behind the shield cannot be reached around it. Addresses that anybody can learn
// (other names of the product, its mail hosts, its SPF record, names in the person's list) are asked for the page that
// the edge shows; who gives the same page to the right name, and not to a made-up one, is the server behind.
// An address that takes no connection for HTTPS is asked without: an origin behind "Flexible" has nothing else.
// observed: "shielded": [host], "addresses": [{"address","port","learnt_from": [..],"host","state": OriginState,
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
    Closed,     // takes no connection, or agrees on no TLS
    Unclear,    // could not be told: also who takes the connection and gives no whole answer
};
QString toWord(OriginState state);

struct OriginLook
{
    QString address;
    QStringList learntFrom; // "dev.example.com", "SPF"
    QString host;           // whose page was asked for
    QString edgeId;         // who stands in front of it
    QUrl url;               // what was asked: the page's own, or that without HTTPS
    HttpResponse throughEdge;
    Result<HttpResponse> direct;
    std::optional<bool> wasOpen = {};                  // where there is no answer; empty: could not be told
    std::optional<Result<HttpResponse>> stranger = {}; // the same for a made-up name; asked where `direct` looks alike
    // How alike the answers are to the page, and whether the page has enough words: measured once (compare…), since
    // that takes a tenth of a second for a long page. Empty: not compared.
    std::optional<double> likeness = {};
    std::optional<double> strangersLikeness = {};
    bool isTelling = false;
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
// What a page is compared by.
struct PageMark
{
    int status = 0;
    std::uint64_t words = 0; // simHash
    bool isTelling = false;  // enough words to tell one page from another
};
PageMark markOf(const HttpResponse &page);
// How alike two answers are, 0 to 1; 0 for different statuses.
double likeness(const PageMark &a, const PageMark &b);
// edge: of the look's page as the edge shows it.
void compareDirect(OriginLook &look, const PageMark &edge);
void compareStranger(OriginLook &look, const PageMark &edge);
OriginState stateOf(const OriginLook &look);

Check originExposedCheck();
Judged judgeOrigin(const OriginFacts &facts);

} // namespace cockpit
