// One question on its way through a batch: whom it goes to, how it is asked, and what came of it.
#pragma once

#include "checks/net/dnschannel.h"
#include "checks/net/dnswire.h"

#include <optional>
#include <vector>

namespace cockpit {

struct DnsJob
{
    DnsLookup question;                 // name normalised
    std::vector<SocketAddress> servers; // empty: the system's
    DnsTransport transport = DnsTransport::Udp;
    Edns edns = Edns::On;
    int attempt = 0; // counts up with each sending, so that a late answer to an earlier one is ignored
    bool isOpen = false;
    std::optional<Clock::time_point> started;
    Deadline deadline = Deadline::never();
    std::optional<DnsAnswer> secondBest; // a SERVFAIL, for when the repetition brings nothing better
    std::optional<Result<DnsAnswer>> result;

    // Whether this answer is worth asking again, in another way that the job then has. asked: who gave it.
    bool asksAgain(const ReadAnswer &read, std::vector<SocketAddress> asked);
};

} // namespace cockpit
