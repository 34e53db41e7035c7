// Files with something packed in them: what can be opened is searched, within the bounds of archives, and what cannot
// be is counted, not called searched.
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/packedmade.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/secrets/zipmade.h"

#include "checks/secrets/archivewalk.h"
#include "checks/secrets/deflated.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/mediaform.h"
#include "checks/secrets/treescan.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const ScanSettings kSettings{.key = QByteArray(32, 'k'), .token = {}};

QByteArray line(unsigned seed = 1)
{
    return "STRIPE=" + QByteArray::fromStdString(stripeKey(seed)) + "\n";
}

TreeScan scanned(const QByteArray &bytes)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("No file");
    file.close();
    TreeProgress progress;
    return scanTree(folder.path(), smallSet(), kSettings, progress).value();
}

QStringList placesOf(const TreeScan &scan)
{
    QStringList places;
    for (const FoundSecret &found : scan.found)
        places += shownPath(found.path);
    return places;
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

QByteArray anyBytes(qsizetype count)
{
    QByteArray bytes;
    for (quint32 state = 1; bytes.size() < count;)
        bytes += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

} // namespace

class TestPackedFiles : public QObject
{
    Q_OBJECT

private slots:
    void looksInto_data();
    void looksInto();
    void countsWhatIsClosed_data();
    void countsWhatIsClosed();
    void takesNoTextForPacked_data();
    void takesNoTextForPacked();
    void countsThemInHistoryToo();
    void keepsLimits();
    void endsWithWhatIsDamaged();
    void listsWhatIsStoredOnce_data();
    void listsWhatIsStoredOnce();
    void returnsFromAPdfOfPictures();
};

void TestPackedFiles::looksInto_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("places");
    QTest::addColumn<int>("closed");
    const QByteArray page = deflated("BT /F1 12 Tf (" + line() + ") Tj ET");
    QTest::newRow("a package of Debian's")
        << debMade("#!/bin/sh\n" + line(1), line(2))
        << QStringList{u"file!/control.tar.xz!/./postinst"_s, u"file!/data.tar.gz!/./etc/shop.env"_s} << 0;
    QTest::newRow("a package of Red Hat's")
        << rpmMade(line(1), line(2)) << QStringList{u"file"_s, u"file!/./etc/shop.env"_s} << 0;
    QTest::newRow("one in a zip") << zipMade({{"shop.rpm", rpmMade(line(1), line(2))}})
                                  << QStringList{u"file!/shop.rpm"_s, u"file!/shop.rpm!/./etc/shop.env"_s} << 0;
    QTest::newRow("a stream of zlib") << deflated(line() + QByteArray(900, 'x')) << QStringList{u"file"_s} << 0;
    QTest::newRow("one in a zip") << zipMade({{"state.zz", deflated(line())}}) << QStringList{u"file!/state.zz"_s} << 0;
    const QByteArray dull = deflated("nothing of note");
    QTest::newRow("a text behind a stream") << dull + "\n" + line() << QStringList{u"file!/rest"_s} << 0;
    QTest::newRow("a text behind one in a zip")
        << zipMade({{"state.zz", dull + line()}}) << QStringList{u"file!/state.zz!/rest"_s} << 0;
    QTest::newRow("two streams") << dull + deflated(line()) << QStringList{u"file!/stream 2"_s} << 0;
    QTest::newRow("a text behind two") << dull + dull + line() << QStringList{u"file!/rest"_s} << 0;
    QTest::newRow("a zip behind a stream")
        << dull + zipMade({{"a.env", line()}}) << QStringList{u"file!/rest!/a.env"_s} << 0;
    QTest::newRow("nothing behind a stream") << deflated(line()) + QByteArray(40, '\0') << QStringList{u"file"_s} << 0;
    QTest::newRow("a PDF") << pdfMade(pdfObject("/Filter /FlateDecode", page)) << QStringList{u"file!/stream 1"_s} << 1;
    const QByteArray kerned = deflated("BT /F1 12 Tf [(" + line().insert(line().indexOf("live"), ")-20(") + ")]TJ ET");
    QTest::newRow("a PDF with kerning") << pdfMade(pdfObject("/Filter /FlateDecode", kerned))
                                        << QStringList{u"file!/stream 1"_s} << 1;
    const QByteArray digits = deflated("BT /F1 12 Tf <" + line().toHex() + "> Tj ET");
    QTest::newRow("a PDF with hexadecimal digits")
        << pdfMade(pdfObject("/Filter /FlateDecode", digits)) << QStringList{u"file!/stream 1"_s} << 1;
    QTest::newRow("a PDF, in the clear") << pdfMade("<< /URI (" + line() + ") >>") << QStringList{u"file"_s} << 1;
    QTest::newRow("a PDF, in its second stream")
        << pdfMade(pdfObject("/Filter /FlateDecode", deflated("nothing")) +
                   pdfObject("/Subtype /Image /Filter /FlateDecode", deflated(line(3))) +
                   pdfObject("/Filter /FlateDecode", page))
        << QStringList{u"file!/stream 2"_s} << 1;
    QTest::newRow("a PDF with a zip attached")
        << pdfMade(pdfObject("/Type /EmbeddedFile /Filter /FlateDecode", deflated(zipMade({{"a.env", line()}}))))
        << QStringList{u"file!/stream 1!/a.env"_s} << 1;
    QTest::newRow("a PDF in a zip") << zipMade({{"offer.pdf", pdfMade(pdfObject("/Filter /FlateDecode", page))}})
                                    << QStringList{u"file!/offer.pdf!/stream 1"_s} << 1;
}

