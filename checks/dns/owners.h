// Who of a zone's own name servers has a record already. Blocking; each call asks anew.
#pragma once

#include "checks/dns/nameserver.h"
#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/recordwish.h"

namespace cockpit {

// Every server in charge, at each of its addresses, with RD=0. An error when nobody says which they are.
[[nodiscard]] Result<std::vector<OwnerAnswer>> askOwners(const WantedRecord &wanted, const NetOptions &options,
                                                         const CancelToken &token);

struct OwnerReply
{
    NameServer server;
    Result<DnsAnswer> answer; // NotFound where the server has no address
};

// The same for any question: what each server in charge of the zone around `domain` says of `name`, in its own words.
// Never empty.
[[nodiscard]] Result<std::vector<OwnerReply>> askEachOwner(const QString &domain, const QString &name, RrType type,
                                                           Observations &seen);

// The pure part.
OwnerAnswer judgeOwner(const WantedRecord &wanted, const Result<DnsAnswer> &answer);

} // namespace cockpit
