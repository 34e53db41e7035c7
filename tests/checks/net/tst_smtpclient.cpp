#include "checks/engine/observations.h"
#include "checks/net/smtpclient.h"
#include "tests/lab/mailserver.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"mx.example.com"_s;
constexpr auto kPatience = 300ms; // of one operation; a conversation has three times that
constexpr qint64 kLate = 3000;

struct Authority
{
    Identity root = makeRoot(u"Known root"_s);
    Identity leaf = makeSigned({.commonName = kHost, .names = {kHost}}, root);
};

// A look at a server on loopback, by an override of port 25.
class Greeter
{
public:
    explicit Greeter(quint16 port, const std::vector<Identity> &roots = {makeRoot(u"other"_s)})
    {
        if (m_file.open())
            m_file.write(pemOf(roots));
        m_file.close();
        m_options.operationTimeout = kPatience;
        m_options.connects = {{kHost, 25, {u"127.0.0.1"_s, port}}};
        m_options.caFile = m_file.fileName();
    }
    Result<SmtpSession> ask(SmtpDepth depth = SmtpDepth::StartTls, CancelToken token = {})
    {
        Observations seen(m_options, token, Deadline::in(20s), nullptr);
        return *seen.ask(SmtpHello{.host = kHost, .depth = depth, .sender = u"Example.com"_s});
    }
    Result<SmtpSession> askAs(const QString &sender)
    {
        Observations seen(m_options, {}, Deadline::in(20s), nullptr);
        return *seen.ask(SmtpHello{.host = kHost, .sender = sender});
    }
    Result<SmtpSession> askUntil(Deadline endOfRun)
    {
        Observations seen(m_options, {}, endOfRun, nullptr);
        return *seen.ask(SmtpHello{.host = kHost});
    }
    NetOptions &options() { return m_options; }

private:
    QTemporaryFile m_file;
    NetOptions m_options;
};

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::Script)

