#include "checks/abuse/answerrules.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/schemafindings.h"
#include "models/routes/importers.h"
#include "models/routes/routesamples.h"
#include "models/unseen.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kAddress = u"https://api.example.com/notes"_s;

Route routeAt(const QString &method, const QString &path)
{
    Route route;
    route.method = method;
    route.path = path;
    return route;
}

// One good POST to /notes.
BadInputRun runWith(const HttpResponse &good)
{
    PlaceRun place;
    place.place.route = routeAt(u"POST"_s, u"/notes"_s);
    place.control = TriedBody{.request = {}, .answer = good, .wasTaken = true};
    place.stillTakes = true;
    BadInputRun run;
    run.places.push_back(std::move(place));
    return run;
}

std::vector<AnswerDescription> described(const QByteArray &responses)
{
    QByteArray document = R"({"openapi":"3.0.3","paths":{"/notes":{"post":{"responses":0}}}})";
    document.replace(":0", ':' + responses);
    return answersOfApiDocument(QJsonDocument::fromJson(document).object());
}

// Of the shop's projects.
QByteArray documentOf(const QByteArray &project, const QByteArray &more = "{}")
{
    QByteArray document = R"({"openapi":"3.0.3",
        "paths":{"/api/projects":{"post":{"responses":{"201":1}}},
                 "/api/projects/{id}":{"get":{"responses":{"200":1}}}},
        "components":{"schemas":{"Project":2,"More":3}}})";
    document.replace(":1", R"(:{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Project"}}}})");
    return document.replace(":2", ':' + project).replace(":3", ':' + more);
}

// A document that nests and repeats until a careless reader has no memory left.
QByteArray hugeSchema()
{
    QJsonObject members;
    for (int i = 0; i < 3000; ++i)
        members.insert(u"m%1"_s.arg(i), QJsonObject{{u"$ref"_s, u"#/components/schemas/More"_s}});
    return QJsonDocument(QJsonObject{{u"type"_s, u"object"_s}, {u"properties"_s, members}}).toJson();
}

Liar handingOut(const QByteArray &document)
{
    return [document](const PageRequest &request) -> std::optional<PageReply> {
        return request.path() == "/openapi.json"
                   ? std::optional(PageReply{.contentType = "application/json", .body = document})
                   : std::nullopt;
    };
}

} // namespace

class AnswerRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void compares_data();
    void compares();
    void tellsErrorsThatNobodyDescribed();
    void keepsWhatIsGraver();
    void leavesOpenWhatIsNotDescribed();
    void leavesOpenWhatWasNotCompared_data();
    void leavesOpenWhatWasNotCompared();
    void leavesOpenWhatReadsDidNotTell();
    void keepsADescriptionAsASample();
    void readsSwagger2();
    void readsTheDocumentOfAServer_data();
    void readsTheDocumentOfAServer();
};

void AnswerRulesTest::compares_data()
{
    QTest::addColumn<QByteArray>("responses");
    QTest::addColumn<HttpResponse>("good");
    QTest::addColumn<QString>("differences");
    const QByteArray note =
        R"({"201":{"content":{"application/json":{"schema":{"properties":{"id":{"type":"integer"}}}}}}})";
    const auto made = [](const QByteArray &body, int status = 201, const QByteArray &type = kJson) {
        return answer(status, type, body, kAddress);
    };
    QTest::newRow("as described") << note << made(R"({"id":1})") << QString();
    QTest::newRow("another status") << note << made(R"({"id":1})", 200)
                                    << u"status 200, which the description does not name"_s;
    QTest::newRow("a class of statuses") << QByteArray(R"({"2XX":{}})") << made("{}") << QString();
    QTest::newRow("the default") << QByteArray(R"({"default":{}})") << made("{}") << QString();
    QTest::newRow("another kind") << note << made("<p>", 201, "Content-Type: text/html; charset=utf-8")
                                  << u"content of the kind text/html where the description says application/json"_s;
    QTest::newRow("another kind of JSON")
        << note << made(R"({"id":1})", 201, "Content-Type: application/problem+json") << QString();
    QTest::newRow("no kind at all") << note << made("x", 201, "X-A: b")
                                    << u"content of the kind that nobody names where the description says "
                                       "application/json"_s;
    QTest::newRow("nothing came") << note << made({}, 201, "X-A: b") << QString();
    QTest::newRow("another shape") << note << made(R"({"id":"x"})")
                                   << u"/id: a text where the description says a whole number"_s;
    QTest::newRow("no JSON after all") << note << made("not JSON") << QString();
    QTest::newRow("nothing is said of the content") << QByteArray(R"({"201":{}})") << made("<p>") << QString();
    QTest::newRow("an extension is no status") << QByteArray(R"({"x-a":{},"201":{}})") << made("{}") << QString();
}

