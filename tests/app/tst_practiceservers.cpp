#include "app/practice/practicecompany.h"
#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "checks/net/httpclient.h"
#include "checks/net/smtpclient.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

// The practice company's servers, seen through the ordinary clients.
class TestPracticeServers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void answersNames_data();
    void answersNames();
    void sendsLargeAnswersByTcp();
    void secondNameServerIsLame();
    void servesPages_data();
    void servesPages();
    void greetsAsAMailServer();
    void dropsEndlessCommands();
    void delaysEveryAnswer();
    void endsWithinASecond();

private:
    std::unique_ptr<PracticeCompany> m_company;
    std::unique_ptr<Observations> m_seen;
};

void TestPracticeServers::initTestCase()
{
    auto company = PracticeCompany::start();
    QVERIFY2(company, company ? "" : qPrintable(company.error().message));
    m_company = std::move(*company);
    m_seen = std::make_unique<Observations>(m_company->netOptions(), CancelToken(),
                                            Deadline::in(std::chrono::minutes(1)), nullptr);
}

void TestPracticeServers::answersNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<DnsStatus>("status");
    QTest::newRow("the site") << u"acme-ops.example"_s << int(RrType::A) << DnsStatus::Answered;
    QTest::newRow("mail") << u"acme-ops.example"_s << int(RrType::Mx) << DnsStatus::Answered;
    QTest::newRow("no IPv6") << u"acme-ops.example"_s << int(RrType::Aaaa) << DnsStatus::NoData;
    QTest::newRow("a name with names below it")
        << u"_domainkey.acme-ops.example"_s << int(RrType::Txt) << DnsStatus::NoData;
    QTest::newRow("a name that is not there") << u"nobody.acme-ops.example"_s << int(RrType::A) << DnsStatus::NxDomain;
}

void TestPracticeServers::answersNames()
{
    QFETCH(QString, name);
    QFETCH(int, type);
    const auto answer = m_seen->ask(DnsLookup{.name = name, .type = static_cast<RrType>(type)});
    QVERIFY2(*answer, *answer ? "" : qPrintable(answer->error().message));
    QTEST((*answer)->status, "status");
}

void TestPracticeServers::sendsLargeAnswersByTcp()
{
    const auto answer = m_seen->ask(DnsLookup{.name = u"acme-ops.example"_s, .type = RrType::Txt});
    QVERIFY(*answer);
    QCOMPARE((*answer)->records(RrType::Txt).size(), 1U);
    QVERIFY((*answer)->records(RrType::Txt).front().text.startsWith("v=spf1 "));
}

void TestPracticeServers::secondNameServerIsLame()
{
    const auto lame = m_company->netOptions().connectOverrideFor(u"ns2.acme-ops.example"_s, 53);
    QVERIFY(lame);
    const auto answer = m_seen->ask(
        DnsLookup{.name = u"acme-ops.example"_s, .type = RrType::Soa, .server = lame, .recursionDesired = false});
    QVERIFY(*answer);
    QCOMPARE((*answer)->status, DnsStatus::Refused);
}

void TestPracticeServers::servesPages_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("status");
    QTest::addColumn<CertificateTrust>("trust");
    using enum CertificateTrust;
    QTest::newRow("the site") << u"https://acme-ops.example/"_s << 200 << Trusted;
    QTest::newRow("a page that is not there") << u"https://acme-ops.example/nowhere"_s << 404 << Trusted;
    QTest::newRow("the site without TLS moves on") << u"http://acme-ops.example/"_s << 301 << NotTls;
    QTest::newRow("www without TLS stays") << u"http://www.acme-ops.example/"_s << 200 << NotTls;
    QTest::newRow("the app") << u"https://app.acme-ops.example/"_s << 200 << Trusted;
    QTest::newRow("the API") << u"https://api.acme-ops.example/api/health"_s << 200 << Trusted;
    QTest::newRow("a private route that is open") << u"https://api.acme-ops.example/api/customers"_s << 200 << Trusted;
    QTest::newRow("a private route that is closed") << u"https://api.acme-ops.example/api/invoices"_s << 401 << Trusted;
    QTest::newRow("the old host has another's name") << u"https://old.acme-ops.example/"_s << 200 << Untrusted;
}

void TestPracticeServers::servesPages()
{
    QFETCH(QString, url);
    const auto answer = m_seen->ask(HttpGet{.url = QUrl(url)});
    QVERIFY2(*answer, *answer ? "" : qPrintable(answer->error().message));
    QTEST((*answer)->status, "status");
    QTEST((*answer)->trust, "trust");
}

void TestPracticeServers::greetsAsAMailServer()
{
    const auto session = m_seen->ask(SmtpHello{.host = u"mail.acme-ops.example"_s});
    QVERIFY2(*session, *session ? "" : qPrintable(session->error().message));
    QCOMPARE((*session)->greeting.text(), u"220 mail.acme-ops.example ESMTP"_s);
    QCOMPARE((*session)->startTls, StartTlsState::NotOffered);
}

void TestPracticeServers::dropsEndlessCommands()
{
    const auto address = m_company->netOptions().connectOverrideFor(u"mail.acme-ops.example"_s, 25);
    QVERIFY(address);
    QTcpSocket socket;
    socket.connectToHost(address->ip, address->port);
    QVERIFY(socket.waitForConnected());
    socket.write("MAIL FROM:<a@example.com>\r\n");
    QByteArray heard;
    QTRY_VERIFY((heard += socket.readAll()).contains("\r\n502 "));
    socket.write(QByteArray(100000, 'x'));
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void TestPracticeServers::delaysEveryAnswer()
{
    constexpr std::chrono::milliseconds delay(60);
    const auto slow = PracticeCompany::start({.delay = delay});
    QVERIFY(slow);
    Observations seen((*slow)->netOptions(), CancelToken(), Deadline::in(std::chrono::minutes(1)), nullptr);
    const auto name = seen.ask(DnsLookup{.name = u"acme-ops.example"_s, .type = RrType::Mx});
    QVERIFY(*name);
    QVERIFY((*name)->elapsed >= delay);
    const auto page = seen.ask(HttpGet{.url = QUrl(u"https://acme-ops.example/"_s)});
    QVERIFY(*page);
    QVERIFY((*page)->timings.tls >= delay);
    QVERIFY((*page)->timings.firstByte >= delay);
}

void TestPracticeServers::endsWithinASecond()
{
    auto company = PracticeCompany::start();
    QVERIFY(company);
    Observations seen((*company)->netOptions(), CancelToken(), Deadline::in(std::chrono::minutes(1)), nullptr);
    QVERIFY(*seen.ask(HttpGet{.url = QUrl(u"https://app.acme-ops.example/"_s)}));
    QElapsedTimer clock;
    clock.start();
    company->reset();
    QVERIFY2(clock.elapsed() < 1500, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
}

QTEST_GUILESS_MAIN(TestPracticeServers)
#include "tst_practiceservers.moc"
