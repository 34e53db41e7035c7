#include "checks/mail/dmarcrecord.h"
#include "checks/mail/dmarcwalk.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

DmarcLevel level(const QString &domain, const QByteArray &text)
{
    DnsAnswer answer;
    if (text.isEmpty()) {
        answer.status = DnsStatus::NxDomain;
    } else {
        DnsRecord record;
        record.type = RrType::Txt;
        record.text = text;
        answer.answers.push_back(record);
    }
    return readDmarcLevel(domain, answer);
}

} // namespace

class DmarcRecordTest : public QObject
{
    Q_OBJECT

private slots:
    void readsRecords_data();
    void readsRecords();
    void appliesThePolicies_data();
    void appliesThePolicies();
    void readsTheOldWay_data();
    void readsTheOldWay();
    void saysWhatIsOdd_data();
    void saysWhatIsOdd();
    void readsReportAddresses();
    void recognisesWhatWasMeant();
    void walksAtMostEightNames();
    void findsTheOrganization_data();
    void findsTheOrganization();
};

void DmarcRecordTest::readsRecords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *text, bool valid) { QTest::newRow(text) << QByteArray(text) << valid; };
    row("v=DMARC1; p=none", true);
    row("v=DMARC1;p=none;", true);
    row("v = DMARC1 ; p = reject ; rua = mailto:a@example.com", true);
    row("v=DMARC1; rua=mailto:a@example.com; p=reject", true);
    row("v=DMARC1", true); // counts as p=none
    row("v=DMARC1; p=NONE; unknown=x", true);
    row("v=dmarc1; p=none", false);
    row("v=DMARC10; p=none", false);
    row(" v=DMARC1; p=none", false);
    row("p=none; v=DMARC1", false);
    row("v=DMARC1 p=none", false);
    row("v=DMARC1; p=none; p=reject", false);
    row("v=DMARC1;; p=none", true); // what is no tag is passed over (RFC 9989 section 4.8)
    row("v=DMARC1; none", true);
    row("v=DMARC1; p=none; P=none", false);
    row("v=DMARC1; rua=mailto:a@example.com; rua=mailto:b@example.com", false);
    row("v=DMARC1; np=reject", true);
    row("v=DMARC1; p=none; np=perhaps", false);
    row("v=DMARC1; p=none; np=perhaps; rua=mailto:a@example.com", true); // counts as p=none
    row("v=DMARC1; p=none; t=maybe; psd=x; adkim=z", true);
    row("V=DMARC1; p=none", true);
    row("v=DMARC1 ", true);
    row("", false);
    row("v=DMARC1; p=block", false);
    row("v=DMARC1; p=block; rua=mailto:a@example.com", true); // counts as p=none
    row("v=DMARC1; p=reject; sp=maybe", false);
    row("v=DMARC1; p=block; rua=https://example.com/", false);
}

void DmarcRecordTest::readsRecords()
{
    QFETCH(QByteArray, text);
    QTEST(parseDmarc(text).has_value(), "valid");
}

void DmarcRecordTest::appliesThePolicies_data()
{
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<QString>("policies");
    QTest::newRow("p alone") << QByteArray("p=quarantine") << u"quarantine quarantine quarantine"_s;
    QTest::newRow("sp") << QByteArray("p=reject; sp=none") << u"reject none none"_s;
    QTest::newRow("np") << QByteArray("p=none; np=reject") << u"none none reject"_s;
    QTest::newRow("np beats sp") << QByteArray("p=reject; sp=quarantine; np=none") << u"reject quarantine none"_s;
    QTest::newRow("test mode") << QByteArray("p=reject; sp=quarantine; t=y") << u"quarantine none none"_s;
    QTest::newRow("no test mode") << QByteArray("p=reject; t=n") << u"reject reject reject"_s;
    QTest::newRow("bad policy with reports")
        << QByteArray("p=reject; sp=bad; rua=mailto:a@example.com") << u"none none none"_s;
}

void DmarcRecordTest::appliesThePolicies()
{
    QFETCH(QByteArray, tags);
    const auto record = parseDmarc("v=DMARC1; " + tags);
    QVERIFY(record);
    const QStringList policies{toWord(record->effectivePolicy()), toWord(record->effectiveSubdomainPolicy()),
                               toWord(record->effectiveNonexistentPolicy())};
    QTEST(policies.join(u' '), "policies");
}

