#include "checks/secrets/historyscan.h"
#include "checks/secrets/treescan.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// A second is promised; the rest is for a machine that does a dozen other things.
constexpr qint64 kSoonMs = 3000;

QByteArray keyLine(unsigned seed)
{
    return "key = '" + QByteArray::fromStdString(stripeKey(seed)) + "'\n";
}

qint64 peakMegabytes()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss >> 10;
}

TreeScan scanAt(const QString &root, const CancelToken &token = {})
{
    TreeProgress progress;
    return scanTree(root, smallSet(), {.key = "key", .token = token}, progress).value();
}

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

QByteArray encoded(const QString &path)
{
    return QFile::encodeName(path);
}

} // namespace

// What somebody puts in the way: it ends soon, says what was left out, and leads nowhere else.
class TestHostile : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { QProcess::execute(u"rm"_s, {u"-rf"_s, m_folder->path()}); } // Qt cannot remove each name

    void readsALineWithoutEnd();
    void stopsInALineWithoutEnd();
    void stopsAtABomb_data();
    void stopsAtABomb();
    void writesNothingFromAnArchive();
    void followsNoLink();
    void opensNoPipe();
    void readsNamesOfAnyBytes();
    void saysWhatMayNotBeRead();

    void readsARepositoryWithABrokenPack_data();
    void readsARepositoryWithABrokenPack();
    void opensNoPipeOfARepository_data();
    void opensNoPipeOfARepository();
    void includesNoPipe_data();
    void includesNoPipe();
    void opensNoHugeSetting();
    void followsNoPointerOutOfTheFolder_data();
    void followsNoPointerOutOfTheFolder();
    void opensWhatGitMadeItself();
    void readsNamesOfAnyBytesInGit();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    // Text at the start, then nothing on the disk, then the end.
    void writeSparse(const QString &name, off_t size, const QByteArray &end) const
    {
        write(name, QByteArray(10'000, 'a'));
        const int file = ::open(encoded(path(name)).constData(), O_WRONLY);
        QVERIFY(file >= 0);
        QCOMPARE(::ftruncate(file, size), 0);
        QCOMPARE(::pwrite(file, end.constData(), static_cast<size_t>(end.size()), size - end.size()), end.size());
        ::close(file);
    }
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

// By hand with 5 GiB: see the numbers in the change that brought this test.
void TestHostile::readsALineWithoutEnd()
{
    constexpr off_t size = off_t(96) << 20;
    writeSparse(u"line.txt"_s, size, keyLine(1));
    const qint64 before = peakMegabytes();
    const TreeScan scan = scanAt(m_folder->path());
    QVERIFY2(peakMegabytes() - before < 64, qPrintable(QString::number(peakMegabytes() - before)));
    QCOMPARE(scan.bytes, size);
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.found.front().hit.line, 1);
    QCOMPARE(scan.found.front().hit.column, size - keyLine(1).size() + 8);
}

void TestHostile::stopsInALineWithoutEnd()
{
    write(u"a.txt"_s, "nothing");
    writeSparse(u"line.txt"_s, off_t(1) << 40, "b");
    const CancelToken token;
    TreeProgress progress;
    Result<TreeScan> scan = failure(ErrorKind::Cancelled, {});
    std::thread walk([&] { scan = scanTree(m_folder->path(), smallSet(), {.key = "key", .token = token}, progress); });
    QTRY_VERIFY_WITH_TIMEOUT(progress.bytes > (1 << 20), 20000);
    QElapsedTimer clock;
    clock.start();
    token.cancel();
    walk.join();
    QVERIFY2(clock.elapsed() < kSoonMs, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(scan);
    QVERIFY(scan->walk.isStopped);
}

void TestHostile::stopsAtABomb_data()
{
    QTest::addColumn<QStringList>("commands");
    QTest::newRow("one file") << QStringList{u"head -c 64M /dev/zero | tr '\\0' a | gzip > bomb.gz"_s};
    QTest::newRow("in each other") << QStringList{u"head -c 64M /dev/zero | tr '\\0' a | gzip > a.gz"_s,
                                                  u"tar -czf b.tgz a.gz && rm a.gz"_s,
                                                  u"tar -czf bomb.tgz b.tgz && rm b.tgz"_s};
    QTest::newRow("many files") << QStringList{u"mkdir d && head -c 4M /dev/zero | tr '\\0' a > d/0"_s,
                                               u"for i in $(seq 20); do ln d/0 d/$i; done"_s,
                                               u"tar --hard-dereference -czf bomb.tgz d && rm -r d"_s};
}

void TestHostile::stopsAtABomb()
{
    QFETCH(QStringList, commands);
    for (const QString &command : commands)
        run(u"sh"_s, {u"-c"_s, command});
    const qint64 before = peakMegabytes();
    const TreeScan scan = scanAt(m_folder->path());
    QVERIFY2(peakMegabytes() - before < 160, qPrintable(QString::number(peakMegabytes() - before)));
    QVERIFY2(scan.bytes < (qint64(40) << 20), qPrintable(QString::number(scan.bytes)));
    QVERIFY(!scan.archiveGaps.isEmpty());
    QVERIFY2(scan.archiveGaps.front().contains("bomb"_L1), qPrintable(scan.archiveGaps.front()));
}

// Names that lead out, links to a key outside, devices: shown, read where there is text, and never written anywhere.
void TestHostile::writesNothingFromAnArchive()
{
    write(u"outside.txt"_s, keyLine(9));
    write(u"in/make.py"_s, R"(
import io, tarfile
with tarfile.open("in/odd.tar", "w") as tar:
    def add(name, text=b"", kind=tarfile.REGTYPE, link=""):
        entry = tarfile.TarInfo(name)
        entry.size, entry.type, entry.linkname = len(text), kind, link
        tar.addfile(entry, io.BytesIO(text))
    key = open("in/key", "rb").read()
    add("../../escape.txt", key)
    add("/escape.txt", key)
    add("link", kind=tarfile.SYMTYPE, link="../outside.txt")
    add("hard", kind=tarfile.LNKTYPE, link="../outside.txt")
    add("null", kind=tarfile.CHRTYPE)
    add("pipe", kind=tarfile.FIFOTYPE)
)");
    write(u"in/key"_s, keyLine(1));
    run(u"python3"_s, {u"in/make.py"_s});
    for (const QString &name : {u"in/key"_s, u"in/make.py"_s})
        QVERIFY(QFile::remove(path(name)));
    const TreeScan scan = scanAt(path(u"in"_s));
    QCOMPARE(scan.found.size(), size_t(2));
    QCOMPARE(scan.found[0].path, QByteArray("odd.tar!/../../escape.txt"));
    QCOMPARE(scan.found[1].path, QByteArray("odd.tar!//escape.txt"));
    QCOMPARE(scan.archiveGaps.size(), 1);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             (QStringList{u"in"_s, u"outside.txt"_s}));
    QCOMPARE(QDir(path(u"in"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{u"odd.tar"_s});
    QVERIFY(!QFile::exists(u"/escape.txt"_s));
}

void TestHostile::followsNoLink()
{
    write(u"outside/key.txt"_s, keyLine(9));
    write(u"in/sub/key.txt"_s, keyLine(1));
    QVERIFY(QFile::link(path(u"outside"_s), path(u"in/out"_s)));
    QVERIFY(QFile::link(path(u"outside/key.txt"_s), path(u"in/out.txt"_s)));
    QVERIFY(QFile::link(path(u"in"_s), path(u"in/sub/round"_s)));
    QVERIFY(QFile::link(path(u"in/itself"_s), path(u"in/itself"_s)));
    const TreeScan scan = scanAt(path(u"in"_s));
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.walk.links, 4);
}

void TestHostile::opensNoPipe()
{
    write(u"key.txt"_s, keyLine(1));
    QCOMPARE(::mkfifo(encoded(path(u"pipe"_s)).constData(), 0600), 0);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    const QByteArray name = encoded(path(u"socket"_s));
    QVERIFY(name.size() < qsizetype(sizeof address.sun_path));
    std::ranges::copy(name, address.sun_path);
    QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    int special = 2;
    if (::mknod(encoded(path(u"zero"_s)).constData(), S_IFCHR | 0600, makedev(1, 5)) == 0) // root alone may
        ++special;
    const TreeScan scan = scanAt(m_folder->path());
    ::close(socket);
    QCOMPARE(scan.walk.special, special);
    QCOMPARE(scan.found.size(), size_t(1));
}

void TestHostile::readsNamesOfAnyBytes()
{
    const QByteArray name = "a\xff\x1b[31m\n.txt";
    const int file = ::open((encoded(m_folder->path()) + '/' + name).constData(), O_WRONLY | O_CREAT, 0600);
    QVERIFY(file >= 0);
    QCOMPARE(::write(file, keyLine(1).constData(), static_cast<size_t>(keyLine(1).size())), keyLine(1).size());
    ::close(file);
    const TreeScan scan = scanAt(m_folder->path());
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.found.front().path, name);
    QCOMPARE(shownPath(scan.found.front().path), u"a\\xff\\x1b[31m\\x0a.txt"_s);
}

// As somebody who may not read everything: root gives that up for the time being.
void TestHostile::saysWhatMayNotBeRead()
{
    write(u"open.txt"_s, keyLine(1));
    write(u"closed.txt"_s, keyLine(2));
    write(u"closed/key.txt"_s, keyLine(3));
    QCOMPARE(::chmod(encoded(m_folder->path()).constData(), 0755), 0);
    for (const QString &name : {u"closed.txt"_s, u"closed"_s})
        QCOMPARE(::chmod(encoded(path(name)).constData(), 0), 0);
    constexpr uid_t nobody = 65534;
    const bool isRoot = ::geteuid() == 0;
    if (isRoot)
        QCOMPARE(::seteuid(nobody), 0);
    const TreeScan scan = scanAt(m_folder->path());
    if (isRoot)
        QCOMPARE(::seteuid(0), 0);
    QCOMPARE(::chmod(encoded(path(u"closed"_s)).constData(), 0700), 0);
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.walk.unreadable, 2);
    QCOMPARE(scan.walk.problems.size(), size_t(2));
    for (const WalkProblem &problem : scan.walk.problems)
        QVERIFY2(problem.place.startsWith("closed"_L1) && !problem.why.isEmpty(), qPrintable(problem.place));
}

