#include "checks/dns/dnssecchain.h"

#include <algorithm>

namespace cockpit {

namespace {

// "1 0 10 aabbccdd": hash, flags, iterations, salt (RFC 5155 section 4.2).
std::optional<int> iterationsIn(const Result<DnsAnswer> &hashing)
{
    if (!hashing)
        return std::nullopt;
    std::optional<int> most;
    for (const DnsRecord &record : hashing->records(RrType::Nsec3Param)) {
        bool isNumber = false;
        const int iterations = record.presentation.section(u' ', 2, 2).toInt(&isNumber);
        if (isNumber)
            most = std::max(iterations, most.value_or(0));
    }
    return most;
}

} // namespace

bool DnssecChain::isProtected() const
{
    return isVouchedFor && keySignature.state == SignatureState::Valid && zoneSignature.state == SignatureState::Valid;
}

DnssecChain readChain(const DnssecFacts &facts)
{
    DnssecChain chain;
    chain.ds = facts.ds.records(RrType::Ds);
    chain.keys = facts.keys.records(RrType::Dnskey);
    chain.nsec3Iterations = iterationsIn(facts.hashing);
    const std::vector<DnsRecord> vouched = keysVouchedFor(chain.keys, chain.ds);
    chain.isVouchedFor = !vouched.empty();
    chain.isSignedAsPromised = isSignedAsPromised(facts.keys, RrType::Dnskey, chain.ds) &&
                               isSignedAsPromised(facts.soa, RrType::Soa, chain.ds);
    const SignatureLook byAnyKey = verifySignature(facts.keys, RrType::Dnskey, chain.keys, facts.now);
    chain.keySignature = chain.ds.empty() ? byAnyKey : verifySignature(facts.keys, RrType::Dnskey, vouched, facts.now);
    chain.isSignedByOthers =
        byAnyKey.state == SignatureState::Valid && chain.keySignature.state == SignatureState::NoKey;
    chain.zoneSignature = verifySignature(facts.soa, RrType::Soa, chain.keys, facts.now);
    return chain;
}

} // namespace cockpit
