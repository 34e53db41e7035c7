#include "checks/abuse/webhook.h"
#include "checks/actors/crew.h"
#include "models/unseen.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/lab/renewed.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";

bool isWebhook(const ShopRouteLine &line)
{
    return line.path.startsWith("/api/webhooks/");
}

// The key among the accounts, as a person adds it.
TestActor signingKey(const QString &header = u"Shop-Signature"_s)
{
    TestActor actor;
    actor.id = u"key"_s;
    actor.name = u"Webhooks"_s;
    actor.role = u"webhook"_s;
    actor.signIn.kind = SignInKind::SigningKey;
    actor.signIn.headerName = header;
    return actor;
}

template<typename Lab>
AttackRun runWithKey(BadShopOf<Lab> &scene, bool hasKey, int requests = 100)
{
    auto secrets = secretsOf(scene.lab.shop());
    if (hasKey) {
        scene.facts.actors.push_back(signingKey());
        secrets.emplace(u"key"_s, Secret(scene.lab.shop().webhookSecret()));
    }
    return AttackRun(scene.lab.netOptions(), {scene.host}, std::move(secrets), requests);
}

} // namespace

class TestWebhook : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void signs_data();
    void signs();
    void findsRoutes_data();
    void findsRoutes();
    void takesAKeyForNoAccount();
    void judges_data();
    void judges();
    void namesWhatItLeavesOut();
    void findsNothingInTheCleanShop_data();
    void findsNothingInTheCleanShop();
    void findsFaults_data();
    void findsFaults();
    void isNotFooled_data();
    void isNotFooled();
    void staysInsideItsBudget();
    void stops();

private:
    ShopLab m_shop;
    LyingShop m_hostile;
};

void TestWebhook::initTestCase()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
}

void TestWebhook::init()
{
    renew(m_shop);
}

// Known answers, computed with another implementation of HMAC.
void TestWebhook::signs_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("expected"); // "name: value" joined by |
    QTest::newRow("Stripe")
        << QByteArray("Stripe-Signature") << QByteArray("whsec_test")
        << QByteArray(
               "Stripe-Signature: t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925");
    QTest::newRow("GitHub")
        << QByteArray("X-Hub-Signature-256") << QByteArray("secret")
        << QByteArray("X-Hub-Signature-256: sha256=16abb10adb33ff9cff34f6a57fc2c0b902c11ea19fe73dae86f2940c235e7ed5");
    QTest::newRow("Shopify") << QByteArray("X-Shopify-Hmac-Sha256") << QByteArray("secret")
                             << QByteArray("X-Shopify-Hmac-Sha256: FquxCtsz/5z/NPalf8LAuQLBHqGf5z2uhvKUDCNeftU=");
    QTest::newRow("Slack") << QByteArray("X-Slack-Signature") << QByteArray("secret")
                           << QByteArray("X-Slack-Request-Timestamp: 1700000000|X-Slack-Signature: "
                                         "v0=b309f3d7239ac0374a6c849860bd0d4c399db9a34a5dc5a8898e32501a58ba22");
    QTest::newRow("Svix") << QByteArray("Svix-Signature") << QByteArray("whsec_c2VjcmV0")
                          << QByteArray("Svix-Id: evt_1|Svix-Timestamp: 1700000000|Svix-Signature: "
                                        "v1,99E8UvkaUh85NKgOlytUbAjo+hxs6Eexb3PrUQgHt3Y=");
}

void TestWebhook::signs()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, expected);
    QByteArrayList lines;
    for (const Header &one : signatureHeaders(header, key, "evt_1", 1700000000, R"({"id":"evt_1"})"))
        lines.append(one.name + ": " + one.value);
    QCOMPARE(lines.join('|'), expected);
    // A signature that is none differs from the good one.
    for (const Header &one : garbageHeaders(header, 1700000000))
        QVERIFY(one.name != header || !expected.contains(one.value));
}

void TestWebhook::findsRoutes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("expected");
    QTest::newRow("webhooks") << u"/api/webhooks/payments"_s << true;
    QTest::newRow("webhook") << u"/webhook"_s << true;
    QTest::newRow("web-hook") << u"/web-hook/x"_s << true;
    QTest::newRow("of a provider") << u"/api/stripe-webhook"_s << true;
    QTest::newRow("hooks") << u"/hooks/github"_s << true;
    QTest::newRow("a page about them") << u"/docs/webhooks-guide"_s << false;
    QTest::newRow("notes") << u"/api/notes"_s << false;
}

