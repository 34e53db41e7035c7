// What a page, its styles and its scripts name by an address without encryption.
#pragma once

#include "checks/web/bundle.h"
#include "checks/web/htmlpage.h"

#include <QSet>

#include <functional>

namespace cockpit {

// What the page links to on its own site.
struct LinkedFiles
{
    std::vector<QByteArray> styles;
    std::vector<BundleFile> scripts;
    int missed = 0; // files that are there and were not read
};

// Each address once. The first ones are kept by name, the others are counted, up to a number that nobody counts.
class UrlList
{
public:
    void add(const QString &url);
    bool contains(const QString &url) const { return m_known.contains(url); }
    bool isEmpty() const { return m_known.isEmpty(); }
    qsizetype count() const { return m_known.size(); }
    const QStringList &first() const { return m_first; }

private:
    QStringList m_first;
    QSet<QString> m_known;
};

struct InsecureParts
{
    UrlList active;
    UrlList passive;
    UrlList forms;
    UrlList calls;  // addresses in the code of scripts: whether they are used is not known
    int unread = 0; // files that were not read to their end: too late, or too many addresses
};

// isOver: asked before each file. A page of megabytes is read in the time that its length takes.
InsecureParts insecurePartsOf(
    const HtmlPage &page, const LinkedFiles &linked, const QString &pageHost,
    const std::function<bool()> &isOver = [] { return false; });

} // namespace cockpit
