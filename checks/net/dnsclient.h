// DNS: c-ares for transport, ldns for reading the answer as it came (RFC 1035, 6891, 2308).
#pragma once

#include "checks/engine/probe.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace cockpit {

// Values are the IANA type numbers.
enum class RrType : std::uint16_t {
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Ds = 43,
    Rrsig = 46,
    Dnskey = 48,
    Nsec3Param = 51,
    Tlsa = 52,
    Caa = 257,
};
QString toWord(RrType type); // "AAAA"

// The four different kinds of nothing are kept apart: NoData, NxDomain and ServFail here; silence is an Error
// (TimedOut, Unreachable). Never map them to one "not found".
enum class DnsStatus { Answered, NoData, NxDomain, ServFail, Refused, OtherRcode };
QString toWord(DnsStatus status);

struct DnsRecord
{
    QString name; // owner, lower case, no trailing dot
    RrType type = RrType::A;
    std::uint32_t ttl = 0;           // seconds
    QString target;                  // CNAME, NS, PTR, MX, SOA primary: lower case, no trailing dot ("" for the root)
    QString address;                 // A, AAAA: literal
    std::uint16_t preference = 0;    // MX
    QByteArray text;                 // TXT: character-strings joined with nothing between them (RFC 7208 section 3.3)
    std::vector<QByteArray> strings; // TXT: as published
    std::uint32_t serial = 0;        // SOA
    QString presentation;            // whole rdata in presentation form, for evidence

    bool operator==(const DnsRecord &) const = default;
};

// Why a server answers as it does, in its own words (RFC 8914).
struct ExtendedDnsError
{
    int code = 0;    // INFO-CODE, an IANA number
    QByteArray text; // EXTRA-TEXT as it came; shown through shownText()

    bool operator==(const ExtendedDnsError &) const = default;
};

struct DnsAnswer
{
    DnsStatus status = DnsStatus::Answered;
    int rcode = 0;
    bool authoritative = false;     // AA
    bool authenticData = false;     // AD
    bool usedTcp = false;           // the UDP answer was truncated
    std::vector<DnsRecord> answers; // answer section, CNAMEs included; what belongs to other names is left out
    std::vector<DnsRecord> authority;
    std::vector<ExtendedDnsError> extendedErrors; // what the OPT record says beside the RCODE
    QString server; // "127.0.0.1:53" that answered; empty when several (or the system's) were asked
    std::chrono::milliseconds elapsed{0};

    // Records of this type in the answer section (after following the CNAME chain inside it).
    std::vector<DnsRecord> records(RrType type) const;
    // The name servers know: records, or that there are none. Else (SERVFAIL, REFUSED …) nothing is known.
    bool isConclusive() const
    {
        return status == DnsStatus::Answered || status == DnsStatus::NoData || status == DnsStatus::NxDomain;
    }
    // Names that the chain passes through, first target first.
    QStringList cnameChain() const;
    bool operator==(const DnsAnswer &) const = default;
};

// A question. Without a server it goes to options.resolvers, or the system's resolvers when there are none.
struct DnsLookup
{
    using Answer = DnsAnswer;

    QString name;
    RrType type = RrType::A;
    std::optional<SocketAddress> server = {};
    bool recursionDesired = true;  // false when asking an authoritative server
    bool dnssecOk = false;         // DO bit
    bool checkingDisabled = false; // CD bit
    bool overTcp = false;          // TCP from the start, whatever the size of the answer (RFC 7766)

    QString key() const;
};

// For the addresses of a name: A and AAAA.
std::vector<DnsLookup> addressQuestions(const QString &name);

// Errors: TimedOut, Unreachable (message tells the local network's fault from the server's), Protocol, Cancelled.
// An answer that does not fit into UDP is fetched over TCP; a resolver's SERVFAIL is asked for once more (with the next
// resolver, if there is one) before it counts. One question takes at most options.operationTimeout.
// A name that cannot be a DNS name (empty label, label over 63, name over 253 bytes) is BadInput.
[[nodiscard]] Result<DnsAnswer> probe(const DnsLookup &question, ProbeContext &context);
[[nodiscard]] std::vector<Result<DnsAnswer>> probeAll(std::span<const DnsLookup> questions, ProbeContext &context);

} // namespace cockpit
