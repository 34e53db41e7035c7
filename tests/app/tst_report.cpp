#include "app/report/auditreport.h"
#include "models/testcells.h"
#include "models/unseen.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QXmlStreamReader>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Finding openCustomers()
{
    return {.checkId = u"access.unauthenticated"_s,
            .code = u"private_route_open"_s,
            .host = u"api.acme.example"_s,
            .subject = u"GET /customers"_s,
            .severity = Severity::Critical,
            .proof = Proof::Proven,
            .impact = Impact::DataExposure,
            .title = u"Anyone can read your customers"_s,
            .whatWeSaw = u"GET /customers answered 200 with 2 records and no login was sent; 401 was expected."_s,
            .whyItMatters = u"Strangers read what customers trusted you with."_s,
            .fix = {.steps = {u"Ask for a session before the query runs."_s}, .paste = {}, .aiPrompt = u"Fix it."_s},
            .effortMinutes = 60,
            .evidence = {},
            .items = {},
            .location = {}};
}

Finding missingHeader()
{
    Finding finding = openCustomers();
    finding.checkId = u"http.nosniff"_s;
    finding.code = u"missing"_s;
    finding.host = u"acme.example"_s;
    finding.subject.clear();
    finding.severity = Severity::Low;
    finding.impact = Impact::Maintainability;
    finding.title = u"Browsers may guess file types"_s;
    finding.whatWeSaw = u"\x1b[2JNo X-Content-Type-Options header."_s;
    finding.fix = {.steps = {}, .paste = u"X-Content-Type-Options: nosniff"_s, .aiPrompt = {}};
    finding.effortMinutes = 5;
    return finding;
}

CheckResult result(const QString &id, const QString &host, Outcome outcome, const QString &said)
{
    CheckResult made;
    made.checkId = id;
    made.host = host;
    made.outcome = outcome;
    const bool isReason = outcome == Outcome::NotRun || outcome == Outcome::Error || outcome == Outcome::NotApplicable;
    (isReason ? made.reason : made.summary) = said;
    made.duration = std::chrono::milliseconds(12);
    return made;
}

AuditReport sample()
{
    AuditReport report;
    report.toolVersion = u"0.1.0"_s;
    report.target = {.domain = u"acme.example"_s,
                     .hosts = {{HostRole::Site, u"acme.example"_s}, {HostRole::Api, u"api.acme.example"_s}}};
    report.roadmap.id = u"internal-ops-saas"_s;
    report.run.started = QDateTime::fromString(u"2026-01-02T03:04:05.000Z"_s, Qt::ISODateWithMs);
    report.run.finished = report.run.started.addMSecs(1500);
    report.run.results = {result(u"dns.resolution"_s, {}, Outcome::Pass, u"Every address resolves."_s),
                          result(u"http.nosniff"_s, u"acme.example"_s, Outcome::Warn, u"Missing."_s),
                          result(u"access.unauthenticated"_s, u"api.acme.example"_s, Outcome::Fail, u"Open."_s),
                          result(u"mail.delivery"_s, {}, Outcome::NotRun, u"Not built yet."_s),
                          result(u"mail.blocklists"_s, {}, Outcome::NotRun, u"Not built yet."_s),
                          result(u"tls.chain"_s, u"acme.example"_s, Outcome::Error, u"No answer within 5 s."_s)};
    report.run.results[1].findings = {missingHeader()};
    report.run.results[2].findings = {openCustomers()};
    report.verdict.decision = VerdictDecision::NoGo;
    report.verdict.score = 12;
    report.verdict.blockers = 1;
    report.verdict.reasons = {u"One critical finding is open."_s};
    report.findings = {openCustomers(), missingHeader()};
    return report;
}

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void printsText();
    void tellsAFaultOfManyRoutesOnce();
    void claimsNothingWhenNothingWasLookedAt();
    void printsWhatIsPastedAsItIs();
    void tellsWhatIsAccepted();
    void saysThatItWasStopped();
    void printsEveryCheckOnRequest();
    void coloursOnRequestOnly();
    void writesJson();
    void saysWhatLettersWereSent();
    void nullsStandForNothing();
    void writesSarif();
    void encodesFileNamesInSarif();
    void writesJunit();
    void writesTheCellsOfACheck();
    void writesTheRegressionSuite();
    void keepsACaseThatNobodySawMended();
    void saysWhyACaseHoldsInPart_data();
    void saysWhyACaseHoldsInPart();
    void knowsTheThreshold_data();
    void knowsTheThreshold();
};

