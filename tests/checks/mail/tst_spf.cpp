#include "checks/mail/spf.h"
#include "checks/mail/spfrepair.h"
#include "lab/lookwithzone.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

// A TXT record, in strings that are short enough to publish.
QString txt(const QString &name, const QString &text)
{
    QStringList strings;
    for (qsizetype i = 0; i < text.size(); i += 200)
        strings << u'"' + text.mid(i, 200) + u'"';
    return name + u". 300 IN TXT "_s + strings.join(u' ');
}

QString includes(int count)
{
    QStringList terms;
    for (int i = 0; i < count; ++i)
        terms << u"include:s%1.example.net"_s.arg(i);
    return terms.join(u' ');
}

QStringList zoneWith(const QString &record, QStringList more = {})
{
    for (int i = 0; i < 12; ++i)
        more << txt(u"s%1.example.net"_s.arg(i), u"v=spf1 ip4:192.0.2.%1 -all"_s.arg(i));
    return more << txt(u"example.com"_s, record) << u"example.com. 300 IN A 192.0.2.1"_s
                << u"example.com. 300 IN MX 10 mx.example.com."_s << u"mx.example.com. 300 IN A 192.0.2.2"_s;
}

} // namespace

class SpfTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheRecord_data();
    void judgesTheRecord();
    void judgesNoDomainThatDoesNotExist();
    void tellsBulkSendersTheirRules();
    void saysWhatToPaste_data();
    void saysWhatToPaste();
    void suggestsTheMailProvidersInclude();
    void keepsSilenceApartFromMissing();
    void closesNothingInAPartThatItDidNotRead();
    void mergesRecords();
    void tellsWhichServicesStillPass();
};

