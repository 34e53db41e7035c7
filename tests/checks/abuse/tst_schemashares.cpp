#include "checks/abuse/badtrials.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/schemamemory.h"
#include "tests/checks/abuse/badscene.h"
#include "tests/checks/abuse/moodyshop.h"
#include "tests/lab/renewed.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

int leftOutIn(const Judged &judged)
{
    int left = 0;
    for (const QJsonValue route : judged.observed["routes"_L1].toArray())
        left += route["left_out"_L1].toInt();
    return left;
}

} // namespace

// How the requests of abuse.schema are shared among the routes.
class TestSchemaShares : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void spendsWhatPlacesLeave();
    void foretellsWhatIsTaken();
    void owesAVastBodyThatIsNotSent_data();
    void owesAVastBodyThatIsNotSent();

private:
    ShopLab m_shop;
};

void TestSchemaShares::init()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
    renew(m_shop);
}

// What a place that refuses at once leaves of its share goes to those before it; what is still not sent is said.
void TestSchemaShares::spendsWhatPlacesLeave()
{
    BadShop scene(m_shop);
    AttackRun run = scene.newRun(600);
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QVERIFY(leftOutIn(judged) > 0);
    QVERIFY2(judged.reason.contains("No request was left for"_L1), qPrintable(judged.reason));
    const int sent = run.gate->sentBy(u"abuse.schema"_s);
    QVERIFY2(sent <= 300 && sent > 300 - kInputPlaceRequests - 2 * kTrialRequests, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), 7);
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

// A product that takes everything: each body is read back, and each record removed again.
void TestSchemaShares::foretellsWhatIsTaken()
{
    using enum ShopFault;
    m_shop.setFaults({WrongTypesAccepted, ExtraFieldsAccepted, TooLongAccepted, OutOfRangeAccepted,
                      WrongContentTypeAccepted, HugeBodyAccepted});
    BadShop scene(m_shop, isFewInputRoutes);
    const int foretold = badInputNeed(scene.facts).most;
    QVERIFY(foretold < kMostInputRequests);
    AttackRun run = scene.newRun(2 * foretold); // half of it is for this check
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    QVERIFY2(leftOutIn(judged) == 0, qPrintable(told(judged)));
    QVERIFY2(run.gate->sentBy(u"abuse.schema"_s) <= foretold, qPrintable(told(judged)));
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestSchemaShares::owesAVastBodyThatIsNotSent_data()
{
    QTest::addColumn<int>("status"); // of the smaller one
    QTest::addColumn<bool>("isOwed");
    QTest::newRow("refused") << 413 << false;
    QTest::newRow("held back") << 503 << true;
    QTest::newRow("broke the server") << 500 << true;
}

// A crash by ten megabytes, which are sent where less is taken. Where less is refused, they are refused as well.
void TestSchemaShares::owesAVastBodyThatIsNotSent()
{
    QFETCH(int, status);
    QFETCH(bool, isOwed);
    MoodyShop shop;
    QVERIFY(shop.isReady());
    shop.setMood([status](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.body.size() < kHugeBody)
            return std::nullopt;
        PageReply reply = jsonWith(status, R"({"error":"too large"})");
        if (status == 503)
            reply.add("Retry-After", "60");
        return reply;
    });
    BadShopOf scene(shop, isFewInputRoutes);
    const SchemaFound found{u"POST /api/projects"_s, u"crash"_s, scene.host, u"vast_body"_s};
    CheckResult before{.checkId = u"abuse.schema"_s};
    scene.facts.observedBefore[before.key()] = {{u"found"_s, rowsOf({found})}};
    AttackRun run = scene.newRun(2000);
    const Judged judged = scene.judged(run, abuseSchemaCheck());
    const std::vector<SchemaFound> all = foundIn(judged.observed);
    QVERIFY2((std::ranges::find(all, found) != all.end()) == isOwed, qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestSchemaShares)
#include "tst_schemashares.moc"
