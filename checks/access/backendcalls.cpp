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

bool isMarkedService(const Route &route)
{
    return maySafelyWrite(route) && route.method == "POST"_L1 && route.path.startsWith(pathOf({})) &&
           !route.host.isEmpty();
}

} // namespace

RequestNeed needOfServices(const std::vector<Route> &routes)
{
    return {.account = u"access.unauthenticated"_s,
            .most = static_cast<int>(std::ranges::count_if(routes, isMarkedService))};
}

QStringList markedServices(const BackendFound &found, const std::vector<Route> &routes)
{
    QStringList marked;
    for (const QString &name : found.kind == BackendKind::Supabase ? found.services : QStringList()) {
        const bool isMarked = std::ranges::any_of(routes, [&](const Route &route) {
            return isMarkedService(route) && route.path == pathOf(name) && route.host == hostOf(found.origin);
        });
        if (isMarked)
            marked.append(name);
    }
    return marked;
}

void callMarkedServices(const Look &look, BackendLook &seen)
{
    QStringList marked = markedServices(seen.backend, look.facts.routes);
    const ActiveGate *gate = look.seen.active();
    if (marked.isEmpty() || !gate || !gate->covers(hostOf(seen.backend.origin)))
        return;
    // Of all services together no more than was said before the run.
    const RequestNeed need = needOfServices(look.facts.routes);
    const int mayCall = mayAnnounce(look, need) - gate->sentBy(need.account);
    marked = marked.first(std::clamp<qsizetype>(mayCall, 0, marked.size()));
    if (marked.isEmpty())
        return;
    Wire wire(look, need.account, static_cast<int>(marked.size()));
    for (const QString &name : wire.isReady() ? marked : QStringList()) {
        ActiveRequest request{.method = "POST", .url = QUrl(seen.backend.origin.toString() + pathOf(name))};
        request.headers = {{"apikey", seen.backend.key}, {"Content-Type", "application/json"}};
        request.body = "{}";
        request.routeName = pathOf(name);
        request.writes = true;
        BackendAsk ask{BackendPart::Service, name, HttpGet{.url = request.url, .method = "POST"}};
        const int sentBefore = wire.sent();
        if (auto answer = wire.send(request))
            ask.answer = std::move(*answer);
        if (wire.sent() == sentBefore) // stopped, or refused by the gate: it was not called
            return;
        seen.asks.push_back(std::move(ask));
    }
}

} // namespace cockpit
