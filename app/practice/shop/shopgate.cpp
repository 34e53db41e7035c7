#include "app/practice/shop/shopgate.h"

#include "app/practice/shop/strictjson.h"

#include <QJsonDocument>

#include <algorithm>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

constexpr qsizetype kMostBody = 256LL * 1024;
constexpr size_t kBurst = 12;       // requests in kBurstTime
constexpr qint64 kBurstTime = 2000; // ms

QByteArray tokenOf(const PageRequest &request)
{
    const QByteArray field = request.header("authorization");
    if (field.toLower().startsWith("bearer "))
        return field.mid(7).trimmed();
    return cookieOf(request, kShopCookie);
}

bool isInside(const ShopState &shop, const PageRequest &request)
{
    if (shop.has(InternalAddressTrusted)) {
        for (const char *name : {"x-forwarded-for", "x-real-ip", "true-client-ip", "client-ip"}) {
            if (request.header(name).startsWith("127.") || request.header(name) == "::1")
                return true;
        }
    }
    return (shop.has(MiddlewareHeaderTrusted) && !request.header("x-middleware-subrequest").isEmpty()) ||
           (shop.has(SubdomainOpen) && request.host() == shop.host("beta"));
}

bool isForm(const PageRequest &request)
{
    return request.header("content-type").toLower().startsWith("application/x-www-form-urlencoded");
}

bool isOpenByFault(const Call &call, const ShopRoute &route)
{
    return (call.has(ContentTypeBypass) && route.readsJson() && isForm(call.request)) ||
           (call.has(AdminRouteOpen) && route.access == Access::Admin && route.method == "GET") ||
           (call.has(SignedInRouteOpen) && route.path == "/api/customers" && route.method == "GET") ||
           (call.has(FileOpen) && route.path.startsWith("/files/"));
}

PageReply signInFirst()
{
    PageReply reply = errorReply(401, "sign_in_first");
    reply.add("WWW-Authenticate", "Bearer realm=\"harbor-ledger\"");
    return reply;
}

PageReply otherMethod(const QByteArrayList &methods)
{
    PageReply reply = errorReply(405, "method_not_allowed");
    reply.add("Allow", methods.join(", "));
    return reply;
}

// Past the rules, the routes behind serve whoever comes: as an admin of their tenant, or of all when there is no
// session.
void letPast(Caller &caller)
{
    caller.seesAll = !caller.isSignedIn();
    caller.role = u"admin"_s;
}

bool bursts(Call &call)
{
    auto &recent = call.store().recentRequests;
    const QDateTime now = call.shop.clock.now();
    std::erase_if(recent, [&](const QDateTime &time) { return time.msecsTo(now) > kBurstTime; });
    recent.push_back(now);
    return recent.size() > kBurst;
}

// The tenant that a switch in the request names; the caller's own without one.
std::optional<PageReply> refuseTenant(Call &call)
{
    const QByteArray wanted = call.request.header("x-tenant-id");
    if (wanted.isEmpty() || !call.caller.isSignedIn() || wanted.toInt() == call.caller.tenant)
        return {};
    if (!call.has(CrossHeader))
        return errorReply(403, "other_tenant");
    call.caller.tenant = wanted.toInt();
    return {};
}

std::optional<QJsonObject> readBody(const Call &call)
{
    if (auto object = strictObject(call.request.body))
        return object;
    // Careless readers take names twice and strange letters as they come.
    if (call.has(WrongTypesAccepted) || call.has(ExtraFieldsAccepted)) {
        const QJsonDocument document = QJsonDocument::fromJson(call.request.body);
        if (document.isObject())
            return document.object();
    }
    if (!call.has(WrongContentTypeAccepted) && !call.has(ContentTypeBypass))
        return {};
    QJsonObject object;
    const auto items = QUrlQuery(QString::fromUtf8(call.request.body)).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        object.insert(name, value);
    return object.isEmpty() ? std::nullopt : std::optional(object);
}

QStringList allowedByFault(const Call &call, const ShopRoute &route)
{
    QStringList allowed;
    for (const QString &entry : route.tooByFault) {
        const auto all = allShopFaults();
        const auto line = std::find_if(all.begin(), all.end(), [&](const FaultLine<ShopFault> &fault) {
            return entry.section(u':', 1) == QLatin1StringView(fault.name);
        });
        if (line != all.end() && call.has(line->fault))
            allowed.append(entry.section(u':', 0, 0));
    }
    return allowed;
}

