#include "models/redirectrows.h"
#include "models/target.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "1: a|b / 3: c", with the bad lines behind it: "! 2".
QString told(const CsvTable &table)
{
    QStringList records;
    for (const CsvRecord &record : table.records)
        records << u"%1: %2"_s.arg(record.line).arg(record.cells.join(u'|'));
    QString text = records.join(u" / "_s);
    for (const BadLine &bad : table.badLines)
        text += u" ! %1"_s.arg(bad.number);
    return text.trimmed();
}

QString told(const RedirectList &list)
{
    QStringList entries;
    for (const RedirectEntry &entry : list.entries)
        entries << entry.from + u'>' + entry.to;
    QString text = entries.join(u' ');
    for (const BadLine &bad : list.badLines)
        text += u" ! %1"_s.arg(bad.number);
    return text.trimmed();
}

QJsonObject seen(const QString &from, const QString &wanted, const QString &state)
{
    return {{u"from"_s, from},  {u"wanted"_s, wanted}, {u"state"_s, state}, {u"to"_s, u"https://example.com/x"_s},
            {u"status"_s, 404}, {u"hops"_s, 2}};
}

ProjectState projectWith(const std::vector<RedirectEntry> &redirects, const QJsonArray &entries)
{
    ProjectState state;
    state.redirects = redirects;
    CheckResult result;
    result.checkId = u"http.redirect-map"_s;
    result.observed = {{u"entries"_s, entries}};
    state.latest.emplace(result.key(), result);
    return state;
}

} // namespace

class TestRedirectMap : public QObject
{
    Q_OBJECT

private slots:
    void readsTables_data();
    void readsTables();
    void writesWhatItReads();
    void findsTheSeparator_data();
    void findsTheSeparator();
    void checksAddresses_data();
    void checksAddresses();
    void readsLists_data();
    void readsLists();
    void saysWhyALineIsNone_data();
    void saysWhyALineIsNone();
    void refusesFiles();
    void boundsWhatItTakes();
    void merges();
    void asksForPathsOnTheSite();
    void joinsWhatWasSeen();
    void readsItsOwnExport();
};

void TestRedirectMap::readsTables_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("one record without a line end") << u"a,b"_s << u"1: a|b"_s;
    QTest::newRow("CRLF, LF and CR") << u"a\r\nb\nc\rd"_s << u"1: a / 2: b / 3: c / 4: d"_s;
    QTest::newRow("a byte order mark") << u"\ufeffa,b\n"_s << u"1: a|b"_s;
    QTest::newRow("blank lines and comments count") << u"\n# x\na\n  \nb"_s << u"3: a / 5: b"_s;
    QTest::newRow("blanks around cells") << u" a , \"b\" ,c "_s << u"1: a|b|c"_s;
    QTest::newRow("empty cells") << u",a,\n,,"_s << u"1: |a| / 2: ||"_s;
    QTest::newRow("a separator in quotation marks") << u"\"a,b\",c"_s << u"1: a,b|c"_s;
    QTest::newRow("a mark twice") << u"\"a\"\"b\""_s << u"1: a\"b"_s;
    QTest::newRow("a line end in quotation marks") << u"\"a\nb\",c\nd"_s << u"1: a\nb|c / 3: d"_s;
    QTest::newRow("a mark inside a bare cell") << u"a\"b\nc"_s << u"2: c ! 1"_s;
    QTest::newRow("text after a closing mark") << u"\"a\"b\nc"_s << u"2: c ! 1"_s;
    QTest::newRow("a mark that is never closed") << u"x\n\"a,b\nc"_s << u"1: x / 3: c ! 2"_s;
    QTest::newRow("two hundred columns") << QString(199, u',') + u"\n"_s << u"1: "_s + QString(199, u'|');
    QTest::newRow("one more") << QString(200, u',') + u"\nc"_s << u"2: c ! 1"_s;
    QTest::newRow("a cell as long as can be") << QString(8192, u'a') << u"1: "_s + QString(8192, u'a');
    QTest::newRow("one longer") << QString(8193, u'a') << u"! 1"_s;
    QTest::newRow("one longer, in marks") << u"\"%1\""_s.arg(QString(8193, u'a')) << u"! 1"_s;
}

