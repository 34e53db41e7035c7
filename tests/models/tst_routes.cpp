// The templates of routes, the guesses about them, and the list that they end in.
#include "models/routes/accessguess.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"
#include "models/routesfile.h"
#include "tests/models/routetexts.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::routetexts;
using namespace Qt::StringLiterals;

class TestRoutes : public QObject
{
    Q_OBJECT

private slots:
    void makesTemplates_data();
    void makesTemplates();
    void knowsOneAddressByItsShape_data();
    void knowsOneAddressByItsShape();
    void guessesAccess_data();
    void guessesAccess();
    void learnsFromDoubles();
    void knowsTheUsualHost();
    void collapsesNeighbours();
    void keepsNeighboursThatDiffer();
    void keepsStrangersOut();
    void exportsATable();
    void comesBackFromJson();
};

void TestRoutes::makesTemplates_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("seen");
    const auto row = [](const char *name, const QString &path, const QString &expected, const QString &seen = {}) {
        QTest::newRow(name) << path << expected << seen;
    };
    row("plain", u"/api/orders"_s, u"/api/orders"_s);
    row("number", u"/invoices/17"_s, u"/invoices/{id}"_s, u"/invoices/17"_s);
    row("two numbers", u"/a/1/b/2"_s, u"/a/{id}/b/{id2}"_s, u"/a/1/b/2"_s);
    row("19 digits", u"/a/1234567890123456789"_s, u"/a/{id}"_s, u"/a/1234567890123456789"_s);
    row("20 digits are a token", u"/a/12345678901234567890"_s, u"/a/{id}"_s);
    row("version is no id", u"/v1/a"_s, u"/v1/a"_s);
    row("UUID", u"/a/123e4567-e89b-12d3-a456-426614174000"_s, u"/a/{id}"_s,
        u"/a/123e4567-e89b-12d3-a456-426614174000"_s);
    row("object id", u"/a/507f1f77bcf86cd799439011"_s, u"/a/{id}"_s, u"/a/507f1f77bcf86cd799439011"_s);
    row("ULID", u"/a/01ARZ3NDEKTSV4RRFFQ69G5FAV"_s, u"/a/{id}"_s, u"/a/01ARZ3NDEKTSV4RRFFQ69G5FAV"_s);
    row("id with a prefix", u"/a/cus_Nffr41hJ8kLm"_s, u"/a/{id}"_s, u"/a/cus_Nffr41hJ8kLm"_s);
    row("MD5", u"/reset/5d41402abc4b2a76b9719d911017c592"_s, u"/reset/{id}"_s);
    row("token", u"/join/aB3dE6gH9jK2mN5pQ8sT"_s, u"/join/{id}"_s);
    row("JWT", u"/t/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghij"_s, u"/t/{id}"_s);
    row("mail address", u"/users/anna@example.com"_s, u"/users/{id}"_s);
    row("token in the alphabet of URLs", u"/invite/Ab3-dEf_gH1jK2mN-pQ8sTuVwX0yZaBcDeFgHiJkLmN"_s, u"/invite/{id}"_s);
    row("signed token", u"/confirm/ImFubmFAZXhhbXBsZS5jb20i.Zx3abQ.sIg-n4tUr3"_s, u"/confirm/{id}"_s);
    row("signed token without a word in it", u"/confirm/aB3dE6gH9j-K2mN5pQ8s.T1uV4wX"_s, u"/confirm/{id}"_s);
    row("token with a long part", u"/reset/I66Y0mub6C8E_eWOkwOFDbrhICMB6-GD"_s, u"/reset/{id}"_s);
    row("token with two numbers in a part", u"/reset/aBcd1efg2hij_klmnopq-rstuvw"_s, u"/reset/{id}"_s);
    for (const auto &title :
         {u"Using-PostgreSQL-15-with-Node"_s, u"iPhone-15-Pro-Max-256GB-Black"_s, u"Migrating-to-GitHub-Actions-2025"_s,
          u"MySQL8-to-MariaDB11-Migration-Guide"_s, u"How-OAuth2-and-OpenID-Connect-work-in-2025"_s,
          u"JavaScriptFrameworks-in-2026-and-beyond"_s, u"YouTubeMusicVsAppleMusicPremium-2026"_s,
          u"Why-PostgreSQLvsMySQL-matters-today"_s})
        row(qPrintable(title), u"/docs/"_s + title, u"/docs/"_s + title);
    row("a title stays", u"/blog/How-To-Launch-In-2026-And-Stay"_s, u"/blog/How-To-Launch-In-2026-And-Stay"_s);
    row("id beside a token", u"/a/7/aB3dE6gH9jK2mN5pQ8sT"_s, u"/a/{id}/{id2}"_s);
    row("slug stays", u"/blog/how-to-launch-in-2026"_s, u"/blog/how-to-launch-in-2026"_s);
    row("long word stays", u"/internationalisierungen"_s, u"/internationalisierungen"_s);
    row("query goes", u"/a/7?token=x"_s, u"/a/{id}"_s, u"/a/7"_s);
    row("no slash", u"a"_s, u"/a"_s);
    row("nothing", QString(), u"/"_s);
    row("Express", u"/a/:id"_s, u"/a/{id}"_s);
    row("Express, optional", u"/a/:id?"_s, u"/a/{id}"_s);
    row("Next.js", u"/a/[id]"_s, u"/a/{id}"_s);
    row("Next.js, the rest", u"/a/[...slug]"_s, u"/a/{slug}"_s);
    row("Flask", u"/a/<int:number>"_s, u"/a/{number}"_s);
    row("template string", u"/a/${user.id}/b"_s, u"/a/{id}/b"_s);
    row("Postman", u"/a/{{orderId}}"_s, u"/a/{orderId}"_s);
    row("hole without a name", u"/a/${e}/${}"_s, u"/a/{e}/{param}"_s);
}

