#include "checks/dns/dnssec.h"
#include "checks/dns/resolvers.h"
#include "lab/lookwithzone.h"
#include "tests/checks/earlierfinding.h"
#include "tests/lab/knotserver.h"
#include "tests/lab/signedzone.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
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

Lab signedLab(int startedDaysAgo, int endsInDays, qint64 moreSeconds = 0, const QByteArray &moreLines = {})
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto made = lab::signZone(u"example.com"_s, kZone + moreLines, now.addDays(-startedDaysAgo),
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

// The codes that the look says it may have missed.
QStringList gapsIn(const Judged &judged)
{
    QStringList codes;
    for (const QJsonValue gap : judged.observed["not_seen"_L1].toArray())
        codes << gap["code"_L1].toString();
    return codes;
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
    void countsHashing_data();
    void countsHashing();
    void believesAResolverThatSaysWhy_data();
    void believesAResolverThatSaysWhy();
    void asksAnotherResolver_data();
    void asksAnotherResolver();
    void hearsASecondResolver_data();
    void hearsASecondResolver();
    void addsTheResolversReason();
    void silenceOfTheResolverIsNoPass();
    void saysWhenHashingIsUnknown_data();
    void saysWhenHashingIsUnknown();
    void cannotLookWithoutAnswers_data();
    void cannotLookWithoutAnswers();
    void aMethodThatTheDsDoesNotPromise_data();
    void aMethodThatTheDsDoesNotPromise();
    void namesOutdatedMethods_data();
    void namesOutdatedMethods();
    void aDigestBeyondThisComputerIsNoFault();
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
    // Its keys are those of both, and the other one's key signs all of it.
    const QByteArray key = lab::onlyLines(good.file, "\tDNSKEY\t");
    const Lab byOther = signedLab(3, 11, 0, key);
    row("the key that is vouched for does not sign the keys", byOther.file, good.ds, u"bogus"_s,
        {u"vouched_key_silent"_s});
    row("the other key is vouched for as well", byOther.file, good.ds + byOther.ds, u"secure"_s, {});
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

// RFC 9276: iterations beyond the first protect nothing.
void TestDnssec::countsHashing_data()
{
    QTest::addColumn<QString>("params");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QJsonValue>("iterations");
    const QStringList finding{u"nsec3_iterations"_s};
    QTest::newRow("not hashed") << QString() << QStringList{} << QJsonValue();
    QTest::newRow("none more") << u"1 0 0 -"_s << QStringList{} << QJsonValue(0);
    QTest::newRow("one more") << u"1 0 1 -"_s << finding << QJsonValue(1);
    QTest::newRow("ten more, with salt") << u"1 0 10 AABBCCDD"_s << finding << QJsonValue(10);
}

void TestDnssec::countsHashing()
{
    QFETCH(QString, params);
    const QByteArray record = params.isEmpty() ? QByteArray() : "@ NSEC3PARAM " + params.toLatin1() + '\n';
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto zone = lab::signZone(u"example.com"_s, kZone + record, now.addDays(-3), now.addDays(11));
    const Judged judged = look({zone.file, zone.ds});
    QTEST(codesOf(judged), "codes");
    QTEST(judged.observed.value("nsec3_iterations"_L1), "iterations");
    QCOMPARE(judged.observed.value("state"_L1).toString(), u"secure"_s);
}

namespace {

// A resolver that checks signatures: who tells it not to gets the records.
Judged lookThroughValidator(const QStringList &zone, const DnsReply &whenChecking)
{
    const ScriptedDns server([answers = zoneScript(zone), whenChecking](const DnsQuestionSeen &question) {
        return question.checkingDisabled ? answers(question) : whenChecking;
    });
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    return dnssecCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
}

const QString kSoa = u"example.com. 300 IN SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300"_s;
constexpr int kServFail = 2;

} // namespace

void TestDnssec::believesAResolverThatSaysWhy_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QStringList>("codes");
    const QStringList refused{u"resolver_refuses"_s};
    QTest::newRow("cannot tell") << 5 << QStringList{};
    QTest::newRow("bogus") << 6 << refused;
    QTest::newRow("expired") << 7 << refused;
    QTest::newRow("no key") << 9 << refused;
    QTest::newRow("no signatures") << 10 << refused;
    QTest::newRow("no proof of absence") << 12 << refused;
    QTest::newRow("failed before") << 13 << QStringList{};
    QTest::newRow("nobody there") << 22 << QStringList{};
    QTest::newRow("network") << 23 << QStringList{};
    QTest::newRow("expired before it was valid") << 25 << refused;
}

void TestDnssec::believesAResolverThatSaysWhy()
{
    QFETCH(int, code);
    DnsReply reply{.rcode = kServFail};
    if (code >= 0)
        reply.extendedErrors = {{code, "because"}};
    const Judged judged = lookThroughValidator({kSoa}, reply);
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.observed.value("state"_L1).toString(), judged.findings.empty() ? u"insecure"_s : u"bogus"_s);
    if (judged.findings.empty()) {
        QCOMPARE(judged.outcome, Outcome::Info); // what visitors meet is not known
        QVERIFY2(judged.reason.contains("extended error"_L1), qPrintable(judged.reason));
    } else {
        QCOMPARE(judged.findings[0].proof, Proof::Strong);
        QVERIFY(judged.findings[0].whatWeSaw.contains("\"because\""_L1));
    }
}