void TestReport::printsText()
{
    const QString expected = uR"(acme.example: %1, score 12 of 100
  One critical finding is open.

2 findings, worst first

 1. CRITICAL  Anyone can read your customers  [api.acme.example]
    GET /customers answered 200 with 2 records and no login was sent; 401 was expected.
    Fix: Ask for a session before the query runs.
    Data exposure, proven, about 60 minutes, check access.unauthenticated

 2. LOW  Browsers may guess file types  [acme.example]
    [2JNo X-Content-Type-Options header.
    Paste:
      X-Content-Type-Options: nosniff
    Maintainability, proven, about 5 minutes, check http.nosniff

Looked at: 1 good, 2 with problems, 0 notes.
Not looked at: 2. This counts as unknown, never as good.
     2  Not built yet.

Could not be checked:
  tls.chain acme.example: No answer within 5 s.

Next steps
  1. Ask for a session before the query runs.
  2. Browsers may guess file types
)"_s.arg(labelOf(VerdictDecision::NoGo));
    QString text = auditText(sample(), TextDetail::Findings, TextColour::Off);
    text.replace(u"(s)"_s, u"s"_s); // without the English catalogue plural forms stay open
    QCOMPARE(text, expected);
}

void TestReport::tellsAFaultOfManyRoutesOnce()
{
    AuditReport report = sample();
    report.findings.clear();
    const auto add = [&](const QString &checkId, const QString &subject, int minutes) {
        Finding finding = openCustomers();
        finding.checkId = checkId;
        finding.subject = subject;
        finding.whatWeSaw = subject + u" takes it."_s;
        finding.effortMinutes = minutes;
        report.findings.push_back(finding);
    };
    for (const QString &checkId : {u"abuse.schema"_s, u"access.roles"_s}) {
        add(checkId, u"POST /notes"_s, 60);
        add(checkId, u"PATCH /me"_s, 20);
        add(checkId, u"POST /teams"_s, 20);
    }
    report.decisions[report.findings[2].id()] = {.findingId = report.findings[2].id(),
                                                 .kind = DecisionKind::Accepted,
                                                 .until = {},
                                                 .reason = u"It is a test."_s,
                                                 .by = u"Jo"_s,
                                                 .decidedAt = {}};
    const QString text = auditText(report, TextDetail::Findings, TextColour::Off);
    QCOMPARE(text.count("CRITICAL"_L1), 5); // of abuse one for two of them, and the accepted one; of access each
    QVERIFY2(text.contains("POST /notes takes it.\n    The same at PATCH /me.\n"_L1), qPrintable(text));
    QVERIFY2(text.contains("about 80 minute"_L1), qPrintable(text));
    QCOMPARE(text.mid(text.indexOf("Next steps"_L1)).count("Ask for a session"_L1), 1);
}

void TestReport::claimsNothingWhenNothingWasLookedAt()
{
    AuditReport report = sample();
    report.findings.clear();
    report.run.results = {result(u"tls.chain"_s, u"acme.example"_s, Outcome::Error, u"No answer within 5 s."_s)};
    report.verdict = {.reasons = {u"Nothing has been looked at yet."_s}, .nothingLookedAt = true};
    const QString text = auditText(report, TextDetail::Findings, TextColour::Off);
    QVERIFY2(text.startsWith("acme.example: nothing could be looked at"_L1), qPrintable(text));
    QVERIFY2(!text.contains(labelOf(report.verdict.decision)), qPrintable(text));
    QVERIFY2(!text.contains("No findings"_L1), qPrintable(text));
}

