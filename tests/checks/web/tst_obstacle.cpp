#include "checks/web/obstacle.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class ObstacleTest : public QObject
{
    Q_OBJECT

private slots:
    void tells_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("expected"); // -1: can be judged
        const auto row = [](const char *name, int status, const QByteArray &headers, const QByteArray &body,
                            std::optional<Obstacle> expected) {
            QTest::newRow(name) << status << headers << body << (expected ? static_cast<int>(*expected) : -1);
        };
        row("page", 200, {}, "<h1>Hello</h1>", std::nullopt);
        row("login wanted", 401, {}, {}, std::nullopt);
        row("not there", 404, {}, {}, std::nullopt);
        row("refused", 403, {}, {}, Obstacle::Refused);
        row("slow down", 429, {}, {}, Obstacle::TooManyRequests);
        row("last that is no server error", 499, {}, {}, std::nullopt);
        row("server error", 500, {}, {}, Obstacle::ServerError);
        row("server busy", 503, {}, {}, Obstacle::ServerError);
        row("Cloudflare challenge by header", 403, "CF-Mitigated: challenge", {}, Obstacle::Challenge);
        row("Cloudflare challenge by text", 503, {}, "<script>window.__cf_chl_opt={}</script>", Obstacle::Challenge);
        row("Cloudflare without a challenge", 200, "CF-Ray: 1", "<p>Just a moment of your time", std::nullopt);
        row("Vercel denies", 403, "x-vercel-mitigated: deny", {}, Obstacle::Challenge);
        row("AWS captcha", 405, "x-amzn-waf-action: captcha", {}, Obstacle::Challenge);
        const QByteArray frame = "<iframe id=\"main-iframe\" src=\"/_Incapsula_Resource?CWUDNSAI=20&xinfo=1\">";
        row("Imperva's frame", 200, {}, frame, Obstacle::Challenge);
        row("Imperva's newer frame", 200, {}, "<iframe src=\"/_Incapsula_Resource?SWUDNSAI=31&xinfo=1\">",
            Obstacle::Challenge);
        row("Imperva's words", 200, {},
            "<iframe src=\"/_Incapsula_Resource?x=1\">Request unsuccessful. Incapsula incident ID: 1-2</iframe>",
            Obstacle::Challenge);
        row("Imperva's sensor on a page", 200, {},
            "<h1>Hello</h1><script src=\"/_Incapsula_Resource?SWJIYLWA=719d&ns=1\" async></script>", std::nullopt);
        const QByteArray bare = "<html>\r\n<head>\r\n<META NAME=\"robots\" CONTENT=\"noindex,nofollow\">\r\n<script "
                                "src=\"/_Incapsula_Resource?SWJIYLWA=5074a744e2e3d891\">\r\n</script>\r\n";
        row("Imperva's test of a browser", 200, {}, bare + "<body>\r\n</body></html>", Obstacle::Challenge);
        row("an app with Imperva's sensor", 200, {}, bare + "<body><div id=root></div></body>", std::nullopt);
        row("an empty page with a script of its own", 200, {}, bare + "<script src=/app.js></script><body></body>",
            std::nullopt);
        row("a long empty page with Imperva's sensor", 200, {}, bare + QByteArray(2000, ' ') + "<body></body>",
            std::nullopt);
        row("a long page with the frame in it", 200, {}, frame + QByteArray(20'000, ' '), std::nullopt);
        row("a long refusal with it", 405, {}, frame + QByteArray(20'000, ' '), Obstacle::Challenge);
        row("a setting of AWS on a page", 200, {}, "<script>window.awsWafCookieDomainList=['.a.example']</script>",
            std::nullopt);
        row("DataDome's test", 403, {}, "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>",
            Obstacle::Challenge);
        row("DataDome's host in a policy", 200, {},
            "<meta http-equiv=Content-Security-Policy content=\"frame-src geo.captcha-delivery.com\">", std::nullopt);
        row("the longest test", 200, {}, "__cf_chl" + QByteArray(19'992, ' '), Obstacle::Challenge);
        row("a byte more", 200, {}, "__cf_chl" + QByteArray(19'993, ' '), std::nullopt);
    }

    void tells()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        const auto obstacle = obstacleIn(answer(status, headers, body));
        QTEST(obstacle ? static_cast<int>(*obstacle) : -1, "expected");
    }

    void saysWhatToDo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("advice");
        QTest::newRow("refused") << 403 << u"LaunchCockpit"_s;
        QTest::newRow("slow down") << 429 << u"Wait"_s;
        QTest::newRow("server error") << 502 << u"502"_s;
    }

    void saysWhatToDo()
    {
        QFETCH(int, status);
        QFETCH(QString, advice);
        const HttpResponse got = answer(status);
        const Judged judged = couldNotVerify(*obstacleIn(got), got);
        QCOMPARE(judged.outcome, Outcome::Error);
        QVERIFY2(judged.reason.contains(advice), qPrintable(judged.reason));
        QCOMPARE(judged.observed["status"_L1].toInt(), status);
        QVERIFY(judged.findings.empty());
    }
};

QTEST_GUILESS_MAIN(ObstacleTest)
#include "tst_obstacle.moc"
