// edge.detect: Cloudflare or a like service stands in front of each public host.
// observed: "url", "status", "edge": {"id","name","sure"}|null, "hosting": {..}|null, "signals": [{"provider","source",
// "evidence"}].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "models/providers.h"

namespace cockpit {

// Where a sign was seen. Two different sources make a claim; one only makes it likely (facts 11.2). A name server alone
// makes none: the company then answers for the name, and the connection goes past it.
enum class SignalSource { Header, Cookie, Alias, Address, NameServer, Trace };
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
};

std::vector<EdgeSignal> signalsFrom(const EdgeSeen &seen, const std::vector<Provider> &providers);

Check edgeDetectCheck();
// unshielded: the hosts of the target that nothing stands before, in its order; the first of them carries the finding
// for all, because one move repairs them together.
Judged judgeEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers,
                 const HttpResponse &answer, const QStringList &unshielded);

} // namespace cockpit
