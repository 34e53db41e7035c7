// Secrets in SQLite: nothing stands between the columns of a row, so that the records alone tell where a key ends. The
// same key is one secret wherever it stands, and what is no whole database loses nothing.
#include "tests/checks/secrets/databasesmade.h"
#include "tests/checks/secrets/smallrules.h"

#include "checks/secrets/textscanner.h"

#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kInsert = u"INSERT INTO keys VALUES (?, ?, ?)"_s;

QString key(unsigned seed = 1)
{
    return QString::fromStdString(stripeKey(seed));
}

// As a table of keys has it: whose it is, the key, since when.
QVariantList row(unsigned seed = 1)
{
    return {u"stripe"_s, key(seed), u"2026-01-02"_s};
}

TextScanner scanner()
{
    return TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value();
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

TextScan streamed(const QByteArray &bytes)
{
    qint64 at = 0;
    return scanner()
        .scanStream([&](char *to, qint64 most) -> Result<qint64> {
            const qint64 given = std::min<qint64>({most, 100'000, bytes.size() - at});
            std::copy_n(bytes.constData() + at, given, to);
            at += given;
            return given;
        })
        .value();
}

using Prints = std::set<QByteArray>;

Prints printsOf(const TextScan &scan)
{
    Prints prints;
    for (const SecretHit &hit : scan.hits)
        prints.insert(hit.fingerprint);
    return prints;
}

SecretHit inFile(unsigned seed = 1)
{
    return scanner().scan(stripeKey(seed)).hits.at(0);
}

MadeDatabase &table(MadeDatabase &made, const QString &ending = {})
{
    return made.run(u"CREATE TABLE keys (owner TEXT, key TEXT PRIMARY KEY, since TEXT) "_s + ending);
}

QByteArray plainTable(int pageSize)
{
    MadeDatabase made;
    made.run(u"PRAGMA page_size = %1"_s.arg(pageSize));
    return table(made).run(kInsert, row()).bytes();
}

QByteArray inEncoding(const QString &encoding)
{
    MadeDatabase made;
    made.run(u"PRAGMA encoding = '%1'"_s.arg(encoding));
    return table(made).run(kInsert, row()).bytes();
}

// before: characters of the text that the key is at the end of.
QByteArray longText(int before, const QString &encoding = u"UTF-8"_s)
{
    MadeDatabase made;
    made.run(u"PRAGMA encoding = '%1'"_s.arg(encoding));
    made.run(u"CREATE TABLE notes (text TEXT, since TEXT)"_s);
    return made.run(u"INSERT INTO notes VALUES (?, ?)"_s, {QString(before, u'.') + u' ' + key(), u"2026-01-02"_s})
        .bytes();
}

QByteArray log()
{
    MadeDatabase made;
    made.run(u"PRAGMA journal_mode = WAL"_s).run(u"PRAGMA wal_autocheckpoint = 0"_s);
    return table(made).run(kInsert, row()).run(kInsert, row(2)).bytes(u"-wal"_s);
}

// As it is before it is on the disk for sure. Behind each page is a checksum, which may look like letters.
QByteArray journal()
{
    MadeDatabase made;
    made.run(u"PRAGMA cache_spill = 0"_s).run(u"PRAGMA page_size = 1024"_s);
    table(made).run(kInsert, row()).run(u"BEGIN"_s).run(u"UPDATE keys SET key = 'gone', since = ''"_s);
    QByteArray bytes = made.bytes(u"-journal"_s);
    made.run(u"ROLLBACK"_s);
    constexpr qsizetype header = 512;
    constexpr qsizetype page = 4 + 1024;
    for (qsizetype at = header + page; at + 4 <= bytes.size(); at += page + 4)
        bytes.replace(at, 4, "abcd");
    return bytes;
}

// The key stands in what is free once more, beside its neighbours.
QByteArray withDeleted()
{
    MadeDatabase made;
    made.run(u"CREATE TABLE keys (owner TEXT, key TEXT, since TEXT)"_s).run(u"PRAGMA secure_delete = 0"_s);
    made.run(kInsert, row()).run(kInsert, row()).run(u"DELETE FROM keys WHERE rowid = 2"_s);
    return made.bytes();
}

} // namespace

class TestDatabases : public QObject
{
    Q_OBJECT

private slots:
    void findsOneSecret_data();
    void findsOneSecret();
    void tellsNeighboursApart();
    void findsInLargeOnes();
    void losesNothingOfWhatIsCut();
    void losesNothingOfWhatIsBroken();
};

void TestDatabases::findsOneSecret_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const int size : {512, 1024, 4096, 65536})
        QTest::addRow("a row, pages of %d bytes", size) << plainTable(size);
    QTest::newRow("UTF-16, low byte first") << inEncoding(u"UTF-16le"_s);
    QTest::newRow("UTF-16, high byte first") << inEncoding(u"UTF-16be"_s);
    MadeDatabase made;
    QTest::newRow("without row ids") << table(made, u"WITHOUT ROWID"_s).run(kInsert, row()).bytes();
    QTest::newRow("a long text") << longText(9000);
    // Of a record of more than 4061 bytes the first page has 489 + (length - 489) mod 4092: these end in the key.
    for (const int before : {4055, 4060, 4065, 4070, 8140, 8155})
        QTest::addRow("where pages meet, behind %d", before) << longText(before);
    for (const int before : {2030, 2033, 2036, 4070})
        QTest::addRow("of two bytes where pages meet, behind %d", before) << longText(before, u"UTF-16le"_s);
    QTest::newRow("a log") << log();
    QTest::newRow("a journal") << journal();
    QTest::newRow("a journal on the disk") << QByteArray::fromHex("d9d505f920a163d700000002") + journal().sliced(12);
    QTest::newRow("deleted once") << withDeleted();
    MadeDatabase blobs;
    QTest::newRow("as bytes") << blobs.run(u"CREATE TABLE keys (owner, key, since)"_s)
                                     .run(kInsert, {u"stripe"_s, key().toLatin1(), u"2026-01-02"_s})
                                     .bytes();
}

