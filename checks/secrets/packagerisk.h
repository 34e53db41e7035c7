// One package of the product with all that is known against it: what one repair mends.
#pragma once

#include "checks/secrets/dependencies.h"

namespace cockpit {

struct PackageRisk
{
    std::vector<UsedPackage> versions; // those with holes, in the order of their text
    std::vector<KnownHole> holes;      // of any of them, each once, worst first
    std::optional<PackagePurpose> purpose;
    QString fixed; // from here on without all of them; empty: for one at least no repair is known
    int withoutFix = 0;

    const Dependency &package() const { return versions.front().package; }
    QString key() const { return versions.front().key(); }
    bool isMalicious() const;
    bool isForDevelopmentAlone() const;
    bool isDirect() const;
    // Everywhere from a registry of somebody's own, where a name may stand for another package than in public.
    bool isFromOwnRegistry() const;
    // The worst that is said; empty: of no hole.
    std::optional<Severity> severity() const;
};

// Those with holes, in the order in which they are to be repaired: attacks, then what is well known to be for sign-in,
// uploads, PDFs, payments and mail, each part worst first, what the product asks for itself before the rest.
std::vector<PackageRisk> risksOf(const DependencyFacts &facts);

} // namespace cockpit
