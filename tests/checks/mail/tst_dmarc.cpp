#include "checks/mail/bulksenders.h"
#include "checks/mail/dmarc.h"
#include "lab/lookwithzone.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

QString dmarc(const QString &record, const QString &domain = u"example.com"_s)
{
    return u"_dmarc.%1. 300 IN TXT \"%2\""_s.arg(domain, record);
}

Judged lookWith(const ScriptedDns &server)
{
    NetOptions options;
    options.resolvers = {server.address()};
    options.operationTimeout = std::chrono::milliseconds(600);
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    return dmarcCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
}

} // namespace

class DmarcTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheRecord_data();
    void judgesTheRecord();
    void doubtsReceiversThatFail_data();
    void doubtsReceiversThatFail();
    void offersTheNextStep();
    void takesTheRecordFromAbove();
    void keepsFailureApartFromMissing();
    void readsOldAndNewStandard_data();
    void readsOldAndNewStandard();
    void aFailureOnTheWayUpIsNoAnswer();
    void comparesTheStandards_data();
    void comparesTheStandards();
    void saysWhatHappensToFakes();
    void knowsAWildcard_data();
    void knowsAWildcard();
    void acceptsAgreementByWildcard();
    void namesTheRecordAboveThatIsBroken();
    void tellsBulkSendersTheirRules_data();
    void tellsBulkSendersTheirRules();
    void knowsBulkServicesByTheirNames_data();
    void knowsBulkServicesByTheirNames();
    void knowsBulkServices();
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
    const QString away = dmarc(u"v=DMARC1; p=reject; rua=mailto:r@reports.example.net"_s);
    const QString theirs = u"reports.example.net. 60 IN MX 10 mx.example.net."_s;
    const QString agreed = u"example.com._report._dmarc.reports.example.net. 60 IN TXT \"v=DMARC1\""_s;
    row("reports elsewhere, not agreed", {away, theirs}, u"valid"_s, u"reject"_s, {u"reports_not_authorised"_s});
    row("reports elsewhere, in a domain that is gone", {away, u"example.com. 60 IN A 192.0.2.1"_s}, u"valid"_s,
        u"reject"_s, {u"report_mailbox_missing"_s});
    row("reports elsewhere, agreed", {away, theirs, agreed}, u"valid"_s, u"reject"_s, {});
    row("reports elsewhere, agreed to something else",
        {away, theirs, u"example.com._report._dmarc.reports.example.net. 60 IN TXT \"v=DMARC10\""_s}, u"valid"_s,
        u"reject"_s, {u"reports_not_authorised"_s});
    row("reports elsewhere, server fails",
        {away, theirs, u"example.com._report._dmarc.reports.example.net. SERVFAIL"_s}, u"valid"_s, u"reject"_s, {});
    row("reports elsewhere, no mail server there", {away, agreed}, u"valid"_s, u"reject"_s,
        {u"report_mailbox_missing"_s});
    row("reports elsewhere, mail goes to the address itself",
        {away, agreed, u"reports.example.net. 60 IN A 192.0.2.9"_s}, u"valid"_s, u"reject"_s, {});
    row("reports elsewhere, they take no mail", {away, agreed, u"reports.example.net. 60 IN MX 0 ."_s}, u"valid"_s,
        u"reject"_s, {u"report_mailbox_missing"_s});
    row("reports elsewhere, their mail server is unknown", {away, agreed, u"reports.example.net. SERVFAIL"_s},
        u"valid"_s, u"reject"_s, {});
    row("reports to a name of our own without mail", {dmarc(u"v=DMARC1; p=reject; rua=mailto:r@old.example.com"_s)},
        u"valid"_s, u"reject"_s, {u"report_mailbox_missing"_s});
    row("the same receiver twice", {dmarc(u"v=DMARC1; p=reject; rua=mailto:r@x.example.net,mailto:s@x.example.net"_s)},
        u"valid"_s, u"reject"_s, {u"report_mailbox_missing"_s});
    row("at the domain itself", {u"example.com. 60 IN TXT \"v=DMARC1; p=reject\""_s}, u"none"_s, {}, {u"missing"_s});
    row("at the domain itself too",
        {u"example.com. 60 IN TXT \"v=DMARC1; p=none\""_s, dmarc(u"v=DMARC1; p=reject"_s + rua)}, u"valid"_s,
        u"reject"_s, {u"record_at_apex"_s});
    row("SPF beside it", {dmarc(u"v=spf1 -all"_s), dmarc(u"v=DMARC1; p=reject"_s + rua)}, u"valid"_s, u"reject"_s,
        {u"spf_at_dmarc"_s});
    row("an alias to nowhere", {u"_dmarc.example.com. 60 IN CNAME gone.example.net."_s}, u"none"_s, {}, {u"missing"_s});
    row("an alias to a service",
        {u"_dmarc.example.com. 60 IN CNAME d.example.net."_s,
         u"d.example.net. 60 IN TXT \"v=DMARC1; p=reject; rua=mailto:r@example.com\""_s},
        u"valid"_s, u"reject"_s, {});
    row("psd=n", {dmarc(u"v=DMARC1; p=reject; psd=n"_s + rua)}, u"valid"_s, u"reject"_s, {});
    row("psd=y", {dmarc(u"v=DMARC1; p=reject; psd=y"_s + rua)}, u"valid"_s, u"reject"_s, {u"psd_yes"_s});
    row("np=none", {dmarc(u"v=DMARC1; p=reject; np=none"_s + rua)}, u"valid"_s, u"reject"_s, {u"subdomains_open"_s});
    row("np=reject", {dmarc(u"v=DMARC1; p=quarantine; np=reject"_s + rua)}, u"valid"_s, u"quarantine"_s, {});
    row("reject in test mode", {dmarc(u"v=DMARC1; p=reject; t=y"_s + rua)}, u"valid"_s, u"quarantine"_s, {});
    row("pct=100 is harmless", {dmarc(u"v=DMARC1; p=reject; pct=100"_s + rua)}, u"valid"_s, u"reject"_s, {});
    row("a part that is no tag", {dmarc(u"v=DMARC1; p=reject; all"_s + rua)}, u"valid"_s, u"reject"_s,
        {u"odd_value"_s});
    row("p comes last", {dmarc(u"v=DMARC1"_s + rua + u"; p=reject"_s)}, u"valid"_s, u"reject"_s,
        {u"receivers_disagree"_s});
    row("np that only the new standard minds", {dmarc(u"v=DMARC1; p=reject; np=bad"_s + rua)}, u"valid"_s, u"none"_s,
        {u"monitoring_only"_s, u"odd_value"_s, u"receivers_disagree"_s});
}

