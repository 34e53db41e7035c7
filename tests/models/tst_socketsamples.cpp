// What pages say on WebSockets, as samples: checked, made harmless, and read out of a browser's archive.
#include "models/routes/routesamples.h"
#include "models/routes/socketpath.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QJsonObject message(const QString &type, const QString &data, int opcode = 1)
{
    return {{u"type"_s, type}, {u"time"_s, 1.5}, {u"opcode"_s, opcode}, {u"data"_s, data}};
}

QJsonObject socketEntry(const QString &url, const QJsonArray &messages, int status = 101)
{
    const QJsonObject request{{u"method"_s, u"GET"_s}, {u"url"_s, url}, {u"headers"_s, QJsonArray()}};
    const QJsonObject response{{u"status"_s, status}, {u"content"_s, QJsonObject{{u"mimeType"_s, u"x-unknown"_s}}}};
    return {{u"_resourceType"_s, u"websocket"_s},
            {u"request"_s, request},
            {u"response"_s, response},
            {u"_webSocketMessages"_s, messages}};
}

QByteArray archive(const QJsonObject &entry)
{
    const QJsonObject log{{u"entries"_s, QJsonArray{entry}}};
    return QJsonDocument(QJsonObject{{u"log"_s, log}}).toJson();
}

// "GET /ws api.example.com" and the messages.
QString shown(const std::vector<RouteSample> &samples)
{
    QStringList lines;
    for (const RouteSample &one : samples)
        lines.append(one.method + u' ' + one.path + u' ' + one.host + u'\n' + QString::fromUtf8(one.body));
    return lines.join(u"\n\n"_s);
}

} // namespace

class TestSocketSamples : public QObject
{
    Q_OBJECT

private slots:
    void checksSamples_data();
    void checksSamples();
    void readsArchives_data();
    void readsArchives();
    void keepsWhatWasSaid();
};

