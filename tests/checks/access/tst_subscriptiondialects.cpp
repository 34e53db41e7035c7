// Subscriptions by the whole check at products that speak SignalR, STOMP and WAMP: sound, leaking, and in trouble.
#include "models/access/stompframe.h"
#include "tests/checks/access/subscriptionscene.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

enum class Speaks { SignalR, Stomp, Wamp };
enum class Manner { Sound, Leaks, InTrouble };

// What a server of that kind says.
struct Words
{
    QByteArray greeting; // to the first message
    QByteArray agreement;
    QByteArray refusal;
    QByteArray trouble;
    QByteArray beforeNews; // around the record
    QByteArray afterNews;
};

QByteArray frame(const QByteArray &text)
{
    return text + '\0';
}

Words wordsOf(Speaks speaks)
{
    switch (speaks) {
    case Speaks::SignalR:
        return {.greeting = "{}\x1e",
                .agreement = "{\"type\":3,\"invocationId\":\"0\",\"result\":null}\x1e",
                .refusal = "{\"type\":3,\"invocationId\":\"0\",\"error\":\"Not yours\"}\x1e",
                .trouble = "{\"type\":7,\"error\":\"Connection closed with an error.\"}\x1e",
                .beforeNews = "{\"type\":6}\x1e{\"type\":1,\"target\":\"customerChanged\",\"arguments\":[",
                .afterNews = "]}\x1e"};
    case Speaks::Stomp:
        return {.greeting = frame("CONNECTED\nversion:1.2\n\n"),
                .agreement = frame("RECEIPT\nreceipt-id:lc-sub-0\n\n"),
                .refusal = frame("ERROR\nmessage:Access refused\n\n"),
                .trouble = frame("ERROR\nmessage:Broker not available.\n\n"),
                .beforeNews = "MESSAGE\nsubscription:sub-0\nmessage-id:1\n\n",
                .afterNews = frame({})};
    case Speaks::Wamp:
        return {.greeting = R"([2,9129137332,{"roles":{"broker":{}}}])",
                .agreement = "[33,1,5512315355]",
                .refusal = R"([8,32,1,{},"wamp.error.not_authorized"])",
                .trouble = R"([6,{},"wamp.close.system_shutdown"])",
                .beforeNews = "[36,5512315355,4429313566,{},[",
                .afterNews = "]]"};
    }
    Q_UNREACHABLE();
}

// Strict, as real servers are: whatever is not framed as it must be is nothing.
bool isWellFramed(Speaks speaks, const QByteArray &message)
{
    switch (speaks) {
    case Speaks::SignalR:
        return message.endsWith('\x1e') && message.count('\x1e') == 1;
    case Speaks::Stomp:
        return stompFramesIn(message).has_value();
    case Speaks::Wamp:
        return message.startsWith('[');
    }
    Q_UNREACHABLE();
}

void serve(shop::SocketTalk &talk, Speaks speaks, bool isInTrouble,
           const std::function<QByteArray(const QByteArray &id)> &recordOf)
{
    static const QRegularExpression customer(u"customer\\D{1,12}(\\d+)"_s, QRegularExpression::CaseInsensitiveOption);
    const Words words = wordsOf(speaks);
    bool isGreeted = false;
    QByteArray id;
    QByteArray last;
    const Deadline end = Deadline::in(20s);
    while (talk.isOpen() && !end.hasPassed()) {
        const QByteArray message = talk.hear(20ms).value_or(QByteArray());
        if (!message.isEmpty() && !isWellFramed(speaks, message))
            return;
        if (!message.isEmpty() && !isGreeted) {
            isGreeted = true;
            talk.say(words.greeting);
        } else if (!message.isEmpty()) {
            id = customer.match(QString::fromUtf8(message)).captured(1).toLatin1();
            last = isInTrouble || id.isEmpty() ? QByteArray() : recordOf(id);
            talk.say(isInTrouble ? words.trouble : last.isEmpty() ? words.refusal : words.agreement);
            if (isInTrouble)
                return;
        }
        const QByteArray now = last.isEmpty() ? QByteArray() : recordOf(id);
        if (now != last && !now.isEmpty())
            talk.say(words.beforeNews + now + words.afterNews);
        last = now;
    }
}

