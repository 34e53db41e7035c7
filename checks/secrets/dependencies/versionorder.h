// Which of two versions is the newer one, by the rules of each ecosystem: version numbers look alike and order
// differently ("1.0-rc1" is before 1.0 nearly everywhere, "1.0.post1" is after it in Python, "1.0+1" after it in Dart).
#pragma once

#include "checks/secrets/dependencies/dependency.h"

#include <QByteArray>

#include <compare>
#include <optional>

namespace cockpit {

constexpr qsizetype kLongestComparedVersion = 200;

using VersionOrder = std::optional<std::weak_ordering>; // empty: one of them is no version there
// A leading "v" is left out.
VersionOrder compareVersions(Ecosystem ecosystem, const QString &left, const QString &right);

// The rules one by one; trimmed, without control characters, kLongestComparedVersion at most.
enum class BuildPart { Ignored, Ordered }; // what stands behind a plus: nothing (semver.org, 10), or the later build
VersionOrder compareSemver(const QByteArray &left, const QByteArray &right, BuildPart build = BuildPart::Ignored);
VersionOrder comparePep440(const QByteArray &left, const QByteArray &right);
VersionOrder compareGemVersions(const QByteArray &left, const QByteArray &right);
VersionOrder compareMavenVersions(const QByteArray &left, const QByteArray &right);
VersionOrder compareNuGetVersions(const QByteArray &left, const QByteArray &right);
VersionOrder comparePackagistVersions(const QByteArray &left, const QByteArray &right);

} // namespace cockpit
