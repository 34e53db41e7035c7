// Guards against secrets: how they are recognised in hooks and pipelines, what weakens them, and what is said of it.
#include "checks/secrets/ciscan.h"
#include "checks/secrets/coderoots.h"
#include "checks/secrets/precommit.h"
#include "checks/secrets/smallfiles.h"
#include "models/hostguards.h"
#include "tests/checks/secrets/guardlook.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestSecretGuards : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void loads();
    void refusesBrokenGuards_data();
    void refusesBrokenGuards();
    void recognisesScripts_data();
    void recognisesScripts();
    void readsGitHub_data();
    void readsGitHub();
    void readsCalledWorkflows();
    void readsGitLab_data();
    void readsGitLab();
    void readsGitLabIncludes_data();
    void readsGitLabIncludes();
    void readsPreCommit_data();
    void readsPreCommit();
    void readsHookScripts_data();
    void readsHookScripts();
    void readsLefthook();
    void judgesHooks_data();
    void judgesHooks();
    void judgesPipelines_data();
    void judgesPipelines();
    void takesAWordForPushProtection_data();
    void takesAWordForPushProtection();
    void staysBelowTheRoot();
    void findsTheTopOfARepository();

private:
    std::vector<SecretGuard> m_guards;
};

void TestSecretGuards::initTestCase()
{
    const auto guards = loadSecretGuards();
    QVERIFY2(guards, guards ? "" : qPrintable(guards.error().message));
    m_guards = *guards;
}

void TestSecretGuards::loads()
{
    QVERIFY(m_guards.size() >= 10);
    for (const SecretGuard &guard : m_guards) {
        QVERIFY2(!guard.covers.endsWith(u'.'), qPrintable(guard.id)); // it stands inside a sentence
        // Each is recognised by each of its own marks.
        for (const QString &mark : guard.marks)
            QVERIFY2(!guardsNamed(mark, u"x"_s, 1, {guard}).empty(), qPrintable(mark));
    }
}

void TestSecretGuards::refusesBrokenGuards_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no marks") << QByteArray(R"({"schema":1,"guards":[{"id":"a","name":"A","covers":"x"}]})");
    QTest::newRow("an id twice") << QByteArray(
        R"({"schema":1,"guards":[{"id":"a","name":"A","covers":"x","marks":["a"]},)"
        R"({"id":"a","name":"A","covers":"x","marks":["b"]}]})");
    QTest::newRow("an unknown member") << QByteArray(
        R"({"schema":1,"guards":[{"id":"a","name":"A","covers":"x","marks":["a"],"more":1}]})");
}

void TestSecretGuards::refusesBrokenGuards()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseSecretGuards(json));
}

void TestSecretGuards::recognisesScripts_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("uses");
    const auto row = [](const char *name, const char *script, const QStringList &uses = {}) {
        QTest::newRow(name) << QString::fromUtf8(script) << uses;
    };
    row("gitleaks", "#!/bin/sh\ngitleaks protect --staged", {u"gitleaks:2"_s});
    row("a remark", "# gitleaks protect");
    row("a remark behind", "make test # then gitleaks");
    row("part of a word", "mygitleaks2 detect");
    row("installed only", "brew install gitleaks");
    row("asked for", "if ! command -v gitleaks; then exit 0; fi");
    row("installed, then run", "pip install detect-secrets && detect-secrets-hook --baseline .secrets",
        {u"detect-secrets:1"_s});
    row("ignored", "gitleaks detect || true", {u"gitleaks:1!"_s});
    row("ignored by a colon", "gitleaks detect || :", {u"gitleaks:1!"_s});
    row("told why it fails", "gitleaks detect || { echo leak; exit 1; }", {u"gitleaks:1"_s});
    row("an exit status of 0", "gitleaks detect --exit-code 0", {u"gitleaks:1!"_s});
    row("an exit status of 2", "gitleaks detect --exit-code 2", {u"gitleaks:1"_s});
    row("over two lines", "gitleaks detect \\\n  --exit-code=0", {u"gitleaks:1!"_s});
    row("TruffleHog that never fails", "trufflehog git file://.", {u"trufflehog:1!"_s});
    row("TruffleHog", "trufflehog git file://. --fail", {u"trufflehog:1"_s});
    row("detect-secrets that never fails", "detect-secrets scan", {u"detect-secrets:1!"_s});
    row("in a container", "docker run -v .:/repo zricethezav/gitleaks:v8.18.0 detect", {u"gitleaks:1"_s});
    row("our own", "exec launch-cockpit secrets --staged", {u"launch-cockpit:1"_s});
    row("our own for something else", "launch-cockpit audit example.com");
    row("one that stops among others", "gitleaks detect || true\ngitleaks detect", {u"gitleaks:2"_s});
    row("nothing", "npm test\nnpm run lint");
}

