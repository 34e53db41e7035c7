// Whether a message may have been taken when its sending failed or was stopped.
#include "tests/checks/net/maillab.h"

#include <QElapsedTimer>
#include <QTest>

#include <optional>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class MailTakenTest : public QObject
{
    Q_OBJECT

private slots:
    void saysWhetherItMayHaveBeenTaken_data();
    void saysWhetherItMayHaveBeenTaken();
    void stopsWhileTheAnswerToTheMessageIsAwaited();
    void endsNoMessageThatWasStopped_data();
    void endsNoMessageThatWasStopped();

private:
    MailLab m_lab;
};

void MailTakenTest::saysWhetherItMayHaveBeenTaken_data()
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
void MailTakenTest::saysWhetherItMayHaveBeenTaken()
{
    QFETCH(Script, end);
    QFETCH(std::optional<ErrorKind>, error);
    const HostileServer server(
        [&](Connection &c) {
            hearMessage(c);
            end(c);
        },
        TlsSetup{{m_lab.identity()}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, CancelToken(),
                                     std::chrono::milliseconds(400));
    QCOMPARE(answer.has_value(), !error.has_value());
    if (error)
        QCOMPARE(answer.error().kind, *error);
    else
        QCOMPARE(*answer, QString());
}

void MailTakenTest::stopsWhileTheAnswerToTheMessageIsAwaited()
{
    const CancelToken token;
    const HostileServer server(
        [&](Connection &c) {
            hearMessage(c);
            token.cancel();
            c.hang();
        },
        TlsSetup{{m_lab.identity()}});
    const SocketAddress address{u"127.0.0.1"_s, server.port()};
    QElapsedTimer clock;
    clock.start();
    const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, token);
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message)); // the server may have taken it
    QCOMPARE(*answer, QString());
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
}

void MailTakenTest::endsNoMessageThatWasStopped_data()
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
void MailTakenTest::endsNoMessageThatWasStopped()
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
            TlsSetup{{m_lab.identity()}});
        const SocketAddress address{u"127.0.0.1"_s, server.port()};
        const auto answer = m_lab.submit(setupFor(address, SmtpSecurity::Tls), address, kPassword, token,
                                         std::chrono::seconds(5), large);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    }
    QCOMPARE(!heard.isEmpty(), hasBegun);
    QVERIFY(heard.size() < large.size() - 70); // the test stopped it half-way
    QVERIFY(!heard.contains("\n.\r\n"));       // no end of a message
}

QTEST_GUILESS_MAIN(MailTakenTest)
#include "tst_mailtaken.moc"
