#include "checks/dns/dnssec.h"

#include "checks/net/dnsreport.h"
#include "checks/net/dnssec.h"
#include "checks/net/extendederror.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dnssec)
};

constexpr int kEffortMinutes = 30;
// Signers renew when a quarter to a half of the life is left, whether that life is two days or thirty: with less than
// an eighth of it left a renewal has been missed.
constexpr int kOverdueShare = 8;

struct Seen
{
    std::vector<DnsRecord> ds;
    std::vector<DnsRecord> keys;
    bool isVouchedFor = false; // a DS fits a key
    SignatureLook keySignature;
    SignatureLook zoneSignature;
    std::optional<int> nsec3Iterations;
};

// "1 0 10 aabbccdd": hash, flags, iterations, salt (RFC 5155 section 4.2).
std::optional<int> iterationsIn(const DnsAnswer &hashing)
{
    std::optional<int> most;
    for (const DnsRecord &record : hashing.records(RrType::Nsec3Param)) {
        bool isNumber = false;
        const int iterations = record.presentation.section(u' ', 2, 2).toInt(&isNumber);
        if (isNumber)
            most = std::max(iterations, most.value_or(0));
    }
    return most;
}

Seen read(const DnssecFacts &facts)
{
    Seen seen{facts.ds.records(RrType::Ds), facts.keys.records(RrType::Dnskey), false, {}, {}, {}};
    seen.nsec3Iterations = iterationsIn(facts.hashing);
    seen.isVouchedFor = std::ranges::any_of(seen.ds, [&](const DnsRecord &ds) {
        return std::ranges::any_of(seen.keys, [&](const DnsRecord &key) { return vouchesFor(ds, key); });
    });
    seen.keySignature = verifySignature(facts.keys, RrType::Dnskey, seen.keys, facts.now);
    seen.zoneSignature = verifySignature(facts.soa, RrType::Soa, seen.keys, facts.now);
    return seen;
}

