// http.cors: which questions are asked of which addresses, and when it has asked enough.
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
};

QTEST_GUILESS_MAIN(CorsTest)
#include "tst_cors.moc"
