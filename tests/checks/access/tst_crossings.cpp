// Which requests are made of a product's routes: without a network.
#include "checks/access/crossinglook.h"
#include "checks/access/crossings.h"
#include "checks/access/postrule.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "GET /notes/{id}", "POST! /notes" (safe to write), "GET~ /help" (public), with "= /notes/7" how it was seen.
Route routeOf(const QString &line)
{
    Route route;
    QString method = line.section(u' ', 0, 0);
    route.safeToWrite = method.endsWith(u'!');
    route.access = method.endsWith(u'~') ? AccessClass::Public : AccessClass::SignedIn;
    route.method = method.remove(u'!').remove(u'~');
    route.path = line.section(u' ', 1, 1);
    route.seen = line.section(u" = "_s, 1, 1);
    return route;
}

std::vector<Route> routesOf(const QString &lines)
{
    std::vector<Route> routes;
    for (const QString &line : lines.split(u';'))
        routes.push_back(routeOf(line.trimmed()));
    return routes;
}

RouteSample sampleOf(const QString &path, const QByteArray &body)
{
    return {u"POST"_s, path, {}, "application/json", body, {}};
}

// "note: list item parts=1 query=1 exports=1 lookups=1", joined by " | ".
QString wordsOf(const CrossingRoutes &sorted)
{
    QStringList lines;
    for (const ResourceRoutes &one : sorted.resources) {
        QStringList words{one.name + u':'};
        if (one.list)
            words.append(u"list"_s);
        const auto add = [&](const QString &name, std::size_t count) {
            if (count > 0)
                words.append(u"%1=%2"_s.arg(name).arg(count));
        };
        add(u"parts"_s, one.parts.size());
        add(u"query"_s, one.byQuery.size());
        add(u"exports"_s, one.exports.size());
        add(u"lookups"_s, one.lookups.size());
        lines.append(words.join(u' '));
    }
    return lines.join(u" | "_s);
}

QStringList wildcards(const QString &below)
{
    QStringList all;
    for (const QString &word : {u"null"_s, u"me"_s, u"%25"_s, u"-1"_s, u"0"_s})
        all.append(u"wildcard "_s + below + word);
    return all;
}

} // namespace

class TestCrossings : public QObject
{
    Q_OBJECT

private slots:
    void sortsRoutes_data();
    void sortsRoutes();
    void sortsQuestions_data();
    void sortsQuestions();
    void readsListsFirst();
    void makesCrossings_data();
    void makesCrossings();
    void changesTheMethodOfTestRecordsAlone_data();
    void changesTheMethodOfTestRecordsAlone();
    void asksBeforeItPosts_data();
    void asksBeforeItPosts();
    void staysBelowTheCeiling();
    void knowsSockets_data();
    void knowsSockets();
};

