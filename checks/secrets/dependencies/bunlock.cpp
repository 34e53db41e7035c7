// bun.lock (bun.com/docs/pm/lockfile): JSON with commas behind the last member. "workspaces" has what the projects ask
// for, "packages" has ["name@version", registry, {"dependencies": …}, checksum] by a name that tells where it is
// needed.
#include "checks/secrets/dependencies/lockparsers.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A comma that a closing bracket follows, outside of texts, is left out.
QByteArray withoutLastCommas(const QByteArray &text)
{
    QByteArray json;
    json.reserve(text.size());
    qsizetype comma = -1; // in json: the last one, with nothing but blanks behind it
    bool isInText = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (isInText) {
            json += c;
            if (c == '\\' && at + 1 < text.size())
                json += text[++at];
            else if (c == '"')
                isInText = false;
            continue;
        }
        if ((c == '}' || c == ']') && comma >= 0)
            json[comma] = ' ';
        isInText = c == '"';
        if (c == ',')
            comma = json.size();
        else if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            comma = -1;
        json += c;
    }
    return json;
}

constexpr qsizetype kLongestKey = 2'000; // a name allows 214, and few stand below each other

// "a/@scope/b" without its last name: "a".
QString parentOf(const QString &key)
{
    const qsizetype slash = key.lastIndexOf(u'/');
    if (slash <= 0 || key.size() > kLongestKey)
        return {};
    const qsizetype before = key.lastIndexOf(u'/', slash - 1);
    const bool isScoped = key[before + 1] == u'@';
    return key.left(isScoped ? std::max<qsizetype>(before, 0) : slash);
}

// "parent/name" is what the parent needs in another version than the rest; "name" what stands there for all. Between
// them come those that the parent itself stands below.
QString nodeFor(const QJsonObject &packages, QString parent, const QString &name)
{
    for (; !parent.isEmpty(); parent = parentOf(parent)) {
        if (packages.contains(parent + u'/' + name))
            return parent + u'/' + name;
    }
    return name;
}

void addRoots(UseGraph &graph, const QJsonObject &packages, const QJsonObject &workspaces)
{
    for (const QJsonValue workspace : workspaces) {
        const QString own = workspace["name"_L1].toString();
        const NamedNeeds needs = needsIn(workspace.toObject());
        for (auto need = needs.production.begin(); need != needs.production.end(); ++need)
            graph.addRoot(nodeFor(packages, own, need.key()), PackageUse::Production);
        for (auto need = needs.development.begin(); need != needs.development.end(); ++need)
            graph.addRoot(nodeFor(packages, own, need.key()), PackageUse::Development);
    }
}

// Bun installs what a package expects beside it, but for what it can do without.
QStringList needsOf(const QJsonObject &package)
{
    QStringList names = needsIn(package).production.keys();
    const QJsonArray spared = package["optionalPeers"_L1].toArray();
    for (const QString &peer : package["peerDependencies"_L1].toObject().keys()) {
        if (!spared.contains(peer))
            names += peer;
    }
    return names;
}

// Each package stands on a line of its own: `"name": ["name@1.2.3", …],`
QHash<QString, int> linesOfPackages(const LockText &text)
{
    QHash<QString, int> lines;
    eachIndentedLine(text, [&](const IndentedLine &line) {
        if (line.value.startsWith(u'['))
            lines.insert(line.key, line.line);
    });
    return lines;
}

} // namespace

Result<LockReading> readBunLock(const LockText &text)
{
    const auto json = jsonObjectIn(withoutLastCommas(text.bytes), u"bun.lock"_s, {u"lockfileVersion"_s, u"packages"_s});
    if (!json)
        return tl::unexpected(json.error());
    const QJsonObject packages = (*json)["packages"_L1].toObject();
    UseGraph graph;
    addRoots(graph, packages, (*json)["workspaces"_L1].toObject());
    for (auto one = packages.begin(); one != packages.end() && !text.token.isCancelled(); ++one) {
        for (const QJsonValue part : one.value().toArray()) {
            for (const QString &need : needsOf(part.toObject()))
                graph.link(one.key(), nodeFor(packages, one.key(), need));
        }
    }
    graph.settle(text.token);
    const QHash<QString, int> lines = linesOfPackages(text);
    LockReading reading;
    for (auto one = packages.begin(); one != packages.end() && !text.token.isCancelled(); ++one) {
        const QString named = one.value()[0].toString();
        const qsizetype at = named.indexOf(u'@', 1);
        const QString version = at < 0 ? QString() : named.sliced(at + 1);
        if (version.startsWith("workspace:"_L1) || version.startsWith("root:"_L1))
            continue;
        if (at < 0 || version.contains(u':')) {
            reading.skip(Ecosystem::Npm, one.key());
            continue;
        }
        const DependencyStanding standing = graph.standingOf(one.key());
        reading.add({Ecosystem::Npm,
                     named.first(at),
                     version,
                     standing.use,
                     standing.reach,
                     {},
                     lines.value(one.key()),
                     ownRegistryIn(one.value()[1].toString())});
    }
    return reading;
}

} // namespace cockpit
