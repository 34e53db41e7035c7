#include "checks/access/crossenvironment.h"
#include "checks/actors/stagingaccount.h"
#include "tests/checks/access/sessionscene.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kMine = "{\"email\":\"mia.lund@acme.example\",\"plan\":\"x\"}";
const QByteArray kDomain = "harbor-ledger.example";
const QByteArray kStagingHost = "api.staging.harbor-ledger.example";

EnvironmentCrossing crossingWith(const HttpResponse &got)
{
    EnvironmentCrossing one;
    one.owner = u"Mia"_s;
    one.page.request.url = QUrl(u"https://app.example.com/me"_s);
    one.page.good = answer(200, kJson, kMine);
    one.page.stranger = answer(401, kJson, "{\"error\":\"unauthorized\"}");
    one.page.markers = Markers({{u"mia.lund@acme.example"_s, MarkerKind::Mail, {}}});
    one.request = one.page.request;
    one.answer = got;
    one.invented = one.page.stranger;
    one.goodLast = one.page.good;
    return one;
}

using Change = std::function<void(EnvironmentCrossing &)>;

TestActor accountAt(const QByteArray &host, const PracticeAccount &account, const QString &id)
{
    TestActor actor;
    actor.id = id;
    actor.name = id;
    actor.role = account.role;
    actor.tenant = account.tenant;
    actor.userName = account.email;
    actor.signIn = jsonSignIn(PageLab::url(host, "/api/login"));
    actor.whoAmIUrl = PageLab::url(host, "/api/me").toString();
    actor.whoAmIPointer = u"/email"_s;
    return actor;
}

// Production, and a staging that is the same server or another one.
class TwoEnvironments
{
public:
    TwoEnvironments(bool isShared, const FaultSet<ShopFault> &faults)
        : m_production({.faults = faults, .domain = kDomain}),
          m_staging({.domain = "staging." + kDomain}),
          m_server(
              [this, isShared](const PageRequest &request) {
                  const bool isStaging = request.host() == kStagingHost && !isShared;
                  return isStaging ? m_staging.answer(request) : m_production.answer(request);
              },
              {m_production.apiHost(), kStagingHost})
    {
        ShopApi &other = isShared ? m_production : m_staging;
        const PracticeAccount live = m_production.account(kBirch, u"member"_s);
        const PracticeAccount test = other.account(kCedar, u"member"_s);
        m_facts.actors = {accountAt(m_production.apiHost(), live, u"live"_s), accountAt(kStagingHost, test, u"test"_s)};
        m_secrets = {{u"live"_s, Secret(live.password)}, {u"test"_s, Secret(test.password)}};
    }

    bool isReady() const { return m_server.isReady(); }
    ShopApi &production() { return m_production; }
    ProjectFacts &facts() { return m_facts; }
    std::map<QString, Secret> &secrets() { return m_secrets; }
    Judged judged()
    {
        const QString host = QString::fromLatin1(m_production.apiHost());
        m_run = std::make_unique<AttackRun>(m_server.netOptions(), QStringList{host, QString::fromLatin1(kStagingHost)},
                                            m_secrets);
        return m_run->run(crossEnvironmentCheck(), targetOf({host}), m_facts);
    }
    const ActiveGate &gate() const { return *m_run->gate; }

private:
    ShopApi m_production;
    ShopApi m_staging;
    PageLab m_server;
    ProjectFacts m_facts;
    std::map<QString, Secret> m_secrets;
    std::unique_ptr<AttackRun> m_run;
};

} // namespace

Q_DECLARE_METATYPE(Change)

class TestCrossEnvironment : public QObject
{
    Q_OBJECT

private slots:
    void knowsStaging_data();
    void knowsStaging();
    void knowsAccounts_data();
    void knowsAccounts();
    void judges_data();
    void judges();
    void mixesSessions();
    void apart();
    void shared();
    void stagingTokens_data();
    void stagingTokens();
    void needsAStagingAccount();
    void hostile_data();
    void hostile();
    void stops();
};