Finding found(const QString &code, Severity severity, const QString &title, const QString &whatWeSaw)
{
    Finding finding = dnsFinding(code, severity, Impact::Downtime, title, whatWeSaw);
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

QString dateOf(const QDateTime &time)
{
    return QLocale::c().toString(time, u"yyyy-MM-dd hh:mm 'UTC'"_s);
}

QString tagsOf(const std::vector<DnsRecord> &records)
{
    QStringList tags;
    for (const DnsRecord &record : records) {
        if (const auto facts = keyFactsOf(record))
            tags << QString::number(facts->keyTag);
    }
    return tags.join(u", "_s);
}

// Resolvers that check signatures answer nothing at all for such a domain: its visitors see it as gone.
std::optional<Finding> brokenSignature(const SignatureLook &look, const QString &domain)
{
    const QString invisible =
        Text::tr("Visitors whose provider checks DNSSEC (about a third of all) cannot reach %1.").arg(domain);
    const auto broken = [&](const QString &code, const QString &title, const QString &whatWeSaw) {
        return found(code, Severity::Critical, title, whatWeSaw + u' ' + invisible);
    };
    switch (look.state) {
    case SignatureState::Valid:
    case SignatureState::Unsupported:
        return std::nullopt;
    case SignatureState::Missing:
        return broken(u"signatures_missing"_s, Text::tr("The domain promises signatures and sends none"),
                      Text::tr("%1 has a DS record at its registry, but its records carry no signature.").arg(domain));
    case SignatureState::Expired:
        return broken(u"signatures_expired"_s, Text::tr("The signatures of the domain have run out"),
                      Text::tr("The signatures of %1 ended on %2.").arg(domain, dateOf(look.expiration)));
    case SignatureState::NotYetValid:
        return broken(u"signatures_in_the_future"_s, Text::tr("The signatures of the domain are not valid yet"),
                      Text::tr("The signatures of %1 start on %2: the clock of the server that signs is wrong.")
                          .arg(domain, dateOf(look.inception)));
    case SignatureState::NoKey:
        return broken(
            u"signing_key_missing"_s, Text::tr("The key behind the signatures is not published"),
            Text::tr("The records of %1 are signed with a key that is not among its DNSKEY records.").arg(domain));
    case SignatureState::Wrong:
        return broken(
            u"signatures_wrong"_s, Text::tr("The signatures do not fit the records"),
            Text::tr("The signatures of %1 belong to other records than those that its servers send.").arg(domain));
    }
    Q_UNREACHABLE();
}

std::optional<Finding> brokenTrust(const Seen &seen, const QString &domain)
{
    if (seen.keys.empty()) {
        return found(u"ds_left_behind"_s, Severity::Critical,
                     Text::tr("A DNSSEC record of the old DNS company remains"),
                     Text::tr("The registry still holds a DS record for %1 (key %2), but its name servers have no key. "
                              "That happens when a domain moves to another DNS company. Visitors whose provider checks "
                              "DNSSEC (about a third of all) cannot reach it.")
                         .arg(domain, tagsOf(seen.ds)));
    }
    if (!seen.isVouchedFor) {
        return found(u"ds_fits_no_key"_s, Severity::Critical, Text::tr("The registry holds the wrong DNSSEC record"),
                     Text::tr("The DS record of %1 at the registry (key %2) fits none of the keys of its name servers "
                              "(%3). Visitors whose provider checks DNSSEC (about a third of all) cannot reach it.")
                         .arg(domain, tagsOf(seen.ds), tagsOf(seen.keys)));
    }
    return std::nullopt;
}

bool isOverdue(const SignatureLook &look, const QDateTime &now)
{
    const qint64 life = look.inception.secsTo(look.expiration);
    return look.state == SignatureState::Valid && now.secsTo(look.expiration) * kOverdueShare < life;
}

void judgeHealth(const Seen &seen, const DnssecFacts &facts, std::vector<Finding> &findings)
{
    for (const SignatureLook &look : {seen.keySignature, seen.zoneSignature}) {
        if (!isOverdue(look, facts.now))
            continue;
        findings.push_back(found(u"signatures_end_soon"_s, Severity::High,
                                 Text::tr("The signatures of the domain are not being renewed"),
                                 Text::tr("The signatures of %1 end on %2 and should have been renewed by now. After "
                                          "that many visitors cannot reach it.")
                                     .arg(facts.domain, dateOf(look.expiration))));
        break;
    }
    const auto outdated = std::ranges::find_if(seen.ds, [](const DnsRecord &record) {
        const auto key = keyFactsOf(record);
        return key && isOutdatedDnssecAlgorithm(key->algorithm);
    });
    if (outdated != seen.ds.end()) {
        findings.push_back(
            found(u"outdated_algorithm"_s, Severity::Low, Text::tr("The domain is signed by an old method"),
                  Text::tr("%1 is signed with %2, which RFC 8624 gives up; more and more resolvers treat "
                           "such a domain as unsigned.")
                      .arg(facts.domain, dnssecAlgorithmName(keyFactsOf(*outdated)->algorithm))));
    }
}

// RFC 9276 section 3.1: not one beyond the first; section 3.2 lets resolvers treat such a zone as unsigned, or refuse
// it.
void judgeHashing(const Seen &seen, const QString &domain, std::vector<Finding> &findings)
{
    if (seen.nsec3Iterations.value_or(0) == 0)
        return;
    findings.push_back(found(
        u"nsec3_iterations"_s, Severity::Low, Text::tr("The proofs of the domain cost resolvers needless work"),
        Text::tr("%1 has its names hashed %2 times more than once (NSEC3 iterations). It protects nothing, and more "
                 "and more resolvers treat such a domain as unsigned or refuse it. Wanted: 0.")
            .arg(domain)
            .arg(*seen.nsec3Iterations)));
}

// A resolver that checks signatures answers with a failure and says that they are the reason; asked not to check (the
// CD bit), it answered. That is what its users meet, also where our own look at the chain below the registry finds no
// fault.
void judgeResolver(const DnssecFacts &facts, std::vector<Finding> &findings)
{
    if (!refusesForSignatures(facts.plain))
        return;
    const auto blaming = std::ranges::find_if(facts.plain->extendedErrors, blamesSignatures);
    const auto broken =
        std::ranges::find_if(findings, [](const Finding &f) { return f.severity == Severity::Critical; });
    if (broken != findings.end()) {
        broken->whatWeSaw += u' ' + sentenceOf(*blaming);
        return;
    }
    Finding refused = found(
        u"resolver_refuses"_s, Severity::Critical, Text::tr("A resolver that checks signatures refuses the domain"),
        Text::tr("Asked for %1, the resolver fails; told not to check signatures, it answers.").arg(facts.domain) +
            u' ' + sentenceOf(*blaming));
    refused.proof = Proof::Strong; // its word and its behaviour; the fault may lie above the domain
    if (facts.second && *facts.second && (*facts.second)->status == DnsStatus::Answered) {
        refused.severity = Severity::Low;
        refused.proof = Proof::Lead;
        refused.whatWeSaw += u' ' + Text::tr("Another resolver answers, and the signatures hold as far as they could "
                                             "be checked here: look at the clock and the trust anchor of the resolver "
                                             "of your network.");
    }
    findings.push_back(std::move(refused));
}

std::vector<Finding> findingsOf(const Seen &seen, const DnssecFacts &facts)
{
    std::vector<Finding> findings;
    if (seen.ds.empty()) {
        if (!seen.keys.empty()) {
            findings.push_back(found(u"keys_without_ds"_s, Severity::Low, Text::tr("DNSSEC is switched on by half"),
                                     Text::tr("%1 is signed, but its registry has no DS record: nobody checks the "
                                              "signatures.")
                                         .arg(facts.domain)));
        }
        return findings;
    }
    if (const auto broken = brokenTrust(seen, facts.domain)) {
        findings.push_back(*broken);
        return findings;
    }
    for (const SignatureLook &look : {seen.keySignature, seen.zoneSignature}) {
        if (const auto broken = brokenSignature(look, facts.domain)) {
            findings.push_back(*broken);
            return findings; // the other one has the same cause
        }
    }
    judgeHealth(seen, facts, findings);
    judgeHashing(seen, facts.domain, findings);
    return findings;
}

bool isBogus(const std::vector<Finding> &findings)
{
    return std::ranges::any_of(findings, [](const Finding &f) { return f.severity == Severity::Critical; });
}

// Validators treat a zone as unsigned when they know none of its algorithms (RFC 4035 section 5.2).
bool isProtected(const Seen &seen)
{
    return !seen.ds.empty() && seen.keySignature.state == SignatureState::Valid &&
           seen.zoneSignature.state == SignatureState::Valid;
}

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

QJsonObject observedOf(const Seen &seen, const DnssecFacts &facts, const QString &state)
{
    QJsonArray ds;
    for (const DnsRecord &record : seen.ds) {
        const auto key = keyFactsOf(record).value_or(KeyFacts{});
        const bool matches = std::ranges::any_of(seen.keys, [&](const DnsRecord &k) { return vouchesFor(record, k); });
        ds.append(QJsonObject{{u"key_tag"_s, key.keyTag},
                              {u"algorithm"_s, key.algorithm},
                              {u"digest_type"_s, key.digestType},
                              {u"matches"_s, matches}});
    }
    QJsonArray keys;
    for (const DnsRecord &record : seen.keys) {
        const auto key = keyFactsOf(record).value_or(KeyFacts{});
        keys.append(QJsonObject{{u"key_tag"_s, key.keyTag},
                                {u"algorithm"_s, key.algorithm},
                                {u"secure_entry_point"_s, key.isSecureEntryPoint}});
    }
    return {{u"state"_s, state},
            {u"ds"_s, ds},
            {u"keys"_s, keys},
            {u"signatures"_s,
             QJsonArray{signatureJson(u"DNSKEY"_s, seen.keySignature), signatureJson(u"SOA"_s, seen.zoneSignature)}},
            {u"resolver_validates"_s, facts.plain.has_value() && facts.plain->authenticData},
            {u"nsec3_iterations"_s, seen.nsec3Iterations ? QJsonValue(*seen.nsec3Iterations) : QJsonValue()}};
}

} // namespace

