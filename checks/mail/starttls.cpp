#include "checks/mail/starttls.h"

#include "checks/mail/danelookup.h"
#include "checks/mail/mailhosts.h"
#include "checks/mail/mailintent.h"
#include "checks/mail/stspolicy.h"
#include "checks/net/addressspace.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartTls)
};

bool isV6(const SocketAddress &address)
{
    return address.ip.contains(u':');
}

// One question for each address family of a host: more of one family are the same service.
std::vector<SmtpHello> questionsFor(const MailHost &host, const QString &sender)
{
    std::vector<SmtpHello> questions;
    for (const bool wantsV6 : {false, true}) {
        const auto address =
            std::ranges::find_if(*host.addresses, [&](const SocketAddress &a) { return isV6(a) == wantsV6; });
        if (address != host.addresses->end())
            questions.push_back({.host = host.name, .address = *address, .sender = sender});
    }
    return questions;
}

std::vector<MailServerSeen> askServers(const std::vector<MailHost> &hosts, const QString &sender, Observations &seen)
{
    std::vector<SmtpHello> questions;
    for (const MailHost &host : hosts) {
        if (!host.addresses)
            continue;
        const auto more = questionsFor(host, sender);
        questions.insert(questions.end(), more.begin(), more.end());
    }
    const auto answers = seen.askAll(questions);
    std::vector<MailServerSeen> servers;
    for (std::size_t i = 0; i < questions.size(); ++i)
        servers.push_back({questions[i].host, *questions[i].address, *answers[i]});
    return servers;
}

std::map<QString, DaneLook> lookAtDane(const std::vector<MailHost> &hosts, const Look &look,
                                       std::vector<Evidence> &evidence)
{
    QStringList names;
    for (const MailHost &host : hosts)
        names << host.name;
    std::map<QString, DaneLook> dane;
    for (auto &[host, found] : daneOfHosts(names, look.startedAt, look.seen)) {
        dane.emplace(host, std::move(found.look));
        std::ranges::move(found.evidence, std::back_inserter(evidence));
    }
    return dane;
}

// RFC 7672 section 2.2.1: what pins are worth depends on who says which servers take the mail.
std::optional<Result<SecurityStatus>> lookAtMxProof(const StartTlsFacts &facts, const Look &look)
{
    if (std::ranges::none_of(facts.dane, [](const auto &entry) { return entry.second.isBinding(); }))
        return std::nullopt;
    const auto answer = look.seen.ask(SecureLookup{facts.domain, RrType::Mx, look.startedAt});
    if (!*answer)
        return Result<SecurityStatus>(tl::unexpected<Error>(answer->error()));
    return Result<SecurityStatus>((*answer)->answer.isConclusive() ? (*answer)->proof : SecurityStatus::Unknown);
}

// Servers that let strangers wait with their greeting are not asked again and again.
constexpr std::chrono::milliseconds kSlowGreeting{2000};

// Of each host, one server that encrypts: more of the same name are set up alike.
void askForVersions(Observations &seen, StartTlsFacts &facts)
{
    std::vector<SmtpOlderVersions> questions;
    QStringList slow;
    for (const MailServerSeen &server : facts.servers) {
        const bool isAsked = std::ranges::find(questions, server.host, &SmtpOlderVersions::host) != questions.end();
        if (isAsked || !server.session || !server.session->tls)
            continue;
        if (server.session->greetedAfter > kSlowGreeting) {
            slow << server.host;
            continue;
        }
        questions.push_back({.host = server.host,
                             .address = server.address,
                             .best = server.session->tls->version,
                             .sender = server.session->ehloName}); // which it took
    }
    const auto answers = seen.askAll(questions);
    for (std::size_t i = 0; i < questions.size(); ++i)
        facts.olderVersions.emplace(questions[i].host, *answers[i]);
    for (const QString &host : slow) {
        if (!facts.olderVersions.contains(host) && !facts.notAskedForVersions.contains(host))
            facts.notAskedForVersions << host;
    }
}

