// http.cors: what is made of the answers to foreign origins.
#include "checks/http/cors.h"
#include "checks/http/corsquestions.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(cockpit::CorsAnswer)
Q_DECLARE_METATYPE(cockpit::CorsGaps)

class CorsJudgeTest : public QObject
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

    void doesNotGradeARefusal()
    {
        const auto origins = testOrigins(u"a.example.com"_s, u"example.com"_s, u"lc-1"_s);
        QCOMPARE(said(judgeCors({{origins.front(), answer(403)}}, {})), u"error"_s);
    }
};

QTEST_GUILESS_MAIN(CorsJudgeTest)
#include "tst_corsjudge.moc"
