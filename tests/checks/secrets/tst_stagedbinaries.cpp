// What a look at a change makes of files that are no text, or only just: nothing is passed over without a word.
#include "checks/secrets/historyscan.h"
#include "checks/secrets/textform.h"
#include "checks/secrets/treescan.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/secrets/zipmade.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const ScanSettings kSettings{.key = "key", .token = {}};

QByteArray keyLine()
{
    return "STRIPE_SECRET_KEY=" + QByteArray::fromStdString(stripeKey()) + "\n";
}

// A picture, a compiled program: bytes of all kinds.
QByteArray anyBytes(qsizetype count)
{
    QByteArray bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    std::mt19937 random(1);
    while (bytes.size() < count)
        bytes += static_cast<char>(random() & 0xff);
    return bytes;
}

HistoryScan staged(const GitFixture &code)
{
    code.git({u"add"_s, u"-A"_s});
    const GitRepository repository = GitRepository::open(code.root()).value();
    const BlobWalk walk = BlobWalk::staged(repository, {}, kSettings.token).value();
    HistoryProgress progress;
    return scanHistory(repository, walk, smallSet(), kSettings, progress).value();
}

TreeScan inFiles(const QString &root)
{
    TreeProgress progress;
    return scanTree(root, smallSet(), kSettings, progress).value();
}

} // namespace

class TestStagedBinaries : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatIsText_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isRead");
        const auto row = [](const char *what, const char *name, const QByteArray &bytes, bool isRead) {
            QTest::newRow(what) << QString::fromLatin1(name) << bytes << isRead;
        };
        const QByteArray nul(1, '\0');
        row("one byte that went astray", ".env", "# caf" + nul + "e\n" + keyLine(), true);
        row("the same in code", "pay.js", "// caf" + nul + "e\n" + keyLine(), true);
        row("entries with a NUL between", "environ", "A=first" + nul + "HOME=/home/ada" + nul + keyLine(), true);
        row("colours of a terminal", "out.txt", "\x1b[1mdone\x1b[0m" + nul + "\n" + keyLine(), true);
        row("settings with any bytes", "prod/.env", anyBytes(400) + "\n" + keyLine(), true);
        row("a key file with any bytes", "tls/server.key", anyBytes(400) + "\n" + keyLine(), true);
        row("a picture", "logo.png", anyBytes(9000) + "\n" + keyLine(), false);
        row("a small picture", "dot.png", anyBytes(100) + "\n" + keyLine(), false);
        row("numbers of four bytes", "table.bin", QByteArray("\1\0\0\0", 4).repeated(50) + keyLine(), true);
        row("code with bytes of no letter", "pay.js", QByteArray("//\0\1\2", 5).repeated(9) + "\n" + keyLine(), true);
        row("a database", "dev.db",
            "SQLite format 3" + QByteArray(1, '\0') + QByteArray(80, '\1') + QByteArray(300, '\0') + keyLine() +
                QByteArray(90, '\0'),
            true);
        row("columns of a database, with nothing between", "dev.db",
            "SQLite format 3" + QByteArray(90, '\0') + "stripe" + QByteArray::fromStdString(stripeKey()) +
                "2026-01-02" + QByteArray(9, '\0'),
            true);
        QByteArray wide;
        for (const char c : keyLine())
            wide += QByteArray(1, c) + nul;
        row("UTF-16 among other bytes", "memory.bin", QByteArray("\1\2\0\0", 4).repeated(50) + wide, true);
        row("a font", "a.ttf", QByteArray("\0\1\0\0\0\x0c\0\x80", 8) + QByteArray(60, '\0') + keyLine(), false);
        row("a film", "a.mp4",
            QByteArray("\0\0\0\x20"
                       "ftypisom\0\0\2\0",
                       16) +
                QByteArray(60, '\0') + keyLine(),
            false);
    }

    void readsWhatIsText()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isRead);
        GitFixture code;
        code.init();
        code.write(name, bytes);
        const HistoryScan change = staged(code);
        QCOMPARE(change.found.size(), size_t(isRead ? 1 : 0));
        QCOMPARE(change.binaries, isRead ? 0 : 1);
        QCOMPARE(change.unseen, 0); // what is no text is no text
        const TreeScan all = inFiles(code.root());
        QCOMPARE(all.found.size(), change.found.size());
        QCOMPARE(all.binaries, change.binaries);
        QCOMPARE(inFiles(code.path(name)).found.size(), change.found.size()); // named by itself
    }

    void looksIntoSettingsInArchives()
    {
        GitFixture code;
        code.init();
        code.write(u"backup.zip"_s,
                   zipMade({{"shop/.env", anyBytes(400) + "\n" + keyLine()}, {"logo.png", anyBytes(100)}}));
        const HistoryScan change = staged(code);
        QCOMPARE(change.found.size(), size_t(1));
        QCOMPARE(change.binaries, 0);
        QCOMPARE(change.archivedBinaries, 1);
        QCOMPARE(inFiles(code.root()).archivedBinaries, 1);
    }

    // A message is a text whatever stands in it. (git itself cuts it at a NUL; others do not.)
    void readsEachMessage()
    {
        GitFixture code;
        code.init();
        const QByteArray tree = code.git({u"write-tree"_s});
        const QByteArray commit = "tree " + tree +
                                  "\nauthor A <a@example.com> 1700000000 +0000\ncommitter A <a@example.com> 1700000000 "
                                  "+0000\n\n" +
                                  QByteArray("\1\0\0\2", 4).repeated(20) + "\n" + keyLine();
        const QByteArray id =
            code.git({u"hash-object"_s, u"-t"_s, u"commit"_s, u"-w"_s, u"--literally"_s, u"--stdin"_s}, commit);
        code.git({u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(id)});
        const GitRepository repository = GitRepository::open(code.root()).value();
        const BlobWalk walk = BlobWalk::history(repository, kSettings.token).value();
        HistoryProgress progress;
        const HistoryScan scan = scanHistory(repository, walk, smallSet(), kSettings, progress).value();
        QCOMPARE(scan.found.size(), size_t(1));
        QCOMPARE(scan.binaries, 0);
    }

    void countsWhatItCouldNotSee_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("unseen");
        const QByteArray zip = zipMade({{"a.txt", keyLine()}});
        QTest::newRow("a text") << u"a.txt"_s << QByteArray("hello\n") << 0;
        QTest::newRow("an archive") << u"a.zip"_s << zip << 0;
        QTest::newRow("an encrypted archive") << u"a.zip"_s << zipMade({{"a.txt", keyLine()}}, "a passphrase") << 1;
        QTest::newRow("an archive that breaks off") << u"a.zip"_s << zip.first(40) << 1;
        QTest::newRow("what begins like one alone")
            << u"a.gz"_s << QByteArray("\x1f\x8b\x08\0", 4) + anyBytes(300) << 1;
        QTest::newRow("too large") << u"a.txt"_s << QByteArray(BlobWalk::kLargestBlob + 1, 'a') << 1;
        QByteArray many;
        for (unsigned i = 0; i < TextScanner::kMostHits + 1; ++i)
            many += QByteArray::fromStdString(stripeKey(i)) + "\n";
        QTest::newRow("more than is listed") << u"a.txt"_s << many << 1;
    }

    void countsWhatItCouldNotSee()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(int, unseen);
        GitFixture code;
        code.init();
        code.write(name, bytes);
        const HistoryScan change = staged(code);
        QCOMPARE(change.unseen, unseen);
        QCOMPARE(change.gaps.isEmpty(), unseen == 0);
    }
};

QTEST_GUILESS_MAIN(TestStagedBinaries)
#include "tst_stagedbinaries.moc"
