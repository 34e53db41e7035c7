// poetry.lock (python-poetry.org), pdm.lock (pdm-project.org) and uv.lock (docs.astral.sh/uv/concepts/projects/layout):
// [[package]] tables.
#include "checks/secrets/dependencies/lockparsers.h"
#include "checks/secrets/dependencies/tomltable.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString nodeOf(const QString &name)
{
    return packageName(Ecosystem::PyPi, name);
}

// "django[argon2]>=4.2 ; python_version >= '3.9'": the name.
QString nameInRequirement(const QString &requirement)
{
    qsizetype end = 0;
    while (end < requirement.size() && (requirement[end].isLetterOrNumber() || u"-_."_s.contains(requirement[end])))
        ++end;
    return requirement.first(end);
}

void addNames(UseGraph &graph, const QJsonValue &tableOrList, PackageUse use)
{
    for (const QString &name : tableOrList.toObject().keys())
        graph.addRoot(nodeOf(name), use);
    for (const QJsonValue one : tableOrList.toArray()) {
        const QString name = one.isObject() ? one["name"_L1].toString() : nameInRequirement(one.toString());
        if (!name.isEmpty())
            graph.addRoot(nodeOf(name), use);
    }
}

PackageUse useOfGroup(const QString &group)
{
    return isDevelopmentWord(group) ? PackageUse::Development : PackageUse::Production;
}

// What pyproject.toml asks for: of Poetry, and of PEP 621 and 735.
void addPyprojectRoots(UseGraph &graph, const QByteArray &pyproject)
{
    const auto json = tomlToJson(pyproject);
    if (!json)
        return;
    const QJsonValue poetry = (*json)["tool"_L1]["poetry"_L1];
    addNames(graph, poetry["dependencies"_L1], PackageUse::Production);
    addNames(graph, poetry["dev-dependencies"_L1], PackageUse::Development);
    const QJsonObject groups = poetry["group"_L1].toObject();
    for (auto group = groups.begin(); group != groups.end(); ++group)
        addNames(graph, group.value()["dependencies"_L1], useOfGroup(group.key()));
    addNames(graph, (*json)["project"_L1]["dependencies"_L1], PackageUse::Production);
    const QJsonObject named = (*json)["dependency-groups"_L1].toObject();
    for (auto group = named.begin(); group != named.end(); ++group)
        addNames(graph, group.value(), useOfGroup(group.key()));
}

// What the lock file itself says of the use: "category" until Poetry 1.4, "groups" since 2.0.
PackageUse poetryUse(const QJsonValue &package)
{
    const QString category = package["category"_L1].toString();
    if (!category.isEmpty())
        return category == "main"_L1 ? PackageUse::Production : PackageUse::Development;
    const QJsonArray groups = package["groups"_L1].toArray();
    if (groups.isEmpty())
        return PackageUse::Unknown;
    const bool isForDevelopment =
        std::ranges::all_of(groups, [](const QJsonValue &group) { return isDevelopmentWord(group.toString()); });
    return isForDevelopment ? PackageUse::Development : PackageUse::Production;
}

bool isOwnFolder(const QJsonValue &source)
{
    return source.toObject().contains("virtual"_L1) || source.toObject().contains("editable"_L1) ||
           source.toObject().contains("directory"_L1);
}

void linkAll(UseGraph &graph, const QString &from, const QJsonValue &needs)
{
    for (const QString &name : needs.toObject().keys())
        graph.link(from, nodeOf(name));
    for (const QJsonValue need : needs.toArray())
        graph.link(from, nodeOf(need["name"_L1].toString()));
}

void addUvPackage(UseGraph &graph, const QJsonValue &package)
{
    const QString node = nodeOf(package["name"_L1].toString());
    const bool isOwn = isOwnFolder(package["source"_L1]);
    if (isOwn)
        addNames(graph, package["dependencies"_L1], PackageUse::Production);
    else
        linkAll(graph, node, package["dependencies"_L1]);
    const QJsonObject extras = package["optional-dependencies"_L1].toObject();
    for (auto extra = extras.begin(); extra != extras.end(); ++extra) {
        if (isOwn)
            addNames(graph, extra.value(), useOfGroup(extra.key()));
        else
            linkAll(graph, node, extra.value());
    }
    // All groups of PEP 735 stand below this name, those for workers with them.
    const QJsonObject groups = package["dev-dependencies"_L1].toObject();
    for (auto group = groups.begin(); group != groups.end(); ++group)
        addNames(graph, group.value(), useOfGroup(group.key()));
}

