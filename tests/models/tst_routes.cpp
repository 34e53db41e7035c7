// Routes out of every kind of file, their templates, guesses and the list that they end in.
#include "models/routes/accessguess.h"
#include "models/routes/importers.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"
#include "models/routes/yamljson.h"
#include "models/routesfile.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// JSON that is easier to read in a table: single quotes stand for double ones.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

// "GET api.example.com/v1/a/{id} signed_in? [/v1/a/7]": the question mark is a guess, the brackets what was seen.
QString printed(const std::vector<Route> &routes)
{
    QStringList lines;
    for (const Route &route : routes) {
        QString line = u"%1 %2%3 %4"_s.arg(route.method, route.host, route.path, toWord(route.access));
        line += route.isGuessed ? u"?"_s : QString();
        line += route.seen.isEmpty() ? QString() : u" ["_s + route.seen + u']';
        lines << line;
    }
    return lines.join(u'\n');
}

QByteArray harEntry(const QByteArray &method, const QByteArray &url, const QByteArray &mime = "application/json",
                    int status = 200, const QByteArray &headers = {}, const QByteArray &more = {})
{
    return "{'request':{'method':'" + method + "','url':'" + url + "','headers':[" + headers + "],'cookies':[]" + more +
           "},'response':{'status':" + QByteArray::number(status) + ",'content':{'mimeType':'" + mime + "'}}}";
}

QByteArray har(const QByteArrayList &entries)
{
    return json("{'log':{'version':'1.2','entries':[" + entries.join(',') + "]}}");
}

QByteArray postman(const QByteArray &items, const QByteArray &more = {})
{
    return json(
        "{'info':{'name':'x','schema':'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'}," + more +
        "'item':[" + items + "]}");
}

QByteArray sitemap(const QByteArray &inside)
{
    return "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">" + inside +
           "</urlset>";
}

} // namespace

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
    void readsFiles_data();
    void readsFiles();
    void refusesFiles_data();
    void refusesFiles();
    void readsYaml_data();
    void readsYaml();
    void boundsYaml_data();
    void boundsYaml();
    void learnsFromDoubles();
    void knowsTheUsualHost();
    void collapsesNeighbours();
    void keepsNeighboursThatDiffer();
    void fillsAddressesOnce();
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