void TestSocketSamples::checksSamples_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected"); // empty: refused
    const auto row = [](const char *name, const QString &route, const QByteArray &body, const QByteArray &expected,
                        const QByteArray &type = kSocketMessages) {
        QTest::newRow(name) << route << type << body << expected;
    };
    const QByteArray join = R"({"invoice_id":17,"type":"subscribe"})";
    row("one message", u"GET /ws"_s, join, join);
    row("two", u"GET /ws"_s, join + '\n' + join, join + '\n' + join);
    row("five", u"GET /ws"_s, (join + '\n').repeated(5), (join + '\n').repeated(5).trimmed());
    row("six", u"GET /ws"_s, (join + '\n').repeated(6), {});
    row("whatever its address is called", u"GET /graphql"_s, join, join);
    row("as a body", u"GET /ws"_s, join, {}, "application/json");
    row("HEAD", u"HEAD /ws"_s, join, {});
    row("a token goes", u"GET /ws"_s, R"({"access_token":"abcdefghijklmnop","type":"auth"})",
        R"({"access_token":"<value>","type":"auth"})");
    row("Socket.IO", u"GET /socket.io/"_s, "40{\"token\":\"abcdefghijklmnop\"}\n42[\"join\",{\"room\":17}]",
        "40{\"token\":\"<value>\"}\n42[\"join\",{\"room\":17}]");
    row("Socket.IO, digits alone", u"GET /socket.io/"_s, "40\n42/live,7[\"join\",17]", "40\n42/live,7[\"join\",17]");
    row("Phoenix", u"GET /socket/websocket"_s, R"(["1","1","room:17","phx_join",{"token":"abcdefghijklmnop"}])",
        R"(["1","1","room:17","phx_join",{"token":"<value>"}])");
    row("a person's address in plain text", u"GET /ws"_s, "HELLO anna@example.com", {});
    row("plain text", u"GET /ws"_s, "SUBSCRIBE invoices", "SUBSCRIBE invoices");
    row("plain text of others", u"GET /ws"_s, "SUBSCRIBE user:17 authors", "SUBSCRIBE user:17 authors");
    // A recorded person's name and secret, under whatever name they stand.
    row("a login in plain text", u"GET /ws"_s, "login anna hunter2pass\n" + join, join);
    row("a token in plain text", u"GET /ws"_s, "AUTH abcd1234\n" + join, join);
    row("STOMP", u"GET /ws"_s, "CONNECT login:anna passcode:hunter2\n" + join, join);
    row("a key", u"GET /ws"_s, R"({"key":"abcd1234","type":"auth"})", R"({"key":"<value>","type":"auth"})");
    row("a name and a number", u"GET /ws"_s, R"({"action":"login","data":{"who":"anna","with":4711},"id":1})",
        R"({"action":"login","data":{"who":"<value>","with":"<value>"},"id":1})");
    row("of Socket.IO", u"GET /ws"_s, R"(42["authenticate","anna","abcd1234"])",
        R"(42["authenticate","<value>","<value>"])");
    row("a key in what opens", u"GET /ws"_s, R"({"payload":{"key":"abcd1234","lang":"en"},"type":"connection_init"})",
        R"({"payload":{"key":"<value>","lang":"en"},"type":"connection_init"})");
    row("a key where Socket.IO connects", u"GET /ws"_s, R"(40{"key":"abcd1234"})", R"(40{"key":"<value>"})");
    row("an id in what opens", u"GET /ws"_s,
        R"({"payload":{"tenant":"3f2b1c9a-5d7e-4a1b-8c2d-9e0f1a2b3c4d"},"type":"connection_init"})",
        R"({"payload":{"tenant":"3f2b1c9a-5d7e-4a1b-8c2d-9e0f1a2b3c4d"},"type":"connection_init"})");
    row("a method of SignalR that signs in", u"GET /ws"_s, R"({"arguments":["anna","x1"],"target":"Login","type":1})",
        R"({"arguments":["<value>","<value>"],"target":"Login","type":1})");
    row("a method of SignalR", u"GET /ws"_s, R"({"arguments":["invoice:17"],"target":"JoinInvoice","type":1})",
        R"({"arguments":["invoice:17"],"target":"JoinInvoice","type":1})");
    row("STOMP connects", u"GET /ws"_s,
        R"({"headers":{"accept-version":"1.2,1.1,1.0","heart-beat":"10000,10000","host":"a.example","key":"abcd1234","login":"anna","passcode":"x"},"stomp":"CONNECT"})",
        R"({"headers":{"accept-version":"1.2,1.1,1.0","heart-beat":"10000,10000","host":"a.example","key":"<value>","login":"<value>","passcode":"<value>"},"stomp":"CONNECT"})");
    row("STOMP subscribes", u"GET /ws"_s,
        R"({"headers":{"destination":"/topic/invoice.17","id":"sub-0"},"stomp":"SUBSCRIBE"})",
        R"({"headers":{"destination":"/topic/invoice.17","id":"sub-0"},"stomp":"SUBSCRIBE"})");
    row("WAMP greets", u"GET /ws"_s, R"([1,"realm1",{"authid":"anna","roles":{"subscriber":{}}}])",
        R"([1,"realm1",{"authid":"<value>","roles":{"subscriber":{}}}])");
    row("WAMP signs in", u"GET /ws"_s, R"([5,"abcd",{}])", R"([5,"<value>",{}])");
    row("WAMP subscribes", u"GET /ws"_s, R"([32,1,{},"com.example.invoice.17"])",
        R"([32,1,{},"com.example.invoice.17"])");
    row("a user is no login", u"GET /ws"_s, R"({"type":"subscribe","user":"u-17"})",
        R"({"type":"subscribe","user":"u-17"})");
}

void TestSocketSamples::checksSamples()
{
    QFETCH(QString, route);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const auto sample = checkedSample({route.section(u' ', 0, 0), route.section(u' ', 1), {}, contentType, body, {}});
    QCOMPARE(sample.has_value(), !expected.isEmpty());
    if (sample)
        QCOMPARE(sample->body, expected);
}

