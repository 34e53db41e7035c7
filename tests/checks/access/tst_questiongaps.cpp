// access.tenant-isolation: what was not seen of one question of GraphQL hides no finding of another.
#include "checks/access/tenantisolation.h"
#include "checks/engine/nothingtotry.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/access/deskscene.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Faults = FaultSet<DeskFault>;

// The desk with one more question that all customers ask for the same ({ plans }), or another answer to one of its own.
class PlansDesk
{
public:
    // plans: what the product answers to whatever has the word in it.
    explicit PlansDesk(const PageReply &plans, const QByteArray &word = "plans")
        : m_server(
              [this, plans, word](const PageRequest &request) {
                  return request.body.contains(word) ? plans : m_lab.desk().answer(request);
              },
              {m_lab.desk().host()})
    {
        facts = factsOf(m_lab);
    }

    void add(const QByteArray &body)
    {
        facts.samples.push_back({u"POST"_s, u"/graphql"_s, host(), "application/json", body, {}});
    }

    void addRoute(const QString &path)
    {
        Route route;
        route.method = u"POST"_s;
        route.path = path;
        route.host = host();
        facts.routes.push_back(route);
    }

    Judged judged(const Faults &faults = {})
    {
        m_lab.setFaults(faults);
        AttackRun run(m_server.netOptions(), {host()}, secretsOf(m_lab.desk()));
        return run.run(tenantIsolationCheck(), targetOf({host()}), facts);
    }

    ProjectFacts facts;

private:
    QString host() { return QString::fromLatin1(m_lab.desk().host()); }

    DeskLab m_lab;
    PageLab m_server;
};

// Whether the look would close a finding of that subject.
bool closesQuestion(const Judged &judged, const QString &subject)
{
    return test::closes(judged, {.code = u"cross_graphql"_s, .subject = subject});
}

} // namespace

Q_DECLARE_METATYPE(PageReply)

class TestQuestionGaps : public QObject
{
    Q_OBJECT

private slots:
    void hidesOneQuestionAlone_data();
    void hidesOneQuestionAlone();
    void namesTheQuestion();
    void saysWhatHasNoRecord();
    void closesNodeByWhatTellsAlone_data();
    void closesNodeByWhatTellsAlone();
    void namesAnAddressWithoutExample_data();
    void namesAnAddressWithoutExample();
    void keepsOpenWhatNobodyAsks();
    void closesAnOldNameWithItsQuestion_data();
    void closesAnOldNameWithItsQuestion();
};

void TestQuestionGaps::hidesOneQuestionAlone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isSaid"); // what everybody may know is no gap
    QTest::newRow("the same for everybody") << 200 << QByteArray(R"({"data":{"plans":[{"title":"Small"}]}})") << false;
    QTest::newRow("broken") << 503 << QByteArray(R"({"error":"x"})") << true;
    QTest::newRow("cannot be asked any more")
        << 400 << QByteArray(R"({"errors":[{"message":"Cannot query field"}]})") << true;
}

void TestQuestionGaps::hidesOneQuestionAlone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isSaid);
    PlansDesk desk(json(status, body));
    desk.add(R"({"query":"{ plans { title } }"})");
    const Judged judged = desk.judged();
    QVERIFY2(judged.outcome == (isSaid ? Outcome::Info : Outcome::Pass), qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains(u"POST /graphql plans"_s) == isSaid, qPrintable(told(judged)));
    QVERIFY2(closesQuestion(judged, u"POST /graphql invoices"_s), qPrintable(told(judged)));
    QVERIFY2(!closesQuestion(judged, u"POST /graphql plans"_s), qPrintable(told(judged)));
}

void TestQuestionGaps::namesTheQuestion()
{
    PlansDesk desk(json(200, R"({"data":{"plans":[]}})"));
    const Judged judged = desk.judged({DeskFault::GraphQlListFilter});
    QCOMPARE(judged.findings.size(), 1U);
    QCOMPARE(judged.findings.front().subject, u"POST /graphql invoices"_s);
}

// It takes an id, and no answer to its owner shows one of the owner's records.
void TestQuestionGaps::saysWhatHasNoRecord()
{
    PlansDesk desk(json(200, R"({"data":{"plans":null}})"));
    desk.add(R"({"query":"query($id: ID!) { plans(id: $id) { title } }","variables":{"id":"7"}})");
    const Judged judged = desk.judged();
    QVERIFY2(judged.outcome == Outcome::Info && judged.reason.contains(u"POST /graphql plans"_s),
             qPrintable(told(judged)));
    QVERIFY2(closesQuestion(judged, u"POST /graphql invoices"_s), qPrintable(told(judged)));
}

