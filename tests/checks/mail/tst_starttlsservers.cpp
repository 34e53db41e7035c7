// STARTTLS asked for at servers on loopback, scripted and real.
#include "starttlslab.h"
#include "tests/checks/earlierfinding.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class TestStartTlsServers : public QObject
{
    Q_OBJECT

private slots:
    void looksAtRealSockets_data();
    void looksAtRealSockets();
    void looksAtARealServer();
    void missesNoHost();
    void namesHostsBeyondTheMost();
    void seesOldVersionsOfARealServer();
    void blamesTheNetworkForItsOwnAlone_data();
    void blamesTheNetworkForItsOwnAlone();
};

void TestStartTlsServers::looksAtRealSockets_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QStringList>("codes");
    const MailLab lab;
    const auto row = [](const char *name, const Script &script, const QStringList &codes) {
        QTest::newRow(name) << script << codes;
    };
    row("without STARTTLS", mailServer({.ehlo = "250-mx\r\n250 SIZE\r\n"}), {u"no_starttls"_s});
    row("refuses", mailServer({.startTls = "454 not now\r\n"}), {u"starttls_refused"_s});
    row("hangs up", mailServer({}), {u"handshake_failed"_s});
    row("unknown authority", mailServer({.tls = TlsSetup{.chain = {lab.leafFor(kMx)}}}), {u"certificate_untrusted"_s});
    const TlsSetup strict{.chain = {lab.leafFor(kMx)}, .demandsCertificate = true};
    TlsSetup older = strict;
    older.maxVersion = TLS1_2_VERSION;
    row("wants a certificate of every sender", mailServer({.tls = strict}), {u"handshake_failed"_s});
    row("the same in TLS 1.2", mailServer({.tls = older}), {u"handshake_failed"_s});
    row("is a web server", answering(httpAnswer(400, {}, "no")), {u"unreachable"_s}); // waits for us to speak
    row("speaks HTTP at once", [](Connection &c) { c.write("HTTP/1.1 400 no\r\n\r\n"); }, {u"not_a_mail_server"_s});
}

void TestStartTlsServers::looksAtRealSockets()
{
    QFETCH(Script, script);
    const HostileServer server(script);
    const Judged judged = MailLab().look({{kMx, server.port()}});
    QTEST(codesOf(judged), "codes");
    QVERIFY(!judged.evidence.empty());
}

void TestStartTlsServers::looksAtARealServer()
{
    const MailLab lab;
    const RealMailServer secure({lab.leafFor(kMx)});
    const RealMailServer plain;
    if (!secure.isReady() || !plain.isReady())
        QSKIP("python3-aiosmtpd is not installed.");
    const Judged judged = lab.look({{kMx, secure.port()}, {kMx2, plain.port()}});
    QCOMPARE(codesOf(judged), QStringList{u"no_starttls"_s});
    QCOMPARE(judged.findings.front().subject, kMx2);
    const QJsonArray servers = judged.observed.value("servers"_L1).toArray();
    QCOMPARE(servers.size(), 2);
    QCOMPARE(servers[0]["starttls"_L1].toString(), u"done"_s);
    QCOMPARE(servers[0]["chain"_L1].toString(), u"trusted"_s);
    QCOMPARE(servers[0]["name_matches"_L1].toBool(), true);
    QCOMPARE(servers[1]["starttls"_L1].toString(), u"not_offered"_s);
}

void TestStartTlsServers::missesNoHost()
{
    const MailLab lab;
    const HostileServer server(mailServer({.tls = TlsSetup{.chain = {lab.leafFor(kMx)}}}));
    QCOMPARE(lab.look({{kMx, server.port()}}).outcome, Outcome::Pass);
    const Judged judged = lab.look({{kMx, server.port()}}, {u"example.com. 60 IN MX 20 gone.example.com."_s});
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.summary.contains(u"gone.example.com"_s), qPrintable(judged.summary));
    QCOMPARE(judged.observed.value("servers"_L1).toArray().size(), 2);
}

