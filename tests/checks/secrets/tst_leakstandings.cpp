// What git knows of a secret that stands in the code of now: who brought it, who has seen it, and how it is taken out.
#include "checks/secrets/history.h"
#include "checks/secrets/leakhistory.h"
#include "checks/secrets/leaklook.h"
#include "checks/secrets/tree.h"
#include "models/carrieddecision.h"
#include "tests/checks/secrets/leakruns.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QString evidenceOf(const Finding &finding)
{
    QString text;
    for (const Evidence &piece : finding.evidence)
        text += piece.body + u'\n';
    return text;
}

LeakHistory reached(BlobKind kind, bool isInName, Holder holder)
{
    LeakHistory history{.first = CommitNote{QByteArray(40, 'a'), u"Ada Example"_s, {}, {}},
                        .path = "old.js",
                        .kind = kind,
                        .isInName = isInName,
                        .reach = Reach::References};
    history.holders.add(holder);
    history.commits = 1;
    return history;
}

} // namespace

class TestLeakStandings : public QObject
{
    Q_OBJECT

private slots:
    void saysWhoBroughtWhatStillStands()
    {
        GitFixture code;
        code.init();
        code.write(u"pay.js"_s, line(stripeKey(5)));
        const QByteArray commit = code.commitAll(u"Add payments"_s);
        code.commitAll(u"Something else"_s);
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(judged.findings.size(), 1u);
        const Finding &finding = judged.findings.front();
        const QString short12 = QString::fromLatin1(commit.left(12));
        for (const QString &words : {u"First in commit "_s + short12, u"by Ada Example."_s,
                                     u"It still stands in HEAD."_s, u"held by: a branch."_s})
            QVERIFY2(finding.whatWeSaw.contains(words), qPrintable(finding.whatWeSaw));
        const QString steps = evidenceOf(finding);
        for (const QString &step : {u"git show "_s + short12 + u":pay.js"_s, u"git filter-repo --replace-text"_s})
            QVERIFY2(steps.contains(step), qPrintable(steps));
        const QJsonObject row = judged.observed["secrets"_L1][0].toObject();
        QCOMPARE(row["commit"_L1].toString(), QString::fromLatin1(commit));
        QVERIFY(row["in_head"_L1].toBool());
        QCOMPARE(row["reach"_L1].toString(), u"references"_s);
        QVERIFY(!row.contains("outside_git"_L1));
    }

    // To read it all takes long, and a key for browsers is no finding.
    void asksTheHistoryForFindingsAlone()
    {
        std::string forBrowsers = stripeKey(6);
        forBrowsers.front() = 'p';
        GitFixture code;
        code.init();
        code.write(u"shop.js"_s, line(forBrowsers));
        code.commitAll(u"Add the shop"_s);
        const Judged alone = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(alone.observed["secrets"_L1].toArray().size(), 1);
        QVERIFY(!alone.observed["secrets"_L1][0].toObject().contains("commits"_L1));
        code.write(u"pay.js"_s, line(stripeKey(5)));
        code.commitAll(u"Add payments"_s);
        const Judged both = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(both.observed["secrets"_L1].toArray().size(), 2);
        for (const int row : {0, 1})
            QCOMPARE(both.observed["secrets"_L1][row]["commits"_L1].toInt(), row == 0 ? 1 : 2);
    }

    // Who brought it is not known then, and not said; that it stands there is.
    void aStopInTheHistoryLeavesTheFinding()
    {
        GitFixture code;
        code.init();
        code.write(u"pay.js"_s, line(stripeKey(5)));
        code.commitAll(u"Add payments"_s);
        RunOf run({{SourceKind::Code, code.root(), {}}});
        run.of({.id = u"files"_s,
                .look = [](const Look &look) { return leaksInSources(look, SourceKind::Code) ? Judged() : Judged(); }});
        run.token.cancel();
        const Judged judged = run.of(secretsTreeCheck());
        QCOMPARE(judged.findings.size(), 1u);
        const Finding &finding = judged.findings.front();
        QVERIFY2(!finding.whatWeSaw.contains("commit"_L1), qPrintable(finding.whatWeSaw));
        QVERIFY(!judged.observed["secrets"_L1][0].toObject().contains("commit"_L1));
    }

