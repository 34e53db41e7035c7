#include "tests/checks/secrets/allrules.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/lab/sanitized.h"

#include <QElapsedTimer>

#include <atomic>
#include <set>
#include <thread>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

std::vector<PatternMatch> matchesIn(std::string_view text, const PatternSet &set, size_t most = 10000)
{
    std::vector<PatternMatch> found;
    const auto room = set.makeRoom().value();
    if (const auto searched = set.search(text, *room, found, most); !searched)
        qWarning("%s", qPrintable(searched.error().message));
    return found;
}

LeakRule rule(const QByteArray &pattern, const QByteArray &keyword = "key", const QByteArray &near = {})
{
    LeakRule made;
    made.id = u"the-rule"_s;
    made.pattern = pattern;
    made.keywords = {keyword};
    made.near = near;
    return made;
}

QByteArray padding(qsizetype bytes)
{
    return QByteArray(bytes, '\n');
}

} // namespace

class TestPatternSet : public QObject
{
    Q_OBJECT

private slots:
    void namesTheRuleThatIsWrong_data();
    void namesTheRuleThatIsWrong();
    void finds_data();
    void finds();
    void tellsGroupAndMatchApart();
    void findsAllOfALongValue();
    void stopsAtTheMost();
    void searchesInLinearTime_data();
    void searchesInLinearTime();
    void isSharedByThreads();
    void searchesInSeveralDatabases();
    void stopsWhileItCompiles();
    void compilesWhatATextNeeds();
    void findsNothingInNothing();
};

void TestPatternSet::namesTheRuleThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("keyword");
    QTest::addColumn<QByteArray>("near");
    QTest::newRow("an open bracket") << QByteArray("key(") << QByteArray("key") << QByteArray();
    QTest::newRow("an open class in what is near") << QByteArray("key") << QByteArray("key") << QByteArray("[a");
    QTest::newRow("an empty match") << QByteArray("a{0,3}") << QByteArray("key") << QByteArray();
    QTest::newRow("an empty keyword") << QByteArray("key") << QByteArray("") << QByteArray();
}

void TestPatternSet::namesTheRuleThatIsWrong()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, keyword);
    QFETCH(QByteArray, near);
    const auto set = PatternSet::compile({rule("right"), rule(pattern, keyword, near)});
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::BadInput);
    QVERIFY2(set.error().message.contains("the-rule"_L1), qPrintable(set.error().message));
}

void TestPatternSet::finds_data()
{
    QTest::addColumn<LeakRule>("wanted");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("count");
    const auto row = [](const char *name, const LeakRule &wanted, const QByteArray &text, int count) {
        QTest::newRow(name) << wanted << text << count;
    };
    row("all of the text", rule("key-[0-9]{4}"), "key-1234", 1);
    row("two in a line", rule("key-[0-9]{4}"), "key-1234 key-5678", 2);
    row("two that touch", rule("key-[0-9]{4}"), "key-1234key-5678", 2);
    row("one that goes on", rule("key-[0-9]{4,}"), "key-1234567890", 1);
    row("another letter case", rule("key-[0-9]{4}"), "KEY-1234", 0);
    LeakRule caseless = rule("key-[0-9]{4}");
    caseless.isCaseless = true;
    row("another letter case, regardless of it", caseless, "KEY-1234", 1);
    row("no keyword", rule("[0-9]{8}", "word"), "12345678", 0);
    row("the keyword before", rule("[0-9]{8}", "word"), "word 12345678", 1);
    row("the keyword behind", rule("[0-9]{8}", "word"), "12345678 word", 1);
    row("the keyword in capitals", rule("[0-9]{8}", "word"), "WORD 12345678", 1);
    row("the keyword a kilobyte before", rule("[0-9]{8}", "word"), "word" + padding(1000) + "12345678", 1);
    row("the keyword farther before", rule("[0-9]{8}", "word"), "word" + padding(1100) + "12345678", 0);
    row("the keyword a kilobyte behind", rule("[0-9]{8}", "word"), "12345678" + padding(1000) + "word", 1);
    row("the keyword farther behind", rule("[0-9]{8}", "word"), "12345678" + padding(1100) + "word", 0);
    LeakRule always = rule("[0-9]{8}");
    always.keywords.clear();
    row("without keywords, anywhere", always, padding(5000) + "12345678" + padding(5000), 1);
    row("what must be near, in another letter case", rule("[0-9]{8}", "word", "shop"), "Shop word 12345678", 1);
    row("what must be near, missing", rule("[0-9]{8}", "word", "shop"), "word 12345678", 0);
    row("what must be near, too far", rule("[0-9]{8}", "word", "shop"), "shop" + padding(1100) + "word 12345678", 0);
    row("behind many others", rule("key-[0-9]{4}"), QByteArray("key-").repeated(3000) + "key-1234", 1);
    row("after what looked like one", rule("key-[0-9]{4}x"), "key-1234key-1234x", 1);
    row("with a look ahead, which only PCRE2 knows", rule("key-[0-9]{4}(?!x)"), "key-1234x key-1234y", 1);
    row("beside bytes that are no text", rule("key-[0-9]{4}"), QByteArray("\xff\x80\0key-1234\xc3", 12), 1);
    row("at the end of many windows", rule("[0-9]{8}", "word"), ("word" + padding(2000)).repeated(50) + "12345678", 0);
}

