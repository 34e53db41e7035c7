// The person's list of names: reading, merging, showing, and what goes into a spreadsheet.
#include "models/inventoryrows.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString printed(const NameList &list)
{
    QStringList lines;
    for (const ListedName &name : list.names)
        lines << (name.purpose.isEmpty() ? name.name : name.name + u'=' + name.purpose);
    for (const BadLine &bad : list.badLines)
        lines << u"bad %1"_s.arg(bad.number);
    return lines.join(u' ');
}

QJsonObject foundName(const QString &name, const QString &purpose, const QString &state, const QStringList &sources,
                      const QString &provider = {})
{
    return {{u"name"_s, name},
            {u"purpose"_s, purpose.isEmpty() ? QJsonValue() : QJsonValue(purpose)},
            {u"learnt_from"_s, QJsonArray::fromStringList(sources)},
            {u"state"_s, state},
            {u"provider"_s, provider}};
}

ProjectState stateWith(const QJsonArray &names, const std::vector<ListedName> &listed)
{
    ProjectState state;
    CheckResult result;
    result.checkId = u"dns.inventory"_s;
    result.outcome = Outcome::Info;
    result.observed = {{u"names"_s, names}};
    state.latest[result.key()] = result;
    state.names = listed;
    return state;
}

} // namespace

class TestNameList : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void saysWhatIsWrongWithALine();
    void hasLimits();
    void readsFiles();
    void merges();
    void makesRows();
    void survivesNonsenseInTheFile();
    void writesCsv();
    void neutralisesFormulas_data();
    void neutralisesFormulas();
    void readsWhatItWrote();
    void wordsAreComplete();
};

void TestNameList::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("list");
    const auto row = [](const char *name, const QByteArray &text, const QString &list) {
        QTest::newRow(name) << text << list;
    };
    row("nothing", "", {});
    row("one a line", "a.example.com\nb.example.com\n", u"a.example.com b.example.com"_s);
    row("line ends of another system", "a.example.com\r\nb.example.com\r\n", u"a.example.com b.example.com"_s);
    row("no end of the last line", "a.example.com", u"a.example.com"_s);
    row("blank lines and comments", "\n# mine\n  \na.example.com\n", u"a.example.com"_s);
    row("capitals and a dot", "A.Example.COM.\n", u"a.example.com"_s);
    row("twice", "a.example.com\nA.example.com\n", u"a.example.com"_s);
    row("an international name",
        "b\xc3\xbc"
        "cher.example\n",
        u"xn--bcher-kva.example"_s);
    row("a whole address", "https://a.example.com/x\n", u"a.example.com"_s);
    row("a wildcard", "*.example.com\n", u"example.com"_s);
    row("a table", "Name,Purpose\na.example.com,API\n", u"a.example.com=API"_s);
    row("a table without a header", "a.example.com,API\n", u"a.example.com=API"_s);
    row("semicolons", "a.example.com;The API;more\n", u"a.example.com=The API"_s);
    row("tabs", "a.example.com\tAPI\n", u"a.example.com=API"_s);
    row("quotation marks", "\"a.example.com\",\"API, \"\"new\"\"\"\n", u"a.example.com=API, \"new\""_s);
    row("a byte order mark",
        "\xef\xbb\xbf"
        "a.example.com\n",
        u"a.example.com"_s);
    row("nonsense between", "a.example.com\nno name\nb.example.com\n", u"a.example.com b.example.com bad 2"_s);
    row("a mail address", "someone@example.com\n", u"bad 1"_s);
    row("a single word", "intranet\n", u"bad 1"_s);
    row("a header that comes second", "a.example.com,x\nName,Purpose\n", u"a.example.com=x bad 2"_s);
    row("bytes that are no text", QByteArray("\xff\xfe\x00x", 4), u"bad 1"_s);
}

void TestNameList::parses()
{
    QFETCH(QByteArray, text);
    QTEST(printed(parseNameList(text, u"list.csv"_s)), "list");
}

void TestNameList::saysWhatIsWrongWithALine()
{
    const NameList list = parseNameList("a.example.com\n" + QByteArray(300, 'x') + " y\n", u"list.csv"_s);
    QCOMPARE(list.names.front().source, u"list.csv"_s);
    QCOMPARE(list.badLines.size(), size_t(1));
    QCOMPARE(list.badLines.front().number, 2);
    QVERIFY(list.badLines.front().text.size() <= 81);
    QVERIFY(!list.badLines.front().why.isEmpty());
}

void TestNameList::hasLimits()
{
    QByteArray text;
    for (int i = 0; i < 2001; ++i)
        text += "n" + QByteArray::number(i) + ".example.com\n";
    const NameList list = parseNameList(text, {});
    QCOMPARE(list.names.size(), size_t(2000));
    QCOMPARE(list.badLines.size(), size_t(1)); // and it is said
}

void TestNameList::readsFiles()
{
    QTemporaryDir folder;
    const auto written = [&](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    };
    const auto list = readNameList(written(u"mine.txt"_s, "a.example.com\n"));
    QVERIFY(list);
    QCOMPARE(list->names, (std::vector<ListedName>{{u"a.example.com"_s, {}, u"mine.txt"_s}}));
    QCOMPARE(readNameList(folder.filePath(u"none.txt"_s)).error().kind, ErrorKind::Storage);
    QVERIFY(readNameList(written(u"full.txt"_s, QByteArray(1024 * 1024, '\n'))));
    QCOMPARE(readNameList(written(u"long.txt"_s, QByteArray(1024 * 1024 + 1, '\n'))).error().kind, ErrorKind::TooLarge);
}