void TestSecretGuards::recognisesScripts()
{
    QFETCH(QString, script);
    QTEST(printed(guardsInScript(script, u"x"_s, 1, m_guards)), "uses");
}

void TestSecretGuards::readsGitHub_data()
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

void TestSecretGuards::readsGitHub()
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

void TestSecretGuards::readsCalledWorkflows()
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

void TestSecretGuards::readsGitLab_data()
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

void TestSecretGuards::readsGitLab()
{
    QFETCH(QByteArray, yaml);
    QTemporaryDir folder;
    writeTo(folder.filePath(u".gitlab-ci.yml"_s), yaml);
    GuardedPipelines reading;
    readGitLabPipeline(folder.path(), m_guards, reading);
    QTEST(printed(reading.uses), "uses");
    QCOMPARE(reading.gaps, QStringList());
}

void TestSecretGuards::readsGitLabIncludes_data()
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

void TestSecretGuards::readsGitLabIncludes()
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

void TestSecretGuards::readsPreCommit_data()
{
    QTest::addColumn<QByteArray>("hook");
    QTest::addColumn<QStringList>("uses");
    QTest::newRow("gitleaks") << QByteArray("id: gitleaks") << QStringList{u"gitleaks:4"_s};
    QTest::newRow("private keys alone") << QByteArray("id: detect-private-key")
                                        << QStringList{u"detect-private-key:4"_s};
    QTest::newRow("at push") << QByteArray("id: gitleaks\n        stages: [pre-push]") << QStringList{u"gitleaks:4~"_s};
    QTest::newRow("at commit") << QByteArray("id: gitleaks\n        stages: [commit]") << QStringList{u"gitleaks:4"_s};
    QTest::newRow("a command") << QByteArray("id: scan\n        entry: trufflehog git file://. --fail")
                               << QStringList{u"trufflehog:4"_s};
    QTest::newRow("a command that never fails")
        << QByteArray("id: scan\n        entry: trufflehog git file://.") << QStringList{u"trufflehog:4!"_s};
    QTest::newRow("none") << QByteArray("id: trailing-whitespace") << QStringList{};
}

void TestSecretGuards::readsPreCommit()
{
    QFETCH(QByteArray, hook);
    QStringList gaps;
    const auto uses = guardsInPreCommitConfig(
        "repos:\n  - repo: https://example.com/x\n    hooks:\n      - " + hook + "\n", u"x"_s, m_guards, gaps);
    QTEST(printed(uses), "uses");
    QVERIFY(gaps.isEmpty());
    QVERIFY(guardsInPreCommitConfig("repos: [", u"x"_s, m_guards, gaps).empty());
    QCOMPARE(gaps.size(), 1);
}

void TestSecretGuards::readsHookScripts_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("packageJson");
    QTest::addColumn<QStringList>("uses");
    QTest::newRow("a script of package.json")
        << QByteArray("npm run secrets") << QByteArray(R"({"scripts":{"secrets":"gitleaks protect --staged"}})")
        << QStringList{u"gitleaks:0"_s};
    QTest::newRow("another script") << QByteArray("npm run lint")
                                    << QByteArray(R"({"scripts":{"secrets":"gitleaks protect --staged"}})")
                                    << QStringList{};
    QTest::newRow("lint-staged") << QByteArray("npx lint-staged")
                                 << QByteArray(R"({"lint-staged":{"*":["eslint","secretlint"]}})")
                                 << QStringList{u"secretlint:0"_s};
    QTest::newRow("lint-staged that nobody calls")
        << QByteArray("npm test") << QByteArray(R"({"lint-staged":{"*":"secretlint"}})") << QStringList{};
}

