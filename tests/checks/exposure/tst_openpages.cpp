// Judges of debug pages, administration, API documents, GraphQL, source maps and the list of routes.
#include "checks/exposure/adminpaths.h"
#include "checks/exposure/apidocs.h"
#include "checks/exposure/debug.h"
#include "checks/exposure/graphqlschema.h"
#include "checks/exposure/routes.h"
#include "checks/exposure/sourcemaps.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"https://app.example.com"_s;

std::vector<HttpResponse> baselines(int status, const QByteArray &headers = {}, const QByteArray &body = "nothing")
{
    std::vector<HttpResponse> all;
    for (const QString &path :
         {u"/lc-ab"_s, u"/.lc-ab"_s, u"/lc-ab.js"_s, u"/lc-ab.json"_s, u"/lc-ab/"_s, u"/api/lc-ab"_s})
        all.push_back(answer(status, headers, body, kHost + path));
    return all;
}

Route route(const QString &method, const QString &path, AccessClass access, bool isGuessed = false)
{
    Route made;
    made.method = method;
    made.path = path;
    made.access = access;
    made.isGuessed = isGuessed;
    return made;
}

} // namespace

class TestOpenPages : public QObject
{
    Q_OBJECT

private slots:
    void marksErrorPages_data();
    void marksErrorPages();
    void marksPages_data();
    void marksPages();
    void refusesMarks_data();
    void refusesMarks();
    void judgesAdministration_data();
    void judgesAdministration();
    void judgesTools_data();
    void judgesTools();
    void admitsWhatScriptsDecide();
    void readsAnswersOfGraphQl_data();
    void readsAnswersOfGraphQl();
    void doesNotPassOverBrokenGraphQl_data();
    void doesNotPassOverBrokenGraphQl();
    void countsSources_data();
    void countsSources();
    void judgesTheList_data();
    void judgesTheList();
    void doesNotPassOverSilentHosts();
    void keepsSecretsOutOfTheList();
    void judgesDocuments_data();
    void judgesDocuments();
};

void TestOpenPages::marksErrorPages_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, int status, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << status << body << expected;
    };
    row("plain", 404, "<h1>Not found</h1>", u"pass"_s);
    row("Symfony", 404, "<style>a{}</style><h1 class=\"logo\"><svg/> Symfony Exception</h1>", u"symfony-error:high"_s);
    row("the words of Symfony elsewhere", 404, "<p>What a Symfony Exception is</p>", u"pass"_s);
    const QByteArray django = "<p>You&#x27;re seeing this error because you have <code>DEBUG = True</code> in your";
    row("Django", 404, django, u"django-error:high"_s);
    row("the same words on a page that is no error", 200, django, u"pass"_s);
    row("Flask", 500, "<title>NameError // Werkzeug Debugger</title>", u"werkzeug-error:critical"_s);
    row("Laravel", 404, "<script>window.ignite({})</script>", u"laravel-error:high"_s);
    row("Rails", 404, "<h1>Routing Error</h1><p><code>Rails.root: /srv</code>", u"rails-error:high"_s);
    row("ASP.NET", 500, "<h1>Server Error in '/' Application.</h1><b>Stack Trace:</b>", u"aspnet-error:high"_s);
    row("Java", 500, "java.lang.NullPointerException: x\n\tat a.b.C.d(C.java:12)\n", u"java-trace:medium"_s);
    row("the name of an exception alone", 500, "java.lang.NullPointerException", u"pass"_s);
    row("Node", 404, "Error: no<br> &nbsp; at Layer.handle (/srv/app/node_modules/express/lib/layer.js:95:5)",
        u"node-trace:medium"_s);
    row("Python", 500, "Traceback (most recent call last):\n  File \"/srv/a.py\", line 3, in x",
        u"python-trace:medium"_s);
    row("PHP", 404, "<br><b>Warning</b>:  no in <b>/srv/index.php</b> on line <b>3</b>", u"php-trace:medium"_s);
    row("database", 500, "SQLSTATE[42S02]: Base table not found", u"sql-error:medium"_s);
}

