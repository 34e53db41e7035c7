#include "checks/mail/dmarc.h"
#include "lab/lookwithzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString dmarc(const QString &record, const QString &domain = u"example.com"_s)
{
    return u"_dmarc.%1. 300 IN TXT \"%2\""_s.arg(domain, record);
}

} // namespace

class DmarcTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheRecord_data();
    void judgesTheRecord();
    void offersTheNextStep();
    void takesTheRecordFromAbove();
    void keepsFailureApartFromMissing();
    void readsOldAndNewStandard_data();
    void readsOldAndNewStandard();
    void aFailureOnTheWayUpIsNoAnswer();
};

void DmarcTest::judgesTheRecord_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("apex"); // null when there is no policy
    QTest::addColumn<QStringList>("codes");
    const QString rua = u"; rua=mailto:r@example.com"_s;
    const auto row = [](const char *name, const QStringList &zone, const QString &status, const QString &apex,
                        const QStringList &codes) { QTest::newRow(name) << zone << status << apex << codes; };
    row("missing", {u"example.com. 300 IN A 192.0.2.1"_s}, u"none"_s, {}, {u"missing"_s});
    row("the domain does not exist", {u"example.net. 300 IN A 192.0.2.1"_s}, u"none"_s, {}, {});
    row("another text by a wildcard", {dmarc(u"v=spf1 -all"_s)}, u"none"_s, {}, {u"missing"_s});
    row("wrong capitals", {dmarc(u"v=dmarc1; p=reject"_s)}, u"none"_s, {}, {u"missing"_s});
    row("two records", {dmarc(u"v=DMARC1; p=none"_s), dmarc(u"v=DMARC1; p=reject"_s)}, u"invalid"_s, {},
        {u"multiple_records"_s});
    row("mistake", {dmarc(u"v=DMARC1; p=block"_s)}, u"invalid"_s, {}, {u"invalid"_s});
    row("watching", {dmarc(u"v=DMARC1; p=none"_s + rua)}, u"valid"_s, u"none"_s, {u"monitoring_only"_s});
    row("quarantine is no failure", {dmarc(u"v=DMARC1; p=quarantine"_s + rua)}, u"valid"_s, u"quarantine"_s, {});
    row("reject", {dmarc(u"v=DMARC1; p=reject"_s + rua)}, u"valid"_s, u"reject"_s, {});
    row("quarantine in test mode", {dmarc(u"v=DMARC1; p=quarantine; t=y"_s + rua)}, u"valid"_s, u"none"_s,
        {u"test_mode"_s});
    row("subdomains open", {dmarc(u"v=DMARC1; p=reject; sp=none"_s + rua)}, u"valid"_s, u"reject"_s,
        {u"subdomains_open"_s});
    row("no reports", {dmarc(u"v=DMARC1; p=reject"_s)}, u"valid"_s, u"reject"_s, {u"no_reports"_s});
    row("a part only", {dmarc(u"v=DMARC1; p=reject; pct=20"_s + rua)}, u"valid"_s, u"reject"_s, {u"partial"_s});
    row("reports elsewhere, not agreed", {dmarc(u"v=DMARC1; p=reject; rua=mailto:r@reports.example.net"_s)}, u"valid"_s,
        u"reject"_s, {u"reports_not_authorised"_s});
    row("reports elsewhere, agreed",
        {dmarc(u"v=DMARC1; p=reject; rua=mailto:r@reports.example.net"_s),
         u"example.com._report._dmarc.reports.example.net. 60 IN TXT \"v=DMARC1\""_s},
        u"valid"_s, u"reject"_s, {});
    row("reports elsewhere, server fails",
        {dmarc(u"v=DMARC1; p=reject; rua=mailto:r@reports.example.net"_s),
         u"example.com._report._dmarc.reports.example.net. SERVFAIL"_s},
        u"valid"_s, u"reject"_s, {});
}

void DmarcTest::judgesTheRecord()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(dmarcCheck());
    QTEST(judged.observed["status"_L1].toString(), "status");
    QTEST(judged.observed["policy"_L1]["apex"_L1].toString(), "apex");
    QTEST(codesOf(judged), "codes");
}

