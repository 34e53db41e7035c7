// Files that are too large to be read: by their beginning it is told that they are pictures and their like, and what
// cannot be told stops a guard.
#include "checks/secrets/blobwalkstate.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/largefile.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const ScanSettings kSettings{.key = "key", .token = {}};
const QString kName = u"web/film.bin"_s;

// One byte more than is read; the rest is nothing, which git presses together.
QByteArray large(const QByteArray &beginning)
{
    QByteArray bytes(BlobWalk::kLargestBlob + 1, '\0');
    return bytes.replace(0, beginning.size(), beginning);
}

QByteArray film()
{
    return large(QByteArray("\0\0\0\x20"
                            "ftypisom\0\0\2\0isomiso2",
                            24));
}

enum class Kept { InOwnFile, Packed };

void stage(const GitFixture &code, Kept kept)
{
    // What is larger than this goes into a pack at once.
    const QString threshold = kept == Kept::Packed ? u"1m"_s : u"1g"_s;
    code.git({u"-c"_s, u"core.compression=1"_s, u"-c"_s, u"core.bigFileThreshold="_s + threshold, u"add"_s, u"-A"_s});
}

HistoryScan scanned(const GitFixture &code, const QString &since = {})
{
    const GitRepository repository = GitRepository::open(code.root()).value();
    const BlobWalk walk = since.isEmpty() ? BlobWalk::staged(repository, {}, kSettings.token).value()
                                          : BlobWalk::since(repository, since, kSettings.token).value();
    HistoryProgress progress;
    return scanHistory(repository, walk, smallSet(), kSettings, progress).value();
}

void isTold(const HistoryScan &scan)
{
    QVERIFY2(scan.gaps.isEmpty(), qPrintable(scan.gaps.join(u' ')));
    QCOMPARE(scan.unseen, 0);
    QCOMPARE(scan.binaries, 1);
    QCOMPARE(scan.counts.largeMedia, 1);
    QCOMPARE(scan.counts.tooLarge, 0);
}

void isNotTold(const HistoryScan &scan, const QString &name)
{
    QCOMPARE(scan.unseen, 1);
    QCOMPARE(scan.counts.largeMedia, 0);
    QCOMPARE(scan.gaps.size(), 1);
    const QString &said = scan.gaps.front();
    QVERIFY2(said.contains(name) && said.contains("git cat-file -p"_L1), qPrintable(said));
}

enum class Change { None, OtherSize, OtherBytes, Gone, BehindLink };

void change(const GitFixture &code, Change what)
{
    switch (what) {
    case Change::None:
        return;
    case Change::OtherSize:
        return code.write(kName, film() + "more");
    case Change::OtherBytes:
        return code.write(kName, film().replace(100, 1, "x"));
    case Change::Gone:
        QVERIFY(QFile::remove(code.path(kName)));
        return;
    case Change::BehindLink:
        QVERIFY(QDir().rename(code.path(u"web"_s), code.path(u"../moved"_s)));
        QVERIFY(QFile::link(code.path(u"../moved"_s), code.path(u"web"_s)));
        return;
    }
}

} // namespace

Q_DECLARE_METATYPE(Kept)
Q_DECLARE_METATYPE(Change)

class TestLargeFiles : public QObject
{
    Q_OBJECT

private slots:
    void tellsByTheBeginning_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("beginning");
        QTest::addColumn<bool>("isMedia");
        QTest::newRow("a film") << kName << film().first(100) << true;
        QTest::newRow("a text with a film behind it") << kName << QByteArray(8000, 'a') << false;
        QTest::newRow("a film with a text behind 8,000 bytes")
            << kName << film().first(8100) + QByteArray(100, 'a') << true;
        QTest::newRow("a database, in whose strings keys may stand")
            << kName << QByteArray("SQLite format 3\0\x10\0", 18) << false;
        QTest::newRow("an archive") << kName << QByteArray("PK\3\4\x14\0\0\0\x08\0", 10) << false;
        QTest::newRow("what is called like settings") << u"prod/.env"_s << film().first(100) << false;
    }

    void tellsByTheBeginning()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, beginning);
        QFETCH(bool, isMedia);
        for (const Kept kept : {Kept::InOwnFile, Kept::Packed}) {
            GitFixture code;
            code.init();
            code.write(name, large(beginning));
            stage(code, kept);
            const HistoryScan scan = scanned(code);
            if (isMedia)
                isTold(scan);
            else
                isNotTold(scan, name);
        }
    }

    void looksAtTheSameFileAlone_data()
    {
        QTest::addColumn<Kept>("kept");
        QTest::addColumn<Change>("what");
        QTest::addColumn<bool>("isSeen");
        QTest::newRow("as it was added") << Kept::Packed << Change::None << true;
        QTest::newRow("another size since") << Kept::Packed << Change::OtherSize << false;
        QTest::newRow("another byte since") << Kept::Packed << Change::OtherBytes << false;
        QTest::newRow("gone since") << Kept::Packed << Change::Gone << false;
        QTest::newRow("behind a link now") << Kept::Packed << Change::BehindLink << false;
        QTest::newRow("gone, and git tells itself") << Kept::InOwnFile << Change::Gone << true;
    }

    void looksAtTheSameFileAlone()
    {
        QFETCH(Kept, kept);
        QFETCH(Change, what);
        QFETCH(bool, isSeen);
        GitFixture code;
        code.init();
        code.write(kName, film());
        stage(code, kept);
        change(code, what);
        const HistoryScan scan = scanned(code);
        if (isSeen)
            isTold(scan);
        else
            isNotTold(scan, kName);
    }

    // What the index has by that name is asked, for a commit's files have none yet.
    void knowsTheFilesOfCommits()
    {
        GitFixture code;
        code.init();
        code.commitAll(u"start"_s);
        code.write(kName, film());
        stage(code, Kept::Packed);
        code.git({u"commit"_s, u"-q"_s, u"-m"_s, u"film"_s});
        isTold(scanned(code, u"HEAD~1"_s));
        code.git({u"rm"_s, u"-q"_s, kName});
        code.git({u"commit"_s, u"-q"_s, u"-m"_s, u"no film"_s});
        const HistoryScan scan = scanned(code, u"HEAD~2"_s);
        QCOMPARE(scan.unseen, 1);
        QVERIFY2(scan.gaps.front().contains(QString::fromLatin1(code.blobId(film()).first(kTellingDigits))),
                 qPrintable(scan.gaps.front()));
    }

    void tellsNothingAfterAStop()
    {
        GitFixture code;
        code.init();
        code.write(kName, film());
        stage(code, Kept::Packed);
        const GitRepository repository = GitRepository::open(code.root()).value();
        const GitOdb objects = openOdb(repository).value();
        LargeFile file{.size = film().size()};
        QCOMPARE(git_oid_fromstr(&file.id, code.blobId(film()).constData()), 0);
        QVERIFY(lookAtLargeFile(file, objects.get(), repository, CancelToken()).isMedia);
        const CancelToken stopped;
        stopped.cancel();
        const LargeFile told = lookAtLargeFile(file, objects.get(), repository, stopped);
        QVERIFY(!told.isMedia);
        QCOMPARE(told.path, kName.toUtf8());
    }
};

QTEST_GUILESS_MAIN(TestLargeFiles)
#include "tst_largefiles.moc"
