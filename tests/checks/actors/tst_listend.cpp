// Of which list it may be said that what it does not show is not there.
#include "checks/actors/listend.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestListEnd : public QObject
{
    Q_OBJECT

private slots:
    void believesWhatStandsBeside_data();
    void believesWhatStandsBeside();
    void believesTheHeaders_data();
    void believesTheHeaders();
    void knowsWhichListGoesOn_data();
    void knowsWhichListGoesOn();
    void believesALengthThatFalls_data();
    void believesALengthThatFalls();
};

// rest: what stands beside five rows.
void TestListEnd::believesWhatStandsBeside_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("goesOn");
    const auto row = [](const char *name, const char *rest, bool goesOn) {
        QTest::newRow(name) << QByteArray(rest) << goesOn;
    };
    row("nothing", R"("ok":true)", false);
    row("the address of the next page", R"("next":"/notes?page=2")", true);
    row("no next page", R"("next":null)", false);
    row("an empty next page", R"("next":"")", false);
    row("a link as an object", R"("_links":{"next":{"href":"/notes?page=2"}})", true);
    row("the number of the next page", R"("next_page":2)", true);
    row("OData", R"("@odata.nextLink":"https://api.example.com/notes?$skip=5")", true);
    row("Google", R"("nextPageToken":"CAUQAA")", true);
    row("DynamoDB", R"("LastEvaluatedKey":{"id":"5"})", true);
    row("a cursor", R"("cursor":"YWJj")", true);
    row("Stripe: there is more", R"("has_more":true)", true);
    row("Stripe: that is all", R"("has_more":false)", false);
    row("Relay: there is more", R"("pageInfo":{"hasNextPage":true,"endCursor":"Y3Vyc29yOjU="})", true);
    row("Relay: that is all", R"("pageInfo":{"hasNextPage":false,"endCursor":"Y3Vyc29yOjU="})", false);
    row("Spring: not the last", R"("last":false,"totalPages":16)", true);
    row("Spring: the last", R"("last":true,"totalPages":1,"totalElements":5,"size":20)", false);
    row("Laravel: more pages", R"("meta":{"last_page":3})", true);
    row("a total above the rows", R"("total":80)", true);
    row("a total as a text", R"("totalCount":"80")", true);
    row("a total of the rows", R"("count":5)", false);
    row("Elasticsearch", R"("hits":{"total":{"value":80}})", true);
    row("a date of something next", R"("nextInvoiceAt":"2026-12-01")", false);
    row("an amount", R"("totalCents":1250)", false);
}

void TestListEnd::believesWhatStandsBeside()
{
    QFETCH(QByteArray, rest);
    QFETCH(bool, goesOn);
    // What a row itself has of that kind is about the row.
    const QByteArray rows = R"([{"total":990,"next":"x"},{"id":2},{"id":3},{"id":4},{"id":5}])";
    const QByteArray body = "{\"items\":" + rows + ',' + rest + '}';
    QCOMPARE(mayGoOn(answer(200, "Content-Type: application/json", body, u"https://api.example.com/notes"_s)), goesOn);
}

void TestListEnd::believesTheHeaders_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("none") << 200 << QByteArray("X-A: b") << false;
    QTest::newRow("a part") << 206 << QByteArray("Content-Range: 0-1/*") << true;
    QTest::newRow("a range of more") << 200 << QByteArray("Content-Range: items 0-1/80") << true;
    QTest::newRow("a range of all") << 200 << QByteArray("Content-Range: 0-1/2") << false;
    QTest::newRow("a total of more") << 200 << QByteArray("X-Total-Count: 80") << true;
    QTest::newRow("a total of all") << 200 << QByteArray("X-Total-Count: 2") << false;
    QTest::newRow("GitLab: another page") << 200 << QByteArray("X-Next-Page: 2") << true;
    QTest::newRow("GitLab: no other page") << 200 << QByteArray("X-Next-Page: \r\nX-Total-Pages: 1") << false;
}

void TestListEnd::believesTheHeaders()
{
    QFETCH(int, status);
    QFETCH(QByteArray, head);
    QFETCH(bool, goesOn);
    const QByteArray json = "Content-Type: application/json\r\n" + head;
    QCOMPARE(mayGoOn(answer(status, json, R"([{"id":1},{"id":2}])", u"https://api.example.com/notes"_s)), goesOn);
}

void TestListEnd::knowsWhichListGoesOn_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("goesOn");
    const QByteArray json = "Content-Type: application/json";
    const auto listOf = [](int rows) {
        QByteArrayList all;
        for (int i = 0; i < rows; ++i)
            all.append("{\"id\":" + QByteArray::number(i) + '}');
        return '[' + all.join(',') + ']';
    };
    QTest::newRow("nothing in it") << json << listOf(0) << false;
    QTest::newRow("nine rows") << json << listOf(9) << false;
    QTest::newRow("ten rows") << json << listOf(10) << true;
    QTest::newRow("wrapped") << json << QByteArray("{\"data\":{\"items\":" + listOf(2) + "}}") << false;
    QTest::newRow("a link to the next page")
        << QByteArray(json + "\r\nLink: </notes?page=2>; rel=\"next\"") << listOf(2) << true;
    QTest::newRow("a page") << QByteArray("Content-Type: text/html") << QByteArray("<html></html>") << true;
    QTest::newRow("no list at all") << json << QByteArray("{\"ok\":true}") << true;
}

void TestListEnd::knowsWhichListGoesOn()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    QFETCH(bool, goesOn);
    QCOMPARE(mayGoOn(answer(200, head, body, u"https://api.example.com/notes"_s)), goesOn);
}

void TestListEnd::believesALengthThatFalls_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("held"); // at once, before
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("one fewer than before") << 25 << 26 << QByteArray(R"("ok":true)") << false;
    QTest::newRow("as many: another one may have moved up") << 25 << 25 << QByteArray(R"("ok":true)") << true;
    QTest::newRow("more than before") << 26 << 25 << QByteArray(R"("ok":true)") << true;
    QTest::newRow("nothing is known") << 25 << 0 << QByteArray(R"("ok":true)") << true;
    QTest::newRow("fewer, and it says that there is more") << 25 << 26 << QByteArray(R"("has_more":true)") << true;
    QTest::newRow("fewer, and a total above") << 25 << 26 << QByteArray(R"("total":80)") << true;
}

// A list that is cut off at the end of a page stays as long as it was when one of its records goes.
void TestListEnd::believesALengthThatFalls()
{
    QFETCH(int, rows);
    QFETCH(int, held);
    QFETCH(QByteArray, rest);
    QByteArrayList all;
    for (int i = 0; i < rows; ++i)
        all.append("{\"id\":" + QByteArray::number(i) + '}');
    const QByteArray body = "{\"items\":[" + all.join(',') + "]," + rest + '}';
    const HttpResponse list = answer(200, "Content-Type: application/json", body, u"https://api.example.com/notes"_s);
    QTEST(mayGoOn(list, held), "goesOn");
}

QTEST_GUILESS_MAIN(TestListEnd)
#include "tst_listend.moc"
