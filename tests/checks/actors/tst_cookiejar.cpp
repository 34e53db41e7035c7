#include "checks/actors/cookiejar.h"

#include <QTest>
#include <QTimeZone>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 5, 1), QTime(12, 0), QTimeZone::utc());

HttpResponse setting(const QString &url, const QByteArrayList &lines)
{
    HttpResponse answer;
    answer.url = QUrl(url);
    answer.status = 200;
    for (const QByteArray &line : lines)
        answer.headers.push_back({"Set-Cookie", line});
    return answer;
}

} // namespace

class TestCookieJar : public QObject
{
    Q_OBJECT

private slots:
    void sends_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QByteArray>("wanted");
        const QString app = u"https://app.acme.test/login"_s;
        const QByteArray sent = "s=1";
        QTest::newRow("the same host") << app << QByteArray("s=1") << u"https://app.acme.test/x"_s << sent;
        QTest::newRow("a host below, host only")
            << app << QByteArray("s=1") << u"https://a.app.acme.test/"_s << QByteArray();
        QTest::newRow("a host beside, for the domain")
            << app << QByteArray("s=1; Domain=acme.test") << u"https://api.acme.test/"_s << sent;
        QTest::newRow("a domain with a dot before it")
            << app << QByteArray("s=1; Domain=.acme.test") << u"https://api.acme.test/"_s << sent;
        QTest::newRow("a name that only ends alike")
            << app << QByteArray("s=1; Domain=acme.test") << u"https://evilacme.test/"_s << QByteArray();
        QTest::newRow("a foreign domain")
            << app << QByteArray("s=1; Domain=other.test") << u"https://other.test/"_s << QByteArray();
        QTest::newRow("secure over HTTP")
            << app << QByteArray("s=1; Secure") << u"http://app.acme.test/"_s << QByteArray();
        QTest::newRow("secure on this machine")
            << u"http://127.0.0.1:8080/"_s << QByteArray("s=1; Secure") << u"http://127.0.0.1:8080/"_s << sent;
        QTest::newRow("secure set over HTTP")
            << u"http://app.acme.test/"_s << QByteArray("s=1; Secure") << u"https://app.acme.test/"_s << QByteArray();
        QTest::newRow("a path below") << app << QByteArray("s=1; Path=/api") << u"https://app.acme.test/api/me"_s
                                      << sent;
        QTest::newRow("a path that begins alike")
            << app << QByteArray("s=1; Path=/api") << u"https://app.acme.test/apis"_s << QByteArray();
        QTest::newRow("the path of the page that set it")
            << u"https://app.acme.test/a/login"_s << QByteArray("s=1") << u"https://app.acme.test/b"_s << QByteArray();
        QTest::newRow("over by Max-Age") << app << QByteArray("s=1; Max-Age=0; Path=/") << u"https://app.acme.test/"_s
                                         << QByteArray();
        QTest::newRow("over by a date") << app << QByteArray("s=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT")
                                        << u"https://app.acme.test/"_s << QByteArray();
        QTest::newRow("a date to come") << app << QByteArray("s=1; Expires=Wed, 21-Oct-2037 07:28:00 GMT")
                                        << u"https://app.acme.test/"_s << sent;
        QTest::newRow("Max-Age counts more than the date")
            << app << QByteArray("s=1; Max-Age=60; Expires=Wed, 21 Oct 2015 07:28:00 GMT")
            << u"https://app.acme.test/"_s << sent;
        QTest::newRow("__Host- for one path")
            << app << QByteArray("__Host-s=1; Secure; Path=/api") << u"https://app.acme.test/api"_s << QByteArray();
        QTest::newRow("not a pair") << app << QByteArray("nothing") << u"https://app.acme.test/"_s << QByteArray();
    }

    void sends()
    {
        QFETCH(QString, from);
        QFETCH(QByteArray, line);
        QFETCH(QString, to);
        CookieJar jar;
        jar.take(setting(from, {line}), kNow);
        QTEST(jar.headerFor(QUrl(to), kNow).reveal(), "wanted");
    }

    void endsLater()
    {
        CookieJar jar;
        jar.take(setting(u"https://a.test/"_s, {"s=1; Max-Age=60"}), kNow);
        QVERIFY(!jar.headerFor(QUrl(u"https://a.test/"_s), kNow.addSecs(59)).isEmpty());
        QVERIFY(jar.headerFor(QUrl(u"https://a.test/"_s), kNow.addSecs(60)).isEmpty());
    }

    void replacesAndDeletes()
    {
        CookieJar jar;
        jar.take(setting(u"https://a.test/"_s, {"s=old", "t=2"}), kNow);
        jar.take(setting(u"https://a.test/"_s, {"s=new"}), kNow);
        QCOMPARE(jar.headerFor(QUrl(u"https://a.test/"_s), kNow).reveal(), QByteArray("s=new; t=2"));
        jar.take(setting(u"https://a.test/"_s, {"s=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}), kNow);
        QCOMPARE(jar.headerFor(QUrl(u"https://a.test/"_s), kNow).reveal(), QByteArray("t=2"));
    }

    void longerPathsComeFirst()
    {
        CookieJar jar;
        jar.take(setting(u"https://a.test/"_s, {"a=1; Path=/", "b=2; Path=/api"}), kNow);
        QCOMPARE(jar.headerFor(QUrl(u"https://a.test/api/me"_s), kNow).reveal(), QByteArray("b=2; a=1"));
    }

    void takesAPastedHeader()
    {
        CookieJar jar;
        QVERIFY(jar.takeHeader(Secret("Cookie: sid=abc=1; theme=dark"), QUrl(u"https://app.acme.test/"_s)));
        QCOMPARE(jar.headerFor(QUrl(u"https://app.acme.test/x"_s), kNow).reveal(), QByteArray("sid=abc=1; theme=dark"));
        QVERIFY(!CookieJar().takeHeader(Secret("eyJhbGciOi"), QUrl(u"https://app.acme.test/"_s)));
    }

    void isNotFloodedByAProduct()
    {
        CookieJar jar;
        QByteArrayList lines;
        for (int i = 0; i < 1000; ++i)
            lines.append("c" + QByteArray::number(i) + "=1");
        jar.take(setting(u"https://a.test/"_s, lines), kNow);
        QCOMPARE(jar.cookies().size(), kMostCookies);
    }

    void dates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QDateTime>("wanted");
        const QDateTime day(QDate(2026, 10, 21), QTime(7, 28), QTimeZone::utc());
        QTest::newRow("RFC 1123") << QByteArray("Wed, 21 Oct 2026 07:28:00 GMT") << day;
        QTest::newRow("with dashes") << QByteArray("Wednesday, 21-Oct-26 07:28:00 GMT") << day;
        QTest::newRow("asctime") << QByteArray("Wed Oct 21 07:28:00 2026") << day;
        QTest::newRow("asctime, one digit")
            << QByteArray("Sun Nov  1 07:28:00 2026") << QDateTime(QDate(2026, 11, 1), QTime(7, 28), QTimeZone::utc());
        QTest::newRow("no date") << QByteArray("soon") << QDateTime();
        QTest::newRow("no such day") << QByteArray("Wed, 31 Feb 2026 07:28:00 GMT") << QDateTime();
        QTest::newRow("no such month") << QByteArray("Wed, 21 Foo 2026 07:28:00 GMT") << QDateTime();
    }

    void dates()
    {
        QFETCH(QByteArray, text);
        QTEST(cookieDate(text), "wanted");
    }
};

QTEST_GUILESS_MAIN(TestCookieJar)
#include "tst_cookiejar.moc"
