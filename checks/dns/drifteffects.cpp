#include "checks/dns/drifteffects.h"

#include "checks/dns/caarecord.h"
#include "checks/dns/driftmail.h"
#include "checks/dns/driftsets.h"
#include "models/ipnetwork.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Drift)
};

Finding found(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
              const DriftChange &change)
{
    return driftFinding(code, severity, proof, impact, title, change);
}

std::vector<Finding> nameServers(const DriftChange &change)
{
    QSet<QString> known;
    for (const QString &server : change.before.values)
        known.insert(registrableDomain(server));
    const bool isForeign =
        std::ranges::any_of(change.after, [&](const QString &s) { return !known.contains(registrableDomain(s)); });
    if (isForeign)
        return {found(u"answers_elsewhere"_s, Severity::Critical, Proof::Strong, Impact::AccountTakeover,
                      Text::tr("Somebody else now answers for the domain"), change)};
    if (change.after.isEmpty())
        return {found(u"answers_nowhere"_s, Severity::Critical, Proof::Strong, Impact::Downtime,
                      Text::tr("Nobody answers for the domain any more"), change)};
    return {found(u"name_servers_changed"_s, Severity::Low, Proof::Proven, Impact::Maintainability,
                  Text::tr("The list of name servers has changed"), change)};
}

// The authorities that may issue; no value: all may.
std::optional<QStringList> issuersIn(const DnsRecordSet &set, const QStringList &values, bool isWildcard)
{
    CaaSet caa{set.name, {}};
    for (const QString &value : values) {
        if (auto record = parseCaa(value))
            caa.records.push_back(*record);
    }
    return caa.issuersFor(isWildcard);
}

bool losesIssuer(const DriftChange &change, bool isWildcard)
{
    const auto before = issuersIn(change.before, change.before.values, isWildcard);
    const auto after = issuersIn(change.before, change.after, isWildcard);
    if (!after)
        return false;
    return !before || std::ranges::any_of(*before, [&](const QString &issuer) { return !after->contains(issuer); });
}

std::vector<Finding> issuers(const DriftChange &change)
{
    if (losesIssuer(change, false) || losesIssuer(change, true))
        return {found(u"renewal_refused"_s, Severity::High, Proof::Strong, Impact::Downtime,
                      Text::tr("The renewal of the certificate may be refused"), change)};
    return {found(u"issuers_changed"_s, Severity::Low, Proof::Proven, Impact::Maintainability,
                  Text::tr("The rules on who may issue certificates have changed"), change)};
}

std::vector<Finding> delegationSigner(const DriftChange &change)
{
    if (change.after.isEmpty())
        return {found(u"signatures_dropped"_s, Severity::Low, Proof::Proven, Impact::Maintainability,
                      Text::tr("Nobody checks the domain's signatures any more"), change)};
    return {found(u"signing_key_changed"_s, Severity::Medium, Proof::Strong, Impact::Downtime,
                  Text::tr("The site may vanish for those who check signatures"), change)};
}

// Names such as those of load balancers lead to a few of many addresses, others each hour: where nobody knows whose
// they are, a change among several need not be a move, and one of which a part stayed is none.
bool mayRotate(const DriftChange &change)
{
    const auto isAddress = [](const QString &value) { return parseIpNetwork(value).has_value(); };
    if (!std::ranges::all_of(change.before.values, isAddress) || !std::ranges::all_of(change.after, isAddress))
        return false;
    const bool overlaps =
        std::ranges::any_of(change.after, [&](const QString &value) { return change.before.values.contains(value); });
    return overlaps || (change.before.values.size() > 1 && change.after.size() > 1);
}

std::vector<Finding> address(const DriftChange &change, const Target &target)
{
    const auto host = std::ranges::find(target.hosts, change.before.name, &Host::name);
    const bool isCourtesy = host == target.hosts.end() || host->role == HostRole::Www || host->role == HostRole::Other;
    if (change.after.isEmpty())
        return {found(u"site_gone"_s, isCourtesy ? Severity::Medium : Severity::Critical, Proof::Proven,
                      Impact::Downtime, Text::tr("The address leads nowhere any more"), change)};
    if (mayRotate(change))
        return {found(u"site_moves"_s, Severity::Medium, Proof::Lead, Impact::Downtime,
                      Text::tr("The site may have moved: visitors are led to other addresses"), change)};
    return {found(u"site_moves"_s, isCourtesy ? Severity::Medium : Severity::High, Proof::Strong, Impact::Downtime,
                  Text::tr("The site moves: visitors are led to another server"), change)};
}

} // namespace

std::vector<Finding> driftFindings(const DnsRecordSet &before, const QStringList &after, const Target &target)
{
    const DriftChange change{before, after};
    if (before.type == "NS"_L1)
        return nameServers(change);
    if (before.type == "CAA"_L1)
        return issuers(change);
    if (before.type == "DS"_L1)
        return delegationSigner(change);
    if (before.type == kAddressSet)
        return address(change, target);
    return mailDriftFindings(change);
}

} // namespace cockpit
