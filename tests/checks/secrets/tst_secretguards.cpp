// The list of guards against secrets, and which files are read for them.
#include "checks/secrets/ciscan.h"
#include "checks/secrets/coderoots.h"
#include "checks/secrets/smallfiles.h"
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