void TestSecretGuards::readsHookScripts()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, packageJson);
    QTEST(printed(guardsInHookScript(script, u"x"_s, packageJson, {}, m_guards)), "uses");
}

void TestSecretGuards::readsLefthook()
{
    QStringList gaps;
    const QByteArray yaml = "pre-push:\n  commands:\n    a:\n      run: trufflehog git file://. --fail\n"
                            "pre-commit:\n  commands:\n    b:\n      run: gitleaks protect\n";
    QCOMPARE(printed(guardsInLefthook(yaml, u"x"_s, m_guards, gaps)), QStringList{u"gitleaks:8"_s});
    QCOMPARE(printed(guardsInLefthook("pre-commit:\n  jobs:\n    - run: ripsecrets\n", u"x"_s, m_guards, gaps)),
             QStringList{u"ripsecrets:3"_s});
    QVERIFY(gaps.isEmpty());
}

void TestSecretGuards::judgesHooks_data()
{
    QTest::addColumn<QString>("files"); // "path=text", joined by &; a star before the path: executable
    QTest::addColumn<QString>("hooksPath");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char *name, const char *files, const char *hooksPath, Outcome outcome,
                        const QStringList &codes = {}) {
        QTest::newRow(name) << QString::fromUtf8(files) << QString::fromUtf8(hooksPath) << outcome << codes;
    };
    using enum Outcome;
    row("nothing", "", "", Warn, {u"no_guard medium"_s});
    row("hooks for other things", ".husky/pre-commit=npm test", ".husky/_", Warn, {u"no_guard medium"_s});
    row("pre-commit, switched on",
        ".pre-commit-config.yaml=repos: [{repo: x, hooks: [{id: gitleaks}]}]&"
        "*.git/hooks/pre-commit=# File generated by pre-commit: https://pre-commit.com",
        "", Pass);
    row("pre-commit, not switched on", ".pre-commit-config.yaml=repos: [{repo: x, hooks: [{id: gitleaks}]}]", "", Warn,
        {u"not_installed low"_s});
    row("the hook is not executable",
        ".pre-commit-config.yaml=repos: [{repo: x, hooks: [{id: gitleaks}]}]&"
        ".git/hooks/pre-commit=# https://pre-commit.com",
        "", Warn, {u"not_installed low"_s});
    row("a sample is none", "*.git/hooks/pre-commit.sample=gitleaks protect", "", Warn, {u"no_guard medium"_s});
    row("on this machine alone", "*.git/hooks/pre-commit=launch-cockpit secrets --staged", "", Warn,
        {u"not_shared low"_s});
    row("a folder of the code", "*.githooks/pre-commit=launch-cockpit secrets --staged", ".githooks", Pass);
    row("Husky 9", ".husky/pre-commit=gitleaks protect --staged&*.husky/_/pre-commit=. \"$(dirname \"$0\")/h\"",
        ".husky/_", Pass);
    row("Husky, not switched on", ".husky/pre-commit=gitleaks protect --staged", "", Warn, {u"not_installed low"_s});
    row("Lefthook",
        "lefthook.yml=pre-commit: {jobs: [{run: gitleaks protect}]}&*.git/hooks/pre-commit=call_lefthook run", "",
        Pass);
    row("private keys alone",
        ".pre-commit-config.yaml=repos: [{repo: x, hooks: [{id: detect-private-key}]}]&*.git/hooks/pre-commit=# "
        "pre-commit.com",
        "", Warn, {u"narrow_guard low"_s});
    row("ignored", "*.githooks/pre-commit=gitleaks protect || true", ".githooks", Warn, {u"does_not_block medium"_s});
    row("hooks outside of the code", "", "/nowhere/hooks", Info);
    row("settings that cannot be read", ".pre-commit-config.yaml=repos: [", "", Info);
}

