#include "checks/secrets/dependencies/locktext.h"

#include <QCoreApplication>
#include <QDir>
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

constexpr int kLinesPerQuestion = 2'000;  // between two looks at the token
constexpr qsizetype kMostMarks = 600'000; // each may become a table of some hundred bytes

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

bool isOwnPath(const LockText &text, const QString &path)
{
    if (path.isEmpty() || path.startsWith(u'/') || path.contains(u'\\') || path.contains(u':'))
        return false;
    const QString whole = QDir::cleanPath(text.path.left(text.path.lastIndexOf(u'/') + 1) + path);
    return whole != ".."_L1 && !whole.startsWith("../"_L1);
}

void eachLine(const LockText &text, const std::function<void(const TextLine &)> &read)
{
    const QByteArrayView bytes(text.bytes);
    int number = 0;
    for (qsizetype from = 0; from < bytes.size();) {
        if (number % kLinesPerQuestion == 0 && text.token.isCancelled())
            return;
        const qsizetype found = bytes.indexOf('\n', from);
        const qsizetype end = found < 0 ? bytes.size() : found;
        const QByteArrayView line = bytes.sliced(from, end - from);
        int indent = 0;
        while (indent < line.size() && (line[indent] == ' ' || line[indent] == '\t'))
            ++indent;
        read({line.sliced(indent).trimmed(), indent, ++number});
        from = end + 1;
    }
}

LineIndex::LineIndex(const LockText &text)
{
    eachLine(text, [&](const TextLine &line) {
        if (!line.text.startsWith('"'))
            return;
        if (m_step == 0)
            m_step = line.indent;
        m_places.push_back({line.text, line.number, line.indent});
    });
    std::ranges::sort(m_places, [](const Place &one, const Place &other) {
        const int order = one.text.compare(other.text);
        return order != 0 ? order < 0 : one.number < other.number;
    });
}

std::vector<LineIndex::Place>::const_iterator LineIndex::firstOf(QByteArrayView line) const
{
    return std::lower_bound(m_places.begin(), m_places.end(), line,
                            [](const Place &one, QByteArrayView other) { return one.text.compare(other) < 0; });
}

int LineIndex::lineOf(const QByteArray &trimmedLine) const
{
    const auto first = firstOf(trimmedLine);
    return first != m_places.end() && first->text == trimmedLine ? first->number : 0;
}

int LineIndex::lineOfObject(const QString &key, int behind, int indent) const
{
    const QByteArray line = '"' + key.toUtf8() + "\": {";
    for (auto place = firstOf(line); place != m_places.end() && place->text == line; ++place) {
        if (place->number > behind && (indent < 0 || place->indent == indent))
            return place->number;
    }
    return lineOf(line);
}

bool isTooDense(const QByteArray &bytes)
{
    const auto marks =
        std::ranges::count_if(bytes, [](char c) { return c == ',' || c == '[' || c == '{' || c == '='; });
    return marks > kMostMarks;
}

Result<QJsonObject> jsonObjectIn(const QByteArray &bytes, const QString &what, const QStringList &members)
{
    if (isTooDense(bytes))
        return failure(ErrorKind::TooLarge, Text::tr("It has more entries than are read at once."));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (document.isObject()) {
        QJsonObject object = document.object();
        if (std::ranges::any_of(members, [&](const QString &member) { return object.contains(member); }))
            return object;
        return failure(ErrorKind::BadInput, Text::tr("It is no %1: what each of them holds is missing.").arg(what));
    }
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

QSet<QString> UseGraph::reachedFrom(const QSet<QString> &roots, const CancelToken &token) const
{
    QSet<QString> reached = roots;
    QStringList open(roots.begin(), roots.end());
    while (!open.isEmpty() && !token.isCancelled()) {
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

void UseGraph::settle(const CancelToken &token)
{
    for (Side *side : {&m_production, &m_unknown, &m_development})
        side->reached = reachedFrom(side->roots, token);
}

DependencyStanding UseGraph::standingOf(const QString &node) const
{
    DependencyStanding standing;
    if (m_production.reached.contains(node))
        standing.use = PackageUse::Production;
    else if (m_development.reached.contains(node) && !m_unknown.reached.contains(node))
        standing.use = m_areRootsMissing ? PackageUse::Unknown : PackageUse::Development;
    else if (!m_unknown.reached.contains(node))
        return {};
    const bool isDirect =
        m_production.roots.contains(node) || m_unknown.roots.contains(node) || m_development.roots.contains(node);
    if (isDirect)
        standing.reach = PackageReach::Direct;
    else if (!m_areRootsMissing)
        standing.reach = PackageReach::Transitive;
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

QString withoutV(const QString &version)
{
    return version.startsWith(u'v') ? version.sliced(1) : version;
}

bool isDevelopmentWord(QStringView name)
{
    static const std::array words{"dev"_L1,   "devel"_L1,     "develop"_L1,    "development"_L1, "test"_L1,
                                  "tests"_L1, "testing"_L1,   "doc"_L1,        "docs"_L1,        "lint"_L1,
                                  "lints"_L1, "linting"_L1,   "linters"_L1,    "typing"_L1,      "types"_L1,
                                  "bench"_L1, "benchmark"_L1, "benchmarks"_L1, "format"_L1,      "formatting"_L1};
    // Whole words: "docker" and "latest" are for nobody's development.
    for (qsizetype from = 0; from < name.size();) {
        qsizetype end = from;
        while (end < name.size() && name[end].isLetter())
            ++end;
        const QStringView one = name.sliced(from, end - from);
        if (std::ranges::any_of(words, [&](auto word) { return one.compare(word, Qt::CaseInsensitive) == 0; }))
            return true;
        from = end + 1;
    }
    return false;
}

void eachIndentedLine(const LockText &text, const std::function<void(const IndentedLine &)> &read)
{
    eachLine(text, [&](const TextLine &one) {
        QByteArrayView line = one.text;
        int indent = one.indent;
        const int number = one.number;
        // Behind a long key ":" alone says nothing.
        if (line.isEmpty() || line.startsWith('#') || line == "---" || line == ":")
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
