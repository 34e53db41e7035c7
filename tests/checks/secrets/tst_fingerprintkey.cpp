#include "checks/secrets/fingerprintkey.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestFingerprintKey : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void isMadeOnce();
    void isTheSameForAllWhoStartAtOnce();
    void isClosedToOthers();
    void staysInTheSessionWhereNothingCanBeWritten_data();
    void staysInTheSessionWhereNothingCanBeWritten();
    void leavesOtherFilesAlone_data();
    void leavesOtherFilesAlone();

private:
    QString folder() const { return m_home->filePath(u"share/launch-cockpit"_s); }
    QString file() const { return folder() + u"/fingerprint.key"_s; }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestFingerprintKey::isMadeOnce()
{
    const FingerprintKey first = fingerprintKeyIn(folder());
    QVERIFY(first.isKept && first.whyNotKept.isEmpty());
    QCOMPARE(first.bytes.size(), 32);
    QCOMPARE(fingerprintKeyIn(folder()).bytes, first.bytes);
    QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Hidden), QStringList{u"fingerprint.key"_s});
    QVERIFY(newFingerprintKey() != newFingerprintKey());
}

void TestFingerprintKey::isTheSameForAllWhoStartAtOnce()
{
    std::array<QByteArray, 8> keys;
    std::vector<std::thread> threads;
    for (QByteArray &key : keys)
        threads.emplace_back([&] { key = fingerprintKeyIn(folder()).bytes; });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(std::set<QByteArray>(keys.begin(), keys.end()).size(), 1U);
}

void TestFingerprintKey::isClosedToOthers()
{
    const QByteArray bytes = fingerprintKeyIn(folder()).bytes;
    struct stat status
    {
    };
    const QByteArray name = QFile::encodeName(file());
    QCOMPARE(::stat(name.constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
    QCOMPARE(::chmod(name.constData(), 0644), 0);
    QCOMPARE(fingerprintKeyIn(folder()).bytes, bytes);
    QCOMPARE(::stat(name.constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void TestFingerprintKey::staysInTheSessionWhereNothingCanBeWritten_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("no place") << QString();
    QTest::newRow("a kernel's folder") << u"/proc/launch-cockpit"_s;
    QTest::newRow("below a file") << u"/etc/hostname/launch-cockpit"_s;
}

void TestFingerprintKey::staysInTheSessionWhereNothingCanBeWritten()
{
    QFETCH(QString, place);
    const FingerprintKey key = fingerprintKeyIn(place);
    QVERIFY(!key.isKept);
    QCOMPARE(key.bytes.size(), 32);
    QVERIFY(!key.whyNotKept.isEmpty());
    QVERIFY(fingerprintKeyIn(place).bytes != key.bytes);
}

void TestFingerprintKey::leavesOtherFilesAlone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << QByteArray(31, 'k');
    QTest::newRow("long") << QByteArray(33, 'k');
}

void TestFingerprintKey::leavesOtherFilesAlone()
{
    QFETCH(QByteArray, content);
    QVERIFY(QDir().mkpath(folder()));
    QFile other(file());
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(content);
    other.close();
    const FingerprintKey key = fingerprintKeyIn(folder());
    QVERIFY(!key.isKept);
    QVERIFY(key.whyNotKept.contains("fingerprint.key"_L1));
    QVERIFY(other.open(QIODevice::ReadOnly));
    QCOMPARE(other.readAll(), content);
}

QTEST_GUILESS_MAIN(TestFingerprintKey)
#include "tst_fingerprintkey.moc"
