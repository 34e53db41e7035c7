#include "checks/net/websocketframe.h"
#include "checks/net/websockethandshake.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray inNetworkOrder(quint64 number, int bytes)
{
    QByteArray written;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        written += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
    return written;
}

// A frame of a server: with its first byte as it stands.
QByteArray frame(quint8 first, const QByteArray &payload)
{
    QByteArray bytes(1, static_cast<char>(first));
    if (payload.size() < 126)
        bytes += static_cast<char>(payload.size());
    else if (payload.size() <= 0xffff)
        bytes += '\x7e' + inNetworkOrder(static_cast<quint64>(payload.size()), 2);
    else
        bytes += '\x7f' + inNetworkOrder(static_cast<quint64>(payload.size()), 8);
    return bytes + payload;
}

QString wordOf(const WebSocketEvent &event)
{
    const QString text = event.payload.size() > 20 ? QString::number(event.payload.size()) + u" bytes"_s
                                                   : QString::fromUtf8(event.payload);
    switch (event.kind) {
    case WebSocketEvent::Kind::Text:
        return u"text:"_s + text;
    case WebSocketEvent::Kind::Binary:
        return u"binary:"_s + text;
    case WebSocketEvent::Kind::Ping:
        return u"ping:"_s + text;
    case WebSocketEvent::Kind::Pong:
        return u"pong:"_s + text;
    case WebSocketEvent::Kind::Close:
        return u"close %1:"_s.arg(event.code) + text;
    }
    Q_UNREACHABLE();
}

// All events, then what ended them: nothing where more is needed.
QString readAll(WebSocketReader &reader)
{
    QStringList seen;
    while (true) {
        const auto event = reader.next();
        if (!event) {
            seen.append(event.error().kind == ErrorKind::TooLarge ? u"TOO LARGE"_s : u"BROKEN"_s);
            break;
        }
        if (!*event)
            break;
        seen.append(wordOf(**event));
    }
    return seen.join(u' ');
}

constexpr WebSocketLimits kSmall{.message = 1000, .total = 3000, .frames = 6};

} // namespace

class TestWebSocketFrame : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void writes_data();
    void writes();
    void judgesHandshakes_data();
    void judgesHandshakes();
    void readsHeads_data();
    void readsHeads();
    void asks();
};

