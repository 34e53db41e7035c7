#include "tests/checks/net/maillab.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class MailSubmissionTest : public QObject
{
    Q_OBJECT

private slots:
    void delivers_data();
    void delivers();
    void refusals_data();
    void refusals();
    void neverSpeaksInClear();
    void distrustsCertificates_data();
    void distrustsCertificates();
    void oddServers_data();
    void oddServers();
    void boundsTheFarewell_data();
    void boundsTheFarewell();
    void stopsWithinASecond();
    void refusesWhatCannotBeSent();

private:
    MailLab m_lab;
};

void MailSubmissionTest::delivers_data()
{
    QTest::addColumn<SmtpMode>("mode");
    QTest::addColumn<SmtpSecurity>("security");
    QTest::newRow("TLS from the first byte") << SmtpMode::Tls << SmtpSecurity::Tls;
    QTest::newRow("STARTTLS") << SmtpMode::StartTls << SmtpSecurity::StartTls;
}

void MailSubmissionTest::delivers()
{
    if (!isSmtpInstalled())
        QSKIP("python3-aiosmtpd is not installed");
    QFETCH(SmtpMode, mode);
    QFETCH(SmtpSecurity, security);
    SmtpServer server(mode, m_lab.identity(), "product", kPassword);
    QVERIFY2(server.isReady(), server.log().constData());
    const auto answer = m_lab.submit(setupFor(server.address(), security), server.address());
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message + answer.error().detail));
    QCOMPARE(*answer, u"250 2.0.0 Ok: queued as 4F1A"_s);
    QCOMPARE(server.message(), kMessage); // dots at the start of a line survive
    QCOMPARE(server.envelope(), QByteArray("hello@acme.example me@reader.example product acme.example"));
}

void MailSubmissionTest::refusals_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("part"); // of the sentence
    QTest::newRow("wrong password") << QByteArray("wrong") << u"me@reader.example"_s << u"password"_s;
    QTest::newRow("no password") << QByteArray() << u"me@reader.example"_s << u"password"_s;
    QTest::newRow("refused recipient") << kPassword << u"refused@reader.example"_s << u"550 5.1.1"_s;
}

void MailSubmissionTest::refusals()
{
    if (!isSmtpInstalled())
        QSKIP("python3-aiosmtpd is not installed");
    QFETCH(QByteArray, password);
    QFETCH(QString, to);
    QFETCH(QString, part);
    SmtpServer server(SmtpMode::StartTls, m_lab.identity(), "product", kPassword);
    QVERIFY2(server.isReady(), server.log().constData());
    DeliverySetup setup = setupFor(server.address(), SmtpSecurity::StartTls);
    setup.to = to;
    const auto answer = m_lab.submit(setup, server.address(), password);
    QVERIFY(!answer);
    QVERIFY2(answer.error().kind == ErrorKind::NotPermitted,
             qPrintable(answer.error().message + answer.error().detail));
    QVERIFY2(answer.error().message.contains(part), qPrintable(answer.error().message));
    QVERIFY(server.message().isEmpty());
}

void MailSubmissionTest::neverSpeaksInClear()
{
    std::atomic_bool heardMore = false;
    HostileServer server([&](Connection &connection) {
        connection.write("220 smtp.acme.example ESMTP\r\n");
        while (true) {
            const QByteArray line = connection.readSome();
            if (line.isEmpty())
                return;
            if (line.startsWith("EHLO"))
                connection.write("250-smtp.acme.example\r\n250 AUTH PLAIN LOGIN\r\n");
            else if (line.startsWith("QUIT") || line.startsWith("STARTTLS"))
                connection.write("502 5.5.1 No\r\n");
            else
                heardMore = true;
        }
    });
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::StartTls), address);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
    QVERIFY2(answer.error().message.contains(u"no encryption"_s), qPrintable(answer.error().message));
    QVERIFY(!heardMore);
}

void MailSubmissionTest::distrustsCertificates_data()
{
    QTest::addColumn<Identity>("identity");
    const Identity stranger = makeRoot(u"Stranger"_s);
    QTest::newRow("of an unknown issuer") << makeSigned({.commonName = kHost, .names = {kHost}}, stranger);
    QTest::newRow("for another name") << makeSigned({.commonName = u"x"_s, .names = {u"other.example"_s}},
                                                    m_lab.root());
    QTest::newRow("expired") << makeSigned(
        {.commonName = kHost, .names = {kHost}, .notAfter = QDateTime::currentDateTimeUtc().addSecs(-60)},
        m_lab.root());
}

