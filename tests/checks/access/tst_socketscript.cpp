#include "checks/access/socketroutes.h"
#include "checks/access/socketscript.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

RouteSample recorded(const QByteArray &lines)
{
    return {u"GET"_s, u"/ws"_s, {}, kSocketMessages, lines, {}};
}

QString wordOf(NotSaid value)
{
    switch (value) {
    case NotSaid::Nothing:
        return u"nothing"_s;
    case NotSaid::MayChange:
        return u"may change"_s;
    case NotSaid::Signed:
        return u"signed"_s;
    case NotSaid::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

// As it stands where nothing of it is a subscription.
SocketScript scriptOf(const QByteArray &lines)
{
    SocketScript plain;
    for (const QByteArray &line : lines.split('\n'))
        plain.messages.push_back(line);
    return recordedScript(recorded(lines)).value_or(plain);
}

Route routeOf(const QString &line)
{
    Route route;
    route.method = line.section(u' ', 0, 0);
    route.path = line.section(u' ', 1);
    route.access = AccessClass::SignedIn;
    return route;
}

} // namespace

class TestSocketScript : public QObject
{
    Q_OBJECT

private slots:
    void readsScripts_data();
    void readsScripts();
    void putsIds_data();
    void putsIds();
    void putsTokens_data();
    void putsTokens();
    void makesScripts();
    void tellsWords_data();
    void tellsWords();
    void sortsRoutes_data();
    void sortsRoutes();
    void keepsSubscriptionsApart();
};

void TestSocketScript::readsScripts_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("expected"); // dialect, subprotocols, number of messages, resources, + left out
    const auto row = [](const char *name, const QByteArray &lines, const QString &expected) {
        QTest::newRow(name) << lines << expected;
    };
    row("own", R"({"type":"subscribe","invoiceId":17})", u"plain  1 invoice"_s);
    row("without an id", R"({"type":"subscribe","channel":"invoices"})", u"plain  1 "_s);
    row("a bare id", R"({"type":"subscribe","channel":"invoices","id":17})", u"plain  1 -"_s);
    row("the message's own id", R"({"id":1,"type":"subscribe","invoice_id":17})", u"plain  1 invoice"_s);
    row("JSON-RPC", R"({"jsonrpc":"2.0","id":1,"method":"subscribe","params":{"order_id":3}})", u"plain  1 order"_s);
    row("a topic", R"({"action":"join","topic":"invoice:17"})", u"plain  1 invoice"_s);
    row("a topic with two ids", R"({"channel":"tenant.3.invoice.17"})", u"plain  1 tenant,invoice"_s);
    row("a topic with a dash", R"({"event":"pusher:subscribe","data":{"channel":"invoice-17"}})",
        u"plain  1 invoice"_s);
    row("a topic of words", R"({"channel":"public-news"})", u"plain  1 "_s);
    row("a private channel of Pusher",
        R"({"event":"pusher:subscribe","data":{"auth":"<value>","channel":"private-invoice-17"}})", u"signed"_s);
    row("an address is no topic", R"({"type":"subscribe","url":"https://a.example:8080/x"})", u"plain  1 "_s);
    row("an event's id", R"({"type":"subscribe","event_id":"17"})", u"plain  1 "_s);
    row("signs of life are left out", "{\"type\":\"ping\"}\n{\"type\":\"subscribe\",\"note_id\":\"5\"}",
        u"plain  1 note"_s);
    row("nothing but signs of life", "{\"type\":\"ping\"}", u"nothing"_s);
    row("a password that is not known", R"({"type":"login","password":"<value>"})", u"unknown"_s);
    row("nothing but a greeting", R"({"type":"hello"})", u"nothing"_s);
    row("a removal", R"({"action":"delete","invoice_id":17})", u"may change"_s);
    row("a subscription, and a removal",
        "{\"action\":\"subscribe\",\"invoice_id\":17}\n{\"action\":\"delete\",\"invoice_id\":17}",
        u"plain  1 invoice +1"_s);
    row("a removal with a value that is not known", "{\"type\":\"subscribe\"}\n{\"type\":\"pay\",\"cvc\":\"<value>\"}",
        u"plain  1  +1"_s);
    row("Action Cable", R"({"command":"subscribe","identifier":"{\"channel\":\"Room\",\"room_id\":17}"})",
        u"plain actioncable-v1-json 1 room"_s);
    row("Phoenix, lists", R"(["1","1","invoice:17","phx_join",{}])", u"phoenix  1 invoice"_s);
    row("Phoenix, objects", R"({"topic":"invoice:17","event":"phx_join","payload":{},"ref":"1"})",
        u"phoenix  1 invoice"_s);
    row("Supabase Realtime",
        R"({"topic":"realtime:x","event":"phx_join","payload":{"config":{"postgres_changes":[{"event":"*","schema":"public","table":"invoices","filter":"customer_id=eq.17"}]}},"ref":"1"})",
        u"phoenix  1 customer"_s);
    row("Phoenix, heartbeat", "[null,\"2\",\"phoenix\",\"heartbeat\",{}]\n[\"1\",\"1\",\"room:17\",\"phx_join\",{}]",
        u"phoenix  1 room"_s);
    row("GraphQL",
        "{\"type\":\"connection_init\"}\n"
        R"({"id":"1","type":"subscribe","payload":{"query":"subscription($id: ID!){invoice(id:$id){id}}","variables":{"id":"17"}}})",
        u"graphql graphql-transport-ws 2 -"_s);
    row("GraphQL, before",
        R"({"id":"1","type":"start","payload":{"query":"subscription{x}","variables":{"invoiceId":"17"}}})",
        u"graphql graphql-ws 1 invoice"_s);
    row("Socket.IO", "40\n42[\"join\",{\"roomId\":17}]", u"socket_io  2 room"_s);
    row("Socket.IO, an id alone", "40\n42[\"join\",\"17\"]", u"socket_io  2 -"_s);
    row("Socket.IO, signs of life", "40\n3\n42[\"join\",\"invoice:17\"]", u"socket_io  2 invoice"_s);
    row("plain text", "SUBSCRIBE invoices", u"plain  1 "_s);
}

