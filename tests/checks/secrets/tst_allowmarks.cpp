#include "checks/secrets/commentwalk.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/markrowsofcode.h"
#include "tests/checks/secrets/markrowsoffiles.h"
#include "tests/checks/secrets/smallrules.h"

#include <QElapsedTimer>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

std::string filled(std::string text)
{
    for (const auto &[name, value] :
         {std::pair<std::string, std::string>{"KEY", stripeKey()}, {"MARK", "launch-cockpit:allow practice"}}) {
        for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
            text.replace(at, name.size(), value);
    }
    return text;
}

std::string repeated(size_t times, std::string_view piece)
{
    std::string text;
    for (size_t i = 0; i < times; ++i)
        text += piece;
    return text;
}

// Over the lines of a block with so many values and, behind them, as many remarks.
size_t stepsFor(size_t count)
{
    const std::string value = stripeKey() + ' ';
    const std::string line = repeated(count, value) + repeated(count, "gitleaks:allow ");
    std::vector<ValueRange> values;
    for (size_t i = 0; i < count; ++i)
        values.push_back({i * value.size(), (i + 1) * value.size() - 1});
    BlockMarks marks(line, true, Language::Unknown, values);
    for (const ValueRange &one : values) {
        if (marks.on({.text = line, .valueStart = one.start, .valueEnd = one.end})->in(Language::Unknown).trouble !=
            MarkTrouble::InCode)
            return 0;
    }
    return marks.lineSteps();
}

QString wordOf(const SecretHit &hit)
{
    switch (hit.markTrouble) {
    case MarkTrouble::None:
        return hit.allowed ? u"counts"_s : u"none"_s;
    case MarkTrouble::NoReason:
        return u"no reason"_s;
    case MarkTrouble::LongerWord:
        return u"longer"_s;
    case MarkTrouble::BeforeValue:
        return u"before"_s;
    case MarkTrouble::InText:
        return u"text"_s;
    case MarkTrouble::InCode:
        return u"code"_s;
    case MarkTrouble::Undecided:
        return u"undecided"_s;
    case MarkTrouble::TooFar:
        return u"far"_s;
    }
    return u"?"_s;
}

void addRows(const std::vector<MarkRow> &rows)
{
    for (const MarkRow &row : rows)
        QTest::addRow("%s: %s", row.path, row.name)
            << QByteArray(row.path) << filled(row.text) << QString::fromLatin1(row.expected);
}

void addOthers()
{
    addRows({
        {"no ending tells", "notes", "k KEY # MARK\n", "counts"},
        {"behind many that are in no comment", "notes", "k KEY" + repeated(200, " x:gitleaks:allow") + " # MARK\n",
         "counts"},
        {"behind what only looks like it", "notes", "k KEY" + repeated(500, " ;") + " MARK\n", "counts"},
        {"behind a slash far away", "notes", "k KEY, /[#] # MARK" + repeated(200, " x") + "/\n", "undecided"},
        {"a text behind a word", "notes", "k KEY; return'// MARK'\n", "text"},
        {"a text behind a prefix", "notes", "k KEY; f'# MARK'\n", "text"},
        {"a regular expression", "notes", "k KEY, /[#] # MARK/\n", "undecided"},
        {"a longer word", "a.py", "k = 'KEY' # launch-cockpit:allowed practice\n", "longer"},
        {"a word with a hyphen", "a.py", "k = 'KEY' # launch-cockpit:allow-list practice\n", "longer"},
        {"a longer word of the other", "a.py", "k = 'KEY' # gitleaks:allowed\n", "longer"},
        {"no reason", "a.py", "k = 'KEY' # launch-cockpit:allow\n", "no reason"},
        {"the other program's", "a.py", "k = 'KEY' # gitleaks:allow\n", "counts"},
        {"before the value", "a.js", "/* MARK */ k = 'KEY'\n", "before"},
        {"in vain and then well", "a.js", "k('KEY', '// MARK') // MARK\n", "counts"},
        {"nothing", "a.js", "k('KEY') // a key\n", "none"},
        {"far behind the beginning of the line", "a.js", std::string(5000, ' ') + "k = 'KEY' // MARK\n", "far"},
        {"far behind the beginning of the file", "a.js", std::string(3 << 20, '\n') + "k = 'KEY' // MARK\n", "far"},
    });
}

} // namespace

class TestAllowMarks : public QObject
{
    Q_OBJECT

private slots:
    void count_data();
    void count();
    void settleLater_data() { count_data(); }
    void settleLater();
    void haveNoPlaceInNames();
    void tellWhatFollows();
    void goOverALineOnce();
    void askBeforeEachLanguage_data();
    void askBeforeEachLanguage();
    void keepOneReadingOfALine_data();
    void keepOneReadingOfALine();
    void takeTimeByLength_data();
    void takeTimeByLength();
    void lookAheadByLength_data();
    void lookAheadByLength();
    void lookBackOnce();
};

