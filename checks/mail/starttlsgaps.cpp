#include "checks/mail/starttlsgaps.h"

#include "checks/mail/mailhosts.h"
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

QStringList codesOfMxProof()
{
    return {u"dane_mx_unsigned"_s, u"dane_mx_bogus"_s};
}

bool encrypts(const MailServerSeen &server)
{
    return server.session && server.session->tls;
}

bool isAnyOf(const QString &host, const StartTlsFacts &facts, bool (*holds)(const MailServerSeen &))
{
    return std::ranges::any_of(facts.servers,
                               [&](const MailServerSeen &server) { return server.host == host && holds(server); });
}

std::vector<Unseen> ofHost(const QString &host, const QStringList &codes)
{
    std::vector<Unseen> hidden;
    hidden.reserve(static_cast<std::size_t>(codes.size()));
    for (const QString &code : codes)
        hidden.push_back({host, code});
    return hidden;
}

// What only a certificate shows. Where no record pins it, it can miss none.
QStringList codesOfCertificate(const QString &host, const StartTlsFacts &facts)
{
    QStringList codes{u"certificate_untrusted"_s, u"certificate_mismatch"_s};
    if (facts.daneOf(host).isBinding())
        codes << u"dane_mismatch"_s;
    return codes;
}

// Hosts of which no address told about encryption, and those that told and showed no certificate.
void addHostsWithoutTls(const StartTlsFacts &facts, LookGaps &gaps)
{
    QSet<QString> said;
    for (const MailServerSeen &server : facts.servers) {
        const QString &host = server.host;
        if (said.contains(host) || isAnyOf(host, facts, encrypts))
            continue;
        said.insert(host);
        if (!isAnyOf(host, facts, toldAboutEncryption)) {
            gaps.add({{{host}}, whyUnknown(server)});
            continue;
        }
        gaps.add({ofHost(host, codesOfCertificate(host, facts) << u"old_tls"_s << u"old_tls_accepted"_s),
                  Text::tr("No encrypted connection with %1 came about, so its certificate was not seen.").arg(host)});
    }
}

// Addresses without a certificate, of hosts that show one by another. A family that this network does not have shows
// nothing at any look, and would keep open what was repaired.
void addAddressesWithoutTls(const StartTlsFacts &facts, LookGaps &gaps)
{
    for (const MailServerSeen &server : facts.servers) {
        const bool hasNoRoute = !server.session && server.session.error().kind == ErrorKind::NoRoute;
        if (encrypts(server) || hasNoRoute || !isAnyOf(server.host, facts, encrypts))
            continue;
        gaps.add({ofHost(server.host, codesOfCertificate(server.host, facts)),
                  Text::tr("%1 showed no certificate at its address %2.").arg(server.host, server.address.ip)});
    }
}

QString whyUnknown(const QString &host, const DaneLook &dane)
{
    return dane.problem ? Text::tr("The TLSA records of %1 could not be read: %2").arg(host, dane.problem->message)
                        : Text::tr("The TLSA records of %1 could not be read or checked.").arg(host);
}

// Senders who ask for pins hold the mail back where these cannot be had (RFC 7672 section 2.1). What the pins ask of
// the certificate, and of the MX records, is not known then either.
void addUnknownPins(const StartTlsFacts &facts, LookGaps &gaps)
{
    const QStringList codes{u"dane_unsigned"_s,         u"dane_bogus"_s,
                            u"dane_unusable"_s,         u"dane_mismatch"_s,
                            u"certificate_untrusted"_s, u"certificate_mismatch"_s};
    for (const auto &[host, dane] : facts.dane) {
        if (dane.state != DaneState::Unknown)
            continue;
        gaps.add({ofHost(host, codes), whyUnknown(host, dane)});
        gaps.add({ofHost(facts.domain, codesOfMxProof())});
    }
}

// A policy that insists makes a fault of a certificate that others pass over.
void addUnknownPolicy(const StartTlsFacts &facts, LookGaps &gaps)
{
    if (!facts.policyProblem)
        return;
    gaps.say(Text::tr("Whether a mail policy (MTA-STS) tells senders to insist could not be seen: %1")
                 .arg(facts.policyProblem->message));
    for (const MailServerSeen &server : facts.servers)
        gaps.add({ofHost(server.host, {u"certificate_untrusted"_s, u"certificate_mismatch"_s})});
}

void addUnknownVersions(const StartTlsFacts &facts, LookGaps &gaps)
{
    const auto hidden = [](const QString &host) { return std::vector<Unseen>{{host, u"old_tls_accepted"_s}}; };
    for (const auto &[host, versions] : facts.olderVersions) {
        if (!versions)
            gaps.add({hidden(host), Text::tr("Whether %1 takes outdated encryption as well could not be seen: %2")
                                        .arg(host, versions.error().message)});
    }
    for (const QString &host : facts.notAskedForVersions) {
        gaps.add({hidden(host), Text::tr("%1 lets strangers wait, so it was not asked whether it takes outdated "
                                         "encryption as well.")
                                    .arg(host)});
    }
}

void addUnknownMxProof(const StartTlsFacts &facts, LookGaps &gaps)
{
    if (facts.mxProof && facts.mxProof->value_or(SecurityStatus::Unknown) == SecurityStatus::Unknown)
        gaps.add({ofHost(facts.domain, codesOfMxProof()),
                  Text::tr("Whether the MX records of %1 are signed could not be found out.").arg(facts.domain)});
}

// One of them may have pins, whose worth hangs on the MX records.
void addLeftOut(const StartTlsFacts &facts, LookGaps &gaps)
{
    gaps.add(mailHostsLeftOut(facts.leftOut));
    if (!facts.leftOut.isEmpty() && !facts.mxProof)
        gaps.add({ofHost(facts.domain, codesOfMxProof())});
}

} // namespace

LookGaps gapsIn(const StartTlsFacts &facts)
{
    LookGaps gaps;
    for (const auto &[host, why] : facts.notFound)
        gaps.add({{{host}}, why.message});
    addHostsWithoutTls(facts, gaps);
    addAddressesWithoutTls(facts, gaps);
    addUnknownPins(facts, gaps);
    addUnknownPolicy(facts, gaps);
    addUnknownVersions(facts, gaps);
    addUnknownMxProof(facts, gaps);
    addLeftOut(facts, gaps);
    return gaps;
}

} // namespace cockpit
