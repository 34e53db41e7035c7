// mail.mx: mail for the domain has a working place to arrive (RFC 5321 section 5, RFC 7505).
// observed: records[{preference, host, addresses[]}], null_mx, not_seen (models/unseen.h).
#pragma once

#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

struct MxHost
{
    DnsRecord record;
    Result<DnsAnswer> v4; // A and AAAA of the host, for all but a null MX
    Result<DnsAnswer> v6;
};

Check mxCheck();
// answer: MX of the domain; hosts: one for each of its records; domainHasAddress: senders then try the web server.
Judged judgeMx(const QString &domain, const DnsAnswer &answer, const std::vector<MxHost> &hosts, bool domainHasAddress);

} // namespace cockpit
