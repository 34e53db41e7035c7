// The pages of SQLite, as files say them that are none: no size is believed.
#include "checks/secrets/databaserows.h"

#include <QTest>

using namespace cockpit;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

} // namespace

class TestDatabasePages : public QObject
{
    Q_OBJECT

private slots:
    void boundsSharedPages();
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
