// docs.gradle.org/current/userguide/dependency_locking.html: "group:artifact:version=configuration,configuration".
#include "checks/secrets/dependencies/lockparsers.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isForTests(const QByteArray &configuration)
{
    const QByteArray lower = configuration.toLower();
    return lower.startsWith("test") || lower.contains("androidtest") || lower.contains("unittest");
}

PackageUse useOf(const QByteArray &configurations)
{
    const QByteArrayList names = configurations.trimmed().split(',');
    return std::ranges::all_of(names, isForTests) ? PackageUse::Development : PackageUse::Production;
}

} // namespace

Result<LockReading> readGradleLock(const LockText &text)
{
    LockReading reading;
    int number = 0;
    for (const QByteArray &line : text.bytes.split('\n')) {
        ++number;
        const QByteArray entry = line.trimmed();
        const qsizetype equals = entry.indexOf('=');
        const QByteArrayList parts = entry.first(std::max<qsizetype>(equals, 0)).split(':');
        if (entry.startsWith('#') || parts.size() != 3)
            continue;
        reading.add({Ecosystem::Maven,
                     QString::fromUtf8(parts[0] + ':' + parts[1]),
                     QString::fromUtf8(parts[2]),
                     useOf(entry.sliced(equals + 1)),
                     PackageReach::Unknown,
                     {},
                     number});
    }
    return reading;
}

} // namespace cockpit
