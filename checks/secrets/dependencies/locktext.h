// What the readers of lock files share: the text with the manifests beside it, places in it, and the graph that tells
// what is used in production.
#pragma once

#include "checks/secrets/dependencies/dependency.h"
#include "models/result.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <functional>

namespace cockpit {

struct LockText
{
    QByteArray bytes;
    QHash<QString, QByteArray> beside = {}; // manifests of the same folder, by file name: "package.json"
};

// Where lines stand that begin with a quote, blanks left out: `"node_modules/lodash": {`. The first of equal ones.
class LineIndex
{
public:
    explicit LineIndex(const QByteArray &bytes);     // bytes outlive the index
    int lineOf(const QByteArray &trimmedLine) const; // from 1; 0: not there (a file that was packed into one line)

private:
    QHash<QByteArrayView, int> m_lines;
};

// The JSON object in a file. `what` names the file in the sentence of BadInput.
[[nodiscard]] Result<QJsonObject> jsonObjectIn(const QByteArray &bytes, const QString &what);

struct DependencyStanding
{
    PackageUse use = PackageUse::Unknown;
    PackageReach reach = PackageReach::Unknown;
};

// Who needs whom. Nodes are named by the reader; circles are common and harmless.
class UseGraph
{
public:
    void link(const QString &from, const QString &to) { m_links[from].append(to); }
    void addRoot(const QString &node, PackageUse use);
    // Follows the links, once all are there.
    void settle();
    // Production where one way from a production root leads there, Development where there is none but from such roots;
    // Unknown where no root leads.
    DependencyStanding standingOf(const QString &node) const;

private:
    QSet<QString> reachedFrom(const QSet<QString> &roots) const;

    struct Side
    {
        QSet<QString> roots;
        QSet<QString> reached;
    };

    QHash<QString, QStringList> m_links;
    Side m_production;
    Side m_unknown; // roots of which nobody said what for
    Side m_development;
};

// What a package.json asks for by name.
struct NamedNeeds
{
    QHash<QString, QString> production; // name: wanted version
    QHash<QString, QString> development;
};
// An empty one for bytes that are no package.json.
NamedNeeds needsOfPackageJson(const QByteArray &bytes);
// The same members, in a lock file that repeats them.
NamedNeeds needsIn(const QJsonObject &object);

// A line of YAML as programs write it: indented by blanks, one key or item a line.
struct IndentedLine
{
    int indent = 0; // blanks
    QString key;    // without quotes; empty: an item of a list, text over several lines, or no YAML
    QString value;  // without quotes; the line as it is where it has no key
    int line = 0;   // from 1
};
void eachIndentedLine(const QByteArray &bytes, const std::function<void(const IndentedLine &)> &read);
QString unquoted(QByteArrayView text);

// A group, a folder or a file of that name is for those who build the product: "dev", "test", "docs", "lint".
bool isDevelopmentWord(QStringView name);

} // namespace cockpit
