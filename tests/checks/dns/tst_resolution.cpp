#include "checks/dns/resolution.h"
#include "lab/lookwithzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Result<DnsAnswer> address(const QString &ip)
{
    DnsAnswer answer;
    DnsRecord record;
    record.name = u"example.com"_s;
    record.address = ip;
    answer.answers.push_back(record);
    return answer;
}

Result<DnsAnswer> nothing(DnsStatus status)
{
    DnsAnswer answer;
    answer.status = status;
    return answer;
}

} // namespace

class ResolutionTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesOneAddress_data();
    void judgesOneAddress();
    void www();
    void privateAddresses_data();
    void privateAddresses();
    void saysWhyTheServersFail_data();
    void saysWhyTheServersFail();
    void silenceOfAllIsNoVerdict();
    void silenceOfOneIsALead();
};

void ResolutionTest::judgesOneAddress_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("status");
    QTest::newRow("address") << QStringList{u"example.com. 60 IN A 192.0.2.1"_s} << QStringList{} << u"answered"_s;
    QTest::newRow("IPv6 alone") << QStringList{u"example.com. 60 IN AAAA 2001:db8::1"_s} << QStringList{}
                                << u"answered"_s;
    QTest::newRow("no such name") << QStringList{u"example.net. 60 IN A 192.0.2.1"_s} << QStringList{u"no_such_name"_s}
                                  << u"nxdomain"_s;
    QTest::newRow("name without a server")
        << QStringList{u"example.com. 60 IN TXT \"x\""_s} << QStringList{u"no_address"_s} << u"nodata"_s;
    QTest::newRow("servers fail") << QStringList{u"example.com. SERVFAIL"_s} << QStringList{u"servers_fail"_s}
                                  << u"servfail"_s;
    QTest::newRow("alias") << QStringList{u"example.com. 60 IN CNAME a.example.net."_s,
                                          u"a.example.net. 60 IN A 192.0.2.1"_s}
                           << QStringList{} << u"answered"_s;
    QTest::newRow("alias leads nowhere") << QStringList{u"example.com. 60 IN CNAME gone.example.net."_s}
                                         << QStringList{u"alias_leads_nowhere"_s} << u"nxdomain"_s;
}

void ResolutionTest::judgesOneAddress()
{
    QFETCH(QStringList, zone);
    ZoneLook look{zone};
    look.target.hosts.resize(1);
    const Judged judged = look.run(resolutionCheck());
    QTEST(codesOf(judged), "codes");
    QTEST(judged.observed["hosts"_L1][0]["status"_L1].toString(), "status");
}

void ResolutionTest::www()
{
    const Judged judged = ZoneLook{{u"example.com. 60 IN A 192.0.2.1"_s}}.run(resolutionCheck());
    QCOMPARE(codesOf(judged), QStringList{u"no_such_name"_s});
    QCOMPARE(judged.findings[0].severity, Severity::Low);
    QCOMPARE(judged.findings[0].subject, u"www.example.com"_s);
    QCOMPARE(judged.outcome, Outcome::Warn);
}

void ResolutionTest::privateAddresses_data()
{
    QTest::addColumn<QString>("ip");
    QTest::addColumn<bool>("expected");
    QTest::addColumn<bool>("finding");
    QTest::newRow("public") << u"192.0.2.1"_s << false << false;
    QTest::newRow("private") << u"10.0.0.1"_s << false << true;
    QTest::newRow("loopback") << u"127.0.0.1"_s << false << true;
    QTest::newRow("private on purpose") << u"10.0.0.1"_s << true << false;
}

void ResolutionTest::privateAddresses()
{
    QFETCH(QString, ip);
    QFETCH(bool, expected);
    const HostResolution host{{HostRole::Site, u"example.com"_s}, address(ip), nothing(DnsStatus::NoData), expected};
    QTEST(codesOf(judgeResolution({host})).contains(u"private_address"_s), "finding");
}

void ResolutionTest::saysWhyTheServersFail_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("reason");
    QTest::newRow("without a word") << u"example.com. SERVFAIL"_s << QString();
    QTest::newRow("bogus") << u"example.com. SERVFAIL 6"_s << u"do not hold (extended error 6)"_s;
    QTest::newRow("expired") << u"example.com. SERVFAIL 7"_s << u"has expired (extended error 7)"_s;
    QTest::newRow("no key") << u"example.com. SERVFAIL 9"_s << u"does not publish (extended error 9)"_s;
    QTest::newRow("no signatures") << u"example.com. SERVFAIL 10"_s << u"are missing (extended error 10)"_s;
    QTest::newRow("nobody there") << u"example.com. SERVFAIL 22"_s << u"name servers (extended error 22)"_s;
    QTest::newRow("network") << u"example.com. SERVFAIL 23"_s << u"name servers (extended error 23)"_s;
    QTest::newRow("unheard of") << u"example.com. SERVFAIL 4711"_s << u"does not know (extended error 4711)"_s;
}

void ResolutionTest::saysWhyTheServersFail()
{
    QFETCH(QString, record);
    QFETCH(QString, reason);
    ZoneLook look{{record}};
    look.target.hosts.resize(1);
    const Judged judged = look.run(resolutionCheck());
    QCOMPARE(codesOf(judged), QStringList{u"servers_fail"_s});
    const QString seen = judged.findings[0].whatWeSaw;
    QVERIFY2(seen.contains(reason), qPrintable(seen));
    QCOMPARE(seen.contains("extended error"_L1), !reason.isEmpty());
}

void ResolutionTest::silenceOfAllIsNoVerdict()
{
    ZoneLook look{{u"example.com. SILENT"_s, u"www.example.com. SILENT"_s}};
    const Judged judged = look.run(resolutionCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(judged.findings.empty());
    QCOMPARE(judged.observed["hosts"_L1][0]["status"_L1].toString(), u"timeout"_s);
}

void ResolutionTest::silenceOfOneIsALead()
{
    const Judged judged =
        ZoneLook{{u"example.com. SILENT"_s, u"www.example.com. 60 IN A 192.0.2.1"_s}}.run(resolutionCheck());
    QCOMPARE(codesOf(judged), QStringList{u"no_answer"_s});
    QCOMPARE(judged.findings[0].proof, Proof::Lead);
}

QTEST_GUILESS_MAIN(ResolutionTest)
#include "tst_resolution.moc"
