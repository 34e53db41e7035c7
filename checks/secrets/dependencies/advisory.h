// A known vulnerability as OSV writes it (https://ossf.github.io/osv-schema/), and whether it is about a package of
// ours.
#pragma once

#include "checks/secrets/dependencies/dependency.h"
#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>

namespace cockpit {

struct VersionEvent
{
    enum class Kind { Introduced, Fixed, LastAffected, Limit };
    Kind kind = Kind::Introduced;
    QString version; // "0": before all
};

struct AffectedPackage
{
    Ecosystem ecosystem = Ecosystem::Npm;
    QString name;
    std::vector<std::vector<VersionEvent>> ranges; // of the types SEMVER and ECOSYSTEM; commits are not judged
    QStringList versions;
};

struct Advisory
{
    QString id;          // "GHSA-…", "PYSEC-…", "MAL-…"
    QStringList aliases; // "CVE-…"
    QString summary;     // one line for people; may be empty
    // By the vector of CVSS 3 where there is one, else by the database's own word; empty: neither says it.
    std::optional<Severity> severity;
    std::optional<double> score;
    bool isMalicious = false; // the package is an attack, not a mistake
    bool isWithdrawn = false;
    std::vector<AffectedPackage> affected; // of the ecosystems that the program knows
};

// BadInput for what is no advisory. Longer lists than any that was published are cut.
[[nodiscard]] Result<Advisory> readAdvisory(const QByteArray &json);
// How reports name it: the CVE where there is one.
QString shownId(const Advisory &advisory);

enum class Affects { No, Yes, Unknown }; // Unknown: the versions cannot be compared
struct VersionVerdict
{
    Affects affects = Affects::No;
    QString fixed; // the next version without the hole; empty: the advisory names none
};
// By `versions` first, then by the ranges, as the schema's evaluation says. A withdrawn one affects nothing.
VersionVerdict judgeVersion(const Advisory &advisory, const Dependency &package);
// For who knows already that it is affected: the next version that a range of the package calls repaired.
QString nextFixed(const Advisory &advisory, const Dependency &package);

} // namespace cockpit
