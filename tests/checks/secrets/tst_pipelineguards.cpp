// Guards against secrets in pipelines: how they are recognised, and what weakens them.
#include "checks/secrets/ciscan.h"
#include "tests/checks/secrets/guardlook.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestPipelineGuards : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsGitHub_data();
    void readsGitHub();
    void readsCalledWorkflows();
    void readsGitLab_data();
    void readsGitLab();
    void readsGitLabIncludes_data();
    void readsGitLabIncludes();

private:
    std::vector<SecretGuard> m_guards;
};

void TestPipelineGuards::initTestCase()
{
    const auto guards = loadSecretGuards();
    QVERIFY2(guards, guards ? "" : qPrintable(guards.error().message));
    m_guards = *guards;
}

void TestPipelineGuards::readsGitHub_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QStringList>("uses");
    const auto row = [](const char *name, const QByteArray &on, const QByteArray &job, const QStringList &uses) {
        QTest::newRow(name) << "on: " + on + "\njobs:\n  scan:\n" + job << uses;
    };
    const QByteArray action =
        "    steps:\n      - uses: actions/checkout@v4\n      - uses: gitleaks/gitleaks-action@v2\n";
    row("each pull request", "pull_request", action, {u"gitleaks:6"_s});
    row("a list of triggers", "[push, pull_request]", action, {u"gitleaks:6"_s});
    row("every push", "push", action, {u"gitleaks:6"_s});
    row("pushes to main", "{push: {branches: [main]}}", action, {u"gitleaks:6~"_s});
    row("pushes to all branches", "{push: {branches: ['**']}}", action, {u"gitleaks:6"_s});
    row("pushes of tags", "{push: {tags: ['v*']}}", action, {u"gitleaks:6~"_s});
    row("pushes to main, and pull requests", "{push: {branches: [main]}, pull_request: {}}", action, {u"gitleaks:6"_s});
    row("at night", "{schedule: [{cron: '0 3 * * *'}]}", action, {u"gitleaks:6~"_s});
    row("by hand", "workflow_dispatch", action, {u"gitleaks:6~"_s});
    row("a job that may fail", "pull_request", "    continue-on-error: true\n" + action, {u"gitleaks:7!"_s});
    row("a step that may fail", "pull_request", action + "        continue-on-error: true\n", {u"gitleaks:6!"_s});
    row("a job for main alone", "pull_request", "    if: github.ref == 'refs/heads/main'\n" + action,
        {u"gitleaks:7~"_s});
    row("a job that is switched off", "pull_request", "    if: false\n" + action, {});
    row("the action of TruffleHog fails by itself", "pull_request",
        "    steps:\n      - uses: trufflesecurity/trufflehog@main\n", {u"trufflehog:5"_s});
    row("a command", "pull_request", "    steps:\n      - run: |\n          npm ci\n          npx secretlint '**/*'\n",
        {u"secretlint:7"_s});
    row("a command that is ignored", "pull_request", "    steps:\n      - run: gitleaks detect || true\n",
        {u"gitleaks:5!"_s});
    row("our own", "pull_request", "    steps:\n      - run: launch-cockpit secrets . --since origin/main\n",
        {u"launch-cockpit:5"_s});
    row("a workflow of another repository", "pull_request", "    uses: acme/ci/.github/workflows/gitleaks.yml@v1\n",
        {u"gitleaks:4"_s});
    row("no guard", "pull_request", "    steps:\n      - run: npm test\n", {});
}

void TestPipelineGuards::readsGitHub()
{
    QFETCH(QByteArray, yaml);
    GuardedPipelines reading;
    readGitHubWorkflows({{u"scan.yml"_s, yaml}, {u"README.md"_s, "gitleaks"}}, m_guards, reading);
    QTEST(printed(reading.uses), "uses");
    QCOMPARE(reading.files, QStringList{u".github/workflows/scan.yml"_s});
    QCOMPARE(reading.gaps, QStringList());
    for (const GuardUse &use : reading.uses)
        QCOMPARE(use.weakness.isEmpty(), use.stops && use.isOnEachChange);
}

void TestPipelineGuards::readsCalledWorkflows()
{
    GuardedPipelines reading;
    readGitHubWorkflows({{u"pr.yml"_s, "on: pull_request\njobs:\n  a:\n    uses: ./.github/workflows/scan.yml\n"},
                         {u"scan.yml"_s, "on: workflow_call\njobs:\n  b:\n    steps:\n      - run: gitleaks detect\n"},
                         {u"self.yml"_s, "on: pull_request\njobs:\n  a:\n    uses: ./.github/workflows/self.yml\n"},
                         {u"broken.yml"_s, "on: [\n"}},
                        m_guards, reading);
    QCOMPARE(printed(reading.uses), QStringList({u"gitleaks:5"_s, u"gitleaks:5~"_s}));
    QCOMPARE(reading.gaps.size(), 1);
    QVERIFY(reading.gaps[0].contains("broken.yml"_L1));
}