void DmarcRecordTest::readsTheOldWay_data()
{
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<QString>("policy"); // "p sp"; null: the record is not used
    const QByteArray rua = "; rua=mailto:a@example.com";
    QTest::newRow("plain") << QByteArray("p=reject") << u"reject reject"_s;
    QTest::newRow("p later") << QByteArray("adkim=s; p=reject") << u"reject reject"_s;
    QTest::newRow("no p, reports") << QByteArray("adkim=s") + rua << u"none none"_s;
    QTest::newRow("no p, no reports") << QByteArray("adkim=s") << QString();
    QTest::newRow("bad p, reports") << QByteArray("p=block") + rua << u"none none"_s;
    QTest::newRow("bad p, no reports") << QByteArray("p=block") << QString();
    QTest::newRow("bad sp, reports") << QByteArray("p=reject; sp=block") + rua << u"none none"_s;
    QTest::newRow("bad np is not known") << QByteArray("p=reject; np=block") << u"reject reject"_s;
    QTest::newRow("test mode is not known") << QByteArray("p=reject; sp=quarantine; t=y") << u"reject quarantine"_s;
}

void DmarcRecordTest::readsTheOldWay()
{
    QFETCH(QByteArray, tags);
    const auto record = parseDmarc("v=DMARC1; " + tags, DmarcStandard::Rfc7489);
    QString policy;
    if (record)
        policy = toWord(record->effectivePolicy()) + u' ' + toWord(record->effectiveSubdomainPolicy());
    QTEST(policy, "policy");
}

void DmarcRecordTest::saysWhatIsOdd_data()
{
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<int>("oddities");
    QTest::addColumn<int>("notes");
    QTest::newRow("nothing") << QByteArray("p=none") << 0 << 0;
    QTest::newRow("unknown tags are no oddity") << QByteArray("p=none; x=1") << 0 << 0;
    QTest::newRow("part without a name") << QByteArray("p=none; reject") << 1 << 0;
    QTest::newRow("alignment") << QByteArray("p=none; adkim=q") << 1 << 0;
    QTest::newRow("psd") << QByteArray("p=none; psd=x") << 1 << 0;
    QTest::newRow("psd=u") << QByteArray("p=none; psd=u") << 0 << 0;
    QTest::newRow("test mode") << QByteArray("p=none; t=1") << 1 << 0;
    QTest::newRow("fo without ruf") << QByteArray("p=none; fo=1") << 0 << 1;
    QTest::newRow("fo with ruf") << QByteArray("p=none; fo=1; ruf=mailto:a@example.com") << 0 << 0;
    QTest::newRow("removed tags") << QByteArray("p=none; pct=100; rf=afrf; ri=86400") << 0 << 1;
    QTest::newRow("a size limit") << QByteArray("p=none; rua=mailto:a@example.com!10m") << 0 << 1;
    QTest::newRow("a size limit without a unit") << QByteArray("p=none; ruf=mailto:a@example.com!512") << 0 << 1;
    QTest::newRow("two size limits and a removed tag")
        << QByteArray("p=none; pct=100; rua=mailto:a@example.com!1G,mailto:b@example.com!2k") << 0 << 2;
    QTest::newRow("a size limit in no known unit") << QByteArray("p=none; rua=mailto:a@example.com!10x") << 1 << 0;
    QTest::newRow("a size limit without a number") << QByteArray("p=none; rua=mailto:a@example.com!m") << 1 << 0;
    QTest::newRow("an encoded exclamation mark") << QByteArray("p=none; rua=mailto:a%21b@example.com") << 0 << 0;
    QTest::newRow("an address without its scheme") << QByteArray("p=none; rua=a@example.com") << 1 << 0;
}

void DmarcRecordTest::saysWhatIsOdd()
{
    QFETCH(QByteArray, tags);
    const auto record = parseDmarc("v=DMARC1; " + tags);
    QVERIFY(record);
    QTEST(static_cast<int>(record->oddities.size()), "oddities");
    QTEST(static_cast<int>(record->notes.size()), "notes");
}

void DmarcRecordTest::readsReportAddresses()
{
    const auto record =
        parseDmarc("v=DMARC1; p=none; rua=mailto:a@example.com!10m, MAILTO:b@example.net,ftp://x; pct=50; ri=1");
    QVERIFY(record);
    QCOMPARE(record->aggregateReports, (QStringList{u"a@example.com"_s, u"b@example.net"_s}));
    QCOMPARE(record->oddities.size(), 1);
    QCOMPARE(record->removedTags, (QStringList{u"pct"_s, u"ri"_s}));
    QCOMPARE(record->sizeLimits, QStringList{u"!10m"_s});
    QVERIFY(record->notes.join(u' ').contains(u"!10m"));
    QCOMPARE(record->percentage, std::optional(50));
}

void DmarcRecordTest::recognisesWhatWasMeant()
{
    QVERIFY(resemblesDmarcRecord("v=dmarc1; p=none"));
    QVERIFY(resemblesDmarcRecord("\"v=DMARC1; p=none\""));
    QVERIFY(!resemblesDmarcRecord("v=DMARC1; p=none"));
    QVERIFY(!resemblesDmarcRecord("v=spf1 -all"));
}

