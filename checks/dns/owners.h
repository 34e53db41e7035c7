// Who of a zone's own name servers has a record already. Blocking; each call asks anew.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "checks/net/dnsclient.h"
#include "models/recordwish.h"

namespace cockpit {

// Every server in charge, at each of its addresses, with RD=0. An error when nobody says which they are.
[[nodiscard]] Result<std::vector<OwnerAnswer>> askOwners(const WantedRecord &wanted, const NetOptions &options,
                                                         const CancelToken &token);

// The pure part.
OwnerAnswer judgeOwner(const WantedRecord &wanted, const Result<DnsAnswer> &answer);

} // namespace cockpit
