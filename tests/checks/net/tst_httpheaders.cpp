#include "checks/net/httpheaders.h"

#include <QTest>

using namespace cockpit;

class TestHttpHeaders : public QObject
{
    Q_OBJECT

private slots:
    void readsStatusLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("version");
        QTest::newRow("HTTP/1.1") << QByteArray("HTTP/1.1 200 OK\r\n") << 200 << QByteArray("1.1");
        QTest::newRow("HTTP/2 without a reason") << QByteArray("HTTP/2 204 \r\n") << 204 << QByteArray("2");
        QTest::newRow("no reason and no blank") << QByteArray("HTTP/1.0 404") << 404 << QByteArray("1.0");
        QTest::newRow("no status") << QByteArray("HTTP/1.1\r\n") << 0 << QByteArray("1.1");
        QTest::newRow("status cut off") << QByteArray("HTTP/1.1 2") << 2 << QByteArray("1.1");
        QTest::newRow("words for a status") << QByteArray("HTTP/1.1 fine\r\n") << 0 << QByteArray("1.1");
    }
    void readsStatusLine()
    {
        QFETCH(QByteArray, line);
        HeaderCollector head;
        QVERIFY(head.take(line));
        QTEST(head.status(), "status");
        QTEST(head.version(), "version");
    }

    void keepsLinesApartAndInOrder()
    {
        HeaderCollector head;
        for (const char *line : {"HTTP/1.1 200 OK\r\n", "Set-Cookie: a=1\r\n", "X-B:  two \r\n", "set-cookie: b=2\r\n"})
            head.take(line);
        const std::vector<Header> wanted = {{"Set-Cookie", "a=1"}, {"X-B", "two"}, {"set-cookie", "b=2"}};
        QCOMPARE(head.headers(), wanted);
        QVERIFY(!head.isComplete());
        head.take("\r\n");
        QVERIFY(head.isComplete());
    }

    void joinsFoldedLines()
    {
        HeaderCollector head;
        for (const char *line : {"HTTP/1.1 200 OK\r\n", "X-Long: one\r\n", "\t two\r\n"})
            head.take(line);
        QCOMPARE(head.headers(), (std::vector<Header>{{"X-Long", "one two"}}));
    }

    void replacesInterimResponses()
    {
        HeaderCollector head;
        for (const char *line : {"HTTP/1.1 103 Early Hints\r\n", "Link: </a.css>\r\n", "\r\n", "HTTP/1.1 200 OK\r\n",
                                 "X-Final: yes\r\n", "\r\n"})
            head.take(line);
        QCOMPARE(head.status(), 200);
        QCOMPARE(head.headers(), (std::vector<Header>{{"X-Final", "yes"}}));
    }

    void leavesTrailersOut()
    {
        HeaderCollector head;
        for (const char *line : {"HTTP/1.1 200 OK\r\n", "X-Head: yes\r\n", "\r\n", "X-Trailer: no\r\n"})
            head.take(line);
        QCOMPARE(head.headers(), (std::vector<Header>{{"X-Head", "yes"}}));
    }

    void keepsALineWithoutColon()
    {
        HeaderCollector head;
        head.take("HTTP/1.1 200 OK\r\n");
        head.take("no colon here\r\n");
        QCOMPARE(head.headers(), (std::vector<Header>{{"no colon here", ""}}));
    }

    void stopsAtTheLineCap()
    {
        HeaderCollector head;
        for (int i = 0; i < kHeaderLineCap; ++i)
            QVERIFY(head.take("A: b\r\n"));
        QVERIFY(!head.take("A: b\r\n"));
        QVERIFY(head.isFlooded());
    }

    void stopsAtTheByteCap()
    {
        HeaderCollector head;
        QVERIFY(head.take(QByteArray(kHeaderCap, 'a')));
        QVERIFY(!head.take("b"));
        QVERIFY(head.isFlooded());
    }
};

QTEST_GUILESS_MAIN(TestHttpHeaders)
#include "tst_httpheaders.moc"