void TestReport::printsWhatIsPastedAsItIs()
{
    const QString key = u"v=DKIM1;  p="_s + QString(400, u'A');
    AuditReport report = sample();
    report.findings = {missingHeader()};
    report.findings.front().fix.paste = key + u"\n\x1b[2Jsecond line"_s;
    const QStringList lines = auditText(report, TextDetail::Findings, TextColour::Off).split(u'\n');
    QVERIFY(lines.contains(u"      "_s + key));
    QVERIFY(lines.contains(u"      [2Jsecond line"_s));
}

void TestReport::tellsWhatIsAccepted()
{
    AuditReport report = sample();
    report.decisions[openCustomers().id()] = {.findingId = openCustomers().id(),
                                              .kind = DecisionKind::Accepted,
                                              .until = {},
                                              .reason = u"The list is public."_s,
                                              .by = u"Jo"_s,
                                              .decidedAt = {}};
    QVERIFY(
        auditText(report, TextDetail::Findings, TextColour::Off).contains(u"Accepted by Jo: The list is public."_s));

    const QJsonArray findings = auditJson(report).value("findings"_L1).toArray();
    QCOMPARE(findings.at(0).toObject().value("decision"_L1).toString(), u"accepted"_s);
    QVERIFY(findings.at(1).toObject().value("decision"_L1).isNull());

    const QJsonArray results = QJsonDocument::fromJson(auditSarif(report))["runs"_L1][0]["results"_L1].toArray();
    const QJsonValue suppression = results.at(0)["suppressions"_L1][0];
    QCOMPARE(suppression["status"_L1].toString(), u"accepted"_s);
    QCOMPARE(suppression["justification"_L1].toString(), u"The list is public."_s);
    QVERIFY(results.at(1)["suppressions"_L1].toArray().isEmpty());

    const QString junit = QString::fromUtf8(auditJunit(report));
    QVERIFY2(junit.contains(u"<skipped message=\"The list is public.\"/>"_s), qPrintable(junit));
    QCOMPARE(junit.count(u"<failure "_s), 1);
}

void TestReport::saysThatItWasStopped()
{
    AuditReport report = sample();
    report.run.stopped = true;
    QVERIFY(auditText(report, TextDetail::Findings, TextColour::Off).contains(u"found so far"_s));
}

void TestReport::printsEveryCheckOnRequest()
{
    const QString line = u"  pass            dns.resolution: Every address resolves.\n"_s;
    QVERIFY(auditText(sample(), TextDetail::EveryCheck, TextColour::Off).contains(line));
    QVERIFY(!auditText(sample(), TextDetail::Findings, TextColour::Off).contains(line));
}

void TestReport::coloursOnRequestOnly()
{
    QVERIFY(auditText(sample(), TextDetail::Findings, TextColour::On).contains(u'\x1b'));
    QVERIFY(!auditText(sample(), TextDetail::Findings, TextColour::Off).contains(u'\x1b'));
}

void TestReport::writesJson()
{
    const QJsonObject json = auditJson(sample());
    QCOMPARE(json.value("schema"_L1).toInt(), 1);
    QCOMPARE(json.value("roadmap"_L1).toString(), u"internal-ops-saas"_s);
    QCOMPARE(json.value("started"_L1).toString(), u"2026-01-02T03:04:05.000Z"_s);
    QCOMPARE(json.value("duration_ms"_L1).toInt(), 1500);
    QCOMPARE(json.value("verdict"_L1).toObject(),
             (QJsonObject{{u"decision"_s, u"no_go"_s}, {u"score"_s, 12}, {u"blockers"_s, 1}}));
    QCOMPARE(json.value("checks"_L1).toArray().size(), 6);
    QCOMPARE(json.value("checks"_L1)[0]["summary"_L1].toString(), u"Every address resolves."_s);
    QStringList findings;
    for (const QJsonValue finding : json.value("findings"_L1).toArray())
        findings << finding.toObject().value("check"_L1).toString();
    QCOMPARE(findings, QStringList({u"access.unauthenticated"_s, u"http.nosniff"_s}));
}

