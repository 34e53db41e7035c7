// mail.reverse-dns: the servers that mail comes from have a name that leads back to their address, which spam filters
// ask for (RFC 1912 section 2.1, and the sender rules of the large mailbox companies). Servers of a mail company that
// only take the mail are its own business.
// observed: addresses[{address, for, names[], confirmed[], status (confirmed|unconfirmed|none|unknown)}], not_seen
// (models/unseen.h).
#pragma once

#include "checks/engine/check.h"
#include "checks/engine/lookgaps.h"
#include "checks/net/dnsclient.h"

#include <optional>

namespace cockpit {

enum class AddressUse {
    Sends,    // the SPF record names it by itself
    Receives, // an MX record leads to it, below the domain; in small set-ups the same server sends
};

struct ReverseLook
{
    QString address;
    AddressUse use = AddressUse::Sends;
    QString host; // the mail host, when Receives
    Result<DnsAnswer> pointer;
    QStringList confirmed;      // names that lead back to the address
    bool isForwardKnown = true; // false: the look-ups of the names failed

    QStringList names() const;
    QString subject() const; // of what is found there
};

Check reverseDnsCheck();
// gap: why the list may be too short. leftOut: addresses and hosts that one look does not get to. What is not known
// makes no pass: an Error when nothing is, else Info.
Judged judgeReverseDns(const std::vector<ReverseLook> &looks, const std::optional<Error> &gap = std::nullopt,
                       const LookGaps &leftOut = {});

// A name that a connection company gives to all its lines, from the address: "192-0-2-1.dyn.isp.example".
bool looksGeneric(const QString &name, const QString &address);

} // namespace cockpit
