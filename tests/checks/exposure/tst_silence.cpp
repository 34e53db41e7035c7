// Servers that hide nothing must stay silent, whatever they answer, and those that give no answer must not pass. Every
// row is a real server on loopback.
#include "checks/exposure/family.h"
#include "checks/secrets/compiledrules.h"
#include "tests/checks/exposure/madeservers.h"
#include "tests/checks/secrets/allrules.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <future>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kShell = "<!doctype html><title>Shop</title><div id=root></div><noscript>This app needs "
                          "scripts</noscript>";
const QByteArray kLogin = "<!doctype html><title>Sign in</title><form method=post action=/login><input name=email>"
                          "<input type=password name=password><input type=hidden name=csrf value=%1></form>";

QByteArray counted(const QByteArray &text)
{
    static std::atomic_int number = 0;
    QByteArray filled = text;
    return filled.replace("%1", QByteArray::number(++number * 7919));
}

// All checks side by side, as in a run.
std::vector<Judged> lookedAtBy(const std::vector<Check> &checks, WebLook &web)
{
    web.put(CompiledRules{}, Result<std::shared_ptr<const PatternSet>>(allRules())); // compiled once for all rows
    std::vector<std::future<Judged>> looks;
    looks.reserve(checks.size());
    for (const Check &check : checks)
        looks.push_back(std::async(std::launch::async, [&] { return web.run(check); }));
    std::vector<Judged> judged;
    judged.reserve(looks.size());
    for (std::future<Judged> &look : looks)
        judged.push_back(look.get());
    return judged;
}

} // namespace

class TestSilence : public QObject
{
    Q_OBJECT

private slots:
    void staysSilent_data();
    void staysSilent();
    void neverPassesABusyServer();
    void neverPassesWithoutAnAnswer_data();
    void neverPassesWithoutAnAnswer();
};