void TestSocketSamples::readsArchives_data()
{
    QTest::addColumn<QJsonObject>("entry");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QJsonObject &entry, const QString &expected) {
        QTest::newRow(name) << entry << expected;
    };
    const QString url = u"wss://api.example.com/ws?token=abc"_s;
    const QString place = u"GET /ws api.example.com\n"_s;
    const QString join = uR"({"id":17,"type":"subscribe"})"_s;
    row("what the page said", socketEntry(url, {message(u"send"_s, join), message(u"receive"_s, u"{}"_s)}),
        place + join);
    row("in its order", socketEntry(url, {message(u"send"_s, u"first"_s), message(u"send"_s, u"second"_s)}),
        place + u"first\nsecond"_s);
    row("on several lines", socketEntry(url, {message(u"send"_s, u"{\n  \"id\": 17\n}"_s)}), place + uR"({"id":17})"_s);
    row("no more than five",
        socketEntry(url, {message(u"send"_s, u"1"_s), message(u"send"_s, u"2"_s), message(u"send"_s, u"3"_s),
                          message(u"send"_s, u"4"_s), message(u"send"_s, u"5"_s), message(u"send"_s, u"6"_s)}),
        place + u"1\n2\n3\n4\n5"_s);
    row("bytes are no text", socketEntry(url, {message(u"send"_s, u"AAEC"_s, 2)}), place);
    row("of SignalR", socketEntry(url, {message(u"send"_s, u"{\"protocol\":\"json\",\"version\":1}\u001e"_s)}),
        place + uR"({"protocol":"json","version":1})"_s);
    row("of STOMP", socketEntry(url, {message(u"send"_s, u"SUBSCRIBE\nid:0\ndestination:/topic/a\n\n"_s + QChar(0))}),
        place + uR"({"headers":{"destination":"/topic/a","id":"0"},"stomp":"SUBSCRIBE"})"_s);
    row("in a session of SockJS",
        socketEntry(u"wss://api.example.com/live/123/abcd_123/websocket"_s,
                    {message(u"send"_s, uR"(["first","second"])"_s)}),
        u"GET /live/websocket api.example.com\nfirst\nsecond"_s);
    row("a page that only listens", socketEntry(url, {message(u"receive"_s, u"{}"_s)}), place);
    row("without messages", socketEntry(url, {}), place);
    row("that never opened", socketEntry(url, {}, 0), QString());
    row("unencrypted", socketEntry(u"ws://api.example.com/ws"_s, {message(u"send"_s, join)}), place + join);
    row("refused", socketEntry(url, {message(u"send"_s, join)}, 403), QString());
    for (const char *path : {"graphql", "v1/graphql", "subscriptions", "realtime", "live", "hub"}) {
        const QString name = QString::fromLatin1(path);
        row(path, socketEntry(u"wss://api.example.com/"_s + name, {message(u"send"_s, join)}),
            u"GET /"_s + name + u" api.example.com\n"_s + join);
    }
}

void TestSocketSamples::readsArchives()
{
    QFETCH(QJsonObject, entry);
    QTEST(shown(parseSamples(archive(entry))), "expected");
}

// A page that opens its WebSocket again says nothing there at times.
void TestSocketSamples::keepsWhatWasSaid()
{
    const QString url = u"wss://api.example.com/live"_s;
    const QJsonObject log{
        {u"entries"_s, QJsonArray{socketEntry(url, {message(u"send"_s, u"first"_s)}), socketEntry(url, {})}}};
    const std::vector<RouteSample> read = parseSamples(QJsonDocument(QJsonObject{{u"log"_s, log}}).toJson());
    const QString expected = u"GET /live api.example.com\nfirst"_s;
    QCOMPARE(shown(read), expected);
    const std::vector<RouteSample> silent = parseSamples(archive(socketEntry(url, {})));
    QCOMPARE(shown(mergedSamples(read, silent)), expected);
    QCOMPARE(shown(mergedSamples(silent, read)), expected);
}

QTEST_GUILESS_MAIN(TestSocketSamples)
#include "tst_socketsamples.moc"
