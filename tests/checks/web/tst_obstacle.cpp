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
        row("Imperva", 200, {}, "<iframe src=\"/_Incapsula_Resource?x=1\">", Obstacle::Challenge);
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