void TestHostile::readsARepositoryWithABrokenPack_data()
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

void TestHostile::readsARepositoryWithABrokenPack()
{
    QFETCH(QString, command);
    GitFixture fixture;
    fixture.init();
    for (unsigned version = 0; version < 12; ++version) {
        fixture.write(u"noise%1.txt"_s.arg(version), QByteArray::fromStdString(noise(2000, version)));
        fixture.commitAll(u"version"_s);
    }
    fixture.git({u"gc"_s, u"-q"_s});
    fixture.write(u"late.txt"_s, keyLine(1));
    fixture.commitAll(u"late"_s);
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

void TestHostile::opensNoPipeOfARepository_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"config", "HEAD", "packed-refs", "index", "refs/heads/other", "objects/info/alternates",
                             "shallow", "objects/pack/pack-1111111111111111111111111111111111111111.idx", "logs/HEAD",
                             "objects/11/11111111111111111111111111111111111111"})
        QTest::newRow(name) << QString::fromLatin1(name);
    QTest::newRow("through a link") << u"->HEAD"_s;
}

void TestHostile::opensNoPipeOfARepository()
{
    QFETCH(QString, name);
    GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"one"_s);
    QString at = fixture.path(u".git/"_s + name);
    if (name.startsWith("->"_L1)) {
        QVERIFY(QFile::remove(fixture.path(u".git/HEAD"_s)));
        QVERIFY(QFile::link(fixture.path(u"pipe"_s), fixture.path(u".git/HEAD"_s)));
        at = fixture.path(u"pipe"_s);
    }
    QDir().mkpath(QFileInfo(at).absolutePath());
    QFile::remove(at);
    QCOMPARE(::mkfifo(encoded(at).constData(), 0600), 0);
    QElapsedTimer clock;
    clock.start();
    const auto scan = historyOf(fixture.root());
    QVERIFY(clock.elapsed() < kSoonMs);
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(scan.error().message.contains("pipe"_L1), qPrintable(scan.error().message));
}

