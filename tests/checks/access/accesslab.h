// The practice shop as a product with routes, accounts and a permission, for whole checks of access.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/check.h"
#include "tests/checks/access/liars.h"
#include "tests/checks/announced.h"
#include "tests/lab/shoplab.h"

#include <QJsonDocument>

#include <memory>

namespace cockpit::lab {

inline TestActor actorOf(const PracticeAccount &account, const QString &host)
{
    using namespace Qt::StringLiterals;
    TestActor actor;
    actor.id = u"a"_s + account.id;
    actor.name = account.name;
    actor.role = account.role;
    actor.tenant = account.tenant;
    actor.userName = account.email;
    actor.isThrowAway = account.isThrowAway;
    actor.signIn.kind = SignInKind::Json;
    actor.signIn.url = u"https://"_s + host + u"/api/login"_s;
    actor.signIn.contentType = "application/json";
    actor.signIn.bodyTemplate = uR"({"email":"{{user}}","password":"{{password}}"})"_s;
    actor.signIn.tokenPointer = u"/access_token"_s;
    actor.whoAmIUrl = u"https://"_s + host + u"/api/me"_s;
    actor.whoAmIPointer = u"/email"_s;
    return actor;
}

inline std::optional<AccessClass> accessFromWord(const QByteArray &word)
{
    return word == "public" ? AccessClass::Public : word == "admin" ? AccessClass::Admin : AccessClass::SignedIn;
}

// One for the whole program, as its keys and certificates take longer to make than most looks at it.
inline ShopLab &sharedShop()
{
    static ShopLab shop;
    return shop;
}

// A project about the shop: its routes as a document states them, every account, the records safe to write.
class ShopRun
{
public:
    explicit ShopRun(const FaultSet<ShopFault> &faults = {}, int requests = 2000) : shop(sharedShop())
    {
        shop.reset();
        shop.setFaults(faults);
        const QString api = QString::fromLatin1(shop.shop().apiHost());
        target.domain = QStringLiteral("harbor-ledger.example");
        target.hosts = {{HostRole::Api, api, kHttpsPort},
                        {HostRole::App, QString::fromLatin1(shop.shop().appHost()), kHttpsPort},
                        {HostRole::Other, QString::fromLatin1(shop.shop().betaHost()), kHttpsPort}};
        for (const PracticeAccount &account : shop.shop().accounts()) {
            facts.actors.push_back(actorOf(account, api));
            m_secrets.emplace(facts.actors.back().id, Secret(account.password));
        }
        for (const ShopRouteLine &line : shop.shop().routes())
            addRoute(line);
        allow(requests);
    }

    void allow(int requests, double perSecond = 1000)
    {
        ActiveTerms terms;
        terms.budget = {.requests = requests, .perSecond = perSecond};
        for (const Host &host : target.hosts)
            terms.hosts.append(host.name);
        terms.secrets = m_secrets;
        terms.killed = killed;
        terms.journal = journal;
        gate = std::make_shared<ActiveGate>(std::move(terms));
        seen = std::make_unique<Observations>(m_front ? m_front->netOptions() : shop.netOptions(), token,
                                              Deadline::in(std::chrono::seconds(60)), nullptr, passiveBudget(3), gate);
    }

    // Nobody agreed to anything.
    void forbid()
    {
        gate.reset();
        seen = std::make_unique<Observations>(shop.netOptions(), token, Deadline::in(std::chrono::seconds(60)), nullptr,
                                              passiveBudget(3));
    }

    // Before the shop, from now on.
    void lie(const Liar &liar, int requests = 400)
    {
        const auto pages = [this, liar](const PageRequest &request) {
            auto lied = liar(request);
            return lied ? std::move(*lied) : shop.shop().answer(request);
        };
        QList<QByteArray> hosts;
        for (const Host &host : target.hosts)
            hosts.append(host.name.toLatin1());
        m_front = std::make_unique<PageLab>(pages, hosts);
        allow(requests);
    }

    // Only routes whose path begins so, and the shop's own files for it.
    void keepRoutes(const QStringList &beginnings)
    {
        std::erase_if(facts.routes, [&](const Route &route) {
            return std::none_of(beginnings.begin(), beginnings.end(),
                                [&](const QString &one) { return route.path.startsWith(one); });
        });
    }

    Judged run(const Check &check)
    {
        return lookWithinForecast(check, {.seen = *seen,
                                          .target = target,
                                          .host = nullptr,
                                          .policy = m_policy,
                                          .facts = facts,
                                          .startedAt = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC)});
    }

    ShopLab &shop; // as new
    Target target;
    ProjectFacts facts;
    CancelToken token;
    std::shared_ptr<std::atomic_bool> killed = std::make_shared<std::atomic_bool>(false);
    std::shared_ptr<UndoJournal> journal; // of what is allowed from then on
    std::shared_ptr<ActiveGate> gate;
    std::unique_ptr<Observations> seen;

private:
    void addRoute(const ShopRouteLine &line)
    {
        Route route;
        route.method = QString::fromLatin1(line.method);
        route.path = QString::fromLatin1(line.path);
        route.access = accessFromWord(line.access).value_or(AccessClass::SignedIn);
        for (const char *safe : {"/api/customers", "/api/invoices", "/api/projects", "/api/notes"}) {
            const QString base = QString::fromLatin1(safe);
            route.safeToWrite = route.safeToWrite ||
                                (line.writes && (route.path == base || route.path == base + QStringLiteral("/{id}")));
        }
        route.safeToWrite = route.safeToWrite || (line.method == "PATCH" && line.path == "/api/me");
        facts.routes.push_back(route);
        const QJsonObject example = shop.shop().exampleOf(line.method, line.path);
        if (!example.isEmpty())
            facts.samples.push_back({.method = route.method,
                                     .path = route.path,
                                     .contentType = "application/json",
                                     .body = QJsonDocument(example).toJson(QJsonDocument::Compact)});
    }

    std::map<QString, Secret> m_secrets;
    Policy m_policy;
    std::unique_ptr<PageLab> m_front; // gone before the shop
};

inline QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings) {
        if (!codes.contains(finding.code))
            codes.append(finding.code);
    }
    codes.sort();
    return codes;
}

// "role_exceeds:high:GET /api/admin/users · member" of each finding, for messages of a failed test.
inline QString toldBy(const Judged &judged)
{
    using namespace Qt::StringLiterals;
    QStringList lines{toWord(judged.outcome) + u" — "_s + judged.summary + u" | "_s + judged.reason};
    for (const Finding &finding : judged.findings)
        lines.append(finding.code + u':' + toWord(finding.severity) + u':' + toWord(finding.proof) + u':' +
                     finding.subject);
    return lines.join(u'\n');
}

} // namespace cockpit::lab