void TestCrossEnvironment::knowsStaging_data()
{
    QTest::addColumn<bool>("isStaging");
    for (const char *host : {"staging.example.com", "api.staging.example.com", "api-staging.example.com",
                             "stage2.example.com", "test.example.co.uk", "app-dev.example.com",
                             "pr-12.preview.example.com", "uat.example.com", "shop.sandbox.example.com"})
        QTest::newRow(host) << true;
    for (const char *host : {"example.com", "app.example.com", "staging.com", "backstage.example.com",
                             "latest.example.com", "devices.example.com", "127.0.0.1", "contest.example.com"})
        QTest::newRow(host) << false;
}

void TestCrossEnvironment::knowsStaging()
{
    QFETCH(bool, isStaging);
    const QString host = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(isStagingHost(host), isStaging);
    TestActor actor;
    actor.signIn.url = u"https://"_s + host + u"/login"_s;
    QCOMPARE(isOfStaging(actor, {.domain = registrableDomain(host), .hosts = {}}), isStaging);
}

void TestCrossEnvironment::knowsAccounts_data()
{
    QTest::addColumn<QString>("signIn");
    QTest::addColumn<QString>("whoAmI");
    QTest::addColumn<QStringList>("hosts");
    QTest::addColumn<bool>("isStaging");
    const QStringList live{u"app.example.com"_s};
    const QString auth0 = u"https://dev-1x2y3z.us.auth0.com/oauth/token"_s;
    const auto row = [](const char *name, const QString &signIn, const QString &whoAmI, const QStringList &hosts,
                        bool isStaging) { QTest::newRow(name) << signIn << whoAmI << hosts << isStaging; };
    row("signs in at staging", u"https://staging.example.com/login"_s, {}, live, true);
    row("signs in at a login service", auth0, {}, live, false);
    row("and is asked for at the product", auth0, u"https://app.example.com/me"_s, live, false);
    row("and at the service", auth0, u"https://dev-1x2y3z.us.auth0.com/userinfo"_s, live, false);
    row("and at staging", auth0, u"https://staging.example.com/me"_s, live, true);
    row("at a preview of somebody else's", {}, u"https://acme.preview.vendor.app/me"_s, live, true);
    row("signs in at the sandbox of a partner", u"https://sandbox.partner.example/login"_s, {}, live, false);
    row("signs in at staging, and is of production", u"https://login.staging.example.com/"_s,
        u"https://app.example.com/me"_s, live, false);
    row("staging itself is tested", u"https://staging.example.com/login"_s, u"https://staging.example.com/me"_s,
        {u"staging.example.com"_s, u"example.com"_s}, false);
    row("staging is tested beside production", {}, u"https://staging.example.com/me"_s,
        {u"app.example.com"_s, u"staging.example.com"_s}, true);
}

void TestCrossEnvironment::knowsAccounts()
{
    QFETCH(QString, signIn);
    QFETCH(QString, whoAmI);
    QFETCH(QStringList, hosts);
    QFETCH(bool, isStaging);
    TestActor actor;
    actor.signIn.url = signIn;
    actor.whoAmIUrl = whoAmI;
    Target target{.domain = u"example.com"_s, .hosts = {}};
    for (const QString &host : hosts)
        target.hosts.push_back({roleFromName(host, target.domain), host, kHttpsPort});
    QCOMPARE(isOfStaging(actor, target), isStaging);
}