void TestReport::saysWhatLettersWereSent()
{
    AuditReport report = sample();
    QVERIFY(!auditText(report, TextDetail::Findings, TextColour::Off).contains("made your product send"_L1));
    report.letters = {.invitations = 2, .letters = 1, .addresses = {u"sam@acme.test"_s}};
    const QString text = auditText(report, TextDetail::Findings, TextColour::Off).simplified();
    QVERIFY2(text.contains(report.letters.sentence()), qPrintable(text));
    const QJsonObject letters = auditJson(report)["letters"_L1].toObject();
    QCOMPARE(letters, report.letters.toJson());
    QCOMPARE(letters["invitations"_L1].toInt(), 2);
}

void TestReport::nullsStandForNothing()
{
    const QJsonArray checks = auditJson(sample()).value("checks"_L1).toArray();
    const QJsonObject passed = checks.at(0).toObject();
    for (const QString &key : {u"host"_s, u"severity"_s, u"reason"_s})
        QVERIFY2(passed.value(key).isNull() && passed.contains(key), qPrintable(key));
    const QJsonObject failed = checks.at(2).toObject();
    QCOMPARE(failed.value("host"_L1).toString(), u"api.acme.example"_s);
    QCOMPARE(failed.value("severity"_L1).toString(), u"critical"_s);
}

void TestReport::writesSarif()
{
    const QJsonObject log = QJsonDocument::fromJson(auditSarif(sample())).object();
    QCOMPARE(log.value("version"_L1).toString(), u"2.1.0"_s);
    const QJsonObject run = log.value("runs"_L1).toArray().at(0).toObject();
    const QJsonArray rules = run.value("tool"_L1).toObject().value("driver"_L1).toObject().value("rules"_L1).toArray();
    QCOMPARE(rules.size(), 2);
    const QJsonArray results = run.value("results"_L1).toArray();
    QCOMPARE(results.size(), 2);
    const QJsonObject worst = results.at(0).toObject();
    QCOMPARE(worst.value("ruleId"_L1).toString(), u"access.unauthenticated/private_route_open"_s);
    QCOMPARE(worst.value("level"_L1).toString(), u"error"_s);
    QCOMPARE(results.at(1).toObject().value("level"_L1).toString(), u"note"_s);
    QCOMPARE(worst.value("partialFingerprints"_L1).toObject().value("findingId/v1"_L1).toString(),
             openCustomers().id());
}

void TestReport::encodesFileNamesInSarif()
{
    AuditReport report = sample();
    report.findings.front().location = Location{.file = u"src/öffnen #1.js"_s, .line = 3, .commit = {}};
    const QJsonValue place =
        QJsonDocument::fromJson(auditSarif(report))["runs"_L1][0]["results"_L1][0]["locations"_L1][0];
    QCOMPARE(place["physicalLocation"_L1]["artifactLocation"_L1]["uri"_L1].toString(), u"src/%C3%B6ffnen%20%231.js"_s);
}

void TestReport::writesJunit()
{
    QXmlStreamReader xml(auditJunit(sample()));
    QMap<QString, int> elements;
    QStringList families;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        ++elements[xml.name().toString()];
        if (xml.name() == "testsuite"_L1)
            families << u"%1 %2"_s.arg(xml.attributes().value("name"_L1), xml.attributes().value("failures"_L1));
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(elements.value(u"testcase"_s), 6);
    QCOMPARE(elements.value(u"failure"_s), 2);
    QCOMPARE(elements.value(u"skipped"_s), 2);
    QCOMPARE(elements.value(u"error"_s), 1);
    QCOMPARE(families, QStringList({u"access 1"_s, u"dns 0"_s, u"http 1"_s, u"mail 0"_s, u"tls 0"_s}));
}

