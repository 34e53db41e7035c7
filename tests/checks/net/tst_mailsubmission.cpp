#include "checks/net/mailsubmission.h"
#include "tests/lab/hostileserver.h"
#include "tests/lab/realserver.h"
#include "tests/lab/smtpserver.h"

#include <QElapsedTimer>
#include <QTest>

#include <optional>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"smtp.acme.example"_s;
const QByteArray kPassword = "correct horse battery";
const QByteArray kMessage = "From: <hello@acme.example>\r\nSubject: Test\r\n\r\nfirst\r\n.\r\n.. two dots\r\nlast\r\n";

DeliverySetup setupFor(const SocketAddress &server, SmtpSecurity security)
{
    return {kHost, server.port, security, u"product"_s, u"entry"_s, u"hello@acme.example"_s, u"me@reader.example"_s};
}

bool isSmtpInstalled()
{
    QProcess python;
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, u"import aiosmtpd"_s});
    return python.waitForFinished() && python.exitCode() == 0;
}

// As a mail server does, up to the command DATA.
void greet(Connection &connection)
{
    connection.write("220 smtp.acme.example ESMTP\r\n");
    for (const char *answer : {"250-smtp.acme.example\r\n250 AUTH PLAIN\r\n", "334 \r\n", "235 2.7.0 Fine\r\n",
                               "250 2.1.0 Fine\r\n", "250 2.1.5 Fine\r\n"}) {
        connection.readLine();
        connection.write(answer);
    }
    connection.readLine();
}

void hearMessage(Connection &connection)
{
    greet(connection);
    connection.write("354 Go on\r\n");
    while (true) {
        const QByteArray line = connection.readLine();
        if (line.isEmpty() || line == ".\r\n")
            return;
    }
}

void takeMessage(Connection &connection, const std::function<void()> &then)
{
    hearMessage(connection);
    connection.write("250 2.0.0 Ok: queued as 4F1A\r\n");
    then();
}

} // namespace

class MailSubmissionTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
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
    void saysWhetherItMayHaveBeenTaken_data();
    void saysWhetherItMayHaveBeenTaken();
    void stopsWhileTheAnswerToTheMessageIsAwaited();
    void endsNoMessageThatWasStopped_data();
    void endsNoMessageThatWasStopped();
    void takesTheUserNameFromTheSecret_data();
    void takesTheUserNameFromTheSecret();
    void refusesWhatCannotBeSent();
    void signsInWithoutSending_data();
    void signsInWithoutSending();
    void signingInTellsThePasswordFromTheRest_data();
    void signingInTellsThePasswordFromTheRest();
    void stopsWhileItSignsIn();
    void keepsThePasswordOutOfErrors_data();
    void keepsThePasswordOutOfErrors();

private:
    // The root is trusted, and the host's name leads to this server.
    Result<QString> submit(const DeliverySetup &setup, const SocketAddress &server,
                           const QByteArray &password = kPassword, const CancelToken &token = CancelToken(),
                           std::chrono::milliseconds timeout = std::chrono::seconds(5),
                           const QByteArray &message = kMessage);

    Result<QString> signIn(const DeliverySetup &setup, const SocketAddress &server,
                           const QByteArray &password = kPassword, const CancelToken &token = CancelToken());
    NetOptions optionsFor(const SocketAddress &server) const;

    QTemporaryDir m_folder;
    Identity m_root;
    Identity m_identity;
};

void MailSubmissionTest::initTestCase()
{
    m_root = makeRoot(u"Test root"_s);
    m_identity = makeSigned({.commonName = kHost, .names = {kHost}}, m_root);
    writeFile(m_folder.filePath(u"root.pem"_s), m_root.certificatePem());
}

Result<QString> MailSubmissionTest::submit(const DeliverySetup &setup, const SocketAddress &server,
                                           const QByteArray &password, const CancelToken &token,
                                           std::chrono::milliseconds timeout, const QByteArray &message)
{
    NetOptions options = optionsFor(server);
    options.operationTimeout = timeout;
    Observations seen(options, token, Deadline::never(), nullptr);
    return submitMail(setup, Secret(password), message, seen);
}

NetOptions MailSubmissionTest::optionsFor(const SocketAddress &server) const
{
    NetOptions options;
    options.caFile = m_folder.filePath(u"root.pem"_s);
    options.connects = {{{}, 0, server}};
    return options;
}

