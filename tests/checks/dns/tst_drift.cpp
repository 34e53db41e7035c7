// What a difference from the accepted records does, and when it counts.
#include "driftlab.h"
#include "models/unseen.h"
#include "tests/checks/earlierfinding.h"

#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

class TestDrift : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatAChangeDoes_data();
    void saysWhatAChangeDoes();
    void countsWhatTwoLooksAgreeOn_data();
    void countsWhatTwoLooksAgreeOn();
    void tellsARotatingSetFromASilencedAlarm_data();
    void tellsARotatingSetFromASilencedAlarm();
    void remembersTheFirstSighting_data();
    void remembersTheFirstSighting();
    void saysWhatItDidNotSeeBesideAFinding();
    void leavesOpenWhatItDidNotRead();
    void neverTakesSilenceForADifference_data();
    void neverTakesSilenceForADifference();
    void comparesNothingWithoutABaseline_data();
    void comparesNothingWithoutABaseline();
};

void TestDrift::saysWhatAChangeDoes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<QStringList>("effects");
    const auto row = [](const char *title, const QString &name, const QString &type, const QStringList &before,
                        const QStringList &after, const QStringList &effects) {
        QTest::newRow(title) << name << type << before << after << effects;
    };
    const QString domain = u"example.com"_s;
    row("NS: another company", domain, u"NS"_s, {u"a.dns.example"_s, u"b.dns.example"_s}, {u"x.evil.test"_s},
        {u"answers_elsewhere critical strong"_s});
    row("NS: one of another company beside them", domain, u"NS"_s, {u"a.dns.example"_s},
        {u"a.dns.example"_s, u"x.evil.test"_s}, {u"answers_elsewhere critical strong"_s});
    row("NS: one more of the same company", domain, u"NS"_s, {u"a.dns.example"_s},
        {u"a.dns.example"_s, u"b.dns.example"_s}, {u"name_servers_changed low proven"_s});
    row("NS: one less", domain, u"NS"_s, {u"a.dns.example"_s, u"b.dns.example"_s}, {u"a.dns.example"_s},
        {u"name_servers_changed low proven"_s});
    row("NS: none", domain, u"NS"_s, {u"a.dns.example"_s}, {}, {u"answers_nowhere critical strong"_s});

    row("MX: gone", domain, u"MX"_s, {u"10 mail.example.net"_s}, {}, {u"mail_stops critical proven"_s});
    row("MX: takes none", domain, u"MX"_s, {u"10 mail.example.net"_s}, {u"0 ."_s}, {u"mail_stops critical proven"_s});
    row("MX: elsewhere", domain, u"MX"_s, {u"10 mail.example.net"_s}, {u"10 mail.evil.test"_s},
        {u"mail_goes_elsewhere high strong"_s});
    row("MX: elsewhere too", domain, u"MX"_s, {u"10 mail.example.net"_s},
        {u"10 mail.example.net"_s, u"20 mail.evil.test"_s}, {u"mail_goes_elsewhere high strong"_s});
    row("MX: mail where there was none", domain, u"MX"_s, {}, {u"10 mail.example.net"_s},
        {u"mail_goes_elsewhere high strong"_s});
    row("MX: another preference", domain, u"MX"_s, {u"10 mail.example.net"_s}, {u"20 mail.example.net"_s},
        {u"mail_servers_changed low proven"_s});
    row("MX: a second server of the same company", domain, u"MX"_s, {u"10 a.example.net"_s},
        {u"10 a.example.net"_s, u"20 b.example.net"_s}, {u"mail_servers_changed low proven"_s});
    row("MX: says that there is none, as there was none", domain, u"MX"_s, {}, {u"0 ."_s},
        {u"mail_servers_changed low proven"_s});

    row("SPF: gone", domain, u"TXT"_s, {u"v=spf1 mx -all"_s}, {}, {u"mail_may_be_refused high strong"_s});
    row("SPF: a second one", domain, u"TXT"_s, {u"v=spf1 mx -all"_s}, {u"v=spf1 mx -all"_s, u"v=spf1 a -all"_s},
        {u"mail_may_be_refused high strong"_s});
    row("SPF: a sender less", domain, u"TXT"_s, {u"v=spf1 mx include:a.example ~all"_s}, {u"v=spf1 mx ~all"_s},
        {u"mail_may_be_refused medium strong"_s});
    row("SPF: a sender more", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"v=spf1 mx ip4:203.0.113.9 ~all"_s},
        {u"forged_mail_passes medium strong"_s});
    row("SPF: another sender", domain, u"TXT"_s, {u"v=spf1 include:a.example ~all"_s},
        {u"v=spf1 include:b.example ~all"_s},
        {u"mail_may_be_refused medium strong"_s, u"forged_mail_passes medium strong"_s});
    row("SPF: softer", domain, u"TXT"_s, {u"v=spf1 mx -all"_s}, {u"v=spf1 mx ~all"_s},
        {u"forged_mail_passes medium strong"_s});
    row("SPF: open", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"v=spf1 mx +all"_s},
        {u"forged_mail_passes high strong"_s});
    row("SPF: stricter", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"v=spf1 mx -all"_s},
        {u"mail_may_be_refused low strong"_s});
    row("SPF: in another order", domain, u"TXT"_s, {u"v=spf1 mx a ~all"_s}, {u"v=spf1 a mx ~all"_s},
        {u"sender_rules_changed low proven"_s});
    row("SPF: a sender behind all, who never could", domain, u"TXT"_s, {u"v=spf1 mx -all ip4:203.0.113.9"_s},
        {u"v=spf1 mx -all"_s}, {u"sender_rules_changed low proven"_s});
    row("SPF: a plus, which says what holds anyway", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"V=SPF1 +MX ~ALL"_s},
        {u"sender_rules_changed low proven"_s});
    row("SPF: open without a sign", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"v=spf1 mx all"_s},
        {u"forged_mail_passes high strong"_s});
    row("SPF: a mistake, so that it is void", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"v=spf1 mx ip4:bad ~all"_s},
        {u"mail_may_be_refused high strong"_s});
    row("SPF: a mistake less", domain, u"TXT"_s, {u"v=spf1 mx ip4:bad ~all"_s}, {u"v=spf1 mx ~all"_s},
        {u"sender_rules_changed low proven"_s});
    row("SPF: a sender is refused by name", domain, u"TXT"_s, {u"v=spf1 a mx ~all"_s}, {u"v=spf1 -a mx ~all"_s},
        {u"mail_may_be_refused medium strong"_s});
    row("SPF: another redirect", domain, u"TXT"_s, {u"v=spf1 redirect=a.example"_s}, {u"v=spf1 redirect=b.example"_s},
        {u"mail_may_be_refused medium strong"_s, u"forged_mail_passes medium strong"_s});
    row("SPF: a redirect that all puts out of force", domain, u"TXT"_s, {u"v=spf1 mx -all redirect=a.example"_s},
        {u"v=spf1 mx -all"_s}, {u"sender_rules_changed low proven"_s});
    row("SPF: the first", domain, u"TXT"_s, {}, {u"v=spf1 mx ~all"_s}, {u"sender_rules_changed low proven"_s});
    row("SPF: the first, and it is open", domain, u"TXT"_s, {}, {u"v=spf1 +all"_s},
        {u"forged_mail_passes high strong"_s});
    row("SPF: the first, and nobody may send", domain, u"TXT"_s, {}, {u"v=spf1 -all"_s},
        {u"mail_may_be_refused high strong"_s});
    row("SPF: open where it was void", domain, u"TXT"_s, {u"v=spf1 ip4:bad ~all"_s}, {u"v=spf1 all"_s},
        {u"forged_mail_passes high strong"_s});
    row("SPF: nobody may send any more", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"v=spf1 -all"_s},
        {u"mail_may_be_refused high strong"_s});
    row("SPF: a sender less where the others were refused", domain, u"TXT"_s, {u"v=spf1 a mx -all"_s},
        {u"v=spf1 mx -all"_s}, {u"mail_may_be_refused medium strong"_s});
    row("SPF: the last sender less where the others were refused", domain, u"TXT"_s, {u"v=spf1 mx -all"_s},
        {u"v=spf1 -all"_s}, {u"mail_may_be_refused high strong"_s});
    row("SPF: nobody could send, and nobody can", domain, u"TXT"_s, {u"v=spf1 -mx -all"_s}, {u"v=spf1 -all"_s},
        {u"sender_rules_changed low proven"_s});
    row("SPF: open no more", domain, u"TXT"_s, {u"v=spf1 +all"_s}, {u"v=spf1 ip4:192.0.2.1 -all"_s},
        {u"mail_may_be_refused low strong"_s});
    row("SPF: open instead of a sender", domain, u"TXT"_s, {u"v=spf1 mx ~all"_s}, {u"v=spf1 +all"_s},
        {u"forged_mail_passes high strong"_s});
    row("SPF: what was hidden has changed", domain, u"TXT"_s, {u"v=spf1 include:\u2022\u2022 -all #0123456789ab"_s},
        {u"v=spf1 include:\u2022\u2022 -all #ba9876543210"_s}, {u"sender_rules_changed low proven"_s});
    row("TXT: a proof less", domain, u"TXT"_s, {u"a-verification=1"_s, u"v=spf1 -all"_s}, {u"v=spf1 -all"_s},
        {u"proof_removed low lead"_s});
    row("TXT: a proof more", domain, u"TXT"_s, {u"v=spf1 -all"_s}, {u"a-verification=1"_s, u"v=spf1 -all"_s},
        {u"proof_added low lead"_s});
    row("TXT: another proof", domain, u"TXT"_s, {u"a-verification=1"_s}, {u"a-verification=2"_s},
        {u"proof_removed low lead"_s, u"proof_added low lead"_s});
    row("TXT: no SPF but like it", domain, u"TXT"_s, {u"v=spf10"_s}, {}, {u"proof_removed low lead"_s});

    const QString dmarc = u"_dmarc.example.com"_s;
    row("DMARC: gone", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s}, {}, {u"forged_mail_passes high proven"_s});
    row("DMARC: milder", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s}, {u"v=DMARC1; p=quarantine"_s},
        {u"forged_mail_passes high proven"_s});
    row("DMARC: a second one", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s},
        {u"v=DMARC1; p=reject"_s, u"v=DMARC1; p=none"_s}, {u"forged_mail_passes high proven"_s});
    row("DMARC: stricter", dmarc, u"TXT"_s, {u"v=DMARC1; p=none"_s}, {u"v=DMARC1; p=quarantine"_s},
        {u"mail_may_be_refused low strong"_s});
    row("DMARC: reports to others", dmarc, u"TXT"_s, {u"v=DMARC1; p=none; rua=mailto:a@example.com"_s},
        {u"v=DMARC1; p=none; rua=mailto:b@example.com"_s}, {u"policy_changed low proven"_s});

    row("DMARC: a test only", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s}, {u"v=DMARC1; p=reject; t=y"_s},
        {u"forged_mail_passes high proven"_s});
    row("DMARC: subdomains are let go", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s}, {u"v=DMARC1; p=reject; sp=none"_s},
        {u"forged_mail_passes high proven"_s});
    row("DMARC: made-up subdomains are let go", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s},
        {u"v=DMARC1; p=reject; np=none"_s}, {u"forged_mail_passes high proven"_s});
    row("DMARC: an np that nobody understands", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s},
        {u"v=DMARC1; p=reject; np=bad"_s}, {u"forged_mail_passes high proven"_s}); // then nothing is asked for
    row("DMARC: another version", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s}, {u"v=DMARC10; p=reject"_s},
        {u"forged_mail_passes high proven"_s});
    row("DMARC: what was hidden has changed", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject; rua=\u2022 #0123456789ab"_s},
        {u"v=DMARC1; p=none; rua=\u2022 #ba9876543210"_s}, {u"policy_changed low proven"_s});
    row("DMARC: blanks at the sign", dmarc, u"TXT"_s, {u"v=DMARC1; p=reject"_s}, {u"v = DMARC1; p = reject"_s},
        {u"policy_changed low proven"_s});

    const QString dkim = u"s1._domainkey.example.com"_s;
    row("DKIM: gone", dkim, u"TXT"_s, {u"v=DKIM1; p=AAAA"_s}, {}, {u"mail_may_be_refused medium strong"_s});
    row("DKIM: another key", dkim, u"TXT"_s, {u"v=DKIM1; p=AAAA"_s}, {u"v=DKIM1; p=BBBB"_s},
        {u"mail_may_be_refused medium strong"_s});
    row("DKIM: a key where there was none", dkim, u"TXT"_s, {}, {u"v=DKIM1; p=AAAA"_s},
        {u"signing_key_added low lead"_s});

    row("CAA: the first rule", domain, u"CAA"_s, {}, {u"0 issue \"other.example\""_s},
        {u"renewal_refused high strong"_s});
    row("CAA: an authority less", domain, u"CAA"_s, {u"0 issue \"a.example\""_s, u"0 issue \"b.example\""_s},
        {u"0 issue \"a.example\""_s}, {u"renewal_refused high strong"_s});
    row("CAA: nobody", domain, u"CAA"_s, {u"0 issue \"a.example\""_s}, {u"0 issue \";\""_s},
        {u"renewal_refused high strong"_s});
    row("CAA: wildcards no more", domain, u"CAA"_s, {u"0 issue \"a.example\""_s},
        {u"0 issue \"a.example\""_s, u"0 issuewild \";\""_s}, {u"renewal_refused high strong"_s});
    row("CAA: an authority more", domain, u"CAA"_s, {u"0 issue \"a.example\""_s},
        {u"0 issue \"a.example\""_s, u"0 issue \"b.example\""_s}, {u"issuers_changed low proven"_s});
    row("CAA: no rules", domain, u"CAA"_s, {u"0 issue \"a.example\""_s}, {}, {u"issuers_changed low proven"_s});

    row("DS: gone", domain, u"DS"_s, {u"1 13 2 aa"_s}, {}, {u"signatures_dropped low proven"_s});
    row("DS: another", domain, u"DS"_s, {u"1 13 2 aa"_s}, {u"2 13 2 bb"_s}, {u"signing_key_changed medium strong"_s});
    row("DS: the first", domain, u"DS"_s, {}, {u"2 13 2 bb"_s}, {u"signing_key_changed medium strong"_s});

    row("address: moves", domain, u"address"_s, {u"192.0.2.1"_s}, {u"203.0.113.9"_s}, {u"site_moves high strong"_s});
    row("address: a second server", u"app.example.com"_s, u"address"_s, {u"192.0.2.1"_s},
        {u"192.0.2.1"_s, u"203.0.113.9"_s}, {u"site_moves medium lead"_s});
    row("address: one of two stays", domain, u"address"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s},
        {u"192.0.2.1"_s, u"203.0.113.9"_s}, {u"site_moves medium lead"_s});
    row("address: several others", domain, u"address"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s},
        {u"203.0.113.8"_s, u"203.0.113.9"_s}, {u"site_moves medium lead"_s});
    row("address: several become one other", domain, u"address"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s}, {u"203.0.113.9"_s},
        {u"site_moves high strong"_s});
    row("address: another owner", domain, u"address"_s, {u"CNAME a.host.test"_s}, {u"CNAME b.host.test"_s},
        {u"site_moves high strong"_s});
    row("address: leaves the edge", domain, u"address"_s, {u"Cloudflare"_s}, {u"203.0.113.9"_s},
        {u"site_moves high strong"_s});
    row("address: www moves", u"www.example.com"_s, u"address"_s, {u"192.0.2.1"_s}, {u"203.0.113.9"_s},
        {u"site_moves medium strong"_s});
    row("address: gone", domain, u"address"_s, {u"192.0.2.1"_s}, {}, {u"site_gone critical proven"_s});
    row("address: www is gone", u"www.example.com"_s, u"address"_s, {u"192.0.2.1"_s}, {},
        {u"site_gone medium proven"_s});
}

