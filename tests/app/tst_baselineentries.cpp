// What goes into the baseline that `launch-cockpit secrets` writes, through the built program: values that a commit
// has, and nothing else, for everybody gets the file.
#include "tests/app/baselinescene.h"
#include "tests/app/builtprogram.h"
#include "tests/app/freshcode.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/zipmade.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestBaselineEntries : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void init() { QVERIFY(beginFresh(m_warm, m_program, m_code, u".gitignore"_s, ".env\nbuild/\n")); }

    // Nobody else has it, and the file is for everybody: only what a commit has goes in.
    void leavesOutWhatNoCommitHas_data()
    {
        QTest::addColumn<QStringList>("steps");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("entries");
        QTest::addColumn<int>("leftOut");
        const QStringList history{u"--history"_s};
        const auto row = [](const char *name, const QStringList &steps, const QStringList &options, int entries,
                            int leftOut) { QTest::newRow(name) << steps << options << entries << leftOut; };
        row("ignored", {u"write .env"_s}, {}, 0, 1);
        row("ignored as a whole folder", {u"write build/a.ini"_s}, {}, 0, 1);
        row("not tracked yet", {u"write app.ini"_s}, {}, 0, 1);
        row("staged", {u"write app.ini"_s, u"add -A"_s}, {}, 0, 1);
        row("staged, with the history", {u"write app.ini"_s, u"add -A"_s}, history, 0, 1);
        row("committed", {u"write app.ini"_s, u"commit"_s}, {}, 1, 0);
        row("committed, in a folder", {u"write config/app.ini"_s, u"commit"_s}, {}, 1, 0);
        row("committed, and ignored by name", {u"write .env"_s, u"add -f .env"_s, u"commit"_s}, {}, 1, 0);
        row("in a file whose commit has another value", {u"other app.ini"_s, u"commit"_s, u"write app.ini"_s}, {}, 0,
            1);
        row("the same in the index", {u"other app.ini"_s, u"commit"_s, u"write app.ini"_s, u"add -A"_s}, {}, 0, 1);
        row("in a file that was changed around it", {u"write app.ini"_s, u"commit"_s, u"append app.ini"_s}, {}, 1, 0);
        row("here and in a commit", {u"write app.ini"_s, u"commit"_s, u"write new.ini"_s}, {}, 1, 0);
        row("in an older commit, asked of the last",
            {u"write app.ini"_s, u"commit"_s, u"rm -q app.ini"_s, u"commit"_s, u"write new.ini"_s}, {}, 0, 1);
        row("in an older commit",
            {u"write app.ini"_s, u"commit"_s, u"rm -q app.ini"_s, u"commit"_s, u"write new.ini"_s}, history, 1, 0);
        row("in the commit of a tag alone", {u"write app.ini"_s, u"commit"_s, u"tag v1"_s, u"reset -q --hard HEAD~1"_s},
            history, 1, 0);
        row("in a message", {u"message"_s}, history, 1, 0);
        row("in a stash", {u"write app.ini"_s, u"add -A"_s, u"stash -q"_s}, history, 0, 1);
        row("in a commit that nothing leads to", {u"write app.ini"_s, u"commit"_s, u"reset -q --hard HEAD~1"_s},
            history, 0, 1);
        row("in an object that nothing leads to", {u"write app.ini"_s, u"add -A"_s, u"rm -q -f app.ini"_s}, history, 0,
            1);
        row("in a commit that HEAD alone leads to", {u"checkout -q --detach"_s, u"write app.ini"_s, u"commit"_s},
            history, 1, 0);
        row("in a repository that cannot be asked", {u"write app.ini"_s, u"commit"_s, u"break"_s}, {}, 0, 1);
        row("in settings of the repository", {u"config shop.url https://ada:Sommer2024!@shop.example.com"_s}, history,
            0, 1);
        row("in another repository inside", {u"inner"_s}, {}, 0, 1);
        row("in a committed archive", {u"zip app.zip"_s, u"commit"_s}, {}, 1, 0);
        row("in an archive that is not committed", {u"zip app.zip"_s, u"add -A"_s}, {}, 0, 1);
        row("in a folder whose name ends as an archive's place does", {u"write wow!/app.ini"_s, u"commit"_s}, {}, 1, 0);
        row("in an archive in such a folder", {u"zip wow!/app.zip"_s, u"commit"_s}, {}, 1, 0);
        row("in such a folder, not committed", {u"write wow!/app.ini"_s}, {}, 0, 1);
        row("in such a folder, with the history", {u"write wow!/app.ini"_s, u"commit"_s}, history, 1, 0);
        row("before the first commit", {u"checkout -q --orphan new"_s, u"write app.ini"_s, u"add -A"_s}, {}, 0, 1);
    }

    void leavesOutWhatNoCommitHas()
    {
        QFETCH(QStringList, steps);
        QFETCH(QStringList, options);
        QFETCH(int, entries);
        QFETCH(int, leftOut);
        for (const QString &step : steps)
            take(step);
        const Ended ended = look(QStringList{u"--write-baseline"_s, m_code->path(kBaseline)} + options);
        QCOMPARE(ended.status, 0);
        QCOMPARE(baseline().value("accepted"_L1).toArray().size(), entries);
        QVERIFY2(ended.complaint.contains("1 value was not put into the baseline") == (leftOut == 1),
                 ended.complaint.constData());
    }

    // A file that only lies here is not named, either.
    void namesAPlaceThatOthersHave_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("of the last commit") << QStringList();
        QTest::newRow("of the history") << QStringList{u"--history"_s};
    }

    void namesAPlaceThatOthersHave()
    {
        QFETCH(QStringList, options);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->commitAll(u"settings"_s);
        m_code->write(u".env"_s, settingsWith(kPassword)); // which is before it, by its name
        m_code->write(u"app.ini"_s, "# Settings.\n" + settingsWith(kPassword));
        QCOMPARE(look(QStringList{u"--write-baseline"_s, m_code->path(kBaseline)} + options).status, 0);
        const QJsonArray accepted = baseline().value("accepted"_L1).toArray();
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(accepted[0]["file"_L1].toString(), u"app.ini"_s);
        QCOMPARE(accepted[0]["line"_L1].toInt(), 2);
    }

    // Nothing has a commit there, and nobody can say who gets the file.
    void leavesOutWhatStandsOutsideOfGit_data()
    {
        QTest::addColumn<bool>("isPipedIn");
        QTest::newRow("a folder without a repository") << false;
        QTest::newRow("standard input") << true;
    }

    void leavesOutWhatStandsOutsideOfGit()
    {
        QFETCH(bool, isPipedIn);
        const QString file = m_program->path(u"b.json"_s);
        QDir().mkpath(m_program->path(u"shop"_s));
        QFile settings(m_program->path(u"shop/app.ini"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly) && settings.write(settingsWith(kPassword)) > 0);
        settings.close();
        const auto process = m_program->prepared({u"secrets"_s, isPipedIn ? u"-"_s : m_program->path(u"shop"_s),
                                                  u"--write-baseline"_s, file, u"--no-progress"_s});
        process->start();
        process->write(isPipedIn ? settingsWith(kPassword) : QByteArray());
        process->closeWriteChannel();
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->exitCode(), 0);
        const QByteArray complaint = process->readAllStandardError();
        QVERIFY2(complaint.contains("1 value was not put into the baseline"), complaint.constData());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(QJsonDocument::fromJson(written.readAll()).object().value("accepted"_L1).toArray().isEmpty());
    }

    // What it accepted till now is not dropped in silence.
    void saysWhatIsNoLongerAccepted()
    {
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->commitAll(u"settings"_s);
        QCOMPARE(write().status, 0);
        m_code->git({u"rm"_s, u"-q"_s, u"app.ini"_s});
        m_code->commitAll(u"gone"_s);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        const QString file = m_code->path(kBaseline);
        const Ended ended = look({u"--baseline"_s, file, u"--write-baseline"_s, file});
        QVERIFY2(ended.complaint.contains("1 value was not put") &&
                     ended.complaint.contains("1 of them was accepted by the baseline before"),
                 ended.complaint.constData());
    }

    // The paths of a look with history begin at the root of the repository.
    void asksGitBelowItsRoot()
    {
        m_code->write(u"shop/.env"_s, settingsWith(kPassword));
        m_code->write(u"shop/app.ini"_s, settingsWith("Herbst2025!"));
        m_code->commitAll(u"shop"_s);
        const Ended ended = m_program->run(
            {u"secrets"_s, m_code->path(u"shop"_s), u"--history"_s, u"--write-baseline"_s, m_code->path(kBaseline)});
        QVERIFY2(ended.complaint.contains("1 value was not put into the baseline"), ended.complaint.constData());
        const QJsonArray accepted = baseline().value("accepted"_L1).toArray();
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(accepted[0]["file"_L1].toString(), u"shop/app.ini"_s);
    }