void SpfTest::judgesTheRecord_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("lookups");
    QTest::addColumn<int>("voidLookups");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char *name, const QStringList &zone, const QString &status, int lookups, int voids,
                        const QStringList &codes) {
        QTest::newRow(name) << zone << status << lookups << voids << codes;
    };

    row("sound", zoneWith(u"v=spf1 mx ip4:192.0.2.0/24 -all"_s), u"valid"_s, 1, 0, {});
    row("domain without TXT", {u"example.com. 300 IN A 192.0.2.1"_s}, u"none"_s, 0, 0, {u"missing"_s});
    row("other text only", {txt(u"example.com"_s, u"google-site-verification=x"_s)}, u"none"_s, 0, 0, {u"missing"_s});
    row("two records", {txt(u"example.com"_s, u"v=spf1 mx -all"_s), txt(u"example.com"_s, u"v=spf1 a -all"_s)},
        u"permerror"_s, 0, 0, {u"multiple_records"_s});
    row("syntax", zoneWith(u"v=spf1 mx ipv4:192.0.2.1 -all"_s), u"permerror"_s, 0, 0, {u"syntax_error"_s});
    row("servers fail", {u"example.com. SERVFAIL"_s}, u"temperror"_s, 0, 0, {u"dns_failure"_s});
    row("seven look-ups", zoneWith(u"v=spf1 %1 -all"_s.arg(includes(7))), u"valid"_s, 7, 0, {});
    row("eight look-ups", zoneWith(u"v=spf1 %1 -all"_s.arg(includes(8))), u"valid"_s, 8, 0, {u"near_lookup_limit"_s});
    row("ten look-ups", zoneWith(u"v=spf1 %1 -all"_s.arg(includes(10))), u"valid"_s, 10, 0, {u"near_lookup_limit"_s});
    row("eleven look-ups", zoneWith(u"v=spf1 %1 -all"_s.arg(includes(11))), u"permerror"_s, 11, 0,
        {u"too_many_lookups"_s});
    row("the same include twice counts twice", zoneWith(u"v=spf1 include:s1.example.net include:s1.example.net -all"_s),
        u"valid"_s, 2, 0, {});
    row("nested includes",
        zoneWith(u"v=spf1 include:deep.example.net -all"_s,
                 {txt(u"deep.example.net"_s, u"v=spf1 include:s1.example.net include:s2.example.net -all"_s)}),
        u"valid"_s, 3, 0, {});
    row("behind all nothing counts", zoneWith(u"v=spf1 mx -all include:s1.example.net"_s), u"valid"_s, 1, 0,
        {u"behind_all"_s});
    row("redirect counts", zoneWith(u"v=spf1 redirect=s1.example.net"_s), u"valid"_s, 1, 0, {});
    row("redirect beside all is ignored", zoneWith(u"v=spf1 -all redirect=gone.example.net"_s), u"valid"_s, 0, 0,
        {u"behind_all"_s});
    row("redirect to a record that lets everybody in",
        zoneWith(u"v=spf1 redirect=open.example.net"_s, {txt(u"open.example.net"_s, u"v=spf1 mx +all"_s)}), u"valid"_s,
        2, 1, {u"pass_all"_s});
    row("redirect to a record without an ending",
        zoneWith(u"v=spf1 redirect=loose.example.net"_s, {txt(u"loose.example.net"_s, u"v=spf1 ip4:192.0.2.1"_s)}),
        u"valid"_s, 1, 0, {u"weak_ending"_s});
    row("redirect to a domain without a record", zoneWith(u"v=spf1 redirect=gone.example.net"_s), u"permerror"_s, 1, 1,
        {u"include_without_record"_s});
    row("include that lets everybody in",
        zoneWith(u"v=spf1 include:open.example.net -all"_s, {txt(u"open.example.net"_s, u"v=spf1 +all"_s)}), u"valid"_s,
        1, 0, {u"pass_all"_s});
    row("include of an include that lets everybody in",
        zoneWith(u"v=spf1 include:deep.example.net -all"_s,
                 {txt(u"deep.example.net"_s, u"v=spf1 include:open.example.net -all"_s),
                  txt(u"open.example.net"_s, u"v=spf1 all"_s)}),
        u"valid"_s, 2, 0, {u"pass_all"_s});
    row("forbidding include of a record that lets everybody in",
        zoneWith(u"v=spf1 -include:open.example.net -all"_s, {txt(u"open.example.net"_s, u"v=spf1 +all"_s)}),
        u"valid"_s, 1, 0, {});
    row("include without an ending is no fault",
        zoneWith(u"v=spf1 include:loose.example.net -all"_s, {txt(u"loose.example.net"_s, u"v=spf1 ip4:192.0.2.1"_s)}),
        u"valid"_s, 1, 0, {});
    row("version in capitals", zoneWith(u"V=SPF1 mx -all"_s), u"valid"_s, 1, 0, {});
    row("blank in front", zoneWith(u" v=spf1 mx -all"_s), u"none"_s, 0, 0, {u"missing"_s});
    row("address look-ups of mx do not count",
        zoneWith(u"v=spf1 mx:many.example.net -all"_s,
                 {u"many.example.net. 60 IN MX 1 a.example.net."_s, u"many.example.net. 60 IN MX 2 b.example.net."_s,
                  u"many.example.net. 60 IN MX 3 c.example.net."_s}),
        u"valid"_s, 1, 0, {});
    row("eleven times the same include", zoneWith(u"v=spf1"_s + u" include:s1.example.net"_s.repeated(11) + u" -all"_s),
        u"permerror"_s, 11, 0, {u"too_many_lookups"_s});
    row("macro include counts and is not followed", zoneWith(u"v=spf1 include:%{i}.example.net -all"_s), u"valid"_s, 1,
        0, {});
    row("include without record", zoneWith(u"v=spf1 include:gone.example.net -all"_s), u"permerror"_s, 1, 1,
        {u"include_without_record"_s});
    row("include fails for now", zoneWith(u"v=spf1 include:sick.example.net -all"_s, {u"sick.example.net. SERVFAIL"_s}),
        u"temperror"_s, 1, 0, {u"dns_failure"_s});
    row("include is silent", zoneWith(u"v=spf1 include:mute.example.net -all"_s, {u"mute.example.net. SILENT"_s}),
        u"temperror"_s, 1, 0, {u"dns_failure"_s});
    row("includes itself", zoneWith(u"v=spf1 include:example.com -all"_s), u"permerror"_s, 1, 0, {u"loop"_s});
    row("two void look-ups", zoneWith(u"v=spf1 a:no.example.net exists:no2.example.net -all"_s), u"valid"_s, 2, 2, {});
    row("three void look-ups", zoneWith(u"v=spf1 a:no.example.net exists:no2.example.net mx:no3.example.net -all"_s),
        u"permerror"_s, 3, 3, {u"too_many_void_lookups"_s});
    row("everybody", zoneWith(u"v=spf1 +all"_s), u"valid"_s, 0, 0, {u"pass_all"_s});
    row("no ending", zoneWith(u"v=spf1 mx"_s), u"valid"_s, 1, 0, {u"weak_ending"_s});
    row("question mark", zoneWith(u"v=spf1 mx ?all"_s), u"valid"_s, 1, 0, {u"weak_ending"_s});
    row("soft fail", zoneWith(u"v=spf1 mx ~all"_s), u"valid"_s, 1, 0, {});
    row("ptr", zoneWith(u"v=spf1 ptr -all"_s), u"valid"_s, 1, 0, {u"ptr_used"_s});
    row("include with an equals sign", zoneWith(u"v=spf1 mx include=s1.example.net -all"_s), u"valid"_s, 1, 0,
        {u"ignored_mechanism"_s});
    row("slash 15", zoneWith(u"v=spf1 ip4:192.0.0.0/15 -all"_s), u"valid"_s, 0, 0, {u"wide_network"_s});
    row("slash 16", zoneWith(u"v=spf1 ip4:192.0.0.0/16 -all"_s), u"valid"_s, 0, 0, {});
}