void TestCrossEnvironment::judges_data()
{
    QTest::addColumn<HttpResponse>("got");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<Proof>("proof");
    const Change nothing = [](EnvironmentCrossing &) {};
    const auto row = [](const char *name, const HttpResponse &got, const Change &change, const QString &expected,
                        Proof proof = Proof::Proven) { QTest::newRow(name) << got << change << expected << proof; };
    const HttpResponse own = answer(200, kJson, kMine);
    const HttpResponse other = answer(200, kJson, "{\"email\":\"tom.berg@acme.example\",\"plan\":\"y\"}");
    const QString critical = u"staging_opens_production:critical"_s;
    row("refused", answer(401, kJson, "{}"), nothing, u"pass"_s);
    row("sent to the login", answer(302, "Location: /login"), nothing, u"pass"_s);
    row("the owner's data", own, nothing, critical);
    row(
        "the sender's data", other,
        [](EnvironmentCrossing &one) {
            one.senders = Markers({{u"tom.berg@acme.example"_s, MarkerKind::Mail, {}}});
        },
        critical);
    row("somebody's data", other, nothing, critical, Proof::Strong);
    row("the same without a name", answer(200, kJson, "{\"email\":\"\",\"plan\":\"\"}"), nothing, critical,
        Proof::Strong);
    row(
        "what an invented token gets as well", other,
        [&](EnvironmentCrossing &one) {
            one.invented = answer(200, kJson, "{\"email\":\"x@y.example\",\"plan\":\"\"}");
        },
        u"not_run"_s);
    row(
        "public by now", own, [](EnvironmentCrossing &one) { one.invented = one.page.good; }, u"not_run"_s);
    row(
        "the owner is out at the end", answer(401), [](EnvironmentCrossing &one) { one.goodLast = answer(401); },
        u"not_run"_s);
    row("a limit", answer(429), nothing, u"not_run"_s);
    row(
        "production at staging", own, [](EnvironmentCrossing &one) { one.from = CrossingFrom::Production; },
        u"production_opens_staging:high"_s);
}

void TestCrossEnvironment::judges()
{
    QFETCH(HttpResponse, got);
    QFETCH(Change, change);
    QFETCH(QString, expected);
    QFETCH(Proof, proof);
    EnvironmentCrossing one = crossingWith(got);
    change(one);
    const Judged judged = judgeCrossEnvironment({.production = u"Mia"_s, .staging = u"Tom"_s, .crossings = {one}});
    QCOMPARE(said(judged), expected);
    if (!judged.findings.empty())
        QCOMPARE(judged.findings[0].proof, proof);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

void TestCrossEnvironment::mixesSessions()
{
    const auto cookie = [](const char *name, const char *value) {
        return StoredCookie{
            .name = QString::fromLatin1(name), .value = Secret(value), .domain = u"a.example"_s, .path = u"/"_s};
    };
    Session owner{.token = Secret("owner-token")};
    owner.jar.put(cookie("sid", "owner-sid"));
    owner.jar.put(cookie("theme", "dark"));
    Session sender{.token = Secret("sender-token")};
    sender.jar.put(cookie("sid", "sender-sid"));
    sender.jar.put(cookie("theme", "dark"));
    const auto mixed = withValuesOf(sender, owner);
    QVERIFY(mixed);
    QCOMPARE(mixed->token->reveal(), QByteArray("sender-token"));
    QCOMPARE(mixed->jar.valueOf(u"sid"_s)->reveal(), QByteArray("sender-sid"));
    QVERIFY(!mixed->jar.valueOf(u"theme"_s)); // nothing of the owner goes along
    QVERIFY(!withValuesOf(Session{}, owner));
    Session forms; // an anti-forgery token of the same name is no session
    forms.jar.put(cookie("XSRF-TOKEN", "f0e1d2c3"));
    Session visitor;
    visitor.jar.put(cookie("XSRF-TOKEN", "a9b8c7d6"));
    QVERIFY(!withValuesOf(visitor, forms));
    Session staging; // the session under another name
    staging.jar.put(cookie("staging_session", "sender-session"));
    Session live;
    live.jar.put(cookie("app_session", "owner-session"));
    const auto renamed = withValuesOf(staging, live);
    QVERIFY(renamed);
    QCOMPARE(renamed->jar.valueOf(u"app_session"_s)->reveal(), QByteArray("sender-session"));
    QVERIFY(!withValuesOf(Session{.token = Secret("t")}, Session{.jar = owner.jar}));
}

void TestCrossEnvironment::apart()
{
    TwoEnvironments scene(false, {});
    QVERIFY(scene.isReady());
    const Judged judged = scene.judged();
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
    QCOMPARE(judged.observed["crossings"_L1].toArray().size(), 2);
    QVERIFY(scene.gate().sentBy(u"access.cross-environment"_s) <= kCrossEnvironmentCeiling);
    QVERIFY(isFreeOfSecrets(judged, scene.gate()));
}

// Staging with the keys and the database of production.
void TestCrossEnvironment::shared()
{
    TwoEnvironments scene(true, {});
    QVERIFY(scene.isReady());
    const Judged judged = scene.judged();
    QVERIFY2(said(judged) == "production_opens_staging:high staging_opens_production:critical"_L1,
             qPrintable(toldIn(judged)));
    for (const Finding &finding : judged.findings)
        QCOMPARE(finding.proof, Proof::Proven);
    QVERIFY(isFreeOfSecrets(judged, scene.gate()));
}

void TestCrossEnvironment::stagingTokens_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<QString>("expected");
    QTest::newRow("refused") << false << u"info"_s; // the other direction could not be tried
    QTest::newRow("taken") << true << u"staging_opens_production:critical"_s;
}

