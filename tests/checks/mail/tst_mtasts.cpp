#include "checks/mail/mtasts.h"
#include "lab/lookwithzone.h"
#include "models/redactor.h"
#include "tests/lab/hostileserver.h"

#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QString kPolicyHost = u"mta-sts.example.com"_s;
const QByteArray kGoodPolicy = "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 604800\r\n";
const QStringList kZone{u"example.com. 60 IN MX 10 mx.example.com."_s,
                        u"_mta-sts.example.com. 60 IN TXT \"v=STSv1; id=20260101\""_s};

const QDateTime kNow(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);

// What a look at this policy saw.
MtaStsFacts factsWith(const QByteArray &policy, const QString &id)
{
    MtaStsFacts facts{.domain = u"example.com"_s, .mailHosts = {u"mx.example.com"_s}, .now = kNow};
    facts.record.answers = {
        {.name = u"_mta-sts.example.com"_s, .type = RrType::Txt, .text = "v=STSv1; id=" + id.toLatin1()}};
    HttpResponse response;
    response.status = 200;
    response.trust = CertificateTrust::Trusted;
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = policy;
    facts.policy = response;
    return facts;
}

QByteArray plain(const QByteArray &policy)
{
    return httpAnswer(200, {"Content-Type: text/plain"}, policy);
}

// The policy's web server, with a certificate for this name, of an authority that is trusted.
struct PolicyServer
{
    explicit PolicyServer(const Script &script, const QString &name = kPolicyHost)
        : server(script, TlsSetup{.chain = {makeSigned({.commonName = name, .names = {name}}, root)}})
    {
        if (roots.open())
            roots.write(root.certificatePem());
        roots.close();
    }

    // before: what the look before this one observed.
    Judged look(const QStringList &zone = kZone, const QJsonObject &before = {}) const
    {
        return ZoneLook{.zone = zone,
                        .facts = {.observedBefore = {{u"mail.mta-sts"_s, before}}},
                        .connects = {{kPolicyHost, 443, {u"127.0.0.1"_s, server.port()}}},
                        .caFile = roots.fileName()}
            .run(mtaStsCheck());
    }

    Identity root = makeRoot(u"Known root"_s);
    QTemporaryFile roots;
    HostileServer server;
};

} // namespace

class TestMtaSts : public QObject
{
    Q_OBJECT

private slots:
    void readsPolicies_data();
    void readsPolicies();
    void matchesMailHosts_data();
    void matchesMailHosts();
    void readsRecords_data();
    void readsRecords();
    void judgesTheRecord_data();
    void judgesTheRecord();
    void judgesThePolicy_data();
    void judgesThePolicy();
    void judgesTheCertificate();
    void keepsFailuresApart();
    void blamesNobodyForTheLine_data();
    void blamesNobodyForTheLine();
    void needsTheMailHosts_data();
    void needsTheMailHosts();
    void losesMailInEnforceModeAlone();
    void comparesWithTheLookBefore_data();
    void comparesWithTheLookBefore();
    void forgetsPoliciesThatRanOut_data();
    void forgetsPoliciesThatRanOut();
    void remembersThePolicyOfAnId();
};

