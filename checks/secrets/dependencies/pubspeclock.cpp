// pubspec.lock: packages with "dependency: direct main", "source: hosted" and a version.
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

struct Entry
{
    QString name;
    QString dependency;
    QString source;
    QString version;
    int line = 0;
};

void addEntry(LockReading &reading, const Entry &entry)
{
    if (entry.source == "sdk"_L1)
        return; // comes with Flutter
    if (entry.source != "hosted"_L1) {
        reading.skip(entry.name);
        return;
    }
    const bool isDirect = entry.dependency.startsWith("direct"_L1);
    PackageUse use = PackageUse::Unknown;
    if (isDirect)
        use = entry.dependency == "direct dev"_L1 ? PackageUse::Development : PackageUse::Production;
    reading.add({Ecosystem::Pub,
                 entry.name,
                 entry.version,
                 use,
                 isDirect ? PackageReach::Direct : PackageReach::Transitive,
                 {},
                 entry.line});
}

} // namespace

Result<LockReading> readPubspecLock(const LockText &text)
{
    LockReading reading;
    std::optional<Entry> entry;
    bool isInPackages = false;
    bool wasThere = false;
    const auto finish = [&] {
        if (entry)
            addEntry(reading, *entry);
        entry.reset();
    };
    eachIndentedLine(text.bytes, [&](const IndentedLine &line) {
        if (line.indent == 0) {
            finish();
            isInPackages = line.key == "packages"_L1;
            wasThere = wasThere || isInPackages;
        } else if (isInPackages && line.indent == 2) {
            finish();
            entry = Entry{line.key, {}, {}, {}, line.line};
        } else if (entry && line.indent == 4) {
            if (line.key == "dependency"_L1)
                entry->dependency = line.value;
            else if (line.key == "source"_L1)
                entry->source = line.value;
            else if (line.key == "version"_L1)
                entry->version = line.value;
        }
    });
    finish();
    if (!wasThere)
        return failure(ErrorKind::BadInput, Text::tr("It is no pubspec.lock: it has no packages."));
    return reading;
}

} // namespace cockpit
