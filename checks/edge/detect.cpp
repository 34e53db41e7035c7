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
    // Something that was met on the way to the host itself.
    bool isOnTheWay() const { return sources != std::set{SignalSource::NameServer}; }
};

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
        if (!claim.sources.empty() && claim.isOnTheWay() && (!best || weight(claim) > weight(*best)))
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

// A lead: a shield that we do not know looks the same, and who has few visitors may do without.
Finding noEdge(const HttpResponse &answer, const QStringList &hosts)
{
    Finding finding = makeFinding(u"no_edge"_s, Severity::Low, Proof::Lead, Impact::Downtime,
                                  Text::tr("Nothing stands between your server and a flood of requests"),
                                  Text::tr("%1 answers from %2, and no edge service or platform was recognised there.")
                                      .arg(answer.url.host(), answer.peer.ip));
    if (hosts.size() > 1)
        finding.whatWeSaw += u' ' + Text::tr("The same holds for %1.").arg(hosts.mid(1).join(u", "_s));
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

EdgeSeen seenAt(const Look &look, const Host &host, const HttpResponse &answer)
{
    EdgeSeen seen{.peerAddress = answer.peer.ip, .aliases = {}, .headers = answer.headers, .cookies = {}};
    for (const QByteArray &line : answer.headerValues("set-cookie"))
        seen.cookies.append(QString::fromUtf8(line.split('=').front().trimmed()));
    const std::vector<DnsLookup> lookups{{.name = host.name, .type = RrType::A},
                                         {.name = look.target.domain, .type = RrType::Ns}};
    const auto answers = look.seen.askAll(lookups);
    if (*answers[0]) // an override may lead to a host that DNS does not know; the other signs still count
        seen.aliases = (*answers[0])->cnameChain();
    if (*answers[1]) {
        for (const DnsRecord &record : (*answers[1])->records(RrType::Ns))
            seen.nameServers << record.target;
    }
    return seen;
}

bool isAbout(const EdgeSignal &signal, QLatin1StringView provider)
{
    return signal.providerId == provider;
}

// One sign of Cloudflare is worth a question that proves it; without any, nothing is asked.
std::vector<EdgeSignal> signsAt(const Look &look, const Host &host, const HttpResponse &answer)
{
    EdgeSeen seen = seenAt(look, host, answer);
    std::vector<EdgeSignal> found = signalsFrom(seen, knownProviders());
    if (std::ranges::count_if(found, [](const EdgeSignal &s) { return isAbout(s, "cloudflare"_L1); }) != 1)
        return found;
    const auto trace = look.seen.ask(HttpGet{httpsAddress(host, QString::fromLatin1(kEdgeTracePath))});
    if (*trace && (*trace)->status == 200)
        seen.trace = (*trace)->body.left(2000);
    return signalsFrom(seen, knownProviders());
}

bool isShielded(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers)
{
    return strongest(found, providers, ProviderKind::Edge) || strongest(found, providers, ProviderKind::Hosting);
}

// Answers of all hosts are asked for anyway; the run remembers them.
QStringList unshieldedHosts(const Look &look)
{
    QStringList names;
    for (const Host &host : look.target.hosts) {
        if (host.role == HostRole::Mail)
            continue;
        const auto answer = look.seen.ask(HttpGet{httpsAddress(host)});
        if (*answer && !isShielded(signsAt(look, host, **answer), knownProviders()))
            names << host.name;
    }
    return names;
}

Judged look(const Look &look)
{
    // Any answer shows who gave it: a refusal or a challenge is itself a sign of an edge.
    const auto answer = look.seen.ask(HttpGet{httpsAddress(*look.host)});
    if (!*answer)
        return couldNotLook(answer->error());
    return judgeEdge(signsAt(look, *look.host, **answer), knownProviders(), **answer, unshieldedHosts(look));
}

} // namespace

Judged judgeEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers,
                 const HttpResponse &answer, const QStringList &unshielded)
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
    const bool isBare = !edge && !hosting;
    std::vector<Finding> findings;
    if (isBare && unshielded.value(0, answer.url.host()) == answer.url.host())
        findings.push_back(noEdge(answer, unshielded));
    std::vector<Evidence> evidence{evidenceOf(answer)};
    if (!lines.isEmpty())
        evidence.push_back({Text::tr("Signs of who answers"), lines.join(u'\n')});
    Judged judged = concluded(std::move(findings), summaryOf(edge, hosting), observed, std::move(evidence));
    if (isBare && judged.findings.empty()) {
        judged.outcome = Outcome::Info;
        judged.reason = Text::tr("Said already for %1.").arg(unshielded.front());
    }
    return judged;
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