void DmarcTest::offersTheNextStep()
{
    const auto paste = [](const QStringList &zone) {
        return ZoneLook{zone}.run(dmarcCheck()).findings.at(0).fix.paste;
    };
    QCOMPARE(paste({u"example.com. 300 IN A 192.0.2.1"_s}),
             u"v=DMARC1; p=none; np=reject; rua=mailto:dmarc-reports@example.com"_s);
    QCOMPARE(paste({u"example.com. 300 IN TXT \"v=spf1 -all\""_s}), u"v=DMARC1; p=reject; sp=reject; np=reject"_s);
    QCOMPARE(paste({u"example.com. 300 IN MX 0 ."_s}), u"v=DMARC1; p=reject; sp=reject; np=reject"_s);
    QCOMPARE(paste({dmarc(u"v=DMARC1; p=none; rua=mailto:a@example.com"_s)}),
             u"v=DMARC1; p=quarantine; np=reject; rua=mailto:a@example.com"_s);
}

void DmarcTest::takesTheRecordFromAbove()
{
    const QStringList zone{dmarc(u"v=DMARC1; p=reject; sp=quarantine; np=none; rua=mailto:r@example.com"_s),
                           u"mail.example.com. 60 IN A 192.0.2.1"_s};
    ZoneLook look{zone};
    look.target.domain = u"mail.example.com"_s;
    const QJsonObject observed = look.run(dmarcCheck()).observed;
    QCOMPARE(observed["status"_L1].toString(), u"valid"_s);
    QCOMPARE(observed["organizational_domain"_L1].toString(), u"example.com"_s);
    QCOMPARE(observed["policy"_L1]["apex"_L1].toString(), u"quarantine"_s);
    QCOMPARE(observed["policy"_L1]["nonexistent"_L1].toString(), u"none"_s);
    QCOMPARE(observed["rfc7489"_L1]["policy"_L1].toString(), u"quarantine"_s);
    QCOMPARE(observed["rfc7489"_L1]["organizational_domain"_L1].toString(), u"example.com"_s);
}

void DmarcTest::keepsFailureApartFromMissing()
{
    for (const QString &word : {u"SERVFAIL"_s, u"SILENT"_s}) {
        const Judged judged = ZoneLook{{u"_dmarc.example.com. "_s + word}}.run(dmarcCheck());
        QCOMPARE(judged.outcome, Outcome::Error);
        QVERIFY(!judged.reason.isEmpty());
        QCOMPARE(judged.observed["status"_L1].toString(), u"temperror"_s);
        QVERIFY(judged.findings.empty());
        for (const QString &fact : {u"policy"_s, u"organizational_domain"_s, u"rfc7489"_s, u"record"_s})
            QVERIFY2(judged.observed.contains(fact), qPrintable(fact));
    }
}

void DmarcTest::readsOldAndNewStandard_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("today");
    QTest::addColumn<QString>("old"); // null: no policy
    const QString rua = u"; rua=mailto:r@example.com"_s;
    QTest::newRow("no p, reports") << u"v=DMARC1"_s + rua << u"none"_s << u"none"_s;
    QTest::newRow("no p, no reports") << u"v=DMARC1"_s << u"none"_s << QString();
    QTest::newRow("p after others") << u"v=DMARC1; rua=mailto:r@example.com; p=reject"_s << u"reject"_s << u"reject"_s;
    QTest::newRow("test mode") << u"v=DMARC1; p=reject; t=y"_s + rua << u"quarantine"_s << u"reject"_s;
    QTest::newRow("invalid sp, reports") << u"v=DMARC1; p=reject; sp=all"_s + rua << u"none"_s << u"none"_s;
    QTest::newRow("unknown tags, blanks, closing semicolon")
        << u"V = DMARC1 ; p = reject ; x=1"_s + rua + u" ;"_s << u"reject"_s << u"reject"_s;
}

void DmarcTest::readsOldAndNewStandard()
{
    QFETCH(QString, record);
    const QJsonObject observed = ZoneLook{{dmarc(record)}}.run(dmarcCheck()).observed;
    QCOMPARE(observed["status"_L1].toString(), u"valid"_s);
    QTEST(observed["policy"_L1]["apex"_L1].toString(), "today");
    QTEST(observed["rfc7489"_L1]["policy"_L1].toString(), "old");
}

void DmarcTest::aFailureOnTheWayUpIsNoAnswer()
{
    ZoneLook look{{u"app.example.com. 60 IN A 192.0.2.1"_s, u"_dmarc.example.com. SERVFAIL"_s}};
    look.target.domain = u"app.example.com"_s;
    const Judged judged = look.run(dmarcCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
    QCOMPARE(judged.observed["status"_L1].toString(), u"temperror"_s);
    QVERIFY(judged.findings.empty());
}

QTEST_GUILESS_MAIN(DmarcTest)
#include "tst_dmarc.moc"
