// http.redirect-map: old links reach the right page in few hops and without loops.
// observed: "total", "asked", "entries": [{"from","wanted","to"|null,"status","hops","state","reason"?,"chain"}]; from
// and wanted as the map has them, state a word of RedirectState, reason only where nothing could be seen.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// An old address that was asked for.
struct Replay
{
    RedirectEntry entry;
    QUrl from;
    QUrl wanted; // empty: any page will do
    Result<RedirectChain> walk;
};

// What of a map one run asks for: politeness, and there is other work to do in it.
constexpr std::size_t kMostReplays = 200;

Check redirectMapCheck();
RedirectState judgeReplay(const Replay &replay);
// replays: what was asked for, in the order of the map; total: how many addresses the map has.
Judged judgeRedirectMap(const std::vector<Replay> &replays, std::size_t total);

} // namespace cockpit
