// Which companies stand between visitors and a host, by the signs that DNS, the connection and the answer show
// (resources/providers.json).
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "models/providers.h"
#include "models/target.h"

#include <optional>
#include <set>
#include <vector>

namespace cockpit {

// Where a sign was seen. Two different sources make a claim; one only makes it likely. A name server alone makes none:
// the company then answers for the name, and the connection goes past it. Nor does the page alone: pages load parts
// from companies that do not serve them.
enum class SignalSource { Header, Cookie, Alias, Address, NameServer, Trace, Page };
QString toWord(SignalSource source);

struct EdgeSignal
{
    QString providerId;
    SignalSource source = SignalSource::Header;
    QString evidence; // "server: cloudflare"

    bool operator==(const EdgeSignal &) const = default;
};

// Cloudflare's servers answer this path themselves, on every name behind their proxy: "fl=…", "colo=…".
constexpr auto kEdgeTracePath = "/cdn-cgi/trace";

struct EdgeSeen
{
    QString peerAddress; // where the connection went
    QStringList aliases; // CNAME targets
    std::vector<Header> headers;
    QStringList cookies;          // names
    QStringList nameServers = {}; // of the domain
    QByteArray trace = {};        // what kEdgeTracePath answers
    QByteArray page = {};
};

std::vector<EdgeSignal> signalsFrom(const EdgeSeen &seen, const std::vector<Provider> &providers);

struct EdgeClaim
{
    const Provider *provider = nullptr;
    std::set<SignalSource> sources;

    bool isSure() const { return sources.size() >= 2; }
    bool operator==(const EdgeClaim &) const = default;
};

// Ordered by the connection: headers may be passed through from inside, the owner of the address that was connected to
// may not.
struct EdgeReading
{
    std::optional<EdgeClaim> edge;     // the outer one
    std::optional<EdgeClaim> hosting;  // behind it, or alone
    const Provider *dnsOnly = nullptr; // its name servers name the host, and the address is none of its network

    bool isShielded() const { return edge || hosting; } // platforms shield their own network
};

EdgeReading readEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers);

// What the answer of a host and its DNS show; one more question where a single sign of Cloudflare can be proved.
// Blocking; what was asked once is not asked again.
std::vector<EdgeSignal> signsAt(Observations &seen, const Target &target, const Host &host, const HttpResponse &answer);

} // namespace cockpit