void DmarcTest::judgesTheRecord()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(dmarcCheck());
    QTEST(judged.observed["status"_L1].toString(), "status");
    QTEST(judged.observed["policy"_L1]["apex"_L1].toString(), "apex");
    QTEST(codesOf(judged), "codes");
}

// Silence is neither consent nor a mailbox, and closes nothing.
void DmarcTest::doubtsReceiversThatFail_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QStringList>("failing"); // "TYPE name"
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QStringList>("hidden");
    const QString place = u"reports.example.net"_s;
    const QString away = dmarc(u"v=DMARC1; p=reject; rua=mailto:r@"_s + place);
    const QString agreed = u"example.com._report._dmarc.%1. 60 IN TXT \"v=DMARC1\""_s.arg(place);
    const QString server = place + u". 60 IN MX 10 mx.example.net."_s;
    const QString address = place + u". 60 IN A 192.0.2.9"_s;
    const QString consent = u"TXT example.com._report._dmarc."_s + place;
    const QString mx = u"MX "_s + place;
    const QString v4 = u"A "_s + place;
    const QString v6 = u"AAAA "_s + place;
    const QString noMailbox = u"report_mailbox_missing"_s;
    const QString noConsent = u"reports_not_authorised"_s;
    const auto row = [](const char *name, const QStringList &zone, const QStringList &failing, const QStringList &codes,
                        const QStringList &hidden) { QTest::newRow(name) << zone << failing << codes << hidden; };
    row("all told", {away, agreed, server}, {}, {}, {});
    row("consent", {away, agreed, server}, {consent}, {}, {noConsent});
    row("mail servers", {away, agreed, server}, {mx}, {}, {noMailbox});
    row("mail servers and consent", {away, agreed, server}, {mx, consent}, {}, {noMailbox, noConsent});
    row("mail servers, no consent", {away, server}, {mx}, {noConsent}, {noMailbox});
    row("addresses beside a mail server", {away, agreed, server}, {v4, v6}, {}, {});
    row("IPv6 beside an address", {away, agreed, address}, {v6}, {}, {});
    row("addresses without a mail server", {away, agreed}, {v4}, {}, {noMailbox});
    row("consent, no mail server", {away, agreed}, {consent}, {noMailbox}, {noConsent});
}

