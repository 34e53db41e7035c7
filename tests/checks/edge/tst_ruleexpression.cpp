// What an expression of Cloudflare's rules is about.
#include "checks/edge/rulescope.h"
#include "tests/checks/edge/edgerules.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QString shown(const RuleExpression &expression)
{
    QStringList parts;
    if (std::ranges::any_of(expression.branches, &RuleBranch::empty))
        parts << u"true"_s;
    for (const Comparison &one : expression.comparisons)
        parts << (one.isNot ? u"!"_s : QString()) + one.field + u'(' + one.texts.join(u',') + u')';
    return parts.join(u' ');
}

// "host(a) & !cookie(s) | path(/x)": what fits, by branches.
QString branchesOf(const RuleExpression &expression)
{
    QStringList branches;
    for (const RuleBranch &branch : expression.branches)
        branches << (branch.empty() ? u"true"_s : shown({branch, {}}));
    return branches.join(u" | "_s);
}

} // namespace

class RuleExpressionTest : public QObject
{
    Q_OBJECT

private slots:
    void readsExpressions_data();
    void readsExpressions();
    void splitsAtOr_data();
    void splitsAtOr();
    void endsWhatBranchesOutTooFar();
    void knowsWhatIsEverything_data();
    void knowsWhatIsEverything();
};

void RuleExpressionTest::readsExpressions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QByteArray &text, const QString &expected) {
        QTest::addRow("%s", text.isEmpty() ? "nothing" : text.left(60).constData()) << text << expected;
    };
    row("", u""_s);
    row("true", u"true"_s);
    row("(true)", u"true"_s);
    row("false", u""_s);
    row("not true", u""_s);
    row(R"(http.host eq "a.example")", u"http.host(a.example)"_s);
    row(R"(http.host ne "a.example")", u"!http.host(a.example)"_s);
    row(R"(http.host != "a.example")", u"!http.host(a.example)"_s);
    row(R"(not http.host ne "a.example")", u"http.host(a.example)"_s);
    row(R"((http.host in {"a" "b"} and ssl) or not starts_with(http.request.uri.path, "/api"))",
        u"http.host(a,b) ssl() !http.request.uri.path(/api)"_s);
    row(R"(http.host eq "a" && !http.cookie contains "s=")", u"http.host(a) !http.cookie(s=)"_s);
    row(R"(http.request.headers["authorization"][0] eq "x")", u"http.request.headers(authorization,x)"_s);
    row(R"(http.request.uri.path matches r"^/a\"b" or ssl)", u"http.request.uri.path(^/a\\ "_s); // ends at the quote
    row(R"(http.request.uri.path matches r#"^/a"b"#)", u"http.request.uri.path(^/a\"b)"_s);
    row(R"(http.request.uri.path eq "a\"b\\c")", u"http.request.uri.path(a\"b\\c)"_s);
    row(R"(ip.src in {192.0.2.0/24 2001:db8::/32} and http.host eq "a")", u"ip.src() http.host(a)"_s);
    row(R"(HTTP.HOST EQ "A")", u"http.host(A)"_s);
    row(R"(len(http.cookie) eq 0)", u"http.cookie()"_s);
    row(R"(len(http.cookie) > 0 and ssl)", u"!http.cookie() ssl()"_s);
    row(R"(len(http.cookie) gt 9)", u"http.cookie()"_s);
    row(R"(http.host eq "open)", u"http.host(open)"_s);
    row("r\"", u""_s);
    row("r##\"x", u""_s);
    row("\"text without a field\"", u""_s);
}

void RuleExpressionTest::readsExpressions()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const QString read = shown(readExpression(text));
    if (expected.endsWith(u' ')) // how garbage goes on is nobody's promise
        QVERIFY2(read.startsWith(expected.trimmed()), qPrintable(read));
    else
        QCOMPARE(read, expected);
}

void RuleExpressionTest::splitsAtOr_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QByteArray &text, const QString &expected) {
        QTest::addRow("%s", text.isEmpty() ? "nothing" : text.left(60).constData()) << text << expected;
    };
    row("", u""_s);
    row("true", u"true"_s);
    row("false", u""_s);
    row("not true", u""_s);
    row("not (false)", u"true"_s);
    row("true or a.b", u"true | a.b()"_s);
    row("true and a.b", u"a.b()"_s);
    row("false and a.b", u""_s);
    row("a.b or c.d and e.f", u"a.b() | c.d() e.f()"_s);
    row("(a.b or c.d) and e.f", u"a.b() e.f() | c.d() e.f()"_s);
    row("a.b && (c.d || e.f)", u"a.b() c.d() | a.b() e.f()"_s);
    row("not (a.b or c.d)", u"!a.b() !c.d()"_s);
    row("!(a.b and not c.d) and e.f", u"!a.b() e.f() | c.d() e.f()"_s);
    row("not(a.b or c.d)", u"!a.b() !c.d()"_s);
    row("a.b and(c.d or e.f)", u"a.b() c.d() | a.b() e.f()"_s);
    row("not not a.b", u"a.b()"_s);
    row(R"(lower(http.host) eq "a" or starts_with(http.request.uri.path, "/x"))",
        u"http.host(a) | http.request.uri.path(/x)"_s);
    row(R"(any(http.request.headers["x"][*] eq "a") or (ssl))", u"http.request.headers(x,a) | ssl()"_s);
    row("((a.b or c.d", u"a.b() | c.d()"_s);
    row("a.b)) or (c.d)", u"a.b() | c.d()"_s);
    row("() or a.b", u"a.b()"_s);
}

