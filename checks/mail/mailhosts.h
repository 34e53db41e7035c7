// The servers that take a domain's mail, as senders find them, and where they can be connected to.
#pragma once

#include "checks/engine/lookgaps.h"
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

struct MailHosts
{
    std::vector<MailHost> asked;
    QStringList leftOut = {}; // names beyond the most: nothing is known of them
};

// By preference, without a null MX and without addresses in the place of a name, each once. Empty when there is no MX
// record.
// The error is that of the look-up.
[[nodiscard]] Result<MailHosts> mailHostsOf(const QString &domain, Observations &seen);

// "There are more mail servers than are looked at in one go. Not looked at: a, b." What may be found of each of them
// stays open. No gap without any.
LookGap mailHostsLeftOut(const QStringList &names);

} // namespace cockpit
