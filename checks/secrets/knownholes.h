// Which known holes the packages of the product have, from the OSV database or an export of it.
#pragma once

#include "checks/secrets/dependencies/advisory.h"
#include "checks/secrets/dependencyreading.h"
#include "checks/secrets/packagepurpose.h"

#include <map>

namespace cockpit {

struct KnownHole
{
    QString id;      // OSV's
    QString shownId; // the CVE where there is one
    QStringList aliases;
    QString summary;
    std::optional<Severity> severity;
    std::optional<double> score;
    bool isMalicious = false;
    QString fixed; // the next version without it; empty: none is known
};

struct HoleAnswer
{
    std::vector<std::vector<KnownHole>> holes; // by package
    std::vector<size_t> unasked;               // indexes of packages that nobody answered for, ascending
    bool isFromExport = false;                 // at least in part
    bool isFromApi = false;
    // Of the exports' records, by ecosystem: of those of the product, where they say it.
    std::map<Ecosystem, QString> exportNewest;
    QStringList gaps; // why something is missing, a sentence each
};

// exports: what the person named. Ecosystems that they hold are not asked of the database in the network. purposes:
// whose packages the database is asked about first.
HoleAnswer findKnownHoles(const std::vector<UsedPackage> &packages, const std::vector<LocalSource> &exports,
                          const PackagePurposes &purposes, Observations &seen);

} // namespace cockpit
