#include "checks/access/crossinglook.h"
#include "checks/access/crossingroutes.h"
#include "checks/access/sockethandshake.h"
#include "checks/access/tenantisolation.h"
#include "checks/actors/tellinganswer.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestTenantIsolationJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void countsWhatProves_data();
    void countsWhatProves();
    void judgesWrites_data();
    void judgesWrites();
    void judgesSockets_data();
    void judgesSockets();
    void guessesNoCriticalLeak_data();
    void guessesNoCriticalLeak();
    void foretellsQuestionsAndSearches();
    void partsProveNothingOfTheWhole();
    void sortsRoutes_data();
    void sortsRoutes();
};

void TestTenantIsolationJudge::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("expected");
    const QByteArray canary = "LC-CANARY-abcdefghij23";
    QTest::newRow("hidden") << 404 << QByteArray(R"({"error":"x"})") << 5 << u"pass"_s;
    QTest::newRow("refused") << 403 << QByteArray(R"({"error":"x"})") << 5 << u"pass"_s;
    QTest::newRow("too few answers") << 404 << QByteArray(R"({"error":"x"})") << 4 << u"not_run"_s;
    QTest::newRow("the test record") << 200 << QByteArray(R"({"id":7,"title":")" + canary + R"("})") << 1
                                     << u"cross_path:critical"_s;
    QTest::newRow("the test record in a refusal")
        << 403 << QByteArray(R"({"was":")" + canary + R"("})") << 1 << u"cross_path:critical"_s;
    QTest::newRow("values of the owner") << 200 << QByteArray(R"({"a":"Lantern Hotel","b":"Rosa Mill Cafe"})") << 1
                                         << u"cross_path:high"_s;
    QTest::newRow("one value of the owner")
        << 200 << QByteArray(R"({"a":"Lantern Hotel"})") << 1 << u"cross_path:medium"_s;
    QTest::newRow("own record") << 200 << QByteArray(R"({"id":9,"title":"Greta Holm"})") << 5 << u"pass"_s;
    QTest::newRow("nothing in it") << 200 << QByteArray("[]") << 5 << u"pass"_s;
    QTest::newRow("broken server") << 500 << QByteArray("oops") << 9 << u"not_run"_s;
    QTest::newRow("not understood") << 422 << QByteArray(R"({"error":"x"})") << 9 << u"not_run"_s;
    QTest::newRow("says no with 200") << 200 << QByteArray(R"({"error":"forbidden"})") << 5 << u"pass"_s;
    QTest::newRow("no answer in time") << 0 << QByteArray() << 9 << u"not_run"_s;
}

void TestTenantIsolationJudge::judges()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, times);
    QFETCH(QString, expected);
    const QByteArray json = "Content-Type: application/json";
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}},
                            {u"Lantern Hotel"_s, MarkerKind::Value, {}},
                            {u"Rosa Mill Cafe"_s, MarkerKind::Value, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, json, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < times; ++i) {
        CrossedAnswer one{.crossing = {.routeName = u"GET /notes/{id}"_s}, .answer = answer(status, json, body)};
        one.crossing.request.url = QUrl(u"https://app.example.com/notes/7"_s);
        resource.crossed.push_back(one);
    }
    look.resources = {resource};
    QCOMPARE(said(judgeTenantIsolation(look)), expected);
}

void TestTenantIsolationJudge::countsWhatProves_data()
{
    QTest::addColumn<CrossWay>("way");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("expected");
    QTest::newRow("where the record is") << CrossWay::Path << 404 << u"pass"_s;
    QTest::newRow("a query") << CrossWay::Query << 404 << u"pass"_s;
    QTest::newRow("an older version that is not there") << CrossWay::Version << 404 << u"not_run"_s;
    QTest::newRow("an older version that is gone") << CrossWay::Version << 410 << u"not_run"_s;
    QTest::newRow("an older version that refuses") << CrossWay::Version << 403 << u"pass"_s;
    QTest::newRow("a record named * is not there") << CrossWay::Wildcard << 404 << u"not_run"_s;
    QTest::newRow("a record named * is refused") << CrossWay::Wildcard << 403 << u"not_run"_s;
    QTest::newRow("another method is not there") << CrossWay::Method << 404 << u"not_run"_s;
    QTest::newRow("another method is not understood") << CrossWay::Method << 405 << u"not_run"_s;
    QTest::newRow("another method is refused") << CrossWay::Method << 403 << u"pass"_s;
}

