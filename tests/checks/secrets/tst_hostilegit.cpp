#include "checks/secrets/githeads.h"
#include "checks/secrets/historyscan.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/hostilelab.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

Result<HistoryScan> historyOf(const QString &root, const CancelToken &token = {})
{
    const auto repository = GitRepository::open(root);
    if (!repository)
        return tl::unexpected(repository.error());
    const auto walk = BlobWalk::history(*repository, token);
    if (!walk)
        return tl::unexpected(walk.error());
    HistoryProgress progress;
    return scanHistory(*repository, *walk, smallSet(), {.key = "key", .token = token}, progress);
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// Each command of git is a process: what all rows begin with is made once.
void copyTo(const GitFixture &fixture, const GitFixture &made)
{
    std::filesystem::copy(made.root().toStdString(), fixture.root().toStdString(),
                          std::filesystem::copy_options::recursive);
}

void makeOneCommit(const GitFixture &fixture)
{
    static const GitFixture made;
    [[maybe_unused]] static const bool isMade = [] {
        made.init();
        made.commitAll(u"one"_s);
        return true;
    }();
    copyTo(fixture, made);
}

// A pack, and a key behind it in an object of its own.
void makeAPack(const GitFixture &fixture)
{
    static const GitFixture made;
    [[maybe_unused]] static const bool isMade = [] {
        made.init();
        for (unsigned version = 0; version < 12; ++version)
            made.write(u"noise%1.txt"_s.arg(version), QByteArray::fromStdString(noise(2000, version)));
        made.commitAll(u"noise"_s);
        made.git({u"gc"_s, u"-q"_s});
        made.write(u"late.txt"_s, keyLine(1));
        made.commitAll(u"late"_s);
        return true;
    }();
    copyTo(fixture, made);
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

// What somebody puts into the folder of a repository: it ends soon, says what was left out, and leads nowhere else.
class TestHostileGit : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsARepositoryWithABrokenPack_data();
    void readsARepositoryWithABrokenPack();
    void opensNoPipeOfARepository_data();
    void opensNoPipeOfARepository();
    void includesNoPipe_data();
    void includesNoPipe();
    void opensNoHugeFile_data();
    void opensNoHugeFile();
    void opensManyLargeLogsNeither();
    void passesOverHugeFilesThatAreNotRead_data();
    void passesOverHugeFilesThatAreNotRead();
    void followsNoPointerOutOfTheFolder_data();
    void followsNoPointerOutOfTheFolder();
    void leadsNowhereElse_data();
    void leadsNowhereElse();
    void takesNoOtherFilesForItsOwn();
    void readsNoLogOfAnotherRepository();
    void opensNoOtherCommonFolder_data();
    void opensNoOtherCommonFolder();
    void stopsBeforeItOpens();
    void opensWhatGitMadeItself();
    void readsNamesOfAnyBytesInGit();

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

void TestHostileGit::readsARepositoryWithABrokenPack_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("half a pack")
        << u"p=$(ls .git/objects/pack/*.pack); chmod u+w $p; truncate -s $(($(stat -c %s $p) / 2)) $p"_s;
    QTest::newRow("an empty pack") << u"p=$(ls .git/objects/pack/*.pack); chmod u+w $p; : > $p"_s;
    QTest::newRow("half an index")
        << u"p=$(ls .git/objects/pack/*.idx); chmod u+w $p; truncate -s $(($(stat -c %s $p) / 2)) $p"_s;
    QTest::newRow("garbage in the middle")
        << u"p=$(ls .git/objects/pack/*.pack); chmod u+w $p; yes | dd of=$p bs=1 seek=100 count=4000 conv=notrunc"_s;
    QTest::newRow("an index without a pack") << u"rm -f .git/objects/pack/*.pack"_s;
}

void TestHostileGit::readsARepositoryWithABrokenPack()
{
    QFETCH(QString, command);
    GitFixture fixture;
    makeAPack(fixture);
    QProcess breaking;
    breaking.setWorkingDirectory(fixture.root());
    breaking.start(u"sh"_s, {u"-c"_s, command});
    QVERIFY(breaking.waitForFinished());
    const auto scan = historyOf(fixture.root());
    if (!scan) { // so broken that there is nothing to look at: a sentence
        QVERIFY(!scan.error().message.isEmpty());
        return;
    }
    QCOMPARE(scan->found.size(), size_t(1));
    QVERIFY(!scan->gaps.isEmpty());
}

void TestHostileGit::opensNoPipeOfARepository_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"config", "HEAD", "packed-refs", "index", "refs/heads/other", "objects/info/alternates",
                             "shallow", "objects/pack/pack-1111111111111111111111111111111111111111.idx", "logs/HEAD",
                             "objects/11/11111111111111111111111111111111111111"})
        QTest::newRow(name) << QString::fromLatin1(name);
    QTest::newRow("through a link") << u"->HEAD"_s;
}