void TestReport::writesTheCellsOfACheck()
{
    AuditReport report = sample();
    const auto open = std::ranges::find(report.run.results, u"access.unauthenticated"_s, &CheckResult::checkId);
    QVERIFY(open != report.run.results.end());
    const Finding finding = open->findings.front();
    noteCells({{u"GET /me signed out"_s},
               {u"GET /customers signed out"_s, Outcome::Fail, u"Answered 200."_s, finding.code, finding.subject},
               {u"GET /x signed out"_s, Outcome::NotRun, u"No id is known."_s}},
              open->observed);
    const QString junit = QString::fromUtf8(auditJunit(report));
    QVERIFY2(junit.contains(u"classname=\"access.unauthenticated\" name=\"GET /me signed out"_s), qPrintable(junit));
    QVERIFY2(junit.contains(u"<failure message=\"Answered 200.\"/>"_s), qPrintable(junit));
    QVERIFY2(junit.contains(u"<skipped message=\"No id is known.\"/>"_s), qPrintable(junit));
    QVERIFY2(junit.contains(u"name=\"access\" tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"1\""_s),
             qPrintable(junit));
    report.decisions[finding.id()] = Decision{.findingId = finding.id(), .kind = DecisionKind::Accepted};
    const QString accepted = QString::fromUtf8(auditJunit(report));
    QVERIFY2(accepted.contains(u"name=\"access\" tests=\"4\" failures=\"0\" errors=\"0\" skipped=\"3\""_s),
             qPrintable(accepted));
}

// The agreed cases have names of their own: beside the checks that try them, and as a suite where it is asked for.
void TestReport::writesTheRegressionSuite()
{
    AuditReport report = sample();
    report.run.results[2].observed = {{u"source"_s, u"routes"_s}};
    report.run.results.push_back(result(u"access.roles"_s, {}, Outcome::Pass, u"Refused."_s));
    report.run.results.push_back(result(u"abuse.lockout"_s, {}, Outcome::Info, u"Nothing held."_s));
    report.run.results.back().observed = {{u"limited"_s, false}};
    report.run.results.push_back(result(u"abuse.schema"_s, {}, Outcome::Error, u"No answer."_s));
    report.run.results.push_back(result(u"abuse.error-leak"_s, {}, Outcome::Info, u"Read."_s));
    report.run.results.back().reason = u"Half of it."_s;
    const QString without = QString::fromUtf8(auditJunit(report));
    const QString property =
        u"<property name=\"regression.denied_role\" value=\"holds: A role is refused what it may not do\"/>"_s;
    QVERIFY2(without.contains(property), qPrintable(without));
    QVERIFY2(!without.contains(u"\"regression-suite\""_s), qPrintable(without));
    report.run.results.push_back(result(u"deploy.regression-suite"_s, {}, Outcome::Fail, u"Fails."_s));
    const QString junit = QString::fromUtf8(auditJunit(report));
    QVERIFY2(junit.contains(u"name=\"regression-suite\" tests=\"5\" failures=\"1\" errors=\"0\" skipped=\"3\""_s),
             qPrintable(junit));
    QVERIFY2(junit.contains(u"classname=\"regression-suite.signed_out\""_s), qPrintable(junit));
    QStringList ends;
    for (const QJsonValue one : auditJson(report)["regression"_L1].toArray()) {
        const bool isWhole = one["end"_L1] == "holds"_L1;
        QCOMPARE(one["reason"_L1].toString().isEmpty(), isWhole);
        ends << one["id"_L1].toString() + u' ' + one["end"_L1].toString();
    }
    QCOMPARE(ends.join(u", "_s), u"signed_out fails, denied_role holds, lockout not_tried, bad_input not_tried, "
                                 "error_leak in_part"_s);
    report.decisions[openCustomers().id()] =
        Decision{.findingId = openCustomers().id(), .kind = DecisionKind::Accepted};
    QCOMPARE(auditJson(report)["regression"_L1][0]["end"_L1].toString(), u"in_part"_s);
}