void AnswerRulesTest::compares()
{
    QFETCH(QByteArray, responses);
    QFETCH(HttpResponse, good);
    const auto all = compareAnswers(runWith(good), described(responses));
    QCOMPARE(all.size(), 1U);
    QTEST(all.front().differences.join(u"; "_s), "differences");
}

void AnswerRulesTest::tellsErrorsThatNobodyDescribed()
{
    BadInputRun run = runWith(answer(201, kJson, R"({"id":1})", kAddress));
    for (const int status : {500, 500, 503, 422}) {
        TriedMutation one;
        one.tried.answer = answer(status, kJson, "{}", kAddress);
        run.places.front().tried.push_back(one);
    }
    const auto all = compareAnswers(run, described(R"({"201":{},"503":{}})"));
    QStringList said;
    for (const AnswerComparison &one : all)
        said += one.differences;
    QCOMPARE(said, QStringList{u"status 500, which the description does not name"_s});
}

// What is merely otherwise than described neither hides nor lowers what is grave.
void AnswerRulesTest::keepsWhatIsGraver()
{
    BadInputRun run =
        runWith(answer(201, kJson, R"({"id":"x","password_hash":"$2b$12$abcdefghijklmnop","__v":1})", kAddress));
    run.places.front().control->after = run.places.front().control->answer;
    TriedMutation crash;
    crash.mutation.mustBeRefused = true;
    crash.tried.answer = answer(500, kJson, "{}", kAddress);
    run.places.front().tried.push_back(crash);
    const QByteArray responses =
        R"({"201":{"content":{"application/json":{"schema":{"properties":{"id":{"type":"integer"}}}}}}})";
    const Judged bare = judgeAbuseSchema(run, {});
    const Judged judged = judgeAbuseSchema(run, {}, described(responses));
    QCOMPARE(codesOf(bare), QStringList{u"crash"_s});
    QCOMPARE(codesOf(judged),
             (QStringList{u"answer_differs"_s, u"crash"_s, u"internal_field_shown"_s, u"secret_field_shown"_s}));
    const auto found = [&](const char *code) {
        return *std::ranges::find(judged.findings, QString::fromLatin1(code), &Finding::code);
    };
    QCOMPARE(found("crash").severity, bare.findings.front().severity);
    QCOMPARE(found("crash").proof, bare.findings.front().proof);
    QCOMPARE(found("secret_field_shown").severity, Severity::High);
    QCOMPARE(found("secret_field_shown").proof, Proof::Strong);
    QCOMPARE(found("internal_field_shown").severity, Severity::Medium);
    QCOMPARE(found("answer_differs").severity, Severity::Low);
    for (const Finding &one : judged.findings) {
        QVERIFY(!one.whatWeSaw.contains(u"$2b$"_s));
        for (const Evidence &evidence : one.evidence)
            QVERIFY2(!evidence.body.contains(u"$2b$"_s), qPrintable(evidence.body));
    }
}

void AnswerRulesTest::leavesOpenWhatIsNotDescribed()
{
    const QString name = u"POST /notes"_s;
    SchemaBefore before{.observed = {{u"found"_s, rowsOf({{name, kSecretShown, u"api.example.com"_s, kByAnswer}})}},
                        .routes = {name}};
    const Judged judged = judgeAbuseSchema(runWith(answer(201, kJson, "{}", kAddress)), {}, {}, before);
    CheckResult result{.outcome = Outcome::Pass};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = kSecretShown;
    earlier.host = u"api.example.com"_s;
    earlier.subject = name;
    QVERIFY(!hasSeen(result, earlier));
    QCOMPARE(judged.observed["answers"_L1]["compared"_L1].toInt(), 0);
}