void TestRedirectMap::readsTables()
{
    QFETCH(QString, text);
    QTEST(told(parseCsv(text, u',')), "expected");
}

void TestRedirectMap::writesWhatItReads()
{
    const QStringList cells{u"a,b"_s, u"say \"hi\""_s, u"two\nlines"_s, QString(), u"=1+1"_s};
    const CsvTable table = parseCsv(csvRecord(cells) + csvRecord({u"next"_s}), u',');
    QCOMPARE(told(table), u"1: a,b|say \"hi\"|two\nlines||'=1+1 / 3: next"_s);
}

void TestRedirectMap::findsTheSeparator_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QChar>("expected");
    QTest::newRow("none") << u"a"_s << QChar(u',');
    QTest::newRow("comma") << u"a,b;c,d"_s << QChar(u',');
    QTest::newRow("semicolon, as spreadsheets of half of Europe write") << u"a;b\nc,d,e"_s << QChar(u';');
    QTest::newRow("tab") << u"a\tb"_s << QChar(u'\t');
    QTest::newRow("inside quotation marks it counts for nothing") << u"\"a,b,c\";d"_s << QChar(u';');
}

void TestRedirectMap::findsTheSeparator()
{
    QFETCH(QString, text);
    QTEST(csvSeparatorOf(text), "expected");
}

void TestRedirectMap::checksAddresses_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("expected"); // empty: refused
    QTest::newRow("two paths") << u"/old"_s << u"/new"_s << u"/old > /new"_s;
    QTest::newRow("with a query") << u"/old?page=2"_s << u"/new?p=2"_s << u"/old?page=2 > /new?p=2"_s;
    QTest::newRow("a fragment goes") << u"/old#part"_s << u"/new#x"_s << u"/old > /new"_s;
    QTest::newRow("any page will do") << u"/old"_s << u" "_s << u"/old > "_s;
    QTest::newRow("whole addresses") << u"HTTP://Old.Example.com"_s << u"https://example.com/a"_s
                                     << u"http://old.example.com/ > https://example.com/a"_s;
    QTest::newRow("without a scheme") << u"old.example.com/a"_s << u"/a"_s << u"https://old.example.com/a > /a"_s;
    QTest::newRow("an international name")
        << u"https://bücher.example/ü"_s << u"/b"_s << u"https://xn--bcher-kva.example/%C3%BC > /b"_s;
    QTest::newRow("a port") << u"http://old.example.com:8080/a"_s << u"/a"_s << u"http://old.example.com:8080/a > /a"_s;
    QTest::newRow("this computer") << u"http://127.0.0.1:8080/a"_s << u"/a"_s << u"http://127.0.0.1:8080/a > /a"_s;
    QTest::newRow("an apostrophe of a spreadsheet") << u"'/old"_s << u"/new"_s << u"/old > /new"_s;
    QTest::newRow("nothing") << u""_s << u"/new"_s << QString();
    QTest::newRow("a word") << u"old"_s << u"/new"_s << QString();
    QTest::newRow("the same twice") << u"/a#x"_s << u"/a"_s << QString();
    QTest::newRow("a blank") << u"/old page"_s << u"/new"_s << QString();
    QTest::newRow("a backslash") << u"/\\example.org"_s << u"/new"_s << QString();
    QTest::newRow("a character that nobody sees") << u"/old\u202epage"_s << u"/new"_s << QString();
    QTest::newRow("another scheme") << u"ftp://example.com/a"_s << u"/new"_s << QString();
    QTest::newRow("a script") << u"javascript://example.com/%0aalert(1)"_s << u"/new"_s << QString();
    QTest::newRow("a user name") << u"https://me:pw@example.com/"_s << u"/new"_s << QString();
    QTest::newRow("an address of a network") << u"http://192.168.1.1/reboot"_s << u"/new"_s << QString();
    QTest::newRow("the metadata service of a cloud") << u"http://169.254.169.254/"_s << u"/new"_s << QString();
    QTest::newRow("a bad aim") << u"/old"_s << u"mailto:a@example.com"_s << QString();
    QTest::newRow("another host in two slashes") << u"//example.com/a"_s << u"/new"_s << QString();
    QTest::newRow("as long as can be") << u'/' + QString(2047, u'a') << u"/new"_s
                                       << u'/' + QString(2047, u'a') + u" > /new"_s;
    QTest::newRow("one longer") << u'/' + QString(2048, u'a') << u"/new"_s << QString();
    QTest::newRow("a token") << u"/reset?token=4f9d2c7ab81e45d09c3367aa12"_s << u"/new"_s << QString();
}