// libgit2 opens what a configuration includes together with it, wherever that is.
void TestHostile::includesNoPipe_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::newRow("included") << QByteArray("[include]\n\tpath = ../pipe\n");
    QTest::newRow("on a condition") << QByteArray("[includeIf \"gitdir:**\"]\n\tpath = ../pipe\n");
    QTest::newRow("in two lines") << QByteArray("[include] path = \"../pi\\\npe\"\n");
    QTest::newRow("by what is included") << QByteArray("[include]\n\tpath = ../more\n");
}

void TestHostile::includesNoPipe()
{
    QFETCH(QByteArray, config);
    GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"one"_s);
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

void TestHostile::opensNoHugeSetting()
{
    GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"one"_s);
    QCOMPARE(::truncate(encoded(fixture.path(u".git/config"_s)).constData(), off_t(5) << 30), 0);
    const auto scan = historyOf(fixture.root());
    QVERIFY(!scan);
    QVERIFY2(scan.error().message.contains("config"_L1), qPrintable(scan.error().message));
}

void TestHostile::followsNoPointerOutOfTheFolder_data()
{
    QTest::addColumn<bool>("isLink");
    QTest::addColumn<bool>("isBare");
    QTest::newRow("a file that names another repository") << false << false;
    QTest::newRow("a file that names a bare one") << false << true;
    QTest::newRow("a link to another repository") << true << false;
}