void DmarcTest::doubtsReceiversThatFail()
{
    QFETCH(QStringList, zone);
    QFETCH(QStringList, failing);
    QFETCH(QStringList, hidden);
    const ScriptedDns server([&, told = zoneScript(zone)](const DnsQuestionSeen &question) {
        const QString asked = toWord(static_cast<RrType>(question.type)) + u' ' + question.name;
        return failing.contains(asked) ? DnsReply{.rcode = 2} : told(question);
    });
    const Judged judged = lookWith(server);
    QTEST(codesOf(judged), "codes");
    const Outcome withoutFindings = hidden.isEmpty() ? Outcome::Pass : Outcome::Info;
    QCOMPARE(judged.outcome, judged.findings.empty() ? withoutFindings : Outcome::Warn);
    for (const QString &code : {u"report_mailbox_missing"_s, u"reports_not_authorised"_s}) {
        QCOMPARE(closes(judged, code, u"reports.example.net"_s), !hidden.contains(code));
        QVERIFY(closes(judged, code, u"old.example.net"_s)); // gets no reports any more
    }
    QStringList codes;
    for (const QJsonValue gap : judged.observed["not_seen"_L1].toArray()) {
        QCOMPARE(gap["subject"_L1].toString(), u"reports.example.net"_s);
        codes << gap["code"_L1].toString();
    }
    QCOMPARE(codes, hidden);
    QCOMPARE(judged.reason.isEmpty(), hidden.isEmpty());
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

void DmarcTest::comparesTheStandards_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("today"); // organization, apex, subdomain, nonexistent
    QTest::addColumn<QString>("old");   // organization, policy, subdomain
    QTest::addColumn<QStringList>("disagreements");
    QTest::addColumn<bool>("isFinding");
    const auto at = [](const QString &name, const QString &tags) { return dmarc(u"v=DMARC1; "_s + tags, name); };
    const QString top = u"example.com"_s;
    const QString mail = u"mail.example.com"_s;
    const QString self = u"a.mail.example.com"_s;
    const QString rua = u"; rua=mailto:r@example.com"_s;
    QTest::newRow("an organization below the registered domain")
        << QStringList{at(mail, u"p=reject; sp=quarantine; psd=n"_s + rua), at(top, u"p=none"_s + rua)}
        << u"mail.example.com quarantine quarantine quarantine"_s << u"example.com none none"_s
        << QStringList{u"organizational_domain"_s, u"policy"_s, u"subdomain_policy"_s, u"nonexistent_policy"_s} << true;
    QTest::newRow("the registered domain for both")
        << QStringList{at(top, u"p=reject"_s + rua)} << u"example.com reject reject reject"_s
        << u"example.com reject reject"_s << QStringList() << false;
    QTest::newRow("np is for the new alone")
        << QStringList{at(top, u"p=none; np=reject"_s + rua)} << u"example.com none none reject"_s
        << u"example.com none none"_s << QStringList{u"nonexistent_policy"_s} << false;
    QTest::newRow("an own record is not for what is below")
        << QStringList{at(self, u"p=reject; sp=reject"_s + rua), at(top, u"p=none; sp=quarantine"_s + rua)}
        << u"example.com reject quarantine quarantine"_s << u"example.com reject quarantine"_s << QStringList()
        << false;
    QTest::newRow("test mode") << QStringList{at(top, u"p=quarantine; t=y"_s + rua)} << u"example.com none none none"_s
                               << u"example.com quarantine quarantine"_s
                               << QStringList{u"policy"_s, u"subdomain_policy"_s, u"nonexistent_policy"_s} << false;
    QTest::newRow("two records of its own: passed over today, the end before")
        << QStringList{at(self, u"p=none"_s), at(self, u"p=reject"_s), at(top, u"p=reject"_s + rua)}
        << u"example.com reject reject reject"_s << u"example.com - reject"_s << QStringList{u"policy"_s} << false;
    QTest::newRow("no p and no reports") << QStringList{at(top, u"adkim=s"_s)} << u"example.com none none none"_s
                                         << u"example.com - -"_s
                                         << QStringList{u"policy"_s, u"subdomain_policy"_s, u"nonexistent_policy"_s}
                                         << true;
    QTest::newRow("a part of the mail") << QStringList{at(top, u"p=reject; pct=0"_s + rua)}
                                        << u"example.com reject reject reject"_s << u"example.com reject reject"_s
                                        << QStringList{u"percentage"_s} << false;
    QTest::newRow("nothing anywhere") << QStringList() << u"a.mail.example.com - - -"_s << u"example.com - -"_s
                                      << QStringList() << false;
}