void TestWebSocketFrame::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &bytes, const char *expected) {
        QTest::newRow(name) << bytes << QString::fromLatin1(expected);
    };
    const QByteArray hi = frame(0x81, "hi");
    row("nothing", "", "");
    row("one byte", "\x81", "");
    row("text", hi, "text:hi");
    row("empty text", frame(0x81, ""), "text:");
    row("binary", frame(0x82, "x"), "binary:x");
    row("two", hi + frame(0x82, "x"), "text:hi binary:x");
    row("cut off in the payload", frame(0x81, "hello").chopped(1), "");
    row("cut off in the length", QByteArray("\x81\x7e\x00", 3), "");
    row("125 bytes", frame(0x81, QByteArray(125, 'a')), "text:125 bytes");
    row("126 bytes", frame(0x81, QByteArray(126, 'a')), "text:126 bytes");
    row("as much as a message may have", frame(0x81, QByteArray(1000, 'a')), "text:1000 bytes");
    row("one more", frame(0x81, QByteArray(1001, 'a')), "TOO LARGE");
    row("one more, not there yet", frame(0x81, QByteArray(1001, 'a')).first(4), "TOO LARGE");
    row("huge length", "\x81\x7f" + inNetworkOrder(1ULL << 62U, 8), "TOO LARGE");
    row("length with its first bit", "\x81\x7f" + inNetworkOrder(1ULL << 63U, 8), "BROKEN");
    row("length longer than it must be, 16 bits", "\x81\x7e" + inNetworkOrder(125, 2) + QByteArray(125, 'a'), "BROKEN");
    row("length longer than it must be, 64 bits", "\x81\x7f" + inNetworkOrder(0xffff, 8), "BROKEN");
    // Section 5.4.
    row("in parts", frame(0x01, "a") + frame(0x00, "b") + frame(0x80, "c"), "text:abc");
    row("in parts, with a ping between", frame(0x01, "a") + frame(0x89, "p") + frame(0x80, "c"), "ping:p text:ac");
    row("a ping where the message has no room left",
        frame(0x01, QByteArray(1000, 'a')) + frame(0x89, "p") + frame(0x80, ""), "ping:p text:1000 bytes");
    row("parts too long together", frame(0x01, QByteArray(600, 'a')) + frame(0x80, QByteArray(600, 'a')), "TOO LARGE");
    row("a part without a beginning", frame(0x80, "c"), "BROKEN");
    row("a beginning within a message", frame(0x01, "a") + frame(0x81, "b"), "BROKEN");
    row("parts, one of which is half a letter", frame(0x01, "\xc3") + frame(0x80, "\xa4"), "text:\xc3\xa4");
    // Sections 5.2 and 5.5.
    row("reserved bit 1", frame(0xc1, "hi"), "BROKEN");
    row("reserved bit 2", frame(0xa1, "hi"), "BROKEN");
    row("reserved bit 3", frame(0x91, "hi"), "BROKEN");
    row("reserved opcode of data", frame(0x83, "hi"), "BROKEN");
    row("reserved opcode of control", frame(0x8b, ""), "BROKEN");
    row("masked by the server",
        QByteArray("\x81\x82"
                   "abcdhi"),
        "BROKEN");
    row("ping of 125 bytes", frame(0x89, QByteArray(125, 'p')), "ping:125 bytes");
    row("ping of 126 bytes", frame(0x89, QByteArray(126, 'p')), "BROKEN");
    row("ping in parts", frame(0x09, "p"), "BROKEN");
    row("pong", frame(0x8a, ""), "pong:");
    // Section 8.1.
    row("text that is no UTF-8", frame(0x81, "\xff\xfe"), "BROKEN");
    row("text that is too long a spelling", frame(0x81, "\xc0\xaf"), "BROKEN");
    row("binary that is no UTF-8", frame(0x82, "\xff"), "binary:\xef\xbf\xbd");
    // Section 7.4.
    row("closed without a code", frame(0x88, ""), "close 1005:");
    row("closed with half a code", frame(0x88, "\x03"), "BROKEN");
    const auto close = [](quint16 code, const QByteArray &reason = {}) {
        return frame(0x88, inNetworkOrder(code, 2) + reason);
    };
    row("closed normally", close(1000, "bye"), "close 1000:bye");
    row("closed with a reason that is no UTF-8", close(1000, "\xff"), "BROKEN");
    row("1003", close(1003), "close 1003:");
    row("1004, reserved", close(1004), "BROKEN");
    row("1005, never sent", close(1005), "BROKEN");
    row("1006, never sent", close(1006), "BROKEN");
    row("1011", close(1011), "close 1011:");
    row("1014, registered later", close(1014), "close 1014:");
    row("1015, never sent", close(1015), "BROKEN");
    row("999", close(999), "BROKEN");
    row("2999", close(2999), "BROKEN");
    row("3000, of libraries", close(3000), "close 3000:");
    row("4403, of products", close(4403), "close 4403:");
    row("5000", close(5000), "BROKEN");
    // Limits.
    row("seven frames", hi.repeated(7), "text:hi text:hi text:hi text:hi text:hi text:hi TOO LARGE");
    row("too much in all", frame(0x81, QByteArray(900, 'a')).repeated(4),
        "text:900 bytes text:900 bytes text:900 bytes TOO LARGE");
    row("garbage", "<html>", "BROKEN");
}

