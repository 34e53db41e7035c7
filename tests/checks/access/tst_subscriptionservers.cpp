// What is said on WebSockets, and what follows from servers that are in trouble, repeat what was, or name records by
// their texts.
#include "tests/checks/access/deskscene.h"
#include "tests/checks/access/slugpages.h"
#include "tests/checks/access/subscriptionscene.h"

#include <QTest>

#include <mutex>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kPath = u"/ws/changes"_s;
const QByteArray kById = R"({"type":"subscribe","customer_id":1})";

// What servers hear, in the threads of their connections.
class Heard
{
public:
    void add(const QByteArray &text)
    {
        const std::lock_guard lock(m_mutex);
        m_all.push_back(text);
    }
    QByteArrayList all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_all;
    }

private:
    mutable std::mutex m_mutex;
    QByteArrayList m_all;
};

void hearAll(shop::SocketTalk &talk, const std::function<void(const QByteArray &)> &each)
{
    const Deadline end = Deadline::in(20s);
    while (talk.isOpen() && !end.hasPassed()) {
        if (const auto said = talk.hear(20ms))
            each(*said);
    }
}

QJsonObject rowOf(const Judged &judged, qsizetype at = 0)
{
    return judged.observed["subscriptions"_L1][at].toObject();
}

int messagesIn(const AttackRun &run)
{
    int messages = 0;
    for (const LoggedRequest &line : run.gate->log())
        messages += line.method == "MESSAGE"_L1 ? 1 : 0;
    return messages;
}

} // namespace

class TestSubscriptionServers : public QObject
{
    Q_OBJECT

private slots:
    void saysOnlyWhatSubscribes_data();
    void saysOnlyWhatSubscribes();
    void leavesOutWhatMayChange();
    void takesNoTroubleForARefusal_data();
    void takesNoTroubleForARefusal();
    void tellsNewsFromWhatWas();
    void changesNoRecordNamedByItsText();
    void blamesNoCookieForTrouble_data();
    void blamesNoCookieForTrouble();
};

void TestSubscriptionServers::saysOnlyWhatSubscribes_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("a removal") << QByteArray(R"({"action":"delete","customer_id":1})");
    QTest::newRow("of Socket.IO") << QByteArray(R"(42["deleteCustomer",{"customerId":1}])");
    QTest::newRow("of Action Cable") << QByteArray(
        R"({"command":"message","identifier":"{\"customer_id\":1}","data":"{\"action\":\"destroy\"}"})");
    QTest::newRow("words to others") << QByteArray(R"({"type":"message","customer_id":1,"text":"hello"})");
    QTest::newRow("a mutation") << QByteArray(
        R"({"id":"1","type":"subscribe","payload":{"query":"mutation($c: ID!){deleteCustomer(id:$c){ok}}","variables":{"customerId":"1"}}})");
}

// Whatever else a page was heard to say could change the records of somebody.
void TestSubscriptionServers::saysOnlyWhatSubscribes()
{
    QFETCH(QByteArray, message);
    Heard heard;
    BentShop shop([&heard](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (request.path() != kPath.toLatin1())
            return std::nullopt;
        return shop::talkReply(request, [&heard](shop::SocketTalk &talk) {
            hearAll(talk, [&](const QByteArray &said) { heard.add(said); });
        });
    });
    QVERIFY(shop.isReady());
    ShopScene scene(shop);
    scene.keepCustomers();
    addSocket(scene, kPath, message);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(heard.all().isEmpty(), heard.all().join('\n').constData());
    QCOMPARE(messagesIn(run), 0);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains(kPath), qPrintable(told(judged)));
}

// The subscription beside them is tried.
void TestSubscriptionServers::leavesOutWhatMayChange()
{
    ShopLab lab;
    lab.setFaults({});
    ShopScene scene(lab);
    scene.keepCustomers();
    addSocket(scene, kPath, kById + '\n' + R"({"type":"delete","customer_id":1})");
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QVERIFY(rowOf(judged)["owner_was_told"_L1].toBool());
    QCOMPARE(rowOf(judged)["outsider"_L1].toString(), u"refused"_s);
    QCOMPARE(rowOf(judged)["left_out"_L1].toInt(), 1);
    QCOMPARE(messagesIn(run), 2); // of the owner and of the outsider; nobody is not let in
}

