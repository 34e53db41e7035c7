// Frames of STOMP, good and bad, and what an archive's messages become in a sample.
#include "models/access/socketlines.h"
#include "models/access/stompframe.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray frame(const QByteArray &text)
{
    return text + '\0';
}

// "SUBSCRIBE {…} body" a frame.
QString shown(const std::optional<std::vector<StompFrame>> &frames)
{
    if (!frames)
        return u"broken"_s;
    QStringList lines;
    for (const StompFrame &one : *frames) {
        const QByteArray headers = QJsonDocument(one.headers).toJson(QJsonDocument::Compact);
        lines.append(QString::fromUtf8(one.command + ' ' + headers + ' ' + one.body).trimmed());
    }
    return lines.join(u" | "_s);
}

} // namespace

class TestStompFrame : public QObject
{
    Q_OBJECT

private slots:
    void readsFrames_data();
    void readsFrames();
    void writesFrames();
    void makesLines_data();
    void makesLines();
};

void TestStompFrame::readsFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &expected) {
        QTest::newRow(name) << bytes << expected;
    };
    row("a frame", frame("MESSAGE\nid:1\n\nhello"), uR"(MESSAGE {"id":"1"} hello)"_s);
    row("lines of Windows", frame("MESSAGE\r\nid:1\r\n\r\nhello"), uR"(MESSAGE {"id":"1"} hello)"_s);
    row("without headers", frame("RECEIPT\n\n"), u"RECEIPT {}"_s);
    row("escapes", frame("MESSAGE\na:x\\cy\\n\\r\\\\\n\n"), uR"(MESSAGE {"a":"x:y\n\r\\"})"_s);
    row("none where a session opens", frame("CONNECTED\nserver:a\\b:1\n\n"), uR"(CONNECTED {"server":"a\\b:1"})"_s);
    row("an escape that is not defined", frame("MESSAGE\na:\\t\n\n"), u"broken"_s);
    row("an escape cut off", frame("MESSAGE\na:\\\n\n"), u"broken"_s);
    row("the first of two counts", frame("MESSAGE\na:1\na:2\n\n"), uR"(MESSAGE {"a":"1"})"_s);
    row("a length", frame(QByteArray("MESSAGE\ncontent-length:3\n\na\0b", 29)),
        uR"(MESSAGE {"content-length":"3"} a)"_s + QChar(0) + u'b');
    row("a length beyond the end", frame("MESSAGE\ncontent-length:30\n\nab"), u"broken"_s);
    row("a length that is too short", frame("MESSAGE\ncontent-length:1\n\nab"), u"broken"_s);
    row("a length below nothing", frame("MESSAGE\ncontent-length:-1\n\nab"), u"broken"_s);
    row("the greatest length", frame("MESSAGE\ncontent-length:9223372036854775807\n\nab"), u"broken"_s);
    row("without an end", "MESSAGE\nid:1\n\nhello", u"broken"_s);
    row("without a body's beginning", frame("MESSAGE\nid:1\n"), u"broken"_s);
    row("without a colon", frame("MESSAGE\nid\n\n"), u"broken"_s);
    row("without a name", frame("MESSAGE\n:1\n\n"), u"broken"_s);
    row("no command", frame("<html>\n\n"), u"broken"_s);
    row("two frames", frame("RECEIPT\n\n") + '\n' + frame("ERROR\n\nno"), u"RECEIPT {} | ERROR {} no"_s);
    row("signs of life", "\n\r\n", QString());
    row("nothing", {}, QString());
}

void TestStompFrame::readsFrames()
{
    QFETCH(QByteArray, bytes);
    QTEST(shown(stompFramesIn(bytes)), "expected");
}

void TestStompFrame::writesFrames()
{
    const StompFrame subscribe{"SUBSCRIBE", {{u"destination"_s, u"/topic/a:b\nc"_s}, {u"id"_s, u"0"_s}}, {}};
    QCOMPARE(toBytes(subscribe), frame("SUBSCRIBE\ndestination:/topic/a\\cb\\nc\nid:0\n\n"));
    QCOMPARE(stompFramesIn(toBytes(subscribe))->front(), subscribe);
    QCOMPARE(*stompFrameOf(stompJson(subscribe)), subscribe);
    // No header can begin another one where nothing is escaped.
    const StompFrame connect{"CONNECT", {{u"Authorization"_s, u"Bearer a\nlogin:root"_s}}, {}};
    QCOMPARE(toBytes(connect), frame("CONNECT\nAuthorization:Bearer alogin:root\n\n"));
    QVERIFY(!stompFrameOf({{u"stomp"_s, u"SUBSCRIBE"_s}}));
    QVERIFY(!stompFrameOf({{u"type"_s, u"subscribe"_s}, {u"headers"_s, QJsonObject()}}));
}

void TestStompFrame::makesLines_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<bool>("isOfSockJs");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &message, const QString &expected, bool isOfSockJs = false) {
        QTest::newRow(name) << message << isOfSockJs << expected;
    };
    const QString nul(QChar(0));
    const QString json = uR"({"headers":{"destination":"/topic/a","id":"0"},"stomp":"SUBSCRIBE"})"_s;
    row("STOMP", u"SUBSCRIBE\nid:0\ndestination:/topic/a\n\n"_s + nul, json);
    row("STOMP without its end", u"SUBSCRIBE\nid:0\ndestination:/topic/a\n\n"_s, json);
    row("a sign of life", u"\n"_s, QString());
    row("words of another kind", u"WATCH\na:b\n\n"_s, u"WATCH a:b"_s);
    row("SignalR", u"{\"type\":6}\u001e{\"type\":1}\u001e"_s, u"{\"type\":6}|{\"type\":1}"_s);
    row("a list", uR"(["a","b"])"_s, uR"(["a","b"])"_s);
    row("of SockJS", uR"(["SUBSCRIBE\nid:0\ndestination:/topic/a\n\n\u0000"])"_s, json, true);
    row("of SockJS, several", uR"(["{\"a\":1}","b"])"_s, uR"({"a":1}|b)"_s, true);
    row("of SockJS, none", uR"([1])"_s, u"[1]"_s, true);
}

void TestStompFrame::makesLines()
{
    QFETCH(QString, message);
    QFETCH(bool, isOfSockJs);
    const QByteArrayList lines = linesOfSocket(message, isOfSockJs ? SocketWrap::SockJs : SocketWrap::None);
    QTEST(QString::fromUtf8(lines.join('|')), "expected");
}

QTEST_GUILESS_MAIN(TestStompFrame)
#include "tst_stompframe.moc"
