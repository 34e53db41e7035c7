// SignalR, STOMP and WAMP: what of them is said again, and what their answers say.
#include "checks/access/socketscript.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kHub = R"({"protocol":"json","version":1})";
const QByteArray kConnect = R"({"headers":{"accept-version":"1.2","heart-beat":"10000,10000"},"stomp":"CONNECT"})";
const QByteArray kHello = R"([1,"realm1",{"roles":{"subscriber":{}}}])";

QByteArray stomp(const QByteArray &command, const QByteArray &headers)
{
    return R"({"headers":{)" + headers + R"(},"stomp":")" + command + "\"}";
}

// "dialect subprotocols messages +left out", or why not.
QString shown(const tl::expected<SocketScript, NotSaid> &script)
{
    if (!script)
        return script.error() == NotSaid::MayChange ? u"may change"_s
               : script.error() == NotSaid::Unknown ? u"unknown"_s
                                                    : u"nothing"_s;
    QByteArray said;
    for (const QByteArray &one : messagesFor(*script, {.ids = {{u"invoice"_s, u"99"_s}}, .token = "tok"}))
        said += ' ' + one;
    said.replace('\n', "~").replace('\x1e', "^").replace('\0', "$");
    const QString left = script->leftOut > 0 ? u" +%1"_s.arg(script->leftOut) : QString();
    return toWord(script->dialect) + u' ' + QString::fromLatin1(script->subprotocols.join(',')) +
           QString::fromUtf8(said) + left;
}

} // namespace

class TestSocketDialects : public QObject
{
    Q_OBJECT

private slots:
    void saysAgain_data();
    void saysAgain();
    void tellsWords_data();
    void tellsWords();
    void tellsStreams();
};