void TestDrift::saysWhatAChangeDoes()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    const DriftLook now = lookOf(set(name, type, after));
    DriftFacts facts{target(), {baselineOf({set(name, type, before)}), {}, {}}, {now}, {now}, kNow};
    const Judged judged = judgeDrift(facts);
    QTEST(effectsOf(judged), "effects");
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.subject, name);
        QVERIFY(finding.whatWeSaw.contains(name));
        QCOMPARE(finding.evidence.size(), size_t(1));
    }
    // The other side: what was accepted is no difference.
    facts.present = facts.second = {lookOf(set(name, type, before))};
    const Judged same = judgeDrift(facts);
    QCOMPARE(same.outcome, Outcome::Pass);
    QVERIFY(same.findings.empty());
}

// A different MX, seen now by one resolver.
void TestDrift::countsWhatTwoLooksAgreeOn_data()
{
    QTest::addColumn<QStringList>("second"); // empty: not asked
    QTest::addColumn<qint64>("secondsAgo");  // of an earlier sighting; negative: none
    QTest::addColumn<QString>("sighted");    // what was seen then
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<Proof>("proof"); // of what is found
    const QString fresh = u"10 b.example.net"_s;
    const QString old = u"10 a.example.net"_s;
    const QString other = u"10 c.example.net"_s;
    const auto row = [](const char *name, const QStringList &second, qint64 ago, const QString &sighted,
                        Outcome outcome, Proof proof = Proof::Proven) {
        QTest::newRow(name) << second << ago << sighted << outcome << proof;
    };
    row("seen once", {}, -1, {}, Outcome::Info);
    row("a second resolver agrees", {fresh}, -1, {}, Outcome::Warn);
    row("a second resolver has the old one", {old}, -1, {}, Outcome::Info);
    row("a second resolver has a third one", {other}, -1, {}, Outcome::Warn, Proof::Lead);
    row("a second resolver has a third one, and it was seen a minute ago", {other}, 60, fresh, Outcome::Warn,
        Proof::Lead);
    row("seen 59 seconds ago", {}, 59, fresh, Outcome::Info);
    row("seen a minute ago", {}, 60, fresh, Outcome::Warn);
    row("something else was seen a minute ago", {}, 60, other, Outcome::Info);
    row("seen a minute ago, though a second resolver still has the old one", {old}, 60, fresh, Outcome::Info);
}

