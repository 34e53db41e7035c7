// The check of secrets in the history of code, on real repositories.
#include "checks/secrets/history.h"
#include "checks/secrets/tree.h"
#include "tests/checks/secrets/leakruns.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestLeakHistory : public QObject
{
    Q_OBJECT

private slots:
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
};

QTEST_GUILESS_MAIN(TestLeakHistory)
#include "tst_leakhistory.moc"
