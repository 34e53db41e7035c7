#include "checks/dns/dnssec.h"
#include "lab/lookwithzone.h"
#include "tests/lab/knotserver.h"
#include "tests/lab/signedzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kZone =
    "$ORIGIN example.com.\n$TTL 300\n"
    "@ SOA ns1 hostmaster 2026010101 7200 3600 1209600 300\n@ NS ns1\nns1 A 127.0.0.1\n@ A 192.0.2.1\n";
const QByteArray kOtherSoa = "ns1.example.com. hostmaster.example.com. 2026010102 ";

struct Lab
{
    QByteArray file = kZone;
    QByteArray ds;
};

Lab signedLab(int startedDaysAgo, int endsInDays, qint64 moreSeconds = 0)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto made = lab::signZone(u"example.com"_s, kZone, now.addDays(-startedDaysAgo),
                                    now.addDays(endsInDays).addSecs(moreSeconds));
    return {made.file, made.ds};
}

Judged look(const Lab &lab)
{
    const QByteArray parent = "$ORIGIN com.\n$TTL 300\n@ SOA ns hostmaster 1 7200 3600 1209600 300\n@ NS ns\n"
                              "ns A 127.0.0.1\nexample NS ns1.example\nns1.example A 127.0.0.1\n" +
                              lab.ds;
    const lab::KnotServer server({{u"com"_s, parent}, {u"example.com"_s, lab.file}});
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    return dnssecCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
}

} // namespace

class TestDnssec : public QObject
{
    Q_OBJECT

private slots:
    void tellsStatesApart_data();
    void tellsStatesApart();
    void watchesTheEndOfSignatures_data();
    void watchesTheEndOfSignatures();
    void cannotLookWithoutAnswers_data();
    void cannotLookWithoutAnswers();
    void aMethodBeyondThisComputerIsNoPass();
    void aNameThatDoesNotExistIsNotSigned();
};

void TestDnssec::tellsStatesApart_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("ds");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QStringList>("codes");
    const Lab good = signedLab(3, 11);
    const Lab other = signedLab(3, 11);
    const Lab expired = signedLab(30, -1);
    const Lab future = signedLab(-1, 14);
    const auto row = [](const char *name, const QByteArray &file, const QByteArray &ds, const QString &state,
                        const QStringList &codes) { QTest::newRow(name) << file << ds << state << codes; };
    row("not signed", kZone, "", u"insecure"_s, {});
    row("signed and vouched for", good.file, good.ds, u"secure"_s, {});
    row("signed, no DS", good.file, "", u"insecure"_s, {u"keys_without_ds"_s});
    row("DS left behind after a move", kZone, good.ds, u"bogus"_s, {u"ds_left_behind"_s});
    row("DS of another key", good.file, other.ds, u"bogus"_s, {u"ds_fits_no_key"_s});
    row("two DS, one fits", good.file, good.ds + other.ds, u"secure"_s, {});
    row("expired", expired.file, expired.ds, u"bogus"_s, {u"signatures_expired"_s});
    row("from the future", future.file, future.ds, u"bogus"_s, {u"signatures_in_the_future"_s});
    row("no signatures", lab::withoutLines(good.file, "\tRRSIG\t"), good.ds, u"bogus"_s, {u"signatures_missing"_s});
    row("no signature of the SOA", lab::withoutLines(good.file, "\tRRSIG\tSOA"), good.ds, u"bogus"_s,
        {u"signatures_missing"_s});
    row("no signature of the keys", lab::withoutLines(good.file, "\tRRSIG\tDNSKEY"), good.ds, u"bogus"_s,
        {u"signatures_missing"_s});
    QByteArray changed = good.file;
    changed.replace("ns1.example.com. hostmaster.example.com. 2026010101 ", kOtherSoa);
    row("record changed after signing", changed, good.ds, u"bogus"_s, {u"signatures_wrong"_s});
    const QByteArray soaOfOther = lab::withoutLines(lab::withoutLines(other.file, "\tDNSKEY"), "\tNSEC");
    row("signed with a key that is not published",
        lab::withoutLines(lab::withoutLines(good.file, "\tSOA"), "RRSIG\tSOA") + soaOfOther, good.ds, u"bogus"_s,
        {u"signing_key_missing"_s});
}

void TestDnssec::tellsStatesApart()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, ds);
    const Judged judged = look({file, ds});
    QVERIFY2(judged.reason.isEmpty(), qPrintable(judged.reason));
    QTEST(codesOf(judged), "codes");
    QTEST(judged.observed.value("state"_L1).toString(), "state");
    const bool isCritical = judged.observed.value("state"_L1) == "bogus"_L1;
    QCOMPARE(judged.outcome == Outcome::Fail, isCritical);
}

// A life of 16 days: renewal is overdue with less than two of them left.
void TestDnssec::watchesTheEndOfSignatures_data()
{
    QTest::addColumn<int>("started");
    QTest::addColumn<int>("left");
    QTest::addColumn<qint64>("more");
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("an eighth and a minute left") << 14 << 2 << qint64(60) << QStringList{};
    QTest::newRow("a minute less than an eighth left")
        << 14 << 2 << qint64(-90) << QStringList{u"signatures_end_soon"_s};
    QTest::newRow("a life of two days, one left") << 1 << 1 << qint64(0) << QStringList{};
}

void TestDnssec::watchesTheEndOfSignatures()
{
    QFETCH(int, started);
    QFETCH(int, left);
    QFETCH(qint64, more);
    const Judged judged = look(signedLab(started, left, more));
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.observed.value("state"_L1).toString(), u"secure"_s);
}

void TestDnssec::cannotLookWithoutAnswers_data()
{
    QTest::addColumn<QString>("record");
    QTest::newRow("silent") << u"example.com. SILENT"_s;
    QTest::newRow("servers fail") << u"example.com. SERVFAIL"_s;
}

void TestDnssec::cannotLookWithoutAnswers()
{
    QFETCH(QString, record);
    const Judged judged = ZoneLook{.zone = {record}}.run(dnssecCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(!judged.reason.isEmpty());
    QVERIFY(judged.findings.empty());
}

// Algorithm 200 is not assigned: its keys and signatures cannot be checked, and prove nothing.
void TestDnssec::aMethodBeyondThisComputerIsNoPass()
{
    Lab made = signedLab(3, 11);
    made.file.replace("\tRRSIG\tSOA 13 ", "\tRRSIG\tSOA 200 ").replace("\tRRSIG\tDNSKEY 13 ", "\tRRSIG\tDNSKEY 200 ");
    const Judged judged = look(made);
    QVERIFY(judged.outcome != Outcome::Pass);
}

void TestDnssec::aNameThatDoesNotExistIsNotSigned()
{
    const Judged judged = ZoneLook{.zone = {u"other.com. 300 IN A 192.0.2.1"_s}}.run(dnssecCheck());
    QCOMPARE(judged.outcome, Outcome::NotApplicable);
}

QTEST_GUILESS_MAIN(TestDnssec)
#include "tst_dnssec.moc"
