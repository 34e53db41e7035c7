#include "checks/secrets/logread/jsonwalker.h"
#include "checks/secrets/logread/linefeed.h"
#include "checks/secrets/logread/logline.h"
#include "checks/secrets/logread/requestids.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString levelWord(LogLevel level)
{
    switch (level) {
    case LogLevel::Unknown:
        return u"-"_s;
    case LogLevel::Fine:
        return u"fine"_s;
    case LogLevel::Warning:
        return u"warning"_s;
    case LogLevel::Error:
        return u"error"_s;
    }
    return {};
}

constexpr qint64 kTenOClock = 1795946400000; // 2026-11-29T10:00:00Z

} // namespace

class LogLineTest : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected"); // format method path status level id
        QTest::newRow("pino") << QByteArray("{\"level\":50,\"time\":1795946400000,\"req\":{\"id\":\"req-7\",\"method\":"
                                            "\"POST\",\"url\":\"/login\"},"
                                            "\"res\":{\"statusCode\":401},\"msg\":\"done\"}")
                              << u"json POST /login 401 error req-7"_s;
        QTest::newRow("structlog") << QByteArray("{\"event\": \"x\", \"level\": \"info\", \"request_id\": \"ab12\"}")
                                   << u"json - - 0 fine ab12"_s;
        QTest::newRow("id that is null") << QByteArray("{\"level\":\"warn\",\"request_id\":\"null\"}")
                                         << u"json - - 0 warning -"_s;
        QTest::newRow("an id of the record is none of the request")
            << QByteArray("{\"id\":\"12345\",\"msg\":\"a\"}") << u"json - - 0 - -"_s;
        QTest::newRow("logfmt") << QByteArray(
                                       "level=error msg=\"it broke\" trace_id=4bf92f3577b34da6 status=500 path=/x")
                                << u"logfmt - /x 500 error 4bf92f3577b34da6"_s;
        QTest::newRow("one pair is no logfmt") << QByteArray("answer=42 to all") << u"plain - - 0 - -"_s;
        QTest::newRow("combined")
            << QByteArray(
                   "203.0.113.7 - anna [29/Nov/2026:10:00:00 +0000] \"GET /a?b=c HTTP/1.1\" 200 512 \"-\" \"curl\"")
            << u"access GET /a?b=c 200 - -"_s;
        QTest::newRow("combined with nginx's id")
            << QByteArray("203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] \"GET / HTTP/2.0\" 403 1 \"-\" \"x\" "
                          "0123456789abcdef0123456789abcdef")
            << u"access GET / 403 - 0123456789abcdef0123456789abcdef"_s;
        QTest::newRow("combined with the site's name")
            << QByteArray("shop.example.com:443 203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5")
            << u"access GET / 200 - -"_s;
        QTest::newRow("combined with the proxies' addresses")
            << QByteArray(
                   "198.51.100.4, 203.0.113.7, 10.0.0.1 - anna [29/Nov/2026:10:00:00 +0000] \"POST /a HTTP/2.0\" "
                   "201 5")
            << u"access POST /a 201 - -"_s;
        QTest::newRow("a level is no site")
            << QByteArray("INFO: 203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5")
            << u"plain GET / 200 fine -"_s;
        QTest::newRow("words before")
            << QByteArray("a.example said 203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5")
            << u"plain GET / 200 fine -"_s;
        QTest::newRow("no request behind a site")
            << QByteArray("a.example 203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] \"it broke\" 200 5")
            << u"plain - - 0 - -"_s;
        QTest::newRow("combined without a request")
            << QByteArray("203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] \"-\" 408 0") << u"access - - 0 - -"_s;
        QTest::newRow("syslog") << QByteArray("<34>1 2026-11-29T10:00:00Z host app 12 - - ERROR it broke")
                                << u"syslog - - 0 error -"_s;
        QTest::newRow("old syslog with JSON")
            << QByteArray("Nov 29 10:00:00 host app[12]: {\"level\":\"error\",\"request_id\":\"r-99\"}")
            << u"syslog - - 0 error r-99"_s;
        QTest::newRow("docker")
            << QByteArray(
                   "{\"log\":\"{\\\"level\\\":\\\"error\\\",\\\"requestId\\\":\\\"r-12\\\"}\\n\",\"stream\":\"stdout\","
                   "\"time\":\"2026-11-29T10:00:00Z\"}")
            << u"docker - - 0 error r-12"_s;
        QTest::newRow("kubernetes") << QByteArray("2026-11-29T10:00:00.123456789Z stdout F level=info msg=a rid=zz42")
                                    << u"kubernetes - - 0 fine zz42"_s;
        QTest::newRow("rails") << QByteArray(
                                      "[9c1b2a3d-0000-4000-8000-00000000000a] Started POST \"/session\" for 1.2.3.4")
                               << u"plain POST /session 0 - 9c1b2a3d-0000-4000-8000-00000000000a"_s;
        QTest::newRow("uvicorn") << QByteArray("INFO:     203.0.113.7:5000 - \"POST /login HTTP/1.1\" 401 Unauthorized")
                                 << u"plain POST /login 401 fine -"_s;
        QTest::newRow("python") << QByteArray("2026-11-29 10:00:00,123 ERROR app.views something broke")
                                << u"plain - - 0 error -"_s;
        QTest::newRow("the word error in running text") << QByteArray("no error was found") << u"plain - - 0 - -"_s;
        QTest::newRow("empty") << QByteArray() << u"plain - - 0 - -"_s;
        QTest::newRow("cut-off JSON") << QByteArray("{\"level\":\"error\",\"msg\":\"it br") << u"json - - 0 error -"_s;
        QTest::newRow("garbage") << QByteArray("\xff\xfe{\"\x01[[[=::") << u"plain - - 0 - -"_s;
    }

    void reads()
    {
        QFETCH(QByteArray, line);
        LineReader reader;
        const LogLine read = reader.read(viewOf(line));
        const auto orDash = [](std::string_view text) { return text.empty() ? u"-"_s : textOf(text); };
        const QString said = QStringList{toWord(read.format),          orDash(read.method),   orDash(read.path),
                                         QString::number(read.status), levelWord(read.level), orDash(read.requestId)}
                                 .join(u' ');
        QTEST(said, "expected");
    }

    void goesOn_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("expected");
        QTest::newRow("entry") << QByteArray("2026-11-29 10:00:00 ERROR a") << false;
        QTest::newRow("Java") << QByteArray("\tat com.acme.A.b(A.java:12)") << true;
        QTest::newRow("JavaScript") << QByteArray("    at Object.<anonymous> (/app/a.js:1:1)") << true;
        QTest::newRow("Python") << QByteArray("Traceback (most recent call last):") << true;
        QTest::newRow("cause") << QByteArray("Caused by: java.io.IOException: no") << true;
        QTest::newRow("PHP") << QByteArray("#1 /app/index.php(12): a()") << true;
        QTest::newRow("JSON") << QByteArray("{\"level\":\"info\",\"msg\":\"at home\"}") << false;
    }

    void goesOn()
    {
        QFETCH(QByteArray, line);
        LineReader reader;
        QTEST(reader.read(viewOf(line)).goesOn, "expected");
    }

    void tellsTime_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("at"); // 0: none
        QTest::addColumn<bool>("hasZone");
        QTest::newRow("UTC") << QByteArray("2026-11-29T10:00:00Z") << kTenOClock << true;
        QTest::newRow("with fractions") << QByteArray("2026-11-29T10:00:00.500Z x") << kTenOClock + 500 << true;
        QTest::newRow("east") << QByteArray("2026-11-29T11:00:00+01:00") << kTenOClock << true;
        QTest::newRow("west") << QByteArray("2026-11-29 04:30:00 -0530") << kTenOClock << true;
        QTest::newRow("no zone") << QByteArray("2026-11-29 10:00:00,500 INFO") << kTenOClock + 500 << false;
        QTest::newRow("a zone by its name") << QByteArray("2026-11-29 10:00:00 UTC x") << kTenOClock << true;
        QTest::newRow("a word that begins like one")
            << QByteArray("2026-11-29 10:00:00 Zahlung abgelehnt") << kTenOClock << false;
        QTest::newRow("a longer word") << QByteArray("2026-11-29 10:00:00 GMTX") << kTenOClock << false;
        QTest::newRow("in brackets") << QByteArray("[2026-11-29 10:00:00] x") << kTenOClock << false;
        QTest::newRow("access log") << QByteArray("29/Nov/2026:12:00:00 +0200] x") << kTenOClock << true;
        QTest::newRow("seconds") << QByteArray("1795946400") << kTenOClock << true;
        QTest::newRow("milliseconds") << QByteArray("1795946400000") << kTenOClock << true;
        QTest::newRow("a number of any length") << QByteArray("179594640") << qint64(0) << false;
        QTest::newRow("no such day") << QByteArray("2026-02-30T10:00:00Z") << qint64(0) << false;
        QTest::newRow("no such hour") << QByteArray("2026-11-29T24:00:00Z") << qint64(0) << false;
        QTest::newRow("no year") << QByteArray("Nov 29 10:00:00") << qint64(0) << false;
        QTest::newRow("cut off") << QByteArray("2026-11-29T10:0") << qint64(0) << false;
    }

    void tellsTime()
    {
        QFETCH(QByteArray, text);
        const auto time = logTimeAt(viewOf(text));
        QTEST(time ? time->at : 0, "at");
        QTEST(time && time->hasZone, "hasZone");
    }

    void walksJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nested") << QByteArray(
                                       "{\"a\":1,\"b\":{\"c\":\"x\\\"y\",\"d\":[true,{\"e\":null}]},\"f\":\"g\"}")
                                << u".a=1 b.c=x\\\"y d.d=true d.e=null .f=g"_s;
        QTest::newRow("cut off") << QByteArray("{\"a\":\"b\",\"c") << u".a=b"_s;
        QTest::newRow("no object") << QByteArray("12") << QString();
        QTest::newRow("too deep") << QByteArray(100, '[') << QString();
        QTest::newRow("behind the end") << QByteArray("{\"a\":1} {\"b\":2}") << u".a=1"_s;
    }

    void walksJson()
    {
        QFETCH(QByteArray, json);
        QStringList said;
        JsonWalker walker(viewOf(json));
        JsonMember member;
        while (walker.next(member))
            said << textOf(member.parent) + u'.' + textOf(member.name) + u'=' + textOf(member.value);
        QTEST(said.join(u' '), "expected");
    }

    // However the bytes come, the lines are the same.
    void feedsLines_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("in threes") << 3;
        QTest::newRow("at once") << 1000;
    }

    void feedsLines()
    {
        QFETCH(int, piece);
        const QByteArray text("one\r\n\ntwo\nlast");
        QStringList said;
        LineFeed feed([&said](const LinePiece &one) {
            said << QString::number(one.line) + u'@' + QString::number(one.offset) + u':' + textOf(one.text);
        });
        for (qsizetype at = 0; at < text.size(); at += piece)
            feed.feed(viewOf(text.mid(at, piece)));
        feed.finish();
        QCOMPARE(said.join(u' '), u"1@0:one 2@5: 3@6:two 4@10:last"_s);
        QCOMPARE(feed.lines(), qint64(4));
    }

    void cutsLongLines()
    {
        const QByteArray words = QByteArray("word ").repeated(200'000); // 1 MB without an end
        qint64 bytes = 0;
        int beginnings = 0;
        bool isTorn = false;
        LineFeed feed([&](const LinePiece &one) {
            isTorn = isTorn || !one.ownText().starts_with("word ") || one.ownText().size() > LineFeed::kLongestPiece ||
                     one.offset + static_cast<qint64>(one.own.start) != bytes;
            bytes += static_cast<qint64>(one.ownText().size());
            beginnings += one.isBeginning ? 1 : 0;
        });
        feed.feed(viewOf(words));
        feed.finish();
        QCOMPARE(bytes, qint64(words.size()));
        QCOMPARE(beginnings, 1);
        QVERIFY(!isTorn);
    }

    void countsIds()
    {
        IdCounter counter;
        LineReader reader;
        for (const char *line :
             {"{\"level\":\"info\",\"request_id\":\"a-11\",\"path\":\"/x\",\"status\":200}",
              "{\"level\":\"error\",\"request_id\":\"a-11\"}", "{\"level\":\"error\",\"request_id\":\"b-22\"}",
              "{\"level\":\"error\",\"msg\":\"none\"}", "    at somewhere (a.js:1)",
              "1.2.3.4 - - [29/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 1"})
            counter.add(reader.read(line));
        counter.endFile();
        // A file of the machine: it has nothing to do with requests.
        counter.add(reader.read("Nov 29 10:00:00 host cron[1]: ERROR a job"));
        counter.endFile();
        const IdsSeen seen = counter.seen();
        QCOMPARE(seen.unrelated, qint64(1));
        QCOMPARE(seen.product, (IdCounts{4, 3}));
        QCOMPARE(seen.access, (IdCounts{1, 0}));
        QCOMPARE(seen.requests, (IdCounts{1, 1}));
        QCOMPARE(seen.errors, (IdCounts{3, 2}));
        QCOMPARE(seen.distinct, qint64(2));
        QCOMPARE(seen.shared, qint64(1));
    }
};

QTEST_GUILESS_MAIN(LogLineTest)
#include "tst_logline.moc"