void TestSecretGuards::judgesHooks()
{
    QFETCH(QString, files);
    QFETCH(QString, hooksPath);
    QTemporaryDir folder;
    git(folder.path(), {u"init"_s, u"-q"_s});
    if (!hooksPath.isEmpty())
        git(folder.path(), {u"config"_s, u"core.hooksPath"_s, hooksPath});
    for (QString file : files.split(u'&', Qt::SkipEmptyParts)) {
        const bool isExecutable = file.startsWith(u'*');
        file.remove(0, isExecutable ? 1 : 0);
        writeTo(folder.filePath(file.section(u'=', 0, 0)), file.section(u'=', 1).toUtf8(), isExecutable);
    }
    const Judged judged = look(preCommitCheck(), folder.path());
    QTEST(judged.outcome, "outcome");
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.observed.contains("not_seen"_L1), judged.outcome == Outcome::Info);
    QVERIFY(!judged.summary.isEmpty());
}

void TestSecretGuards::judgesPipelines_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char *name, const char *path, const QByteArray &bytes, Outcome outcome,
                        const QStringList &codes = {}) {
        QTest::newRow(name) << QString::fromUtf8(path) << bytes << outcome << codes;
    };
    const auto workflow = [](const char *on, const char *run) {
        return QByteArray("on: ") + on + "\njobs: {a: {steps: [{run: \"" + run + "\"}]}}\n";
    };
    using enum Outcome;
    const char *const file = ".github/workflows/a.yml";
    row("no pipeline", "README.md", "gitleaks", Warn, {u"no_scan medium"_s});
    row("a pipeline without a guard", file, workflow("pull_request", "npm test"), Warn, {u"no_scan medium"_s});
    row("a guard on each change", file, workflow("pull_request", "launch-cockpit secrets ."), Pass);
    row("at night", file, workflow("schedule", "gitleaks detect"), Warn, {u"not_each_change medium"_s});
    row("ignored", file, workflow("pull_request", "gitleaks detect || true"), Warn, {u"does_not_stop medium"_s});
    row("one kind of key", file, workflow("pull_request", "git-secrets --scan"), Warn, {u"narrow_scan low"_s});
    row("GitLab's report", ".gitlab-ci.yml", "include: [{template: Jobs/Secret-Detection.gitlab-ci.yml}]", Warn,
        {u"does_not_stop medium"_s});
    row("another system with a guard", "bitbucket-pipelines.yml", "script:\n  - gitleaks detect", Info);
    row("another system without", "bitbucket-pipelines.yml", "script:\n  - npm test", Warn, {u"no_scan medium"_s});
    row("a workflow that cannot be read", file, "on: [", Info);
    row("an include that was not read", ".gitlab-ci.yml", "include: [{local: ci/scan.yml}]", Info);
}

void TestSecretGuards::judgesPipelines()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    writeTo(folder.filePath(path), bytes);
    const Judged judged = look(ciScanCheck(), folder.path());
    QTEST(judged.outcome, "outcome");
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.observed.contains("not_seen"_L1), judged.outcome == Outcome::Info);
    QVERIFY(!judged.summary.isEmpty());
}

void TestSecretGuards::takesAWordForPushProtection_data()
{
    QTest::addColumn<std::optional<AnswerValue>>("said");
    QTest::addColumn<bool>("isOnGitHub");
    QTest::addColumn<bool>("hasScan");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("words"); // of the finding, or of the reason where there is none; empty: not of this
    using Said = std::optional<AnswerValue>;
    const QStringList medium{u"no_scan medium"_s};
    const QString asks = u"nobody said so"_s;
    QTest::newRow("nobody said") << Said() << true << false << medium << asks;
    QTest::newRow("on") << Said(AnswerValue::Holds) << true << false << QStringList{u"no_scan low"_s}
                        << u"switched on, as Anna said"_s;
    QTest::newRow("off") << Said(AnswerValue::DoesNotHold) << true << false << medium << u"switched off"_s;
    QTest::newRow("not at GitHub, as is said") << Said(AnswerValue::NotApplicable) << true << false << medium << u""_s;
    QTest::newRow("the code is elsewhere") << Said(AnswerValue::Holds) << false << false << medium << u""_s;
    QTest::newRow("beside a scan") << Said(AnswerValue::Holds) << true << true << QStringList()
                                   << u"switched on, as Anna said"_s;
    QTest::newRow("a scan, and nobody said") << Said() << true << true << QStringList() << asks;
}

