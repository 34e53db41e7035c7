// Files of settings with secrets in them, by what git says of them.
#include "checks/secrets/buildoutput.h"
#include "checks/secrets/history.h"
#include "checks/secrets/tree.h"
#include "tests/checks/secrets/leakruns.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestLeakSettings : public QObject
{
    Q_OBJECT

private slots:
    // What stands behind a link is looked at where it leads, or not at all.
    void passesNoSettingsElsewhere_data()
    {
        QTest::addColumn<QString>("leadsTo");
        QTest::addColumn<QString>("name");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("settings outside") << u"../../shared/.env"_s << u".env"_s << Outcome::Info;
        QTest::newRow("a key outside") << u"../../shared/.env"_s << u"server.pem"_s << Outcome::Info;
        QTest::newRow("settings in the history's folder") << u"../.git/.env"_s << u".env"_s << Outcome::Info;
        QTest::newRow("settings inside") << u"../real.env"_s << u".env"_s << Outcome::Pass;
        QTest::newRow("settings that are not there") << u"../../shared/none"_s << u".env"_s << Outcome::Pass;
        QTest::newRow("another file outside") << u"../../shared/.env"_s << u"notes.txt"_s << Outcome::Pass;
    }

    void passesNoSettingsElsewhere()
    {
        QFETCH(QString, leadsTo);
        QFETCH(QString, name);
        QFETCH(Outcome, outcome);
        const QTemporaryDir folder;
        const auto write = [&](const QString &file) {
            QDir().mkpath(QFileInfo(folder.filePath(file)).absolutePath());
            QFile made(folder.filePath(file));
            QVERIFY(made.open(QIODevice::WriteOnly) && made.write("A=1\n") == 4);
        };
        for (const QString &file : {u"shared/.env"_s, u"shop/real.env"_s, u"shop/.git/.env"_s, u"shop/app/index.js"_s})
            write(file);
        QVERIFY(QFile::link(leadsTo, folder.filePath(u"shop/app/"_s + name)));
        const Judged judged = RunOf({{SourceKind::Code, folder.filePath(u"shop"_s), {}}}).of(secretsTreeCheck());
        QCOMPARE(judged.outcome, outcome);
        QCOMPARE(judged.reason.contains(u"app/"_s + name), outcome == Outcome::Info);
        QCOMPARE(judged.observed.value(u"links"_s).toInt(), 1);
    }

    // What git does not have is not in the code, and what it would take with the next command nearly is.
    void judgesSettingsFiles_data()
    {
        QTest::addColumn<bool>("inGit");
        QTest::addColumn<QByteArray>("ignored"); // .gitignore
        QTest::addColumn<QStringList>("added");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, bool inGit, const char *ignored, const QStringList &added,
                            const QString &file, const QString &expected) {
            QTest::newRow(name) << inGit << QByteArray(ignored) << added << file << expected;
        };
        const QString env = u".env"_s;
        row("ignored", true, ".env\n", {}, env, u"pass"_s);
        row("ignored, in a folder of its own", true, "*.env\n.env*\n", {}, u"web/.env.local"_s, u"pass"_s);
        row("ignored with its folder", true, "secret/\n", {}, u"secret/.env"_s, u"pass"_s);
        row("an ignored file of a key", true, "*.pem\n", {}, u"server.pem"_s, u"pass"_s);
        row("tracked", true, "", {env}, env, u"secret:critical"_s);
        row("tracked and ignored", true, ".env\n", {env}, env, u"secret:critical"_s);
        row("neither", true, "", {}, env, u"not_ignored:high"_s);
        row("taken out of the ignored", true, ".env*\n!.env.local\n", {}, u".env.local"_s, u"not_ignored:high"_s);
        row("no git", false, "", {}, env, u"outside_git:high"_s);
        row("no git, with a file for it", false, ".env\n", {}, env, u"outside_git:high"_s);
        row("ignored, and put online", true, ".env\n", {}, u"public/.env"_s, u"secret:critical"_s);
        row("ignored, for servers", true, ".next\n", {}, u".next/standalone/.env"_s, u"pass"_s);
        row("ignored, and no settings", true, "notes.txt\n", {}, u"notes.txt"_s, u"secret:critical"_s);
        row("a template, ignored", true, ".env*\n", {}, u".env.example"_s, u"secret:high"_s);
    }

    void judgesSettingsFiles()
    {
        QFETCH(bool, inGit);
        QFETCH(QByteArray, ignored);
        QFETCH(QStringList, added);
        QFETCH(QString, file);
        GitFixture code;
        if (inGit)
            code.init();
        code.write(u"index.js"_s, "export const answer = 42;\n");
        code.write(u".gitignore"_s, ignored);
        code.write(file, line(stripeKey(7)));
        for (const QString &one : added)
            code.git({u"add"_s, u"-f"_s, one});
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck());
        QTEST(said(judged), "expected");
        const bool isLeak = judged.findings.size() == 1 && judged.findings.front().code == u"secret"_s;
        QCOMPARE(judged.observed.value(u"secrets"_s).toArray().size(), isLeak ? 1 : 0); // others' inventory
        QCOMPARE(judged.observed.value(u"settings_files"_s).toArray().size(), isLeak ? 0 : 1);
        QVERIFY(!written(judged).contains(QByteArray::fromStdString(stripeKey(7)).mid(10, 12)));
        // The same file among what is handed out is a leak, whatever git says.
        QVERIFY(
            said(RunOf({{SourceKind::Build, code.root(), {}}}).of(secretsBuildOutputCheck())).startsWith(u"secret:"_s));
    }

    // What the guide has people do is enough.
    void passesAfterTheGuidesSteps()
    {
        GitFixture code;
        code.init();
        code.write(u".env"_s, line(stripeKey(8)));
        code.commitAll(u"Begin"_s);
        QCOMPARE(said(RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck())), u"secret:critical"_s);
        code.git({u"rm"_s, u"-q"_s, u"--cached"_s, u".env"_s});
        code.write(u".gitignore"_s, ".env\n");
        code.commitAll(u"Keep settings out"_s);
        RunOf run({{SourceKind::Code, code.root(), {}}});
        QCOMPARE(said(run.of(secretsTreeCheck())), u"pass"_s);
        QCOMPARE(said(run.of(secretsHistoryCheck())), u"secret:critical"_s); // others have it
    }

    void asksTheInnerRepository()
    {
        GitFixture outer;
        outer.init();
        outer.write(u".gitignore"_s, "inner/\n.env\n");
        outer.write(u"index.js"_s, "x\n");
        outer.write(u"inner/.env"_s, line(stripeKey(9)));
        outer.git({u"-C"_s, u"inner"_s, u"init"_s, u"-q"_s});
        outer.git({u"-C"_s, u"inner"_s, u"add"_s, u"-f"_s, u".env"_s});
        QCOMPARE(said(RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsTreeCheck())), u"secret:critical"_s);
    }

    // A home folder whose settings are in git ignores all the rest.
    void folderThatIsIgnoredAsAWholeIsOutsideGit()
    {
        GitFixture home;
        home.init();
        home.write(u".gitignore"_s, "*\n");
        home.write(u"shop/.env"_s, line(stripeKey(10)));
        QCOMPARE(said(RunOf({{SourceKind::Code, home.path(u"shop"_s), {}}}).of(secretsTreeCheck())),
                 u"outside_git:high"_s);
    }
};

QTEST_GUILESS_MAIN(TestLeakSettings)
#include "tst_leaksettings.moc"
