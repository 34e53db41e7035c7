// dns.authoritative: every name server in charge of the domain gives the same answer, over UDP and TCP, and the zone
// above leads to the same servers that the domain names itself.
// observed: servers[{name, address, status, authoritative, serial, tcp}], own_servers[], delegation {parent, servers[]}
// | null (there is none to be seen, or the zone above could not be asked), not_seen (models/unseen.h).
#pragma once

#include "checks/dns/delegation.h"
#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

// One name server at one of its addresses, asked about the domain with RD=0.
struct ServerAnswer
{
    QString name;
    std::optional<SocketAddress> address; // empty: the name has none
    Result<DnsAnswer> soa;
    Result<DnsAnswer> soaOverTcp = {};
    Result<DnsAnswer> ns = {};
};

Check authoritativeCheck();
// question: for the NS records of the domain; the answer holds none.
Judged judgeNoServers(const DnsLookup &question, const DnsAnswer &answer);
// servers: for each NS name, of the domain and of the zone above, at least one entry. unasked: those to which the zone
// above led at an earlier look, while it does not say now.
Judged judgeAuthoritative(const QString &domain, const std::vector<ServerAnswer> &servers,
                          const Result<std::optional<Delegation>> &delegation = {}, const QStringList &unasked = {});

} // namespace cockpit
