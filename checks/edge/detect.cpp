#include "checks/edge/detect.h"

#include "checks/engine/lookgaps.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EdgeDetect)
};

constexpr int kMoveMinutes = 90;
constexpr int kSwitchMinutes = 20;

QJsonValue toJson(const std::optional<EdgeClaim> &claim)
{
    if (!claim)
        return {};
    return QJsonObject{
        {u"id"_s, claim->provider->id}, {u"name"_s, claim->provider->name}, {u"sure"_s, claim->isSure()}};
}

QString withOthers(const QString &saw, const QStringList &hosts)
{
    return hosts.size() < 2 ? saw : saw + u' ' + Text::tr("The same holds for %1.").arg(hosts.mid(1).join(u", "_s));
}

// A lead: a shield that we do not know looks the same, and who has few visitors may do without.
Finding noEdge(const HttpResponse &answer, const QStringList &hosts)
{
    Finding finding = makeFinding(u"no_edge"_s, Severity::Low, Proof::Lead, Impact::Downtime,
                                  Text::tr("Nothing stands between your server and a flood of requests"),
                                  withOthers(Text::tr("%1 answers from %2, and no edge service or platform was "
                                                      "recognised there.")
                                                 .arg(hostOf(answer.url), answer.peer.ip),
                                             hosts));
    finding.effortMinutes = kMoveMinutes;
    return finding;
}

// Worse where other hosts are shielded: the address of the server behind them then stands in the DNS.
Finding greyCloud(const Provider &named, const HttpResponse &answer, const EdgeNeighbours &neighbours)
{
    const bool isHole = !neighbours.shielded.isEmpty();
    const QString saw =
        Text::tr("The name servers of the domain are those of %1, and %2 answers from %3, which is none "
                 "of its addresses: the record is set to \"DNS only\", and visitors go straight to the "
                 "server.")
            .arg(named.name, hostOf(answer.url), answer.peer.ip);
    Finding finding = makeFinding(
        u"grey_cloud"_s, isHole ? Severity::Medium : Severity::Low, Proof::Strong, Impact::Downtime,
        Text::tr("%1 names this host and does not shield it").arg(named.name), withOthers(saw, neighbours.unshielded));
    finding.effortMinutes = kSwitchMinutes;
    return finding;
}

QString summaryOf(const EdgeReading &reading)
{
    const auto &edge = reading.edge;
    const auto &hosting = reading.hosting;
    if (edge && hosting && edge->isSure())
        return Text::tr("%1 stands in front, %2 behind it").arg(edge->provider->name, hosting->provider->name);
    if (edge && edge->isSure())
        return Text::tr("%1 stands in front").arg(edge->provider->name);
    if (edge)
        return Text::tr("Probably %1 stands in front").arg(edge->provider->name);
    if (hosting && hosting->isSure())
        return Text::tr("Served by %1, which shields its own network").arg(hosting->provider->name);
    if (hosting)
        return Text::tr("Probably served by %1, which shields its own network").arg(hosting->provider->name);
    return Text::tr("No edge service was recognised");
}

QJsonObject observedAt(const HttpResponse &answer, const std::vector<EdgeSignal> &found, const EdgeReading &reading)
{
    QJsonObject observed = observedOf(answer, {"server", "via", "alt-svc"});
    QJsonArray rows;
    for (const EdgeSignal &one : found)
        rows.append(QJsonObject{
            {u"provider"_s, one.providerId}, {u"source"_s, toWord(one.source)}, {u"evidence"_s, one.evidence}});
    observed.insert(u"edge"_s, toJson(reading.edge));
    observed.insert(u"hosting"_s, toJson(reading.hosting));
    observed.insert(u"dns_only"_s, reading.dnsOnly ? QJsonValue(reading.dnsOnly->id) : QJsonValue());
    observed.insert(u"signals"_s, rows);
    return observed;
}

std::vector<Evidence> evidenceFor(const HttpResponse &answer, const std::vector<EdgeSignal> &found)
{
    std::vector<Evidence> evidence{evidenceOf(answer)};
    QStringList lines;
    for (const EdgeSignal &one : found)
        lines.append(one.providerId + u"  "_s + one.evidence);
    if (!lines.isEmpty())
        evidence.push_back({Text::tr("Signs of who answers"), lines.join(u'\n')});
    return evidence;
}

// Answers of all hosts are asked for anyway; the run remembers them.
EdgeNeighbours neighboursIn(const Look &look)
{
    EdgeNeighbours neighbours;
    for (const Host &host : look.target.hosts) {
        if (host.role == HostRole::Mail)
            continue;
        const auto answer = look.seen.ask(HttpGet{httpsAddress(host)});
        if (!*answer)
            continue;
        const EdgeReading reading = readEdge(signsAt(look.seen, look.target, host, **answer), knownProviders());
        if (reading.edge)
            neighbours.shielded << host.name;
        else if (!reading.isShielded() && obstacleIn(**answer) != Obstacle::Challenge)
            neighbours.unshielded << host.name;
    }
    return neighbours;
}

Judged look(const Look &look)
{
    // Any answer shows who gave it: a refusal or a challenge is itself a sign of an edge.
    const auto answer = look.seen.ask(HttpGet{httpsAddress(*look.host)});
    if (!*answer)
        return couldNotLook(answer->error());
    const std::vector<EdgeSignal> found = signsAt(look.seen, look.target, *look.host, **answer);
    return judgeEdge(found, knownProviders(), **answer, neighboursIn(look));
}

} // namespace

Judged judgeEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers,
                 const HttpResponse &answer, const EdgeNeighbours &neighbours)
{
    const EdgeReading reading = readEdge(found, providers);
    const bool isBare = !reading.isShielded();
    // Somebody tests for robots there, and nobody that we know.
    if (isBare && obstacleIn(answer) == Obstacle::Challenge)
        return couldNotVerify(Obstacle::Challenge, answer);
    std::vector<Finding> findings;
    if (isBare && neighbours.unshielded.value(0, hostOf(answer.url)) == hostOf(answer.url))
        findings.push_back(reading.dnsOnly ? greyCloud(*reading.dnsOnly, answer, neighbours)
                                           : noEdge(answer, neighbours.unshielded));
    Judged judged = concluded(std::move(findings), summaryOf(reading), observedAt(answer, found, reading),
                              evidenceFor(answer, found));
    const bool isSure = (reading.edge && reading.edge->isSure()) || (reading.hosting && reading.hosting->isSure());
    if (!isBare && !isSure)
        leaveOpen(judged,
                  anyBehind({Text::tr("That is one sign alone, and a server can pass such a sign on from behind: "
                                      "whether visitors reach a shield first could not be proved.")}));
    if (isBare && judged.findings.empty()) {
        judged.outcome = Outcome::Info;
        judged.reason = Text::tr("Said already for %1.").arg(neighbours.unshielded.front());
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
