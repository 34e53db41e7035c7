// access.forged-token: each private route beside credentials that are none.
#include "checks/access/credentialfindings.h"
#include "checks/access/credentiallook.h"
#include "checks/access/forgedtoken.h"
#include "models/unseen.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/liarrows.h"

#include <QElapsedTimer>
#include <QTest>

#include <mutex>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QString kCheckId = u"access.forged-token"_s;

// A product of which these routes ask no more than that a credential is there.
Liar trustingAt(ShopApi &shop, const QByteArrayList &paths, const std::function<bool(const PageRequest &)> &isTrusted)
{
    const QByteArray token = shop.tokenWith(shop.account(kBirch, u"admin"_s));
    return [&shop, token, paths, isTrusted](const PageRequest &request) -> std::optional<PageReply> {
        if (request.method != "GET" || !paths.contains(request.path()) || !isTrusted(request))
            return std::nullopt;
        return shop.answer({.method = "GET",
                            .target = request.target,
                            .authority = request.authority,
                            .headers = {{"authorization", "Bearer " + token}}});
    };
}

bool bringsAnything(const PageRequest &request)
{
    return !request.header("authorization").isEmpty();
}

QStringList openedRoutes(const Judged &judged)
{
    QStringList routes;
    for (const Finding &finding : judged.findings) {
        if (credentialCodes().contains(finding.code))
            routes.append(finding.subject);
    }
    routes.sort();
    return routes;
}

// That route looks up in no list of ended sessions what was good when it came; signing out is answered with a status.
void knowNoEndAtCustomers(ShopRun &run, int signOutStatus)
{
    for (TestActor &actor : run.facts.actors)
        actor.signIn.logoutUrl = u"https://"_s + QString::fromLatin1(run.shop.shop().apiHost()) + u"/api/logout"_s;
    struct Once
    {
        std::mutex lock;
        QByteArrayList good;
    };
    ShopApi &shop = run.shop.shop();
    const auto once = std::make_shared<Once>();
    run.lie([&shop, once, signOutStatus](const PageRequest &request) -> std::optional<PageReply> {
        if (request.path() == "/api/logout" && signOutStatus != 200)
            return PageReply{.status = signOutStatus, .headers = {}, .body = {}};
        if (request.path() != "/api/customers" || !bringsAnything(request))
            return std::nullopt;
        const std::lock_guard guard(once->lock);
        PageReply reply = shop.answer(request);
        if (reply.status == 200)
            once->good.append(request.header("authorization"));
        else if (once->good.contains(request.header("authorization")))
            return *trustingAt(shop, {"/api/customers"}, bringsAnything)(request);
        return reply;
    });
}

ShopRun shopRun(int requests = 400)
{
    ShopRun run({}, requests);
    run.keepRoutes({u"/api/customers"_s, u"/api/projects"_s, u"/api/admin/users"_s, u"/api/me"_s});
    return run;
}

} // namespace

class CredentialMatrixTest : public QObject
{
    Q_OBJECT

private slots:
    void passesTheCleanShop();
    void findsRoutesWithACheckOfTheirOwn();
    void findsARouteThatTakesAnyKey();
    void findsARouteThatKnowsNoEnd();
    void replaysNoSessionThatWasNotEnded_data();
    void replaysNoSessionThatWasNotEnded();
    void saysWhereTheControlDoesNotTell();
    void namesWhatItMayNotAsk();
    void asksWithinWhatIsLeft();
    void stops();
    void believesNoLiar_data();
    void believesNoLiar();
};

void CredentialMatrixTest::passesTheCleanShop()
{
    ShopRun run = shopRun();
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged).isEmpty(), qPrintable(toldBy(judged)));
    const QJsonArray rows = judged.observed["routes"_L1].toArray();
    QVERIFY2(rows.size() >= 3, qPrintable(toldBy(judged)));
    for (const QJsonValue row : rows) {
        QCOMPARE(row["cells"_L1].toArray().size(), 4);
        for (const QJsonValue cell : row["cells"_L1].toArray())
            QVERIFY(!cell["opened"_L1].toBool());
    }
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(kCheckId));
    QVERIFY(run.gate->sentBy(kCheckId) <= kForgedTokenCeiling + credentialLookCeiling(run.facts.routes));
}

void CredentialMatrixTest::findsRoutesWithACheckOfTheirOwn()
{
    ShopRun run = shopRun();
    run.lie(trustingAt(run.shop.shop(), {"/api/customers", "/api/admin/users"}, bringsAnything));
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged) == (QStringList{u"GET /api/admin/users"_s, u"GET /api/customers"_s}),
             qPrintable(toldBy(judged)));
    for (const Finding &finding : judged.findings) {
        if (finding.code != kRouteOpened)
            continue;
        QCOMPARE(finding.severity, Severity::Critical);
        QVERIFY(finding.proof != Proof::Lead);
        for (const Secret &secret : run.gate->knownSecrets())
            QVERIFY(!finding.evidence.front().body.contains(QString::fromUtf8(secret.reveal())));
    }
}

void CredentialMatrixTest::findsARouteThatTakesAnyKey()
{
    ShopRun run = shopRun();
    TestActor partner = run.facts.actors.front();
    partner.id = partner.name = u"partner"_s;
    partner.signIn = {};
    partner.signIn.kind = SignInKind::ApiKey;
    partner.signIn.headerName = u"X-Api-Key"_s;
    run.facts.actors.push_back(partner);
    run.lie(trustingAt(run.shop.shop(), {"/api/projects"},
                       [](const PageRequest &request) { return !request.header("x-api-key").isEmpty(); }));
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged) == QStringList{u"GET /api/projects"_s}, qPrintable(toldBy(judged)));
    const auto found = std::ranges::find(judged.findings, codeOf(BadCredential::OtherKey), &Finding::code);
    QVERIFY(found != judged.findings.end());
    QVERIFY2(found->whatWeSaw.contains(u"an invented API key"_s), qPrintable(found->whatWeSaw));
}