void TestHostileGit::opensNoPipeOfARepository()
{
    QFETCH(QString, name);
    GitFixture fixture;
    makeOneCommit(fixture);
    QString at = fixture.path(u".git/"_s + name);
    if (name.startsWith("->"_L1)) {
        QVERIFY(QFile::remove(fixture.path(u".git/HEAD"_s)));
        QVERIFY(QFile::link(fixture.path(u"pipe"_s), fixture.path(u".git/HEAD"_s)));
        at = fixture.path(u"pipe"_s);
    }
    QDir().mkpath(QFileInfo(at).absolutePath());
    QFile::remove(at);
    QCOMPARE(::mkfifo(encoded(at).constData(), 0600), 0);
    const QString closed = fixture.path(u".git/refs/aaa"_s); // what comes after it is looked at all the same
    QVERIFY(QDir().mkpath(closed));
    QCOMPARE(::chmod(encoded(closed).constData(), 0), 0);
    QElapsedTimer clock;
    clock.start();
    const auto scan = historyOf(fixture.root());
    QVERIFY(clock.elapsed() < kSoonMs);
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(scan.error().message.contains("pipe"_L1), qPrintable(scan.error().message));
}

// libgit2 opens what a configuration includes together with it, wherever that is.
void TestHostileGit::includesNoPipe_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::newRow("included") << QByteArray("[include]\n\tpath = ../pipe\n");
    QTest::newRow("on a condition") << QByteArray("[includeIf \"gitdir:**\"]\n\tpath = ../pipe\n");
    QTest::newRow("in two lines") << QByteArray("[include] path = \"../pi\\\npe\"\n");
    QTest::newRow("by what is included") << QByteArray("[include]\n\tpath = ../more\n");
}

void TestHostileGit::includesNoPipe()
{
    QFETCH(QByteArray, config);
    GitFixture fixture;
    makeOneCommit(fixture);
    QCOMPARE(::mkfifo(encoded(fixture.path(u"pipe"_s)).constData(), 0600), 0);
    fixture.write(u"more"_s, "[include]\n\tpath = pipe\n");
    QFile file(fixture.path(u".git/config"_s));
    QVERIFY(file.open(QIODevice::Append));
    file.write(config);
    file.close();
    const auto scan = historyOf(fixture.root());
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(scan.error().message.contains("pipe"_L1), qPrintable(scan.error().message));
}

// What libgit2 would read into memory as a whole: on the disk it is a few blocks.
void TestHostileGit::opensNoHugeFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("size");
    constexpr qint64 huge = qint64(5) << 30;
    for (const char *name : {"config",
                             "HEAD",
                             "packed-refs",
                             "shallow",
                             "index",
                             "ORIG_HEAD",
                             "FETCH_HEAD",
                             "MERGE_HEAD",
                             "logs/HEAD",
                             "logs/refs/heads/main",
                             "refs/heads/other",
                             "refs/heads/deep/other",
                             "info/exclude",
                             "objects/info/commit-graph",
                             "objects/pack/pack-1111111111111111111111111111111111111111.idx",
                             "objects/pack/multi-pack-index",
                             "objects/11/11111111111111111111111111111111111111",
                             "worktrees/second/HEAD",
                             "worktrees/second/index",
                             "worktrees/second/logs/HEAD"})
        QTest::newRow(name) << QString::fromLatin1(name) << huge;
    QTest::newRow("a reference, just too large") << u"refs/heads/other"_s << (qint64(64) << 10) + 1;
    QTest::newRow("a log, just too large") << u"logs/refs/heads/other"_s << (qint64(64) << 20) + 1;
}

void TestHostileGit::opensNoHugeFile()
{
    QFETCH(QString, name);
    QFETCH(qint64, size);
    GitFixture fixture;
    makeOneCommit(fixture);
    const QString at = fixture.path(u".git/"_s + name);
    QFile file(at);
    QVERIFY(QDir().mkpath(QFileInfo(at).absolutePath()) && file.open(QIODevice::ReadWrite) && file.resize(size));
    const auto scan = historyOf(fixture.root());
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(scan.error().message.contains(at), qPrintable(scan.error().message));
}

