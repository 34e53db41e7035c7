// The HTTP client and servers that speak HTTP badly, slowly, too long or not at all.
#include "tests/checks/net/httpquestion.h"

#include <QElapsedTimer>
#include <QTest>

#include <zlib.h>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QByteArray gzipped(const QByteArray &plain)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

// Writes a head, then lets the rest of the script speak.
Script afterRequest(std::function<void(Connection &)> rest)
{
    return [rest = std::move(rest)](Connection &connection) {
        connection.readRequest();
        rest(connection);
    };
}

Script saying(const QByteArray &bytes)
{
    return afterRequest([bytes](Connection &connection) { connection.write(bytes); });
}

Script forEver(const QByteArray &head, const QByteArray &again, std::chrono::milliseconds pause)
{
    return afterRequest([=](Connection &connection) {
        connection.write(head);
        while (connection.write(again) && (pause == 0ms || connection.pause(pause))) {
        }
    });
}

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::Script)

class TestHostileHttp : public QObject
{
    Q_OBJECT

private slots:
    void decodesCompression()
    {
        HostileServer server(answering(httpAnswer(200, {"Content-Encoding: gzip"}, gzipped("hello"))));
        const auto response = get({.url = server.url()});
        QVERIFY(response);
        QCOMPARE(response->body, "hello");
    }

    void capsTheBody_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("truncated");
        QTest::newRow("one byte below the cap") << 999 << false;
        QTest::newRow("exactly the cap") << 1000 << false;
        QTest::newRow("one byte above the cap") << 1001 << true;
    }
    void capsTheBody()
    {
        QFETCH(int, size);
        HostileServer server(answering(httpAnswer(200, {}, QByteArray(size, 'x'))));
        const auto response = get({.url = server.url(), .bodyCap = 1000});
        QVERIFY(response);
        QTEST(response->bodyTruncated, "truncated");
        QCOMPARE(response->body.size(), std::min(size, 1000));
    }

    void cutsEndlessAnswers_data()
    {
        QTest::addColumn<Script>("script");
        QTest::newRow("endless body") << forEver("HTTP/1.1 200 OK\r\n\r\n", QByteArray(4096, 'x'), 0ms);
        QTest::newRow("endless chunks") << forEver("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                                   "1000\r\n" + QByteArray(4096, 'x') + "\r\n", 0ms);
        QTest::newRow("compression bomb")
            << answering(httpAnswer(200, {"Content-Encoding: gzip"}, gzipped(QByteArray(64 * 1024 * 1024, '\0'))));
    }
    void cutsEndlessAnswers()
    {
        QFETCH(Script, script);
        NetOptions options;
        HostileServer server(script);
        const auto response = get({.url = server.url()}, options);
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QVERIFY(response->bodyTruncated);
        QCOMPARE(response->body.size(), kDefaultBodyCap);
    }

    void endsBadAnswers_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char *name, const Script &script, ErrorKind kind) {
            QTest::newRow(name) << script << kind;
        };
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        row(
            "accepts and says nothing", [](Connection &c) { c.hang(); }, ErrorKind::TimedOut);
        row("drips a header byte at a time", forEver("HTTP/1.1 200 OK\r\nX-Slow: ", "x", 100ms), ErrorKind::TimedOut);
        row("drips a body byte at a time", forEver(ok + "\r\n", "x", 100ms), ErrorKind::TimedOut);
        row("10,000 header lines", saying(ok + QByteArray("X-Many: 1\r\n").repeated(10000) + "\r\n"),
            ErrorKind::TooLarge);
        row("a header line of 1 MB", saying(ok + "X-Long: " + QByteArray(1 << 20, 'a') + "\r\n\r\n"),
            ErrorKind::TooLarge);
        row("endless interim answers", forEver({}, "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", 0ms),
            ErrorKind::TooLarge);
        row("broken compression", saying(httpAnswer(200, {"Content-Encoding: gzip"}, "not gzip at all")),
            ErrorKind::Protocol);
        row("compression cut off half-way",
            saying(ok + "Content-Encoding: gzip\r\nContent-Length: 1000\r\n\r\n" +
                   gzipped(QByteArray(9999, 'x')).left(10)),
            ErrorKind::Protocol);
        row("closes half-way", saying(ok + "Content-Length: 1000\r\n\r\nonly this"), ErrorKind::Protocol);
        row(
            "closes at once", [](Connection &) {}, ErrorKind::Protocol);
        row("closes in the head", saying("HTTP/1.1 200 OK\r\nX-Ha"), ErrorKind::Protocol);
        row("chunk sizes that are none", saying(ok + "Transfer-Encoding: chunked\r\n\r\nzzz\r\nhello\r\n"),
            ErrorKind::Protocol);
        row("an answer of HTTP/0.9", saying("<html>hello</html>"), ErrorKind::Protocol);
        row(
            "another protocol",
            [](Connection &c) {
                c.write("220 mail.example.com ESMTP\r\n");
                c.hang();
            },
            ErrorKind::Protocol);
        row("a zero byte in a header", saying(ok + QByteArray("X-Nul: a\0b\r\n\r\n", 14)), ErrorKind::Protocol);
    }
    void endsBadAnswers()
    {
        QFETCH(Script, script);
        HostileServer server(script);
        QElapsedTimer clock;
        clock.start();
        const auto response = get({.url = server.url()});
        QVERIFY(!response);
        QTEST(response.error().kind, "kind");
        QVERIFY2(response.error().message.contains(u"127.0.0.1"_s), qPrintable(response.error().message));
        QVERIFY2(response.error().message.contains(QString::number(server.port())),
                 qPrintable(response.error().message));
        QVERIFY(clock.elapsed() < kLate);
    }

    void keepsBytesThatAreNoText()
    {
        HostileServer server(answering(httpAnswer(200, {"X-Latin: caf\xe9", "X-Utf: \xc3\xa9"}, "")));
        const auto response = get({.url = server.url()});
        QVERIFY(response);
        QCOMPARE(response->header("x-latin"), QByteArray("caf\xe9"));
        QCOMPARE(response->header("x-utf"), QByteArray("\xc3\xa9"));
    }
};

QTEST_GUILESS_MAIN(TestHostileHttp)
#include "tst_hostilehttp.moc"
