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
    QString name = {};
    QString dependency = {};
    QString source = {};
    QString version = {};
    QString path = {};    // of a folder
    QString address = {}; // of a registry
    int line = 0;
};

void addEntry(LockReading &reading, const LockText &text, const Entry &entry)
{
    const bool isOwn = entry.source == "path"_L1 && isOwnPath(text, entry.path);
    if (entry.source == "sdk"_L1 || isOwn) // comes with Flutter, or with the product
        return;
    if (entry.source != "hosted"_L1) {
        reading.skip(Ecosystem::Pub, entry.name);
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
                 entry.line,
                 ownRegistryIn(entry.address)});
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
            addEntry(reading, text, *entry);
        entry.reset();
    };
    eachIndentedLine(text, [&](const IndentedLine &line) {
        if (line.indent == 0) {
            finish();
            isInPackages = line.key == "packages"_L1;
            wasThere = wasThere || isInPackages;
        } else if (isInPackages && line.indent == 2) {
            finish();
            entry = Entry{.name = line.key, .line = line.line};
        } else if (entry && line.indent == 4) {
            if (line.key == "dependency"_L1)
                entry->dependency = line.value;
            else if (line.key == "source"_L1)
                entry->source = line.value;
            else if (line.key == "version"_L1)
                entry->version = line.value;
        } else if (entry && line.indent == 6) { // of the description
            if (line.key == "path"_L1)
                entry->path = line.value;
            else if (line.key == "url"_L1)
                entry->address = line.value;
        }
    });
    finish();
    if (!wasThere)
        return failure(ErrorKind::BadInput, Text::tr("It is no pubspec.lock: it has no packages."));
    return reading;
}

} // namespace cockpit