void TestRoutes::makesTemplates()
{
    QFETCH(QString, path);
    const PathTemplate made = pathTemplate(path);
    QTEST(made.path, "expected");
    QTEST(made.seen, "seen");
    QCOMPARE(pathTemplate(made.path).path, made.path);
}

void TestRoutes::knowsOneAddressByItsShape_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("same");
    QTest::newRow("names of holes") << u"/a/{id}"_s << u"/a/{orderId}"_s << true;
    QTest::newRow("slash at the end") << u"/a/"_s << u"/a"_s << true;
    QTest::newRow("the root") << u"/"_s << u"/"_s << true;
    QTest::newRow("hole and number") << u"/a/{id}"_s << u"/a/17"_s << true;
    QTest::newRow("hole and word") << u"/a/{id}"_s << u"/a/new"_s << false;
    QTest::newRow("case") << u"/A"_s << u"/a"_s << false;
    QTest::newRow("operations of GraphQL") << u"/graphql#query.a"_s << u"/graphql#query.b"_s << false;
}

void TestRoutes::knowsOneAddressByItsShape()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QTEST(shapeOf(a) == shapeOf(b), "same");
}

void TestRoutes::guessesAccess_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isCall");
    QTest::addColumn<AccessClass>("expected");
    using enum AccessClass;
    const auto row = [](const QString &path, bool isCall, AccessClass expected) {
        QTest::newRow(qPrintable(path + (isCall ? u" call"_s : u" page"_s))) << path << isCall << expected;
    };
    row(u"/api/orders"_s, true, SignedIn);
    row(u"/api/admin/users"_s, true, Admin);
    row(u"/api/administrate"_s, true, SignedIn);
    row(u"/api/login"_s, true, Public);
    row(u"/api/auth/callback"_s, true, Public);
    row(u"/api/auth/callback/google"_s, true, Public);
    row(u"/api/auth/callback/{id}"_s, true, SignedIn);
    row(u"/api/public"_s, true, Public);
    row(u"/api/v1/public"_s, true, Public);
    row(u"/api/public/plans"_s, true, Public);
    row(u"/api/public-keys"_s, true, SignedIn);
    row(u"/api/users/{id}/public"_s, true, SignedIn);
    row(u"/api/webhooks/stripe"_s, true, Public);
    row(u"/healthz"_s, true, Public);
    row(u"/graphql#query.adminUsers"_s, true, SignedIn);
    row(u"/api/users/login"_s, true, Public);
    row(u"/users/sign_in"_s, false, Public);
    row(u"/auth/{provider}/callback"_s, true, Public);
    row(u"/api/health/live"_s, true, Public);
    row(u"/.well-known/jwks.json"_s, true, Public);
    row(u"/api/users/{id}/reset-password"_s, true, SignedIn);
    row(u"/api/orders/{id}/status"_s, true, SignedIn);
    row(u"/api/order-status"_s, true, SignedIn);
    row(u"/api/settings/privacy"_s, true, SignedIn);
    row(u"/api/settings/sso"_s, true, SignedIn);
    row(u"/api/jobs"_s, true, SignedIn);
    row(u"/api/webhooks"_s, true, SignedIn);
    row(u"/account/plans"_s, true, SignedIn);
    row(u"/account/plans"_s, false, SignedIn);
    row(u"/settings/privacy"_s, false, SignedIn);
    row(u"/en/about/team"_s, false, Public);
    row(u"/pricing"_s, false, Public);
    row(u"/"_s, false, Public);
    row(u"/dashboard"_s, false, SignedIn);
    row(u"/settings/billing"_s, false, SignedIn);
    row(u"/admin"_s, false, Admin);
    row(u"/wp-admin/"_s, false, Admin);
    row(u"/badminton"_s, false, Public);
}

