#include "checks/secrets/inputscan.h"
#include "checks/secrets/treescan.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/secrets/zipmade.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray keyLine(unsigned seed)
{
    return "key = '" + QByteArray::fromStdString(stripeKey(seed)) + "'\n";
}

// Both ends of a pipe.
struct Pipe
{
    Pipe() { isOpen = ::pipe(ends) == 0; }
    ~Pipe()
    {
        ::close(ends[0]);
        close();
    }
    void close()
    {
        if (std::exchange(isWriting, false))
            ::close(ends[1]);
    }

    int ends[2] = {-1, -1};
    bool isOpen = false;
    bool isWriting = true;
};

} // namespace

class TestTreeScan : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void looksIntoArchives_data();
    void looksIntoArchives();
    void looksIntoOneArchive();
    void looksIntoOneLog();
    void namesPointersOfLfs();
    void findsInNames();
    void findsInNamesOnce();
    void takesWhatOnlyBeginsLikeAnArchive();
    void saysWhatAnArchiveHid_data();
    void saysWhatAnArchiveHid();
    void readsInput();
    void passesOverPicturesThatComeIn();
    void stopsWaitingForInput();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(program, arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }
    TreeScan scanAt(const QString &root) const
    {
        TreeProgress progress;
        return scanTree(root, smallSet(), {.key = "key"}, progress).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTreeScan::looksIntoArchives_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("found");
    const QStringList python{u"-m"_s, u"zipfile"_s, u"-c"_s};
    QTest::newRow("an app package") << u"python3"_s << python + QStringList{u"app.apk"_s, u"assets/index.js"_s}
                                    << QByteArray("app.apk!/index.js");
    QTest::newRow("tar.gz") << u"tar"_s << QStringList{u"-czf"_s, u"app.tar.gz"_s, u"assets/index.js"_s}
                            << QByteArray("app.tar.gz!/assets/index.js");
    QTest::newRow("tar") << u"tar"_s << QStringList{u"-cf"_s, u"app.tar"_s, u"assets/index.js"_s}
                         << QByteArray("app.tar!/assets/index.js");
    QTest::newRow("a packed log") << u"gzip"_s << QStringList{u"-k"_s, u"assets/index.js"_s}
                                  << QByteArray("assets/index.js.gz");
}

void TestTreeScan::looksIntoArchives()
{
    QFETCH(QString, program);
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, found);
    write(u"assets/index.js"_s, "a\n" + keyLine(1));
    run(program, arguments);
    QVERIFY(QFile::remove(path(u"assets/index.js"_s)));
    const TreeScan scan = scanAt(m_folder->path());
    QCOMPARE(scan.archives, 1);
    QCOMPARE(scan.archivedTexts, 1);
    QCOMPARE(scan.walk.files, 1);
    QCOMPARE(scan.binaries, 0);
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.found.front().path, found);
    QCOMPARE(scan.found.front().hit.line, 2);
    QVERIFY(!scan.found.front().history);
    QVERIFY2(scan.archiveGaps.isEmpty(), qPrintable(scan.archiveGaps.join(u'\n')));
}

void TestTreeScan::looksIntoOneArchive()
{
    write(u"a.js"_s, keyLine(1));
    run(u"tar"_s, {u"-czf"_s, u"one.tgz"_s, u"a.js"_s});
    const TreeScan scan = scanAt(path(u"one.tgz"_s));
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.found.front().path, QByteArray("one.tgz!/a.js"));
}

void TestTreeScan::looksIntoOneLog()
{
    write(u"build.log"_s, "a\n" + keyLine(1));
    run(u"gzip"_s, {u"build.log"_s});
    const TreeScan scan = scanAt(path(u"build.log.gz"_s));
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.found.front().path, QByteArray("build.log.gz"));
}

void TestTreeScan::namesPointersOfLfs()
{
    const QByteArray pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    for (const char *name : {"a.env", "b.env", "c.env", "d.env"})
        write(QString::fromLatin1(name), pointer);
    write(u"notes.md"_s, "Such a file begins so:\n" + pointer);
    const TreeScan scan = scanAt(m_folder->path());
    QCOMPARE(scan.lfsPointers, 4);
    QCOMPARE(scan.archiveGaps.size(), 1);
    const QString &said = scan.archiveGaps.front();
    QVERIFY2(said.contains("a.env, b.env, c.env and 1 more"_L1), qPrintable(said));
}

// A text may begin with the two letters of a format.
// Whoever sees the list of files has it. Neighbours say nothing, and neither do folders above.
void TestTreeScan::findsInNames()
{
    const QString key = QString::fromStdString(stripeKey(1));
    write(u"a/"_s + key + u".txt"_s, "hello\n");
    write(u"backup of "_s + QString::fromStdString(stripeKey(2)) + u"/deep/one.txt"_s, keyLine(3));
    write(u"aws/secret/"_s + QString::fromStdString(noise(40, 5)), "hello\n");
    write(u"pk/pk_live_"_s + QString::fromStdString(noise(24, 6)), "hello\n");
    QFile packed(path(u"a/site.zip"_s));
    QVERIFY(packed.open(QIODevice::WriteOnly));
    packed.write(zipMade({{QByteArray::fromStdString("dump/" + stripeKey(4) + ".sql"), "hello\n"}}));
    packed.close();
    TreeProgress progress;
    const TreeScan scan = scanTree(m_folder->path(), smallSet(), {.key = "key", .token = {}}, progress).value();
    QStringList found;
    for (const FoundSecret &each : scan.found) {
        QString place = shownPath(each.path);
        for (unsigned seed = 1; seed < 5; ++seed)
            place.replace(QString::fromStdString(stripeKey(seed)), u"#%1"_s.arg(seed));
        if (each.hit.kind == LeakKind::Secret)
            found += place + (each.isInName ? u" name"_s : u" line %1"_s.arg(each.hit.line));
    }
    QCOMPARE(found, (QStringList{u"a/site.zip!/dump/#4.sql name"_s, u"a/#1.txt name"_s, u"backup of #2 name"_s,
                                 u"backup of #2/deep/one.txt line 1"_s}));
}

