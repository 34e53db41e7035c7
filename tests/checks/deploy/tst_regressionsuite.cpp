#include "checks/deploy/gate.h"
#include "checks/deploy/regressionsuite.h"
#include "checks/engine/looksofrun.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Facts with which every case that passes holds.
QJsonObject fullFacts()
{
    return {{u"wrong_password"_s, u"refused"_s},
            {u"source"_s, u"routes"_s},
            {u"tried"_s, QJsonArray{QJsonObject{{u"standing"_s, u"out"_s}}}},
            {u"limited"_s, true},
            {u"login"_s, QJsonObject{{u"address"_s, QJsonObject{{u"limited"_s, true}}}}}};
}

// The first `holding` cases hold, the next `inPart` do so in part, the next `failing` fail.
CaseLooks looksWith(int holding, int inPart, int failing)
{
    CaseLooks looks;
    for (const RegressionCase &one : regressionCases()) {
        Outcome outcome = Outcome::NotRun;
        if (holding-- > 0)
            outcome = Outcome::Pass;
        else if (inPart-- > 0)
            outcome = Outcome::Info;
        else if (failing-- > 0)
            outcome = Outcome::Fail;
        looks[one.checkId] = {{.outcome = outcome, .observed = fullFacts()}};
    }
    return looks;
}

RegressionCase caseOf(const QString &id)
{
    const auto cases = regressionCases();
    return *std::ranges::find(cases, id, &RegressionCase::id);
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestRegressionSuite : public QObject
{
    Q_OBJECT

private slots:
    void hasEnoughCases();
    void knowsSecurityTests_data();
    void knowsSecurityTests();
    void judges_data();
    void judges();
    void endsAsTheFactsShow_data();
    void endsAsTheFactsShow();
    void weighsFindings_data();
    void weighsFindings();
    void keepsTheCaseThatStillFails();
    void judgesByThisRun();
    void tellsWhatTheProjectHasNothingFor();
    void countsNoCaseThatTheProjectHasNothingFor();
    void forgetsNoFailure_data();
    void forgetsNoFailure();
    void remembersWhatABrokenLookHid_data();
    void remembersWhatABrokenLookHid();
    void failsNothingThatIsAccepted();
    void readsCode();
};

void TestRegressionSuite::hasEnoughCases()
{
    const auto cases = regressionCases();
    QVERIFY(cases.size() >= std::size_t(kWantedCases));
    std::set<QString> ids;
    for (const RegressionCase &one : cases) {
        QVERIFY2(ids.insert(one.id).second, qPrintable(one.id));
        QVERIFY(!one.name.isEmpty());
    }
    QCOMPARE(regressionChecks().size(), qsizetype(cases.size()));
}

void TestRegressionSuite::knowsSecurityTests_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("expected");
    for (const char *path : {"tests/auth/login.spec.ts", "src/login.test.tsx", "spec/requests/sessions_spec.rb",
                             "tests/test_permissions.py", "e2e/tenantIsolation.e2e.ts",
                             "src/test/java/app/AuthFilterTest.java", "supabase/tests/rls_policies.sql",
                             "__tests__/rateLimit.js", "cypress/e2e/sign-in.cy.js", "tests/role_matrix.test.js"})
        QTest::newRow(path) << QString::fromLatin1(path) << true;
    for (const char *path :
         {"src/auth/login.ts", "tests/invoice.spec.ts", "docs/authors.md", "tests/autonomy_codes.txt",
          "src/components/Session.tsx", "tests/control.test.js", "package.json", "test/parole.txt"})
        QTest::newRow(path) << QString::fromLatin1(path) << false;
}

void TestRegressionSuite::knowsSecurityTests()
{
    QFETCH(QString, path);
    QFETCH(bool, expected);
    QCOMPARE(isSecurityTest(path), expected);
}

