// http.redirect-map: old links reach the right page in few hops and without loops.
// observed: "total", "asked", "entries":
// [{"from","wanted","to"|null,"status","hops","state","reason"?,"chain"?,"seen"}]; from and wanted as the map has them,
// state a word of RedirectState, reason only where nothing could be seen, "seen" when it was asked for. Of a map that
// is longer than one run asks for, what an earlier look saw stays, without its chain.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/movement.h"

namespace cockpit {

// An old address that was asked for.
struct Replay
{
    RedirectEntry entry;
    QUrl from;
    QUrl wanted; // empty: any page will do
    Result<RedirectChain> walk;
    // It ends at what an address that nobody uses gets as well: whether the page is there cannot be told.
    bool isAnyPage = false;
    std::optional<SoftRedirect> soft = {}; // of the page at its end, where that is not the wanted one
};
// With its page read, which may take a while.
Replay replayOf(const RedirectEntry &entry, const QUrl &from, const QUrl &wanted, Result<RedirectChain> walk);

// What of a map one run asks for: politeness, and there is other work to do in it.
constexpr std::size_t kMostReplays = 200;

Check redirectMapCheck();
RedirectState judgeReplay(const Replay &replay);

// What is known of a map beside the replays of this run.
struct MapStanding
{
    std::size_t total = 0;               // addresses in the map
    std::vector<QJsonObject> known = {}; // entries of an earlier look, of addresses that this run did not ask for
    QDateTime at = {};                   // when this run looks
};
Judged judgeRedirectMap(const std::vector<Replay> &replays, const MapStanding &standing);

} // namespace cockpit