void TestMtaSts::readsPolicies_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QStringList>("duplicates");
    const auto row = [](const char *name, const QByteArray &text, bool valid, const QStringList &duplicates = {}) {
        QTest::newRow(name) << text << valid << duplicates;
    };
    row("CRLF", kGoodPolicy, true);
    row("LF", QByteArray(kGoodPolicy).replace("\r", ""), true);
    row("no line end at the end", kGoodPolicy.trimmed(), true);
    row("any order", "mx: a.example\nmax_age: 1\nmode: testing\nversion: STSv1\n", true);
    row("unknown key", kGoodPolicy + "colour: red\r\n", true);
    row("mode none without servers", "version: STSv1\nmode: none\nmax_age: 60\n", true);
    row("testing without servers", "version: STSv1\nmode: testing\nmax_age: 60\n", false);
    row("enforce without servers", "version: STSv1\nmode: enforce\nmax_age: 60\n", false);
    row("no version", "mode: none\nmax_age: 60\n", false);
    row("version in small letters", "version: stsv1\nmode: none\nmax_age: 60\n", false);
    row("no mode", "version: STSv1\nmax_age: 60\nmx: a.example\n", false);
    row("unknown mode", "version: STSv1\nmode: report\nmax_age: 60\nmx: a.example\n", false);
    row("no age", "version: STSv1\nmode: none\n", false);
    row("age zero", "version: STSv1\nmode: none\nmax_age: 0\n", true);
    row("longest age", "version: STSv1\nmode: none\nmax_age: 31557600\n", true);
    row("a second too long", "version: STSv1\nmode: none\nmax_age: 31557601\n", false);
    row("ten digits, too long", "version: STSv1\nmode: none\nmax_age: 9999999999\n", false);
    row("eleven digits", "version: STSv1\nmode: none\nmax_age: 00000000001\n", false);
    row("negative age", "version: STSv1\nmode: none\nmax_age: -1\n", false);
    row("age in words", "version: STSv1\nmode: none\nmax_age: 1 week\n", false);
    row("wildcard", "version: STSv1\nmode: enforce\nmax_age: 60\nmx: *.example.com\n", true);
    row("wildcard inside", "version: STSv1\nmode: enforce\nmax_age: 60\nmx: mx.*.example.com\n", false);
    row("leading dot of the draft", "version: STSv1\nmode: enforce\nmax_age: 60\nmx: .example.com\n", false);
    row("empty server", "version: STSv1\nmode: enforce\nmax_age: 60\nmx:\n", false);
    row("mode twice", kGoodPolicy + "mode: none\r\n", true, {u"mode"_s});
    row("no colon", kGoodPolicy + "and so on\r\n", false);
    row("a web page", "<!doctype html><html></html>\n", false);
    row("empty", "", false);
}

void TestMtaSts::readsPolicies()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    const auto policy = parseStsPolicy(text);
    QVERIFY2(policy.has_value() == valid, policy ? "" : qPrintable(policy.error()));
    if (valid)
        QTEST(policy->duplicates, "duplicates");
    if (valid && text.startsWith(kGoodPolicy)) { // the first of two counts
        QCOMPARE(policy->mode, StsMode::Enforce);
        QCOMPARE(policy->maxAge, qint64(604800));
        QCOMPARE(policy->mx, QStringList{u"mx.example.com"_s});
    }
}

void TestMtaSts::matchesMailHosts_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("the same") << u"mx.example.com"_s << u"mx.example.com"_s << true;
    QTest::newRow("capitals") << u"mx.example.com"_s << u"MX.Example.com"_s << true;
    QTest::newRow("another") << u"mx.example.com"_s << u"mx2.example.com"_s << false;
    QTest::newRow("one label") << u"*.example.com"_s << u"mx.example.com"_s << true;
    QTest::newRow("two labels") << u"*.example.com"_s << u"a.mx.example.com"_s << false;
    QTest::newRow("no label") << u"*.example.com"_s << u"example.com"_s << false;
    QTest::newRow("an end that is alike") << u"*.example.com"_s << u"mx.notexample.com"_s << false;
}

void TestMtaSts::matchesMailHosts()
{
    QFETCH(QString, pattern);
    QFETCH(QString, host);
    const StsPolicy policy{StsMode::Enforce, 60, {pattern}, {}};
    QTEST(allowsMx(policy, host), "allowed");
}

