#include "checks/secrets/dependencies/locktext.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

// Calls read with each line, without its end and blanks around it, its indent and its number.
template<typename Read>
void eachLine(const QByteArray &bytes, const Read &read)
{
    int number = 0;
    for (qsizetype from = 0; from < bytes.size();) {
        const qsizetype found = bytes.indexOf('\n', from);
        const qsizetype end = found < 0 ? bytes.size() : found;
        const QByteArrayView line = QByteArrayView(bytes).sliced(from, end - from);
        int indent = 0;
        while (indent < line.size() && line[indent] == ' ')
            ++indent;
        read(line.sliced(indent).trimmed(), indent, ++number);
        from = end + 1;
    }
}

// Where the key ends: at a colon that a blank or the line's end follows, outside of quotes.
qsizetype endOfKey(QByteArrayView line)
{
    qsizetype from = 0;
    if (line.front() == '"' || line.front() == '\'') {
        const qsizetype closing = line.sliced(1).indexOf(line.front());
        if (closing < 0)
            return -1;
        from = closing + 2;
    }
    for (qsizetype at = from; at < line.size(); ++at) {
        if (line[at] == ':' && (at + 1 == line.size() || line[at + 1] == ' '))
            return at;
    }
    return -1;
}

} // namespace

LineIndex::LineIndex(const QByteArray &bytes)
{
    eachLine(bytes, [&](QByteArrayView line, int, int number) {
        if (line.startsWith('"') && !m_lines.contains(line))
            m_lines.insert(line, number);
    });
}

int LineIndex::lineOf(const QByteArray &trimmedLine) const
{
    return m_lines.value(trimmedLine, 0);
}

Result<QJsonObject> jsonObjectIn(const QByteArray &bytes, const QString &what)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (document.isObject())
        return document.object();
    return failure(ErrorKind::BadInput, Text::tr("It cannot be read as a %1: it is no whole JSON text.").arg(what),
                   error.errorString());
}

void UseGraph::addRoot(const QString &node, PackageUse use)
{
    switch (use) {
    case PackageUse::Production:
        m_production.roots.insert(node);
        return;
    case PackageUse::Development:
        m_development.roots.insert(node);
        return;
    case PackageUse::Unknown:
        m_unknown.roots.insert(node);
        return;
    }
    Q_UNREACHABLE();
}

QSet<QString> UseGraph::reachedFrom(const QSet<QString> &roots) const
{
    QSet<QString> reached = roots;
    QStringList open(roots.begin(), roots.end());
    while (!open.isEmpty()) {
        const auto links = m_links.constFind(open.takeLast());
        if (links == m_links.constEnd())
            continue;
        for (const QString &next : *links) {
            if (!reached.contains(next)) {
                reached.insert(next);
                open.append(next);
            }
        }
    }
    return reached;
}

void UseGraph::settle()
{
    for (Side *side : {&m_production, &m_unknown, &m_development})
        side->reached = reachedFrom(side->roots);
}

DependencyStanding UseGraph::standingOf(const QString &node) const
{
    DependencyStanding standing;
    if (m_production.reached.contains(node))
        standing.use = PackageUse::Production;
    else if (m_development.reached.contains(node) && !m_unknown.reached.contains(node))
        standing.use = PackageUse::Development;
    else if (!m_unknown.reached.contains(node))
        return {};
    const bool isDirect =
        m_production.roots.contains(node) || m_unknown.roots.contains(node) || m_development.roots.contains(node);
    standing.reach = isDirect ? PackageReach::Direct : PackageReach::Transitive;
    return standing;
}

NamedNeeds needsIn(const QJsonObject &object)
{
    NamedNeeds needs;
    const auto take = [&](QLatin1StringView member, QHash<QString, QString> &into) {
        const QJsonObject asked = object.value(member).toObject();
        for (auto one = asked.begin(); one != asked.end(); ++one)
            into.insert(one.key(), one.value().toString());
    };
    take("dependencies"_L1, needs.production);
    take("optionalDependencies"_L1, needs.production);
    take("devDependencies"_L1, needs.development);
    return needs;
}

NamedNeeds needsOfPackageJson(const QByteArray &bytes)
{
    return needsIn(QJsonDocument::fromJson(bytes).object());
}

QString unquoted(QByteArrayView text)
{
    const bool isQuoted =
        text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return QString::fromUtf8(isQuoted ? text.sliced(1, text.size() - 2) : text);
}

bool isDevelopmentWord(QStringView name)
{
    static const std::array words{"dev"_L1, "test"_L1, "doc"_L1, "lint"_L1, "typing"_L1, "bench"_L1, "format"_L1};
    return std::ranges::any_of(words, [&](QLatin1StringView word) { return name.contains(word, Qt::CaseInsensitive); });
}

void eachIndentedLine(const QByteArray &bytes, const std::function<void(const IndentedLine &)> &read)
{
    eachLine(bytes, [&](QByteArrayView line, int indent, int number) {
        if (line.isEmpty() || line.startsWith('#') || line == "---")
            return;
        // A long key stands alone behind "? ", what belongs to it behind ": ".
        if (line.startsWith("? ")) {
            read({indent, unquoted(line.sliced(2).trimmed()), {}, number});
            return;
        }
        if (line.startsWith(": ")) {
            indent += 2;
            line = line.sliced(2).trimmed();
        }
        const qsizetype colon = line.isEmpty() || line.startsWith("- ") ? -1 : endOfKey(line);
        if (colon < 0)
            read({indent, {}, QString::fromUtf8(line), number});
        else
            read({indent, unquoted(line.first(colon)), unquoted(line.sliced(colon + 1).trimmed()), number});
    });
}

} // namespace cockpit
