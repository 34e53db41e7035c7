// Where the name servers of a zone are, by name.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"

#include <optional>
#include <vector>

namespace cockpit {

struct NameServer
{
    QString name;
    std::optional<SocketAddress> address; // empty: the name has none
};

// An override's address, or what the DNS says: at most two addresses of each name, in the order of the names; at least
// one entry for each name.
std::vector<NameServer> locateNameServers(const QStringList &names, Observations &seen);

// The names of the NS records for this zone, sorted, without repetitions and at most as many as fit into a referral.
QStringList nameServersIn(const std::vector<DnsRecord> &records, const QString &zone);

} // namespace cockpit
