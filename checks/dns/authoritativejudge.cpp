#include "checks/dns/authoritative.h"

#include "checks/dns/delegationjudge.h"
#include "checks/engine/lookgaps.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Authoritative)
};

constexpr int kEffortMinutes = 30;

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const QString &subject = {})
{
    Finding finding = dnsFinding(code, severity, Impact::Downtime, title, seen);
    finding.subject = subject;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::optional<std::uint32_t> serialOf(const ServerAnswer &server)
{
    if (!server.soa || !server.soa->authoritative)
        return std::nullopt;
    const auto records = server.soa->records(RrType::Soa);
    return records.empty() ? std::nullopt : std::optional(records.front().serial);
}

QString placeOf(const ServerAnswer &server)
{
    return server.address ? u"%1 (%2)"_s.arg(server.name, server.address->ip) : server.name;
}

// A server with two addresses is one thing to the founder.
bool isSaid(const std::vector<Finding> &findings, const QString &code, const QString &server)
{
    return std::ranges::any_of(findings, [&](const Finding &f) { return f.code == code && f.subject == server; });
}

void judgeServer(const ServerAnswer &server, const QString &domain, std::vector<Finding> &findings)
{
    if (!server.address) {
        findings.push_back(
            found(u"server_without_address"_s, Severity::High, Text::tr("A name server does not exist"),
                  Text::tr("%1 is listed as a name server of %2, but has no address.").arg(server.name, domain),
                  server.name));
    } else if (!server.soa) {
        if (isSaid(findings, u"unreachable"_s, server.name))
            return;
        Finding finding = found(u"unreachable"_s, Severity::Medium, Text::tr("A name server does not answer"),
                                Text::tr("%1, a name server of %2, gave no answer: %3")
                                    .arg(placeOf(server), domain, server.soa.error().message),
                                server.name);
        finding.proof = Proof::Strong; // repeated, but from one place only
        findings.push_back(std::move(finding));
    } else if (!serialOf(server) && !isSaid(findings, u"lame"_s, server.name)) {
        findings.push_back(found(u"lame"_s, Severity::High, Text::tr("A name server does not know your domain"),
                                 Text::tr("%1 is listed as a name server of %2, but does not answer as one (%3).")
                                     .arg(placeOf(server), domain, toWord(server.soa->status)),
                                 server.name));
    }
}

bool failsOverTcp(const ServerAnswer &server)
{
    return serialOf(server) && !server.soaOverTcp && server.soaOverTcp.error().kind != ErrorKind::Cancelled;
}

// When none answers in time over TCP, it is more likely the network here that lets none of it out.
bool isTcpKeptIn(const std::vector<ServerAnswer> &servers)
{
    const auto isFine = [](const ServerAnswer &s) { return serialOf(s) && s.soaOverTcp; };
    const auto saysNo = [](const ServerAnswer &s) {
        return failsOverTcp(s) && s.soaOverTcp.error().kind != ErrorKind::TimedOut;
    };
    return std::ranges::none_of(servers, isFine) && std::ranges::none_of(servers, saysNo);
}

// RFC 7766: TCP is no option. Long answers (DKIM keys, DNSSEC) come over it.
void judgeTcp(const std::vector<ServerAnswer> &servers, const QString &domain, std::vector<Finding> &findings)
{
    if (isTcpKeptIn(servers))
        return;
    for (const ServerAnswer &server : servers) {
        if (!failsOverTcp(server) || isSaid(findings, u"tcp_refused"_s, server.name))
            continue;
        Finding finding = found(u"tcp_refused"_s, Severity::Medium, Text::tr("A name server cannot send long answers"),
                                Text::tr("%1, a name server of %2, answers over UDP but not over TCP: %3")
                                    .arg(placeOf(server), domain, server.soaOverTcp.error().message),
                                server.name);
        finding.proof = Proof::Strong; // from one place only: a firewall on the way looks the same
        findings.push_back(std::move(finding));
    }
}

void judgeTogether(const std::vector<ServerAnswer> &servers, const QString &domain, std::vector<Finding> &findings)
{
    QSet<std::uint32_t> serials;
    QStringList lines;
    QSet<QString> names;
    bool anyWorks = false;
    for (const ServerAnswer &server : servers) {
        names.insert(server.name);
        if (const auto serial = serialOf(server)) {
            anyWorks = true;
            serials.insert(*serial);
            lines << u"%1: %2"_s.arg(placeOf(server), QString::number(*serial));
        }
    }
    if (!anyWorks) {
        // The faults of the single servers are in the evidence: to the founder this is one thing.
        findings.clear();
        findings.push_back(found(u"none_works"_s, Severity::Critical,
                                 Text::tr("No name server answers for your domain"),
                                 Text::tr("None of the name servers of %1 answers as one.").arg(domain)));
    }
    if (serials.size() > 1) {
        // A change takes some seconds to reach all servers, so one look is no proof of a lasting difference.
        Finding differs =
            found(u"serials_differ"_s, Severity::Medium, Text::tr("Your name servers tell different things"),
                  Text::tr("The name servers of %1 hold different versions of its records: %2.")
                      .arg(domain, lines.join(u", "_s)));
        differs.proof = Proof::Strong;
        findings.push_back(std::move(differs));
    }
    if (names.size() == 1) {
        findings.push_back(found(u"single_server"_s, Severity::Medium,
                                 Text::tr("Your domain hangs on a single name server"),
                                 Text::tr("%1 has only one name server (%2). When it is down, site and mail are down.")
                                     .arg(domain, *names.begin())));
    }
}

QString wordFor(const Error &error)
{
    return error.kind == ErrorKind::TimedOut ? u"timeout"_s : u"unreachable"_s;
}

QJsonValue delegationJson(const std::optional<Delegation> &delegation)
{
    if (!delegation)
        return {};
    return QJsonObject{{u"parent"_s, delegation->parent},
                       {u"servers"_s, QJsonArray::fromStringList(delegation->servers)}};
}

QJsonObject observedOf(const std::vector<ServerAnswer> &servers, const QStringList &own = {},
                       const std::optional<Delegation> &delegation = {})
{
    QJsonArray array;
    for (const ServerAnswer &server : servers) {
        const auto serial = serialOf(server);
        QString status = u"no_address"_s;
        if (server.address)
            status = server.soa ? toWord(server.soa->status) : wordFor(server.soa.error());
        QJsonValue tcp;
        if (server.address && server.soa)
            tcp = server.soaOverTcp ? u"answered"_s : wordFor(server.soaOverTcp.error());
        array.append(QJsonObject{{u"name"_s, server.name},
                                 {u"address"_s, server.address ? QJsonValue(server.address->toString()) : QJsonValue()},
                                 {u"status"_s, status},
                                 {u"authoritative"_s, server.soa && server.soa->authoritative},
                                 {u"serial"_s, serial ? QJsonValue(static_cast<qint64>(*serial)) : QJsonValue()},
                                 {u"tcp"_s, tcp}});
    }
    return {{u"servers"_s, array},
            {u"own_servers"_s, QJsonArray::fromStringList(own)},
            {u"delegation"_s, delegationJson(delegation)}};
}

// A server that is silent says neither what it holds nor what it takes, and what it held may be there still.
LookGaps gapsAt(const std::vector<ServerAnswer> &servers)
{
    LookGaps gaps;
    for (const ServerAnswer &server : servers) {
        if (!server.address || serialOf(server))
            continue;
        if (!server.soa)
            gaps.hide({server.name, u"lame"_s});
        gaps.hide({server.name, u"tcp_refused"_s});
    }
    if (!gaps.hidden().empty())
        gaps.add({{{.code = u"serials_differ"_s}},
                  Text::tr("Servers that did not say what they hold may hold other records than the rest.")});
    return gaps;
}

// Servers that do know the domain, and of which nobody knows whether they send long answers.
LookGap gapOverTcp(const std::vector<ServerAnswer> &servers)
{
    const bool isKeptIn = isTcpKeptIn(servers);
    LookGap gap;
    for (const ServerAnswer &server : servers) {
        if (serialOf(server) && !server.soaOverTcp && (isKeptIn || !failsOverTcp(server)))
            gap.hides.push_back({server.name, u"tcp_refused"_s});
    }
    if (!gap.hides.empty())
        gap.sentence = Text::tr("Whether the name servers send long answers, which come over TCP, could not be seen: "
                                "none of them answered over TCP in time, and that may be this network.");
    return gap;
}

// Why the two lists of name servers were not compared.
LookGap gapAbove(const QStringList &own, const Result<std::optional<Delegation>> &above)
{
    LookGap gap{{{.code = u"delegation_differs"_s}}};
    if (!above)
        gap.sentence =
            Text::tr("Which name servers the zone above leads to is not known: %1").arg(above.error().message);
    else if (*above && own.isEmpty())
        gap.sentence = Text::tr("None of the name servers said which ones the domain itself lists, so that was not "
                                "held against what the zone above leads to.");
    return gap.sentence.isEmpty() ? LookGap() : gap;
}

LookGaps gapsIn(const std::vector<ServerAnswer> &servers, const QStringList &own,
                const Result<std::optional<Delegation>> &above, const QStringList &unasked)
{
    LookGaps gaps = gapsAt(servers);
    gaps.add(gapOverTcp(servers));
    for (const QString &server : unasked)
        gaps.hide({server});
    gaps.add(gapAbove(own, above));
    return gaps;
}

} // namespace

