// Which records the look reads, and how they are made comparable.
#include "checks/dns/driftsets.h"
#include "driftlab.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestDriftRecords : public QObject
{
    Q_OBJECT

private slots:
    void readsTheRecords();
    void readsLongPoliciesWhole();
    void ignoresOrderTtlAndCase();
    void knowsAnEdgeByItsOwner_data();
    void knowsAnEdgeByItsOwner();
    void readsBaselinesOfBefore_data();
    void readsBaselinesOfBefore();
    void leavesAProvidersKeyToTheProvider_data();
    void leavesAProvidersKeyToTheProvider();
    void hidesSecretsAndStillTellsThemApart();
    void asksASecondResolverOnlyAboutDifferences();
    void cannotLookWithoutAnswers_data();
    void cannotLookWithoutAnswers();
};

void TestDriftRecords::readsTheRecords()
{
    ZoneLook look{kZone};
    look.facts.dkimSelectors = {u"S1"_s};
    look.target = target();
    look.zone += {u"app.example.com. 300 IN CNAME tenant.host.test."_s, u"tenant.host.test. 300 IN A 203.0.113.1"_s};
    const Judged judged = look.run(driftCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QCOMPARE(printed(judged), u"example.com NS: a.dns.example | b.dns.example\n"
                              "example.com MX: 10 mail.example.net\n"
                              "example.com TXT: v=spf1 -all\n"
                              "example.com CAA: 0 issue \"letsencrypt.org\"\n"
                              "example.com DS: \n"
                              "_dmarc.example.com TXT: v=DMARC1; p=none\n"
                              "s1._domainkey.example.com TXT: v=DKIM1; p=AAAA\n"
                              "example.com address: 192.0.2.1\n"
                              "www.example.com address: 192.0.2.1\n"
                              "app.example.com address: CNAME tenant.host.test"_s);
}

// Their effect can be told from the whole text alone: a flattened SPF record is longer than what is shown of others.
void TestDriftRecords::readsLongPoliciesWhole()
{
    QStringList senders;
    for (int i = 1; i <= 75; ++i)
        senders << u"ip4:192.0.2.%1"_s.arg(i);
    const QString text = u"v=spf1 "_s + senders.join(u' ') + u" -all"_s;
    QStringList strings;
    for (qsizetype at = 0; at < text.size(); at += 250)
        strings << u'"' + text.mid(at, 250) + u'"';
    QVERIFY(text.size() > 1000);
    const ZoneLook look{{u"example.com. 300 IN TXT "_s + strings.join(u' ')}};
    const QString read = printed(look.run(driftCheck()));
    QVERIFY2(read.contains(u"TXT: "_s + text + u'\n'), qPrintable(read)); // and no digest
}

void TestDriftRecords::ignoresOrderTtlAndCase()
{
    ZoneLook look{kZone};
    look.facts.dns.baseline = acceptedFrom(ZoneLook{kZone}.run(driftCheck()));
    std::ranges::reverse(look.zone);
    look.zone.replaceInStrings(u" 300 "_s, u" 60 "_s);
    look.zone.replaceInStrings(u"mail.example.net"_s, u"Mail.Example.NET"_s);
    const Judged judged = look.run(driftCheck());
    QCOMPARE(judged.outcome, Outcome::Pass);
    look.zone.replaceInStrings(u"192.0.2.1"_s, u"203.0.113.9"_s);
    const Judged moved = look.run(driftCheck());
    QCOMPARE(moved.outcome, Outcome::Info); // one resolver, seen once
    QCOMPARE(moved.observed["sightings"_L1].toArray().size(), 2);
}

void TestDriftRecords::knowsAnEdgeByItsOwner_data()
{
    QTest::addColumn<QStringList>("now");
    QTest::addColumn<bool>("same");
    QTest::newRow("another address of the edge") << QStringList{u"example.com. 60 IN A 104.16.9.9"_s} << true;
    QTest::newRow("another server") << QStringList{u"example.com. 60 IN A 192.0.2.1"_s} << false;
    QTest::newRow("nothing") << QStringList{u"example.com. 60 IN TXT \"x\""_s} << false;
    QTest::newRow("an alias of the edge")
        << QStringList{u"example.com. 60 IN CNAME x.other.test."_s, u"x.other.test. 60 IN A 104.16.9.9"_s} << false;
}

void TestDriftRecords::knowsAnEdgeByItsOwner()
{
    QFETCH(QStringList, now);
    QFETCH(bool, same);
    ZoneLook look{{u"example.com. 60 IN A 104.16.1.1"_s}};
    look.target.hosts.resize(1);
    const Judged accepted = look.run(driftCheck());
    QVERIFY2(printed(accepted).contains("address: Cloudflare"_L1), qPrintable(printed(accepted)));
    look.facts.dns.baseline = acceptedFrom(accepted);
    std::erase_if(look.facts.dns.baseline->sets, [](const DnsRecordSet &s) { return s.type != "address"_L1; });
    look.zone = now;
    QCOMPARE(look.run(driftCheck()).outcome == Outcome::Pass, same);
}

// Addresses of a platform were accepted one by one, and of a provider's key its text.
void TestDriftRecords::readsBaselinesOfBefore_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("accepted");
    QTest::addColumn<QStringList>("now");
    QTest::addColumn<QStringList>("effects");
    const auto row = [](const char *title, const QString &type, const QStringList &accepted, const QStringList &now,
                        const QStringList &effects) {
        const QString name = type == "TXT"_L1 ? u"s1._domainkey.example.com"_s : u"example.com"_s;
        QTest::newRow(title) << name << type << accepted << now << effects;
    };
    const auto at = [](const QString &ip) { return u"example.com. 60 IN A "_s + ip; };
    const QString address = u"address"_s;
    const QStringList moved{u"site_moves high strong"_s};
    row("the same address of the platform", address, {u"76.76.21.21"_s}, {at(u"76.76.21.21"_s)}, {});
    row("another address of the platform", address, {u"76.76.21.21"_s}, {at(u"76.76.21.98"_s)}, {});
    row("two become one", address, {u"76.76.21.21"_s, u"76.76.21.22"_s}, {at(u"76.76.21.98"_s)}, {});
    row("as accepted today", address, {u"Vercel"_s}, {at(u"76.76.21.98"_s)}, {});
    row("away from the platform", address, {u"76.76.21.21"_s}, {at(u"203.0.113.9"_s)}, moved);
    row("away from two addresses of the platform", address, {u"76.76.21.21"_s, u"76.76.21.22"_s},
        {at(u"203.0.113.8"_s), at(u"203.0.113.9"_s)}, moved);
    row("to the platform", address, {u"203.0.113.9"_s}, {at(u"76.76.21.21"_s)}, moved);

    const QString txt = u"TXT"_s;
    const QString key = u"v=DKIM1; p=AAAA"_s;
    const auto behind = [](const QString &alias, const QString &text) {
        return QStringList{u"s1._domainkey.example.com. 60 IN CNAME %1."_s.arg(alias),
                           u"%1. 60 IN TXT \"%2\""_s.arg(alias, text)};
    };
    const QStringList refused{u"mail_may_be_refused medium strong"_s};
    row("the same key behind an alias", txt, {key}, behind(u"s1.mailer.test"_s, key), {});
    row("another key behind an alias that was not accepted", txt, {key},
        behind(u"s1.mailer.test"_s, u"v=DKIM1; p=BBBB"_s), refused);
    row("another key behind the accepted alias", txt, {u"CNAME s1.mailer.test"_s},
        behind(u"s1.mailer.test"_s, u"v=DKIM1; p=BBBB"_s), {});
    row("the alias of another provider", txt, {u"CNAME s1.mailer.test"_s}, behind(u"s1.other.test"_s, key), refused);
    row("the alias has lost its key", txt, {u"CNAME s1.mailer.test"_s}, behind(u"s1.mailer.test"_s, u"v=DKIM1; p="_s),
        refused);
}

