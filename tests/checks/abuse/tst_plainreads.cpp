// abuse.schema: a list that cannot be asked for fewer rows is laid beside its description all the same, and one that
// gave no good answer closes nothing.
#include "checks/abuse/answerrules.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/schemafindings.h"
#include "tests/checks/abuse/describedscene.h"
#include "tests/checks/earlierfinding.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kAddress = u"https://api.example.com/people"_s;
const QByteArray kShape = R"({"200":{"content":{"application/json":{"schema":{"type":"array","items":
    {"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"}}}}}}}})";

Route peopleRoute()
{
    return routeAt(u"GET"_s, u"/people"_s);
}

std::vector<AnswerDescription> described(const QByteArray &people)
{
    auto all = describedAnswers("/people", "get", people);
    std::ranges::copy(describedAnswers("/notes", "post", R"({"201":{"content":{"application/json":{"schema":
        {"type":"object"}}}}})"),
                      std::back_inserter(all));
    return all;
}

// A good POST to /notes that refuses bad bodies, and what GET /people gave.
BadInputRun runWith(const std::optional<HttpResponse> &people)
{
    BadInputRun run = goodPost(answer(201, kJson, R"({"id":1})"));
    refuseABadBody(run);
    run.plain.push_back({peopleRoute(), people});
    return run;
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
        QCOMPARE(closes(judged, {.code = code}), isSeen);
    QCOMPARE(judged.reason.contains("description of GET /people"_L1), !isSeen);
}

// Nothing of its content is described, so that no secret was ever found by it; its status was.
void TestPlainReads::hidesWhatDiffersWithoutAShape()
{
    const auto gone = answer(404, kJson, "{}", kAddress);
    const Judged judged = judgeAbuseSchema(runWith(gone), {}, described(R"({"200":{}})"));
    QVERIFY(closes(judged, {.code = kSecretShown}));
    QVERIFY(!closes(judged, {.code = kAnswerDiffers}));
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
    DescribedShop run;
    const QByteArray document = R"({"openapi":"3.0.3","paths":{"/api/projects":{"get":{"responses":)" + kShape + "}}}}";
    const QByteArray row = R"({"id":1,"name":"Mill","password_hash":"$2b$12$abcdefghijklmnopqrstuv"})";
    const QByteArray list = '[' + QByteArrayList(rows, row).join(',') + ']';
    run.lie(
        [document, list](const PageRequest &request) -> std::optional<PageReply> {
            if (request.path() == "/openapi.json")
                return jsonReply(document);
            const bool isList = request.method == "GET" && request.path() == "/api/projects";
            return isList ? jsonReply(list) : std::nullopt;
        },
        300);
    const Judged judged = run.run(abuseSchemaCheck());
    QVERIFY2(codesOf(judged).contains(kSecretShown), qPrintable(toldBy(judged)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(u"abuse.schema"_s));
}

QTEST_GUILESS_MAIN(TestPlainReads)
#include "tst_plainreads.moc"