void TestDatabases::findsOneSecret()
{
    QFETCH(QByteArray, bytes);
    const SecretHit plain = inFile();
    for (const TextScan &scan : {scanner().scan(viewOf(bytes)), streamed(bytes)}) {
        QVERIFY(scan.isProgram);
        Prints prints = printsOf(scan);
        prints.erase(inFile(2).fingerprint); // of the log
        QCOMPARE(prints, Prints{plain.fingerprint});
        for (const SecretHit &hit : scan.hits) {
            if (hit.fingerprint == plain.fingerprint)
                QCOMPARE(hit.masked, plain.masked);
            QVERIFY(hit.offset >= 0 && hit.length > 0 && hit.offset + hit.length <= bytes.size());
            QVERIFY(bytes[hit.offset] == 's' || bytes[hit.offset + 1] == 's');
        }
    }
}

void TestDatabases::tellsNeighboursApart()
{
    MadeDatabase made;
    const QByteArray bytes = made.run(u"CREATE TABLE pairs (one TEXT, other TEXT)"_s)
                                 .run(u"INSERT INTO pairs VALUES (?, ?)"_s, {key(1), key(2)})
                                 .bytes();
    QCOMPARE(printsOf(scanner().scan(viewOf(bytes))), (Prints{inFile(1).fingerprint, inFile(2).fingerprint}));
}

// Larger than what is held of one: each key is found once, and whole.
void TestDatabases::findsInLargeOnes()
{
    constexpr unsigned rows = 600;
    MadeDatabase made;
    made.run(u"CREATE TABLE notes (text TEXT, key TEXT, since TEXT)"_s).run(u"BEGIN"_s);
    Prints wanted;
    for (unsigned i = 0; i < rows; ++i) {
        const bool hasKey = i % 50 == 0;
        made.run(u"INSERT INTO notes VALUES (?, ?, ?)"_s,
                 {QString(9000 + 7 * static_cast<int>(i), u'.'), hasKey ? key(i) : QString(), u"2026-01-02"_s});
        if (hasKey)
            wanted.insert(inFile(i).fingerprint);
    }
    made.run(u"COMMIT"_s);
    const QByteArray bytes = made.bytes();
    QVERIFY(bytes.size() > (qsizetype(2) << 20));
    const TextScan scan = streamed(bytes);
    QCOMPARE(printsOf(scan), wanted);
    QCOMPARE(scan.hits.size(), wanted.size());
}

void TestDatabases::losesNothingOfWhatIsCut()
{
    for (const QByteArray &bytes : {plainTable(4096), longText(6000), log()}) {
        const QByteArray wanted = key().toLatin1();
        const qsizetype end = bytes.indexOf(wanted) + wanted.size();
        for (const qsizetype size : {end, end + 1, end + 20, bytes.size() - 1}) {
            const auto hits = scanner().scan(viewOf(bytes.first(std::min(size, bytes.size())))).hits;
            QVERIFY2(!hits.empty(), qPrintable(QString::number(size)));
        }
    }
}

// Wherever the pages say something else, the key is still there.
void TestDatabases::losesNothingOfWhatIsBroken()
{
    const QByteArray whole = plainTable(512);
    const QByteArray wanted = key().toLatin1();
    const qsizetype place = whole.indexOf(wanted);
    for (qsizetype at = 16; at < whole.size(); ++at) {
        // What stands beside the key may become a part of it: that is no break of a page.
        if (at >= place - 1 && at <= whole.lastIndexOf(wanted) + wanted.size())
            continue;
        for (const char byte : {'\xff', '\x7f', '\0', '\x0d'}) {
            QByteArray broken = whole;
            broken[at] = byte;
            QVERIFY2(!scanner().scan(viewOf(broken)).hits.empty(), qPrintable(QString::number(at)));
        }
    }
}

QTEST_GUILESS_MAIN(TestDatabases)
#include "tst_databases.moc"
