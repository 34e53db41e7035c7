#include "checks/net/websocket.h"
#include "tests/lab/socketscripts.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kPatience = 400ms;
constexpr qint64 kLate = 3000;

// Opens what the script serves.
class Client
{
public:
    explicit Client(const HostileServer &server, const WebSocketLimits &limits = {}) : m_server(server)
    {
        request.url = server.url(u"/live"_s);
        request.headers = webSocketHeaders("https://a.example");
        request.limits = limits;
    }

    Result<WebSocketOpening> open(X509_STORE *roots = nullptr)
    {
        const std::vector<SocketAddress> addresses{{u"127.0.0.1"_s, m_server.port()}};
        return WebSocket::open(request, addresses, roots,
                               {.host = u"127.0.0.1"_s,
                                .port = m_server.port(),
                                .token = token,
                                .deadline = Deadline::in(kPatience),
                                .allowed = kPatience,
                                .isOver = isOver});
    }

    WebSocketRequest request;
    CancelToken token;
    std::function<bool()> isOver;

private:
    const HostileServer &m_server;
};

QString wordOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::TimedOut:
        return u"timed out"_s;
    case ErrorKind::Protocol:
        return u"broken"_s;
    case ErrorKind::TooLarge:
        return u"too large"_s;
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Unreachable:
        return u"unreachable"_s;
    case ErrorKind::BadInput:
        return u"bad input"_s;
    case ErrorKind::NotFound:
    case ErrorKind::NoRoute:
    case ErrorKind::NotPermitted:
    case ErrorKind::Storage:
    case ErrorKind::Unsupported:
        return u"other"_s;
    }
    Q_UNREACHABLE();
}

// Everything that comes until nothing more does: "hi, bye, closed 1000".
QString heardFrom(WebSocket &socket)
{
    QStringList seen;
    const Deadline until = Deadline::in(kPatience);
    while (true) {
        const auto heard = socket.hear(until);
        if (!heard) {
            seen.append(wordOf(heard.error().kind));
            break;
        }
        if (!*heard)
            break;
        seen.append(QString::fromUtf8((*heard)->left(20)));
    }
    if (socket.isClosed())
        seen.append(socket.closeCode() ? u"closed %1"_s.arg(*socket.closeCode()) : u"closed"_s);
    return seen.join(u", "_s);
}

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::Script)

class TestWebSocket : public QObject
{
    Q_OBJECT

private slots:
    void opens_data();
    void opens();
    void talks();
    void hears_data();
    void hears();
    void trustsNoBadCertificate_data();
    void trustsNoBadCertificate();
    void endsAtOnce_data();
    void endsAtOnce();
    void needsAKey();
};

void TestWebSocket::opens_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("expected"); // the status and whether it stands, or the error
    const auto row = [](const char *name, Script script, const QString &expected) {
        QTest::newRow(name) << std::move(script) << expected;
    };
    row("switches", switching([](Connection &connection, FramesOf &) { connection.hang(); }), u"101 open"_s);
    row("refuses", answering(httpAnswer(403, {}, "no")), u"403"_s);
    row("answers as a page", answering(httpAnswer(200, {"Upgrade: websocket"}, "<html>")), u"200"_s);
    row("switches without a proof", answering("HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
        u"101"_s);
    row(
        "never answers", [](Connection &connection) { connection.hang(); }, u"timed out"_s);
    row(
        "closes at once", [](Connection &) {}, u"broken"_s);
    row(
        "closes in the middle of a line",
        [](Connection &connection) {
            connection.readRequest();
            connection.write("HTTP/1.1 101 Sw");
        },
        u"broken"_s);
    row(
        "speaks something else",
        [](Connection &connection) {
            connection.write("SSH-2.0-OpenSSH_9.2\r\n");
            connection.hang();
        },
        u"broken"_s);
    row(
        "header lines without end",
        [](Connection &connection) {
            connection.readRequest();
            connection.write("HTTP/1.1 101 Yes\r\n");
            while (connection.write(QByteArray("A: b\r\n").repeated(100))) {
            }
        },
        u"too large"_s);
    row(
        "drips",
        [](Connection &connection) {
            while (connection.write("H") && connection.pause(50ms)) {
            }
        },
        u"broken"_s);
}