// Whether it may be the network between that lets nothing through. Nothing stands between us and loopback.
Result<OutgoingMail> networkBetween(const std::vector<MailServerSeen> &servers, Observations &seen)
{
    const bool needsNoAsking =
        servers.empty() || std::ranges::any_of(servers, wasReached) ||
        std::ranges::any_of(servers, [](const MailServerSeen &server) { return isPrivateAddress(server.address.ip); });
    return needsNoAsking ? OutgoingMail::Open : *seen.ask(OutgoingMailOpen{});
}

void lookAtPolicy(const std::vector<MailHost> &hosts, Observations &seen, StartTlsFacts &facts)
{
    const auto policy = stsPolicyOf(facts.domain, seen);
    if (!policy) {
        facts.policyProblem = policy.error();
        return;
    }
    for (const MailHost &host : hosts) {
        if (*policy && (*policy)->mode == StsMode::Enforce && allowsMx(**policy, host.name))
            facts.enforced << host.name;
    }
}

Evidence evidenceOf(const MailServerSeen &server)
{
    const QString title = u"%1 (%2)"_s.arg(server.host, server.address.toString());
    if (!server.session)
        return {title, server.session.error().message};
    const SmtpSession &session = *server.session;
    QStringList lines{session.greeting.text()};
    if (session.ehlo.code != 0)
        lines << u"EHLO"_s << session.ehlo.lines.mid(1); // the first line often tells the address of the user
    if (session.startTlsReply.code != 0)
        lines << u"STARTTLS"_s << session.startTlsReply.text();
    if (!session.startTlsProblem.isEmpty())
        lines << session.startTlsProblem;
    if (session.tls) {
        const Certificate &leaf = session.tls->chain.front();
        lines << u"%1, %2"_s.arg(toWord(session.tls->version), session.tls->cipher)
              << Text::tr("Certificate for %1, issued by %2, valid until %3")
                     .arg(leaf.names.join(u", "_s), leaf.issuer, leaf.notAfter.toString(Qt::ISODate))
              << toWord(session.tls->chainStatus);
    }
    return {title, lines.join(u'\n')};
}

Judged lookAtStartTls(const Look &look)
{
    const QString domain = look.target.domain;
    const auto hosts = mailHostsOf(domain, look.seen);
    if (!hosts)
        return couldNotLook(hosts.error());
    if (saysItTakesNoMail(domain, look.seen))
        return notApplicable(Text::tr("%1 takes no mail, so it has no mail server.").arg(domain));
    const std::vector<MailHost> &asked = hosts->asked;
    if (asked.empty())
        return unlessMissing(notApplicable(Text::tr("%1 has no mail server.").arg(domain)), domain, look.seen);
    StartTlsFacts facts{.domain = domain,
                        .servers = askServers(asked, domain, look.seen),
                        .leftOut = hosts->leftOut,
                        .now = look.startedAt};
    for (const MailHost &host : asked) {
        if (!host.addresses)
            facts.notFound.emplace(host.name, host.addresses.error());
    }
    if (facts.servers.empty())
        return couldNotLook(asked.front().addresses.error());
    const auto network = networkBetween(facts.servers, look.seen);
    if (!network)
        return couldNotLook(network.error());
    facts.network = *network;
    std::vector<Evidence> evidence;
    facts.dane = lookAtDane(asked, look, evidence);
    facts.mxProof = lookAtMxProof(facts, look);
    askForVersions(look.seen, facts);
    lookAtPolicy(asked, look.seen, facts);
    Judged judged = judgeStartTls(facts);
    for (const MailServerSeen &server : facts.servers)
        evidence.push_back(evidenceOf(server));
    judged.evidence = std::move(evidence);
    return judged;
}

} // namespace

bool wasReached(const MailServerSeen &server)
{
    return server.session || server.session.error().kind == ErrorKind::Protocol ||
           server.session.error().kind == ErrorKind::TooLarge;
}

DaneLook StartTlsFacts::daneOf(const QString &host) const
{
    const auto it = dane.find(host);
    return it == dane.end() ? DaneLook{} : it->second;
}

Check startTlsCheck()
{
    return {.id = u"mail.starttls"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery, Impact::DataExposure},
            .needs = {},
            .look = lookAtStartTls};
}

} // namespace cockpit
