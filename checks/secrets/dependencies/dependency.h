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
// A suffix after a colon ("Alpine:v3.18") belongs to distributions: none of ours.
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

struct Dependency
{
    Ecosystem ecosystem = Ecosystem::Npm;
    QString name;
    QString version; // exact, without "v"
    PackageUse use = PackageUse::Unknown;
    PackageReach reach = PackageReach::Unknown;
    QString file; // below the source's root, shown
    int line = 0; // from 1; 0: not known

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

    void add(Dependency dependency);
    void skip(const QString &name); // an address in it is left out: it may hold a password
    bool operator==(const LockReading &) const = default;
};

} // namespace cockpit