void TestDrift::countsWhatTwoLooksAgreeOn()
{
    QFETCH(QStringList, second);
    QFETCH(qint64, secondsAgo);
    QFETCH(QString, sighted);
    const QString name = u"example.com"_s;
    const QString type = u"MX"_s;
    DriftFacts facts{target(),
                     {baselineOf({set(name, type, {u"10 a.example.net"_s})}), {}, {}},
                     {lookOf(set(name, type, {u"10 b.example.net"_s}))},
                     {},
                     kNow};
    if (!second.isEmpty())
        facts.second = {lookOf(set(name, type, second))};
    if (secondsAgo >= 0)
        facts.known.sightings = {{set(name, type, {sighted}), kNow.addSecs(-secondsAgo)}};
    const Judged judged = judgeDrift(facts);
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.findings.empty(), judged.outcome == Outcome::Info);
    QCOMPARE(judged.reason.isEmpty(), judged.outcome != Outcome::Info);
    QCOMPARE(judged.reason.contains(u"than the world"), !second.isEmpty() && judged.outcome == Outcome::Info);
    QVERIFY(judged.reason.isEmpty() || (!judged.reason.front().isLower() && judged.reason.endsWith(u'.')));
    // A sentence of its own, whose full stop is left to the page.
    const QString open = judged.reason.isEmpty() ? u"?"_s : judged.reason.chopped(1);
    QCOMPARE(judged.summary.endsWith(u". "_s + open), !judged.reason.isEmpty());
    QVERIFY(!judged.summary.endsWith(u'.'));
    QCOMPARE(judged.reason.contains(u"still spreading"), judged.reason.contains(u"than the world"));
    QFETCH(Proof, proof);
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, proof);
        QCOMPARE(finding.evidence.size(), size_t(proof == Proof::Lead ? 2 : 1)); // and what the other resolver sees
    }
}