void TestTreeScan::findsInNamesOnce()
{
    const QString folder = QString::fromStdString(stripeKey(1));
    for (int i = 0; i < 300; ++i)
        write(u"%1/%2/file"_s.arg(folder).arg(i % 20) + QString::number(i), "hello\n");
    TreeProgress progress;
    const TreeScan scan = scanTree(m_folder->path(), smallSet(), {.key = "key", .token = {}}, progress).value();
    QCOMPARE(scan.found.size(), 1U);
    QCOMPARE(scan.found.front().path, folder.toUtf8());
}

void TestTreeScan::takesWhatOnlyBeginsLikeAnArchive()
{
    write(u"notes.txt"_s, "BZhang: " + keyLine(1));
    const TreeScan scan = scanAt(m_folder->path());
    QCOMPARE(scan.archives, 0);
    QCOMPARE(scan.found.size(), size_t(1));
    QCOMPARE(scan.found.front().path, QByteArray("notes.txt"));
}

void TestTreeScan::saysWhatAnArchiveHid_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("large") << QByteArray::fromStdString(noise(100'000));
    QTest::newRow("nothing of it can be unpacked") << QByteArray(100'000, 'a');
}

void TestTreeScan::saysWhatAnArchiveHid()
{
    QFETCH(QByteArray, content);
    write(u"a.js"_s, content);
    run(u"tar"_s, {u"-czf"_s, u"whole.tgz"_s, u"a.js"_s});
    QFile whole(path(u"whole.tgz"_s));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    write(u"half.tgz"_s, whole.read(whole.size() / 2));
    QVERIFY(QFile::remove(path(u"whole.tgz"_s)));
    const TreeScan scan = scanAt(m_folder->path());
    QCOMPARE(scan.archiveGaps.size(), 1);
    QVERIFY2(scan.archiveGaps.front().contains("half.tgz"_L1), qPrintable(scan.archiveGaps.front()));
}

void TestTreeScan::readsInput()
{
    Pipe pipe;
    QVERIFY(pipe.isOpen);
    const QByteArray text = QByteArray(3 << 20, '\n') + keyLine(1);
    std::thread writer([&] {
        for (qsizetype from = 0; from < text.size();) {
            const auto written =
                ::write(pipe.ends[1], text.constData() + from, static_cast<size_t>(text.size() - from));
            if (written <= 0)
                break;
            from += written;
        }
        pipe.close();
    });
    TreeProgress progress;
    const auto scan = scanInput(pipe.ends[0], smallSet(), {.key = "key"}, progress);
    writer.join();
    QVERIFY(scan);
    QCOMPARE(scan->walk.files, 1);
    QCOMPARE(scan->bytes, text.size());
    QCOMPARE(progress.bytes.load(), text.size());
    QCOMPARE(scan->found.size(), size_t(1));
    QCOMPARE(scan->found.front().path, QByteArray("-"));
    QCOMPARE(scan->found.front().hit.line, (3 << 20) + 1);
}

void TestTreeScan::passesOverPicturesThatComeIn()
{
    Pipe pipe;
    QVERIFY(pipe.isOpen);
    QCOMPARE(::write(pipe.ends[1], "\x89PNG\0b", 6), 6);
    pipe.close();
    TreeProgress progress;
    const auto scan = scanInput(pipe.ends[0], smallSet(), {.key = "key"}, progress);
    QVERIFY(scan);
    QCOMPARE(scan->binaries, 1);
    QVERIFY(scan->found.empty());
}

void TestTreeScan::stopsWaitingForInput()
{
    Pipe pipe;
    QVERIFY(pipe.isOpen);
    const QByteArray text = keyLine(1);
    QCOMPARE(::write(pipe.ends[1], text.constData(), static_cast<size_t>(text.size())), text.size());
    const CancelToken token;
    TreeProgress progress;
    Result<TreeScan> scan = failure(ErrorKind::Cancelled, {});
    std::thread reader([&] { scan = scanInput(pipe.ends[0], smallSet(), {.key = "key", .token = token}, progress); });
    QTRY_COMPARE(progress.bytes.load(), text.size());
    const Deadline deadline = Deadline::in(std::chrono::seconds(1));
    token.cancel();
    reader.join();
    QVERIFY(!deadline.hasPassed());
    QVERIFY(scan);
    QVERIFY(scan->walk.isStopped);
}

QTEST_GUILESS_MAIN(TestTreeScan)
#include "tst_treescan.moc"
