// Lists that come as pages of HTML: what of them is rows, what leads on, and of which it may be said that what they do
// not show is not there.
#include "checks/actors/listend.h"
#include "checks/actors/listmarkup.h"
#include "checks/actors/listwalk.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kFirst = u"https://shop.example.com/invoices"_s;

QByteArray tableOf(int rows)
{
    QByteArray table = "<table>";
    for (int i = 0; i < rows; ++i)
        table += "<tr><td><a href=\"/invoices/" + QByteArray::number(i) + "\">Bread</a></td><td>1250</td></tr>";
    return table + "</table>";
}

HttpResponse page(const QByteArray &body, const QString &address = kFirst)
{
    return answer(200, "Content-Type: text/html; charset=utf-8", "<!doctype html><title>Invoices</title>" + body,
                  address);
}

} // namespace

class TestListMarkup : public QObject
{
    Q_OBJECT

private slots:
    void countsRows_data();
    void countsRows();
    void seesWhatLeadsOn_data();
    void seesWhatLeadsOn();
    void believesAPageWithOursBefore_data();
    void believesAPageWithOursBefore();
    void tellsReadableText_data();
    void tellsReadableText();
    void walksWhereAPageLeads();
    void bearsAnyPage_data();
    void bearsAnyPage();
};

void TestListMarkup::countsRows_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qsizetype>("rows");
    const auto row = [](const char *name, const QByteArray &body, qsizetype rows) {
        QTest::newRow(name) << body << rows;
    };
    row("a table", tableOf(4), 4);
    row("an empty one", tableOf(0), 0);
    row("with a head", "<table><thead><tr><th>Memo</th></tr></thead><tbody><tr></tr><tr></tr></tbody></table>", 2);
    row("items", "<ul><li>a</li><li>b</li><li>c</li></ul>", 3);
    row("cards", "<main><article>a</article><article>b</article></main>", 2);
    row("a navigation is none", "<nav><ul><li>a</li><li>b</li><li>c</li></ul></nav>" + tableOf(2), 2);
    row("nor is the foot of the page", "<footer><a>a</a><a>b</a><a>c</a></footer>" + tableOf(2), 2);
    row("nor what a script may copy", "<template>" + tableOf(5) + "</template>" + tableOf(2), 2);
    row("nor cells and options",
        "<table><tr><td>1</td><td>2</td><td>3</td></tr></table><select><option><option></select>", 1);
    row("the longest of two", tableOf(2) + tableOf(6), 6);
}

void TestListMarkup::countsRows()
{
    QFETCH(QByteArray, body);
    const auto markup = listMarkup(page(body));
    QVERIFY(markup);
    QTEST(markup->rows, "rows");
    QVERIFY(!markup->leadsOn);
}