void TestNameList::merges()
{
    const std::vector<ListedName> known{{u"a.example.com"_s, u"API"_s, {}}, {u"b.example.com"_s, {}, u"old.csv"_s}};
    const auto merged = mergedNames(known, {{u"c.example.com"_s, {}, u"new.csv"_s},
                                            {u"a.example.com"_s, {}, u"new.csv"_s},
                                            {u"b.example.com"_s, u"Blog"_s, u"new.csv"_s}});
    QCOMPARE(merged, (std::vector<ListedName>{{u"a.example.com"_s, u"API"_s, {}},
                                              {u"b.example.com"_s, u"Blog"_s, u"old.csv"_s},
                                              {u"c.example.com"_s, {}, u"new.csv"_s}}));
}

void TestNameList::makesRows()
{
    const ProjectState state = stateWith(
        {foundName(u"api.example.com"_s, u"api"_s, u"answers"_s, {u"guess"_s, u"certificate_log"_s}, u"Vercel"_s),
         foundName(u"zebra.example.com"_s, {}, u"leads_nowhere"_s, {u"link"_s})},
        {{u"zebra.example.com"_s, u"Animals"_s, {}}, {u"staging.example.com"_s, {}, u"mine.csv"_s}});
    const auto rows = inventoryRows(state);
    QCOMPARE(rows.size(), size_t(3));
    QCOMPARE(rows[0].purpose, labelOf(NamePurpose::Api));
    QVERIFY(rows[0].isGuessed && !rows[0].isListed);
    QCOMPARE(rows[0].learntFrom, labelOf(NameSource::Guess) + u", "_s + labelOf(NameSource::CertificateSearch));
    QVERIFY(rows[0].state.contains(u"Vercel"));
    QCOMPARE(rows[1].purpose, u"Animals"_s);
    QVERIFY(!rows[1].isGuessed && rows[1].isListed);
    QCOMPARE(rows[1].state, labelOf(NameState::LeadsNowhere));
    QCOMPARE(rows[2].learntFrom, u"mine.csv"_s);
    QCOMPARE(rows[2].purpose, labelOf(NamePurpose::Staging));
    QVERIFY(rows[2].isGuessed);
}

void TestNameList::survivesNonsenseInTheFile()
{
    const auto rows =
        inventoryRows(stateWith({7, QJsonObject{{u"name"_s, u"x.example.com"_s}, {u"state"_s, u"odd"_s}}}, {}));
    QCOMPARE(rows.size(), size_t(2));
    QVERIFY(rows[1].state.isEmpty());
    QVERIFY(inventoryRows({}).empty());
}

void TestNameList::writesCsv()
{
    const QByteArray csv = inventoryCsv({{.name = u"a.example.com"_s, .purpose = u"The \"API\", old"_s}});
    QCOMPARE(csv.count("\r\n"), 2);
    QVERIFY(csv.startsWith("\"Name\",\"Purpose\""));
    QVERIFY(csv.contains("\"a.example.com\",\"The \"\"API\"\", old\",\"\",\"\"\r\n"));
}

void TestNameList::neutralisesFormulas_data()
{
    QTest::addColumn<QString>("purpose");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << u"API"_s << QByteArray("\"API\"");
    QTest::newRow("equals") << u"=1+1"_s << QByteArray("\"'=1+1\"");
    QTest::newRow("plus") << u"+1"_s << QByteArray("\"'+1\"");
    QTest::newRow("minus") << u"-1"_s << QByteArray("\"'-1\"");
    QTest::newRow("at") << u"@x"_s << QByteArray("\"'@x\"");
    QTest::newRow("tab") << u"\tx"_s << QByteArray("\"'\tx\"");
    QTest::newRow("inside") << u"a=b"_s << QByteArray("\"a=b\"");
    QTest::newRow("empty") << QString() << QByteArray("\"\"");
}

void TestNameList::neutralisesFormulas()
{
    QFETCH(QString, purpose);
    QFETCH(QByteArray, cell);
    const QByteArray csv = inventoryCsv({{.name = u"a.example.com"_s, .purpose = purpose}});
    QVERIFY2(csv.contains("\"a.example.com\"," + cell + ","), csv.constData());
}

void TestNameList::readsWhatItWrote()
{
    const NameList list = parseNameList(
        inventoryCsv({{.name = u"a.example.com"_s, .purpose = u"The \"API\", old"_s}, {.name = u"b.example.com"_s}}),
        {});
    QCOMPARE(printed(list), u"a.example.com=The \"API\", old b.example.com"_s);
}

void TestNameList::wordsAreComplete()
{
    for (int i = 0; i <= int(NamePurpose::Ai); ++i) {
        const auto purpose = static_cast<NamePurpose>(i);
        QCOMPARE(namePurposeFromWord(toWord(purpose)), std::optional(purpose));
        QVERIFY(!labelOf(purpose).isEmpty());
    }
    for (int i = 0; i <= int(NameSource::Guess); ++i)
        QCOMPARE(nameSourceFromWord(toWord(static_cast<NameSource>(i))), std::optional(static_cast<NameSource>(i)));
    for (int i = 0; i <= int(NameState::Silent); ++i)
        QCOMPARE(nameStateFromWord(toWord(static_cast<NameState>(i))), std::optional(static_cast<NameState>(i)));
    QVERIFY(!namePurposeFromWord(u"odd"));
}

QTEST_GUILESS_MAIN(TestNameList)
#include "tst_namelist.moc"