BentShop::Manner roomsAt(const QByteArray &path, Speaks speaks, Manner manner)
{
    return [=](const PageRequest &request, BentShop &shop) -> std::optional<PageReply> {
        if (request.path() != path || request.method != "GET")
            return std::nullopt;
        const QByteArray caller = request.header("authorization");
        if (caller.isEmpty())
            return json(401, R"({"error":"sign_in"})");
        const bool isInTrouble = manner == Manner::InTrouble && shop.isOf(request, kCedar);
        return shop::talkReply(request, [=, &shop](shop::SocketTalk &talk) {
            const QByteArrayList callers = callersFor(shop, caller, manner == Manner::Leaks);
            serve(talk, speaks, isInTrouble, [&](const QByteArray &id) { return recordFor(shop, id, callers); });
        });
    };
}

QByteArray recordedOf(Speaks speaks)
{
    switch (speaks) {
    case Speaks::SignalR:
        return "{\"protocol\":\"json\",\"version\":1}\n"
               R"({"arguments":["customer:1"],"invocationId":"0","target":"WatchCustomer","type":1})";
    case Speaks::Stomp:
        return R"({"stomp":"CONNECT","headers":{"accept-version":"1.2","heart-beat":"10000,10000"}})"
               "\n"
               R"({"stomp":"SUBSCRIBE","headers":{"destination":"/topic/customer.1","id":"sub-0"}})";
    case Speaks::Wamp:
        return "[1,\"realm1\",{\"roles\":{\"subscriber\":{}}}]\n"
               R"([32,1,{},"com.example.customer.1"])";
    }
    Q_UNREACHABLE();
}

} // namespace

Q_DECLARE_METATYPE(Speaks)
Q_DECLARE_METATYPE(Manner)

class TestSubscriptionDialects : public QObject
{
    Q_OBJECT

private slots:
    void looksAtServers_data();
    void looksAtServers();
};

void TestSubscriptionDialects::looksAtServers_data()
{
    QTest::addColumn<Speaks>("speaks");
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QString>("expected"); // the finding, and the words of the owner and the outsider
    const auto rows = [](const char *name, Speaks speaks, const QString &dialect) {
        QTest::addRow("%s, sound", name) << speaks << Manner::Sound << dialect << u"pass agreed refused"_s;
        QTest::addRow("%s, leaks", name) << speaks << Manner::Leaks << dialect
                                         << u"cross_subscription:critical agreed agreed"_s;
        QTest::addRow("%s, in trouble", name) << speaks << Manner::InTrouble << dialect << u"info agreed unclear"_s;
    };
    rows("SignalR", Speaks::SignalR, u"signalr"_s);
    rows("STOMP", Speaks::Stomp, u"stomp"_s);
    rows("WAMP", Speaks::Wamp, u"wamp"_s);
}

// The second customer alone meets a server in trouble: that is no refusal.
void TestSubscriptionDialects::looksAtServers()
{
    QFETCH(Speaks, speaks);
    QFETCH(Manner, manner);
    QFETCH(QString, dialect);
    BentShop shop(roomsAt("/live/feed", speaks, manner));
    QVERIFY(shop.isReady());
    ShopScene scene(shop);
    scene.keepCustomers();
    addSocket(scene, u"/live/feed"_s, recordedOf(speaks));
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    const QJsonObject row = judged.observed["subscriptions"_L1][0].toObject();
    const QString found = judged.findings.empty() && judged.outcome == Outcome::Info ? u"info"_s : said(judged);
    const QString seen = found + u' ' + row["owner"_L1].toString() + u' ' + row["outsider"_L1].toString();
    QFETCH(QString, expected);
    QVERIFY2(seen == expected, qPrintable(seen + u" | "_s + told(judged)));
    QCOMPARE(row["dialect"_L1].toString(), dialect);
    QVERIFY2(row["owner_was_told"_L1].toBool(), qPrintable(told(judged)));
    QVERIFY(!leavesRecords(shop.shop()));
    for (const Finding &finding : judged.findings) {
        const QString body = finding.evidence.front().body;
        QVERIFY2(!body.contains(QChar(0)) && !body.contains(QChar(0x1e)), qPrintable(body));
    }
}

QTEST_GUILESS_MAIN(TestSubscriptionDialects)
#include "tst_subscriptiondialects.moc"
