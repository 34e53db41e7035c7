// Addresses that code, pages, robots.txt and OpenID documents name.
#include "checks/web/chunkmaps.h"
#include "checks/web/coderoutes.h"
#include "checks/web/htmlpage.h"
#include "checks/web/pageroutes.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QUrl kPage(u"https://app.example.com/"_s);

QString printed(const std::vector<Route> &routes)
{
    QStringList lines;
    for (const Route &route : routes) {
        const QString host = route.host == kPage.host() ? QString() : route.host;
        lines << u"%1 %2%3 %4"_s.arg(route.method, host, route.path, toWord(route.access));
    }
    lines.sort();
    return lines.join(u'\n');
}

} // namespace

class TestCodeRoutes : public QObject
{
    Q_OBJECT

private slots:
    void readsCode_data();
    void readsCode();
    void staysLinear();
    void readsPages_data();
    void readsPages();
    void readsRobots_data();
    void readsRobots();
    void readsOpenId();
    void readsInnerMaps();
};

void TestCodeRoutes::readsCode_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &code, const QString &expected) {
        QTest::newRow(name) << code << expected;
    };
    row("nothing", "f()", QString());
    row("fetch", "fetch('/api/orders')", u"GET /api/orders signed_in"_s);
    row("fetch with a method", R"(fetch("/api/orders",{headers:{a:1},method:"POST",body:b}))",
        u"POST /api/orders signed_in"_s);
    row("the method of the next call is not its own", R"(fetch("/api/a");fetch("/api/b",{method:"DELETE"}))",
        u"DELETE /api/b signed_in\nGET /api/a signed_in"_s);
    row("template", "fetch(`/api/teams/${team.id}/members`)", u"GET /api/teams/{param}/members signed_in"_s);
    row("axios", "await axios.put(`/v1/a/${e}`,t)", u"PUT /v1/a/{param} signed_in"_s);
    row("axios on a path without a sign", "client.get('/orders')", u"GET /orders signed_in"_s);
    row("a map of another kind", "m.get('orders')", QString());
    row("literal", "const u=\"/api/users\"", u"GET /api/users signed_in"_s);
    row("literal with a query", "u='/api/users?page='+n", u"GET /api/users signed_in"_s);
    row("put together", "u='/api/users/'+id", u"GET /api/users/{id} signed_in"_s);
    row("another host of the product", "fetch('https://api.example.com/v1/a?x=1')",
        u"GET api.example.com/v1/a signed_in"_s);
    row("another company", "fetch('https://api.stripe.com/v1/charges')", QString());
    row("without a scheme", "fetch('//cdn.example.net/api/x')", QString());
    row("no API", "u='/images/a/b'", QString());
    row("pages of a router", R"({path:"/admin/users",element:a},{path:"/orders/:id"})",
        u"GET /admin/users admin\nGET /orders/{id} signed_in"_s);
    row("pages of Next.js",
        R"(self.__BUILD_MANIFEST={sortedPages:["\u002F","\u002F_app","\u002Fpricing","/orders/[id]"],x:1})",
        u"GET / public\nGET /orders/{id} signed_in\nGET /pricing public"_s);
    row("prepared pages of Next.js",
        R"(self.__SSG_MANIFEST=new Set(["\u002Fprices","/orders/[id]"]);self.cb&&self.cb())",
        u"GET /orders/{id} signed_in\nGET /prices public"_s);
    row("files of an API",
        R"({"sources":["webpack://x/./pages/api/orders/[id].ts","webpack://x/./app/api/me/route.ts"]})",
        u"GET /api/me signed_in\nGET /api/orders/{id} signed_in"_s);
    row("operations", "c({uri:'/graphql'});q=`query Orders($a: Int) { orders }`;m=`mutation Login{ a }`",
        u"POST /graphql#mutation.Login public\nPOST /graphql#query.Orders signed_in"_s);
    row("operations without an address", "q=`query Orders { orders }`", QString());
    row("each once", "fetch('/api/a');fetch('/api/a');x='/api/a'", u"GET /api/a signed_in"_s);
    row("method that is none", "fetch('/api/a',{method:'FETCH'})", u"GET /api/a signed_in"_s);
}

void TestCodeRoutes::readsCode()
{
    QFETCH(QByteArray, code);
    QTEST(printed(routesNamedIn(code, kPage)), "expected");
}