bool hasQuote(const QJsonObject &body)
{
    return std::any_of(body.begin(), body.end(),
                       [](const QJsonValue &value) { return value.toString().contains(u'\''); });
}

} // namespace

QByteArray cookieOf(const PageRequest &request, const QByteArray &name)
{
    for (const QByteArray &part : request.header("cookie").split(';')) {
        if (part.trimmed().startsWith(name + "="))
            return part.trimmed().mid(name.size() + 1);
    }
    return {};
}

Caller callerOf(ShopState &shop, const PageRequest &request)
{
    const TokenRules rules = shop.tokenRules();
    const auto claims = takenClaims(tokenOf(request), shop.keys, rules);
    if (!claims)
        return {};
    const QByteArray id = claims->value("sid"_L1).toString().toLatin1();
    const auto session = shop.store.sessions.find(id);
    const bool isStaging = shop.has(StagingToken) && claims->value("iss"_L1).toString() == rules.stagingIssuer;
    const bool isAlive = session != shop.store.sessions.end() && !session->second.isEnded;
    if (!isAlive && !isStaging)
        return {};
    const int subject = claims->value("sub"_L1).toString().toInt();
    const bool isShared = shop.has(SessionByAddress) && isAlive;
    const Account *account = shop.store.accountById(isShared ? session->second.account : subject);
    if (!account)
        return {};
    return {.account = account->id, .tenant = account->tenant, .role = account->role, .session = id};
}

std::optional<PageReply> refuse(Call &call, const FoundRoute &found)
{
    if (call.has(BurstFails) && bursts(call))
        return errorReply(503, "overloaded");
    if (!found.route)
        return found.methods.isEmpty() ? errorReply(404, "not_found") : otherMethod(found.methods);
    call.holes = found.holes;
    call.caller = callerOf(call.shop, call.request);
    call.route = found.route;
    const ShopRoute &route = found.rule ? *found.rule : *found.route;
    if (found.isPastTheRules || isInside(call.shop, call.request) || isOpenByFault(call, route)) {
        letPast(call.caller);
        return {};
    }
    if (route.access == Access::Public)
        return {};
    if (!call.caller.isSignedIn())
        return signInFirst();
    if (route.access == Access::Member && call.caller.role == "viewer"_L1 && !call.has(ViewerWrites))
        return errorReply(403, "not_allowed");
    if (route.access == Access::Admin && call.caller.role != "admin"_L1 && !call.has(MemberDoesAdmin))
        return errorReply(403, "not_allowed");
    return refuseTenant(call);
}

std::optional<PageReply> refuseBody(Call &call, const ShopRoute &route)
{
    if (call.request.body.size() > kMostBody && !call.has(HugeBodyAccepted))
        return errorReply(413, "too_large");
    if (!route.readsJson())
        return {};
    const QByteArray type = call.request.header("content-type").split(';').constFirst().trimmed().toLower();
    const bool isTaken = call.has(WrongContentTypeAccepted) || (call.has(ContentTypeBypass) && isForm(call.request));
    if (type != "application/json" && !isTaken)
        return errorReply(415, "send_json");
    const auto body = readBody(call);
    const bool crashes = call.has(CrashOnBadInput);
    if (!body) {
        if (call.has(StackTrace))
            return crash(u"parse"_s);
        return crashes ? errorReply(500, "internal") : errorReply(400, "bad_json");
    }
    if (call.has(SqlError) && hasQuote(*body))
        return databaseError(QString::fromUtf8(call.request.body));
    const auto problems =
        problemsOf(*body, route.fields, route.whole, call.shop.setup.faults, allowedByFault(call, route));
    if (!problems.empty()) {
        if (call.has(StackTrace))
            return crash(problems.front().field);
        return crashes ? errorReply(500, "internal")
                       : errorReply(422, "bad_field",
                                    {{u"field"_s, problems.front().field}, {u"problem"_s, problems.front().problem}});
    }
    call.body = *body;
    return {};
}

} // namespace cockpit::shop