void TestSecretGuards::takesAWordForPushProtection()
{
    QFETCH(std::optional<AnswerValue>, said);
    QFETCH(bool, isOnGitHub);
    QFETCH(bool, hasScan);
    QFETCH(QStringList, codes);
    QFETCH(QString, words);
    PipelinesOfCode code{.folder = u"shop"_s, .reading = {}, .isOnGitHub = isOnGitHub};
    if (hasScan)
        code.reading.uses = guardsNamed(u"gitleaks/gitleaks-action@v2"_s, u"a.yml"_s, 3, m_guards);
    PushProtection protection{.said = {}, .covers = u"keys of providers"_s};
    if (said)
        protection.said = Answer{.subject = pushProtectionSubject(),
                                 .value = *said,
                                 .by = u"Anna"_s,
                                 .answeredAt = QDateTime::currentDateTimeUtc()};
    const Judged judged = judgePipelines({code}, {}, protection);
    QCOMPARE(codesOf(judged), codes);
    const QString text = judged.findings.empty() ? judged.reason : judged.findings.front().whatWeSaw;
    QVERIFY2(text.contains(words), qPrintable(text));
    QCOMPARE(text.contains(pushProtectionName()), !words.isEmpty());
    QCOMPARE(judged.observed.contains("push_protection"_L1), isOnGitHub);
}

void TestSecretGuards::staysBelowTheRoot()
{
    QTemporaryDir elsewhere;
    writeTo(elsewhere.filePath(u"a.yml"_s), "on: pull_request\njobs: {a: {steps: [{run: gitleaks detect}]}}\n");
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(u".github"_s);
    QVERIFY(QFile::link(elsewhere.path(), folder.filePath(u".github/workflows"_s)));
    QVERIFY(QFile::link(elsewhere.filePath(u"a.yml"_s), folder.filePath(u".gitlab-ci.yml"_s)));
    QCOMPARE(::mkfifo(folder.filePath(u"Jenkinsfile"_s).toUtf8().constData(), 0600), 0);
    const GuardedPipelines reading = readPipelines(folder.path(), m_guards);
    QCOMPARE(reading.files, QStringList());
    QVERIFY(reading.uses.empty());
    // A link inside of the code is part of it.
    writeTo(folder.filePath(u"ci/real.yml"_s), "scan:\n  script: gitleaks detect\n");
    QFile::remove(folder.filePath(u".gitlab-ci.yml"_s));
    QVERIFY(QFile::link(folder.filePath(u"ci/real.yml"_s), folder.filePath(u".gitlab-ci.yml"_s)));
    QCOMPARE(readPipelines(folder.path(), m_guards).uses.size(), 1U);
    // Larger than any settings file.
    writeTo(folder.filePath(u".drone.yml"_s), QByteArray(kLargestSettingsFile + 1, 'a'));
    QCOMPARE(readPipelines(folder.path(), m_guards).gaps.size(), 1);
    writeTo(folder.filePath(u".drone.yml"_s), QByteArray(kLargestSettingsFile, 'a'));
    QCOMPARE(readPipelines(folder.path(), m_guards).gaps.size(), 0);
}

void TestSecretGuards::findsTheTopOfARepository()
{
    QTemporaryDir folder;
    git(folder.path(), {u"init"_s, u"-q"_s, u"clone"_s});
    git(folder.path(), {u"init"_s, u"-q"_s, u"--bare"_s, u"bare.git"_s});
    QDir(folder.path()).mkpath(u"clone/apps/web"_s);
    QDir(folder.path()).mkpath(u"plain"_s);
    const auto code = [&](const QString &name) { return LocalSource{SourceKind::Code, folder.filePath(name), {}}; };
    const CodeRoots roots = codeRootsOf(
        {code(u"clone/apps/web"_s), code(u"clone"_s), code(u"plain"_s), code(u"bare.git"_s), code(u"missing"_s)});
    QStringList names;
    for (const QString &root : roots.folders)
        names += QFileInfo(root).fileName();
    QCOMPARE(names, QStringList({u"clone"_s, u"plain"_s}));
    QCOMPARE(roots.gaps.size(), 2);
    QCOMPARE(look(ciScanCheck(), folder.filePath(u"bare.git"_s)).outcome, Outcome::NotRun);
}

QTEST_GUILESS_MAIN(TestSecretGuards)
#include "tst_secretguards.moc"