void TestPackedFiles::looksInto()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, places);
    QFETCH(int, closed);
    const TreeScan scan = scanned(bytes);
    QCOMPARE(placesOf(scan), places);
    QCOMPARE(scan.binaries + scan.archivedBinaries, closed);
    QVERIFY2(scan.archiveGaps.isEmpty(), qPrintable(scan.archiveGaps.join(u'\n')));
}

void TestPackedFiles::countsWhatIsClosed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &mark) { QTest::newRow(name) << mark + anyBytes(600); };
    row("a dump of Redis", QByteArray("REDIS0011\xfa\x09redis-ver", 20));
    row("a dump of PostgreSQL", QByteArray("PGDMP\1\x0e\0\4", 9));
    row("openssl enc", "Salted__");
    row("Parquet", "PAR1\x15\4");
    row("a pack of git", QByteArray("PACK\0\0\0\2", 8));
    row("OpenPGP with a password", "\x8c\x0d\4\x09\3");
    row("KeePass", "\3\xd9\xa2\x9a\x67\xfb");
    row("age", "age-encryption.org/v1\n");
    QTest::newRow("openssl enc, short") << QByteArray("Salted__") + "\x9a\xe1\xc4\x8b\xd2\xf3\xb1\xa9";
}

void TestPackedFiles::countsWhatIsClosed()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(hasClosedParts(viewOf(bytes).substr(0, 32)));
    TreeScan scan = scanned(bytes);
    QCOMPARE(scan.binaries, 1);
    QCOMPARE(scan.programs, 0);
    // What stands there in the clear is found as before.
    scan = scanned(bytes + QByteArray("\0\1", 2) + line() + QByteArray("\0\1", 2));
    QCOMPARE(scan.binaries, 1);
    QCOMPARE(scan.found.size(), size_t(1));
    scan = scanned(zipMade({{"shop.env", bytes}, {"b.txt", "text\n"}}));
    QCOMPARE(scan.archivedBinaries, 1);
    QCOMPARE(scan.archivedTexts, 1);
}