void TestRoutes::readsFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &expected) {
        QTest::newRow(name) << bytes << expected;
    };
    // OpenAPI and Swagger
    row("OpenAPI 3.0",
        json("{'openapi':'3.0.3','components':{'securitySchemes':{'b':{}}},'security':[{'b':[]}],"
             "'paths':{'/a/{x}':{'get':{},'parameters':[]},'/open':{'post':{'security':[]}}}}"),
        u"GET /a/{x} signed_in\nPOST /open public"_s);
    row("no word about security: a guess", json("{'openapi':'3.1.0','paths':{'/a':{'get':{}},'/login':{'post':{}}}}"),
        u"GET /a signed_in?\nPOST /login public?"_s);
    row("administrators are guessed", json("{'openapi':'3.0.0','security':[{'b':[]}],'paths':{'/admin/x':{'get':{}}}}"),
        u"GET /admin/x admin?"_s);
    row("open by the document, whatever its name",
        json("{'openapi':'3.0.0','security':[],'paths':{'/admin/x':{'get':{}}}}"), u"GET /admin/x public"_s);
    row("optional login", json("{'openapi':'3.0.0','security':[{},{'b':[]}],'paths':{'/a':{'get':{}}}}"),
        u"GET /a public"_s);
    row("server with variables",
        json("{'openapi':'3.0.0','security':[],'servers':[{'url':'https://{r}.example.com/{v}/','variables':"
             "{'r':{'default':'EU'},'v':{'default':'v2'}}}],'paths':{'/a':{'get':{}}}}"),
        u"GET eu.example.com/v2/a public"_s);
    row("a variable that names others is filled in once",
        json("{'openapi':'3.0.0','security':[],'servers':[{'url':'https://a.example.com/{a}','variables':"
             "{'a':{'default':'{b}{b}'},'b':{'default':'x'}}}],'paths':{'/a':{'get':{}}}}"),
        u"GET a.example.com/{b}{b}/a public"_s);
    row("the nearest server counts",
        json("{'openapi':'3.0.0','security':[],'servers':[{'url':'/base'}],'paths':{'/a':{'servers':[{'url':"
             "'https://b.example.com'}],'get':{},'put':{'servers':[{'url':'https://c.example.com'}]}},'/"
             "d':{'get':{}}}}"),
        u"GET b.example.com/a public\nPUT c.example.com/a public\nGET /base/d public"_s);
    row("reference to a path",
        json("{'openapi':'3.1.0','security':[],'paths':{'/a':{'$ref':'#/components/pathItems/x~1y'}},"
             "'components':{'pathItems':{'x/y':{'delete':{}}}}}"),
        u"DELETE /a public"_s);
    row("reference to itself and elsewhere",
        json("{'openapi':'3.1.0','security':[],'paths':{'/a':{'$ref':'#/paths/~1a'},'/b':{'$ref':'x.yaml'},'/"
             "c':{'get':{}}}}"),
        u"GET /c public"_s);
    row("Swagger 2",
        json("{'swagger':'2.0','host':'API.example.com:8443','basePath':'/v1','securityDefinitions':{'k':{}},"
             "'security':[{'k':[]}],'paths':{'/pets/{id}':{'get':{}},'/health':{'get':{'security':[]}}}}"),
        u"GET api.example.com/v1/health public\nGET api.example.com/v1/pets/{id} signed_in"_s);
    row("OpenAPI in YAML",
        "# ours\nopenapi: 3.0.0\nsecurity:\n  - bearer: []\npaths:\n  /a/{id}:\n    get: {}\n"
        "  '/b':\n    post:\n      security: []\n",
        u"GET /a/{id} signed_in\nPOST /b public"_s);
    row("Swagger in YAML, version as a number, with an anchor",
        "swagger: 2.0\nsecurity: []\npaths:\n  /a: &x\n    get: {}\n  /b: *x\n", u"GET /a public\nGET /b public"_s);
    row("a byte order mark", "\xef\xbb\xbf" + json("{'openapi':'3.0.0','security':[],'paths':{'/a':{'get':{}}}}"),
        u"GET /a public"_s);
    // HAR
    row("HAR",
        har({harEntry("GET", "https://api.example.com/orders/17?x=1"),
             harEntry("POST", "https://api.example.com/login")}),
        u"GET api.example.com/orders/{id} signed_in? [/orders/17]\nPOST api.example.com/login public?"_s);
    row("HAR: each once",
        har({harEntry("GET", "https://a.example.com/o/1"), harEntry("GET", "https://a.example.com/o/2")}),
        u"GET a.example.com/o/{id} signed_in? [/o/1]"_s);
    row("HAR: one call met often is one, and hides no other",
        har(QByteArrayList(25, harEntry("GET", "https://a.example.com/api/notifications")) +
            QByteArrayList{harEntry("GET", "https://a.example.com/api/me")}),
        u"GET a.example.com/api/notifications signed_in?\nGET a.example.com/api/me signed_in?"_s);
    row("HAR: parts of pages stay out",
        har({harEntry("GET", "https://a.example.com/x.js"), harEntry("GET", "https://a.example.com/x", "image/png"),
             harEntry("GET", "https://a.example.com/y", "text/css"), harEntry("OPTIONS", "https://a.example.com/z"),
             harEntry("GET", "https://a.example.com/gone", "application/json", 404),
             harEntry("GET", "data:text/html,x"), harEntry("GET", "https://a.example.com/stays")}),
        u"GET a.example.com/stays signed_in?"_s);
    row("HAR: a page", har({harEntry("GET", "https://a.example.com/welcome", "text/html")}),
        u"GET a.example.com/welcome public?"_s);
    row("HAR: a page of somebody who has signed in",
        har({harEntry("GET", "https://a.example.com/welcome", "text/html", 200,
                      "{'name':'Cookie','value':'session=1'}")}),
        u"GET a.example.com/welcome signed_in?"_s);
    row("HAR: a name that is public stays so",
        har({harEntry("GET", "https://a.example.com/login", "text/html", 200,
                      "{'name':'Authorization','value':'Bearer x'}")}),
        u"GET a.example.com/login public?"_s);
    row("HAR: an operation of GraphQL",
        har({harEntry("POST", "https://a.example.com/graphql", "application/json", 200, {},
                      ",'postData':{'text':'@'}")})
            .replace("@", R"({\"operationName\":\"Orders\"})"),
        u"POST a.example.com/graphql#operation.Orders signed_in?"_s);
    // Postman
    row("Postman 2.1",
        postman("{'name':'f','item':[{'name':'r','request':{'method':'PUT','url':{'raw':"
                "'https://api.example.com/a/:id?x=1'}}}]}"),
        u"PUT api.example.com/a/{id} signed_in?"_s);
    row("Postman: an address as a text, GET by default", postman("{'request':'https://api.example.com/a/7'}"),
        u"GET api.example.com/a/{id} signed_in? [/a/7]"_s);
    row("Postman: variables",
        postman("{'request':{'method':'GET','url':'{{base}}/x/{{id}}'}}",
                "'variable':[{'key':'base','value':'https://api.example.com/v1'}],"),
        u"GET api.example.com/v1/x/{id} signed_in?"_s);
    row("Postman: a variable that is not there", postman("{'request':{'method':'GET','url':'{{base}}/x'}}"),
        u"GET /x signed_in?"_s);
    row("Postman: a variable that names itself",
        postman("{'request':{'method':'GET','url':'{{base}}/x'}}", "'variable':[{'key':'base','value':'{{base}}'}],"),
        u"GET /x signed_in?"_s);
    row("Postman: parts of an address",
        postman("{'request':{'method':'GET','url':{'host':['api','example','com'],'path':['a',{'value':':id'}]}}}"),
        u"GET api.example.com/a/{id} signed_in?"_s);
    row("Postman: no login on purpose",
        postman("{'request':{'method':'GET','auth':{'type':'noauth'},'url':'https://a.example.com/x'}}"),
        u"GET a.example.com/x public"_s);
    row("Postman: login of the folder",
        postman("{'item':[{'request':{'method':'GET','url':'https://a.example.com/docs'}}]}",
                "'auth':{'type':'bearer'},"),
        u"GET a.example.com/docs signed_in?"_s);
    // GraphQL
    row("GraphQL",
        json("{'data':{'__schema':{'queryType':{'name':'Query'},'mutationType':{'name':'M'},'types':[{'name':"
             "'Query','fields':[{'name':'me'},{'name':'__x'}]},{'name':'M','fields':[{'name':'login'}]}]}}}"),
        u"POST /graphql#query.me signed_in?\nPOST /graphql#mutation.login public?"_s);
    row("GraphQL without data",
        json("{'__schema':{'queryType':{'name':'Q'},'types':[{'name':'Q','fields':[{'name':'a'}]}]}}"),
        u"POST /graphql#query.a signed_in?"_s);
    // sitemap
    row("sitemap",
        sitemap("<url><loc>https://www.example.com/</loc></url><url><loc> https://www.example.com/a/7 </loc>"
                "<lastmod>2026-01-01</lastmod></url><url><loc>nonsense</loc></url>"),
        u"GET www.example.com/ public?\nGET www.example.com/a/{id} public? [/a/7]"_s);
    row("sitemap that was cut off", "<urlset><url><loc>https://www.example.com/a</loc></url><url><loc>https://w",
        u"GET www.example.com/a public?"_s);
    row("own list in YAML", "- path: /a\n  access: admin\n- path: /b\n", u"GET /a admin\nGET /b signed_in"_s);
}

