#include "checks/actors/entrypoints.h"

#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "models/access/bodyfields.h"
#include "models/access/onetimecode.h"
#include "models/access/signinfields.h"
#include "models/routes/pathtemplate.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct KindByWords
{
    EntryKind kind;
    const char *method;
    const char *words; // of the path, in lower case
};

// In this order: "/invitations/accept" is none that invites, "/password/reset" with a token none that asks for one.
constexpr std::array kKinds{
    KindByWords{EntryKind::AcceptInvite, "POST",
                "invit\\w*/(?:[^/]+/)?(?:accept|confirm|redeem|join)|accept-?invit\\w*|join/invit\\w*"},
    KindByWords{
        EntryKind::Forgot, "POST",
        "forgot\\w*|(?:password|reset)[/_-](?:forgot|request|email|link|send)|(?:request|send)[/_-]?(?:password[/_-]?)?"
        "reset|recover(?:y)?$|lost-?password"},
    KindByWords{EntryKind::MagicLink, "POST",
                "magic-?_?links?(?:/send)?$|passwordless(?:/(?:start|send|login|email))?$|auth/v1/otp$|"
                "(?:log-?in|sign-?in)[/_-](?:link|email)$|(?:otp|code)s?/(?:send|request)$|"
                "(?:send|request)[/_-](?:otp|code|login-?link)$"},
    KindByWords{EntryKind::Discovery, "POST",
                "sso[/_-](?:discover\\w*|lookup|domain)$|home-?realm\\w*$|"
                "(?:check|lookup|identify)[/_-](?:e?mail|user|account|login)$|"
                "(?:e?mail|user|account)s?[/_-](?:check|exists|lookup|available)$|"
                "log-?in[/_-](?:identif\\w*|discover\\w*|check)$"},
    KindByWords{EntryKind::ResetPassword, "POST",
                "(?:password[/_-])?reset(?:[/_-]password)?(?:/confirm)?$|(?:new|set)-password"},
    KindByWords{EntryKind::Invite, "POST", "invit\\w*$|invite[/_-](?:user|member|send)s?$"},
    KindByWords{EntryKind::SignUp, "POST", "sign-?_?up$|register$|registration$|users/new$|create-account$"},
    KindByWords{EntryKind::Login, "POST", "log-?_?in$|sign-?_?in$|sessions?$|auth/token$|authenticate$"},
    KindByWords{
        EntryKind::OnceOnly, "POST",
        "redeem$|coupons?/(?:[^/]+/)?(?:apply|use)$|vouchers?/(?:[^/]+/)?(?:apply|use)$|vote$|claim$|withdraw\\w*$|"
        "gift-?cards?/(?:[^/]+/)?(?:apply|use)$"},
    KindByWords{EntryKind::Webhook, "POST", "web-?hooks?(?:/|$)"},
    KindByWords{EntryKind::Chat, "POST", "chat(?:/|$)|completions?$|assistant(?:/|$)|generate$|prompt$|ask$"},
    KindByWords{EntryKind::Upload, "POST", "uploads?$|attachments?$|files?$"},
    KindByWords{EntryKind::Heavy, "GET",
                "(?:export|report|backup)s?(?:\\.\\w+)?$|export\\.\\w+$|search$|statistics$|analytics$"},
};

bool hasWords(const QString &path, const char *words)
{
    const QRegularExpression pattern(u"(?:^|[/_.-])(?:"_s + QString::fromLatin1(words) + u")"_s,
                                     QRegularExpression::CaseInsensitiveOption);
    return pattern.match(path).hasMatch();
}

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

QString toWord(EntryKind value)
{
    switch (value) {
    case EntryKind::Login:
        return u"login"_s;
    case EntryKind::SignUp:
        return u"sign_up"_s;
    case EntryKind::Forgot:
        return u"forgot"_s;
    case EntryKind::MagicLink:
        return u"magic_link"_s;
    case EntryKind::Discovery:
        return u"discovery"_s;
    case EntryKind::Lookup:
        return u"lookup"_s;
    case EntryKind::ResetPassword:
        return u"reset_password"_s;
    case EntryKind::Invite:
        return u"invite"_s;
    case EntryKind::AcceptInvite:
        return u"accept_invite"_s;
    case EntryKind::OnceOnly:
        return u"once_only"_s;
    case EntryKind::Webhook:
        return u"webhook"_s;
    case EntryKind::Chat:
        return u"chat"_s;
    case EntryKind::Upload:
        return u"upload"_s;
    case EntryKind::Heavy:
        return u"heavy"_s;
    }
    Q_UNREACHABLE();
}

std::optional<EntryKind> entryKindOf(const Route &route)
{
    const auto it = std::ranges::find_if(kKinds, [&](const KindByWords &one) {
        return route.method == QLatin1StringView(one.method) && hasWords(route.path, one.words);
    });
    return it == kKinds.end() ? std::nullopt : std::optional(it->kind);
}

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