void TestSocketScript::readsScripts()
{
    QFETCH(QByteArray, lines);
    const auto script = recordedScript(recorded(lines));
    QString seen;
    if (!script) {
        seen = wordOf(script.error());
    } else {
        QStringList resources;
        for (const QString &one : resourcesIn(*script))
            resources.append(one.isEmpty() ? u"-"_s : one);
        seen = toWord(script->dialect) + u' ' + QString::fromLatin1(script->subprotocols.join(',')) + u' ' +
               QString::number(script->messages.size()) + u' ' + resources.join(u',');
        if (script->leftOut > 0)
            seen += u" +%1"_s.arg(script->leftOut);
    }
    QTEST(seen, "expected");
}

void TestSocketScript::putsIds_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("expected"); // with invoice 99 and tenant t-2
    const auto row = [](const char *name, const QByteArray &message, const QByteArray &expected) {
        QTest::newRow(name) << message << expected;
    };
    row("a number", R"({"invoiceId":17})", R"({"invoiceId":99})");
    row("a text", R"({"invoice_id":"17"})", R"({"invoice_id":"99"})");
    row("a bare one", R"({"id":17,"type":"subscribe"})", R"({"id":99,"type":"subscribe"})");
    row("the message's own stays", R"({"id":1,"invoice_id":17})", R"({"id":1,"invoice_id":99})");
    row("another thing's stays", R"({"invoice_id":17,"room_id":4})", R"({"invoice_id":99,"room_id":4})");
    row("both", R"({"invoice_id":17,"tenant_id":"t-1"})", R"({"invoice_id":99,"tenant_id":"t-2"})");
    row("in a topic", R"({"topic":"tenant:3:invoice:17:lines"})", R"({"topic":"tenant:t-2:invoice:99:lines"})");
    row("in a text of JSON", R"({"identifier":"{\"channel\":\"A\",\"invoice_id\":17}"})",
        R"({"identifier":"{\"channel\":\"A\",\"invoice_id\":99}"})");
    row("in a filter", R"({"event":"phx_join","payload":{"filter":"invoice_id=eq.17"}})",
        R"({"event":"phx_join","payload":{"filter":"invoice_id=eq.99"}})");
    row("Phoenix, counters stay", R"(["1","1","invoice:17","phx_join",{}])", R"(["1","1","invoice:99","phx_join",{}])");
    row("Socket.IO", R"(42["join",{"invoiceId":17}])", R"(42["join",{"invoiceId":99}])");
    row("Socket.IO, alone", R"(42["join",17])", R"(42["join",99])");
    row("Socket.IO, in a room of its own", R"(42/live,7["join","invoice:17"])", R"(42/live,7["join","invoice:99"])");
    row("GraphQL, the operation's stays",
        R"({"id":"1","payload":{"query":"subscription{a}","variables":{"id":"17"}},"type":"subscribe"})",
        R"({"id":"1","payload":{"query":"subscription{a}","variables":{"id":"99"}},"type":"subscribe"})");
    row("no JSON", "SUBSCRIBE invoice:17", "SUBSCRIBE invoice:17");
    // JSON-RPC 2.0 section 4.2: "params" may be left out, and is no null.
    row("JSON-RPC without params", R"({"id":1,"jsonrpc":"2.0","method":"subscribe"})",
        R"({"id":1,"jsonrpc":"2.0","method":"subscribe"})");
    row("JSON-RPC", R"({"id":1,"jsonrpc":"2.0","method":"subscribe","params":[{"invoice_id":17}]})",
        R"({"id":1,"jsonrpc":"2.0","method":"subscribe","params":[{"invoice_id":99}]})");
    row("GraphQL without a payload",
        "{\"type\":\"connection_init\"}\n"
        R"({"id":"1","type":"subscribe","payload":{"query":"subscription{a}"}})",
        R"({"type":"connection_init"})");
    row("GraphQL without variables", R"({"id":"1","payload":{"query":"subscription{a}"},"type":"subscribe"})",
        R"({"id":"1","payload":{"query":"subscription{a}"},"type":"subscribe"})");
}

