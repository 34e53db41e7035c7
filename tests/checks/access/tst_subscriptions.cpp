// Subscriptions on WebSockets by the whole check: the shop's own, products that speak other protocols, and servers that
// mean no good.
#include "tests/checks/access/subscriptionscene.h"
#include "tests/checks/stoppedlook.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

enum class Speaks { Cable, Phoenix, GraphQl, SocketIo };

QByteArray agreement(Speaks speaks)
{
    switch (speaks) {
    case Speaks::Cable:
        return R"({"identifier":"x","type":"confirm_subscription"})";
    case Speaks::Phoenix:
        return R"(["1","1","customer:x","phx_reply",{"response":{},"status":"ok"}])";
    case Speaks::GraphQl: // nothing says so
    case Speaks::SocketIo:
        return {};
    }
    Q_UNREACHABLE();
}

QByteArray refusal(Speaks speaks)
{
    switch (speaks) {
    case Speaks::Cable:
        return R"({"identifier":"x","type":"reject_subscription"})";
    case Speaks::Phoenix:
        return R"(["1","1","customer:x","phx_reply",{"response":{"reason":"unauthorized"},"status":"error"}])";
    case Speaks::GraphQl:
        return R"({"id":"1","type":"error","payload":[{"message":"not found"}]})";
    case Speaks::SocketIo:
        return R"(42["error",{"message":"not found"}])";
    }
    Q_UNREACHABLE();
}

QByteArray news(Speaks speaks, const QByteArray &record)
{
    switch (speaks) {
    case Speaks::Cable:
        return R"({"identifier":"x","message":)" + record + '}';
    case Speaks::Phoenix:
        return R"(["1",null,"customer:x","changed",)" + record + ']';
    case Speaks::GraphQl:
        return R"({"id":"1","type":"next","payload":{"data":{"customerChanged":)" + record + "}}}";
    case Speaks::SocketIo:
        return R"(42["customer:changed",)" + record + ']';
    }
    Q_UNREACHABLE();
}

// What comes before a subscription: empty where the message is one.
QByteArray greeting(Speaks speaks, const QByteArray &message)
{
    if (speaks == Speaks::GraphQl && message.contains("connection_init"))
        return R"({"type":"connection_ack"})";
    if (speaks == Speaks::SocketIo && message.startsWith("40"))
        return R"(40{"sid":"y"})";
    return {};
}

// Customers, watched by their ids.
void serveRooms(shop::SocketTalk &talk, Speaks speaks, const std::function<QByteArray(const QByteArray &id)> &recordOf)
{
    static const QRegularExpression customer(u"customer\\D{1,12}(\\d+)"_s, QRegularExpression::CaseInsensitiveOption);
    if (speaks == Speaks::SocketIo)
        talk.say(R"(0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000})");
    if (speaks == Speaks::Cable)
        talk.say(R"({"type":"welcome"})");
    QByteArray id;
    QByteArray last;
    bool isGreeted = speaks == Speaks::Cable || speaks == Speaks::Phoenix;
    const Deadline end = Deadline::in(20s);
    while (talk.isOpen() && !end.hasPassed()) {
        const QByteArray message = talk.hear(20ms).value_or(QByteArray());
        if (const QByteArray hello = greeting(speaks, message); !hello.isEmpty()) {
            isGreeted = true;
            talk.say(hello);
        } else if (!message.isEmpty()) {
            id = customer.match(QString::fromUtf8(message)).captured(1).toLatin1();
            last = isGreeted && !id.isEmpty() ? recordOf(id) : QByteArray();
            if (const QByteArray word = last.isEmpty() ? refusal(speaks) : agreement(speaks); !word.isEmpty())
                talk.say(word);
        }
        const QByteArray now = last.isEmpty() ? QByteArray() : recordOf(id);
        if (now != last && !now.isEmpty())
            talk.say(news(speaks, now));
        last = now;
    }
}

// The shop with such rooms beside its API, for whoever is signed in.
BentShop::Manner roomsAt(const QByteArray &path, Speaks speaks, bool leaks)
{
    return [=](const PageRequest &request, BentShop &shop) -> std::optional<PageReply> {
        if (request.path() != path || request.method != "GET")
            return std::nullopt;
        const QByteArray caller = request.header("authorization");
        if (caller.isEmpty())
            return json(401, R"({"error":"sign_in"})");
        return shop::talkReply(request, [=, &shop](shop::SocketTalk &talk) {
            const QByteArrayList callers = callersFor(shop, caller, leaks);
            serveRooms(talk, speaks, [&](const QByteArray &id) { return recordFor(shop, id, callers); });
        });
    };
}

} // namespace

Q_DECLARE_METATYPE(Speaks)
using RawTalk = std::function<void(Talk &)>;
Q_DECLARE_METATYPE(RawTalk)

class TestSubscriptions : public QObject
{
    Q_OBJECT

private slots:
    void looksAtTheShop_data();
    void looksAtTheShop();
    void speaksOtherProtocols_data();
    void speaksOtherProtocols();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void stopsAndCleansUp();
};