// Names with many addresses lead two resolvers to different ones.
void TestDrift::tellsARotatingSetFromASilencedAlarm_data()
{
    QTest::addColumn<QStringList>("present");
    QTest::addColumn<QStringList>("second");
    QTest::addColumn<QStringList>("effects");
    const QStringList accepted{u"192.0.2.1"_s, u"192.0.2.2"_s};
    const QStringList next{u"192.0.2.3"_s, u"192.0.2.4"_s};
    const QStringList third{u"192.0.2.5"_s, u"192.0.2.6"_s};
    const QStringList lead{u"site_moves medium lead"_s};
    QTest::newRow("a third subset") << next << third << lead;
    QTest::newRow("the same") << next << next << lead;
    QTest::newRow("a part of what was accepted") << next << QStringList{u"192.0.2.1"_s, u"192.0.2.5"_s} << lead;
    QTest::newRow("what was accepted") << next << accepted << QStringList{};
    QTest::newRow("moved, the same") << QStringList{u"203.0.113.9"_s} << QStringList{u"203.0.113.9"_s}
                                     << QStringList{u"site_moves high strong"_s};
    QTest::newRow("moved, and a third place")
        << QStringList{u"203.0.113.9"_s} << third << QStringList{u"site_moves high lead"_s};
}

void TestDrift::tellsARotatingSetFromASilencedAlarm()
{
    QFETCH(QStringList, present);
    QFETCH(QStringList, second);
    const auto addresses = [](const QStringList &values) { return set(u"example.com"_s, u"address"_s, values); };
    const DriftFacts facts{target(),
                           {baselineOf({addresses({u"192.0.2.1"_s, u"192.0.2.2"_s})}), {}, {}},
                           {lookOf(addresses(present))},
                           {lookOf(addresses(second))},
                           kNow};
    const Judged judged = judgeDrift(facts);
    QTEST(effectsOf(judged), "effects");
    QCOMPARE(judged.outcome == Outcome::Info, judged.findings.empty());
}