// As deploy.regression-suite judges it: what was found before and this run did not see mended fails its case here, too.
void TestReport::keepsACaseThatNobodySawMended()
{
    AuditReport report = sample();
    report.run.results = {result(u"access.tenant-isolation"_s, {}, Outcome::Info, u"Some were refused."_s)};
    noteUnseen({{.subject = u"GET /invoices/{id}"_s}}, report.run.results.front().observed);
    Finding finding = openCustomers();
    finding.checkId = u"access.tenant-isolation"_s;
    finding.subject = u"GET /files/{id}"_s;
    report.stillOpen = {finding};
    QCOMPARE(auditJson(report)["regression"_L1][0]["end"_L1].toString(), u"in_part"_s); // this one was looked at
    report.stillOpen.front().subject = u"GET /invoices/{id}"_s;
    const QJsonValue kept = auditJson(report)["regression"_L1][0];
    QCOMPARE(kept["end"_L1].toString(), u"fails"_s);
    QVERIFY2(kept["reason"_L1].toString().contains(finding.title), qPrintable(kept["reason"_L1].toString()));
}

void TestReport::saysWhyACaseHoldsInPart_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("reason");
    QTest::newRow("the check says nothing of it")
        << u""_s << u"Not shown to hold wholly: not all of it was there to be tried."_s;
    QTest::newRow("the check says it") << u"Half of it."_s << u"Not shown to hold wholly: Half of it."_s;
}

// The facts of a look that passed may show a case in part, and the look has nothing to add.
void TestReport::saysWhyACaseHoldsInPart()
{
    QFETCH(QString, said);
    AuditReport report = sample();
    report.run.results = {result(u"access.login-flow"_s, {}, Outcome::Pass, u"Signed in."_s)};
    report.run.results.front().observed = {{u"wrong_password"_s, u"not_tried"_s}};
    report.run.results.front().reason = said;
    const QJsonArray cases = auditJson(report)["regression"_L1].toArray();
    QCOMPARE(cases.size(), 1);
    QCOMPARE(cases[0]["end"_L1].toString(), u"in_part"_s);
    QTEST(cases[0]["reason"_L1].toString(), "reason");
}

void TestReport::knowsTheThreshold_data()
{
    QTest::addColumn<Severity>("worst");
    QTest::addColumn<Severity>("threshold");
    QTest::addColumn<std::optional<DecisionKind>>("decided");
    QTest::addColumn<bool>("reached");
    const auto row = [](const char *name, Severity worst, Severity threshold, std::optional<DecisionKind> decided,
                        bool reached) { QTest::newRow(name) << worst << threshold << decided << reached; };
    using enum Severity;
    row("above it", Critical, High, {}, true);
    row("at it", High, High, {}, true);
    row("below it", Medium, High, {}, false);
    row("the lowest", Low, Low, {}, true);
    row("to be fixed now", Critical, High, DecisionKind::FixNow, true);
    row("to be fixed later", Critical, High, DecisionKind::FixLater, true);
    row("accepted", Critical, High, DecisionKind::Accepted, false);
}

void TestReport::knowsTheThreshold()
{
    QFETCH(Severity, worst);
    QFETCH(Severity, threshold);
    QFETCH(std::optional<DecisionKind>, decided);
    AuditReport report;
    QVERIFY(!reaches(report, threshold));
    report.findings = {missingHeader()};
    report.findings.front().severity = worst;
    if (decided)
        report.decisions[missingHeader().id()].kind = *decided;
    QTEST(reaches(report, threshold), "reached");
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