void TestPatternSet::finds()
{
    QFETCH(LeakRule, wanted);
    QFETCH(QByteArray, text);
    QFETCH(int, count);
    const auto set = PatternSet::compile({wanted});
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message + set.error().detail));
    QCOMPARE(matchesIn(text.toStdString(), **set).size(), static_cast<size_t>(count));
}

void TestPatternSet::tellsGroupAndMatchApart()
{
    const auto set = PatternSet::compile({rule("key=([0-9]+);"), rule("key=[0-9]+;")}).value();
    const auto found = matchesIn("a key=1234; b", *set);
    QCOMPARE(found.size(), 2U);
    for (const PatternMatch &match : found) {
        QCOMPARE(match.at.start, 2U);
        QCOMPARE(match.at.end, 11U);
        QCOMPARE(match.at.valueStart, match.rule == 0 ? 6U : 2U);
        QCOMPARE(match.at.valueEnd, match.rule == 0 ? 10U : 11U);
    }
}

void TestPatternSet::findsAllOfALongValue()
{
    const std::string key = privateKey(3300);
    const auto found = matchesIn("first line\n" + key, *smallSet());
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].at.start, 11U);
    QVERIFY(found[0].at.end > 3300U);
}

void TestPatternSet::stopsAtTheMost()
{
    const auto set = PatternSet::compile({rule("key-[0-9]{4}")}).value();
    QCOMPARE(matchesIn(QByteArray("key-1234 ").repeated(500).toStdString(), *set, 100).size(), 100U);
}

void TestPatternSet::searchesInLinearTime_data()
{
    QTest::addColumn<std::string>("piece");
    QTest::newRow("keys without an end") << std::string("sk_live_") + noise(120);
    QTest::newRow("base64 beside a keyword") << std::string("aws secret ") + noise(900);
    QTest::newRow("beginnings") << std::string("-----BEGIN PRIVATE KEY-----");
    QTest::newRow("tokens that never end") << std::string("eyJ") + noise(60) + ".";
    QTest::newRow("keywords") << std::string("password postgres aws secret k_live_ ");
}

void TestPatternSet::searchesInLinearTime()
{
    QFETCH(std::string, piece);
    std::string text;
    while (text.size() < 4U << 20)
        text += piece;
    QElapsedTimer clock;
    clock.start();
    matchesIn(text, *smallSet(), 1U << 20);
    QVERIFY2(clock.elapsed() < 20000, qPrintable(QString::number(clock.elapsed()))); // without optimisation, in company
}

void TestPatternSet::isSharedByThreads()
{
    const auto set = smallSet();
    std::string text;
    for (unsigned i = 0; i < 200; ++i)
        text += "x = " + stripeKey(i) + "\n";
    std::array<size_t, 4> counts{};
    std::vector<std::thread> threads;
    for (size_t &count : counts)
        threads.emplace_back([&] { count = matchesIn(text, *set).size(); });
    for (std::thread &thread : threads)
        thread.join();
    for (const size_t count : counts)
        QCOMPARE(count, 200U);
}