private:
    // One of a row's steps: a file with the password or another one, one that has it in a line more, a commit, else
    // git.
    void take(const QString &step) const
    {
        const QString name = step.section(u' ', 1);
        if (step.startsWith("write "_L1))
            m_code->write(name, settingsWith(kPassword));
        else if (step.startsWith("other "_L1))
            m_code->write(name, settingsWith("Herbst2025!"));
        else if (step.startsWith("append "_L1))
            m_code->write(name, "# Settings.\n" + settingsWith(kPassword));
        else if (step.startsWith("zip "_L1))
            m_code->write(name, test::zipMade({{"app.ini", settingsWith(kPassword)}}));
        else if (step == "commit"_L1)
            m_code->commitAll(u"step"_s);
        else if (step == "message"_L1)
            m_code->commitAll(QString::fromLatin1("say\n\n" + settingsWith(kPassword)));
        else if (step == "break"_L1)
            m_code->write(u".git/HEAD"_s, "nowhere\n");
        else if (step == "inner"_L1)
            takeInner();
        else
            m_code->git(step.split(u' '));
    }
    // A repository in a folder of this one: others may have the one without the other.
    void takeInner() const
    {
        m_code->write(u"inner/app.ini"_s, settingsWith(kPassword));
        const QString inner = m_code->path(u"inner"_s);
        m_code->git({u"init"_s, u"-q"_s, inner});
        m_code->git({u"-C"_s, inner, u"add"_s, u"-A"_s});
        m_code->git({u"-C"_s, inner, u"commit"_s, u"-q"_s, u"-m"_s, u"inner"_s});
    }
    QJsonObject baseline() const
    {
        QFile file(m_code->path(kBaseline));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    Ended write() const { return look({u"--write-baseline"_s, m_code->path(kBaseline)}); }
    Ended look(const QStringList &options) const
    {
        return m_program->run(QStringList{u"secrets"_s, m_code->root()} + options);
    }

    WarmHome m_warm;
    std::unique_ptr<BuiltProgram> m_program;
    std::unique_ptr<GitFixture> m_code;
};

QTEST_GUILESS_MAIN(TestBaselineEntries)
#include "tst_baselineentries.moc"
