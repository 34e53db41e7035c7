#include "checks/mail/tlsrpt.h"
#include "lab/lookwithzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString txt(const QString &text)
{
    return u"_smtp._tls.example.com. 60 IN TXT \"%1\""_s.arg(text);
}

const QString kMx = u"example.com. 60 IN MX 10 mx.example.com."_s;

} // namespace

class TestTlsRpt : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheRecord_data();
    void judgesTheRecord();
    void keepsFailuresApart_data();
    void keepsFailuresApart();
    void neverBlocksALaunch();
};

void TestTlsRpt::judgesTheRecord_data()
{
    QTest::addColumn<QStringList>("records");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("status");
    const auto row = [](const char *name, const QString &text, const QString &code) {
        QTest::newRow(name) << QStringList{txt(text)} << (code.isEmpty() ? QStringList{} : QStringList{code})
                            << (code.isEmpty() ? u"valid"_s : u"invalid"_s);
    };
    QTest::newRow("none") << QStringList{} << QStringList{} << u"none"_s;
    QTest::newRow("another text") << QStringList{txt(u"v=spf1 -all"_s)} << QStringList{} << u"none"_s;
    row("mail", u"v=TLSRPTv1; rua=mailto:tls@example.com"_s, {});
    row("mail, semicolon at the end", u"v=TLSRPTv1;rua=mailto:tls@example.com;"_s, {});
    row("blanks around the semicolon", u"v=TLSRPTv1 ; rua=mailto:tls@example.com"_s, {});
    row("web", u"v=TLSRPTv1; rua=https://reports.example.com/tls?id=1"_s, {});
    row("two addresses", u"v=TLSRPTv1; rua=mailto:a@example.com, https://b.example.com/"_s, {});
    row("two fields", u"v=TLSRPTv1; rua=mailto:a@example.com; rua=mailto:b@example.com"_s, {});
    row("unknown field", u"v=TLSRPTv1; rua=mailto:a@example.com; x-1.y=z"_s, {});
    row("no address", u"v=TLSRPTv1;"_s, u"invalid_record"_s);
    row("version alone", u"v=TLSRPTv1"_s, u"invalid_record"_s);
    row("empty address", u"v=TLSRPTv1; rua="_s, u"invalid_record"_s);
    row("field without equals sign", u"v=TLSRPTv1; rua"_s, u"invalid_record"_s);
    row("two semicolons", u"v=TLSRPTv1;; rua=mailto:a@example.com"_s, u"invalid_record"_s);
    row("field in capitals", u"v=TLSRPTv1; RUA=mailto:a@example.com"_s, u"invalid_record"_s);
    row("no scheme", u"v=TLSRPTv1; rua=a@example.com"_s, u"bad_report_address"_s);
    row("http", u"v=TLSRPTv1; rua=http://example.com/"_s, u"bad_report_address"_s);
    row("mail without a mailbox", u"v=TLSRPTv1; rua=mailto:example.com"_s, u"bad_report_address"_s);
    row("size suffix of DMARC", u"v=TLSRPTv1; rua=mailto:a@example.com!10m"_s, u"bad_report_address"_s);
    row("one good, one bad", u"v=TLSRPTv1; rua=mailto:a@example.com,ftp://x"_s, u"bad_report_address"_s);
    row("version in small letters", u"v=tlsrptv1; rua=mailto:a@example.com"_s, u"not_recognised"_s);
    row("version not first", u"rua=mailto:a@example.com; v=TLSRPTv1"_s, u"not_recognised"_s);
    row("longer version", u"v=TLSRPTv12; rua=mailto:a@example.com"_s, u"not_recognised"_s);
    QTest::newRow("two records") << QStringList{txt(u"v=TLSRPTv1; rua=mailto:a@example.com"_s),
                                                txt(u"v=TLSRPTv1; rua=mailto:b@example.com"_s)}
                                 << QStringList{u"several_records"_s} << u"invalid"_s;
    QTest::newRow("one record and another text")
        << QStringList{txt(u"v=TLSRPTv1; rua=mailto:a@example.com"_s), txt(u"hello"_s)} << QStringList{} << u"valid"_s;
}

void TestTlsRpt::judgesTheRecord()
{
    QFETCH(QStringList, records);
    const Judged judged = ZoneLook{records << kMx}.run(tlsRptCheck());
    QTEST(codesOf(judged), "codes");
    QTEST(judged.observed.value("status"_L1).toString(), "status");
    QCOMPARE(judged.outcome == Outcome::Info, judged.observed.value("status"_L1) == "none"_L1);
}

void TestTlsRpt::keepsFailuresApart_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("servers fail") << QStringList{kMx, u"_smtp._tls.example.com. SERVFAIL"_s} << Outcome::Error;
    QTest::newRow("no answer") << QStringList{kMx, u"_smtp._tls.example.com. SILENT"_s} << Outcome::Error;
    QTest::newRow("takes no mail") << QStringList{u"example.com. 60 IN MX 0 ."_s} << Outcome::NotApplicable;
    QTest::newRow("no such domain") << QStringList{u"example.net. 60 IN A 192.0.2.1"_s} << Outcome::NotRun;
}

void TestTlsRpt::keepsFailuresApart()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(tlsRptCheck());
    QTEST(judged.outcome, "outcome");
    QVERIFY(!judged.reason.isEmpty());
    QVERIFY(judged.findings.empty());
}

void TestTlsRpt::neverBlocksALaunch()
{
    const Judged judged = ZoneLook{{kMx, txt(u"v=TLSRPTv1"_s)}}.run(tlsRptCheck());
    QCOMPARE(judged.findings.size(), std::size_t(1));
    QCOMPARE(judged.findings.front().severity, Severity::Low);
    QCOMPARE(judged.findings.front().fix.paste,
             u"_smtp._tls.example.com. TXT \"v=TLSRPTv1; rua=mailto:tls-reports@example.com\""_s);
}

QTEST_GUILESS_MAIN(TestTlsRpt)
#include "tst_tlsrpt.moc"
