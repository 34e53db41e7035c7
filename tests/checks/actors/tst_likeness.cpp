#include "checks/actors/likeness.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class LikenessTest : public QObject
{
    Q_OBJECT

private slots:
    void compares_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<QString>("expected");
        const QByteArray json = "application/json";
        const QByteArray html = "text/html";
        const QByteArray page =
            "<html><title>Invoices</title><body><nav>Home Invoices Team</nav><h1>Invoice for Acme</h1>"
            "<p>Thank you for your order of chairs and tables</p></body></html>";
        QTest::newRow("same bytes") << json << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1})") << u"same"_s;
        QTest::newRow("another order") << json << QByteArray(R"({"a":1,"b":[1,2]})")
                                       << QByteArray(R"({"b":[2,1],"a":1})") << u"same"_s;
        QTest::newRow("times change") << json << QByteArray(R"({"a":1,"timestamp":1,"at":"2026-11-29T10:00:00Z"})")
                                      << QByteArray(R"({"a":1,"timestamp":2,"at":"2026-11-29T10:00:07Z"})")
                                      << u"same"_s;
        QTest::newRow("request ids change") << json << QByteArray(R"({"a":1,"request_id":"x"})")
                                            << QByteArray(R"({"a":1,"request_id":"y"})") << u"same"_s;
        QTest::newRow("own data in the same fields")
            << json << QByteArray(R"({"items":[{"id":1,"note":"A"}]})")
            << QByteArray(R"({"items":[{"id":2,"note":"B"}]})") << u"same_shape"_s;
        QTest::newRow("as long, but an error")
            << json << QByteArray(R"({"id":17})") << QByteArray(R"({"no":17})") << u"different"_s;
        QTest::newRow("empty list") << json << QByteArray(R"({"items":[{"id":1}]})") << QByteArray(R"({"items":[]})")
                                    << u"different"_s;
        QTest::newRow("two balances") << json << QByteArray("12.5") << QByteArray("99") << u"same_shape"_s;
        QTest::newRow("json and page") << json << QByteArray(R"({"a":1})") << page << u"different"_s;
        QTest::newRow("page with another time")
            << html << page + "<footer>12:01:07</footer>" << page + "<footer>12:04:55</footer>" << u"same"_s;
        QTest::newRow("page with another token") << html << page + "<input type=hidden value=aaaa1111>"
                                                 << page + "<input type=hidden value=bbbb2222>" << u"same"_s;
        QTest::newRow("another page") << html << page
                                      << QByteArray(
                                             "<html><body>Please sign in with your password to go on</body></html>")
                                      << u"different"_s;
        QTest::newRow("empty shells") << html << QByteArray("<html><body><script src=a.js></script></body></html>")
                                      << QByteArray("<html><body><script src=b.js></script></body></html>")
                                      << u"unclear"_s;
        QTest::newRow("tables") << QByteArray("text/csv") << QByteArray("id,name\n1,A\n")
                                << QByteArray("id,name\n2,B\n") << u"same_shape"_s;
        QTest::newRow("documents") << QByteArray("application/pdf") << QByteArray("%PDF-1.7 a")
                                   << QByteArray("%PDF-1.7 b") << u"unclear"_s;
    }

    void compares()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        QFETCH(QString, expected);
        const QByteArray header = "Content-Type: " + type;
        QCOMPARE(toWord(likenessOf(answer(200, header, a), answer(200, header, b))), expected);
        QCOMPARE(toWord(likenessOf(answer(200, header, b), answer(200, header, a))), expected);
    }

    void tellsStatusesApart()
    {
        QCOMPARE(likenessOf(answer(200, {}, "{}"), answer(404, {}, "{}")), Likeness::Different);
    }

    void saysNothingOfWhatWasCut()
    {
        HttpResponse cut = answer(200, {}, "[{\"id\":1},");
        cut.bodyTruncated = true;
        QCOMPARE(likenessOf(cut, answer(200, {}, R"([{"id":1}])")), Likeness::Unclear);
    }

    void readsJsonByItsContent()
    {
        QVERIFY(jsonOf(answer(200, "Content-Type: text/html", R"([1])")));
        QVERIFY(jsonOf(answer(200, {}, ")]}',\n{\"a\":1}")));
        QVERIFY(jsonOf(answer(200, {}, "{\"a\":1}\n{\"a\":2}\n")));
        QVERIFY(!jsonOf(answer(200, {}, "<html></html>")));
        QVERIFY(!jsonOf(answer(200, {}, "")));
    }
};

QTEST_GUILESS_MAIN(LikenessTest)
#include "tst_likeness.moc"