// At once, and byte by byte, which must not matter.
void TestWebSocketFrame::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    expected = QString::fromUtf8(expected.toLatin1());
    WebSocketReader whole(kSmall);
    whole.feed(bytes);
    QCOMPARE(readAll(whole), expected);
    WebSocketReader slow(kSmall);
    QStringList seen;
    for (const char byte : bytes) {
        slow.feed(QByteArrayView(&byte, 1));
        const QString some = readAll(slow);
        if (!some.isEmpty())
            seen.append(some);
        if (some.contains(u"TOO LARGE"_s) || some.contains(u"BROKEN"_s))
            break;
    }
    QCOMPARE(seen.join(u' '), expected);
}

void TestWebSocketFrame::writes_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QByteArray>("expected"); // the head; the mask and what is masked follow
    const auto row = [](const char *name, qsizetype size, WebSocketOpcode opcode, const QByteArray &head) {
        QTest::newRow(name) << QByteArray(size, 'a') << int(opcode) << head;
    };
    using enum WebSocketOpcode;
    row("empty", 0, WebSocketOpcode::Text, QByteArray("\x81\x80", 2));
    row("125", 125, WebSocketOpcode::Text, QByteArray("\x81\xfd"));
    row("126", 126, WebSocketOpcode::Text, QByteArray("\x81\xfe\x00\x7e", 4));
    row("65535", 65535, WebSocketOpcode::Text, QByteArray("\x81\xfe\xff\xff", 4));
    row("65536", 65536, WebSocketOpcode::Text, QByteArray("\x81\xff\0\0\0\0\0\x01\0\0", 10));
    row("pong", 3, Pong, QByteArray("\x8a\x83"));
    row("a control frame is cut off", 300, Ping, QByteArray("\x89\xfd"));
}

void TestWebSocketFrame::writes()
{
    QFETCH(QByteArray, payload);
    QFETCH(int, opcode);
    QFETCH(QByteArray, expected);
    const WebSocketMask mask{'\x01', '\x02', '\x03', '\x04'};
    const QByteArray written = clientFrame(static_cast<WebSocketOpcode>(opcode), payload, mask);
    QVERIFY(written.startsWith(expected));
    QCOMPARE(written.sliced(expected.size(), 4), QByteArray("\x01\x02\x03\x04"));
    const QByteArray masked = written.sliced(expected.size() + 4);
    for (qsizetype i = 0; i < masked.size(); ++i)
        QCOMPARE(static_cast<char>(masked[i] ^ mask[std::size_t(i) % 4]), 'a');
    QVERIFY(masked.size() == payload.size() || masked.size() == 125);
}

void TestWebSocketFrame::judgesHandshakes_data()
{
    QTest::addColumn<QByteArray>("lines"); // after the status line
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isAccepted");
    const auto row = [](const char *name, const QByteArray &lines, bool isAccepted, int status = 101) {
        QTest::newRow(name) << lines << status << isAccepted;
    };
    const QByteArray proof = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"; // section 1.3
    const QByteArray both = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    row("the example", both + proof, true);
    row("other letters, more words", "upgrade: WebSocket\r\nconnection: keep-alive, upgrade\r\n" + proof, true);
    row("another status", both + proof, false, 200);
    row("no proof", both, false);
    row("the proof of another key", both + "Sec-WebSocket-Accept: AAAALMBiTxaQ9kYGzzhZRbK+xOo=\r\n", false);
    row("no Upgrade", "Connection: Upgrade\r\n" + proof, false);
    row("another protocol", "Upgrade: h2c\r\nConnection: Upgrade\r\n" + proof, false);
    row("no Connection", "Upgrade: websocket\r\n" + proof, false);
    row("an extension that nobody asked for", both + proof + "Sec-WebSocket-Extensions: permessage-deflate\r\n", false);
    row("a subprotocol that was offered", both + proof + "Sec-WebSocket-Protocol: graphql-transport-ws\r\n", true);
    row("one that was not", both + proof + "Sec-WebSocket-Protocol: mqtt\r\n", false);
    row("an empty one", both + proof + "Sec-WebSocket-Protocol:\r\n", false);
}

