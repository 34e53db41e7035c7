#include "checks/http/cacheprivate.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/exposure/weblook.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class CachePrivateTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("forbidden") << QByteArray("Cache-Control: private, no-store") << u"pass"_s;
        QTest::newRow("nothing said") << QByteArray("") << u"no_policy:low"_s;
        QTest::newRow("public") << QByteArray("Cache-Control: public, max-age=600") << u"login_cached:medium"_s;
        QTest::newRow("shared life of zero") << QByteArray("Cache-Control: public, s-maxage=0") << u"pass"_s;
        QTest::newRow("session cookie and shared life")
            << QByteArray("Cache-Control: s-maxage=60\nSet-Cookie: connect.sid=a; Secure; HttpOnly; SameSite=Lax")
            << u"session_cached:high"_s;
        QTest::newRow("session cookie out of a cache")
            << QByteArray(
                   "Cache-Control: no-store\nX-Cache: HIT\nSet-Cookie: connect.sid=a; Secure; HttpOnly; SameSite=Lax")
            << u"session_cached:high"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgeCachePrivate({{answer(200, headers), true}}, arrivedAt(answer(200)))), "expected");
    }

    void judgesRoutesForMembers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<bool>("isForMembers");
        QTest::addColumn<QString>("expected");
        const QByteArray json = "Content-Type: application/json\n";
        const QByteArray shared = json + "Cache-Control: public, max-age=3600";
        QTest::newRow("kept for everybody") << 200 << shared << true << u"members_cached:medium"_s;
        QTest::newRow("a public route") << 200 << shared << false << u"not_run"_s;
        QTest::newRow("kept by login") << 200 << shared + "\nVary: Cookie" << true << u"no_policy:low"_s;
        QTest::newRow("left to caches") << 200 << json << true << u"no_policy:low"_s;
        QTest::newRow("forbidden") << 200 << json + "Cache-Control: private, no-store" << true << u"pass"_s;
        QTest::newRow("refused") << 401 << shared << true << u"not_run"_s;
        QTest::newRow("shell of the app")
            << 200 << QByteArray("Content-Type: text/html\nCache-Control: public, max-age=3600") << true
            << u"not_run"_s;
    }

    void judgesRoutesForMembers()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, headers);
        QFETCH(bool, isForMembers);
        const VisitedPage page{answer(status, headers, "{}"), false, isForMembers};
        QTEST(said(judgeCachePrivate({page}, arrivedAt(answer(200)))), "expected");
    }

    // Its address alone makes a route one for members: a public list of products would be blamed for what it is.
    void judgesGuessedRoutes_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("known");
        QTest::addColumn<QString>("guessed");
        const QString left = u"no_policy:low"_s;
        QTest::newRow("nothing said") << ""_ba << left << u"info"_s;
        QTest::newRow("kept by login") << "Cache-Control: public, max-age=60\nVary: Cookie"_ba << left << u"info"_s;
        QTest::newRow("forbidden") << "Cache-Control: private, no-store"_ba << u"pass"_s << u"pass"_s;
        QTest::newRow("kept for everybody")
            << "Cache-Control: public, max-age=60"_ba << u"members_cached:medium"_s << u"members_cached:medium"_s;
        QTest::newRow("a session comes with it")
            << "Set-Cookie: connect.sid=a; Secure; HttpOnly; SameSite=Lax"_ba << left << left;
    }

    void judgesGuessedRoutes()
    {
        QFETCH(QByteArray, headers);
        const HttpResponse products = answer(200, "Content-Type: application/json\n" + headers, "[]");
        const auto judge = [&](bool isGuessed) {
            return judgeCachePrivate({{products, false, true, isGuessed}}, arrivedAt(answer(200)));
        };
        QTEST(said(judge(false)), "known");
        QTEST(said(judge(true)), "guessed");
        const Judged uncertain = judge(true);
        QCOMPARE(uncertain.reason.isEmpty(), said(uncertain) != u"info"_s);
        const QString path = products.url.path(); // what was found there before may be there yet
        QCOMPARE(closes(uncertain, u"no_policy"_s, path), said(uncertain) != u"info"_s);
        QVERIFY(closes(uncertain, u"members_cached"_s, path));
    }

    void saysWhyThereIsNothing()
    {
        const auto reasonAt = [](int status, bool isForMembers) {
            const VisitedPage page{answer(status, "Content-Type: application/json"), false, isForMembers};
            return judgeCachePrivate({page}, arrivedAt(answer(200))).reason;
        };
        for (const int status : {401, 403}) {
            const QString reason = reasonAt(status, true);
            QVERIFY2(reason.contains("refuse strangers"_L1) == (status == 401), qPrintable(reason));
            QVERIFY2(reason.contains("firewall"_L1) == (status == 403), qPrintable(reason));
            QVERIFY(!reason.contains("Add your routes"_L1));
        }
        QVERIFY(reasonAt(404, true).contains("Add your routes"_L1));
        QVERIFY(reasonAt(401, false).contains("Add your routes"_L1));
    }

    void saysHowSureItIs()
    {
        const HttpResponse shared = answer(200, "Content-Type: application/json\nCache-Control: public, max-age=60");
        const auto proofOf = [&](bool isGuessed) {
            return judgeCachePrivate({{shared, false, true, isGuessed}}, arrivedAt(answer(200))).findings.at(0).proof;
        };
        QCOMPARE(proofOf(false), Proof::Strong);
        QCOMPARE(proofOf(true), Proof::Lead);
    }

    void saysWhatItDidNotSee()
    {
        const VisitedPage login{answer(200, "Cache-Control: private, no-store"), true};
        const auto judge = [&](const PrivateGaps &gaps) {
            return judgeCachePrivate({login}, arrivedAt(answer(200)), gaps);
        };
        QCOMPARE(said(judge({})), u"pass"_s);
        const Judged silent = judge({.unanswered = {u"/api/me"_s}});
        QCOMPARE(said(silent), u"info"_s);
        const Judged more = judge({.leftOut = {u"/api/me"_s}});
        QCOMPARE(said(more), u"info"_s);
        for (const Judged &judged : {silent, more}) {
            QVERIFY(!judged.reason.isEmpty() && !closes(judged, u"members_cached"_s, u"/api/me"_s));
            QVERIFY(closes(judged, u"members_cached"_s, u"/api/old"_s)); // is among the routes no more
        }
    }

    void asksARealServer()
    {
        WebLook look([](const WebRequest &request) {
            if (request.path == "/api/me")
                return page(200, "application/json", R"({"name":"a"})", {"Cache-Control: public, max-age=3600"});
            if (request.path == "/api/bills")
                return page(429, "text/plain", "slow down");
            return page(request.path == "/" ? 200 : 404, "text/html", "nothing");
        });
        look.facts.routes = {
            {.path = u"/api/me"_s}, {.path = u"/api/bills"_s}, {.path = u"/api/open"_s, .access = AccessClass::Public}};
        const Judged judged = look.run(cachePrivateCheck());
        QCOMPARE(said(judged), u"members_cached:medium"_s);
        QVERIFY(!closes(judged, u"members_cached"_s, u"/api/bills"_s));
        QVERIFY(closes(judged, u"members_cached"_s, u"/api/open"_s));
        look.facts.routes.resize(1);
        for (int i = 2; i <= 41; ++i)
            look.facts.routes.push_back({.path = u"/api/%1"_s.arg(i)});
        look.restart();
        const Judged many = look.run(cachePrivateCheck()); // asks forty
        QVERIFY(closes(many, u"members_cached"_s, u"/api/40"_s));
        QVERIFY(!closes(many, u"members_cached"_s, u"/api/41"_s));
    }

    // The page where people sign in, which nobody listed.
    void missesNoLoginPage()
    {
        QByteArray login;
        WebLook look([&login](const WebRequest &request) {
            if (request.path == "/login")
                return login;
            if (request.path == "/signin")
                return page(200, "text/html", "<input type=password>", {"Cache-Control: private, no-store"});
            return page(request.path == "/" ? 200 : 404, "text/html", "<a href=/login>in</a> <a href=/signin>in</a>");
        });
        const auto judge = [&](int status) {
            login = page(status, "text/html", "<input type=password>", {"Cache-Control: private, no-store"});
            look.restart();
            return look.run(cachePrivateCheck());
        };
        QCOMPARE(said(judge(200)), u"pass"_s);
        QVERIFY(closes(judge(200), u"login_cached"_s, u"/login"_s));
        const Judged busy = judge(429);
        QCOMPARE(said(busy), u"info"_s);
        QVERIFY(!closes(busy, u"login_cached"_s, u"/login"_s) && closes(busy, u"login_cached"_s, u"/signin"_s));
    }
};

QTEST_GUILESS_MAIN(CachePrivateTest)
#include "tst_cacheprivate.moc"
