// abuse.schema: a list that cannot be asked for fewer rows is laid beside its description all the same, and one that
// gave no good answer closes nothing.
#include "checks/abuse/answerrules.h"
#include "checks/abuse/badreads.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/schemafindings.h"
#include "models/routes/apianswers.h"
#include "models/unseen.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kAddress = u"https://api.example.com/people"_s;
const QByteArray kShape = R"({"200":{"content":{"application/json":{"schema":{"type":"array","items":
    {"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"}}}}}}}})";

Route peopleRoute()
{
    Route route;
    route.method = u"GET"_s;
    route.path = u"/people"_s;
    return route;
}

std::vector<AnswerDescription> described(const QByteArray &people)
{
    QByteArray document = R"({"openapi":"3.0.3","paths":{"/people":{"get":{"responses":0}},
        "/notes":{"post":{"responses":{"201":{"content":{"application/json":{"schema":{"type":"object"}}}}}}}}})";
    document.replace(":0", ':' + people);
    return answersOfApiDocument(QJsonDocument::fromJson(document).object());
}

// A good POST to /notes that refuses bad bodies, and what GET /people gave.
BadInputRun runWith(const std::optional<HttpResponse> &people)
{
    PlaceRun place;
    place.place.route.method = u"POST"_s;
    place.place.route.path = u"/notes"_s;
    place.control = TriedBody{.request = {}, .answer = answer(201, kJson, R"({"id":1})"), .wasTaken = true};
    place.stillTakes = true;
    TriedMutation refused;
    refused.tried.answer = answer(422, kJson, "{}");
    place.tried.push_back(refused);
    BadInputRun run;
    run.places.push_back(std::move(place));
    run.plain.push_back({peopleRoute(), people});
    return run;
}

bool closes(const Judged &judged, const QString &code)
{
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = code;
    earlier.subject = u"GET /people"_s;
    return hasSeen(result, earlier);
}

} // namespace

class TestPlainReads : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void hidesWhatDiffersWithoutAShape();
    void comparesOnce();
    void comparesAListThatTakesNoNumber_data();
    void comparesAListThatTakesNoNumber();
    void namesListsForWhichNothingIsLeft();
};

void TestPlainReads::judges_data()
{
    QTest::addColumn<std::optional<HttpResponse>>("people");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<bool>("isSeen"); // so that an earlier finding closes
    const auto gave = [](int status, const QByteArray &body) {
        return std::optional(answer(status, kJson, body, kAddress));
    };
    QTest::newRow("as described") << gave(200, R"([{"id":1,"name":"Ann"}])") << QStringList() << true;
    QTest::newRow("one row with a secret")
        << gave(200, R"([{"id":1,"name":"Ann","password_hash":"$2b$12$abcdefghijklmnopqrstuv"}])")
        << QStringList{kSecretShown} << true;
    QTest::newRow("a field of another kind") << gave(200, R"([{"id":"x"}])") << QStringList{kAnswerDiffers} << true;
    QTest::newRow("forbidden") << gave(403, "{}") << QStringList() << false;
    QTest::newRow("not found") << gave(404, "{}") << QStringList() << false;
    QTest::newRow("broken") << gave(503, "{}") << QStringList() << false;
    QTest::newRow("no answer") << std::optional<HttpResponse>() << QStringList() << false;
}

void TestPlainReads::judges()
{
    QFETCH(std::optional<HttpResponse>, people);
    QFETCH(QStringList, codes);
    QFETCH(bool, isSeen);
    const Judged judged = judgeAbuseSchema(runWith(people), {}, described(kShape));
    QCOMPARE(codesOf(judged), codes);
    for (const QString &code : {kSecretShown, kInternalShown, kAnswerDiffers})
        QCOMPARE(closes(judged, code), isSeen);
    QCOMPARE(judged.reason.contains("description of GET /people"_L1), !isSeen);
}

// Nothing of its content is described, so that no secret was ever found by it; its status was.
void TestPlainReads::hidesWhatDiffersWithoutAShape()
{
    const auto gone = answer(404, kJson, "{}", kAddress);
    const Judged judged = judgeAbuseSchema(runWith(gone), {}, described(R"({"200":{}})"));
    QVERIFY(closes(judged, kSecretShown));
    QVERIFY(!closes(judged, kAnswerDiffers));
}

