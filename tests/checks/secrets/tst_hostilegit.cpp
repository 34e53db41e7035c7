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
    void opensNoHugeSetting();
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

void TestHostileGit::opensNoHugeSetting()
{
    GitFixture fixture;
    makeOneCommit(fixture);
    QCOMPARE(::truncate(encoded(fixture.path(u".git/config"_s)).constData(), off_t(5) << 30), 0);
    const auto scan = historyOf(fixture.root());
    QVERIFY(!scan);
    QVERIFY2(scan.error().message.contains("config"_L1), qPrintable(scan.error().message));
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
