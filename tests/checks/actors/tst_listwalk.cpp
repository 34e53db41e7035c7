// A list page by page: where each leads, and which walk saw all of it.
#include "checks/actors/listwalk.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kList = u"https://api.example.com/notes?sort=title"_s;

HttpResponse page(const QByteArray &body, const QByteArray &head = {})
{
    const QByteArray type = "Content-Type: application/json";
    return answer(200, head.isEmpty() ? type : type + "\r\n" + head, body, kList);
}

// "1 2 3|more": rows with these ids, and what stands beside them.
QByteArray bodyOf(const QByteArray &text)
{
    QByteArrayList rows;
    for (const QByteArray &id : text.split('|').first().split(' ')) {
        if (!id.isEmpty())
            rows.append("{\"id\":" + id + '}');
    }
    const QByteArray beside = text.mid(text.indexOf('|') + 1);
    return "{\"items\":[" + rows.join(',') + ']' + (beside.isEmpty() ? QByteArray() : ',' + beside) + '}';
}

} // namespace

class TestListWalk : public QObject
{
    Q_OBJECT

private slots:
    void findsTheNextPage_data();
    void findsTheNextPage();
    void knowsWhatItSaw_data();
    void knowsWhatItSaw();
};

void TestListWalk::findsTheNextPage_data()
{
    QTest::addColumn<QByteArray>("beside"); // the rows
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("next"); // behind the host; empty: nowhere
    const auto row = [](const char *name, const char *beside, const QString &next, const char *head = "") {
        QTest::newRow(name) << QByteArray(beside) << QByteArray(head) << next;
    };
    row("nothing", R"("ok":true)", {});
    row("RFC 8288", R"("ok":true)", u"/notes?page=2"_s,
        R"(Link: </notes?page=2>; rel="next", </notes?page=9>; rel="last")");
    row("RFC 8288, another relation first", R"("ok":true)", u"/notes?page=3"_s,
        R"(Link: </notes?page=1>; rel="prev", </notes?page=3>; rel="next")");
    row("RFC 8288, no next one", R"("ok":true)", {}, R"(Link: </notes?page=1>; rel="prev")");
    row("GitLab", R"("ok":true)", u"/notes?sort=title&page=2"_s, "X-Next-Page: 2");
    row("Django", R"("next":"https://api.example.com/notes?page=2")", u"/notes?page=2"_s);
    row("Django, the last", R"("next":null)", {});
    row("a link as an object", R"("_links":{"next":{"href":"/notes?page=2"}})", u"/notes?page=2"_s);
    row("a query alone", R"("links":{"next":"?page=2"})", u"/notes?page=2"_s);
    row("OData", R"("@odata.nextLink":"https://api.example.com/notes?$skip=5")", u"/notes?$skip=5"_s);
    row("a number", R"("meta":{"next_page":2})", u"/notes?sort=title&page=2"_s);
    row("no further number", R"("next_page":0)", {});
    row("a cursor", R"("next_cursor":"a b+c=")", u"/notes?sort=title&cursor=a%20b%2Bc%3D"_s);
    row("Google", R"("nextPageToken":"CAUQAA")", u"/notes?sort=title&pageToken=CAUQAA"_s);
    row("the same in the other spelling", R"("next_page_token":"CAUQAA")", u"/notes?sort=title&page_token=CAUQAA"_s);
    row("there is more, and nothing says where", R"("has_more":true)", {});
    // With the session of an account nothing else is asked.
    row("another host", R"("next":"https://evil.example/notes?page=2")", {});
    row("another path", R"("next":"/logout")", {});
    row("not encrypted", R"("next":"http://api.example.com/notes?page=2")", {});
    row("itself", R"("next":"/notes?sort=title")", {});
}

void TestListWalk::findsTheNextPage()
{
    QFETCH(QByteArray, beside);
    QFETCH(QByteArray, head);
    QFETCH(QString, next);
    // What a row has of that kind is about the row.
    const QByteArray body = R"({"items":[{"id":1,"next":"/notes?page=7"}],)" + beside + '}';
    const auto found = nextPageOf(QUrl(kList), page(body, head));
    QCOMPARE(found ? found->toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded) : QString(),
             next);
}

void TestListWalk::knowsWhatItSaw_data()
{
    QTest::addColumn<QByteArrayList>("pages"); // each is answered once; after the last one it ends
    QTest::addColumn<int>("asked");            // of them
    QTest::addColumn<bool>("isWhole");
    const auto row = [](const char *name, const QByteArrayList &pages, int asked, bool isWhole) {
        QTest::newRow(name) << pages << asked << isWhole;
    };
    const QByteArray second = R"("next":"?page=2")";
    const QByteArray third = R"("next":"?page=3")";
    row("to its end", {"1 2|" + second, "3 4|" + third, R"(5|"next":null)"}, 3, true);
    row("with as many rows as it says", {R"(1 2|"count":3,)" + second, R"(3|"count":3,"next":null)"}, 2, true);
    row("with fewer rows than it says", {R"(1 2|"count":9,)" + second, R"(3|"count":9,"next":null)"}, 2, false);
    row("with fewer pages than it says", {R"(1 2|"pages":3,)" + second, R"(3|"pages":3,"next":null)"}, 2, false);
    row("the last page is empty", {"1 2|" + second, R"(|"next":null)"}, 2, true);
    row("one page, which leads nowhere", {"1 2|"}, 1, false);
    row("the same page again", {"1 2|" + second, "1 2|" + second}, 2, false);
    row("there is more, and nothing says where", {"1 2|" + second, R"(3|"has_more":true)"}, 2, false);
}

void TestListWalk::knowsWhatItSaw()
{
    QFETCH(QByteArrayList, pages);
    QFETCH(int, asked);
    QFETCH(bool, isWhole);
    ListWalk walk;
    std::optional<QUrl> next = QUrl(kList);
    int count = 0;
    for (const QByteArray &text : pages) {
        if (!next)
            break;
        ++count;
        next = walk.take(*next, page(bodyOf(text)));
    }
    QVERIFY(!next);
    QCOMPARE(count, asked);
    QCOMPARE(walk.isWhole(), isWhole);
}

QTEST_GUILESS_MAIN(TestListWalk)
#include "tst_listwalk.moc"
