#include "checks/actors/entrypoints.h"

#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "models/access/bodyfields.h"
#include "models/access/onetimecode.h"
#include "models/access/signinfields.h"
#include "models/routes/pathtemplate.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

std::optional<EntryPoint> pointOf(EntryKind kind, const Route &route, const Target &target, const ProjectFacts &facts)
{
    const auto address = addressOf(target, route);
    if (!address || hasHoles(route.path))
        return std::nullopt;
    EntryPoint point{.kind = kind, .route = route, .url = *address};
    if (route.method == "GET"_L1) {
        // A search without words searches nothing, and many refuse it.
        if (route.path.endsWith("search"_L1, Qt::CaseInsensitive) && !point.url.hasQuery())
            point.url.setQuery(u"q=test"_s);
        return point;
    }
    const RouteSample *sample = sampleFor(route.method, route.path, route.host, facts.samples);
    const bool needsSample = kind != EntryKind::Webhook && kind != EntryKind::Upload;
    if (!sample && needsSample)
        return std::nullopt;
    point.contentType = sample ? sample->contentType : QByteArray("application/json");
    point.body = sample ? bodyWithHoles(sample->contentType, sample->body) : QString();
    if (bodyKindOf(point.contentType, point.body.toUtf8()) == BodyKind::Form)
        point.formPage = formPageOf(target, route, facts.routes);
    return point;
}

} // namespace

QUrl formPageOf(const Target &target, const Route &route, const std::vector<Route> &routes)
{
    for (const Route &page : routes) {
        if (page.method == "GET"_L1 && page.path == route.path && page.host == route.host)
            return addressOf(target, page).value_or(QUrl());
    }
    return {};
}

QString bodyWithHoles(const QByteArray &contentType, const QByteArray &body, TokenHoles tokens)
{
    const auto token = tokens == TokenHoles::Made ? std::optional(u"{{token}}"_s) : std::nullopt;
    const auto hole = [&token](const QString &name, const QString &value) -> std::optional<QString> {
        if (value.contains("{{"_L1))
            return std::nullopt;
        switch (fieldRoleOf(name, value)) {
        case FieldRole::User:
            return u"{{user}}"_s;
        case FieldRole::Password:
            return u"{{password}}"_s;
        case FieldRole::Csrf:
            return u"{{csrf}}"_s;
        case FieldRole::Secret:
            return name.contains("password"_L1, Qt::CaseInsensitive) ? std::optional(u"{{password}}"_s) : token;
        default:
            return name.compare("token"_L1, Qt::CaseInsensitive) == 0 ? token : std::nullopt;
        }
    };
    return replacedFields(bodyKindOf(contentType, body), contentType, body, hole);
}

std::optional<EntryPoint> loginOf(const TestActor &actor)
{
    const SignIn &how = actor.signIn;
    if (how.kind != SignInKind::Form && how.kind != SignInKind::Json)
        return std::nullopt;
    EntryPoint point{.kind = EntryKind::Login, .route = {}, .url = QUrl(how.url)};
    point.route.method = how.method.isEmpty() ? u"POST"_s : how.method;
    point.route.path = point.url.path();
    point.route.host = hostOf(point.url);
    point.route.access = AccessClass::Public;
    point.contentType = how.contentType;
    if (point.contentType.isEmpty())
        point.contentType = how.kind == SignInKind::Json ? "application/json" : "application/x-www-form-urlencoded";
    point.body = bodyTemplateOf(how);
    point.headers = how.headers;
    const bool wantsPage = !how.csrfSource.isEmpty() || point.body.contains("{{csrf}}"_L1);
    if (wantsPage)
        point.formPage = QUrl(how.csrfSource.isEmpty() ? how.url : how.csrfSource);
    point.isOfAccount = true;
    return point;
}

std::vector<EntryPoint> entryPointsOf(const Target &target, const ProjectFacts &facts)
{
    std::vector<EntryPoint> points;
    for (const TestActor &actor : facts.actors) {
        if (auto login = loginOf(actor); login && points.empty())
            points.push_back(std::move(*login));
    }
    for (const Route &route : facts.routes) {
        const auto kind = entryKindOf(route);
        if (!kind || (*kind == EntryKind::Login && entryOf(EntryKind::Login, points)))
            continue;
        if (auto point = pointOf(*kind, route, target, facts))
            points.push_back(std::move(*point));
    }
    return points;
}

std::vector<EntryPoint> loginDoorsOf(const Target &target, const ProjectFacts &facts)
{
    std::vector<EntryPoint> doors;
    const auto add = [&](std::optional<EntryPoint> door) {
        const auto isSame = [&](const EntryPoint &one) {
            return one.url == door->url && one.route.method == door->route.method;
        };
        if (door && std::ranges::none_of(doors, isSame))
            doors.push_back(std::move(*door));
    };
    for (const TestActor &actor : facts.actors)
        add(loginOf(actor));
    for (const Route &route : facts.routes) {
        if (entryKindOf(route) == EntryKind::Login)
            add(pointOf(EntryKind::Login, route, target, facts));
    }
    return doors;
}

const EntryPoint *entryOf(EntryKind kind, const std::vector<EntryPoint> &entries)
{
    const auto it = std::ranges::find(entries, kind, &EntryPoint::kind);
    return it == entries.end() ? nullptr : &*it;
}

} // namespace cockpit
