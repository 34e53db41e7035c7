#include "checks/http/httpsredirect.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
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
        QTEST(said(judgeHttpsRedirect(chain, host)), "expected");
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
        const Judged judged = judgeHttpsRedirect(chain, {HostRole::App, u"app.example.com"_s, 443});
        QTEST(said(judged), "expected");
        QCOMPARE(judged.observed["loop_cause"_L1].toString(), cause);
        QCOMPARE(judged.findings.front().proof, setsCookie ? Proof::Lead : Proof::Proven);
    }

    void seesDroppedLinks_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("expected");
        QTest::newRow("kept") << u"https://app.example.com/pricing?lc=1"_s << u"pass"_s;
        QTest::newRow("the path dropped") << u"https://app.example.com/"_s << u"path_dropped:medium"_s;
        QTest::newRow("the query dropped") << u"https://app.example.com/pricing"_s << u"path_dropped:medium"_s;
    }

    void seesDroppedLinks()
    {
        QFETCH(QString, to);
        const RedirectChain front = arrivedAt(answer(200), {u"http://app.example.com/"_s});
        const RedirectChain deep = arrivedAt(answer(200, {}, {}, to), {u"http://app.example.com/pricing?lc=1"_s});
        QTEST(said(judgeHttpsRedirect(front, {HostRole::App, u"app.example.com"_s, 443}, deep)), "expected");
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
        QTEST(said(judgeHttpsRedirect(chain, {HostRole::App, u"app.example.com"_s, 443})), "expected");
    }
};

QTEST_GUILESS_MAIN(HttpsRedirectTest)
#include "tst_httpsredirect.moc"
