#include "checks/mail/recordstoday.h"
#include "lab/zonescript.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString txt(const QString &name, const QString &text)
{
    return u"%1. 300 IN TXT \"%2\""_s.arg(name, text);
}

NetOptions optionsFor(const ScriptedDns &server)
{
    NetOptions options;
    options.resolvers = {server.address()};
    options.operationTimeout = std::chrono::milliseconds(600);
    return options;
}

} // namespace

class RecordsTodayTest : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatStandsThere();
    void readsThePolicy_data();
    void readsThePolicy();
    void aFailureIsNotNothing_data();
    void aFailureIsNotNothing();
    void readsAName_data();
    void readsAName();
    void countsTheBudget_data();
    void countsTheBudget();
};

void RecordsTodayTest::readsWhatStandsThere()
{
    const ScriptedDns server(
        zoneScript({txt(u"example.com"_s, u"v=spf1 include:_spf.google.com ~all"_s), txt(u"example.com"_s, u"MS=ms1"_s),
                    txt(u"_dmarc.example.com"_s, u"v=DMARC1; p=none; rua=mailto:r@example.com"_s),
                    u"example.com. 300 IN NS ada.ns.cloudflare.com."_s}));
    const auto today = readRecords(u"example.com"_s, optionsFor(server), {});
    QVERIFY(today);
    QCOMPARE(today->spf, QStringList{u"v=spf1 include:_spf.google.com ~all"_s});
    QCOMPARE(today->spfDomains, QStringList{u"_spf.google.com"_s});
    QCOMPARE(today->dmarc, QStringList{u"v=DMARC1; p=none; rua=mailto:r@example.com"_s});
    QCOMPARE(today->reports, QStringList{u"r@example.com"_s});
    QCOMPARE(today->dnsHost, u"cloudflare"_s);
    QVERIFY(!today->sendsNoMail);
}

void RecordsTodayTest::readsThePolicy_data()
{
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("policy"); // null: none
    QTest::addColumn<bool>("isTest");
    QTest::addColumn<bool>("refusesMadeUp");
    QTest::newRow("nothing") << QStringList() << QString() << false << false;
    QTest::newRow("two records") << QStringList{u"v=DMARC1; p=none"_s, u"v=DMARC1; p=reject"_s} << QString() << false
                                 << false;
    QTest::newRow("unusable") << QStringList{u"v=DMARC1; p=bad"_s} << QString() << false << false;
    QTest::newRow("meant as one") << QStringList{u"v=dmarc1; p=none"_s} << QString() << false << false;
    QTest::newRow("one beside what is none")
        << QStringList{u"v=DMARC1; p=reject"_s, u"v=spf1 -all"_s} << u"reject"_s << false << true;
    QTest::newRow("np") << QStringList{u"v=DMARC1; p=quarantine; np=reject"_s} << u"quarantine"_s << false << true;
    QTest::newRow("np in test") << QStringList{u"v=DMARC1; p=quarantine; np=reject; t=y"_s} << u"quarantine"_s << true
                                << false;
}

void RecordsTodayTest::readsThePolicy()
{
    QFETCH(QStringList, texts);
    QStringList zone{u"example.com. 300 IN A 192.0.2.1"_s};
    for (const QString &text : texts)
        zone << txt(u"_dmarc.example.com"_s, text);
    const ScriptedDns server(zoneScript(zone));
    const auto today = readRecords(u"example.com"_s, optionsFor(server), {});
    QVERIFY(today);
    QTEST(today->policy ? toWord(*today->policy) : QString(), "policy");
    QTEST(today->isTest, "isTest");
    QTEST(today->refusesMadeUp, "refusesMadeUp");
}

void RecordsTodayTest::aFailureIsNotNothing_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("the domain fails") << u"example.com. SERVFAIL"_s;
    QTest::newRow("_dmarc fails") << u"_dmarc.example.com. SERVFAIL"_s;
    QTest::newRow("_dmarc is silent") << u"_dmarc.example.com. SILENT"_s;
}

