// bun.lock (bun.com/docs/pm/lockfile): JSON with commas behind the last member. "workspaces" has what the projects ask
// for, "packages" has ["name@version", registry, {"dependencies": …}, checksum] by a name that tells where it is
// needed.
#include "checks/secrets/dependencies/lockparsers.h"

#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

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

constexpr int kMostNames = 50; // in a key: installations have a handful

// The names in "a/@scope/b": "a" and "@scope/b".
QStringList namesIn(const QString &key)
{
    QStringList names;
    for (qsizetype from = 0; from < key.size();) {
        qsizetype end = key.indexOf(u'/', from);
        if (end >= 0 && key[from] == u'@')
            end = key.indexOf(u'/', end + 1);
        end = end < 0 ? key.size() : end;
        names.append(key.sliced(from, end - from));
        from = end + 1;
    }
    return names;
}

// The keys of the packages as a tree of their names, so that a question costs as much as the key has names, however
// long they are and however many share a beginning.
class KeyTree
{
public:
    // BadInput names a key that is too deep.
    [[nodiscard]] static Result<KeyTree> make(const QJsonObject &packages)
    {
        KeyTree tree;
        for (auto one = packages.begin(); one != packages.end(); ++one) {
            const QStringList names = namesIn(one.key());
            if (names.size() > kMostNames)
                return failure(ErrorKind::BadInput,
                               Text::tr("A package in it stands below more than %1 others, which no installation "
                                        "makes: %2…")
                                   .arg(QString::number(kMostNames), plainText(one.key().left(kShown))));
            size_t at = 0;
            for (const QString &name : names)
                at = tree.childFor(at, name);
            tree.m_nodes[at].key = one.key();
        }
        return tree;
    }

    // "parent/name" is what the parent needs in another version than the rest; "name" what stands there for all.
    // Between them come those that the parent itself stands below.
    QString nodeFor(const QString &parent, const QString &name) const
    {
        size_t at = 0;
        for (const QString &one : namesIn(parent)) {
            const auto child = m_nodes[at].children.constFind(one);
            if (child == m_nodes[at].children.constEnd())
                break;
            at = *child;
        }
        for (; at != 0; at = m_nodes[at].parent) {
            const auto child = m_nodes[at].children.constFind(name);
            if (child != m_nodes[at].children.constEnd() && !m_nodes[*child].key.isEmpty())
                return m_nodes[*child].key;
        }
        return name;
    }

private:
    static constexpr qsizetype kShown = 60; // signs of a key in a sentence

    struct Node
    {
        size_t parent = 0;
        QHash<QString, size_t> children = {};
        QString key = {}; // of a package; empty: only others stand below it
    };

    size_t childFor(size_t parent, const QString &name)
    {
        const auto known = m_nodes[parent].children.constFind(name);
        if (known != m_nodes[parent].children.constEnd())
            return *known;
        m_nodes.push_back({parent});
        m_nodes[parent].children.insert(name, m_nodes.size() - 1);
        return m_nodes.size() - 1;
    }

    std::vector<Node> m_nodes{Node{}}; // the first is the root
};

void addRoots(UseGraph &graph, const KeyTree &tree, const QJsonObject &workspaces)
{
    for (const QJsonValue workspace : workspaces) {
        const QString own = workspace["name"_L1].toString();
        const NamedNeeds needs = needsIn(workspace.toObject());
        for (auto need = needs.production.begin(); need != needs.production.end(); ++need)
            graph.addRoot(tree.nodeFor(own, need.key()), PackageUse::Production);
        for (auto need = needs.development.begin(); need != needs.development.end(); ++need)
            graph.addRoot(tree.nodeFor(own, need.key()), PackageUse::Development);
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
    const auto tree = KeyTree::make(packages);
    if (!tree)
        return tl::unexpected(tree.error());
    UseGraph graph;
    addRoots(graph, *tree, (*json)["workspaces"_L1].toObject());
    for (auto one = packages.begin(); one != packages.end() && !text.token.isCancelled(); ++one) {
        for (const QJsonValue part : one.value().toArray()) {
            for (const QString &need : needsOf(part.toObject()))
                graph.link(one.key(), tree->nodeFor(one.key(), need));
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
