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

// Of the gems that the Gemfile puts into groups for development alone.
QSet<QString> developmentGems(const QByteArray &gemfile)
{
    static const QRegularExpression groupStart(u"^(\\s*)group\\b(.*)\\bdo\\b"_s);
    static const QRegularExpression gem(u"^\\s*gem\\s*\\(?\\s*['\"]([^'\"]+)['\"](.*)"_s);
    static const QRegularExpression groupOfGem(u"\\bgroups?:\\s*(.*)"_s);
    const auto isForDevelopment = [](const QString &words) {
        return isDevelopmentWord(words) && !words.contains("production"_L1) && !words.contains("default"_L1);
    };
    QSet<QString> names;
    QString groups;
    QString indent;
    for (const QByteArray &bytes : gemfile.split('\n')) {
        const QString line = QString::fromUtf8(bytes.first(std::min<qsizetype>(bytes.size(), 500)));
        const auto start = groupStart.match(line);
        if (start.hasMatch()) {
            indent = start.captured(1);
            groups = start.captured(2);
        } else if (line.trimmed() == "end"_L1 && line.startsWith(indent + "end"_L1)) {
            groups.clear();
        }
        const auto match = gem.match(line);
        if (!match.hasMatch())
            continue;
        const auto own = groupOfGem.match(match.captured(2));
        if (isForDevelopment(own.hasMatch() ? own.captured(1) : groups))
            names.insert(match.captured(1));
    }
    return names;
}

QString firstWord(const QByteArray &text)
{
    const qsizetype end = text.indexOf(' ');
    return QString::fromUtf8(end < 0 ? text : text.first(end));
}

class Reader
{
public:
    explicit Reader(const QByteArray &gemfile)
        : m_development(developmentGems(gemfile)), m_hasGemfile(!gemfile.isEmpty())
    {
    }

    void take(const QByteArray &line, int number)
    {
        const QByteArray text = line.trimmed();
        if (text.isEmpty())
            return;
        qsizetype indent = 0;
        while (line[indent] == ' ')
            ++indent;
        if (indent == 0) {
            m_section = text;
            m_wasThere = m_wasThere || text == "GEM" || text == "DEPENDENCIES";
        }
        if (m_section == "DEPENDENCIES" && indent == 2)
            addRoot(firstWord(text));
        else if (indent == 4 && (m_section == "GEM" || m_section == "GIT"))
            addGem(text, number);
        else if (indent == 6)
            m_graph.link(m_gem, firstWord(text));
    }

    bool isOne() const { return m_wasThere; }

    LockReading end()
    {
        m_graph.settle();
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

    void addGem(const QByteArray &text, int number)
    {
        m_gem = firstWord(text);
        const qsizetype open = text.indexOf('(');
        const qsizetype close = text.indexOf(')', open);
        if (m_section != "GEM" || open < 0 || close < open) {
            m_reading.skip(m_gem);
            return;
        }
        // "1.15.4-x86_64-linux": built for a platform.
        const QString version = QString::fromUtf8(text.sliced(open + 1, close - open - 1).split('-').first());
        if (m_seen.contains(m_gem + u' ' + version))
            return;
        m_seen.insert(m_gem + u' ' + version);
        m_reading.add({Ecosystem::RubyGems, m_gem, version, PackageUse::Unknown, PackageReach::Unknown, {}, number});
    }

    const QSet<QString> m_development;
    const bool m_hasGemfile;
    LockReading m_reading;
    UseGraph m_graph;
    QSet<QString> m_seen;
    QByteArray m_section;
    QString m_gem;
    bool m_wasThere = false;
};

} // namespace

Result<LockReading> readGemfileLock(const LockText &text)
{
    Reader reader(text.beside[u"Gemfile"_s]);
    int number = 0;
    for (const QByteArray &line : text.bytes.split('\n'))
        reader.take(line, ++number);
    if (!reader.isOne())
        return failure(ErrorKind::BadInput, Text::tr("It is no Gemfile.lock: it names no gems."));
    return reader.end();
}

} // namespace cockpit