// Rules of different databases share a keyword, one of them has none, and what is wrong is told by its own name.
void TestPatternSet::searchesInSeveralDatabases()
{
    constexpr size_t many = 3 * PatternSet::kRulesInDatabase + 5;
    std::vector<LeakRule> rules;
    for (size_t number = 0; number < many; ++number) {
        rules.push_back(rule("key-" + QByteArray::number(static_cast<int>(1000 + number))));
        rules.back().id = QString::number(number);
    }
    constexpr size_t always = PatternSet::kRulesInDatabase + 7;
    rules[always].keywords.clear();
    rules[always].pattern = "anywhere[0-9]";
    const auto set = PatternSet::compile(rules).value();
    const auto room = set->makeRoom().value();
    for (int search = 0; search < 2; ++search) {
        QByteArray text = padding(5000) + "anywhere1" + padding(5000);
        for (size_t number = 0; number < many; number += 10)
            text += padding(5000) + "key-" + QByteArray::number(static_cast<int>(1000 + number));
        std::vector<PatternMatch> found;
        QVERIFY(set->search({text.constData(), static_cast<size_t>(text.size())}, *room, found));
        std::set<size_t> seen;
        for (const PatternMatch &match : found)
            seen.insert(match.rule);
        QCOMPARE(found.size(), 1 + (many + 9) / 10);
        QCOMPARE(seen.size(), found.size());
        QVERIFY(seen.contains(always));
    }
    rules[many - 1].pattern = "a{0,3}";
    const auto wrong = PatternSet::compile(rules);
    QVERIFY(!wrong);
    QVERIFY2(wrong.error().message.contains(u'"' + rules[many - 1].id + u'"'), qPrintable(wrong.error().message));
}

void TestPatternSet::stopsWhileItCompiles()
{
    CancelToken token;
    token.cancel();
    const auto none = PatternSet::compile(loadLeakRules().value(), {}, token);
    QCOMPARE(none.error().kind, ErrorKind::Cancelled);
    // In the middle of the work: a database is about to be compiled, which nothing interrupts.
    const CancelToken later;
    int begun = 0;
    QElapsedTimer sinceStop;
    const auto set = PatternSet::compile(loadLeakRules().value(), {}, later, [&] {
        ++begun;
        sinceStop.start();
        later.cancel();
        return Result<void>();
    });
    const auto room = (*set)->makeRoom(later).value();
    std::vector<PatternMatch> found;
    const auto searched = (*set)->search(allKeywords().toStdString(), *room, found);
    QVERIFY(!searched);
    QCOMPARE(searched.error().kind, ErrorKind::Cancelled);
    QVERIFY(found.empty());
    QCOMPARE(begun, 1);
    QVERIFY2(sinceStop.elapsed() < 1000 * lab::kSlowdown, qPrintable(u"%1 ms"_s.arg(sinceStop.elapsed())));
}

// Those that the text has keywords of, and each once, whoever comes first.
void TestPatternSet::compilesWhatATextNeeds()
{
    std::vector<LeakRule> rules;
    for (size_t number = 0; number < 3 * PatternSet::kRulesInDatabase; ++number) {
        const QByteArray group = QByteArray::number(static_cast<int>(number / PatternSet::kRulesInDatabase));
        rules.push_back(rule("key" + group + "-[0-9]{4}", "key" + group));
        rules.back().id = QString::number(number);
    }
    std::atomic<int> begun{0};
    const auto set = PatternSet::compile(rules, {}, {}, [&] {
                         ++begun;
                         return Result<void>();
                     }).value();
    QCOMPARE(begun, 0);
    QVERIFY(matchesIn("nothing of the kind", *set).empty());
    QCOMPARE(begun, 0);
    QCOMPARE(matchesIn("key1-1234", *set).size(), PatternSet::kRulesInDatabase);
    QCOMPARE(begun, 1);
    std::array<size_t, 4> counts{};
    std::vector<std::thread> threads;
    for (size_t &count : counts)
        threads.emplace_back([&] { count = matchesIn("key0-1234 key1-1234 key2-1234", *set).size(); });
    for (std::thread &thread : threads)
        thread.join();
    for (const size_t count : counts)
        QCOMPARE(count, 3 * PatternSet::kRulesInDatabase);
    QCOMPARE(begun, 3);
}

void TestPatternSet::findsNothingInNothing()
{
    QVERIFY(matchesIn({}, *smallSet()).empty());
    QVERIFY(!PatternSet::compile({}));
}

QTEST_GUILESS_MAIN(TestPatternSet)
#include "tst_patternset.moc"