void DmarcTest::comparesTheStandards()
{
    QFETCH(QStringList, zone);
    ZoneLook look{zone + QStringList{u"a.mail.example.com. 60 IN A 192.0.2.1"_s}};
    look.target.domain = u"a.mail.example.com"_s;
    const Judged judged = look.run(dmarcCheck());
    const QJsonObject observed = judged.observed;
    const auto word = [](const QJsonValue &value) { return value.isString() ? value.toString() : u"-"_s; };
    const QJsonObject policy = observed["policy"_L1].toObject();
    const QStringList today{word(observed["organizational_domain"_L1]), word(policy["apex"_L1]),
                            word(policy["subdomain"_L1]), word(policy["nonexistent"_L1])};
    QTEST(today.join(u' '), "today");
    const QJsonObject old = observed["rfc7489"_L1].toObject();
    const QStringList before{word(old["organizational_domain"_L1]), word(old["policy"_L1]), word(old["subdomain"_L1])};
    QTEST(before.join(u' '), "old");
    QStringList disagreements;
    for (const QJsonValue value : observed["disagreements"_L1].toArray())
        disagreements << value.toString();
    QTEST(disagreements, "disagreements");
    const auto it = std::ranges::find(judged.findings, u"receivers_disagree"_s, &Finding::code);
    QTEST(it != judged.findings.end(), "isFinding");
    QVERIFY(it == judged.findings.end() || it->proof == Proof::Lead);
}

void DmarcTest::saysWhatHappensToFakes()
{
    const Judged judged =
        ZoneLook{{dmarc(u"v=DMARC1; p=none; sp=quarantine; np=reject; rua=mailto:r@example.com"_s)}}.run(dmarcCheck());
    const QJsonArray effect = judged.observed["effect"_L1].toArray();
    QCOMPARE(effect.size(), 3);
    QCOMPARE(effect[0].toString(), u"Fakes from example.com are delivered, and only reported (none)."_s);
    QCOMPARE(effect[1].toString(),
             u"Fakes from subdomains of example.com that exist go into the spam folder (quarantine)."_s);
    QCOMPARE(effect[2].toString(), u"Fakes from made-up subdomains of example.com are refused (reject)."_s);
    QVERIFY(judged.evidence.front().body.contains(effect[1].toString()));
}

void DmarcTest::knowsAWildcard_data()
{
    QTest::addColumn<QString>("everywhere");
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("a DMARC record") << u"v=DMARC1; p=reject; rua=mailto:r@example.com"_s
                                    << QStringList{u"record_at_apex"_s, u"by_wildcard"_s};
    QTest::newRow("an SPF record") << u"v=spf1 -all"_s << QStringList{u"missing"_s};
}

// Every name of the domain, known or not, answers with the same text.
void DmarcTest::knowsAWildcard()
{
    QFETCH(QString, everywhere);
    const ScriptedDns server([everywhere](const DnsQuestionSeen &question) {
        DnsReply reply;
        if (question.type == static_cast<int>(RrType::Txt) && question.name.endsWith("example.com"_L1))
            reply.answers << u"%1. 60 IN TXT \"%2\""_s.arg(question.name, everywhere);
        return reply;
    });
    QTEST(codesOf(lookWith(server)), "codes");
}

void DmarcTest::acceptsAgreementByWildcard()
{
    const ScriptedDns server([](const DnsQuestionSeen &question) {
        DnsReply reply;
        if (question.name == "_dmarc.example.com"_L1 && question.type == static_cast<int>(RrType::Txt))
            reply.answers << dmarc(u"v=DMARC1; p=reject; rua=mailto:r@example.net"_s);
        else if (question.name == "example.net"_L1 && question.type == static_cast<int>(RrType::Mx))
            reply.answers << u"example.net. 60 IN MX 10 mx.example.net."_s;
        else if (question.name.endsWith("._report._dmarc.example.net"_L1))
            reply.answers << question.name + u". 60 IN TXT \"v=DMARC1;\""_s;
        return reply;
    });
    QCOMPARE(codesOf(lookWith(server)), QStringList());
}

void DmarcTest::namesTheRecordAboveThatIsBroken()
{
    ZoneLook look{{dmarc(u"v=DMARC1; p=bad"_s), u"app.example.com. 60 IN A 192.0.2.1"_s}};
    look.target.domain = u"app.example.com"_s;
    const Judged judged = look.run(dmarcCheck());
    QCOMPARE(codesOf(judged), QStringList{u"invalid"_s});
    QVERIFY(judged.findings.front().whatWeSaw.contains(u"of example.com"_s));
}