void TestWebhook::findsRoutes()
{
    QFETCH(QString, path);
    QFETCH(bool, expected);
    Route route;
    route.method = u"POST"_s;
    route.path = path;
    QCOMPARE(webhookRoutes({route}).size(), std::size_t(0)); // not marked
    route.safeToWrite = true;
    QCOMPARE(!webhookRoutes({route}).empty(), expected);
}

void TestWebhook::takesAKeyForNoAccount()
{
    BadShop scene(m_shop, isWebhook);
    const Crew before = crewOf(scene.facts.actors);
    std::vector<TestActor> actors = scene.facts.actors;
    actors.push_back(signingKey());
    const Crew after = crewOf(actors);
    QCOMPARE(after.further.size(), before.further.size());
    QVERIFY(after.anybody->id == before.anybody->id);
    QCOMPARE(signingKeyFor({}, actors)->id, u"key"_s);
    QCOMPARE(signingKeyFor("shop-signature", actors)->id, u"key"_s);
    QVERIFY(!signingKeyFor("Stripe-Signature", actors));
    QVERIFY(!signingKeyFor({}, scene.facts.actors));
}

void TestWebhook::judges_data()
{
    QTest::addColumn<int>("malformed");
    QTest::addColumn<int>("none");
    QTest::addColumn<int>("garbage");
    QTest::addColumn<int>("nowhere");
    QTest::addColumn<int>("valid"); // 0: without a key
    QTest::addColumn<int>("old");
    QTest::addColumn<QString>("expected");
    QTest::newRow("refused, without a key") << 400 << 401 << 401 << 404 << 0 << 0 << u"info"_s;
    QTest::newRow("refused, with a key") << 400 << 401 << 401 << 404 << 200 << 400 << u"pass"_s;
    QTest::newRow("refused with 400") << 400 << 400 << 400 << 404 << 200 << 400 << u"pass"_s;
    QTest::newRow("unsigned is taken") << 400 << 200 << 200 << 404 << 0 << 0 << u"unsigned_accepted:critical"_s;
    QTest::newRow("everything is taken") << 200 << 200 << 200 << 404 << 0 << 0 << u"unsigned_answered:medium"_s;
    QTest::newRow("everywhere") << 200 << 200 << 200 << 200 << 0 << 0 << u"not_run"_s;
    QTest::newRow("a shield") << 403 << 403 << 403 << 403 << 0 << 0 << u"not_run"_s;
    QTest::newRow("no such webhook") << 404 << 404 << 404 << 404 << 0 << 0 << u"not_run"_s;
    QTest::newRow("another method") << 405 << 405 << 405 << 404 << 0 << 0 << u"not_run"_s;
    QTest::newRow("broken") << 500 << 500 << 500 << 404 << 0 << 0 << u"not_run"_s;
    QTest::newRow("to the login page") << 302 << 302 << 302 << 302 << 0 << 0 << u"not_run"_s;
    QTest::newRow("garbage is taken") << 400 << 401 << 200 << 404 << 0 << 0 << u"wrong_signature_accepted:critical"_s;
    QTest::newRow("old is taken") << 400 << 401 << 401 << 404 << 200 << 200 << u"old_signature_accepted:medium"_s;
    QTest::newRow("the key is wrong") << 400 << 401 << 401 << 404 << 401 << 401 << u"not_run"_s;
}

void TestWebhook::judges()
{
    QFETCH(int, malformed);
    QFETCH(int, none);
    QFETCH(int, garbage);
    QFETCH(int, nowhere);
    QFETCH(int, valid);
    QFETCH(int, old);
    QFETCH(QString, expected);
    WebhookRun run;
    run.route.path = u"/webhooks/stripe"_s;
    run.headerName = "Stripe-Signature";
    run.hasKey = valid > 0;
    const auto add = [&](WebhookWay way, int status) {
        if (status > 0)
            run.tries.push_back({way, {}, answer(status, kJson, R"({"ok":1})")});
    };
    add(WebhookWay::Nowhere, nowhere);
    add(WebhookWay::Malformed, malformed);
    add(WebhookWay::None, none);
    add(WebhookWay::Garbage, garbage);
    add(WebhookWay::Valid, valid);
    add(WebhookWay::Again, valid); // taken as the first was, and not counted
    add(WebhookWay::Old, old);
    WebhookLook look;
    look.routes = {run};
    QCOMPARE(said(judgeWebhooks(look)), expected);
    look.leftOut = {u"POST /hooks/more"_s};
    look.notAsked = {u"POST /hooks/{id}"_s};
    const Judged judged = judgeWebhooks(look);
    QVERIFY(judged.outcome != Outcome::Pass);
    for (const QString &route : look.leftOut + look.notAsked) {
        QVERIFY2(judged.reason.contains(route), qPrintable(judged.reason));
        const Unseen gap{.subject = route};
        QVERIFY(std::ranges::count(unseenIn(judged.observed), gap) == 1);
    }
}