void TestRoutes::guessesAccess()
{
    QFETCH(QString, path);
    QFETCH(bool, isCall);
    QTEST(guessedAccess(path, isCall ? AddressKind::Call : AddressKind::Page), "expected");
}

void TestRoutes::learnsFromDoubles()
{
    Route known{.method = u"GET"_s, .path = u"/a/{id}"_s, .source = u"HAR"_s};
    known.isGuessed = true;
    Route same{.method = u"GET"_s, .path = u"/a/{x}"_s, .access = AccessClass::Admin, .source = u"OpenAPI"_s};
    same.seen = u"/a/7"_s;
    const auto merged = mergedRoutes({known}, {same, same});
    QCOMPARE(merged.size(), size_t(1));
    QCOMPARE(printed(merged), u"GET /a/{id} admin [/a/7]"_s);
    QCOMPARE(merged.front().source, u"HAR, OpenAPI"_s);
    // What a person has said is not taken back.
    Route said = known;
    said.isGuessed = false;
    QCOMPARE(mergedRoutes({said}, {same}).front().access, AccessClass::SignedIn);
}

void TestRoutes::knowsTheUsualHost()
{
    const Route anywhere{.method = u"GET"_s, .path = u"/a"_s};
    const Route there{.method = u"GET"_s, .path = u"/a"_s, .host = u"api.example.com"_s};
    QCOMPARE(mergedRoutes({anywhere}, {there}, u"api.example.com"_s).size(), size_t(1));
    QCOMPARE(mergedRoutes({anywhere}, {there}, u"www.example.com"_s).size(), size_t(2));
}

void TestRoutes::collapsesNeighbours()
{
    std::vector<Route> pages;
    for (int i = 0; i < 19; ++i)
        pages.push_back({.method = u"GET"_s, .path = u"/blog/post-"_s + QChar(u'a' + i)});
    QCOMPARE(collapsedNeighbours(pages).size(), size_t(19));
    pages.push_back({.method = u"GET"_s, .path = u"/blog/last"_s});
    pages.push_back({.method = u"GET"_s, .path = u"/about"_s});
    QCOMPARE(printed(collapsedNeighbours(pages)), u"GET /blog/{slug} signed_in [/blog/post-a]\nGET /about signed_in"_s);
}

