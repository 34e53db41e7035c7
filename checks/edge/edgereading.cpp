// Who stands outside, who inside: from the signs.
#include "checks/edge/edgesigns.h"

#include "checks/net/dnsclient.h"
#include "checks/web/address.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using enum SignalSource;

constexpr qsizetype kLongestTrace = 2000;
constexpr qsizetype kReadOfPage = 256LL * 1024;

// Something that was met on the way to the host itself.
bool isOnTheWay(const EdgeClaim &claim)
{
    return std::ranges::any_of(claim.sources, [](SignalSource s) { return s != NameServer && s != Page; });
}

std::vector<EdgeClaim> claimsIn(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers)
{
    std::vector<EdgeClaim> claims;
    for (const Provider &provider : providers) {
        EdgeClaim claim{&provider, {}};
        for (const EdgeSignal &one : found) {
            if (one.providerId == provider.id)
                claim.sources.insert(one.source);
        }
        if (!claim.sources.empty())
            claims.push_back(std::move(claim));
    }
    return claims;
}

// The best supported one of a kind, the first of the list among equals.
std::optional<EdgeClaim> strongest(const std::vector<EdgeClaim> &claims, ProviderKind kind, const Provider *besides)
{
    std::optional<EdgeClaim> best;
    for (const EdgeClaim &claim : claims) {
        if (!claim.provider->is(kind) || claim.provider == besides || !isOnTheWay(claim))
            continue;
        if (!best || claim.sources.size() > best->sources.size())
            best = claim;
    }
    return best;
}

// Companies whose blocks are not known cannot be told to be elsewhere.
const Provider *passedBy(const std::vector<EdgeClaim> &claims)
{
    const auto it = std::ranges::find_if(claims, [](const EdgeClaim &claim) {
        return claim.sources.contains(NameServer) && !isOnTheWay(claim) && claim.provider->is(ProviderKind::Edge) &&
               !claim.provider->addresses.isEmpty();
    });
    return it == claims.end() ? nullptr : it->provider;
}

EdgeSeen seenAt(Observations &seen, const Target &target, const Host &host, const HttpResponse &answer)
{
    EdgeSeen all{.peerAddress = answer.peer.ip, .aliases = {}, .headers = answer.headers, .cookies = {}};
    all.page = answer.body.left(kReadOfPage);
    for (const QByteArray &line : answer.headerValues("set-cookie"))
        all.cookies.append(QString::fromUtf8(line.split('=').front().trimmed()));
    const std::vector<DnsLookup> lookups{{.name = host.name, .type = RrType::A},
                                         {.name = target.domain, .type = RrType::Ns}};
    const auto answers = seen.askAll(lookups);
    if (*answers[0]) // an override may lead to a host that DNS does not know; the other signs still count
        all.aliases = (*answers[0])->cnameChain();
    if (*answers[1]) {
        for (const DnsRecord &record : (*answers[1])->records(RrType::Ns))
            all.nameServers << record.target;
    }
    return all;
}

} // namespace

EdgeReading readEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers)
{
    const std::vector<EdgeClaim> claims = claimsIn(found, providers);
    const auto owner =
        std::ranges::find_if(claims, [](const EdgeClaim &claim) { return claim.sources.contains(Address); });
    EdgeReading reading;
    reading.dnsOnly = passedBy(claims);
    if (owner == claims.end()) {
        reading.edge = strongest(claims, ProviderKind::Edge, nullptr);
    } else if (owner->provider->is(ProviderKind::Edge)) {
        reading.edge = *owner;
    } else {
        reading.hosting = *owner; // whatever edge the headers name stands behind it, or is passed through
        return reading;
    }
    reading.hosting = strongest(claims, ProviderKind::Hosting, reading.edge ? reading.edge->provider : nullptr);
    return reading;
}

std::vector<EdgeSignal> signsAt(Observations &seen, const Target &target, const Host &host, const HttpResponse &answer)
{
    EdgeSeen all = seenAt(seen, target, host, answer);
    std::vector<EdgeSignal> found = signalsFrom(all, knownProviders());
    const auto isAboutIt = [](const EdgeSignal &sign) { return sign.providerId == "cloudflare"_L1; };
    if (std::ranges::count_if(found, isAboutIt) != 1) // without any, nothing is asked; with two, it is known
        return found;
    const auto trace = seen.ask(HttpGet{httpsAddress(host, QString::fromLatin1(kEdgeTracePath))});
    if (*trace && (*trace)->status == 200)
        all.trace = (*trace)->body.left(kLongestTrace);
    return signalsFrom(all, knownProviders());
}

} // namespace cockpit
