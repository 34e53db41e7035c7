#include "checks/access/minedroutes.h"

#include "checks/net/httpclient.h"
#include "checks/web/address.h"
#include "checks/web/bundle.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRoutes = 24; // beside the common ones

bool hasPages(HostRole role)
{
    switch (role) {
    case HostRole::Site:
    case HostRole::Www:
    case HostRole::App:
    case HostRole::Admin:
    case HostRole::Portal:
    case HostRole::Other:
        return true;
    case HostRole::Api:
    case HostRole::Auth: // its addresses are for strangers
    case HostRole::Mail:
        return false;
    }
    Q_UNREACHABLE();
}

QStringList pathsAt(const Look &look, const Host &host)
{
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(host)});
    if (!*walk || (*walk)->last.url.host() != host.name)
        return {};
    const auto bundle = collectBundle(look.seen, (*walk)->last);
    QStringList paths;
    if (!bundle)
        return paths;
    for (const BundleFile &file : bundle->files) {
        for (const QString &path : apiPathsNamedIn(file.code)) {
            if (isWorthAsking(path) && !paths.contains(path))
                paths << path;
        }
    }
    return paths;
}

} // namespace

bool isWorthAsking(const QString &path)
{
    static const QRegularExpression effect(
        u"log-?(?:in|out)|sign-?(?:in|out|up)|auth|session|register|delete|remove|reset|revoke|verify|confirm|"
        u"unsubscribe|send|create|update|import|upload|callback|webhook|hook|cron|trigger|run|health|status|ping|"
        u"version|public|config|csrf|trpc|graphql"_s,
        QRegularExpression::CaseInsensitiveOption);
    return !effect.match(path).hasMatch();
}

std::vector<Route> minedRoutes(const Look &look)
{
    std::vector<Route> routes;
    for (const Host &host : look.target.hosts) {
        if (!hasPages(host.role))
            continue;
        for (const QString &path : pathsAt(look, host)) {
            if (routes.size() == kMostRoutes)
                return routes;
            Route route;
            route.path = path;
            route.host = host.name;
            routes.push_back(route);
        }
    }
    return routes;
}

} // namespace cockpit
