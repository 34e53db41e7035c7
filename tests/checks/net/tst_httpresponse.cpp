#include "checks/net/httpclient.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestHttpResponse : public QObject
{
    Q_OBJECT

private slots:
    void printsTheHeadWithoutSecrets()
    {
        HttpResponse response;
        response.version = "1.1";
        response.status = 200;
        response.headers = {{"Server", "nginx"}, {"Set-Cookie", "session=q8w7e6r5t4y3u2i1o0p9; Secure"}};
        const QString head = response.head();
        QVERIFY(head.startsWith("HTTP/1.1 200\n"_L1));
        QVERIFY(head.contains("Server: nginx\n"_L1));
        QVERIFY(head.contains("Set-Cookie: session="_L1));
        QVERIFY2(!head.contains("q8w7e6r5t4y3u2i1o0p9"_L1), qPrintable(head));
    }

    void tellsQuestionsApart_data()
    {
        QTest::addColumn<HttpGet>("other");
        QTest::addColumn<bool>("same");
        const QUrl url(u"https://shop.example/"_s);
        QTest::newRow("no path") << HttpGet{.url = QUrl(u"https://shop.example"_s)} << true;
        QTest::newRow("a fragment") << HttpGet{.url = QUrl(u"https://shop.example/#top"_s)} << true;
        QTest::newRow("capitals in the host") << HttpGet{.url = QUrl(u"https://SHOP.example/"_s)} << true;
        QTest::newRow("another path") << HttpGet{.url = QUrl(u"https://shop.example/x"_s)} << false;
        QTest::newRow("a query") << HttpGet{.url = QUrl(u"https://shop.example/?"_s)} << false;
        QTest::newRow("another scheme") << HttpGet{.url = QUrl(u"http://shop.example/"_s)} << false;
        QTest::newRow("another method") << HttpGet{.url = url, .method = "HEAD"} << false;
        QTest::newRow("a header") << HttpGet{.url = url, .headers = {{"Origin", "null"}}} << false;
        QTest::newRow("another cap") << HttpGet{.url = url, .bodyCap = 1} << false;
        QTest::newRow("a repetition") << HttpGet{.url = url, .repetition = 1} << false;
    }
    void tellsQuestionsApart()
    {
        QFETCH(HttpGet, other);
        QFETCH(bool, same);
        QCOMPARE(HttpGet{.url = QUrl(u"https://shop.example/"_s)}.key() == other.key(), same);
    }
};

QTEST_GUILESS_MAIN(TestHttpResponse)
#include "tst_httpresponse.moc"