class TestSmtpClient : public QObject
{
    Q_OBJECT

private slots:
    void readsReplies_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<SmtpReplyState>("state");
        QTest::addColumn<QString>("text");
        using enum SmtpReplyState;
        const auto row = [](const char *name, const QByteArray &bytes, SmtpReplyState state, const QString &text = {}) {
            QTest::newRow(name) << bytes << state << text;
        };
        row("one line", "220 ready\r\n", Complete, u"220 ready"_s);
        row("bare line feed", "220 ready\n", Complete, u"220 ready"_s);
        row("code alone", "250\r\n", Complete, u"250"_s);
        row("several lines", "250-a\r\n250-b\r\n250 c\r\n", Complete, u"250 a b c"_s);
        row("the last code counts", "250-a\r\n451 b\r\n", Complete, u"451 a b"_s);
        row("two replies", "220 a\r\n250 b\r\n", Complete, u"220 a"_s);
        row("control characters", "220 a\x1b[1mb\xff\r\n", Complete, u"220 a?[1mb?"_s);
        row("nothing yet", "", NeedMore);
        row("half a line", "220 rea", NeedMore);
        row("half a reply", "250-a\r\n", NeedMore);
        row("no code", "hello\r\n", NotSmtp);
        row("HTTP", "HTTP/1.1 400 Bad Request\r\n", NotSmtp);
        row("two digits", "22 ready\r\n", NotSmtp);
        row("four digits", "2200 ready\r\n", NotSmtp);
        row("below the range", "199 ready\r\n", NotSmtp);
        row("lowest", "200 ready\r\n", Complete, u"200 ready"_s);
        row("highest", "599 no\r\n", Complete, u"599 no"_s);
        row("above the range", "600 no\r\n", NotSmtp);
        row("an empty line", "\r\n", NotSmtp);
        const QByteArray longest(kSmtpLineCap - 4, 'x');
        row("longest line", "220 " + longest + "\n", Complete, u"220 "_s + QString(500, u'x') + u'…');
        row("a byte too long", "220 " + longest + "x\n", TooLong);
        row("too long, not ended", "220 " + longest + "x", TooLong);
        row("most lines", QByteArray("250-a\n").repeated(kSmtpLinesCap - 1) + "250 a\n", Complete,
            u"250"_s + u" a"_s.repeated(kSmtpLinesCap));
        row("a line too many", QByteArray("250-a\n").repeated(kSmtpLinesCap) + "250 a\n", TooLong);
    }
    void readsReplies()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(SmtpReplyState, state);
        const SmtpReplyRead read = readSmtpReply(bytes);
        QCOMPARE(read.state, state);
        if (state == SmtpReplyState::Complete)
            QTEST(read.reply.text(), "text");
    }

    void readsExtensions()
    {
        const auto read =
            readSmtpReply("250-STARTTLS.example.com greets you\r\n250-size 1000\r\n250-starttls\r\n250 \r\n");
        QCOMPARE(smtpExtensions(read.reply), (QStringList{u"SIZE"_s, u"STARTTLS"_s}));
    }

    void startsTls()
    {
        const Authority ca;
        HostileServer server(mailServer({.tls = TlsSetup{.chain = {ca.leaf}}}));
        const auto session = Greeter(server.port(), {ca.root}).ask();
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QCOMPARE(session->peer, (SocketAddress{u"127.0.0.1"_s, server.port()}));
        QCOMPARE(session->greeting.text(), u"220 mx.example.com ESMTP"_s);
        QCOMPARE(session->extensions, (QStringList{u"PIPELINING"_s, u"STARTTLS"_s, u"HELP"_s}));
        QCOMPARE(session->startTls, StartTlsState::Done);
        QVERIFY(!session->spokeAhead);
        QCOMPARE(session->tls->version, TlsVersion::Tls13);
        QCOMPARE(session->tls->chainStatus, ChainStatus::Trusted);
        QVERIFY(coversHost(session->tls->chain.front(), kHost));
    }

    void sendsTheServerName()
    {
        // A handshake by hand: the ClientHello stands in the clear, and with it the name that is asked for.
        QByteArray hello;
        {
            HostileServer server([&hello](Connection &connection) {
                connection.write("220 mx\r\n");
                connection.readLine();
                connection.write("250-mx\r\n250 STARTTLS\r\n");
                connection.readLine();
                connection.write("220 go\r\n");
                hello = connection.readSome();
            });
            const auto session = Greeter(server.port()).ask();
            QVERIFY(session);
            QCOMPARE(session->startTls, StartTlsState::Failed);
            QVERIFY(session->startTlsProblem.contains(kHost));
        }
        QVERIFY(hello.contains(kHost.toLatin1()));
    }

    void saysGoodbye_data()
    {
        QTest::addColumn<QByteArray>("ehlo");
        QTest::addColumn<bool>("overTls");
        QTest::newRow("in the clear") << QByteArray("250 mx\r\n") << false;
        QTest::newRow("encrypted") << QByteArray("250-mx\r\n250 STARTTLS\r\n") << true;
    }
    void saysGoodbye()
    {
        QFETCH(QByteArray, ehlo);
        QFETCH(bool, overTls);
        const Authority ca;
        QByteArrayList heard;
        {
            HostileServer server([&](Connection &connection) {
                connection.write("220 mx\r\n");
                heard << connection.readLine();
                connection.write(ehlo);
                if (overTls) {
                    heard << connection.readLine();
                    connection.write("220 go\r\n");
                    connection.startTls({.chain = {ca.leaf}});
                }
                heard << connection.readLine();
                connection.write("221 bye\r\n");
            });
            QVERIFY(Greeter(server.port()).ask());
        }
        QCOMPARE(heard.front(), QByteArray("EHLO example.com\r\n")); // not what this computer is called or where it is
        QCOMPARE(heard.back(), QByteArray("QUIT\r\n"));
        QCOMPARE(heard.size(), overTls ? 3 : 2); // nothing else was ever said
    }

    // What each connection was told, until one is taken.
    void tellsAnotherNameWhenItsOwnIsRefused_data()
    {
        QTest::addColumn<QString>("sender");
        QTest::addColumn<QByteArray>("refused"); // that name alone; empty: each
        QTest::addColumn<QByteArray>("answer");  // to the refused name
        QTest::addColumn<QByteArrayList>("heard");
        QTest::addColumn<int>("code"); // of EHLO
        const QByteArray own = "EHLO example.com\r\n", neutral = "EHLO launch-cockpit.invalid\r\n";
        const QString sender = u"example.com"_s;
        const QByteArray no = "550 That is my own name\r\n";
        QTest::newRow("taken") << sender << neutral << no << QByteArrayList{own} << 250;
        QTest::newRow("refused for good") << sender << own << no << QByteArrayList{own, neutral} << 250;
        QTest::newRow("the lowest that is for good")
            << sender << own << QByteArray("500 no\r\n") << QByteArrayList{own, neutral} << 250;
        QTest::newRow("not now") << sender << own << QByteArray("450 later\r\n") << QByteArrayList{own} << 450;
        QTest::newRow("the highest that is not now")
            << sender << own << QByteArray("499 later\r\n") << QByteArrayList{own} << 499;
        QTest::newRow("each is refused") << sender << QByteArray() << no << QByteArrayList{own, neutral} << 550;
        QTest::newRow("no sender") << QString() << own << no << QByteArrayList{neutral} << 250;
        QTest::newRow("no sender, refused") << QString() << neutral << no << QByteArrayList{neutral} << 550;
    }
    void tellsAnotherNameWhenItsOwnIsRefused()
    {
        QFETCH(QString, sender);
        QFETCH(QByteArray, refused);
        QFETCH(QByteArray, answer);
        QByteArrayList heard;
        {
            HostileServer server([&](Connection &connection) {
                connection.write("220 mx\r\n");
                const QByteArray ehlo = connection.readLine();
                heard << ehlo;
                connection.write(refused.isEmpty() || ehlo == refused ? answer : QByteArray("250 mx\r\n"));
                connection.readLine();
                connection.write("221 bye\r\n");
            });
            const auto session = Greeter(server.port()).askAs(sender);
            QVERIFY2(session, session ? "" : qPrintable(session.error().message));
            QTEST(session->ehlo.code, "code");
        }
        QTEST(heard, "heard");
    }

    // A second connection that does not come about takes nothing from what the first one heard.
    void keepsTheFirstAnswerWhenThereIsNoSecond()
    {
        std::atomic_int met = 0;
        HostileServer server([&met](Connection &connection) {
            if (++met > 1)
                return;
            connection.write("220 mx\r\n");
            connection.readLine();
            connection.write("550 That is my own name\r\n");
            connection.readLine();
        });
        const auto session = Greeter(server.port()).ask();
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QCOMPARE(session->ehlo.code, 550);
        QCOMPARE(met.load(), 2);
    }

    void tellsHowStartTlsEnds_data()
    {
        QTest::addColumn<QByteArray>("ehlo");
        QTest::addColumn<QByteArray>("startTls");
        QTest::addColumn<StartTlsState>("state");
        const QByteArray offered = "250-mx\r\n250 STARTTLS\r\n";
        using enum StartTlsState;
        QTest::newRow("not offered") << QByteArray("250-mx\r\n250 PIPELINING\r\n") << QByteArray() << NotOffered;
        QTest::newRow("only named as the host") << QByteArray("250 STARTTLS\r\n") << QByteArray() << NotOffered;
        QTest::newRow("masked by a firewall") << QByteArray("250-mx\r\n250 XXXXXXXA\r\n") << QByteArray() << NotOffered;
        QTest::newRow("EHLO refused") << QByteArray("502 who are you\r\n") << QByteArray() << NotTried;
        QTest::newRow("refused for now") << offered << QByteArray("454 no certificate\r\n") << Refused;
        QTest::newRow("refused for good") << offered << QByteArray("502 no such command\r\n") << Refused;
        QTest::newRow("an odd success") << offered << QByteArray("250 fine\r\n") << Refused;
        QTest::newRow("closes instead of a handshake") << offered << QByteArray("220 go\r\n") << Failed;
        QTest::newRow("garbage instead of an answer") << offered << QByteArray("what?\r\n") << Failed;
    }
    void tellsHowStartTlsEnds()
    {
        QFETCH(QByteArray, ehlo);
        QFETCH(QByteArray, startTls);
        QFETCH(StartTlsState, state);
        HostileServer server(mailServer({.ehlo = ehlo, .startTls = startTls}));
        const auto session = Greeter(server.port()).ask();
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QCOMPARE(session->startTls, state);
        QCOMPARE(session->startTlsProblem.isEmpty(), state != StartTlsState::Failed);
        QVERIFY(!session->tls);
    }

    void tellsLateFromCutShort_data()
    {
        QTest::addColumn<bool>("isRunOver");
        QTest::addColumn<StartTlsState>("state");
        QTest::newRow("the server took too long") << false << StartTlsState::Failed;
        QTest::newRow("the run was over") << true << StartTlsState::NotTried;
    }
    // As much time as this computer needs to get to STARTTLS, and no more: that is where the server hangs.
    void tellsLateFromCutShort()
    {
        QFETCH(bool, isRunOver);
        HostileServer server([](Connection &connection) {
            connection.write("220 mx\r\n");
            connection.readLine();
            connection.write("250-mx\r\n250 STARTTLS\r\n");
            connection.readLine();
            connection.write("220 go\r\n");
            connection.hang();
        });
        Greeter look(server.port());
        Result<SmtpSession> session = failure(ErrorKind::TimedOut, u"Not asked yet."_s);
        for (auto time = 100ms; !session && time < 60s; time *= 2) {
            look.options().operationTimeout = isRunOver ? 60s : time;
            session = look.askUntil(Deadline::in(isRunOver ? time : 200s));
            QVERIFY(session || session.error().kind == ErrorKind::TimedOut);
        }
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QTEST(session->startTls, "state");
        QVERIFY(session->wasStartTlsLate && !session->startTlsProblem.isEmpty());
    }

    void flagsWhatWasSaidAhead()
    {
        const Authority ca;
        HostileServer server(
            mailServer({.startTls = "220 go\r\n250 injected\r\n", .tls = TlsSetup{.chain = {ca.leaf}}}));
        const auto session = Greeter(server.port()).ask();
        QVERIFY(session);
        QVERIFY(session->spokeAhead);
        QCOMPARE(session->startTls, StartTlsState::Done); // thrown away, so that the handshake goes on
    }

    void takesADeclineForAnAnswer_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        QTest::addColumn<bool>("transient");
        QTest::newRow("too busy") << QByteArray("421 too many connections\r\n") << true;
        QTest::newRow("greylisted") << QByteArray("450-come back\r\n450 later\r\n") << true;
        QTest::newRow("blocked") << QByteArray("554 your network is on a list\r\n") << false;
    }
    void takesADeclineForAnAnswer()
    {
        QFETCH(QByteArray, greeting);
        QFETCH(bool, transient);
        HostileServer server(mailServer({.greeting = greeting}));
        const auto session = Greeter(server.port()).ask();
        QVERIFY(session);
        QCOMPARE(session->greeting.isTransient(), transient);
        QVERIFY(!session->greeting.isPositive());
        QCOMPARE(session->ehlo.code, 0);
        QCOMPARE(session->startTls, StartTlsState::NotTried);
    }

    void asksForTheGreetingAlone()
    {
        HostileServer server(mailServer({}));
        const auto session = Greeter(server.port()).ask(SmtpDepth::Greeting);
        QVERIFY(session);
        QCOMPARE(session->greeting.code, 220);
        QCOMPARE(session->ehlo.code, 0);
    }

    void endsBadServers_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<ErrorKind>("kind");
        const auto greetThen = [](const std::function<void(Connection &)> &rest) {
            return Script([rest](Connection &connection) {
                connection.write("220 mx\r\n");
                connection.readLine();
                rest(connection);
            });
        };
        const auto row = [](const char *name, const Script &script, ErrorKind kind) {
            QTest::newRow(name) << script << kind;
        };
        row(
            "says nothing", [](Connection &c) { c.hang(); }, ErrorKind::TimedOut);
        row(
            "closes at once", [](Connection &) {}, ErrorKind::Protocol);
        row(
            "is a web server", [](Connection &c) { c.write("HTTP/1.1 400 Bad\r\n\r\n"); }, ErrorKind::Protocol);
        row(
            "a line without end",
            [](Connection &c) {
                while (c.write(QByteArray(1024, '2'))) {
                }
            },
            ErrorKind::TooLarge);
        row(
            "lines without end",
            [](Connection &c) {
                while (c.write("220-and another thing\r\n")) {
                }
            },
            ErrorKind::TooLarge);
        row(
            "drips",
            [](Connection &c) {
                c.write("220 ");
                while (c.write("x") && c.pause(50ms)) {
                }
            },
            ErrorKind::TimedOut);
        row("closes after EHLO", greetThen([](Connection &) {}), ErrorKind::Protocol);
        row("closes in the middle of an answer", greetThen([](Connection &c) { c.write("250-mx\r\n250-STA"); }),
            ErrorKind::Protocol);
        row("no answer to EHLO", greetThen([](Connection &c) { c.hang(); }), ErrorKind::TimedOut);
    }
    void endsBadServers()
    {
        QFETCH(Script, script);
        QFETCH(ErrorKind, kind);
        HostileServer server(script);
        QElapsedTimer clock;
        clock.start();
        const auto session = Greeter(server.port()).ask();
        QVERIFY(!session);
        QCOMPARE(session.error().kind, kind);
        QVERIFY2(session.error().message.contains(kHost) && session.error().message.contains(u"port 25"_s),
                 qPrintable(session.error().message));
        QVERIFY(clock.elapsed() < kLate);
    }

    void waitsForASlowGreeting()
    {
        HostileServer server([](Connection &connection) {
            connection.pause(kPatience * 2);
            connection.write("220 mx\r\n");
            connection.readLine();
            connection.write("250 mx\r\n");
            connection.hang();
        });
        const auto session = Greeter(server.port()).ask();
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QCOMPARE(session->startTls, StartTlsState::NotOffered);
        QVERIFY(session->greetedAfter >= kPatience * 2 - 50ms);
    }

    void tellsAHandshakeThatHangs()
    {
        HostileServer server([](Connection &connection) {
            connection.write("220 mx\r\n");
            connection.readLine();
            connection.write("250-mx\r\n250 STARTTLS\r\n");
            connection.readLine();
            connection.write("220 go\r\n");
            connection.hang();
        });
        const auto session = Greeter(server.port()).ask();
        QVERIFY(session);
        QCOMPARE(session->startTls, StartTlsState::Failed);
        QVERIFY2(session->startTlsProblem.contains(u"did not answer"_s), qPrintable(session->startTlsProblem));
    }

    void tellsARefusedPort()
    {
        const auto session = Greeter(unusedPort()).ask();
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Unreachable);
        QVERIFY(session.error().message.contains(u"refused the connection on port 25"_s));
    }

    void goesToTheAddressThatItIsGiven()
    {
        HostileServer server(mailServer({.ehlo = "250 mx\r\n"}));
        NetOptions options;
        options.operationTimeout = kPatience;
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const auto session =
            seen.ask(SmtpHello{.host = kHost, .address = SocketAddress{u"127.0.0.1"_s, server.port()}});
        QVERIFY(*session);
        QCOMPARE((*session)->startTls, StartTlsState::NotOffered);
    }

    void stopsWithinASecond()
    {
        HostileServer server([](Connection &connection) { connection.hang(); });
        Greeter look(server.port());
        look.options().operationTimeout = 20s;
        CancelToken token;
        QElapsedTimer clock;
        clock.start();
        std::thread user([&] {
            QTRY_VERIFY(server.connections() > 0);
            token.cancel();
        });
        const auto session = look.ask(SmtpDepth::StartTls, token);
        user.join();
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Cancelled);
        QVERIFY(clock.elapsed() < 1000);
    }

    void talksToARealServer_data()
    {
        QTest::addColumn<bool>("encrypts");
        QTest::newRow("with a certificate") << true;
        QTest::newRow("without one") << false;
    }
    void talksToARealServer()
    {
        QFETCH(bool, encrypts);
        const Authority ca;
        RealMailServer server(encrypts ? std::vector{ca.leaf} : std::vector<Identity>());
        if (!server.isReady())
            QSKIP("python3-aiosmtpd is not installed.");
        Greeter look(server.port(), {ca.root});
        look.options().operationTimeout = 5s;
        const auto session = look.ask();
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QCOMPARE(session->greeting.code, 220);
        QCOMPARE(session->startTls, encrypts ? StartTlsState::Done : StartTlsState::NotOffered);
        if (encrypts)
            QCOMPARE(session->tls->chainStatus, ChainStatus::Trusted);
    }
};

QTEST_GUILESS_MAIN(TestSmtpClient)
#include "tst_smtpclient.moc"