void TestPackedFiles::takesNoTextForPacked_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a word of zlib's mark") << "x^2 + y^2 = z^2\n"_ba + line();
    QTest::newRow("the same with other letters") << "x^2 + y^2 = z^2, na\xc3\xafve and short\n"_ba + line();
    QTest::newRow("the same, long") << "x^2 + y^2 = z^2\n"_ba.repeated(90) + "\xc3\xaf" + line();
    QTest::newRow("the mark alone") << "x^"_ba;
    QTest::newRow("a text on Redis") << "REDIS_URL=redis://localhost\n"_ba + line();
    QTest::newRow("an archive of objects")
        << "!<arch>\nshop.o/         0           0     0     644     4         `\n"_ba + line();
    QTest::newRow("salt") << "Salted butter\n"_ba + line();
}

void TestPackedFiles::takesNoTextForPacked()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!isArchive(bytes, u"a"));
    QVERIFY(!hasClosedParts(viewOf(bytes)));
    QCOMPARE(scanned(bytes).binaries, 0);
}

void TestPackedFiles::countsThemInHistoryToo()
{
    GitFixture code;
    code.init();
    code.write(u"offer.pdf"_s, pdfMade(pdfObject("/Filter /FlateDecode", deflated(line(1)))));
    code.write(u"dump.rdb"_s, QByteArray("REDIS0011\xfa\x09redis-ver", 20) + anyBytes(600));
    code.write(u"shop.deb"_s, debMade(line(2), line(3)));
    code.commitAll(u"files"_s);
    const GitRepository repository = GitRepository::open(code.root()).value();
    const BlobWalk walk = BlobWalk::history(repository, kSettings.token).value();
    HistoryProgress progress;
    const HistoryScan scan = scanHistory(repository, walk, smallSet(), kSettings, progress).value();
    QCOMPARE(scan.found.size(), size_t(3));
    QCOMPARE(scan.binaries, 2);
    QCOMPARE(scan.unseen, 0);
}

void TestPackedFiles::keepsLimits()
{
    const auto walked = [](const QByteArray &bytes, const ArchiveLimits &limits) {
        return walkArchive(
                   bytes, u"a"_s, limits, [](const ArchiveEntry &) {}, CancelToken())
            .value();
    };
    const QByteArray bomb = deflated(QByteArray(40 << 20, ' '));
    QByteArray objects;
    for (int i = 0; i < 3; ++i)
        objects += pdfObject("/Filter /FlateDecode", bomb);
    for (const QByteArray &bytes : {bomb, pdfMade(objects)}) {
        const ArchiveReport report = walked(bytes, {});
        QVERIFY(!report.isWhole);
        QVERIFY(report.bytes < (qint64(18) << 20));
        QVERIFY(report.stoppedBy.contains(u"100 times"_s));
    }
    ArchiveLimits few;
    few.largestEntry = 1000;
    QCOMPARE(walked(deflated(anyBytes(1001)), few).cut, 1);
    QCOMPARE(walked(deflated(anyBytes(1000)), few).cut, 0);
    few.deepest = 1;
    QCOMPARE(walked(zipMade({{"a.zz", deflated("text text text")}}), few).tooDeep, 1);
    const CancelToken stopped;
    stopped.cancel();
    const auto report = walkArchive(
        pdfMade(objects), u"a"_s, {}, [](const ArchiveEntry &) {}, stopped);
    QVERIFY(!report && report.error().kind == ErrorKind::Cancelled);
}

