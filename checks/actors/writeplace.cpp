#include "checks/actors/writeplace.h"

#include "checks/actors/routeaddress.h"
#include "models/access/bodyfields.h"
#include "models/routes/pathtemplate.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

#include <tl/expected.hpp>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WritePlace)
};

constexpr std::array kKinds{
    WordRow<WriteKind>{WriteKind::Create, "create"},
    WordRow<WriteKind>{WriteKind::Update, "update"},
    WordRow<WriteKind>{WriteKind::Settings, "settings"},
    WordRow<WriteKind>{WriteKind::Question, "question"},
};

constexpr std::array kObstacles{
    WordRow<WriteObstacle>{WriteObstacle::NoWayBack, "no_way_back"},
    WordRow<WriteObstacle>{WriteObstacle::NoBody, "no_body"},
    WordRow<WriteObstacle>{WriteObstacle::OtherBody, "other_body"},
    WordRow<WriteObstacle>{WriteObstacle::NoSeenId, "no_seen_id"},
};

bool takesBody(const Route &route)
{
    return route.method == "POST"_L1 || route.method == "PUT"_L1 || route.method == "PATCH"_L1;
}

// A POST whose last word says that it looks for something and keeps nothing.
bool isQuestion(const Route &route)
{
    static const QStringList words{u"lookup"_s,  u"search"_s, u"query"_s,     u"find"_s,    u"filter"_s,
                                   u"preview"_s, u"check"_s,  u"calculate"_s, u"estimate"_s};
    return route.method == "POST"_L1 && words.contains(route.path.section(u'/', -1).toLower());
}

// A POST beside a GET makes a record more often than it changes the one thing that is there.
bool isOfOneThing(const Route &route)
{
    static const QStringList words{u"account"_s, u"profile"_s,     u"me"_s,           u"settings"_s, u"setting"_s,
                                   u"company"_s, u"preferences"_s, u"organization"_s, u"workspace"_s};
    return route.method != "POST"_L1 || words.contains(route.path.section(u'/', -1).toLower());
}

const CanaryPlan *planMaking(const Route &route, const std::vector<CanaryPlan> &plans)
{
    const auto it = std::ranges::find_if(plans, [&](const CanaryPlan &plan) {
        return route.method == "POST"_L1 && plan.create.path == route.path && plan.create.host == route.host;
    });
    return it == plans.end() ? nullptr : &*it;
}

// The plan whose records stand at the route's address.
const CanaryPlan *planOf(const Route &route, const std::vector<CanaryPlan> &plans)
{
    const auto it = std::ranges::find_if(plans, [&](const CanaryPlan &plan) {
        return plan.remove.host == route.host && shapeOf(plan.remove.path) == shapeOf(route.path);
    });
    return it == plans.end() ? nullptr : &*it;
}

const Route *readOf(const Route &route, const std::vector<Route> &routes)
{
    const auto it = std::ranges::find_if(routes, [&](const Route &other) {
        return other.method == "GET"_L1 && other.host == route.host && shapeOf(other.path) == shapeOf(route.path);
    });
    return it == routes.end() ? nullptr : &*it;
}

// Which kind of place it is, with what takes it back; its body is added after.
tl::expected<WritePlace, WriteObstacle> placeOf(const Route &route, const std::vector<Route> &routes,
                                                const std::vector<CanaryPlan> &plans)
{
    WritePlace place;
    place.route = route;
    if (const CanaryPlan *plan = planMaking(route, plans)) {
        place.plan = *plan;
        return place;
    }
    if (const CanaryPlan *plan = hasHoles(route.path) ? planOf(route, plans) : nullptr) {
        place.kind = WriteKind::Update;
        place.plan = *plan;
        return place;
    }
    if (hasHoles(route.path) && seenIdsOf(route).isEmpty())
        return tl::unexpected(WriteObstacle::NoSeenId);
    if (isQuestion(route)) {
        place.kind = WriteKind::Question;
        return place;
    }
    const Route *read = hasHoles(route.path) || !isOfOneThing(route) ? nullptr : readOf(route, routes);
    if (!read)
        return tl::unexpected(WriteObstacle::NoWayBack);
    place.kind = WriteKind::Settings;
    place.read = *read;
    return place;
}

bool isOfKind(const QByteArray &contentType, const QByteArray &body)
{
    const BodyKind kind = bodyKindOf(contentType, body);
    return kind == BodyKind::Form || (kind == BodyKind::Json && QJsonDocument::fromJson(body).isObject());
}

std::optional<WriteObstacle> addBody(WritePlace &place, const std::vector<RouteSample> &samples)
{
    const RouteSample *sample = sampleFor(place.route.method, place.route.path, place.route.host, samples);
    if (sample) {
        place.contentType = sample->contentType;
        place.body = sample->body;
        place.schema = QJsonDocument::fromJson(sample->schemaJson.toUtf8()).object();
    }
    if (place.body.isEmpty() && place.plan) { // what makes a record has most of the fields that change it
        place.contentType = place.plan->contentType;
        place.body = place.plan->body;
    }
    if (place.body.isEmpty())
        return WriteObstacle::NoBody;
    if (!isOfKind(place.contentType, place.body))
        return WriteObstacle::OtherBody;
    if (place.contentType.isEmpty())
        place.contentType = "application/json";
    return std::nullopt;
}

} // namespace

QString toWord(WriteKind value)
{
    return wordOf(kKinds, value);
}

QString toWord(WriteObstacle value)
{
    return wordOf(kObstacles, value);
}

QString describe(WriteObstacle value, const Route &route)
{
    const QString name = routeName(route);
    switch (value) {
    case WriteObstacle::NoWayBack:
        return Text::tr("%1: nothing takes back what it makes. Mark the route that removes it as safe to write.")
            .arg(name);
    case WriteObstacle::NoBody:
        return Text::tr("%1: no example of its body is known. Import OpenAPI or HAR.").arg(name);
    case WriteObstacle::OtherBody:
        return Text::tr("%1: its body is neither a JSON object nor a form.").arg(name);
    case WriteObstacle::NoSeenId:
        return Text::tr("%1: no address of it was seen in use.").arg(name);
    }
    Q_UNREACHABLE();
}

bool takesFiles(const Route &route, const std::vector<RouteSample> &samples)
{
    static const QRegularExpression named(u"/(?:uploads?|files?|attachments?|images?|photos?|pictures?|avatar|media|"
                                          u"documents?|import|logo)/?$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    if (!takesBody(route))
        return false;
    const RouteSample *sample = sampleFor(route.method, route.path, route.host, samples);
    return sample ? sample->contentType.startsWith("multipart/form-data") : named.match(route.path).hasMatch();
}

WritePlaces writePlaces(const std::vector<Route> &routes, const std::vector<RouteSample> &samples)
{
    WritePlaces found;
    const std::vector<CanaryPlan> plans = canaryPlans(routes, samples);
    for (const Route &route : routes) {
        if (!takesBody(route) || !maySafelyWrite(route) || route.path.contains(u'#') || takesFiles(route, samples))
            continue;
        auto place = placeOf(route, routes, plans);
        if (!place) {
            found.notTried.push_back({route, place.error()});
            continue;
        }
        if (const auto obstacle = addBody(*place, samples))
            found.notTried.push_back({route, *obstacle});
        else
            found.places.push_back(std::move(*place));
    }
    return found;
}

} // namespace cockpit
