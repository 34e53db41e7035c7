// Which patterns always hold a keyword: a wrong yes would leave a secret unseen, a wrong no only takes longer.
#include "checks/secrets/patternliterals.h"

#include <QTest>

using namespace cockpit;

class TestPatternLiterals : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatIsHeld_data();
    void tellsWhatIsHeld();
};

void TestPatternLiterals::tellsWhatIsHeld_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QList<QByteArray>>("keywords");
    QTest::addColumn<bool>("holds");
    const auto row = [](const char *name, const QByteArray &pattern, const QList<QByteArray> &keywords, bool holds) {
        QTest::newRow(name) << pattern << keywords << holds;
    };
    row("at the beginning", "key-[0-9]{4}", {"key-"}, true);
    row("in the middle", "[0-9]{4}-key-[0-9]{4}", {"-key-"}, true);
    row("in capitals", "KEY-[0-9]{4}", {"key-"}, true);
    row("nowhere", "[0-9]{8}", {"key"}, false);
    row("in a class", "[key]{3}", {"key"}, false);
    row("behind a class with a bracket", "[]key]k-[0-9]", {"k-"}, true);
    row("in a class with a bracket", "[]k-][0-9]", {"k-"}, false);
    row("behind a class of a name", "[[:alpha:]k]key", {"key"}, true);
    row("with an escaped sign", "sg\\.[a-z]{9}", {"sg."}, true);
    row("an escape that is a class", "sg\\d[a-z]{9}", {"sgd"}, false);
    row("a number of a character", "a\\x41b", {"aab"}, false);
    row("behind a number of a character", "\\x60key", {"key"}, true);
    row("with any character", "s.g", {"s.g"}, false);
    row("of both alternatives", "(?:sk|rk)_live_[a-z]", {"k_live_"}, true);
    row("of one alternative alone", "(?:sk|rx)_live_[a-z]", {"k_live_"}, false);
    row("of a class of few characters", "api[_-]?key", {"api_key", "api-key", "apikey"}, true);
    row("of a class of few characters, one of them missing", "api[_-]?key", {"api_key", "apikey"}, false);
    row("of a class that is a range", "api[a-c]key", {"apiakey", "api-key", "apickey"}, false);
    row("behind more alternatives than are followed",
        "(?:a|b|c|d|e|f|g|h)(?:a|b|c|d|e|f|g|h)(?:a|b|c|d|e|f|g|h)(?:key|token)[0-9]", {"key", "token"}, true);
    row("before more alternatives than are followed",
        "key(?:a|b|c|d|e|f|g|h)(?:a|b|c|d|e|f|g|h)(?:a|b|c|d|e|f|g|h)[0-9]", {"key"}, true);
    row("another keyword for each alternative", "(?:akia|asia)[a-z]", {"akia", "asia"}, true);
    row("an alternative of the whole", "key|[0-9]{8}", {"key"}, false);
    row("an empty alternative", "(?:key|)[0-9]", {"key"}, false);
    row("regardless of letter case", "(?i:API_?KEY)[0-9]", {"api_key", "apikey"}, true);
    row("with a flag for the rest", "(?i)key[0-9]", {"key"}, true);
    row("what may be missing within", "api_?key", {"api_key"}, false);
    row("what may be missing", "(?:key)?[0-9]", {"key"}, false);
    row("what may be missing, as few as can be", "(?:key)??[0-9]", {"key"}, false);
    row("none or more", "(?:key)*[0-9]", {"key"}, false);
    row("one or more", "(?:key)+[0-9]", {"key"}, true);
    row("one or more of the last", "key+[0-9]", {"key"}, true);
    row("behind one or more", "ke+y[0-9]", {"key"}, false);
    row("no or more times", "(?:key){0,3}[0-9]", {"key"}, false);
    row("two times", "(?:key){2}[0-9]", {"key"}, true);
    row("behind a count", "a{2,3}key", {"key"}, true);
    row("across a count", "a{2,3}key", {"akey"}, false);
    row("a brace that is no count", "a{bkey", {"a{bkey"}, true);
    row("across an edge of a word", "\\bkey\\b-", {"key-"}, true);
    row("across a beginning", "^key$", {"key"}, true);
    row("across a group", "k(e)y", {"key"}, true);
    row("ahead", "(?=key)[0-9]", {"key"}, false);
    row("not ahead", "(?!key)[0-9]", {"key"}, false);
    row("with blanks that mean nothing", "(?x)k ey", {"k ey"}, false);
    row("quoted", "\\Qk.y\\E", {"k.y"}, false);
    row("octal", "\\012key", {"12key"}, false);
    row("more wordings than are counted", "(?:a|b|c|d){1}(?:a|b|c|d)(?:a|b|c|d)(?:a|b|c|d)(?:a|b|c|d)key", {"key"},
        true);
    row("an open group", "(key", {"key"}, false);
    row("an open class", "[key", {"key"}, false);
    row("an open escape", "key\\", {"key"}, false);
    row("an open number", "key\\x4", {"key"}, false);
    row("no keyword", "key", {}, false);
}

void TestPatternLiterals::tellsWhatIsHeld()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QList<QByteArray>, keywords);
    QFETCH(bool, holds);
    QCOMPARE(alwaysHolds(pattern, {keywords.begin(), keywords.end()}), holds);
}

QTEST_GUILESS_MAIN(TestPatternLiterals)
#include "tst_patternliterals.moc"
