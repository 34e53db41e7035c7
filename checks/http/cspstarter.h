// A Content-Security-Policy to start with, from what pages really load: to be sent as report-only first.
#pragma once

#include "checks/web/bundle.h"
#include "checks/web/htmlpage.h"

namespace cockpit {

struct LoadedPage
{
    HtmlPage html;
    QUrl url;
};

// pages: those of one host that were looked at; scripts: their files, whose calls need connect-src. Empty without a
// page.
QString starterPolicy(const std::vector<LoadedPage> &pages, const std::vector<BundleFile> &scripts = {});

} // namespace cockpit