void TestRoutes::readsFiles()
{
    QFETCH(QByteArray, bytes);
    const auto routes = parseRoutes(bytes);
    QVERIFY2(routes, routes ? "" : qPrintable(routes.error().message));
    QTEST(printed(*routes), "expected");
}

void TestRoutes::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("mentions");
    QTest::newRow("HTML") << QByteArray("<!doctype html><p>x") << u"sitemap"_s;
    QTest::newRow("another XML") << QByteArray("<rss><loc>https://a.example.com/</loc></rss>") << u"sitemap"_s;
    QTest::newRow("entities without end")
        << QByteArray(
               "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><urlset><url><loc>&b;</loc></url></urlset>")
        << u"sitemap"_s;
    QTest::newRow("a list of sitemaps")
        << QByteArray("<sitemapindex><sitemap><loc>https://a.example.com/s.xml</loc></sitemap></sitemapindex>")
        << u"https://a.example.com/s.xml"_s;
    QTest::newRow("Postman 1") << json("{'id':'1','order':[],'requests':[]}") << u"format 1"_s;
    QTest::newRow("a text") << QByteArray("hello") << u"neither"_s;
    QTest::newRow("no routes") << json("{'openapi':'3.0.0','paths':{}}") << u"no route"_s;
    QTest::newRow("broken YAML") << QByteArray("openapi: 3.0.0\npaths: [\n") << u"line"_s;
}