bool refusesForSignatures(const Result<DnsAnswer> &plain)
{
    return plain && plain->status == DnsStatus::ServFail &&
           std::ranges::any_of(plain->extendedErrors, blamesSignatures);
}

Judged judgeDnssec(const DnssecFacts &facts)
{
    const Seen seen = read(facts);
    Judged judged;
    judged.findings = findingsOf(seen, facts);
    judgeResolver(facts, judged.findings);
    judged.outcome = outcomeFor(judged.findings);
    const QString state = isBogus(judged.findings) ? u"bogus"_s : isProtected(seen) ? u"secure"_s : u"insecure"_s;
    judged.observed = observedOf(seen, facts, state);
    if (state == "bogus"_L1) {
        judged.summary = Text::tr("The signature chain is broken");
    } else if (state == "secure"_L1) {
        judged.summary =
            Text::tr("Signed, and the signature chain holds until %1").arg(dateOf(seen.zoneSignature.expiration));
    } else if (seen.ds.empty()) {
        judged.summary = Text::tr("Not signed, so no signature can break");
    } else if (judged.findings.empty()) {
        judged.outcome = Outcome::NotRun;
        judged.reason = Text::tr("%1 is signed by a method that this computer cannot check.").arg(facts.domain);
    } else {
        judged.summary = Text::tr("Signed by a method that this computer cannot check");
    }
    return judged;
}

} // namespace cockpit