void TestSubscriptionServers::takesNoTroubleForARefusal_data()
{
    QTest::addColumn<int>("status");       // of the handshake; 101: what comes then
    QTest::addColumn<QByteArray>("frame"); // of the end
    QTest::addColumn<QString>("word");
    const QByteArray none;
    QTest::newRow("503") << 503 << none << u"unclear"_s;
    QTest::newRow("502") << 502 << none << u"unclear"_s;
    QTest::newRow("403") << 403 << none << u"refused"_s;
    QTest::newRow("internal error, 1011") << 101 << QByteArray("\x88\x02\x03\xf3") << u"unclear"_s;
    QTest::newRow("try again, 1013") << 101 << QByteArray("\x88\x02\x03\xf5") << u"unclear"_s;
    QTest::newRow("policy, 1008") << 101 << QByteArray("\x88\x02\x03\xf0") << u"refused"_s;
    QTest::newRow("cut off") << 101 << none << u"unclear"_s;
}

// The owner is served; the other customer meets a server in trouble.
void TestSubscriptionServers::takesNoTroubleForARefusal()
{
    QFETCH(int, status);
    QFETCH(QByteArray, frame);
    QFETCH(QString, word);
    BentShop shop([&](const PageRequest &request, BentShop &self) -> std::optional<PageReply> {
        if (request.path() != kPath.toLatin1() || !self.isOf(request, kCedar))
            return std::nullopt;
        if (status != 101)
            return json(status, R"({"error":"x"})");
        PageReply reply = shop::talkReply(request, [](shop::SocketTalk &) {});
        reply.talk = [frame](Talk &talk) {
            const Deadline end = Deadline::in(5s);
            while (talk.isOpen() && !end.hasPassed()) {
                if (!talk.hear(20ms).isEmpty())
                    break;
            }
            if (!frame.isEmpty())
                talk.say(frame);
        };
        return reply;
    });
    QVERIFY(shop.isReady());
    ShopScene scene(shop);
    scene.keepCustomers();
    addSocket(scene, kPath, kById);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    const bool isRefused = word == "refused"_L1;
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == (isRefused ? Outcome::Pass : Outcome::Info), qPrintable(told(judged)));
    QVERIFY2(isRefused || judged.reason.contains(kPath), qPrintable(told(judged)));
    QCOMPARE(rowOf(judged)["outsider"_L1].toString(), word);
    QVERIFY2(rowOf(judged)["owner_was_told"_L1].toBool(), qPrintable(told(judged)));
}

// Two that show the record when they agree, and tell nobody of its changes. What the first one's test has changed is no
// news at the second, and it is changed back.
void TestSubscriptionServers::tellsNewsFromWhatWas()
{
    Heard shown;
    BentShop shop([&shown](const PageRequest &request, BentShop &self) -> std::optional<PageReply> {
        if (!request.path().startsWith("/ws/"))
            return std::nullopt;
        const QByteArray caller = request.header("authorization");
        return shop::talkReply(request, [&, caller](shop::SocketTalk &talk) {
            hearAll(talk, [&](const QByteArray &said) {
                const int id = QJsonDocument::fromJson(said)["customer_id"_L1].toInt();
                const QByteArray record = recordFor(self, QByteArray::number(id), {caller});
                if (!record.isEmpty())
                    shown.add(record);
                talk.say(record.isEmpty() ? QByteArray(R"({"type":"error"})") : R"({"type":"subscribed"})");
                if (!record.isEmpty())
                    talk.say(R"({"type":"snapshot","record":)" + record + '}');
            });
        });
    });
    QVERIFY(shop.isReady());
    ShopScene scene(shop);
    scene.keepCustomers();
    addSocket(scene, u"/ws/first"_s, kById);
    addSocket(scene, u"/ws/second"_s, kById);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    for (const qsizetype at : {0, 1}) {
        QVERIFY2(rowOf(judged, at)["changed"_L1].toBool(), qPrintable(told(judged)));
        QVERIFY2(!rowOf(judged, at)["owner_was_told"_L1].toBool(), qPrintable(told(judged)));
    }
    const QByteArrayList records = shown.all();
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.front(), records.back());
    QVERIFY(!leavesRecords(shop.shop()));
}

