#include "checks/mail/starttlsobserved.h"

#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void addVersions(QJsonObject &observed, const QString &host, TlsVersion best, const StartTlsFacts &facts)
{
    observed.insert(u"versions"_s, QJsonValue());
    const auto it = facts.olderVersions.find(host);
    if (it == facts.olderVersions.end())
        return;
    if (!it->second) {
        observed.insert(u"versions_problem"_s, it->second.error().message);
        return;
    }
    QJsonArray words{toWord(best)};
    for (const TlsVersion version : *it->second)
        words.append(toWord(version));
    observed.insert(u"versions"_s, words);
}

void addTls(QJsonObject &observed, const QString &host, const TlsSession &tls, const StartTlsFacts &facts)
{
    observed.insert(u"version"_s, toWord(tls.version));
    addVersions(observed, host, tls.version, facts);
    observed.insert(u"chain"_s, toWord(tls.chainStatus));
    observed.insert(u"name_matches"_s, coversHost(tls.chain.front(), host));
}

void addDane(QJsonObject &observed, const SmtpSession &session, const DaneLook &dane, const DaneMatch &match,
             const QString &host)
{
    if (session.tls || !dane.isBinding())
        observed.insert(u"dane"_s, match.word);
    if (dane.state != DaneState::Absent)
        observed.insert(u"dane_at"_s, u"_25._tcp."_s + (dane.base.isEmpty() ? host : dane.base));
    if (match.isRollOver)
        observed.insert(u"dane_roll_over"_s, true);
}

QJsonObject observedOf(const MailServerSeen &server, const DaneMatch &match, const StartTlsFacts &facts)
{
    QJsonObject observed{{u"host"_s, server.host}, {u"address"_s, server.address.ip}};
    if (!server.session)
        return observed;
    const SmtpSession &session = *server.session;
    observed.insert(u"greeting"_s, session.greeting.text());
    observed.insert(u"starttls"_s, toWord(session.startTls));
    if (session.tls)
        addTls(observed, server.host, *session.tls, facts);
    addDane(observed, session, facts.daneOf(server.host), match, server.host);
    return observed;
}

QString portWord(const StartTlsFacts &facts)
{
    if (std::ranges::any_of(facts.servers, wasReached))
        return u"open"_s;
    switch (facts.network) {
    case OutgoingMail::Open:
        return u"open"_s;
    case OutgoingMail::Blocked:
        return u"blocked"_s;
    case OutgoingMail::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject observedOf(const StartTlsFacts &facts, const std::vector<DaneMatch> &matches)
{
    QJsonArray servers;
    for (const auto &[host, why] : facts.notFound)
        servers.append(QJsonObject{{u"host"_s, host}, {u"problem"_s, why.message}});
    for (std::size_t i = 0; i < facts.servers.size(); ++i)
        servers.append(observedOf(facts.servers[i], matches[i], facts));
    QJsonObject observed{{u"servers"_s, servers}, {u"port_25"_s, portWord(facts)}};
    if (facts.mxProof)
        observed.insert(u"mx_proof"_s, toWord(facts.mxProof->value_or(SecurityStatus::Unknown)));
    return observed;
}

} // namespace cockpit