void TestRoutes::keepsNeighboursThatDiffer()
{
    std::vector<Route> calls;
    std::vector<Route> mixed;
    for (int i = 0; i < 24; ++i) {
        const QString name = u"name-"_s + QChar(u'a' + i);
        calls.push_back({.method = u"GET"_s, .path = u"/api/"_s + name});
        const auto access = i < 12 ? AccessClass::Public : AccessClass::SignedIn;
        mixed.push_back({.method = u"GET"_s, .path = u"/blog/"_s + name, .access = access});
    }
    QCOMPARE(collapsedNeighbours(calls).size(), size_t(24));
    QCOMPARE(collapsedNeighbours(mixed).size(), size_t(24));
    // One template for all would hide who may open the others.
    for (int i = 0; i < 8; ++i)
        mixed.push_back(
            {.method = u"GET"_s, .path = u"/blog/more-"_s + QChar(u'a' + i), .access = AccessClass::Public});
    for (int i = 0; i < 9; ++i)
        mixed.push_back({.method = u"GET"_s, .path = u"/blog/mine-"_s + QChar(u'a' + i)});
    QCOMPARE(collapsedNeighbours(mixed).size(), size_t(1 + 20)); // the larger group is one
    QVERIFY(printed(collapsedNeighbours(mixed)).contains(u"GET /blog/{slug} signed_in [/blog/name-m]"_s));
    mixed.push_back({.method = u"GET"_s, .path = u"/blog/{id}"_s, .access = AccessClass::Public});
    QCOMPARE(collapsedNeighbours(mixed).size(), size_t(20 + 21 + 1));
    mixed.back().access = AccessClass::SignedIn;
    QCOMPARE(collapsedNeighbours(mixed).size(), size_t(1 + 20)); // two templates of one place are one
    QCOMPARE(collapsedNeighbours(std::vector<Route>(30, mixed.front())).size(), size_t(1));
    QCOMPARE(printed(collapsedNeighbours(std::vector<Route>(30, mixed.front()))), u"GET /blog/name-a public"_s);
}

void TestRoutes::keepsStrangersOut()
{
    const Target target{u"example.com"_s, {{HostRole::Site, u"www.example.com"_s}}};
    const Route own{.method = u"GET"_s, .path = u"/a"_s, .host = u"api.example.com"_s};
    const Route anywhere{.method = u"GET"_s, .path = u"/b"_s};
    const Route foreign{.method = u"POST"_s, .path = u"/collect"_s, .host = u"stats.example.net"_s};
    const OwnRoutes kept = ownRoutes({own, foreign, anywhere, foreign}, target);
    QCOMPARE(kept.routes, (std::vector{own, anywhere}));
    QCOMPARE(kept.foreign, 2);
    QCOMPARE(kept.foreignHosts, QStringList(u"stats.example.net"_s));
}

void TestRoutes::exportsATable()
{
    Route route{.method = u"GET"_s, .path = u"/a,\"b\""_s, .source = u"=HYPERLINK(1)"_s};
    route.isGuessed = true;
    const QByteArray csv = routesCsv({route});
    QCOMPARE(csv.count("\r\n"), 2);
    QVERIFY(csv.contains("\"/a,\"\"b\"\"\""));
    QVERIFY(csv.contains("\"'=HYPERLINK(1)\""));
    QVERIFY(csv.contains("\"guessed\""));
}

void TestRoutes::comesBackFromJson()
{
    Route route{.method = u"GET"_s,
                .path = u"/a/{id}"_s,
                .access = AccessClass::Admin,
                .host = u"a.example.com"_s,
                .source = u"links"_s};
    route.isGuessed = true;
    route.seen = u"/a/7"_s;
    QCOMPARE(routesFromJson(toJson({route})), std::vector{route});
    QVERIFY(routesFromJson(QJsonDocument::fromJson(json("[{'method':'GET','path':'no slash','access':'admin'},"
                                                        "{'method':'GET','path':'/a','access':'x'},7]"))
                               .array())
                .empty());
}

QTEST_GUILESS_MAIN(TestRoutes)
#include "tst_routes.moc"