void TestOpenPages::marksErrorPages()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const auto marks = loadDebugMarks();
    QVERIFY2(marks, marks ? "" : qPrintable(marks.error().message));
    const DebugLook look{{baselines(status, {}, body), {}}, std::nullopt};
    QTEST(said(judgeDebug(look, *marks)), "expected");
}

void TestOpenPages::marksPages_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QByteArray("<h1>Shop</h1>") << u"pass"_s;
    QTest::newRow("Next.js") << QByteArray(R"({"buildId":"development"})") << u"next-dev-page:medium"_s;
    QTest::newRow("Next.js, built") << QByteArray(R"({"buildId":"a1b2"})") << u"pass"_s;
    QTest::newRow("Vite") << QByteArray(R"(<script type="module" src="/@vite/client"></script>)")
                          << u"vite-dev-page:high"_s;
    QTest::newRow("a text about Vite") << QByteArray("<p>It loads /@vite/client</p>") << u"pass"_s;
    QTest::newRow("toolbar of Symfony") << QByteArray(R"(<div id="sfwdtab12cd">)") << u"symfony-toolbar:high"_s;
    QTest::newRow("an error page is judged elsewhere")
        << QByteArray("You're seeing this error because you have <code>DEBUG = True</code>") << u"pass"_s;
}

void TestOpenPages::marksPages()
{
    QFETCH(QByteArray, body);
    const auto marks = loadDebugMarks();
    const DebugLook look{{baselines(404), {}}, answer(200, {}, body)};
    QTEST(said(judgeDebug(look, *marks)), "expected");
}

void TestOpenPages::refusesMarks_data()
{
    QTest::addColumn<QByteArray>("mark");
    QTest::addColumn<bool>("isGood");
    const QByteArray good = R"({"id":"a","where":"error","pattern":"x","severity":"low","title":"A"})";
    QTest::newRow("good") << good << true;
    QTest::newRow("unknown place") << QByteArray(good).replace("\"error\"", "\"footer\"") << false;
    QTest::newRow("unknown severity") << QByteArray(good).replace("\"low\"", "\"huge\"") << false;
    QTest::newRow("pattern that cannot be read") << QByteArray(good).replace("\"x\"", "\"(\"") << false;
    QTest::newRow("unknown member") << QByteArray(good).replace("\"title\"", "\"tilte\"") << false;
    QTest::newRow("an id twice") << good + ',' + good << false;
}

void TestOpenPages::refusesMarks()
{
    QFETCH(QByteArray, mark);
    const auto marks = parseDebugMarks("{\"schema\":1,\"marks\":[" + mark + "]}");
    QTEST(marks.has_value(), "isGood");
    QVERIFY(marks || !marks.error().message.isEmpty());
}