void TestSocketScript::putsIds()
{
    QFETCH(QByteArray, message);
    const auto said = messagesFor(scriptOf(message), {.ids = {{u"invoice"_s, u"99"_s}, {u"tenant"_s, u"t-2"_s}}});
    QTEST(said.front(), "expected");
}

void TestSocketScript::putsTokens_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray plain = R"({"token":"<value>","type":"auth"})";
    const QByteArray header = R"({"payload":{"Authorization":"<value>"},"type":"connection_init"})";
    QTest::newRow("token") << plain << QByteArray("t") << QByteArray(R"({"token":"t","type":"auth"})");
    QTest::newRow("of nobody") << plain << QByteArray() << QByteArray(R"({"token":"","type":"auth"})");
    QTest::newRow("header") << header << QByteArray("t")
                            << QByteArray(R"({"payload":{"Authorization":"Bearer t"},"type":"connection_init"})");
    QTest::newRow("header of nobody") << header << QByteArray()
                                      << QByteArray(R"({"payload":{"Authorization":""},"type":"connection_init"})");
    QTest::newRow("Socket.IO") << QByteArray(R"(40{"token":"<value>"})") << QByteArray("t")
                               << QByteArray(R"(40{"token":"t"})");
    QTest::newRow("none in it") << QByteArray(R"({"a":1})") << QByteArray("t") << QByteArray(R"({"a":1})");
}

void TestSocketScript::putsTokens()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, token);
    QTEST(messagesFor(scriptOf(message), {.ids = {}, .token = token}).front(), "expected");
}

void TestSocketScript::makesScripts()
{
    RouteSample sample{u"POST"_s, u"/graphql"_s, {}, "application/json", R"({"query":"{ me { id } }"})", {}};
    QVERIFY(!graphQlScript(sample));
    sample.body = R"({"query":"subscription A { x } mutation B { removeAll }","operationName":"B"})";
    QVERIFY(!graphQlScript(sample));
    sample.body = R"({"query":"subscription X($id: ID!) { note(id: $id) { title } }","variables":{"id":"1"}})";
    const auto question = graphQlScript(sample);
    QVERIFY(question && question->messages.size() == 2);
    QCOMPARE(question->subprotocols, QByteArrayList{"graphql-transport-ws"});
    QCOMPARE(resourcesIn(*question), QStringList{QString()});

    QVERIFY(!phoenixScript(u"/ws"_s, u"note"_s, u"notes"_s));
    const auto phoenix = phoenixScript(u"/socket/websocket"_s, u"note"_s, u"notes"_s);
    QVERIFY(phoenix);
    QCOMPARE(messagesFor(*phoenix, {.ids = {{u"note"_s, u"a-1"_s}}}).front(),
             QByteArray(R"(["1","1","note:a-1","phx_join",{}])"));
    const auto supabase = phoenixScript(u"/realtime/v1/websocket"_s, u"note"_s, u"notes"_s);
    QVERIFY(supabase && resourcesIn(*supabase).isEmpty()); // rows are kept back, not channels
    QVERIFY(supabase->messages.front().contains(R"("table":"notes")"));
}

