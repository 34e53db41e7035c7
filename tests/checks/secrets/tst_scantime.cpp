// How the work of a search grows with the text.
#include "tests/checks/secrets/scannedtexts.h"

#include <ctime>
#include <limits>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

std::string repeated(const std::string &piece, size_t length)
{
    std::string text;
    while (text.size() < length)
        text += piece;
    return text;
}

// Seconds of a processor that this thread spends on a search, the least of three: whoever else is busy on the machine
// does not count.
double workFor(const std::string &text)
{
    const auto spent = [] {
        timespec now = {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    };
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < 3; ++i) {
        TextScanner scanner = scannerWith();
        const double before = spent();
        scanner.scan(text);
        least = std::min(least, spent() - before);
    }
    return least;
}

} // namespace

class TestScanTime : public QObject
{
    Q_OBJECT

private slots:
    void worksInProportionToTheLength_data();
    void worksInProportionToTheLength();
};

void TestScanTime::worksInProportionToTheLength_data()
{
    QTest::addColumn<std::string>("piece");
    QTest::newRow("escapes") << std::string("\\u0041");
    QTest::newRow("signs of percent") << std::string("%41");
    QTest::newRow("base64 of text") << base64(noise(300, 1, "abc def"));
    QTest::newRow("keys in base64") << base64("k=" + stripeKey()) + " ";
    // Each is text by itself, and two of them are none.
    QTest::newRow("lines of base64 that are text alone")
        << base64("\xc3" + std::string(11, 'a') + std::string(6, '\xa4') + std::string(39, 'b')) + "\n";
    QTest::newRow("names") << std::string("aLongIdentifierOfThirtyLetters/");
    QTest::newRow("opened strings") << std::string("password=\"");
    QTest::newRow("a row of one letter") << std::string("a");
    QTest::newRow("a ruled line") << std::string("-");
}

void TestScanTime::worksInProportionToTheLength()
{
    QFETCH(std::string, piece);
    constexpr double kTimes = 8;
    constexpr size_t kLong = TextScanner::kBlock / 4; // within a block, which is the most that is looked at as one
    const double ofShort = workFor(repeated(piece, static_cast<size_t>(kLong / kTimes)));
    const double ofLong = workFor(repeated(piece, kLong));
    // In proportion it is 8 times as much; by the square of the length it would be 64 times.
    QVERIFY2(ofLong < 3 * kTimes * ofShort, qPrintable(u"%1 s and %2 s"_s.arg(ofShort).arg(ofLong)));
}

QTEST_GUILESS_MAIN(TestScanTime)
#include "tst_scantime.moc"
