// pnpm-lock.yaml: packages are keys below "packages:". lockfileVersion 5: "/name/1.2.3_peers"; 6: "/name@1.2.3(peers)";
// 9: "name@1.2.3", with who needs whom below "snapshots:". What the projects ask for stands below "importers:", or at
// the top where there is one project alone.
#include "checks/secrets/dependencies/lockparsers.h"

#include <QCoreApplication>

#include <optional>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

struct Named
{
    QString name;
    QString version;
    QString node() const { return name + u'@' + version; }
};

QString withoutPeers(const QString &text, QChar mark)
{
    const qsizetype at = text.indexOf(mark);
    return at < 0 ? text : text.first(at);
}

// "5.4", "6.0", "9.0": what stands before the point. 0: nobody's.
int formOf(const QString &version)
{
    constexpr double beyondAll = 100;
    const double number = version.toDouble(); // "inf" and "nan" are numbers to it
    return number >= 0 && number < beyondAll ? static_cast<int>(number) : 0;
}

// Empty name: not from a registry.
Named namedIn(QString key, int form)
{
    if (form < 9) {
        if (!key.startsWith(u'/'))
            return {};
        key = key.sliced(1);
    }
    if (form < 6) { // "/@scope/name/1.2.3_peers"
        const qsizetype slash = key.indexOf(u'/', key.startsWith(u'@') ? key.indexOf(u'/') + 1 : 0);
        if (slash < 0)
            return {};
        const QString rest = key.sliced(slash + 1);
        return {key.first(slash), withoutPeers(withoutPeers(rest, u'_'), u'/')};
    }
    key = withoutPeers(key, u'(');
    const qsizetype at = key.indexOf(u'@', 1);
    if (at < 0 || key.sliced(at).contains(u':')) // "name@https://…", "name@file:…"
        return {};
    return {key.first(at), key.sliced(at + 1)};
}

// What an importer or a snapshot names: "1.2.3(peers)", an alias "real-name@1.2.3", or "link:…".
QString nodeOf(const QString &name, QString version, int form)
{
    version = withoutPeers(version, u'(');
    if (form < 6)
        version = withoutPeers(version, u'_');
    if (version.startsWith(u'/'))
        return namedIn(version, form).node();
    if (version.indexOf(u'@', 1) > 0)
        return version;
    return name + u'@' + version;
}

PackageUse useOfSection(const QString &section)
{
    return section == "devDependencies"_L1 ? PackageUse::Development : PackageUse::Production;
}

bool isSection(const QString &key)
{
    return key == "dependencies"_L1 || key == "devDependencies"_L1 || key == "optionalDependencies"_L1;
}

class Reader
{
public:
    void take(const IndentedLine &line)
    {
        if (line.indent == 0) {
            finishSkipped();
            m_top = line.key;
            if (m_top == "lockfileVersion"_L1)
                m_form = formOf(line.value);
            m_section = isSection(m_top) ? m_top : QString();
            m_sectionIndent = 0;
            return;
        }
        if (m_top == "packages"_L1)
            takePackage(line);
        else if (m_top == "snapshots"_L1)
            takeSnapshot(line);
        else if (m_top == "importers"_L1 || !m_section.isEmpty())
            takeImporter(line);
    }

    bool isOne() const { return m_form >= 5; }

    LockReading take(const CancelToken &token)
    {
        finishSkipped();
        m_graph.settle(token);
        for (Dependency &package : m_reading.packages) {
            const DependencyStanding standing = m_graph.standingOf(package.name + u'@' + package.version);
            package.reach = standing.reach;
            if (package.use == PackageUse::Unknown)
                package.use = standing.use;
        }
        return std::move(m_reading);
    }

private:
    void takePackage(const IndentedLine &line)
    {
        if (line.indent == 2) {
            finishSkipped();
            const Named named = namedIn(line.key, m_form);
            m_kept.reset();
            if (named.name.isEmpty())
                m_skipped = m_form < 9 ? QString() : line.key; // before 9 a key is an address
            else
                addOnce(named, line.line);
            m_node = named.node();
            m_section.clear();
        } else if (line.indent == 4) {
            m_section = isSection(line.key) ? line.key : QString();
            if (line.key == "dev"_L1 && m_kept)
                noteUse(m_reading.packages[*m_kept], line.value == "true"_L1);
            else if (line.key == "name"_L1 && m_skipped)
                m_skipped = line.value;
            else if (line.key == "resolution"_L1 && m_kept)
                m_reading.packages[*m_kept].registry = registryIn(line.value);
        } else if (line.indent == 6 && !m_section.isEmpty() && m_kept) {
            m_graph.link(m_node, nodeOf(line.key, line.value, m_form));
        }
    }