void DmarcRecordTest::walksAtMostEightNames()
{
    QCOMPARE(dmarcWalkNames(u"example.com"_s), (QStringList{u"example.com"_s, u"com"_s}));
    QCOMPARE(dmarcWalkNames(u"com"_s), QStringList{u"com"_s});
    QCOMPARE(dmarcWalkNames(u"1.2.3.4.5.example.com"_s).size(), 7); // seven labels: every level is asked
    QCOMPARE(dmarcWalkNames(u"1.2.3.4.5.6.example.com"_s).size(), 8);
    QCOMPARE(dmarcWalkNames(u"1.2.3.4.5.6.7.example.com"_s).size(), 8); // nine: the second is passed over
    QCOMPARE(dmarcWalkNames(u"1.2.3.4.5.6.7.example.com"_s).at(1), u"3.4.5.6.7.example.com"_s);
    const QStringList names = dmarcWalkNames(u"a.b.c.d.e.f.g.h.i.example.com"_s);
    QCOMPARE(names.size(), 8);
    QCOMPARE(names.at(1), u"e.f.g.h.i.example.com"_s);
    QCOMPARE(names.last(), u"com"_s);
}

void DmarcRecordTest::findsTheOrganization_data()
{
    QTest::addColumn<QList<QByteArray>>("records"); // of a.mail.example.com, mail.example.com, example.com, com
    QTest::addColumn<QString>("organization");
    QTest::addColumn<QString>("foundAt");
    using Records = QList<QByteArray>;
    QTest::newRow("nothing anywhere") << Records{"", "", "", ""} << u"a.mail.example.com"_s << QString();
    QTest::newRow("at the top") << Records{"", "", "v=DMARC1; p=none", ""} << u"example.com"_s << u"example.com"_s;
    QTest::newRow("own record first") << Records{"v=DMARC1; p=reject", "", "v=DMARC1; p=none", ""} << u"example.com"_s
                                      << u"a.mail.example.com"_s;
    QTest::newRow("says that it is the organization")
        << Records{"", "v=DMARC1; p=reject; psd=n", "v=DMARC1; p=none", ""} << u"mail.example.com"_s
        << u"mail.example.com"_s;
    QTest::newRow("public suffix alone") << Records{"", "", "", "v=DMARC1; p=reject; psd=y"} << u"example.com"_s
                                         << u"com"_s;
    QTest::newRow("organization before public suffix")
        << Records{"", "", "v=DMARC1; p=none", "v=DMARC1; p=reject; psd=y"} << u"example.com"_s << u"example.com"_s;
    QTest::newRow("two in a row: the shorter name")
        << Records{"", "v=DMARC1; p=reject", "v=DMARC1; p=none", ""} << u"example.com"_s << u"example.com"_s;
    QTest::newRow("public suffix below the top")
        << Records{"", "", "v=DMARC1; p=none; psd=y", "v=DMARC1; p=reject; psd=y"} << u"mail.example.com"_s
        << u"example.com"_s;
    QTest::newRow("public suffix never before the organization below it")
        << Records{"", "v=DMARC1; p=none", "v=DMARC1; p=reject; psd=y", ""} << u"mail.example.com"_s
        << u"mail.example.com"_s;
    QTest::newRow("the start says that it is a public suffix")
        << Records{"v=DMARC1; p=none; psd=y", "", "v=DMARC1; p=reject", ""} << u"a.mail.example.com"_s
        << u"a.mail.example.com"_s;
    QTest::newRow("the top without a word on it")
        << Records{"", "", "v=DMARC1; p=none", "v=DMARC1; p=reject"} << u"com"_s << u"com"_s;
    QTest::newRow("an unusable record of its own ends it")
        << Records{"v=DMARC1; p=bad", "", "v=DMARC1; p=none", ""} << u"example.com"_s << QString();
    QTest::newRow("invalid ones are passed over")
        << Records{"", "v=DMARC1; p=bad", "v=DMARC1; p=none", ""} << u"example.com"_s << u"example.com"_s;
}

void DmarcRecordTest::findsTheOrganization()
{
    QFETCH(QList<QByteArray>, records);
    const QStringList names = dmarcWalkNames(u"a.mail.example.com"_s);
    std::vector<DmarcLevel> levels;
    for (qsizetype i = 0; i < names.size(); ++i)
        levels.push_back(level(names[i], records[i]));
    const DmarcDiscovery found = discoverByTreeWalk(levels);
    QTEST(found.organizationalDomain, "organization");
    QTEST(found.level ? found.level->domain : QString(), "foundAt");
}

QTEST_GUILESS_MAIN(DmarcRecordTest)
#include "tst_dmarcrecord.moc"