void TestDriftRecords::readsBaselinesOfBefore()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(QStringList, accepted);
    QFETCH(QStringList, now);
    const ScriptedDns first(zoneScript(now));
    const ScriptedDns second(zoneScript(now)); // a difference counts at once
    NetOptions options;
    options.resolvers = {first.address(), second.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target where = target();
    const Policy policy;
    ProjectFacts facts;
    facts.dns.baseline = baselineOf({set(name, type, accepted)});
    const Judged judged = driftCheck().look(Look{seen, where, nullptr, policy, facts, kNow});
    QTEST(effectsOf(judged), "effects");
    QCOMPARE(judged.outcome == Outcome::Pass, judged.findings.empty());
}

void TestDriftRecords::leavesAProvidersKeyToTheProvider_data()
{
    QTest::addColumn<QStringList>("key");
    QTest::addColumn<QString>("value");
    const QString alias = u"s1._domainkey.example.com. 60 IN CNAME s1.mailer.test."_s;
    const QString own = u"s1._domainkey.example.com. 60 IN CNAME s1.example.com."_s;
    const auto at = [](const QString &name, const QString &text) { return u"%1. 60 IN TXT \"%2\""_s.arg(name, text); };
    const QString there = u"s1.mailer.test"_s;
    const QString ours = u"s1.example.com"_s;
    QTest::newRow("a key") << QStringList{alias, at(there, u"v=DKIM1; p=AAAA"_s)} << u"CNAME s1.mailer.test"_s;
    QTest::newRow("the next key") << QStringList{alias, at(there, u"k=rsa; p=BBBB"_s)} << u"CNAME s1.mailer.test"_s;
    QTest::newRow("a key alone") << QStringList{alias, at(there, u"p=BBBB"_s)} << u"CNAME s1.mailer.test"_s;
    QTest::newRow("a key that is withdrawn")
        << QStringList{alias, at(there, u"v=DKIM1; p="_s)} << u"CNAME s1.mailer.test, without a key"_s;
    QTest::newRow("a key after a tab") << QStringList{alias, at(there, u"v=DKIM1;\\009p=AAAA"_s)}
                                       << u"CNAME s1.mailer.test"_s;
    QTest::newRow("a key that is withdrawn with a tab")
        << QStringList{alias, at(there, u"p=\\009"_s)} << u"CNAME s1.mailer.test, without a key"_s;
    QTest::newRow("a key and its withdrawal in one")
        << QStringList{alias, at(there, u"p=AAAA; p="_s)} << u"CNAME s1.mailer.test, without a key"_s;
    QTest::newRow("no key") << QStringList{alias} << u"CNAME s1.mailer.test, without a key"_s;
    QTest::newRow("a name of ours") << QStringList{own, at(ours, u"v=DKIM1; p=AAAA"_s)} << u"v=DKIM1; p=AAAA"_s;
}

