#include "checks/actors/limitsignal.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 3, 2), QTime(12, 0, 0), Qt::UTC);

QString said(const std::optional<LimitSignal> &signal)
{
    if (!signal)
        return u"none"_s;
    return toWord(signal->kind) + (signal->retryAfter ? u' ' + QString::number(signal->retryAfter->count()) : u""_s);
}

QString number(const auto &value)
{
    return value ? QString::number(qint64(*value)) : u"-"_s;
}

QString span(const std::optional<std::chrono::seconds> &value)
{
    return value ? QString::number(value->count()) : u"-"_s;
}

} // namespace

class TestLimitSignal : public QObject
{
    Q_OBJECT

private slots:
    void findsSignals_data();
    void findsSignals();
    void readsNotices_data();
    void readsNotices();
    void readsAnnouncements_data();
    void readsAnnouncements();
};

void TestLimitSignal::findsSignals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, int status, const QByteArray &headers, const QByteArray &body,
                        const char *expected) {
        QTest::newRow(name) << status << headers << body << QString::fromLatin1(expected);
    };
    row("too many", 429, "", "", "too_many");
    row("too many for a minute", 429, "Retry-After: 60", "", "too_many 60");
    row("until a date", 429, "Retry-After: Mon, 02 Mar 2026 12:02:00 GMT", "", "too_many 120");
    row("until a date that is over", 429, "Retry-After: Mon, 02 Mar 2026 11:00:00 GMT", "", "too_many 0");
    row("nonsense instead of a time", 429, "Retry-After: soon", "", "too_many");
    row("the reset instead", 429, "X-RateLimit-Limit: 8\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: 30", "",
        "too_many 30");
    row("a locked account", 423, "", "", "locked");
    row("locked in words", 401, "", R"({"error":"account_locked"})", "locked");
    row("a page that writes about it", 200, "", "If your account is locked, call us. Too many requests?", "none");
    row("a problem type", 403, "Content-Type: application/problem+json",
        R"({"type":"https://iana.org/assignments/http-problem-types#quota-exceeded"})", "too_many");
    row("an edge", 429, "", "error code: 1015", "edge");
    row("a test for robots", 403, "cf-mitigated: challenge", "", "challenge");
    row("a captcha is wanted", 400, "", R"({"error":"captcha_required"})", "challenge");
    row("wrong password", 401, "", R"({"error":"sign_in_failed"})", "none");
    row("no more than refused", 403, "", "", "none");
    row("a broken server", 500, "", "too many requests", "none");
    row("too many in more words", 401, "", R"({"error":"Too many failed login attempts"})", "too_many");
    row("too many in one word", 400, "", R"({"error":"TooManyLoginAttempts"})", "too_many");
    row("too many of something else", 422, "", R"({"error":"Too many characters, and 3 attempts"})", "none");
    row("sent back for a while", 302, "Location: /login?error=RateLimited\nRetry-After: 30", "", "too_many 30");
    row("sent back in words", 303, "Location: /login?message=Too+many+attempts", "", "too_many");
    row("sent back in encoded words", 303, "Location: /login?message=Too%20many%20attempts", "", "too_many");
    row("sent back as locked", 302, "Location: /login?error=account_locked", "", "locked");
    row("sent back for a wrong password", 302, "Location: /login?error=CredentialsSignin", "", "none");
    row("sent on to a page about it", 302, "Location: /login?next=/docs/rate-limit", "", "none");
    row("overloaded", 503, "Retry-After: 5", "rate limit", "too_many 5");
}

void TestLimitSignal::findsSignals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    QCOMPARE(said(limitIn(answer(status, headers, body), kNow)), expected);
}

void TestLimitSignal::readsNotices_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a form") << QByteArray("<p>Too many login attempts. Please try again in 60 seconds.</p>")
                            << u"too_many"_s;
    QTest::newRow("locked") << QByteArray("<p>Your account has been locked.</p>") << u"locked"_s;
    QTest::newRow("captcha") << QByteArray("<p>Please complete the CAPTCHA.</p>") << u"challenge"_s;
    QTest::newRow("a wrong password") << QByteArray("<p>These credentials do not match.</p>") << u"none"_s;
}

void TestLimitSignal::readsNotices()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    const auto notice = limitNoticeIn(answer(200, {}, body));
    QCOMPARE(notice ? toWord(*notice) : u"none"_s, expected);
}

void TestLimitSignal::readsAnnouncements_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("expected"); // name:quota:remaining:window:reset
    const auto row = [](const char *name, const QByteArray &headers, const char *expected) {
        QTest::newRow(name) << headers << QString::fromLatin1(expected);
    };
    row("none", "", "");
    row("list of structured fields", "RateLimit-Policy: \"login\";q=8;w=60\nRateLimit: \"login\";r=3;t=20",
        "login:8:3:60:20");
    row("two policies", "RateLimit-Policy: \"a, b\";q=8;w=60, \"day\";q=100;w=86400",
        "a, b:8:-:60:- day:100:-:86400:-");
    row("the seventh draft", "RateLimit: limit=10, remaining=4, reset=50\nRateLimit-Policy: 10;w=60", ":10:4:60:50");
    row("the older draft", "RateLimit-Limit: 10, 10;w=60\nRateLimit-Remaining: 9\nRateLimit-Reset: 7", ":10:9:-:7");
    row("a span", "X-RateLimit-Limit: 60\nX-RateLimit-Remaining: 59\nX-RateLimit-Reset: 30", ":60:59:-:30");
    row("seconds since 1970", "X-RateLimit-Limit: 60\nX-RateLimit-Remaining: 59\nX-RateLimit-Reset: 1772452890",
        ":60:59:-:90");
    row("milliseconds since 1970", "X-RateLimit-Limit: 6\nX-RateLimit-Remaining: 5\nX-RateLimit-Reset: 1772452890000",
        ":6:5:-:90");
    row("a string that does not end", "RateLimit-Policy: \"login;q=8;w=60", "");
    row("words for numbers", "X-RateLimit-Limit: many", "");
    row("below nothing", "X-RateLimit-Limit: -1", "");
}

void TestLimitSignal::readsAnnouncements()
{
    QFETCH(QByteArray, headers);
    QFETCH(QString, expected);
    QStringList read;
    for (const AnnouncedLimit &limit : announcedLimitsIn(answer(200, headers), kNow))
        read.append(limit.name + u':' + number(limit.quota) + u':' + number(limit.remaining) + u':' +
                    span(limit.window) + u':' + span(limit.reset));
    QCOMPARE(read.join(u' '), expected);
}

QTEST_GUILESS_MAIN(TestLimitSignal)
#include "tst_limitsignal.moc"
