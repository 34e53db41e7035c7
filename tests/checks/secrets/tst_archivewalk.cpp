#include "checks/secrets/archivewalk.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <map>
#include <sys/stat.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

using Files = std::vector<std::pair<QByteArray, QByteArray>>; // names and bytes

enum class Form { Zip, Tar, TarGz, TarXz, TarZst, Gz, LockedZip };

la_ssize_t appendTo(archive *, void *made, const void *bytes, size_t size)
{
    static_cast<QByteArray *>(made)->append(static_cast<const char *>(bytes), static_cast<qsizetype>(size));
    return static_cast<la_ssize_t>(size);
}

QByteArray packed(Form form, const Files &files)
{
    QByteArray made;
    archive *writer = archive_write_new();
    if (form == Form::Zip || form == Form::LockedZip)
        archive_write_set_format_zip(writer);
    else if (form == Form::Gz)
        archive_write_set_format_raw(writer);
    else
        archive_write_set_format_pax_restricted(writer);
    if (form == Form::TarGz || form == Form::Gz)
        archive_write_add_filter_gzip(writer);
    else if (form == Form::TarXz)
        archive_write_add_filter_xz(writer);
    else if (form == Form::TarZst)
        archive_write_add_filter_zstd(writer);
    if (form == Form::LockedZip) {
        archive_write_set_options(writer, "zip:encryption=traditional");
        archive_write_set_passphrase(writer, "a passphrase for tests");
    }
    archive_write_set_bytes_in_last_block(writer, 1); // no padding
    archive_write_open(writer, &made, nullptr, appendTo, nullptr);
    for (const auto &[name, bytes] : files) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.constData());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, bytes.size());
        archive_write_header(writer, entry);
        archive_write_data(writer, bytes.constData(), static_cast<size_t>(bytes.size()));
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return made;
}

struct Walked
{
    std::map<QString, QByteArray> texts; // by path
    ArchiveReport report;
};

Walked walked(const QByteArray &bytes, const ArchiveLimits &limits = {})
{
    Walked seen;
    const auto report = walkArchive(
        bytes, u"a"_s, limits, [&](const ArchiveEntry &entry) { seen.texts[entry.path] = entry.bytes.toByteArray(); },
        CancelToken());
    if (report)
        seen.report = *report;
    return seen;
}

const Files kTwoFiles{{"one.txt", "first text"}, {"folder/two.txt", "second text"}};

} // namespace

Q_DECLARE_METATYPE(Form)

class TestArchiveWalk : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void opensNestedOnes();
    void stopsAtBombs();
    void keepsLimits();
    void showsOddPaths();
    void reportsEncrypted();
    void readsUntilTheEndOfWhatIsThere_data();
    void readsUntilTheEndOfWhatIsThere();
    void refusesWhatIsNone();
    void refusesPipesAndLinks();
    void stopsWhenCancelled();
};

void TestArchiveWalk::reads_data()
{
    QTest::addColumn<Form>("form");
    QTest::addRow("zip") << Form::Zip;
    QTest::addRow("tar") << Form::Tar;
    QTest::addRow("tar.gz") << Form::TarGz;
    QTest::addRow("tar.xz") << Form::TarXz;
    QTest::addRow("tar.zst") << Form::TarZst;
}