void TestRegressionSuite::judges_data()
{
    QTest::addColumn<bool>("hasSuite");
    QTest::addColumn<int>("holding");
    QTest::addColumn<int>("failing");
    QTest::addColumn<QString>("gap");
    QTest::addColumn<int>("inPart");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, bool hasSuite, int holding, int inPart, int failing, const QString &expected,
                        const QString &gap = {}) {
        QTest::newRow(name) << hasSuite << holding << failing << gap << inPart << expected;
    };
    const QString gap = u"ci.yml could not be read."_s;
    row("all hold", true, 20, 0, 0, u"pass"_s);
    row("enough hold", true, 15, 0, 0, u"pass"_s);
    row("enough hold, the others in part", true, 15, 5, 0, u"pass"_s);
    row("few", true, 14, 0, 0, u"few_cases:low"_s);
    row("enough, but one of them in part", true, 14, 1, 0, u"info"_s);
    row("all in part", true, 0, 20, 0, u"info"_s);
    row("few in part", true, 0, 14, 0, u"few_cases:low"_s);
    row("one fails", true, 19, 0, 1, u"cases_fail:high"_s);
    row("one fails, the others in part", true, 0, 19, 1, u"cases_fail:high"_s);
    row("two fail", true, 18, 0, 2, u"cases_fail:high cases_fail:high"_s);
    row("one fails, few", true, 3, 0, 1, u"cases_fail:high few_cases:low"_s);
    row("never tried", true, 0, 0, 0, u"not_run"_s);
    row("no suite", false, 20, 0, 0, u"no_suite:medium"_s);
    row("no suite, never tried", false, 0, 0, 0, u"no_suite:medium"_s);
    row("no suite, and one fails", false, 19, 0, 1, u"cases_fail:high no_suite:medium"_s);
    row("no suite that was seen", false, 20, 0, 0, u"not_run"_s, gap);
    row("all hold, and a file was not read", true, 20, 0, 0, u"info"_s, gap);
    row("one fails, and a file was not read", true, 19, 0, 1, u"cases_fail:high"_s, gap);
    row("no suite that was seen, and one fails", false, 19, 0, 1, u"cases_fail:high"_s, gap);
    row("no suite that was seen, in part", false, 0, 20, 0, u"not_run"_s, gap);
}

void TestRegressionSuite::judges()
{
    QFETCH(bool, hasSuite);
    QFETCH(int, holding);
    QFETCH(int, failing);
    QFETCH(QString, gap);
    QFETCH(int, inPart);
    QFETCH(QString, expected);
    SuitesOfCode code;
    if (hasSuite)
        code.uses.push_back({.guard = {.id = u"x"_s, .name = u"Suite"_s}, .file = u"ci.yml"_s, .line = 3});
    if (!gap.isEmpty())
        code.gaps.append(gap);
    const Judged judged = judgeRegressionSuite(code, looksWith(holding, inPart, failing));
    QCOMPARE(said(judged), expected);
    QCOMPARE(judged.observed["cases"_L1].toArray().size(), qsizetype(regressionCases().size()));
    std::set<QString> subjects; // each by itself, for who accepts one
    for (const Finding &finding : judged.findings) {
        if (finding.code == u"cases_fail"_s)
            QVERIFY(subjects.insert(finding.subject).second);
    }
    QCOMPARE(subjects.size(), std::size_t(failing));
    QCOMPARE(judged.reason.count(u"ci.yml could not"_s), gap.isEmpty() ? 0 : 1);
    // What was not read may be the suite that an earlier look missed, or what it was short of.
    for (const QString &about : {u"no_suite"_s, u"few_cases"_s}) {
        if (!hasSuite && !gap.isEmpty())
            QVERIFY(!closes(judged, about));
        else if (hasSuite && judged.outcome == Outcome::Pass)
            QVERIFY(closes(judged, about));
    }
    if (hasSuite && judged.outcome == Outcome::Info && !gap.isEmpty())
        QVERIFY(closes(judged, u"no_suite"_s)); // there is one
    if (judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Info)
        QVERIFY(!judged.reason.isEmpty());
}

