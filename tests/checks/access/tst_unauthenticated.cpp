#include "checks/access/minedroutes.h"
#include "checks/access/unauthenticated.h"
#include "checks/web/bundle.h"
#include "tests/checks/exposure/weblook.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class UnauthenticatedTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("fromProject");
        QTest::addColumn<QString>("expected");
        const QByteArray json = "Content-Type: application/json";
        const QByteArray people = R"([{"id":1,"email":"a@example.com","name":"A"}])";
        QTest::newRow("401") << 401 << json << QByteArray("{}") << true << u"pass"_s;
        QTest::newRow("403 is a refusal") << 403 << json << QByteArray("{}") << true << u"pass"_s;
        QTest::newRow("moved to the login page")
            << 302 << QByteArray("Location: /login?next=/x") << QByteArray() << true << u"pass"_s;
        QTest::newRow("200 with an error inside")
            << 200 << json << QByteArray(R"({"error":"sign in"})") << true << u"pass"_s;
        QTest::newRow("login page with 200") << 200 << QByteArray("Content-Type: text/html")
                                             << QByteArray("<form><input type=password></form>") << true << u"pass"_s;
        QTest::newRow("404 of a record that nobody knows") << 404 << json << QByteArray("{}") << true << u"not_run"_s;
        QTest::newRow("404 with words of its own")
            << 404 << json << QByteArray(R"({"error":"invoice 1 not found"})") << true << u"not_run"_s;
        QTest::newRow("404 like any address") << 404 << QByteArray("Content-Type: text/html")
                                              << QByteArray("<html>not here</html>") << true << u"not_run"_s;
        QTest::newRow("200 with not found inside")
            << 200 << json << QByteArray(R"({"error":"Invoice does not exist"})") << true << u"not_run"_s;
        QTest::newRow("200 with the error of any address")
            << 200 << json << QByteArray(R"({"error":"try again"})") << true << u"not_run"_s;
        QTest::newRow("customer data") << 200 << json << people << true << u"open_route:critical"_s;
        QTest::newRow("other data") << 200 << json << QByteArray(R"({"widgets":3})") << true << u"open_route:high"_s;
        QTest::newRow("a balance") << 200 << json << QByteArray("12450.75") << true << u"open_route:high"_s;
        QTest::newRow("a ticket that speaks of signing in")
            << 200 << json << QByteArray(R"({"id":17,"title":"Access denied when I log in","state":"open"})") << true
            << u"open_route:high"_s;
        QTest::newRow("empty list") << 200 << json << QByteArray("[]") << true << u"not_run"_s;
        QTest::newRow("shell of the app") << 200 << QByteArray("Content-Type: text/html")
                                          << QByteArray("<html>shell of app</html>") << true << u"not_run"_s;
        QTest::newRow("rate limit") << 429 << json << people << true << u"not_run"_s;
        QTest::newRow("guessed, customer data") << 200 << json << people << false << u"open_route:critical"_s;
        QTest::newRow("guessed, other data") << 200 << json << QByteArray(R"({"widgets":3})") << false << u"not_run"_s;
        QTest::newRow("guessed, not there") << 404 << json << QByteArray("{}") << false << u"not_run"_s;
        QTest::newRow("guessed, refused") << 401 << json << QByteArray("{}") << false << u"info"_s;
    }

    void judges()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        QFETCH(bool, fromProject);
        Route route;
        route.path = u"/api/x"_s;
        const RouteLook look{{{route, answer(status, headers, body, u"https://app.example.com/api/x"_s)}},
                             {answer(200, "Content-Type: text/html", "<html>shell of app</html>"),
                              answer(404, "Content-Type: text/html", "<html>not here</html>"),
                              answer(200, "Content-Type: application/json", R"({"error":"try again"})")},
                             {},
                             fromProject};
        QTEST(said(judgeUnauthenticated(look)), "expected");
    }

    void doesNotPassOverSilence()
    {
        Route route;
        route.path = u"/api/x"_s;
        const AskedRoute refused{route, answer(401)};
        QCOMPARE(said(judgeUnauthenticated({{refused, {route, answer(429)}}, {}, {}, true})), u"info"_s);
        QCOMPARE(said(judgeUnauthenticated({{refused, {route, answer(204)}}, {}, {}, true})), u"pass"_s);
    }

    // Most routes said nothing: what the one that did say is not said of all.
    void doesNotPassOverMostRoutes()
    {
        RouteLook look;
        Route route;
        route.path = u"/api/x"_s;
        look.asked = {{route, answer(401)}};
        look.silent = std::vector<Route>(4, route);
        const Judged judged = judgeUnauthenticated(look);
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY(!judged.reason.isEmpty());
        for (Route &silent : look.silent) {
            silent.isGuessed = true;
            silent.path += QString::number(&silent - look.silent.data());
        }
        const Judged guessed = judgeUnauthenticated(look);
        QCOMPARE(said(guessed), u"pass"_s);
        QCOMPARE(guessed.observed["not_seen"_L1].toArray().size(), 4);
    }

    // A firewall that refuses everybody everywhere says nothing about the routes behind it.
    void tellsRefusalsFromFirewalls_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("invented");
        QTest::addColumn<int>("inventedApi");
        QTest::addColumn<QString>("expected");
        QTest::newRow("403 everywhere") << 403 << 403 << 403 << u"not_run"_s;
        QTest::newRow("403 below /api alone") << 403 << 404 << 403 << u"pass"_s;
        QTest::newRow("403 here alone") << 403 << 404 << 404 << u"pass"_s;
        QTest::newRow("401 everywhere is a rule of the product") << 401 << 401 << 401 << u"pass"_s;
        QTest::newRow("401 where others get 403") << 401 << 403 << 403 << u"pass"_s;
    }

    void tellsRefusalsFromFirewalls()
    {
        QFETCH(int, status);
        QFETCH(int, invented);
        QFETCH(int, inventedApi);
        Route route;
        route.path = u"/api/x"_s;
        const RouteLook look{{{route, answer(status, {}, "no")}}, {answer(invented), answer(inventedApi)}, {}, true};
        const Judged judged = judgeUnauthenticated(look);
        QTEST(said(judged), "expected");
        QCOMPARE(judged.reason.contains(u"firewall"_s), judged.outcome == Outcome::NotRun);
    }

    // A product that denies by default refuses invented addresses, too. Its first page is there all the same.
    void knowsDenialByDefault()
    {
        Route route;
        route.path = u"/api/x"_s;
        const QByteArray shield = "<title>Attention Required! | Cloudflare</title>";
        const auto lookWith = [&](const QByteArray &body, const QStringList &open) {
            RouteLook look{{{route, answer(403, {}, body)}}, {answer(403, {}, body), answer(403, {}, body)}, {}, true};
            look.open = open;
            return test::said(judgeUnauthenticated(look));
        };
        // It refuses, and nothing tells whether the address is there: a store of files refuses what it does not have.
        QCOMPARE(lookWith("{}", {u"app.example.com"_s}), u"info"_s);
        QCOMPARE(lookWith("{}", {u"www.example.com"_s}), u"not_run"_s);
        QCOMPARE(lookWith(shield, {u"app.example.com"_s}), u"not_run"_s);
    }

    void deniesByDefaultOnAServer()
    {
        WebLook web([](const WebRequest &request) {
            return request.path == "/" ? page(200, "text/html", "<h1>Shop</h1>") : page(403, "application/json", "{}");
        });
        Route orders;
        orders.path = u"/api/orders"_s;
        web.facts.routes = {orders};
        const Judged judged = web.run(unauthenticatedCheck());
        QCOMPARE(test::said(judged), u"info"_s);
        QVERIFY2(judged.reason.contains("403"_L1) && !judged.reason.contains("firewall"_L1), qPrintable(judged.reason));
        QVERIFY(!judged.observed.contains("not_seen"_L1)); // what was open there is closed
    }

    // A refusal that only a real address gets is one.
    void tellsRefusalsApart_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("invented");
        QTest::addColumn<QString>("expected");
        QTest::newRow("403, and 404 elsewhere") << 403 << 404 << u"pass"_s;
        QTest::newRow("403, and 403 elsewhere") << 403 << 403 << u"info"_s;
        QTest::newRow("401, and 403 elsewhere") << 401 << 403 << u"pass"_s;
    }

    void tellsRefusalsApart()
    {
        QFETCH(int, status);
        QFETCH(int, invented);
        Route route;
        route.path = u"/api/x"_s;
        const HttpResponse other = answer(invented, {}, "<Error><Code>AccessDenied</Code><RequestId>7F</RequestId>");
        RouteLook look{{{route, answer(status, {}, "<Error><Code>AccessDenied</Code><RequestId>9A</RequestId>")}},
                       {other, other},
                       {},
                       true};
        look.open = {u"app.example.com"_s};
        QTEST(test::said(judgeUnauthenticated(look)), "expected");
    }

    // What a page asks for is said as it is.
    void saysWhatAPageAsksFor()
    {
        Route route;
        route.path = u"/users/new"_s;
        const QByteArray newUser = "<h1>New user</h1><form><input name=first><input name=last><input name=mail>";
        const auto sawWith = [&](const QByteArray &fields) {
            const HttpResponse got = answer(200, "Content-Type: text/html", newUser + fields);
            return judgeUnauthenticated({{{route, got}}, {}, {}, true}).findings.at(0).whatWeSaw;
        };
        QVERIFY(sawWith("</form>").contains("asks for no password"_L1));
        QVERIFY(!sawWith("<input type=password></form>").contains("asks for no password"_L1));
    }

    // Who asks to slow down is not asked for thirty files.
    void asksABusyHostForNothingMore()
    {
        WebLook web([](const WebRequest &) { return page(429, "text/html", "slow down"); });
        Route orders;
        orders.path = u"/api/orders"_s;
        web.facts.routes = {orders};
        web.run(unauthenticatedCheck());
        for (const WebRequest &request : web.requests())
            QVERIFY2(!request.path.contains("openapi") && !request.path.contains("graphql"), request.path.constData());
    }

    // An invented id proves nothing: the API may have no login at all, and no record 1.
    void saysWhatANotFoundDoesNotTell()
    {
        Route route;
        route.path = u"/api/invoices/{id}"_s;
        const std::vector<AskedRoute> missing(3, {route, answer(404)});
        const Judged nothing = judgeUnauthenticated({missing, {}, {}, true});
        QCOMPARE(said(nothing), u"not_run"_s);
        QVERIFY2(nothing.reason.contains(u"404"_s), qPrintable(nothing.reason));
        const Judged some = judgeUnauthenticated({{{route, answer(401)}, missing.front()}, {}, {}, true});
        QCOMPARE(said(some), u"info"_s);
        QVERIFY2(some.reason.contains(u"404"_s), qPrintable(some.reason));
        QCOMPARE(some.observed[u"asked"_s][1][u"verdict"_s].toString(), u"unclear"_s);
    }

    void knowsWhatIsWorthAsking()
    {
        QVERIFY(isWorthAsking(u"/api/orders"_s));
        QVERIFY(!isWorthAsking(u"/api/logout"_s));
        QVERIFY(!isWorthAsking(u"/api/health"_s));
    }

    // What only a name says about a route does not raise an alarm by itself, nor leave a question open.
    void trustsGuessesLess_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("guessed"); // beside a route that refuses
        QTest::addColumn<QString>("said");
        QTest::newRow("people") << 200 << QByteArray(R"([{"email":"a@example.com"}])") << u"open_route:critical"_s
                                << u"open_route:critical"_s;
        QTest::newRow("other data") << 200 << QByteArray(R"({"widgets":3})") << u"pass"_s << u"open_route:high"_s;
        QTest::newRow("not found") << 404 << QByteArray("{}") << u"pass"_s << u"info"_s;
        QTest::newRow("refused") << 401 << QByteArray("{}") << u"pass"_s << u"pass"_s;
    }

    void trustsGuessesLess()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Route listed;
        listed.path = u"/api/y"_s;
        const AskedRoute refused{listed, answer(401)};
        for (const bool isGuessed : {true, false}) {
            Route route;
            route.path = u"/api/x"_s;
            route.isGuessed = isGuessed;
            const AskedRoute asked{route, answer(status, "Content-Type: application/json", body)};
            QTEST(test::said(judgeUnauthenticated({{refused, asked}, {}, {}, true})), isGuessed ? "guessed" : "said");
        }
    }

    void confirmsNothingByGuessesAlone()
    {
        Route route;
        route.path = u"/api/x"_s;
        route.isGuessed = true;
        const Judged judged = judgeUnauthenticated({{{route, answer(401)}}, {}, {}, true});
        QCOMPARE(test::said(judged), u"info"_s);
        QVERIFY(!judged.reason.isEmpty());
    }

    void saysWhatWasNotTried()
    {
        Route route;
        route.path = u"/api/x"_s;
        const AskedRoute refused{route, answer(401)};
        Route write{.method = u"POST"_s, .path = u"/api/y"_s};
        const Judged judged =
            judgeUnauthenticated({{refused},
                                  {},
                                  {{write, NotTried::Writes}, {route, NotTried::NoSeenId}, {route, NotTried::NoSeenId}},
                                  true});
        QCOMPARE(judged.observed["not_tried"_L1].toArray().size(), 3);
        QCOMPARE(judged.observed["not_tried"_L1][0]["why"_L1].toString(), u"writes"_s);
        QCOMPARE(judged.observed["not_tested"_L1][0].toString(), u"POST /api/y"_s);
        QVERIFY2(judged.summary.contains(u"no id of a real record"_s), qPrintable(judged.summary));
        QCOMPARE(judged.outcome, Outcome::Info);
        QVERIFY2(judged.reason.contains(u"2 because no id of a real record"_s) && !judged.reason.contains(u"change"_s),
                 qPrintable(judged.reason));
    }

    // A real server: which addresses are asked for, and which are not.
    void asksOnlyForWhatWasSeen()
    {
        WebLook web([](const WebRequest &request) {
            if (request.path == "/")
                return page(200, "text/html", "<script>fetch('/api/mined')</script><a href=/account>");
            if (request.path == "/api/orders/7")
                return page(200, "application/json", R"([{"email":"a@example.com"}])");
            return page(401, "application/json", R"({"error":"sign in"})");
        });
        const auto route = [](const QString &method, const QString &path, const QString &seen = {},
                              const QString &host = {}) {
            Route made;
            made.method = method;
            made.path = path;
            made.seen = seen;
            made.host = host;
            return made;
        };
        web.facts.routes = {route(u"GET"_s, u"/api/orders/{id}"_s, u"/api/orders/7"_s),
                            route(u"GET"_s, u"/api/teams/{id}"_s), route(u"DELETE"_s, u"/api/orders/{id}"_s),
                            route(u"GET"_s, u"/api/me"_s), route(u"GET"_s, u"/x"_s, {}, u"old.shop.example"_s)};
        const Judged judged = web.run(unauthenticatedCheck());
        QStringList asked;
        for (const WebRequest &request : web.requests())
            asked << QString::fromLatin1(request.method + ' ' + request.path);
        for (const QString &wanted : {u"GET /api/orders/7"_s, u"GET /api/me"_s, u"GET /api/mined"_s, u"GET /account"_s})
            QVERIFY2(asked.contains(wanted), qPrintable(wanted));
        QVERIFY(asked.filter(u"teams"_s).isEmpty() && asked.filter(u"DELETE"_s).isEmpty());
        QCOMPARE(test::said(judged), u"open_route:critical"_s);
        QStringList why;
        for (const QJsonValue one : judged.observed["not_tried"_L1].toArray())
            why << one["why"_L1].toString();
        why.sort();
        QCOMPARE(why.join(u' '), u"no_seen_id other_host writes"_s);
        QCOMPARE(judged.observed["mined"_L1].toInt(), 2);
    }

    // A gateway that refuses its first page still hands out the rest.
    void looksBehindARefusedFirstPage()
    {
        WebLook web([](const WebRequest &request) {
            if (request.path == "/")
                return page(403, "application/json", R"({"message":"Forbidden"})");
            if (request.path == "/robots.txt")
                return page(200, "text/plain", "User-agent: *\nDisallow: /account/orders\n");
            if (request.path == "/account/orders")
                return page(200, "application/json", R"([{"email":"anna@example.com"}])");
            return page(404, "text/html", "<p>no");
        });
        QCOMPARE(test::said(web.run(unauthenticatedCheck())), u"open_route:critical"_s);
    }

    void leavesValuesOut_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::newRow("records") << QByteArray("application/json")
                                 << QByteArray(R"([{"emailAddress":"anna@example.com","displayName":"anna"}])")
                                 << u"open_route:critical"_s;
        QTest::newRow("a table") << QByteArray("text/csv") << QByteArray("name,email\nanna,anna@example.com\n")
                                 << u"open_route:critical"_s;
        QTest::newRow("keyed by names") << QByteArray("application/json") << QByteArray(R"({"anna":5200,"bo":4100})")
                                        << u"open_route:high"_s;
        QTest::newRow("nothing that is known")
            << QByteArray("application/json") << QByteArray(R"({"list":["anna"],"x":{"y":"anna"}})")
            << u"open_route:high"_s;
        QTest::newRow("a text") << QByteArray("text/plain") << QByteArray("anna was here") << u"open_route:high"_s;
    }

    void leavesValuesOut()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        Route route;
        route.path = u"/api/x"_s;
        const HttpResponse got = answer(200, "Content-Type: " + type, body);
        const Judged judged = judgeUnauthenticated({{{route, got}}, {}, {}, true});
        QTEST(test::said(judged), "expected");
        for (const Evidence &evidence : judged.findings.at(0).evidence)
            QVERIFY(!evidence.body.contains("anna"_L1));
    }
};

QTEST_GUILESS_MAIN(UnauthenticatedTest)
#include "tst_unauthenticated.moc"