Judged judgeAuthoritative(const QString &domain, const std::vector<ServerAnswer> &servers,
                          const Result<std::optional<Delegation>> &above, const QStringList &unasked)
{
    const std::optional<Delegation> delegation = above ? *above : std::nullopt;
    Judged judged;
    const auto isLocalFault = [](const ServerAnswer &s) { return s.address && !s.soa; };
    for (const ServerAnswer &server : servers)
        judgeServer(server, domain, judged.findings);
    judgeTcp(servers, domain, judged.findings);
    const QStringList own = ownServersOf(domain, servers);
    judged.observed = observedOf(servers, own, delegation);
    // Silence of all at once is more likely a network that lets no DNS out than the end of the domain.
    if (!servers.empty() && std::ranges::all_of(servers, isLocalFault)) {
        Judged silent = couldNotLook(servers.front().soa.error());
        silent.observed = judged.observed;
        return silent;
    }
    judgeTogether(servers, domain, judged.findings);
    if (const auto differs = delegation ? judgeDelegation(domain, own, *delegation) : std::nullopt)
        judged.findings.push_back(*differs);
    judged.outcome = outcomeFor(judged.findings);
    leaveOpen(judged, gapsIn(servers, own, above, unasked));
    const auto working = std::ranges::count_if(servers, [](const ServerAnswer &s) { return serialOf(s).has_value(); });
    judged.summary = Text::tr("%1 of %2 name server addresses answer")
                         .arg(QString::number(working), QString::number(servers.size()));
    return judged;
}

Judged judgeNoServers(const DnsLookup &question, const DnsAnswer &answer)
{
    // A resolver that fails tells nothing about the domain; what visitors meet then is judged by dns.resolution.
    if (answer.status != DnsStatus::NoData && answer.status != DnsStatus::NxDomain &&
        answer.status != DnsStatus::Answered) {
        Judged judged = couldNotLook({ErrorKind::Unreachable, sentenceOf(question, answer), {}});
        judged.observed = observedOf({});
        return judged;
    }
    Judged judged;
    const Severity severity = answer.status == DnsStatus::NxDomain ? Severity::Critical : Severity::Medium;
    judged.findings = {found(u"no_servers"_s, severity, Text::tr("No name server is in charge of the domain"),
                             sentenceOf(question, answer))};
    judged.observed = observedOf({});
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = judged.findings.front().whatWeSaw;
    return judged;
}

} // namespace cockpit