void RuleExpressionTest::splitsAtOr()
{
    QFETCH(QByteArray, text);
    QTEST(branchesOf(readExpression(text)), "expected");
}

// Two to the power of ten ways: nobody knows what it is about. None of its conditions is lost.
void RuleExpressionTest::endsWhatBranchesOutTooFar()
{
    QByteArray text = "(a.b or c.d)";
    for (int i = 0; i < 9; ++i)
        text += " and (a.b or c.d)";
    const RuleExpression read = readExpression(text);
    QVERIFY(read.isTooMuch);
    QVERIFY(read.branches.empty());
    QCOMPARE(read.comparisons.size(), size_t(20));
    QVERIFY(!isAboutEverything(read));
    QVERIFY(!readExpression(alternatives(64)).isTooMuch);
    QVERIFY(readExpression(alternatives(65)).isTooMuch);
}

void RuleExpressionTest::knowsWhatIsEverything_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("everything");
    const auto row = [](const QByteArray &text, bool everything) {
        QTest::addRow("%s", text.isEmpty() ? "nothing" : text.constData()) << text << everything;
    };
    row("true", true);
    row("", false);
    row("false", false);
    row(R"(http.host eq "a")", true);
    row(R"(starts_with(http.request.uri.path, "/"))", true);
    row(R"(http.request.uri.path wildcard "/*")", true);
    row(R"(http.request.full_uri wildcard "https://a.example/*")", true);
    row(R"(http.request.full_uri wildcard "https://a.example/static/*")", false);
    row(R"(starts_with(http.request.uri.path, "/static"))", false);
    row(R"(not starts_with(http.request.uri.path, "/"))", false);
    row(R"(http.request.uri.path eq "/")", false);
    row(R"(http.request.uri.path == "/")", false);
    row(R"(http.request.uri.path in {"/" "/*"})", false);
    row(R"(http.host eq "a" and http.request.uri.path.extension in {"css" "js"})", false);
    row(R"(http.host eq "a" and not http.cookie contains "session")", false);
    row(R"(http.request.full_uri wildcard "http://a.example/*")", false); // nearly nobody
    row(R"(http.request.full_uri wildcard "*a.example/*")", true);
    row(R"(starts_with(http.request.full_uri, "https://a.example"))", true);
    row(R"(http.request.full_uri contains ".css")", false);
    row(R"(http.request.full_uri contains "v1/images")", false);
    row(R"(http.request.method eq "GET")", true);
    row(R"(http.request.method in {"GET" "HEAD"})", true);
    row(R"(http.request.method matches "^(GET|HEAD)$")", true);
    row(R"(http.request.method ne "POST")", true);
    row(R"(http.request.method ne "GET")", false);
    row(R"(http.request.method eq "POST")", false);
    row("ssl", true);
    row("not ssl", false);
    row(R"(http.request.uri.path)", false);
    row(R"((http.host eq "a") or (http.request.uri.path contains "/assets"))", true); // a narrow branch hides no other
    row(R"((http.host eq "a") and (http.request.uri.path contains "/assets"))", false);
    row(R"(not (http.host eq "a" or http.request.uri.path contains "/assets"))", false);
    row(R"(not (http.host eq "a" and http.request.uri.path contains "/assets"))", true);
    row(R"(http.request.uri.path wildcard "/")", false); // the front page
    row(R"(http.request.uri.path strict wildcard "/")", false);
    row(R"(http.request.uri.path wildcard "*")", true);
    row(R"(http.request.uri.path wildcard "*/*")", true);
    row(R"(http.request.full_uri wildcard "https://a.example/")", false);
    row(R"(http.request.full_uri wildcard "https://a.example")", false); // no address is without a path
    row(R"(http.request.full_uri wildcard "https://a.example*")", true);
    row(R"(http.request.full_uri eq "https://a.example/")", false);
    row(R"(http.request.full_uri contains "a.example/")", true);
    row(R"(ends_with(http.request.uri.path, "/"))", false); // directories
    row(R"(ends_with(http.request.full_uri, "a.example/"))", false);
    row(R"(http.request.uri.path contains "/")", true);
    row(R"(http.request.uri.path matches "^/")", true);
    row(R"(http.request.uri.path matches "^/$")", false);
    row(R"(http.request.uri.path ~ ".*")", true);
    row(R"(http.request.uri.path matches "^/.*$")", true);
    row(R"(http.request.uri.path matches "^/.+\\.css$")", false);
    row(R"(http.request.uri.path lt "/")", false);
}

void RuleExpressionTest::knowsWhatIsEverything()
{
    QFETCH(QByteArray, text);
    QTEST(isAboutEverything(readExpression(text)), "everything");
}

QTEST_GUILESS_MAIN(RuleExpressionTest)
#include "tst_ruleexpression.moc"