void TestOpenPages::judgesAdministration_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<std::vector<HttpResponse>>("invented");
    QTest::addColumn<AdminVerdict>("expected");
    using enum AdminVerdict;
    const auto none = baselines(404);
    const QByteArray html = "Content-Type: text/html";
    const QByteArray json = "Content-Type: application/json";
    const auto row = [](const char *name, int status, const QByteArray &headers, const QByteArray &body,
                        const std::vector<HttpResponse> &invented, AdminVerdict expected) {
        QTest::newRow(name) << status << headers << body << invented << expected;
    };
    row("not there", 404, html, "no", none, Absent);
    row("gone", 410, html, "no", none, Absent);
    row("401", 401, html, "no", none, Locked);
    row("401 like every address", 401, html, "no", baselines(401), Absent);
    row("403", 403, html, "no", none, Locked);
    row("403 like every address", 403, html, "no", baselines(403), Absent);
    row("sent to the login page", 302, "Location: /login", {}, none, Locked);
    row("sent to the login page like every address", 302, "Location: /login", {}, baselines(302), Absent);
    row("sent elsewhere", 301, "Location: /admin/", {}, none, Absent);
    row("login page", 200, html, "<title>Admin</title><input type=password>", none, Locked);
    row("login by mail", 200, html, "<title>Admin</title><p>Sign in with your e-mail</p><input name=mail>", none,
        Locked);
    row("a page about administration", 200, html, "<title>Admin</title><table><tr><td>Anna", none, Unclear);
    row("a page about something else", 200, html, "<title>Staff picks</title><p>Books of June", none, Absent);
    row("the shell of an app", 200, html, "<title>App</title><div id=root>",
        baselines(200, html, "<title>App</title><div id=root>"), Absent);
    row("people in JSON", 200, json, R"([{"email":"a@example.com"}])", none, Open);
    row("what a server says of itself", 200, json, R"({"service":"shop","version":2})", none, Absent);
    row("users without proof", 200, json, R"([{"id":1,"username":"alice","role":"admin","plan":"pro"}])", none,
        Unclear);
    row("nobody", 200, json, "[]", none, Absent);
    row("a key", 200, json, R"({"apiKey":"ak9f2c77d01b44e8aa"})", none, Open);
    row("a page that nests too deep", 200, html, "<title>Admin</title>" + QByteArray("<div>").repeated(3000), none,
        Untold);
    row("an error in JSON", 200, json, R"({"error":"sign in first"})", none, Locked);
    row("rate limit", 429, html, {}, none, Untold);
    row("challenge", 403, "cf-mitigated: challenge", {}, none, Untold);
    row("a broken server", 500, html, {}, none, Untold);
    row("a limit on requests of nginx", 503, html, {}, none, Untold);
    row("broken like every address", 500, html, {}, baselines(500, html, {}), Absent);
    const QByteArray newUser = "<title>New user</title><h1>Admin</h1><form><input name=name><input name=mail>";
    row("a form that makes a user", 200, html,
        newUser + "<input type=password name=a><input type=password name=again></form>", none, Unclear);
    row("a form that makes a user, one password", 200, html,
        newUser + "<input type=password autocomplete=new-password></form>", none, Unclear);
    row("a login with a tick and a hidden field", 200, html,
        "<title>Admin</title><input type=hidden name=csrf><input name=mail><input type=password><input type=checkbox>",
        none, Locked);
    row("405", 405, html, {}, none, Absent);
}

void TestOpenPages::judgesAdministration()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(std::vector<HttpResponse>, invented);
    const HttpResponse got = answer(status, headers, body, kHost + u"/admin"_s);
    QTEST(adminVerdict({u"/admin"_s, nullptr, got, got}, invented), "expected");
    // Nothing is said on one answer alone.
    const AdminVerdict once = adminVerdict({u"/admin"_s, nullptr, got, std::nullopt}, invented);
    QVERIFY(once != AdminVerdict::Open && once != AdminVerdict::Unclear);
}

void TestOpenPages::judgesTools_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isTwice");
    QTest::addColumn<bool>("isInside");
    QTest::addColumn<ToolLogin>("login");
    QTest::addColumn<AdminVerdict>("expected");
    using enum AdminVerdict;
    using enum ToolLogin;
    const QByteArray open = "<html><title>Adminer</title><table>";
    const QByteArray locked = "<html><title>Adminer</title><input type=password>";
    const QByteArray drawn = "<html><title>Adminer</title><div id=app></div><script src=/app.js></script>";
    const auto row = [](const char *name, const QByteArray &body, bool isTwice, bool isInside, ToolLogin login,
                        AdminVerdict expected) {
        QTest::newRow(name) << body << isTwice << isInside << login << expected;
    };
    row("open", open, true, true, Form, Open);
    row("only once", open, false, true, Form, Untold);
    row("with a login, for insiders", locked, true, true, Form, Reachable);
    row("with a login, for everybody", locked, true, false, Form, Locked);
    row("its login asks for a server and a database",
        "<html><title>Adminer</title><form><select name=driver></select><input name=server><input name=username>"
        "<input type=password><input name=db></form>",
        true, true, Form, Reachable);
    row("another page", "<html><title>Shop</title>", true, true, Form, Absent);
    row("its script draws the login, for insiders", drawn, true, true, Script, Undecided);
    row("its script draws the login, for everybody", drawn, true, false, Script, Undecided);
    row("the login of a script, in the page", drawn + "<input type=password>", true, false, Script, Locked);
    row("nothing to read beside a script", drawn, true, true, Form, Undecided);
    row("nothing to read beside a script, for everybody", drawn, true, false, Form, Undecided);
    row("nests too deep", open + QByteArray("<div>").repeated(3000), true, true, Form, Untold);
    row("a tool that has no login", drawn, true, true, None, Open);
}