void AnswerRulesTest::leavesOpenWhatWasNotCompared_data()
{
    QTest::addColumn<HttpResponse>("other"); // what the second route gave; status 0: it has no read that gave anything
    QTest::addColumn<QByteArray>("responses");
    QTest::addColumn<bool>("isSeen");
    const QByteArray shape = R"({"200":{"content":{"application/json":{"schema":{"required":["id"]}}}}})";
    const auto gave = [](int status, const QByteArray &type, const QByteArray &body) {
        return answer(status, type, body, u"https://api.example.com/people"_s);
    };
    QTest::newRow("both were compared") << gave(200, kJson, R"({"id":1})") << shape << true;
    QTest::newRow("another kind came") << gave(200, "Content-Type: text/html", "<p>") << shape << false;
    QTest::newRow("no JSON after all") << gave(200, kJson, "{") << shape << false;
    QTest::newRow("a success that is not described") << gave(206, kJson, R"({"id":1})") << shape << false;
    QTest::newRow("a success without content")
        << gave(204, "X-A: b", {}) << QByteArray(R"({"204":{},)" + shape.mid(1)) << true;
    QTest::newRow("its shape is not described")
        << gave(200, kJson, R"({"id":1})") << QByteArray(R"({"200":{}})") << true;
    QTest::newRow("its read gave nothing") << gave(0, "X-A: b", {}) << shape << false;
    QTest::newRow("its read gave nothing, and none is described")
        << gave(0, "X-A: b", {}) << QByteArray(R"({"200":{}})") << true;
}

// One route that was compared says nothing of another.
void AnswerRulesTest::leavesOpenWhatWasNotCompared()
{
    QFETCH(HttpResponse, other);
    QFETCH(QByteArray, responses);
    QFETCH(bool, isSeen);
    BadInputRun run = runWith(answer(201, kJson, R"({"id":1})", kAddress));
    TriedMutation refused;
    refused.tried.answer = answer(422, kJson, "{}", kAddress);
    run.places.front().tried.push_back(refused);
    const Route people = routeAt(u"GET"_s, u"/people"_s);
    if (other.status > 0)
        run.reads.push_back({people, {}, other, other});
    else
        run.places.front().place.read = people;
    auto all = described(R"({"201":{"content":{"application/json":{"schema":{"required":["id"]}}}}})");
    QByteArray document = R"({"openapi":"3.0.3","paths":{"/people":{"get":{"responses":0}}}})";
    document.replace(":0", ':' + responses);
    std::ranges::copy(answersOfApiDocument(QJsonDocument::fromJson(document).object()), std::back_inserter(all));
    const Judged judged = judgeAbuseSchema(run, {}, all);
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = kSecretShown;
    earlier.subject = u"GET /people"_s;
    QTEST(hasSeen(result, earlier), "isSeen");
    earlier.subject = u"POST /notes"_s;
    QVERIFY(hasSeen(result, earlier));
    QCOMPARE(judged.reason.contains("description of GET /people"_L1), !isSeen);
}

void AnswerRulesTest::leavesOpenWhatReadsDidNotTell()
{
    BadInputRun run = runWith(answer(201, kJson, R"({"id":1})", kAddress));
    TriedMutation refused;
    refused.tried.answer = answer(422, kJson, "{}", kAddress);
    run.places.front().tried.push_back(refused);
    const Route people = routeAt(u"GET"_s, u"/people"_s);
    const auto seenOf = [&](const QString &code, const QString &subject = u"GET /people"_s) {
        const Judged judged = judgeAbuseSchema(run, {});
        CheckResult result{.outcome = judged.outcome};
        result.observed = judged.observed;
        Finding earlier;
        earlier.code = code;
        earlier.subject = subject;
        return hasSeen(result, earlier);
    };
    const QStringList ofReads{u"sql_error"_s, u"html_reflected"_s, u"template_evaluated"_s, u"crash"_s,
                              u"huge_page_accepted"_s};
    QCOMPARE(judgeAbuseSchema(run, {}).outcome, Outcome::Pass);
    for (const QString &code : ofReads)
        QVERIFY2(seenOf(code), qPrintable(code));
    run.silentReads = {people};
    const Judged judged = judgeAbuseSchema(run, {});
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.reason.contains("gave no answer that tells"_L1), qPrintable(judged.reason));
    for (const QString &code : ofReads)
        QVERIFY2(!seenOf(code), qPrintable(code));
    QVERIFY(seenOf(u"crash"_s, u"POST /notes"_s)); // of bodies, which were sent
}

