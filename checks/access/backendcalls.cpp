#include "checks/access/backendcalls.h"

#include "checks/actors/routeaddress.h"
#include "checks/actors/wire.h"
#include "checks/net/urlhost.h"
#include "models/routes/routelist.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString pathOf(const QString &name)
{
    return u"/functions/v1/"_s + name;
}

} // namespace

QStringList markedServices(const BackendFound &found, const std::vector<Route> &routes)
{
    QStringList marked;
    for (const QString &name : found.kind == BackendKind::Supabase ? found.services : QStringList()) {
        const bool isMarked = std::ranges::any_of(routes, [&](const Route &route) {
            return maySafelyWrite(route) && route.method == "POST"_L1 && route.path == pathOf(name) &&
                   route.host == hostOf(found.origin);
        });
        if (isMarked)
            marked.append(name);
    }
    return marked;
}

void callMarkedServices(const Look &look, BackendLook &seen)
{
    const QStringList marked = markedServices(seen.backend, look.facts.routes);
    const ActiveGate *gate = look.seen.active();
    if (marked.isEmpty() || !gate || !gate->covers(hostOf(seen.backend.origin)))
        return;
    Wire wire(look, u"access.unauthenticated"_s, static_cast<int>(marked.size()));
    for (const QString &name : wire.isReady() ? marked : QStringList()) {
        ActiveRequest request{.method = "POST", .url = QUrl(seen.backend.origin.toString() + pathOf(name))};
        request.headers = {{"apikey", seen.backend.key}, {"Content-Type", "application/json"}};
        request.body = "{}";
        request.routeName = pathOf(name);
        request.writes = true;
        BackendAsk ask{BackendPart::Service, name, HttpGet{.url = request.url, .method = "POST"}};
        if (auto answer = wire.send(request))
            ask.answer = std::move(*answer);
        seen.asks.push_back(std::move(ask));
    }
}

} // namespace cockpit
