#include "checks/actors/wiresocket.h"
#include "tests/checks/actors/actorlab.h"
#include "tests/lab/socketscripts.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"access.tenant-isolation"_s;

// Repeats every message.
Script echoing()
{
    return switching([](Connection &connection, FramesOf &frames) {
        while (const auto frame = frames.next()) {
            if (frame->first == 0x81)
                connection.write(serverText(frame->payload));
        }
    });
}

ActiveRequest opening(const HostileServer &server)
{
    ActiveRequest request = get(server.url(u"/ws?token=secret-value-of-anna"_s));
    request.headers = webSocketHeaders("https://a.example");
    request.routeName = u"/ws"_s;
    return request;
}

QString wordOf(const Result<void> &said)
{
    return said ? u"said"_s : said.error().kind == ErrorKind::NotPermitted ? u"not permitted"_s : u"failed"_s;
}

} // namespace

class TestWireSocket : public QObject
{
    Q_OBJECT

private slots:
    void countsAndLogsEachMessage();
    void saysNoMoreThanWasAnnounced();
    void opensNothingElse_data();
    void opensNothingElse();
    void tellsRefusals();
    void dressesAsTheAccount();
    void endsAtOnce_data();
    void endsAtOnce();
};

void TestWireSocket::countsAndLogsEachMessage()
{
    const HostileServer server(echoing());
    ActorRun run(10, {});
    {
        Wire wire(run.seen, kCheck, 5);
        auto opened = wire.open(opening(server));
        QVERIFY(opened && opened->socket);
        QCOMPARE(opened->answer.status, 101);
        QCOMPARE(wire.sent(), 1);
        for (const QByteArray text : {"one", "two of anna@acme.test"}) {
            QVERIFY(opened->socket->say(text));
            const auto heard = opened->socket->hear(Deadline::in(2s));
            QVERIFY(heard && *heard);
            QCOMPARE(**heard, text);
        }
        QCOMPARE(wire.sent(), 3);
        opened->socket.reset(); // the goodbye is not counted
        QCOMPARE(wire.sent(), 3);
    }
    QCOMPARE(run.gate->sentBy(kCheck), 3);
    QCOMPARE(run.gate->left(), 7);
    QStringList lines;
    for (const LoggedRequest &line : run.gate->log()) {
        lines.append(u"%1 %2 %3"_s.arg(line.method, line.route).arg(line.status));
        QVERIFY(!line.note.contains("anna"_L1) && !line.route.contains("secret"_L1));
    }
    QCOMPARE(lines.join(u", "_s), u"GET /ws 101, MESSAGE /ws 101, MESSAGE /ws 101"_s);
}

void TestWireSocket::saysNoMoreThanWasAnnounced()
{
    int heard = 0;
    {
        const HostileServer server(switching([&heard](Connection &, FramesOf &frames) {
            while (const auto frame = frames.next())
                heard += frame->first == 0x81 ? 1 : 0;
        }));
        ActorRun run(10, {});
        Wire wire(run.seen, kCheck, 2);
        auto opened = wire.open(opening(server));
        QVERIFY(opened && opened->socket);
        QCOMPARE(wordOf(opened->socket->say("one")), u"said"_s);
        QCOMPARE(wordOf(opened->socket->say("two")), u"not permitted"_s);
        QCOMPARE(run.gate->sent(), 2);
    }
    QCOMPARE(heard, 1);
}

void TestWireSocket::opensNothingElse_data()
{
    QTest::addColumn<QString>("bend");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("a host that nobody agreed to") << u"host"_s << ErrorKind::NotPermitted;
    QTest::newRow("in the name of another host") << u"named"_s << ErrorKind::NotPermitted;
    QTest::newRow("POST") << u"post"_s << ErrorKind::BadInput;
    QTest::newRow("a body") << u"body"_s << ErrorKind::BadInput;
    QTest::newRow("undoing") << u"undo"_s << ErrorKind::BadInput;
    QTest::newRow("no handshake") << u"plain"_s << ErrorKind::BadInput;
    QTest::newRow("another line in a header") << u"line"_s << ErrorKind::BadInput;
}