// Google and Yahoo since February 2024, Microsoft since May 2025: told where a service that sends a lot is used.
void DmarcTest::tellsBulkSendersTheirRules_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<bool>("tells");
    const auto spf = [](const QString &terms) { return u"example.com. 300 IN TXT \"v=spf1 %1\""_s.arg(terms); };
    const QString bulk = spf(u"include:sendgrid.net ~all"_s);
    QTest::newRow("no record, sends through a bulk service") << QStringList{bulk} << true;
    QTest::newRow("broken record, sends through a bulk service")
        << QStringList{bulk, dmarc(u"v=DMARC1; p=block"_s)} << true;
    QTest::newRow("two records, sends through a bulk service")
        << QStringList{bulk, dmarc(u"v=DMARC1; p=none"_s), dmarc(u"v=DMARC1; p=reject"_s)} << true;
    QTest::newRow("p=none is what they ask for") << QStringList{bulk, dmarc(u"v=DMARC1; p=none"_s)} << false;
    QTest::newRow("no record, mailboxes alone") << QStringList{spf(u"include:_spf.google.com ~all"_s)} << false;
    QTest::newRow("no record, nobody sends") << QStringList{spf(u"a mx ~all"_s)} << false;
    QTest::newRow("behind all") << QStringList{spf(u"-all include:sendgrid.net"_s)} << false;
    QTest::newRow("by redirect") << QStringList{spf(u"redirect=SendGrid.net"_s)} << true;
    QTest::newRow("two SPF records") << QStringList{bulk, spf(u"mx -all"_s)} << false;
    const QString own = spf(u"include:_spf.google.com ~all"_s);
    QTest::newRow("a key that leads to a bulk service")
        << QStringList{own, u"s1._domainkey.example.com. 60 IN CNAME s1.domainkey.u1.wl2.sendgrid.net."_s} << true;
    QTest::newRow("a key that leads elsewhere")
        << QStringList{own, u"s1._domainkey.example.com. 60 IN CNAME s1.sendgrid.example.net."_s} << false;
    QTest::newRow("a bulk service's own name below the domain")
        << QStringList{own, u"send.example.com. 300 IN TXT \"v=spf1 include:sendgrid.net ~all\""_s} << true;
    QTest::newRow("the same, with a record of p=none")
        << QStringList{own, dmarc(u"v=DMARC1; p=none"_s),
                       u"send.example.com. 300 IN TXT \"v=spf1 include:sendgrid.net ~all\""_s}
        << false;
    QTest::newRow("an SPF record with a mistake") << QStringList{spf(u"include:sendgrid.net al"_s)} << false;
}

void DmarcTest::tellsBulkSendersTheirRules()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(dmarcCheck());
    QVERIFY(!judged.findings.empty());
    const QString seen = judged.findings.front().whatWeSaw;
    QTEST(seen.contains(u"SendGrid") && seen.contains(u"5,000") && seen.contains(u"May 2025"), "tells");
}

// What dns.inventory saw before, as the project keeps it.
void DmarcTest::knowsBulkServicesByTheirNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("tells");
    QTest::newRow("for bounces") << u"em1234.example.com"_s << u"u1.wl2.sendgrid.net"_s << true;
    QTest::newRow("for a page") << u"help.example.com"_s << u"u1.wl2.sendgrid.net"_s << false;
    QTest::newRow("at another company") << u"em1234.example.com"_s << u"mail.example.net"_s << false;
    QTest::newRow("leads nowhere") << u"em1234.example.com"_s << QString() << false;
}

void DmarcTest::knowsBulkServicesByTheirNames()
{
    QFETCH(QString, name);
    QFETCH(QString, target);
    ZoneLook look{{u"example.com. 300 IN A 192.0.2.1"_s}};
    look.facts.observedBefore.emplace(
        u"dns.inventory"_s,
        QJsonObject{{u"names"_s, QJsonArray{QJsonObject{{u"name"_s, name}, {u"leads_to"_s, target}}}}});
    QTEST(look.run(dmarcCheck()).findings.front().whatWeSaw.contains(u"SendGrid"), "tells");
}

void DmarcTest::knowsBulkServices()
{
    const QByteArray all = "v=spf1 include:emsd1.com include:spf.brevo.com include:_spf.elasticemail.com "
                           "include:hubspotemail.net include:spf.intercom.io include:klaviyomail.com "
                           "include:servers.mcsv.net include:mailgun.org include:_spf.mlsend.com "
                           "include:_spf.mailersend.net include:spf.mailjet.com include:spf.mandrillapp.com "
                           "include:spf.mtasv.net include:_spf.resend.com include:_spf.salesforce.com "
                           "include:sendgrid.net include:amazonses.com include:sparkpostmail.com -all";
    const QStringList names = bulkServicesIn(all);
    QVERIFY2(names.size() == 18, qPrintable(names.join(u", "_s)));
}

QTEST_GUILESS_MAIN(DmarcTest)
#include "tst_dmarc.moc"
