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
        row("a parenthesis in it", "[(a\\))-20((b)c)-20(d)]TJ", "[(a\\)(b)cd)]TJ");
        row("a bracket in it", "[(a[)-20(b])-20(c)]TJ", "[(a[b]c)]TJ");
        row("in a text what ends an array", "[(a]TJ)-20(b)]TJ", "[(a]TJ)-20(b)]TJ"); // nothing is looked back at twice
        row("behind another text", "(a [ b) Tj [3 2] 0 d [(a)-20(b)]TJ", "(a [ b) Tj [3 2] 0 d [(ab)]TJ");
        row("two of them", "[(a)-20(b)]TJ 0 -12 Td [(c)-20(d)]TJ", "[(ab)]TJ 0 -12 Td [(cd)]TJ");
        row("behind the rest of a text", "rest of a) Tj [(a)-20(b)]TJ", "rest of a) Tj [(ab)]TJ");
        row("behind a text that does not end", "(x [(a)-20(b)]TJ", "(x [(ab)]TJ");
        row("hexadecimal digits", "[(a)-20<6b>-20(b)-20(c)]TJ", "[(a)-20<6b>-20(bc)]TJ");
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
