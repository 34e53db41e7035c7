#include "checks/mail/mx.h"
#include "lab/lookwithzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class MxTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheRecords_data();
    void judgesTheRecords();
    void keepsSilenceApart();
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
    QCOMPARE(judged.observed.contains(u"not_seen"_s), zone.contains(u"mx.example.com. SERVFAIL"_s));
    if (judged.outcome != Outcome::NotRun)
        QCOMPARE(!judged.reason.isEmpty(), judged.observed.contains(u"not_seen"_s));
}

void MxTest::keepsSilenceApart()
{
    const Judged judged = ZoneLook{{u"example.com. SILENT"_s}}.run(mxCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(judged.reason.contains(u"MX"));
}

QTEST_GUILESS_MAIN(MxTest)
#include "tst_mx.moc"