void CredentialMatrixTest::findsARouteThatKnowsNoEnd()
{
    ShopRun run = shopRun();
    knowNoEndAtCustomers(run, 200);
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged) == QStringList{u"GET /api/customers"_s}, qPrintable(toldBy(judged)));
    const auto found = std::ranges::find(judged.findings, codeOf(BadCredential::Ended), &Finding::code);
    QVERIFY(found != judged.findings.end());
    QVERIFY2(found->whatWeSaw.contains(u"a session that was signed out"_s), qPrintable(found->whatWeSaw));
    QCOMPARE(found->severity, Severity::High);
}

// The session lives on, as nobody has signed out.
void CredentialMatrixTest::replaysNoSessionThatWasNotEnded()
{
    QFETCH(int, status);
    ShopRun run = shopRun();
    knowNoEndAtCustomers(run, status);
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged).isEmpty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.reason.contains(u"Signing out was answered with status %1"_s.arg(status)),
             qPrintable(toldBy(judged)));
    QVERIFY(!hasSeen({.outcome = judged.outcome, .observed = judged.observed},
                     {.code = codeOf(BadCredential::Ended), .subject = u"GET /api/customers"_s}));
}

void CredentialMatrixTest::replaysNoSessionThatWasNotEnded_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("refused") << 403;
    QTest::newRow("not there") << 404;
    QTest::newRow("broken") << 500;
}

// The control comes to nothing: neither a finding nor a pass.
void CredentialMatrixTest::saysWhereTheControlDoesNotTell()
{
    ShopRun run = shopRun();
    const Liar trusting = trustingAt(run.shop.shop(), {"/api/customers"}, bringsAnything);
    std::atomic_int strangers = 0;
    run.lie([&, trusting](const PageRequest &request) -> std::optional<PageReply> {
        const bool isStranger = request.path() == "/api/customers" && !bringsAnything(request);
        if (isStranger && ++strangers > 1)
            return PageReply{.status = 503, .headers = {}, .body = {}};
        return trusting(request);
    });
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY(strangers > 1);
    QVERIFY2(!openedRoutes(judged).contains(u"GET /api/customers"_s), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass && judged.reason.contains(u"GET /api/customers"_s),
             qPrintable(toldBy(judged)));
    QVERIFY(!hasSeen({.outcome = judged.outcome, .observed = judged.observed},
                     {.code = kRouteOpened, .subject = u"GET /api/customers"_s}));
}

// Without leave for its host, without a real id: named.
void CredentialMatrixTest::namesWhatItMayNotAsk()
{
    ShopRun run = shopRun();
    Route elsewhere = run.facts.routes.front();
    elsewhere.method = u"GET"_s;
    elsewhere.path = u"/partner/orders"_s;
    elsewhere.access = AccessClass::SignedIn;
    elsewhere.host = u"partners.harbor-ledger.example"_s;
    run.facts.routes.push_back(elsewhere);
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(judged.reason.contains(u"GET /partner/orders"_s), qPrintable(toldBy(judged)));
    QVERIFY(!hasSeen({.outcome = judged.outcome, .observed = judged.observed},
                     {.code = kRouteOpened, .subject = u"GET /partner/orders"_s}));
}

// A small budget leaves the routes out, and says so; the token itself is tried all the same.
void CredentialMatrixTest::asksWithinWhatIsLeft()
{
    ShopRun run = shopRun(kForgedTokenCeiling + 70);
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(judged.outcome != Outcome::NotRun, qPrintable(toldBy(judged)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(kCheckId));
    QVERIFY(run.gate->sentBy(kCheckId) <= kForgedTokenCeiling + 70);
    const QJsonArray left = judged.observed["routes_left_out"_L1].toArray();
    QVERIFY2(!left.isEmpty(), qPrintable(toldBy(judged)));
    for (const QJsonValue route : left) {
        QVERIFY2(judged.reason.contains(route.toString()), qPrintable(toldBy(judged)));
        QVERIFY(!hasSeen({.outcome = judged.outcome, .observed = judged.observed},
                         {.code = kRouteOpened, .subject = route.toString()}));
    }
}

void CredentialMatrixTest::stops()
{
    ShopRun run = shopRun();
    std::atomic_int asked = 0;
    run.lie([&](const PageRequest &request) -> std::optional<PageReply> {
        asked += request.path() == "/api/customers" ? 1 : 0;
        return std::nullopt;
    });
    run.allow(400, 30);
    QElapsedTimer sinceStop;
    std::jthread stopper([&](const std::stop_token &ended) {
        while (asked < 2 && !ended.stop_requested())
            std::this_thread::yield();
        sinceStop.start();
        run.token.cancel();
    });
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(sinceStop.isValid() && sinceStop.elapsed() < 1000, qPrintable(toldBy(judged)));
    QVERIFY(openedRoutes(judged).isEmpty());
    QVERIFY(!hasSeen({.outcome = judged.outcome, .observed = judged.observed},
                     {.code = kRouteOpened, .subject = u"GET /api/projects"_s}));
}

void CredentialMatrixTest::believesNoLiar_data()
{
    addLiarRows();
}

void CredentialMatrixTest::believesNoLiar()
{
    QFETCH(Liar, liar);
    ShopRun run = shopRun();
    run.lie(liar);
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged).isEmpty(), qPrintable(toldBy(judged)));
}

QTEST_GUILESS_MAIN(CredentialMatrixTest)
#include "tst_credentialmatrix.moc"
