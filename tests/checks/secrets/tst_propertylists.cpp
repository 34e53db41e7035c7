// Secrets in binary property lists: a value is known by the key that it is given to, though the file keeps the two
// apart.
#include "checks/secrets/propertylist.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/treescan.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/checks/secrets/programsmade.h"
#include "tests/checks/secrets/propertylistmade.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/secrets/zipmade.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

TextScanner scannerOf(const std::shared_ptr<const PatternSet> &set)
{
    return TextScanner::make(set, {.key = QByteArray(32, 'k'), .token = {}}).value();
}

TextScan scanned(const QByteArray &bytes)
{
    return scannerOf(smallSet()).scan(viewOf(bytes));
}

QJsonValue valueOf(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QByteArray listOf(const QByteArray &json, ListTexts texts = ListTexts::Ascii)
{
    return PropertyListMade::of(valueOf(json), texts);
}

// All that it hands out.
QByteArray readIn(const QByteArray &bytes)
{
    PropertyList list(viewOf(bytes));
    QByteArray text;
    while (list.next()) {
        for (const std::string_view piece : list.pieces())
            text.append(piece.data(), static_cast<qsizetype>(piece.size())).append("--\n");
    }
    return text;
}

constexpr auto kWord = "q8Zr4Lw1Tn7Vx2Kp";

} // namespace

class TestPropertyLists : public QObject
{
    Q_OBJECT

private slots:
    void findsByTheKey_data();
    void findsByTheKey();
    void hasItsPlace_data();
    void hasItsPlace();
    void reads_data();
    void reads();
    void readsNothingOfNone_data();
    void readsNothingOfNone();
    void survivesWhatIsBroken();
    void boundsWhatIsNamedAgain();
    void handsOutALargeDictionaryInParts_data();
    void handsOutALargeDictionaryInParts();
    void doesNotFollowACircle();
    void readsALargeOneAsAWhole();
    void looksIntoApps();
};

void TestPropertyLists::findsByTheKey_data()
{
    QTest::addColumn<QByteArray>("json"); // WORD: a password; LONG: forty signs
    QTest::addColumn<QString>("rule");    // empty: nothing is found
    const auto row = [](const char *name, const QByteArray &json, const QString &rule) {
        QTest::newRow(name) << json << rule;
    };
    const QString password = u"generic-password"_s;
    row("of a key", R"({"dbPassword":"WORD"})", password);
    row("among others", R"({"a":"one two","clientSecret":"WORD","z":true,"n":7})", password);
    row("in a dictionary of one", R"({"Services":{"Mail":{"password":"WORD"}}})", password);
    row("in a row of dictionaries", R"({"hosts":[{"name":"a"},{"name":"b","password":"WORD"}]})", password);
    row("in a row of texts", R"({"passwords":["x","WORD"]})", QString());
    row("in a row, by its key", R"({"password":["x","WORD"]})", password);
    row("by the key of the dictionary around", R"({"AWS":{"region":"eu","secret":"LONG"}})", u"aws-secret"_s);
    row("by its form", R"({"name":"KEY"})", u"stripe-live-secret"_s);
    row("of another key", R"({"title":"WORD","password":7})", QString());
    row("the key behind it", R"({"a":"WORD","b":"password"})", QString());
    row("of the key of another dictionary", R"({"a":{"password":true},"b":{"title":"WORD"}})", QString());
}

void TestPropertyLists::findsByTheKey()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, rule);
    json.replace("WORD", kWord)
        .replace("LONG", QByteArray::fromStdString(noise(40, 3)))
        .replace("KEY", QByteArray::fromStdString(stripeKey()));
    for (const ListTexts texts : {ListTexts::Ascii, ListTexts::Wide, ListTexts::Bytes}) {
        const TextScan scan = scanned(listOf(json, texts));
        QVERIFY(scan.isProgram);
        QCOMPARE(scan.hits.size(), rule.isEmpty() ? 0U : 1U);
        if (rule.isEmpty())
            continue;
        QCOMPARE(scan.hits.front().rule->id, rule);
        QCOMPARE(scan.hits.front().through, Through::Strings);
    }
}

void TestPropertyLists::hasItsPlace_data()
{
    QTest::addColumn<ListTexts>("texts");
    QTest::newRow("letters of a byte") << ListTexts::Ascii;
    QTest::newRow("letters of two") << ListTexts::Wide;
    QTest::newRow("bytes") << ListTexts::Bytes;
}

// The same value has the same fingerprint as in a text.
void TestPropertyLists::hasItsPlace()
{
    QFETCH(ListTexts, texts);
    const QByteArray made = listOf("{\"a\":{\"b\":\"c\"},\"password\":\"" + QByteArray(kWord) + "\"}", texts);
    const TextScan scan = scanned(made);
    QCOMPARE(scan.hits.size(), 1U);
    const SecretHit &hit = scan.hits.front();
    QCOMPARE(made.mid(hit.offset, hit.length).replace('\0', ""), QByteArray(kWord));
    QCOMPARE(hit.fingerprint, scanned("password = '" + QByteArray(kWord) + "'").hits.at(0).fingerprint);
}

