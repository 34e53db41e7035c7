// access.enumeration: routes that look people up by their address or name.
#include "tests/checks/access/enumerationscene.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// As a drawing made of a name would differ from another one.
QByteArray inLetters(const QByteArray &name)
{
    QByteArray letters = QCryptographicHash::hash(name, QCryptographicHash::Md5).toHex().left(12);
    for (char &letter : letters)
        letter = static_cast<char>(letter <= '9' ? letter - '0' + 'k' : letter);
    return letters;
}

} // namespace

class TestEnumerationLookups : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsLookups_data();
    void findsLookups();
    void looksUpInTheShop_data();
    void looksUpInTheShop();
    void looksUpInTheDesk_data();
    void looksUpInTheDesk();
    void looksUpByOtherPlaces_data();
    void looksUpByOtherPlaces();
    void foretellsLookups();

private:
    std::unique_ptr<ShopLab> m_shop;
    std::unique_ptr<DeskLab> m_desk;
};

void TestEnumerationLookups::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    m_desk = std::make_unique<DeskLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
    QVERIFY2(m_desk->isReady(), qPrintable(m_desk->problem()));
}

// "GET /users" or the query of GraphQL, and what is asked for sam@acme.test, signed in as sam where that is a name.
void TestEnumerationLookups::findsLookups_data()
{
    QTest::addColumn<QString>("known");
    QTest::addColumn<QString>("expected"); // empty: no look-up
    const auto row = [](const QString &known, const QString &expected) {
        QTest::newRow(qPrintable(known)) << known << expected;
    };
    row(u"GET /users"_s, u"/users?email=sam%40acme.test"_s);
    row(u"GET /api/users/exists"_s, u"/api/users/exists?email=sam%40acme.test"_s);
    row(u"GET /api/check-email"_s, u"/api/check-email?email=sam%40acme.test"_s);
    row(u"GET /auth/email-available"_s, u"/auth/email-available?email=sam%40acme.test"_s);
    row(u"GET /users/by-email"_s, u"/users/by-email?email=sam%40acme.test"_s);
    row(u"GET /username/available"_s, u"/username/available?username=sam"_s);
    row(u"GET /users/{email}"_s, u"/users/sam%40acme.test"_s);
    row(u"GET /users/by-email/{id}"_s, u"/users/by-email/sam%40acme.test"_s);
    row(u"GET /u/{username}"_s, u"/u/sam"_s);
    row(u"GET /avatars/{hash}"_s,
        u"/avatars/"_s +
            QString::fromLatin1(QCryptographicHash::hash("sam@acme.test", QCryptographicHash::Md5).toHex()));
    row(u"{ userByEmail(email: $email) { id } }"_s, u"/graphql"_s);
    row(u"GET /users/{id}"_s, {});   // a number of a record: access.tenant-isolation
    row(u"GET /posts/{slug}"_s, {}); // not of people
    row(u"GET /orgs/{id}/users/{email}"_s, {});
    row(u"GET /customers"_s, {});     // records of the product, not its accounts
    row(u"GET /verify-email"_s, {});  // takes a link
    row(u"POST /users/exists"_s, {}); // is asked as the way to sign in
    row(u"GET! /admin/users"_s, {});  // of administrators
    row(u"mutation($email: String) { invite(email: $email) { id } }"_s, {});
    row(u"{ invoices(email: $email) { id } }"_s, u"/graphql"_s);
    row(u"{ login(email: $email, password: $password) { id } }"_s, {});
}