// Its new text would be its new name, by which neither the tests that follow nor the clearing up find it.
void TestSubscriptionServers::changesNoRecordNamedByItsText()
{
    Pages pages;
    BentShop shop([&pages](const PageRequest &request, BentShop &self) -> std::optional<PageReply> {
        const bool isOwner = self.isOf(request, kBirch);
        if (request.path() != kPath.toLatin1())
            return pages.answer(request, isOwner);
        return shop::talkReply(request, [isOwner](shop::SocketTalk &talk) {
            hearAll(talk, [&](const QByteArray &) {
                talk.say(isOwner ? R"({"type":"subscribed"})" : R"({"type":"error"})");
            });
        });
    });
    QVERIFY(shop.isReady());
    ShopScene scene(shop);
    scene.facts.routes.clear();
    scene.facts.samples = {{u"POST"_s, u"/api/pages"_s, scene.host, "application/json", R"({"title":"Paper"})", {}}};
    for (const char *line : {"POST /api/pages", "GET /api/pages", "GET /api/pages/{slug}", "PATCH /api/pages/{slug}",
                             "DELETE /api/pages/{slug}"}) {
        Route route;
        route.method = QString::fromLatin1(line).section(u' ', 0, 0);
        route.path = QString::fromLatin1(line).section(u' ', 1);
        route.host = scene.host;
        route.safeToWrite = route.method != "GET"_L1;
        scene.facts.routes.push_back(route);
    }
    addSocket(scene, kPath, R"({"type":"subscribe","channel":"pages"})");
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.findings.empty() && judged.outcome != Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(pages.changes, 0);
    QVERIFY2(!rowOf(judged)["changed"_L1].toBool(), qPrintable(told(judged)));
    QVERIFY2(pages.isEmpty(), qPrintable(told(judged)));
}

void TestSubscriptionServers::blamesNoCookieForTrouble_data()
{
    QTest::addColumn<int>("status"); // for the session without the other cookie
    QTest::addColumn<QString>("cookie");
    QTest::addColumn<QString>("expected");
    QTest::newRow("needs the other cookie, too") << 403 << u"kept"_s << u"foreign_origin_socket:low"_s;
    QTest::newRow("in trouble") << 503 << u"unknown"_s << u"foreign_origin_socket:medium"_s;
}

// A desk of any Origin whose session goes everywhere, beside a cookie that stays at home: which of them it needs only
// an answer tells.
void TestSubscriptionServers::blamesNoCookieForTrouble()
{
    QFETCH(int, status);
    QFETCH(QString, cookie);
    DeskLab lab;
    lab.setFaults({DeskFault::SocketAnyOrigin});
    const QByteArray ownOrigin = "https://" + lab.desk().host();
    PageLab server(
        [&](const PageRequest &request) {
            const bool isForeign = request.path() == "/ws" && request.header("origin") != ownOrigin;
            const QByteArray sent = request.header("cookie");
            if (isForeign && !sent.isEmpty() && !sent.contains("home="))
                return json(status, R"({"error":"x"})");
            PageReply reply = lab.desk().answer(request);
            bool setsCookie = false;
            for (auto &[name, value] : reply.headers) {
                if (name.toLower() == "set-cookie") {
                    value.replace("SameSite=Lax", "SameSite=None");
                    setsCookie = true;
                }
            }
            if (setsCookie)
                reply.add("Set-Cookie", "home=1; Path=/; Secure; SameSite=Lax");
            return reply;
        },
        {lab.desk().host()});
    const QString host = QString::fromLatin1(lab.desk().host());
    ProjectFacts facts = factsOf(lab);
    Route socket;
    socket.path = u"/ws"_s;
    socket.host = host;
    facts.routes.push_back(socket);
    AttackRun run(server.netOptions(), {host}, secretsOf(lab.desk()));
    const Judged judged = run.run(tenantIsolationCheck(), targetOf({host}), facts);
    const QString seen =
        QString::fromUtf8(QJsonDocument(judged.observed["sockets"_L1].toArray()).toJson(QJsonDocument::Compact));
    QVERIFY2(judged.observed["sockets"_L1][0]["cookie"_L1] == cookie, qPrintable(seen));
    QTEST(said(judged), "expected");
}

QTEST_GUILESS_MAIN(TestSubscriptionServers)
#include "tst_subscriptionservers.moc"
