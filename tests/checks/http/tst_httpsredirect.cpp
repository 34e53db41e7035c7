#include "checks/http/httpsredirect.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class HttpsRedirectTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QStringList>("urls");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("expected");
        const QString http = u"http://app.example.com/"_s;
        const QString https = u"https://app.example.com/"_s;
        QTest::newRow("moved to https") << QStringList{http, https} << 200 << u"app"_s << u"pass"_s;
        QTest::newRow("stays on http") << QStringList{http} << 200 << u"app"_s << u"plain_http:high"_s;
        QTest::newRow("stays on http, public site") << QStringList{http} << 200 << u"site"_s << u"plain_http:medium"_s;
        QTest::newRow("an API that refuses http") << QStringList{http} << 404 << u"api"_s << u"pass"_s;
        QTest::newRow("an API that forbids http") << QStringList{http} << 403 << u"api"_s << u"pass"_s;
        QTest::newRow("a broken API") << QStringList{http} << 503 << u"api"_s << u"error"_s;
        QTest::newRow("a busy API") << QStringList{http} << 429 << u"api"_s << u"error"_s;
        QTest::newRow("a site that answers http with an error")
            << QStringList{http} << 404 << u"site"_s << u"no_redirect:low"_s;
        QTest::newRow("back from https to http")
            << QStringList{http, https, http} << 200 << u"app"_s << u"downgrade:high"_s;
        QTest::newRow("first hop on http")
            << QStringList{http, u"http://www.example.com/"_s, https} << 200 << u"app"_s << u"first_hop_insecure:low"_s;
        QTest::newRow("leaves the host at once")
            << QStringList{http, u"https://www.example.com/"_s} << 200 << u"app"_s << u"leaves_host:low"_s;
        QTest::newRow("an API that sends callers to https")
            << QStringList{http, https} << 200 << u"api"_s << u"api_redirects:low"_s;
        QTest::newRow("a refusal is not judged") << QStringList{http} << 403 << u"site"_s << u"error"_s;
    }

    void judges()
    {
        QFETCH(QStringList, urls);
        QFETCH(int, status);
        QFETCH(QString, role);
        const Host host{*fromWord<HostRole>(role), u"app.example.com"_s, 443};
        const RedirectChain chain = arrivedAt(answer(status, {}, {}, urls.last()), urls.mid(0, urls.size() - 1));
        QTEST(said(judgeHttpsRedirect({chain}, host)), "expected");
    }

    // RFC 6797 section 8.2: who is above the host may speak for it.
    void knowsWhoTeachesBrowsers_data()
    {
        QTest::addColumn<QString>("end");
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &end, const QByteArray &policy, const char *expected) {
            QTest::newRow(name) << end << policy << QString::fromLatin1(expected);
        };
        const QString above = u"https://example.com/"_s;
        row("the domain, for all below it", above, "max-age=31536000; includeSubDomains", "pass");
        row("the domain, for itself", above, "max-age=31536000", "leaves_host:low");
        row("the domain, which takes it back", above, "max-age=0; includeSubDomains", "leaves_host:low");
        row("the domain, without a policy", above, {}, "leaves_host:low");
        row("the domain, unreadable", above, "includeSubDomains", "leaves_host:low");
        row("a neighbour", u"https://app.example.com/"_s, "max-age=31536000; includeSubDomains", "leaves_host:low");
        row("a name that only ends so", u"https://ample.com/"_s, "max-age=31536000; includeSubDomains",
            "leaves_host:low");
    }

    void knowsWhoTeachesBrowsers()
    {
        QFETCH(QString, end);
        QFETCH(QByteArray, policy);
        QFETCH(QString, expected);
        const Host www{HostRole::Www, u"www.example.com"_s, 443};
        const QByteArray header = policy.isEmpty() ? policy : "Strict-Transport-Security: " + policy;
        const QString from = u"http://www.example.com/"_s;
        QCOMPARE(said(judgeHttpsRedirect({arrivedAt(answer(200, header, {}, end), {from})}, www)), expected);
        // Also where it says so on the way, and over no bad certificate.
        const RedirectChain further = arrivedAt(answer(200, {}, {}, u"https://shop.example/"_s), {from, end});
        HttpResponse onTheWay = answer(301, header, {}, end);
        QCOMPARE(said(judgeHttpsRedirect({further, {}, {onTheWay}}, www)), expected);
        onTheWay.trust = CertificateTrust::Untrusted;
        QCOMPARE(said(judgeHttpsRedirect({further, {}, {onTheWay}}, www)), u"leaves_host:low"_s);
    }

    void needsNoTeachingWhereBrowsersKnow()
    {
        const RedirectChain chain =
            arrivedAt(answer(200, {}, {}, u"https://start.dev/"_s), {u"http://www.start.dev/"_s});
        QCOMPARE(said(judgeHttpsRedirect({chain}, {HostRole::Www, u"www.start.dev"_s, 443})), u"pass"_s);
    }

    void judgesEnds_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<RedirectEnd>("end");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("word");
        const QString http = u"http://app.example.com/"_s;
        const QString https = u"https://app.example.com/"_s;
        QTest::newRow("into an app") << http << RedirectEnd::NotHttp << u"bad_location:medium"_s << u"bad_location"_s;
        QTest::newRow("to an address that is none, or private")
            << http << RedirectEnd::BadLocation << u"bad_location:medium"_s << u"bad_location"_s;
        QTest::newRow("by HTTPS into an app") << https << RedirectEnd::NotHttp << u"pass"_s << u"https"_s;
        QTest::newRow("by HTTPS to none") << https << RedirectEnd::BadLocation << u"pass"_s << u"bad_location"_s;
    }

    void judgesEnds()
    {
        QFETCH(QString, from);
        QFETCH(RedirectEnd, end);
        RedirectChain chain =
            arrivedAt(answer(301, "Location: myapp://open", {}, from),
                      from.startsWith("https"_L1) ? QStringList{u"http://app.example.com/"_s} : QStringList());
        chain.hops.back().location = "myapp://open";
        chain.end = end;
        const Judged judged = judgeHttpsRedirect({chain}, {HostRole::App, u"app.example.com"_s, 443});
        QTEST(said(judged), "expected");
        QTEST(judged.observed["end"_L1].toString(), "word");
    }

    // What port 80 does before anything else.
    void looksAtPort80_data()
    {
        QTest::addColumn<QString>("plain"); // what stands there
        QTest::addColumn<QString>("expected");
        QTest::newRow("closed") << u"closed"_s << u"pass"_s;
        QTest::newRow("takes the connection and stays silent") << u"silent"_s << u"error"_s;
        QTest::newRow("talks something else") << u"garbage"_s << u"error"_s;
        QTest::newRow("leads to a closed port") << u"dead"_s << u"dead_end:high"_s;
        QTest::newRow("leads to HTTPS") << u"moved"_s << u"pass"_s;
    }

    void looksAtPort80()
    {
        QFETCH(QString, plain);
        const HostileServer secure(answering(httpAnswer(200, {}, "Hello")), TlsSetup{{makeSelfSigned({})}});
        const auto script = [&]() -> Script {
            if (plain == "silent"_L1)
                return [](Connection &connection) { connection.hang(); };
            if (plain == "garbage"_L1)
                return [](Connection &connection) { connection.write("SSH-2.0-Nothing\r\n"); };
            const bool isDead = plain == "dead"_L1;
            return answering([isDead](const QByteArray &request) {
                const QByteArray path = request.split(' ').value(1);
                return httpAnswer(
                    301, {isDead ? "Location: http://dead.example/x"_ba : "Location: https://app.example.com" + path},
                    {});
            });
        };
        std::optional<HostileServer> http;
        http.emplace(script());
        const quint16 port = http->port();
        if (plain == "closed"_L1)
            http.reset();
        quint16 closed = 0;
        {
            const HostileServer gone(answering(httpAnswer(200, {}, {})));
            closed = gone.port();
        }
        NetOptions options;
        options.operationTimeout = 1s;
        options.connects = {{u"app.example.com"_s, 443, {u"127.0.0.1"_s, secure.port()}},
                            {u"app.example.com"_s, 80, {u"127.0.0.1"_s, port}},
                            {u"dead.example"_s, 80, {u"127.0.0.1"_s, closed}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::App, u"app.example.com"_s, 443}}};
        const Judged judged =
            httpsRedirectCheck().look({seen, target, &target.hosts.front(), Policy(), ProjectFacts(), {}});
        QTEST(said(judged), "expected");
        if (plain == "dead"_L1) {
            QVERIFY(judged.findings.front().whatWeSaw.contains("http://dead.example/x"_L1));
            QCOMPARE(judged.observed["end"_L1].toString(), u"dead_end"_s);
        }
    }

    void namesALoop_data()
    {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<bool>("setsCookie");
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QString>("expected");
        QTest::newRow("behind Cloudflare") << "cloudflare"_ba << false << u"flexible_tls"_s << u"loop:high"_s;
        QTest::newRow("behind another proxy") << "nginx"_ba << false << u"hidden_tls"_s << u"loop:high"_s;
        QTest::newRow("a cookie might end it") << "nginx"_ba << true << u"missing_cookie"_s << u"loop:medium"_s;
    }

    void namesALoop()
    {
        QFETCH(QByteArray, server);
        QFETCH(bool, setsCookie);
        QFETCH(QString, cause);
        RedirectChain chain = arrivedAt(answer(301, "Location: /"), {u"http://app.example.com/"_s});
        chain.hops.back().location = "/";
        chain.hops.back().server = server;
        chain.hops.back().setsCookie = setsCookie;
        chain.end = RedirectEnd::Loop;
        const Judged judged = judgeHttpsRedirect({chain}, {HostRole::App, u"app.example.com"_s, 443});
        QTEST(said(judged), "expected");
        QCOMPARE(judged.observed["loop_cause"_L1].toString(), cause);
        QCOMPARE(judged.findings.front().proof, setsCookie ? Proof::Lead : Proof::Proven);
        chain.end = RedirectEnd::TooManyHops; // no circle: a browser, which goes on for longer, may arrive
        const Judged endless = judgeHttpsRedirect({chain}, {HostRole::App, u"app.example.com"_s, 443});
        QCOMPARE(said(endless), u"endless:medium"_s);
        const QString saw = endless.findings.front().whatWeSaw;
        QVERIFY2(saw.contains(u"more than %1 steps"_s.arg(kMaxRedirects)), qPrintable(saw));
        QCOMPARE(endless.findings.front().proof, Proof::Strong);
    }

    void seesDroppedLinks_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("expected");
        QTest::newRow("kept") << u"https://app.example.com/pricing?lc=1"_s << u"pass"_s;
        QTest::newRow("the path dropped") << u"https://app.example.com/"_s << u"path_dropped:medium"_s;
        QTest::newRow("a slash more") << u"https://app.example.com/pricing/?lc=1"_s << u"pass"_s;
        QTest::newRow("a language more") << u"https://app.example.com/pricing?lc=1&lang=en"_s << u"pass"_s;
        QTest::newRow("another page") << u"https://app.example.com/prices?lc=1"_s << u"path_dropped:medium"_s;
        QTest::newRow("the query dropped") << u"https://app.example.com/pricing"_s << u"path_dropped:medium"_s;
    }

    void seesDroppedLinks()
    {
        QFETCH(QString, to);
        const RedirectChain front = arrivedAt(answer(200), {u"http://app.example.com/"_s});
        const RedirectChain deep = arrivedAt(answer(200, {}, {}, to), {u"http://app.example.com/pricing?lc=1"_s});
        QTEST(said(judgeHttpsRedirect({front, deep}, {HostRole::App, u"app.example.com"_s, 443})), "expected");
    }

    void namesAPageThatMoves_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a meta refresh") << "<meta http-equiv=refresh content='0;url=https://app.example.com/'>"_ba
                                        << u"soft_redirect:low"_s;
        QTest::newRow("a script") << "<script>location.replace('https://app.example.com/')</script>"_ba
                                  << u"soft_redirect:low"_s;
        QTest::newRow("to plain HTTP") << "<meta http-equiv=refresh content='0;url=/home'>"_ba << u"plain_http:high"_s;
    }

    void namesAPageThatMoves()
    {
        QFETCH(QByteArray, body);
        const RedirectChain chain = arrivedAt(answer(200, {}, body, u"http://app.example.com/"_s));
        QTEST(said(judgeHttpsRedirect({chain}, {HostRole::App, u"app.example.com"_s, 443})), "expected");
    }
};

QTEST_GUILESS_MAIN(HttpsRedirectTest)
#include "tst_httpsredirect.moc"