void TestCrossings::sortsRoutes_data()
{
    QTest::addColumn<QString>("routes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("list and item") << u"GET /notes;GET /notes/{id}"_s << u"note: list"_s;
    QTest::newRow("item alone") << u"GET /api/v1/notes/{id}"_s << u"note:"_s;
    QTest::newRow("parts") << u"GET /notes/{id};GET /notes/{id}/lines"_s << u"note: parts=1"_s;
    QTest::newRow("by query") << u"GET /notes/{id};GET /notes/show"_s << u"note: query=1"_s;
    QTest::newRow("export") << u"GET /notes/{id};GET /notes/export.csv"_s << u"note: exports=1"_s;
    QTest::newRow("search is none") << u"GET /notes/{id};GET /notes/search"_s << u"note:"_s;
    QTest::newRow("public") << u"GET~ /posts/{id}"_s << QString();
    QTest::newRow("files") << u"GET /files/{id};GET /invoices/{name}"_s << QString();
    QTest::newRow("below what nobody saw") << u"GET /projects/{id}/notes/{note}"_s << QString();
    QTest::newRow("below what was seen") << u"GET /projects/{id}/notes/{note} = /projects/3/notes/7"_s << u"note:"_s;
    QTest::newRow("lookup") << u"GET /notes/{id};POST! /notes/lookup"_s << u"note: lookups=1"_s;
    QTest::newRow("lookup that is not safe") << u"GET /notes/{id};POST /notes/lookup"_s << u"note:"_s;
    QTest::newRow("two kinds") << u"GET /notes/{id};GET /invoices;GET /invoices/{id}"_s << u"note: | invoice: list"_s;
    QTest::newRow("writes only") << u"DELETE! /notes/{id};POST! /notes"_s << QString();
}

void TestCrossings::sortsRoutes()
{
    QFETCH(QString, routes);
    QFETCH(QString, expected);
    const std::vector<RouteSample> samples{sampleOf(u"/notes/lookup"_s, R"({"ids":[1]})"),
                                           sampleOf(u"/notes"_s, R"({"title":"x"})")};
    QCOMPARE(wordsOf(crossingRoutes(routesOf(routes), samples)), expected);
}

void TestCrossings::sortsQuestions_data()
{
    QTest::addColumn<QString>("routes");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("questions");
    QTest::addColumn<int>("mutations");
    const QString safe = u"POST! /graphql"_s;
    QTest::newRow("question") << safe << QByteArray(R"({"query":"{ me { id } }"})") << 1 << 0;
    QTest::newRow("change") << safe << QByteArray(R"({"query":"mutation { x }","variables":{"id":1}})") << 0 << 1;
    QTest::newRow("change without an id")
        << safe << QByteArray(R"({"query":"mutation { x }","variables":{}})") << 0 << 0;
    QTest::newRow("change that is not safe")
        << u"POST /graphql"_s << QByteArray(R"({"query":"mutation { x }","variables":{"id":1}})") << 0 << 0;
    QTest::newRow("subscription") << safe << QByteArray(R"({"query":"subscription { x }"})") << 0 << 0;
    QTest::newRow("both in one") << safe << QByteArray(R"({"query":"query a { x } mutation b { y }"})") << 0 << 0;
    QTest::newRow("no question") << safe << QByteArray("[]") << 0 << 0;
}

void TestCrossings::sortsQuestions()
{
    QFETCH(QString, routes);
    QFETCH(QByteArray, body);
    QFETCH(int, questions);
    QFETCH(int, mutations);
    const CrossingRoutes sorted = crossingRoutes(routesOf(routes), {sampleOf(u"/graphql"_s, body)});
    QCOMPARE(static_cast<int>(sorted.questions.size()), questions);
    QCOMPARE(static_cast<int>(sorted.mutations.size()), mutations);
}

void TestCrossings::readsListsFirst()
{
    const CrossingRoutes sorted = crossingRoutes(
        routesOf(u"GET /settings;GET /notes/{id};GET /notes;GET /notes/export.csv;GET /search;GET~ /help"_s), {});
    QStringList reads;
    for (const Route &route : sorted.reads)
        reads.append(route.path);
    QCOMPARE(reads.join(u' '), u"/notes /settings"_s);
    QCOMPARE(static_cast<int>(sorted.searches.size()), 1);
}

void TestCrossings::makesCrossings_data()
{
    QTest::addColumn<QString>("routes");
    QTest::addColumn<QString>("ownId");
    QTest::addColumn<bool>("hasTenants");
    QTest::addColumn<QStringList>("expected"); // in the order in which they are sent
    QTest::newRow("item") << u"GET /notes/{id}"_s << QString() << false
                          << QStringList{u"path /notes/42"_s, u"nobody /notes/42"_s, u"wildcard /notes/%2A"_s} +
                                 wildcards(u"/notes/"_s);
    QTest::newRow("older version") << u"GET /api/v2/notes/{id}"_s << QString() << false
                                   << QStringList{u"path /api/v2/notes/42"_s, u"nobody /api/v2/notes/42"_s,
                                                  u"version /api/v1/notes/42"_s, u"wildcard /api/v2/notes/%2A"_s} +
                                          wildcards(u"/api/v2/notes/"_s);
    QTest::newRow("list with an own id") << u"GET /notes;GET /notes/{id}"_s << u"7"_s << false
                                         << QStringList{u"path /notes/42"_s,
                                                        u"nobody /notes/42"_s,
                                                        u"wildcard /notes/%2A"_s,
                                                        u"list /notes"_s,
                                                        u"nobody /notes"_s,
                                                        u"query /notes?id=42"_s,
                                                        u"polluted /notes?id=7&id=42"_s,
                                                        u"many_ids /notes?ids=7%2C42"_s,
                                                        u"many_ids /notes?ids%5B%5D=7&ids%5B%5D=42"_s} +
                                                wildcards(u"/notes/"_s);
    QTest::newRow("export with tenants") << u"GET /notes/{id};GET /notes/export"_s << QString() << true
                                         << QStringList{u"path /notes/42"_s,
                                                        u"nobody /notes/42"_s,
                                                        u"wildcard /notes/%2A"_s,
                                                        u"export /notes/export"_s,
                                                        u"filter /notes/export?tenant_id=1"_s,
                                                        u"filter /notes/export?tenant_id=2&tenant_id=1"_s,
                                                        u"header /notes/export"_s} +
                                                wildcards(u"/notes/"_s);
}

void TestCrossings::makesCrossings()
{
    QFETCH(QString, routes);
    QFETCH(QString, ownId);
    QFETCH(bool, hasTenants);
    QFETCH(QStringList, expected);
    const CrossingRoutes sorted = crossingRoutes(routesOf(routes), {});
    QCOMPARE(static_cast<int>(sorted.resources.size()), 1);
    Quarry quarry{.routes = sorted.resources.front(), .ids = {u"42"_s}, .ownId = ownId};
    if (hasTenants)
        quarry.tenants = {{u"tenant_id"_s, u"1"_s, u"2"_s}};
    const Target target{u"example.com"_s, {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
    QStringList seen;
    for (const Crossing &one : crossingsOf(quarry, target))
        seen.append(toWord(one.way) + u' ' +
                    one.request.url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded));
    QCOMPARE(seen, expected);
}

void TestCrossings::changesTheMethodOfTestRecordsAlone_data()
{
    QTest::addColumn<bool>("isPlanted");
    QTest::addColumn<bool>("mayPost");
    QTest::addColumn<bool>("expected");
    QTest::newRow("somebody's record") << false << true << false;
    QTest::newRow("a test record") << true << true << true;
    QTest::newRow("a test record where POST may do something") << true << false << false;
}

void TestCrossings::changesTheMethodOfTestRecordsAlone()
{
    QFETCH(bool, isPlanted);
    QFETCH(bool, mayPost);
    QFETCH(bool, expected);
    const Target target{u"example.com"_s, {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
    Quarry quarry{.routes = crossingRoutes(routesOf(u"GET /notes/{id}"_s), {}).resources.front(), .ids = {u"42"_s}};
    quarry.isPlanted = isPlanted;
    quarry.mayPost = mayPost;
    const std::vector<Crossing> all = crossingsOf(quarry, target);
    const auto one = std::ranges::find_if(all, [](const Crossing &each) { return each.request.method != "GET"; });
    QCOMPARE(one != all.end(), expected);
    if (!expected)
        return;
    QVERIFY(one->way == CrossWay::Method && one->request.writes);
    QCOMPARE(one->request.url.path(), u"/notes/42"_s);
    QVERIFY(one->request.body.isEmpty());
}

void TestCrossings::asksBeforeItPosts_data()
{
    QTest::addColumn<QString>("routes");
    QTest::addColumn<PostRule>("expected");
    QTest::newRow("no POST is known") << u"GET /orders/{id};POST! /orders"_s << PostRule::Unlisted;
    QTest::newRow("one that is not marked") << u"GET /orders/{id};POST /orders/{id}"_s << PostRule::Never;
    QTest::newRow("under another name of the hole") << u"POST /orders/{orderId}"_s << PostRule::Never;
    QTest::newRow("one that is marked") << u"POST! /orders/{id}"_s << PostRule::Allowed;
    QTest::newRow("one of two is not marked") << u"POST! /orders/{id};POST /orders/{order}"_s << PostRule::Never;
    QTest::newRow("only below") << u"POST! /orders/{id}/pay"_s << PostRule::Unlisted;
}

void TestCrossings::asksBeforeItPosts()
{
    QFETCH(QString, routes);
    Route item;
    item.path = u"/orders/{id}"_s;
    QTEST(postRule(item, routesOf(routes)), "expected");
}

// Whatever a product has: no more per kind of record than was said before.
void TestCrossings::staysBelowTheCeiling()
{
    const Target target{u"example.com"_s, {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
    for (const QString &routes :
         {u"GET /notes/{id}"_s, u"GET /api/v2/notes/{id};GET /api/v2/notes"_s,
          u"GET /notes;GET /notes/{id};GET /notes/show"_s,
          u"GET /notes;GET /notes/{id};GET /notes/show;GET /notes/export;GET /notes/{id}/lines"_s}) {
        CrossingRoutes sorted = crossingRoutes(routesOf(routes), {});
        Quarry quarry{.routes = sorted.resources.front(), .ids = {u"42"_s}, .ownId = u"7"_s};
        quarry.tenants = {{u"tenant_id"_s, u"1"_s, u"2"_s}, {u"org_id"_s, u"3"_s, u"4"_s}};
        quarry.isPlanted = true;
        quarry.mayPost = true;
        sorted.reads.clear();
        const auto sent = static_cast<int>(crossingsOf(quarry, target).size());
        const int others = kStrangersEach + 2 + 6; // strangers, the owner and an id of nobody, the controls
        QVERIFY2(sent <= kMostCrossings && sent + others <= crossingCeiling(sorted, 0), qPrintable(routes));
    }
}

void TestCrossings::knowsSockets_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<bool>("isSocket");
    const auto row = [](const char *route, bool isSocket) {
        QTest::newRow(route) << QString::fromLatin1(route) << isSocket;
    };
    row("GET /ws", true);
    row("GET /api/websocket", true);
    row("GET /live/websocket", true);
    row("GET /socket.io/", true);
    row("GET /cable", true);
    row("GET /ws/{id}", true);
    row("GET /ws/changes", true);
    row("GET /websockets/explained", false);
    row("GET /ws/projects/{id}", true);
    row("GET~ /ws", false); // for everybody
    row("POST /ws", false);
    row("GET /ws/{id}/rooms/{id2}", false); // an id of another record is not known
    row("GET /news", false);
    row("GET /cables/{id}", false);
    row("GET /websockets-explained", false);
}

void TestCrossings::knowsSockets()
{
    QFETCH(QString, route);
    QFETCH(bool, isSocket);
    const CrossingRoutes sorted = crossingRoutes(routesOf(route), {});
    QCOMPARE(sorted.sockets.size(), std::size_t(isSocket ? 1 : 0));
    QVERIFY(!isSocket || (sorted.reads.empty() && sorted.resources.empty())); // no page
}

QTEST_GUILESS_MAIN(TestCrossings)
#include "tst_crossings.moc"
