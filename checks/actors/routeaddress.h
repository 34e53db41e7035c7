// From a route of the list to an address that can be asked. Nothing is invented: a template is filled in with ids that
// were seen in use, or that the caller gives.
#pragma once

#include "models/projectstate.h"

#include <QStringList>
#include <QUrl>

#include <tl/expected.hpp>

#include <span>
#include <vector>

namespace cockpit {

struct ActiveRequest;

// Why a route was not asked for.
enum class NotTried { Writes, NoSeenId, OtherHost, TooMany };
QString toWord(NotTried value);

struct UntriedRoute
{
    Route route;
    NotTried why = NotTried::Writes;
};

// Where the route lives: its own host, else the API's, else the first. Null for a host that the target does not have.
// Belongs to target.
const Host *hostFor(const Target &target, const Route &route);

// The path to ask for, beginning with a slash; empty for a template that nobody has seen filled in.
QString askablePath(const Route &route);

// The template with its holes filled from left to right, each id percent-encoded so that it stays one part of the path
// (RFC 3986, 3.3). Empty when there are more holes than ids; ids left over are not used.
QString filledPath(const QString &pathTemplate, const QStringList &ids);

// The ids with which the route was seen, in the order of its holes; empty when none was, or when the seen path does not
// fit the template.
QStringList seenIdsOf(const Route &route);

// The whole address. OtherHost or NoSeenId on failure; whether the route writes is not looked at here.
using RouteAddress = tl::expected<QUrl, NotTried>;
RouteAddress addressOf(const Target &target, const Route &route);
RouteAddress addressOf(const Target &target, const Route &route, const QStringList &ids);

struct AskableRoute
{
    Route route;
    QUrl url;
};

struct AskableRoutes
{
    std::vector<AskableRoute> routes; // in the project's order
    std::vector<UntriedRoute> notTried;
};

// The reads that can be asked for, at most `most`; each other route with the reason.
AskableRoutes askableReads(const Target &target, std::span<const Route> routes, size_t most);

// A route that writes and that the person has marked as safe for it.
bool maySafelyWrite(const Route &route);

// "GET /invoices/{id}": how a route is named in findings and in the log of requests.
QString routeName(const Route &route);

// The route as it is meant to be asked for: with its own method, at that address, under its path in the log, with no
// body and no headers. Whoever calls includes checks/actors/wire.h, and says itself when the request may change data.
ActiveRequest requestAt(const Route &route, const QUrl &url);

} // namespace cockpit