// Four answers that tell, and a fifth.
void TestTenantIsolationJudge::countsWhatProves()
{
    QFETCH(CrossWay, way);
    QFETCH(int, status);
    const QByteArray json = "Content-Type: application/json";
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, json, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < 5; ++i) {
        CrossedAnswer one{.crossing = {.way = i == 4 ? way : CrossWay::Path, .routeName = u"GET /notes/{id}"_s},
                          .answer = answer(i == 4 ? status : 404, json, R"({"error":"x"})")};
        one.crossing.request.url = QUrl(u"https://app.example.com/notes/7"_s);
        resource.crossed.push_back(one);
    }
    look.resources = {resource};
    QTEST(said(judgeTenantIsolation(look)), "expected");
}

void TestTenantIsolationJudge::judgesWrites_data()
{
    QTest::addColumn<bool>("hasChanged");
    QTest::addColumn<QString>("notSeen");
    QTest::addColumn<QString>("expected");
    QTest::newRow("changed") << true << QString() << u"cross_write:critical"_s;
    QTest::newRow("as it was") << false << QString() << u"pass"_s;
    QTest::newRow("its owner could not look") << false << u"Nobody saw it."_s << u"info"_s;
}

// The record is kept back in five ways; what came of a change is seen by its owner or by nobody.
void TestTenantIsolationJudge::judgesWrites()
{
    QFETCH(bool, hasChanged);
    QFETCH(QString, notSeen);
    const QByteArray json = "Content-Type: application/json";
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, json, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < kFewestCrossings; ++i) {
        CrossedAnswer one{.crossing = {.routeName = u"GET /notes/{id}"_s}, .answer = answer(404, json, "{}")};
        one.crossing.request.url = QUrl(u"https://app.example.com/notes/7"_s);
        resource.crossed.push_back(one);
    }
    BlindWrite write{.request = {}, .routeName = u"PATCH /notes/{id}"_s, .answer = answer(200, json, "{}")};
    write.request.url = QUrl(u"https://app.example.com/notes/7"_s);
    write.hasChanged = hasChanged;
    write.notSeen = notSeen;
    resource.writes = {write};
    look.resources = {resource};
    const Judged judged = judgeTenantIsolation(look);
    QTEST(said(judged), "expected");
    QCOMPARE(judged.reason, notSeen);
    const std::vector<Unseen> unseen{{.subject = u"PATCH /notes/{id}"_s}};
    QVERIFY(unseenIn(judged.observed) == (notSeen.isEmpty() ? std::vector<Unseen>() : unseen));
    const QJsonValue changed = judged.observed["resources"_L1][0]["writes"_L1][0]["changed"_L1];
    QVERIFY(changed == (notSeen.isEmpty() ? QJsonValue(hasChanged) : QJsonValue(QJsonValue::Null)));
}

// What each of the six got: + opened, ! opened with the owner's text, the status of a refusal, - not asked.
void TestTenantIsolationJudge::judgesSockets_data()
{
    QTest::addColumn<QString>("seen"); // owner outsider madeUp foreign nobody stranger
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &seen, const QString &expected) {
        QTest::newRow(name) << seen << expected;
    };
    row("held back", u"+ 403 404 403 401 401"_s, u"pass"_s);
    row("an own connection", u"+ + - 403 401 401"_s, u"info"_s);
    row("the owner's text", u"+ ! 404 403 401 401"_s, u"cross_socket:critical"_s);
    row("the owner's text for nobody", u"+ ! 404 403 401 !"_s, u"open_to_strangers:critical"_s);
    row("opens for one that exists", u"+ + 404 403 401 401"_s, u"cross_socket:high"_s);
    row("opens for whatever is asked", u"+ + + 403 401 401"_s, u"info"_s);
    row("opens, and the other broke", u"+ + 500 403 401 401"_s, u"info"_s);
    row("looks at the Origin, and not at who asks", u"+ 403 404 403 403 +"_s, u"info"_s);
    row("broke for the other customer", u"+ 503 404 403 401 401"_s, u"info"_s);
    row("no answer to the other customer", u"+ - 404 403 401 401"_s, u"info"_s);
    row("too many for a stranger", u"+ 403 404 403 401 429"_s, u"info"_s);
    row("not by a cookie", u"+ 403 404 - 401 401"_s, u"pass"_s);
    row("any Origin", u"+ 403 404 + 401 401"_s, u"foreign_origin_socket:medium"_s);
    row("any Origin, to the login without a cookie", u"+ 403 404 + 302 302"_s, u"foreign_origin_socket:medium"_s);
    row("any Origin, for everybody", u"+ - - + + +"_s, u"info"_s);
    row("any Origin, and the other broke", u"+ 403 404 + 503 401"_s, u"info"_s);
    row("both", u"+ ! 404 + 401 401"_s, u"cross_socket:critical foreign_origin_socket:medium"_s);
    row("not for its owner", u"400 - - - - -"_s, u"info"_s);
    row("no answer", u"- - - - - -"_s, u"info"_s);
}

