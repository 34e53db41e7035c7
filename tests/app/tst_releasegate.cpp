// A release gate lets nothing through that was not looked at: the exit status of an audit, and the command of the jobs
// that the program writes. The checks are made up, so that each can end as a row says; nothing leaves this computer.
#include "app/cli/auditcommand.h"
#include "app/cli/parse.h"
#include "checks/deploy/regressionsuite.h"
#include "checks/engine/nothingtotry.h"
#include "checks/secrets/releasegatetexts.h"
#include "checks/web/report.h"
#include "tests/app/attackcomposition.h"

#include <QDir>
#include <QJsonArray>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Facts with which whatever passes holds (models/regressionfacts.h).
QJsonObject fullFacts()
{
    return {{u"wrong_password"_s, u"refused"_s},
            {u"source"_s, u"routes"_s},
            {u"tried"_s, QJsonArray{QJsonObject{{u"standing"_s, u"out"_s}}}},
            {u"limited"_s, true},
            {u"login"_s, QJsonObject{{u"address"_s, QJsonObject{{u"limited"_s, true}}}}}};
}

Judged judgedAs(Outcome outcome, Severity severity, Proof proof)
{
    if (outcome == Outcome::Fail || outcome == Outcome::Warn)
        return concluded({makeFinding(u"wrong"_s, severity, proof, Impact::DataExposure, u"Wrong"_s, u"Seen."_s)},
                         u"Seen."_s, fullFacts(), {});
    Judged judged;
    judged.outcome = outcome;
    judged.observed = fullFacts();
    if (outcome != Outcome::Pass)
        judged.reason = u"The reason of the row."_s;
    return judged;
}

// What the job runs, without the program's name: as a shell takes it apart.
QStringList argumentsIn(const QByteArray &job, const QString &folder)
{
    QByteArray command;
    for (const QByteArray &line : job.split('\n')) {
        if (const auto at = line.indexOf("launch-cockpit audit"); at >= 0)
            command = line.mid(at);
    }
    command.replace("launch-cockpit", "printf '%s\\n'");
    QProcess shell;
    shell.setWorkingDirectory(folder);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PROJECT"_s, u"product.cockpit"_s);
    shell.setProcessEnvironment(environment);
    shell.start(u"sh"_s, {u"-e"_s, u"-u"_s, u"-c"_s, QString::fromUtf8(command)});
    shell.waitForFinished();
    return QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

// By "suite/classname": the element in the case; "passed" where there is none.
QMap<QString, QString> casesIn(const QString &file)
{
    QMap<QString, QString> cases;
    QFile junit(file);
    if (!junit.open(QIODevice::ReadOnly))
        return cases;
    QXmlStreamReader xml(&junit);
    QString suite, name;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "testsuite"_L1) {
            suite = xml.attributes().value("name"_L1).toString();
            name.clear();
        } else if (xml.name() == "testcase"_L1) {
            name = suite + u'/' + xml.attributes().value("classname"_L1).toString();
            cases[name] = u"passed"_s;
        } else if (!name.isEmpty()) {
            cases[name] = xml.name().toString();
        }
    }
    return xml.hasError() ? QMap<QString, QString>() : cases;
}

} // namespace

class TestReleaseGate : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void attacksThatMayNotRun_data();
    void attacksThatMayNotRun();
    void whatIsNamedIsLookedAt_data();
    void whatIsNamedIsLookedAt();
    void whatIsAcceptedStopsNoRelease_data();
    void whatIsAcceptedStopsNoRelease();
    void theJobStopsTheRelease_data();
    void theJobStopsTheRelease();
    void theJobRunsTheSuite();

private:
    void givePermission(bool isProven);
    void addCheck(const QString &id, const Judged &judged, std::vector<Need> needs = {});
    QString makeProject(bool hasAccounts);
    int statusOf(const QStringList &line);

    std::optional<Composition> m_composition;
    std::optional<QTemporaryDir> m_folder;
};

void TestReleaseGate::init()
{
    m_composition = composedWithAttack();
    m_folder.emplace();
}

void TestReleaseGate::givePermission(bool isProven)
{
    m_composition->lookForControl = [isProven](ControlMethod, const Target &, const QString &, const NetOptions &,
                                               const CancelToken &) -> Result<ControlLook> {
        return ControlLook{isProven, u"example.com"_s, u"Looked."_s};
    };
}

