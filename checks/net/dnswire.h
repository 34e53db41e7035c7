// DNS messages as bytes, by ldns: our questions out, anybody's answers in.
#pragma once

#include "checks/net/dnsclient.h"

namespace cockpit {

// RFC 9715 and the DNS flag day of 2020: answers up to this size cross every path without being split.
constexpr std::uint16_t kEdnsBufferSize = 1232;

enum class Edns { On, Off };

// The question as a packet. The OPT record, if any, stands last, as c-ares expects when it takes it off again. The name
// must be normalised (dnsname.h).
QByteArray writeQuery(const DnsLookup &question, std::uint16_t id, Edns edns);

struct ReadAnswer
{
    DnsAnswer answer;
    bool truncated = false; // TC: the rest has to be fetched over TCP; answer may be incomplete
};

// Reads what a server sent. Protocol when the bytes are not a DNS answer to this question: cut short, lying lengths,
// compression loops. Records that do not belong to the name asked or its CNAME chain are dropped.
[[nodiscard]] Result<ReadAnswer> readAnswer(QByteArrayView packet, const DnsLookup &question);

} // namespace cockpit