void TestTenantIsolationJudge::judgesSockets()
{
    QFETCH(QString, seen);
    QFETCH(QString, expected);
    const QByteArray json = "Content-Type: application/json";
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, json, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < kFewestCrossings; ++i) // a kind of record that is kept back
        resource.crossed.push_back(
            {.crossing = {.routeName = u"GET /notes/{id}"_s}, .answer = answer(404, json, "{}")});
    look.resources = {resource};
    SocketTry socket{.routeName = u"GET /ws/notes/{id}"_s, .namesRecord = true};
    const QStringList words = seen.split(u' ');
    const std::array places{&socket.owner,   &socket.outsider, &socket.madeUp,
                            &socket.foreign, &socket.nobody,   &socket.stranger};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const QString &word = words.at(static_cast<qsizetype>(i));
        if (word == "-"_L1)
            continue;
        ActiveRequest request =
            handshakeRequest({}, QUrl(u"https://app.example.com/ws/notes/7"_s), "https://x.example");
        std::ranges::find(request.headers, QByteArray("Sec-WebSocket-Key"), &Header::name)->value =
            "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3
        const bool isOpen = word == "+"_L1 || word == "!"_L1;
        HttpResponse got = isOpen ? answer(101, "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                                  : answer(word.toInt(), json, "{}");
        got.body = word == "!"_L1 ? R"({"title":"LC-CANARY-abcdefghij23"})" : got.body;
        *places.at(i) = SocketAnswer{request, got};
    }
    look.sockets = {socket};
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(said(judged), expected);
    QVERIFY(judged.outcome != Outcome::Info || judged.reason.contains("/ws/notes"_L1));
    // An earlier finding is not closed by what could not be told.
    QCOMPARE(unseenSubjects(judged.observed).contains(socket.routeName), judged.outcome == Outcome::Info);
}

void TestTenantIsolationJudge::guessesNoCriticalLeak_data()
{
    QTest::addColumn<bool>("isOfList");
    QTest::addColumn<bool>("isGuessed");
    QTest::addColumn<int>("strangers"); // status; 0: no answer in time
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, bool isOfList, bool isGuessed, int strangers, const char *expected) {
        QTest::newRow(name) << isOfList << isGuessed << strangers << QString::fromLatin1(expected);
    };
    row("list, said to be private", true, false, 200, "open_to_strangers:critical");
    row("list, perhaps public", true, true, 200, "open_to_strangers:medium");
    row("record, said to be private", false, false, 200, "open_to_strangers:critical");
    row("record, perhaps public", false, true, 200, "open_to_strangers:high");
    row("list, perhaps public, and strangers are refused", true, true, 401, "cross_list:critical");
    row("list, perhaps public, and nobody knows what strangers get", true, true, 0, "cross_list:medium");
    row("list, perhaps public, and strangers are limited", true, true, 429, "cross_list:medium");
    row("list, said to be private, and nobody knows what strangers get", true, false, 0, "cross_list:critical");
    row("record, perhaps public, and nobody knows what strangers get", false, true, 0, "cross_path:high");
}

// Another customer gets the test record, and so does everybody where the product gives it to strangers.
void TestTenantIsolationJudge::guessesNoCriticalLeak()
{
    QFETCH(bool, isOfList);
    QFETCH(bool, isGuessed);
    const QByteArray body = R"([{"id":7,"title":"LC-CANARY-abcdefghij23"}])";
    const HttpResponse shown = answer(200, "Content-Type: application/json", body);
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = shown;
    resource.list = shown;
    CrossedAnswer one{.crossing = {.way = isOfList ? CrossWay::List : CrossWay::Path,
                                   .routeName = u"GET /notes"_s,
                                   .isGuessed = isGuessed,
                                   .isOfList = isOfList},
                      .answer = shown};
    one.crossing.request.url = QUrl(u"https://app.example.com/notes"_s);
    QFETCH(int, strangers);
    if (strangers != 0)
        one.stranger = strangers == 200 ? shown : answer(strangers, {}, "no");
    one.isStrangerUntold = !tellsWhatIsThere(one.stranger);
    resource.crossed.push_back(one);
    look.resources = {resource};
    QTEST(said(judgeTenantIsolation(look)), "expected");
}