void TestSubscriptions::looksAtTheShop_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words"); // of the owner and the outsider
    const QByteArray byId = R"({"type":"subscribe","customer_id":1})";
    QTest::newRow("clean") << false << byId << QString() << u"agreed refused"_s;
    QTest::newRow("tells whoever subscribes") << true << byId << u"cross_subscription"_s << u"agreed agreed"_s;
    QTest::newRow("what it does not understand")
        << true << QByteArray(R"({"type":"listen","customer_id":1})") << u"-"_s << u"silence silence"_s;
}

void TestSubscriptions::looksAtTheShop()
{
    QFETCH(bool, isFaulty);
    QFETCH(QByteArray, messages);
    QFETCH(QString, code);
    QFETCH(QString, words);
    ShopLab lab;
    lab.setFaults(isFaulty ? FaultSet<ShopFault>{ShopFault::CrossSubscribe} : FaultSet<ShopFault>());
    ShopScene scene(lab);
    scene.keepCustomers();
    addSocket(scene, u"/ws/changes"_s, messages);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    if (code == "-"_L1) {
        QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(told(judged)));
        QVERIFY2(judged.reason.contains("/ws/changes"_L1), qPrintable(told(judged)));
    } else {
        QVERIFY2(said(judged).section(u':', 0, 0) == (code.isEmpty() ? u"pass"_s : code), qPrintable(told(judged)));
    }
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, Proof::Proven);
        QCOMPARE(finding.severity, Severity::Critical);
        const QString body = finding.evidence.front().body;
        QVERIFY2(body.contains("LC-CANARY-"_L1) && body.contains("subscribe"_L1), qPrintable(body));
        for (const Secret &secret : run.gate->knownSecrets())
            QVERIFY(!body.contains(QString::fromUtf8(secret.reveal())));
    }
    const QJsonObject row = judged.observed["subscriptions"_L1][0].toObject();
    QCOMPARE(row["owner"_L1].toString() + u' ' + row["outsider"_L1].toString(), words);
    QVERIFY(row["changed"_L1].toBool() || code == "-"_L1);
    QCOMPARE(row["owner_was_told"_L1].toBool(), code != "-"_L1);
    QVERIFY(!leavesRecords(lab.shop()));
    // The owner and the outsider open and say one thing each; nobody is not let in.
    int opened = 0;
    int messagesSent = 0;
    for (const LoggedRequest &line : run.gate->log()) {
        opened += line.route == "/ws/changes"_L1 && line.method == "GET"_L1 ? 1 : 0;
        messagesSent += line.method == "MESSAGE"_L1 ? 1 : 0;
    }
    QVERIFY2(messagesSent == 2, qPrintable(QString::number(messagesSent)));
    QVERIFY2(opened == 4 + 3, qPrintable(QString::number(opened))); // the handshakes alone were tried as well
}

void TestSubscriptions::speaksOtherProtocols_data()
{
    QTest::addColumn<Speaks>("speaks");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("messages"); // none: what is known of the protocol is enough
    QTest::addColumn<bool>("leaks");
    const auto rows = [](const char *name, Speaks speaks, const QString &path, const QByteArray &messages) {
        QTest::addRow("%s, clean", name) << speaks << path << messages << false;
        QTest::addRow("%s, leaks", name) << speaks << path << messages << true;
    };
    rows("Action Cable", Speaks::Cable, u"/cable"_s,
         R"({"command":"subscribe","identifier":"{\"channel\":\"CustomerChannel\",\"customer_id\":1}"})");
    rows("Phoenix, recorded", Speaks::Phoenix, u"/live/websocket"_s, R"(["1","1","customer:1","phx_join",{}])");
    rows("Phoenix, by its address", Speaks::Phoenix, u"/socket/websocket"_s, {});
    rows(
        "GraphQL, recorded", Speaks::GraphQl, u"/graphql-ws"_s,
        "{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"<value>\"}}\n"
        R"({"id":"1","type":"subscribe","payload":{"query":"subscription($c: ID!){customerChanged(id:$c){name}}","variables":{"customerId":"1"}}})");
    rows(
        "GraphQL, recorded where the questions go", Speaks::GraphQl, u"/v1/graphql"_s,
        "{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"<value>\"}}\n"
        R"({"id":"1","type":"subscribe","payload":{"query":"subscription($c: ID!){customerChanged(id:$c){name}}","variables":{"customerId":"1"}}})");
    rows("GraphQL, by its question", Speaks::GraphQl, u"/graphql"_s, {});
    rows("Socket.IO", Speaks::SocketIo, u"/socket.io/"_s,
         "40{\"token\":\"<value>\"}\n42[\"watch\",{\"customerId\":1}]");
}

