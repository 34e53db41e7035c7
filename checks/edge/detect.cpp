#include "checks/edge/detect.h"

#include "checks/net/dnsclient.h"
#include "checks/web/address.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EdgeDetect)
};

struct Claim
{
    const Provider *provider = nullptr;
    std::set<SignalSource> sources;

    bool isSure() const { return sources.size() >= 2; }
};

std::vector<EdgeSignal> signalsOf(const Provider &provider, const EdgeSeen &seen)
{
    std::vector<EdgeSignal> found;
    for (const Header &header : seen.headers) {
        const QString name = QString::fromLatin1(header.name).toLower();
        const QString value = QString::fromUtf8(header.value);
        const bool fits = std::ranges::any_of(provider.headers,
                                              [&](const HeaderMark &mark) { return matchesHeader(mark, name, value); });
        if (fits)
            found.push_back({provider.id, SignalSource::Header, name + u": "_s + quoted(header.value, 80)});
    }
    for (const QString &cookie : seen.cookies) {
        if (matchesText(provider.cookies, cookie))
            found.push_back({provider.id, SignalSource::Cookie, quoted(cookie.toUtf8(), 80)});
    }
    for (const QString &alias : seen.aliases) {
        if (matchesHost(provider.cname, alias))
            found.push_back({provider.id, SignalSource::Alias, alias});
    }
    if (!seen.peerAddress.isEmpty() && matchesAddress(provider.addresses, seen.peerAddress))
        found.push_back({provider.id, SignalSource::Address, seen.peerAddress});
    return found;
}

// The best supported provider of a kind. An address decides between two: who takes the connection stands outside.
std::optional<Claim> strongest(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers,
                               ProviderKind kind)
{
    std::optional<Claim> best;
    for (const Provider &provider : providers) {
        if (!provider.is(kind))
            continue;
        Claim claim{&provider, {}};
        for (const EdgeSignal &one : found) {
            if (one.providerId == provider.id)
                claim.sources.insert(one.source);
        }
        const auto weight = [](const Claim &c) {
            return c.sources.size() + (c.sources.contains(SignalSource::Address) ? 1 : 0);
        };
        if (!claim.sources.empty() && (!best || weight(claim) > weight(*best)))
            best = claim;
    }
    return best;
}

QJsonValue toJson(const std::optional<Claim> &claim)
{
    if (!claim)
        return {};
    return QJsonObject{
        {u"id"_s, claim->provider->id}, {u"name"_s, claim->provider->name}, {u"sure"_s, claim->isSure()}};
}

Finding unshielded(const HttpResponse &answer)
{
    Finding finding = makeFinding(u"no_edge"_s, Severity::Medium, Proof::Lead, Impact::Downtime,
                                  Text::tr("Nothing stands between your server and a flood of requests"),
                                  Text::tr("%1 answers from %2, and no edge service or platform was recognised there.")
                                      .arg(answer.url.host(), answer.peer.ip));
    finding.effortMinutes = 90;
    return finding;
}

QString summaryOf(const std::optional<Claim> &edge, const std::optional<Claim> &hosting)
{
    if (edge && edge->isSure())
        return Text::tr("%1 stands in front").arg(edge->provider->name);
    if (edge)
        return Text::tr("Probably %1 stands in front").arg(edge->provider->name);
    if (hosting)
        return Text::tr("Served by %1, which shields its own network").arg(hosting->provider->name);
    return Text::tr("No edge service was recognised");
}

EdgeSeen seenAt(const Look &look, const HttpResponse &answer)
{
    EdgeSeen seen{.peerAddress = answer.peer.ip, .aliases = {}, .headers = answer.headers, .cookies = {}};
    for (const QByteArray &line : answer.headerValues("set-cookie"))
        seen.cookies.append(QString::fromUtf8(line.split('=').front().trimmed()));
    const auto lookup = look.seen.ask(DnsLookup{.name = look.host->name, .type = RrType::A, .server = {}});
    if (*lookup) // an override may lead to a host that DNS does not know; the other signs still count
        seen.aliases = (*lookup)->cnameChain();
    return seen;
}

Judged look(const Look &look)
{
    // Any answer shows who gave it: a refusal or a challenge is itself a sign of an edge.
    const auto answer = look.seen.ask(HttpGet{httpsAddress(*look.host)});
    if (!*answer)
        return couldNotLook(answer->error());
    return judgeEdge(signalsFrom(seenAt(look, **answer), knownProviders()), knownProviders(), **answer);
}

} // namespace

QString toWord(SignalSource source)
{
    switch (source) {
    case SignalSource::Header:
        return u"header"_s;
    case SignalSource::Cookie:
        return u"cookie"_s;
    case SignalSource::Alias:
        return u"cname"_s;
    case SignalSource::Address:
        return u"address"_s;
    }
    Q_UNREACHABLE();
}

std::vector<EdgeSignal> signalsFrom(const EdgeSeen &seen, const std::vector<Provider> &providers)
{
    std::vector<EdgeSignal> all;
    for (const Provider &provider : providers) {
        if (provider.is(ProviderKind::Edge) || provider.is(ProviderKind::Hosting))
            std::ranges::move(signalsOf(provider, seen), std::back_inserter(all));
    }
    return all;
}

Judged judgeEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers,
                 const HttpResponse &answer)
{
    const auto edge = strongest(found, providers, ProviderKind::Edge);
    const auto hosting = strongest(found, providers, ProviderKind::Hosting);
    QJsonObject observed = observedOf(answer, {"server", "via"});
    QJsonArray rows;
    QStringList lines;
    for (const EdgeSignal &one : found) {
        rows.append(QJsonObject{
            {u"provider"_s, one.providerId}, {u"source"_s, toWord(one.source)}, {u"evidence"_s, one.evidence}});
        lines.append(one.providerId + u"  "_s + one.evidence);
    }
    observed.insert(u"edge"_s, toJson(edge));
    observed.insert(u"hosting"_s, toJson(hosting));
    observed.insert(u"signals"_s, rows);
    std::vector<Finding> findings;
    if (!edge && !hosting)
        findings.push_back(unshielded(answer));
    std::vector<Evidence> evidence{evidenceOf(answer)};
    if (!lines.isEmpty())
        evidence.push_back({Text::tr("Signs of who answers"), lines.join(u'\n')});
    return concluded(std::move(findings), summaryOf(edge, hosting), observed, std::move(evidence));
}

Check edgeDetectCheck()
{
    return {.id = u"edge.detect"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = look};
}

} // namespace cockpit
