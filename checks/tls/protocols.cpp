#include "checks/tls/protocols.h"

#include "checks/tls/interception.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsProtocols)
};

QStringList words(std::span<const TlsVersion> versions)
{
    QStringList all;
    for (const TlsVersion version : versions)
        all += toWord(version);
    return all;
}

bool offers(std::span<const TlsVersion> offered, TlsVersion version)
{
    return std::ranges::find(offered, version) != offered.end();
}

Finding outdated(const QString &code, Severity severity, const QString &title, const QString &seen)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.proof = Proof::Proven;
    finding.impact = Impact::DataExposure;
    finding.title = title;
    finding.whatWeSaw = seen;
    finding.effortMinutes = 20;
    return finding;
}

Finding nothingCurrent(const Host &host, const QString &offered)
{
    Finding finding = outdated(u"no_current_version"_s, unusableSeverity(host.role),
                               Text::tr("Today's browsers cannot open %1").arg(host.name),
                               Text::tr("%1 offers %2 only. Browsers ask for TLS 1.2 or 1.3.").arg(host.name, offered));
    finding.impact = unusableImpact(host.role);
    finding.effortMinutes = 60;
    return finding;
}

// OpenSSL 3, and what is built on it (curl, Python, Node.js, PHP), refuses such servers; browsers do not.
Finding unsafeRenegotiation(const Host &host)
{
    Finding finding = outdated(
        u"unsafe_renegotiation"_s, Severity::High,
        Text::tr("Apps and other servers cannot connect to %1").arg(host.name),
        Text::tr("%1 does not know the safe way to renegotiate a connection, which has been the rule since 2010. "
                 "Browsers connect all the same; programs with OpenSSL 3 refuse.")
            .arg(host.name));
    finding.impact = Impact::Downtime;
    finding.effortMinutes = 45;
    return finding;
}

std::vector<Finding> findingsFor(const Host &host, std::span<const TlsVersion> offered)
{
    std::vector<Finding> findings;
    std::vector<TlsVersion> retired;
    std::ranges::copy_if(offered, std::back_inserter(retired),
                         [](TlsVersion v) { return v == TlsVersion::Tls10 || v == TlsVersion::Tls11; });
    if (!offers(offered, TlsVersion::Tls12) && !offers(offered, TlsVersion::Tls13))
        findings.push_back(nothingCurrent(host, words(offered).join(u", "_s)));
    if (offers(offered, TlsVersion::Ssl3)) {
        findings.push_back(outdated(u"ssl3"_s, Severity::High,
                                    Text::tr("%1 still speaks SSL 3, which is broken").arg(host.name),
                                    Text::tr("A hello of SSL 3 was accepted. It was retired in 2015.")));
    }
    if (!retired.empty()) {
        findings.push_back(outdated(
            u"retired_versions"_s, Severity::Medium, Text::tr("%1 still speaks retired versions of TLS").arg(host.name),
            Text::tr("%1 accepted. Only TLS 1.2 and 1.3 should be.").arg(words(retired).join(u", "_s))));
    }
    return findings;
}

Judged lookAtProtocols(const Look &look)
{
    // Asked before the handshake's result is known: a host that speaks SSL 3 alone has no handshake with anybody today.
    const auto offered = look.seen.ask(TlsVersionsOffered{look.host->name, look.host->httpsPort});
    if (!*offered) {
        const auto session = sessionFor(look); // says better what is wrong with a name that is nowhere to be found
        return session ? couldNotLook(offered->error()) : session.error();
    }
    if (auto intercepted = interceptedAt(look))
        return *intercepted;
    std::optional<Result<std::vector<TlsGroup>>> groups;
    if (offers(**offered, TlsVersion::Tls13))
        groups = *look.seen.ask(TlsGroupsOffered{look.host->name, look.host->httpsPort});
    const auto session = look.seen.ask(TlsHandshake{look.host->name, look.host->httpsPort});
    return judgeProtocols(*look.host, **offered, groups, *session ? &**session : nullptr);
}

bool isPostQuantum(const std::vector<TlsGroup> &groups)
{
    return std::ranges::any_of(groups, &TlsGroup::isPostQuantum);
}

void observeGroups(const std::optional<Result<std::vector<TlsGroup>>> &groups, QJsonObject &observed)
{
    QJsonArray names;
    if (groups && *groups) {
        for (const TlsGroup &group : **groups)
            names.append(QString::fromLatin1(group.name));
    }
    observed.insert(u"groups"_s, names);
    observed.insert(u"post_quantum"_s, QJsonValue());
    if (groups && !*groups)
        observed.insert(u"groups_problem"_s, groups->error().message);
    if (groups && *groups)
        observed.insert(u"post_quantum"_s, isPostQuantum(**groups));
}

QString summaryOf(std::span<const TlsVersion> offered, const std::optional<Result<std::vector<TlsGroup>>> &groups)
{
    const QString versions = Text::tr("Offered: %1.").arg(words(offered).join(u", "_s));
    const bool isSafe = groups && *groups && isPostQuantum(**groups);
    return isSafe ? versions + u' ' + Text::tr("The key exchange is safe against quantum computers, too.") : versions;
}

} // namespace

Judged judgeProtocols(const Host &host, std::span<const TlsVersion> offered,
                      const std::optional<Result<std::vector<TlsGroup>>> &groups, const TlsSession *session)
{
    if (offered.empty()) {
        return couldNotLook({ErrorKind::Protocol,
                             Text::tr("%1 accepted none of the protocol versions that were tried.").arg(host.name)});
    }
    Judged judged;
    judged.summary = summaryOf(offered, groups);
    judged.observed = {{u"protocols"_s, QJsonArray::fromStringList(words(offered))},
                       {u"alpn"_s, session && !session->alpn.isEmpty() ? QJsonValue(QString::fromLatin1(session->alpn))
                                                                       : QJsonValue()},
                       {u"safe_renegotiation"_s, session ? QJsonValue(session->renegotiatesSafely) : QJsonValue()}};
    observeGroups(groups, judged.observed);
    judged.findings = findingsFor(host, offered);
    if (session && !session->renegotiatesSafely)
        judged.findings.push_back(unsafeRenegotiation(host));
    judged.outcome = outcomeFor(judged.findings);
    return judged;
}

Check tlsProtocols()
{
    return {.id = u"tls.protocols"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Downtime, Impact::BrokenLogin},
            .needs = {},
            .look = &lookAtProtocols};
}

} // namespace cockpit
