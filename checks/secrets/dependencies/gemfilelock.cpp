// Gemfile.lock of Bundler: sections in capitals; below GEM "specs:" with "    name (version)" and who it needs two
// blanks deeper; below DEPENDENCIES what the Gemfile asks for. The groups stand in the Gemfile alone.
#include "checks/secrets/dependencies/lockparsers.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

// Each group that is named: ":development, :test", "['docs']".
bool isForDevelopment(const QString &groups)
{
    static const QRegularExpression name(u":([A-Za-z_]+)|['\"]([A-Za-z_]+)['\"]"_s);
    bool isAny = false;
    for (auto match = name.globalMatch(groups); match.hasNext();) {
        isAny = true;
        if (!isDevelopmentWord(match.next().captured(0)))
            return false;
    }
    return isAny;
}

// Of the gems that the Gemfile puts into groups for development alone.
QSet<QString> developmentGems(const QByteArray &gemfile)
{
    static const QRegularExpression groupStart(u"^(\\s*)group\\b(.*)\\bdo\\b"_s);
    static const QRegularExpression gem(u"^\\s*gem\\s*\\(?\\s*['\"]([^'\"]+)['\"](.*)"_s);
    // "group: :test", ":group => [:test, :development]"
    static const QRegularExpression groupOfGem(u"(?:\\bgroups?:|:groups?\\s*=>)\\s*(\\[[^\\]]*\\]?|[^,]*)"_s);
    QSet<QString> names;
    QString groups;
    QString indent;
    eachLine({gemfile}, [&](const TextLine &one) {
        const QString line =
            QString(one.indent, u' ') + QString::fromUtf8(one.text.first(std::min<qsizetype>(one.text.size(), 500)));
        const auto start = groupStart.match(line);
        if (start.hasMatch()) {
            indent = start.captured(1);
            groups = start.captured(2);
        } else if (line.trimmed() == "end"_L1 && line.startsWith(indent + "end"_L1)) {
            groups.clear();
        }
        const auto match = gem.match(line);
        if (!match.hasMatch())
            return;
        const auto own = groupOfGem.match(match.captured(2));
        if (isForDevelopment(own.hasMatch() ? own.captured(1) : groups))
            names.insert(match.captured(1));
    });
    return names;
}

QString firstWord(QByteArrayView text)
{
    const qsizetype end = text.indexOf(' ');
    return QString::fromUtf8(end < 0 ? text : text.first(end));
}

class Reader
{
public:
    Reader(const QByteArray &gemfile, const CancelToken &token)
        : m_development(developmentGems(gemfile)), m_hasGemfile(!gemfile.isEmpty()), m_token(token)
    {
    }

    void take(const TextLine &line)
    {
        const QByteArrayView text = line.text;
        const int indent = line.indent;
        if (text.isEmpty() || m_reading.isCut)
            return;
        if (indent == 0) {
            m_section = text.toByteArray();
            m_wasThere = m_wasThere || text == "GEM" || text == "DEPENDENCIES";
        }
        if (m_section == "DEPENDENCIES" && indent == 2)
            addRoot(firstWord(text));
        else if (indent == 2 && m_section == "GEM" && text.startsWith("remote: "))
            m_registry = ownRegistryIn(QString::fromUtf8(text.sliced(8)));
        else if (indent == 4 && m_section == "PATH")
            m_gem = firstWord(text); // the product's own
        else if (indent == 4 && (m_section == "GEM" || m_section == "GIT"))
            addGem(text, line.number);
        else if (indent == 6)
            addNeed(firstWord(text));
    }

    bool isOne() const { return m_wasThere; }

    LockReading end()
    {
        m_graph.settle(m_token);
        for (Dependency &package : m_reading.packages) {
            const DependencyStanding standing = m_graph.standingOf(package.name);
            package.use = standing.use;
            package.reach = standing.reach;
        }
        return std::move(m_reading);
    }

private:
    void addRoot(QString name)
    {
        if (name.endsWith(u'!')) // from a source of its own
            name.chop(1);
        PackageUse use = PackageUse::Unknown;
        if (m_hasGemfile)
            use = m_development.contains(name) ? PackageUse::Development : PackageUse::Production;
        m_graph.addRoot(name, use);
    }

    void addNeed(const QString &name)
    {
        m_graph.link(m_gem, name);
        if (m_section == "PATH") // asked for by the product, for whatever its own gem is for
            m_graph.addRoot(name, PackageUse::Unknown);
    }

    void addGem(QByteArrayView text, int number)
    {
        m_gem = firstWord(text);
        const qsizetype open = text.indexOf('(');
        const qsizetype close = text.indexOf(')', open);
        if (m_section != "GEM" || open < 0 || close < open) {
            m_reading.skip(Ecosystem::RubyGems, m_gem);
            return;
        }
        // "1.15.4-x86_64-linux": built for a platform.
        const QString version = QString::fromUtf8(text.sliced(open + 1, close - open - 1)).section(u'-', 0, 0);
        if (m_seen.contains(m_gem + u' ' + version))
            return;
        m_seen.insert(m_gem + u' ' + version);
        m_reading.add(
            {Ecosystem::RubyGems, m_gem, version, PackageUse::Unknown, PackageReach::Unknown, {}, number, m_registry});
    }

    const QSet<QString> m_development;
    const bool m_hasGemfile;
    const CancelToken &m_token;
    LockReading m_reading;
    UseGraph m_graph;
    QSet<QString> m_seen;
    QByteArray m_section;
    QString m_gem;
    QString m_registry;
    bool m_wasThere = false;
};

} // namespace

Result<LockReading> readGemfileLock(const LockText &text)
{
    Reader reader(text.beside.value(u"Gemfile"_s, text.beside[u"gems.rb"_s]), text.token);
    eachLine(text, [&](const TextLine &line) { reader.take(line); });
    if (!reader.isOne())
        return failure(ErrorKind::BadInput, Text::tr("It is no Gemfile.lock: it names no gems."));
    return reader.end();
}

} // namespace cockpit
