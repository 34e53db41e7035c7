#include "checks/mail/reversedns.h"
#include "lab/lookwithzone.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

class TestReverseDns : public QObject
{
    Q_OBJECT

private slots:
    void judgesAddresses_data();
    void judgesAddresses();
    void knowsGenericNames_data();
    void knowsGenericNames();
    void saysWhoHasToAct();
    void leavesCompaniesAlone();
    void namesTheHostNotTheAddress();
    void needsToSeeAllForAPass_data();
    void needsToSeeAllForAPass();
    void closesWhatItSaw();
    void namesWhatIsBeyondTheMost_data();
    void namesWhatIsBeyondTheMost();
    void keepsFailuresApart_data();
    void keepsFailuresApart();
};

namespace {

const QString kMx = u"example.com. 60 IN MX 10 mx.example.com."_s;
const QString kMxAddress = u"mx.example.com. 60 IN A 192.0.2.1"_s;

QString spf(const QString &terms)
{
    return u"example.com. 60 IN TXT \"v=spf1 %1 -all\""_s.arg(terms);
}

QString pointer(int last, const QString &name)
{
    return u"%1.2.0.192.in-addr.arpa. 60 IN PTR %2."_s.arg(last).arg(name);
}

const QString kV6Pointer =
    u"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 60 IN PTR six.example.com."_s;

} // namespace

void TestReverseDns::judgesAddresses_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QStringList>("statuses");
    const auto row = [](const char *name, const QStringList &zone, const QStringList &codes,
                        const QStringList &statuses) { QTest::newRow(name) << zone << codes << statuses; };
    const QStringList mx{kMx, kMxAddress};
    row("leads back", mx + QStringList{pointer(1, u"mx.example.com"_s)}, {}, {u"confirmed"_s});
    row("no name", mx, {u"no_reverse_name"_s}, {u"none"_s});
    row("leads elsewhere", mx + QStringList{pointer(1, u"a.example.net"_s), u"a.example.net. 60 IN A 192.0.2.9"_s},
        {u"name_does_not_lead_back"_s}, {u"unconfirmed"_s});
    row("leads nowhere", mx + QStringList{pointer(1, u"gone.example.net"_s)}, {u"name_does_not_lead_back"_s},
        {u"unconfirmed"_s});
    row("two names, one leads back",
        mx + QStringList{pointer(1, u"gone.example.net"_s), pointer(1, u"mx.example.com"_s)}, {}, {u"confirmed"_s});
    row("its name cannot be looked up",
        mx + QStringList{pointer(1, u"a.example.net"_s), u"a.example.net. SERVFAIL"_s, spf(u"ip4:192.0.2.2"_s),
                         pointer(2, u"out.example.com"_s), u"out.example.com. 60 IN A 192.0.2.2"_s},
        {}, {u"confirmed"_s, u"unknown"_s});
    row("a sender of one address", {spf(u"ip4:192.0.2.2"_s)}, {u"no_reverse_name"_s}, {u"none"_s});
    row("a sender written as a block of one", {spf(u"ip4:192.0.2.2/32"_s)}, {u"no_reverse_name"_s}, {u"none"_s});
    row("a block of two is a company's business",
        {spf(u"ip4:192.0.2.2/31"_s), kMx, kMxAddress, pointer(1, u"mx.example.com"_s)}, {}, {u"confirmed"_s});
    row("an address that may not send", {spf(u"-ip4:192.0.2.2"_s), kMx, kMxAddress, pointer(1, u"mx.example.com"_s)},
        {}, {u"confirmed"_s});
    row("a sender by IPv6", {spf(u"ip6:2001:db8::1"_s), kV6Pointer, u"six.example.com. 60 IN AAAA 2001:db8:0::1"_s}, {},
        {u"confirmed"_s});
    row("an IPv6 name that has IPv4 alone",
        {spf(u"ip6:2001:db8::1"_s), kV6Pointer, u"six.example.com. 60 IN A 192.0.2.1"_s},
        {u"name_does_not_lead_back"_s}, {u"unconfirmed"_s});
    row("the same address sends and receives", mx + QStringList{spf(u"ip4:192.0.2.1"_s)}, {u"no_reverse_name"_s},
        {u"none"_s});
    row("a sender with the name of a line",
        {spf(u"ip4:192.0.2.2"_s), pointer(2, u"192-0-2-2.isp.example.net"_s),
         u"192-0-2-2.isp.example.net. 60 IN A 192.0.2.2"_s},
        {u"generic_name"_s}, {u"confirmed"_s});
    row("a receiver with the name of a line",
        mx + QStringList{pointer(1, u"192-0-2-1.isp.example.net"_s), u"192-0-2-1.isp.example.net. 60 IN A 192.0.2.1"_s},
        {}, {u"confirmed"_s});
}