void SpfTest::judgesTheRecord()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(spfCheck());
    QTEST(judged.observed["status"_L1].toString(), "status");
    QTEST(judged.observed["lookups"_L1].toInt(), "lookups");
    QTEST(judged.observed["void_lookups"_L1].toInt(), "voidLookups");
    QTEST(codesOf(judged), "codes");
    const bool hasError = judged.observed["status"_L1].toString().endsWith("error"_L1);
    QCOMPARE(judged.observed["error"_L1].isString(), hasError);
    QCOMPARE(judged.outcome == Outcome::Pass, judged.findings.empty());
}

void SpfTest::judgesNoDomainThatDoesNotExist()
{
    const Judged judged = ZoneLook{{u"example.net. 300 IN A 192.0.2.1"_s}}.run(spfCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.findings.empty());
    QVERIFY(judged.reason.contains(u"example.com"_s));
    QCOMPARE(judged.observed["status"_L1].toString(), u"none"_s); // RFC 7208 section 4.3
}

void SpfTest::saysWhatToPaste_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("paste");
    QTest::newRow("sends nothing") << QStringList{u"example.com. 300 IN A 192.0.2.1"_s} << u"v=spf1 -all"_s;
    QTest::newRow("two records") << QStringList{txt(u"example.com"_s, u"v=spf1 include:a.example.net -all"_s),
                                                txt(u"example.com"_s, u"v=spf1 include:b.example.net ~all"_s)}
                                 << u"v=spf1 include:a.example.net include:b.example.net ~all"_s;
    QTest::newRow("everybody") << zoneWith(u"v=spf1 mx +all"_s) << u"v=spf1 mx ~all"_s;
    QTest::newRow("equals sign") << zoneWith(u"v=spf1 include=s1.example.net -all"_s)
                                 << u"v=spf1 include:s1.example.net -all"_s;
    QTest::newRow("behind all") << zoneWith(u"v=spf1 mx -all include:s1.example.net"_s)
                                << u"v=spf1 mx include:s1.example.net -all"_s;
    QTest::newRow("mistake") << zoneWith(u"v=spf1 mx, a -all"_s) << u"v=spf1 mx a -all"_s;
}

void SpfTest::saysWhatToPaste()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(spfCheck());
    QCOMPARE(judged.findings.size(), size_t(1));
    QTEST(judged.findings[0].fix.paste, "paste");
}

void SpfTest::suggestsTheMailProvidersInclude()
{
    const Judged judged = ZoneLook{{u"example.com. 300 IN MX 1 aspmx.l.google.com."_s}}.run(spfCheck());
    QCOMPARE(judged.findings.at(0).fix.paste, u"v=spf1 include:_spf.google.com ~all"_s);
}