void TestEnumerationLookups::findsLookups()
{
    QFETCH(QString, known);
    QFETCH(QString, expected);
    const Target target{u"acme.test"_s, {{HostRole::Api, u"api.acme.test"_s, kHttpsPort}}};
    ProjectFacts facts;
    if (known.contains(u'{') && !known.startsWith("GET"_L1)) {
        QJsonObject variables{{u"email"_s, u"person@example.com"_s}};
        if (known.contains("password"_L1))
            variables.insert(u"password"_s, u"<value>"_s);
        const QJsonObject body{{u"query"_s, known}, {u"variables"_s, variables}};
        facts.samples = {{u"POST"_s, u"/graphql"_s, {}, "application/json", QJsonDocument(body).toJson(), {}}};
    } else {
        Route route;
        route.method = known.section(u' ', 0, 0);
        route.access = route.method.endsWith(u'!') ? AccessClass::Admin : AccessClass::SignedIn;
        route.method.remove(u'!');
        route.path = known.section(u' ', 1);
        facts.routes = {route};
    }
    const std::vector<PublicLookup> lookups = publicLookupsOf(target, facts);
    QCOMPARE(lookups.empty(), expected.isEmpty());
    if (lookups.empty())
        return;
    const QString name = lookups.front().byMail ? u"sam@acme.test"_s : u"sam"_s;
    const ActiveRequest request = lookupRequest(lookups.front(), name);
    QCOMPARE(request.url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded), expected);
    QVERIFY(lookups.front().place != LookupPlace::GraphQl || request.body.contains("sam@acme.test"));
    QVERIFY(!lookupName(lookups.front()).contains(name));
    const QUrl beside = besideLookup(lookups.front(), name, u"lc-x"_s).url;
    QVERIFY(beside.path().contains("/lc-x/"_L1) && beside.query() == request.url.query());
}

void TestEnumerationLookups::looksUpInTheShop_data()
{
    QTest::addColumn<FaultSet<ShopFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("clean") << FaultSet<ShopFault>() << QStringList();
    QTest::newRow("tells") << FaultSet<ShopFault>{ShopFault::AccountLookup}
                           << QStringList{u"public_oracle GET /api/users/check?email="_s};
}

// With nothing beside it, so that the look-up alone decides.
void TestEnumerationLookups::looksUpInTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QStringList, expected);
    m_shop->reset();
    m_shop->setFaults(faults);
    ShopAbuse scene(*m_shop, mayWrite);
    Route route = scene.facts.routes.front();
    route.method = u"GET"_s;
    route.path = u"/api/users/check"_s;
    route.access = AccessClass::Public;
    scene.facts.routes = {route};
    scene.facts.samples.clear();
    for (TestActor &actor : scene.facts.actors)
        actor.signIn.kind = SignInKind::BearerToken; // no login to ask
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(alikeTime), run);
    m_shop->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(told(judged)));
    QVERIFY2(!expected.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(run.gate->sentBy(u"access.enumeration"_s), kLookupRequests);
    QCOMPARE(m_shop->shop().journal().count("GET", "/api/users/check"), 2 * kLookupPairs);
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, Proof::Proven);
        QCOMPARE(finding.evidence.size(), std::size_t(2));
        QVERIFY2(finding.whatWeSaw.contains("status 200"_L1) && finding.whatWeSaw.contains("404"_L1),
                 qPrintable(finding.whatWeSaw));
    }
}

void TestEnumerationLookups::looksUpInTheDesk_data()
{
    QTest::addColumn<FaultSet<DeskFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("clean") << FaultSet<DeskFault>() << QStringList();
    QTest::newRow("tells") << FaultSet<DeskFault>{DeskFault::GraphQlUserLookup}
                           << QStringList{u"public_oracle POST /graphql (userByEmail)"_s};
}

void TestEnumerationLookups::looksUpInTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QStringList, expected);
    m_desk->reset();
    m_desk->setFaults(faults);
    DeskAbuse scene(*m_desk);
    scene.facts.routes.clear();
    scene.facts.samples = {
        {u"POST"_s,
         u"/graphql"_s,
         scene.host,
         "application/json",
         R"({"query":"query($email: String!) { userByEmail(email: $email) { name } }","variables":{"email":"x"}})",
         {}}};
    for (TestActor &actor : scene.facts.actors)
        actor.signIn.kind = SignInKind::BearerToken;
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(alikeTime), run);
    m_desk->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(told(judged)));
    QVERIFY2(!expected.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(told(judged)));
}