void TestPropertyLists::reads_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &json, const QByteArray &expected) {
        QTest::newRow(name) << json << expected;
    };
    row("pairs", R"({"a":"one","b":"two"})", "\"a\": \"one\"\n\"b\": \"two\"\n--\n");
    row("a quote in it", "{\"a\":\"on\\\"e\"}", "\"a\": 'on\"e'\n--\n");
    row("all of the quotes in it", "{\"a\":\"o\\\"n'e`\"}", "\"a\": o\"n'e`\n--\n");
    row("a row", R"({"a":["one",2,"two"]})", "\"a\": \"one\"\n\"a\": \"two\"\n--\n");
    row("numbers", R"({"a":1,"b":true})", "");
    row("texts alone", R"(["a","b"])", "");
    row("an empty text", R"({"a":""})", "");
    row("within each other", R"({"a":{"b":{"c":"d"}}})", "a:\nb:\n\"c\": \"d\"\n--\n");
    row("too deep for all of the names", R"({"a":{"b":{"c":{"d":{"e":{"f":"g"}}}}}})",
        "b:\nc:\nd:\ne:\n\"f\": \"g\"\n--\n");
}

void TestPropertyLists::reads()
{
    QFETCH(QByteArray, json);
    QTEST(readIn(listOf(json)), "expected");
}

void TestPropertyLists::readsNothingOfNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray made = listOf(R"({"password":"WORD"})");
    QTest::newRow("another file") << "xplist00" + made.mid(8);
    QTest::newRow("its mark alone") << QByteArray("bplist00");
    QTest::newRow("its beginning") << made.first(made.size() - 1);
    QTest::newRow("something behind it") << made + '\0';
    QTest::newRow("no objects") << QByteArray("bplist00") + QByteArray(32, '\0');
    QTest::newRow("numbers of no bytes") << made.first(made.size() - 26) + QByteArray(2, '\0') + made.last(24);
    QTest::newRow("more objects than there is room for")
        << made.first(made.size() - 24) + QByteArray(8, '\x7f') + made.last(16);
    QTest::newRow("a table behind its end") << made.first(made.size() - 8) + QByteArray(8, '\x7f');
}

void TestPropertyLists::readsNothingOfNone()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(readIn(bytes), QByteArray());
}

// Numbers that lead nowhere. The sanitizers see what is read beside it.
void TestPropertyLists::survivesWhatIsBroken()
{
    const QByteArray made =
        listOf(R"({"Services":[{"password":"WORD"},{"secret":"Wort Wort Wort Wort"}],"n":[1,[2,{"a":"b"}]]})");
    for (qsizetype at = 8; at < made.size(); ++at) {
        for (const char byte : {'\xff', '\x7f', '\xd1', '\xaf', '\0'}) {
            QByteArray broken = made;
            broken[at] = byte;
            QVERIFY(readIn(broken).size() < 4096);
            QVERIFY(scanned(broken).hits.size() < 10);
        }
        scanned(made.first(at));
    }
}

// A table of which each entry is the same dictionary, of which each member is the same text.
void TestPropertyLists::boundsWhatIsNamedAgain()
{
    constexpr qsizetype members = 20'000;
    constexpr qsizetype entries = 200'000;
    const auto big = [](qsizetype value) {
        return QByteArray{"\0\0\0\0", 4} + char(value >> 24) + char(value >> 16 & 0xff) + char(value >> 8 & 0xff) +
               char(value & 0xff);
    };
    QByteArray made("bplist00");
    const QByteArray text = "\x5f\x10\xc8" + QByteArray(200, 'a');
    const qsizetype dictionary = made.size() + text.size();
    made += text + "\xdf\x12" + big(members).last(4) + QByteArray(2 * members, '\0');
    const qsizetype table = made.size();
    made += QByteArray("\0\0\x08", 3); // the text
    made += (QByteArray(1, char(dictionary >> 16)) + char(dictionary >> 8 & 0xff) + char(dictionary & 0xff))
                .repeated(entries);
    made += QByteArray(6, '\0') + '\3' + '\1' + big(entries) + big(1) + big(table);
    PropertyList list(viewOf(made));
    size_t letters = 0;
    while (list.next()) {
        size_t atOnce = 0;
        for (const std::string_view piece : list.pieces())
            atOnce += piece.size();
        QVERIFY(atOnce < (2U << 20)); // whoever names much takes no more memory
        letters += atOnce;
    }
    QVERIFY2(letters > 0 && letters < 16 * static_cast<size_t>(made.size()), qPrintable(QString::number(letters)));
}

