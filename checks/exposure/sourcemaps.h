// exposure.source-maps: the readable source of the app is not served by mistake.
// observed: url, status, headers, chain, "scripts": how many were read, "maps": [{"url","sources","own_sources",
// "secrets","named"}], "skipped".
#pragma once

#include "checks/engine/check.h"
#include "checks/exposure/webkeys.h"
#include "checks/web/bundle.h"

#include <functional>

namespace cockpit {

// What stands in one map.
struct SourceMapContent
{
    int sources = 0;      // files whose text is in it
    int ownSources = 0;   // of these, not from packages that everybody can download
    QStringList examples; // names of a few own ones
};
// Of a map that may be cut off: counts what is there.
SourceMapContent readSourceMap(const QByteArray &json);

Check sourceMapsCheck();
// What was not searched, because time was over, counts as skipped.
Judged judgeSourceMaps(const Bundle &bundle, WebKeys &keys, const RedirectChain &chain);

} // namespace cockpit
