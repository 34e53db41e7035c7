// The sentences for questions that got no answer.
#pragma once

#include "checks/net/dnschannel.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

Error noAnswerInTime(const DnsLookup &question, const std::vector<SocketAddress> &servers,
                     std::chrono::milliseconds limit);
// Refused by ICMP or TCP, or no network at all: the sentence says which.
Error nobodyAnswers(const DnsLookup &question, const std::vector<SocketAddress> &servers, DnsTransport transport);
Error cutOffOverTcp(const DnsLookup &question);
Error noDnsOnThisMachine();
Error stoppedByUser();

} // namespace cockpit
