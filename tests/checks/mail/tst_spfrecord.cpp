#include "checks/mail/spfrecord.h"
#include "checks/mail/spfrepair.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class SpfRecordTest : public QObject
{
    Q_OBJECT

private slots:
    void knowsAnSpfRecord_data();
    void knowsAnSpfRecord();
    void checksTheWholeSyntax_data();
    void checksTheWholeSyntax();
    void saysWhereTheMistakeIs_data();
    void saysWhereTheMistakeIs();
    void readsTerms();
    void leavesOutWhatIsBehindAll();
    void expandsTheDomainAlone_data();
    void expandsTheDomainAlone();
    void correctsCommonMistakes_data();
    void correctsCommonMistakes();
};

void SpfRecordTest::knowsAnSpfRecord_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isSpf");
    QTest::newRow("with terms") << QByteArray("v=spf1 -all") << true;
    QTest::newRow("alone") << QByteArray("v=spf1") << true;
    QTest::newRow("capitals") << QByteArray("V=SPF1 -ALL") << true;
    QTest::newRow("leading blank") << QByteArray(" v=spf1 -all") << false;
    QTest::newRow("version ten") << QByteArray("v=spf10 -all") << false;
    QTest::newRow("tab behind") << QByteArray("v=spf1\t-all") << false;
    QTest::newRow("Sender ID") << QByteArray("spf2.0/pra -all") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void SpfRecordTest::knowsAnSpfRecord()
{
    QFETCH(QByteArray, text);
    QTEST(isSpfRecord(text), "isSpf");
}

void SpfRecordTest::checksTheWholeSyntax_data()
{
    QTest::addColumn<QByteArray>("terms");
    QTest::addColumn<bool>("valid");
    const auto good = [](const char *terms) { QTest::newRow(terms) << QByteArray(terms) << true; };
    const auto bad = [](const char *terms) { QTest::newRow(terms) << QByteArray(terms) << false; };
    good("");
    good("-all");
    good("  mx   ~all  ");
    good("A:Mail.Example.com/24//64 ?ALL");
    good("a/0 mx//0 -all");
    good("a/32//128");
    bad("a/33");
    bad("a//129");
    bad("a/024");
    bad("a/24/64");
    bad("a/");
    bad("a:");
    bad("a:1.2.3.4");
    bad("a:example.com/24abc");
    good("a:1.2.3.4.example.com.");
    bad("a:localhost");
    good("include:_spf.example.com");
    bad("include");
    bad("include:");
    good("include=example.com"); // by its form a modifier that nobody knows
    bad("include:exa mple.com");
    good("exists:%{i}._spf.%{d2} -all");
    good("exists:%{ir}.%{v}._spf.%{d}");
    good("exists:%{d}");
    good("exists:%%.%_.example.com");
    good("exists:x%%%_");
    bad("exists:mail.example.com%%_");
    bad("exists:mail.example.com%%-");
    bad("exists:%{i}.example.com/24");
    bad("exists:%{x}.example.com");
    bad("exists:%{c}.example.com");
    bad("exists:%{d0}.example.com");
    bad("exists:%{d.example.com");
    bad("exists:%.example.com");
    good("ip4:192.0.2.1 ip4:192.0.2.0/24");
    bad("ip4:192.0.2.0/33");
    bad("ip4:2001:db8::1");
    bad("ip4:%{d}");
    bad("ip4");
    bad("ip4/24");
    good("ip6:2001:db8::/32");
    bad("ip6:192.0.2.1");
    good("ptr ptr:example.com");
    bad("ptr/24");
    bad("all:example.com");
    bad("-all/8");
    good("all=");
    bad("ipv4:192.0.2.1");
    bad("mx,a -all");
    bad("+ -all");
    bad("--all");
    bad("-all foo");
    good("redirect=_spf.example.com");
    good("unknown=%{d}/anything -all");
    bad("unknown=%{ -all");
    bad("redirect=a.example.com redirect=b.example.com");
    bad("redirect=");
    good("exp=explain.%{d} -all");
    bad("exp=a.example.com exp=b.example.com");
    bad("-redirect=example.com");
    bad("mx\t-all");
    bad("mx/24\n -all");
    bad("a:mail.example.com\n -all");
    bad("unknown\n=x -all");
}

void SpfRecordTest::checksTheWholeSyntax()
{
    QFETCH(QByteArray, terms);
    const auto record = parseSpf("v=spf1 " + terms);
    QFETCH(bool, valid);
    QVERIFY2(record.has_value() == valid, record ? "accepted" : qPrintable(record.error().message));
}