void TestWebSocketFrame::judgesHandshakes()
{
    QFETCH(QByteArray, lines);
    QFETCH(int, status);
    QFETCH(bool, isAccepted);
    auto asked = webSocketHeaders("https://a.example", {"other", "graphql-transport-ws"});
    std::ranges::find(asked, QByteArray("Sec-WebSocket-Key"), &Header::name)->value = "dGhlIHNhbXBsZSBub25jZQ==";
    const QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Any\r\n" + lines + "\r\n\x81\x02hi";
    const auto head = webSocketHeadIn(bytes);
    QVERIFY(head && *head);
    QCOMPARE(bytes.sliced((*head)->size), QByteArray("\x81\x02hi"));
    QCOMPARE(isWebSocketAccepted(asked, (*head)->answer), isAccepted);
}

void TestWebSocketFrame::readsHeads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected"); // the status, "more", or the kind of error
    const auto row = [](const char *name, const QByteArray &bytes, const QString &expected) {
        QTest::newRow(name) << bytes << expected;
    };
    row("nothing", "", u"more"_s);
    row("a letter", "H", u"more"_s);
    row("without its end", "HTTP/1.1 101 Switching\r\nA: b\r\n", u"more"_s);
    row("whole", "HTTP/1.1 403 No\r\nA: b\r\n\r\nbody", u"403"_s);
    row("bare line feeds", "HTTP/1.0 200 Fine\n\n", u"200"_s);
    row("another protocol", "SSH-2.0-x\r\n\r\n", u"broken"_s);
    row("HTTP/2", "HTTP/2 200\r\n\r\n", u"broken"_s);
    row("a line without end", "HTTP/1.1 101 " + QByteArray(kHeaderCap, 'x'), u"too large"_s);
    row("lines without end", "HTTP/1.1 101 Yes\r\n" + QByteArray("A: b\r\n").repeated(kHeaderLineCap + 1),
        u"too large"_s);
}

void TestWebSocketFrame::readsHeads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    const auto head = webSocketHeadIn(bytes);
    QString seen = u"more"_s;
    if (!head)
        seen = head.error().kind == ErrorKind::TooLarge ? u"too large"_s : u"broken"_s;
    else if (*head)
        seen = QString::number((*head)->answer.status);
    QCOMPARE(seen, expected);
}

void TestWebSocketFrame::asks()
{
    const auto headers = webSocketHeaders("https://a.example", {"one", "two"});
    const QByteArray text = webSocketRequest(QUrl(u"https://a.example:8443/live/x%2Fy?vsn=2.0.0&q=a%20b"_s), headers);
    QVERIFY2(text.startsWith("GET /live/x%2Fy?vsn=2.0.0&q=a%20b HTTP/1.1\r\nHost: a.example:8443\r\n"),
             text.constData());
    for (const char *line : {"\r\nX-Launch-Cockpit: 1\r\n", "\r\nUpgrade: websocket\r\n", "\r\nConnection: Upgrade\r\n",
                             "\r\nSec-WebSocket-Version: 13\r\n", "\r\nOrigin: https://a.example\r\n",
                             "\r\nSec-WebSocket-Protocol: one, two\r\n"})
        QVERIFY2(text.contains(line), line);
    QVERIFY(text.endsWith("\r\n\r\n") && !text.contains("Extensions"));
    QVERIFY(webSocketRequest(QUrl(u"http://[::1]/"_s), {}).contains("Host: [::1]\r\n"));
    QVERIFY(newWebSocketKey() != newWebSocketKey());
    QCOMPARE(QByteArray::fromBase64(newWebSocketKey()).size(), 16);
}

QTEST_GUILESS_MAIN(TestWebSocketFrame)
#include "tst_websocketframe.moc"
