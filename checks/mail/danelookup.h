// Where the TLSA records of a mail host stand. A host that is an alias has two places (RFC 7672 section 2.2.3, RFC 7671
// section 7): below the name that the alias leads to, then below its own; the first that has records counts.
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/dane.h"
#include "models/finding.h"

#include <map>

namespace cockpit {

struct DanePlace
{
    QString base; // the name behind "_25._tcp."
    // How well the way from the host's name to this one is proven. An alias that anybody could have forged leads
    // nowhere, and nobody asks there; where that is not known, senders wait (RFC 7672 sections 2.1.3 and 2.2.2).
    SecurityStatus way = SecurityStatus::Secure;
    DaneLook look;
};

// In the order in which senders try them; at least one. Bogus or unknown ends the search: senders wait then. Records
// that nobody can trust are told when no others are found.
DaneLook chooseDane(const std::vector<DanePlace> &places);

struct HostDane
{
    DaneLook look;
    std::vector<Evidence> evidence; // where there are records
};

// By host; Unknown where a look-up failed that senders make. Blocks while it asks.
std::map<QString, HostDane> daneOfHosts(const QStringList &hosts, const QDateTime &now, Observations &seen);

} // namespace cockpit