void TestSocketScript::tellsWords_data()
{
    QTest::addColumn<SocketDialect>("dialect");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<SocketWord>("expected");
    using enum SocketDialect;
    using enum SocketWord;
    const auto row = [](SocketDialect dialect, const char *message, SocketWord word) {
        QTest::addRow("%s %s", qPrintable(toWord(dialect)), message) << dialect << QByteArray(message) << word;
    };
    row(Plain, R"({"type":"subscribed","invoice_id":17})", Agreed);
    row(Plain, R"({"type":"confirm_subscription","identifier":"x"})", Agreed);
    row(Plain, R"({"type":"reject_subscription","identifier":"x"})", Refused);
    row(Plain, R"({"event":"pusher_internal:subscription_succeeded"})", Agreed);
    row(Plain, R"({"event":"pusher:error","data":{"code":4009}})", Refused);
    row(Plain, R"({"event":"pusher:connection_established"})", Silence);
    row(Plain, R"({"status":"ok"})", Agreed);
    row(Plain, R"({"type":"ack","success":false})", Refused);
    row(Plain, R"({"type":"subscribed","error":null})", Agreed);
    row(Plain, R"({"type":"message","error":"not yours"})", Refused);
    row(Plain, R"({"type":"changed","record":{"id":17}})", News);
    row(Plain, R"({"type":"welcome"})", Silence);
    row(Plain, R"({"type":"ping"})", Silence);
    row(Plain, R"({"jsonrpc":"2.0","id":1,"result":"0x1"})", Agreed);
    row(Plain, R"({"jsonrpc":"2.0","id":1,"error":{"code":-1}})", Refused);
    row(Plain, "Forbidden", Refused);
    row(Plain, "", Silence);
    row(Phoenix, R"(["1","1","room:17","phx_reply",{"status":"ok","response":{}}])", Agreed);
    row(Phoenix, R"(["1","1","room:17","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}])", Refused);
    row(Phoenix, R"({"topic":"room:17","event":"phx_reply","payload":{"status":"ok"},"ref":"1"})", Agreed);
    row(Phoenix, R"(["1",null,"room:17","phx_error",{}])", Refused);
    row(Phoenix, R"(["1",null,"room:17","presence_state",{}])", Silence);
    row(Phoenix, R"({"topic":"realtime:x","event":"system","payload":{"status":"ok"}})", Silence);
    row(Phoenix, R"({"topic":"realtime:x","event":"system","payload":{"status":"error"}})", Refused);
    row(Phoenix, R"({"topic":"realtime:x","event":"postgres_changes","payload":{"data":{}}})", News);
    row(GraphQl, R"({"type":"connection_ack"})", Silence);
    row(GraphQl, R"({"type":"ka"})", Silence);
    row(GraphQl, R"({"id":"1","type":"next","payload":{"data":{"x":1}}})", News);
    row(GraphQl, R"({"id":"1","type":"next","payload":{"data":null,"errors":[{"message":"no"}]}})", Refused);
    row(GraphQl, R"({"id":"1","type":"error","payload":[{"message":"no"}]})", Refused);
    row(GraphQl, R"({"id":"1","type":"complete"})", Refused);
    row(SocketIo, R"(0{"sid":"x"})", Silence);
    row(SocketIo, R"(40{"sid":"x"})", Silence);
    row(SocketIo, R"(44{"message":"Not authorized"})", Refused);
    row(SocketIo, "2", Silence);
    row(SocketIo, R"(430[{"ok":true}])", Agreed);
    row(SocketIo, R"(430[{"error":"no"}])", Refused);
    row(SocketIo, R"(42["joined",17])", Agreed);
    row(SocketIo, R"(42["error",{"message":"no"}])", Refused);
    row(SocketIo, R"(42["invoice:changed",{"id":17}])", News);
}

void TestSocketScript::tellsWords()
{
    QFETCH(SocketDialect, dialect);
    QFETCH(QByteArray, message);
    QTEST(wordIn({.dialect = dialect}, message), "expected");
}

