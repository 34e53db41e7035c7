#include "checks/dns/dnssecfindings.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>
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

Finding found(const QString &code, Severity severity, const QString &title, const QString &whatWeSaw)
{
    Finding finding = dnsFinding(code, severity, Impact::Downtime, title, whatWeSaw);
    finding.effortMinutes = kEffortMinutes;
    return finding;
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
                      Text::tr("The signatures of %1 ended on %2.").arg(domain, dnssecDate(look.expiration)));
    case SignatureState::NotYetValid:
        return broken(u"signatures_in_the_future"_s, Text::tr("The signatures of the domain are not valid yet"),
                      Text::tr("The signatures of %1 start on %2: the clock of the server that signs is wrong.")
                          .arg(domain, dnssecDate(look.inception)));
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

// RFC 4035 section 5.2: the set of keys counts by the signature of a key that the registry vouches for, and no other.
std::optional<Finding> silentKey(const DnssecChain &chain, const QString &domain)
{
    if (!chain.isSignedByOthers)
        return std::nullopt;
    return found(
        u"vouched_key_silent"_s, Severity::Critical, Text::tr("The key that the registry vouches for does not sign"),
        Text::tr("The registry vouches for key %1 of %2, but its keys are signed by another one alone. Visitors "
                 "whose provider checks DNSSEC (about a third of all) cannot reach it.")
            .arg(tagsOf(chain.ds), domain));
}

std::optional<Finding> brokenTrust(const DnssecChain &chain, const QString &domain)
{
    if (chain.keys.empty()) {
        return found(u"ds_left_behind"_s, Severity::Critical,
                     Text::tr("A DNSSEC record of the old DNS company remains"),
                     Text::tr("The registry still holds a DS record for %1 (key %2), but its name servers have no key. "
                              "That happens when a domain moves to another DNS company. Visitors whose provider checks "
                              "DNSSEC (about a third of all) cannot reach it.")
                         .arg(domain, tagsOf(chain.ds)));
    }
    if (!chain.isVouchedFor) {
        return found(u"ds_fits_no_key"_s, Severity::Critical, Text::tr("The registry holds the wrong DNSSEC record"),
                     Text::tr("The DS record of %1 at the registry (key %2) fits none of the keys of its name servers "
                              "(%3). Visitors whose provider checks DNSSEC (about a third of all) cannot reach it.")
                         .arg(domain, tagsOf(chain.ds), tagsOf(chain.keys)));
    }
    return std::nullopt;
}

// The first break from the top: what is below it has the same cause.
std::optional<Finding> brokenChain(const DnssecChain &chain, const QString &domain)
{
    if (auto broken = brokenTrust(chain, domain))
        return broken;
    if (auto broken = silentKey(chain, domain))
        return broken;
    for (SignatureLook look : {chain.keySignature, chain.zoneSignature}) {
        if (look.state == SignatureState::Unsupported && !chain.isSignedAsPromised)
            look.state = SignatureState::Missing;
        if (auto broken = brokenSignature(look, domain))
            return broken;
    }
    return std::nullopt;
}

bool isOverdue(const SignatureLook &look, const QDateTime &now)
{
    const qint64 life = look.inception.secsTo(look.expiration);
    return look.state == SignatureState::Valid && now.secsTo(look.expiration) * kOverdueShare < life;
}

void judgeHealth(const DnssecChain &chain, const DnssecFacts &facts, std::vector<Finding> &findings)
{
    for (const SignatureLook &look : {chain.keySignature, chain.zoneSignature}) {
        if (!isOverdue(look, facts.now))
            continue;
        findings.push_back(found(u"signatures_end_soon"_s, Severity::High,
                                 Text::tr("The signatures of the domain are not being renewed"),
                                 Text::tr("The signatures of %1 end on %2 and should have been renewed by now. After "
                                          "that many visitors cannot reach it.")
                                     .arg(facts.domain, dnssecDate(look.expiration))));
        break;
    }
}

void judgeAlgorithm(const DnssecChain &chain, const QString &domain, std::vector<Finding> &findings)
{
    const auto outdated = std::ranges::find_if(chain.ds, [](const DnsRecord &record) {
        const auto key = keyFactsOf(record);
        return key && isOutdatedDnssecAlgorithm(key->algorithm);
    });
    if (outdated != chain.ds.end()) {
        findings.push_back(
            found(u"outdated_algorithm"_s, Severity::Low, Text::tr("The domain is signed by an old method"),
                  Text::tr("%1 is signed with %2, which RFC 8624 gives up; more and more resolvers treat "
                           "such a domain as unsigned.")
                      .arg(domain, dnssecAlgorithmName(keyFactsOf(*outdated)->algorithm))));
    }
}

// RFC 9276 section 3.1: not one beyond the first; section 3.2 lets resolvers treat such a zone as unsigned, or refuse
// it.
void judgeHashing(const DnssecChain &chain, const QString &domain, std::vector<Finding> &findings)
{
    if (chain.nsec3Iterations.value_or(0) == 0)
        return;
    findings.push_back(found(
        u"nsec3_iterations"_s, Severity::Low, Text::tr("The proofs of the domain cost resolvers needless work"),
        Text::tr("%1 has its names hashed %2 times more than once (NSEC3 iterations). It protects nothing, and more "
                 "and more resolvers treat such a domain as unsigned or refuse it. Wanted: 0.")
            .arg(domain, QString::number(*chain.nsec3Iterations))));
}

} // namespace

std::vector<Finding> chainFindings(const DnssecChain &chain, const DnssecFacts &facts)
{
    std::vector<Finding> findings;
    if (chain.ds.empty()) {
        if (!chain.keys.empty()) {
            findings.push_back(found(u"keys_without_ds"_s, Severity::Low, Text::tr("DNSSEC is switched on by half"),
                                     Text::tr("%1 is signed, but its registry has no DS record: nobody checks the "
                                              "signatures.")
                                         .arg(facts.domain)));
        }
        return findings;
    }
    if (std::ranges::none_of(chain.ds, isCheckableDs)) { // unsigned, to whoever does not know the method
        judgeAlgorithm(chain, facts.domain, findings);
        return findings;
    }
    if (const auto broken = brokenChain(chain, facts.domain)) {
        findings.push_back(*broken);
        return findings;
    }
    judgeHealth(chain, facts, findings);
    judgeAlgorithm(chain, facts.domain, findings);
    judgeHashing(chain, facts.domain, findings);
    return findings;
}

bool isBogus(const std::vector<Finding> &findings)
{
    return std::ranges::any_of(findings, [](const Finding &f) { return f.severity == Severity::Critical; });
}

QString dnssecDate(const QDateTime &time)
{
    return QLocale::c().toString(time, u"yyyy-MM-dd hh:mm 'UTC'"_s);
}

} // namespace cockpit