void TestDriftRecords::leavesAProvidersKeyToTheProvider()
{
    QFETCH(QStringList, key);
    QFETCH(QString, value);
    ZoneLook look{QStringList{u"example.com. 60 IN A 192.0.2.1"_s} + key};
    look.facts.dkimSelectors = {u"s1"_s};
    const QString seen = printed(look.run(driftCheck()));
    QVERIFY2(seen.contains(u"s1._domainkey.example.com TXT: "_s + value + u'\n'), qPrintable(seen));
}

void TestDriftRecords::hidesSecretsAndStillTellsThemApart()
{
    const auto zone = [](const QString &secret) {
        return QStringList{u"example.com. 60 IN A 192.0.2.1"_s, u"example.com. 60 IN TXT \"%1\""_s.arg(secret)};
    };
    const QString secret = u"sk_live_abcdefghijklmnop1234"_s;
    ZoneLook look{zone(secret)};
    const Judged accepted = look.run(driftCheck());
    QVERIFY(!printed(accepted).contains("abcdefgh"_L1));
    look.facts.dns.baseline = acceptedFrom(accepted);
    QCOMPARE(look.run(driftCheck()).outcome, Outcome::Pass);
    look.zone = zone(u"sk_live_abcdefghijklmnop5678"_s);
    QCOMPARE(look.run(driftCheck()).outcome, Outcome::Info);
}

void TestDriftRecords::asksASecondResolverOnlyAboutDifferences()
{
    QStringList changed = kZone;
    changed.replaceInStrings(u"mail.example.net"_s, u"mail.evil.test"_s);
    const ScriptedDns first(zoneScript(changed));
    const ScriptedDns second(zoneScript(changed));
    NetOptions options;
    options.resolvers = {first.address(), second.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target where = target();
    const Policy policy;
    ProjectFacts facts;
    facts.dns.baseline = acceptedFrom(ZoneLook{kZone}.run(driftCheck()));
    const Judged judged = driftCheck().look(Look{seen, where, nullptr, policy, facts, kNow});
    QCOMPARE(codesOf(judged), QStringList{u"mail_goes_elsewhere"_s});
    QCOMPARE(second.seen().size(), size_t(1));
}

void TestDriftRecords::cannotLookWithoutAnswers_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("silent") << QStringList{u"example.com. SILENT"_s, u"www.example.com. SILENT"_s,
                                           u"_dmarc.example.com. SILENT"_s}
                            << Outcome::Error;
    QTest::newRow("failing") << QStringList{u"example.com. SERVFAIL 22"_s, u"www.example.com. SERVFAIL"_s,
                                            u"_dmarc.example.com. SERVFAIL"_s}
                             << Outcome::Error;
    QTest::newRow("a part of it") << QStringList{u"example.com. SERVFAIL"_s,
                                                 u"_dmarc.example.com. 60 IN TXT \"v=DMARC1; p=none\""_s}
                                  << Outcome::Info;
}

void TestDriftRecords::cannotLookWithoutAnswers()
{
    QFETCH(QStringList, zone);
    ZoneLook look{zone};
    look.facts.dns.baseline = baselineOf({set(u"example.com"_s, u"MX"_s, {u"10 mail.example.net"_s}),
                                          set(u"_dmarc.example.com"_s, u"TXT"_s, {u"v=DMARC1; p=none"_s})});
    const Judged judged = look.run(driftCheck());
    QTEST(judged.outcome, "outcome");
    QVERIFY(judged.findings.empty());
    QVERIFY(!judged.reason.isEmpty());
}

QTEST_GUILESS_MAIN(TestDriftRecords)
#include "tst_driftrecords.moc"
