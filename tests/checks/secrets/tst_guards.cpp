// Guards against secrets: what is written, what is left alone, and that the hook stops a commit.
#include "checks/secrets/ciscan.h"
#include "checks/secrets/gitremotes.h"
#include "checks/secrets/guardfiles.h"
#include "checks/secrets/guardtexts.h"
#include "checks/secrets/hookguards.h"
#include "checks/secrets/releasegatetexts.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/guardlook.h"

#include <yaml-cpp/yaml.h>

#include <QProcess>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

GuardProposal of(GuardKind kind, const QString &folder)
{
    const auto proposals = proposeGuards(folder);
    return proposals ? proposals->at(static_cast<size_t>(kind)) : GuardProposal();
}

// A program of this name that ends with this status, in front of the PATH; it notes how it was called.
QString pretend(const QString &folder, int status)
{
    QDir().mkpath(folder);
    QFile file(folder + u"/launch-cockpit"_s);
    if (file.open(QIODevice::WriteOnly))
        file.write("#!/bin/sh\necho \"$@\" > \"$(dirname \"$0\")/called\"\nexit " + QByteArray::number(status) + "\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return folder;
}

int commitStatus(const QString &root, const QString &firstInPath)
{
    QProcess git;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, firstInPath + u':' + environment.value(u"PATH"_s));
    environment.insert(u"GIT_CONFIG_GLOBAL"_s, u"/dev/null"_s);
    git.setProcessEnvironment(environment);
    git.setWorkingDirectory(root);
    git.start(u"git"_s, {u"-c"_s, u"user.name=Ada"_s, u"-c"_s, u"user.email=ada@example.com"_s, u"commit"_s, u"-qm"_s,
                         u"Change"_s});
    git.waitForFinished();
    return git.exitCode();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestGuards : public QObject
{
    Q_OBJECT

private slots:
    void passesWhatItWrites();
    // Whatever is there stays: a guard of ours is a new file, or lines that a person adds.
    void joinsWhatIsThere_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("hooksPath");
        QTest::addColumn<QString>("path"); // of the proposal
        QTest::addColumn<QString>("how");  // "writes", "joins", "tells": without lines to add, "stands",
                                           // "sleeps": git does not call what is there
        const auto row = [](const char *name, const char *file, const QByteArray &before, const char *hooksPath,
                            const char *path, const char *how) {
            QTest::newRow(name) << QString::fromUtf8(file) << before << QString::fromUtf8(hooksPath)
                                << QString::fromUtf8(path) << QString::fromUtf8(how);
        };
        const char *const gitHook = ".git/hooks/pre-commit";
        row("nothing", "", "", "", gitHook, "writes");
        row("a shell's hook", gitHook, "#!/bin/bash\nnpm test\n", "", gitHook, "joins");
        row("found by env", gitHook, "#!/usr/bin/env bash\nnpm test\n", "", gitHook, "joins");
        row("python", gitHook, "#!/usr/bin/env python3\nprint(1)\n", "", gitHook, "tells");
        row("a program", gitHook,
            "\x7f"
            "ELF",
            "", gitHook, "tells");
        row("ours already", gitHook, "#!/bin/sh\nlaunch-cockpit secrets --staged .\n", "", gitHook, "sleeps");
        row("a remark alone", gitHook, "#!/bin/sh\n# launch-cockpit secrets\n", "", gitHook, "joins");
        row("pre-commit", ".pre-commit-config.yaml", "repos: []\n", "", ".pre-commit-config.yaml", "joins");
        row("pre-commit with ours", ".pre-commit-config.yaml",
            "repos:\n  - repo: local\n    hooks: [{id: a, entry: launch-cockpit secrets --staged .}]\n", "",
            ".pre-commit-config.yaml", "sleeps");
        row("Lefthook", "lefthook.yml", "pre-commit: {jobs: [{run: npm test}]}\n", "", "lefthook.yml", "joins");
        row("Husky", ".husky/pre-commit", "npx lint-staged\n", ".husky/_", ".husky/pre-commit", "joins");
        row("Husky, not switched on", ".husky/pre-commit", "npx lint-staged\n", "", ".husky/pre-commit", "joins");
        row("Husky with ours", ".husky/pre-commit", "launch-cockpit secrets --staged .\n", ".husky/_",
            ".husky/pre-commit", "stands");
        row("Husky with ours, not switched on", ".husky/pre-commit", "launch-cockpit secrets --staged .\n", "",
            ".husky/pre-commit", "sleeps");
        row("what Husky left behind", ".husky/pre-commit", "launch-cockpit secrets --staged .\n", ".githooks",
            ".githooks/pre-commit", "writes");
        row("Husky of old", ".husky/commit-msg", "#!/bin/sh\n", ".husky", ".husky/pre-commit", "writes");
        row("Husky without such a hook", ".husky/commit-msg", "npx commitlint\n", ".husky/_", ".husky/pre-commit",
            "writes");
        row("simple-git-hooks", "package.json", R"({"simple-git-hooks":{"pre-commit":"npm test"}})", "", "package.json",
            "joins");
        row("a package.json without hooks", "package.json", R"({"name":"shop"})", "", gitHook, "writes");
        row("a folder of the code", ".githooks/commit-msg", "#!/bin/sh\n", ".githooks", ".githooks/pre-commit",
            "writes");
        row("a hook in that folder", ".githooks/pre-commit", "#!/bin/sh\nnpm test\n", ".githooks",
            ".githooks/pre-commit", "joins");
        row("a folder of all repositories", "", "", "/nowhere/hooks", "/nowhere/hooks/pre-commit", "joins");
    }

    void joinsWhatIsThere()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, before);
        QFETCH(QString, hooksPath);
        QFETCH(QString, path);
        QFETCH(QString, how);
        GitFixture code;
        code.init();
        if (!hooksPath.isEmpty())
            code.git({u"config"_s, u"core.hooksPath"_s, hooksPath});
        if (!file.isEmpty())
            code.write(file, before);
        const auto proposals = proposeGuards(code.root());
        QVERIFY2(proposals, proposals ? "" : qPrintable(proposals.error().message));
        const GuardProposal hook = proposals->front();
        QCOMPARE(hook.path, path.startsWith(u'/') ? path : code.path(path));
        QCOMPARE(hook.isInPlace(), how == u"stands"_s);
        QCOMPARE(hook.isWritten() && !hook.isCalled, how == u"sleeps"_s);
        QCOMPARE(hook.isWritable() && !hook.isWritten(), how == u"writes"_s);
        QCOMPARE(!hook.join.isEmpty(), how == u"joins"_s);
        QCOMPARE(!hook.remark.isEmpty(), how == u"joins"_s || how == u"tells"_s || how == u"sleeps"_s);
        if (how == "joins"_L1)
            QVERIFY(callsSecrets(hook.join));
        if (how == "joins"_L1 || how == "tells"_L1)
            QVERIFY(!writeGuard(hook)); // not by a mistake either
        if (!file.isEmpty())
            QCOMPARE(contentOf(code.path(file)), before);
    }

    // What is there sleeps until git starts it, and the proposal says by which command.
    void wakesWhatSleeps_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("hook"); // of git; empty: the file itself is it
        QTest::addColumn<QString>("remark");
        const QByteArray call = "launch-cockpit secrets --staged .";
        QTest::newRow("not executable") << u".git/hooks/pre-commit"_s << "#!/bin/sh\n" + call + "\n"
                                        << QByteArray() << u"chmod +x"_s;
        QTest::newRow("pre-commit") << u".pre-commit-config.yaml"_s
                                    << "repos: [{repo: local, hooks: [{id: a, entry: " + call + "}]}]\n"
                                    << QByteArray("#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n")
                                    << u"pre-commit install"_s;
        QTest::newRow("Lefthook") << u"lefthook.yml"_s << "pre-commit: {jobs: [{run: " + call + "}]}\n"
                                  << QByteArray("#!/bin/sh\nlefthook run pre-commit\n") << u"lefthook install"_s;
        QTest::newRow("simple-git-hooks")
            << u"package.json"_s << "{\"simple-git-hooks\":{\"pre-commit\":\"" + call + "\"}}"
            << "#!/bin/sh\n" + call + "\n"
            << u"simple-git-hooks"_s;
    }

    void wakesWhatSleeps()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, hook);
        QFETCH(QString, remark);
        GitFixture code;
        code.init();
        code.write(file, content);
        const GuardProposal asleep = of(GuardKind::PreCommit, code.root());
        QVERIFY(asleep.isWritten() && !asleep.isInPlace());
        QVERIFY2(asleep.remark.contains(remark), qPrintable(asleep.remark));
        const QString installed = u".git/hooks/pre-commit"_s;
        if (!hook.isEmpty()) {
            code.write(installed, hook);
            QVERIFY(!of(GuardKind::PreCommit, code.root()).isInPlace()); // not executable
        }
        QVERIFY(QFile::setPermissions(code.path(installed), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(of(GuardKind::PreCommit, code.root()).isInPlace());
        if (hook.isEmpty() || file == "package.json"_L1)
            return;
        code.write(installed, "#!/bin/sh\nnpm test\n"); // somebody else's
        QVERIFY(!of(GuardKind::PreCommit, code.root()).isInPlace());
    }

    void saysWhatHuskyStillNeeds()
    {
        GitFixture code;
        code.init();
        code.write(u".husky/commit-msg"_s, "npx commitlint\n");
        const GuardProposal proposal = of(GuardKind::PreCommit, code.root());
        QVERIFY(proposal.isWritable() && proposal.remark.contains("not switched on in this clone"_L1));
        QVERIFY(writeGuard(proposal));
        QVERIFY(!of(GuardKind::PreCommit, code.root()).isInPlace());
        code.git({u"config"_s, u"core.hooksPath"_s, u".husky/_"_s});
        QVERIFY(of(GuardKind::PreCommit, code.root()).isInPlace());
        // Without Husky the hook of this computer alone can do it.
        code.git({u"config"_s, u"--unset"_s, u"core.hooksPath"_s});
        code.write(u".git/hooks/pre-commit"_s, preCommitHook());
        QVERIFY(QFile::setPermissions(code.path(u".git/hooks/pre-commit"_s),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(of(GuardKind::PreCommit, code.root()).isInPlace());
        QCOMPARE(of(GuardKind::PreCommit, code.root()).path, code.path(u".git/hooks/pre-commit"_s));
    }

    // What a person adds is what the checks know.
    void whatIsAddedIsAGuard()
    {
        const auto guards = loadSecretGuards().value();
        QStringList gaps;
        const auto uses = guardsInPreCommitConfig("repos:\n" + preCommitConfigStep(), u"x"_s, guards, gaps);
        QCOMPARE(uses.size(), size_t(1));
        QVERIFY(uses.front().isFull() && uses.front().guard.id == "launch-cockpit"_L1);
        QCOMPARE(guardsInLefthook(lefthookStep(), u"x"_s, guards, gaps).size(), size_t(1));
        QCOMPARE(guardsInScript(QString::fromUtf8(hookStep()), u"x"_s, 1, guards).size(), size_t(1));
        QVERIFY(isShellScript(preCommitHook()) && callsSecrets(preCommitHook()));
        // What one of them accepts, all do.
        for (const QByteArray &text : {preCommitConfigStep(), lefthookStep(), hookStep(), hookCommand()})
            QVERIFY2(text.contains("--baseline HEAD:.launch-cockpit-baseline.json"), text.constData());
        QVERIFY(gaps.isEmpty());
    }

    void tellsWhatGuardsTheCode()
    {
        GitFixture code;
        code.init();
        code.git({u"remote"_s, u"add"_s, u"origin"_s, u"git@github.com:acme/shop.git"_s});
        code.write(u".pre-commit-config.yaml"_s, "repos: [{repo: x, hooks: [{id: gitleaks}]}]\n");
        code.write(u".github/workflows/a.yml"_s,
                   "on: pull_request\njobs: {a: {steps: [{run: \"trufflehog git file://.\"}]}}\n");
        code.write(u".gitlab-ci.yml"_s, "scan:\n  script: npx secretlint .\n");
        const auto survey = surveyGuards(code.root());
        QVERIFY2(survey, survey ? "" : qPrintable(survey.error().message));
        QStringList said;
        for (const ExistingGuard &guard : survey->guards) {
            said << guard.name + u" in "_s + guard.file;
            QVERIFY2(!guard.covers.isEmpty(), qPrintable(guard.name));
        }
        QCOMPARE(said, QStringList({u"gitleaks in .pre-commit-config.yaml"_s,
                                    u"TruffleHog in .github/workflows/a.yml"_s, u"secretlint in .gitlab-ci.yml"_s}));
        QCOMPARE(survey->guards[0].reach, GuardReach::NotInstalled);
        QVERIFY(!survey->guards[1].stops && survey->guards[1].weakness.contains(u"--fail"_s));
        QVERIFY(survey->isOnGitHub && survey->pushProtectionCovers.contains(u"push"_s));
    }

    void knowsWhereTheCodeIs_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("host");
        QTest::newRow("ssh, short") << u"git@github.com:acme/shop.git"_s << u"github.com"_s;
        QTest::newRow("ssh") << u"ssh://git@GitHub.com:22/acme/shop.git"_s << u"github.com"_s;
        QTest::newRow("https with a token") << u"https://x:tok@github.com/acme/shop"_s << u"github.com"_s;
        QTest::newRow("another host") << u"https://github.com.evil.example/acme/shop"_s << u"github.com.evil.example"_s;
        QTest::newRow("ssh over the port of HTTPS")
            << u"ssh://git@ssh.github.com:443/acme/shop.git"_s << u"ssh.github.com"_s;
        QTest::newRow("a name in the path") << u"https://gitlab.com/github.com/shop"_s << u"gitlab.com"_s;
        QTest::newRow("a path") << u"/srv/github.com:x"_s << QString();
        QTest::newRow("a relative path") << u"../shop.git"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
    }

    void knowsWhereTheCodeIs()
    {
        QFETCH(QString, address);
        QTEST(hostOfRemote(address), "host");
    }

    void knowsGitHub_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isGitHub");
        QTest::newRow("github.com") << u"github.com"_s << true;
        QTest::newRow("over the port of HTTPS") << u"ssh.github.com"_s << true;
        QTest::newRow("with www") << u"www.github.com"_s << true;
        QTest::newRow("an own server") << u"github.acme.com"_s << true;
        QTest::newRow("a company's part of the cloud") << u"acme.ghe.com"_s << true;
        QTest::newRow("what only ends so") << u"notgithub.com"_s << false;
        QTest::newRow("what only begins so") << u"github-mirror.example"_s << false;
        QTest::newRow("Forgejo") << u"codeberg.org"_s << false;
        QTest::newRow("an alias of this machine") << u"github-work"_s << false;
        QTest::newRow("nowhere") << QString() << false;
    }

    void knowsGitHub()
    {
        QFETCH(QString, host);
        QTEST(isHostOfGitHub(host), "isGitHub");
    }

    void calls_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("calls");
        QTest::newRow("a step") << QByteArray("  - run: launch-cockpit secrets --since main .\n") << true;
        QTest::newRow("a comment") << QByteArray("  # launch-cockpit secrets\n") << false;
        QTest::newRow("another command") << QByteArray("launch-cockpit audit example.com\n") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }

    void calls()
    {
        QFETCH(QByteArray, text);
        QTEST(callsSecrets(text), "calls");
    }

    void jobsAreYaml()
    {
        const YAML::Node workflow = YAML::Load(gitHubWorkflow().toStdString());
        QVERIFY(workflow["jobs"]["secrets"]["steps"].size() >= 4);
        QVERIFY(workflow["on"].IsMap() || workflow["true"].IsDefined()); // YAML 1.1 reads "on" as true
        const YAML::Node job = YAML::Load(gitLabJob().toStdString());
        QVERIFY(job["secrets"]["script"].size() >= 4);
        QVERIFY(callsSecrets(gitHubWorkflow()) && callsSecrets(gitLabJob()));
    }

    void jobsCallForTheirChange_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QProcessEnvironment>("variables");
        QTest::addColumn<QByteArray>("base");
        const YAML::Node workflow = YAML::Load(gitHubWorkflow().toStdString());
        const YAML::Node steps = workflow["jobs"]["secrets"]["steps"];
        const auto gitHub = QByteArray::fromStdString(steps[steps.size() - 1]["run"].as<std::string>());
        QByteArray gitLab;
        bool isInstalled = false;
        for (const YAML::Node &line : YAML::Load(gitLabJob().toStdString())["secrets"]["script"]) {
            const auto text = QByteArray::fromStdString(line.as<std::string>());
            isInstalled = isInstalled || text.startsWith("git config");
            if (isInstalled)
                gitLab += text + '\n';
        }
        QProcessEnvironment plain;
        plain.insert(u"CI_MERGE_REQUEST_DIFF_BASE_SHA"_s, u"aaaa"_s);
        QProcessEnvironment merged = plain;
        merged.insert(u"CI_MERGE_REQUEST_TARGET_BRANCH_SHA"_s, u"bbbb"_s);
        QTest::newRow("GitHub") << gitHub << QProcessEnvironment() << QByteArray("HEAD^1");
        QTest::newRow("GitLab") << gitLab << plain << QByteArray("aaaa");
        QTest::newRow("GitLab, merged results") << gitLab << merged << QByteArray("bbbb");
    }

    // Run as the CI runs them, with programs that only say how they are called.
    void jobsCallForTheirChange()
    {
        QFETCH(QByteArray, script);
        QFETCH(QProcessEnvironment, variables);
        QFETCH(QByteArray, base);
        const QTemporaryDir folder;
        for (const QString &name : {u"git"_s, u"launch-cockpit"_s}) {
            const QString program = folder.filePath(u"bin/"_s + name);
            test::writeTo(program, "#!/bin/sh\nprintf '%s ' \"${0##*/}\" \"$@\"\n");
            QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner);
        }
        variables.insert(u"PATH"_s, folder.filePath(u"bin"_s) + u":/usr/bin:/bin"_s);
        const auto said = [&] {
            QProcess shell;
            shell.setWorkingDirectory(folder.path());
            shell.setProcessEnvironment(variables);
            shell.start(u"sh"_s, {u"-e"_s, u"-u"_s, u"-c"_s, QString::fromUtf8(script)});
            return shell.waitForFinished() && shell.exitCode() == 0 ? shell.readAllStandardOutput()
                                                                    : shell.readAllStandardError();
        };
        // A baseline that the change brings along counts for nothing.
        test::writeTo(folder.filePath(u".launch-cockpit-baseline.json"_s), "{}");
        const QByteArray call = "launch-cockpit secrets --since " + base + " --baseline " + base +
                                ":.launch-cockpit-baseline.json --no-progress . ";
        QVERIFY2(said().endsWith(call), said().constData());
    }

    void releaseJobsNameTheAccounts()
    {
        const QByteArrayList names{"LAUNCH_COCKPIT_SECRET_ANNA", "LAUNCH_COCKPIT_SECRET_BEN"};
        const YAML::Node workflow = YAML::Load(gitHubReleaseGate(names).toStdString());
        const YAML::Node step = workflow["jobs"]["release-gate"]["steps"][3];
        QVERIFY(step["run"].as<std::string>().find("--only 'access.*,abuse.*") != std::string::npos);
        for (const QByteArray &name : names)
            QCOMPARE(QByteArray::fromStdString(step["env"][name.toStdString()].as<std::string>()),
                     "${{ secrets." + name + " }}");
        const YAML::Node job = YAML::Load(gitLabReleaseGate(names).toStdString());
        QCOMPARE(job["release-gate"]["artifacts"]["reports"]["junit"].as<std::string>(), "release-gate.xml");
        QVERIFY(gitLabReleaseGate(names).contains("#   LAUNCH_COCKPIT_SECRET_BEN\n"));
        QVERIFY(callsAudit(gitHubReleaseGate({})) && callsAudit(gitLabReleaseGate({})));
        QVERIFY(!callsAudit("# launch-cockpit audit\n") && !callsAudit(gitHubWorkflow()));
    }

    void writesAndSees()
    {
        GitFixture code;
        code.init();
        for (const auto kind : {GuardKind::PreCommit, GuardKind::GitHubActions, GuardKind::GitLabCi,
                                GuardKind::GitHubRelease, GuardKind::GitLabRelease}) {
            const GuardProposal proposal = of(kind, code.root());
            QVERIFY(proposal.isWritable() && !proposal.isInPlace());
            const auto written = writeGuard(proposal);
            QVERIFY2(written, written ? "" : qPrintable(written.error().message));
            QVERIFY(of(kind, code.root()).isInPlace());
            QCOMPARE(QFileInfo(proposal.path).isExecutable(), kind == GuardKind::PreCommit);
        }
    }

    // The hook of somebody stops no less once the lines are in it.
    void theAddedLinesStopACommit()
    {
        GitFixture code;
        code.init();
        code.write(u".git/hooks/pre-commit"_s, "#!/bin/sh\n" + hookStep() + "exit 0\n");
        QVERIFY(QFile::setPermissions(code.path(u".git/hooks/pre-commit"_s),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        code.write(u"a.txt"_s, "hello\n");
        code.git({u"add"_s, u"a.txt"_s});
        QVERIFY(commitStatus(code.root(), pretend(code.path(u"../tools"_s), 1)) != 0);
        QCOMPARE(commitStatus(code.root(), pretend(code.path(u"../tools"_s), 0)), 0);
    }

    void hookStopsACommit_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("commits");
        QTest::newRow("nothing found") << 0 << true;
        QTest::newRow("secrets found") << 1 << false;
        QTest::newRow("could not look") << 3 << false;
    }

    void hookStopsACommit()
    {
        QFETCH(int, status);
        QFETCH(bool, commits);
        GitFixture code;
        code.init();
        QVERIFY(writeGuard(of(GuardKind::PreCommit, code.root())));
        code.write(u"a.txt"_s, "hello\n");
        code.git({u"add"_s, u"a.txt"_s});
        const QString tools = pretend(code.path(u"../tools"_s), status);
        QCOMPARE(commitStatus(code.root(), tools) == 0, commits);
        QVERIFY(contentOf(tools + u"/called"_s)
                    .startsWith("secrets --staged --baseline HEAD:.launch-cockpit-baseline.json "));
    }

    void huskyHasItsOwnPlace()
    {
        GitFixture code;
        code.init();
        code.git({u"config"_s, u"core.hooksPath"_s, u".husky/_"_s});
        QCOMPARE(of(GuardKind::PreCommit, code.root()).path, code.path(u".husky/pre-commit"_s));
    }

    void leavesOtherFilesAlone()
    {
        GitFixture code;
        code.init();
        code.write(u".github/workflows/secrets.yml"_s, "name: rotate secrets\n");
        const GuardProposal other = of(GuardKind::GitHubActions, code.root());
        QVERIFY(!other.isWritable() && !other.remark.isEmpty());
        QVERIFY(!writeGuard(other));
        const GuardProposal shown = of(GuardKind::GitLabCi, code.root());
        code.write(u".gitlab/secrets.yml"_s, "written: meanwhile\n");
        const auto refused = writeGuard(shown);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
        QCOMPARE(contentOf(code.path(u".gitlab/secrets.yml"_s)), QByteArray("written: meanwhile\n"));
    }

    void followsNoLink()
    {
        GitFixture code;
        code.init();
        QDir().mkpath(code.path(u".gitlab"_s));
        const QString outside = code.path(u"../outside"_s);
        QVERIFY(QFile::link(outside, code.path(u".gitlab/secrets.yml"_s)));
        QVERIFY(!proposeGuards(code.root()));
        QVERIFY(!QFile::exists(outside));
    }

    void needsARepository()
    {
        const QTemporaryDir folder;
        const auto none = proposeGuards(folder.path());
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
        GitFixture bare;
        bare.init({u"--bare"_s});
        QVERIFY(!proposeGuards(bare.root()));
    }
};

// What the program sets up itself, with the two lines that it asks to be added.
void TestGuards::passesWhatItWrites()
{
    QTemporaryDir folder;
    test::writeTo(folder.filePath(u".gitlab/secrets.yml"_s), gitLabJob());
    QCOMPARE(test::codesOf(test::look(ciScanCheck(), folder.path())), QStringList{u"no_scan medium"_s});
    test::writeTo(folder.filePath(u".gitlab-ci.yml"_s), "include:\n  - local: .gitlab/secrets.yml\n");
    const Judged judged = test::look(ciScanCheck(), folder.path());
    QCOMPARE(judged.outcome, Outcome::Pass);
    QVERIFY(judged.summary.contains(".gitlab/secrets.yml"_L1));
}

QTEST_GUILESS_MAIN(TestGuards)
#include "tst_guards.moc"