void TestHostile::followsNoPointerOutOfTheFolder()
{
    QFETCH(bool, isLink);
    QFETCH(bool, isBare);
    GitFixture other(u"private"_s);
    other.init();
    other.write(u"key.txt"_s, keyLine(9));
    other.commitAll(u"one"_s);
    QString leadsTo = other.path(u".git"_s);
    if (isBare) {
        leadsTo = path(u"bare.git"_s);
        run(u"git"_s, {u"clone"_s, u"-q"_s, u"--bare"_s, other.root(), leadsTo});
    }
    if (isLink) {
        QDir().mkpath(path(u"in"_s));
        QVERIFY(QFile::link(leadsTo, path(u"in/.git"_s)));
    } else {
        write(u"in/.git"_s, "gitdir: " + encoded(leadsTo) + "\n");
    }
    const auto scan = historyOf(path(u"in"_s));
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(scan.error().message.contains(leadsTo), qPrintable(scan.error().message));
}

// The same pointers where git wrote both ends: a second working tree, a submodule, a folder kept apart, a clone that
// borrows objects.
void TestHostile::opensWhatGitMadeItself()
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
    for (const QString &name : {u"second"_s, u"shared"_s, u"above/below"_s}) {
        const auto scan = historyOf(path(name));
        QVERIFY2(scan, scan ? "" : qPrintable(scan.error().message));
        QCOMPARE(scan->found.size(), size_t(1));
    }
    const auto apart = historyOf(path(u"apart"_s));
    QVERIFY2(apart, apart ? "" : qPrintable(apart.error().message));
}

void TestHostile::readsNamesOfAnyBytesInGit()
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

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