// The sixth of six stays open, and gets no request.
void TestWebhook::namesWhatItLeavesOut()
{
    BadShop scene(m_shop, isWebhook);
    const auto first = std::ranges::find_if(scene.facts.routes, &Route::safeToWrite);
    const Route route = *first;
    for (int i = 1; i <= kMostWebhooks; ++i) {
        scene.facts.routes.push_back(route);
        scene.facts.routes.back().path += u"-%1"_s.arg(i);
    }
    AttackRun run = runWithKey(scene, false);
    const Judged judged = scene.judged(run, webhookSignatureCheck());
    QVERIFY2(judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), kMostWebhooks);
    const QString last = u"POST %1-%2"_s.arg(route.path).arg(kMostWebhooks);
    QCOMPARE(judged.observed["left_out"_L1][0].toString(), last);
    QVERIFY2(judged.reason.contains(last), qPrintable(judged.reason));
    for (const LoggedRequest &line : run.gate->log())
        QVERIFY(!last.endsWith(line.route));
}

void TestWebhook::findsNothingInTheCleanShop_data()
{
    QTest::addColumn<bool>("hasKey");
    QTest::newRow("with the key") << true;
    QTest::newRow("without it") << false;
}

void TestWebhook::findsNothingInTheCleanShop()
{
    QFETCH(bool, hasKey);
    BadShop scene(m_shop, isWebhook);
    AttackRun run = runWithKey(scene, hasKey);
    const Judged judged = scene.judged(run, webhookSignatureCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == (hasKey ? Outcome::Pass : Outcome::Info), qPrintable(told(judged)));
}

void TestWebhook::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<QString>("code");
    QTest::newRow("unsigned") << WebhookUnsigned << false << u"unsigned_accepted"_s;
    QTest::newRow("unsigned, with the key") << WebhookUnsigned << true << u"unsigned_accepted"_s;
    QTest::newRow("stale") << WebhookStale << true << u"old_signature_accepted"_s;
    QTest::newRow("again") << WebhookReplay << true << u"event_counted_twice"_s;
}

void TestWebhook::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(bool, hasKey);
    QFETCH(QString, code);
    m_shop.setFaults({fault});
    BadShop scene(m_shop, isWebhook);
    AttackRun run = runWithKey(scene, hasKey);
    const Judged judged = scene.judged(run, webhookSignatureCheck());
    QVERIFY2(codesOf(judged) == QStringList{code}, qPrintable(told(judged)));
    const Finding &found = judged.findings.front();
    QVERIFY(found.proof == Proof::Strong);
    QVERIFY(!found.evidence.empty());
    QVERIFY(!found.evidence.front().body.contains(QString::fromUtf8(m_shop.shop().webhookSecret())));
}

void TestWebhook::isNotFooled_data()
{
    addLieRows();
}

void TestWebhook::isNotFooled()
{
    QFETCH(ShopLie, lie);
    m_hostile.lie(lie, 2);
    BadShopOf scene(m_hostile, isWebhook);
    AttackRun run = runWithKey(scene, true);
    const Judged judged = scene.judged(run, webhookSignatureCheck());
    if (lie == ShopLie::ChangesIds) // an event has no id of ours
        QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    else
        QCOMPARE(fooledBy(judged), QString());
}

void TestWebhook::staysInsideItsBudget()
{
    BadShop scene(m_shop, isWebhook);
    const auto newRun = [&](int requests) { return runWithKey(scene, requests > 4, requests); };
    QCOMPARE(budgetProblem(scene, webhookSignatureCheck(), {.least = 7, .most = 7, .tooFew = 4}, newRun), QString());
}

void TestWebhook::stops()
{
    m_hostile.lie(ShopLie::IsSlow);
    BadShopOf scene(m_hostile, isWebhook);
    AttackRun run = runWithKey(scene, true);
    const StoppedLook stopped =
        stoppedLook([&] { return m_hostile.shop().journal().count("POST", "/api/webhooks/payments") > 0; },
                    [&] { run.token.cancel(); }, [&] { return scene.judged(run, webhookSignatureCheck()); });
    QCOMPARE(stopped.problem(), QString());
    QVERIFY2(stopped.judged.outcome == Outcome::NotRun, qPrintable(told(stopped.judged)));
}

QTEST_GUILESS_MAIN(TestWebhook)
#include "tst_webhook.moc"
