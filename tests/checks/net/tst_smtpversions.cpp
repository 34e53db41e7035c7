#include "checks/engine/observations.h"
#include "checks/net/smtpversions.h"
#include "tests/lab/mailserver.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kPatience = 200ms; // of one operation; a conversation has three times that

using Versions = std::vector<TlsVersion>;

Result<Versions> ask(quint16 port, TlsVersion best = TlsVersion::Tls13, const CancelToken &token = {},
                     Deadline endOfRun = Deadline::in(20s))
{
    NetOptions options;
    options.operationTimeout = kPatience;
    Observations seen(options, token, endOfRun, nullptr);
    return *seen.ask(SmtpOlderVersions{.host = u"mx.example.com"_s, .address = {u"127.0.0.1"_s, port}, .best = best});
}

// Behaves up to the hello, which it answers in a way of its own.
Script answeringHello(const std::function<void(Connection &)> &answer)
{
    return [answer](Connection &connection) {
        connection.write("220 mx.example.com ESMTP\r\n");
        connection.readLine();
        connection.write("250-mx.example.com\r\n250 STARTTLS\r\n");
        connection.readLine();
        connection.write("220 go ahead\r\n");
        connection.readSome();
        answer(connection);
    };
}

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::Script)

class TestSmtpVersions : public QObject
{
    Q_OBJECT

private slots:
    void tellsFailuresApart_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<TlsVersion>("best");
        QTest::addColumn<std::optional<ErrorKind>>("error"); // empty: no older version is taken
        const auto row = [](const char *name, const Script &script, std::optional<ErrorKind> error,
                            TlsVersion best = TlsVersion::Tls13) { QTest::newRow(name) << script << best << error; };
        const auto closes = [](Connection &) {};
        const auto alerts = [](Connection &c) { c.write(QByteArray::fromHex("15030100020246")); };
        const auto isSilent = [](Connection &c) { c.hang(); };
        const auto babbles = [](Connection &c) { c.write("250 what?\r\n"); };
        const auto stopsHalfWay = [](Connection &c) { c.write(QByteArray::fromHex("1603030050")); };
        const auto neverEnds = [](Connection &c) {
            while (c.write(QByteArray(4096, '\x16')))
                ;
        };
        row("closes", answeringHello(closes), {});
        row("alerts", answeringHello(alerts), {});
        row("is silent to TLS 1.2", answeringHello(isSilent), ErrorKind::TimedOut);
        row("is silent to TLS 1.1", answeringHello(isSilent), {}, TlsVersion::Tls12);
        row("answers in the clear", answeringHello(babbles), ErrorKind::Protocol);
        row("stops half-way", answeringHello(stopsHalfWay), {});
        row("never ends", answeringHello(neverEnds), ErrorKind::Protocol);
        row("declines this time", mailServer({.greeting = "421 too many\r\n"}), ErrorKind::Protocol);
        row("refuses STARTTLS this time", mailServer({.startTls = "454 not now\r\n"}), ErrorKind::Protocol);
        row(
            "says nothing", [](Connection &c) { c.hang(); }, ErrorKind::TimedOut);
        row(
            "is no mail server", [](Connection &c) { c.write("HTTP/1.1 400 no\r\n\r\n"); }, ErrorKind::Protocol);
    }
    void tellsFailuresApart()
    {
        QFETCH(Script, script);
        QFETCH(TlsVersion, best);
        QFETCH(std::optional<ErrorKind>, error);
        const HostileServer server(script);
        const auto versions = ask(server.port(), best);
        QCOMPARE(versions.has_value(), !error);
        if (error)
            QCOMPARE(versions.error().kind, *error);
        else
            QCOMPARE(*versions, Versions());
    }

    void asksNobodyForSsl3()
    {
        const HostileServer server([](Connection &) {});
        QCOMPARE(ask(server.port(), TlsVersion::Tls10).value(), Versions());
        QCOMPARE(server.connections(), 0);
    }

    void refusedPortIsAnError()
    {
        const auto versions = ask(unusedPort());
        QVERIFY(!versions);
        QCOMPARE(versions.error().kind, ErrorKind::Unreachable);
    }

    // What nobody answered before the run was over is no refusal.
    void endOfRunIsNoRefusal()
    {
        const HostileServer server(answeringHello([](Connection &c) { c.hang(); }));
        const auto versions = ask(server.port(), TlsVersion::Tls12, {}, Deadline::in(100ms));
        QVERIFY(!versions);
        QCOMPARE(versions.error().kind, ErrorKind::TimedOut);
    }

    void stopsAtOnce()
    {
        const HostileServer server(answeringHello([](Connection &c) { c.hang(); }));
        CancelToken token;
        QElapsedTimer clock;
        clock.start();
        std::thread user([&] {
            QTRY_VERIFY(server.connections() > 0);
            token.cancel();
        });
        const auto versions = ask(server.port(), TlsVersion::Tls13, token);
        user.join();
        QVERIFY(!versions);
        QCOMPARE(versions.error().kind, ErrorKind::Cancelled);
        QVERIFY(clock.elapsed() < 1000);
    }
};

QTEST_GUILESS_MAIN(TestSmtpVersions)
#include "tst_smtpversions.moc"