// A check passes, or has nothing to say, also where nothing of the case was there to be tried.
void TestRegressionSuite::endsAsTheFactsShow_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QByteArray>("observed");
    QTest::addColumn<QString>("end");
    const auto row = [](const char *name, const char *id, Outcome outcome, const QByteArray &observed,
                        const char *end) {
        QTest::newRow(name) << QString::fromLatin1(id) << outcome << observed << QString::fromLatin1(end);
    };
    using enum Outcome;
    row("guesses were held back", "lockout", Pass, R"({"limited": true})", "holds");
    row("nothing held guesses back", "lockout", Info, R"({"limited": false})", "not_tried");
    row("nobody was locked out, as nothing locks", "lockout", Pass, R"({"limited": false})", "not_tried");
    row("the end of a block was not awaited", "lockout", Info, R"({"limited": true})", "in_part");
    row("the owner stays out", "lockout", Fail, R"({"limited": true})", "fails");
    row("the login has a limit", "limit", Pass, R"({"login": {"address": {"limited": true}}})", "holds");
    row("an account has a limit", "limit", Pass, R"({"login": {"account": {"limited": true}}})", "holds");
    row("a route has a limit", "limit", Pass, R"({"routes": [{"limited": false}, {"limited": true}]})", "holds");
    row("codes have a limit", "limit", Info, R"({"code": {"limited": true}})", "in_part");
    row("what is cheap has none", "limit", Pass, R"({"routes": [{"limited": false, "tries": 30}]})", "not_tried");
    row("all bad bodies were sent", "bad_input", Pass, R"({"routes": [{"left_out": 0}]})", "holds");
    row("some bad bodies were not sent", "bad_input", Pass, R"({"routes": [{}, {"left_out": 81}]})", "in_part");
    row("a race alone", "limit", Info, R"({"race": {"tries": 10, "successes": 1}})", "not_tried");
    row("forged tokens were refused", "invalid_token", Pass, R"({"tried": [{"standing": "out"}]})", "holds");
    row("not all forgeries could be tried", "invalid_token", Info, R"({"tried": [{"standing": "out"}]})", "in_part");
    row("nothing to forge", "invalid_token", Pass, R"({"tried": []})", "not_tried");
    row("no answer to a forgery told", "invalid_token", Info, R"({"tried": [{"standing": "unclear"}]})", "not_tried");
    row("the routes of the project refuse", "signed_out", Pass, R"({"source": "routes"})", "holds");
    row("rules are guessed", "signed_out", Info, R"({"source": "routes"})", "in_part");
    row("usual addresses refuse", "signed_out", Info, R"({"source": "well_known"})", "not_tried");
    row("a wrong password was refused", "sign_in", Pass, R"({"wrong_password": "refused"})", "holds");
    row("no wrong password was tried", "sign_in", Pass, R"({"wrong_password": "not_tried"})", "in_part");
    row("of two products one has a limit", "lockout", Info,
        R"({"limited": true, "products": {"a": {"limited": true}, "b": {"limited": false}}})", "in_part");
    row("neither of two products has a limit", "lockout", Info,
        R"({"limited": true, "products": {"a": {"limited": false}, "b": {"limited": false}}})", "not_tried");
    row("both products have one", "lockout", Pass,
        R"({"limited": false, "products": {"a": {"limited": true}, "b": {"limited": true}}})", "holds");
    row("one product has nothing of the kind", "lockout", Pass,
        R"({"limited": true, "products": {"a": {"limited": true}, "b": {}}})", "holds");
    // The facts of these show nothing beyond their outcome.
    for (const char *id :
         {"denied_role", "admin", "tenant", "files", "expired_session", "signed_off", "refresh", "method",
          "extra_fields", "bad_input", "uploads", "error_leak", "redirect", "https", "main_paths"}) {
        for (const auto &[outcome, end] :
             {std::pair(Pass, "holds"), std::pair(Info, "in_part"), std::pair(NotRun, "not_tried"),
              std::pair(Error, "not_tried"), std::pair(Fail, "fails"), std::pair(NotApplicable, "not_applicable")})
            row(qPrintable(QString::fromLatin1(id) + u", "_s + toWord(outcome)), id, outcome, "{}", end);
    }
}

void TestRegressionSuite::endsAsTheFactsShow()
{
    QFETCH(QString, id);
    QFETCH(Outcome, outcome);
    QFETCH(QByteArray, observed);
    QFETCH(QString, end);
    const RegressionCase one = caseOf(id);
    const CaseLook look{.outcome = outcome, .observed = QJsonDocument::fromJson(observed).object()};
    QCOMPARE(toWord(endOf(one, {{one.checkId, {look}}})), end);
}