void TestReverseDns::judgesAddresses()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(reverseDnsCheck());
    QTEST(codesOf(judged), "codes");
    QStringList statuses;
    for (const QJsonValue address : judged.observed.value("addresses"_L1).toArray())
        statuses << address["status"_L1].toString();
    QTEST(statuses, "statuses");
}

void TestReverseDns::knowsGenericNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isGeneric");
    QTest::newRow("a server") << u"mx1.example.com"_s << false;
    QTest::newRow("the address with dashes") << u"192-0-2-1.isp.example"_s << true;
    QTest::newRow("the address with dots") << u"192.0.2.1.isp.example"_s << true;
    QTest::newRow("the address backwards") << u"static.1.2.0.192.clients.isp.example"_s << true;
    QTest::newRow("behind a word") << u"ip192-0-2-1.isp.example"_s << true;
    QTest::newRow("another address") << u"192-0-2-2.isp.example"_s << false;
    QTest::newRow("a part of it") << u"mx2-1.example.com"_s << false;
    QTest::newRow("dynamic") << u"p4fd.dyn.isp.example"_s << true;
    QTest::newRow("pool with a number") << u"a.pool7.isp.example"_s << true;
    QTest::newRow("a company's name") << u"mail.dynamics.example"_s << false;
    QTest::newRow("a word at the end") << u"mail.dsl"_s << false;
}

void TestReverseDns::knowsGenericNames()
{
    QFETCH(QString, name);
    QTEST(looksGeneric(name, u"192.0.2.1"_s), "isGeneric");
}

void TestReverseDns::saysWhoHasToAct()
{
    const Judged own = ZoneLook{{kMx, kMxAddress}}.run(reverseDnsCheck());
    QCOMPARE(own.findings.front().severity, Severity::Low); // it only takes mail
    QVERIFY2(own.findings.front().whatWeSaw.contains(u"rents you the server"_s),
             qPrintable(own.findings.front().whatWeSaw));
    const Judged sender = ZoneLook{{spf(u"ip4:192.0.2.2"_s)}}.run(reverseDnsCheck());
    QCOMPARE(sender.findings.front().severity, Severity::Medium);
    QCOMPARE(sender.findings.front().subject, u"192.0.2.2"_s);
}

// Nobody but the company can set the names of its servers, and it takes mail without them.
void TestReverseDns::leavesCompaniesAlone()
{
    const QStringList company{u"example.com. 60 IN MX 10 mx.mail.example.net."_s,
                              u"mx.mail.example.net. 60 IN A 192.0.2.1"_s};
    const Judged alone = ZoneLook{company}.run(reverseDnsCheck());
    QVERIFY(alone.findings.empty());
    QCOMPARE(alone.outcome, Outcome::NotApplicable);
    const Judged beside = ZoneLook{company + QStringList{spf(u"ip4:192.0.2.1"_s)}}.run(reverseDnsCheck());
    QCOMPARE(codesOf(beside), QStringList{u"no_reverse_name"_s}); // your own record says that it sends
}

void TestReverseDns::namesTheHostNotTheAddress()
{
    const Judged judged =
        ZoneLook{{kMx, kMxAddress, u"mx.example.com. 60 IN A 192.0.2.7"_s, u"mx.example.com. 60 IN AAAA 2001:db8::7"_s}}
            .run(reverseDnsCheck());
    QCOMPARE(judged.findings.size(), std::size_t(2));
    QCOMPARE(judged.findings[0].subject, u"mx.example.com (IPv4)"_s);
    QCOMPARE(judged.findings[1].subject, u"mx.example.com (IPv6)"_s);
    for (const QString &address : {u"192.0.2.1"_s, u"192.0.2.7"_s})
        QVERIFY2(judged.findings[0].whatWeSaw.contains(address), qPrintable(judged.findings[0].whatWeSaw));
}

