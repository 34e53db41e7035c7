#include "app/practice/practiceapi.h"

#include "app/practice/names.h"
#include "models/access/routesample.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

// A block ends soon, as nobody here has a minute to wait; a product that people use holds for longer.
constexpr TryLimits kShortLimits{.perAccount = 8, .perAddress = 15, .heldFor = std::chrono::seconds(3)};

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

QString address(const QByteArray &host, const QByteArray &path)
{
    return u"https://"_s + text(host + path);
}

// What may be written: two kinds of records, which are made up and can be removed again, and what tests leave nothing
// behind at that somebody would miss.
bool isSafeToWrite(const ShopRouteLine &line)
{
    static const std::array<QByteArray, 9> others{"/api/me",
                                                  "/api/chat",
                                                  "/api/settings",
                                                  "/api/sign-up",
                                                  "/api/invitations",
                                                  "/api/invitations/accept",
                                                  "/api/coupons/redeem",
                                                  "/api/webhooks/payments",
                                                  "/api/invoices/lookup"};
    static const std::array<QByteArray, 4> records{"/api/invoices", "/api/projects", "/api/callbacks", "/api/uploads"};
    const auto isOf = [&](const QByteArray &base) { return line.path == base || line.path == base + "/{id}"; };
    return line.writes && (std::ranges::find(others, line.path) != others.end() || std::ranges::any_of(records, isOf));
}

AccessClass accessOf(const ShopRouteLine &line)
{
    return fromWord<AccessClass>(text(line.access)).value_or(AccessClass::SignedIn);
}

SignIn shopSignIn(const QByteArray &host)
{
    SignIn how;
    how.kind = SignInKind::Json;
    how.url = address(host, "/api/login");
    how.contentType = "application/json";
    how.bodyTemplate = uR"({"email":"{{user}}","password":"{{password}}"})"_s;
    how.tokenPointer = u"/access_token"_s;
    how.refreshUrl = address(host, "/api/refresh");
    how.refreshPointer = u"/refresh_token"_s;
    how.logoutMethod = u"POST"_s;
    how.logoutUrl = address(host, "/api/logout");
    return how;
}

PracticeDoor shopDoor(const QByteArray &host, const QString &idPrefix, const QString &place)
{
    return {.how = shopSignIn(host),
            .whoAmIUrl = address(host, "/api/me"),
            .whoAmIPointer = u"/email"_s,
            .idPrefix = idPrefix,
            .place = place};
}

// Where pages hear of changes; the shop answers it beside its table of routes.
constexpr auto kChanges = "/ws/changes"_L1;

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// As one would have recorded it, before what is secret in it was taken out.
QJsonObject bodyOf(const ShopApi &shop, const ShopRouteLine &line)
{
    QJsonObject body = shop.exampleOf(line.method, line.path);
    for (const QJsonValue name : shop.schemaOf(line.method, line.path)["required"_L1].toArray()) {
        if (body[name.toString()].toString().isEmpty() && name.toString().contains("password"_L1))
            body.insert(name.toString(), u"as it was typed"_s);
    }
    if (line.path == "/api/coupons/redeem")
        body.insert("code"_L1, text(shop.coupons().front()));
    return body;
}

} // namespace

PracticeApi::PracticeApi(const FaultSet<ShopFault> &faults)
    : m_shop({.faults = faults, .domain = kDomain, .limits = kShortLimits}),
      m_staging({.domain = kDomain, .limits = kShortLimits, .production = &m_shop}),
      m_cache([this](const PageRequest &request) { return m_shop.answer(request); })
{
    m_cache.setKeepsByExtension(true);
    addKeepers();
}

PageReply PracticeApi::answer(const PageRequest &request)
{
    return m_cache.answer(request);
}

void PracticeApi::addKeepers()
{
    const PracticeDoor production = shopDoor(kApiHost, u"practice-"_s, {});
    for (const PracticeAccount &account : crewOf(m_shop))
        m_keepers.push_back(keeperOf(account, production));
    m_keepers.push_back(keeperOf(m_staging.account(kCedar, u"member"_s),
                                 shopDoor(kStagingHost, u"practice-staging-"_s, Text::tr("staging", "a deployment"))));
    PracticeAccount key{.id = u"webhook"_s, .name = Text::tr("Signing key of payments"), .role = u"webhook"_s};
    key.password = m_shop.webhookSecret();
    SignIn how;
    how.kind = SignInKind::SigningKey;
    how.headerName = u"Shop-Signature"_s;
    m_keepers.push_back(keeperOf(key, {.how = how, .idPrefix = u"practice-"_s}));
}

