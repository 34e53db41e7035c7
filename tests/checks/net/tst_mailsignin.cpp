// Signing in to a mail server: what is told of a refusal, and what never is.
#include "tests/checks/net/maillab.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class MailSignInTest : public QObject
{
    Q_OBJECT

private slots:
    void signsInWithoutSending_data();
    void signsInWithoutSending();
    void signingInTellsThePasswordFromTheRest_data();
    void signingInTellsThePasswordFromTheRest();
    void stopsWhileItSignsIn();
    void takesTheUserNameFromTheSecret_data();
    void takesTheUserNameFromTheSecret();
    void keepsThePasswordOutOfErrors_data();
    void keepsThePasswordOutOfErrors();

private:
    MailLab m_lab;
};

void MailSignInTest::signsInWithoutSending_data()
{
    QTest::addColumn<SmtpMode>("mode");
    QTest::addColumn<SmtpSecurity>("security");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("TLS from the first byte") << SmtpMode::Tls << SmtpSecurity::Tls << kPassword << true;
    QTest::newRow("STARTTLS") << SmtpMode::StartTls << SmtpSecurity::StartTls << kPassword << true;
    QTest::newRow("wrong") << SmtpMode::Tls << SmtpSecurity::Tls << QByteArray("wrong") << false;
    QTest::newRow("wrong after STARTTLS")
        << SmtpMode::StartTls << SmtpSecurity::StartTls << QByteArray("wrong") << false;
}

void MailSignInTest::signsInWithoutSending()
{
    if (!isSmtpInstalled())
        QSKIP("python3-aiosmtpd is not installed");
    QFETCH(SmtpMode, mode);
    QFETCH(SmtpSecurity, security);
    QFETCH(QByteArray, password);
    QFETCH(bool, isTaken);
    SmtpServer server(mode, m_lab.identity(), "product", kPassword);
    QVERIFY2(server.isReady(), server.log().constData());
    const auto answer = m_lab.signIn(setupFor(server.address(), security), server.address(), password);
    QCOMPARE(answer.has_value(), isTaken);
    if (isTaken)
        QVERIFY2(answer->startsWith(u"235"_s), qPrintable(*answer));
    else
        QCOMPARE(answer.error().kind, ErrorKind::NotPermitted);
    QVERIFY(server.message().isEmpty() && server.envelope().isEmpty());
}

void MailSignInTest::signingInTellsThePasswordFromTheRest_data()
{
    QTest::addColumn<QByteArray>("hello");  // the answer to EHLO
    QTest::addColumn<QByteArray>("answer"); // to the password
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray asks = "250-smtp.acme.example\r\n250 AUTH PLAIN\r\n";
    QTest::newRow("refused") << asks << QByteArray("535 5.7.8 No\r\n") << ErrorKind::NotPermitted;
    QTest::newRow("not now") << asks << QByteArray("454 4.7.0 Later\r\n") << ErrorKind::Unreachable;
    QTest::newRow("hangs up") << asks << QByteArray() << ErrorKind::Protocol;
    QTest::newRow("asks for none") << QByteArray("250 smtp.acme.example\r\n") << QByteArray() << ErrorKind::Unsupported;
    QTest::newRow("a way that nobody knows")
        << QByteArray("250-smtp.acme.example\r\n250 AUTH SMOKE-SIGNALS\r\n") << QByteArray() << ErrorKind::Unsupported;
    QTest::newRow("shuts the door") << QByteArray("554 5.7.1 Not from there\r\n") << QByteArray()
                                    << ErrorKind::Protocol;
    QTest::newRow("word without end") << asks << QByteArray("235-and so on\r\n").repeated(2000) << ErrorKind::TooLarge;
}

