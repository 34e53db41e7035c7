// The packages that the lock files of the product's code name.
#pragma once

#include "checks/engine/observations.h"
#include "checks/secrets/dependencies/dependency.h"
#include "models/localsource.h"

#include <QSet>

#include <map>

namespace cockpit {

struct LockFileSeen
{
    QString file; // below its source, shown; with the source's name before it where there are several
    Ecosystem ecosystem = Ecosystem::Npm;
    size_t packages = 0;
    qint64 notComparable = 0;
    QString problem; // a sentence; empty: it was read
};

// One version of one package, wherever it is used.
struct UsedPackage
{
    Dependency package; // of the first place
    std::vector<Dependency> places;

    QString key() const { return packageKey(package.ecosystem, package.name); }
    bool isForDevelopmentAlone() const;
    bool isDirect() const; // anywhere
};

struct CodeReading
{
    std::vector<LockFileSeen> files;   // by source, then by path
    std::vector<UsedPackage> packages; // by ecosystem, name, version
    qint64 notComparable = 0;          // from git, a file, an address, or without an exact version
    QStringList notComparableNamed;    // the first of them
    QStringList gaps;                  // what could not be read, a sentence each
};

// Folders of packages that were fetched or copied are passed over: their lock files are of their makers, not of the
// product. Blocking; ends soon after seen.isOver().
CodeReading readDependencies(const std::vector<LocalSource> &code, Observations &seen);

} // namespace cockpit