void TestAllowMarks::count_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("expected");
    addRows(rowsOfScripts());
    addRows(rowsOfCompiled());
    addRows(rowsOfShells());
    addRows(rowsOfSettings());
    addRows(rowsOfPages());
    addOthers();
}

void TestAllowMarks::count()
{
    QFETCH(QByteArray, path);
    QFETCH(std::string, text);
    QFETCH(QString, expected);
    auto scanner = TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value();
    scanner.setLanguage(languageOf(path));
    size_t at = 0;
    const auto scan = scanner.scanStream([&](char *to, qint64 most) -> Result<qint64> {
        const size_t now = std::min(static_cast<size_t>(most), text.size() - at);
        std::copy_n(text.data() + at, now, to);
        at += now;
        return static_cast<qint64>(now);
    });
    QVERIFY(scan);
    QCOMPARE(scan->hits.size(), size_t(1));
    QCOMPARE(wordOf(scan->hits.front()), expected);
    QCOMPARE(scan->vainMarks, scan->hits.front().markTrouble == MarkTrouble::None ? 0 : 1);
    if (expected == u"counts"_s && text.find("gitleaks") == std::string::npos)
        QCOMPARE(scan->hits.front().allowed.value_or(QString()).left(8), u"practice"_s);
}

// A history knows its files' names when it has been read.
void TestAllowMarks::settleLater()
{
    QFETCH(QByteArray, path);
    QFETCH(std::string, text);
    QFETCH(QString, expected);
    auto scanner = TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value();
    scanner.setLanguage(std::nullopt);
    TextScan scan = scanner.scan(text);
    QCOMPARE(scan.hits.size(), size_t(1));
    scan.hits.front().settleMarks(languageOf(path));
    QCOMPARE(wordOf(scan.hits.front()), expected);
}

void TestAllowMarks::haveNoPlaceInNames()
{
    auto scanner = TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value();
    const std::string name = filled("KEY # MARK");
    const std::string_view only = name;
    QString word;
    QVERIFY(scanner.scanNames({&only, 1}, [&word](size_t, TextScan &scan) { word = wordOf(scan.hits.front()); }));
    QCOMPARE(word, u"code"_s);
}

// Two values on a line, and a remark behind both; one between them is for the first.
void TestAllowMarks::tellWhatFollows()
{
    auto scanner = TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value();
    scanner.setLanguage(Language::JavaScript);
    const TextScan both = scanner.scan(filled("k('KEY', '") + stripeKey(2) + filled("') // MARK"));
    QCOMPARE(both.hits.size(), size_t(2));
    QVERIFY(both.hits[0].allowed && both.hits[1].allowed);
    const TextScan first = scanner.scan(filled("k('KEY' /* MARK */, '") + stripeKey(2) + "')");
    QVERIFY(first.hits[0].allowed && !first.hits[1].allowed);
    QCOMPARE(wordOf(first.hits[1]), u"before"_s);
}

// Not once for each value, and not for each remark.
void TestAllowMarks::goOverALineOnce()
{
    const size_t ofSome = stepsFor(50);
    const size_t ofTwice = stepsFor(100);
    QVERIFY(ofSome > 0);
    const size_t pieces = stripeKey().size() + 20; // that the ends of a line may differ by
    QVERIFY2(ofTwice <= 2 * ofSome + pieces, qPrintable(u"%1 and %2 steps"_s.arg(ofSome).arg(ofTwice)));
}

void TestAllowMarks::askBeforeEachLanguage_data()
{
    QTest::addColumn<bool>("isKnown");   // the language
    QTest::addColumn<int>("stopsAfter"); // milliseconds; -1: never
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("stopped before") << false << 0 << true;
    QTest::newRow("stopped while they go over it") << false << 20 << true; // it takes them some hundred
    QTest::newRow("not stopped") << false << -1 << false;
    QTest::newRow("one language, stopped before") << true << 0 << true;
}

// Sixty languages go over a large block, and whoever stops does not wait for all of them.
void TestAllowMarks::askBeforeEachLanguage()
{
    QFETCH(bool, isKnown);
    QFETCH(int, stopsAfter);
    const std::string value = stripeKey();
    const std::string text = repeated(stopsAfter > 0 ? 400'000 : 4, "one(); two\n") + value + " // gitleaks:allow";
    const size_t start = text.find(value);
    const auto until = stopsAfter < 0 ? Deadline::never() : Deadline::in(std::chrono::milliseconds(stopsAfter));
    BlockMarks marks(text, true, isKnown ? std::optional(languageOf("a.js")) : std::nullopt,
                     {{start, start + value.size()}}, true, CancelToken().boundedBy(until));
    QVERIFY(!marks.isStopped());
    marks.on({.text = std::string_view(text).substr(start), .start = start, .valueEnd = value.size()});
    QTEST(marks.isStopped(), "isStopped");
}

void TestAllowMarks::keepOneReadingOfALine_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<std::string>("remark");
    QTest::newRow("in vain") << QByteArray("a.py") << std::string("gitleaks:allow ");
    QTest::newRow("that counts") << QByteArray("a.py") << std::string("# launch-cockpit:allow a sample ");
    QTest::newRow("of no language") << QByteArray("notes") << std::string("# launch-cockpit:allow a sample ");
    QTest::newRow("of all languages") << QByteArray() << std::string("# launch-cockpit:allow a sample ");
}

