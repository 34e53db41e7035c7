#include "models/checkcatalog.h"
#include "models/checkresult.h"
#include "models/decision.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Finding full()
{
    Finding finding;
    finding.checkId = u"mail.dmarc"_s;
    finding.code = u"missing"_s;
    finding.host = u"example.com"_s;
    finding.subject = u"_dmarc"_s;
    finding.severity = Severity::High;
    finding.proof = Proof::Strong;
    finding.impact = Impact::EmailDelivery;
    finding.title = u"Anyone can send email as you"_s;
    finding.whatWeSaw = u"No record"_s;
    finding.whyItMatters = u"Mail"_s;
    finding.fix = {{u"one"_s, u"two"_s}, u"v=DMARC1; p=none"_s, u"Please fix"_s};
    finding.effortMinutes = 15;
    finding.evidence = {{u"TXT"_s, u"NXDOMAIN"_s}};
    finding.items = {u"r.bar.1"_s};
    finding.location = Location{u"a.env"_s, 3, u"abc"_s};
    return finding;
}

} // namespace

class TestFinding : public QObject
{
    Q_OBJECT

private slots:
    void makesStableIds();
    void roundTripsFindings();
    void printsWhatProgramsRelyOn();
    void refusesUnknownWords_data();
    void refusesUnknownWords();
    void roundTripsResults();
    void findsNothingToTryWhereItStood();
    void refusesHalfAResult();
    void knowsTheCatalogue();
    void refusesCatalogues_data();
    void refusesCatalogues();
    void saysWhatADecisionLacks_data();
    void saysWhatADecisionLacks();
};

void TestFinding::makesStableIds()
{
    Finding finding = full();
    QCOMPARE(finding.id(), u"mail.dmarc:missing@example.com#_dmarc"_s);
    const QString id = finding.id();
    finding.title = finding.whatWeSaw = u"other words"_s;
    finding.severity = Severity::Low;
    QCOMPARE(finding.id(), id);
    finding.subject = QString(100'000, u'x');
    QVERIFY(finding.id().size() < 200);
    const QString longId = finding.id();
    finding.subject += u'y';
    QVERIFY(finding.id() != longId);
}

void TestFinding::roundTripsFindings()
{
    QCOMPARE(findingFromJson(toJson(full())), std::optional(full()));
    Finding bare;
    bare.checkId = u"a.b"_s;
    bare.code = u"c"_s;
    QCOMPARE(findingFromJson(toJson(bare)), std::optional(bare));
}

void TestFinding::printsWhatProgramsRelyOn()
{
    const QJsonObject object = toJson(full());
    for (const QLatin1StringView member : {"id"_L1, "check"_L1, "code"_L1, "host"_L1, "severity"_L1, "proof"_L1,
                                           "impact"_L1, "title"_L1, "what_we_saw"_L1, "why_it_matters"_L1, "fix"_L1,
                                           "effort_minutes"_L1, "evidence"_L1, "items"_L1, "location"_L1})
        QVERIFY2(object.contains(member), member.data());
    Finding bare = full();
    bare.host.clear();
    bare.location.reset();
    bare.fix.paste.clear();
    QVERIFY(toJson(bare)["host"_L1].isNull());
    QVERIFY(toJson(bare)["location"_L1].isNull());
    QVERIFY(toJson(bare)["fix"_L1]["paste"_L1].isNull());
}

void TestFinding::refusesUnknownWords_data()
{
    QTest::addColumn<QString>("member");
    for (const char *member : {"severity", "proof", "impact", "check", "code"})
        QTest::newRow(member) << QString::fromLatin1(member);
}

void TestFinding::refusesUnknownWords()
{
    QFETCH(QString, member);
    QJsonObject object = toJson(full());
    object[member] = QJsonValue::Null;
    QVERIFY(!findingFromJson(object));
}

void TestFinding::roundTripsResults()
{
    CheckResult result;
    result.checkId = u"mail.dmarc"_s;
    result.host = u"example.com"_s;
    result.outcome = Outcome::Fail;
    result.summary = u"No record"_s;
    result.reason = u"because"_s;
    result.duration = std::chrono::milliseconds(42);
    result.observed = {{u"status"_s, u"none"_s}};
    result.findings = {full(), full()};
    result.findings[1].severity = Severity::Critical;
    result.evidence = {{u"TXT"_s, u"x"_s}};
    QCOMPARE(checkResultFromJson(toJson(result)), std::optional(result));
    QCOMPARE(result.worstSeverity(), std::optional(Severity::Critical));
    QCOMPARE(result.key(), u"mail.dmarc@example.com"_s);
    QCOMPARE(toJson(result)["severity"_L1].toString(), u"critical"_s);
    QVERIFY(!toReportJson(result).contains("findings"_L1));

    CheckResult bare;
    bare.checkId = u"a.b"_s;
    QCOMPARE(checkResultFromJson(toJson(bare)), std::optional(bare));
    QCOMPARE(bare.worstSeverity(), std::nullopt);
    QVERIFY(toJson(bare)["host"_L1].isNull());
    QVERIFY(toReportJson(bare)["nothing_to_try"_L1].isBool());

    bare.hasNothingToTry = true;
    QVERIFY(toReportJson(bare)["nothing_to_try"_L1].toBool());
    QCOMPARE(checkResultFromJson(toJson(bare)), std::optional(bare));
}

// In files of earlier versions it stood among what was observed.
void TestFinding::findsNothingToTryWhereItStood()
{
    CheckResult result;
    result.checkId = u"abuse.upload"_s;
    QJsonObject object = toJson(result);
    object.remove(u"nothing_to_try"_s);
    QCOMPARE(checkResultFromJson(object), std::optional(result));
    object[u"observed"_s] = QJsonObject{{u"nothing_to_try"_s, true}};
    result.hasNothingToTry = true;
    QCOMPARE(checkResultFromJson(object), std::optional(result));
}

void TestFinding::refusesHalfAResult()
{
    CheckResult result;
    result.checkId = u"mail.dmarc"_s;
    result.findings = {full()};
    QJsonObject object = toJson(result);
    object[u"outcome"_s] = u"perhaps"_s;
    QVERIFY(!checkResultFromJson(object));
    object = toJson(result);
    object[u"findings"_s] = QJsonArray{QJsonObject{{u"check"_s, u"x"_s}}};
    QVERIFY(!checkResultFromJson(object));
}

void TestFinding::knowsTheCatalogue()
{
    const auto catalog = CheckCatalog::load();
    QVERIFY2(catalog, qPrintable(catalog ? QString() : catalog.error().message));
    QCOMPARE(catalog->entries().size(), std::size_t(167));
    QCOMPARE(catalog->ids().size(), std::size_t(167));
    QCOMPARE(catalog->find(u"mail.dmarc"_s)->kind, CheckKind::Passive);
    QCOMPARE(catalog->find(u"mail.dmarc"_s)->family(), u"mail"_s);
    QCOMPARE(catalog->find(u"mail.pigeon"_s), nullptr);
    QCOMPARE(catalog->nearest(u"mail.dmrac"_s), u"mail.dmarc"_s);
    QCOMPARE(catalog->nearest(u"TLS.EXPIRY"_s), u"tls.expiry"_s);
}

void TestFinding::refusesCatalogues_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &json) { QTest::newRow(name) << json; };
    const QByteArray good = R"({"id":"a.b","kind":"passive","title":"T"})";
    row("no JSON", "{");
    row("other schema", R"({"schema":2,"checks":[]})");
    row("no list", R"({"schema":1,"checks":{}})");
    row("twice", R"({"schema":1,"checks":[)" + good + "," + good + "]}");
    row("unknown kind", R"({"schema":1,"checks":[{"id":"a.b","kind":"magic","title":"T"}]})");
    row("no title", R"({"schema":1,"checks":[{"id":"a.b","kind":"passive"}]})");
    row("no family", R"({"schema":1,"checks":[{"id":"ab","kind":"passive","title":"T"}]})");
    row("path as id", R"({"schema":1,"checks":[{"id":"../a.b","kind":"passive","title":"T"}]})");
}

