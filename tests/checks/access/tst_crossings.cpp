// Which requests are made of a product's routes, and which ids are put where: without a network.
#include "checks/access/crossinglook.h"
#include "checks/access/crossings.h"
#include "checks/access/nodequestion.h"

#include <QJsonDocument>
#include <QJsonObject>
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

FoundId idAt(const QString &where, const QString &value)
{
    return {value, IdKind::Integer, IdPlace::Body, where, {}};
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
    void putsIdsIn_data();
    void putsIdsIn();
    void tellsTenantsApart_data();
    void tellsTenantsApart();
    void namesHeaders_data();
    void namesHeaders();
    void inventsIds_data();
    void inventsIds();
    void makesCrossings_data();
    void makesCrossings();
    void changesTheMethodOfTestRecordsAlone();
    void staysBelowTheCeiling();
    void asksForNodes_data();
    void asksForNodes();
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

void TestCrossings::putsIdsIn_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("ownId");
    QTest::addColumn<QByteArray>("expected"); // empty: no place
    QTest::newRow("number") << QByteArray(R"({"id":1})") << QString() << QByteArray(R"({"id":42})");
    QTest::newRow("text") << QByteArray(R"({"id":"a"})") << QString() << QByteArray(R"({"id":"42"})");
    QTest::newRow("named") << QByteArray(R"({"noteId":1})") << QString() << QByteArray(R"({"noteId":42})");
    QTest::newRow("of something else") << QByteArray(R"({"customerId":1})") << QString() << QByteArray();
    QTest::newRow("list, own first") << QByteArray(R"({"ids":[1,2]})") << u"7"_s << QByteArray(R"({"ids":[7,42]})");
    QTest::newRow("list alone") << QByteArray(R"({"ids":["a"]})") << QString() << QByteArray(R"({"ids":["42"]})");
    QTest::newRow("deep") << QByteArray(R"({"q":"x","variables":{"id":"z"}})") << QString()
                          << QByteArray(R"({"q":"x","variables":{"id":"42"}})");
    QTest::newRow("tenant") << QByteArray(R"({"tenant_id":2,"title":"x"})") << QString()
                            << QByteArray(R"({"tenant_id":1,"title":"x"})");
    QTest::newRow("no place") << QByteArray(R"({"title":"x"})") << QString() << QByteArray();
    QTest::newRow("no id by its name") << QByteArray(R"({"csrf_id":1,"valid":2})") << QString() << QByteArray();
    QTest::newRow("no JSON") << QByteArray("id=1") << QString() << QByteArray();
    QTest::newRow("a list") << QByteArray(R"([{"id":1}])") << QString() << QByteArray();
}

void TestCrossings::putsIdsIn()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, ownId);
    QFETCH(QByteArray, expected);
    const auto changed = bodyWithIds(body, {u"note"_s, u"42"_s, ownId, {{u"tenant_id"_s, u"1"_s, u"2"_s}}});
    QCOMPARE(changed.value_or(QByteArray()), expected);
    QVERIFY(expected.isEmpty() || asksForIds(body));
}

void TestCrossings::tellsTenantsApart_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QStringList>("owners");
    QTest::addColumn<QStringList>("outsiders");
    QTest::addColumn<bool>("isSwitch");
    const QStringList one{u"1"_s};
    const QStringList two{u"2"_s};
    QTest::newRow("tenant") << u"tenant_id"_s << one << two << true;
    QTest::newRow("organisation") << u"organizationId"_s << one << two << true;
    QTest::newRow("workspace") << u"workspace_id"_s << one << two << true;
    QTest::newRow("the same for both") << u"tenant_id"_s << one << one << false;
    QTest::newRow("several") << u"tenant_id"_s << QStringList{u"1"_s, u"3"_s} << two << false;
    QTest::newRow("one of them has none") << u"tenant_id"_s << one << QStringList() << false;
    QTest::newRow("no tenant") << u"customer_id"_s << one << two << false;
}

void TestCrossings::tellsTenantsApart()
{
    QFETCH(QString, field);
    QFETCH(QStringList, owners);
    QFETCH(QStringList, outsiders);
    QFETCH(bool, isSwitch);
    const auto idsOf = [&](const QStringList &values) {
        std::vector<FoundId> ids;
        for (const QString &value : values)
            ids.push_back(idAt(u"/items/*/"_s + field, value));
        return ids;
    };
    const auto switches = tenantSwitches(idsOf(owners), idsOf(outsiders));
    QCOMPARE(!switches.empty(), isSwitch);
    if (isSwitch)
        QCOMPARE(switches.front(), (TenantSwitch{field, u"1"_s, u"2"_s}));
}

void TestCrossings::namesHeaders_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("snake") << u"tenant_id"_s << QByteArray("X-Tenant-Id");
    QTest::newRow("camel") << u"workspaceId"_s << QByteArray("X-Workspace-Id");
    QTest::newRow("one word") << u"tenant"_s << QByteArray("X-Tenant");
}