void TestMtaSts::readsRecords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("id"); // empty: refused
    QTest::newRow("plain") << QByteArray("v=STSv1; id=20260101;") << u"20260101"_s;
    QTest::newRow("no blank, no end") << QByteArray("v=STSv1;id=a1B2") << u"a1B2"_s;
    QTest::newRow("unknown field") << QByteArray("v=STSv1; id=1; x=y") << u"1"_s;
    QTest::newRow("longest id") << QByteArray("v=STSv1; id=" + QByteArray(32, '7')) << QString(32, u'7');
    QTest::newRow("a digit too long") << QByteArray("v=STSv1; id=" + QByteArray(33, '7')) << QString();
    QTest::newRow("id with a dash") << QByteArray("v=STSv1; id=2026-01-01") << QString();
    QTest::newRow("empty id") << QByteArray("v=STSv1; id=") << QString();
    QTest::newRow("no id") << QByteArray("v=STSv1;") << QString();
    QTest::newRow("two ids") << QByteArray("v=STSv1; id=1; id=2") << QString();
    QTest::newRow("blank behind the equals sign") << QByteArray("v=STSv1; id= 1") << QString();
    QTest::newRow("id in capitals") << QByteArray("v=STSv1; ID=1") << QString();
}

void TestMtaSts::readsRecords()
{
    QFETCH(QByteArray, text);
    QTEST(parseStsRecord(text).value_or(QString()), "id");
}

void TestMtaSts::judgesTheRecord_data()
{
    QTest::addColumn<QStringList>("records");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("status");
    const auto txt = [](const QString &text) { return u"_mta-sts.example.com. 60 IN TXT \"%1\""_s.arg(text); };
    const auto row = [](const char *name, const QStringList &records, const QStringList &codes, const QString &status) {
        QTest::newRow(name) << records << codes << status;
    };
    row("none", {}, {}, u"none"_s);
    row("another text", {txt(u"hello"_s)}, {}, u"none"_s);
    row("sound", {txt(u"v=STSv1; id=1"_s)}, {}, u"valid"_s);
    row("sound beside another text", {txt(u"v=STSv1; id=1"_s), txt(u"hello"_s)}, {}, u"valid"_s);
    row("two", {txt(u"v=STSv1; id=1"_s), txt(u"v=STSv1; id=2"_s)}, {u"several_records"_s}, u"invalid"_s);
    row("no id", {txt(u"v=STSv1;"_s)}, {u"invalid_record"_s}, u"invalid"_s);
    row("small letters", {txt(u"v=stsv1; id=1"_s)}, {u"not_recognised"_s}, u"invalid"_s);
    row("by an alias",
        {u"_mta-sts.example.com. 60 IN CNAME sts.example.net."_s, u"sts.example.net. 60 IN TXT \"v=STSv1; id=1\""_s},
        {}, u"valid"_s);
}

void TestMtaSts::judgesTheRecord()
{
    QFETCH(QStringList, records);
    const PolicyServer server(answering(plain(kGoodPolicy)));
    const Judged judged = server.look(records << kZone.front());
    QTEST(codesOf(judged), "codes");
    const QString status = judged.observed.value("status"_L1).toString();
    QCOMPARE(judged.outcome == Outcome::Info, status == "none"_L1);
    QTEST(codesOf(judged).isEmpty() ? status : u"invalid"_s, "status");
}

