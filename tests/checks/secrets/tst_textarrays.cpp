// Keys in the text of PDFs, which stands in pieces wherever letters are moved (kerning).
#include "checks/secrets/textarrays.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/smallrules.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

std::vector<SecretHit> found(const std::string &text)
{
    TextScanner scanner = TextScanner::make(smallSet(), {.key = "key"}).value();
    return scanner.scan(text).hits;
}

// As it is shown: without the joints.
QByteArray shown(const std::string &text)
{
    DecodedView view;
    const std::string_view seen = view.build(text) ? view.text() : std::string_view(text);
    return {seen.data(), static_cast<qsizetype>(seen.size())};
}

// Each letter by itself, with one distance between each two.
std::string apart(const std::string &text, const std::string &distance)
{
    std::string pieces;
    for (const char c : text)
        pieces += (pieces.empty() ? "(" : distance + "(") + std::string(1, c) + ")";
    return pieces;
}

} // namespace

class TestTextArrays : public QObject
{
    Q_OBJECT

private slots:
    void joins_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << std::string(text) << QByteArray(expected);
        };
        row("two", "[(sk)-20(_live)]TJ", "[(sk_live)]TJ");
        row("with blanks between", "[ (sk) -20 \n(_live) ] TJ", "[ (sk_live) ] TJ");
        row("without a distance", "[(sk)(_live)]TJ", "[(sk_live)]TJ");
        row("with a point", "[(sk)-20.5(_live)12.(x).5(y)]TJ", "[(sk_livexy)]TJ");
        row("a distance at its ends", "[-300(sk)20(_live)-300]TJ", "[-300(sk_live)-300]TJ");
        row("as wide as a blank", "[(a)-250(key)]TJ", "[(a key)]TJ");
        row("nearly so", "[(a)-199(key)]TJ", "[(akey)]TJ");
        row("just so", "[(a)-200(key)]TJ", "[(a key)]TJ");
        row("in two numbers", "[(a)-150 -150(key)]TJ", "[(a key)]TJ");
        row("to the left", "[(a)250(key)]TJ", "[(akey)]TJ");
        row("a number that is none of its kind", "[(a)-99999999999999999999(key)]TJ", "[(a key)]TJ");
        row("a parenthesis in it", "[(a\\))-20((b)c)-20(d)]TJ", "[(a)(b)cd)]TJ");
        row("a bracket in it", "[(a[)-20(b])-20(c)]TJ", "[(a[b]c)]TJ");
        row("in a text what ends an array", "[(a]TJ)-20(b)]TJ", "[(a]TJ)-20(b)]TJ"); // nothing is looked back at twice
        row("behind another text", "(a [ b) Tj [3 2] 0 d [(a)-20(b)]TJ", "(a [ b) Tj [3 2] 0 d [(ab)]TJ");
        row("two of them", "[(a)-20(b)]TJ 0 -12 Td [(c)-20(d)]TJ", "[(ab)]TJ 0 -12 Td [(cd)]TJ");
        row("behind the rest of a text", "rest of a) Tj [(a)-20(b)]TJ", "rest of a) Tj [(ab)]TJ");
        row("behind a text that does not end", "(x [(a)-20(b)]TJ", "(x [(ab)]TJ");
        row("hexadecimal digits", "[(a)-20<6b>-20(b)-20(c)]TJ", "[(akbc)]TJ");
        row("digits alone", "<736B5f6c697665>Tj", "<sk_live>Tj");
        row("digits with blanks", "[<7 36B\n5f >-20<6c 69>] TJ", "[<sk_ li>] TJ");
        row("an odd digit", "<736b5> Tj", "<skP> Tj");
        row("no digits", "<736x> Tj", "<736x> Tj");
        row("digits as wide as a blank", "[<61>-250<62>]TJ", "[<a b>]TJ");
        row("digits of nothing", "<736b> TD", "<736b> TD");
        row("a dictionary", "<</A <41>>> TJ", "<</A <41>>> TJ");
        row("escapes", "(a\\(b\\)c\\\\d\\053e\\53f) Tj", "(a(b)c\\d+e+f) Tj");
        row("a line that goes on", "(sk_\\\nlive\\\r\n_) Tj", "(sk_live_) Tj");
        row("escapes of no text", "x\\(y", "x\\(y");
        row("two operators", "(sk_) Tj (live) Tj", "(sk_live) Tj");
        row("two operators of two kinds", "[(s)-20(k_)] TJ\n<6c>Tj [(iv)] TJ", "[(sk_liv)] TJ");
        row("a distance at an end before the next", "[(a)-300]TJ (b)Tj", "[(a b)Tj");
        row("settings between", "(a) Tj 1 0 0 rg /F2 9.5 Tf .2 Tc (b) Tj", "(ab) Tj");
        row("the end of what is marked between", "(a) Tj EMC(b) Tj", "(ab) Tj");
        row("moved apart", "(a) Tj 9 0 Td (b) Tj", "(a) Tj 9 0 Td (b) Tj");
        row("on the next line", "(a) Tj T* (b) Tj", "(a) Tj T* (b) Tj");
        row("on the next line by the operator", "(a) ' (b) Tj", "(a) ' (b) Tj");
        row("something else between", "(a) Tj (x) (b) Tj", "(a) Tj (x) (b) Tj");
        row("an operator without a text between", "(a) Tj TJ (b) Tj", "(a) Tj TJ (b) Tj");
        row("behind the rest of a text, no array", "rest of a) Tj (a) Tj (b) Tj", "rest of a) Tj (ab) Tj");
        row("of no operator", "[(a)-20(b)]", "[(a)-20(b)]");
        row("of another one", "[(a)-20(b)] TD", "[(a)-20(b)] TD");
        row("of a word", "x = [(a)-20(b)] ; TJ", "x = [(a)-20(b)] ; TJ");
        row("with a name in it", "[(a)-20(b) /F1]TJ", "[(a)-20(b) /F1]TJ");
        row("no array", "(a)-20(b)]TJ", "(a)-20(b)]TJ");
        row("one text", "[(a)]TJ", "[(a)]TJ");
        row("code", "curried(a)(b)[(c) - 20(d)] + JSON.x", "curried(a)(b)[(c) - 20(d)] + JSON.x");
    }

    void joins()
    {
        QFETCH(std::string, text);
        QTEST(shown(text), "expected");
    }

    void finds_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("isFound");
        const std::string key = stripeKey();
        QTest::newRow("in two pieces") << "[(Key: " + key.substr(0, 5) + ")-20(" + key.substr(5) + ")]TJ" << true;
        QTest::newRow("each letter apart") << "[" + apart(key, "-1") + "] TJ" << true;
        QTest::newRow("each letter apart, with numbers that differ")
            << "[" + apart(key.substr(0, 9), "12.5") + apart(key.substr(9), " -3 ") + "]TJ" << true;
        QTest::newRow("with blanks in it") << "[" + apart(key, "-300") + "]TJ" << false;
        QTest::newRow("by two operators")
            << "(Key: " + key.substr(0, 5) + ") Tj /F2 11 Tf (" + key.substr(5) + ") Tj" << true;
        QTest::newRow("by two operators, moved apart")
            << "(Key: " + key.substr(0, 5) + ") Tj 40 0 Td (" + key.substr(5) + ") Tj" << false;
        QTest::newRow("in no array") << apart(key, "-1") + " Tj" << false;
    }

    // At its place: from its first piece to its last.
    void finds()
    {
        QFETCH(std::string, text);
        QFETCH(bool, isFound);
        const std::string page = "BT /F1 12 Tf 72 720 Td " + text + " ET\n";
        const std::vector<SecretHit> hits = found(page);
        QCOMPARE(hits.size(), isFound ? 1U : 0U);
        if (!isFound)
            return;
        QCOMPARE(hits.front().through, Through::Joined);
        QCOMPARE(hits.front().fingerprint, found(stripeKey()).at(0).fingerprint);
        const auto at = static_cast<size_t>(hits.front().offset);
        QCOMPARE(page.at(at), 's');
        QCOMPARE(page.at(at + static_cast<size_t>(hits.front().length) - 1), stripeKey().back());
    }

    // A digit of the key is a place of its own.
    void findsHexadecimalDigits()
    {
        const std::string page =
            "BT <" + QByteArray::fromStdString("Key: " + stripeKey()).toHex().toStdString() + "> Tj ET\n";
        const std::vector<SecretHit> hits = found(page);
        QCOMPARE(hits.size(), 1U);
        QCOMPARE(hits.front().through, Through::Escaped);
        QCOMPARE(hits.front().fingerprint, found(stripeKey()).at(0).fingerprint);
        QCOMPARE(page.substr(static_cast<size_t>(hits.front().offset), 4), "736b"); // "sk"
        QCOMPARE(hits.front().length, static_cast<qint64>(2 * stripeKey().size()));
    }

    // Whatever brackets and operators there are, each byte is gone over a few times.
    void isLinear_data()
    {
        QTest::addColumn<std::string>("piece");
        QTest::newRow("operators") << std::string("]TJ");
        QTest::newRow("arrays that do not end") << std::string("[(a)-20(b)");
        QTest::newRow("texts that do not end") << std::string("(]TJ");
        QTest::newRow("brackets in texts") << std::string("[([(]TJ");
        QTest::newRow("arrays") << std::string("[(a)-20(b)]TJ");
        QTest::newRow("digits that do not end") << std::string("[(a)<]TJ");
        QTest::newRow("digits that begin again") << std::string("<41");
        QTest::newRow("texts by themselves") << std::string("(a)Tj");
        QTest::newRow("digits by themselves") << std::string("<41>Tj");
        QTest::newRow("settings between") << std::string("(a)Tj 1 0 0 rg ");
        QTest::newRow("escapes") << std::string("(\\(\\)\\53)Tj");
        QTest::newRow("ends without a beginning") << std::string(")Tj>Tj");
        QTest::newRow("parentheses that do not end") << std::string("((>Tj)Tj");
    }

    void isLinear()
    {
        QFETCH(std::string, piece);
        std::string text;
        while (text.size() < (4U << 20))
            text += piece;
        QElapsedTimer clock;
        clock.start();
        TextArrayFinder finder(text);
        size_t last = 0;
        while (const auto joint = finder.next(last)) {
            QVERIFY(joint->start >= last && joint->end > joint->start && joint->end <= text.size());
            last = joint->end;
        }
        QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed()))); // else it takes hours
    }
};

QTEST_GUILESS_MAIN(TestTextArrays)
#include "tst_textarrays.moc"
