// What an earlier look has left to be tried in a backend service: kept, or let go.
#include "checks/access/backendowed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"base.example.com"_s;

Route routeTo(const QString &path, bool isSafe)
{
    return {.method = u"POST"_s, .path = path, .host = kHost, .safeToWrite = isSafe};
}

// A service that was asked for that table, and its answer.
BackendLook lookFor(const QString &table, int status)
{
    BackendLook look;
    look.backend.origin = QUrl(u"https://"_s + kHost);
    BackendAsk ask{.part = BackendPart::Table, .name = table};
    ask.question.url = QUrl(u"https://%1/rest/v1/%2"_s.arg(kHost, table));
    ask.answer.emplace();
    ask.answer->status = status;
    look.asks.push_back(ask);
    return look;
}

} // namespace

class TestBackendOwed : public QObject
{
    Q_OBJECT

private slots:
    void keepsOrLetsGo_data();
    void keepsOrLetsGo();
    void remembersWhatWasFound();
};

void TestBackendOwed::keepsOrLetsGo_data()
{
    QTest::addColumn<QString>("result"); // of the earlier look
    QTest::addColumn<QString>("code");   // of what it had not seen; empty: of no finding
    QTest::addColumn<bool>("isListed");  // the project has its route, without the mark
    QTest::addColumn<int>("status");     // of the service, asked for it; 0: the pages do not name it
    QTest::addColumn<bool>("hasFinding");
    QTest::addColumn<bool>("wereAllRead");
    QTest::addColumn<bool>("isKept");
    const auto row = [](const char *name, const QString &result, bool isKept, bool isListed = false, int status = 0,
                        bool hasFinding = false, bool wereAllRead = true, const QString &code = {}) {
        QTest::newRow(name) << result << code << isListed << status << hasFinding << wereAllRead << isKept;
    };
    row("not tried, and named nowhere", u"not_tried"_s, false);
    row("not told, and named nowhere", u"not_told"_s, false);
    row("not tried, and on the list of routes", u"not_tried"_s, true, true);
    row("not tried, and in the pages", u"not_tried"_s, true, false, 401);
    row("not tried, and the service has no such table", u"not_tried"_s, false, false, 404);
    row("not tried, and the pages were not read", u"not_tried"_s, true, false, 0, false, false);
    row("found", u"taken"_s, true);
    row("found by a constraint", u"would_be_taken"_s, true);
    row("not tried, and found before", u"not_tried"_s, true, false, 0, true);
    row("not tried, and found before that look", u"not_tried"_s, true, false, 0, false, true, u"rows_writable"_s);
    row("refused", u"refused"_s, false);
}

void TestBackendOwed::keepsOrLetsGo()
{
    QFETCH(QString, result);
    QFETCH(QString, code);
    QFETCH(bool, isListed);
    QFETCH(int, status);
    QFETCH(bool, hasFinding);
    QFETCH(bool, wereAllRead);
    QFETCH(bool, isKept);
    QJsonObject before{
        {u"backend_writes"_s,
         QJsonArray{QJsonObject{
             {u"what"_s, u"table"_s}, {u"name"_s, u"orders"_s}, {u"host"_s, kHost}, {u"result"_s, result}}}}};
    if (!code.isEmpty())
        noteUnseen({{.subject = u"write table orders"_s, .code = code, .host = kHost}}, before);
    std::vector<Route> routes;
    if (isListed)
        routes.push_back(routeTo(u"/rest/v1/orders"_s, false));
    std::vector<BackendLook> looks;
    if (status > 0)
        looks.push_back(lookFor(u"orders"_s, status));
    std::vector<Finding> open;
    if (hasFinding) {
        Finding finding;
        finding.subject = u"write table orders"_s;
        finding.host = kHost;
        open.push_back(finding);
    }
    const LookGaps gaps = owedWrites(before, {}, {routes, looks, open, wereAllRead});
    QCOMPARE(!gaps.hidden().empty(), isKept);
    const QString said = gaps.sentences().join(u' ');
    const bool isLetGo = !isKept && result != "refused"_L1;
    QVERIFY2(said.contains(u"Not kept for another try: table orders"_s) == isLetGo, qPrintable(said));
    QVERIFY2(said.contains(u"An earlier look found something"_s) == isKept, qPrintable(said));
}

// Over a look that marks it again and cannot try it, and one in which nobody names it.
void TestBackendOwed::remembersWhatWasFound()
{
    const BackendWrite taken{.name = u"orders"_s, .host = kHost, .end = WriteEnd::Taken};
    const BackendWrite untried{.name = u"orders"_s, .host = kHost, .end = WriteEnd::NotTried, .why = u"no leave"_s};
    const std::vector<Route> routes;
    const std::vector<BackendLook> looks;
    const std::vector<Finding> open;
    const std::vector<std::vector<BackendWrite>> ofLooks{{taken}, {untried}, {}, {}};
    QJsonObject before;
    for (const std::vector<BackendWrite> &writes : ofLooks)
        before = withBackendWrites({}, writes, before, {routes, looks, open}).observed;
    const auto gaps = unseenIn(before);
    QCOMPARE(gaps.size(), 1U);
    QCOMPARE(gaps.front().subject, u"write table orders"_s);
    QCOMPARE(gaps.front().code, u"rows_writable"_s);
}

QTEST_GUILESS_MAIN(TestBackendOwed)
#include "tst_backendowed.moc"