void TestSocketScript::sortsRoutes_data()
{
    QTest::addColumn<QString>("routes");
    QTest::addColumn<QString>("sample"); // "GET /ws {…}"
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &routes, const QString &sample, const QString &expected) {
        QTest::newRow(name) << routes << sample << expected;
    };
    const QString said = uR"({"type":"subscribe"})"_s;
    const QString subscription = uR"({"query":"subscription { x }"})"_s;
    row("recorded", u"GET /ws;GET /notes"_s, u"GET /ws "_s + said, u"/ws 1"_s);
    row("not recorded", u"GET /ws"_s, u"POST /notes "_s + said, QString());
    row("whatever its address is called", u"GET /live"_s, u"GET /live "_s + said, u"/live 1"_s);
    row("recorded, and more than a subscription", u"GET /ws"_s, uR"(GET /ws {"type":"delete"})"_s, u"/ws may change"_s);
    row("recorded, and silent", u"GET /live"_s, u"GET /live "_s, QString());
    row("a subscription", u"POST /graphql"_s, u"POST /graphql "_s + subscription, u"/graphql 2"_s);
    row("a subscription, with its own address", u"POST /graphql;GET /graphql-ws"_s,
        u"POST /graphql#operation.X "_s + subscription, u"/graphql-ws 2"_s);
    row("a question", u"POST /graphql"_s, uR"(POST /graphql {"query":"{ x }"})"_s, QString());
    row("Phoenix", u"GET /socket/websocket"_s, u"POST /notes "_s + said, u"/socket/websocket 1"_s);
    row("Supabase", u"GET /realtime/v1/websocket"_s, u"POST /notes "_s + said, u"/realtime/v1/websocket 1"_s);
    row("Phoenix, recorded", u"GET /socket/websocket"_s, u"GET /socket/websocket "_s + said, u"/socket/websocket 1"_s);
}

void TestSocketScript::sortsRoutes()
{
    QFETCH(QString, routes);
    QFETCH(QString, sample);
    std::vector<Route> list;
    for (const QString &line : routes.split(u';'))
        list.push_back(routeOf(line));
    const bool isSaid = sample.startsWith(u"GET"_s);
    const std::vector<RouteSample> samples{{sample.section(u' ', 0, 0),
                                            sample.section(u' ', 1, 1),
                                            {},
                                            isSaid ? kSocketMessages : QByteArray("application/json"),
                                            sample.section(u' ', 2).toUtf8(),
                                            {}}};
    QStringList seen;
    const SocketSubscriptions found = subscriptionsAmong(list, samples);
    for (const SocketSubscription &one : found.tried)
        seen.append(one.route.path + u' ' + QString::number(messagesOf(one)));
    for (const UnsaidSocket &one : found.unsaid)
        seen.append(one.route.path + u' ' + wordOf(one.why));
    QTEST(seen.join(u' '), "expected");
}

// All questions go to one address; one of them may leak where another does not. What is too much for one run is named.
void TestSocketScript::keepsSubscriptionsApart()
{
    const auto question = [](const QString &query) {
        return RouteSample{
            u"POST"_s, u"/graphql"_s, {}, "application/json", QJsonDocument(QJsonObject{{u"query"_s, query}}).toJson(),
            {}};
    };
    const std::vector<Route> routes{routeOf(u"POST /graphql"_s), routeOf(u"GET /live"_s)};
    std::vector<RouteSample> samples{
        question(u"subscription { newsAdded { id } }"_s),
        question(u"subscription($invoiceId: ID!) { invoiceChanged(id: $invoiceId) { id } }"_s)};
    SocketSubscriptions found = subscriptionsAmong(routes, samples);
    QCOMPARE(found.tried.size(), 2u);
    QVERIFY(found.tried.front() != found.tried.back() && found.left.empty());
    samples.push_back(samples.front()); // the same again
    samples.push_back(question(u"subscription { c }"_s));
    samples.push_back(question(u"subscription { d }"_s));
    samples.push_back(question(u"subscription { e }"_s));
    found = subscriptionsAmong(routes, samples);
    QCOMPARE(found.tried.size(), kMostSubscriptions);
    QCOMPARE(found.left.size(), 1u);
    QCOMPARE(found.left.front().path, u"/graphql"_s);

    // A page was seen to open it: its name does not say so.
    QVERIFY(socketsAmong(routes, {}).empty());
    samples = {{u"GET"_s, u"/live"_s, {}, kSocketMessages, {}, {}}};
    QCOMPARE(socketsAmong(routes, samples).size(), 1u);
}

QTEST_GUILESS_MAIN(TestSocketScript)
#include "tst_socketscript.moc"
