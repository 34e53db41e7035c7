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

// Addresses of packages that are wanted from there and not by their name from a registry, whoever wants them.
QSet<QString> wantedAddresses(const QJsonObject &packages, const CancelToken &token)
{
    QSet<QString> addresses;
    for (const QJsonValue one : packages) {
        if (token.isCancelled())
            break;
        const NamedNeeds needs = needsIn(one.toObject());
        for (const auto &asked : {needs.production, needs.development}) {
            for (const QString &range : asked) {
                if (range.contains("://"_L1))
                    addresses.insert(range);
            }
        }
    }
    return addresses;
}

LockReading readPackages(const QJsonObject &packages, const LineIndex &lines, const CancelToken &token)
{
    LockReading reading;
    const QSet<QString> direct = directNames(packages);
    const QSet<QString> addresses = wantedAddresses(packages, token);
    for (auto one = packages.begin(); one != packages.end() && !token.isCancelled(); ++one) {
        const qsizetype modules = one.key().lastIndexOf(kModules);
        const QJsonObject entry = one.value().toObject();
        if (modules < 0 || entry["link"_L1].toBool())
            continue; // the product's own
        const QString folder = one.key().sliced(modules + kModules.size());
        const QString name = entry["name"_L1].toString(folder); // differs for an alias
        const QString resolved = entry["resolved"_L1].toString();
        if (isFromElsewhere(resolved) || addresses.contains(resolved)) {
            reading.skip(Ecosystem::Npm, name);
            continue;
        }
        const bool isAtTop = one.key().indexOf(kModules) == modules;
        reading.add({Ecosystem::Npm,
                     name,
                     entry["version"_L1].toString(),
                     useOf(entry),
                     isAtTop && direct.contains(folder) ? PackageReach::Direct : PackageReach::Transitive,
                     {},
                     lines.lineOfObject(one.key()),
                     ownRegistryIn(resolved)});
    }
    return reading;
}

struct OldEntry
{
    QString name;
    QJsonObject entry;
    int depth = 0;  // 0: at the top
    int parent = 0; // its line
    int line = 0;
    bool isAtTop() const { return depth == 0; }
};

void addOldEntry(LockReading &reading, const OldEntry &one, const NamedNeeds &needs)
{
    QString name = one.name;
    QString version = one.entry["version"_L1].toString();
    if (version.startsWith("npm:"_L1)) { // an alias: "npm:real-name@1.0.0"
        const qsizetype at = version.lastIndexOf(u'@');
        name = version.sliced(4, std::max<qsizetype>(at - 4, 0));
        version = version.sliced(at + 1);
    }
    if (version.contains(u':') || isFromElsewhere(one.entry["resolved"_L1].toString())) {
        reading.skip(Ecosystem::Npm, name);
        return;
    }
    PackageReach reach = one.isAtTop() ? PackageReach::Unknown : PackageReach::Transitive;
    if (one.isAtTop() && !(needs.production.isEmpty() && needs.development.isEmpty())) {
        const bool isAsked = needs.production.contains(one.name) || needs.development.contains(one.name);
        reach = isAsked ? PackageReach::Direct : PackageReach::Transitive;
    }
    const QString registry = ownRegistryIn(one.entry["resolved"_L1].toString());
    reading.add({Ecosystem::Npm, name, version, useOf(one.entry), reach, {}, one.line, registry});
}

// Without recursion: how deep the nesting goes is up to the file.
LockReading readOldDependencies(const QJsonObject &top, const NamedNeeds &needs, const LineIndex &lines,
                                const CancelToken &token)
{
    LockReading reading;
    std::vector<OldEntry> open;
    const auto push = [&open](const QJsonObject &dependencies, int depth, int parent) {
        for (auto one = dependencies.begin(); one != dependencies.end(); ++one)
            open.push_back({one.key(), one.value().toObject(), depth, parent});
    };
    push(top, 0, lines.lineOfObject(u"dependencies"_s));
    while (!open.empty() && !reading.isCut && !token.isCancelled()) {
        OldEntry one = std::move(open.back());
        open.pop_back();
        one.line = lines.lineOfObject(one.name, one.parent, lines.step() * 2 * (one.depth + 1));
        if (!one.entry["bundled"_L1].toBool() || !one.entry["version"_L1].toString().isEmpty())
            addOldEntry(reading, one, needs);
        push(one.entry["dependencies"_L1].toObject(), one.depth + 1, one.line);
    }
    return reading;
}

} // namespace

Result<LockReading> readPackageLock(const LockText &text)
{
    const auto json =
        jsonObjectIn(text.bytes, u"package-lock.json"_s, {u"lockfileVersion"_s, u"packages"_s, u"dependencies"_s});
    if (!json)
        return tl::unexpected(json.error());
    const LineIndex lines(text);
    const QJsonObject packages = (*json)["packages"_L1].toObject();
    if (!packages.isEmpty())
        return readPackages(packages, lines, text.token);
    return readOldDependencies((*json)["dependencies"_L1].toObject(),
                               needsOfPackageJson(text.beside[u"package.json"_s]), lines, text.token);
}

} // namespace cockpit
