#include "checks/access/crossinglook.h"
#include "checks/access/nodeanswer.h"
#include "checks/access/nodequestion.h"
#include "checks/access/questionname.h"
#include "checks/actors/recordid.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

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
    for (const char16_t *name : kSearchNames) {
        request = requestOf(route, *address, {{QString::fromUtf16(name), words}});
        auto answer = ask(m_askers.owner, request);
        if (answer && isGoodAnswer(*answer, {}) && m_result.markers.areIn(*answer, sentBy(request)))
            return answer;
    }
    return std::nullopt;
}

void CrossingLook::search()
{
    const QString words = wordsFor(m_result.markers);
    QuestionGaps gaps;
    for (const Route &route : m_routes.searches) {
        ActiveRequest request;
        const auto good = words.isEmpty() || isOver() ? std::nullopt : searchAsOwner(route, words, request);
        if (!good) { // whom it finds others' records for cannot be told
            gaps.hides.push_back({.subject = routeName(route)});
            gaps.names.append(routeName(route));
            continue;
        }
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
    leaveOutQuestions(std::move(gaps));
}

// GraphQL writes ids in its own way (base64 of "Invoice:17"): that of the test record is made after one that was seen.
QString CrossingLook::encodedForQuestions(const QString &resource) const
{
    const auto isOfKind = [&](const FoundId &id) { return id.resource == resource; };
    const auto own = std::ranges::find_if(m_known.ownersInQuestions, isOfKind);
    const auto any = std::ranges::find_if(m_known.allInQuestions, isOfKind);
    const Planted *planted = plantedFor(resource);
    if (!planted)
        return own == m_known.ownersInQuestions.end() ? QString() : own->value;
    const QString encoded =
        any == m_known.allInQuestions.end() ? QString() : encodedLike(any->value, planted->canary.id);
    return encoded.isEmpty() ? planted->canary.id : encoded;
}

// With the ids of the first kind of record for which the owner's own texts come back.
CrossingLook::OwnersAnswer CrossingLook::questionAsOwner(const RouteSample &sample, ActiveRequest &request, QString &id)
{
    OwnersAnswer got;
    const std::span kinds(m_routes.resources);
    for (const ResourceRoutes &routes : kinds.first(std::min(kinds.size(), kMostResources))) {
        id = encodedForQuestions(routes.name);
        const auto body = bodyWithIds(sample.body, {routes.name, id, {}, m_known.tenants});
        if (!body && asksForIds(sample.body))
            continue;
        request = requestOf(sample, body ? *body : sample.body, m_look.target);
        auto good = ask(m_askers.owner, request);
        got.hasContent = got.hasContent || (good && isGoodAnswer(*good, {}));
        if (good && m_result.markers.areIn(*good, sentBy(request)))
            got.good = std::move(good);
        if (got.good || !asksForIds(sample.body))
            break; // without an id it is the same for every kind
    }
    return got;
}

// As the outsider and as nobody, measured by what the owner got.
void CrossingLook::crossQuestion(const RouteSample &sample, const ActiveRequest &request, const HttpResponse &good,
                                 ResourceLook &result)
{
    result.list = good;
    Crossing crossing{
        .way = CrossWay::GraphQl, .request = request, .routeName = questionName(sample), .isOfList = true};
    for (const bool asNobody : {false, true}) {
        crossing.asNobody = asNobody;
        const std::size_t before = result.crossed.size();
        cross(crossing, result);
        if (result.crossed.size() > before)
            result.crossed.back().good = good;
    }
}

// Nobody wrote the question down: the owner's own answer to it shows that the product knows it, for one kind of record
// or another.
void CrossingLook::questionNode(const RouteSample &place, ResourceLook &result, QuestionGaps &gaps)
{
    QStringList kinds;
    const QString name = place.method + u' ' + place.path.section(u'#', 0, 0) + u" node"_s;
    bool isTold = false;
    for (const FoundId &id : m_known.ownersInQuestions) {
        const auto sample = nodeQuestion(place, id, m_known.owners);
        if (!sample || kinds.contains(id.resource) || kinds.size() >= kMostNodeKinds)
            continue;
        kinds.append(id.resource);
        const QString planted = encodedForQuestions(id.resource);
        const QString wanted = planted.isEmpty() ? id.value : planted;
        const auto body = bodyWithIds(sample->body, {id.resource, wanted, {}, {}});
        const ActiveRequest request = requestOf(*sample, body ? *body : sample->body, m_look.target);
        const auto good = ask(m_askers.owner, request);
        isTold = isTold || tellsOfNode(good);
        if (!good || !m_result.markers.areIn(*good, sentBy(request)))
            continue;
        result.id = wanted;
        crossQuestion(*sample, request, *good, result);
        return; // one record is enough
    }
    if (!isTold)
        gaps.hides.push_back({.subject = name});
    if (!isTold && !kinds.isEmpty())
        gaps.names.append(name);
}

// What answers its owner without anything of its own ("{ plans }") has nothing to keep back today, like a list that all
// have in common: it is not named, and hides what an earlier look found by that question alone.
void CrossingLook::question()
{
    ResourceLook result{.name = u"GraphQL"_s, .id = {}};
    QuestionGaps gaps;
    for (const RouteSample &sample : m_routes.questions) {
        ActiveRequest request;
        const OwnersAnswer got = questionAsOwner(sample, request, result.id);
        if (got.good) {
            crossQuestion(sample, request, *got.good, result);
            continue;
        }
        gaps.hides.push_back({.subject = questionName(sample), .isExact = true});
        if (asksForIds(sample.body) || !got.hasContent)
            gaps.names.append(questionName(sample));
    }
    for (const RouteSample &place : placesWithoutNode(m_routes.questions))
        questionNode(place, result, gaps);
    leaveOutQuestions(std::move(gaps));
    if (!result.crossed.empty())
        m_result.resources.push_back(std::move(result));
}

// The one that the mutation speaks of ("updateInvoice"), else the first.
const CrossingLook::Planted *CrossingLook::plantedForMutation(const RouteSample &sample) const
{
    const auto isNamed = [&](const Planted &one) {
        return sample.body.toLower().contains(one.canary.resource.toLower().toUtf8());
    };
    const auto named = std::ranges::find_if(m_planted, isNamed);
    if (named != m_planted.end())
        return &*named;
    return m_planted.empty() ? nullptr : &m_planted.front();
}

// On a test record alone, as in writeBlindly(), and after all reading: it may be changed or gone then.
void CrossingLook::mutate()
{
    const auto asked = std::ranges::find(m_result.resources, u"GraphQL"_s, &ResourceLook::name);
    ResourceLook result{.name = u"GraphQL"_s, .id = {}};
    for (const RouteSample &sample : m_routes.mutations) {
        const Planted *planted = plantedForMutation(sample);
        if (isOver())
            break;
        if (!planted) {
            leaveOutMutation(sample, Text::tr("%1 was not tried as %2: there is no test record."));
            continue;
        }
        const QString &resource = planted->canary.resource;
        const auto aimed = bodyWithIds(sample.body, {resource, encodedForQuestions(resource), {}, {}});
        const QString text = newCanaryText();
        const auto body = aimed ? bodyWithText(*aimed, sample.contentType, text) : std::nullopt;
        if (!aimed || (!isRemoval(sample) && !body)) {
            leaveOutMutation(sample, Text::tr("%1 was not tried as %2: no test record can be named in it."));
            continue;
        }
        BlindWrite write{.request = requestOf(sample, body ? *body : *aimed, m_look.target),
                         .routeName = questionName(sample),
                         .answer = {}};
        write.removes = isRemoval(sample);
        if (isThereFor(write, *planted))
            finish(write, *planted, write.removes ? QString() : text, result);
        else if (!isOver())
            result.writes.push_back(std::move(write));
    }
    if (asked != m_result.resources.end())
        asked->writes = std::move(result.writes);
    else if (!result.writes.empty())
        m_result.resources.push_back(std::move(result));
}

} // namespace cockpit
