// docs.npmjs.com/cli/configuring-npm/package-lock-json. Version 1 nests "dependencies"; 2 and 3 have flat "packages" by
// their place below node_modules (2 repeats the first for old programs).
#include "checks/secrets/dependencies/lockparsers.h"

#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kModules = u"node_modules/"_s;

bool isFromElsewhere(const QString &address)
{
    return address.startsWith("git"_L1) || address.startsWith("file:"_L1) || address.startsWith("link:"_L1);
}

PackageUse useOf(const QJsonObject &entry)
{
    // devOptional: of a development tool and of an optional part of the product.
    return entry["dev"_L1].toBool() ? PackageUse::Development : PackageUse::Production;
}

// What the project and its workspaces ask for themselves.
QSet<QString> directNames(const QJsonObject &packages)
{
    QSet<QString> names;
    for (auto one = packages.begin(); one != packages.end(); ++one) {
        if (one.key().contains(kModules))
            continue;
        const NamedNeeds needs = needsIn(one.value().toObject());
        for (const auto &asked : {needs.production, needs.development}) {
            for (auto need = asked.begin(); need != asked.end(); ++need)
                names.insert(need.key());
        }
    }
    return names;
}

LockReading readPackages(const QJsonObject &packages, const LineIndex &lines)
{
    LockReading reading;
    const QSet<QString> direct = directNames(packages);
    for (auto one = packages.begin(); one != packages.end(); ++one) {
        const qsizetype modules = one.key().lastIndexOf(kModules);
        const QJsonObject entry = one.value().toObject();
        if (modules < 0 || entry["link"_L1].toBool())
            continue; // the product's own
        const QString folder = one.key().sliced(modules + kModules.size());
        const QString name = entry["name"_L1].toString(folder); // differs for an alias
        if (isFromElsewhere(entry["resolved"_L1].toString())) {
            reading.skip(name);
            continue;
        }
        const bool isAtTop = one.key().indexOf(kModules) == modules;
        reading.add({Ecosystem::Npm,
                     name,
                     entry["version"_L1].toString(),
                     useOf(entry),
                     isAtTop && direct.contains(folder) ? PackageReach::Direct : PackageReach::Transitive,
                     {},
                     lines.lineOf('"' + one.key().toUtf8() + "\": {")});
    }
    return reading;
}

struct OldEntry
{
    QString name;
    QJsonObject entry;
    bool isAtTop = true;
};

void addOldEntry(LockReading &reading, const OldEntry &one, const NamedNeeds &needs, const LineIndex &lines)
{
    QString name = one.name;
    QString version = one.entry["version"_L1].toString();
    if (version.startsWith("npm:"_L1)) { // an alias: "npm:real-name@1.0.0"
        const qsizetype at = version.lastIndexOf(u'@');
        name = version.sliced(4, std::max<qsizetype>(at - 4, 0));
        version = version.sliced(at + 1);
    }
    if (version.contains(u':') || isFromElsewhere(one.entry["resolved"_L1].toString())) {
        reading.skip(name);
        return;
    }
    PackageReach reach = one.isAtTop ? PackageReach::Unknown : PackageReach::Transitive;
    if (one.isAtTop && !(needs.production.isEmpty() && needs.development.isEmpty())) {
        const bool isAsked = needs.production.contains(one.name) || needs.development.contains(one.name);
        reach = isAsked ? PackageReach::Direct : PackageReach::Transitive;
    }
    reading.add(
        {Ecosystem::Npm, name, version, useOf(one.entry), reach, {}, lines.lineOf('"' + one.name.toUtf8() + "\": {")});
}

// Without recursion: how deep the nesting goes is up to the file.
LockReading readOldDependencies(const QJsonObject &top, const NamedNeeds &needs, const LineIndex &lines)
{
    LockReading reading;
    std::vector<OldEntry> open;
    const auto push = [&open](const QJsonObject &dependencies, bool isAtTop) {
        for (auto one = dependencies.begin(); one != dependencies.end(); ++one)
            open.push_back({one.key(), one.value().toObject(), isAtTop});
    };
    push(top, true);
    while (!open.empty() && !reading.isCut) {
        const OldEntry one = std::move(open.back());
        open.pop_back();
        if (!one.entry["bundled"_L1].toBool() || !one.entry["version"_L1].toString().isEmpty())
            addOldEntry(reading, one, needs, lines);
        push(one.entry["dependencies"_L1].toObject(), false);
    }
    return reading;
}

} // namespace

Result<LockReading> readPackageLock(const LockText &text)
{
    const auto json = jsonObjectIn(text.bytes, u"package-lock.json"_s);
    if (!json)
        return tl::unexpected(json.error());
    const LineIndex lines(text.bytes);
    const QJsonObject packages = (*json)["packages"_L1].toObject();
    if (!packages.isEmpty())
        return readPackages(packages, lines);
    return readOldDependencies((*json)["dependencies"_L1].toObject(),
                               needsOfPackageJson(text.beside[u"package.json"_s]), lines);
}

} // namespace cockpit