    // It is the same secret, whatever the finding about it is called now.
    void keepsWhatWasDecided()
    {
        GitFixture code;
        code.init();
        code.write(u"pay.js"_s, line(stripeKey(5)));
        code.commitAll(u"Add payments"_s);
        const std::vector<LocalSource> sources{{SourceKind::Code, code.root(), {}}};
        const Judged before = RunOf(sources).of(secretsTreeCheck());
        QCOMPARE(before.findings.size(), 1u);
        Finding inTree = before.findings.front();
        inTree.checkId = u"secrets.tree"_s;
        const std::map<QString, Decision> decisions{{inTree.id(), {.findingId = inTree.id()}}};
        const auto decided = [&](const QString &code) {
            const Judged now = RunOf(sources).of(secretsHistoryCheck());
            return std::ranges::any_of(now.findings, [&](Finding finding) {
                finding.checkId = u"secrets.history"_s;
                return finding.code == code && carriedDecision(finding, decisions);
            });
        };
        QVERIFY(QFile::remove(code.path(u"pay.js"_s)));
        code.commitAll(u"Take it out"_s);
        QVERIFY(decided(u"secret"_s));
        code.write(u"shop.js"_s, line(stripeKey(9))); // another one
        code.commitAll(u"Add the shop"_s);
        QVERIFY(QFile::remove(code.path(u"shop.js"_s)));
        code.git({u"reset"_s, u"-q"_s, u"--soft"_s, u"HEAD~2"_s});
        code.git({u"commit"_s, u"-q"_s, u"--amend"_s, u"--allow-empty"_s, u"-a"_s, u"-m"_s, u"Nothing"_s});
        QVERIFY(decided(u"secret_kept_by_git"_s));
    }

