// A short list that is as long as its page may go on.
#include "checks/actors/listend.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestListPage : public QObject
{
    Q_OBJECT

private slots:
    void knowsAFullPage_data();
    void knowsAFullPage();
    void knowsAFullPageByItsAddress_data();
    void knowsAFullPageByItsAddress();
    void knowsAFullPageByItsHeaders_data();
    void knowsAFullPageByItsHeaders();
};

// rest: what stands beside five rows.
void TestListPage::knowsAFullPage_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("goesOn");
    const auto row = [](const char *name, const char *rest, bool goesOn) {
        QTest::newRow(name) << QByteArray(rest) << goesOn;
    };
    row("as many rows as a page has", R"("page":1,"per_page":5)", true);
    row("one row less than a page has", R"("page":1,"per_page":6)", false);
    row("more rows than a page has", R"("page":1,"perPage":3)", true);
    row("a size as a text", R"("pageSize":"5")", true);
    row("a limit in an object", R"("meta":{"limit":5,"offset":0})", true);
    row("a limit of 0", R"("limit":0)", false);
    row("a full page, and a total of all", R"("per_page":5,"total":5)", false);
    row("a full page, and a total above it", R"("per_page":5,"total":80)", true);
    row("a full page, and no next one", R"("limit":5,"next":null)", false);
    row("a full page, and there is no more", R"("limit":5,"has_more":false)", false);
    row("a full page, and the last", R"("size":5,"last":true)", false);
    row("a full page, and one page in all", R"("size":5,"totalPages":1)", false);
    row("a full page, and a count that may be the page's", R"("limit":5,"count":5)", true);
    row("a limit of something else", R"("credit_limit":5,"uploadLimit":1)", false);
    row("nothing", R"("ok":true)", false);
}

void TestListPage::knowsAFullPage()
{
    QFETCH(QByteArray, rest);
    QFETCH(bool, goesOn);
    // What a row itself has of that kind is about the row.
    const QByteArray rows = R"([{"limit":1},{"id":2},{"id":3},{"id":4},{"id":5}])";
    const QByteArray body = "{\"items\":" + rows + ',' + rest + '}';
    QCOMPARE(mayGoOn(answer(200, "Content-Type: application/json", body, u"https://api.example.com/notes"_s)), goesOn);
}

void TestListPage::knowsAFullPageByItsAddress_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("goesOn");
    const QByteArray two = R"([{"id":1},{"id":2}])";
    QTest::newRow("none") << QString() << two << false;
    QTest::newRow("as many rows as were asked for") << u"limit=2"_s << two << true;
    QTest::newRow("fewer rows than were asked for") << u"limit=3"_s << two << false;
    QTest::newRow("JSON:API") << u"page[size]=2&page[number]=1"_s << two << true;
    QTest::newRow("OData") << u"$top=2"_s << two << true;
    QTest::newRow("a count") << u"count=2"_s << two << true;
    QTest::newRow("no row") << u"limit=1"_s << QByteArray("[]") << false;
    QTest::newRow("a limit that is no number") << u"limit=all"_s << two << false;
    QTest::newRow("another query") << u"sort=2"_s << two << false;
}

void TestListPage::knowsAFullPageByItsAddress()
{
    QFETCH(QString, query);
    QFETCH(QByteArray, body);
    QFETCH(bool, goesOn);
    const QString address = u"https://api.example.com/notes?"_s + query;
    QCOMPARE(mayGoOn(answer(200, "Content-Type: application/json", body, address)), goesOn);
}

void TestListPage::knowsAFullPageByItsHeaders_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("a size") << QByteArray("X-Per-Page: 2") << true;
    QTest::newRow("a larger size") << QByteArray("X-Per-Page: 3") << false;
    QTest::newRow("a size, and no next page") << QByteArray("X-Per-Page: 2\r\nX-Next-Page: ") << false;
    QTest::newRow("a size, and a link to the page before")
        << QByteArray("X-Per-Page: 2\r\nLink: </n>; rel=prev") << false;
    QTest::newRow("a size, and another link") << QByteArray("X-Per-Page: 2\r\nLink: </n>; rel=icon") << true;
    QTest::newRow("a size, and a total of all") << QByteArray("X-Per-Page: 2\r\nX-Total: 2") << false;
    QTest::newRow("a size, and a range of all") << QByteArray("X-Per-Page: 2\r\nContent-Range: 0-1/2") << false;
    QTest::newRow("a size, and a range of nobody knows how many")
        << QByteArray("X-Per-Page: 2\r\nContent-Range: 0-1/*") << true;
}

void TestListPage::knowsAFullPageByItsHeaders()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, goesOn);
    const QByteArray json = "Content-Type: application/json\r\n" + head;
    QCOMPARE(mayGoOn(answer(200, json, R"([{"id":1},{"id":2}])", u"https://api.example.com/notes"_s)), goesOn);
}

QTEST_GUILESS_MAIN(TestListPage)
#include "tst_listpage.moc"