void TestPackedFiles::endsWithWhatIsDamaged()
{
    const QByteArray whole = deflated(line() + anyBytes(9000).toHex());
    QCOMPARE(scanned(whole.first(4000)).found.size(), size_t(1));
    QVERIFY(!scanned(whole.first(4000)).archiveGaps.isEmpty());
    // What was never a stream as a whole: the rest stands in the clear.
    const TreeScan rest = scanned(whole.sliced(0, 2000) + QByteArray(40, '\0') + "\n" + line(2));
    QCOMPARE(placesOf(rest), (QStringList{u"file"_s, u"file!/rest"_s}));
    QVERIFY(!rest.archiveGaps.isEmpty());
    // A PDF that breaks off in a stream, and one whose streams say nothing true.
    const QByteArray pdf = pdfMade(pdfObject("/Filter /FlateDecode", whole));
    QCOMPARE(scanned(pdf.first(4000)).found.size(), size_t(1));
    for (qsizetype size = 8; size < 400; size += 7)
        QCOMPARE(scanned(pdf.first(size)).binaries, 1);
    QCOMPARE(nextPdfStream("stream", 0).at, -1);
    QCOMPARE(nextPdfStream("stream\n", 0).at, -1);
    QCOMPARE(nextPdfStream("endstream\nx\x9cxxxxxxx", 0).at, -1);
    QCOMPARE(nextPdfStream("stream\nx\x9cxxxxxxx", 0).at, 7);
}

void TestPackedFiles::listsWhatIsStoredOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("places");
    const QByteArray text = line(1) + anyBytes(900).toHex();
    const QByteArray whole = stored(text);
    const QByteArray damaged = whole.chopped(4) + "\xff\xff\xff\xff"; // the checksum
    const auto pdf = [](const QByteArray &stream) { return pdfMade(pdfObject("/Filter /FlateDecode", stream)); };
    QTest::newRow("a stream") << whole << QStringList{u"file"_s};
    QTest::newRow("a damaged stream") << damaged << QStringList{u"file"_s};
    QTest::newRow("a stream that breaks off") << whole.chopped(20) << QStringList{u"file"_s};
    QTest::newRow("the same value behind the damage")
        << damaged + "\n" + line(1) << QStringList{u"file"_s, u"file!/rest"_s};
    QTest::newRow("another value behind the damage")
        << damaged + "\n" + line(2) << QStringList{u"file"_s, u"file!/rest"_s};
    QTest::newRow("a damaged stream in a zip") << zipMade({{"a.zz", damaged}}) << QStringList{u"file!/a.zz"_s};
    QTest::newRow("a PDF") << pdf(whole) << QStringList{u"file!/stream 1"_s};
    QTest::newRow("a PDF with a damaged stream") << pdf(damaged) << QStringList{u"file!/stream 1"_s};
    QTest::newRow("a PDF with its value in the clear, too")
        << pdfMade(pdfObject("/Filter /FlateDecode", whole) + "<< /URI (" + line(1) + ") >>")
        << QStringList{u"file"_s, u"file!/stream 1"_s};
    QTest::newRow("a PDF in a zip") << zipMade({{"a.pdf", pdf(whole)}}) << QStringList{u"file!/a.pdf!/stream 1"_s};
}

// What is stored and not compressed stands in the packed bytes once more.
void TestPackedFiles::listsWhatIsStoredOnce()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, places);
    QCOMPARE(placesOf(scanned(bytes)), places);
}

// Millions of them fit in a file: whoever searches it is asked between them whether to go on.
void TestPackedFiles::returnsFromAPdfOfPictures()
{
    constexpr int pictures = 2 * kMostRefused + 10;
    const QByteArray pdf = pdfMade("/Subtype/Image stream\nx\x9cxxxxxx\n"_ba.repeated(pictures) +
                                   pdfObject("/Filter /FlateDecode", deflated(line())));
    PdfPlace place = nextPdfStream(pdf, 0);
    QVERIFY(place.at > 0 && place.at < pdf.size() * 3 / 4 && !place.isStream);
    place = nextPdfStream(pdf, place.at);
    QVERIFY(place.at > 0 && !place.isStream);
    QVERIFY(nextPdfStream(pdf, place.at).isStream);
    QCOMPARE(placesOf(scanned(pdf)), QStringList{u"file!/stream 1"_s});
}

QTEST_GUILESS_MAIN(TestPackedFiles)
#include "tst_packedfiles.moc"
