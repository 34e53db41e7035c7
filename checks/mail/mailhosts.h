// The servers that take a domain's mail, as senders find them, and where they can be connected to.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"

#include <vector>

namespace cockpit {

constexpr std::size_t kMostMailHosts = 10; // looked at; more is unheard of

struct MailHost
{
    QString name;
    Result<std::vector<SocketAddress>> addresses; // on port 25; overrides hold
};

// By preference, without a null MX and without addresses in the place of a name. Empty when there is no MX record.
// The error is that of the look-up.
[[nodiscard]] Result<std::vector<MailHost>> mailHostsOf(const QString &domain, Observations &seen);

} // namespace cockpit