void TestSilence::staysSilent_data()
{
    QTest::addColumn<WebAnswer>("answer");
    QTest::addColumn<bool>("isHonest"); // every check reaches a verdict
    const auto row = [](const char *name, const WebAnswer &answer) { QTest::newRow(name) << answer << false; };
    QTest::newRow("a well configured site") << serving({}) << true;
    QTest::newRow("a single-page app that answers 200 to everything")
        << WebAnswer([](const WebRequest &) { return page(200, kHtml, kShell); }) << true;
    row("a soft 404 with words that change", [](const WebRequest &) {
        return page(200, kHtml,
                    counted("<title>Oops</title><p>Sorry, we have no such page. Ticket %1, come back soon."));
    });
    row("a mirror in HTML", [](const WebRequest &request) {
        return page(200, kHtml, "<title>Echo</title><p>You asked for " + request.path + " and we have it not</p>");
    });
    row("a mirror in plain text", [](const WebRequest &request) { return page(200, kText, request.head); });
    row("a mirror in JSON", [](const WebRequest &request) {
        return page(200, kJson, R"({"path":")" + request.path + R"(","method":")" + request.method + R"(","ok":true})");
    });
    row("a login page for everything", [](const WebRequest &) { return page(200, kHtml, counted(kLogin)); });
    row("everything is sent to the login page", [](const WebRequest &request) {
        return request.path.startsWith("/login") ? page(200, kHtml, counted(kLogin))
                                                 : page(302, kHtml, {}, {"Location: /login?next=" + request.path});
    });
    row("401 for everything",
        [](const WebRequest &) { return page(401, kText, "who are you?", {"WWW-Authenticate: Basic realm=x"}); });
    row("403 for everything", [](const WebRequest &) { return page(403, kHtml, "<h1>Forbidden</h1>"); });
    row("500 for everything", [](const WebRequest &) { return page(500, kHtml, "<h1>Something broke</h1>"); });
    row("429 for everything", [](const WebRequest &) { return page(429, kText, "slow down"); });
    row("a test for robots", [](const WebRequest &) {
        return page(403, kHtml, "<script>window.__cf_chl={}</script>", {"cf-mitigated: challenge"});
    });
    row("{ok: true} for everything", [](const WebRequest &) { return page(200, kJson, R"({"ok":true,"data":null})"); });
    row("an error in JSON with 200 for everything",
        [](const WebRequest &) { return page(200, kJson, R"({"errors":[{"message":"Not found"}],"data":null})"); });
    row("nothing with 200 for everything", [](const WebRequest &) { return page(200, kText, {}); });
    row("a slash is put behind everything", [](const WebRequest &request) {
        return request.path.endsWith('/') && request.path != "/"
                   ? notFound()
                   : (request.path == "/" ? page(200, kHtml, kHome)
                                          : page(301, kHtml, {}, {"Location: " + request.path + '/'}));
    });
    row("everything is sent home", [](const WebRequest &request) {
        return request.path == "/" ? page(200, kHtml, kHome) : page(302, kHtml, {}, {"Location: /"});
    });
    row("everything moves to another host", [](const WebRequest &request) {
        return page(301, kHtml, {}, {"Location: https://www.elsewhere.example" + request.path});
    });
    row("an edge refuses some names", [](const WebRequest &request) {
        const bool isKnown = request.path.contains(".env") || request.path.contains(".git");
        return isKnown ? page(403, kHtml, "<h1>Blocked</h1>")
                       : (request.path == "/" ? page(200, kHtml, kHome) : notFound());
    });
    row("an app below /app, JSON below /api", [](const WebRequest &request) {
        return request.path.startsWith("/api") ? page(404, kJson, R"({"error":"not_found"})")
                                               : page(200, kHtml, kShell);
    });
    row("a page for every text", [](const WebRequest &request) {
        if (request.path == "/")
            return page(200, kHtml, kHome);
        return request.path.endsWith(".md") ? page(200, kText, "# Page not found\n\nSee the list of pages.\n")
                                            : notFound();
    });
    const QByteArray head = "<!doctype html><title>%1</title><style>" + QByteArray(9000, 'a') + "</style>";
    const auto drawn = [](const QByteArray &title) {
        return "<!doctype html><title>" + title + "</title><div id=app></div><script src=/app.js></script>";
    };
    row("tools for everybody that draw their login by script",
        serving({{"/grafana/", kHtml, drawn("Grafana")},
                 {"/metabase/", kHtml, drawn("Metabase")},
                 {"/admin/auth/login", kHtml, drawn("Strapi Admin")},
                 {"/admin/login", kHtml, drawn("Directus")}}));
    row("a store of secrets that tells its health",
        serving({{"/v1/sys/health", kJson, R"({"initialized":true,"sealed":false,"standby":false})"}}));
    row("a login far down the page",
        serving({{"/admin", kHtml,
                  QByteArray(head).replace("%1", "Admin") + "<form><input name=mail><input type=password>"}}));
    row("an article about error pages",
        serving({{"/", kHtml,
                  "<title>Blog</title><p>You're seeing this error because you have "
                  "<code>DEBUG = True</code>. Traceback (most recent call last): File "
                  "\"a.py\", line 1. SQLSTATE[42000] phpinfo() DB_PASSWORD Index of /"}}));
    row("locked administration", serving({{"/admin", kHtml, kLogin},
                                          {"/admin/", kText, "no", 401},
                                          {"/internal", kText, "no", 403},
                                          {"/api/admin/users", kJson, "{}", 401}}));
    row("public files of an honest site",
        serving(
            {{"/robots.txt", kText, "User-agent: *\nDisallow: /cart\nSitemap: https://shop.example/sitemap.xml\n"},
             {"/sitemap.xml", "application/xml", "<urlset><url><loc>https://shop.example/pricing</loc></url></urlset>"},
             {"/manifest.json", kJson, R"({"name":"Shop","icons":[]})"},
             {"/config.json", kJson, R"({"apiUrl":"https://api.shop.example","theme":"dark"})"},
             {"/env.js", "text/javascript",
              "window.env={API_URL:'https://api.shop.example',STRIPE:'pk_live_"
              "a1B2c3D4e5F6g7H8i9J0k1L2'}"},
             {"/openapi.json", kJson, R"({"openapi":"3.0.0","security":[],"paths":{"/prices":{"get":{}}}})"},
             {"/api", kJson, R"({"service":"shop","version":"2"})"}}));
    row("GraphQL that keeps its schema", [](const WebRequest &request) {
        if (request.path != "/graphql")
            return request.path == "/" ? page(200, kHtml, kHome) : notFound();
        return page(400, kJson,
                    R"({"errors":[{"message":"GraphQL introspection is not allowed","extensions":{"code":"X"}}]})");
    });
    row("a mirror of what is sent to GraphQL", [](const WebRequest &request) {
        return request.method == "POST" ? page(200, kJson, R"({"query":"{__schema{queryType{name}types{name}}}"})")
                                        : notFound();
    });
    row("scripts without their source",
        serving({{"/", kHtml, kHome + "<script src=/a.js></script>"}, {"/a.js", "text/javascript", "f()"}}));
    row("a map of other people's packages",
        serving({{"/", kHtml, kHome + "<script src=/a.js></script>"},
                 {"/a.js", "text/javascript", "f()\n//# sourceMappingURL=a.js.map"},
                 {"/a.js.map", kJson,
                  R"({"version":3,"mappings":"","sources":["../node_modules/react/index.js"],)"
                  R"("sourcesContent":["export default 1"]})"}}));
}

void TestSilence::staysSilent()
{
    QFETCH(WebAnswer, answer);
    QFETCH(bool, isHonest);
    WebLook web(answer);
    QStringList found;
    const std::vector<Check> checks = exposureChecks();
    const std::vector<Judged> all = lookedAtBy(checks, web);
    for (std::size_t i = 0; i < checks.size(); ++i) {
        const Check &check = checks[i];
        const Judged &judged = all[i];
        if (!judged.findings.empty())
            found << check.id + u' ' + foundBy(judged);
        // Whoever did not pass says why.
        const bool isPlain = judged.outcome == Outcome::Pass || judged.outcome == Outcome::Warn;
        QVERIFY2(isPlain || !judged.reason.isEmpty(), qPrintable(check.id));
        if (isHonest)
            QVERIFY2(judged.outcome == Outcome::Pass || judged.outcome == Outcome::Info,
                     qPrintable(check.id + u": "_s + judged.reason));
    }
    QCOMPARE(found, QStringList());
}

// What is asked for by name is answered with 503, as nginx does when there are too many requests; invented addresses,
// which come first, are not there.
void TestSilence::neverPassesABusyServer()
{
    WebLook web([](const WebRequest &request) {
        if (request.path == "/")
            return page(200, kHtml, kHome);
        return request.path.contains("lc-") ? notFound()
                                            : page(503, kHtml, "<h1>503 Service Temporarily Unavailable</h1>");
    });
    for (const QString &id : {u"files"_s, u"debug"_s, u"admin-paths"_s, u"api-docs"_s, u"graphql"_s}) {
        const std::vector<Check> checks = exposureChecks();
        const Judged judged = web.run(*std::ranges::find(checks, u"exposure."_s + id, &Check::id));
        QVERIFY2(judged.outcome == Outcome::Error, qPrintable(id + u' ' + toWord(judged.outcome)));
        QVERIFY(!judged.reason.isEmpty());
    }
}

void TestSilence::neverPassesWithoutAnAnswer_data()
{
    QTest::addColumn<WebAnswer>("answer");
    QTest::newRow("silence") << WebAnswer([](const WebRequest &) { return QByteArray(); });
    QTest::newRow("garbage") << WebAnswer([](const WebRequest &) { return QByteArray("\x01\x02\x03\r\n\r\n"); });
    QTest::newRow("cut off") << WebAnswer(
        [](const WebRequest &) { return QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nabc"); });
    QTest::newRow("a flood of headers") << WebAnswer(
        [](const WebRequest &) { return "HTTP/1.1 200 OK\r\n" + QByteArray("X: y\r\n").repeated(2000) + "\r\n"; });
}

void TestSilence::neverPassesWithoutAnAnswer()
{
    QFETCH(WebAnswer, answer);
    WebLook web(answer);
    web.restart(std::chrono::milliseconds(200));
    const std::vector<Check> checks = exposureChecks();
    const std::vector<Judged> all = lookedAtBy(checks, web);
    for (std::size_t i = 0; i < checks.size(); ++i) {
        const Check &check = checks[i];
        const Judged &judged = all[i];
        QVERIFY2(judged.outcome == Outcome::Error, qPrintable(check.id + u' ' + toWord(judged.outcome)));
        QVERIFY(!judged.reason.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestSilence)
#include "tst_silence.moc"