void TestReleaseGate::addCheck(const QString &id, const Judged &judged, std::vector<Need> needs)
{
    Check check;
    check.id = id;
    check.needs = std::move(needs);
    check.look = [judged](const Look &) { return judged; };
    m_composition->registry.add(std::move(check));
}

QString TestReleaseGate::makeProject(bool hasAccounts)
{
    const QString path = m_folder->filePath(u"product.cockpit"_s);
    ProjectSettings settings;
    settings.target = parseAddress(u"example.com"_s).value();
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    auto store = ProjectStore::create(path, settings);
    Permission permission;
    permission.token = newControlToken(); // published, as far as this test says
    TestActor actor;
    actor.id = newActorId();
    actor.name = u"Anna"_s;
    actor.role = u"member"_s;
    actor.userName = u"anna@example.com"_s;
    actor.signIn = {.kind = SignInKind::Json,
                    .url = u"https://example.com/api/login"_s,
                    .contentType = "application/json",
                    .bodyTemplate = u"{\"email\":\"{{user}}\",\"password\":\"{{password}}\"}"_s};
    actor.whoAmIUrl = u"https://example.com/api/me"_s;
    const bool isMade = store && (*store)->savePermission(sealed(permission, m_composition->machineKey())) &&
                        (!hasAccounts || (*store)->saveActors({actor}));
    return isMade ? path : QString();
}

// -1: the command line is wrong, or the run did not end.
int TestReleaseGate::statusOf(const QStringList &line)
{
    const auto options = parseOptions(line + QStringList{u"--resolver"_s, u"127.0.0.1:9"_s, u"--no-progress"_s});
    if (!options)
        return -1;
    AuditCommand command(*options, *m_composition);
    std::optional<ExitStatus> status;
    connect(&command, &AuditCommand::finished, this, [&](ExitStatus said) { status = said; });
    command.start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(status, 60000); }();
    return status ? static_cast<int>(*status) : -1;
}

void TestReleaseGate::attacksThatMayNotRun_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<bool>("isProven");
    QTest::addColumn<int>("status");
    QTest::newRow("nobody has shown control") << u""_s << false << 3;
    QTest::newRow("control is shown") << u""_s << true << 0;
    QTest::newRow("no control, and the attack is named") << u" --only access.forged-token"_s << false << 3;
    QTest::newRow("control, and the attack is named") << u" --only access.forged-token"_s << true << 0;
    QTest::newRow("no control, and findings never count") << u" --fail-on never"_s << false << 3;
    QTest::newRow("no attack is asked for") << u" --only http.nosniff"_s << false << 3; // it is not built here
}

void TestReleaseGate::attacksThatMayNotRun()
{
    QFETCH(QString, options);
    QFETCH(bool, isProven);
    givePermission(isProven);
    const QString line = u"audit example.com --active --format json --out %1 --token %2"_s.arg(
        m_folder->filePath(u"report.json"_s), newControlToken());
    QTEST(statusOf((line + options).split(u' ')), "status");
    QVERIFY(QFile::exists(m_folder->filePath(u"report.json"_s)));
}

void TestReleaseGate::whatIsNamedIsLookedAt_data()
{
    using enum Outcome;
    QTest::addColumn<QString>("options");
    QTest::addColumn<bool>("hasAccounts");
    QTest::addColumn<Outcome>("logout"); // how access.logout ends, which needs accounts and permission
    QTest::addColumn<int>("status");
    const QString both = u"--only access.*,abuse.*"_s;
    const QString active = u"--active "_s;
    const auto row = [](const char *name, const QString &options, bool hasAccounts, Outcome logout, int status) {
        QTest::newRow(name) << options << hasAccounts << logout << status;
    };
    row("all is looked at", active + both, true, Pass, 0);
    row("one could not tell", active + both, true, NotRun, 3);
    row("one broke", active + both, true, Error, 3);
    row("one does not apply", active + both, true, NotApplicable, 0);
    row("one found something", active + both, true, Fail, 1);
    row("one could not tell and is left out", active + both + u" --skip access.logout"_s, true, NotRun, 0);
    row("one could not tell and is not named", active + u"--only abuse.*"_s, true, NotRun, 0);
    row("named by its id", active + u"--only access.logout"_s, true, NotRun, 3);
    row("named by its id, with nothing to try", active + both + u",access.cross-environment"_s, true, Pass, 3);
    row("nothing is named", u"--active"_s, true, NotRun, 0);
    row("no accounts, which the pattern is not about alone", active + both, false, NotRun, 0);
    row("no accounts, and named by its id", active + u"--only access.logout"_s, false, NotRun, 3);
    // As a gate that forgot to allow attacks.
    row("without --active", both, true, Pass, 3);
    row("without --active, one family", u"--only access.*"_s, true, Pass, 3);
    row("without --active, and without accounts", u"--only access.*"_s, false, Pass, 0);
    row("without --active, and without accounts, both families", both, false, Pass, 0); // abuse has nothing to show
    row("without --active, nothing of a family", u"--only abuse.*"_s, false, Pass, 3);
    row("without --active, what strangers see", u"--only http.*"_s, true, Pass, 0);
}

