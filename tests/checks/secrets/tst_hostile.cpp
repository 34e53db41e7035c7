#include "checks/secrets/treescan.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/checks/secrets/hostilelab.h"
#include "tests/checks/secrets/zipmade.h"
#include "tests/lab/sanitized.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
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

qint64 peakMegabytes()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss >> 10;
}

// What takes minutes and gigabytes of disk is done when this is set; else as much as shows the same.
bool isWholeSizeAsked()
{
    return qEnvironmentVariableIsSet("LAUNCH_COCKPIT_WHOLE_SIZES");
}

TreeScan scanAt(const QString &root, const CancelToken &token = {})
{
    TreeProgress progress;
    return scanTree(root, smallSet(), {.key = "key", .token = token}, progress).value();
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
    void stopsInALineWithoutEnd_data();
    void stopsInALineWithoutEnd();
    void stopsInAnArchiveOfItsOwn();
    void stopsAtABomb_data();
    void stopsAtABomb();
    void writesNothingFromAnArchive();
    void followsNoLink();
    void opensNoPipe();
    void readsNamesOfAnyBytes();
    void saysWhatMayNotBeRead();

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
    // Words in one line, and its end.
    void writeLine(const QString &name, qint64 size, const QByteArray &end) const
    {
        static const QByteArrayList words{"const", "total", "=", "orders.map(", "item", "=>", "item.price", ");", "if"};
        QByteArray part;
        for (unsigned seed = 1; part.size() < (1 << 20); seed = seed * 1103515245U + 12345U)
            part += words[static_cast<qsizetype>((seed >> 16) % static_cast<unsigned>(words.size()))] + ' ';
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (qint64 left = size - end.size(); left > 0;) {
            const qint64 written = file.write(part.constData(), std::min<qint64>(left, part.size()));
            QVERIFY(written > 0);
            left -= written;
        }
        QCOMPARE(file.write(end), end.size());
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

// Text from end to end, and all rules: what is no text would be passed over, and few rules take little memory.
void TestHostile::readsALineWithoutEnd()
{
    const qint64 size = isWholeSizeAsked() ? qint64(5) << 30 : qint64(96) << 20;
    writeLine(u"line.txt"_s, size, keyLine(1));
    TreeProgress progress;
    const TreeScan scan = scanTree(m_folder->path(), allRules(), {.key = "key"}, progress).value();
    constexpr qint64 most = 300; // whatever the size
    QVERIFY2(lab::kIsSanitized || peakMegabytes() < most, qPrintable(QString::number(peakMegabytes())));
    QCOMPARE(scan.bytes, size);
    QCOMPARE(scan.binaries, 0);
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.found.front().hit.line, 1);
    QCOMPARE(scan.found.front().hit.column, size - keyLine(1).size() + 8);
}

void TestHostile::stopsInALineWithoutEnd_data()
{
    QTest::addColumn<QString>("root");
    QTest::newRow("of a folder") << u"."_s;
    QTest::newRow("that is named itself") << u"line.txt"_s;
}

void TestHostile::stopsInALineWithoutEnd()
{
    QFETCH(QString, root);
    write(u"a.txt"_s, "nothing");
    writeSparse(u"line.txt"_s, off_t(1) << 40, "b");
    const CancelToken token;
    TreeProgress progress;
    Result<TreeScan> scan = failure(ErrorKind::Cancelled, {});
    std::thread walk([&] { scan = scanTree(path(root), smallSet(), {.key = "key", .token = token}, progress); });
    QTRY_VERIFY_WITH_TIMEOUT(progress.bytes > (1 << 20), 20000);
    QElapsedTimer clock;
    clock.start();
    token.cancel();
    walk.join();
    QVERIFY2(clock.elapsed() < kSoonMs, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(scan);
    QVERIFY(scan->walk.isStopped);
}

void TestHostile::stopsInAnArchiveOfItsOwn()
{
    write(u"app.jar"_s, zipMade({{"a.txt", "hello"}}));
    const CancelToken token;
    token.cancel();
    TreeProgress progress;
    const auto scan = scanTree(path(u"app.jar"_s), smallSet(), {.key = "key", .token = token}, progress);
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

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
