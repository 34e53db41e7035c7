// A run against one of the practice company's products with an account that may be locked, and a clock that is put
// forward in the place of waiting.
#pragma once

#include "checks/abuse/patience.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

namespace cockpit::lab {

// One account of a product as a project has it.
template<typename Account>
TestActor actorOf(const Account &account, const SignIn &signIn)
{
    TestActor actor;
    actor.id = u'a' + account.id;
    actor.name = account.name;
    actor.role = account.role;
    actor.tenant = account.tenant;
    actor.userName = account.email;
    actor.signIn = signIn;
    actor.isThrowAway = account.isThrowAway;
    return actor;
}

inline SignIn formSignIn(const QUrl &url)
{
    SignIn signIn;
    signIn.kind = SignInKind::Form;
    signIn.url = url.toString();
    signIn.contentType = "application/x-www-form-urlencoded";
    signIn.bodyTemplate = QStringLiteral("email={{user}}&password={{password}}");
    signIn.csrfSource = url.toString();
    return signIn;
}

// Waits by the product's own clock.
template<typename Product>
BlockPatience patienceOf(Product &product)
{
    BlockPatience patience;
    patience.wait = [&product](std::chrono::milliseconds duration, const CancelToken &token) {
        product.clock().advance(duration);
        return token.isCancelled();
    };
    return patience;
}

// Waits for nothing.
inline BlockPatience quickPatience()
{
    BlockPatience patience;
    patience.wait = [](std::chrono::milliseconds, const CancelToken &token) { return token.isCancelled(); };
    return patience;
}

struct ShopAbuse
{
    explicit ShopAbuse(ShopLab &given, const std::function<bool(const ShopRouteLine &)> &safe)
        : lab(given), host(QString::fromLatin1(lab.shop().apiHost())), patience(patienceOf(lab.shop()))
    {
        facts = factsOf(lab, safe);
        const SignIn signIn = jsonSignIn(lab.url("/api/login"));
        facts.actors = {actorOf(throwAwayOf(lab.shop().accounts(), kBirch), signIn),
                        actorOf(lab.shop().account(kBirch, QStringLiteral("admin")), signIn),
                        actorOf(lab.shop().account(kCedar, QStringLiteral("member")), signIn)};
    }

    AttackRun newRun(int requests = 400)
    {
        return AttackRun(lab.netOptions(), {host}, secretsOf(lab.shop()), requests, {facts.actors.front().id});
    }
    Judged judged(const Check &check, AttackRun &run) { return run.run(check, targetOf({host}), facts); }

    ShopLab &lab;
    QString host;
    BlockPatience patience;
    ProjectFacts facts;
};

struct DeskAbuse
{
    explicit DeskAbuse(DeskLab &given)
        : lab(given), host(QString::fromLatin1(lab.desk().host())), patience(patienceOf(lab.desk()))
    {
        for (const DeskRouteLine &line : lab.desk().routes()) {
            Route route;
            route.method = QString::fromLatin1(line.method);
            route.path = QString::fromLatin1(line.path);
            route.host = host;
            route.access = fromWord<AccessClass>(QString::fromLatin1(line.access)).value_or(AccessClass::SignedIn);
            facts.routes.push_back(route);
        }
        facts.samples = {{QStringLiteral("POST"),
                          QStringLiteral("/forgot"),
                          host,
                          "application/x-www-form-urlencoded",
                          "email=person%40example.com",
                          {}}};
        facts.samples.push_back(
            {QStringLiteral("POST"),
             QStringLiteral("/graphql"),
             host,
             "application/json",
             R"({"query":"mutation L($e: String!, $p: String!) { login(email: $e, password: $p) { ok } }"})",
             {}});
        const SignIn signIn = formSignIn(lab.url("/login"));
        facts.actors = {actorOf(throwAwayOf(lab.desk().accounts(), kBirch), signIn),
                        actorOf(lab.desk().account(kCedar, QStringLiteral("member")), signIn)};
    }

    AttackRun newRun(int requests = 400)
    {
        return AttackRun(lab.netOptions(), {host}, secretsOf(lab.desk()), requests, {facts.actors.front().id});
    }
    Judged judged(const Check &check, AttackRun &run) { return run.run(check, targetOf({host}), facts); }

    DeskLab &lab;
    QString host;
    BlockPatience patience;
    ProjectFacts facts;
};

inline QString told(const Judged &judged)
{
    return test::said(judged) + QStringLiteral(" | ") + judged.summary + QStringLiteral(" | ") + judged.reason +
           QStringLiteral(" | ") +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(4000);
}

} // namespace cockpit::lab
