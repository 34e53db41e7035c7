// dns.authoritative: every name server in charge of the domain gives the same answer.
// observed: servers[{name, address, status, authoritative, serial}].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

// One name server at one of its addresses, asked for the SOA of the domain with RD=0.
struct ServerAnswer
{
    QString name;
    std::optional<SocketAddress> address; // empty: the name has none
    Result<DnsAnswer> soa;
};

Check authoritativeCheck();
// question: for the NS records of the domain; the answer holds none.
Judged judgeNoServers(const DnsLookup &question, const DnsAnswer &answer);
// servers: for each NS name at least one entry.
Judged judgeAuthoritative(const QString &domain, const std::vector<ServerAnswer> &servers);

} // namespace cockpit
