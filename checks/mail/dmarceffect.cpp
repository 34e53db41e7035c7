#include "checks/mail/dmarceffect.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcEffect)
};

// "%1" is whom the mail is from.
QString effectOf(const std::optional<DmarcPolicy> &policy)
{
    if (!policy)
        return Text::tr("Fakes from %1 are delivered: no usable record says anything about them.");
    switch (*policy) {
    case DmarcPolicy::None:
        return Text::tr("Fakes from %1 are delivered, and only reported (none).");
    case DmarcPolicy::Quarantine:
        return Text::tr("Fakes from %1 go into the spam folder (quarantine).");
    case DmarcPolicy::Reject:
        return Text::tr("Fakes from %1 are refused (reject).");
    }
    Q_UNREACHABLE();
}

QString wordOf(const std::optional<DmarcPolicy> &policy)
{
    return policy ? toWord(*policy) : Text::tr("nothing");
}

// What a difference may come from that the owner asked for.
bool saysSoOpenly(const DmarcDiscovery &found)
{
    return found.level && (found.level->record->isTest || found.level->record->percentage.value_or(100) < 100);
}

void addDifference(const QString &word, const QString &whom, const std::optional<DmarcPolicy> &now,
                   const std::optional<DmarcPolicy> &old, bool isWanted, std::vector<DmarcDisagreement> &list)
{
    if (now == old)
        return;
    list.push_back({word,
                    Text::tr("For mail from %1, receivers of the standard of 2026 find \"%2\", older ones \"%3\".")
                        .arg(whom, wordOf(now), wordOf(old)),
                    isWanted});
}

} // namespace

DmarcPolicies policiesOf(const std::vector<DmarcLevel> &levels)
{
    DmarcPolicies policies;
    if (const DmarcDiscovery own = discoverByTreeWalk(levels); own.level) {
        const DmarcRecord &record = *own.level->record;
        policies.apex = own.isInherited ? record.effectiveSubdomainPolicy() : record.effectivePolicy();
    }
    // The record of a domain inside an organization is for that domain alone (RFC 9989 section 4.7, "sp").
    if (const DmarcDiscovery below = discoverBelow(levels); below.level) {
        policies.subdomain = below.level->record->effectiveSubdomainPolicy();
        policies.nonexistent = below.level->record->effectiveNonexistentPolicy();
    }
    return policies;
}

DmarcPolicies oldPoliciesOf(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain)
{
    DmarcPolicies policies;
    const DmarcDiscovery own = discoverBySuffixList(levels, publicSuffixDomain);
    const auto below = [](const DmarcRecord &record) { return record.subdomainPolicy.value_or(record.policy); };
    if (own.level)
        policies.apex = own.isInherited ? below(*own.level->oldRecord) : own.level->oldRecord->policy;
    for (const DmarcLevel &level : levels) {
        if (level.domain == publicSuffixDomain && level.oldRecord)
            policies.subdomain = policies.nonexistent = below(*level.oldRecord); // it knows no np
    }
    return policies;
}

QStringList effectSentences(const DmarcPolicies &policies, const QString &domain)
{
    return {effectOf(policies.apex).arg(domain),
            effectOf(policies.subdomain).arg(Text::tr("subdomains of %1 that exist").arg(domain)),
            effectOf(policies.nonexistent).arg(Text::tr("made-up subdomains of %1").arg(domain))};
}

std::vector<DmarcDisagreement> disagreementsOf(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain)
{
    std::vector<DmarcDisagreement> list;
    const QString domain = levels.front().domain;
    const DmarcDiscovery found = discoverByTreeWalk(levels);
    const DmarcDiscovery old = discoverBySuffixList(levels, publicSuffixDomain);
    if ((found.level || old.level) && found.organizationalDomain != old.organizationalDomain) {
        list.push_back({u"organizational_domain"_s,
                        Text::tr("Receivers of the standard of 2026 take %1 for the organization behind %2, older ones "
                                 "take %3. Mail that is signed for the one may not count for the other.")
                            .arg(found.organizationalDomain, domain, old.organizationalDomain)});
    }
    const DmarcPolicies today = policiesOf(levels);
    const DmarcPolicies before = oldPoliciesOf(levels, publicSuffixDomain);
    const bool isOpen = saysSoOpenly(found) || saysSoOpenly(discoverBelow(levels));
    addDifference(u"policy"_s, domain, today.apex, before.apex, isOpen, list);
    addDifference(u"subdomain_policy"_s, Text::tr("existing subdomains"), today.subdomain, before.subdomain, isOpen,
                  list);
    const DmarcDiscovery below = discoverBelow(levels);
    const bool hasNp = below.level && below.level->record->nonexistentPolicy;
    addDifference(u"nonexistent_policy"_s, Text::tr("made-up subdomains"), today.nonexistent, before.nonexistent,
                  isOpen || hasNp || today.subdomain != before.subdomain, list);
    if (found.level && found.level->record->hasPolicy && !found.level->record->policyIsSecond) {
        list.push_back(
            {u"order"_s, Text::tr("In the record of %1, p does not stand right behind v=DMARC1. The standard of 2026 "
                                  "allows that, the older one did not.")
                             .arg(found.level->domain)});
    }
    if (found.level && found.level->record->policy != DmarcPolicy::None &&
        found.level->record->percentage.value_or(100) < 100) {
        list.push_back(
            {u"percentage"_s,
             Text::tr("Receivers of the standard of 2026 apply the policy to all mail, older ones to %1 in a "
                      "hundred messages.")
                 .arg(*found.level->record->percentage),
             true});
    }
    return list;
}

} // namespace cockpit
