// The shop with a WebSocket beside its API, and the project that knows what a page says there.
#pragma once

#include "app/practice/shop/livesocket.h"
#include "checks/access/tenantisolation.h"
#include "models/access/routesample.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>

namespace cockpit::test {

inline QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(
               QJsonDocument(judged.observed["subscriptions"_L1].toArray()).toJson(QJsonDocument::Compact));
}

// Made and not removed again.
inline bool leavesRecords(ShopApi &shop)
{
    int made = 0;
    int removed = 0;
    for (const JournalLine &line : shop.journal().lines()) {
        made += line.method == "POST" && line.status == 201 ? 1 : 0;
        removed += line.method == "DELETE" && line.status == 204 ? 1 : 0;
    }
    return made == 0 || made != removed;
}

// A project that knows a WebSocket and what its page says there.
template<typename Scene>
void addSocket(Scene &scene, const QString &path, const QByteArray &messages)
{
    Route socket;
    socket.path = path;
    socket.host = scene.host;
    scene.facts.routes.push_back(socket);
    if (!messages.isEmpty())
        scene.facts.samples.push_back({u"GET"_s, path, scene.host, kSocketMessages, messages, {}});
}

// Whose leave is asked for a record: the visitor's; where the product leaks, anybody's.
inline QByteArrayList callersFor(BentShop &shop, const QByteArray &authorization, bool leaks)
{
    QByteArrayList callers{authorization};
    for (const QString &tenant : leaks ? QStringList{kBirch, kCedar} : QStringList())
        callers.append("Bearer " + shop.shop().tokenWith(shop.shop().account(tenant, u"admin"_s)));
    return callers;
}

inline QByteArray recordFor(BentShop &shop, const QByteArray &id, const QByteArrayList &callers)
{
    for (const QByteArray &caller : callers) {
        const PageReply reply = shop.shop().answer({.method = "GET",
                                                    .target = "/api/customers/" + id,
                                                    .authority = shop.shop().apiHost(),
                                                    .headers = {{"authorization", caller}}});
        if (reply.status == 200)
            return reply.body;
    }
    return {};
}

} // namespace cockpit::test
