// Yarn 1: blocks under `"name@range", "name@other":` with `version "1.2.3"` below. Later ones: the same as YAML, with
// `version: 1.2.3` and a `resolution` that says where it is from ("name@npm:1.2.3", "name@workspace:.").
#include "checks/secrets/dependencies/lockparsers.h"

#include <QCoreApplication>
#include <QJsonDocument>

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

struct Blocks
{
    std::vector<Block> all;
    bool isCut = false;
};

Blocks blocksOf(const LockText &text)
{
    Blocks found;
    std::vector<Block> &blocks = found.all;
    bool isInNeeds = false;
    eachIndentedLine(text, [&](const IndentedLine &line) {
        if (found.isCut)
            return;
        if (line.indent > 0) {
            if (!blocks.empty())
                readMember(blocks.back(), line, isInNeeds);
            return;
        }
        // `"a@1", "a@2":` has no key by YAML's rules, for it is none.
        found.isCut = blocks.size() > kMostPackagesOfFile;
        QString heading = line.key.isEmpty() ? line.value : line.key;
        if (heading.endsWith(u':'))
            heading.chop(1);
        blocks.push_back({.keys = keysOf(heading), .needs = {}, .line = line.line});
        isInNeeds = false;
    });
    return found;
}

// By its range: "^1.2", "latest", "npm:other@^1", and no address, repository or folder.
bool isOfRegistry(const QString &key)
{
    const QString range = rangeIn(key);
    return range.startsWith("npm:"_L1) || !(range.contains(u':') || range.contains(u'/'));
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
                          !block.resolved.contains("codeload.github.com"_L1) &&
                          std::ranges::all_of(block.keys, isOfRegistry);
    return origin;
}

constexpr qsizetype kMostVersions = 30; // of one package; no product has half of them

// Blocks by their keys; a block's node is its first key.
class Nodes
{
public:
    explicit Nodes(const std::vector<Block> &blocks)
    {
        for (const Block &block : blocks) {
            for (const QString &key : block.keys)
                m_byKey.insert(key, block.keys.first());
            QStringList &ofName = m_byName[nameIn(block.keys.first())];
            if (ofName.size() < kMostVersions)
                ofName += block.keys.first();
        }
    }

    // "npm:" is left out by some versions. "resolutions" overrule what a package asks for, and the keys then name what
    // it got: any block of that name may be the one.
    QStringList nodesFor(const QString &name, const QString &range) const
    {
        for (const QString &key : {name + u'@' + range, name + "@npm:"_L1 + range}) {
            if (const auto exact = m_byKey.constFind(key); exact != m_byKey.constEnd())
                return {*exact};
        }
        return m_byName.value(name);
    }

    // Yarn changes some packages for its own ends: "typescript@patch:typescript@npm%3A^5#…" is used where
    // "typescript@npm:^5" is.
    QString standingNodeOf(const Block &block) const
    {
        QString key = block.keys.first();
        const QString range = rangeIn(key);
        if (!range.startsWith("patch:"_L1))
            return key;
        const QString patched = range.sliced(6).section(u'#', 0, 0).replace("%3A"_L1, ":"_L1);
        return m_byKey.value(patched, key);
    }

private:
    QHash<QString, QString> m_byKey;
    QHash<QString, QStringList> m_byName;
};

// Folders of a Yarn 1 project that ask for packages of their own: its lock file does not name them.
bool hasUnseenWorkspaces(const std::vector<Block> &blocks, const QByteArray &packageJson)
{
    const QJsonValue workspaces = QJsonDocument::fromJson(packageJson).object()["workspaces"_L1];
    const bool isAny = !workspaces.toArray().isEmpty() || !workspaces.toObject().isEmpty();
    return isAny && std::ranges::none_of(blocks, [](const Block &block) { return originOf(block).isOwn; });
}

void addRoots(UseGraph &graph, const Nodes &nodes, const NamedNeeds &needs)
{
    const auto add = [&](const QHash<QString, QString> &asked, PackageUse use) {
        for (auto one = asked.begin(); one != asked.end(); ++one) {
            for (const QString &node : nodes.nodesFor(one.key(), one.value()))
                graph.addRoot(node, use);
        }
    };
    add(needs.production, PackageUse::Production);
    add(needs.development, PackageUse::Development);
}

UseGraph graphOf(const std::vector<Block> &blocks, const Nodes &nodes, const LockText &text)
{
    const QByteArray packageJson = text.beside[u"package.json"_s];
    const NamedNeeds needs = needsOfPackageJson(packageJson);
    UseGraph graph;
    if (hasUnseenWorkspaces(blocks, packageJson))
        graph.missRoots();
    addRoots(graph, nodes, needs);
    const bool isRootKnown = !needs.production.isEmpty() || !needs.development.isEmpty();
    for (const Block &block : blocks) {
        if (text.token.isCancelled())
            break;
        const bool isOwn = originOf(block).isOwn;
        if (isOwn && isRootKnown && block.resolution.endsWith("@workspace:."_L1))
            continue;
        for (const auto &[name, range] : block.needs) {
            for (const QString &node : nodes.nodesFor(name, range)) {
                // A workspace lists what it ships and what it is tested with alike.
                if (isOwn)
                    graph.addRoot(node, PackageUse::Unknown);
                else
                    graph.link(block.keys.first(), node);
            }
        }
    }
    graph.settle(text.token);
    return graph;
}

} // namespace

Result<LockReading> readYarnLock(const LockText &text)
{
    const bool isOne = text.bytes.contains("yarn lockfile v1") || text.bytes.contains("__metadata:");
    if (!isOne)
        return failure(ErrorKind::BadInput, Text::tr("It is no yarn.lock: the line that says so is missing."));
    const Blocks blocks = blocksOf(text);
    const Nodes nodes(blocks.all);
    const UseGraph graph = graphOf(blocks.all, nodes, text);
    LockReading reading{.isCut = blocks.isCut};
    for (const Block &block : blocks.all) {
        if (text.token.isCancelled())
            break;
        const Origin origin = originOf(block);
        if (origin.isOwn || block.keys.first() == "__metadata"_L1)
            continue;
        if (!origin.isComparable) {
            reading.skip(Ecosystem::Npm, origin.name);
            continue;
        }
        const DependencyStanding standing = graph.standingOf(nodes.standingNodeOf(block));
        reading.add({Ecosystem::Npm,
                     origin.name,
                     block.version,
                     standing.use,
                     standing.reach,
                     {},
                     block.line,
                     ownRegistryIn(block.resolved)});
    }
    return reading;
}

} // namespace cockpit
