#include "checks/abuse/slowplace.h"

#include "checks/actors/routeaddress.h"

namespace cockpit {

using namespace Qt::StringLiterals;

std::optional<SlowPlace> slowPlaceOf(const Outlook &look, const std::function<bool(const QUrl &)> &isCovered)
{
    std::optional<SlowPlace> found;
    for (const Route &route : look.facts.routes) {
        const auto address = addressOf(look.target, route);
        if (!maySafelyWrite(route) || route.method == "DELETE"_L1 || !address)
            continue;
        const bool isPlain = !route.path.contains(u'{');
        if (found && !isPlain)
            continue;
        found = SlowPlace{routeName(route), requestAt(route, *address), true};
        if (isPlain)
            return found;
    }
    if (found)
        return found;
    for (const TestActor &actor : look.facts.actors) {
        const QUrl url(actor.signIn.url);
        const bool isLogin = actor.signIn.kind == SignInKind::Form || actor.signIn.kind == SignInKind::Json;
        if (isLogin && url.isValid() && (!isCovered || isCovered(url)))
            return SlowPlace{u"POST "_s + url.path(), ActiveRequest{.method = "POST", .url = url}};
    }
    return std::nullopt;
}

} // namespace cockpit