// Of a list that takes a number there is the same answer twice.
void TestPlainReads::comparesOnce()
{
    const auto good = answer(200, kJson, R"([{"id":1},{"id":2}])", kAddress);
    BadInputRun run = runWith(good);
    run.pages.push_back({.route = peopleRoute(), .request = {}, .usual = good, .one = good, .huge = good});
    const auto compared = compareAnswers(run, described(kShape));
    QCOMPARE(std::ranges::count(compared, u"/people"_s, [](const auto &one) { return one.route.path; }), 1);
}

void TestPlainReads::comparesAListThatTakesNoNumber_data()
{
    QTest::addColumn<int>("rows");
    QTest::newRow("two rows, whatever was asked") << 2;
    QTest::newRow("one row") << 1;
}

// A server whose list shows a secret that nobody described, and which looks at no limit.
void TestPlainReads::comparesAListThatTakesNoNumber()
{
    QFETCH(int, rows);
    ShopRun run({}, 300);
    run.keepRoutes({u"/api/projects"_s, u"/api/me"_s});
    for (Route &route : run.facts.routes)
        route.safeToWrite = route.safeToWrite && route.path.startsWith(u"/api/projects"_s);
    CheckResult seen; // as the last look at the host found it
    seen.checkId = u"exposure.api-docs"_s;
    seen.host = QString::fromLatin1(run.shop.shop().apiHost());
    run.facts.observedBefore[seen.key()] = {{u"documents"_s, QJsonArray{QJsonObject{{u"path"_s, u"/openapi.json"_s}}}}};
    QByteArray document = R"({"openapi":"3.0.3","paths":{"/api/projects":{"get":{"responses":0}}}})";
    document.replace(":0", ':' + kShape);
    const QByteArray row = R"({"id":1,"name":"Mill","password_hash":"$2b$12$abcdefghijklmnopqrstuv"})";
    const QByteArray list = '[' + QByteArrayList(rows, row).join(',') + ']';
    run.lie(
        [document, list](const PageRequest &request) -> std::optional<PageReply> {
            if (request.path() == "/openapi.json")
                return PageReply{.contentType = "application/json", .body = document};
            const bool isList = request.method == "GET" && request.path() == "/api/projects";
            return isList ? std::optional(PageReply{.contentType = "application/json", .body = list}) : std::nullopt;
        },
        300);
    const Judged judged = run.run(abuseSchemaCheck());
    QVERIFY2(codesOf(judged).contains(kSecretShown), qPrintable(toldBy(judged)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(u"abuse.schema"_s));
}

// The bodies take what there is. A list that was not asked is named, and goes first in the next look.
void TestPlainReads::namesListsForWhichNothingIsLeft()
{
    ShopRun run({}, 200);
    run.keepRoutes({u"/api/projects"_s, u"/api/customers"_s, u"/api/me"_s});
    for (int at = 0; at < 14; ++at) {
        for (const QString &path : {u"/api/list-%1"_s.arg(at), u"/api/list-%1/{id}"_s.arg(at)}) {
            Route route;
            route.path = path;
            route.host = QString::fromLatin1(run.shop.shop().apiHost());
            run.facts.routes.push_back(route);
        }
    }
    run.lie(
        [](const PageRequest &request) -> std::optional<PageReply> {
            if (!request.path().startsWith("/api/list-"))
                return std::nullopt;
            const bool isOne = request.target.contains("limit=");
            return PageReply{.contentType = "application/json",
                             .body = isOne ? R"([{"id":1}])" : R"([{"id":1},{"id":2}])"};
        },
        200);
    const Judged judged = run.run(abuseSchemaCheck());
    const QStringList left = leftOutIn(judged.observed);
    QVERIFY2(left.size() >= 4 && judged.outcome != Outcome::Pass, qPrintable(toldBy(judged)));
    for (const QString &reason : {u"No request was left for bad input at"_s, u"one look tries 12 at most"_s})
        QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    const ReadChoice next = readsToTry(run.facts.routes, readsToAskFirst(judged.observed));
    QCOMPARE(next.first.front().path, left.front().section(u' ', 1));
    QVERIFY(run.gate->sentBy(u"abuse.schema"_s) <= 100);
}

QTEST_GUILESS_MAIN(TestPlainReads)
#include "tst_plainreads.moc"