void TestReverseDns::needsToSeeAllForAPass_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<qsizetype>("named"); // of what was not seen
    const QStringList good{kMx, kMxAddress, pointer(1, u"mx.example.com"_s)};
    const QString second = u"example.com. 60 IN MX 20 mx2.example.com."_s;
    const QString secondAddress = u"mx2.example.com. 60 IN A 192.0.2.2"_s;
    const auto row = [&](const char *name, const QStringList &more, Outcome outcome, qsizetype named = 0) {
        QTest::newRow(name) << good + more << outcome << named;
    };
    row("all", {}, Outcome::Pass);
    row("a name of two is not known", {second, secondAddress, u"2.2.0.192.in-addr.arpa. SERVFAIL"_s}, Outcome::Info, 1);
    row("a name leads who knows where",
        {second, secondAddress, pointer(2, u"out.example.com"_s), u"out.example.com. SERVFAIL"_s}, Outcome::Info, 1);
    row("where a host of two is, is not known", {second, u"mx2.example.com. SERVFAIL"_s}, Outcome::Info,
        1); // whatever there is to find
    row("where a company's host is, is its business",
        {u"example.com. 60 IN MX 20 mx.example.net."_s, u"mx.example.net. SERVFAIL"_s}, Outcome::Pass);
    row("not known beside a fault",
        {second, secondAddress, spf(u"ip4:192.0.2.3"_s), u"2.2.0.192.in-addr.arpa. SERVFAIL"_s}, Outcome::Warn, 1);
}

void TestReverseDns::needsToSeeAllForAPass()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(reverseDnsCheck());
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.summary.contains(u"Not every"_s), judged.outcome == Outcome::Info);
    QTEST(judged.observed["not_seen"_L1].toArray().size(), "named");
    QCOMPARE(judged.reason.isEmpty(), !judged.observed.contains(u"not_seen"_s));
}

void TestReverseDns::closesWhatItSaw()
{
    const QStringList senders{spf(u"ip4:192.0.2.2 ip4:192.0.2.3"_s), u"2.2.0.192.in-addr.arpa. SERVFAIL"_s,
                              pointer(3, u"out.example.com"_s), u"out.example.com. 60 IN A 192.0.2.3"_s};
    const QString nameless = u"no_reverse_name"_s;
    const Judged partly = ZoneLook{senders}.run(reverseDnsCheck());
    QCOMPARE(partly.outcome, Outcome::Info);
    QVERIFY(!closes(partly, nameless, u"192.0.2.2"_s) && closes(partly, nameless, u"192.0.2.3"_s));
    QVERIFY(closes(partly, nameless, u"192.0.2.9"_s)); // sends for nobody any more
    // Where a mail server is, is not told: then it may be any.
    const Judged lost = ZoneLook{senders + QStringList{kMx, u"mx.example.com. SERVFAIL"_s}}.run(reverseDnsCheck());
    QVERIFY(!closes(lost, nameless, u"192.0.2.9"_s));
    for (const QString &why : {u"192.0.2.2"_s, u"mx.example.com"_s})
        QVERIFY2(lost.reason.contains(why), qPrintable(lost.reason));
    // More senders than are looked at.
    QStringList terms;
    QStringList zone;
    for (int i = 1; i <= 11; ++i) {
        terms << u"ip4:192.0.2.%1"_s.arg(i);
        zone << pointer(i, u"out.example.com"_s) << u"out.example.com. 60 IN A 192.0.2.%1"_s.arg(i);
    }
    const Judged many = ZoneLook{zone + QStringList{spf(terms.join(u' '))}}.run(reverseDnsCheck());
    QCOMPARE(many.outcome, Outcome::Info);
    QVERIFY(closes(many, nameless, u"192.0.2.10"_s) && !closes(many, nameless, u"192.0.2.11"_s));
    terms.removeLast();
    const Judged all = ZoneLook{zone + QStringList{spf(terms.join(u' '))}}.run(reverseDnsCheck());
    QCOMPARE(all.outcome, Outcome::Pass);
    QVERIFY(closes(all, nameless, u"192.0.2.11"_s)); // sends no more
}

