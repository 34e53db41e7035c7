// The shop that keeps fields to itself, and a look of access.mass-assignment at it.
#pragma once

#include "tests/checks/access/accesslab.h"

#include <functional>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

// What the product keeps to itself at the addresses that `isHidden` names.
inline Liar hiding(ShopApi &shop, const QStringList &names, const std::function<bool(const PageRequest &)> &isHidden)
{
    return [&shop, names, isHidden](const PageRequest &request) -> std::optional<PageReply> {
        if (!isHidden(request))
            return std::nullopt;
        PageReply reply = shop.answer(request);
        QJsonObject object = QJsonDocument::fromJson(reply.body).object();
        for (const QString &name : names)
            object.remove(name);
        if (!object.isEmpty())
            reply.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
        return reply;
    };
}

inline bool isOwnAccountPage(const PageRequest &request)
{
    return request.path() == "/api/me";
}

// One invoice, or what is said to whoever writes one.
inline bool isOneInvoice(const PageRequest &request)
{
    return request.path().startsWith("/api/invoices/") ||
           (request.path() == "/api/invoices" && request.method != "GET");
}

inline Route routeOf(const QString &method, const QString &path, AccessClass access = AccessClass::SignedIn)
{
    Route route;
    route.method = method;
    route.path = path;
    route.access = access;
    return route;
}

// Accounts of one customer, so that who asks is known.
inline ShopRun runOn(const FaultSet<ShopFault> &faults, const QStringList &routes)
{
    ShopRun run(faults, 500);
    run.keepRoutes(routes);
    std::erase_if(run.facts.actors, [](const TestActor &actor) { return actor.tenant != kBirch || actor.isThrowAway; });
    return run;
}

} // namespace cockpit::lab
