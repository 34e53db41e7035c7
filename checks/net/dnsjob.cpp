#include "checks/net/dnsjob.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr int kFormErr = 1; // RFC 6891 section 7: the answer of a server that does not know EDNS

} // namespace

bool DnsJob::asksAgain(const ReadAnswer &read, std::vector<SocketAddress> asked)
{
    if (read.truncated && transport == DnsTransport::Udp) {
        transport = DnsTransport::Tcp;
        return true;
    }
    if (read.answer.rcode == kFormErr && edns == Edns::On && !read.truncated) {
        edns = Edns::Off;
        return true;
    }
    // A resolver's SERVFAIL often passes (a slow name server, a lost packet): it gets one more chance, with the next
    // resolver if there is one. An authoritative server's SERVFAIL is what everybody gets.
    if (read.answer.status != DnsStatus::ServFail || !question.recursionDesired || secondBest)
        return false;
    secondBest = read.answer;
    if (asked.size() > 1) {
        std::rotate(asked.begin(), asked.begin() + 1, asked.end()); // Clang 14 cannot read ranges::rotate
        servers = std::move(asked);
    }
    return true;
}

} // namespace cockpit