// What a person imports is kept with the project, and never taken for a body.
void AnswerRulesTest::keepsADescriptionAsASample()
{
    const QJsonObject document = QJsonDocument::fromJson(documentOf(R"({"type":"object","required":["id"]})")).object();
    std::vector<RouteSample> samples;
    for (const AnswerDescription &one : answersOfApiDocument(document))
        samples.push_back(sampleOfAnswers(one).value());
    QCOMPARE(samples.size(), 2U);
    const auto checked = checkedSamples(samples);
    QVERIFY(checked);
    for (const RouteSample &sample : *checked) {
        QVERIFY(!sampleFor(sample.method, sample.path, sample.host, *checked));
        const auto stored = routeSampleFromJson(toJson(sample));
        const auto back = answersIn(*stored);
        QVERIFY(back);
        const DescribedAnswer *good = back->at(sample.method == "GET"_L1 ? 200 : 201);
        QVERIFY(good && good->contents.size() == 1);
        QCOMPARE(good->contents.front().schema["required"_L1].toArray(), QJsonArray{u"id"_s});
        QVERIFY(!back->at(404));
    }
    std::vector<RouteSample> changed = *checked;
    for (RouteSample &sample : changed)
        sample.schemaJson = uR"({"responses":{"204":{}}})"_s;
    QCOMPARE(mergedSamples(*checked, changed), changed); // imported again
    AnswerDescription vast{u"GET"_s, u"/a"_s, {}, {{u"200"_s, {{u"application/json"_s, {}}}}}};
    vast.answers.front().contents.front().schema = {{u"example"_s, QString(20'000, u'x')}};
    const auto cut = sampleOfAnswers(vast);
    QVERIFY(cut && answersIn(*cut)->at(200)->contents.front().schema.isEmpty());
}

void AnswerRulesTest::readsSwagger2()
{
    const QByteArray document = R"({"swagger":"2.0","produces":["application/json"],
        "paths":{"/notes":{"post":{"responses":{"201":{"schema":{"$ref":"#/definitions/Note"}}}}}},
        "definitions":{"Note":{"properties":{"id":{"type":"integer"}}}}})";
    const auto described = answersOfApiDocument(QJsonDocument::fromJson(document).object());
    const auto all = compareAnswers(runWith(answer(201, kJson, R"({"id":"x"})", kAddress)), described);
    QCOMPARE(all.size(), 1U);
    QCOMPARE(all.front().differences, QStringList{u"/id: a text where the description says a whole number"_s});
    const std::vector<RouteSample> imported = parseSamples(document);
    QCOMPARE(imported.size(), 1U);
    QVERIFY(answersIn(imported.front())->at(201));
}

void AnswerRulesTest::readsTheDocumentOfAServer_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<bool>("isCompared");
    const QByteArray good = R"({"type":"object","required":["id","title"],
        "properties":{"title":{"type":"string"},"parent":{"$ref":"#/components/schemas/Project"}}})";
    QTest::newRow("as described, with a circle") << documentOf(good) << QStringList() << true;
    QTest::newRow("wrong types") << documentOf(R"({"type":"object","properties":{"title":{"type":"integer"}}})")
                                 << QStringList{u"answer_differs"_s} << true;
    QTest::newRow("a list in place of an object")
        << documentOf(R"({"type":"array","items":{}})") << QStringList{u"answer_differs"_s} << true;
    QTest::newRow("a schema that refers to itself alone")
        << documentOf(R"({"$ref":"#/components/schemas/Project"})") << QStringList() << true;
    QTest::newRow("a reference to nowhere") << documentOf(R"({"$ref":"#/nothing/there"})") << QStringList() << true;
    QTest::newRow("a huge schema") << documentOf(hugeSchema(), hugeSchema()) << QStringList() << true;
    QTest::newRow("no schema at all") << documentOf("17") << QStringList() << true;
    QTest::newRow("broken") << documentOf(good).chopped(20) << QStringList() << false;
    QTest::newRow("nothing") << QByteArray() << QStringList() << false;
}

void AnswerRulesTest::readsTheDocumentOfAServer()
{
    QFETCH(QByteArray, document);
    QFETCH(QStringList, codes);
    QFETCH(bool, isCompared);
    ShopRun run({}, 300);
    run.keepRoutes({u"/api/projects"_s, u"/api/me"_s});
    for (Route &route : run.facts.routes)
        route.safeToWrite = route.safeToWrite && route.path.startsWith(u"/api/projects"_s);
    CheckResult seen; // as the last look at the host found it
    seen.checkId = u"exposure.api-docs"_s;
    seen.host = QString::fromLatin1(run.shop.shop().apiHost());
    run.facts.observedBefore[seen.key()] = {{u"documents"_s, QJsonArray{QJsonObject{{u"path"_s, u"/openapi.json"_s}}}}};
    run.lie(handingOut(document), 300);
    QElapsedTimer time;
    time.start();
    const Judged judged = run.run(abuseSchemaCheck());
    QVERIFY2(codesOf(judged) == codes, qPrintable(toldBy(judged)));
    QCOMPARE(judged.observed["answers"_L1]["compared"_L1].toInt() > 0, isCompared);
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(u"abuse.schema"_s)); // the document is a visit
    QVERIFY2(time.elapsed() < 30'000, qPrintable(QString::number(time.elapsed())));
}

QTEST_GUILESS_MAIN(AnswerRulesTest)
#include "tst_answerrules.moc"