void TestPipelineGuards::readsGitLab_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QStringList>("uses");
    QTest::newRow("a job") << QByteArray("scan:\n  script:\n    - gitleaks detect\n") << QStringList{u"gitleaks:3"_s};
    QTest::newRow("may fail") << QByteArray("scan:\n  allow_failure: true\n  script: gitleaks detect\n")
                              << QStringList{u"gitleaks:3!"_s};
    QTest::newRow("for merge requests")
        << QByteArray(
               "scan:\n  script: gitleaks detect\n  rules:\n    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n")
        << QStringList{u"gitleaks:2"_s};
    QTest::newRow("for the main branch")
        << QByteArray("scan:\n  script: gitleaks detect\n  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n")
        << QStringList{u"gitleaks:2~"_s};
    QTest::newRow("at night") << QByteArray("scan:\n  script: gitleaks detect\n  only: [schedules]\n")
                              << QStringList{u"gitleaks:2~"_s};
    QTest::newRow("by hand") << QByteArray("scan:\n  script: gitleaks detect\n  when: manual\n")
                             << QStringList{u"gitleaks:2~"_s};
    QTest::newRow("of a template") << QByteArray(".base:\n  script: gitleaks detect\nscan:\n  extends: .base\n")
                                   << QStringList{u"gitleaks:2"_s};
    QTest::newRow("a template that nobody uses") << QByteArray(".base:\n  script: gitleaks detect\n") << QStringList{};
    QTest::newRow("the second line of a list in the script")
        << QByteArray(".lines: &lines [echo a, gitleaks detect]\nscan:\n  script:\n    - *lines\n")
        << QStringList{u"gitleaks:1"_s};
    QTest::newRow("GitLab's own, which stops nothing")
        << QByteArray("include:\n  - template: Jobs/Secret-Detection.gitlab-ci.yml\n")
        << QStringList{u"gitlab-secret-detection:2!"_s};
    QTest::newRow("GitLab's own as a component")
        << QByteArray("include:\n  - component: gitlab.com/components/secret-detection/secret-detection@2\n")
        << QStringList{u"gitlab-secret-detection:2!"_s};
}

void TestPipelineGuards::readsGitLab()
{
    QFETCH(QByteArray, yaml);
    QTemporaryDir folder;
    writeTo(folder.filePath(u".gitlab-ci.yml"_s), yaml);
    GuardedPipelines reading;
    readGitLabPipeline(folder.path(), m_guards, reading);
    QTEST(printed(reading.uses), "uses");
    QCOMPARE(reading.gaps, QStringList());
}

void TestPipelineGuards::readsGitLabIncludes_data()
{
    QTest::addColumn<QString>("files"); // "name=text&name=text"
    QTest::addColumn<QStringList>("uses");
    QTest::addColumn<int>("gaps");
    const auto row = [](const char *name, const QString &files, const QStringList &uses, int gaps = 0) {
        QTest::newRow(name) << files << uses << gaps;
    };
    const QString job = u"\nscan:\n  script: gitleaks detect\n"_s;
    const QString main = u".gitlab-ci.yml=include: "_s;
    const QStringList found{u"gitleaks:3"_s};
    row("as one text", main + u"ci/a.yml&ci/a.yml="_s + job, found);
    row("from the root", main + u"/ci/a.yml&ci/a.yml="_s + job, found);
    row("from the root, out of another folder", main + u"[ci/a.yml]&ci/a.yml=include: [ci/b.yml]&ci/b.yml="_s + job,
        found);
    row("three deep", main + u"1.yml&1.yml=include: 2.yml&2.yml=include: 3.yml&3.yml="_s + job, found);
    row("four deep", main + u"1.yml&1.yml=include: 2.yml&2.yml=include: 3.yml&3.yml=include: 4.yml&4.yml="_s + job, {},
        1);
    row("each other", main + u"1.yml&1.yml=include: 1.yml"_s + job, {u"gitleaks:3"_s});
    row("that is not there", main + u"ci/a.yml"_s, {}, 1);
    row("outside of the code", main + u"../a.yml"_s, {}, 1);
    row("by a pattern", main + u"'ci/*.yml'&ci/a.yml="_s + job, {}, 1);
    row("that cannot be read", main + u"ci/a.yml&ci/a.yml=scan: ["_s, {}, 1);
    row("a template of another file",
        main + u"ci/a.yml\ncheck:\n  extends: .scan\n&ci/a.yml=.scan:\n  script: "
               "gitleaks detect\n"_s,
        {u"gitleaks:2"_s});
    row("made weaker by who includes it", main + u"ci/a.yml\nscan:\n  allow_failure: true\n&ci/a.yml="_s + job,
        {u"gitleaks:3!"_s});
    row("not on each change", main + u"[{local: ci/a.yml, rules: [{if: $CI_COMMIT_TAG}]}]&ci/a.yml="_s + job,
        {u"gitleaks:3~"_s});
    row("of another project", main + u"[{project: acme/ci, file: [/scan.yml, /test.yml]}]"_s, {}, 2);
    row("of another server", main + u"https://ci.acme.example/scan.yml"_s, {}, 1);
}

void TestPipelineGuards::readsGitLabIncludes()
{
    QFETCH(QString, files);
    QTemporaryDir folder;
    for (const QString &file : files.split(u'&'))
        writeTo(folder.filePath(file.section(u'=', 0, 0)), file.section(u'=', 1).toUtf8());
    GuardedPipelines reading;
    readGitLabPipeline(folder.path(), m_guards, reading);
    QTEST(printed(reading.uses), "uses");
    QTEST(static_cast<int>(reading.gaps.size()), "gaps");
}

QTEST_GUILESS_MAIN(TestPipelineGuards)
#include "tst_pipelineguards.moc"