void TestOpenPages::judgesTools()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isTwice);
    QFETCH(bool, isInside);
    QFETCH(ToolLogin, login);
    PathRule rule;
    rule.login = login;
    rule.id = u"adminer"_s;
    rule.pattern = QRegularExpression(u"<title>Adminer"_s);
    rule.allowsHtml = true;
    rule.isInside = isInside;
    const HttpResponse got = answer(200, "Content-Type: text/html", body, kHost + u"/adminer"_s);
    const AskedPath asked{u"/adminer"_s, &rule, got, isTwice ? std::optional(got) : std::nullopt};
    QTEST(adminVerdict(asked, baselines(404)), "expected");
}

void TestOpenPages::admitsWhatScriptsDecide()
{
    const QByteArray drawn = "<html><title>Adminer</title><div id=app></div><script src=/app.js></script>";
    const auto judgeTool = [&](const QByteArray &body, bool isInside, ToolLogin login) {
        PathRule rule{.id = u"adminer"_s, .pattern = QRegularExpression(u"<title>Adminer"_s), .allowsHtml = true};
        rule.isInside = isInside;
        rule.login = login;
        const HttpResponse got = answer(200, "Content-Type: text/html", body, kHost + u"/adminer"_s);
        return judgeAdminPaths({baselines(404), {{u"/adminer"_s, &rule, got, got}}});
    };
    const Judged outside = judgeTool(drawn, false, ToolLogin::Script);
    QCOMPARE(said(outside), u"info"_s);
    QVERIFY2(outside.reason.contains(u"/adminer"_s), qPrintable(outside.reason));
    QVERIFY2(outside.summary.contains(u"0 locked"_s), qPrintable(outside.summary));
    QCOMPARE(outside.observed["not_seen"_L1][0]["code"_L1].toString(), u"open_admin"_s);
    QCOMPARE(said(judgeTool(drawn + "<input type=password>", false, ToolLogin::Script)), u"pass"_s);
    // Whose page is drawn by a script is not said to show its login page, and the other way round.
    const auto sawOf = [](const Judged &judged) { return judged.findings.at(0).whatWeSaw; };
    QVERIFY(sawOf(judgeTool(drawn, true, ToolLogin::Form)).contains("its script decides"_L1));
    QVERIFY(sawOf(judgeTool(drawn + "<input type=password>", true, ToolLogin::Script)).contains("login page"_L1));
    // A page that cannot be read is a gap: one of one is a server that tells nothing.
    const Judged deep =
        judgeTool("<html><title>Adminer</title>" + QByteArray("<div>").repeated(3000), true, ToolLogin::Form);
    QCOMPARE(said(deep), u"error"_s);
    const HttpResponse form = answer(200, "Content-Type: text/html",
                                     "<title>Admin</title><form><input name=a><input type=password name=b><input "
                                     "type=password name=c></form>",
                                     kHost + u"/admin"_s);
    QVERIFY(!sawOf(judgeAdminPaths({baselines(404), {{u"/admin"_s, nullptr, form, form}}})).contains("no password"_L1));
}

void TestOpenPages::readsAnswersOfGraphQl_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // "" when it is none
    const auto row = [](const char *name, int status, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << status << body << expected;
    };
    const QByteArray schema = R"({"data":{"__schema":{"queryType":{"name":"Q"},"types":[{"name":"Q","fields":[]}]}}})";
    row("schema", 200, schema, u"open"_s);
    row("no types in it", 200, R"({"data":{"__schema":{"queryType":{"name":"Q"},"types":[]}}})", QString());
    row("echo of the question", 200, R"({"query":"{__schema{queryType{name}}}"})", QString());
    row("introspection is off", 400, R"({"errors":[{"message":"introspection is not allowed by Apollo Server"}]})",
        u"closed"_s);
    row("only known questions", 200, R"({"errors":[{"message":"PersistedQueryNotFound"}]})", u"closed"_s);
    row("login first", 401, R"({"errors":[{"message":"Unauthorized"}]})", u"locked"_s);
    row("errors of another API", 404, R"({"errors":[{"message":"no such page"}]})", QString());
    row("a page", 200, "<html>GraphQL is great</html>", QString());
    row("nothing", 200, {}, QString());
}

