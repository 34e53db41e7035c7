#include "checks/secrets/packagerisk.h"

#include "checks/secrets/dependencies/versionorder.h"

#include <algorithm>
#include <compare>
#include <map>
#include <tuple>

namespace cockpit {

namespace {

// Unknown stands between medium and low: somebody found it worth writing down.
int rankOf(const std::optional<Severity> &severity)
{
    return severity ? 2 * static_cast<int>(*severity) : 2 * static_cast<int>(Severity::Medium) + 1;
}

bool isNewer(Ecosystem ecosystem, const QString &one, const QString &other)
{
    const auto order = compareVersions(ecosystem, one, other);
    return order && std::is_gt(*order);
}

void addHole(PackageRisk &risk, const KnownHole &hole)
{
    const auto known = std::ranges::find(risk.holes, hole.id, &KnownHole::id);
    if (known == risk.holes.end()) {
        risk.holes.push_back(hole);
        return;
    }
    // Another version in use needs another repair: the later one mends both.
    const bool isFurther = known->fixed.isEmpty() || isNewer(risk.package().ecosystem, hole.fixed, known->fixed);
    if (!hole.fixed.isEmpty() && isFurther)
        known->fixed = hole.fixed;
}

void settle(PackageRisk &risk)
{
    std::ranges::stable_sort(risk.holes, [](const KnownHole &one, const KnownHole &other) {
        return std::tuple(!one.isMalicious, rankOf(one.severity)) <
               std::tuple(!other.isMalicious, rankOf(other.severity));
    });
    for (const KnownHole &hole : risk.holes) {
        if (hole.fixed.isEmpty())
            ++risk.withoutFix;
        else if (risk.fixed.isEmpty() || isNewer(risk.package().ecosystem, hole.fixed, risk.fixed))
            risk.fixed = hole.fixed;
    }
}

auto placeOf(const PackageRisk &risk)
{
    const int purpose = risk.purpose ? static_cast<int>(*risk.purpose) : static_cast<int>(PackagePurpose::Mail) + 1;
    return std::tuple(!risk.isMalicious(), risk.isForDevelopmentAlone(), !risk.purpose.has_value(),
                      rankOf(risk.severity()), purpose, !risk.isDirect(), risk.key());
}

} // namespace

bool PackageRisk::isMalicious() const
{
    return std::ranges::any_of(holes, &KnownHole::isMalicious);
}

bool PackageRisk::isForDevelopmentAlone() const
{
    return std::ranges::all_of(versions, &UsedPackage::isForDevelopmentAlone);
}

bool PackageRisk::isDirect() const
{
    return std::ranges::any_of(versions, &UsedPackage::isDirect);
}

bool PackageRisk::isFromOwnRegistry() const
{
    return std::ranges::all_of(versions, [](const UsedPackage &one) {
        return std::ranges::none_of(one.places, [](const Dependency &place) { return place.registry.isEmpty(); });
    });
}

std::optional<Severity> PackageRisk::severity() const
{
    return holes.front().isMalicious ? Severity::Critical : holes.front().severity;
}

std::vector<PackageRisk> risksOf(const DependencyFacts &facts)
{
    std::map<QString, PackageRisk> byKey;
    for (size_t i = 0; i < facts.reading.packages.size(); ++i) {
        if (facts.answer.holes[i].empty())
            continue;
        const UsedPackage &package = facts.reading.packages[i];
        PackageRisk &risk = byKey[package.key()];
        risk.versions.push_back(package);
        for (const KnownHole &hole : facts.answer.holes[i])
            addHole(risk, hole);
        if (const auto purpose = facts.purposes.constFind(package.key()); purpose != facts.purposes.constEnd())
            risk.purpose = *purpose;
    }
    std::vector<PackageRisk> risks;
    for (auto &[key, risk] : byKey) {
        settle(risk);
        risks.push_back(std::move(risk));
    }
    std::ranges::sort(risks,
                      [](const PackageRisk &one, const PackageRisk &other) { return placeOf(one) < placeOf(other); });
    return risks;
}

} // namespace cockpit
