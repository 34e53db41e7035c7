// What receivers do because of the DMARC records that stand in a domain's way up, by both standards, and in words.
#pragma once

#include "checks/mail/dmarcwalk.h"

namespace cockpit {

// For mail that fails the checks and is from the domain, an existing subdomain without a record of its own, a made-up
// subdomain. Empty: nobody is told anything.
struct DmarcPolicies
{
    std::optional<DmarcPolicy> apex;
    std::optional<DmarcPolicy> subdomain;
    std::optional<DmarcPolicy> nonexistent;

    bool operator==(const DmarcPolicies &) const = default;
};

DmarcPolicies policiesOf(const std::vector<DmarcLevel> &levels);
DmarcPolicies oldPoliciesOf(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain);

// One sentence each: for the domain, its existing and its made-up subdomains.
QStringList effectSentences(const DmarcPolicies &policies, const QString &domain);

// Where receivers of the two standards treat the same mail differently.
struct DmarcDisagreement
{
    QString word;          // "organizational_domain", "policy", "subdomain_policy", "nonexistent_policy", "order",
                           // "percentage"
    QString sentence;      // for people
    bool isWanted = false; // comes of np, t or pct, which say so openly

    bool operator==(const DmarcDisagreement &) const = default;
};

std::vector<DmarcDisagreement> disagreementsOf(const std::vector<DmarcLevel> &levels,
                                               const QString &publicSuffixDomain);

} // namespace cockpit