// Minified files are one line of megabytes.
void TestCodeRoutes::staysLinear()
{
    const QByteArray half(1'000'000, 'a');
    QCOMPARE(printed(routesNamedIn(half + "fetch('/api/a')" + half, kPage)), u"GET /api/a signed_in"_s);
    QCOMPARE(routesNamedIn(QByteArray("\"/api/").repeated(100'000), kPage).size(), size_t(0));
    QVERIFY(routesNamedIn(QByteArray("fetch(\"/").repeated(100'000), kPage).size() <= 1);
    // Lists of pages without an end, then with a late one.
    const QByteArray lists = QByteArray("sortedPages:[").repeated(50'000);
    QCOMPARE(routesNamedIn(lists, kPage).size(), size_t(0));
    QCOMPARE(printed(routesNamedIn(lists + "\"/orders/[id]\"],", kPage)), u"GET /orders/{id} signed_in"_s);
}

void TestCodeRoutes::readsPages_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &html, const QString &expected) {
        QTest::newRow(name) << html << expected;
    };
    row("link", "<a href=/orders/7?x=1#y>", u"GET /orders/{id} signed_in"_s);
    row("link to another host of the product", "<a href=https://www.example.com/pricing>",
        u"GET www.example.com/pricing public"_s);
    row("link to another company", "<a href=https://example.net/x>", QString());
    row("mail", "<a href=mailto:a@example.com>", QString());
    row("a picture and a download", "<a href=/a.png></a><a href=/price-list.pdf>", QString());
    row("form", "<form method=post action=/contact>", u"POST /contact public"_s);
    row("form without a method", "<form action=/search>", u"GET /search public"_s);
    row("form of a box", "<form method=dialog action=/x>", QString());
}

void TestCodeRoutes::readsPages()
{
    QFETCH(QByteArray, html);
    const auto page = parseHtml(html, kPage);
    QVERIFY(page);
    QTEST(printed(routesOnPage(*page, kPage)), "expected");
}

void TestCodeRoutes::readsRobots_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("sitemaps");
    QTest::newRow("robots") << QByteArray("User-agent: *\nDisallow: /admin/\nAllow: /blog # x\n"
                                          "Sitemap: https://app.example.com/s.xml\n")
                            << u"GET /admin/ admin\nGET /blog public"_s << 1;
    QTest::newRow("patterns are no addresses")
        << QByteArray("User-Agent: *\nDisallow: /*.php$\nDisallow: /a/*/b\nDisallow:\nDisallow: /\n") << QString() << 0;
    QTest::newRow("a page for every address")
        << QByteArray("<html>User-agent: *\nDisallow: /admin</html>") << QString() << 0;
    QTest::newRow("another text") << QByteArray("Disallow: /admin\n") << QString() << 0;
}

void TestCodeRoutes::readsRobots()
{
    QFETCH(QByteArray, text);
    const RobotsRead read = readRobots(text, kPage.host());
    QTEST(printed(read.routes), "expected");
    QTEST(static_cast<int>(read.sitemaps.size()), "sitemaps");
}

void TestCodeRoutes::readsOpenId()
{
    const QByteArray document = R"({"issuer":"https://auth.example.com",
        "authorization_endpoint":"https://auth.example.com/authorize","token_endpoint":"https://auth.example.com/token",
        "userinfo_endpoint":"https://auth.example.com/me","jwks_uri":"https://auth.example.com/keys",
        "revocation_endpoint":"https://login.elsewhere.example/revoke"})";
    QCOMPARE(printed(routesOfOpenId(document, u"auth.example.com"_s)),
             u"GET auth.example.com/authorize public\nGET auth.example.com/me signed_in\n"
             u"POST auth.example.com/token public"_s);
    QVERIFY(routesOfOpenId("{\"token_endpoint\":\"https://auth.example.com/token\"}", u"auth.example.com"_s).empty());
}

void TestCodeRoutes::readsInnerMaps()
{
    const QByteArray map = R"({"version":3,"mappings":"","sourcesContent":["a"]})";
    const QByteArray start = "f()\n//# sourceMappingURL=data:application/json";
    QCOMPARE(sourceMapInside(start + ";base64," + map.toBase64()), map);
    QCOMPARE(sourceMapInside(start + ";charset=utf-8;base64," + map.toBase64() + "\n"), map);
    QVERIFY(sourceMapInside(start + ";base64," + QByteArray("{}").toBase64()).isEmpty());
    QCOMPARE(sourceMapInside(start + "," + map), map); // RFC 2397: base64 is a choice
    QCOMPARE(sourceMapInside(start + "," + map.toPercentEncoding()), map);
    QVERIFY(sourceMapInside(start + "," + map.toBase64()).isEmpty());
    QVERIFY(!isSourceMap(QByteArray(map).replace("3", "2")));
    const QByteArray cut = R"({"version":3,"sources":["a.ts"],"sourcesContent":["let a)";
    QVERIFY(!isSourceMap(cut) && isSourceMapCut(cut));
    QVERIFY(!isSourceMapCut(R"({"version":3,"sources":["a.ts"],"names":["b)"));
}

QTEST_GUILESS_MAIN(TestCodeRoutes)
#include "tst_coderoutes.moc"