void TestPropertyLists::handsOutALargeDictionaryInParts_data()
{
    QTest::addColumn<bool>("isRow");
    QTest::newRow("of many members") << false;
    QTest::newRow("of a member with many texts") << true;
}

// Each of its texts once.
void TestPropertyLists::handsOutALargeDictionaryInParts()
{
    QFETCH(bool, isRow);
    constexpr int count = 30'000;
    const auto textOf = [](int i) { return u"text %1 %2"_s.arg(QString(80, u'x')).arg(i); };
    QJsonObject pairs;
    QJsonArray row;
    for (int i = 0; i < count; ++i) {
        if (isRow)
            row.append(textOf(i));
        else
            pairs.insert(u"a%1"_s.arg(i, 6, 10, QChar(u'0')), textOf(i));
    }
    if (isRow)
        pairs.insert(u"a"_s, row);
    pairs.insert(u"z"_s, u"last"_s);
    const QByteArray made = PropertyListMade::of(QJsonObject{{u"Around"_s, pairs}});
    PropertyList list(viewOf(made));
    int times = 0;
    QByteArray text;
    for (; list.next(); ++times) {
        for (const std::string_view piece : list.pieces()) {
            QVERIFY(piece.starts_with("Around:\n"));
            text.append(piece.data(), static_cast<qsizetype>(piece.size()));
        }
    }
    QVERIFY(times > 1);
    QCOMPARE(text.count("text "), count);
    for (const int one : {0, 1, count / 2, count - 1})
        QCOMPARE(text.count(textOf(one).toLatin1() + '"'), 1);
    QVERIFY(text.endsWith("\"z\": \"last\"\n"));
}

void TestPropertyLists::doesNotFollowACircle()
{
    // {"a": itself, "b": "text"} and {7: itself}
    QByteArray made("bplist00\x51\x61\x51\x62\x54text\xd2\0\1\3\2\xd1\5\4\x10\7", 24);
    const QByteArray table("\x08\x0a\x0c\x11\x16\x19", 6);
    const QByteArray trailer = QByteArray(6, '\0') + "\1\1" + QByteArray(7, '\0') + '\6' + QByteArray(7, '\0') + '\3' +
                               QByteArray(7, '\0') + char(made.size() + 3);
    made += QByteArray(3, '\0') + table + trailer;
    QCOMPARE(readIn(made), QByteArray("a:\na:\na:\na:\n\"b\": \"text\"\n--\n"));
}

// Of more than the part that is searched at a time.
void TestPropertyLists::readsALargeOneAsAWhole()
{
    QJsonObject pairs{{u"z_password"_s, QString::fromLatin1(kWord)}};
    for (int i = 0; i < 3; ++i)
        pairs.insert(u"a%1"_s.arg(i), QString(1 << 20, QChar(u'a' + i)));
    const QByteArray made = PropertyListMade::of(pairs);
    QVERIFY(made.size() > (2 << 20));
    qint64 at = 0;
    auto scanner = scannerOf(smallSet());
    const auto scan = scanner.scanStream([&](char *to, qint64 most) -> Result<qint64> {
        const qint64 given = std::min<qint64>({most, qint64(1) << 20, made.size() - at});
        std::copy_n(made.constData() + at, given, to);
        at += given;
        return given;
    });
    QVERIFY(scan.has_value());
    QCOMPARE(scan->hits.size(), 1U);
    QCOMPARE(made.mid(scan->hits.front().offset, scan->hits.front().length), QByteArray(kWord));
}

// With the rules of the program.
void TestPropertyLists::looksIntoApps()
{
    QTemporaryDir folder;
    const QByteArray settings = PropertyListMade::of(QJsonObject{{u"CFBundleName"_s, u"Shop"_s},
                                                                 {u"API_BASE"_s, u"https://api.shop.example"_s},
                                                                 {u"SMTP_PASSWORD"_s, QString::fromLatin1(kWord)},
                                                                 {u"passwordHint"_s, u"Enter your password"_s}});
    QFile file(folder.filePath(u"shop.ipa"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray app = zipMade({{"Payload/Shop.app/Config.plist", settings}});
    QVERIFY(file.write(app) == app.size());
    file.close();
    TreeProgress progress;
    const auto scan = scanTree(folder.path(), allRules(), {.key = QByteArray(32, 'k'), .token = {}}, progress);
    QVERIFY(scan.has_value());
    QCOMPARE(scan->found.size(), 1U);
    QCOMPARE(scan->found.front().path, QByteArray("shop.ipa!/Payload/Shop.app/Config.plist"));
}

QTEST_GUILESS_MAIN(TestPropertyLists)
#include "tst_propertylists.moc"