void SpfTest::keepsSilenceApartFromMissing()
{
    const Judged judged = ZoneLook{{u"example.com. SILENT"_s}}.run(spfCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(!judged.reason.isEmpty());
    QVERIFY(judged.findings.empty());
    QCOMPARE(judged.observed["status"_L1].toString(), u"temperror"_s);
}

void SpfTest::closesNothingInAPartThatItDidNotRead()
{
    const QString record = u"v=spf1 include:sick.example.net -all"_s;
    const Judged partly = ZoneLook{zoneWith(record, {u"sick.example.net. SERVFAIL"_s})}.run(spfCheck());
    QVERIFY(!closes(partly, u"too_many_lookups"_s) && !closes(partly, u"syntax_error"_s, u"sick.example.net"_s));
    QVERIFY(closes(partly, u"missing"_s)); // there is a record
    QVERIFY2(partly.reason.contains("not known"_L1), qPrintable(partly.reason));
    const Judged nothing = ZoneLook{{u"example.com. SERVFAIL"_s}}.run(spfCheck());
    QVERIFY(!closes(nothing, u"missing"_s));
    const Judged whole = ZoneLook{zoneWith(record, {txt(u"sick.example.net"_s, u"v=spf1 -all"_s)})}.run(spfCheck());
    QVERIFY(closes(whole, u"too_many_lookups"_s) && closes(whole, u"syntax_error"_s, u"sick.example.net"_s));
    QVERIFY(whole.reason.isEmpty());
}

void SpfTest::mergesRecords()
{
    QCOMPARE(mergedSpf({"v=spf1 mx -all", "v=spf1 MX a -all"}), u"v=spf1 mx a ~all"_s);
    QCOMPARE(mergedSpf({"v=spf1 -all", "v=spf1 -all"}), u"v=spf1 -all"_s);
    QCOMPARE(mergedSpf({"v=spf1 mx -all", "v=spf1 broken -all"}), QString());
}

// Twelve includes: receivers find those in front before they give up.
void SpfTest::tellsWhichServicesStillPass()
{
    const Judged judged = ZoneLook{zoneWith(u"v=spf1 "_s + includes(12) + u" ip4:198.51.100.7 -all"_s)}.run(spfCheck());
    const QJsonArray senders = judged.observed["senders"_L1].toArray();
    QCOMPARE(senders.size(), 12);
    for (int i = 0; i < 12; ++i) {
        QCOMPARE(senders[i]["address"_L1].toString(), u"192.0.2.%1"_s.arg(i));
        QCOMPARE(senders[i]["result"_L1].toString(), i < 10 ? u"pass"_s : u"permerror"_s);
        QCOMPARE(senders[i]["lookups"_L1].toInt(), std::min(i + 1, 11));
    }
    const QString seen = judged.findings.at(0).whatWeSaw;
    QVERIFY2(seen.contains(u"s9.example.net still passes today; mail through s10.example.net and s11"_s),
             qPrintable(seen));
    QVERIFY(!ZoneLook{zoneWith(u"v=spf1 include:s1.example.net -all"_s)}
                 .run(spfCheck())
                 .observed["senders"_L1]
                 .toArray()
                 .isEmpty());
}

// A record that receivers cannot use, and a service in it that sends a lot.
void SpfTest::tellsBulkSendersTheirRules()
{
    const QStringList zone = zoneWith(u"v=spf1 include:sendgrid.net include:gone.example -all"_s) +
                             QStringList{txt(u"sendgrid.net"_s, u"v=spf1 ip4:192.0.2.0/24 -all"_s)};
    const Judged broken = ZoneLook{zone}.run(spfCheck());
    QCOMPARE(codesOf(broken), QStringList{u"include_without_record"_s});
    QVERIFY2(broken.findings.front().whatWeSaw.contains(u"SendGrid"), qPrintable(broken.findings.front().whatWeSaw));
    const Judged quiet = ZoneLook{zoneWith(u"v=spf1 include:gone.example -all"_s)}.run(spfCheck());
    QCOMPARE(codesOf(quiet), QStringList{u"include_without_record"_s});
    QVERIFY(!quiet.findings.front().whatWeSaw.contains(u"5,000"));
}

QTEST_GUILESS_MAIN(SpfTest)
#include "tst_spf.moc"