void TestDrift::remembersTheFirstSighting_data()
{
    QTest::addColumn<QStringList>("now"); // empty list with `silent`: could not look
    QTest::addColumn<bool>("silent");
    QTest::addColumn<QString>("firstSeen"); // empty: none
    const QString before = kNow.addSecs(-30).toString(Qt::ISODate);
    QTest::newRow("still so") << QStringList{u"10 b.example.net"_s} << false << before;
    QTest::newRow("something else now") << QStringList{u"10 c.example.net"_s} << false << kNow.toString(Qt::ISODate);
    QTest::newRow("as accepted again") << QStringList{u"10 a.example.net"_s} << false << QString();
    QTest::newRow("could not look this time") << QStringList{} << true << before;
}

void TestDrift::remembersTheFirstSighting()
{
    QFETCH(QStringList, now);
    QFETCH(bool, silent);
    const DnsRecordSet mx = set(u"example.com"_s, u"MX"_s, {u"10 a.example.net"_s});
    DriftLook look{mx.name, mx.type, now, {}};
    if (silent)
        look = {mx.name, mx.type, {}, u"SERVFAIL"_s};
    const DnsRecordSet sighted = set(mx.name, mx.type, {u"10 b.example.net"_s});
    const DriftLook other = lookOf(set(u"example.com"_s, u"NS"_s, {u"a.dns.example"_s}));
    const DriftFacts facts{target(), {baselineOf({mx}), {{sighted, kNow.addSecs(-30)}}, {}}, {other, look}, {}, kNow};
    const QJsonArray sightings = judgeDrift(facts).observed.value("sightings"_L1).toArray();
    QTEST(sightings[0]["first_seen"_L1].toString(), "firstSeen");
}

