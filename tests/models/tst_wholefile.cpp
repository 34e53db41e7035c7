#include "models/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

// What a person asked to be written is there as a whole, or the place is as it was.
class TestWholeFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void replacesAFile();
    void leavesAPipeInItsPlace();
    void saysWhy_data();
    void saysWhy();
    void leavesTheOldFileWhenThereIsNoRoom();

private:
    QByteArray contentOf(const QString &path) const;

    QTemporaryDir m_dir;
    QString m_path;
};

void TestWholeFile::init()
{
    m_path = m_dir.filePath(u"report.json"_s);
    QFile old(m_path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
}

QByteArray TestWholeFile::contentOf(const QString &path) const
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestWholeFile::replacesAFile()
{
    QVERIFY(writeWholeFile(m_path, "new content"));
    QCOMPARE(contentOf(m_path), QByteArray("new content"));
    const QString link = m_dir.filePath(u"link"_s);
    QVERIFY(QFile::link(m_path, link));
    QVERIFY(writeWholeFile(link, "through the link"));
    QCOMPARE(contentOf(m_path), QByteArray("through the link"));
    QVERIFY(QFileInfo(link).isSymLink());
}

void TestWholeFile::leavesAPipeInItsPlace()
{
    const QString path = m_dir.filePath(u"pipe"_s);
    const QByteArray name = QFile::encodeName(path);
    QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    const int reader = ::open(name.constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(writeWholeFile(path, "words"));
    QByteArray words(100, ' ');
    QCOMPARE(::read(reader, words.data(), static_cast<size_t>(words.size())), ssize_t(5));
    ::close(reader);
    QVERIFY(words.startsWith("words"));
    QVERIFY(QFileInfo::exists(path) && !QFileInfo(path).isFile());
}

void TestWholeFile::saysWhy_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("a folder") << m_dir.path();
    QTest::newRow("no such folder") << m_dir.filePath(u"none/report.json"_s);
    QTest::newRow("nothing can be written there") << u"/proc/report.json"_s;
}

void TestWholeFile::saysWhy()
{
    QFETCH(QString, path);
    const Result<void> written = writeWholeFile(path, "x");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(written.error().message.contains(QDir::toNativeSeparators(path)), qPrintable(written.error().message));
}

// 100 bytes stay in the buffer until the very end, 100,000 do not.
void TestWholeFile::leavesTheOldFileWhenThereIsNoRoom()
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit original = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &original), 0);
    for (const int size : {100, 100000}) {
        const rlimit small{50, original.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const Result<void> written = writeWholeFile(m_path, QByteArray(size, 'x'));
        ::setrlimit(RLIMIT_FSIZE, &original);
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Storage);
        QCOMPARE(contentOf(m_path), QByteArray("old"));
        QCOMPARE(QDir(m_dir.path()).entryList({u"report.json*"_s}), QStringList{u"report.json"_s});
    }
}

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