// A hint, or a matter of tidiness, stops no release; and it is no pass.
void TestRegressionSuite::weighsFindings_data()
{
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<Proof>("proof");
    QTest::addColumn<bool>("isAccepted");
    QTest::addColumn<QString>("end");
    QTest::newRow("high and proven") << Severity::High << Proof::Proven << false << u"fails"_s;
    QTest::newRow("medium and strong") << Severity::Medium << Proof::Strong << false << u"fails"_s;
    QTest::newRow("low") << Severity::Low << Proof::Proven << false << u"in_part"_s;
    QTest::newRow("a lead") << Severity::High << Proof::Lead << false << u"in_part"_s;
    QTest::newRow("accepted") << Severity::High << Proof::Proven << true << u"in_part"_s;
}

void TestRegressionSuite::weighsFindings()
{
    QFETCH(Severity, severity);
    QFETCH(Proof, proof);
    QFETCH(bool, isAccepted);
    const RegressionCase one = caseOf(u"tenant"_s);
    CheckResult result;
    result.checkId = one.checkId;
    Finding finding;
    finding.severity = severity;
    finding.proof = proof;
    result.findings = {finding};
    result.outcome = outcomeFor(result.findings);
    const CaseLook look = caseLookOf(result, [&](const Finding &) { return isAccepted; });
    QTEST(toWord(endOf(one, {{one.checkId, {look}}})), "end");
    // The same by what this run has found so far.
    ProjectFacts facts;
    if (isAccepted)
        facts.acceptedFindings = {finding.id()};
    QTEST(toWord(endOf(one, looksFrom(facts, {result}))), "end");
    // The same by what an earlier run left in the project.
    ProjectState state;
    state.latest[result.key()] = result;
    if (isAccepted)
        state.decisions[finding.id()] = {.findingId = finding.id(), .kind = DecisionKind::Accepted};
    QTEST(toWord(endOf(one, looksFrom(projectFactsOf(state), {}))), "end");
}

// What was seen in this run counts, not what an earlier one saw; and what it left out is as it was.
void TestRegressionSuite::judgesByThisRun()
{
    ProjectFacts before;
    before.outcomesBefore = {{u"access.roles"_s, Outcome::Pass}, {u"access.logout"_s, Outcome::Pass}};
    CheckResult now;
    now.checkId = u"access.roles"_s;
    now.outcome = Outcome::Error;
    CheckResult host = now;
    host.checkId = u"tls.reachable"_s;
    host.host = u"a"_s;
    host.outcome = Outcome::Pass;
    CheckResult other = host;
    other.host = u"b"_s;
    other.outcome = Outcome::Info;
    const CaseLooks looks = looksFrom(before, {now, host, other});
    QCOMPARE(endOf(caseOf(u"denied_role"_s), looks), RegressionEnd::NotTried);
    QCOMPARE(endOf(caseOf(u"signed_off"_s), looks), RegressionEnd::Holds);
    QCOMPARE(endOf(caseOf(u"https"_s), looks), RegressionEnd::InPart);
    QCOMPARE(endOf(caseOf(u"tenant"_s), looks), RegressionEnd::NotTried);
}

// Of this run, and of the last look; where that one is open as a finding, it fails all the same.
void TestRegressionSuite::tellsWhatTheProjectHasNothingFor()
{
    const RegressionCase uploads = caseOf(u"uploads"_s);
    CheckResult result;
    result.checkId = uploads.checkId;
    result.hasNothingToTry = true;
    QCOMPARE(endOf(uploads, looksFrom({}, {result})), RegressionEnd::NothingToTry);
    ProjectState state;
    state.latest[result.key()] = result;
    QCOMPARE(endOf(uploads, looksFrom(projectFactsOf(state), {})), RegressionEnd::NothingToTry);
    Finding open;
    open.checkId = uploads.checkId;
    open.severity = Severity::High;
    open.proof = Proof::Proven;
    state.findings[open.id()] = {.finding = open, .firstSeen = {}, .lastSeen = {}, .closedAt = {}};
    QCOMPARE(endOf(uploads, looksFrom(projectFactsOf(state), {})), RegressionEnd::Fails);
}