Result<QString> MailSubmissionTest::signIn(const DeliverySetup &setup, const SocketAddress &server,
                                           const QByteArray &password, const CancelToken &token)
{
    NetOptions options = optionsFor(server);
    options.operationTimeout = std::chrono::seconds(5);
    Observations seen(options, token, Deadline::never(), nullptr);
    return signInToSubmission(setup, Secret(password), seen);
}

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
    SmtpServer server(mode, m_identity, "product", kPassword);
    QVERIFY2(server.isReady(), server.log().constData());
    const auto answer = submit(setupFor(server.address(), security), server.address());
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
    SmtpServer server(SmtpMode::StartTls, m_identity, "product", kPassword);
    QVERIFY2(server.isReady(), server.log().constData());
    DeliverySetup setup = setupFor(server.address(), SmtpSecurity::StartTls);
    setup.to = to;
    const auto answer = submit(setup, server.address(), password);
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
    const auto answer = submit(setupFor(address, SmtpSecurity::StartTls), address);
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
    QTest::newRow("for another name") << makeSigned({.commonName = u"x"_s, .names = {u"other.example"_s}}, m_root);
    QTest::newRow("expired") << makeSigned(
        {.commonName = kHost, .names = {kHost}, .notAfter = QDateTime::currentDateTimeUtc().addSecs(-60)}, m_root);
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
    const auto answer = submit(setupFor(address, SmtpSecurity::Tls), address);
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
    const auto answer = submit(setupFor(address, SmtpSecurity::StartTls), address, kPassword, CancelToken(),
                               std::chrono::milliseconds(150));
    QVERIFY(!answer);
    QTEST(answer.error().kind, "kind");
    const SocketAddress nobody{u"127.0.0.1"_s, unusedPort()};
    QCOMPARE(submit(setupFor(nobody, SmtpSecurity::Tls), nobody).error().kind, ErrorKind::Unreachable);
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
    const HostileServer server([&](Connection &c) { takeMessage(c, [&] { farewell(c); }); }, TlsSetup{{m_identity}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    QElapsedTimer clock;
    clock.start();
    const auto answer = submit(setupFor(address, SmtpSecurity::Tls), address);
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message + answer.error().detail));
    QCOMPARE(*answer, u"250 2.0.0 Ok: queued as 4F1A"_s);
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
}

void MailSubmissionTest::saysWhetherItMayHaveBeenTaken_data()
{
    QTest::addColumn<Script>("end"); // after the message
    QTest::addColumn<std::optional<ErrorKind>>("error");
    const std::optional<ErrorKind> perhaps;
    QTest::newRow("closes without a word") << Script([](Connection &) {}) << perhaps;
    QTest::newRow("silence") << Script([](Connection &c) { c.hang(); }) << perhaps;
    QTest::newRow("half an answer") << Script([](Connection &c) { c.write("250-2.0.0 Ok\r\n25"); }) << perhaps;
    QTest::newRow("an answer without end") << Script([](Connection &c) {
        while (c.write(QByteArray("250-and so on\r\n").repeated(100))) {
        }
    }) << perhaps;
    QTest::newRow("refused") << Script([](Connection &c) { c.write("554 5.7.1 No\r\n"); })
                             << std::optional(ErrorKind::NotPermitted);
    QTest::newRow("not now") << Script([](Connection &c) { c.write("451 4.3.0 Later\r\n"); })
                             << std::optional(ErrorKind::NotPermitted);
}

// Then it has an answer without words, and its mark is remembered.
void MailSubmissionTest::saysWhetherItMayHaveBeenTaken()
{
    QFETCH(Script, end);
    QFETCH(std::optional<ErrorKind>, error);
    const HostileServer server(
        [&](Connection &c) {
            hearMessage(c);
            end(c);
        },
        TlsSetup{{m_identity}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto answer =
        submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, CancelToken(), std::chrono::milliseconds(400));
    QCOMPARE(answer.has_value(), !error.has_value());
    if (error)
        QCOMPARE(answer.error().kind, *error);
    else
        QCOMPARE(*answer, QString());
}

void MailSubmissionTest::stopsWhileTheAnswerToTheMessageIsAwaited()
{
    const CancelToken token;
    const HostileServer server(
        [&](Connection &c) {
            hearMessage(c);
            token.cancel();
            c.hang();
        },
        TlsSetup{{m_identity}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    QElapsedTimer clock;
    clock.start();
    const auto answer = submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, token);
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message)); // the server may have taken it
    QCOMPARE(*answer, QString());
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
}

void MailSubmissionTest::endsNoMessageThatWasStopped_data()
{
    QTest::addColumn<Script>("begin");
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("before the message") << Script(greet) << false;
    QTest::newRow("within the message") << Script([](Connection &c) {
        greet(c);
        c.write("354 Go on\r\n");
        c.readLine();
    }) << true;
}

