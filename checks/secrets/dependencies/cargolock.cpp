// doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html: [[package]] with name, version, source; a package
// without a source is the product's own. Dependencies are "name", or "name version" where there are several.
#include "checks/secrets/dependencies/lockparsers.h"
#include "checks/secrets/dependencies/tomltable.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString nodeOf(const QJsonValue &package)
{
    return package["name"_L1].toString() + u' ' + package["version"_L1].toString();
}

struct Manifest
{
    QString name;
    QSet<QString> production;
    QSet<QString> development;
};

Manifest manifestIn(const QByteArray &cargoToml)
{
    Manifest manifest;
    const auto json = tomlToJson(cargoToml);
    if (!json)
        return manifest;
    manifest.name = (*json)["package"_L1]["name"_L1].toString();
    const auto take = [](const QJsonObject &from, QLatin1StringView member, QSet<QString> &names) {
        const QJsonObject asked = from[member].toObject();
        for (auto one = asked.begin(); one != asked.end(); ++one)
            names.insert(one.value()["package"_L1].toString(one.key())); // renamed: foo = { package = "bar" }
    };
    const auto takeAll = [&](const QJsonObject &from) {
        take(from, "dependencies"_L1, manifest.production);
        take(from, "build-dependencies"_L1, manifest.production);
        take(from, "dev-dependencies"_L1, manifest.development);
    };
    takeAll(*json);
    for (const QJsonValue target : (*json)["target"_L1].toObject()) // [target.'cfg(unix)'.dependencies]
        takeAll(target.toObject());
    return manifest;
}

PackageUse useOf(const QString &name, const QString &asker, const Manifest &manifest)
{
    if (asker != manifest.name)
        return PackageUse::Unknown;
    if (manifest.production.contains(name))
        return PackageUse::Production;
    return manifest.development.contains(name) ? PackageUse::Development : PackageUse::Unknown;
}

UseGraph graphOf(const QJsonArray &packages, const Manifest &manifest, const CancelToken &token)
{
    QHash<QString, QString> nodes; // by name: any, where "name" alone is written there is one only
    for (const QJsonValue package : packages)
        nodes.insert(package["name"_L1].toString(), nodeOf(package));
    UseGraph graph;
    for (const QJsonValue package : packages) {
        if (token.isCancelled())
            break;
        const bool isOwn = package["source"_L1].toString().isEmpty();
        for (const QJsonValue need : package["dependencies"_L1].toArray()) {
            const QStringList words = need.toString().split(u' ');
            const QString node = words.size() > 1 ? words[0] + u' ' + words[1] : nodes.value(words.first());
            if (isOwn)
                graph.addRoot(node, useOf(words.first(), package["name"_L1].toString(), manifest));
            else
                graph.link(nodeOf(package), node);
        }
    }
    graph.settle(token);
    return graph;
}

} // namespace

Result<LockReading> readCargoLock(const LockText &text)
{
    const auto json = lockTomlToJson(text, u"Cargo.lock"_s);
    if (!json)
        return tl::unexpected(json.error());
    const QJsonArray packages = (*json)["package"_L1].toArray();
    const UseGraph graph = graphOf(packages, manifestIn(text.beside[u"Cargo.toml"_s]), text.token);
    LockReading reading;
    for (const QJsonValue package : packages) {
        if (text.token.isCancelled())
            break;
        const QString source = package["source"_L1].toString();
        const QString name = package["name"_L1].toString();
        if (source.isEmpty())
            continue;
        if (!source.startsWith("registry+"_L1) && !source.startsWith("sparse+"_L1)) {
            reading.skip(Ecosystem::CratesIo, name);
            continue;
        }
        const DependencyStanding standing = graph.standingOf(nodeOf(package));
        reading.add({Ecosystem::CratesIo,
                     name,
                     package["version"_L1].toString(),
                     standing.use,
                     standing.reach,
                     {},
                     package["@line"_L1].toInt(),
                     ownRegistryIn(source)});
    }
    return reading;
}

} // namespace cockpit
