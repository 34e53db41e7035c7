#include "checks/secrets/dependencies/versionorder.h"

#include <algorithm>

namespace cockpit {

namespace {

// Empty for what no order should see.
QByteArray comparable(const QString &version)
{
    if (version.size() > kLongestComparedVersion)
        return {};
    QByteArray bytes = version.trimmed().toUtf8();
    if (bytes.size() > 1 && (bytes.front() == 'v' || bytes.front() == 'V') && bytes[1] >= '0' && bytes[1] <= '9')
        bytes = bytes.sliced(1);
    const bool isPlain = std::ranges::all_of(bytes, [](char c) { return c > ' ' && c < 0x7f; });
    return isPlain ? bytes : QByteArray();
}

} // namespace

VersionOrder compareVersions(Ecosystem ecosystem, const QString &left, const QString &right)
{
    const QByteArray one = comparable(left);
    const QByteArray other = comparable(right);
    if (one.isEmpty() || other.isEmpty())
        return std::nullopt;
    switch (ecosystem) {
    case Ecosystem::Npm:
    case Ecosystem::Go:
    case Ecosystem::CratesIo:
        return compareSemver(one, other);
    case Ecosystem::Pub:
        return compareSemver(one, other, BuildPart::Ordered);
    case Ecosystem::PyPi:
        return comparePep440(one, other);
    case Ecosystem::RubyGems:
        return compareGemVersions(one, other);
    case Ecosystem::Maven:
        return compareMavenVersions(one, other);
    case Ecosystem::NuGet:
        return compareNuGetVersions(one, other);
    case Ecosystem::Packagist:
        return comparePackagistVersions(one, other);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