// A pasted token that staging signed.
void TestCrossEnvironment::stagingTokens()
{
    QFETCH(bool, isFaulty);
    QFETCH(QString, expected);
    TwoEnvironments scene(false, isFaulty ? FaultSet<ShopFault>{ShopFault::StagingToken} : FaultSet<ShopFault>());
    QVERIFY(scene.isReady());
    TestActor &pasted = scene.facts().actors[1];
    pasted.signIn.kind = SignInKind::BearerToken;
    pasted.whoAmIUrl.clear();
    const PracticeAccount account = scene.production().account(kCedar, u"member"_s);
    pasted.userName = account.email;
    scene.secrets()[u"test"_s] = Secret(scene.production().stagingToken(account));
    const Judged judged = scene.judged();
    QVERIFY2(said(judged) == expected, qPrintable(toldIn(judged)));
    QVERIFY(judged.reason.contains(u"Staging was not tried"_s));
}

void TestCrossEnvironment::needsAStagingAccount()
{
    SoundProduct product;
    AttackRun run = product.run();
    const Judged judged = run.run(crossEnvironmentCheck(), product.target(), product.facts());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.reason.contains(u"staging"_s));
    QCOMPARE(product.lab().count(), 0);
}

void TestCrossEnvironment::hostile_data()
{
    addHostileRows(5);
}

// Production misbehaves; staging is an account with a pasted token.
void TestCrossEnvironment::hostile()
{
    QFETCH(int, row);
    const HostileRow hostile = hostileRows(5)[static_cast<std::size_t>(row)];
    SoundProduct product(hostile.manners);
    ProjectFacts facts = product.facts();
    TestActor test = facts.actors[0];
    test.id = u"test"_s;
    test.signIn = {};
    test.signIn.kind = SignInKind::BearerToken;
    test.signIn.url = u"https://staging.harbor-ledger.example/login"_s;
    test.whoAmIUrl.clear();
    facts.actors.push_back(test);
    AttackRun run({}, {product.lab().host()},
                  {{u"a1"_s, Secret("correct-horse-battery")}, {u"test"_s, Secret("staging-token-5d0c1e99a7")}});
    const Judged judged = run.run(crossEnvironmentCheck(), product.target(), facts);
    QVERIFY2(judged.findings.empty(), qPrintable(toldIn(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass && !judged.reason.isEmpty(), qPrintable(toldIn(judged)));
    QVERIFY2(!hostile.mayPass || judged.outcome == Outcome::Info, qPrintable(toldIn(judged)));
}

void TestCrossEnvironment::stops()
{
    SoundProduct product({.slowness = std::chrono::milliseconds(100)});
    ProjectFacts facts = product.facts();
    TestActor test = facts.actors[0];
    test.id = u"test"_s;
    test.whoAmIUrl = u"https://staging.harbor-ledger.example/me"_s;
    facts.actors.push_back(test);
    AttackRun run = product.run();
    std::jthread stopper([&] {
        while (product.lab().count() < 2)
            std::this_thread::yield();
        run.token.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    const Judged judged = run.run(crossEnvironmentCheck(), product.target(), facts);
    QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(judged.outcome, Outcome::NotRun);
}

QTEST_GUILESS_MAIN(TestCrossEnvironment)
#include "tst_crossenvironment.moc"