// No gap of the suite, and no proof either.
void TestRegressionSuite::countsNoCaseThatTheProjectHasNothingFor()
{
    SuitesOfCode code;
    code.testFiles = QStringList(u"tests/auth.spec.ts"_s);
    CaseLooks looks = looksWith(12, 0, 0);
    QCOMPARE(said(judgeRegressionSuite(code, looks)), u"few_cases:low"_s);
    for (auto &[checkId, ofCheck] : looks)
        ofCheck.front().hasNothingToTry = ofCheck.front().outcome == Outcome::NotRun;
    const Judged judged = judgeRegressionSuite(code, looks);
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(caseOf(u"uploads"_s).name), qPrintable(judged.reason));
}

// Who mends one of two cases leaves the other as it was: the same finding, with what was decided about it.
void TestRegressionSuite::keepsTheCaseThatStillFails()
{
    const auto idsIn = [](const CaseLooks &looks) {
        std::set<QString> ids;
        for (const Finding &finding : judgeRegressionSuite({}, looks).findings) {
            if (finding.code == u"cases_fail"_s)
                ids.insert(finding.id());
        }
        return ids;
    };
    CaseLooks looks = looksWith(18, 0, 2);
    const auto both = idsIn(looks);
    looks[regressionCases()[18].checkId].front().outcome = Outcome::Pass;
    const auto left = idsIn(looks);
    QCOMPARE(both.size(), 2U);
    QCOMPARE(left.size(), 1U);
    QVERIFY(both.contains(*left.begin()));
}

// A look that could not tell has not seen that anything was mended.
void TestRegressionSuite::forgetsNoFailure_data()
{
    using enum Outcome;
    QTest::addColumn<Outcome>("before");
    QTest::addColumn<Outcome>("now");
    QTest::addColumn<QString>("end");
    QTest::newRow("failed, and today not run") << Fail << NotRun << u"fails"_s;
    QTest::newRow("failed, and today broken") << Fail << Error << u"fails"_s;
    QTest::newRow("warned, and today not run") << Warn << NotRun << u"fails"_s;
    QTest::newRow("failed, and today mended") << Fail << Pass << u"holds"_s;
    QTest::newRow("failed, and today in part") << Fail << Info << u"in_part"_s;
    QTest::newRow("failed, and there is nothing of it any more") << Fail << NotApplicable << u"not_applicable"_s;
    QTest::newRow("held, and today not run") << Pass << NotRun << u"not_tried"_s;
    QTest::newRow("held in part, and today broken") << Info << Error << u"not_tried"_s;
    QTest::newRow("never run") << NotRun << NotRun << u"not_tried"_s;
}

void TestRegressionSuite::forgetsNoFailure()
{
    QFETCH(Outcome, before);
    QFETCH(Outcome, now);
    const RegressionCase one = caseOf(u"tenant"_s);
    ProjectFacts facts;
    facts.outcomesBefore = {{one.checkId, before}};
    CheckResult result;
    result.checkId = one.checkId;
    result.outcome = now;
    QTEST(toWord(endOf(one, looksFrom(facts, {result}))), "end");
}

// A broken look takes the place of the one before; the findings of that one are still open.
void TestRegressionSuite::remembersWhatABrokenLookHid_data()
{
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<bool>("isClosed");
    QTest::addColumn<bool>("isAccepted");
    QTest::addColumn<QString>("end");
    QTest::newRow("open") << Severity::High << false << false << u"fails"_s;
    QTest::newRow("mended") << Severity::High << true << false << u"not_tried"_s;
    QTest::newRow("accepted") << Severity::High << false << true << u"not_tried"_s;
    QTest::newRow("a matter of tidiness") << Severity::Low << false << false << u"not_tried"_s;
}