// Beside findings, too: not_seen keeps others open, and the reason says why.
void TestDrift::saysWhatItDidNotSeeBesideAFinding()
{
    const DnsRecordSet mx = set(u"example.com"_s, u"MX"_s, {u"10 a.example.net"_s});
    const DnsRecordSet ns = set(u"example.com"_s, u"NS"_s, {u"a.dns.example"_s});
    const DriftLook moved = lookOf(set(ns.name, ns.type, {u"b.dns.example"_s}));
    DriftFacts facts{target(), {baselineOf({mx, ns}), {}, {}}, {lookOf(mx), moved}, {moved}, kNow};
    QVERIFY(judgeDrift(facts).reason.isEmpty());
    facts.present[0] = {mx.name, mx.type, {}, u"The server fails."_s};
    const Judged partly = judgeDrift(facts);
    QVERIFY(!partly.findings.empty());
    QCOMPARE(unseenSubjects(partly.observed), QStringList{mx.name});
    QVERIFY2(partly.reason.contains(u"The server fails."), qPrintable(partly.reason));
}

void TestDrift::leavesOpenWhatItDidNotRead()
{
    const DnsRecordSet mx = set(u"example.com"_s, u"MX"_s, {u"10 a.example.net"_s});
    const DnsRecordSet www = set(u"www.example.com"_s, u"address"_s, {u"192.0.2.1"_s});
    const DnsRecordSet app = set(u"app.example.com"_s, u"address"_s, {u"192.0.2.1"_s});
    const auto failing = [](const DnsRecordSet &one) {
        return DriftLook{one.name, one.type, {}, u"The server fails."_s};
    };
    DriftFacts facts{target(), {baselineOf({mx, www}), {}, {}}, {lookOf(mx), failing(www)}, {}, kNow};
    const Judged partly = judgeDrift(facts);
    QCOMPARE(partly.outcome, Outcome::Info);
    QVERIFY(!closes(partly, u"site_moves"_s, www.name) && closes(partly, u"mail_stops"_s, mx.name));
    // Of a name that nobody accepted there is nothing to be found, and so nothing to wait for.
    facts.present = {lookOf(mx), lookOf(www), failing(app)};
    QCOMPARE(judgeDrift(facts).outcome, Outcome::Pass);
    QVERIFY(closes(judgeDrift(facts), u"site_moves"_s, app.name));
    // Two reasons are two sentences.
    facts.present = {lookOf(set(mx.name, mx.type, {u"10 b.example.net"_s})), failing(www)};
    facts.known.baseline->sets.push_back(app);
    facts.present.push_back(lookOf(app));
    const Judged both = judgeDrift(facts);
    QVERIFY2(both.reason.contains("Only one look"_L1) && both.reason.contains("The server fails."_L1),
             qPrintable(both.reason));
    QVERIFY(!closes(both, u"mail_stops"_s, mx.name) && !closes(both, u"site_moves"_s, www.name));
}