void TestSubscriptions::speaksOtherProtocols()
{
    QFETCH(Speaks, speaks);
    QFETCH(QString, path);
    QFETCH(QByteArray, messages);
    QFETCH(bool, leaks);
    BentShop shop(roomsAt(path.toLatin1(), speaks, leaks));
    QVERIFY(shop.isReady());
    ShopScene scene(shop);
    scene.keepCustomers();
    if (path == "/graphql"_L1) {
        scene.facts.samples.push_back(
            {u"POST"_s,
             path,
             scene.host,
             "application/json",
             R"({"query":"subscription($c: ID!){customerChanged(id:$c){name}}","variables":{"customerId":"1"}})",
             {}});
    } else {
        addSocket(scene, path, messages);
    }
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(said(judged) == (leaks ? u"cross_subscription:critical"_s : u"pass"_s), qPrintable(told(judged)));
    const QJsonObject row = judged.observed["subscriptions"_L1][0].toObject();
    QVERIFY2(row["owner_was_told"_L1].toBool(), qPrintable(told(judged)));
    QVERIFY(!leavesRecords(shop.shop()));
}

void TestSubscriptions::believesNoHostileServer_data()
{
    QTest::addColumn<RawTalk>("talk"); // after the handshake
    const auto row = [](const char *name, RawTalk talk) { QTest::newRow(name) << std::move(talk); };
    const auto text = [](const QByteArray &words) {
        return QByteArray("\x81") + static_cast<char>(words.size()) + words;
    };
    const auto wait = [](Talk &talk) {
        const Deadline end = Deadline::in(20s);
        while (talk.isOpen() && !end.hasPassed())
            std::ignore = talk.hear(50ms);
    };
    row("never answers", wait);
    row("closes at once", [](Talk &) {});
    row("a huge length", [=](Talk &talk) {
        talk.say("\x81\x7f\x40" + QByteArray(7, '\0'));
        wait(talk);
    });
    row("frames without end", [](Talk &talk) {
        while (talk.isOpen()) {
            talk.say(QByteArray("\x8a\x00", 2).repeated(100));
            std::ignore = talk.hear(0ms);
        }
    });
    row("messages without end", [=](Talk &talk) {
        while (talk.isOpen()) {
            talk.say(text(R"({"type":"news"})").repeated(20));
            std::ignore = talk.hear(5ms);
        }
    });
    row("agrees to everybody and tells nobody", [=](Talk &talk) {
        talk.say(text(R"({"type":"subscribed"})"));
        wait(talk);
    });
    row("refuses everybody", [=](Talk &talk) {
        talk.say(text(R"({"type":"error"})"));
        wait(talk);
    });
    row("throws everybody out", [](Talk &talk) { talk.say("\x88\x02\x11\x33"); });
    row("speaks no WebSocket", [=](Talk &talk) {
        talk.say("<html>hello</html>");
        wait(talk);
    });
    row("repeats what was said", [](Talk &line) {
        shop::SocketTalk talk(line);
        const Deadline end = Deadline::in(20s);
        while (talk.isOpen() && !end.hasPassed()) {
            if (const auto said = talk.hear(50ms))
                talk.say(*said);
        }
    });
}

// Neither a find nor a pass, in bounded time.
void TestSubscriptions::believesNoHostileServer()
{
    QFETCH(RawTalk, talk);
    BentShop shop([talk](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (request.path() != "/ws/changes")
            return std::nullopt;
        PageReply reply = shop::talkReply(request, [](shop::SocketTalk &) {});
        reply.talk = talk;
        return reply;
    });
    QVERIFY(shop.isReady());
    ShopScene scene(shop);
    scene.keepCustomers();
    addSocket(scene, u"/ws/changes"_s, R"({"type":"subscribe","customer_id":1})");
    AttackRun run = scene.newRun();
    QElapsedTimer timer;
    timer.start();
    const Judged judged = scene.judged(run);
    QVERIFY2(timer.elapsed() < 40'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains("/ws/changes"_L1), qPrintable(told(judged)));
    QVERIFY(!leavesRecords(shop.shop()));
}

void TestSubscriptions::stopsAndCleansUp()
{
    std::atomic_bool isOpen = false;
    BentShop shop([&isOpen](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (request.path() != "/ws/changes")
            return std::nullopt;
        return shop::talkReply(request, [&isOpen](shop::SocketTalk &talk) {
            const Deadline end = Deadline::in(20s);
            while (talk.isOpen() && !end.hasPassed())
                isOpen = talk.hear(20ms).has_value() || isOpen;
        });
    });
    ShopScene scene(shop);
    scene.keepCustomers();
    addSocket(scene, u"/ws/changes"_s, R"({"type":"subscribe","customer_id":1})");
    AttackRun run = scene.newRun();
    const StoppedLook stopped =
        stoppedLook([&] { return isOpen.load(); }, [&] { run.token.cancel(); }, [&] { return scene.judged(run); });
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY2(stopped.judged.outcome == Outcome::NotRun, qPrintable(told(stopped.judged)));
    QVERIFY(!leavesRecords(shop.shop()));
}

QTEST_GUILESS_MAIN(TestSubscriptions)
#include "tst_subscriptions.moc"