std::vector<Route> PracticeApi::routes() const
{
    std::vector<Route> routes;
    for (const ShopRouteLine &line : m_shop.routes()) {
        routes.push_back({.method = text(line.method),
                          .path = text(line.path),
                          .access = accessOf(line),
                          .host = text(kApiHost),
                          .safeToWrite = isSafeToWrite(line),
                          .source = Text::tr("practice company")});
    }
    routes.push_back({.method = u"GET"_s,
                      .path = kChanges,
                      .access = AccessClass::SignedIn,
                      .host = text(kApiHost),
                      .source = Text::tr("practice company")});
    // What is worth looking at comes first.
    std::stable_partition(routes.begin(), routes.end(),
                          [](const Route &route) { return route.access != AccessClass::Public; });
    return routes;
}

std::vector<RouteSample> PracticeApi::samples() const
{
    std::vector<RouteSample> samples;
    for (const ShopRouteLine &line : m_shop.routes()) {
        const QJsonObject example = bodyOf(m_shop, line);
        if (example.isEmpty())
            continue;
        samples.push_back({.method = text(line.method),
                           .path = text(line.path),
                           .host = text(kApiHost),
                           .contentType = "application/json",
                           .body = json(example),
                           .schemaJson = QString::fromUtf8(json(m_shop.schemaOf(line.method, line.path)))});
    }
    samples.push_back({.method = u"GET"_s,
                       .path = kChanges,
                       .host = text(kApiHost),
                       .contentType = kSocketMessages,
                       .body = R"({"type":"subscribe","project_id":1})"});
    return samples;
}

std::optional<Secret> PracticeApi::secretOf(const QString &keychainEntry)
{
    const PracticeKeeper *keeper = keeperIn(m_keepers, keychainEntry);
    if (!keeper)
        return {};
    return keeper->actor.isThrowAway ? withLinks(throwAwayOf(m_shop.accounts(), kBirch)) : keeper->secret;
}

void PracticeApi::ask(const QByteArray &path, const QJsonObject &body, const PracticeAccount &asker,
                      const QByteArray &forwardedHost)
{
    PageRequest request{
        .method = "POST",
        .target = path,
        .authority = kApiHost,
        .headers = {{"content-type", "application/json"}, {"authorization", "Bearer " + m_shop.tokenWith(asker)}},
        .body = json(body)};
    if (!forwardedHost.isEmpty())
        request.headers.emplace("x-forwarded-host", forwardedHost);
    m_shop.answer(request);
}

Secret PracticeApi::linkIn(LetterKind kind, const QString &mail)
{
    const auto letter = m_shop.outbox().newest(kind, mail);
    return letter ? Secret(letter->link) : Secret();
}

Secret PracticeApi::codeTo(const QString &mail)
{
    const auto letter = m_shop.outbox().newest(LetterKind::Code, mail);
    return letter ? Secret(letter->token) : Secret();
}

// A mailbox cannot be read by the program: whoever has it asks for the letters and hands their links in. The second one
// is asked for as somebody would who wants the link to lead elsewhere.
Secret PracticeApi::withLinks(const PracticeAccount &account)
{
    m_shop.countLettersAnew(account.email);
    m_shop.reissueCoupons();
    HoleValues values{{u"password"_s, Secret(account.password)}};
    const QJsonObject owner{{u"email"_s, account.email}};
    ask("/api/password/forgot", owner, account);
    values.emplace(u"reset_link"_s, linkIn(LetterKind::Reset, account.email));
    ask("/api/password/forgot", owner, account, "elsewhere.example");
    values.emplace(u"reset_link_2"_s, linkIn(LetterKind::Reset, account.email));
    ask("/api/login/code", owner, account);
    values.emplace(u"one_time_code"_s, codeTo(account.email));
    const QString invited = QString(account.email).replace(u'@', u"+%1@"_s.arg(++m_invited));
    ask("/api/invitations", {{u"email"_s, invited}, {u"role"_s, u"member"_s}},
        m_shop.account(account.tenant, u"admin"_s));
    values.emplace(u"invite_link"_s, linkIn(LetterKind::Invitation, invited));
    values.emplace(u"invite_mail"_s, Secret(invited.toUtf8()));
    return keychainValueOf(values);
}

} // namespace cockpit
