// mail.mta-sts: senders are told to insist on encrypted delivery, and the policy fits the mail servers (RFC 8461).
// Optional: absent is no fault. What can lose mail is a policy in mode enforce that leaves a mail server out.
// observed: status (none|valid|invalid|temperror), record, id, policy{mode, max_age, mx[], digest}, not_covered[],
// first_seen{id, digest, mode, mx[], max_age, last_seen, replaced_at (left out: never)} (the policy that stood behind
// the id when that was first looked at, as long as senders can hold it).
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/stsmemory.h"
#include "checks/net/dnsclient.h"

#include <optional>

namespace cockpit {

struct MtaStsFacts
{
    QString domain;
    DnsAnswer record;                           // TXT at _mta-sts.<domain>
    QStringList mailHosts;                      // of its MX records
    std::optional<Result<HttpResponse>> policy; // asked for when the record is one that senders use
    std::optional<StsMemory> known = {};        // of the look before
    QDateTime now = {};
};

Check mtaStsCheck();
Judged judgeMtaSts(const MtaStsFacts &facts);

} // namespace cockpit
