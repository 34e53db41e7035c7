#include "checks/engine/nothingtotry.h"

#include "checks/abuse/callback.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimit.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/timeouts.h"
#include "checks/abuse/upload.h"
#include "checks/abuse/webhook.h"
#include "checks/access/adminseparation.h"
#include "checks/access/crossenvironment.h"
#include "checks/access/enumeration.h"
#include "checks/access/filelinks.h"
#include "checks/access/invite.h"
#include "checks/access/loginflow.h"
#include "checks/access/logout.h"
#include "checks/access/resetlink.h"
#include "checks/access/tenantisolation.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

// A look for which the project has nothing is told apart from one that was kept from what is there. Nothing is sent.
class TestNothingToTry : public QObject
{
    Q_OBJECT

private slots:
    void isTold_data();
    void isTold();
};

namespace {

TestActor actorOf(const QString &name, const QString &tenant, SignInKind kind)
{
    TestActor actor;
    actor.id = actor.name = name;
    actor.role = u"member"_s;
    actor.tenant = tenant;
    actor.userName = name + u"@mail.example"_s;
    actor.signIn.kind = kind;
    actor.signIn.url = u"https://example.com/login"_s;
    return actor;
}

Route routeOf(const QString &method, const QString &path)
{
    Route route{.method = method, .path = path};
    route.safeToWrite = true;
    return route;
}

RouteSample sampleOf(const Route &route, const QByteArray &body)
{
    return {.method = route.method, .path = route.path, .contentType = "application/json", .body = body};
}

} // namespace

void TestNothingToTry::isTold_data()
{
    using Actors = std::vector<TestActor>;
    QTest::addColumn<Check>("check");
    QTest::addColumn<Actors>("actors");
    QTest::addColumn<std::vector<Route>>("routes");
    QTest::addColumn<std::vector<RouteSample>>("samples");
    QTest::addColumn<bool>("hasNothing");
    const auto row = [](const char *name, const Check &check, const Actors &actors, bool hasNothing,
                        const std::vector<Route> &routes = {}, const std::vector<RouteSample> &samples = {}) {
        QTest::newRow(name) << check << actors << routes << samples << hasNothing;
    };
    const TestActor anna = actorOf(u"anna"_s, u"acme"_s, SignInKind::Json);
    const TestActor bob = actorOf(u"bob"_s, u"birch"_s, SignInKind::Json);
    const TestActor pasted = actorOf(u"anna"_s, u"acme"_s, SignInKind::BearerToken);
    TestActor mailbox = anna;
    mailbox.isThrowAway = true;
    row("no account of staging", crossEnvironmentCheck(), {anna}, true);
    row("one customer", tenantIsolationCheck(), {anna}, true);
    row("two customers, and no record by its id", tenantIsolationCheck(), {anna, bob}, true);
    row("one customer, and files", fileLinksCheck(), {anna}, true);
    row("nobody for administration", adminSeparationCheck(), {anna}, true);
    row("nowhere to sign out", logoutCheck(), {anna}, true);
    row("pasted sessions alone", logoutCheck(), {pasted}, true);
    row("nobody reads mail for an invitation", inviteCheck(), {anna}, true);
    row("a mailbox without its password, for an invitation", inviteCheck(), {mailbox}, false);
    row("nobody reads mail for a reset", resetLinkCheck(), {anna}, true);
    row("a mailbox without its password, for a reset", resetLinkCheck(), {mailbox}, false);
    row("no route for files", uploadCheck(), {anna}, true);
    row("no account for files", uploadCheck(), {}, true);
    row("no route that takes an address", callbackUrlCheck(), {anna}, true);
    row("no webhook", webhookSignatureCheck(), {anna}, true);
    row("a webhook, and no request left", webhookSignatureCheck(), {anna}, false,
        {routeOf(u"POST"_s, u"/webhooks/stripe"_s)});
    row("nothing takes a body", timeoutsCheck(), {pasted}, true);
    row("a login that the permission does not cover", timeoutsCheck(), {anna}, false);
    row("a route that takes a body, and no request left", timeoutsCheck(), {pasted}, false,
        {routeOf(u"POST"_s, u"/orders"_s)});
    row("no door whose limit could be measured", rateLimitCheck(), {pasted}, true);
    row("a login, and no password is known for it", rateLimitCheck(), {anna}, false);
    Route signUp = routeOf(u"POST"_s, u"/signup"_s);
    signUp.safeToWrite = false;
    const RouteSample asksToJoin = sampleOf(signUp, R"({"email":"ann@mail.example"})");
    row("a door that is not marked as safe", rateLimitCheck(), {pasted}, false, {signUp}, {asksToJoin});
    row("a door that nobody knows what to send to", rateLimitCheck(), {pasted}, false, {signUp});
    const Route code = routeOf(u"POST"_s, u"/verify-code"_s);
    row("a code that does not say whose it is", rateLimitCheck(), {pasted}, false, {code},
        {sampleOf(code, R"({"code":"123456"})")});
    row("nobody may be locked", lockoutCheck(), {pasted}, true);
    row("nothing that may tell who has an account", enumerationCheck(), {pasted}, true);
    row("a login that may tell, and no password is known", enumerationCheck(), {anna}, false);
    row("a sign-up that is not marked as safe", enumerationCheck(), {pasted}, false, {signUp}, {asksToJoin});
    const Route forgot = routeOf(u"POST"_s, u"/forgot-password"_s);
    TestActor nameless = pasted;
    nameless.userName = u"anna"_s;
    row("a reset, and no account with an address of mail", enumerationCheck(), {nameless}, false, {forgot},
        {sampleOf(forgot, R"({"email":"ann@mail.example"})")});
    row("no route that takes input", abuseSchemaCheck(), {pasted}, true);
    row("a route that takes input, and no way back from it", abuseSchemaCheck(), {pasted}, false,
        {routeOf(u"POST"_s, u"/orders"_s)});
    row("no route that can be broken", errorLeakCheck(), {pasted}, true);
    row("a route that can be broken, and no request left", errorLeakCheck(), {pasted}, false,
        {routeOf(u"GET"_s, u"/orders"_s)});
}

void TestNothingToTry::isTold()
{
    QFETCH(Check, check);
    QFETCH(std::vector<TestActor>, actors);
    QFETCH(std::vector<Route>, routes);
    QFETCH(std::vector<RouteSample>, samples);
    CancelToken token;
    // Leave is given, and for no host and no request.
    const auto gate = std::make_shared<ActiveGate>(ActiveTerms{});
    Observations seen(NetOptions{}, token, Deadline::in(std::chrono::seconds(10)), nullptr, passiveBudget(1), gate);
    ProjectFacts facts;
    facts.actors = actors;
    facts.routes = routes;
    facts.samples = samples;
    const Target target{.domain = u"example.com"_s, .hosts = {Host{.role = HostRole::Site, .name = u"example.com"_s}}};
    const Judged judged = check.look({.seen = seen,
                                      .target = target,
                                      .policy = Policy{},
                                      .facts = facts,
                                      .startedAt = QDateTime::currentDateTimeUtc()});
    QVERIFY2(judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error, qPrintable(judged.summary));
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(gate->sent(), 0);
    QTEST(hadNothingToTry(judged), "hasNothing");
}

QTEST_GUILESS_MAIN(TestNothingToTry)
#include "tst_nothingtotry.moc"