// However many values and remarks there are, memory holds what is said of them once.
void TestAllowMarks::keepOneReadingOfALine()
{
    QFETCH(QByteArray, path);
    QFETCH(std::string, remark);
    std::string text;
    for (unsigned i = 0; i < 20; ++i)
        text += stripeKey(i) + ' ';
    text += repeated(50, remark) + '\n';
    auto scanner = TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value();
    scanner.setLanguage(path.isEmpty() ? std::nullopt : std::optional(languageOf(path)));
    const TextScan scan = scanner.scan(text);
    QCOMPARE(scan.hits.size(), size_t(20));
    for (const SecretHit &hit : scan.hits) {
        QVERIFY(hit.marks);
        QCOMPARE(hit.marks, scan.hits.front().marks);
    }
}

void TestAllowMarks::takeTimeByLength_data()
{
    QTest::addColumn<std::string>("piece");
    for (const char *piece :
         {"`${", "<<A ", "[a|",    "R\"", "'",   "=\"", "\"\"\"", "{{",    "<a ", "<%", "$x$",  "--[[",
          "{-",  "/*",   "- |\n ", "%q(", "~s{", "/[",  "\\",     "@\"\n", "(",   "#|", "<<A\n"})
        QTest::newRow(piece) << std::string(piece);
}

// In no language does what is opened over and over take more than its length.
void TestAllowMarks::takeTimeByLength()
{
    QFETCH(std::string, piece);
    std::string text = filled("KEY // MARK\n");
    while (text.size() < 20'000)
        text += piece;
    text += filled("\nKEY // MARK\n");
    auto scanner = TextScanner::make(smallSet(), {.key = QByteArray(32, 'k'), .token = {}}).value();
    scanner.setLanguage(std::nullopt);
    QElapsedTimer clock;
    clock.start();
    const TextScan scan = scanner.scan(text);
    QVERIFY2(clock.elapsed() < 30000, qPrintable(QString::number(clock.elapsed()))); // in company, without optimisation
    QVERIFY(!scan.hits.empty());
}

void TestAllowMarks::lookAheadByLength_data()
{
    QTest::addColumn<Language>("language");
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("sign");
    QTest::newRow("hashes of Rust") << Language::Rust << std::string() << std::string("#");
    QTest::newRow("hashes of Swift") << Language::Swift << std::string("let a = ") << std::string("#");
    QTest::newRow("dashes of Haskell") << Language::Haskell << std::string() << std::string("-");
    QTest::newRow("equals of Lua") << Language::Lua << std::string("[") << std::string("=");
    QTest::newRow("brackets of Lua") << Language::Lua << std::string() << std::string("[=");
    QTest::newRow("remarks of JavaScript") << Language::JavaScript << std::string() << std::string("/**/");
    QTest::newRow("here-documents of Ruby") << Language::Ruby << std::string() << std::string("<<'A ");
    QTest::newRow("sums of a shell") << Language::Shell << std::string("((") << std::string("<<$");
    QTest::newRow("raw texts of C++") << Language::C << std::string() << std::string("R\"");
    QTest::newRow("texts of a setting") << Language::Ini << std::string() << std::string("='\n");
}

// Twice the text is twice the work, in steps and in bytes looked at.
void TestAllowMarks::lookAheadByLength()
{
    QFETCH(Language, language);
    QFETCH(std::string, before);
    QFETCH(std::string, sign);
    const auto workOf = [&](size_t count) {
        std::string text = before;
        for (size_t i = 0; i < count; ++i)
            text += sign;
        text += ">\n";
        CommentWalk walk(text, language, {});
        walk.goTo(text.size());
        return walk.work();
    };
    const size_t once = workOf(4000);
    const size_t twice = workOf(8000);
    QVERIFY2(twice <= 2 * once + 100, qPrintable(u"%1, %2"_s.arg(once).arg(twice)));
}

// Whether a sign is the first of its line is no question to the blanks before it: each of them took minutes.
void TestAllowMarks::lookBackOnce()
{
    const auto workOf = [](size_t count) {
        const std::string text = std::string(count, ' ') + 'x' + std::string(count, '#');
        CommentWalk walk(text, Language::Properties, {});
        walk.goTo(text.size());
        return walk.stand() == Stand::Code ? walk.work() : 0;
    };
    const size_t once = workOf(20'000);
    const size_t twice = workOf(40'000);
    QVERIFY(once > 0);
    QVERIFY2(twice <= 2 * once + 100, qPrintable(u"%1, %2"_s.arg(once).arg(twice)));
}

QTEST_GUILESS_MAIN(TestAllowMarks)
#include "tst_allowmarks.moc"