void TestWireSocket::opensNothingElse()
{
    QFETCH(QString, bend);
    QFETCH(ErrorKind, kind);
    const HostileServer server(echoing());
    ActiveRequest request = opening(server);
    if (bend == "host"_L1)
        request.url.setHost(u"elsewhere.example"_s);
    if (bend == "named"_L1)
        request.headers.push_back({"Host", "elsewhere.example"});
    if (bend == "post"_L1)
        request.method = "POST";
    if (bend == "body"_L1)
        request.body = "x";
    if (bend == "undo"_L1)
        request.errand = ActiveErrand::Undo;
    if (bend == "plain"_L1)
        request.headers.clear();
    if (bend == "line"_L1)
        request.headers.push_back({"X-A", "b\r\nX-C: d"});
    ActorRun run(10, {});
    Wire wire(run.seen, kCheck, 3);
    const auto opened = wire.open(request);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, kind);
    QCOMPARE(server.connections(), 0);
    QCOMPARE(run.gate->sent(), 0);
}

void TestWireSocket::tellsRefusals()
{
    const HostileServer server(answering(httpAnswer(403, {"X-Why: no"}, "no")));
    ActorRun run(10, {});
    Wire wire(run.seen, kCheck, 3);
    const auto opened = wire.open(opening(server));
    QVERIFY(opened && !opened->socket);
    QCOMPARE(opened->answer.status, 403);
    QCOMPARE(opened->answer.header("x-why").value_or(QByteArray()), QByteArray("no"));
    QCOMPARE(run.gate->log().front().status, 403);
}

// The account's cookie goes along, and one that is set in the opening is kept.
void TestWireSocket::dressesAsTheAccount()
{
    QByteArray seen;
    {
        const HostileServer server([&seen](Connection &connection) {
            seen = connection.readRequest();
            QByteArray answer = switchingTo(seen);
            answer.insert(answer.size() - 2, "Set-Cookie: room=seven; Path=/\r\n");
            connection.write(answer);
            connection.hang();
        });
        ActorRun run(10, "sid=abcdefghijkl");
        Wire wire(run.seen, kCheck, 3);
        TestActor actor = anna(SignInKind::Cookie);
        actor.signIn.url = server.url(u"/"_s).toString();
        ActorSession session(actor, wire);
        const auto opened = session.open(opening(server));
        QVERIFY2(opened && opened->socket, opened ? "refused" : qPrintable(opened.error().message));
        QVERIFY(session.session().jar.valueOf(u"room"_s));
        QCOMPARE(run.gate->log().front().actor, u"Anna"_s);
    }
    QVERIFY2(seen.contains("\r\nCookie: sid=abcdefghijkl\r\n"), seen.constData());
}

void TestWireSocket::endsAtOnce_data()
{
    QTest::addColumn<bool>("isSwitch");
    QTest::newRow("Stop") << false;
    QTest::newRow("kill switch") << true;
}

void TestWireSocket::endsAtOnce()
{
    QFETCH(bool, isSwitch);
    const HostileServer server(switching([](Connection &connection, FramesOf &) { connection.hang(); }));
    ActorRun run(10, {});
    Wire wire(run.seen, kCheck, 5);
    auto opened = wire.open(opening(server));
    QVERIFY(opened && opened->socket);
    QElapsedTimer timer;
    timer.start();
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(100ms);
        if (isSwitch)
            *run.killed = true;
        else
            run.token.cancel();
    });
    const auto heard = opened->socket->hear(Deadline::in(30s));
    QVERIFY(!heard);
    QCOMPARE(heard.error().kind, ErrorKind::Cancelled);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!opened->socket->say("more"));
    QCOMPARE(run.gate->sent(), 1);
}

QTEST_GUILESS_MAIN(TestWireSocket)
#include "tst_wiresocket.moc"
