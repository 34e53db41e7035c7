#include "tests/checks/secrets/gitlook.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

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

} // namespace

// What somebody puts into the folder of a repository: it ends soon, says what was left out, and opens no trap.
class TestHostileGit : public QObject
{
    Q_OBJECT

private slots:
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
    void stopsBeforeItOpens();
    void readsNamesOfAnyBytesInGit();
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