void TestEnumerationLookups::looksUpByOtherPlaces_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<QString>("expected"); // code and severity, or the outcome
    const auto knows = [](const QByteArray &known, int other) -> Manner {
        return [=](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.path().contains("/lc-") || !request.path().startsWith("/u"))
                return saying(404, R"({"error":"not_found"})");
            return request.target.contains(known) ? saying(200, R"({"name":"Sam"})")
                                                  : saying(other, R"({"error":"none"})");
        };
    };
    QTest::newRow("an address in the path")
        << u"/users/{email}"_s << knows("sam%40acme.test", 404) << u"public_oracle:medium"_s;
    QTest::newRow("a name") << u"/u/{username}"_s << knows("samuel", 404) << u"public_oracle:low"_s;
    QTest::newRow("an empty list for others") << u"/users"_s << Manner([](const PageRequest &request, int) {
        if (request.path() != "/users")
            return saying(404, "{}");
        return request.target.contains("sam%40") ? saying(200, R"([{"id":3}])") : saying(200, "[]");
    }) << u"public_oracle:medium"_s;
    QTest::newRow("the same for all") << u"/users"_s << Manner([](const PageRequest &request, int) {
        return request.path() == "/users" ? saying(401, R"({"error":"sign_in"})") : saying(404, "{}");
    }) << u"pass"_s;
    QTest::newRow("wants another field") << u"/users"_s << Manner([](const PageRequest &request, int) {
        return request.path() == "/users" ? saying(422, R"({"error":"q is missing"})") : saying(404, "{}");
    }) << u"not_run"_s;
    QTest::newRow("a picture for each") << u"/users/{email}"_s << Manner([](const PageRequest &request, int) {
        return request.path().contains("/lc-") ? saying(404, "{}") : saying(200, "<svg>" + inLetters(request.path()));
    }) << u"not_run"_s;
    for (const auto &[name, manner] : hostileManners())
        QTest::newRow(name) << u"/users/{email}"_s << manner << u"not_run"_s;
}

void TestEnumerationLookups::looksUpByOtherPlaces()
{
    QFETCH(QString, path);
    QFETCH(Manner, manner);
    QFETCH(QString, expected);
    HostileSite site(manner);
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    Route route = site.facts.routes.front();
    route.method = u"GET"_s;
    route.path = path;
    site.facts.routes = {route};
    site.facts.samples.clear();
    TestActor &actor = site.facts.actors.front();
    actor.signIn.kind = SignInKind::BearerToken;
    if (path.contains("username"_L1))
        actor.userName = u"samuel"_s;
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(site.count > 0 && site.count <= kLookupRequests);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

// However many routes look people up: so many are asked, and no more than was said.
void TestEnumerationLookups::foretellsLookups()
{
    ProjectFacts facts;
    TestActor actor;
    actor.userName = u"sam@acme.test"_s;
    actor.signIn.kind = SignInKind::BearerToken;
    facts.actors = {actor};
    for (int i = 0; i < 20; ++i) {
        Route route;
        route.path = u"/v%1/users"_s.arg(i);
        facts.routes.push_back(route);
    }
    const Target target{u"acme.test"_s, {{HostRole::Api, u"api.acme.test"_s, kHttpsPort}}};
    const auto needs = enumerationCheck().requests({target, facts});
    QCOMPARE(needs.size(), std::size_t(1));
    QCOMPARE(needs.front().most, static_cast<int>(kMostLookups) * kLookupRequests);
    // The others are named, and what was found there stays as it was.
    const auto nobody = [](const TestActor &) { return false; };
    const EnumerationPlan plan = enumerationPlanOf({target, facts}, {.hasSecret = nobody, .mayLock = nobody});
    QCOMPARE(plan.inquiries.size(), kMostLookups);
    QCOMPARE(plan.skipped.size(), facts.routes.size() - kMostLookups);
    QVERIFY2(plan.skipped.back().notTested.contains(u"GET /v19/users"_s), qPrintable(plan.skipped.back().notTested));
}

QTEST_GUILESS_MAIN(TestEnumerationLookups)
#include "tst_enumerationlookups.moc"