void TestReleaseGate::whatIsNamedIsLookedAt()
{
    QFETCH(QString, options);
    QFETCH(bool, hasAccounts);
    QFETCH(Outcome, logout);
    givePermission(true);
    m_composition->registry = {};
    const Judged passed = judgedAs(Outcome::Pass, {}, {});
    addCheck(u"access.unauthenticated"_s, passed);
    addCheck(u"access.logout"_s, judgedAs(logout, Severity::High, Proof::Proven), {Need::TestAccounts, Need::Consent});
    // It has all that it needs of the project, but for what only its look can tell.
    addCheck(u"access.cross-environment"_s, nothingToTry(u"Add an account of staging."_s),
             {Need::TestAccounts, Need::Consent});
    addCheck(u"abuse.schema"_s, passed, {Need::Consent});
    addCheck(u"http.nosniff"_s, passed);
    const QString project = makeProject(hasAccounts);
    QVERIFY(!project.isEmpty());
    const QString line = u"audit --project %1 --format json --out %2 "_s.arg(project, m_folder->filePath(u"r.json"_s));
    QTEST(statusOf((line + options).split(u' ')), "status");
}

void TestReleaseGate::whatIsAcceptedStopsNoRelease_data()
{
    QTest::addColumn<bool>("isAccepted");
    QTest::addColumn<QString>("agreed"); // how the case is shown
    QTest::addColumn<QString>("suite");  // how the check of the suite is shown
    QTest::addColumn<int>("status");
    QTest::newRow("open") << false << u"failure"_s << u"failure"_s << 1;
    QTest::newRow("accepted") << true << u"skipped"_s << u"passed"_s << 0;
}

// The check of the suite, the cases beside it and the exit status say the same of what somebody has accepted.
void TestReleaseGate::whatIsAcceptedStopsNoRelease()
{
    QFETCH(bool, isAccepted);
    givePermission(true);
    m_composition->registry = {};
    const QString tenant = u"access.tenant-isolation"_s;
    for (const QString &id : regressionChecks())
        addCheck(id, judgedAs(id == tenant ? Outcome::Fail : Outcome::Pass, Severity::High, Proof::Proven));
    m_composition->registry.add(regressionSuiteCheck());
    const QString project = makeProject(true);
    if (isAccepted) {
        Finding found = judgedAs(Outcome::Fail, Severity::High, Proof::Proven).findings.front();
        found.checkId = tenant;
        const Decision decision{.findingId = found.id(),
                                .kind = DecisionKind::Accepted,
                                .reason = u"Known."_s,
                                .by = u"Anna"_s,
                                .decidedAt = QDateTime::currentDateTimeUtc()};
        auto store = ProjectStore::open(project, OpenMode::ReadWrite);
        QVERIFY(store && (*store)->saveDecision(decision));
    }
    QVERIFY(QDir(m_folder->path()).mkpath(u"code/tests"_s));
    QFile test(m_folder->filePath(u"code/tests/auth.spec.ts"_s));
    QVERIFY(test.open(QIODevice::WriteOnly) && test.write("x") > 0);
    test.close();
    const QString junit = m_folder->filePath(u"accepted.xml"_s);
    const QString line =
        u"audit --project %1 --active --source code=%2 --format junit --out %3 --only access.*,abuse.*,%4"_s.arg(
            project, m_folder->filePath(u"code"_s), junit,
            u"http.https-redirect,tls.reachable,deploy.smoke,deploy.regression-suite"_s);
    QTEST(statusOf(line.split(u' ')), "status");
    const auto cases = casesIn(junit);
    QTEST(cases.value(u"regression-suite/regression-suite.tenant"_s), "agreed");
    QTEST(cases.value(u"deploy/deploy.regression-suite"_s), "suite");
}