void TestListMarkup::seesWhatLeadsOn_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("leadsOn");
    QTest::addColumn<QString>("next"); // empty: it does not say so itself
    const auto row = [](const char *name, const char *more, bool leadsOn, const QString &next = {},
                        const QString &address = kFirst) {
        QTest::newRow(name) << QByteArray(more) << address << leadsOn << next;
    };
    const QString second = kFirst + u"?page=2"_s;
    row("nothing", "<p>That is all.</p>", false);
    row("a relation", R"(<a rel="next" href="?page=2">2</a>)", true, second);
    row("a relation in the head", R"(<link rel="next" href="/invoices?page=2">)", true, second);
    row("a relation elsewhere", R"(<a rel="next" href="https://cdn.example/invoices?page=2">2</a>)", true);
    row("a relation among several", R"(<a rel="nofollow next" href="?page=2">2</a>)", true, second);
    row("a number", R"(<a href="/invoices?page=2">2</a>)", true);
    row("an offset", R"(<a href="?offset=25">2</a>)", true);
    row("a cursor", R"(<a href="?after=YWJj">Go on</a>)", true);
    row("pages that are counted from zero", R"(<a href="?page=1">2</a>)", true);
    row("back alone", R"(<a href="?page=1">1</a><a href="?page=2">2</a>)", false, {}, second);
    row("on from the second", R"(<a href="?page=3">3</a>)", true, {}, second);
    row("the one before, by a cursor", R"(<a rel="prev" href="?after=YWFh">Back</a>)", false, {}, second);
    row("htmx", R"(<div hx-get="/invoices?page=2" hx-trigger="revealed"></div>)", true);
    row("a script's address", R"(<div data-next-url="/invoices?start=20"></div>)", true);
    row("another list's page", R"(<a href="/orders?page=2">2</a>)", false);
    row("another host's", R"(<a href="https://help.example/invoices?page=2">2</a>)", false);
    row("sorted in another way", R"(<a href="?sort=memo">Memo</a>)", false);
    row("a button by its words", "<button>Load more</button>", true);
    row("a link by its words", "<a href=\"#\">Next page</a>", true);
    row("an arrow", "<a href=\"#\">\u203a</a>", true);
    row("words for a screen reader", R"(<button aria-label="Next"><svg></svg></button>)", true);
    row("words of something else", "<button>Nextcloud</button><a>Show invoice</a>", false);
}

void TestListMarkup::seesWhatLeadsOn()
{
    QFETCH(QByteArray, more);
    QFETCH(QString, address);
    QFETCH(QString, next);
    const HttpResponse list = page(tableOf(3) + more, address);
    const auto markup = listMarkup(list);
    QVERIFY(markup);
    QTEST(markup->leadsOn, "leadsOn");
    QCOMPARE(nextPageOf(list.url, list).value_or(QUrl()).toString(), next);
}

void TestListMarkup::believesAPageWithOursBefore_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("held"); // rows that it showed before with ours among them
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("nobody saw ours in its rows") << tableOf(3) << 0 << true;
    QTest::newRow("few rows") << tableOf(3) << 3 << false;
    QTest::newRow("none is left") << QByteArray("<p>No invoices yet.</p>") << 1 << false;
    QTest::newRow("many rows") << tableOf(25) << 25 << true;
    QTest::newRow("many rows, one fewer") << tableOf(24) << 25 << false;
    QTest::newRow("few rows and another page") << QByteArray(tableOf(3) + "<a href=\"?page=2\">2</a>") << 4 << true;
}

void TestListMarkup::believesAPageWithOursBefore()
{
    QFETCH(QByteArray, body);
    QFETCH(int, held);
    QTEST(mayGoOn(page(body), held), "goesOn");
}

void TestListMarkup::tellsReadableText_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("shows");
    QTest::newRow("in a row") << QByteArray("<table><tr><td>LC-MARK</td></tr></table>") << true;
    QTest::newRow("in a script") << QByteArray("<div id=app></div><script>rows=[\"LC-MARK\"]</script>") << false;
    QTest::newRow("in the state of a framework")
        << QByteArray(R"(<script id="__NEXT_DATA__" type="application/json">{"memo":"LC-MARK"}</script>)") << false;
    QTest::newRow("nowhere") << QByteArray("<p>None</p>") << false;
}

void TestListMarkup::tellsReadableText()
{
    QFETCH(QByteArray, body);
    QTEST(showsInMarkup(page(body), u"LC-MARK"_s), "shows");
}

void TestListMarkup::walksWhereAPageLeads()
{
    const HttpResponse first = page(tableOf(3) + R"(<a rel="next" href="?page=2">2</a>)");
    ListWalk walk;
    const auto second = walk.take(first.url, first);
    QVERIFY(second);
    QCOMPARE(second->toString(), kFirst + u"?page=2"_s);
    QVERIFY(!walk.isWhole());
    QVERIFY(!walk.take(*second, page(tableOf(2) + R"(<a href="?page=1">1</a>)", second->toString())));
    QVERIFY(walk.isWhole());
}

void TestListMarkup::bearsAnyPage_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("nothing") << QByteArray("text/html") << QByteArray() << false;
    QTest::newRow("no page") << QByteArray("application/json") << QByteArray("<table></table>") << false;
    QTest::newRow("too deep") << QByteArray("text/html") << QByteArray("<div>").repeated(50'000) << false;
    QTest::newRow("bytes") << QByteArray("text/html") << QByteArray("\0\xff<tr\x01><a href='?page=\xc3'>", 21) << true;
}

void TestListMarkup::bearsAnyPage()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QTEST(listMarkup(answer(200, "Content-Type: " + type, body, kFirst)).has_value(), "isRead");
}

QTEST_GUILESS_MAIN(TestListMarkup)
#include "tst_listmarkup.moc"