    // Public code shows what git has, and nothing else.
    void countsAsTakenWhatGitHas_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("committed") << u"committed"_s << true;
        QTest::newRow("not added yet") << u"new"_s << false;
        QTest::newRow("ignored") << u"ignored"_s << false;
        QTest::newRow("ignored now, and committed once") << u"once"_s << true;
        QTest::newRow("in two files, one of them committed") << u"both"_s << true;
        QTest::newRow("in no repository") << u"nowhere"_s << true;
    }

    void countsAsTakenWhatGitHas()
    {
        QFETCH(QString, how);
        QFETCH(bool, isTaken);
        GitFixture code;
        if (how != "nowhere"_L1)
            code.init();
        code.write(u"index.js"_s, "export const answer = 42;\n");
        if (how == "ignored"_L1)
            code.write(u".gitignore"_s, "scratch.js\n");
        const QByteArray secret = line(stripeKey(6));
        const bool isFirst = how == "committed"_L1 || how == "once"_L1 || how == "both"_L1;
        if (isFirst)
            code.write(how == "both"_L1 ? u"pay.js"_s : u"scratch.js"_s, secret);
        if (how != "nowhere"_L1)
            code.commitAll(u"Begin"_s);
        if (how == "once"_L1) {
            code.git({u"rm"_s, u"-q"_s, u"--cached"_s, u"scratch.js"_s});
            code.write(u".gitignore"_s, "scratch.js\n");
            code.commitAll(u"Keep it out"_s);
        }
        code.write(u"scratch.js"_s, secret);
        RunOf run({{SourceKind::Code, code.root(), {}}});
        run.say(CodeAudience::Public);
        const Judged judged = run.of(secretsTreeCheck());
        QCOMPARE(judged.findings.size(), 1u);
        const QString &saw = judged.findings.front().whatWeSaw;
        QCOMPARE(saw.contains(u"count it as taken"_s), isTaken);
        QCOMPARE(saw.contains(u"no commit has it"_s), how == "ignored"_L1);
        QCOMPARE(saw.contains(u"the next \"git add\" of all files takes it in"_s), how == "new"_L1);
        const bool isIgnored = how == "ignored"_L1 || how == "once"_L1;
        QCOMPARE(judged.observed["secrets"_L1][0]["outside_git"_L1].toString(), isIgnored         ? u"ignored"_s
                                                                                : how == "new"_L1 ? u"not_ignored"_s
                                                                                                  : QString());
        QCOMPARE(saw.contains(u"It still stands in HEAD."_s), how == "committed"_L1 || how == "both"_L1);
        QCOMPARE(saw.contains(u"It is gone from HEAD"_s), how == "once"_L1);
    }

    // What git could not be asked about is not said to be out of its reach.
    void saysThatAHistoryWasNotRead()
    {
        GitFixture code;
        code.init();
        code.write(u".gitignore"_s, "scratch.js\n");
        code.commitAll(u"Begin"_s);
        code.write(u"scratch.js"_s, line(stripeKey(8)));
        code.write(u"lib/.git"_s, "gitdir: ../nowhere\n"); // a repository that is none
        RunOf run({{SourceKind::Code, code.root(), {}}});
        run.say(CodeAudience::Public);
        const Judged judged = run.of(secretsTreeCheck());
        QCOMPARE(judged.findings.size(), 1u);
        const Finding &finding = judged.findings.front();
        QVERIFY2(finding.whatWeSaw.contains(u"count it as taken"_s), qPrintable(finding.whatWeSaw));
        QVERIFY2(!finding.whatWeSaw.contains(u"no commit has it"_s), qPrintable(finding.whatWeSaw));
    }

    // Both checks ask where git has the code: the folders are walked once in a run.
    void walksTheFoldersOnce()
    {
        GitFixture code(u"shop"_s);
        code.init();
        code.write(u"pay.js"_s, line(stripeKey(10)));
        code.commitAll(u"Begin"_s);
        RunOf run({{SourceKind::Code, code.root(), {}}});
        QCOMPARE(run.of(secretsTreeCheck()).findings.size(), 1u);
        const GitFixture later(u"later"_s);
        later.init();
        later.write(u"old.js"_s, line(stripeKey(11)));
        later.commitAll(u"Begin"_s);
        QVERIFY(QDir().rename(later.root(), code.path(u"later"_s)));
        const Judged judged = run.of(secretsHistoryCheck());
        QVERIFY2(judged.findings.empty(), written(judged).constData());
        QCOMPARE(RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsHistoryCheck()).observed["also_in_files"_L1],
                 2);
    }

    void tellsATagFromACommit()
    {
        GitFixture code;
        code.init();
        const QByteArray secret = line(stripeKey(9));
        code.write(u"index.js"_s, "export const answer = 42;\n");
        code.commitAll(u"Begin"_s);
        code.git({u"tag"_s, u"-a"_s, u"v1"_s, u"-m"_s, QString::fromUtf8(secret)});
        code.write(u"notes.js"_s, secret);
        const Judged judged = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsTreeCheck());
        QCOMPARE(judged.findings.size(), 1u);
        const QString &saw = judged.findings.front().whatWeSaw;
        QVERIFY2(saw.contains(u"The tag is of "_s) && !saw.contains(u"First in commit"_s), qPrintable(saw));
    }

    void takesItOutByItsKind_data()
    {
        QTest::addColumn<BlobKind>("kind");
        QTest::addColumn<bool>("isInName");
        QTest::addColumn<Holder>("holder");
        QTest::addColumn<QString>("standing");
        QTest::addColumn<QString>("command");
        const QString text = u"git filter-repo --replace-text"_s;
        const QString message = u"git filter-repo --replace-message"_s;
        const QString gone = u"It is gone from HEAD, and the history has it."_s;
        QTest::newRow("file") << BlobKind::File << false << Holder::Branch << gone << text;
        QTest::newRow("name of a file") << BlobKind::File << true << Holder::Branch << gone
                                        << u"git filter-repo --path-rename OLD:NEW"_s;
        QTest::newRow("message of a commit") << BlobKind::CommitMessage << false << Holder::PushedBranch
                                             << u"It stands in the message of a commit"_s << message;
        QTest::newRow("message of a tag")
            << BlobKind::TagMessage << false << Holder::Tag << u"It stands in the message of a tag"_s << message;
        const QString people = u"git filter-repo --mailmap"_s;
        QTest::newRow("author") << BlobKind::Author << false << Holder::Branch
                                << u"It stands in the name or address of who made a commit"_s << people;
        QTest::newRow("committer") << BlobKind::Committer << false << Holder::Branch
                                   << u"It stands in the name or address of who made a commit"_s << people;
        QTest::newRow("who made a tag") << BlobKind::Tagger << false << Holder::Tag
                                        << u"It stands in the name or address of who made a tag"_s << people;
        QTest::newRow("note") << BlobKind::File << false << Holder::Note << u"It stands in a note (git notes)"_s
                              << text;
    }

    void takesItOutByItsKind()
    {
        QFETCH(BlobKind, kind);
        QFETCH(bool, isInName);
        QFETCH(Holder, holder);
        QFETCH(QString, standing);
        QFETCH(QString, command);
        const LeakHistory history = reached(kind, isInName, holder);
        QVERIFY2(standingText(history).startsWith(standing), qPrintable(standingText(history)));
        // One choice for the window and for the command line.
        const QStringList steps = purgeSteps(history);
        QCOMPARE(steps.filter(command).size(), 1);
        QVERIFY2(purgeText(history).contains(command), qPrintable(purgeText(history)));
        QCOMPARE(steps.filter(u"replacements.txt"_s).isEmpty(), isInName || isPerson(kind));
        const QString shown = steps.join(u'\n');
        for (const QString &other : {text(), u"--replace-message"_s, u"--path-rename"_s, u"--mailmap"_s})
            QCOMPARE(shown.contains(other), command.contains(other));
    }

private:
    static QString text() { return u"--replace-text"_s; }
};

QTEST_GUILESS_MAIN(TestLeakStandings)
#include "tst_leakstandings.moc"
