// The pages of SQLite, as files say them that are none: no size is believed.
#include "checks/secrets/databaserows.h"

#include <QtEndian>
#include <QTest>

using namespace cockpit;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

// As a record has its sizes, in three bytes, be it less.
QByteArray number(qsizetype value)
{
    const auto sevenBits = [value](int shift) { return static_cast<char>((value >> shift & 0x7f) | 0x80); };
    return QByteArray{}.append(sevenBits(14)).append(sevenBits(7)).append(static_cast<char>(value & 0x7f));
}

// Texts of a letter each.
QByteArray recordOf(qsizetype columns)
{
    constexpr char oneLetter = 15;
    return number(3 + columns) + QByteArray(columns, oneLetter) + QByteArray(columns, 'a');
}

constexpr qsizetype kSize = 512;

// One record that goes on in as many pages, each of which has 508 bytes of it; the first has the least, 39.
QByteArray recordInPages(qsizetype pages)
{
    constexpr qsizetype least = 39;
    constexpr qsizetype ofNext = kSize - 4;
    const QByteArray record = recordOf((least + ofNext * pages - 3) / 2);
    QByteArray first(kSize, '\0');
    const QByteArray cell = number(record.size()) + "\1" + record.first(least) + QByteArray::fromHex("00000003");
    first[0] = 0x0d;
    first[4] = 1;
    first[8] = static_cast<char>((kSize - cell.size()) >> 8);
    first[9] = static_cast<char>((kSize - cell.size()) & 0xff);
    QByteArray bytes = first.first(kSize - cell.size()) + cell;
    for (qsizetype i = 0; i < pages; ++i) {
        const auto next = qToBigEndian(static_cast<quint32>(4 + i));
        bytes.append(reinterpret_cast<const char *>(&next), sizeof next);
        bytes += record.sliced(least + ofNext * i, ofNext);
    }
    return bytes;
}

} // namespace

class TestDatabasePages : public QObject
{
    Q_OBJECT

private slots:
    void boundsSharedPages();
    void looksAtPagesOnce();
    void takesNoMoreColumnsThanThereAre();
    void takesNoSizeThatNoPageHas_data();
    void takesNoSizeThatNoPageHas();
};

// Many cells may name the same page as what they go on in, and a page itself: a small file that would take hours.
void TestDatabasePages::boundsSharedPages()
{
    constexpr qsizetype size = 4096;
    QByteArray page(size, '\0');
    constexpr int cells = 100;
    page[0] = 0x0d;
    page[4] = cells;
    qsizetype at = size;
    for (int i = 0; i < cells; ++i) {
        // A payload of 2 MiB, of which each cell has the least that a page may have.
        const QByteArray cell =
            QByteArray::fromHex("81800001") + "\1" + QByteArray(39, 'x') + QByteArray::fromHex("00000002");
        at -= cell.size();
        if (at < 8 + 2 * cells)
            break;
        page.replace(at, cell.size(), cell);
        page[8 + 2 * i] = static_cast<char>(at >> 8);
        page[9 + 2 * i] = static_cast<char>(at & 0xff);
    }
    QByteArray next(size, 'y');
    next.replace(0, 4, QByteArray::fromHex("00000002"));
    const QByteArray bytes = page + next;
    DatabaseRows rows(viewOf(bytes), {.size = size, .usable = size, .first = 0, .stride = size, .numberAt = 0}, size);
    size_t letters = 0;
    while (rows.next()) {
        for (const std::string_view piece : rows.pieces())
            letters += piece.size();
    }
    QVERIFY(letters <= static_cast<size_t>(2 * bytes.size()));
}

// As many steps as columns and pages together, not one by the other.
void TestDatabasePages::looksAtPagesOnce()
{
    for (const qsizetype pages : {31, 63}) {
        const QByteArray bytes = recordInPages(pages);
        const DatabasePages form{.size = kSize, .usable = kSize, .first = 0, .stride = kSize, .numberAt = 0};
        DatabaseRows rows(viewOf(bytes), form, kSize);
        QVERIFY(rows.next());
        const auto columns = static_cast<size_t>(18 + 254 * pages);
        QCOMPARE(rows.pieces().size(), size_t(1));
        QCOMPARE(rows.pieces()[0].size(), 2 * columns - 1);
        QCOMPARE(rows.placeOf(0, 2 * columns - 2, 2 * columns - 1).end, static_cast<size_t>(bytes.size()));
        QVERIFY(!rows.next());
        QVERIFY2(rows.steps() <= columns + static_cast<size_t>(pages) + 1, qPrintable(QString::number(rows.steps())));
    }
}

void TestDatabasePages::takesNoMoreColumnsThanThereAre()
{
    constexpr qsizetype most = 32'768;
    for (const qsizetype columns : {most, most + 1}) {
        const QByteArray record = recordOf(columns);
        const auto taken = columnsOf(viewOf(record), static_cast<size_t>(record.size()));
        QCOMPARE(taken.size(), static_cast<size_t>(columns > most ? 0 : columns));
    }
}

void TestDatabasePages::takesNoSizeThatNoPageHas_data()
{
    QTest::addColumn<QByteArray>("beginning");
    QTest::addColumn<int>("size"); // 0: none
    const auto database = [](const char *size, char reserved) {
        return QByteArray("SQLite format 3\0", 16) + QByteArray::fromHex(size) + QByteArray("\1\1", 2) + reserved +
               QByteArray(11, '\0');
    };
    QTest::newRow("4096") << database("1000", 0) << 4096;
    QTest::newRow("65536") << database("0001", 0) << 65536;
    QTest::newRow("512, all but 480 reserved") << database("0200", 32) << 512;
    QTest::newRow("512, all but 479 reserved") << database("0200", 33) << 0;
    QTest::newRow("256") << database("0100", 0) << 0;
    QTest::newRow("no power of two") << database("1001", 0) << 0;
    QTest::newRow("nothing") << database("0000", 0) << 0;
    QTest::newRow("cut") << database("1000", 0).first(31) << 0;
    const auto log = [](const char *size) {
        return QByteArray::fromHex("377f0682002de218") + QByteArray::fromHex(size) + QByteArray(20, '\0');
    };
    QTest::newRow("a log") << log("00001000") << 4096;
    QTest::newRow("a log of no page") << log("ffffffff") << 0;
    const auto journal = [](const char *sizes) {
        return QByteArray::fromHex("d9d505f920a163d7") + QByteArray(12, '\0') + QByteArray::fromHex(sizes) +
               QByteArray(4, '\0');
    };
    QTest::newRow("a journal") << journal("0000020000001000") << 4096;
    QTest::newRow("a journal without a header") << journal("0000000000001000") << 0;
    QTest::newRow("a journal of large sectors") << journal("ffffffff00001000") << 0;
    QTest::newRow("a journal before it is on the disk")
        << QByteArray(12, '\0') + journal("0000020000001000").sliced(12) << 4096;
    QTest::newRow("zeros") << QByteArray(64, '\0') << 0;
    QTest::newRow("another file") << QByteArray(64, 'x') << 0;
}

void TestDatabasePages::takesNoSizeThatNoPageHas()
{
    QFETCH(QByteArray, beginning);
    QFETCH(int, size);
    const auto pages = databasePages(viewOf(beginning));
    QCOMPARE(pages ? static_cast<int>(pages->size) : 0, size);
}

QTEST_GUILESS_MAIN(TestDatabasePages)
#include "tst_databasepages.moc"
