#include "app/practice/shop/shopapi.h"

#include "app/practice/shop/shopgate.h"
#include "app/practice/shop/shophandlers.h"
#include "app/practice/shop/tries.h"

#include <algorithm>
#include <thread>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using shop::Access;
using shop::Call;
using shop::ShopRoute;

const char *accessOf(const ShopRoute &route)
{
    switch (route.access) {
    case Access::Public:
        return "public";
    case Access::SignedIn:
    case Access::Member:
        return "signed_in";
    case Access::Admin:
        return "admin";
    }
    Q_UNREACHABLE();
}

const ShopRoute *routeNamed(const QByteArray &method, const QByteArray &path)
{
    const auto &all = shop::shopRoutes();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const ShopRoute &route) { return route.method == method && route.path == path; });
    return found == all.end() ? nullptr : &*found;
}

void addCors(const Call &call, PageReply &reply)
{
    const QByteArray origin = call.request.header("origin");
    const bool isOurs = origin == "https://" + call.shop.host("app");
    reply.add("Vary", "Origin");
    if (origin.isEmpty() || (!isOurs && !call.has(ShopFault::CorsAnyOrigin)))
        return;
    reply.add("Access-Control-Allow-Origin", origin);
    reply.add("Access-Control-Allow-Credentials", "true");
    if (call.request.method == "OPTIONS") {
        reply.add("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        reply.add("Access-Control-Allow-Headers", "Authorization, Content-Type");
    }
}

void finish(const Call &call, PageReply &reply)
{
    reply.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    reply.add("X-Frame-Options", "DENY");
    if (!call.has(ShopFault::UploadServedInline))
        reply.add("X-Content-Type-Options", "nosniff");
    if (reply.header("Referrer-Policy").isEmpty())
        reply.add("Referrer-Policy", "strict-origin-when-cross-origin");
    const bool isPersonal = call.caller.isSignedIn() && call.request.method == "GET" && reply.status == 200;
    if (call.has(ShopFault::PersonalPageCached) && isPersonal)
        reply.add("Cache-Control", "public, max-age=120");
    else if (reply.header("Cache-Control").isEmpty())
        reply.add("Cache-Control", "private, no-store");
    addCors(call, reply);
}

// Nobody else is served meanwhile: what a request does, it does alone.
PageReply answerAlone(Call &call)
{
    if (call.request.method == "OPTIONS")
        return shop::emptyReply();
    const shop::FoundRoute found = shop::findRoute(call.shop, call.request);
    if (auto refusal = shop::refuse(call, found))
        return *refusal;
    if (auto refusal = shop::refuseBody(call, *found.route))
        return *refusal;
    return found.route->handler(call);
}

} // namespace

ShopApi::ShopApi(ShopSetup setup)
    : m_state(std::make_unique<ShopState>(setup, setup.production ? setup.production->m_state.get() : nullptr))
{
}

ShopApi::~ShopApi() = default;

PageReply ShopApi::answer(const PageRequest &request)
{
    const qsizetype query = request.target.indexOf('?');
    Call call{.shop = *m_state, .request = request};
    if (query >= 0)
        call.query = QUrlQuery(QString::fromUtf8(request.target.mid(query + 1)));
    shop::takeWorkDone(); // of what this thread did before
    PageReply reply;
    {
        const std::lock_guard lock(m_state->lock);
        reply = answerAlone(call);
        finish(call, reply);
    }
    if (call.wait.count() > 0)
        std::this_thread::sleep_for(call.wait);
    m_state->journal.note(request, reply.status, shop::takeWorkDone() + call.wait);
    return reply;
}

void ShopApi::setFaults(const FaultSet<ShopFault> &faults)
{
    const std::lock_guard lock(m_state->lock);
    m_state->setup.faults = faults;
}

FaultSet<ShopFault> ShopApi::faults() const
{
    const std::lock_guard lock(m_state->lock);
    return m_state->setup.faults;
}

void ShopApi::reset()
{
    const std::lock_guard lock(m_state->lock);
    m_state->store = shop::newStore(m_state->accounts, m_state->coupons);
    m_state->outbox.clear();
    m_state->journal.clear();
    m_state->clock.reset();
}

const std::vector<PracticeAccount> &ShopApi::accounts() const
{
    return m_state->accounts;
}

std::vector<ShopRouteLine> ShopApi::routes() const
{
    std::vector<ShopRouteLine> lines;
    for (const ShopRoute &route : shop::shopRoutes())
        lines.push_back({route.method, route.path, accessOf(route), route.writes()});
    return lines;
}

QJsonObject ShopApi::schemaOf(const QByteArray &method, const QByteArray &path) const
{
    const ShopRoute *route = routeNamed(method, path);
    if (!route || !route->readsJson())
        return {};
    QJsonObject schema = shop::jsonSchemaOf(route->fields);
    if (route->whole == shop::Whole::Part)
        schema.remove("required"_L1);
    return schema;
}

QJsonObject ShopApi::exampleOf(const QByteArray &method, const QByteArray &path) const
{
    const ShopRoute *route = routeNamed(method, path);
    return route ? shop::exampleOf(route->fields) : QJsonObject();
}

QByteArray ShopApi::apiHost() const
{
    return m_state->host("api");
}

QByteArray ShopApi::appHost() const
{
    return m_state->host("app");
}

QByteArray ShopApi::betaHost() const
{
    return m_state->host("beta");
}

QByteArray ShopApi::webhookSecret() const
{
    return m_state->webhookSecret;
}

std::vector<QByteArray> ShopApi::coupons() const
{
    return m_state->coupons;
}

QByteArray ShopApi::tokenWith(const PracticeAccount &account, const QJsonObject &claims)
{
    const std::lock_guard lock(m_state->lock);
    const shop::Account *known = m_state->store.accountById(account.id.toInt());
    return known ? shop::newAccessToken(*m_state, *known, shop::newSession(m_state->store, known->id), claims)
                 : QByteArray();
}

QByteArray ShopApi::stagingToken(const PracticeAccount &account) const
{
    const std::lock_guard lock(m_state->lock);
    const shop::TokenRules rules = m_state->tokenRules();
    return shop::signStagingToken({{u"iss"_s, rules.stagingIssuer},
                                   {u"aud"_s, rules.audience},
                                   {u"sub"_s, account.id},
                                   {u"sid"_s, QString::fromLatin1(randomText(22))},
                                   {u"iat"_s, rules.now},
                                   {u"exp"_s, rules.now + qint64(shop::kAccessLife.count())}},
                                  m_state->keys, rules);
}

void ShopApi::countLettersAnew(const QString &email)
{
    const std::lock_guard lock(m_state->lock);
    shop::forgetLetters(m_state->store.tries, email);
}

void ShopApi::reissueCoupons()
{
    const std::lock_guard lock(m_state->lock);
    for (shop::Coupon &coupon : m_state->store.coupons)
        coupon.usedAt.clear();
}

Outbox &ShopApi::outbox()
{
    return m_state->outbox;
}

RequestJournal &ShopApi::journal()
{
    return m_state->journal;
}

PracticeClock &ShopApi::clock()
{
    return m_state->clock;
}

} // namespace cockpit
