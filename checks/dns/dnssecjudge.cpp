#include "checks/dns/dnssec.h"
#include "checks/dns/dnssecfindings.h"
#include "checks/dns/dnssecresolver.h"

#include "checks/engine/lookgaps.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dnssec)
};

QJsonObject signatureJson(const QString &type, const SignatureLook &look)
{
    const auto time = [](const QDateTime &t) {
        return t.isValid() ? QJsonValue(t.toString(Qt::ISODate)) : QJsonValue();
    };
    return {{u"type"_s, type},
            {u"state"_s, toWord(look.state)},
            {u"inception"_s, time(look.inception)},
            {u"expiration"_s, time(look.expiration)}};
}

QJsonObject observedOf(const DnssecChain &chain, const DnssecFacts &facts, const QString &state)
{
    QJsonArray ds;
    for (const DnsRecord &record : chain.ds) {
        const auto key = keyFactsOf(record).value_or(KeyFacts{});
        const bool matches = !keysVouchedFor(chain.keys, {record}).empty();
        ds.append(QJsonObject{{u"key_tag"_s, key.keyTag},
                              {u"algorithm"_s, key.algorithm},
                              {u"digest_type"_s, key.digestType},
                              {u"matches"_s, matches}});
    }
    QJsonArray keys;
    for (const DnsRecord &record : chain.keys) {
        const auto key = keyFactsOf(record).value_or(KeyFacts{});
        keys.append(QJsonObject{{u"key_tag"_s, key.keyTag},
                                {u"algorithm"_s, key.algorithm},
                                {u"secure_entry_point"_s, key.isSecureEntryPoint}});
    }
    return {{u"state"_s, state},
            {u"ds"_s, ds},
            {u"keys"_s, keys},
            {u"signatures"_s,
             QJsonArray{signatureJson(u"DNSKEY"_s, chain.keySignature), signatureJson(u"SOA"_s, chain.zoneSignature)}},
            {u"resolver_validates"_s, facts.plain.has_value() && facts.plain->authenticData},
            {u"nsec3_iterations"_s, chain.nsec3Iterations ? QJsonValue(*chain.nsec3Iterations) : QJsonValue()}};
}

LookGaps gapsIn(const DnssecFacts &facts)
{
    LookGaps gaps;
    if (const QString resolver = whyResolverIsUnknown(facts); !resolver.isEmpty()) {
        gaps.add({{{.code = u"resolver_refuses"_s}}, Text::tr("What visitors meet is not known: %1").arg(resolver)});
    }
    const QString hashing = problemOf({.name = facts.domain, .type = RrType::Nsec3Param}, facts.hashing);
    if (!hashing.isEmpty()) {
        gaps.add({{{.code = u"nsec3_iterations"_s}},
                  Text::tr("How the names of %1 are hashed is not known: %2").arg(facts.domain, hashing)});
    }
    return gaps;
}

} // namespace

Judged judgeDnssec(const DnssecFacts &facts)
{
    const DnssecChain chain = readChain(facts);
    if (isTooMuchToCheck(chain.keys, chain.ds))
        return notRun(Text::tr("%1 has more DNSSEC keys or DS records than anybody checks.").arg(facts.domain));
    Judged judged;
    judged.findings = chainFindings(chain, facts);
    judgeResolver(facts, judged.findings);
    judged.outcome = outcomeFor(judged.findings);
    const QString state = isBogus(judged.findings) ? u"bogus"_s : chain.isProtected() ? u"secure"_s : u"insecure"_s;
    judged.observed = observedOf(chain, facts, state);
    if (state == "bogus"_L1) {
        judged.summary = Text::tr("The signature chain is broken");
    } else if (state == "secure"_L1) {
        judged.summary =
            Text::tr("Signed, and the signature chain holds until %1").arg(dnssecDate(chain.zoneSignature.expiration));
    } else if (chain.ds.empty()) {
        judged.summary = Text::tr("Not signed, so no signature can break");
    } else if (judged.findings.empty()) {
        judged.outcome = Outcome::NotRun;
        judged.reason = Text::tr("%1 is signed by a method that this computer cannot check.").arg(facts.domain);
    } else {
        judged.summary = Text::tr("Signed by a method that this computer cannot check");
    }
    leaveOpen(judged, gapsIn(facts));
    return judged;
}

} // namespace cockpit
