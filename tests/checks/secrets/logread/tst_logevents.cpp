#include "checks/secrets/logread/logevents.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class LogEventsTest : public QObject
{
    Q_OBJECT

private slots:
    void tells_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QString>("expected");
        QTest::newRow("words") << QByteArray("Login failed for user 12") << u"failed_sign_in"_s;
        QTest::newRow("name of an event") << QByteArray("auth.login_failed") << u"failed_sign_in"_s;
        QTest::newRow("camel case") << QByteArray("LoginFailed") << u"failed_sign_in"_s;
        QTest::newRow("two members") << QByteArray("{\"action\":\"login\",\"result\":\"failure\"}")
                                     << u"failed_sign_in"_s;
        QTest::newRow("a sign-in that went well") << QByteArray("login ok for user 12") << QString();
        QTest::newRow("refusal") << QByteArray("403 Forbidden: user 12 asked for /admin") << u"refusal"_s;
        QTest::newRow("row level security")
            << QByteArray("new row violates row-level security policy for table \"orders\"") << u"refusal"_s;
        QTest::newRow("a file") << QByteArray("EACCES: permission denied, open '/x'") << QString();
        QTest::newRow("limit") << QByteArray("Too many requests from 12") << u"limit_hit"_s;
        QTest::newRow("a limit that was set up") << QByteArray("rate limit enabled: 100/min") << QString();
        QTest::newRow("release") << QByteArray("Deployment failed: health check") << u"failed_release"_s;
        QTest::newRow("runner") << QByteArray("##[error]Process completed with exit code 1.") << u"failed_release"_s;
        QTest::newRow("runner that went well") << QByteArray("Process completed with exit code 0.") << QString();
        QTest::newRow("npm") << QByteArray("npm ERR! code ELIFECYCLE") << u"failed_release"_s;
        QTest::newRow("nothing") << QByteArray("GET /health") << QString();
        QTest::newRow("empty") << QByteArray() << QString();
    }

    void tells()
    {
        QFETCH(QByteArray, words);
        WipedBytes room;
        const auto told = eventToldBy({words.constData(), static_cast<size_t>(words.size())}, room);
        QTEST(told ? toWord(*told) : QString(), "expected");
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("expected");
        QTest::newRow("refused sign-in") << QByteArray("POST") << QByteArray("/api/login") << 401
                                         << u"failed_sign_in"_s;
        QTest::newRow("Supabase") << QByteArray("POST") << QByteArray("/auth/v1/token?grant_type=password") << 400
                                  << u"failed_sign_in"_s;
        QTest::newRow("the page of the sign-in") << QByteArray("GET") << QByteArray("/login") << 401 << u"refusal"_s;
        QTest::newRow("a sign-in that went well") << QByteArray("POST") << QByteArray("/login") << 200 << QString();
        QTest::newRow("forbidden") << QByteArray("GET") << QByteArray("/admin") << 403 << u"refusal"_s;
        QTest::newRow("bad request elsewhere") << QByteArray("POST") << QByteArray("/orders") << 400 << QString();
        QTest::newRow("limit") << QByteArray("GET") << QByteArray("/x") << 429 << u"limit_hit"_s;
        QTest::newRow("limit of the sign-in") << QByteArray("POST") << QByteArray("/login") << 429 << u"limit_hit"_s;
    }

    void answers()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(int, status);
        const auto answer = eventOfAnswer(method.toStdString(), path.toStdString(), status);
        QTEST(answer ? toWord(*answer) : QString(), "expected");
    }

    void keepsTheTimesApart()
    {
        EventCounter counter;
        LineReader reader;
        counter.add(reader.read("1.2.3.4 - - [29/Nov/2026:10:00:00 +0000] \"POST /login HTTP/1.1\" 401 1"));
        counter.add(reader.read("{\"time\":\"2026-11-29T10:00:00Z\",\"msg\":\"login failed\"}"));
        counter.add(reader.read("{\"time\":\"2026-11-29T10:05:00Z\",\"path\":\"/a\",\"status\":403}"));
        counter.add(reader.read("2026-11-29 11:00:00 INFO no zone"));
        const EventsSeen &seen = counter.seen();
        QCOMPARE(seen.accessLines, qint64(1));
        QCOMPARE(seen.productLines, qint64(3));
        QCOMPARE(seen.of(LogEvent::FailedSignIn).answers, qint64(1));
        QCOMPARE(seen.of(LogEvent::FailedSignIn).told, qint64(1));
        QCOMPARE(seen.of(LogEvent::Refusal).told, qint64(1)); // a line of the product's own that says the status
        QCOMPARE(seen.from.value_or(0), qint64(1795946400000));
        QCOMPARE(seen.to.value_or(0), qint64(1795946400000 + 5 * 60 * 1000));
    }
};

QTEST_GUILESS_MAIN(LogEventsTest)
#include "tst_logevents.moc"