// Ten are looked at, and an eleventh is named: its fault is not said to be mended.
void TestStartTlsServers::namesHostsBeyondTheMost()
{
    const MailLab lab;
    const HostileServer server(mailServer({.tls = TlsSetup{.chain = {lab.leafFor(kMx)}}}));
    const QString last = u"mx11.example.com"_s;
    QStringList zone{u"example.com. 60 IN MX 30 %1."_s.arg(last), last + u". 60 IN A 192.0.2.1"_s};
    for (int i = 0; i < 9; ++i) // without an address, so that each costs nothing
        zone << u"example.com. 60 IN MX 20 gone%1.example.com."_s.arg(i);
    const Judged judged = lab.look({{kMx, server.port()}}, zone);
    QCOMPARE(judged.outcome, Outcome::Info);
    QCOMPARE(judged.observed.value("servers"_L1).toArray().size(), 10);
    QVERIFY2(judged.observed.value("left_open"_L1).toVariant().toStringList().join(u' ').contains(last) ||
                 judged.reason.contains(last),
             qPrintable(judged.reason));
    QVERIFY(!test::closes(judged, u"no_starttls"_s, last));
    QVERIFY(test::closes(judged, u"no_starttls"_s, kMx));
}

// aiosmtpd with the limits of its OpenSSL set by configuration: as they are today, and as they once were.
void TestStartTlsServers::seesOldVersionsOfARealServer()
{
    const MailLab lab;
    const RealMailServer modern({lab.leafFor(kMx)}, OldTls::Refused);
    const RealMailServer lenient({lab.leafFor(kMx2)}, OldTls::Taken);
    if (!modern.isReady() || !lenient.isReady())
        QSKIP("python3-aiosmtpd is not installed.");
    const Judged judged = lab.look({{kMx, modern.port()}, {kMx2, lenient.port()}});
    QCOMPARE(codesOf(judged), QStringList{u"old_tls_accepted"_s});
    QCOMPARE(judged.findings.front().subject, kMx2);
    QCOMPARE(judged.findings.front().severity, Severity::Low);
    const QJsonArray servers = judged.observed.value("servers"_L1).toArray();
    QCOMPARE(servers[0]["versions"_L1].toArray(), (QJsonArray{u"TLS 1.3"_s, u"TLS 1.2"_s}));
    QCOMPARE(servers[1]["versions"_L1].toArray(), (QJsonArray{u"TLS 1.3"_s, u"TLS 1.2"_s, u"TLS 1.1"_s, u"TLS 1.0"_s}));
}

void TestStartTlsServers::blamesTheNetworkForItsOwnAlone_data()
{
    QTest::addColumn<SmtpSession>("seen");
    QTest::addColumn<QString>("reason"); // a part of it
    const SmtpReply greeting{220, {u"mx"_s}};
    QTest::newRow("declines the network") << declining(554) << u"home connections"_s;
    QTest::newRow("refuses EHLO") << SmtpSession{.greeting = greeting, .ehlo = {550, {u"no"_s}}} << u"550 no"_s;
    QTest::newRow("EHLO, not now") << SmtpSession{.greeting = greeting, .ehlo = {450, {u"no"_s}}} << u"later"_s;
}

// Who greets, talks to this network.
void TestStartTlsServers::blamesTheNetworkForItsOwnAlone()
{
    QFETCH(SmtpSession, seen);
    QFETCH(QString, reason);
    StartTlsFacts facts{.servers = {answered(seen)}};
    facts.domain = u"example.com"_s;
    facts.now = kNow;
    const Judged judged = judgeStartTls(facts);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    QCOMPARE(judged.reason.contains(u"network"_s), !seen.greeting.isPositive());
}

QTEST_GUILESS_MAIN(TestStartTlsServers)
#include "tst_starttlsservers.moc"