void MailSubmissionTest::distrustsCertificates()
{
    QFETCH(Identity, identity);
    std::atomic_bool heard = false;
    HostileServer server(
        [&](Connection &connection) {
            connection.write("220 smtp.acme.example ESMTP\r\n");
            heard = !connection.readSome().isEmpty();
        },
        TlsSetup{{identity}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::Tls), address);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
    QVERIFY2(answer.error().message.contains(u"certificate"_s), qPrintable(answer.error().message));
    QVERIFY(!heard);
}

void MailSubmissionTest::oddServers_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("silence") << Script([](Connection &c) { c.hang(); }) << ErrorKind::TimedOut;
    QTest::newRow("silence after the greeting") << Script([](Connection &c) {
        c.write("220 hello\r\n");
        c.hang();
    }) << ErrorKind::TimedOut;
    QTest::newRow("garbage") << Script([](Connection &c) { c.write("\x16\x03\x01 what\r\n"); }) << ErrorKind::Protocol;
    QTest::newRow("cut off") << Script([](Connection &c) { c.write("220 hel"); }) << ErrorKind::Protocol;
    QTest::newRow("refuses at once") << Script([](Connection &c) { c.write("554 5.7.1 No\r\n"); })
                                     << ErrorKind::NotPermitted;
    QTest::newRow("endless") << Script([](Connection &c) {
        while (c.write(QByteArray("220-and so on\r\n").repeated(100))) {
        }
    }) << ErrorKind::TooLarge;
    QTest::newRow("endless drops") << Script([](Connection &c) {
        while (c.write("220-and so on\r\n") && c.pause(std::chrono::milliseconds(20))) {
        }
    }) << ErrorKind::TimedOut;
}

void MailSubmissionTest::oddServers()
{
    QFETCH(Script, script);
    const HostileServer server(script);
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::StartTls), address, kPassword, CancelToken(),
                                     std::chrono::milliseconds(150));
    QVERIFY(!answer);
    QTEST(answer.error().kind, "kind");
    const SocketAddress nobody{u"127.0.0.1"_s, unusedPort()};
    QCOMPARE(m_lab.submit(setupFor(nobody, SmtpSecurity::Tls), nobody).error().kind, ErrorKind::Unreachable);
}

void MailSubmissionTest::boundsTheFarewell_data()
{
    QTest::addColumn<Script>("farewell"); // after "250"
    QTest::newRow("never answers QUIT") << Script([](Connection &c) { c.hang(); });
    QTest::newRow("closes without a word") << Script([](Connection &) {});
    QTest::newRow("answers QUIT without end") << Script([](Connection &c) {
        while (c.write(QByteArray("221-and so on\r\n").repeated(100))) {
        }
    });
    QTest::newRow("takes it back") << Script([](Connection &c) {
        c.write("550 5.7.1 No, after all\r\n");
        c.hang();
    });
}

// What the server took is taken, and it has no second chance to hold us.
void MailSubmissionTest::boundsTheFarewell()
{
    QFETCH(Script, farewell);
    const HostileServer server([&](Connection &c) { takeMessage(c, [&] { farewell(c); }); },
                               TlsSetup{{m_lab.identity()}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    QElapsedTimer clock;
    clock.start();
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::Tls), address);
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message + answer.error().detail));
    QCOMPARE(*answer, u"250 2.0.0 Ok: queued as 4F1A"_s);
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
}

void MailSubmissionTest::stopsWithinASecond()
{
    const HostileServer server([](Connection &connection) { connection.hang(); });
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const CancelToken token;
    std::thread stopper([&] {
        while (server.connections() == 0)
            std::this_thread::yield();
        token.cancel();
    });
    QElapsedTimer clock;
    clock.start();
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, token);
    stopper.join();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

void MailSubmissionTest::refusesWhatCannotBeSent()
{
    const SocketAddress nobody{u"127.0.0.1"_s, unusedPort()};
    DeliverySetup setup = setupFor(nobody, SmtpSecurity::Tls);
    setup.to = u"me@reader.example\r\nRCPT TO:<you@reader.example>"_s;
    QCOMPARE(m_lab.submit(setup, nobody).error().kind, ErrorKind::BadInput);
}

QTEST_GUILESS_MAIN(MailSubmissionTest)
#include "tst_mailsubmission.moc"
