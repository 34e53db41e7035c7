// A look with answers put in place: no network.
#pragma once

#include "checks/net/chainat.h"
#include "checks/net/chainrepair.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsciphers.h"
#include "checks/net/tlsendpoint.h"
#include "checks/net/tlsgroups.h"
#include "checks/net/trustkind.h"
#include "checks/tls/certificatefacts.h"
#include "checks/web/address.h"

namespace cockpit {

inline const QDateTime kNow = QDateTime::fromString(QStringLiteral("2026-06-01T12:00:00Z"), Qt::ISODate);

inline Certificate goodLeaf()
{
    Certificate leaf;
    leaf.subject = QStringLiteral("shop.example");
    leaf.issuer = QStringLiteral("Example Issuing CA");
    leaf.names = {QStringLiteral("shop.example")};
    leaf.notBefore = kNow.addDays(-10);
    leaf.notAfter = kNow.addDays(80);
    leaf.keyType = QStringLiteral("EC");
    leaf.keyBits = 256;
    leaf.signature = QStringLiteral("ecdsa-with-SHA256");
    return leaf;
}

inline QStringList codesOf(const Judged &judged) // with severity
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes += finding.code + QLatin1Char(' ') + toWord(finding.severity);
    return codes;
}

inline TlsSession goodSession()
{
    TlsSession session;
    session.peer = {QStringLiteral("192.0.2.1"), 443};
    session.chain = {goodLeaf()};
    return session;
}

inline HttpResponse pageAt(const QByteArray &date, const QByteArray &age = {})
{
    HttpResponse page{.status = 200, .headers = {{"Date", date}}};
    if (!age.isEmpty())
        page.headers.push_back({"Age", age});
    return page;
}

inline HttpResponse pageFrom(const QString &ip, const QByteArray &date)
{
    HttpResponse page = pageAt(date);
    page.peer = {ip, 443};
    return page;
}

// What a check says when these are the answers.
class PreparedLook
{
public:
    explicit PreparedLook(Host host = {HostRole::Site, QStringLiteral("shop.example"), kHttpsPort})
        : m_host(std::move(host)), m_seen(NetOptions(), m_token, Deadline::in(std::chrono::seconds(20)), nullptr)
    {
        addresses(std::vector<SocketAddress>{{QStringLiteral("192.0.2.1"), m_host.httpsPort}});
        groups(std::vector<TlsGroup>(askedGroups().begin() + 2, askedGroups().end()));
        repair(ChainRepair{});
        trust(TrustKind::Public);
        page(failure(ErrorKind::Unreachable, QStringLiteral("no page")));
        for (const NameSent name : {NameSent::None, NameSent::Unknown})
            endpoint(QStringLiteral("192.0.2.1"), EndpointSession{goodSession()}, name);
    }
    void addresses(Result<std::vector<SocketAddress>> answer)
    {
        m_seen.put(HostAddresses{m_host.name, m_host.httpsPort}, std::move(answer));
    }
    void session(Result<TlsSession> answer)
    {
        m_seen.put(TlsHandshake{m_host.name, m_host.httpsPort}, std::move(answer));
    }
    void versions(Result<std::vector<TlsVersion>> answer)
    {
        m_seen.put(TlsVersionsOffered{m_host.name, m_host.httpsPort}, std::move(answer));
    }
    void groups(Result<std::vector<TlsGroup>> answer)
    {
        m_seen.put(TlsGroupsOffered{m_host.name, m_host.httpsPort}, std::move(answer));
    }
    void ciphers(Result<CipherFacts> answer)
    {
        m_seen.put(TlsCiphers{m_host.name, m_host.httpsPort}, std::move(answer));
    }
    void repair(Result<ChainRepair> answer)
    {
        m_seen.put(RepairChain{m_host.name, m_host.httpsPort}, std::move(answer));
    }
    void endpoint(const QString &ip, Result<EndpointSession> answer, NameSent name = NameSent::Host)
    {
        m_seen.put(TlsEndpoint{m_host.name, m_host.httpsPort, {ip, m_host.httpsPort}, name}, std::move(answer));
    }
    void route(const QString &ip, bool isThere) { m_seen.put(RouteTo{{ip, m_host.httpsPort}}, isThere); }
    void chainAt(const QDateTime &time, Result<ChainStatus> answer)
    {
        m_seen.put(ChainAt{m_host.name, m_host.httpsPort, time}, std::move(answer));
    }
    void trust(Result<TrustKind> answer) { m_seen.put(HostTrust{m_host.name, m_host.httpsPort}, std::move(answer)); }
    // Another host of the product, with its page.
    void another(const QString &name, Result<HttpResponse> answer)
    {
        m_target.hosts.push_back({HostRole::App, name, kHttpsPort});
        m_seen.put(HttpGet{httpsAddress(m_target.hosts.back())}, std::move(answer));
    }
    // The front page, which tells the time.
    void page(Result<HttpResponse> answer) { m_seen.put(HttpGet{httpsAddress(m_host)}, std::move(answer)); }
    const Host &host() const { return m_host; }
    Look look()
    {
        return {.seen = m_seen,
                .target = m_target,
                .host = &m_host,
                .policy = m_policy,
                .facts = m_facts,
                .startedAt = kNow};
    }
    Judged at(const Check &check) { return check.look(look()); }

private:
    CancelToken m_token;
    Target m_target;
    Host m_host;
    Policy m_policy;
    ProjectFacts m_facts;
    Observations m_seen;
};

} // namespace cockpit
