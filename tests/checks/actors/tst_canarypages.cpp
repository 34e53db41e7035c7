// The end of a test record that a list shows on one of its further pages, or on none of them.
#include "tests/checks/actors/notesproduct.h"

#include <QTest>
#include <QUrlQuery>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Bent = std::optional<Result<HttpResponse>>;

const QString kText = u"LC-CANARY-abcdefgh2345"_s;

struct Book
{
    int pages = 3;       // two notes on each
    int ofRecord = 0;    // 0: it is not there
    bool removes = true; // or says so alone
    bool leadsOn = true; // each page links to the next one; else it says alone that there is more
    int left = 40;       // requests that are not sent yet
};

class Pages
{
public:
    explicit Pages(const Book &book) : m_book(book) {}

    Bent operator()(const ActiveRequest &request, Notes &)
    {
        if (request.method == "DELETE") {
            m_isThere = m_isThere && !m_book.removes;
            return Result<HttpResponse>(said(204, {}));
        }
        ++asked;
        const int page = std::max(1, QUrlQuery(request.url).queryItemValue(u"page"_s).toInt());
        QJsonArray rows{noteOf(100 + 2 * page, u"one"_s), noteOf(101 + 2 * page, u"two"_s)};
        if (m_isThere && page == m_book.ofRecord)
            rows.append(noteOf(41, kText));
        QJsonObject whole{{u"items"_s, rows}};
        if (page < m_book.pages)
            m_book.leadsOn ? whole.insert(u"next"_s, u"/notes?page=%1"_s.arg(page + 1))
                           : whole.insert(u"has_more"_s, true);
        return Result<HttpResponse>(said(200, QJsonDocument(whole).toJson()));
    }

    int asked = 0; // pages

private:
    static QJsonObject noteOf(int id, const QString &title) { return {{u"id"_s, id}, {u"title"_s, title}}; }

    const Book m_book;
    bool m_isThere = true;
};

} // namespace

Q_DECLARE_METATYPE(Book)

class CanaryPagesTest : public QObject
{
    Q_OBJECT

private slots:
    void readsOn_data();
    void readsOn();
};

void CanaryPagesTest::readsOn_data()
{
    QTest::addColumn<Book>("book");
    QTest::addColumn<QString>("words"); // in what is told as left; empty: it is gone
    QTest::addColumn<int>("asked");
    const auto row = [](const char *name, const Book &book, const QString &words, int asked) {
        QTest::newRow(name) << book << words << asked;
    };
    const QString more = u"may have more pages"_s;
    row("on the first page", {.ofRecord = 1}, {}, 2);
    row("on the last page", {.ofRecord = 3}, {}, 6);
    row("on the last page, and not removed", {.ofRecord = 3, .removes = false}, u"still there"_s, 6);
    row("on none of them", {}, {}, 3);
    row("on none of as many as are read", {.pages = 1 + kMostListPages}, {}, 1 + kMostListPages);
    row("on none, and there are more", {.pages = 2 + kMostListPages}, more, 1 + kMostListPages);
    row("nothing says where the next one is", {.leadsOn = false}, more, 1);
    row("no requests are left for it", {.left = kCanaryRemovalRequests + kRemovalControlRequests}, more, 1);
}

void CanaryPagesTest::readsOn()
{
    QFETCH(Book, book);
    QFETCH(QString, words);
    Pages pages(book);
    Notes notes(std::ref(pages));
    CanaryRemoval removal{.text = kText, .id = {}, .plan = planOf(false), .target = target(), .owner = notes.owner()};
    removal.isShownAlone = false;
    removal.owner.left = [left = book.left] { return left; };
    const auto removed = removeCanary(removal, Deadline::in(20s));
    const QString why = removed ? QString() : removed.error().message;
    QVERIFY2(why.isEmpty() == words.isEmpty() && why.contains(words), qPrintable(why));
    QTEST(pages.asked, "asked");
}

QTEST_GUILESS_MAIN(CanaryPagesTest)
#include "tst_canarypages.moc"