void TestOpenPages::readsAnswersOfGraphQl()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const HttpResponse got = answer(status, {}, body);
    const auto endpoint = graphQlEndpoint(u"/graphql"_s, got, got);
    const GraphQlLook look{endpoint ? std::vector{*endpoint} : std::vector<GraphQlEndpoint>{}, {got}};
    const Judged judged = judgeGraphQl(look, {baselines(404), {}});
    QTEST(judged.observed["endpoints"_L1][0]["schema"_L1].toString(), "expected");
    QCOMPARE(judged.findings.size(), endpoint && endpoint->state == SchemaState::Open ? size_t(1) : size_t(0));
    if (endpoint && endpoint->state == SchemaState::Open) // a second look that says something else
        QVERIFY(!graphQlEndpoint(u"/graphql"_s, got, answer(404)));
}

void TestOpenPages::doesNotPassOverBrokenGraphQl_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("invented");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no POST at all") << 405 << 405 << u"pass"_s;
    QTest::newRow("POST is not known") << 501 << 404 << u"pass"_s;
    QTest::newRow("busy") << 503 << 404 << u"error"_s;
    QTest::newRow("broken for every address") << 500 << 500 << u"pass"_s;
    QTest::newRow("nothing to compare with") << 500 << 0 << u"error"_s;
}

void TestOpenPages::doesNotPassOverBrokenGraphQl()
{
    QFETCH(int, status);
    QFETCH(int, invented);
    const GraphQlLook look{{}, {answer(status, {}, "no", kHost + u"/graphql"_s)}, {}, invented};
    const Judged judged = judgeGraphQl(look, {baselines(404), {}});
    QTEST(said(judged), "expected");
    // The repair is the server's, not the firewall's.
    QVERIFY(!judged.reason.contains(u"firewall"_s));
    QCOMPARE(judged.reason.contains(u"/graphql"_s), judged.outcome == Outcome::Error);
    const GraphQlLook silent{{}, {}, {u"/graphql"_s}, 404};
    QCOMPARE(said(judgeGraphQl(silent, {baselines(404), {}})), u"error"_s);
}

void TestOpenPages::countsSources_data()
{
    QTest::addColumn<QByteArray>("map");
    QTest::addColumn<int>("sources");
    QTest::addColumn<int>("own");
    QTest::newRow("own and foreign")
        << QByteArray(R"({"version":3,"sources":["src/a.ts","../node_modules/x/y.js"],"sourcesContent":["a","b"]})")
        << 2 << 1;
    QTest::newRow("names without texts") << QByteArray(
                                                R"({"version":3,"sources":["src/a.ts"],"sourcesContent":[null]})")
                                         << 0 << 0;
    QTest::newRow("what the bundler adds")
        << QByteArray(R"({"version":3,"sources":["webpack/bootstrap"],"sourcesContent":["a"]})") << 1 << 0;
    QTest::newRow("in sections")
        << QByteArray(R"({"version":3,"sections":[{"map":{"sources":["a.ts"],"sourcesContent":["a"]}}]})") << 1 << 1;
    QTest::newRow("cut off") << QByteArray(R"({"version":3,"sources":["a.ts"],"sourcesContent":["abc)") << 1 << 1;
}

void TestOpenPages::countsSources()
{
    QFETCH(QByteArray, map);
    const SourceMapContent content = readSourceMap(map);
    QTEST(content.sources, "sources");
    QTEST(content.ownSources, "own");
}

