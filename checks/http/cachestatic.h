// http.cache-static: static files may be kept by browsers and by the edge, so pages load fast.
// observed: url, status, headers{}, chain, "assets": [{"url","bytes","browser_seconds"|null,"immutable",
// "no_store","named_by_content","validator","packed","edge": {"vendor","state"}|null}], "bytes", "bytes_asked_again".
#pragma once

#include "checks/engine/check.h"
#include "checks/http/staticassets.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check cacheStaticCheck();
// chain: the walk to the page; assets: its files that came with status 200.
// unseen: files that the page loads and that could not be looked at.
Judged judgeCacheStatic(const RedirectChain &chain, const std::vector<StaticAsset> &assets, int unseen = 0);

} // namespace cockpit
