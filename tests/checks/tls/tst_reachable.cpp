#include "checks/tls/reachable.h"
#include "tests/checks/tls/tlslook.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestReachable : public QObject
{
    Q_OBJECT

private slots:
    void passesWhenTlsAnswers()
    {
        PreparedLook look;
        look.session(goodSession());
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::Pass);
        QCOMPARE(judged.observed[u"reachable"_s].toBool(), true);
        QCOMPARE(judged.observed[u"address"_s].toString(), u"192.0.2.1:443"_s);
        QCOMPARE(judged.observed[u"protocol"_s].toString(), u"TLS 1.3"_s);
    }

    void saysThatVisitorsNeedACertificate()
    {
        PreparedLook look;
        TlsSession session = goodSession();
        session.asksForCertificate = true;
        look.session(session);
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::Pass);
        QVERIFY(judged.summary.contains(u"certificate of their own"_s));
        QVERIFY(judged.observed[u"client_certificate"_s].toBool());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<HostRole>("role");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<Proof>("proof");
        QTest::addColumn<Impact>("impact");
        using enum HostRole;
        QTest::newRow("site refused") << Site << ErrorKind::Unreachable << u"refused"_s << Severity::Critical
                                      << Proof::Strong << Impact::Downtime;
        QTest::newRow("site silent") << Site << ErrorKind::TimedOut << u"silent"_s << Severity::Critical << Proof::Lead
                                     << Impact::Downtime;
        QTest::newRow("app without TLS") << App << ErrorKind::Protocol << u"no_tls"_s << Severity::Critical
                                         << Proof::Proven << Impact::BrokenLogin;
        QTest::newRow("another host refused")
            << Other << ErrorKind::Unreachable << u"refused"_s << Severity::High << Proof::Strong << Impact::Downtime;
    }
    void saysWhatIsWrong()
    {
        QFETCH(HostRole, role);
        QFETCH(ErrorKind, kind);
        PreparedLook look({role, u"shop.example"_s, kHttpsPort});
        look.session(failure(kind, u"what was tried"_s, u"detail"_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::Fail);
        QCOMPARE(judged.observed[u"reachable"_s].toBool(true), false);
        QCOMPARE(judged.findings.size(), std::size_t(1));
        QTEST(judged.findings.front().code, "code");
        QTEST(judged.findings.front().severity, "severity");
        QTEST(judged.findings.front().proof, "proof");
        QTEST(judged.findings.front().impact, "impact");
        QCOMPARE(judged.findings.front().whatWeSaw, u"what was tried"_s);
    }

    void looksAtEveryAddress_data()
    {
        QTest::addColumn<QString>("second"); // address
        QTest::addColumn<QString>("state");
        QTest::addColumn<QStringList>("codes");
        QTest::addColumn<Proof>("proof");
        const auto row = [](const char *name, const QString &second, const QString &state, const QStringList &codes,
                            Proof proof = Proof::Proven) { QTest::newRow(name) << second << state << codes << proof; };
        const QString v4 = u"192.0.2.2"_s;
        const QString v6 = u"2001:db8::1"_s;
        row("both good", v4, u"good"_s, {});
        row("another good certificate", v4, u"renewed"_s, {});
        row("refuses", v4, u"refuses"_s, {u"address_down high"_s}, Proof::Strong);
        row("speaks something else", v4, u"no tls"_s, {u"address_down high"_s}, Proof::Strong);
        row("silent", v4, u"silent"_s, {u"address_down medium"_s}, Proof::Lead);
        row("IPv6 refuses", v6, u"refuses"_s, {u"ipv6_down high"_s}, Proof::Strong);
        row("IPv6 silent", v6, u"silent"_s, {u"ipv6_down medium"_s}, Proof::Lead);
        row("no IPv6 here", v6, u"no route"_s, {});
        row("IPv6 that leads nowhere", v6, u"comes back"_s, {});
        row("a firewall that sends back", v4, u"comes back"_s, {u"address_down high"_s}, Proof::Strong);
        row("stopped meanwhile", v4, u"stopped"_s, {});
        row("an expired certificate", v4, u"expired"_s, {u"stale_address high"_s});
        row("another name", v4, u"other name"_s, {u"stale_address high"_s});
        row("not trusted", v4, u"untrusted"_s, {u"stale_address high"_s});
    }
    void looksAtEveryAddress()
    {
        QFETCH(QString, second);
        QFETCH(QString, state);
        const QString v6 = u"2001:db8::1"_s;
        TlsSession shown = goodSession();
        Certificate &leaf = shown.chain.front();
        if (state == "renewed"_L1)
            leaf.fingerprint = u"other"_s;
        if (state == "expired"_L1)
            leaf.notAfter = kNow;
        if (state == "other name"_L1)
            leaf.names = {u"old.example"_s};
        if (state == "untrusted"_L1)
            shown.chainStatus = ChainStatus::SelfSigned;
        Result<EndpointSession> answer = EndpointSession{shown};
        if (state == "refuses"_L1 || state == "no route"_L1)
            answer = failure(ErrorKind::Unreachable, u"refused"_s);
        if (state == "no tls"_L1)
            answer = failure(ErrorKind::Protocol, u"no TLS"_s);
        if (state == "silent"_L1)
            answer = failure(ErrorKind::TimedOut, u"silent"_s);
        if (state == "comes back"_L1)
            answer = failure(ErrorKind::NoRoute, u"There is no way to it."_s);
        if (state == "stopped"_L1)
            answer = failure(ErrorKind::Cancelled, u"stopped"_s);
        PreparedLook look;
        look.addresses(std::vector<SocketAddress>{{u"192.0.2.1"_s, 443}, {second, 443}});
        look.session(goodSession());
        look.endpoint(u"192.0.2.1"_s, EndpointSession{goodSession()});
        look.endpoint(second, answer);
        look.route(u"192.0.2.1"_s, true);
        look.route(second, state != "no route"_L1);
        const Judged judged = look.at(tlsReachable());
        QTEST(codesOf(judged), "codes");
        if (!judged.findings.empty())
            QTEST(judged.findings.front().proof, "proof");
        const QJsonArray addresses = judged.observed[u"addresses"_s].toArray();
        QCOMPARE(addresses.size(), 2);
        QCOMPARE(addresses[1][u"address"_s].toString(), second);
        // Over IPv6 it may be this network; IPv4 leads to the first address.
        const bool isUnseen = state == "no route"_L1 || (state == "comes back"_L1 && second == v6);
        QCOMPARE(addresses[1][u"answers"_s].isNull(), isUnseen);
        QCOMPARE(judged.outcome == Outcome::Info, isUnseen);
        QCOMPARE(judged.reason.contains(second), isUnseen);
        QCOMPARE(judged.observed.contains(u"not_seen"_s), isUnseen);
    }

    // Where one IPv6 address answers, this network has IPv6.
    void knowsWhoseFaultALostWayIs()
    {
        PreparedLook look;
        const std::vector<QString> ips{u"192.0.2.1"_s, u"2001:db8::1"_s, u"2001:db8::2"_s};
        look.addresses(std::vector<SocketAddress>{{ips[0], 443}, {ips[1], 443}, {ips[2], 443}});
        look.session(goodSession());
        look.endpoint(ips[0], EndpointSession{goodSession()});
        look.endpoint(ips[1], EndpointSession{goodSession()});
        look.endpoint(ips[2], failure(ErrorKind::NoRoute, u"There is no way to it."_s));
        for (const QString &ip : ips)
            look.route(ip, true);
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(codesOf(judged), QStringList{u"ipv6_down high"_s});
        QVERIFY(!judged.findings.front().whatWeSaw.contains(u"no way"_s));
    }

    void leavesABadCertificateEverywhereToOthers()
    {
        TlsSession expired = goodSession();
        expired.chain.front().notAfter = kNow;
        PreparedLook look;
        look.addresses(std::vector<SocketAddress>{{u"192.0.2.1"_s, 443}, {u"192.0.2.2"_s, 443}});
        look.session(expired);
        for (const QString &ip : {u"192.0.2.1"_s, u"192.0.2.2"_s}) {
            look.endpoint(ip, EndpointSession{expired});
            look.route(ip, true);
        }
        QCOMPARE(look.at(tlsReachable()).outcome, Outcome::Pass);
    }

    void leavesMissingNamesToDns()
    {
        PreparedLook look;
        look.addresses(failure(ErrorKind::Unreachable, u"shop.example does not exist in DNS."_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::NotRun);
        QVERIFY(judged.findings.empty());
        QVERIFY(judged.reason.contains(u"dns.resolution"_s));
    }

    // A network without IPv6 tells nothing about a host that has nothing else.
    void blamesNoHostForTheOwnNetwork()
    {
        PreparedLook look;
        look.session(failure(ErrorKind::NoRoute, u"There is no way to it."_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::Error);
        QVERIFY(judged.findings.empty());
        QCOMPARE(judged.reason, u"There is no way to it."_s);
    }

    void saysThatItWasStopped()
    {
        PreparedLook look;
        look.session(failure(ErrorKind::Cancelled, u"Stopped."_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::NotRun);
        QVERIFY(judged.findings.empty());
    }
};

QTEST_GUILESS_MAIN(TestReachable)
#include "tst_reachable.moc"
