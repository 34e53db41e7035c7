#include "checks/mail/starttlsgaps.h"

#include "checks/mail/starttlsreach.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartTls)
};

// Hosts of which no address told about encryption.
void addSilentHosts(const StartTlsFacts &facts, std::vector<StartTlsGap> &gaps)
{
    QSet<QString> said;
    for (const MailServerSeen &server : facts.servers) {
        const auto isAnswer = [&](const MailServerSeen &other) {
            return other.host == server.host && toldAboutEncryption(other);
        };
        if (said.contains(server.host) || std::ranges::any_of(facts.servers, isAnswer))
            continue;
        said.insert(server.host);
        gaps.push_back({whyUnknown(server), {{server.host}}});
    }
}

// Senders who ask for pins hold the mail back where these cannot be had (RFC 7672 section 2.1).
void addUnknownPins(const StartTlsFacts &facts, std::vector<StartTlsGap> &gaps)
{
    for (const auto &[host, dane] : facts.dane) {
        if (dane.state == DaneState::Unknown)
            gaps.push_back({Text::tr("The TLSA records of %1 could not be read or checked.").arg(host), {{host}}});
    }
}

// A policy that insists makes a fault of a certificate that others pass over.
void addUnknownPolicy(const StartTlsFacts &facts, std::vector<StartTlsGap> &gaps)
{
    if (!facts.policyProblem)
        return;
    StartTlsGap gap{Text::tr("Whether a mail policy (MTA-STS) tells senders to insist could not be seen: %1")
                        .arg(facts.policyProblem->message),
                    {}};
    gap.hides.reserve(2 * facts.servers.size());
    for (const MailServerSeen &server : facts.servers) {
        for (const QString &code : {u"certificate_untrusted"_s, u"certificate_mismatch"_s})
            gap.hides.push_back({server.host, code});
    }
    gaps.push_back(std::move(gap));
}

void addUnknownVersions(const StartTlsFacts &facts, std::vector<StartTlsGap> &gaps)
{
    const auto hidden = [](const QString &host) { return std::vector<Unseen>{{host, u"old_tls_accepted"_s}}; };
    for (const auto &[host, versions] : facts.olderVersions) {
        if (!versions)
            gaps.push_back({Text::tr("Whether %1 takes outdated encryption as well could not be seen: %2")
                                .arg(host, versions.error().message),
                            hidden(host)});
    }
    for (const QString &host : facts.notAskedForVersions) {
        gaps.push_back({Text::tr("%1 lets strangers wait, so it was not asked whether it takes outdated encryption as "
                                 "well.")
                            .arg(host),
                        hidden(host), true});
    }
}

void addUnknownMxProof(const StartTlsFacts &facts, std::vector<StartTlsGap> &gaps)
{
    if (facts.mxProof && facts.mxProof->value_or(SecurityStatus::Unknown) == SecurityStatus::Unknown)
        gaps.push_back({Text::tr("Whether the MX records of %1 are signed could not be found out.").arg(facts.domain),
                        {{facts.domain, u"dane_mx_unsigned"_s}},
                        true});
}

bool isStop(const Error &error)
{
    return error.kind == ErrorKind::Cancelled;
}

} // namespace

std::vector<StartTlsGap> gapsIn(const StartTlsFacts &facts)
{
    std::vector<StartTlsGap> gaps;
    gaps.reserve(facts.notFound.size());
    for (const auto &[host, why] : facts.notFound)
        gaps.push_back({why.message, {{host}}});
    addSilentHosts(facts, gaps);
    addUnknownPins(facts, gaps);
    addUnknownPolicy(facts, gaps);
    addUnknownVersions(facts, gaps);
    addUnknownMxProof(facts, gaps);
    return gaps;
}

std::optional<Judged> whyStopped(const StartTlsFacts &facts)
{
    for (const MailServerSeen &server : facts.servers) {
        if (!server.session && isStop(server.session.error()))
            return couldNotLook(server.session.error());
    }
    for (const auto &[host, why] : facts.notFound) {
        if (isStop(why))
            return couldNotLook(why);
    }
    for (const auto &[host, dane] : facts.dane) {
        if (dane.problem && isStop(*dane.problem))
            return couldNotLook(*dane.problem);
    }
    for (const auto &[host, versions] : facts.olderVersions) {
        if (!versions && isStop(versions.error()))
            return couldNotLook(versions.error());
    }
    if (facts.mxProof && !*facts.mxProof && isStop(facts.mxProof->error()))
        return couldNotLook(facts.mxProof->error());
    return facts.policyProblem && isStop(*facts.policyProblem) ? std::optional(couldNotLook(*facts.policyProblem))
                                                               : std::nullopt;
}

} // namespace cockpit
