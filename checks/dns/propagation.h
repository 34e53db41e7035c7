// dns.propagation: a change has spread: resolvers agree with the domain's own name servers.
// observed: views[{resolver, name, type, status, values[], ttl, agrees (null: not comparable)}].
#pragma once

#include "checks/dns/resolvers.h"
#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

// One question, as each side answers it.
struct ComparedQuestion
{
    DnsLookup question;                     // without a server
    std::vector<Result<DnsAnswer>> owners;  // of the authoritative servers that were asked; may be empty
    std::vector<Result<DnsAnswer>> answers; // one for each resolver
};

struct PropagationFacts
{
    std::vector<NamedResolver> resolvers;
    std::vector<ComparedQuestion> questions;
};

Check propagationCheck();
Judged judgePropagation(const PropagationFacts &facts);

} // namespace cockpit
