// access.tenant-isolation: what was not seen of one question of GraphQL hides no finding of another.
#include "checks/access/tenantisolation.h"
#include "checks/engine/nothingtotry.h"
#include "models/unseen.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/access/deskscene.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Faults = FaultSet<DeskFault>;

// The desk with one more question that all customers ask for the same: { plans }.
class PlansDesk
{
public:
    // plans: what the product answers to it.
    explicit PlansDesk(const PageReply &plans)
        : m_server(
              [this, plans](const PageRequest &request) {
                  return request.body.contains("plans") ? plans : m_lab.desk().answer(request);
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
bool closes(const Judged &judged, const QString &subject)
{
    Finding finding;
    finding.checkId = u"access.tenant-isolation"_s;
    finding.code = u"cross_graphql"_s;
    finding.subject = subject;
    CheckResult result;
    result.outcome = judged.outcome;
    result.observed = judged.observed;
    return hasSeen(result, finding);
}

} // namespace

class TestQuestionGaps : public QObject
{
    Q_OBJECT

private slots:
    void hidesOneQuestionAlone_data();
    void hidesOneQuestionAlone();
    void namesTheQuestion();
    void saysWhatHasNoRecord();
    void namesAnAddressWithoutExample_data();
    void namesAnAddressWithoutExample();
    void keepsOpenWhatNobodyAsks();
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
    QVERIFY2(closes(judged, u"POST /graphql invoices"_s), qPrintable(told(judged)));
    QVERIFY2(!closes(judged, u"POST /graphql plans"_s), qPrintable(told(judged)));
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
    QVERIFY2(closes(judged, u"POST /graphql invoices"_s), qPrintable(told(judged)));
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
    QVERIFY(!closes(judged, u"POST /internal/graphql node"_s));
    QCOMPARE(closes(judged, u"POST /graphql invoices"_s), !isAlone);
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
    QVERIFY2(!closes(judged, open.subject), qPrintable(told(judged)));
    QVERIFY2(closes(judged, u"POST /graphql invoices"_s), qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestQuestionGaps)
#include "tst_questiongaps.moc"