void TestCrossings::namesHeaders()
{
    QFETCH(QString, field);
    QTEST(headerNameOf({field, {}, {}}), "expected");
}

void TestCrossings::inventsIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("canInvent");
    QTest::newRow("number") << u"17"_s << true;
    QTest::newRow("random UUID") << u"3b241101-e2bb-4255-8caf-4136c566a962"_s << true;
    QTest::newRow("encoded") << u"SW52b2ljZToxNw=="_s << true;
    QTest::newRow("slug") << u"lantern-hotel-renewal"_s << true;
    QTest::newRow("word and number") << u"INV-0042"_s << false;
    QTest::newRow("none") << u"x y"_s << false;
}

void TestCrossings::inventsIds()
{
    QFETCH(QString, id);
    QFETCH(bool, canInvent);
    const QString invented = inventedIdLike(id);
    QCOMPARE(!invented.isEmpty(), canInvent);
    QVERIFY(invented != id);
    if (canInvent)
        QCOMPARE(idKindOf(invented), idKindOf(id));
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

void TestCrossings::changesTheMethodOfTestRecordsAlone()
{
    const Target target{u"example.com"_s, {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
    Quarry quarry{.routes = crossingRoutes(routesOf(u"GET /notes/{id}"_s), {}).resources.front(), .ids = {u"42"_s}};
    const auto isOther = [](const Crossing &one) { return one.request.method != "GET"; };
    QVERIFY(std::ranges::none_of(crossingsOf(quarry, target), isOther));
    quarry.isPlanted = true;
    const std::vector<Crossing> all = crossingsOf(quarry, target);
    const auto one = std::ranges::find_if(all, isOther);
    QVERIFY(one != all.end() && one->way == CrossWay::Method && one->request.writes);
    QCOMPARE(one->request.url.path(), u"/notes/42"_s);
    QVERIFY(one->request.body.isEmpty());
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
        sorted.reads.clear();
        const auto sent = static_cast<int>(crossingsOf(quarry, target).size());
        const int others = kStrangersEach + 2 + 6; // strangers, the owner and an id of nobody, the controls
        QVERIFY2(sent <= kMostCrossings && sent + others <= crossingCeiling(sorted, 0), qPrintable(routes));
    }
}

void TestCrossings::asksForNodes_data()
{
    QTest::addColumn<QByteArray>("known"); // the body of the one known question
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("expected"); // the query; empty: none
    const QByteArray list = R"({"query":"{ invoices { id memo } }"})";
    const QString id = u"SW52b2ljZToxNw=="_s;
    const QString node = u"query LaunchCockpitNode($id: ID!) { node(id: $id) { ... on Invoice { id memo } } }"_s;
    const QByteArray shown = R"({"data":{"invoices":[{"id":"x"},{"id":"SW52b2ljZToxNw==","memo":"Oak","cents":4}]}})";
    QTest::newRow("of a list") << list << id << shown << node;
    QTest::newRow("gid") << list << u"gid://shop/Invoice/17"_s
                         << QByteArray(
                                R"({"data":{"x":{"id":"gid://shop/Invoice/17","__typename":"Invoice","memo":"Oak"}}})")
                         << node;
    QTest::newRow("asked for already") << QByteArray(R"({"query":"query($id: ID!) { node(id: $id) { id } }"})") << id
                                       << shown << QString();
    QTest::newRow("an id that names no type")
        << list << u"17"_s << QByteArray(R"({"a":{"id":"17","memo":"Oak"}})") << QString();
    QTest::newRow("no text") << list << id << QByteArray(R"({"a":{"id":"SW52b2ljZToxNw==","cents":4}})") << QString();
    QTest::newRow("not in the answer") << list << id << QByteArray(R"({"a":{"id":"SW52b2ljZTo5OQ==","memo":"Oak"}})")
                                       << QString();
    QTest::newRow("a name that breaks out")
        << list << id << QByteArray(R"({"id":"SW52b2ljZToxNw==","a } b":"Oak"})") << QString();
    QTest::newRow("garbage") << list << id << QByteArray("<html>") << QString();
}

void TestCrossings::asksForNodes()
{
    QFETCH(QByteArray, known);
    QFETCH(QString, id);
    QFETCH(QByteArray, answer);
    QFETCH(QString, expected);
    HttpResponse seen;
    seen.body = answer;
    QString query;
    for (const RouteSample &place : placesWithoutNode({sampleOf(u"/graphql"_s, known)})) {
        const auto sample = nodeQuestion(place, {id, IdKind::Encoded, IdPlace::Body, u"/id"_s, u"invoice"_s}, {{seen}});
        if (sample)
            query = QJsonDocument::fromJson(sample->body).object()["query"_L1].toString();
    }
    QCOMPARE(query, expected);
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