void TestQuestionGaps::closesNodeByWhatTellsAlone_data()
{
    QTest::addColumn<PageReply>("reply"); // to its owner, who asks for node(id)
    QTest::addColumn<bool>("isClosed");
    const auto error = [](int status, const QString &message, const QByteArray &more = {}) {
        const QJsonObject one{{u"message"_s, message}};
        return json(status, QByteArray(R"({"errors":[)" + QJsonDocument(one).toJson() + "]" + more + "}"));
    };
    const auto row = [](const char *name, bool isClosed, const PageReply &reply) {
        QTest::newRow(name) << reply << isClosed;
    };
    row("none for this record", true, json(200, R"({"data":{"node":null}})"));
    row("no such field", true, error(400, u"Cannot query field \"node\" on type \"Query\"."_s));
    row("no such field, in Ruby", true, error(200, u"Field 'node' doesn't exist on type 'Query'"_s));
    row("no such field, in .NET", true, error(400, u"The field `node` does not exist on the type `Query`."_s));
    row("no such field, in Java", true, error(200, u"Validation error (FieldUndefined@[node])"_s));
    row("not signed in any more", false, json(401, "{}"));
    row("forbidden", false, error(403, u"Forbidden"_s));
    row("too many, with status 200", false,
        error(200, u"Rate limit exceeded for field 'node'"_s, R"(,"data":{"node":null})"));
    row("the record is not found", false, error(200, u"Could not resolve to a node with that id"_s));
    row("another field is unknown", false, error(400, u"Cannot query field \"note\" on type \"Invoice\"."_s));
    row("the login", false, {.body = "<form><input type=\"password\"></form>"});
    row("data of something else", false, json(200, R"({"data":{}})"));
    row("moved", false, {.status = 302, .headers = {{"Location", "/login"}}});
}

void TestQuestionGaps::closesNodeByWhatTellsAlone()
{
    QFETCH(PageReply, reply);
    QFETCH(bool, isClosed);
    PlansDesk desk(reply, "node(");
    std::erase_if(desk.facts.samples, [](const RouteSample &one) { return one.body.contains("node("); });
    const Judged judged = desk.judged();
    QVERIFY2(closesQuestion(judged, u"POST /graphql node"_s) == isClosed, qPrintable(told(judged)));
    QCOMPARE(judged.reason.contains(u"POST /graphql node"_s), !isClosed);
}

void TestQuestionGaps::namesAnAddressWithoutExample_data()
{
    QTest::addColumn<bool>("isAlone"); // the project knows nothing else
    QTest::newRow("beside others") << false;
    QTest::newRow("alone") << true;
}

void TestQuestionGaps::namesAnAddressWithoutExample()
{
    QFETCH(bool, isAlone);
    PlansDesk desk(json(200, R"({"data":{"plans":[]}})"));
    std::erase_if(desk.facts.samples,
                  [&](const RouteSample &one) { return isAlone || one.body.contains("variables"); });
    if (isAlone)
        desk.facts.routes.clear();
    desk.addRoute(u"/internal/graphql"_s);
    const Judged judged = desk.judged();
    QVERIFY2(judged.outcome == (isAlone ? Outcome::NotRun : Outcome::Info), qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains(u"POST /internal/graphql"_s), qPrintable(told(judged)));
    QVERIFY(!hadNothingToTry(judged));
    QVERIFY(!closesQuestion(judged, u"POST /internal/graphql node"_s));
    QCOMPARE(closesQuestion(judged, u"POST /graphql invoices"_s), !isAlone);
}

// Found by an example that somebody took away since.
void TestQuestionGaps::keepsOpenWhatNobodyAsks()
{
    PlansDesk desk(json(200, R"({"data":{"plans":[]}})"));
    Finding open;
    open.checkId = u"access.tenant-isolation"_s;
    open.subject = u"POST /graphql secrets"_s;
    desk.facts.openProblems = {open};
    const Judged judged = desk.judged();
    QVERIFY2(judged.outcome == Outcome::Info && judged.reason.contains(u"POST /graphql."_s), qPrintable(told(judged)));
    QVERIFY2(!closesQuestion(judged, open.subject), qPrintable(told(judged)));
    QVERIFY2(closesQuestion(judged, u"POST /graphql invoices"_s), qPrintable(told(judged)));
}

void TestQuestionGaps::closesAnOldNameWithItsQuestion_data()
{
    QTest::addColumn<QString>("open");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("by the first field, mended") << u"POST /graphql invoices"_s << true;
    QTest::newRow("by the first field, not told") << u"POST /graphql invoices"_s << false;
    QTest::newRow("by the address, mended") << u"POST /graphql"_s << true;
    QTest::newRow("by the address, not told") << u"POST /graphql"_s << false;
}

// An earlier version called the question by another name; its finding is no twin of today's for ever.
void TestQuestionGaps::closesAnOldNameWithItsQuestion()
{
    QFETCH(QString, open);
    QFETCH(bool, isTold);
    PlansDesk desk(json(503, R"({"error":"x"})"), isTold ? "nothing that is asked" : "query Mine");
    std::erase_if(desk.facts.samples, [](const RouteSample &one) { return one.body.contains("\"query\""); });
    desk.add(R"({"query":"query Mine { invoices { id memo status } }"})");
    Finding earlier;
    earlier.checkId = u"access.tenant-isolation"_s;
    earlier.code = u"cross_graphql"_s;
    earlier.subject = open;
    desk.facts.openProblems = {earlier};
    const Judged judged = desk.judged();
    QVERIFY2(closesQuestion(judged, open) == isTold, qPrintable(told(judged)));
    QVERIFY2(closesQuestion(judged, u"POST /graphql Mine invoices"_s) == isTold, qPrintable(told(judged)));
    QVERIFY2(closesQuestion(judged, u"POST /graphql plans"_s), qPrintable(told(judged)));
    QVERIFY2(!judged.reason.contains(u"Not asked by GraphQL"_s), qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestQuestionGaps)
#include "tst_questiongaps.moc"
