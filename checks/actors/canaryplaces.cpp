#include "checks/actors/canaryplaces.h"

#include "checks/actors/routeaddress.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

QString itemPath(const CanaryPlan &plan)
{
    static const QRegularExpression verb(u"/(?:delete|remove|destroy)$"_s);
    return plan.read ? plan.read->path : QString(plan.remove.path).remove(verb);
}

QUrl recordAddress(const std::optional<Route> &route, const CanaryPlan &plan, const Target &target, const QString &id)
{
    if (!route || id.isEmpty())
        return {};
    // The ids of what the route's records belong to (/projects/{id}/notes), then the record's own.
    const RouteAddress address = addressOf(target, *route, seenIdsOf(plan.create) + QStringList{id});
    return address ? *address : QUrl();
}

QUrl listAddress(const CanaryPlan &plan, const Target &target)
{
    if (!plan.list)
        return {};
    const QStringList ids = seenIdsOf(plan.create);
    const RouteAddress address = ids.isEmpty() ? addressOf(target, *plan.list) : addressOf(target, *plan.list, ids);
    return address ? *address : QUrl();
}

} // namespace cockpit
