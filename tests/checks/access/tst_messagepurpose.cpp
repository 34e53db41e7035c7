#include "checks/access/messagepurpose.h"

#include <QTest>

using namespace cockpit;

class TestMessagePurpose : public QObject
{
    Q_OBJECT

private slots:
    void tellsPurposes_data();
    void tellsPurposes();
};

void TestMessagePurpose::tellsPurposes_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<MessagePurpose>("expected");
    using enum MessagePurpose;
    const auto row = [](MessagePurpose purpose, const QByteArray &message) {
        QTest::newRow(message.constData()) << message << purpose;
    };
    row(Subscribes, R"({"type":"subscribe","invoice_id":17})");
    row(Subscribes, R"({"action":"joinRoom","room":17})");
    row(Subscribes, R"({"event":"room:join"})");
    row(Subscribes, R"({"event":"pusher:subscribe","data":{"channel":"news"}})");
    row(Subscribes, R"({"type":"subscribe","event":"invoice.deleted"})");
    row(Subscribes, R"({"type":"request","action":"subscribe"})");
    row(Subscribes, R"({"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["logs"]})");
    row(Subscribes, R"({"msg":"sub","name":"invoices","params":[]})");
    row(Subscribes, R"({"op":"subscribe","query":{"className":"Invoice"}})");
    row(Subscribes, R"({"channel":"invoice:17"})");
    row(Subscribes, R"({"command":"subscribe","identifier":"{\"channel\":\"Room\",\"room_id\":17}"})");
    row(Subscribes, R"(["1","1","invoice:17","phx_join",{}])");
    row(Subscribes, R"(42["watch",{"customerId":1}])");
    row(Subscribes, R"(42/live,7["join","invoice:17"])");
    row(Subscribes, "SUBSCRIBE invoices");
    row(Subscribes, R"({"id":"1","type":"start","payload":{"query":"subscription { a }"}})");
    row(Subscribes,
        R"({"id":"1","type":"subscribe","payload":{"query":"fragment F on I { id } subscription { a { ...F } }"}})");
    row(Subscribes,
        R"({"id":"1","type":"start","payload":{"data":"{\"query\":\"subscription { a }\"}","extensions":{}}})");
    row(Opens, R"({"type":"connection_init"})");
    row(Opens, R"({"type":"auth","token":"<value>"})");
    row(Opens, R"({"event":"access_token","topic":"realtime:x"})");
    row(Opens, R"({"msg":"connect","version":"1"})");
    row(Opens, "40");
    row(Opens, R"(40{"token":"<value>"})");
    row(Keeps, "2");
    row(Keeps, "ping");
    row(Keeps, R"({"type":"keep_alive"})");
    row(Keeps, R"({"type":"unsubscribe","invoice_id":17})");
    row(Keeps, R"(["1","2","invoice:17","phx_leave",{}])");
    row(Keeps, R"([null,"2","phoenix","heartbeat",{}])");
    row(Keeps, R"({"id":"1","type":"complete"})");
    // What may change something.
    row(Other, R"({"action":"delete","invoice_id":17})");
    row(Other, R"({"type":"subscribe","action":"delete"})");
    row(Other, R"({"type":"subscribe","action":"void_invoice"})");
    row(Other, R"({"type":"joinTeam","team_id":17})");
    row(Other, R"({"type":"createSubscription"})");
    row(Other, R"({"type":"subscription.cancel"})");
    row(Other, R"({"type":"message","text":"hello"})");
    row(Other, R"({"channel":"invoice:17","text":"hello"})");
    row(Other, R"({"text":"subscribe"})");
    row(Other, R"({"command":"message","identifier":"{}","data":"{\"action\":\"destroy\"}"})");
    row(Other, R"(["1","2","invoice:17","delete",{}])");
    row(Other, R"(["delete","17","x","phx_join",{}])");
    row(Other, R"(42["deleteInvoice",{"id":17}])");
    row(Other, R"({"msg":"method","method":"deleteInvoice"})");
    row(Other, R"({"jsonrpc":"2.0","id":1,"method":"invoices.remove"})");
    row(Other, R"({"id":"1","type":"subscribe","payload":{"query":"mutation { deleteInvoice(id: 17) { ok } }"}})");
    row(Other, R"({"id":"1","type":"subscribe","payload":{"query":"{ invoices { id } }"}})");
    row(Other,
        R"({"id":"1","type":"start","payload":{"query":"subscription A { a } mutation B { b }","operationName":"B"}})");
    row(Other, R"({"id":"1","type":"subscribe","payload":{"extensions":{"persistedQuery":{"sha256Hash":"ab"}}}})");
    row(Other, R"(42["subscribe",{"query":"mutation { deleteInvoice(id: 17) { ok } }"}])");
    row(Other, R"({"type":"subscribe","data":"{\"query\":\"mutation { deleteInvoice(id: 17) { ok } }\"}"})");
    row(Other, "hello anna hunter2");
    row(Other, "DELETE invoices 17");
    row(Other, "[1,2,3]");
    row(Other, "{}");
}

void TestMessagePurpose::tellsPurposes()
{
    QFETCH(QByteArray, message);
    QTEST(purposeOf(SocketMessage::of(message)), "expected");
}

QTEST_GUILESS_MAIN(TestMessagePurpose)
#include "tst_messagepurpose.moc"
