// The checks of secrets in code, on real folders, and what all of them do.
#include "checks/secrets/history.h"
#include "checks/secrets/leaklook.h"
#include "checks/secrets/tree.h"
#include "tests/checks/secrets/leakruns.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

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

    void searchesNothingWhereNothingIsText()
    {
        GitFixture files;
        files.write(u"icon.png"_s, QByteArray("\x89PNG\r\n\x1a\n\0", 9));
        const Judged judged = RunOf({{SourceKind::Code, files.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(judged.outcome, Outcome::NotRun);
        QVERIFY2(judged.reason.contains(u"is a text that could be searched"_s), qPrintable(judged.reason));
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

    void timeThatIsOverIsNoPass()
    {
        GitFixture code;
        code.write(u"index.js"_s, "export const answer = 42;\n");
        RunOf run({{SourceKind::Code, code.root(), {}}}, Deadline::in(std::chrono::milliseconds(0)));
        QVERIFY(run.of(secretsTreeCheck()).outcome != Outcome::Pass);
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