void TestOpenPages::judgesTheList_data()
{
    QTest::addColumn<std::vector<Route>>("found");
    QTest::addColumn<std::vector<Route>>("listed");
    QTest::addColumn<QString>("expected");
    using enum AccessClass;
    const Route orders = route(u"GET"_s, u"/api/orders/{id}"_s, SignedIn, true);
    const Route listed = route(u"GET"_s, u"/api/orders/{order}"_s, SignedIn);
    const Route pricing = route(u"GET"_s, u"/pricing"_s, Public, true);
    const Route form = route(u"POST"_s, u"/contact"_s, Public, true);
    const auto row = [](const char *name, const std::vector<Route> &found, const std::vector<Route> &known,
                        const QString &expected) { QTest::newRow(name) << found << known << expected; };
    row("nothing at all", {}, {}, u"info"_s);
    row("no list yet", {orders}, {}, u"info"_s);
    row("all are listed", {orders}, {listed}, u"pass"_s);
    row("a private one is not", {orders}, {pricing}, u"unconfirmed:low unlisted:low"_s);
    row("a page for everybody need not be", {pricing}, {listed}, u"pass"_s);
    row("what takes input has to be", {form}, {listed}, u"unlisted:low"_s);
    row("a guess in the list", {}, {orders}, u"unconfirmed:low"_s);
    row("listed and found nowhere", {}, {listed}, u"pass"_s);
}

void TestOpenPages::judgesTheList()
{
    QFETCH(std::vector<Route>, found);
    QFETCH(std::vector<Route>, listed);
    const Judged judged = judgeRoutes({found, {u"links"_s}, 1, 0}, listed, u"app.example.com"_s);
    QTEST(said(judged), "expected");
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), static_cast<qsizetype>(found.size()));
    QVERIFY(judged.outcome != Outcome::Info || !judged.reason.isEmpty());
}

// A host that showed no page may link to routes that nobody has listed.
void TestOpenPages::doesNotPassOverSilentHosts()
{
    const Route listed = route(u"GET"_s, u"/api/orders"_s, AccessClass::SignedIn);
    const Judged judged = judgeRoutes({{listed}, {}, 1, 1}, {listed}, u"app.example.com"_s);
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(judged.observed["not_seen"_L1].toArray().size(), 1);
}

void TestOpenPages::keepsSecretsOutOfTheList()
{
    const QString key = u"sk_"
                        u"live_a1B2c3D4e5F6g7H8i9J0k1L2"_s;
    const Judged judged = judgeRoutes({{route(u"GET"_s, u"/api/x/"_s + key, AccessClass::SignedIn)}, {}, 1, 0}, {}, {});
    QVERIFY(!judged.observed["routes"_L1][0]["path"_L1].toString().contains(u"a1B2c3D4"_s));
}

void TestOpenPages::judgesDocuments_data()
{
    QTest::addColumn<std::vector<Route>>("routes");
    QTest::addColumn<QString>("expected");
    using enum AccessClass;
    QTest::newRow("for everybody") << std::vector{route(u"GET"_s, u"/prices"_s, Public)} << u"info"_s;
    QTest::newRow("for members") << std::vector{route(u"GET"_s, u"/orders"_s, SignedIn)} << u"open_document:low"_s;
    QTest::newRow("for administrators") << std::vector{route(u"GET"_s, u"/orders"_s, SignedIn),
                                                       route(u"GET"_s, u"/admin/x"_s, Admin, true)}
                                        << u"admin_document:medium"_s;
}

void TestOpenPages::judgesDocuments()
{
    QFETCH(std::vector<Route>, routes);
    const ApiDocument document{u"/openapi.json"_s, answer(200, {}, "{}", kHost + u"/openapi.json"_s), routes};
    QTEST(said(judgeApiDocs({{document, document}}, {baselines(404), {}})), "expected");
    QCOMPARE(said(judgeApiDocs({}, {baselines(404), {}})), u"pass"_s);
    const Judged one = judgeApiDocs({{}, {u"/openapi.json"_s}}, {baselines(404), {}});
    QCOMPARE(said(one), u"info"_s);
    QVERIFY(one.reason.contains(u"/openapi.json"_s));
    QCOMPARE(said(judgeApiDocs({{}, {u"/a"_s, u"/b"_s, u"/c"_s}}, {baselines(404), {}})), u"error"_s);
}

QTEST_GUILESS_MAIN(TestOpenPages)
#include "tst_openpages.moc"