void RecordsTodayTest::aFailureIsNotNothing()
{
    QFETCH(QString, line);
    const ScriptedDns server(zoneScript({line, u"www.example.com. 60 IN A 192.0.2.1"_s}));
    const auto today = readRecords(u"example.com"_s, optionsFor(server), {});
    QVERIFY(!today);
    QVERIFY(!today.error().message.isEmpty());
}

void RecordsTodayTest::readsAName_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("alias"); // null: it cannot be said what stands there
    const QString name = u"s1._domainkey.example.com"_s;
    const QString alias = name + u". 60 IN CNAME s1.example.net."_s;
    const QString key = u"v=DKIM1; p="_s;
    const QString none = u""_s;
    QTest::newRow("a text") << QStringList{txt(name, key)} << QStringList{key} << none;
    QTest::newRow("an alias for one") << QStringList{alias, txt(u"s1.example.net"_s, key)} << QStringList{key}
                                      << u"s1.example.net"_s;
    QTest::newRow("an alias for an alias")
        << QStringList{alias, u"s1.example.net. 60 IN CNAME k.example.org."_s, txt(u"k.example.org"_s, key)}
        << QStringList{key} << u"s1.example.net"_s;
    QTest::newRow("an alias for nothing") << QStringList{alias} << QStringList() << u"s1.example.net"_s;
    QTest::newRow("no such name") << QStringList{u"example.com. 60 IN A 192.0.2.1"_s} << QStringList() << none;
    QTest::newRow("a failing server") << QStringList{name + u". SERVFAIL"_s} << QStringList() << QString();
}

void RecordsTodayTest::readsAName()
{
    QFETCH(QStringList, zone);
    QFETCH(QString, alias);
    const ScriptedDns server(zoneScript(zone));
    const auto today = readTexts(u"s1._domainkey.example.com"_s, optionsFor(server), {});
    QCOMPARE(today.has_value(), !alias.isNull());
    if (!today)
        return;
    QTEST(today->texts, "texts");
    QCOMPARE(today->alias, alias);
}

void RecordsTodayTest::countsTheBudget_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<int>("lookups"); // -1: cannot be read
    QTest::addColumn<int>("voids");
    QTest::addColumn<int>("lines");
    QTest::newRow("none") << u"v=spf1 ip4:192.0.2.1 -all"_s << 0 << 0 << 1;
    QTest::newRow("one include with two inside") << u"v=spf1 include:a.example -all"_s << 3 << 0 << 2;
    QTest::newRow("twice counts twice") << u"v=spf1 include:a.example include:a.example -all"_s << 6 << 0 << 3;
    QTest::newRow("leads nowhere") << u"v=spf1 include:gone.example -all"_s << 1 << 1 << 2;
    QTest::newRow("no record") << u"v=spf1 foo -all"_s << -1 << 0 << 0;
}

void RecordsTodayTest::countsTheBudget()
{
    QFETCH(QString, record);
    QFETCH(int, lookups);
    const ScriptedDns server(zoneScript({txt(u"a.example"_s, u"v=spf1 a:x.example mx:x.example -all"_s),
                                         u"x.example. 60 IN A 192.0.2.1"_s, u"x.example. 60 IN MX 10 x.example."_s}));
    const auto budget = spfBudget(u"example.com"_s, record, optionsFor(server), {});
    QCOMPARE(budget.has_value(), lookups >= 0);
    if (!budget)
        return;
    QCOMPARE(budget->lookups, lookups);
    QTEST(budget->voidLookups, "voids");
    QTEST(static_cast<int>(budget->lines.size()), "lines");
    QCOMPARE(budget->limit, 10);
}

QTEST_GUILESS_MAIN(RecordsTodayTest)
#include "tst_recordstoday.moc"