void TestRoutes::refusesFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, mentions);
    const auto routes = parseRoutes(bytes);
    QVERIFY(!routes);
    QVERIFY2(routes.error().message.contains(mentions), qPrintable(routes.error().message));
}

void TestRoutes::readsYaml_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("scalars") << QByteArray("a: 1\nb: true\nc: ~\nd: \"true\"\ne: null\nf:\n")
                             << QByteArray(R"({"a":"1","b":true,"c":null,"d":"true","e":null,"f":null})");
    QTest::newRow("lists") << QByteArray("- a\n- [b, {c: d}]\n") << QByteArray(R"(["a",["b",{"c":"d"}]])");
    QTest::newRow("alias") << QByteArray("a: &x {b: c}\nd: *x\n") << QByteArray(R"({"a":{"b":"c"},"d":{"b":"c"}})");
    QTest::newRow("a key twice: the last counts") << QByteArray("a: 1\na: 2\n") << QByteArray(R"({"a":"2"})");
    QTest::newRow("only the first document") << QByteArray("a: 1\n---\nb: 2\n") << QByteArray(R"({"a":"1"})");
}

void TestRoutes::readsYaml()
{
    QFETCH(QByteArray, yaml);
    const auto read = yamlToJson(yaml);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    const QJsonDocument document = read->isArray() ? QJsonDocument(read->toArray()) : QJsonDocument(read->toObject());
    QTEST(document.toJson(QJsonDocument::Compact), "expected");
}

void TestRoutes::boundsYaml_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QByteArray bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        const QByteArray name = 'a' + QByteArray::number(i);
        bomb += name + ": &" + name + " [" + QByteArrayList(10, before).join(',') + "]\n";
    }
    QTest::newRow("aliases of aliases") << bomb;
    QTest::newRow("aliases of a long text")
        << "a: &x \"" + QByteArray(1024 * 1024, 'x') + "\"\nb: [" + QByteArrayList(40, "*x").join(',') + "]\n";
    QTest::newRow("an alias of itself") << QByteArray("a: &x [*x]\n");
    QTest::newRow("65 deep") << QByteArray(65, '[') + QByteArray(65, ']');
    QTest::newRow("endlessly deep") << QByteArray(100000, '[');
    QTest::newRow("too long") << "a: " + QByteArray(kLongestYaml, 'x');
}

void TestRoutes::boundsYaml()
{
    QFETCH(QByteArray, yaml);
    const auto read = yamlToJson(yaml);
    QVERIFY(!read);
    QVERIFY(!read.error().message.isEmpty());
    QVERIFY(yamlToJson(QByteArray(63, '[') + QByteArray(63, ']'))); // the other side
    QVERIFY(yamlToJson("a: &x \"" + QByteArray(1024 * 1024, 'x') + "\"\nb: [*x,*x]\n"));
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

// Variables that name the next one twice would grow to two to the power of their number.
void TestRoutes::fillsAddressesOnce()
{
    QByteArrayList variables;
    QByteArrayList values;
    for (int i = 0; i < 30; ++i) {
        const QByteArray next = QByteArray::number(i + 1);
        variables << "'v" + QByteArray::number(i) + "':{'default':'{v" + next + "}{v" + next + "}'}";
        values << "{'key':'v" + QByteArray::number(i) + "','value':'" + QByteArray(20000, 'x') + "'}";
    }
    QVERIFY(parseRoutes(json("{'openapi':'3.0.0','servers':[{'url':'https://a.example.com/{v0}','variables':{" +
                             variables.join(',') + "}}],'paths':{'/a':{'get':{}}}}")));
    const QByteArray all = "'{{v0}}{{v1}}{{v2}}{{v3}}{{v4}}{{v5}}{{v6}}{{v7}}{{v8}}{{v9}}'";
    const QByteArray request = "{'request':{'method':'GET','url':" + all + "}}";
    const auto routes =
        parseRoutes(postman(QByteArrayList(2000, request).join(','), "'variable':[" + values.join(',') + "],"));
    QVERIFY(routes);
    QVERIFY(routes->front().path.size() <= 2001);
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
