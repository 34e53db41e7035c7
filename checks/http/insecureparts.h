// What a page, its styles and its scripts name by an address without encryption.
#pragma once

#include "checks/web/bundle.h"
#include "checks/web/htmlpage.h"

namespace cockpit {

// What the page links to on its own site.
struct LinkedFiles
{
    std::vector<QByteArray> styles;
    std::vector<BundleFile> scripts;
};

struct InsecureParts
{
    QStringList active;
    QStringList passive;
    QStringList forms;
    QStringList calls; // addresses in the code of scripts: whether they are used is not known
};

InsecureParts insecurePartsOf(const HtmlPage &page, const LinkedFiles &linked, const QString &pageHost);

} // namespace cockpit