void TestReverseDns::namesWhatIsBeyondTheMost_data()
{
    QTest::addColumn<int>("companies"); // mail hosts of others, before yours
    QTest::addColumn<int>("hosts");     // yours
    QTest::addColumn<int>("addresses"); // of each, in order of the hosts
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("open"); // the host about which an earlier finding stays open
    const auto row = [](const char *name, int companies, int hosts, int addresses, Outcome outcome,
                        const QString &open = {}) {
        QTest::newRow(name) << companies << hosts << addresses << outcome << open;
    };
    row("ten hosts", 0, 10, 1, Outcome::Pass);
    row("eleven hosts", 0, 11, 1, Outcome::Info, u"mx10.example.com"_s);
    row("twenty addresses", 0, 2, 10, Outcome::Pass);
    row("twenty-two addresses", 0, 2, 11, Outcome::Info, u"mx1.example.com"_s);
    row("the only one of yours behind ten of others", 10, 1, 1, Outcome::NotRun, u"mx0.example.com"_s);
    row("eleven of others", 11, 0, 1, Outcome::NotApplicable);
}

void TestReverseDns::namesWhatIsBeyondTheMost()
{
    QFETCH(int, companies);
    QFETCH(int, hosts);
    QFETCH(int, addresses);
    QFETCH(QString, open);
    QStringList zone;
    for (int i = 0; i < companies; ++i)
        zone << u"example.com. 60 IN MX 10 mx%1.example.net."_s.arg(i)
             << u"mx%1.example.net. 60 IN A 192.0.2.99"_s.arg(i);
    for (int i = 0; i < hosts; ++i) {
        const QString name = u"mx%1.example.com"_s.arg(i);
        zone << u"example.com. 60 IN MX %1 %2."_s.arg(20 + i).arg(name);
        for (int at = i * addresses; at < (i + 1) * addresses; ++at)
            zone << u"%1. 60 IN A 192.0.2.%2"_s.arg(name).arg(at) << pointer(at, name);
    }
    const Judged judged = ZoneLook{zone}.run(reverseDnsCheck());
    QTEST(judged.outcome, "outcome");
    QVERIFY(judged.findings.empty());
    QCOMPARE(judged.reason.contains(u"in one go"_s), !open.isEmpty());
    for (int i = 0; i < hosts; ++i) {
        const QString host = u"mx%1.example.com"_s.arg(i);
        QCOMPARE(closes(judged, u"no_reverse_name"_s, host + u" (IPv4)"_s), host != open);
        QCOMPARE(judged.reason.contains(host), host == open);
    }
}

void TestReverseDns::keepsFailuresApart_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("reverse zone fails") << QStringList{kMx, kMxAddress, u"1.2.0.192.in-addr.arpa. SERVFAIL"_s}
                                        << Outcome::Error;
    QTest::newRow("reverse zone is silent")
        << QStringList{kMx, kMxAddress, u"1.2.0.192.in-addr.arpa. SILENT"_s} << Outcome::Error;
    QTest::newRow("where the only host is, is not known")
        << QStringList{kMx, u"mx.example.com. SERVFAIL"_s} << Outcome::Error;
    QTest::newRow("where the only host is, is not said")
        << QStringList{kMx, u"mx.example.com. SILENT"_s} << Outcome::Error;
    QTest::newRow("nothing to ask") << QStringList{u"example.com. 60 IN A 192.0.2.1"_s} << Outcome::NotApplicable;
    QTest::newRow("no such domain") << QStringList{u"example.net. 60 IN A 192.0.2.1"_s} << Outcome::NotRun;
    QTest::newRow("no MX answer") << QStringList{u"example.com. SERVFAIL"_s} << Outcome::Error;
}

void TestReverseDns::keepsFailuresApart()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(reverseDnsCheck());
    QTEST(judged.outcome, "outcome");
    QVERIFY(judged.findings.empty());
    QVERIFY(!judged.reason.isEmpty());
    QVERIFY(judged.summary.isEmpty()); // nothing that reads like a pass
}

QTEST_GUILESS_MAIN(TestReverseDns)
#include "tst_reversedns.moc"
