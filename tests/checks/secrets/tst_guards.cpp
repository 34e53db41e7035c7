// Guards against secrets: what is written, what is left alone, and that the hook stops a commit.
#include "checks/secrets/ciscan.h"
#include "checks/secrets/guardfiles.h"
#include "checks/secrets/guardtexts.h"
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
    void hooks_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<bool>("writable");
        QTest::addColumn<QByteArray>("keeps");
        QTest::newRow("none") << QByteArray() << true << QByteArray("#!/bin/sh");
        QTest::newRow("a shell's") << QByteArray("#!/bin/bash\nnpm test\n") << true << QByteArray("npm test\n");
        QTest::newRow("found by env") << QByteArray("#!/usr/bin/env bash\nnpm test\n") << true
                                      << QByteArray("npm test\n");
        QTest::newRow("with options") << QByteArray("#!/bin/sh -e\nnpm test\n") << true << QByteArray("#!/bin/sh -e\n");
        QTest::newRow("its first line alone") << QByteArray("#!/bin/sh") << true << QByteArray("#!/bin/sh\n");
        QTest::newRow("python") << QByteArray("#!/usr/bin/env python3\nprint(1)\n") << false << QByteArray();
        QTest::newRow("a program") << QByteArray("\x7f"
                                                 "ELF")
                                   << false << QByteArray();
        QTest::newRow("husky's, without a first line") << QByteArray("npx lint-staged\n") << false << QByteArray();
    }

    void hooks()
    {
        QFETCH(QByteArray, before);
        QFETCH(bool, writable);
        QFETCH(QByteArray, keeps);
        const auto after = preCommitHook(before);
        QCOMPARE(after.has_value(), writable);
        if (!after)
            return;
        QVERIFY(after->contains(keeps));
        QVERIFY(callsSecrets(*after));
        QCOMPARE(preCommitHook(*after), *after); // twice is once
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
        const QByteArray call = "launch-cockpit secrets --since " + base;
        QVERIFY2(said().endsWith(call + " --no-progress . "), said().constData());
        test::writeTo(folder.filePath(u".launch-cockpit-baseline.json"_s), "{}");
        QVERIFY2(said().endsWith(call + " --baseline .launch-cockpit-baseline.json --no-progress . "),
                 said().constData());
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
        QVERIFY(contentOf(tools + u"/called"_s).startsWith("secrets --staged"));
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