void TestDnssec::asksAnotherResolver_data()
{
    QTest::addColumn<bool>("saysWhy");
    QTest::addColumn<DnsStatus>("status"); // what the other resolver says
    QTest::addColumn<bool>("isHeard");
    QTest::addColumn<QString>("said");
    const QString certain = u"critical strong bogus"_s;
    QTest::newRow("it answers") << true << DnsStatus::Answered << true << u"low lead insecure"_s;
    QTest::newRow("it fails as well") << true << DnsStatus::ServFail << true << certain;
    QTest::newRow("it is silent") << true << DnsStatus::Answered << false << certain;
    // Many resolvers give no reason.
    QTest::newRow("no reason, it answers") << false << DnsStatus::Answered << true << u"low lead insecure"_s;
    QTest::newRow("no reason, it fails as well") << false << DnsStatus::ServFail << true << certain;
    QTest::newRow("no reason, it is silent") << false << DnsStatus::Answered << false << u"high lead insecure"_s;
}

void TestDnssec::asksAnotherResolver()
{
    QFETCH(bool, saysWhy);
    QFETCH(DnsStatus, status);
    QFETCH(bool, isHeard);
    DnsAnswer refused;
    refused.status = DnsStatus::ServFail;
    if (saysWhy)
        refused.extendedErrors = {ExtendedDnsError{6, {}}};
    DnssecFacts facts{u"example.com"_s, {}, {}, {}, refused, QDateTime::currentDateTimeUtc()};
    DnsAnswer other;
    other.status = status;
    facts.second = isHeard ? Result<DnsAnswer>(other) : failure(ErrorKind::TimedOut, u"No answer."_s);
    const Judged judged = judgeDnssec(facts);
    QCOMPARE(codesOf(judged), QStringList{u"resolver_refuses"_s});
    const Finding &finding = judged.findings[0];
    QTEST(u"%1 %2 %3"_s.arg(toWord(finding.severity), toWord(finding.proof),
                            judged.observed.value("state"_L1).toString()),
          "said");
}

// Of a domain that the registry vouches for, only a resolver that has checked can say that all is well.
void TestDnssec::hearsASecondResolver_data()
{
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<bool>("checks");
    QTest::addColumn<Severity>("severity");
    QTest::newRow("signed, it checks") << true << true << Severity::Low;
    QTest::newRow("signed, it forwards unchecked") << true << false << Severity::Critical;
    QTest::newRow("not signed") << false << false << Severity::Low;
}

