// Where a host is, for who asks by HostAddresses (httpclient.h), and whether DNS says that it is nowhere.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

// What DNS says of the name itself is dns.resolution's to tell.
enum class NameLookup {
    Known,   // it has an address
    Absent,  // DNS says that there is none
    Unknown, // DNS gave no answer, so nobody could look
};

// Blocking; what was asked once is not asked again.
NameLookup lookupOf(const QString &host, std::uint16_t port, Observations &seen);

} // namespace cockpit
