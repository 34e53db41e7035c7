#include "checks/deploy/gate.h"
#include "checks/deploy/regressionsuite.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// The first `holding` cases hold, the next `failing` fail.
std::map<QString, Outcome> outcomesWith(int holding, int failing)
{
    std::map<QString, Outcome> outcomes;
    for (const RegressionCase &one : regressionCases()) {
        if (holding-- > 0)
            outcomes[one.checkId] = Outcome::Pass;
        else if (failing-- > 0)
            outcomes[one.checkId] = Outcome::Fail;
        else
            outcomes[one.checkId] = Outcome::NotRun;
    }
    return outcomes;
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
    void takesTheWorstOfSeveralHosts();
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
    QTest::addColumn<QString>("expected");
    const QString gap = u"ci.yml could not be read."_s;
    QTest::newRow("all hold") << true << 20 << 0 << QString() << u"pass"_s;
    QTest::newRow("enough hold") << true << 15 << 0 << QString() << u"pass"_s;
    QTest::newRow("few") << true << 14 << 0 << QString() << u"few_cases:low"_s;
    QTest::newRow("one fails") << true << 19 << 1 << QString() << u"cases_fail:high"_s;
    QTest::newRow("one fails, few") << true << 3 << 1 << QString() << u"cases_fail:high few_cases:low"_s;
    QTest::newRow("never tried") << true << 0 << 0 << QString() << u"not_run"_s;
    QTest::newRow("no suite") << false << 20 << 0 << QString() << u"no_suite:medium"_s;
    QTest::newRow("no suite, never tried") << false << 0 << 0 << QString() << u"no_suite:medium"_s;
    QTest::newRow("no suite, and one fails") << false << 19 << 1 << QString() << u"cases_fail:high no_suite:medium"_s;
    QTest::newRow("no suite that was seen") << false << 20 << 0 << gap << u"not_run"_s;
}

void TestRegressionSuite::judges()
{
    QFETCH(bool, hasSuite);
    QFETCH(int, holding);
    QFETCH(int, failing);
    QFETCH(QString, gap);
    QFETCH(QString, expected);
    SuitesOfCode code;
    if (hasSuite)
        code.uses.push_back({.guard = {.id = u"x"_s, .name = u"Suite"_s}, .file = u"ci.yml"_s, .line = 3});
    if (!gap.isEmpty())
        code.gaps.append(gap);
    const Judged judged = judgeRegressionSuite(code, outcomesWith(holding, failing));
    QCOMPARE(said(judged), expected);
    QCOMPARE(judged.observed["cases"_L1].toArray().size(), qsizetype(regressionCases().size()));
    if (judged.outcome == Outcome::NotRun)
        QVERIFY(!judged.reason.isEmpty());
}

void TestRegressionSuite::takesTheWorstOfSeveralHosts()
{
    ProjectState state;
    for (const auto &[host, outcome] :
         {std::pair{u"a"_s, Outcome::Pass}, std::pair{u"b"_s, Outcome::Fail}, std::pair{u"c"_s, Outcome::NotRun}}) {
        CheckResult result;
        result.checkId = u"tls.reachable"_s;
        result.host = host;
        result.outcome = outcome;
        state.latest[result.key()] = result;
    }
    QCOMPARE(projectFactsOf(state).outcomesBefore.at(u"tls.reachable"_s), Outcome::Fail);
    state.latest.erase(u"tls.reachable@b"_s);
    QCOMPARE(state.latest.size(), 2U); // the key is check@host
    QCOMPARE(projectFactsOf(state).outcomesBefore.at(u"tls.reachable"_s), Outcome::NotRun);
}

void TestRegressionSuite::readsCode()
{
    QTemporaryDir folder;
    const auto judged = [&] {
        CancelToken token;
        Observations seen(NetOptions{}, token, Deadline::in(std::chrono::seconds(30)), nullptr);
        ProjectFacts facts;
        facts.sources = {{SourceKind::Code, folder.path(), {}}};
        facts.outcomesBefore = outcomesWith(20, 0);
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
