#include "checks/engine/observations.h"
#include "checks/net/outgoingmail.h"
#include "tests/lab/mailserver.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Result<OutgoingMail> look(const std::vector<quint16> &ports, CancelToken token = {})
{
    NetOptions options;
    options.operationTimeout = 300ms;
    options.resolvers = {{u"127.0.0.1"_s, unusedPort()}}; // nobody may be asked for the true addresses
    for (std::size_t i = 0; i < ports.size(); ++i)
        options.connects.push_back({mailReferences()[static_cast<qsizetype>(i)], 25, {u"127.0.0.1"_s, ports[i]}});
    Observations seen(options, token, Deadline::in(20s), nullptr);
    return *seen.ask(OutgoingMailOpen{});
}

} // namespace

class TestOutgoingMail : public QObject
{
    Q_OBJECT

private slots:
    void asksTwoThatHaveNothingToDoWithEachOther()
    {
        const QStringList hosts = mailReferences();
        QCOMPARE(hosts.size(), 2);
        QVERIFY(hosts.front().section(u'.', -2) != hosts.back().section(u'.', -2));
    }

    void oneGreetingIsEnough()
    {
        const HostileServer server(mailServer({}));
        QCOMPARE(look({unusedPort(), server.port()}).value_or(OutgoingMail::Unknown), OutgoingMail::Open);
    }

    void aRefusalInWordsIsAnAnswer()
    {
        const HostileServer server(mailServer({.greeting = "554 not you\r\n"}));
        QCOMPARE(look({server.port(), unusedPort()}).value_or(OutgoingMail::Unknown), OutgoingMail::Open);
    }

    void noneIsBlocked()
    {
        const HostileServer silent([](Connection &connection) { connection.hang(); });
        QCOMPARE(look({unusedPort(), silent.port()}).value_or(OutgoingMail::Unknown), OutgoingMail::Blocked);
    }

    void withoutTheirNamesNothingIsKnown() { QCOMPARE(look({}).value_or(OutgoingMail::Open), OutgoingMail::Unknown); }

    void canBeStopped()
    {
        CancelToken token;
        token.cancel();
        QVERIFY(!look({unusedPort(), unusedPort()}, token));
    }
};

QTEST_GUILESS_MAIN(TestOutgoingMail)
#include "tst_outgoingmail.moc"
