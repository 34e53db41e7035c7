// docs.gradle.org/current/userguide/dependency_locking.html: "group:artifact:version=configuration,configuration".
// Before Gradle 6.8 a file for each configuration, "gradle/dependency-locks/compileClasspath.lockfile", without the
// part behind the version.
#include "checks/secrets/dependencies/lockparsers.h"

#include <QCoreApplication>

#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

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

// Of "group:artifact:version"; empty: it is none.
std::optional<Dependency> packageIn(const QString &coordinates)
{
    const QStringList parts = coordinates.split(u':');
    if (parts.size() != 3 || parts.contains(QString()))
        return std::nullopt;
    Dependency package;
    package.ecosystem = Ecosystem::Maven;
    package.name = parts[0] + u':' + parts[1];
    package.version = parts[2];
    return package;
}

} // namespace

Result<LockReading> readGradleLock(const LockText &text)
{
    LockReading reading;
    const QByteArray file = text.path.section(u'/', -1).toUtf8();
    const bool isOld = text.path.contains("dependency-locks/"_L1);
    int wrong = 0;
    eachLine(text, [&](const TextLine &line) {
        if (reading.isCut)
            return;
        const qsizetype equals = line.text.indexOf('=');
        if (line.text.isEmpty() || line.text.startsWith('#') || line.text.startsWith("empty=") || wrong > 0)
            return;
        auto package = packageIn(QString::fromUtf8(equals < 0 ? line.text : line.text.first(equals)));
        if (!package || (equals < 0) != isOld) {
            wrong = line.number;
            return;
        }
        package->use = useOf(isOld ? file : line.text.sliced(equals + 1).toByteArray());
        package->line = line.number;
        reading.add(std::move(*package));
    });
    if (wrong > 0)
        return failure(ErrorKind::BadInput, Text::tr("It is no lock file of Gradle: line %1 is not right.").arg(wrong));
    return reading;
}

} // namespace cockpit