void TestSocketDialects::saysAgain_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("expected"); // with invoice 99; ~ a line's end, ^ the record separator, $ a NUL
    const auto row = [](const char *name, const QByteArray &lines, const QString &expected) {
        QTest::newRow(name) << lines << expected;
    };
    const QString hub = u"signalr  "_s + QString::fromLatin1(kHub) + u'^';
    const auto call = [](const QByteArray &rest) { return kHub + "\n{" + rest + '}'; };
    row("a method", call(R"("arguments":[17],"invocationId":"0","target":"JoinInvoice","type":1)"),
        hub + uR"( {"arguments":[99],"invocationId":"0","target":"JoinInvoice","type":1}^)"_s);
    row("a method that is not answered", call(R"("arguments":["invoice:17"],"target":"Watch","type":1)"),
        hub + uR"( {"arguments":["invoice:99"],"invocationId":"lc-Watch","target":"Watch","type":1}^)"_s);
    row("a stream", call(R"("arguments":[{"invoiceId":17}],"invocationId":"7","target":"InvoiceChanges","type":4)"),
        hub + uR"( {"arguments":[{"invoiceId":99}],"invocationId":"7","target":"InvoiceChanges","type":4}^)"_s);
    row("a stream that changes", call(R"("arguments":[],"target":"CreateStream","type":4)"), u"may change"_s);
    row("a stream of its own", call(R"("arguments":[],"streamIds":["1"],"target":"Watch","type":1)"), u"may change"_s);
    row("another method", call(R"("arguments":[17],"target":"DeleteInvoice","type":1)"), u"may change"_s);
    row("one that calls by that name", call(R"("arguments":[17],"target":"InvoiceChanges","type":1)"), u"may change"_s);
    row("a group may be one of people", call(R"("arguments":[17],"target":"JoinGroup","type":1)"), u"may change"_s);
    row("signs of life", kHub + "\n{\"type\":6}", u"nothing"_s);
    row("a secret", call(R"("arguments":["<value>"],"target":"Watch","type":1)"), u"unknown"_s);
    row("without the greeting", R"({"arguments":[17],"target":"Watch","type":1})", u"may change"_s);
    const QString connect = u"stomp v12.stomp,v11.stomp,v10.stomp CONNECT~accept-version:1.2~heart-beat:0,0~~$"_s;
    row("STOMP", kConnect + '\n' + stomp("SUBSCRIBE", R"("destination":"/topic/invoice.17","id":"sub-17")"),
        connect + u" SUBSCRIBE~destination:/topic/invoice.99~id:sub-17~receipt:lc-sub-17~~$"_s);
    row("STOMP, a token",
        stomp("CONNECT", R"("Authorization":"<value>")") + '\n' + stomp("SUBSCRIBE", R"("destination":"/topic/a")"),
        u"stomp v12.stomp,v11.stomp,v10.stomp CONNECT~Authorization:Bearer tok~~$ "
        "SUBSCRIBE~destination:/topic/a~receipt:lc-~~$"_s);
    row("STOMP, a password",
        stomp("CONNECT", R"("login":"<value>","passcode":"<value>")") + '\n' +
            stomp("SUBSCRIBE", R"("destination":"/topic/a")"),
        u"unknown"_s);
    row("STOMP, its words to others are left out",
        stomp("SEND", R"("destination":"/app/delete")") + '\n' + stomp("SUBSCRIBE", R"("destination":"/topic/a")"),
        u"stomp v12.stomp,v11.stomp,v10.stomp SUBSCRIBE~destination:/topic/a~receipt:lc-~~$ +1"_s);
    row("STOMP, a queue gives to one alone", kConnect + '\n' + stomp("SUBSCRIBE", R"("destination":"/queue/a")"),
        u"may change"_s);
    row("STOMP, a queue of an address as Artemis names it",
        kConnect + '\n' + stomp("SUBSCRIBE", R"("destination":"orders::billing")"), u"may change"_s);
    row("STOMP, a queue by what Artemis is told",
        kConnect + '\n' + stomp("SUBSCRIBE", R"("destination":"orders","subscription-type":"ANYCAST")"),
        u"may change"_s);
    row("STOMP, a topic by what Artemis is told",
        stomp("SUBSCRIBE", R"("destination":"a","subscription-type":"MULTICAST")"),
        u"stomp v12.stomp,v11.stomp,v10.stomp SUBSCRIBE~destination:a~receipt:lc-~subscription-type:MULTICAST~~$"_s);
    row("STOMP, a queue as HornetQ names it",
        kConnect + '\n' + stomp("SUBSCRIBE", R"("destination":"jms.queue.orders")"), u"may change"_s);
    row("STOMP, what stays behind",
        kConnect + '\n' + stomp("SUBSCRIBE", R"("destination":"/topic/a","durable":"true")"), u"may change"_s);
    row("STOMP, an end", kConnect + '\n' + stomp("UNSUBSCRIBE", R"("id":"0")"), u"nothing"_s);
    const QString hello = u"wamp wamp.2.json "_s + QString::fromLatin1(kHello);
    row("WAMP", kHello + "\n[32,17,{},\"com.example.invoice.17\"]",
        hello + uR"( [32,17,{},"com.example.invoice.99"])"_s);
    row("WAMP, words to others", kHello + "\n[16,1,{},\"com.example.invoice.17\",[1]]", u"may change"_s);
    row("WAMP, a call", kHello + "\n[32,1,{},\"a.b\"]\n[48,2,{},\"com.example.remove\"]",
        hello + uR"( [32,1,{},"a.b"] +1)"_s);
    row("WAMP, a signature", kHello + "\n[5,\"<value>\",{}]\n[32,1,{},\"a.b\"]", u"unknown"_s);
    row("WAMP, a long SUBSCRIBE", kHello + "\n[32,1,{},\"a.b\",[]]", u"may change"_s);
    row("numbers alone are no WAMP", "[32,1,{},\"a.b\"]", u"may change"_s);
}

void TestSocketDialects::saysAgain()
{
    QFETCH(QByteArray, lines);
    QTEST(shown(recordedScript({u"GET"_s, u"/ws"_s, {}, kSocketMessages, lines, {}})), "expected");
}

