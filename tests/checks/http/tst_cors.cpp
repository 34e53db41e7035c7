#include "checks/http/cors.h"
#include "checks/http/corsquestions.h"
#include "tests/checks/exposure/weblook.h"
#include "tests/checks/web/pages.h"

#include <QTest>

#include <algorithm>
#include <atomic>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(cockpit::CorsAnswer)
Q_DECLARE_METATYPE(cockpit::CorsGaps)

namespace {

std::vector<CorsQuestion> allOf(const CorsQuestions &questions)
{
    std::vector<CorsQuestion> all = questions.first;
    for (const auto &round : questions.rounds)
        all.insert(all.end(), round.begin(), round.end());
    return all;
}

size_t countOf(const CorsQuestions &questions)
{
    return allOf(questions).size();
}

QByteArray originIn(const QByteArray &head)
{
    const qsizetype at = head.indexOf("\r\nOrigin: ");
    return at < 0 ? QByteArray() : head.sliced(at + 10).split('\r').front();
}

} // namespace

class CorsTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("origin"); // which of the test origins is asked
        QTest::addColumn<bool>("reflects");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("cookie");
        QTest::addColumn<QString>("expected");
        const QByteArray credentials = "Access-Control-Allow-Credentials: true";
        const QByteArray crossSite = "connect.sid=a; Secure; HttpOnly; SameSite=None";
        const QByteArray lax = "connect.sid=a; Secure; HttpOnly; SameSite=Lax";
        QTest::newRow("no permission") << 0 << false << QByteArray() << QByteArray() << u"pass"_s;
        QTest::newRow("any, cookie travels") << 0 << true << credentials << crossSite << u"any_origin:critical"_s;
        QTest::newRow("any, cookie stays") << 0 << true << credentials << lax << u"any_origin:medium"_s;
        QTest::newRow("any, cookie not known") << 0 << true << credentials << QByteArray() << u"any_origin:high"_s;
        QTest::newRow("any, cookie that says nothing of foreign sites")
            << 0 << true << credentials << QByteArray("connect.sid=a; Secure; HttpOnly") << u"any_origin:high"_s;
        QTest::newRow("any, cookie with a word that browsers do not know")
            << 0 << true << credentials << QByteArray("connect.sid=a; SameSite=Sometimes") << u"any_origin:high"_s;
        QTest::newRow("any, without credentials") << 0 << true << QByteArray() << crossSite << u"any_origin:low"_s;
        QTest::newRow("credentials in capitals do not count")
            << 0 << true << QByteArray("Access-Control-Allow-Credentials: True") << crossSite << u"any_origin:low"_s;
        QTest::newRow("null") << 1 << true << credentials << QByteArray() << u"null_origin:high"_s;
        QTest::newRow("look-alike") << 2 << true << credentials << crossSite << u"lookalike_origin:critical"_s;
        QTest::newRow("subdomain without credentials")
            << 4 << true << QByteArray("Vary: Accept, Origin") << QByteArray() << u"pass"_s;
        QTest::newRow("permission not marked as one site's")
            << 4 << true << QByteArray() << QByteArray() << u"no_vary:low"_s;
        QTest::newRow("permission that shared caches keep")
            << 4 << true << QByteArray("Cache-Control: public, max-age=60") << QByteArray() << u"no_vary:medium"_s;
        QTest::newRow("a dot that means any character")
            << 6 << true << credentials << crossSite << u"lookalike_origin:critical"_s;
        QTest::newRow("special character") << 7 << true << credentials << lax << u"lookalike_origin:medium"_s;
        QTest::newRow("the last special character")
            << 28 << true << credentials << crossSite << u"lookalike_origin:critical"_s;
        QTest::newRow("glued before the host") << 29 << true << credentials << lax << u"any_subdomain:low"_s;
        QTest::newRow("a part of the name") << 30 << true << credentials << lax << u"lookalike_origin:medium"_s;
        QTest::newRow("the developers' machines")
            << 31 << true << credentials << crossSite << u"localhost_origin:low"_s;
        QTest::newRow("the same without credentials")
            << 32 << true << QByteArray("Vary: Origin") << crossSite << u"pass"_s;
        QTest::newRow("names for everybody") << 33 << true << credentials << crossSite << u"hosting_origin:critical"_s;
        QTest::newRow("http") << 5 << true << credentials << QByteArray() << u"http_origin:medium"_s;
        QTest::newRow("star is for public data")
            << 0 << false << QByteArray("Access-Control-Allow-Origin: *") << QByteArray() << u"pass"_s;
        QTest::newRow("star with credentials")
            << 0 << false << QByteArray("Access-Control-Allow-Origin: *\n" + credentials) << QByteArray()
            << u"wildcard_credentials:low"_s;
        QTest::newRow("a list") << 0 << false
                                << QByteArray("Access-Control-Allow-Origin: https://a.example, https://b.example")
                                << QByteArray() << u"several_values:low"_s;
    }

    void judges()
    {
        QFETCH(int, origin);
        QFETCH(bool, reflects);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, cookie);
        const TestOrigin asked =
            testOrigins(u"app.example.com"_s, u"example.com"_s, u"lc-1"_s).at(static_cast<size_t>(origin));
        if (reflects)
            headers += "\nAccess-Control-Allow-Origin: " + asked.origin;
        std::vector<SetCookie> cookies;
        if (const auto parsed = parseSetCookie(cookie))
            cookies.push_back(*parsed);
        const TestOrigin own{OriginClass::Own, "https://app.example.com"};
        QTEST(said(judgeCors({{asked, answer(200, headers)}, {own, answer(200)}}, cookies)), "expected");
    }

    void readsPreflights()
    {
        const TestOrigin stranger = testOrigins(u"a.example.com"_s, u"example.com"_s, u"lc-1"_s).front();
        const QByteArray open =
            "Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Origin: " + stranger.origin;
        const Judged judged = judgeCors({{stranger, answer(200)}, {stranger, answer(204, open), true}}, {});
        QCOMPARE(said(judged), u"any_origin:high"_s);
        QVERIFY(judged.findings.at(0).evidence.at(0).title.startsWith("OPTIONS "_L1));
        // A firewall that lets OPTIONS through hides the page all the same.
        QCOMPARE(said(judgeCors({{stranger, answer(403)}, {stranger, answer(405), true}}, {})), u"error"_s);
    }

    // Two answers of one page, to one of the project's own origins and to a stranger's.
    void tellsPermissionsApart_data()
    {
        QTest::addColumn<QByteArray>("toOwn");
        QTest::addColumn<QByteArray>("toStranger");
        QTest::addColumn<int>("strangersStatus");
        QTest::addColumn<QString>("expected");
        const QByteArray own = "Access-Control-Allow-Origin: https://app.example.com";
        const QByteArray none;
        QTest::newRow("a list, without a word to caches") << own << none << 200 << u"no_vary:low"_s;
        QTest::newRow("a list that shared caches keep")
            << own + "\nCache-Control: public, max-age=60" << none << 200 << u"no_vary:medium"_s;
        QTest::newRow("a list, marked") << own + "\nVary: Accept, Origin" << none << 200 << u"pass"_s;
        QTest::newRow("a list, never stored") << own + "\nCache-Control: no-store" << none << 200 << u"pass"_s;
        QTest::newRow("one origin for all") << own << own << 200 << u"pass"_s;
        QTest::newRow("everybody") << QByteArray("Access-Control-Allow-Origin: *")
                                   << QByteArray("Access-Control-Allow-Origin: *") << 200 << u"pass"_s;
        QTest::newRow("another page") << own << none << 404 << u"pass"_s;
    }

    void tellsPermissionsApart()
    {
        QFETCH(QByteArray, toOwn);
        QFETCH(QByteArray, toStranger);
        QFETCH(int, strangersStatus);
        const TestOrigin stranger{OriginClass::Arbitrary, "https://lc-1.example.net"};
        const TestOrigin own{OriginClass::Own, "https://app.example.com"};
        const auto judged = judgeCors({{stranger, answer(strangersStatus, toStranger)}, {own, answer(200, toOwn)}}, {});
        QTEST(said(judged), "expected");
    }

    // What a fixed permission names may be one of the origins that we ask with.
    void takesAFixedPermissionForNoReflection()
    {
        const QByteArray fixed = "Access-Control-Allow-Origin: http://localhost";
        std::vector<CorsAnswer> answers;
        for (const TestOrigin &origin : testOrigins(u"app.example.com"_s, u"example.com"_s, u"lc-1"_s))
            answers.push_back({origin, answer(200, fixed)});
        QCOMPARE(said(judgeCors(answers, {})), u"pass"_s);
    }

    void saysWhatItDidNotSee_data()
    {
        QTest::addColumn<CorsAnswer>("second");
        QTest::addColumn<CorsGaps>("gaps");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("isGap");
        const TestOrigin stranger{OriginClass::Arbitrary, "https://lc-1.example.net"};
        const auto row = [](const char *name, const CorsAnswer &second, const QString &expected, bool isGap,
                            const CorsGaps &gaps = {}) { QTest::newRow(name) << second << gaps << expected << isGap; };
        const QString route = u"https://app.example.com/api/x"_s;
        row("all answered", {stranger, answer(200)}, u"pass"_s, false);
        row("too many questions", {stranger, answer(429)}, u"info"_s, true);
        row("refused", {stranger, answer(403, {}, {}, route)}, u"info"_s, true);
        row("refused while an own origin gets in", {stranger, answer(403)}, u"pass"_s, false);
        row("a challenge while an own origin gets in", {stranger, answer(403, "cf-mitigated: challenge")}, u"info"_s,
            true);
        row("broken", {stranger, answer(500)}, u"info"_s, true);
        row("broken, with a permission", {stranger, answer(500, "Access-Control-Allow-Origin: *")}, u"pass"_s, false);
        row("no preflights here", {stranger, answer(405), true}, u"pass"_s, false);
        row("preflights that fail", {stranger, answer(500), true}, u"pass"_s, false);
        row("too many preflights", {stranger, answer(429), true}, u"info"_s, true);
        row("no answer", {stranger, answer(200)}, u"info"_s, true, {.unanswered = 1});
        row("a route too many", {stranger, answer(200)}, u"info"_s, true, {.routesLeftOut = 1});
        row("a finding and no answer", {stranger, answer(200, "Access-Control-Allow-Origin: " + stranger.origin)},
            u"any_origin:low"_s, true, {.unanswered = 1});
    }

    // A firewall turns everybody away; a product that refuses strangers answers its own pages otherwise.
    void takesAFirewallForNoVerdict_data()
    {
        QTest::addColumn<int>("toOwn"); // of a route that refuses all foreign origins
        QTest::addColumn<QString>("expected");
        QTest::newRow("refused as well") << 403 << u"info"_s;
        QTest::newRow("not signed in") << 401 << u"pass"_s;
        QTest::newRow("let in") << 200 << u"pass"_s;
        QTest::newRow("slowed down") << 429 << u"info"_s;
        QTest::newRow("broken") << 502 << u"info"_s;
    }

    void takesAFirewallForNoVerdict()
    {
        QFETCH(int, toOwn);
        const TestOrigin own{OriginClass::Own, "https://app.example.com"};
        const TestOrigin stranger{OriginClass::Arbitrary, "https://lc-1.example.net"};
        const QString route = u"https://app.example.com/api/orders"_s;
        const CorsAnswer toStranger{stranger, answer(403, {}, "Access denied", route)};
        const CorsAnswer toNull{{OriginClass::Null, "null"}, answer(403, {}, "Access denied", route)};
        const CorsAnswer preflight{stranger, answer(403, {}, "Access denied", route), true};
        const CorsAnswer toOurs{own, answer(toOwn, {}, {}, route)};
        QTEST(said(judgeCors({{own, answer(200)}, toStranger, toNull, preflight, toOurs}, {})), "expected");
    }

    // Where asking on was of no use, a foreign site may be let in all the same.
    void saysWhereItAskedLess()
    {
        const TestOrigin own{OriginClass::Own, "https://app.example.com"};
        const QUrl route(u"https://app.example.com/api/orders"_s);
        const Judged judged = judgeCors({{own, answer(200)}}, {},
                                        {.askedLess = {{route, {OriginClass::Hosting, OriginClass::Localhost}}}});
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY2(judged.reason.startsWith("1 of"_L1), qPrintable(judged.reason));
        QVERIFY2(judged.reason.contains("/api/orders"_L1), qPrintable(judged.reason));
        QVERIFY(judged.observed.contains("not_seen"_L1));
        const QJsonObject row = judged.observed.value("not_asked"_L1).toArray().at(0).toObject();
        QCOMPARE(row,
                 (QJsonObject{{u"url"_s, route.toString()}, {u"classes"_s, QJsonArray{u"localhost"_s, u"hosting"_s}}}));
    }

    // An API that is open to all says so to each of thousands of questions.
    void keepsNoEndlessList()
    {
        const std::vector<CorsAnswer> many(
            600, {{OriginClass::Arbitrary, "https://lc-1.example.net"}, answer(200, "Access-Control-Allow-Origin: *")});
        const Judged judged = judgeCors(many, {});
        QCOMPARE(judged.observed.value("answers"_L1).toArray().size(), 500);
        QCOMPARE(judged.observed.value("answers_left_out"_L1).toInt(), 100);
    }

    // Everybody is let in, and look-alikes with the session: the worse of the two must not be lost.
    void keepsWhatWeighsMore()
    {
        const TestOrigin stranger{OriginClass::Arbitrary, "https://lc-1.example.net"};
        const TestOrigin alike{OriginClass::Suffix, "https://lc-1example.com"};
        const auto allowing = [](const TestOrigin &origin, const QByteArray &more) {
            return CorsAnswer{origin, answer(200, "Access-Control-Allow-Origin: " + origin.origin + more)};
        };
        const QByteArray session = "\nAccess-Control-Allow-Credentials: true";
        QCOMPARE(said(judgeCors({allowing(stranger, {}), allowing(alike, {})}, {})), u"any_origin:low"_s);
        QCOMPARE(said(judgeCors({allowing(stranger, {}), allowing(alike, session)}, {})),
                 u"any_origin:low lookalike_origin:high"_s);
        QCOMPARE(said(judgeCors({allowing(stranger, session), allowing(alike, session)}, {})), u"any_origin:high"_s);
    }

    // A framework refuses who is not signed in with a 403, whichever site asks. That hides nothing of the other routes.
    void tellsLoginsFromGaps()
    {
        const TestOrigin own{OriginClass::Own, "https://app.example.com"};
        const TestOrigin stranger{OriginClass::Arbitrary, "https://lc-1.example.net"};
        const QString route = u"https://app.example.com/api/orders"_s;
        const std::vector<CorsAnswer> refused{{own, answer(403, {}, "{}", route)},
                                              {stranger, answer(403, {}, "{}", route)}};
        std::vector<CorsAnswer> all{{own, answer(200)}};
        all.insert(all.end(), refused.begin(), refused.end());
        const Judged judged = judgeCors(all, {}, {.askedLess = {{QUrl(route), {OriginClass::Hosting}}}});
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY2(judged.reason.startsWith("1 route"_L1) && judged.reason.contains("/api/orders"_L1),
                 qPrintable(judged.reason));
        QVERIFY2(!judged.reason.contains("again"_L1), qPrintable(judged.reason));
        QCOMPARE(judged.observed.value("not_seen"_L1).toArray().size(), 1);
        QCOMPARE(judged.observed.value("not_seen"_L1)[0]["subject"_L1].toString(), route);
        // The front page was not shown: it may be a firewall, and any finding may stand.
        all.front() = {own, answer(429)};
        all.push_back({own, answer(200, {}, {}, u"https://app.example.com/api/x"_s)});
        const Judged blocked = judgeCors(all, {});
        QVERIFY(blocked.reason.contains("again"_L1));
        QVERIFY(blocked.observed.value("not_seen"_L1)[0]["subject"_L1].isNull());
    }

    void saysWhatItDidNotSee()
    {
        QFETCH(CorsAnswer, second);
        QFETCH(CorsGaps, gaps);
        QFETCH(bool, isGap);
        const TestOrigin own{OriginClass::Own, "https://app.example.com"};
        const Judged judged = judgeCors({{own, answer(200)}, second}, {}, gaps);
        QTEST(said(judged), "expected");
        QCOMPARE(judged.observed.contains("not_seen"_L1), isGap);
        QCOMPARE(judged.reason.isEmpty(), !isGap);
    }

    void asksFewerAtFurtherAddresses()
    {
        auto origins = testOrigins(u"app.example.com"_s, u"example.com"_s, u"lc-1"_s);
        QCOMPARE(origins.size(), size_t(37));
        QCOMPARE(fewerOrigins(origins).size(), size_t(18));
        QCOMPARE(oneOfEachClass(origins).size(), size_t(11));
        origins.insert(origins.end(), 3, {OriginClass::Own, "https://app.example.com"});
        QCOMPARE(oneOfEachClass(origins).size(), size_t(11));
        QCOMPARE(tellingOrigins(origins).size(), size_t(4 + 2));
    }

    void asksEachRoute()
    {
        Observations seen({}, CancelToken(), Deadline::in(std::chrono::seconds(20)), nullptr);
        const Target target{u"example.com"_s,
                            {{HostRole::Site, u"example.com"_s, 443}, {HostRole::Api, u"api.example.com"_s, 443}}};
        ProjectFacts facts;
        facts.routes = {{.path = u"/a/{id}"_s},
                        {.path = u"/b/{id}"_s, .seen = u"/b/1"_s},
                        {.method = u"POST"_s, .path = u"/c"_s},
                        {.path = u"/d"_s, .host = u"example.com"_s},
                        {.path = u"/b/1"_s},
                        {.path = u"/"_s}};
        const HttpResponse front = answer(200, {}, {}, u"https://api.example.com/"_s);
        seen.put(FollowRedirects{front.url}, arrivedAt(front));
        const Policy policy;
        const Look look{seen, target, &target.hosts.back(), policy, facts, {}};
        QCOMPARE(corsAddresses(look), (std::vector{front.url, QUrl(u"https://api.example.com/b/1"_s)}));
        const auto asked = corsQuestions(look);
        QCOMPARE(asked.routesLeftOut, 0);
        QCOMPARE(asked.first.size(), size_t((37 + 2 + 11) + (4 + 2 + 4) + 4));
        QCOMPARE(countOf(asked), size_t((37 + 2 + 11) + (18 + 2 + 11) + 11));
        for (int i = 0; i < 99; ++i)
            facts.routes.push_back({.path = u"/more/%1"_s.arg(i)});
        QCOMPARE(corsAddresses(look).size(), size_t(101));
        const auto more = corsQuestions(look);
        QCOMPARE(more.routesLeftOut, 1);
        for (const CorsQuestion &question : more.first) // thousands of them stay in memory
            QVERIFY(question.get.bodyCap <= 20LL * 1024);
        QCOMPARE(countOf(more), size_t((37 + 2 + 11) + 100 * (18 + 2 + 11)));
    }

    // Routes that change something get the question before the change alone, by their own method.
    void asksWritingRoutesBeforehand()
    {
        const Host api{HostRole::Api, u"api.example.com"_s, 443};
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}, api}};
        ProjectFacts facts;
        facts.routes = {{.method = u"DELETE"_s, .path = u"/orders"_s},
                        {.method = u"POST"_s, .path = u"/orders"_s},
                        {.method = u"POST"_s, .path = u"/graphql#mutation.Pay"_s},
                        {.method = u"POST"_s, .path = u"/graphql#query.Orders"_s},
                        {.method = u"POST"_s, .path = u"/read"_s},
                        {.method = u"POST"_s, .path = u"/a/{id}"_s},
                        {.path = u"/read"_s}};
        Observations seen({}, CancelToken(), Deadline::in(std::chrono::seconds(20)), nullptr);
        const HttpResponse front = answer(200, {}, {}, u"https://api.example.com/"_s);
        seen.put(FollowRedirects{front.url}, arrivedAt(front));
        const Policy policy;
        const Look look{seen, target, &target.hosts.back(), policy, facts, {}};
        std::map<QString, std::set<QByteArray>> methods;
        for (const CorsQuestion &question : allOf(corsQuestions(look))) {
            QVERIFY(question.get.method == "GET" || question.get.method == "OPTIONS");
            QByteArray said = question.get.method;
            for (const Header &header : question.get.headers)
                said += header.name == "Access-Control-Request-Method" ? ' ' + header.value : QByteArray();
            methods[question.get.url.path()].insert(said);
        }
        QCOMPARE(methods, (std::map<QString, std::set<QByteArray>>{{u"/"_s, {"GET", "OPTIONS PUT"}},
                                                                   {u"/read"_s, {"GET", "OPTIONS PUT"}},
                                                                   {u"/orders"_s, {"OPTIONS DELETE"}},
                                                                   {u"/graphql"_s, {"OPTIONS POST"}}}));
    }

    // No class is missing at any route, and none is asked twice.
    void asksEveryClassEverywhere()
    {
        WebLook look([](const WebRequest &) { return page(404, "text/plain", "no"); }, {HostRole::Api});
        for (int i = 0; i < 5; ++i)
            look.facts.routes.push_back({.path = u"/v1/%1"_s.arg(i)});
        const Judged judged = look.run(corsCheck());
        QCOMPARE(said(judged), u"pass"_s);
        QCOMPARE(judged.reason, QString());
        std::set<QByteArray> asked;
        std::map<QByteArray, int> perRoute;
        for (const WebRequest &request : look.requests()) {
            const QByteArray line = request.method + ' ' + request.path + ' ' + originIn(request.head);
            QVERIFY2(asked.insert(line).second, line.constData());
            perRoute[request.method + ' ' + request.path] += 1;
        }
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(perRoute["GET /v1/" + QByteArray::number(i)], 19);
            QCOMPARE(perRoute["OPTIONS /v1/" + QByteArray::number(i)], 11);
        }
    }

    // A fault that only one class shows, at the last of many routes, in one of the two kinds of requests.
    void findsRareFaultsOnLateRoutes_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("letIn"); // what an origin ends in
        QTest::addColumn<QString>("expected");
        QTest::newRow("a stranger's page at a host")
            << QByteArray("GET") << QByteArray(".vercel.app") << u"hosting_origin:high"_s;
        QTest::newRow("whatever holds our name") << QByteArray("GET") << QByteArray("shop.example")
                                                 << u"any_subdomain:low http_origin:medium lookalike_origin:high"_s;
        QTest::newRow("the developers' machines")
            << QByteArray("GET") << QByteArray("localhost:3000") << u"localhost_origin:low"_s;
        QTest::newRow("before a change alone")
            << QByteArray("OPTIONS") << QByteArray("://hop.example") << u"lookalike_origin:high"_s;
        QTest::newRow("an underscore") << QByteArray("GET") << QByteArray("_.") << u"lookalike_origin:high"_s;
        QTest::newRow("nobody") << QByteArray("GET") << QByteArray("nobody.example") << u"pass"_s;
    }

    void findsRareFaultsOnLateRoutes()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, letIn);
        WebLook look(
            [=](const WebRequest &request) {
                const QByteArray origin = originIn(request.head);
                const bool isIn = request.method == method && request.path == "/v1/4" && origin.contains(letIn);
                QByteArrayList headers{"Vary: Origin"};
                if (isIn || origin == "https://api.shop.example")
                    headers << "Access-Control-Allow-Origin: " + origin << "Access-Control-Allow-Credentials: true";
                return page(200, "application/json", "[]", headers);
            },
            {HostRole::Api});
        for (int i = 0; i < 5; ++i)
            look.facts.routes.push_back({.path = u"/v1/%1"_s.arg(i)});
        QTEST(said(look.run(corsCheck())), "expected");
    }

    // Who asks us to slow down, does not speak, or lets everybody in is not asked hundreds of times more.
    void knowsWhenToStop_data()
    {
        QTest::addColumn<QByteArray>("answers"); // of the route
        QTest::addColumn<bool>("reflects");
        QTest::addColumn<int>("most"); // GETs
        QTest::addColumn<QString>("expected");
        const auto status = [](int code) { return lab::httpAnswer(code, {"Content-Type: text/plain"}, "x"); };
        QTest::newRow("speaks") << status(200) << false << 19 << u"pass"_s;
        QTest::newRow("members only") << status(401) << false << 19 << u"pass"_s;
        QTest::newRow("too many requests") << status(429) << false << 5 << u"info"_s;
        QTest::newRow("busy") << status(503) << false << 5 << u"info"_s;
        QTest::newRow("broken") << status(500) << false << 5 << u"info"_s;
        QTest::newRow("refuses all") << status(403) << false << 5 << u"info"_s;
        QTest::newRow("lets everybody in") << QByteArray() << true << 5 << u"any_origin:high"_s;
    }

    void knowsWhenToStop()
    {
        QFETCH(QByteArray, answers);
        QFETCH(bool, reflects);
        QFETCH(int, most);
        WebLook look(
            [=](const WebRequest &request) {
                if (request.path == "/" || request.method == "OPTIONS")
                    return page(200, "text/plain", "hello");
                return reflects ? page(200, "text/plain", "hello",
                                       {"Access-Control-Allow-Credentials: true",
                                        "Access-Control-Allow-Origin: " + originIn(request.head)})
                                : answers;
            },
            {HostRole::Api});
        look.facts.routes = {{.path = u"/v1/orders"_s}};
        const Judged judged = look.run(corsCheck());
        QTEST(said(judged), "expected");
        const auto requests = look.requests();
        QCOMPARE(std::ranges::count_if(
                     requests,
                     [](const WebRequest &request) { return request.method == "GET" && request.path == "/v1/orders"; }),
                 most);
        const bool isGap = judged.outcome == Outcome::Info;
        QCOMPARE(judged.observed.value("not_asked"_L1).toArray().size(), isGap ? 1 : 0);
        QCOMPARE(judged.reason.contains("login"_L1), answers.startsWith("HTTP/1.1 403"));
        QCOMPARE(judged.reason.contains("/v1/orders"_L1), isGap);
    }

    // Stopped behind the first questions: what was not asked is named, and nothing passes.
    void saysWhatARunWasTooShortFor()
    {
        std::atomic_int asked = 0;
        std::optional<CancelToken> token;
        WebLook look(
            [&](const WebRequest &request) {
                if (request.path.startsWith("/v1/") && ++asked == 2 * (5 + 4))
                    token->cancel();
                return page(200, "text/plain", "hello");
            },
            {HostRole::Api});
        token = look.token();
        look.facts.routes = {{.path = u"/v1/a"_s}, {.path = u"/v1/b"_s}};
        const Judged judged = look.run(corsCheck());
        QCOMPARE(said(judged), u"info"_s);
        const QJsonArray rows = judged.observed.value("not_asked"_L1).toArray();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.at(0)["classes"_L1].toArray().size(), 8);
        QVERIFY2(judged.reason.contains("/v1/a, /v1/b"_L1), qPrintable(judged.reason));
    }

    void replacesDots_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("a name of the domain")
            << u"app.example.com"_s << u"example.com"_s << QStringList{u"https://appxexample.com"_s};
        QTest::newRow("the domain: nobody can have examplexcom")
            << u"example.com"_s << u"example.com"_s << QStringList();
        QTest::newRow("further left it stays a name of the domain")
            << u"a.eu.example.com"_s << u"example.com"_s << QStringList{u"https://a.euxexample.com"_s};
        QTest::newRow("below a suffix of two labels")
            << u"example.co.uk"_s << u"example.co.uk"_s << QStringList{u"https://examplexco.uk"_s};
    }

    void replacesDots()
    {
        QFETCH(QString, host);
        QFETCH(QString, domain);
        QStringList names;
        for (const TestOrigin &origin : testOrigins(host, domain, u"lc-1"_s)) {
            if (origin.kind == OriginClass::Dot)
                names << QString::fromLatin1(origin.origin);
        }
        QTEST(names, "expected");
    }

    void leavesOutAnEmptyName()
    {
        for (const TestOrigin &origin : testOrigins(u"x.com"_s, u"x.com"_s, u"lc-1"_s))
            QVERIFY2(!origin.origin.contains("//."), origin.origin.constData());
    }

    void doesNotGradeARefusal()
    {
        const auto origins = testOrigins(u"a.example.com"_s, u"example.com"_s, u"lc-1"_s);
        QCOMPARE(said(judgeCors({{origins.front(), answer(403)}}, {})), u"error"_s);
    }
};

QTEST_GUILESS_MAIN(CorsTest)
#include "tst_cors.moc"