void SpfRecordTest::saysWhereTheMistakeIs_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<qsizetype>("position");
    const auto row = [](const char *record, qsizetype position) {
        QTest::newRow(record) << QByteArray(record) << position;
    };
    row("v=spf1 mx ipv4:192.0.2.1 -all", 10);
    row("v=spf1 include -all", 14);
    row("v=spf1 include", 14); // right behind its end
    row("v=spf1 include:", 15);
    row("v=spf1 include/24", 14);
    row("v=spf1 exists:%{x}", 14);
    row("v=spf1 ip4", 10);
    row("v=spf1 ip4:x", 11);
    row("v=spf1 ip6", 10);
}

void SpfRecordTest::saysWhereTheMistakeIs()
{
    QFETCH(QByteArray, record);
    const auto parsed = parseSpf(record);
    QVERIFY(!parsed);
    QTEST(parsed.error().position, "position");
}

void SpfRecordTest::readsTerms()
{
    const auto record = parseSpf("v=spf1 ~a:mail.example.com/24//64 ip6:2001:db8::/32 -all redirect=x.example.com");
    QVERIFY(record);
    QCOMPARE(record->terms.size(), size_t(3));
    const SpfTerm &a = record->terms[0];
    QCOMPARE(a.qualifier, SpfQualifier::SoftFail);
    QCOMPARE(a.mechanism, SpfMechanism::A);
    QCOMPARE(a.domain, u"mail.example.com"_s);
    QCOMPARE(a.v4Prefix, 24);
    QCOMPARE(a.v6Prefix, 64);
    QVERIFY(record->terms[1].network->isV6);
    QCOMPARE(record->all()->qualifier, SpfQualifier::Fail);
    QCOMPARE(record->redirect, u"x.example.com"_s);
    QCOMPARE(record->reachableRedirect(), QString());
}

void SpfRecordTest::leavesOutWhatIsBehindAll()
{
    const auto record = parseSpf("v=spf1 mx -all include:late.example.com");
    QVERIFY(record);
    QCOMPARE(record->terms.size(), size_t(3));
    QCOMPARE(record->reachableTerms().size(), size_t(2));
}

void SpfRecordTest::expandsTheDomainAlone_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("name"); // null: depends on the sender
    QTest::newRow("none") << QString() << u"example.com"_s;
    QTest::newRow("plain") << u"Mail.Example.com"_s << u"mail.example.com"_s;
    QTest::newRow("domain macro") << u"_spf.%{D}"_s << u"_spf.example.com"_s;
    QTest::newRow("address macro") << u"%{i}.example.com"_s << QString();
    QTest::newRow("shortened domain") << u"_spf.%{d1}"_s << QString();
}

void SpfRecordTest::expandsTheDomainAlone()
{
    QFETCH(QString, spec);
    QTEST(senderIndependentDomain(spec, u"example.com"_s).value_or(QString()), "name");
}

void SpfRecordTest::correctsCommonMistakes_data()
{
    QTest::addColumn<QByteArray>("published");
    QTest::addColumn<QString>("corrected");
    QTest::newRow("ipv4") << QByteArray("v=spf1 ipv4:192.0.2.1 -all") << u"v=spf1 ip4:192.0.2.1 -all"_s;
    QTest::newRow("ip") << QByteArray("v=spf1 ip:192.0.2.1 -all") << u"v=spf1 ip4:192.0.2.1 -all"_s;
    QTest::newRow("blank behind the colon")
        << QByteArray("v=spf1 include: _spf.example.com ~all") << u"v=spf1 include:_spf.example.com ~all"_s;
    QTest::newRow("commas") << QByteArray("v=spf1 mx, a, -all") << u"v=spf1 mx a -all"_s;
    QTest::newRow("quotes") << QByteArray("v=spf1 mx \"-all\"") << u"v=spf1 mx -all"_s;
    QTest::newRow("blank in the ending") << QByteArray("v=spf1 mx - all") << u"v=spf1 mx -all"_s;
    QTest::newRow("not to be guessed") << QByteArray("v=spf1 foo:bar -all") << QString();
}

void SpfRecordTest::correctsCommonMistakes()
{
    QFETCH(QByteArray, published);
    QVERIFY(!parseSpf(published));
    QTEST(correctedSpf(published), "corrected");
}

QTEST_GUILESS_MAIN(SpfRecordTest)
#include "tst_spfrecord.moc"
