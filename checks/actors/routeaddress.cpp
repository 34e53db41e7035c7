#include "checks/actors/routeaddress.h"

#include "checks/actors/wire.h"
#include "checks/web/address.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isHole(const QString &part)
{
    return part.startsWith(u'{') && part.endsWith(u'}');
}

QString withSlash(const QString &path)
{
    return path.isEmpty() || path.startsWith(u'/') ? path : u'/' + path;
}

// Operations of GraphQL share one address; their names stand behind a "#".
QString withoutOperation(const QString &path)
{
    return path.section(u'#', 0, 0);
}

// Whole and encoded: a "/" or "?" within an id must not become a part of the address.
QUrl urlOf(const Host &host, const QString &path)
{
    QUrl url = httpsAddress(host);
    url.setPath(path.section(u'?', 0, 0), QUrl::TolerantMode);
    if (path.contains(u'?'))
        url.setQuery(path.section(u'?', 1));
    return url;
}

} // namespace

QString toWord(NotTried value)
{
    switch (value) {
    case NotTried::Writes:
        return u"writes"_s;
    case NotTried::NoSeenId:
        return u"no_seen_id"_s;
    case NotTried::OtherHost:
        return u"other_host"_s;
    case NotTried::TooMany:
        return u"too_many"_s;
    }
    Q_UNREACHABLE();
}

const Host *hostFor(const Target &target, const Route &route)
{
    if (!route.host.isEmpty()) {
        const auto it = std::ranges::find(target.hosts, route.host, &Host::name);
        return it == target.hosts.end() ? nullptr : &*it;
    }
    if (const Host *api = apiHost(target))
        return api;
    return target.hosts.empty() ? nullptr : &target.hosts.front();
}

QString askablePath(const Route &route)
{
    return withSlash(withoutOperation(hasHoles(route.path) ? route.seen : route.path));
}

QString filledPath(const QString &pathTemplate, const QStringList &ids)
{
    QStringList parts = withSlash(withoutOperation(pathTemplate)).split(u'/');
    qsizetype next = 0;
    for (QString &part : parts) {
        if (!isHole(part))
            continue;
        if (next >= ids.size() || ids.at(next).isEmpty())
            return {};
        part = QString::fromLatin1(QUrl::toPercentEncoding(ids.at(next++)));
        // A part of dots would be taken out of the path (RFC 3986, 5.2.4).
        if (part == "."_L1 || part == ".."_L1)
            part.replace(u"."_s, u"%2E"_s);
    }
    const QString path = parts.join(u'/');
    return hasHoles(path) ? QString() : path;
}

QStringList seenIdsOf(const Route &route)
{
    const QStringList parts = withSlash(withoutOperation(route.path)).split(u'/');
    const QStringList seen = withSlash(route.seen).section(u'?', 0, 0).split(u'/');
    if (parts.size() != seen.size())
        return {};
    QStringList ids;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (isHole(parts.at(i)))
            ids.append(QUrl::fromPercentEncoding(seen.at(i).toUtf8()));
        else if (parts.at(i) != seen.at(i))
            return {};
    }
    return ids;
}

RouteAddress addressOf(const Target &target, const Route &route)
{
    const Host *host = hostFor(target, route);
    if (!host)
        return tl::unexpected(NotTried::OtherHost);
    const QString path = askablePath(route);
    if (path.isEmpty())
        return tl::unexpected(NotTried::NoSeenId);
    return urlOf(*host, path);
}

RouteAddress addressOf(const Target &target, const Route &route, const QStringList &ids)
{
    const Host *host = hostFor(target, route);
    if (!host)
        return tl::unexpected(NotTried::OtherHost);
    const QString path = filledPath(route.path, ids);
    if (path.isEmpty())
        return tl::unexpected(NotTried::NoSeenId);
    return urlOf(*host, path);
}

AskableRoutes askableReads(const Target &target, std::span<const Route> routes, size_t most)
{
    AskableRoutes askable;
    for (const Route &route : routes) {
        const RouteAddress address = addressOf(target, route);
        if (!onlyReads(route))
            askable.notTried.push_back({route, NotTried::Writes});
        else if (!address)
            askable.notTried.push_back({route, address.error()});
        else if (askable.routes.size() >= most)
            askable.notTried.push_back({route, NotTried::TooMany});
        else
            askable.routes.push_back({route, *address});
    }
    return askable;
}

bool maySafelyWrite(const Route &route)
{
    return route.safeToWrite && !onlyReads(route);
}

QString routeName(const Route &route)
{
    return route.method + u' ' + route.path;
}

ActiveRequest requestAt(const Route &route, const QUrl &url)
{
    ActiveRequest request;
    request.method = route.method.toLatin1();
    request.url = url;
    request.routeName = route.path;
    return request;
}

} // namespace cockpit
