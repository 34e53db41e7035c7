#include "checks/access/widerviews.h"

#include "checks/actors/answertext.h"
#include "checks/actors/listend.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/writeanswer.h"
#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"
#include "models/routes/pathtemplate.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isPlainRead(const Route &route)
{
    return route.method == "GET"_L1 && !hasHoles(route.path) && !route.path.contains(u'#') && !route.isGuessed;
}

QString lastWord(const QString &path)
{
    return path.section(u'/', -1).toLower();
}

// What administrators read that is called like the list: "/api/admin/invoices" of "/api/invoices".
std::vector<Route> administratorsLists(const Route &create, const std::vector<Route> &routes)
{
    std::vector<Route> lists;
    std::ranges::copy_if(routes, std::back_inserter(lists), [&](const Route &route) {
        return isPlainRead(route) && route.access == AccessClass::Admin &&
               lastWord(route.path) == lastWord(create.path);
    });
    return lists;
}

std::vector<Route> listsOfPeople(const std::vector<Route> &routes)
{
    static const QStringList words{u"users"_s,     u"members"_s, u"accounts"_s, u"people"_s, u"team"_s,
                                   u"employees"_s, u"staff"_s,   u"profiles"_s, u"seats"_s};
    std::vector<Route> lists;
    std::ranges::copy_if(routes, std::back_inserter(lists), [](const Route &route) {
        return isPlainRead(route) && route.access != AccessClass::Public && words.contains(lastWord(route.path));
    });
    std::stable_partition(lists.begin(), lists.end(),
                          [](const Route &route) { return route.access == AccessClass::Admin; });
    return lists;
}

struct WiderRoutes
{
    std::vector<Route> ofHand, ofAdmin;
};

WiderRoutes widerRoutes(const WritePlace &place, const std::vector<Route> &routes)
{
    WiderRoutes found;
    if (place.kind == WriteKind::Settings) {
        found.ofAdmin = listsOfPeople(routes);
    } else if (place.plan) {
        if (place.plan->read && place.plan->list)
            found.ofHand.push_back(*place.plan->list);
        found.ofAdmin = administratorsLists(place.plan->create, routes);
    }
    return found;
}

// By our text where there is one: numbers are those of other things, too.
Result<std::optional<HttpResponse>> recordFrom(const Result<HttpResponse> &answer, const WiderView &view)
{
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (!isSuccess(*answer) || (!view.text.isEmpty() && !AnswerText::of(*answer).holds(view.text)))
        return std::nullopt;
    return recordInList(*answer, view.text.isEmpty() ? view.id : QString(), view.text);
}

// Of a list that is not there no record can be (RFC 9110 sections 15.5.5 and 15.5.11).
bool mayHaveMore(const HttpResponse &answer)
{
    const bool isGone = answer.status == 404 || answer.status == 410;
    return !isGone && (!isSuccess(answer) || obstacleIn(answer) || mayGoOn(answer));
}

} // namespace

WiderViews widerViews(const WriteTrial &trial, const Target &target, const std::vector<Route> &routes,
                      const WiderReaders &readers)
{
    const WritePlace &place = trial.place();
    const bool isAccount = place.kind == WriteKind::Settings;
    const QString text = isAccount ? readers.hand.actor().userName : trial.text();
    WiderViews found;
    if (trial.recordId().isEmpty() && text.isEmpty()) // nothing tells which one it is
        return found;
    const auto add = [&](const std::vector<Route> &some, ActorSession *session) {
        for (const Route &route : some) {
            const RouteAddress address =
                place.plan ? addressOf(target, route, seenIdsOf(place.plan->create)) : addressOf(target, route);
            if (!address || !session)
                continue;
            if (found.views.size() < kMostWiderViews)
                found.views.push_back({session, requestAt(route, *address), trial.recordId(), text});
            else
                found.left.append(route.path);
        }
    };
    const WiderRoutes wider = widerRoutes(place, routes);
    add(wider.ofHand, &readers.hand);
    add(wider.ofAdmin, readers.admin);
    return found;
}

std::size_t widerViewsAtMost(const WritePlace &place, const std::vector<Route> &routes)
{
    const WiderRoutes wider = widerRoutes(place, routes);
    return std::min(kMostWiderViews, wider.ofHand.size() + wider.ofAdmin.size());
}

Result<std::optional<HttpResponse>> readWider(const WiderView &view)
{
    bool mayStandThere = false;
    return readWider(view, mayStandThere);
}

Result<std::optional<HttpResponse>> readWider(const WiderView &view, bool &mayStandThere)
{
    const auto answer = view.session->ask(view.request);
    auto record = recordFrom(answer, view);
    mayStandThere = answer && record && !*record && mayHaveMore(*answer);
    return record;
}

Result<std::optional<HttpResponse>> readWiderForUndo(const WiderView &view, Deadline deadline)
{
    ActiveRequest request = view.request;
    request.errand = ActiveErrand::Undo;
    request.timeoutMs = std::max(1, static_cast<int>(deadline.remaining().count()));
    return recordFrom(view.session->ask(request), view);
}

} // namespace cockpit