// libcurl would end it as if it were whole.
void MailSubmissionTest::endsNoMessageThatWasStopped()
{
    QFETCH(Script, begin);
    QFETCH(bool, hasBegun);
    const QByteArray large = "Subject: x\r\n\r\n" + QByteArray(QByteArray(70, 'x') + "\r\n").repeated(300'000);
    const CancelToken token;
    QByteArray heard;
    {
        const HostileServer server(
            [&](Connection &c) {
                begin(c);
                token.cancel();
                for (QByteArray more = c.readSome(); !more.isEmpty(); more = c.readSome())
                    heard += more;
            },
            TlsSetup{{m_identity}});
        const SocketAddress address{u"127.0.0.1"_s, server.port()};
        const auto answer =
            submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, token, std::chrono::seconds(5), large);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    }
    QCOMPARE(!heard.isEmpty(), hasBegun);
    QVERIFY(heard.size() < large.size() - 70); // the test stopped it half-way
    QVERIFY(!heard.contains("\n.\r\n"));       // no end of a message
}

void MailSubmissionTest::takesTheUserNameFromTheSecret_data()
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

void MailSubmissionTest::takesTheUserNameFromTheSecret()
{
    if (!isSmtpInstalled())
        QSKIP("python3-aiosmtpd is not installed");
    QFETCH(bool, isBoth);
    QFETCH(QByteArray, kept);
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, password);
    SmtpServer server(SmtpMode::Tls, m_identity, user, password);
    QVERIFY2(server.isReady(), server.log().constData());
    DeliverySetup setup = setupFor(server.address(), SmtpSecurity::Tls);
    setup.userIsPassword = isBoth;
    if (isBoth)
        setup.user.clear();
    const auto answer = submit(setup, server.address(), kept);
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message + answer.error().detail));
    QVERIFY2(server.envelope().contains(' ' + user + ' '), server.envelope().constData());
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
    const auto answer = submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, token);
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
    QCOMPARE(submit(setup, nobody).error().kind, ErrorKind::BadInput);
}

void MailSubmissionTest::keepsThePasswordOutOfErrors_data()
{
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("as it is") << kPassword;
    QTest::newRow("with a line break") << kPassword + "\r\n"; // what is sent has none
}

void MailSubmissionTest::keepsThePasswordOutOfErrors()
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
        TlsSetup{{m_identity}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto answer = submit(setupFor(address, SmtpSecurity::Tls), address, kept);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::NotPermitted);
    const QString all = answer.error().message + answer.error().detail;
    QVERIFY(!all.contains(QString::fromUtf8(kPassword)));
    QVERIFY(!all.contains(
        QString::fromUtf8(QByteArray(QByteArray(1, '\0') + "product" + QByteArray(1, '\0') + kPassword).toBase64())));
}

void MailSubmissionTest::signsInWithoutSending_data()
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

void MailSubmissionTest::signsInWithoutSending()
{
    if (!isSmtpInstalled())
        QSKIP("python3-aiosmtpd is not installed");
    QFETCH(SmtpMode, mode);
    QFETCH(SmtpSecurity, security);
    QFETCH(QByteArray, password);
    QFETCH(bool, isTaken);
    SmtpServer server(mode, m_identity, "product", kPassword);
    QVERIFY2(server.isReady(), server.log().constData());
    const auto answer = signIn(setupFor(server.address(), security), server.address(), password);
    QCOMPARE(answer.has_value(), isTaken);
    if (isTaken)
        QVERIFY2(answer->startsWith(u"235"_s), qPrintable(*answer));
    else
        QCOMPARE(answer.error().kind, ErrorKind::NotPermitted);
    QVERIFY(server.message().isEmpty() && server.envelope().isEmpty());
}

void MailSubmissionTest::signingInTellsThePasswordFromTheRest_data()
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
void MailSubmissionTest::signingInTellsThePasswordFromTheRest()
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
        TlsSetup{{m_identity}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto said = signIn(setupFor(address, SmtpSecurity::Tls), address);
    QVERIFY(!said);
    QTEST(said.error().kind, "kind");
    QVERIFY(!said.error().message.contains(QString::fromUtf8(kPassword)));
    QVERIFY(!began);
}

void MailSubmissionTest::stopsWhileItSignsIn()
{
    const HostileServer server([](Connection &c) { c.hang(); }, TlsSetup{{m_identity}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    CancelToken token;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        token.cancel();
    });
    QElapsedTimer clock;
    clock.start();
    const auto said = signIn(setupFor(address, SmtpSecurity::Tls), address, kPassword, token);
    QVERIFY(!said);
    QCOMPARE(said.error().kind, ErrorKind::Cancelled);
    QVERIFY2(clock.elapsed() < 1200, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(MailSubmissionTest)
#include "tst_mailsubmission.moc"
