#include "checks/secrets/githeads.h"
#include "tests/checks/secrets/gitlook.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <sys/stat.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// Of somebody else: nothing in it is changed.
const GitFixture &privateRepository()
{
    static const GitFixture made(u"private"_s);
    [[maybe_unused]] static const bool isMade = [] {
        made.init();
        made.write(u"key.txt"_s, keyLine(9));
        made.commitAll(QString::fromUtf8(keyLine(9)));
        return true;
    }();
    return made;
}

} // namespace

// Pointers in the folder of a repository to what lies elsewhere on the machine: followed where git wrote both ends, and
// nowhere else.
class TestForeignGit : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void followsNoPointerOutOfTheFolder_data();
    void followsNoPointerOutOfTheFolder();
    void leadsNowhereElse_data();
    void leadsNowhereElse();
    void takesNoOtherFilesForItsOwn();
    void readsNoLogOfAnotherRepository();
    void opensNoOtherCommonFolder_data();
    void opensNoOtherCommonFolder();
    void opensWhatGitMadeItself();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(program, arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestForeignGit::followsNoPointerOutOfTheFolder_data()
{
    QTest::addColumn<bool>("isLink");
    QTest::addColumn<bool>("isBare");
    QTest::newRow("a file that names another repository") << false << false;
    QTest::newRow("a file that names a bare one") << false << true;
    QTest::newRow("a link to another repository") << true << false;
}

void TestForeignGit::followsNoPointerOutOfTheFolder()
{
    QFETCH(bool, isLink);
    QFETCH(bool, isBare);
    const GitFixture &other = privateRepository();
    QString leadsTo = other.path(u".git"_s);
    if (isBare) {
        leadsTo = path(u"bare.git"_s);
        run(u"git"_s, {u"clone"_s, u"-q"_s, u"--bare"_s, other.root(), leadsTo});
    }
    if (isLink) {
        QDir().mkpath(path(u"in"_s));
        QVERIFY(QFile::link(leadsTo, path(u"in/.git"_s)));
    } else {
        write(path(u"in/.git"_s), "gitdir: " + encoded(leadsTo) + "\n");
    }
    const auto scan = historyOf(path(u"in"_s));
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(scan.error().message.contains(leadsTo), qPrintable(scan.error().message));
}

// Files of a repository that name a place elsewhere on the machine. None of it is walked through, and none is read.
void TestForeignGit::leadsNowhereElse_data()
{
    using Make = std::function<void(const QString &git, const QString &other)>; // the folders .git of the two
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("named"); // in the sentence
    const auto row = [](const char *name, const Make &make, const QString &named) {
        QTest::newRow(name) << make << named;
    };
    const auto file = [](const QString &inside, const QByteArray &text) {
        return Make([=](const QString &git, const QString &) { write(git + inside, text); });
    };
    const auto pointer = [](const QString &inside, const QString &otherInside = {}) {
        return Make(
            [=](const QString &git, const QString &other) { write(git + inside, encoded(other + otherInside)); });
    };
    const auto link = [](const QString &inside, const QString &otherInside) {
        return Make([=](const QString &git, const QString &other) {
            QDir(git + inside).removeRecursively();
            QFile::remove(git + inside);
            QVERIFY(QFile::link(other + otherInside, git + inside));
        });
    };
    row("a common folder that is the whole machine", file(u"/commondir"_s, "/"), u".git"_s);
    row("a common folder of another repository", pointer(u"/commondir"_s), u".git"_s);
    row("a common folder that is not there", file(u"/commondir"_s, "nowhere"), u".git"_s);
    row("a common folder behind thousands of dots",
        file(u"/commondir"_s, "../.git" + QByteArray("/.").repeated(3000) + "/../../private/.git"), u".git"_s);
    row("objects borrowed from the whole machine", file(u"/objects/info/alternates"_s, "/\n"), u" /"_s);
    row("objects borrowed from where there are none", pointer(u"/objects/info/alternates"_s, u"/refs"_s), u"refs"_s);
    row("objects borrowed behind thousands of remarks",
        file(u"/objects/info/alternates"_s, QByteArray("# remark\n").repeated(1000) + "/\n"), u"alternates"_s);
    row("a link in place of the objects", link(u"/objects"_s, u"/objects"_s), u"objects"_s);
    row("a link to the whole machine", Make([](const QString &git, const QString &) {
            QVERIFY(QDir(git + u"/objects/pack"_s).removeRecursively());
            QVERIFY(QFile::link(u"/"_s, git + u"/objects/pack"_s));
        }),
        u"pack"_s);
    row("a link in place of the references", link(u"/refs/heads"_s, u"/refs/heads"_s), u"heads"_s);
    row("a link in place of the list of references", link(u"/packed-refs"_s, u"/config"_s), u"packed-refs"_s);
    row("a link in place of the logs", link(u"/logs"_s, u"/logs"_s), u"logs"_s);
}

void TestForeignGit::leadsNowhereElse()
{
    using Make = std::function<void(const QString &git, const QString &other)>;
    QFETCH(Make, make);
    QFETCH(QString, named);
    const GitFixture &other = privateRepository();
    GitFixture fixture;
    makeOneCommit(fixture);
    make(fixture.path(u".git"_s), other.path(u".git"_s));
    QElapsedTimer clock;
    clock.start();
    const auto scan = historyOf(fixture.root());
    QVERIFY2(clock.elapsed() < kSoonMs, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(scan.error().message.contains(named), qPrintable(scan.error().message));
}

// A setting may name any folder of the machine as the one with the files.
void TestForeignGit::takesNoOtherFilesForItsOwn()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"key.txt"_s, keyLine(1));
    fixture.commitAll(u"one"_s);
    QCOMPARE(QFileInfo(GitRepository::open(fixture.root())->workTree()).canonicalFilePath(),
             QFileInfo(fixture.root()).canonicalFilePath());
    fixture.git({u"config"_s, u"core.worktree"_s, u"/"_s});
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    QVERIFY(repository->isBare());
    QCOMPARE(repository->workTree(), QString());
    QVERIFY(repository->openAgain());
    const auto scan = historyOf(fixture.root());
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(1));
}

