// Who gets a domain's DMARC reports, and whether they arrive (RFC 9990 section 4).
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/dmarcwalk.h"

namespace cockpit {

enum class ReportMailbox { Fine, NoDomain, NoServer, TakesNoMail, Unknown };
enum class ReportConsent { Given, Missing, Unknown };

struct DmarcReceiver
{
    QString domain; // of the address
    ReportMailbox mailbox = ReportMailbox::Fine;
    ReportConsent consent = ReportConsent::Given; // the own organization needs to give none

    bool operator==(const DmarcReceiver &) const = default;
};

// A server that fails is no proof of anything. The domain's own mail server is mail.mx's matter.
std::vector<DmarcReceiver> lookAtDmarcReceivers(const DmarcDiscovery &found, const QString &domain, Observations &seen);

} // namespace cockpit