void TestReleaseGate::theJobStopsTheRelease_data()
{
    using enum Outcome;
    QTest::addColumn<QString>("check"); // the one that does not pass
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<Proof>("proof");
    QTest::addColumn<QString>("agreed"); // the case in the suite, and how it is shown
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *check, Outcome outcome, const char *agreed, int status,
                        Severity severity = Severity::High, Proof proof = Proof::Proven) {
        QTest::newRow(name) << QString::fromLatin1(check) << outcome << severity << proof << QString::fromLatin1(agreed)
                            << status;
    };
    row("all hold", "", Pass, "tenant passed", 0);
    row("a customer reads another's records", "access.tenant-isolation", Fail, "tenant failure", 1);
    row("a case fails, of medium weight", "abuse.lockout", Warn, "lockout failure", 1, Severity::Medium, Proof::Strong);
    row("a matter of tidiness", "access.forged-token", Warn, "invalid_token skipped", 0, Severity::Low);
    row("a lead", "access.forged-token", Warn, "invalid_token skipped", 0, Severity::Medium, Proof::Lead);
    row("one could not be tried", "access.tenant-isolation", NotRun, "tenant skipped", 3);
    row("one broke", "access.roles", Error, "denied_role skipped", 3);
    row("one holds in part", "access.roles", Info, "denied_role skipped", 0);
    row("one does not apply", "abuse.upload", NotApplicable, "uploads skipped", 0);
    row("the smoke run could not end", "deploy.smoke", NotRun, "main_paths skipped", 3);
    row("the smoke run fails", "deploy.smoke", Fail, "main_paths failure", 1, Severity::Critical);
    row("nothing answers over HTTPS", "tls.reachable", Error, "https skipped", 3);
}

void TestReleaseGate::theJobStopsTheRelease()
{
    QFETCH(QString, check);
    QFETCH(Outcome, outcome);
    QFETCH(Severity, severity);
    QFETCH(Proof, proof);
    QFETCH(QString, agreed);
    QFETCH(int, status);
    givePermission(true);
    m_composition->registry = {};
    for (const QString &id : regressionChecks())
        addCheck(id, judgedAs(id == check ? outcome : Outcome::Pass, severity, proof));
    m_composition->registry.add(regressionSuiteCheck());
    QVERIFY(!makeProject(true).isEmpty());
    QVERIFY(QDir(m_folder->path()).mkpath(u".github/workflows"_s));
    QFile workflow(m_folder->filePath(u".github/workflows/release-gate.yml"_s));
    QVERIFY(workflow.open(QIODevice::WriteOnly) && workflow.write(gitHubReleaseGate({})) > 0);
    workflow.close();
    const auto back = qScopeGuard([before = QDir::currentPath()] { QDir::setCurrent(before); });
    QVERIFY(QDir::setCurrent(m_folder->path()));
    for (const QByteArray &job : {gitHubReleaseGate({}), gitLabReleaseGate({})}) {
        QFile::remove(u"release-gate.xml"_s);
        const QStringList line = argumentsIn(job, m_folder->path());
        const int ended = line.isEmpty() ? -1 : statusOf(line);
        const auto cases = casesIn(u"release-gate.xml"_s);
        QCOMPARE(ended, status);
        QCOMPARE(cases.value(u"regression-suite/regression-suite."_s + agreed.section(u' ', 0, 0)),
                 agreed.section(u' ', 1, 1));
        QCOMPARE(std::ranges::count_if(cases.keys(),
                                       [](const QString &name) { return name.startsWith("regression-suite/"_L1); }),
                 qsizetype(regressionCases().size()));
    }
}

// Each check of the suite is asked for.
void TestReleaseGate::theJobRunsTheSuite()
{
    for (const QByteArray &job : {gitHubReleaseGate({}), gitLabReleaseGate({})}) {
        const auto options = parseOptions(argumentsIn(job, m_folder->path()));
        QVERIFY2(options, options ? "" : qPrintable(options.error().message));
        QVERIFY(options->active && options->format == ReportFormat::Junit);
        for (const QString &id : regressionChecks() + QStringList{u"deploy.regression-suite"_s}) {
            const bool isNamed = options->only.contains(id) || options->only.contains(id.section(u'.', 0, 0) + u".*"_s);
            QVERIFY2(isNamed, qPrintable(id));
        }
    }
}

QTEST_GUILESS_MAIN(TestReleaseGate)
#include "tst_releasegate.moc"