void TestMtaSts::judgesThePolicy_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char *name, const QByteArray &answer, const QStringList &codes) {
        QTest::newRow(name) << answer << codes;
    };
    row("sound", plain(kGoodPolicy), {});
    row("character set beside the type", httpAnswer(200, {"Content-Type: Text/Plain; charset=utf-8"}, kGoodPolicy), {});
    row("sent as a page", httpAnswer(200, {"Content-Type: text/html"}, kGoodPolicy), {u"policy_type"_s});
    row("no type", httpAnswer(200, {}, kGoodPolicy), {u"policy_type"_s});
    row("redirect", httpAnswer(301, {"Location: https://example.com/.well-known/mta-sts.txt"}, {}),
        {u"policy_redirects"_s});
    row("not found", httpAnswer(404, {}, "nothing"), {u"policy_unreachable"_s});
    row("another success", httpAnswer(203, {"Content-Type: text/plain"}, kGoodPolicy), {u"policy_unreachable"_s});
    row("not a policy", plain("hello\n"), {u"policy_invalid"_s});
    row("largest", plain(kGoodPolicy + QByteArray(kStsPolicyCap - kGoodPolicy.size(), '\n')), {});
    row("a byte too large", plain(kGoodPolicy + QByteArray(kStsPolicyCap - kGoodPolicy.size() + 1, '\n')),
        {u"policy_invalid"_s});
    row("not HTTP", "nonsense\r\n\r\n", {u"policy_unreachable"_s});
    row("server left out", plain("version: STSv1\nmode: enforce\nmx: other.example.com\nmax_age: 604800\n"),
        {u"mx_not_covered"_s});
    row("server left out, testing", plain("version: STSv1\nmode: testing\nmx: other.example.com\nmax_age: 604800\n"),
        {u"mx_not_covered"_s});
    row("switched off", plain("version: STSv1\nmode: none\nmax_age: 60\n"), {});
    row("mode twice", plain(kGoodPolicy + "mode: none\n"), {u"duplicate_key"_s});
    row("a day", plain("version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n"), {});
    row("a second less than a day", plain("version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86399\n"),
        {u"short_life"_s});
}

void TestMtaSts::judgesThePolicy()
{
    QFETCH(QByteArray, answer);
    const PolicyServer server(answering(answer));
    const Judged judged = server.look();
    QVERIFY2(judged.reason.isEmpty(), qPrintable(judged.reason));
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.evidence.empty(), false);
}

void TestMtaSts::judgesTheCertificate()
{
    const PolicyServer forAnother(answering(plain(kGoodPolicy)), u"example.com"_s);
    QCOMPARE(codesOf(forAnother.look()), QStringList{u"policy_certificate"_s});
}

void TestMtaSts::keepsFailuresApart()
{
    const PolicyServer silent([](Connection &connection) { connection.hang(); });
    const Judged late = silent.look();
    QCOMPARE(late.outcome, Outcome::Error);
    QVERIFY(late.reason.contains(kPolicyHost));
    // No such host: a fact about the domain.
    QCOMPARE(codesOf(ZoneLook{kZone}.run(mtaStsCheck())), QStringList{u"policy_unreachable"_s});
    const QStringList failing{kZone.front(), u"_mta-sts.example.com. SERVFAIL"_s};
    QCOMPARE(ZoneLook{failing}.run(mtaStsCheck()).outcome, Outcome::Error);
    QCOMPARE(ZoneLook{{u"example.com. 60 IN MX 0 ."_s}}.run(mtaStsCheck()).outcome, Outcome::NotApplicable);
    QCOMPARE(ZoneLook{{u"example.net. 60 IN A 192.0.2.1"_s}}.run(mtaStsCheck()).outcome, Outcome::NotRun);
}

// What ails this network says nothing about the policy.
void TestMtaSts::blamesNobodyForTheLine_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("no way there") << ErrorKind::NoRoute << Outcome::Error;
    QTest::newRow("late") << ErrorKind::TimedOut << Outcome::Error;
    QTest::newRow("stopped") << ErrorKind::Cancelled << Outcome::NotRun;
    QTest::newRow("refused") << ErrorKind::Unreachable << Outcome::Warn;
}

void TestMtaSts::blamesNobodyForTheLine()
{
    QFETCH(ErrorKind, kind);
    const ScriptedDns server(zoneScript(kZone));
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    seen.put(stsPolicyQuestion(u"example.com"_s), failure(kind, u"It did not come."_s));
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    QTEST(mtaStsCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()}).outcome,
          "outcome");
    QCOMPARE(stsPolicyOf(u"example.com"_s, seen).has_value(), kind == ErrorKind::Unreachable);
}

void TestMtaSts::needsTheMailHosts_data()
{
    QTest::addColumn<QString>("mx");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("known") << kZone.front() << Outcome::Pass;
    QTest::newRow("none") << u"example.com. 60 IN A 192.0.2.1"_s << Outcome::Pass;
    QTest::newRow("SERVFAIL") << u"example.com. SERVFAIL"_s << Outcome::Error;
    QTest::newRow("REFUSED") << u"example.com. REFUSED"_s << Outcome::Error;
}

