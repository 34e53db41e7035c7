// A package that a product is built from, as a lock file names it, in the words of the OSV database
// (https://ossf.github.io/osv-schema/): its ecosystems, and names as it writes them.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class Ecosystem { Npm, PyPi, Packagist, RubyGems, Go, CratesIo, Maven, NuGet, Pub };
QString toWord(Ecosystem value); // OSV's: "npm", "PyPI", "crates.io"
// Maven and Packagist may have the address of a repository behind a colon ("Packagist:https://packages.drupal.org/8"):
// its packages are named like all others. Behind other words a colon belongs to distributions ("Alpine:v3.18"): none of
// ours.
std::optional<Ecosystem> ecosystemFromWord(const QString &word);

// By which two spellings of one package meet: PyPI by PEP 503, NuGet and Packagist without case.
QString packageKey(Ecosystem ecosystem, const QString &name);
// The name as OSV writes it: PyPI in the form of PEP 503, the rest as given.
QString packageName(Ecosystem ecosystem, const QString &name);

// Where a package is used, as far as the file and its manifest tell.
enum class PackageUse { Production, Development, Unknown };
QString toWord(PackageUse value);
enum class PackageReach { Direct, Transitive, Unknown };
QString toWord(PackageReach value);

// The host of an address of packages, where it is none of those that everybody loads from.
QString ownRegistryIn(const QString &address);

struct Dependency
{
    Ecosystem ecosystem = Ecosystem::Npm;
    QString name;
    QString version; // exact, without "v"
    PackageUse use = PackageUse::Unknown;
    PackageReach reach = PackageReach::Unknown;
    QString file; // below the source's root, shown
    int line = 0; // from 1; 0: not known
    // The host of a registry of somebody's own; empty: a public one, or the file does not say.
    QString registry = {};

    bool operator==(const Dependency &) const = default;
};

// More of one file than any product has; what stands behind it is a gap.
constexpr size_t kMostPackagesOfFile = 50'000;

struct LockReading
{
    static constexpr qsizetype kMostNamed = 10;

    std::vector<Dependency> packages;
    // What nobody can look up: without an exact version, or from a git repository, a file, an address.
    qint64 notComparable = 0;
    QStringList named; // the first of those
    bool isCut = false;
    bool isPartial = false; // it need not name what its packages bring along
    QStringList includes;   // files whose packages belong to these, as the file writes them

    void add(Dependency dependency);
    // A name that holds an address is cut or left out: it may hold a password.
    void skip(Ecosystem ecosystem, const QString &name);
    bool operator==(const LockReading &) const = default;
};

} // namespace cockpit