void TestDnssec::hearsASecondResolver()
{
    QFETCH(bool, isSigned);
    QFETCH(bool, checks);
    const NetOptions options; // names no resolvers, so that public ones are compared; all that is asked stands here
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const auto checked = [](RrType type) {
        return DnsLookup{.name = u"example.com"_s, .type = type, .dnssecOk = true, .checkingDisabled = true};
    };
    DnsAnswer ds{.status = DnsStatus::NoData};
    if (isSigned) // by a method that is not known here, so that our own look finds no fault
        ds.answers = {{.name = u"example.com"_s, .type = RrType::Ds, .presentation = u"12345 13 200 AABB"_s}};
    seen.put(checked(RrType::Ds), ds);
    seen.put(checked(RrType::Dnskey), DnsAnswer{.status = DnsStatus::NoData});
    seen.put(checked(RrType::Soa), DnsAnswer{});
    DnsLookup plain{.name = u"example.com"_s, .type = RrType::Soa, .dnssecOk = true};
    seen.put(plain, DnsAnswer{.status = DnsStatus::ServFail, .extendedErrors = {ExtendedDnsError{6, {}}}});
    plain.server = resolversToCompare(options)[1].address;
    seen.put(plain, DnsAnswer{.authenticData = checks});
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    const Judged judged =
        dnssecCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
    QCOMPARE(codesOf(judged), QStringList{u"resolver_refuses"_s});
    QTEST(judged.findings[0].severity, "severity");
    QCOMPARE(judged.findings[0].proof, judged.findings[0].severity == Severity::Low ? Proof::Lead : Proof::Strong);
}

void TestDnssec::addsTheResolversReason()
{
    const QString ds = u"example.com. 300 IN DS 12345 13 2 "_s + QString(64, u'a');
    const Judged judged = lookThroughValidator({kSoa, ds}, {.rcode = kServFail, .extendedErrors = {{9, ""}}});
    QCOMPARE(codesOf(judged), QStringList{u"ds_left_behind"_s});
    QVERIFY2(judged.findings[0].whatWeSaw.contains("extended error 9"_L1), qPrintable(judged.findings[0].whatWeSaw));
}

void TestDnssec::silenceOfTheResolverIsNoPass()
{
    DnssecFacts facts{
        u"example.com"_s, {}, {}, {}, failure(ErrorKind::TimedOut, u"No answer."_s), QDateTime::currentDateTimeUtc()};
    const Judged silent = judgeDnssec(facts);
    QCOMPARE(silent.outcome, Outcome::Info);
    QVERIFY2(silent.reason.contains("No answer"_L1), qPrintable(silent.reason));
    QVERIFY(!closes(silent, u"resolver_refuses"_s) && closes(silent, u"signatures_expired"_s));
    facts.plain = DnsAnswer{};
    QCOMPARE(judgeDnssec(facts).outcome, Outcome::Pass);
    QVERIFY(closes(judgeDnssec(facts), u"resolver_refuses"_s));
    // Beside a finding, too.
    facts.keys.answers = {{.name = u"example.com"_s, .type = RrType::Dnskey, .presentation = u"257 3 13 AQAB"_s}};
    facts.plain = DnsAnswer{.status = DnsStatus::Refused};
    const Judged half = judgeDnssec(facts);
    QCOMPARE(codesOf(half), QStringList{u"keys_without_ds"_s});
    QCOMPARE(half.outcome, Outcome::Warn);
    QCOMPARE(gapsIn(half), QStringList{u"resolver_refuses"_s});
    QVERIFY(!half.reason.isEmpty());
    // What refuses is heard.
    facts.plain = DnsAnswer{.status = DnsStatus::ServFail};
    QCOMPARE(gapsIn(judgeDnssec(facts)), QStringList());
}

void TestDnssec::saysWhenHashingIsUnknown_data()
{
    QTest::addColumn<Result<DnsAnswer>>("hashing");
    QTest::addColumn<QStringList>("gaps");
    const QStringList gap{u"nsec3_iterations"_s};
    QTest::newRow("none") << Result<DnsAnswer>(DnsAnswer{.status = DnsStatus::NoData}) << QStringList{};
    QTest::newRow("servers fail") << Result<DnsAnswer>(DnsAnswer{.status = DnsStatus::ServFail}) << gap;
    QTest::newRow("silence") << Result<DnsAnswer>(failure(ErrorKind::TimedOut, u"No answer."_s)) << gap;
}

