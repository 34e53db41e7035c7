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

void addRoots(UseGraph &graph, const QJsonObject &workspaces)
{
    for (const QJsonValue workspace : workspaces) {
        const NamedNeeds needs = needsIn(workspace.toObject());
        for (auto need = needs.production.begin(); need != needs.production.end(); ++need)
            graph.addRoot(need.key(), PackageUse::Production);
        for (auto need = needs.development.begin(); need != needs.development.end(); ++need)
            graph.addRoot(need.key(), PackageUse::Development);
    }
}

// "parent/name" is what the parent needs in another version than the rest; without one "name" it is.
QString nodeFor(const QJsonObject &packages, const QString &parent, const QString &name)
{
    const QString own = parent + u'/' + name;
    return packages.contains(own) ? own : name;
}

// Each package stands on a line of its own: `"name": ["name@1.2.3", …],`
QHash<QString, int> linesOfPackages(const QByteArray &bytes)
{
    QHash<QString, int> lines;
    eachIndentedLine(bytes, [&](const IndentedLine &line) {
        if (line.value.startsWith(u'['))
            lines.insert(line.key, line.line);
    });
    return lines;
}

} // namespace

Result<LockReading> readBunLock(const LockText &text)
{
    const auto json = jsonObjectIn(withoutLastCommas(text.bytes), u"bun.lock"_s);
    if (!json)
        return tl::unexpected(json.error());
    const QJsonObject packages = (*json)["packages"_L1].toObject();
    UseGraph graph;
    addRoots(graph, (*json)["workspaces"_L1].toObject());
    for (auto one = packages.begin(); one != packages.end(); ++one) {
        for (const QJsonValue part : one.value().toArray()) {
            const NamedNeeds needs = needsIn(part.toObject());
            for (auto need = needs.production.begin(); need != needs.production.end(); ++need)
                graph.link(one.key(), nodeFor(packages, one.key(), need.key()));
        }
    }
    graph.settle();
    const QHash<QString, int> lines = linesOfPackages(text.bytes);
    LockReading reading;
    for (auto one = packages.begin(); one != packages.end(); ++one) {
        const QString named = one.value()[0].toString();
        const qsizetype at = named.indexOf(u'@', 1);
        const QString version = at < 0 ? QString() : named.sliced(at + 1);
        if (version.startsWith("workspace:"_L1))
            continue;
        if (at < 0 || version.contains(u':')) {
            reading.skip(one.key());
            continue;
        }
        const DependencyStanding standing = graph.standingOf(one.key());
        reading.add(
            {Ecosystem::Npm, named.first(at), version, standing.use, standing.reach, {}, lines.value(one.key())});
    }
    return reading;
}

} // namespace cockpit
