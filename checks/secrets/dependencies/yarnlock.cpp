// Yarn 1: blocks under `"name@range", "name@other":` with `version "1.2.3"` below. Later ones: the same as YAML, with
// `version: 1.2.3` and a `resolution` that says where it is from ("name@npm:1.2.3", "name@workspace:.").
#include "checks/secrets/dependencies/lockparsers.h"

#include <QCoreApplication>

#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

struct Block
{
    QStringList keys; // "name@range"
    QString version;
    QString resolution;                             // of the later form
    QString resolved;                               // of Yarn 1: an address
    std::vector<std::pair<QString, QString>> needs; // name, range
    int line = 0;
};

// "@scope/name@range": the name ends at an @ that is not the first character.
QString nameIn(const QString &key)
{
    const qsizetype at = key.indexOf(u'@', 1);
    return at < 0 ? key : key.first(at);
}

QString rangeIn(const QString &key)
{
    const qsizetype at = key.indexOf(u'@', 1);
    return at < 0 ? QString() : key.sliced(at + 1);
}

QStringList keysOf(const QString &heading)
{
    QStringList keys;
    for (const QString &part : heading.split(u','))
        keys += part.trimmed().remove(u'"');
    return keys;
}

// One line of either form below a block: "version "1.2.3"" or "version: 1.2.3".
void readMember(Block &block, const IndentedLine &line, bool &isInNeeds)
{
    QString key = line.key;
    QString value = line.value;
    if (key.isEmpty()) { // Yarn 1: no colon
        const bool isQuoted = line.value.startsWith(u'"');
        const qsizetype end = line.value.indexOf(isQuoted ? u'"' : u' ', 1);
        if (end < 0)
            return;
        key = line.value.first(end).remove(u'"');
        value = unquoted(line.value.sliced(end + 1).trimmed().toUtf8());
    }
    if (line.indent <= 2) {
        isInNeeds = value.isEmpty() && (key == "dependencies"_L1 || key == "optionalDependencies"_L1);
        if (key == "version"_L1)
            block.version = value;
        else if (key == "resolution"_L1)
            block.resolution = value;
        else if (key == "resolved"_L1)
            block.resolved = value;
    } else if (isInNeeds) {
        block.needs.emplace_back(key, value);
    }
}

std::vector<Block> blocksOf(const QByteArray &bytes)
{
    std::vector<Block> blocks;
    bool isInNeeds = false;
    eachIndentedLine(bytes, [&](const IndentedLine &line) {
        if (line.indent > 0) {
            if (!blocks.empty())
                readMember(blocks.back(), line, isInNeeds);
            return;
        }
        // `"a@1", "a@2":` has no key by YAML's rules, for it is none.
        QString heading = line.key.isEmpty() ? line.value : line.key;
        if (heading.endsWith(u':'))
            heading.chop(1);
        blocks.push_back({.keys = keysOf(heading), .needs = {}, .line = line.line});
        isInNeeds = false;
    });
    return blocks;
}

struct Origin
{
    QString name;
    bool isOwn = false;        // the product's own folders
    bool isComparable = false; // from a registry
};

Origin originOf(const Block &block)
{
    const QString key = block.keys.first();
    const QString resolution = block.resolution.isEmpty() ? key : block.resolution;
    const QString from = rangeIn(resolution);
    Origin origin{.name = nameIn(resolution)};
    origin.isOwn = from.startsWith("workspace:"_L1) || from.startsWith("link:"_L1) || from.startsWith("portal:"_L1);
    if (!block.resolution.isEmpty()) {
        origin.isComparable = from.startsWith("npm:"_L1) || from.startsWith("patch:"_L1);
        return origin;
    }
    if (from.startsWith("npm:"_L1)) // an alias: "short@npm:real@^1"
        origin.name = nameIn(from.sliced(4));
    origin.isComparable = !block.resolved.startsWith("git"_L1) && !block.resolved.contains(".git#"_L1) &&
                          !from.startsWith("file:"_L1) && !block.resolved.contains("codeload.github.com"_L1);
    return origin;
}

// By any of its keys a block is found; "npm:" is left out by some versions.
QString nodeFor(const QHash<QString, QString> &nodes, const QString &name, const QString &range)
{
    const auto exact = nodes.constFind(name + u'@' + range);
    return exact != nodes.constEnd() ? *exact : nodes.value(name + "@npm:"_L1 + range);
}

void addRoots(UseGraph &graph, const QHash<QString, QString> &nodes, const NamedNeeds &needs)
{
    const auto add = [&](const QHash<QString, QString> &asked, PackageUse use) {
        for (auto one = asked.begin(); one != asked.end(); ++one) {
            const QString node = nodeFor(nodes, one.key(), one.value());
            if (!node.isEmpty())
                graph.addRoot(node, use);
        }
    };
    add(needs.production, PackageUse::Production);
    add(needs.development, PackageUse::Development);
}

UseGraph graphOf(const std::vector<Block> &blocks, const NamedNeeds &needs)
{
    QHash<QString, QString> nodes; // every key: the first key of its block
    for (const Block &block : blocks) {
        for (const QString &key : block.keys)
            nodes.insert(key, block.keys.first());
    }
    UseGraph graph;
    addRoots(graph, nodes, needs);
    const bool isRootKnown = !needs.production.isEmpty() || !needs.development.isEmpty();
    for (const Block &block : blocks) {
        const bool isOwn = originOf(block).isOwn;
        if (isOwn && isRootKnown && block.resolution.endsWith("@workspace:."_L1))
            continue;
        for (const auto &[name, range] : block.needs) {
            const QString node = nodeFor(nodes, name, range);
            if (node.isEmpty())
                continue;
            // A workspace lists what it ships and what it is tested with alike.
            if (isOwn)
                graph.addRoot(node, PackageUse::Unknown);
            else
                graph.link(block.keys.first(), node);
        }
    }
    graph.settle();
    return graph;
}

} // namespace

Result<LockReading> readYarnLock(const LockText &text)
{
    const bool isOne = text.bytes.contains("yarn lockfile v1") || text.bytes.contains("__metadata:");
    if (!isOne)
        return failure(ErrorKind::BadInput, Text::tr("It is no yarn.lock: the line that says so is missing."));
    const std::vector<Block> blocks = blocksOf(text.bytes);
    const UseGraph graph = graphOf(blocks, needsOfPackageJson(text.beside[u"package.json"_s]));
    LockReading reading;
    for (const Block &block : blocks) {
        const Origin origin = originOf(block);
        if (origin.isOwn || block.keys.first() == "__metadata"_L1)
            continue;
        if (!origin.isComparable) {
            reading.skip(origin.name);
            continue;
        }
        const DependencyStanding standing = graph.standingOf(block.keys.first());
        reading.add({Ecosystem::Npm, origin.name, block.version, standing.use, standing.reach, {}, block.line});
    }
    return reading;
}

} // namespace cockpit
