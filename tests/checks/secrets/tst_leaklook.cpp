// The checks of secrets in code, in its history, in built files and in app packages, on real folders and repositories.
#include "checks/secrets/apppackage.h"
#include "checks/secrets/buildoutput.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/history.h"
#include "checks/secrets/leaklook.h"
#include "checks/secrets/tree.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/programsmade.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/secrets/zipmade.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray line(const std::string &key)
{
    return QByteArray::fromStdString("const key = \"" + key + "\";\n");
}

class RunOf
{
public:
    explicit RunOf(std::vector<LocalSource> sources, Deadline deadline = Deadline::in(std::chrono::minutes(1)))
        : m_seen({}, token, deadline, nullptr)
    {
        m_facts.sources = std::move(sources);
        m_facts.fingerprintKey = QByteArray(32, 'k');
        m_seen.put(CompiledRules{}, Result<std::shared_ptr<const PatternSet>>(smallSet()));
    }

    // What the person answered.
    void say(CodeAudience audience) { m_facts.codeAudience = audience; }

    Judged of(const Check &check)
    {
        return check.look({m_seen, m_target, nullptr, m_policy, m_facts, QDateTime::currentDateTimeUtc()});
    }

    CancelToken token;

private:
    Observations m_seen;
    Target m_target;
    Policy m_policy;
    ProjectFacts m_facts;
};

QByteArray written(const Judged &judged)
{
    QByteArray all = QJsonDocument(judged.observed).toJson() + judged.summary.toUtf8() + judged.reason.toUtf8();
    for (const Finding &finding : judged.findings)
        all += QJsonDocument(toJson(finding)).toJson();
    return all;
}

} // namespace

class TestLeakLook : public QObject
{
    Q_OBJECT

private slots:
    void findsInTheTree()
    {
        GitFixture code;
        code.write(u"src/pay.js"_s, line(stripeKey(1)));
        code.write(u"src/again.js"_s, line(stripeKey(1)));
        code.write(u"src/clean.js"_s, "const key = process.env.STRIPE_KEY;\n");
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(said(judged), u"secret:critical"_s);
        QCOMPARE(judged.findings.front().location->file, u"src/again.js"_s);
        QCOMPARE(judged.observed.value(u"files"_s).toInt(), 3);
        QVERIFY(!written(judged).contains(QByteArray::fromStdString(stripeKey(1)).mid(10, 12)));
    }