void TestDrift::neverTakesSilenceForADifference_data()
{
    QTest::addColumn<bool>("mxRead");
    QTest::addColumn<bool>("nsRead");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("both read") << true << true << Outcome::Pass;
    QTest::newRow("one read") << false << true << Outcome::Info;
    QTest::newRow("none read") << false << false << Outcome::Error;
}

void TestDrift::neverTakesSilenceForADifference()
{
    QFETCH(bool, mxRead);
    QFETCH(bool, nsRead);
    const DnsRecordSet mx = set(u"example.com"_s, u"MX"_s, {u"10 a.example.net"_s});
    const DnsRecordSet ns = set(u"example.com"_s, u"NS"_s, {u"a.dns.example"_s});
    const DriftLook failed{{}, {}, {}, u"The server fails."_s};
    DriftFacts facts{target(), {baselineOf({mx, ns}), {}, {}}, {lookOf(mx), lookOf(ns)}, {}, kNow};
    if (!mxRead)
        facts.present[0] = {mx.name, mx.type, {}, failed.problem};
    if (!nsRead)
        facts.present[1] = {ns.name, ns.type, {}, failed.problem};
    const Judged judged = judgeDrift(facts);
    QTEST(judged.outcome, "outcome");
    QVERIFY(judged.findings.empty());
    QCOMPARE(judged.reason.contains(failed.problem), !mxRead);
    const bool isPartly = judged.outcome == Outcome::Info;
    QCOMPARE(unseenSubjects(judged.observed), isPartly ? QStringList{u"example.com"_s} : QStringList());
    QVERIFY(!judged.summary.endsWith(u'.'));
}

void TestDrift::comparesNothingWithoutABaseline_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("name");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("none") << QString() << QString() << Outcome::NotRun;
    QTest::newRow("of another domain") << u"example.org"_s << u"example.com"_s << Outcome::NotRun;
    QTest::newRow("of a host that is gone") << u"example.com"_s << u"old.example.com"_s << Outcome::NotRun;
    QTest::newRow("of this domain") << u"example.com"_s << u"example.com"_s << Outcome::Pass;
}

void TestDrift::comparesNothingWithoutABaseline()
{
    QFETCH(QString, domain);
    QFETCH(QString, name);
    DriftFacts facts{target(), {}, {lookOf(set(u"example.com"_s, u"address"_s, {u"192.0.2.1"_s}))}, {}, kNow};
    if (!domain.isEmpty())
        facts.known.baseline = DnsBaseline{domain, kAccepted, {set(name, u"address"_s, {u"192.0.2.1"_s})}};
    const Judged judged = judgeDrift(facts);
    QTEST(judged.outcome, "outcome");
    if (judged.outcome == Outcome::NotRun)
        QVERIFY(judged.reason.contains("accept today's"_L1));
    // In any case today's records are there to be accepted.
    QCOMPARE(judged.observed["records"_L1].toArray().size(), 1);
}

QTEST_GUILESS_MAIN(TestDrift)
#include "tst_drift.moc"