void TestRegressionSuite::remembersWhatABrokenLookHid()
{
    QFETCH(Severity, severity);
    QFETCH(bool, isClosed);
    QFETCH(bool, isAccepted);
    const RegressionCase one = caseOf(u"tenant"_s);
    CheckResult broken;
    broken.checkId = one.checkId;
    broken.outcome = Outcome::Error;
    Finding finding;
    finding.checkId = one.checkId;
    finding.host = u"api.example.com"_s;
    finding.severity = severity;
    finding.proof = Proof::Proven;
    ProjectState state;
    state.latest[broken.key()] = broken;
    FindingRecord record{.finding = finding, .firstSeen = {}, .lastSeen = {}, .closedAt = {}};
    if (isClosed)
        record.closedAt = QDateTime::currentDateTimeUtc();
    state.findings[finding.id()] = record;
    if (isAccepted)
        state.decisions[finding.id()] = {.findingId = finding.id(), .kind = DecisionKind::Accepted};
    QTEST(toWord(endOf(one, looksFrom(projectFactsOf(state), {}))), "end");
}

// As a run does it: what was found in it, and what a person said of that.
void TestRegressionSuite::failsNothingThatIsAccepted()
{
    QTemporaryDir folder;
    write(folder.filePath(u"tests/auth.spec.ts"_s), "x");
    ProjectFacts facts;
    facts.sources = {{SourceKind::Code, folder.path(), {}}};
    CheckResult found;
    found.checkId = caseOf(u"tenant"_s).checkId;
    found.outcome = Outcome::Fail;
    Finding finding;
    finding.checkId = found.checkId;
    finding.severity = Severity::High;
    finding.proof = Proof::Proven;
    found.findings = {finding};
    for (const DecisionKind kind : {DecisionKind::FixNow, DecisionKind::FixLater, DecisionKind::Accepted}) {
        CancelToken token;
        Observations seen(NetOptions{}, token, Deadline::in(std::chrono::seconds(30)), nullptr);
        const auto looks = std::make_shared<LooksOfRun>();
        looks->add(found);
        seen.put(LooksSoFar{}, looks);
        ProjectState state;
        state.decisions[finding.id()] = Decision{.findingId = finding.id(), .kind = kind};
        facts.acceptedFindings = projectFactsOf(state).acceptedFindings;
        const Judged judged = regressionSuiteCheck().look({.seen = seen,
                                                           .target = Target{.domain = u"example.com"_s, .hosts = {}},
                                                           .policy = Policy{},
                                                           .facts = facts,
                                                           .startedAt = QDateTime::currentDateTimeUtc()});
        const bool fails = said(judged).contains("cases_fail"_L1);
        QCOMPARE(fails, kind != DecisionKind::Accepted);
    }
}

void TestRegressionSuite::readsCode()
{
    QTemporaryDir folder;
    const auto judged = [&] {
        CancelToken token;
        Observations seen(NetOptions{}, token, Deadline::in(std::chrono::seconds(30)), nullptr);
        ProjectFacts facts;
        facts.sources = {{SourceKind::Code, folder.path(), {}}};
        for (const auto &[checkId, looks] : looksWith(20, 0, 0)) {
            facts.outcomesBefore[checkId] = looks.front().outcome;
            facts.observedBefore[checkId] = looks.front().observed;
        }
        return regressionSuiteCheck().look({.seen = seen,
                                            .target = Target{.domain = u"example.com"_s, .hosts = {}},
                                            .policy = Policy{},
                                            .facts = facts,
                                            .startedAt = QDateTime::currentDateTimeUtc()});
    };
    write(folder.filePath(u"src/main.ts"_s), "x");
    write(folder.filePath(u"node_modules/x/tests/auth.spec.ts"_s), "x"); // somebody else's
    QCOMPARE(said(judged()), u"no_suite:medium"_s);
    write(folder.filePath(u"tests/auth.spec.ts"_s), "x");
    QCOMPARE(said(judged()), u"pass"_s);
    QFile::remove(folder.filePath(u"tests/auth.spec.ts"_s));
    write(
        folder.filePath(u".github/workflows/gate.yml"_s),
        "on: pull_request\njobs:\n  a:\n    steps:\n      - run: launch-cockpit audit --project p.cockpit --active\n");
    const Judged withJob = judged();
    QCOMPARE(said(withJob), u"pass"_s);
    QCOMPARE(withJob.observed["suites"_L1][0]["line"_L1].toInt(), 5);
}

QTEST_GUILESS_MAIN(TestRegressionSuite)
#include "tst_regressionsuite.moc"
