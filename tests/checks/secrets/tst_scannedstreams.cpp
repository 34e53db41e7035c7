// A text that comes in pieces, and one that is no text.
#include "tests/checks/secrets/scannedtexts.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestScannedStreams : public QObject
{
    Q_OBJECT

private slots:
    void findsAtEveryPlaceOfABlock();
    void streamsAsItScans();
    void passesOverBinaries();
    void stops();
    void passesOnWhatTheReaderSays();
};

// Around the seams between blocks nothing is lost, and nothing found twice.
void TestScannedStreams::findsAtEveryPlaceOfABlock()
{
    const std::string key = stripeKey();
    auto scanner = scannerWith();
    for (const size_t seam :
         {TextScanner::kBlock, TextScanner::kBlock + (16U << 10), TextScanner::kBlock + (36U << 10)}) {
        for (size_t at = seam - 40; at <= seam + 40; at += 16) {
            std::string text(seam * 2 + 300, ' ');
            for (size_t line = 100; line < text.size(); line += 100)
                text[line] = '\n';
            text.replace(at, 1, "\n");
            text.replace(at + 1, key.size(), key);
            const auto line = std::ranges::count(text.substr(0, at + 1), '\n') + 1;
            const QString expected = u"stripe-live-secret secret critical %1:1"_s.arg(line);
            QCOMPARE(shown(scanner.scan(text).hits), expected);
            QCOMPARE(shown(scanner.scanStream(readerOf(text))->hits), expected);
        }
    }
}

void TestScannedStreams::streamsAsItScans()
{
    std::string text;
    for (unsigned i = 0; text.size() < 5U << 20; ++i) {
        text += noise(i * 37 % 3000, i, "abc def\n") + "\nx = " + stripeKey(i) + "\n";
        text += "y: " + base64("k=" + stripeKey(i + 1)) + " " + escaped("%", "%%%02x") + "\n";
    }
    auto scanner = scannerWith();
    const TextScan whole = scanner.scan(text);
    QVERIFY(whole.hits.size() > 3000);
    const auto streamed = scanner.scanStream(readerOf(text));
    QCOMPARE(shown(streamed->hits), shown(whole.hits));
    QCOMPARE(streamed->bytes, whole.bytes);
    const std::string wide = utf16(text, false, true);
    const auto wideScan = scanner.scanStream(readerOf(wide, 4097));
    QCOMPARE(wideScan->hits.size(), whole.hits.size());
    for (size_t i = 0; i < whole.hits.size(); ++i) {
        QCOMPARE(wideScan->hits[i].offset, 2 * whole.hits[i].offset + 2);
        QCOMPARE(wideScan->hits[i].line, whole.hits[i].line);
    }
}

void TestScannedStreams::passesOverBinaries()
{
    const std::string binary = std::string("\x89PNG\r\n\x1a\n\0\0", 10) + stripeKey();
    QVERIFY(scannerWith().scan(binary).isBinary);
    QVERIFY(scannerWith().scanStream(readerOf(binary))->isBinary);
    const std::string late = std::string(8000, ' ') + std::string(1, '\0') + stripeKey();
    QCOMPARE(scannerWith().scan(late).hits.size(), 1U);
}

void TestScannedStreams::stops()
{
    const CancelToken token;
    int reads = 0;
    const auto endless = [&](char *to, qint64 most) -> Result<qint64> {
        if (++reads == 20)
            token.cancel();
        std::memset(to, 'x', static_cast<size_t>(most));
        return most;
    };
    const auto scan = scannerWith(token).scanStream(endless);
    QVERIFY(scan && scan->ended);
    QCOMPARE(scan->ended->kind, ErrorKind::Cancelled);
    QVERIFY(!scan->trouble());
    QVERIFY(reads < 25);
}

void TestScannedStreams::passesOnWhatTheReaderSays()
{
    const auto scan = scannerWith().scanStream(
        [](char *, qint64) -> Result<qint64> { return failure(ErrorKind::Storage, u"broken"_s); });
    QVERIFY(!scan);
    QCOMPARE(scan.error().message, u"broken"_s);
}

QTEST_GUILESS_MAIN(TestScannedStreams)
#include "tst_scannedstreams.moc"