// What questions and searches may cost is counted, not assumed.
void TestTenantIsolationJudge::foretellsQuestionsAndSearches()
{
    const Route item{.method = u"GET"_s, .path = u"/notes/{id}"_s};
    CrossingRoutes routes;
    for (const QString &name : {u"note"_s, u"invoice"_s, u"project"_s, u"customer"_s, u"order"_s})
        routes.resources.push_back({.name = name, .list = {}, .item = item});
    const int bare = crossingCeiling(routes, 0);
    routes.searches = {item};
    const int search = crossingCeiling(routes, 0) - bare;
    QCOMPARE(search, 6); // four names, the outsider, a stranger
    routes.searches.clear();
    routes.questions = {{.method = u"POST"_s, .path = u"/graphql"_s, .body = R"({"query":"{ notes { title } }"})"}};
    QCOMPARE(crossingCeiling(routes, 0) - bare, 12); // three learn by it, then the attack, then that on node(id)
    routes.questions.front().body = R"({"query":"query($id: ID!) { node(id: $id) }","variables":{"id":"1"}})";
    QCOMPARE(crossingCeiling(routes, 0) - bare, 11); // an id of each kind
    routes.questions.clear();
    routes.sockets = {item};
    QCOMPARE(crossingCeiling(routes, 0) - bare, 8);
    routes.sockets.clear();
    routes.mutations = {{.method = u"POST"_s, .path = u"/graphql"_s}};
    QCOMPARE(crossingCeiling(routes, 0) - bare, 0); // no test record to change
    QCOMPARE(crossingCeiling(routes, 1) - crossingCeiling({.resources = routes.resources}, 1), 4);
}

// The record itself is not kept back: its address is broken, and only what is below it refuses.
void TestTenantIsolationJudge::partsProveNothingOfTheWhole()
{
    const QByteArray json = "Content-Type: application/json";
    TenantLook look;
    look.markers = Markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, json, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    resource.crossed.push_back({.crossing = {.routeName = u"GET /notes/{id}"_s}, .answer = answer(500, json, "oops")});
    for (int i = 0; i < kFewestCrossings; ++i)
        resource.crossed.push_back({.crossing = {.routeName = u"GET /notes/{id}/lines"_s},
                                    .answer = answer(403, json, R"({"error":"x"})"),
                                    .good = answer(200, json, R"([{"line":"LC-CANARY-abcdefghij23"}])")});
    look.resources = {resource};
    QCOMPARE(said(judgeTenantIsolation(look)), u"not_run"_s);
}

void TestTenantIsolationJudge::sortsRoutes_data()
{
    QTest::addColumn<QString>("route"); // beside GET /api/notes and GET /api/notes/{id}
    QTest::addColumn<QString>("expected");
    QTest::newRow("looks up") << u"POST /api/notes/lookup"_s << u"lookup"_s;
    QTest::newRow("reads many") << u"POST /api/notes/bulk-get"_s << u"lookup"_s;
    QTest::newRow("deletes many") << u"POST /api/notes/bulk-delete"_s << u"none"_s;
    QTest::newRow("archives") << u"POST /api/notes/archive"_s << u"none"_s;
    QTest::newRow("merges") << u"POST /api/notes/merge"_s << u"none"_s;
    QTest::newRow("a list") << u"GET /api/projects"_s << u"read"_s;
    QTest::newRow("signs out") << u"GET /api/logout"_s << u"none"_s;
    QTest::newRow("signs out, below") << u"GET /auth/sign-out"_s << u"none"_s;
    QTest::newRow("deletes by GET") << u"GET /account/delete"_s << u"none"_s;
    QTest::newRow("a word that begins alike") << u"GET /api/runs"_s << u"read"_s;
}

void TestTenantIsolationJudge::sortsRoutes()
{
    QFETCH(QString, route);
    QFETCH(QString, expected);
    std::vector<Route> routes;
    for (const QString &line : {u"GET /api/notes"_s, u"GET /api/notes/{id}"_s, route}) {
        Route one;
        one.method = line.section(u' ', 0, 0);
        one.path = line.section(u' ', 1);
        one.access = AccessClass::SignedIn;
        one.safeToWrite = true;
        routes.push_back(one);
    }
    const QString path = route.section(u' ', 1);
    const CrossingRoutes sorted =
        crossingRoutes(routes, {{u"POST"_s, path, {}, "application/json", R"({"ids":[1]})", {}}});
    QCOMPARE(sorted.resources.size(), 1u);
    const bool isLookUp = !sorted.resources.front().lookups.empty();
    const bool isRead = std::ranges::find(sorted.reads, path, &Route::path) != sorted.reads.end();
    QCOMPARE(isLookUp ? u"lookup"_s : isRead ? u"read"_s : u"none"_s, expected);
}

QTEST_GUILESS_MAIN(TestTenantIsolationJudge)
#include "tst_tenantisolationjudge.moc"