void TestMtaSts::needsTheMailHosts()
{
    QFETCH(QString, mx);
    const PolicyServer server(answering(plain(kGoodPolicy)));
    const Judged judged = server.look({mx, kZone.back()});
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.reason.isEmpty(), judged.outcome == Outcome::Pass);
}

void TestMtaSts::losesMailInEnforceModeAlone()
{
    const QByteArray policy = "version: STSv1\nmode: MODE\nmx: mx.example.com\nmax_age: 604800\n";
    const QStringList zone = QStringList(kZone) << u"example.com. 60 IN MX 20 backup.example.net."_s;
    const auto findingIn = [&](const char *mode) {
        const PolicyServer server(answering(plain(QByteArray(policy).replace("MODE", mode))));
        return server.look(zone).findings;
    };
    const auto enforced = findingIn("enforce");
    QCOMPARE(enforced.size(), std::size_t(1));
    QCOMPARE(enforced.front().severity, Severity::High);
    QCOMPARE(enforced.front().subject, u"backup.example.net"_s);
    QCOMPARE(findingIn("testing").front().severity, Severity::Low);
    QVERIFY(findingIn("none").empty());
}

// RFC 8461 section 3.1: a new policy needs a new id.
void TestMtaSts::comparesWithTheLookBefore_data()
{
    QTest::addColumn<QByteArray>("before"); // the policy of the look before; empty: there was none
    QTest::addColumn<QString>("idBefore");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<Outcome>("outcome");
    const QString same = u"20260101"_s;
    const auto row = [](const char *name, const QByteArray &before, const QString &id, bool isStale,
                        Outcome outcome = Outcome::Warn, const QString &idNow = u"20260101"_s) {
        QTest::newRow(name) << before << id << idNow << (isStale ? QStringList{u"id_not_changed"_s} : QStringList())
                            << (isStale ? outcome : Outcome::Pass);
    };
    const QByteArray testing = QByteArray(kGoodPolicy).replace("enforce", "testing");
    row("never looked", {}, same, false);
    row("same policy, same id", kGoodPolicy, same, false);
    row("other line ends", QByteArray(kGoodPolicy).replace("\r\n", "\n"), same, false);
    row("other order and blanks", "mx:  mx.example.com\nmax_age: 604800\nmode: enforce\n\nversion: STSv1\n", same,
        false);
    row("another mode, same id", testing, same, true);
    row("another mode, new id", testing, u"20251231"_s, false);
    row("the same letters in other case are another id", testing, u"ABCD"_s, false, Outcome::Warn, u"abcd"_s);
    row("the same letters in the same case", testing, u"abcd"_s, true, Outcome::Warn, u"abcd"_s);
    row("another age, same id", QByteArray(kGoodPolicy).replace("604800", "604801"), same, true);
    row("one more server, same id", QByteArray(kGoodPolicy).replace("max_age", "mx: mx2.example.com\r\nmax_age"), same,
        true);
    row("an enforced policy that knew another server", QByteArray(kGoodPolicy).replace("mx.example", "old.example"),
        same, true, Outcome::Fail);
    row("a tested policy that knew another server", QByteArray(testing).replace("mx.example", "old.example"), same,
        true);
}

void TestMtaSts::comparesWithTheLookBefore()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, idBefore);
    QFETCH(QString, id);
    MtaStsFacts facts = factsWith(kGoodPolicy, id);
    if (!before.isEmpty())
        facts.known = memoryOf(idBefore, before, parseStsPolicy(before).value(), kNow.addDays(-1));
    const Judged judged = judgeMtaSts(facts);
    QTEST(codesOf(judged), "codes");
    QTEST(judged.outcome, "outcome");
}