void TestRedirectMap::checksAddresses()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const auto checked = checkedRedirect({from, to});
    QTEST(checked ? checked->from + u" > "_s + checked->to : QString(), "expected");
    if (!checked) {
        QCOMPARE(checked.error().kind, ErrorKind::BadInput);
        QVERIFY(!checked.error().message.isEmpty());
    } else {
        QCOMPARE(checkedRedirect(*checked).value(), *checked);
    }
}

void TestRedirectMap::readsLists_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("without a header") << "/a,/b\n/c,/d\n"_ba << u"/a>/b /c>/d"_s;
    QTest::newRow("with one") << "Old address,Wanted address\n/a,/b\n"_ba << u"/a>/b"_s;
    QTest::newRow("columns the other way round") << "Target,Source\n/b,/a\n"_ba << u"/a>/b"_s;
    QTest::newRow("columns among others") << "id;redirect_from;code;redirect_to\n1;/a;301;/b\n"_ba << u"/a>/b"_s;
    QTest::newRow("a header of other words") << "alt,neu\n/a,/b\n"_ba << u"/a>/b"_s;
    QTest::newRow("only the wanted column is named") << "x,to\n/a,/b\n"_ba << u"/a>/b"_s;
    QTest::newRow("one column") << "/a\n/b\n"_ba << u"/a> /b>"_s;
    QTest::newRow("one column with its name") << "url\nhttps://example.com/a\n"_ba << u"https://example.com/a>"_s;
    QTest::newRow("quoted") << "\"/a?x=1,2\",\"/b\"\r\n"_ba << u"/a?x=1,2>/b"_s;
    QTest::newRow("a bad line among good ones") << "/a,/b\nnonsense,/c\n/d,/e\n"_ba << u"/a>/b /d>/e ! 2"_s;
    QTest::newRow("the same old address again") << "/a,/b\n/a,/c\n"_ba << u"/a>/b ! 2"_s;
    QTest::newRow("broken quotation marks") << "/a,\"/b\n/c,/d\n"_ba << u"/c>/d ! 1"_s;
    QTest::newRow("empty") << ""_ba << u""_s;
}

void TestRedirectMap::readsLists()
{
    QFETCH(QByteArray, text);
    const auto list = parseRedirectMap(text);
    QVERIFY(list);
    QTEST(told(*list), "expected");
    for (const BadLine &bad : list->badLines)
        QVERIFY(!bad.why.isEmpty() && !bad.text.isEmpty());
}

void TestRedirectMap::saysWhyALineIsNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("contains");
    QTest::newRow("no address") << "/a,/b\nnonsense,/c\n"_ba << u"Begin with /"_s;
    QTest::newRow("a blank") << "/a b,/c\n"_ba << u"%20"_s;
    QTest::newRow("twice") << "/a,/b\n/c,/d\n/a,/c\n"_ba << u"line 1"_s;
    QTest::newRow("not closed") << "/a,\"/b\n"_ba << u"never closed"_s;
}

void TestRedirectMap::saysWhyALineIsNone()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, contains);
    const auto list = parseRedirectMap(text);
    QVERIFY(list);
    QCOMPARE(list->badLines.size(), 1u);
    QVERIFY2(list->badLines.front().why.contains(contains), qPrintable(list->badLines.front().why));
}