void TestWebSocket::opens()
{
    QFETCH(Script, script);
    QFETCH(QString, expected);
    const HostileServer server(script);
    QElapsedTimer timer;
    timer.start();
    const auto opened = Client(server).open();
    QString seen = opened ? QString::number(opened->answer.status) : wordOf(opened.error().kind);
    if (opened && opened->socket)
        seen += u" open"_s;
    QCOMPARE(seen, expected);
    QVERIFY(timer.elapsed() < kLate);
    QVERIFY(opened || !opened.error().message.isEmpty());
}

// What it says is masked, each time by another mask, and arrives whole; a ping is answered, a goodbye too.
void TestWebSocket::talks()
{
    std::vector<ClientFrame> seen;
    {
        const HostileServer server(switching([&seen](Connection &connection, FramesOf &frames) {
            connection.write(serverText("welcome") + serverFrame(0x89, "are you there"));
            while (const auto frame = frames.next()) {
                seen.push_back(*frame);
                if (frame->payload.startsWith("long"))
                    connection.write(serverText("again: " + frame->payload.left(4)));
            }
        }));
        Client client(server);
        auto opened = client.open();
        QVERIFY(opened && opened->socket);
        WebSocket &socket = *opened->socket;
        const auto welcome = socket.hear(Deadline::in(kPatience));
        QVERIFY(welcome && *welcome);
        QCOMPARE(**welcome, QByteArray("welcome"));
        QVERIFY(socket.say("long" + QByteArray(60'000, 'x'), Deadline::in(kPatience)));
        const auto again = socket.hear(Deadline::in(kPatience));
        QVERIFY(again && *again);
        QCOMPARE(**again, QByteArray("again: long"));
        const auto nothing = socket.hear(Deadline::in(50ms));
        QVERIFY(nothing && !*nothing && !socket.isClosed());
        socket.close();
        QVERIFY(!socket.say("more", Deadline::in(kPatience)));
        opened->socket.reset();
    }
    QCOMPARE(seen.size(), 3u);
    QVERIFY(std::ranges::all_of(seen, &ClientFrame::isMasked));
    std::ranges::stable_sort(seen, {}, &ClientFrame::first);
    QCOMPARE(seen[0].payload.size(), 60'004);
    QCOMPARE(seen[1].first, 0x88);
    QCOMPARE(seen[1].payload, QByteArray("\x03\xe8"));
    QCOMPARE(seen[2].first, 0x8a);
    QCOMPARE(seen[2].payload, QByteArray("are you there"));
}

void TestWebSocket::hears_data()
{
    QTest::addColumn<Script>("script"); // after the handshake
    QTest::addColumn<QString>("expected");
    const auto says = [](const char *name, const QByteArray &bytes, const QString &expected) {
        QTest::newRow(name) << switching([bytes](Connection &connection, FramesOf &) {
            connection.write(bytes);
            connection.hang();
        }) << expected;
    };
    const auto row = [](const char *name, Script script, const QString &expected) {
        QTest::newRow(name) << std::move(script) << expected;
    };
    says("nothing", "", u""_s);
    says("two messages in one piece", serverText("a") + serverText("b"), u"a, b"_s);
    says("half a message", serverText("hello").chopped(1), u""_s);
    says("masked",
         serverText("a") + QByteArray("\x81\x82"
                                      "abcdhi"),
         u"a, broken, closed"_s);
    says("no UTF-8", serverText("\xff"), u"broken, closed"_s);
    says("a huge length", "\x81\x7f\x40" + QByteArray(7, '\0'), u"too large, closed"_s);
    says("a message that is too long", serverText(QByteArray(1001, 'a')), u"too large, closed"_s);
    says("says goodbye", serverText("a") + serverFrame(0x88, "\x03\xe8"), u"a, closed 1000"_s);
    says("throws out",
         serverFrame(0x88, "\x11\x33"
                           "Forbidden"),
         u"closed 4403"_s);
    says("goes on after its goodbye", serverFrame(0x88, "") + serverText("a"), u"closed 1005"_s);
    row("closes at once", switching([](Connection &, FramesOf &) {}), u"closed"_s);
    row("closes in the middle", switching([](Connection &connection, FramesOf &) {
            connection.write(serverText("a") + serverText("hello").chopped(2));
        }),
        u"a, closed"_s);
    row(
        "in the same piece as the handshake",
        [](Connection &connection) {
            connection.write(switchingTo(connection.readRequest()) + serverText("first"));
            connection.hang();
        },
        u"first"_s);
    row("frames without end", switching([](Connection &connection, FramesOf &) {
            while (connection.write(serverFrame(0x8a, "pong"))) {
            }
        }),
        u"too large, closed"_s);
    row("pings without end", switching([](Connection &connection, FramesOf &) {
            while (connection.write(serverFrame(0x89, "ping"))) {
            }
        }),
        u"too large, closed"_s);
    row("parts without end", switching([](Connection &connection, FramesOf &) {
            connection.write(serverFrame(0x01, "a"));
            while (connection.write(serverFrame(0x00, ""))) {
            }
        }),
        u"too large, closed"_s);
}

void TestWebSocket::hears()
{
    QFETCH(Script, script);
    QFETCH(QString, expected);
    const HostileServer server(script);
    auto opened = Client(server, {.message = 1000, .total = 5000, .frames = 50}).open();
    QVERIFY(opened && opened->socket);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(heardFrom(*opened->socket), expected);
    QVERIFY(timer.elapsed() < kLate);
    const auto after = opened->socket->hear(Deadline::in(20ms));
    QVERIFY(after && !*after);
}

void TestWebSocket::trustsNoBadCertificate_data()
{
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<bool>("needsTrust");
    QTest::addColumn<QString>("expected");
    QTest::newRow("good") << true << true << u"hi"_s;
    QTest::newRow("bad, with a secret") << false << true << u"broken"_s;
    QTest::newRow("bad, without one") << false << false << u"hi"_s;
}

void TestWebSocket::trustsNoBadCertificate()
{
    QFETCH(bool, isTrusted);
    QFETCH(bool, needsTrust);
    QFETCH(QString, expected);
    const Identity root = makeRoot(u"Known root"_s);
    const Identity leaf = makeSigned({.commonName = u"127.0.0.1"_s, .names = {u"127.0.0.1"_s}}, root);
    QByteArray seen;
    {
        const HostileServer server(
            [&seen](Connection &connection) {
                seen = connection.readRequest();
                connection.write(switchingTo(seen) + serverText("hi"));
                connection.hang();
            },
            TlsSetup{.chain = {leaf}});
        const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> roots(X509_STORE_new(), X509_STORE_free);
        X509_STORE_add_cert(roots.get(), (isTrusted ? root : makeRoot(u"other"_s)).certificate());
        Client client(server);
        client.request.trustedOnly = needsTrust;
        const auto opened = client.open(roots.get());
        QCOMPARE(opened ? heardFrom(*opened->socket) : wordOf(opened.error().kind), expected);
        if (opened)
            QCOMPARE(opened->answer.trust, isTrusted ? CertificateTrust::Trusted : CertificateTrust::Untrusted);
    }
    QCOMPARE(!seen.isEmpty(), expected == "hi"_L1); // nothing was sent else
}

void TestWebSocket::endsAtOnce_data()
{
    QTest::addColumn<bool>("isHandshake"); // else it hears
    QTest::addColumn<bool>("isSwitch");    // else Stop
    QTest::newRow("Stop in the handshake") << true << false;
    QTest::newRow("Stop while it hears") << false << false;
    QTest::newRow("kill switch in the handshake") << true << true;
    QTest::newRow("kill switch while it hears") << false << true;
}

void TestWebSocket::endsAtOnce()
{
    QFETCH(bool, isHandshake);
    QFETCH(bool, isSwitch);
    const HostileServer server([isHandshake](Connection &connection) {
        const QByteArray request = connection.readRequest();
        if (!isHandshake)
            connection.write(switchingTo(request));
        connection.hang();
    });
    Client client(server);
    std::atomic_bool isKilled = false;
    client.isOver = [&isKilled] { return isKilled.load(); };
    const auto end = [&] {
        std::this_thread::sleep_for(100ms);
        if (isSwitch)
            isKilled = true;
        else
            client.token.cancel();
    };
    QElapsedTimer timer;
    timer.start();
    if (isHandshake) {
        const std::jthread stopper(end);
        const auto opened = client.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Cancelled);
    } else {
        auto opened = client.open();
        QVERIFY(opened && opened->socket);
        const std::jthread stopper(end);
        const auto heard = opened->socket->hear(Deadline::in(30s));
        QVERIFY(!heard);
        QCOMPARE(heard.error().kind, ErrorKind::Cancelled);
    }
    QVERIFY2(timer.elapsed() < 380, qPrintable(QString::number(timer.elapsed())));
}

void TestWebSocket::needsAKey()
{
    const HostileServer server(answering(httpAnswer(200, {}, "")));
    Client client(server);
    client.request.headers = {{"Upgrade", "websocket"}};
    const auto opened = client.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::BadInput);
    QCOMPARE(server.connections(), 0);
}

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_websocket.moc"