void TestFinding::refusesCatalogues()
{
    QFETCH(QByteArray, json);
    QVERIFY(CheckCatalog::parse(R"({"schema":1,"checks":[{"id":"a.b","kind":"passive","title":"T"}]})"));
    QVERIFY(!CheckCatalog::parse(json));
}

void TestFinding::saysWhatADecisionLacks_data()
{
    QTest::addColumn<DecisionKind>("kind");
    QTest::addColumn<QDate>("until");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("by");
    QTest::addColumn<bool>("isComplete");
    const QDate june(2026, 6, 1);
    QTest::newRow("now") << DecisionKind::FixNow << QDate() << QString() << QString() << true;
    QTest::newRow("later with a day") << DecisionKind::FixLater << june << QString() << QString() << true;
    QTest::newRow("later without a day") << DecisionKind::FixLater << QDate() << u"r"_s << u"b"_s << false;
    QTest::newRow("accepted") << DecisionKind::Accepted << QDate() << u"r"_s << u"b"_s << true;
    QTest::newRow("accepted without reason") << DecisionKind::Accepted << june << u"  "_s << u"b"_s << false;
    QTest::newRow("accepted by nobody") << DecisionKind::Accepted << june << u"r"_s << QString() << false;
}

void TestFinding::saysWhatADecisionLacks()
{
    Decision decision;
    QFETCH(DecisionKind, kind);
    QFETCH(QDate, until);
    QFETCH(QString, reason);
    QFETCH(QString, by);
    decision.kind = kind;
    decision.until = until;
    decision.reason = reason;
    decision.by = by;
    QTEST(whatIsMissing(decision).isEmpty(), "isComplete");
}

QTEST_GUILESS_MAIN(TestFinding)
#include "tst_finding.moc"
