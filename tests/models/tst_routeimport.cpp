// Routes out of every kind of file.
#include "models/routesfile.h"
#include "tests/models/routetexts.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::routetexts;
using namespace Qt::StringLiterals;

namespace {

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

class TestRouteImport : public QObject
{
    Q_OBJECT

private slots:
    void readsFiles_data();
    void readsFiles();
    void refusesFiles_data();
    void refusesFiles();
    void fillsAddressesOnce();
};

void TestRouteImport::readsFiles_data()
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

void TestRouteImport::readsFiles()
{
    QFETCH(QByteArray, bytes);
    const auto routes = parseRoutes(bytes);
    QVERIFY2(routes, routes ? "" : qPrintable(routes.error().message));
    QTEST(printed(*routes), "expected");
}

void TestRouteImport::refusesFiles_data()
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

void TestRouteImport::refusesFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, mentions);
    const auto routes = parseRoutes(bytes);
    QVERIFY(!routes);
    QVERIFY2(routes.error().message.contains(mentions), qPrintable(routes.error().message));
}

// Variables that name the next one twice would grow to two to the power of their number.
void TestRouteImport::fillsAddressesOnce()
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

QTEST_GUILESS_MAIN(TestRouteImport)
#include "tst_routeimport.moc"