// RFC 8461 section 3.2: who fetched the old policy keeps it for its max_age. After that nobody has it.
void TestMtaSts::forgetsPoliciesThatRanOut_data()
{
    QTest::addColumn<qint64>("sinceSeen");     // seconds
    QTest::addColumn<qint64>("sinceReplaced"); // -1: this look is the first to see another
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<Outcome>("outcome");
    const qint64 age = 604800;
    const QStringList stale{u"id_not_changed"_s};
    QTest::newRow("the last second") << age << qint64(-1) << stale << Outcome::Fail;
    QTest::newRow("a second later, when it was replaced is not known")
        << age + 1 << qint64(-1) << stale << Outcome::Warn;
    QTest::newRow("who fetched it last may have it a second more") << 2 * age << age << stale << Outcome::Warn;
    QTest::newRow("nobody has it") << 2 * age << age + 1 << QStringList() << Outcome::Pass;
}

void TestMtaSts::forgetsPoliciesThatRanOut()
{
    QFETCH(qint64, sinceSeen);
    QFETCH(qint64, sinceReplaced);
    QFETCH(QStringList, codes);
    const QString id = u"20260101"_s;
    MtaStsFacts facts = factsWith(kGoodPolicy, id);
    const QByteArray old = QByteArray(kGoodPolicy).replace("mx.example", "old.example");
    facts.known = memoryOf(id, old, parseStsPolicy(old).value(), kNow.addSecs(-sinceSeen));
    if (sinceReplaced >= 0)
        facts.known->replacedAt = kNow.addSecs(-sinceReplaced);
    const Judged judged = judgeMtaSts(facts);
    QCOMPARE(codesOf(judged), codes);
    QTEST(judged.outcome, "outcome");
    const auto after = stsMemoryIn(judged.observed);
    QVERIFY(after);
    QCOMPARE(after->digest, stsDigest(codes.isEmpty() ? kGoodPolicy : old));
    QCOMPARE(after->lastSeen, codes.isEmpty() ? kNow : facts.known->lastSeen);
    QCOMPARE(after->replacedAt.isValid(), !codes.isEmpty());
}

// Over looks one after the other, as the project keeps them.
void TestMtaSts::remembersThePolicyOfAnId()
{
    const PolicyServer first(answering(plain(kGoodPolicy)));
    const PolicyServer second(answering(plain(QByteArray(kGoodPolicy).replace("enforce", "testing"))));
    const PolicyServer away(answering(httpAnswer(503, {}, "later")));
    QJsonObject known = first.look().observed;
    QCOMPARE(known["first_seen"_L1].toObject()["digest"_L1], known["policy"_L1].toObject()["digest"_L1]);
    const QString stored = QString::fromUtf8(QJsonDocument(known).toJson());
    QCOMPARE(redact(stored), stored); // no digest is taken for a secret

    for (int again = 0; again < 2; ++again) { // stays until the id changes, or the old policy has run out
        const Judged changed = second.look(kZone, known);
        QCOMPARE(codesOf(changed), QStringList{u"id_not_changed"_s});
        known = changed.observed;
    }
    known = away.look(kZone, known).observed; // neither this nor a failing name server makes it forget
    known = second.look({kZone.front(), u"_mta-sts.example.com. SERVFAIL"_s}, known).observed;
    known = second.look({kZone.front()}, known).observed;
    QCOMPARE(codesOf(second.look(kZone, known)), QStringList{u"id_not_changed"_s});
    QCOMPARE(codesOf(first.look(kZone, known)), QStringList()); // the old policy is back

    const Judged renamed = second.look({kZone.front(), u"_mta-sts.example.com. 60 IN TXT \"v=STSv1; id=2\""_s}, known);
    QCOMPARE(codesOf(renamed), QStringList());
    QCOMPARE(renamed.observed["first_seen"_L1].toObject()["id"_L1].toString(), u"2"_s);
}

QTEST_GUILESS_MAIN(TestMtaSts)
#include "tst_mtasts.moc"
