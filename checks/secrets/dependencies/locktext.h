// What the readers of lock files share: the text with the manifests beside it, places in it, and the graph that tells
// what is used in production.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/dependencies/dependency.h"
#include "models/result.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <functional>
#include <vector>

namespace cockpit {

struct LockText
{
    QByteArray bytes;
    QHash<QString, QByteArray> beside = {}; // manifests of the same folder, by file name: "package.json"
    CancelToken token = {};                 // a reader that is told to stop ends with whatever it has
    QString path = {};                      // below the source's root; readLockFile() fills it in
};

// A relative path in the file that stays below the source's root: a folder of the product itself.
bool isOwnPath(const LockText &text, const QString &path);

struct TextLine
{
    QByteArrayView text; // without its end and blanks around it
    int indent = 0;      // blanks and tabs before it
    int number = 0;      // from 1
};
// Ends early when it is told to stop.
void eachLine(const LockText &text, const std::function<void(const TextLine &)> &read);

// Where lines stand that begin with a quote, blanks left out: `"node_modules/lodash": {`.
class LineIndex
{
public:
    explicit LineIndex(const LockText &text);        // its bytes outlive the index
    int lineOf(const QByteArray &trimmedLine) const; // the first; from 1; 0: not there (it was packed into one line)
    // Of `"key": {`: the first behind a line, in that depth where one is given; else the first of all.
    int lineOfObject(const QString &key, int behind = 0, int indent = -1) const;
    int step() const { return m_step; } // how far a file indents what stands in something else

private:
    struct Place
    {
        QByteArrayView text;
        int number = 0;
        int indent = 0;
    };
    std::vector<Place>::const_iterator firstOf(QByteArrayView line) const;

    std::vector<Place> m_places; // by text, then by line
    int m_step = 0;
};

// The JSON object in a file. `what` names the file in the sentence of BadInput. One of `members` has to be there: an
// object of anything else would read as a lock file without packages.
[[nodiscard]] Result<QJsonObject> jsonObjectIn(const QByteArray &bytes, const QString &what,
                                               const QStringList &members);
// More commas and brackets than any lock file has: what they stand for would fill the memory.
bool isTooDense(const QByteArray &bytes);

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
    // There are roots that nobody names here: what no other root leads to may be theirs.
    void missRoots() { m_areRootsMissing = true; }
    // Follows the links, once all are there. Ends early when it is told to stop.
    void settle(const CancelToken &token);
    // Production where one way from a production root leads there, Development where there is none but from such roots;
    // Unknown where no root leads. Where roots are missing, Production and Direct alone are said.
    DependencyStanding standingOf(const QString &node) const;

private:
    QSet<QString> reachedFrom(const QSet<QString> &roots, const CancelToken &token) const;

    struct Side
    {
        QSet<QString> roots;
        QSet<QString> reached;
    };

    QHash<QString, QStringList> m_links;
    Side m_production;
    Side m_unknown; // roots of which nobody said what for
    Side m_development;
    bool m_areRootsMissing = false;
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
void eachIndentedLine(const LockText &text, const std::function<void(const IndentedLine &)> &read);
QString unquoted(QByteArrayView text);
QString withoutV(const QString &version); // "v1.2.3"

// A group, a folder or a file of that name is for those who build the product: one of its words is "dev", "test",
// "docs", "lint".
bool isDevelopmentWord(QStringView name);

} // namespace cockpit
