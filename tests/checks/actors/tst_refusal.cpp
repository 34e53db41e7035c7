#include "checks/actors/refusal.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kHtml = "Content-Type: text/html";
const QByteArray kGood = R"({"id":17,"note":"Chairs for room 7","user":"ann@acme.test"})";
const QByteArray kLogin = "<html><title>Sign in</title><form><input name=user><input type=password></form></html>";
const QByteArray kShell = "<html><title>App</title><body><div id=root></div><script src=/a.js></script></body></html>";
const QString kUrl = u"https://app.example.com/api/invoices/17"_s;

HttpResponse at(int status, const QByteArray &head, const QByteArray &body = {})
{
    return answer(status, head, body, kUrl);
}

const Markers &annMarkers()
{
    static const Markers markers(
        {{u"ann@acme.test"_s, MarkerKind::Mail, {}}, {u"Chairs for room 7"_s, MarkerKind::Value, {}}});
    return markers;
}

QString said(const ReachVerdict &verdict)
{
    return toWord(verdict.reach) + u' ' + toWord(verdict.why);
}

} // namespace

class RefusalTest : public QObject
{
    Q_OBJECT

private slots:
    void measures_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("record"); // asked by another tenant
        QTest::addColumn<QString>("route");  // asked by another role
        const auto row = [](const char *name, int status, const QByteArray &head, const QByteArray &body,
                            const QString &record, const QString &route = {}) {
            QTest::newRow(name) << status << head << body << record << (route.isEmpty() ? record : route);
        };
        row("401", 401, kJson, "{}", u"refused status"_s);
        row("403", 403, kJson, "{}", u"refused status"_s);
        row("404 where the owner gets it", 404, kJson, R"({"error":"not found"})", u"refused not_found"_s);
        row("410", 410, kJson, "{}", u"refused not_found"_s);
        row("to the login", 302, "Location: /login?next=/x", {}, u"refused to_login"_s);
        row("to the first page", 302, "Location: /", {}, u"refused sent_away"_s);
        row("to a page that says denied", 302, "Location: /access-denied", {}, u"refused sent_away"_s);
        row("with a slash more", 301, "Location: /api/invoices/17/", {}, u"unclear moved"_s);
        row("to somewhere", 302, "Location: /dashboard", {}, u"unclear other"_s);
        row("login page with 200", 200, kHtml, kLogin, u"refused to_login"_s);
        row("error in a 200", 200, kJson, R"({"error":"you may not see this"})", u"refused says_error"_s);
        row("errors of GraphQL", 200, kJson, R"({"data":null,"errors":[{"message":"Forbidden"}]})",
            u"refused says_error"_s);
        row("shell of the app", 200, kHtml, kShell, u"refused shell"_s);
        row("empty list", 200, kJson, "[]", u"filtered empty"_s);
        row("nothing", 204, {}, {}, u"filtered empty"_s);
        row("too many", 429, "Retry-After: 60", {}, u"unclear too_many"_s);
        row("broken", 500, kJson, "{}", u"unclear broken"_s);
        row("unavailable", 503, kHtml, "<html>later</html>", u"unclear broken"_s);
        row("challenge with 403", 403, "cf-mitigated: challenge", "<html></html>", u"unclear challenge"_s);
        row("challenge with 200", 200, "cf-mitigated: challenge", "<html></html>", u"unclear challenge"_s);
        row("not a good request", 400, kJson, "{}", u"unclear other"_s);
        row("another method", 405, kJson, "{}", u"unclear other"_s);
        row("without Django's token", 403, kHtml,
            "<html><title>403 Forbidden</title><h1>Forbidden</h1><p>CSRF verification failed. Request "
            "aborted.</p></html>",
            u"unclear forgery_token"_s);
        row("without Laravel's token", 419, kJson, R"({"message":"CSRF token mismatch."})", u"unclear forgery_token"_s);
        row("without Rails's token", 422, kJson, "{\"error\":\"Can't verify CSRF token authenticity.\"}",
            u"unclear forgery_token"_s);
        row("without Express's token", 403, kJson, R"({"error":"invalid csrf token"})", u"unclear forgery_token"_s);
        row("without SvelteKit's origin", 403, "Content-Type: text/plain",
            "Cross-site POST form submissions are forbidden", u"unclear forgery_token"_s);
        row("a refusal that hands out the next token", 403, kJson, R"({"error":"forbidden","csrf_token":"9f2b71c04a"})",
            u"refused status"_s);
        row("a page of refusal with a token in its form", 403, kHtml,
            "<html><meta name=csrf-token content=missing><h1>Forbidden</h1><p>You may not do this.</p></html>",
            u"refused status"_s);
        row("the record", 200, kJson, kGood, u"allowed marker"_s);
        row("the record with a refusal", 403, kJson, kGood, u"allowed marker"_s);
        row("own data in the same fields", 200, kJson,
            R"({"id":23,"note":"Tables for room 9","user":"bob@globex.test"})", u"filtered own_data"_s,
            u"allowed same_shape"_s);
        row("the same record, told without its text", 200, kJson,
            R"({"id":17,"note":"hidden","user":"bob@globex.test"})", u"unclear no_marker"_s, u"allowed same_shape"_s);
        row("something else", 200, kJson, R"({"widgets":3,"colour":"red"})", u"unclear other"_s);
    }

    void measures()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, body);
        QFETCH(QString, record);
        QFETCH(QString, route);
        const HttpResponse good = at(200, kJson, kGood);
        const HttpResponse login = answer(200, kHtml, kLogin, u"https://app.example.com/login"_s);
        const InventedAnswers invented({answer(200, kHtml, kShell)});
        Yardstick yardstick{.good = &good, .loginPage = &login, .markers = &annMarkers(), .invented = &invented};
        QCOMPARE(said(reachOf(at(status, head, body), yardstick)), record);
        // An administrator's view has no text that is private to one person.
        const Markers none;
        yardstick.question = ReachOf::Route;
        if (!record.contains("marker"_L1) || record == "unclear no_marker"_L1) {
            yardstick.markers = &none;
            QCOMPARE(said(reachOf(at(status, head, body), yardstick)), route);
        }
    }

    // A server that treats everybody alike proves nothing, in whatever way.
    void needsAControl_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("always 403") << 403 << kJson << QByteArray("{}");
        QTest::newRow("always 401") << 401 << kJson << QByteArray("{}");
        QTest::newRow("always 404") << 404 << kJson << QByteArray("{}");
        QTest::newRow("always to the login") << 302 << QByteArray("Location: /login") << QByteArray();
        QTest::newRow("always the login page") << 200 << kHtml << kLogin;
        QTest::newRow("always the shell") << 200 << kHtml << kShell;
        QTest::newRow("always an error") << 200 << kJson << QByteArray(R"({"error":"sign in"})");
        QTest::newRow("always limited") << 429 << kJson << QByteArray();
        QTest::newRow("always broken") << 500 << kJson << QByteArray();
        QTest::newRow("always empty") << 200 << kJson << QByteArray("[]");
    }

    void needsAControl()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, body);
        const HttpResponse same = at(status, head, body);
        const InventedAnswers invented({answer(200, kHtml, kShell)});
        Yardstick yardstick{.good = &same, .markers = &annMarkers(), .invented = &invented};
        QCOMPARE(toWord(reachOf(same, yardstick).reach), u"unclear"_s);
    }

    void knowsSharedContent()
    {
        const HttpResponse plans = at(200, kJson, R"([{"id":1,"name":"Pro"},{"id":2,"name":"Team"}])");
        const Markers none;
        Yardstick yardstick{.good = &plans, .signedOut = &plans, .markers = &none};
        const ReachVerdict open = reachOf(plans, yardstick);
        QCOMPARE(said(open), u"allowed same_content"_s);
        QVERIFY(open.isPublic);
        QCOMPARE(open.proof.value(), Proof::Lead); // never more where no private text is known
        const HttpResponse refused = at(401, kJson, "{}");
        yardstick.signedOut = &refused;
        QVERIFY(!reachOf(plans, yardstick).isPublic);
    }

    // {"ok":true} at every address, invented ones as well, lets nobody in.
    void tellsNothingFromOneAnswerToAll()
    {
        const HttpResponse ok = at(200, kJson, R"({"ok":true})");
        const InventedAnswers invented({ok});
        Yardstick yardstick{.question = ReachOf::Route, .good = &ok, .invented = &invented};
        QCOMPARE(said(reachOf(ok, yardstick)), u"unclear no_difference"_s);
        QVERIFY(!isGoodAnswer(ok, yardstick));
        yardstick.invented = nullptr;
        QCOMPARE(said(reachOf(ok, yardstick)), u"allowed same_content"_s);
    }

    void doesNotTrustRepeatedTexts()
    {
        const HttpResponse good = at(200, kJson, kGood);
        const HttpResponse echo = at(404, kJson, R"({"error":"no user ann@acme.test"})");
        Yardstick yardstick{.good = &good, .markers = &annMarkers()};
        yardstick.sent = "https://app.example.com/api/users/ann%40acme.test";
        QCOMPARE(said(reachOf(echo, yardstick)), u"refused not_found"_s);
    }

    void tellsNothingFromPagesThatAreDrawnByScripts()
    {
        const HttpResponse page = at(200, kHtml, "<html><title>Acme</title><body>Loading the app</body></html>");
        Yardstick yardstick{.question = ReachOf::Route, .good = &page, .signedOut = &page};
        QCOMPARE(said(reachOf(page, yardstick)), u"unclear no_difference"_s);
        const HttpResponse toLogin = at(302, "Location: /login");
        yardstick.signedOut = &toLogin; // the server guards it
        QCOMPARE(said(reachOf(page, yardstick)), u"allowed same_content"_s);
    }

    // The name of who is signed in stands on every page: its absence does not tell whose record that is.
    void isNotFooledByTheNameOnThePage()
    {
        const QByteArray record = "<h1>Invoice over chairs</h1><p>Three chairs and one table, to be paid soon</p>";
        const HttpResponse good = at(200, kHtml, "<html><body>ann@acme.test " + record + "</body></html>");
        const HttpResponse seen = at(200, kHtml, "<html><body>bob@globex.test " + record + "</body></html>");
        const Markers bob({{u"bob@globex.test"_s, MarkerKind::Mail, {}}});
        Yardstick yardstick{.good = &good, .markers = &annMarkers(), .ownMarkers = &bob};
        QCOMPARE(said(reachOf(seen, yardstick)), u"unclear no_marker"_s);
    }

    void readsPagesThatRefuse()
    {
        const HttpResponse good =
            at(200, kHtml, "<html><body>Home Team <h1>Users</h1> Anna Bob Carla Daniel Eve Frank</body></html>");
        const HttpResponse denied =
            at(200, kHtml, "<html><body><h1>Sorry</h1> You do not have permission to open this.</body></html>");
        Yardstick yardstick{.question = ReachOf::Route, .good = &good};
        QCOMPARE(said(reachOf(denied, yardstick)), u"refused says_error"_s);
    }
};

QTEST_GUILESS_MAIN(RefusalTest)
#include "tst_refusal.moc"
