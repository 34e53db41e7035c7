#include "checks/access/crossinglook.h"
#include "checks/actors/recordid.h"
#include "checks/actors/routeaddress.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShortestWord = 4;

// A part of the marker: the whole in the answer is then more than what was asked for.
QString wordsFor(const Markers &markers)
{
    static const QRegularExpression word(u"[\\w]{4,}"_s, QRegularExpression::UseUnicodePropertiesOption);
    for (const Marker &marker : markers.all()) {
        if (marker.kind == MarkerKind::Canary)
            return marker.text.chopped(4);
        const auto first = word.match(marker.text);
        if (marker.kind == MarkerKind::Value && first.hasMatch() && first.capturedLength() >= kShortestWord &&
            first.capturedLength() < marker.text.size())
            return first.captured();
    }
    return {};
}

} // namespace

// By the name under which the route takes words: the one that finds the owner's own record.
std::optional<HttpResponse> CrossingLook::searchAsOwner(const Route &route, const QString &words,
                                                        ActiveRequest &request)
{
    const auto address = addressOf(m_look.target, route);
    if (!address)
        return std::nullopt;
    for (const QString &name : {u"q"_s, u"query"_s, u"search"_s, u"term"_s}) {
        request = requestOf(route, *address, {{name, words}});
        auto answer = ask(m_askers.owner, request);
        if (answer && isGoodAnswer(*answer, {}) && m_result.markers.areIn(*answer, sentBy(request)))
            return answer;
    }
    return std::nullopt;
}

void CrossingLook::search()
{
    const QString words = wordsFor(m_result.markers);
    for (const Route &route : m_routes.searches) {
        ActiveRequest request;
        const auto good = words.isEmpty() || isOver() ? std::nullopt : searchAsOwner(route, words, request);
        if (!good)
            continue;
        ResourceLook result{.name = routeName(route), .id = {}};
        result.list = good;
        cross({.way = CrossWay::Search,
               .request = request,
               .routeName = routeName(route),
               .isGuessed = route.isGuessed,
               .isOfList = true},
              result);
        m_result.resources.push_back(std::move(result));
    }
}

// GraphQL writes ids in its own way (base64 of "Invoice:17"): that of the test record is made after one that was seen.
QString CrossingLook::encodedForQuestions(const QString &resource) const
{
    const auto seen = std::ranges::find_if(
        m_known.ownersIds, [&](const FoundId &id) { return id.resource == resource && id.kind == IdKind::Encoded; });
    const Planted *planted = plantedFor(resource);
    if (!planted)
        return seen == m_known.ownersIds.end() ? QString() : seen->value;
    const auto encoded = seen == m_known.ownersIds.end() ? QString() : encodedLike(seen->value, planted->canary.id);
    return encoded.isEmpty() ? planted->canary.id : encoded;
}

void CrossingLook::question()
{
    ResourceLook result{.name = u"GraphQL"_s, .id = {}};
    for (const RouteSample &sample : m_routes.questions) {
        for (const ResourceRoutes &routes : m_routes.resources) {
            const QString id = encodedForQuestions(routes.name);
            const auto body = bodyWithIds(sample.body, {routes.name, id, {}, m_known.tenants});
            if (isOver() || !body)
                continue;
            const ActiveRequest request = requestOf(sample, *body, m_look.target);
            const auto good = ask(m_askers.owner, request);
            if (!good || !m_result.markers.areIn(*good, sentBy(request)))
                continue;
            result.id = id;
            result.list = good;
            cross({.way = CrossWay::GraphQl,
                   .request = request,
                   .routeName = sample.method + u' ' + sample.path,
                   .isOfList = true},
                  result);
            if (!result.crossed.empty())
                result.crossed.back().good = good;
            break;
        }
    }
    if (!result.crossed.empty())
        m_result.resources.push_back(std::move(result));
}

} // namespace cockpit
