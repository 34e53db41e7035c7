// Texts of two bytes a letter (UTF-16) among other bytes: in either order, at any place, with nothing between them and
// what stands beside.
#include "tests/checks/secrets/programsmade.h"
#include "tests/checks/secrets/smallrules.h"

#include "checks/secrets/programstrings.h"
#include "checks/secrets/textscanner.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray highFirst(const QByteArray &text)
{
    QByteArray bytes;
    for (const char c : text)
        bytes.append('\0').append(c);
    return bytes;
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

std::vector<SecretHit> found(const QByteArray &bytes)
{
    return TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value().scan(viewOf(bytes)).hits;
}

QByteArray key()
{
    return QByteArray::fromStdString(stripeKey());
}

} // namespace

class TestWideStrings : public QObject
{
    Q_OBJECT

private slots:
    void findsTheWholeKey_data();
    void findsTheWholeKey();
    void handsOutAllLetters_data();
    void handsOutAllLetters();
};

void TestWideStrings::findsTheWholeKey_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("stored"); // the key as it stands there
    const QByteArray program = QByteArray::fromHex("7f454c460201010000000000");
    const QByteArray odd = program + "\1";
    const QByteArray low = wide(key());
    const QByteArray high = highFirst(key());
    const auto rows = [&](const char *order, const QByteArray &stored) {
        for (const auto &[name, begin] : {std::pair("even", program + "\1\2"), std::pair("odd", odd + "\1\2")}) {
            QTest::addRow("%s, %s place, in the middle", order, name)
                << begin + stored + QByteArray("\1\2\0\0", 4) << stored;
            QTest::addRow("%s, %s place, at the end", order, name) << begin + stored << stored;
            QTest::addRow("%s, %s place, before other letters", order, name)
                << begin + stored + QByteArray("\xff, more", 7) << stored;
            QTest::addRow("%s, %s place, before NULs", order, name) << begin + stored + QByteArray(9, '\0') << low;
        }
    };
    // With NULs on both sides it may be either.
    rows("low byte first", low);
    rows("high byte first", high);
    QTest::newRow("low byte first, right behind a letter") << odd + "\1Q" + low + QByteArray("\0\0", 2) << low;
    QTest::newRow("low byte first, right behind a text")
        << odd + "\1Quite a text " + low + QByteArray("\0\0", 2) << low;
    QTest::newRow("high byte first, right behind a text") << odd + "\1Quite a text " + high + "\1" << high;
    QTest::newRow("high byte first, right before a mark") << odd + "\1" + high + "_" + QByteArray("\x10", 1) << high;
    QTest::newRow("as property lists have it")
        << QByteArray("bplist00\xd1\1\2\x6f\x10\x20", 14) + high + "_\x10" << high;
}

void TestWideStrings::findsTheWholeKey()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, stored);
    const auto hits = found(bytes);
    QCOMPARE(hits.size(), size_t(1));
    QCOMPARE(hits.front().fingerprint, found(key()).at(0).fingerprint);
    QCOMPARE(bytes.mid(hits.front().offset, hits.front().length), stored);
}

void TestWideStrings::handsOutAllLetters_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("wanted"); // among others
    QTest::newRow("a text of a byte behind one of two") << "\1" + wide("wide text") + "narrow"
                                                        << "narrow"_ba;
    QTest::newRow("high byte first, a text of a byte behind") << "\1" + highFirst("wide text") + "narrow"
                                                              << "narrow"_ba;
    QTest::newRow("a text of a byte before one of two") << "\1narrow" + wide("wide text") << "narrow"_ba;
    QTest::newRow("the one of two behind it") << "\1narrow" + wide("wide text") << "wide text"_ba;
    QTest::newRow("the shortest") << "\1" + wide("sixsix") << "sixsix"_ba;
    QTest::newRow("the shortest, high byte first") << "\1" + highFirst("sixsix") << "sixsix"_ba;
    QTest::newRow("nothing else") << wide("wide text") << "wide text"_ba;
    QTest::newRow("nothing else, high byte first") << highFirst("wide text") << "wide text"_ba;
}

void TestWideStrings::handsOutAllLetters()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, wanted);
    ProgramStrings strings(viewOf(bytes));
    QByteArrayList pieces;
    while (strings.next()) {
        for (size_t i = 0; i < strings.pieces().size(); ++i) {
            const std::string_view piece = strings.pieces()[i];
            const auto place = strings.placeOf(i, 0, piece.size());
            QVERIFY(place.start < place.end && place.end <= viewOf(bytes).size());
            pieces += QByteArray(piece.data(), static_cast<qsizetype>(piece.size()));
        }
    }
    QVERIFY2(pieces.contains(wanted), pieces.join(" | ").constData());
}

QTEST_GUILESS_MAIN(TestWideStrings)
#include "tst_widestrings.moc"
