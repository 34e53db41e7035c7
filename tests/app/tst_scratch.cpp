#include "app/scratch.h"
#include "tests/app/builtprogram.h"

#include <QDir>
#include <QSysInfo>
#include <QTest>

#include <signal.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QStringList scratchFolders(const QString &in)
{
    return QDir(in).entryList({u"launch-cockpit-*"_s}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

// What QLockFile writes.
QByteArray lockOf(qint64 pid)
{
    return QByteArray::number(pid) + "\nlaunch-cockpit\n" + QSysInfo::machineHostName().toUtf8() + '\n' +
           QSysInfo::machineUniqueId() + '\n' + QSysInfo::bootUniqueId() + '\n';
}

qint64 pidOfTheDead()
{
    QProcess process;
    process.start(u"true"_s, QStringList());
    const qint64 pid = process.waitForStarted() ? process.processId() : 0;
    process.waitForFinished();
    return pid;
}

} // namespace

class TestScratch : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void goesWithItsOwner();
    void leavesWhatIsInUse();
    void removesWhatKilledRunsLeft();
    void leavesWhatItDidNotMake();
    void programsLeaveNothing_data();
    void programsLeaveNothing();
    void theNextProgramCleansUp();

private:
    std::unique_ptr<QProcess> startedDemo(const QStringList &arguments, const QString &platform);

    const BuiltProgram m_program{}; // its home is made before the folder for temporary files is another one
    std::unique_ptr<QTemporaryDir> m_temporary;
    QByteArray m_before;
};

void TestScratch::init()
{
    m_before = qgetenv("TMPDIR");
    m_temporary = std::make_unique<QTemporaryDir>();
    qputenv("TMPDIR", m_temporary->path().toUtf8());
}

void TestScratch::cleanup()
{
    if (m_before.isEmpty())
        qunsetenv("TMPDIR");
    else
        qputenv("TMPDIR", m_before);
}

void TestScratch::goesWithItsOwner()
{
    {
        const Scratch scratch;
        QVERIFY(scratch.isReady());
        QVERIFY(write(scratch.filePath(u"root.pem"_s), "bytes"));
        QCOMPARE(scratchFolders(m_temporary->path()).size(), 1);
    }
    QCOMPARE(scratchFolders(m_temporary->path()), QStringList());
}

void TestScratch::leavesWhatIsInUse()
{
    const Scratch first;
    const Scratch second;
    QVERIFY(QDir(first.path()).exists());
    QVERIFY(second.isReady());
    QCOMPARE(scratchFolders(m_temporary->path()).size(), 2);
}

void TestScratch::removesWhatKilledRunsLeft()
{
    const QString left = m_temporary->filePath(u"launch-cockpit-killed"_s);
    QVERIFY(QDir().mkpath(left + u"/inside"_s));
    QVERIFY(write(left + u"/inside/root.pem"_s, "bytes"));
    QVERIFY(write(left + u"/in-use"_s, lockOf(pidOfTheDead())));
    const Scratch scratch;
    QVERIFY(!QDir(left).exists());
}

void TestScratch::leavesWhatItDidNotMake()
{
    const QString other = m_temporary->filePath(u"launch-cockpit-notes"_s); // no lock file inside
    QVERIFY(QDir().mkpath(other));
    const QString target = m_temporary->filePath(u"elsewhere"_s);
    QVERIFY(QDir().mkpath(target));
    QVERIFY(write(target + u"/in-use"_s, lockOf(pidOfTheDead())));
    const QString link = m_temporary->filePath(u"launch-cockpit-link"_s);
    QVERIFY(QFile::link(target, link));
    const Scratch scratch;
    QVERIFY(QDir(other).exists());
    QVERIFY(QFile::exists(target + u"/in-use"_s));
}

std::unique_ptr<QProcess> TestScratch::startedDemo(const QStringList &arguments, const QString &platform)
{
    std::unique_ptr<QProcess> process = m_program.prepared(arguments);
    QProcessEnvironment environment = process->processEnvironment();
    environment.insert(u"TMPDIR"_s, m_temporary->path());
    if (!platform.isEmpty())
        environment.insert(u"QT_QPA_PLATFORM"_s, platform);
    process->setProcessEnvironment(environment);
    process->start();
    // The company's certificate is in place: everything that is made for now only is there.
    const bool isUp = QTest::qWaitFor(
        [&] {
            const QStringList folders = scratchFolders(m_temporary->path());
            return std::ranges::any_of(folders, [&](const QString &folder) {
                return QFile::exists(m_temporary->filePath(folder) + u"/root.pem"_s);
            });
        },
        30000);
    return isUp ? std::move(process) : nullptr;
}

void TestScratch::programsLeaveNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("platform");
    QTest::addColumn<int>("signalNumber");
    const QStringList audit{u"audit"_s, u"--demo"_s, u"--quiet"_s};
    QTest::newRow("an audit that ends by itself") << audit << QString() << 0;
    QTest::newRow("an audit that is interrupted") << audit << QString() << SIGINT;
    QTest::newRow("an audit that is terminated") << audit << QString() << SIGTERM;
    QTest::newRow("a window that is interrupted") << QStringList{u"--demo"_s} << u"offscreen"_s << SIGINT;
    QTest::newRow("a window that is terminated") << QStringList{u"--demo"_s} << u"offscreen"_s << SIGTERM;
}

void TestScratch::programsLeaveNothing()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, platform);
    QFETCH(int, signalNumber);
    const auto process = startedDemo(arguments, platform);
    QVERIFY(process);
    if (signalNumber != 0)
        kill(static_cast<pid_t>(process->processId()), signalNumber);
    QVERIFY(process->waitForFinished(60000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(scratchFolders(m_temporary->path()), QStringList());
}

void TestScratch::theNextProgramCleansUp()
{
    const auto killed = startedDemo({u"audit"_s, u"--demo"_s, u"--quiet"_s}, {});
    QVERIFY(killed);
    killed->kill();
    QVERIFY(killed->waitForFinished());
    QVERIFY(!scratchFolders(m_temporary->path()).isEmpty());
    const Scratch next;
    QCOMPARE(scratchFolders(m_temporary->path()).size(), 1);
}

QTEST_GUILESS_MAIN(TestScratch)
#include "tst_scratch.moc"
