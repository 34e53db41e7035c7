#include "checks/access/minedroutes.h"

#include "checks/web/routeinventory.h"
#include "models/routes/routelist.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

bool isWorthAsking(const QString &path)
{
    static const QRegularExpression effect(
        u"log-?(?:in|out)|sign-?(?:in|out|up)|auth|session|register|delete|remove|reset|revoke|verify|confirm|"
        u"unsubscribe|send|create|update|import|upload|callback|webhook|hook|cron|trigger|run|health|status|ping|"
        u"version|public|config|csrf|trpc|graphql"_s,
        QRegularExpression::CaseInsensitiveOption);
    return !effect.match(path).hasMatch();
}

std::vector<Route> minedRoutes(const Look &look, const std::vector<Route> &listed)
{
    const QString usual = usualHostOf(look.target);
    const std::vector<Route> all = mergedRoutes(listed, routeInventory(look).routes, usual);
    std::vector<Route> mined;
    for (size_t i = listed.size(); i < all.size(); ++i) {
        if (onlyReads(all[i]) && all[i].access != AccessClass::Public && isWorthAsking(all[i].path))
            mined.push_back(all[i]);
    }
    return mined;
}

} // namespace cockpit
