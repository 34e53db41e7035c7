// https://semver.org, 9 to 11, of any number of parts: databases write "1.2" where they mean 1.2.0. NuGet adds a fourth
// part and reads the words without case (learn.microsoft.com/nuget/concepts/package-versioning). In Dart the build part
// is ordered, too (pub.dev/packages/pub_semver).
#include "checks/secrets/dependencies/versionorder.h"
#include "checks/secrets/dependencies/versionparts.h"

#include <QByteArrayList>

#include <compare>

namespace cockpit {

namespace {

struct Semver
{
    QByteArrayList numbers;
    QByteArrayList before; // of the pre-release; empty: a release
    QByteArrayList build;
};

bool areIdentifiers(const QByteArrayList &parts)
{
    return std::ranges::all_of(parts, [](const QByteArray &part) {
        return !part.isEmpty() &&
               std::ranges::all_of(part, [](char c) { return isDigitByte(c) || isLetterByte(c) || c == '-'; });
    });
}

std::optional<Semver> parsed(const QByteArray &text)
{
    Semver version;
    const qsizetype plus = text.indexOf('+');
    QByteArray rest = plus < 0 ? text : text.first(plus);
    if (plus >= 0)
        version.build = text.sliced(plus + 1).split('.');
    const qsizetype dash = rest.indexOf('-');
    if (dash >= 0) {
        version.before = rest.sliced(dash + 1).split('.');
        rest = rest.first(dash);
    }
    version.numbers = rest.split('.');
    const bool isRight = std::ranges::all_of(version.numbers, isNumber) && areIdentifiers(version.before);
    return isRight && areIdentifiers(version.build) ? std::optional(version) : std::nullopt;
}

std::weak_ordering compareNumberLists(const QByteArrayList &left, const QByteArrayList &right)
{
    for (qsizetype i = 0; i < std::max(left.size(), right.size()); ++i) {
        const auto order = compareNumbers(left.value(i, "0"), right.value(i, "0"));
        if (std::is_neq(order))
            return order;
    }
    return std::weak_ordering::equivalent;
}

std::weak_ordering compareIdentifiers(const QByteArray &left, const QByteArray &right)
{
    const bool isLeftNumber = isNumber(left);
    if (isLeftNumber != isNumber(right))
        return isLeftNumber ? std::weak_ordering::less : std::weak_ordering::greater;
    return isLeftNumber ? compareNumbers(left, right) : compareBytes(left, right);
}

std::weak_ordering compareIdentifierLists(const QByteArrayList &left, const QByteArrayList &right)
{
    for (qsizetype i = 0; i < std::min(left.size(), right.size()); ++i) {
        const auto order = compareIdentifiers(left[i], right[i]);
        if (std::is_neq(order))
            return order;
    }
    return left.size() <=> right.size();
}

VersionOrder compare(const Semver &left, const Semver &right, BuildPart build)
{
    const auto numbers = compareNumberLists(left.numbers, right.numbers);
    if (std::is_neq(numbers))
        return numbers;
    if (left.before.isEmpty() != right.before.isEmpty())
        return left.before.isEmpty() ? std::weak_ordering::greater : std::weak_ordering::less;
    const auto before = compareIdentifierLists(left.before, right.before);
    if (std::is_neq(before) || build == BuildPart::Ignored)
        return before;
    return compareIdentifierLists(left.build, right.build);
}

} // namespace

VersionOrder compareSemver(const QByteArray &left, const QByteArray &right, BuildPart build)
{
    const auto one = parsed(left);
    const auto other = parsed(right);
    return one && other ? compare(*one, *other, build) : std::nullopt;
}

VersionOrder compareNuGetVersions(const QByteArray &left, const QByteArray &right)
{
    return compareSemver(left.toLower(), right.toLower());
}

} // namespace cockpit
