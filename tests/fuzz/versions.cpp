// Versions and their order: the first byte chooses the ecosystem, the lines are the versions.
#include "fuzz/fuzz.h"

#include "checks/secrets/dependencies/versionorder.h"

#include <QStringList>

using namespace cockpit;

namespace {

constexpr qsizetype kMostVersions = 4;

// Both orders of a pair say the same.
void lookAtPair(Ecosystem ecosystem, const QString &left, const QString &right)
{
    const VersionOrder order = compareVersions(ecosystem, left, right);
    const VersionOrder back = compareVersions(ecosystem, right, left);
    promise(order.has_value() == back.has_value(), "a version is one on either side");
    promise(!order || (*order < 0) == (*back > 0), "what is older is not newer");
    promise(!order || (*order == 0) == (*back == 0), "the same is the same");
}

void lookAtThree(Ecosystem ecosystem, const QString &first, const QString &second, const QString &third)
{
    const VersionOrder one = compareVersions(ecosystem, first, second);
    const VersionOrder two = compareVersions(ecosystem, second, third);
    const VersionOrder both = compareVersions(ecosystem, first, third);
    if (!one || !two || !both || *one > 0 || *two > 0)
        return;
    promise(*both <= 0, "an order");
    promise((*one == 0 && *two == 0) == (*both == 0), "an order of the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto ecosystem = static_cast<Ecosystem>(bytes[0] % 9);
    const QStringList versions = QString::fromUtf8(inputOf(bytes + 1, size - 1)).split(u'\n').mid(0, kMostVersions);
    for (const QString &first : versions) {
        const VersionOrder itself = compareVersions(ecosystem, first, first);
        promise(!itself || *itself == 0, "a version is itself");
        for (const QString &second : versions) {
            lookAtPair(ecosystem, first, second);
            for (const QString &third : versions)
                lookAtThree(ecosystem, first, second, third);
        }
    }
    return 0;
}
