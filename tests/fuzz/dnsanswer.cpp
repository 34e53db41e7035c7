// DNS answers as they come from the wire. The first byte of the input picks the type that was asked for.
#include "fuzz/fuzz.h"

#include "checks/dns/caarecord.h"
#include "checks/mail/spftree.h"
#include "checks/net/dnsreport.h"
#include "checks/net/dnssec.h"
#include "checks/net/dnswire.h"

#include <array>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array kTypes{RrType::A,      RrType::Ns,   RrType::Cname, RrType::Soa, RrType::Ptr,
                            RrType::Mx,     RrType::Txt,  RrType::Aaaa,  RrType::Ds,  RrType::Rrsig,
                            RrType::Dnskey, RrType::Tlsa, RrType::Caa};

void useKeys(const DnsAnswer &answer)
{
    const auto keys = answer.records(RrType::Dnskey);
    for (const DnsRecord &key : keys)
        keyFactsOf(key);
    for (const DnsRecord &ds : answer.records(RrType::Ds)) {
        keyFactsOf(ds);
        for (const DnsRecord &key : keys)
            vouchesFor(ds, key);
    }
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
    for (const RrType type : {RrType::Soa, RrType::Dnskey})
        promise(!toWord(verifySignature(answer, type, keys, now).state).isEmpty(), "a signature's state has a word");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const DnsLookup question{.name = u"example.com"_s, .type = kTypes[bytes[0] % kTypes.size()]};
    const QByteArray packet = inputOf(bytes + 1, size - 1);
    const auto read = readAnswer(packet, question);
    if (!read) {
        promise(!read.error().message.isEmpty(), "a damaged answer has a sentence");
        return 0;
    }
    const DnsAnswer &answer = read->answer;
    promise(read->truncated ||
                (answer.status == DnsStatus::Answered) == (answer.rcode == 0 && !answer.records(question.type).empty()),
            "answered means that there are records");
    promise(answer.cnameChain().size() <= static_cast<qsizetype>(answer.answers.size()), "a chain has an end");
    const Evidence evidence = evidenceOf(question, answer);
    promise(!evidence.title.isEmpty(), "evidence has a title");
    readSpfNode(question.name, {}, answer);
    readCaaSet(question.name, answer).issuersFor(false);
    useKeys(answer);
    return 0;
}
