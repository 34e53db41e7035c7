// Who gets a domain's DMARC reports, and whether they arrive (RFC 9990 section 4).
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/dmarcwalk.h"

namespace cockpit {

enum class ReportMailbox { Fine, NoDomain, NoServer, TakesNoMail };

struct DmarcReceiver
{
    QString domain; // of the address
    ReportMailbox mailbox = ReportMailbox::Fine;
    bool hasAgreed = true; // false: a clear no. The own organization needs no agreement

    bool operator==(const DmarcReceiver &) const = default;
};

// Only a clear no counts: a server that fails is no proof. The domain's own mail server is mail.mx's matter.
std::vector<DmarcReceiver> lookAtDmarcReceivers(const DmarcDiscovery &found, const QString &domain, Observations &seen);

} // namespace cockpit
