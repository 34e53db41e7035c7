#include "checks/mail/mx.h"
#include "lab/lookwithzone.h"
#include "tests/checks/earlierfinding.h"

#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

class MxTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheRecords_data();
    void judgesTheRecords();
    void keepsSilenceApart();
    void closesWhatItSaw();
};

void MxTest::judgesTheRecords_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<Outcome>("outcome");
    const QString mx = u"example.com. 60 IN MX 10 mx.example.com."_s;
    const auto row = [](const char *name, const QStringList &zone, const QStringList &codes, Outcome outcome) {
        QTest::newRow(name) << zone << codes << outcome;
    };
    row("sound", {mx, u"mx.example.com. 60 IN A 192.0.2.1"_s}, {}, Outcome::Pass);
    row("IPv6 alone", {mx, u"mx.example.com. 60 IN AAAA 2001:db8::1"_s}, {}, Outcome::Pass);
    row("none", {u"example.com. 60 IN A 192.0.2.1"_s}, {u"missing"_s}, Outcome::Warn);
    row("no mail on purpose", {u"example.com. 60 IN MX 0 ."_s}, {}, Outcome::Info);
    row("no mail and mail", {u"example.com. 60 IN MX 0 ."_s, mx, u"mx.example.com. 60 IN A 192.0.2.1"_s},
        {u"null_mx_beside_others"_s}, Outcome::Fail);
    row("server is gone", {mx}, {u"host_without_address"_s}, Outcome::Fail);
    row("server fails for now", {mx, u"mx.example.com. SERVFAIL"_s}, {}, Outcome::Info);
    row("one of two fails for now",
        {mx, u"mx.example.com. SERVFAIL"_s, u"example.com. 60 IN MX 20 mx2.example.com."_s,
         u"mx2.example.com. 60 IN A 192.0.2.2"_s},
        {}, Outcome::Info);
    row("one fails for now, another is gone",
        {mx, u"mx.example.com. SERVFAIL"_s, u"example.com. 60 IN MX 20 mx2.example.com."_s},
        {u"host_without_address"_s}, Outcome::Fail);
    row("alias", {mx, u"mx.example.com. 60 IN CNAME real.example.net."_s, u"real.example.net. 60 IN A 192.0.2.1"_s},
        {u"host_is_alias"_s}, Outcome::Warn);
    row("address", {u"example.com. 60 IN MX 10 192.0.2.1."_s}, {u"address_as_host"_s}, Outcome::Fail);
    row("the domain does not exist", {u"example.net. 60 IN A 192.0.2.1"_s}, {}, Outcome::NotRun);
    row("the domain is an alias that leads nowhere", {u"example.com. 60 IN CNAME gone.example.net."_s}, {u"missing"_s},
        Outcome::Warn);
    row("servers fail", {u"example.com. SERVFAIL"_s}, {u"dns_failure"_s}, Outcome::Fail);
}

void MxTest::judgesTheRecords()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(mxCheck());
    QTEST(codesOf(judged), "codes");
    QTEST(judged.outcome, "outcome");
    const QString host = u"mx.example.com"_s;
    const bool isHostTold = !zone.contains(host + u". SERVFAIL"_s) && !zone.contains(u"example.com. SERVFAIL"_s);
    QCOMPARE(judged.observed.contains(u"not_seen"_s), !isHostTold);
    if (judged.outcome != Outcome::NotRun)
        QCOMPARE(closes(judged, u"host_without_address"_s, host), isHostTold);
    if (judged.outcome != Outcome::NotRun)
        QCOMPARE(!judged.reason.isEmpty(), judged.observed.contains(u"not_seen"_s));
}

void MxTest::keepsSilenceApart()
{
    const Judged judged = ZoneLook{{u"example.com. SILENT"_s}}.run(mxCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(judged.reason.contains(u"MX"));
}

// Beside a server that is not told of; and beyond the most that are looked at.
void MxTest::closesWhatItSaw()
{
    const QString gone = u"host_without_address"_s;
    const Judged partly =
        ZoneLook{{u"example.com. 60 IN MX 10 mx.example.com."_s, u"mx.example.com. SERVFAIL"_s,
                  u"example.com. 60 IN MX 20 mx2.example.com."_s, u"mx2.example.com. 60 IN A 192.0.2.2"_s}}
            .run(mxCheck());
    QVERIFY(!closes(partly, gone, u"mx.example.com"_s) && closes(partly, gone, u"mx2.example.com"_s));
    QVERIFY(closes(partly, gone, u"old.example.com"_s) && closes(partly, u"missing"_s));
    QStringList zone;
    for (int i = 10; i <= 20; ++i)
        zone << u"example.com. 60 IN MX %1 mx%1.example.com."_s.arg(i)
             << u"mx%1.example.com. 60 IN A 192.0.2.1"_s.arg(i);
    const Judged many = ZoneLook{zone}.run(mxCheck());
    QCOMPARE(many.outcome, Outcome::Info);
    QVERIFY2(many.reason.contains(u"mx20.example.com"_s), qPrintable(many.reason));
    QVERIFY(closes(many, gone, u"mx19.example.com"_s) && !closes(many, gone, u"mx20.example.com"_s));
}

QTEST_GUILESS_MAIN(MxTest)
#include "tst_mx.moc"