// A second working tree has a log of its own, and libgit2 opens whatever repository stands where one is said to be.
void TestForeignGit::readsNoLogOfAnotherRepository()
{
    GitFixture fixture;
    makeOneCommit(fixture);
    const GitFixture &other = privateRepository();
    const QString entry = fixture.path(u".git/worktrees/second/"_s);
    write(entry + u"gitdir"_s, encoded(other.path(u".git"_s)) + '\n');
    write(entry + u"commondir"_s, "../..\n");
    write(entry + u"HEAD"_s, "ref: refs/heads/main\n");
    const auto scan = historyOf(fixture.root());
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(0));
}

// The working tree and its entry name each other, as git writes them, but the entry says that it shares its objects,
// references and settings with a folder elsewhere.
void TestForeignGit::opensNoOtherCommonFolder_data()
{
    QTest::addColumn<bool>("isTrap");
    QTest::newRow("of another repository") << false;
    QTest::newRow("whose settings are a pipe") << true;
}

void TestForeignGit::opensNoOtherCommonFolder()
{
    QFETCH(bool, isTrap);
    GitFixture fixture;
    makeOneCommit(fixture);
    const QByteArray own = fixture.git({u"rev-parse"_s, u"HEAD"_s});
    QString common = privateRepository().path(u".git"_s);
    if (isTrap) {
        common = path(u"trap"_s);
        QVERIFY(QDir().mkpath(common + u"/objects"_s) && QDir().mkpath(common + u"/refs"_s));
        QCOMPARE(::mkfifo(encoded(common + u"/config"_s).constData(), 0600), 0);
    }
    const QString entry = fixture.path(u".git/worktrees/second"_s);
    write(path(u"second/.git"_s), "gitdir: " + encoded(entry) + '\n');
    write(entry + u"/gitdir"_s, encoded(path(u"second/.git"_s)) + '\n');
    write(entry + u"/commondir"_s, encoded(common) + '\n');
    write(entry + u"/HEAD"_s, "ref: refs/heads/main\n");
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY2(repository, repository ? "" : qPrintable(repository.error().message));
    QElapsedTimer clock;
    clock.start();
    const GitHeads heads = gitHeads(*repository, {});
    QVERIFY(clock.elapsed() < kSoonMs);
    QVERIFY(!heads.references.empty());
    for (const git_oid &id : heads.references)
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(id.id), GIT_OID_RAWSZ).toHex(), own);
}

// The same pointers where git wrote both ends: a second working tree, a submodule, a folder kept apart, a clone that
// borrows objects.
void TestForeignGit::opensWhatGitMadeItself()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"key.txt"_s, keyLine(1));
    fixture.commitAll(u"one"_s);
    const QString root = fixture.root();
    fixture.git({u"worktree"_s, u"add"_s, u"-q"_s, path(u"second"_s)});
    run(u"git"_s, {u"init"_s, u"-q"_s, u"--separate-git-dir"_s, path(u"apart.git"_s), path(u"apart"_s)});
    run(u"git"_s, {u"clone"_s, u"-q"_s, u"--shared"_s, root, path(u"shared"_s)});
    run(u"git"_s, {u"init"_s, u"-q"_s, path(u"above"_s)});
    run(u"git"_s, {u"-C"_s, path(u"above"_s), u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s,
                   u"add"_s, root, u"below"_s});
    // The configuration grows with each branch that is tracked.
    for (const QString &config : {u"apart.git/config"_s, u"above/.git/modules/below/config"_s}) {
        QFile file(path(config));
        QVERIFY(file.open(QIODevice::Append));
        for (int branch = 0; branch < 200; ++branch)
            file.write("[branch \"b" + QByteArray::number(branch) +
                       "\"]\n\tremote = origin\n\tmerge = refs/heads/main\n");
    }
    for (const QString &name : {u"second"_s, u"shared"_s, u"above/below"_s}) {
        const auto scan = historyOf(path(name));
        QVERIFY2(scan, scan ? "" : qPrintable(scan.error().message));
        QCOMPARE(scan->found.size(), size_t(1));
    }
    const auto apart = historyOf(path(u"apart"_s));
    QVERIFY2(apart, apart ? "" : qPrintable(apart.error().message));
}

QTEST_GUILESS_MAIN(TestForeignGit)
#include "tst_foreigngit.moc"
