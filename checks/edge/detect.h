// edge.detect: Cloudflare or a like service stands in front of each public host.
// observed: "url", "status", "edge": {"id","name","sure"}|null, "hosting": {..}|null, "signals": [{"provider","source",
// "evidence"}].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "models/providers.h"

namespace cockpit {

// Where a sign was seen. Two different sources make a claim; one only makes it likely (facts 11.2).
enum class SignalSource { Header, Cookie, Alias, Address };
QString toWord(SignalSource source);

struct EdgeSignal
{
    QString providerId;
    SignalSource source = SignalSource::Header;
    QString evidence; // "server: cloudflare"

    bool operator==(const EdgeSignal &) const = default;
};

struct EdgeSeen
{
    QString peerAddress; // where the connection went
    QStringList aliases; // CNAME targets
    std::vector<Header> headers;
    QStringList cookies; // names
};

std::vector<EdgeSignal> signalsFrom(const EdgeSeen &seen, const std::vector<Provider> &providers);

Check edgeDetectCheck();
Judged judgeEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers,
                 const HttpResponse &answer);

} // namespace cockpit