    // A name is no line of a file, and it is shown without what it gives away.
    void findsInNames_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("behind");
        QTest::newRow("alone") << QString() << u".txt"_s;
        QTest::newRow("joined to words") << u"backup_"_s << u"_old.txt"_s;
        QTest::newRow("with hyphens") << u"backup-"_s << u"-old.txt"_s;
    }

    void findsInNames()
    {
        QFETCH(QString, before);
        QFETCH(QString, behind);
        GitFixture code;
        code.write(u"src/"_s + before + QString::fromStdString(stripeKey(7)) + behind, "hello\n");
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(said(judged), u"secret:critical"_s);
        const Finding &finding = judged.findings.front();
        QCOMPARE(finding.location->line, 0);
        QVERIFY2(finding.evidence.front().body.startsWith(u"in the name of src/"_s + before + u"sk_l"_s),
                 qPrintable(finding.evidence.front().body));
        QVERIFY(!written(judged).contains(QByteArray::fromStdString(stripeKey(7)).mid(10, 12)));
    }

    // The code of an app is compiled, and everybody who installs it has it; a program beside code is nobody's leak yet.
    void looksIntoCompiledCodeOfPackages()
    {
        GitFixture files;
        const QByteArray key = QByteArray::fromStdString(stripeKey(8));
        files.write(u"shop.apk"_s, zipMade({{"classes.dex", dexMade({"getString", key, "setText"})},
                                            {"res/icon.png", QByteArray("\x89PNG\r\n\x1a\n\0", 9)}}));
        files.write(u"server"_s, elfMade({key}));
        RunOf run({{SourceKind::Code, files.root(), {}}, {SourceKind::Package, files.path(u"shop.apk"_s), {}}});
        const Judged package = run.of(secretsAppPackageCheck());
        QCOMPARE(said(package), u"secret:critical"_s);
        QCOMPARE(package.findings.front().location->file, u"shop.apk!/classes.dex"_s);
        QCOMPARE(package.observed.value(u"programs"_s).toInt(), 1);
        QCOMPARE(package.observed.value(u"passed_over"_s).toInt(), 1);
        QVERIFY2(package.summary.contains(u"1 program"_s), qPrintable(package.summary));
        const Judged tree = run.of(secretsTreeCheck());
        QCOMPARE(said(tree), u"secret:critical"_s);
        QCOMPARE(tree.findings.front().location->file, u"shop.apk!/classes.dex"_s);
        QCOMPARE(tree.observed.value(u"programs"_s).toInt(), 1);
        QCOMPARE(tree.observed.value(u"passed_over"_s).toInt(), 2);
    }

    void looksIntoCompiledCodeOfBuilds()
    {
        GitFixture files;
        files.write(u"dist/server"_s, elfMade({QByteArray::fromStdString(stripeKey(8))}));
        files.write(u"dist/index.html"_s, "<p>hello</p>\n");
        const Judged build = RunOf({{SourceKind::Build, files.path(u"dist"_s), {}}}).of(secretsBuildOutputCheck());
        QCOMPARE(said(build), u"secret:critical"_s);
        QCOMPARE(build.findings.front().location->file, u"server"_s);
    }

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

    void searchesNothingWhereNothingIsText()
    {
        GitFixture files;
        files.write(u"icon.png"_s, QByteArray("\x89PNG\r\n\x1a\n\0", 9));
        const Judged judged = RunOf({{SourceKind::Code, files.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(judged.outcome, Outcome::NotRun);
        QVERIFY2(judged.reason.contains(u"is text"_s), qPrintable(judged.reason));
    }

    // What one run compiled the next one reads.
    void keepsWhatItCompiled()
    {
        const QTemporaryDir folder;
        const std::function<PatternKeeping()> place = [&] {
            return PatternKeeping{folder.path(), QByteArray(32, 'k')};
        };
        const auto look = [&] {
            Observations seen({}, CancelToken(), Deadline::in(std::chrono::minutes(1)), nullptr);
            seen.put(PatternsKeptIn{}, place);
            const auto rules = seen.ask(CompiledRules{});
            TextScanner scanner = TextScanner::make(**rules, {.key = "key", .token = {}}).value();
            return scanner.scan(stripeKey(9)).hits.size();
        };
        QCOMPARE(look(), 1U);
        QHash<QString, QDateTime> kept;
        for (const QFileInfo &file : QDir(folder.path()).entryInfoList(QDir::Files))
            kept.insert(file.fileName(), file.lastModified());
        QVERIFY2(kept.size() >= 2, qPrintable(QString::number(kept.size()))); // the keywords, and what held this one
        QCOMPARE(look(), 1U);
        for (const QFileInfo &file : QDir(folder.path()).entryInfoList(QDir::Files))
            QCOMPARE(file.lastModified(), kept.value(file.fileName()));
    }

    // A file may be called after the key that it holds.
    void masksNames()
    {
        GitFixture code;
        code.init();
        code.write(QString::fromStdString("backup_" + stripeKey(6) + ".txt"), line(stripeKey(6)));
        code.write(QString::fromStdString(stripeKey(6) + ".txt"), line(stripeKey(6)));
        code.git({u"add"_s, u"-A"_s});
        code.git({u"commit"_s, u"-qm"_s, u"Begin"_s});
        code.git({u"rm"_s, u"-q"_s, u"--cached"_s, u"-r"_s, u"."_s});
        code.git({u"commit"_s, u"-qm"_s, u"Remove"_s, u"--allow-empty"_s});
        RunOf run({{SourceKind::Code, code.root(), {}}});
        for (const Check &check : {secretsTreeCheck(), secretsHistoryCheck()})
            QVERIFY(!written(run.of(check)).contains(QByteArray::fromStdString(stripeKey(6)).mid(10, 12)));
        QCOMPARE(said(run.of(secretsTreeCheck())), u"secret:critical"_s);
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

    // Nobody writes into the pipe: it must not be opened.
    void waitsForNoPipe()
    {
        GitFixture code;
        code.init();
        QCOMPARE(::mkfifo(QFile::encodeName(code.path(u".gitignore"_s)).constData(), 0600), 0);
        code.write(u".env"_s, line(stripeKey(11)));
        QCOMPARE(said(RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck())), u"secret:critical"_s);
    }

    void cleanTreePasses()
    {
        GitFixture code;
        code.write(u"index.js"_s, "export const answer = 42;\n");
        QCOMPARE(said(RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck())), u"pass"_s);
    }

    // The same key in two folders is one secret, and each place says where it is.
    void severalSources()
    {
        GitFixture one(u"one"_s);
        GitFixture two(u"two"_s);
        one.write(u"a.js"_s, line(stripeKey(2)));
        two.write(u"b.js"_s, line(stripeKey(2)));
        const Judged judged =
            RunOf({{SourceKind::Code, one.root(), {}}, {SourceKind::Code, two.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(said(judged), u"secret:critical"_s);
        QCOMPARE(judged.findings.front().location->file, one.path(u"a.js"_s));
    }

    // A folder inside of another one, and two folders of one repository.
    void readsNothingTwice()
    {
        GitFixture code;
        code.init();
        code.write(u"web/old.js"_s, line(stripeKey(12)));
        code.write(u"api/new.js"_s, line(stripeKey(13)));
        code.commitAll(u"Begin"_s);
        code.git({u"rm"_s, u"-q"_s, u"web/old.js"_s});
        code.write(u"web/index.js"_s, "x\n");
        code.commitAll(u"Remove"_s);
        const LocalSource web{SourceKind::Code, code.path(u"web"_s), {}};
        const LocalSource api{SourceKind::Code, code.path(u"api"_s), {}};
        const Judged history = RunOf({web, api}).of(secretsHistoryCheck());
        QCOMPARE(said(history), u"secret:critical"_s);
        QCOMPARE(history.observed.value(u"secrets"_s)[0]["places"_L1].toInt(), 1);
        const Judged tree = RunOf({{SourceKind::Code, code.root(), {}}, api}).of(secretsTreeCheck());
        QCOMPARE(tree.observed.value(u"secrets"_s)[0]["places"_L1].toInt(), 1);
    }

    // Two repositories have files of the same name.
    void tellsHistoriesApart()
    {
        GitFixture one(u"one"_s);
        GitFixture two(u"two"_s);
        for (const GitFixture *code : {&one, &two}) {
            code->init();
            code->write(u"old.js"_s, line(stripeKey(code == &one ? 14 : 15)));
            code->commitAll(u"Begin"_s);
            code->git({u"rm"_s, u"-q"_s, u"old.js"_s});
            code->commitAll(u"Remove"_s);
        }
        const Judged judged =
            RunOf({{SourceKind::Code, one.root(), {}}, {SourceKind::Code, two.root(), {}}}).of(secretsHistoryCheck());
        QStringList files;
        for (const Finding &finding : judged.findings)
            files << finding.location->file.section(u'/', -2);
        files.sort();
        QCOMPARE(files, (QStringList{u"one/old.js"_s, u"two/old.js"_s}));
    }

    void missingFolderIsNoPass()
    {
        const Judged judged = RunOf({{SourceKind::Code, u"/nowhere/at/all"_s, {}}}).of(secretsTreeCheck());
        QCOMPARE(judged.outcome, Outcome::Error);
        QVERIFY(!judged.reason.isEmpty());
        const Judged history = RunOf({{SourceKind::Code, u"/nowhere/at/all"_s, {}}}).of(secretsHistoryCheck());
        QCOMPARE(history.outcome, Outcome::Error);
    }

    // One of two can be looked at: what it holds counts, and the other is told.
    void missingFolderBesideAnother()
    {
        GitFixture code;
        code.write(u"index.js"_s, "export const answer = 42;\n");
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}, {SourceKind::Code, u"/nowhere/at/all"_s, {}}})
                                  .of(secretsTreeCheck());
        QCOMPARE(judged.outcome, Outcome::Info);
        QVERIFY2(judged.reason.contains(u"/nowhere/at/all"_s), qPrintable(judged.reason));
    }

    void findsWhatWasDeleted()
    {
        GitFixture code;
        code.init();
        code.write(u"old.js"_s, line(stripeKey(3)));
        code.write(u"kept.js"_s, line(stripeKey(4)));
        code.git({u"add"_s, u"-A"_s});
        code.git({u"commit"_s, u"-qm"_s, u"Begin"_s});
        code.git({u"rm"_s, u"-q"_s, u"old.js"_s});
        code.git({u"commit"_s, u"-qm"_s, u"Remove the old key"_s});
        RunOf run({{SourceKind::Code, code.root(), {}}});
        const Judged judged = run.of(secretsHistoryCheck());
        QCOMPARE(said(judged), u"secret:critical"_s);
        const Finding &finding = judged.findings.front();
        QCOMPARE(finding.location->file, u"old.js"_s);
        QCOMPARE(finding.location->commit.toLatin1(), code.git({u"rev-list"_s, u"--max-parents=0"_s, u"HEAD"_s}));
        QVERIFY2(finding.whatWeSaw.contains(u"Ada Example"_s), qPrintable(finding.whatWeSaw));
        QCOMPARE(judged.observed.value(u"also_in_files"_s).toInt(), 1);
        QCOMPARE(said(run.of(secretsTreeCheck())), u"secret:critical"_s); // the one that was kept
    }

    // A folder of two repositories, and a clone that the outer one does not know of; installed packages are others'.
    void looksAtRepositoriesBelow_data()
    {
        QTest::addColumn<bool>("isOuterOne");
        QTest::newRow("of a plain folder") << false;
        QTest::newRow("of a repository") << true;
    }

    void looksAtRepositoriesBelow()
    {
        QFETCH(bool, isOuterOne);
        GitFixture outer(u"shop"_s);
        outer.write(u"README"_s, "Shop\n");
        if (isOuterOne) {
            outer.init();
            outer.commitAll(u"Begin"_s);
        }
        int number = 20;
        for (const QString &name : {u"backend"_s, u"frontend"_s, u"node_modules/left"_s}) {
            outer.git({u"init"_s, u"-q"_s, name});
            outer.write(name + u"/old.js"_s, line(stripeKey(static_cast<unsigned>(++number))));
            outer.git({u"-C"_s, name, u"add"_s, u"-A"_s});
            outer.git({u"-C"_s, name, u"commit"_s, u"-qm"_s, u"Begin"_s});
            outer.git({u"-C"_s, name, u"rm"_s, u"-q"_s, u"old.js"_s});
            outer.git({u"-C"_s, name, u"commit"_s, u"-qm"_s, u"Remove"_s});
        }
        const Judged judged = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QStringList files;
        for (const Finding &finding : judged.findings)
            files << finding.location->file.section(u'/', -2);
        files.sort();
        QCOMPARE(files, (QStringList{u"backend/old.js"_s, u"frontend/old.js"_s}));
    }

    void tellsTheOneBelow()
    {
        GitFixture outer(u"shop"_s);
        outer.git({u"init"_s, u"-q"_s, u"api"_s});
        outer.write(u"api/old.js"_s, line(stripeKey(24)));
        outer.git({u"-C"_s, u"api"_s, u"add"_s, u"-A"_s});
        outer.git({u"-C"_s, u"api"_s, u"commit"_s, u"-qm"_s, u"Begin"_s});
        outer.git({u"-C"_s, u"api"_s, u"rm"_s, u"-q"_s, u"old.js"_s});
        outer.git({u"-C"_s, u"api"_s, u"commit"_s, u"-qm"_s, u"Remove"_s});
        const Judged judged = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(judged.findings.size(), 1U);
        QVERIFY2(judged.findings.front().location->file.endsWith(u"/api/old.js"_s),
                 qPrintable(judged.findings.front().location->file));
    }

    // git takes it for none, too; but something was there.
    void saysWhatIsNoRepositoryAnyMore()
    {
        GitFixture code;
        code.init();
        code.write(u"index.js"_s, "export const answer = 42;\n");
        code.commitAll(u"Begin"_s);
        QVERIFY(QFile::remove(code.path(u".git/HEAD"_s)));
        const Judged alone = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(alone.outcome, Outcome::NotRun);
        QVERIFY2(alone.reason.contains(u".git"_s), qPrintable(alone.reason));
        GitFixture outer(u"shop"_s);
        outer.init();
        outer.write(u"index.js"_s, "export const answer = 42;\n");
        outer.commitAll(u"Begin"_s);
        outer.write(u"lib/.git/config"_s, "[core]\n");
        const Judged beside = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(beside.outcome, Outcome::Info);
        QVERIFY2(beside.reason.contains(u"lib"_s), qPrintable(beside.reason));
    }

    // It has a history of its own, and that was read; one that is not on this machine was not.
    void namesNoSubmoduleThatWasLookedAt()
    {
        GitFixture outer(u"shop"_s);
        outer.init();
        outer.git({u"init"_s, u"-q"_s, u"libs/here"_s});
        outer.write(u"libs/here/old.js"_s, line(stripeKey(25)));
        outer.git({u"-C"_s, u"libs/here"_s, u"add"_s, u"-A"_s});
        outer.git({u"-C"_s, u"libs/here"_s, u"commit"_s, u"-qm"_s, u"Begin"_s});
        outer.git({u"-C"_s, u"libs/here"_s, u"rm"_s, u"-q"_s, u"old.js"_s});
        outer.git({u"-C"_s, u"libs/here"_s, u"commit"_s, u"-qm"_s, u"Remove"_s});
        outer.write(u".gitmodules"_s, "[submodule \"here\"]\n\tpath = libs/here\n\turl = ../here\n"
                                      "[submodule \"away\"]\n\tpath = libs/away\n\turl = ../away\n");
        outer.commitAll(u"Begin"_s);
        const Judged judged = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(said(judged), u"secret:critical"_s);
        const QByteArray gaps = QJsonDocument(judged.observed.value(u"gaps"_s).toArray()).toJson();
        QVERIFY2(gaps.contains("libs/away") && !gaps.contains("libs/here"), gaps.constData());
    }

    // What leads to a value decides how it is taken out, and the finding says so.
    void tellsWhatHoldsIt_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("heldBy");
        QTest::addColumn<int>("commits");
        QTest::addColumn<QString>("step");    // of the evidence
        QTest::addColumn<QString>("notStep"); // that would be wrong
        const QString rewrite = u"git filter-repo --replace-text"_s;
        QTest::newRow("branch") << u"branch"_s << u"secret"_s << u"branch"_s << 2 << rewrite << u"git stash drop"_s;
        QTest::newRow("branch that was pushed")
            << u"pushed"_s << u"secret"_s << u"pushed_branch"_s << 2 << rewrite << u"reflog expire"_s;
        QTest::newRow("tag alone") << u"tag"_s << u"secret"_s << u"tag"_s << 1 << rewrite << u"reflog expire"_s;
        QTest::newRow("tag and branch") << u"both"_s << u"secret"_s << u"branch tag"_s << 2 << rewrite
                                        << u"reflog expire"_s;
        QTest::newRow("note") << u"note"_s << u"secret"_s << u"note"_s << 1 << rewrite << u"git stash drop"_s;
        QTest::newRow("message") << u"message"_s << u"secret"_s << u"branch"_s << 1
                                 << u"git filter-repo --replace-message"_s << u"--replace-text"_s;
        QTest::newRow("stash") << u"stash"_s << u"secret_kept_by_git"_s << u"stash"_s << 1 << u"git stash drop"_s
                               << rewrite;
        QTest::newRow("older stash") << u"older stash"_s << u"secret_kept_by_git"_s << u"stash"_s << 1
                                     << u"git stash drop"_s << rewrite;
        QTest::newRow("reflog") << u"reflog"_s << u"secret_kept_by_git"_s << u"reflog"_s << 1
                                << u"git reflog expire --expire=now --all && git gc --prune=now"_s << rewrite;
        QTest::newRow("nothing") << u"nothing"_s << u"secret_kept_by_git"_s << u"nothing"_s << 1
                                 << u"git gc --prune=now"_s << u"reflog expire"_s;
        QTest::newRow("loose object") << u"loose"_s << u"secret_kept_by_git"_s << QString() << 0
                                      << u"git gc --prune=now"_s << rewrite;
        QTest::newRow("git's settings") << u"config"_s << u"secret_in_git_config"_s << QString() << 0
                                        << u"git remote set-url"_s << rewrite;
    }

    static void hide(const GitFixture &code, const QString &how)
    {
        const QByteArray secret = line(stripeKey(21));
        const auto commitSecret = [&] {
            code.write(u"old.js"_s, secret);
            code.commitAll(u"Add"_s);
        };
        const auto takeOut = [&] {
            code.git({u"rm"_s, u"-q"_s, u"old.js"_s});
            code.commitAll(u"Remove"_s);
        };
        if (how == "branch"_L1 || how == "pushed"_L1) {
            commitSecret();
            code.commitAll(u"Something else"_s);
            takeOut();
            if (how == "pushed"_L1)
                code.git({u"update-ref"_s, u"refs/remotes/origin/main"_s, u"HEAD"_s});
        } else if (how == "tag"_L1) {
            code.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"side"_s});
            commitSecret();
            code.git({u"tag"_s, u"v1"_s});
            code.git({u"checkout"_s, u"-q"_s, u"main"_s});
            code.git({u"branch"_s, u"-q"_s, u"-D"_s, u"side"_s});
        } else if (how == "both"_L1) {
            commitSecret();
            code.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"side"_s});
            code.commitAll(u"Of the side"_s);
            code.git({u"tag"_s, u"v1"_s});
            code.git({u"checkout"_s, u"-q"_s, u"main"_s});
            code.git({u"branch"_s, u"-q"_s, u"-D"_s, u"side"_s});
            takeOut();
        } else if (how == "note"_L1) {
            code.git({u"notes"_s, u"add"_s, u"-m"_s, QString::fromUtf8(secret)});
        } else if (how == "message"_L1) {
            code.commitAll(QString::fromUtf8(secret));
        } else if (how == "stash"_L1 || how == "older stash"_L1) {
            code.write(u"kept.js"_s, secret);
            code.git({u"stash"_s, u"push"_s, u"-q"_s});
            if (how == "older stash"_L1) {
                code.write(u"kept.js"_s, "const b = 2;\n");
                code.git({u"stash"_s, u"push"_s, u"-q"_s});
            }
        } else if (how == "reflog"_L1 || how == "nothing"_L1) {
            commitSecret();
            code.git({u"reset"_s, u"-q"_s, u"--hard"_s, u"HEAD~1"_s});
            if (how == "nothing"_L1) {
                QFile::remove(code.path(u".git/ORIG_HEAD"_s));
                code.git({u"reflog"_s, u"expire"_s, u"--expire=now"_s, u"--all"_s});
            }
        } else if (how == "loose"_L1) {
            code.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, secret);
        } else {
            code.git({u"config"_s, u"remote.origin.url"_s,
                      u"https://me:"_s + QString::fromStdString(stripeKey(21)) + u"@git.example/x.git"_s});
        }
    }

    void tellsWhatHoldsIt()
    {
        QFETCH(QString, how);
        QFETCH(QString, step);
        QFETCH(QString, notStep);
        const GitFixture code;
        code.init();
        code.write(u"kept.js"_s, "const a = 1;\n");
        code.commitAll(u"Begin"_s);
        hide(code, how);
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(judged.findings.size(), size_t(1));
        const Finding &finding = judged.findings.front();
        QTEST(finding.code, "code");
        const QJsonObject row = judged.observed["secrets"_L1][0].toObject();
        QStringList heldBy;
        for (const QJsonValue word : row["held_by"_L1].toArray())
            heldBy << word.toString();
        QTEST(heldBy.join(u' '), "heldBy");
        QTEST(row["commits"_L1].toInt(), "commits");
        QCOMPARE(row["in_head"_L1].toBool(), false);
        QCOMPARE(finding.evidence.size(), size_t(2));
        const QString steps = finding.evidence[1].body;
        QVERIFY2(steps.contains(step) && !steps.contains(notStep), qPrintable(steps));
        QVERIFY2(!finding.location->file.isEmpty(), "a place has a name");
        QVERIFY(!written(judged).contains(QByteArray::fromStdString(stripeKey(21))));
    }

    // The files of now have been cleaned, and nobody has committed that.
    void tellsWhatHeadStillHas()
    {
        GitFixture code;
        code.init();
        code.write(u"pay.js"_s, line(stripeKey(22)));
        const QByteArray first = code.commitAll(u"Begin"_s);
        code.commitAll(u"Something else"_s);
        code.write(u"pay.js"_s, "const a = 1;\n");
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsHistoryCheck());
        const QString saw = judged.findings.at(0).whatWeSaw;
        for (const QString &part : {u"since commit "_s + QString::fromLatin1(first.first(10)), u"by Ada Example"_s,
                                    u"It still stands in HEAD."_s, u"2 commit"_s, u"held by: a branch."_s})
            QVERIFY2(saw.contains(part), qPrintable(saw));
        const QString steps = judged.findings.at(0).evidence.at(1).body;
        QVERIFY2(steps.contains(u"git show "_s + QString::fromLatin1(first.first(12)) + u":pay.js"_s),
                 qPrintable(steps));
        QVERIFY(judged.findings.at(0).evidence.at(0).body.contains("HEAD still has it"_L1));
    }

    void hearsWhoCanReadTheCode()
    {
        GitFixture code;
        code.init();
        code.write(u"old.js"_s, line(stripeKey(24)));
        code.commitAll(u"Begin"_s);
        RunOf run({{SourceKind::Code, code.root(), {}}});
        QVERIFY(run.of(secretsTreeCheck()).findings.at(0).whatWeSaw.contains("Is the repository"_L1));
        run.say(CodeAudience::Public);
        QVERIFY(run.of(secretsTreeCheck()).findings.at(0).whatWeSaw.contains("count it as taken"_L1));
        QFile::remove(code.path(u"old.js"_s));
        RunOf later({{SourceKind::Code, code.root(), {}}});
        later.say(CodeAudience::Team);
        QVERIFY(later.of(secretsHistoryCheck()).findings.at(0).whatWeSaw.contains("Only your team"_L1));
    }

    // Two files of the same commits are not four commits.
    void countsCommitsOfSeveralPlaces()
    {
        GitFixture code;
        code.init();
        code.write(u"a.js"_s, line(stripeKey(23)));
        code.write(u"b.js"_s, "\n" + line(stripeKey(23)));
        code.commitAll(u"Begin"_s);
        code.commitAll(u"Something else"_s);
        code.git({u"rm"_s, u"-q"_s, u"a.js"_s, u"b.js"_s});
        code.commitAll(u"Remove"_s);
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsHistoryCheck());
        QVERIFY2(judged.findings.at(0).whatWeSaw.contains("At least 2 commit"_L1),
                 qPrintable(judged.findings.at(0).whatWeSaw));
        QCOMPARE(judged.observed["secrets"_L1][0]["commits"_L1].toInt(), 2);
    }

    void folderWithoutHistory()
    {
        const QTemporaryDir folder;
        const Judged judged = RunOf({{SourceKind::Code, folder.path(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(judged.outcome, Outcome::NotApplicable);
    }

    void readsBuiltFilesAndPackages()
    {
        GitFixture built;
        built.write(u"assets/index-4f.js"_s, line(stripeKey(5)));
        QCOMPARE(said(RunOf({{SourceKind::Build, built.root(), {}}}).of(secretsBuildOutputCheck())),
                 u"secret:critical"_s);
        QCOMPARE(said(RunOf({{SourceKind::Package, built.root(), {}}}).of(secretsAppPackageCheck())),
                 u"secret:critical"_s);
    }

    void timeThatIsOverIsNoPass()
    {
        GitFixture code;
        code.write(u"index.js"_s, "export const answer = 42;\n");
        RunOf run({{SourceKind::Code, code.root(), {}}}, Deadline::in(std::chrono::milliseconds(0)));
        QVERIFY(run.of(secretsTreeCheck()).outcome != Outcome::Pass);
    }

    // One file that is named itself: a terabyte of text takes longer than there is.
    void timeThatEndsMidwayIsNoPass()
    {
        GitFixture files;
        files.write(u"app.txt"_s, QByteArray(10'000, 'a'));
        QCOMPARE(::truncate(QFile::encodeName(files.path(u"app.txt"_s)).constData(), off_t(1) << 40), 0);
        RunOf run({{SourceKind::Package, files.path(u"app.txt"_s), {}}}, Deadline::in(std::chrono::milliseconds(700)));
        const Judged judged = run.of(secretsAppPackageCheck());
        QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(judged.summary));
        QVERIFY2(judged.reason.contains(u"time"_s), qPrintable(judged.reason));
    }

    void stoppedIsNoPass()
    {
        GitFixture code;
        code.write(u"index.js"_s, "export const answer = 42;\n");
        RunOf run({{SourceKind::Code, code.root(), {}}});
        run.token.cancel();
        QVERIFY(run.of(secretsTreeCheck()).outcome != Outcome::Pass);
        QVERIFY(run.of(secretsHistoryCheck()).outcome != Outcome::Pass);
    }
};

QTEST_GUILESS_MAIN(TestLeakLook)
#include "tst_leaklook.moc"