Dependency pythonPackage(const QJsonValue &package, const UseGraph &graph)
{
    const QString name = package["name"_L1].toString();
    const DependencyStanding standing = graph.standingOf(nodeOf(name));
    const QJsonValue source = package["source"_L1]; // of Poetry {type, url, reference}, of uv {registry}
    return {Ecosystem::PyPi,
            name,
            package["version"_L1].toString(),
            standing.use,
            standing.reach,
            {},
            package["@line"_L1].toInt(),
            ownRegistryIn(source["registry"_L1].toString(source["url"_L1].toString()))};
}

} // namespace

Result<LockReading> readPoetryLock(const LockText &text)
{
    const auto json = lockTomlToJson(text, u"poetry.lock"_s);
    if (!json)
        return tl::unexpected(json.error());
    UseGraph graph;
    addPyprojectRoots(graph, text.beside[u"pyproject.toml"_s]);
    const QJsonArray packages = (*json)["package"_L1].toArray();
    for (const QJsonValue package : packages) {
        if (text.token.isCancelled())
            break;
        linkAll(graph, nodeOf(package["name"_L1].toString()), package["dependencies"_L1]);
    }
    graph.settle(text.token);
    LockReading reading;
    for (const QJsonValue package : packages) {
        if (text.token.isCancelled())
            break;
        const QString source = package["source"_L1]["type"_L1].toString();
        if (source == "directory"_L1 && isOwnPath(text, package["source"_L1]["url"_L1].toString()))
            continue;
        if (!source.isEmpty() && source != "legacy"_L1) { // legacy: an index of their own
            reading.skip(Ecosystem::PyPi, package["name"_L1].toString());
            continue;
        }
        Dependency one = pythonPackage(package, graph);
        const PackageUse said = poetryUse(package);
        if (said != PackageUse::Unknown)
            one.use = said;
        reading.add(std::move(one));
    }
    return reading;
}

// "groups" tells the use; "default" is PDM's word for the product itself. The dependencies are requirements as texts.
Result<LockReading> readPdmLock(const LockText &text)
{
    const auto json = lockTomlToJson(text, u"pdm.lock"_s);
    if (!json)
        return tl::unexpected(json.error());
    UseGraph graph;
    addPyprojectRoots(graph, text.beside[u"pyproject.toml"_s]);
    const QJsonArray packages = (*json)["package"_L1].toArray();
    for (const QJsonValue package : packages) {
        if (text.token.isCancelled())
            break;
        for (const QJsonValue need : package["dependencies"_L1].toArray())
            graph.link(nodeOf(package["name"_L1].toString()), nodeOf(nameInRequirement(need.toString())));
    }
    graph.settle(text.token);
    LockReading reading;
    for (const QJsonValue package : packages) {
        if (text.token.isCancelled())
            break;
        const QJsonObject members = package.toObject();
        if (isOwnPath(text, package["path"_L1].toString()))
            continue;
        if (members.contains("git"_L1) || members.contains("path"_L1) || members.contains("url"_L1)) {
            reading.skip(Ecosystem::PyPi, package["name"_L1].toString());
            continue;
        }
        Dependency one = pythonPackage(package, graph);
        const PackageUse said = poetryUse(package);
        if (said != PackageUse::Unknown)
            one.use = said;
        reading.add(std::move(one));
    }
    return reading;
}

Result<LockReading> readUvLock(const LockText &text)
{
    const auto json = lockTomlToJson(text, u"uv.lock"_s);
    if (!json)
        return tl::unexpected(json.error());
    UseGraph graph;
    const QJsonArray packages = (*json)["package"_L1].toArray();
    for (const QJsonValue package : packages) {
        if (text.token.isCancelled())
            break;
        addUvPackage(graph, package);
    }
    graph.settle(text.token);
    LockReading reading;
    for (const QJsonValue package : packages) {
        if (text.token.isCancelled())
            break;
        const QJsonObject source = package["source"_L1].toObject();
        if (isOwnFolder(source))
            continue;
        if (source.contains("registry"_L1))
            reading.add(pythonPackage(package, graph));
        else
            reading.skip(Ecosystem::PyPi, package["name"_L1].toString());
    }
    return reading;
}

} // namespace cockpit