void TestRedirectMap::refusesFiles()
{
    QCOMPARE(parseRedirectMap("\xff\xfe/\0a"_ba).error().kind, ErrorKind::BadInput);
    QCOMPARE(parseRedirectMap(QByteArray("/a\0,/b", 6)).error().kind, ErrorKind::BadInput);
    QTemporaryDir folder;
    QCOMPARE(readRedirectMap(folder.filePath(u"none.csv"_s)).error().kind, ErrorKind::Storage);
    QFile file(folder.filePath(u"large.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    constexpr qsizetype kMegabyte = 1024LL * 1024;
    file.write(QByteArray(kMegabyte, '\n'));
    file.flush();
    QVERIFY(readRedirectMap(file.fileName()));
    file.write("\n");
    file.close();
    QCOMPARE(readRedirectMap(file.fileName()).error().kind, ErrorKind::TooLarge);
}

void TestRedirectMap::boundsWhatItTakes()
{
    QByteArray text;
    for (std::size_t i = 0; i <= kMostRedirects; ++i)
        text += "/old-" + QByteArray::number(static_cast<qulonglong>(i)) + ",/new\n";
    const auto list = parseRedirectMap(text);
    QVERIFY(list);
    QCOMPARE(list->entries.size(), kMostRedirects);
    QCOMPARE(list->badLines.size(), 1u);
    std::vector<RedirectEntry> full = list->entries;
    QCOMPARE(mergedRedirects(full, {{u"/one-more"_s, u"/new"_s}}).size(), kMostRedirects);
}

void TestRedirectMap::merges()
{
    const std::vector<RedirectEntry> known{{u"/a"_s, u"/x"_s}, {u"/b"_s, u"/y"_s}};
    const auto merged = mergedRedirects(known, {{u"/b"_s, u"/z"_s}, {u"/c"_s, {}}, {u"/a"_s, {}}});
    QCOMPARE(told(RedirectList{merged, {}}), u"/a>/x /b>/z /c>"_s);
}

void TestRedirectMap::asksForPathsOnTheSite()
{
    const Target target{u"example.com"_s,
                        {{HostRole::App, u"app.example.com"_s, 443}, {HostRole::Site, u"example.com"_s, 8443}}};
    QCOMPARE(redirectUrl(u"/a?b=1"_s, target), QUrl(u"https://example.com:8443/a?b=1"_s));
    QCOMPARE(redirectUrl(u"http://old.example/"_s, target), QUrl(u"http://old.example/"_s));
    const Target appOnly{u"example.com"_s, {{HostRole::App, u"app.example.com"_s, 443}}};
    QCOMPARE(redirectUrl(u"/a"_s, appOnly), QUrl(u"https://app.example.com/a"_s));
}

void TestRedirectMap::joinsWhatWasSeen()
{
    const std::vector<RedirectEntry> map{{u"/a"_s, u"/x"_s}, {u"/b"_s, u"/y"_s}, {u"/c"_s, {}}, {u"/d"_s, {}}};
    const auto rows = redirectRows(
        projectWith(map, {seen(u"/a"_s, u"/x"_s, u"broken"_s), seen(u"/b"_s, u"/before"_s, u"right"_s), // since changed
                          seen(u"/d"_s, QString(), u"of the future"_s)}));
    QCOMPARE(rows.size(), 4u);
    QCOMPARE(rows[0].state, RedirectState::Broken);
    QCOMPARE(seenText(rows[0]), u"Leads to an error (status 404, 2 step(s))"_s);
    QVERIFY(!rows[1].state && !rows[2].state && !rows[3].state);
    QCOMPARE(seenText(rows[1]), u"Not looked at yet"_s);
}

void TestRedirectMap::readsItsOwnExport()
{
    const std::vector<RedirectEntry> map{{u"/a?x=1,2"_s, u"https://example.com/b"_s}, {u"/c"_s, {}}};
    const auto rows = redirectRows(projectWith(map, {seen(u"/c"_s, QString(), u"right"_s)}));
    const auto read = parseRedirectMap(redirectCsv(rows));
    QVERIFY(read);
    QCOMPARE(read->entries, map);
    QVERIFY(read->badLines.empty());
}

QTEST_GUILESS_MAIN(TestRedirectMap)
#include "tst_redirectmap.moc"