void TestArchiveWalk::reads()
{
    QFETCH(Form, form);
    const QByteArray bytes = packed(form, kTwoFiles);
    QVERIFY(isArchive(bytes, u"anything"));
    const std::map<QString, QByteArray> expected{{u"a!/one.txt"_s, "first text"},
                                                 {u"a!/folder/two.txt"_s, "second text"}};
    const Walked seen = walked(bytes);
    QCOMPARE(seen.texts, expected);
    QCOMPARE(seen.report.entries, 2);
    QVERIFY(seen.report.isWhole);
    QVERIFY(gapSentences(seen.report, u"a"_s).isEmpty());

    const QTemporaryDir folder;
    QFile file(folder.filePath(u"stored"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    std::map<QString, QByteArray> stored;
    const auto report = walkArchiveFile(
        file.fileName(), u"a"_s, {}, [&](const ArchiveEntry &entry) { stored[entry.path] = entry.bytes.toByteArray(); },
        CancelToken());
    QVERIFY(report);
    QCOMPARE(stored, expected);
}

void TestArchiveWalk::opensNestedOnes()
{
    const QByteArray third = packed(Form::Zip, {{"deep.txt", "third level"}});
    const QByteArray fourth = packed(Form::Zip, {{"in.zip", packed(Form::Zip, {{"x", "fourth level"}})}});
    const QByteArray second = packed(Form::TarGz, {{"c.zip", third}, {"d.zip", fourth}});
    const Walked seen = walked(packed(Form::Zip, {{"b.tgz", second}, {"log.gz", packed(Form::Gz, {{"-", "a log"}})}}));
    QCOMPARE(seen.texts.at(u"a!/b.tgz!/c.zip!/deep.txt"_s), "third level"_ba);
    QCOMPARE(seen.texts.at(u"a!/log.gz"_s), "a log"_ba);
    QCOMPARE(seen.report.tooDeep, 1);
    QCOMPARE(seen.report.named, QStringList{u"a!/b.tgz!/d.zip!/in.zip"_s});
    QCOMPARE(seen.report.archives, 5);
}

// Archives of archives of zeros: a few kilobytes that unpack to gigabytes.
void TestArchiveWalk::stopsAtBombs()
{
    const QByteArray zeros(qsizetype(8) << 20, '\0');
    Files inner;
    for (int at = 0; at < 16; ++at)
        inner.push_back({QByteArray::number(at), zeros});
    const QByteArray bomb = packed(Form::Zip, inner);
    Files outer;
    for (int at = 0; at < 16; ++at)
        outer.push_back({QByteArray::number(at), bomb});
    const Walked seen = walked(packed(Form::Zip, outer));
    QVERIFY(!seen.report.isWhole);
    QVERIFY(seen.report.bytes < (qint64(64) << 20));
    QVERIFY(!gapSentences(seen.report, u"a"_s).isEmpty());
}

void TestArchiveWalk::keepsLimits()
{
    const QByteArray bytes = packed(Form::Tar, kTwoFiles);
    const Walked cut = walked(bytes, {.largestEntry = 5});
    QCOMPARE(cut.texts.at(u"a!/one.txt"_s), "first"_ba);
    QCOMPARE(cut.report.cut, 2);
    QCOMPARE(walked(bytes, {.largestEntry = 10}).report.cut, 1); // "first text" fits just so
    QVERIFY(!walked(bytes, {.mostEntries = 1}).report.isWhole);
    QVERIFY(walked(bytes, {.mostEntries = 2}).report.isWhole);
    QVERIFY(!walked(bytes, {.largestTotal = 20}).report.isWhole);
    QVERIFY(walked(bytes, {.largestTotal = 21}).report.isWhole);
    QVERIFY(!walked(bytes, {.longest = std::chrono::milliseconds(0)}).report.isWhole);
}

void TestArchiveWalk::showsOddPaths()
{
    const Walked seen = walked(packed(Form::Tar, {{"../../etc/passwd", "1"},
                                                  {"/etc/shadow", "2"},
                                                  {"C:\\Windows\\x", "3"},
                                                  {"a/..\\..\\b", "4"},
                                                  {"fine/..name", "5"},
                                                  {"red\x1b[31m", "6"}}));
    QCOMPARE(seen.report.oddPaths, 4);
    QCOMPARE(seen.texts.at(u"a!/../../etc/passwd"_s), "1"_ba);
    QCOMPARE(seen.texts.at(u"a!/red\\x1b[31m"_s), "6"_ba);
    QCOMPARE(seen.texts.size(), 6u);
}

void TestArchiveWalk::reportsEncrypted()
{
    const Walked seen = walked(packed(Form::LockedZip, kTwoFiles));
    QVERIFY(seen.texts.empty());
    QCOMPARE(seen.report.encrypted, 2);
    QCOMPARE(gapSentences(seen.report, u"a"_s).size(), 1);
}

void TestArchiveWalk::readsUntilTheEndOfWhatIsThere_data()
{
    reads_data();
}

void TestArchiveWalk::readsUntilTheEndOfWhatIsThere()
{
    QFETCH(Form, form);
    QByteArray noise(300'000, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : noise)
        byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    const QByteArray whole = packed(form, {{"first.txt", "text before the end"}, {"noise", noise}});
    const Walked seen = walked(whole.first(whole.size() / 2));
    QVERIFY(seen.report.broken > 0);
    QVERIFY(!gapSentences(seen.report, u"a"_s).isEmpty());
    if (form != Form::TarXz && form != Form::TarZst) // those unpack blocks of megabytes or nothing
        QCOMPARE(seen.texts.at(u"a!/first.txt"_s), "text before the end"_ba);
}

void TestArchiveWalk::refusesWhatIsNone()
{
    for (const QByteArray &bytes : {"just a text"_ba, QByteArray(), QByteArray(1000, 'x')}) {
        QVERIFY(!isArchive(bytes, u"a.txt"));
        const auto report = walkArchive(
            bytes, u"a"_s, {}, [](const ArchiveEntry &) {}, CancelToken());
        if (!bytes.isEmpty()) // nothing at all is an archive without entries
            QVERIFY(!report);
    }
}

void TestArchiveWalk::refusesPipesAndLinks()
{
    const QTemporaryDir folder;
    QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(u"pipe"_s)).constData(), 0600), 0);
    QVERIFY(QFile::link(u"/etc/hostname"_s, folder.filePath(u"link"_s)));
    for (const QString &name : {u"pipe"_s, u"link"_s, u"missing"_s}) {
        const auto report = walkArchiveFile(
            folder.filePath(name), name, {}, [](const ArchiveEntry &) {}, CancelToken());
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::NotPermitted);
    }
}

void TestArchiveWalk::stopsWhenCancelled()
{
    const CancelToken cancel;
    int entries = 0;
    const auto report = walkArchive(
        packed(Form::Zip, kTwoFiles), u"a"_s, {},
        [&](const ArchiveEntry &) {
            ++entries;
            cancel.cancel();
        },
        cancel);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Cancelled);
    QCOMPARE(entries, 1);
}

QTEST_GUILESS_MAIN(TestArchiveWalk)
#include "tst_archivewalk.moc"