void TestSocketDialects::tellsWords_data()
{
    QTest::addColumn<SocketDialect>("dialect");
    QTest::addColumn<QByteArray>("message"); // ^ the record separator, $ a NUL
    QTest::addColumn<SocketWord>("expected");
    using enum SocketDialect;
    using enum SocketWord;
    const auto row = [](SocketDialect dialect, const char *message, SocketWord word) {
        QByteArray bytes(message);
        bytes.replace('^', "\x1e").replace('$', QByteArray(1, '\0'));
        const QByteArray name = QByteArray(message).replace('\n', '~');
        QTest::addRow("%s %s", qPrintable(toWord(dialect)), name.constData()) << dialect << bytes << word;
    };
    row(SignalR, "{}^", Silence);
    row(SignalR, R"({}^{"type":6}^)", Silence);
    row(SignalR, R"({"error":"Requested protocol 'json' is not available."}^)", Unclear);
    row(SignalR, R"({"error":"Sign in first."}^)", Refused);
    row(SignalR, R"({"type":3,"invocationId":"0","result":null}^)", Agreed);
    row(SignalR, R"({"type":3,"invocationId":"0"}^)", Agreed);
    row(SignalR, R"({"type":3,"invocationId":"0","result":false}^)", Refused);
    row(SignalR, R"({"type":3,"invocationId":"0","result":{"success":false}}^)", Refused);
    row(SignalR, R"({"type":3,"error":"Failed to invoke 'Watch' because user is unauthorized"}^)", Refused);
    row(SignalR, R"({"type":3,"error":"An unexpected error occurred invoking 'Watch' on the server."}^)", Unclear);
    row(SignalR,
        R"({"type":3,"error":"An unexpected error occurred invoking 'Watch' on the server. HubException: Not yours"}^)",
        Refused);
    row(SignalR, R"({"type":1,"target":"invoiceChanged","arguments":[{}]}^)", News);
    row(SignalR, R"({"type":1,"target":"invoiceChanged","arguments":[]}^{"type":3,"invocationId":"0"}^)", Agreed);
    row(SignalR, R"({"type":7}^)", Refused);
    row(SignalR, R"({"type":7,"allowReconnect":true}^)", Unclear);
    row(SignalR, R"({"type":7,"error":"Connection closed with an error."}^)", Unclear);
    row(SignalR, "<html>", Silence);
    row(SignalR, R"([1,2]^{"type":"3"}^{"type":99}^{)", Silence);
    row(Stomp, "CONNECTED\nversion:1.2\n\n$", Silence);
    row(Stomp, "\n", Silence);
    row(Stomp, "RECEIPT\nreceipt-id:lc-0\n\n$", Agreed);
    row(Stomp, "MESSAGE\ndestination:/topic/a\n\n{}$", News);
    row(Stomp, "MESSAGE\na:b\n\n{}$\nRECEIPT\nreceipt-id:lc-0\n\n$", Agreed);
    row(Stomp, "ERROR\nmessage:Access refused\n\n$", Refused);
    row(Stomp, "ERROR\nmessage:Failed to send message to ExecutorSubscribableChannel[clientInboundChannel]\n\n$",
        Refused);
    row(Stomp, "ERROR\nmessage:Broker not available.\n\n$", Unclear);
    row(Stomp, "ERROR\nmessage:x\n\nToo many connections$", Unclear);
    row(Stomp, "ERROR\nmessage:Access refused", Silence); // cut off
    row(Stomp, "ERROR\nmessage\n\n$", Silence);
    row(Wamp, R"([2,9129137332,{"roles":{"broker":{}}}])", Silence);
    row(Wamp, R"([3,{},"wamp.error.not_authorized"])", Refused);
    row(Wamp, R"([3,{},"wamp.close.system_shutdown"])", Unclear);
    row(Wamp, R"([4,"ticket",{}])", Silence);
    row(Wamp, R"([6,{},"wamp.close.normal"])", Refused);
    row(Wamp, R"([33,1,4444])", Agreed);
    row(Wamp, R"([8,32,1,{},"wamp.error.not_authorized"])", Refused);
    row(Wamp, R"([8,32,1,{},"wamp.error.authorization_failed"])", Unclear);
    row(Wamp, R"([8,48,1,{},"wamp.error.not_authorized"])", Silence); // of a call
    row(Wamp, R"([36,1,2,{},[{"name":"x"}]])", News);
    row(Wamp, R"({"a":1})", Silence);
    row(Wamp, R"(["36"])", Silence);
    row(Wamp, "[]", Silence);
}

void TestSocketDialects::tellsWords()
{
    QFETCH(SocketDialect, dialect);
    QFETCH(QByteArray, message);
    QTEST(wordIn({.dialect = dialect}, message), "expected");
}

// A stream that ends says neither yes nor no.
void TestSocketDialects::tellsStreams()
{
    const SocketScript script{.dialect = SocketDialect::SignalR,
                              .messages = {kHub, R"({"invocationId":"7","target":"Changes","type":4})"}};
    QCOMPARE(wordIn(script, "{\"type\":3,\"invocationId\":\"7\"}\x1e"), SocketWord::Silence);
    QCOMPARE(wordIn(script, "{\"type\":2,\"invocationId\":\"7\",\"item\":1}\x1e"), SocketWord::News);
}

QTEST_GUILESS_MAIN(TestSocketDialects)
#include "tst_socketdialects.moc"