    // Of several peers' variants one may be for development alone: that the product ships another is what counts.
    static void noteUse(Dependency &package, bool isForDevelopment)
    {
        if (!isForDevelopment)
            package.use = PackageUse::Production;
        else if (package.use == PackageUse::Unknown)
            package.use = PackageUse::Development;
    }

    // "{integrity: sha512-…, tarball: https://…}": where it is not the public registry that serves it.
    static QString registryIn(const QString &resolution)
    {
        const qsizetype at = resolution.indexOf("tarball: "_L1);
        return at < 0 ? QString() : ownRegistryIn(resolution.sliced(at + 9));
    }

    // The same version with other peers is the same package.
    void addOnce(const Named &named, int line)
    {
        const auto seen = m_seen.constFind(named.node());
        if (seen != m_seen.constEnd()) {
            m_kept = *seen;
            return;
        }
        const size_t before = m_reading.packages.size();
        m_reading.add(
            {Ecosystem::Npm, named.name, named.version, PackageUse::Unknown, PackageReach::Unknown, {}, line});
        if (m_reading.packages.size() == before)
            return;
        m_kept = before;
        m_seen.insert(named.node(), before);
    }

    void finishSkipped()
    {
        if (const auto skipped = std::exchange(m_skipped, std::nullopt))
            m_reading.skip(Ecosystem::Npm, *skipped);
    }

    void takeSnapshot(const IndentedLine &line)
    {
        if (line.indent == 2)
            m_node = namedIn(line.key, m_form).node();
        else if (line.indent == 4)
            m_section = isSection(line.key) ? line.key : QString();
        else if (line.indent == 6 && !m_section.isEmpty())
            m_graph.link(m_node, nodeOf(line.key, line.value, m_form));
    }

    // dependencies: / name: 1.2.3, or name: / version: 1.2.3
    void takeImporter(const IndentedLine &line)
    {
        if (isSection(line.key) && m_top == "importers"_L1 && line.indent == 4) {
            m_section = line.key;
            m_sectionIndent = line.indent;
            return;
        }
        if (m_section.isEmpty() || line.indent <= m_sectionIndent) {
            m_section.clear();
            return;
        }
        if (line.indent == m_sectionIndent + 2) {
            m_asked = line.key;
            if (!line.value.isEmpty())
                m_graph.addRoot(nodeOf(m_asked, line.value, m_form), useOfSection(m_section));
        } else if (line.key == "version"_L1) {
            m_graph.addRoot(nodeOf(m_asked, line.value, m_form), useOfSection(m_section));
        }
    }

    LockReading m_reading;
    UseGraph m_graph;
    QHash<QString, size_t> m_seen;    // by node: which of the packages
    std::optional<size_t> m_kept;     // the package that is being read
    std::optional<QString> m_skipped; // the name of one that is being read and not kept; empty: it has none yet
    int m_form = 0;
    QString m_top;
    QString m_section;
    int m_sectionIndent = 0;
    QString m_asked;
    QString m_node;
};

} // namespace

Result<LockReading> readPnpmLock(const LockText &text)
{
    Reader reader;
    eachIndentedLine(text, [&](const IndentedLine &line) { reader.take(line); });
    if (!reader.isOne())
        return failure(ErrorKind::BadInput, Text::tr("It is no pnpm-lock.yaml of version 5 or later."));
    return reader.take(text.token);
}

} // namespace cockpit