// Only a refusal for good says that the password is wrong; and whatever is said, no message is begun.
void MailSignInTest::signingInTellsThePasswordFromTheRest()
{
    QFETCH(QByteArray, hello);
    QFETCH(QByteArray, answer);
    std::atomic_bool began = false;
    HostileServer server(
        [&](Connection &connection) {
            connection.write("220 smtp.acme.example ESMTP\r\n");
            for (QByteArray line = connection.readLine(); !line.isEmpty(); line = connection.readLine()) {
                began = began || line.startsWith("MAIL") || line.startsWith("RCPT") || line.startsWith("DATA");
                if (line.startsWith("EHLO") || line.startsWith("HELO"))
                    connection.write(hello);
                else if (line.startsWith("AUTH PLAIN\r"))
                    connection.write("334 \r\n");
                else if (answer.isEmpty())
                    return;
                else
                    connection.write(answer);
            }
        },
        TlsSetup{{m_lab.identity()}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto said = m_lab.signIn(setupFor(address, SmtpSecurity::Tls), address);
    QVERIFY(!said);
    QTEST(said.error().kind, "kind");
    QVERIFY(!said.error().message.contains(QString::fromUtf8(kPassword)));
    QVERIFY(!began);
}

void MailSignInTest::stopsWhileItSignsIn()
{
    // The script begins after the handshake, which leaves a client that waits for a greeting.
    CancelToken token;
    QElapsedTimer clock;
    const HostileServer server(
        [&](Connection &c) {
            clock.start();
            token.cancel();
            c.hang();
        },
        TlsSetup{{m_lab.identity()}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto said = m_lab.signIn(setupFor(address, SmtpSecurity::Tls), address, kPassword, token);
    QVERIFY(!said);
    QCOMPARE(said.error().kind, ErrorKind::Cancelled);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

void MailSignInTest::takesTheUserNameFromTheSecret_data()
{
    QTest::addColumn<bool>("isBoth");
    QTest::addColumn<QByteArray>("kept"); // in the keychain
    QTest::addColumn<QByteArray>("user"); // what the server knows
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("one token for both") << true << QByteArray("token") << QByteArray("token") << QByteArray("token");
    QTest::newRow("one token, kept with a line break")
        << true << QByteArray("token\r\n") << QByteArray("token") << QByteArray("token");
    QTest::newRow("a password, kept with a line break") << false << kPassword + '\n'
                                                        << QByteArray("product") << kPassword;
    QTest::newRow("a password that ends in a blank")
        << false << kPassword + ' ' << QByteArray("product") << kPassword + ' ';
}

void MailSignInTest::takesTheUserNameFromTheSecret()
{
    if (!isSmtpInstalled())
        QSKIP("python3-aiosmtpd is not installed");
    QFETCH(bool, isBoth);
    QFETCH(QByteArray, kept);
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, password);
    SmtpServer server(SmtpMode::Tls, m_lab.identity(), user, password);
    QVERIFY2(server.isReady(), server.log().constData());
    DeliverySetup setup = setupFor(server.address(), SmtpSecurity::Tls);
    setup.userIsPassword = isBoth;
    if (isBoth)
        setup.user.clear();
    const auto answer = m_lab.submit(setup, server.address(), kept);
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message + answer.error().detail));
    QVERIFY2(server.envelope().contains(' ' + user + ' '), server.envelope().constData());
}

void MailSignInTest::keepsThePasswordOutOfErrors_data()
{
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("as it is") << kPassword;
    QTest::newRow("with a line break") << kPassword + "\r\n"; // what is sent has none
}

void MailSignInTest::keepsThePasswordOutOfErrors()
{
    QFETCH(QByteArray, kept);
    HostileServer server(
        [](Connection &connection) {
            connection.write("220 hello\r\n");
            connection.readSome();
            connection.write("250 AUTH PLAIN\r\n");
            const QByteArray said = connection.readSome(); // AUTH PLAIN and the password
            connection.write("535 " + said.trimmed() + " " + kPassword + "\r\n");
            connection.readSome();
        },
        TlsSetup{{m_lab.identity()}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::Tls), address, kept);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::NotPermitted);
    const QString all = answer.error().message + answer.error().detail;
    QVERIFY(!all.contains(QString::fromUtf8(kPassword)));
    QVERIFY(!all.contains(
        QString::fromUtf8(QByteArray(QByteArray(1, '\0') + "product" + QByteArray(1, '\0') + kPassword).toBase64())));
}

QTEST_GUILESS_MAIN(MailSignInTest)
#include "tst_mailsignin.moc"