void TestHostileGit::opensManyLargeLogsNeither()
{
    GitFixture fixture;
    makeOneCommit(fixture);
    for (int branch = 0; branch < 5; ++branch) {
        const QString at = fixture.path(u".git/logs/refs/heads/b%1"_s.arg(branch));
        QFile file(at);
        QVERIFY(QDir().mkpath(QFileInfo(at).absolutePath()) && file.open(QIODevice::ReadWrite) &&
                file.resize(qint64(60) << 20));
    }
    const auto scan = historyOf(fixture.root());
    QVERIFY(!scan);
    QVERIFY2(scan.error().message.contains("logs/refs/heads/b"_L1), qPrintable(scan.error().message));
}

// What git leaves there, other programs keep there, or is read piece by piece.
void TestHostileGit::passesOverHugeFilesThatAreNotRead_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"index.lock", "gitk.cache", "lfs/objects/large", "objects/11/tmp_obj_aaaaaa",
                             "objects/pack/tmp_pack_aaaaaa", "modules/x/objects/pack/pack-1.pack"})
        QTest::newRow(name) << QString::fromLatin1(name);
    QTest::newRow("a large object") << QString();
}

void TestHostileGit::passesOverHugeFilesThatAreNotRead()
{
    QFETCH(QString, name);
    GitFixture fixture;
    makeOneCommit(fixture);
    if (name.isEmpty()) { // not pressed together, it grows
        fixture.write(u"large.bin"_s, QByteArray(qsizetype(70) << 20, 'x'));
        fixture.git({u"-c"_s, u"core.compression=0"_s, u"hash-object"_s, u"-w"_s, u"large.bin"_s});
    } else {
        QFile file(fixture.path(u".git/"_s + name));
        QVERIFY(QDir().mkpath(QFileInfo(file.fileName()).absolutePath()) && file.open(QIODevice::ReadWrite) &&
                file.resize(qint64(5) << 30));
    }
    const auto scan = historyOf(fixture.root());
    QVERIFY2(scan, scan ? "" : qPrintable(scan.error().message));
    QCOMPARE(scan->commits, 1);
    QCOMPARE(scan->counts.tooLarge, name.isEmpty() ? 1 : 0);
}

void TestHostileGit::followsNoPointerOutOfTheFolder_data()
{
    QTest::addColumn<bool>("isLink");
    QTest::addColumn<bool>("isBare");
    QTest::newRow("a file that names another repository") << false << false;
    QTest::newRow("a file that names a bare one") << false << true;
    QTest::newRow("a link to another repository") << true << false;
}

void TestHostileGit::followsNoPointerOutOfTheFolder()
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
void TestHostileGit::leadsNowhereElse_data()
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

void TestHostileGit::leadsNowhereElse()
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
void TestHostileGit::takesNoOtherFilesForItsOwn()
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
void TestHostileGit::readsNoLogOfAnotherRepository()
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
void TestHostileGit::opensNoOtherCommonFolder_data()
{
    QTest::addColumn<bool>("isTrap");
    QTest::newRow("of another repository") << false;
    QTest::newRow("whose settings are a pipe") << true;
}

void TestHostileGit::opensNoOtherCommonFolder()
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

void TestHostileGit::stopsBeforeItOpens()
{
    GitFixture fixture;
    makeOneCommit(fixture);
    for (int branch = 0; branch < 600; ++branch)
        fixture.write(u".git/refs/heads/b%1"_s.arg(branch), "0123456789012345678901234567890123456789\n");
    const CancelToken token;
    QVERIFY(GitRepository::open(fixture.root(), token));
    token.cancel();
    const auto stopped = GitRepository::open(fixture.root(), token);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
}

// The same pointers where git wrote both ends: a second working tree, a submodule, a folder kept apart, a clone that
// borrows objects.
void TestHostileGit::opensWhatGitMadeItself()
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

void TestHostileGit::readsNamesOfAnyBytesInGit()
{
    GitFixture fixture;
    fixture.init();
    const QByteArray blob = fixture.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, keyLine(1));
    const QByteArray name = "a\xff\x1b[31m.txt";
    fixture.git({u"update-index"_s, u"-z"_s, u"--index-info"_s}, "100644 " + blob + "\t" + name + QByteArray(1, '\0'));
    fixture.git({u"commit"_s, u"-q"_s, u"-m"_s, u"one"_s});
    const auto scan = historyOf(fixture.root());
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(1));
    QCOMPARE(scan->found.front().path, name);
}

QTEST_GUILESS_MAIN(TestHostileGit)
#include "tst_hostilegit.moc"