void TestDnssec::saysWhenHashingIsUnknown()
{
    QFETCH(Result<DnsAnswer>, hashing);
    DnssecFacts facts{u"example.com"_s, {}, {}, {}, DnsAnswer{}, QDateTime::currentDateTimeUtc()};
    facts.hashing = hashing;
    const Judged judged = judgeDnssec(facts);
    QTEST(gapsIn(judged), "gaps");
    QCOMPARE(judged.outcome, gapsIn(judged).isEmpty() ? Outcome::Pass : Outcome::Info);
    QCOMPARE(judged.reason.isEmpty(), gapsIn(judged).isEmpty());
    QCOMPARE(closes(judged, u"nsec3_iterations"_s), gapsIn(judged).isEmpty());
    facts.plain = failure(ErrorKind::TimedOut, u"Late."_s); // of two, both are said
    QVERIFY(judgeDnssec(facts).reason.contains(u"Late."));
    QCOMPARE(judgeDnssec(facts).reason.contains("hashed"_L1), !gapsIn(judged).isEmpty());
}

void TestDnssec::cannotLookWithoutAnswers_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("reason");
    QTest::newRow("silent") << u"example.com. SILENT"_s << u"No answer within"_s;
    QTest::newRow("servers fail") << u"example.com. SERVFAIL"_s << u"(SERVFAIL)."_s;
    QTest::newRow("servers fail and say why") << u"example.com. SERVFAIL 22"_s << u"extended error 22"_s;
}

void TestDnssec::cannotLookWithoutAnswers()
{
    QFETCH(QString, record);
    const Judged judged = ZoneLook{.zone = {record}}.run(dnssecCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
    QFETCH(QString, reason);
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    QVERIFY(judged.findings.empty());
}

// Algorithm 200 is not assigned: nobody can check such signatures, and the DS promises others.
void TestDnssec::aMethodThatTheDsDoesNotPromise_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("of the SOA") << QByteArray("SOA");
    QTest::newRow("of the keys") << QByteArray("DNSKEY");
}

void TestDnssec::aMethodThatTheDsDoesNotPromise()
{
    QFETCH(QByteArray, type);
    Lab made = signedLab(3, 11);
    made.file.replace("\tRRSIG\t" + type + " 13 ", "\tRRSIG\t" + type + " 200 ");
    const Judged judged = look(made);
    QCOMPARE(judged.outcome, Outcome::Fail);
    QCOMPARE(codesOf(judged), QStringList{u"signatures_missing"_s});
}

// Whose methods are given up is told also where they cannot be checked any more.
void TestDnssec::namesOutdatedMethods_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<QStringList>("codes");
    const QStringList outdated{u"outdated_algorithm"_s};
    for (const int algorithm : {1, 3, 6, 12})
        QTest::addRow("%d", algorithm) << algorithm << outdated;
    QTest::newRow("one that nobody knows") << 200 << QStringList{};
}

void TestDnssec::namesOutdatedMethods()
{
    QFETCH(int, algorithm);
    const QString ds = u"example.com. 300 IN DS 12345 %1 2 "_s.arg(algorithm) + QString(64, u'a');
    const Judged judged = ZoneLook{.zone = {kSoa, ds}}.run(dnssecCheck());
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.observed.value("state"_L1).toString(), u"insecure"_s);
    QVERIFY(judged.outcome != Outcome::Pass);
}

// Nor can keys that are vouched for by an unknown digest: no outage, and no pass.
void TestDnssec::aDigestBeyondThisComputerIsNoFault()
{
    Lab made = signedLab(3, 11);
    made.ds.replace(" 13 2 ", " 13 200 ");
    QVERIFY2(made.ds.contains(" 13 200 "), made.ds.constData());
    const Judged judged = look(made);
    QCOMPARE(codesOf(judged), QStringList{});
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QCOMPARE(judged.observed.value("state"_L1).toString(), u"insecure"_s);
}

void TestDnssec::aNameThatDoesNotExistIsNotSigned()
{
    const Judged judged = ZoneLook{.zone = {u"other.com. 300 IN A 192.0.2.1"_s}}.run(dnssecCheck());
    QCOMPARE(judged.outcome, Outcome::NotApplicable);
}

QTEST_GUILESS_MAIN(TestDnssec)
#include "tst_dnssec.moc"
