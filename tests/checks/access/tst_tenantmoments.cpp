// access.tenant-isolation at a sound product at bad moments: other tests write beside it, and answers come too late.
#include "checks/access/tenantisolation.h"
#include "checks/actors/crew.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

#include <chrono>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Longer than the client waits.
constexpr std::chrono::milliseconds kTooLong{1100};
constexpr std::chrono::milliseconds kPatience{700};

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(6000);
}

bool isOfInvoices(const ShopRouteLine &line)
{
    return isRecordRoute(line) && line.path.startsWith("/api/invoices");
}

// Of invoices alone, whose example has a text that stands in no place of its own: the lines'.
ProjectFacts invoicesOf(BentShop &shop)
{
    ShopScene scene(shop);
    ProjectFacts facts = factsOf(shop, isOfInvoices);
    facts.actors = scene.facts.actors;
    std::erase_if(facts.routes, [](const Route &route) {
        return route.path != "/api/me"_L1 && !route.path.startsWith("/api/invoices"_L1);
    });
    return facts;
}

QString outsidersTenant(const ProjectFacts &facts)
{
    return crewOf(facts.actors).outsider()->tenant;
}

// What another check of the same run does: the example, as an administrator of that customer.
void writeBeside(BentShop &shop, const QString &tenant)
{
    const QJsonObject example = shop.shop().exampleOf("POST", "/api/invoices");
    shop.shop().answer(
        {.method = "POST",
         .target = "/api/invoices",
         .authority = shop.shop().apiHost(),
         .headers = {{"content-type", "application/json"},
                     {"authorization", "Bearer " + shop.shop().tokenWith(shop.shop().account(tenant, u"admin"_s))}},
         .body = QJsonDocument(example).toJson()});
}

// A record with a mark of ours in one of the shop's lists.
bool isLeft(BentShop &shop)
{
    const PageReply list = shop.shop().answer(
        {.method = "GET",
         .target = "/api/invoices",
         .authority = shop.shop().apiHost(),
         .headers = {{"authorization", "Bearer " + shop.shop().tokenWith(shop.shop().account(kBirch, u"admin"_s))}}});
    return list.body.contains("LC-CANARY-");
}

// Which requests come too late: counted among those that fit.
using Fits = std::function<bool(const PageRequest &, const BentShop &)>;
struct Lateness
{
    Fits fits;
    int first = 1;
    int times = 1;
};

bool isNobody(const PageRequest &request)
{
    return request.header("authorization").isEmpty();
}

// A price list that is the same for all customers, and not for strangers.
constexpr auto kPlans = "/api/plans";

std::optional<PageReply> planReply(const PageRequest &request)
{
    const QByteArray path = request.path();
    if (!path.startsWith(kPlans))
        return std::nullopt;
    const QByteArray plan = R"({"id":9001,"label":"Standard 2031","contact":"plans@maker.example"})";
    if (isNobody(request))
        return json(401, R"({"error":"sign in first"})");
    if (path == kPlans)
        return json(200, R"({"items":[)" + plan + "]}");
    return path == QByteArray(kPlans) + "/9001" ? json(200, plan) : json(404, R"({"error":"not found"})");
}

void addPlans(ProjectFacts &facts)
{
    for (const QString &path : {u"/api/plans"_s, u"/api/plans/{id}"_s}) {
        Route route;
        route.method = u"GET"_s;
        route.path = path;
        route.host = facts.routes.front().host;
        route.access = AccessClass::SignedIn;
        facts.routes.push_back(route);
    }
}

} // namespace

Q_DECLARE_METATYPE(Lateness)

class TestTenantMoments : public QObject
{
    Q_OBJECT

private slots:
    void blamesNobodyForOtherTests_data();
    void blamesNobodyForOtherTests();
    void takesNoSilenceForAProof_data();
    void takesNoSilenceForAProof();
};

void TestTenantMoments::blamesNobodyForOtherTests_data()
{
    QTest::addColumn<int>("ownerFrom");    // request of the run before which the owner's customer gets a record
    QTest::addColumn<int>("outsiderFrom"); // the same of the other customer
    QTest::newRow("in both from the beginning") << 1 << 1;
    QTest::newRow("in the owner's at first") << 1 << 12;
    QTest::newRow("in the owner's at first, in the other's much later") << 1 << 25;
    QTest::newRow("in the owner's alone") << 1 << 10000;
    QTest::newRow("in the other's at first") << 25 << 1;
}

// Two tests write the same example for two customers. In a run it is chance whose comes first.
void TestTenantMoments::blamesNobodyForOtherTests()
{
    QFETCH(int, ownerFrom);
    QFETCH(int, outsiderFrom);
    QString outsiders;
    BentShop shop([&](const PageRequest &, BentShop &lab) -> std::optional<PageReply> {
        if (lab.asked() == ownerFrom)
            writeBeside(lab, kBirch);
        if (lab.asked() == outsiderFrom)
            writeBeside(lab, outsiders);
        return std::nullopt;
    });
    QVERIFY(shop.isReady());
    const ProjectFacts facts = invoicesOf(shop);
    outsiders = outsidersTenant(facts);
    QVERIFY(outsiders == kCedar);
    const QString host = QString::fromLatin1(shop.shop().apiHost());
    AttackRun run(shop.netOptions(), {host}, secretsOf(shop.shop()));
    const Judged judged = run.run(tenantIsolationCheck(), targetOf({host}), facts);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QVERIFY2(shop.asked() > 25, qPrintable(QString::number(shop.asked())));
}

void TestTenantMoments::takesNoSilenceForAProof_data()
{
    QTest::addColumn<Lateness>("late");
    const auto row = [](const char *name, const Fits &fits, int first = 1, int times = 1) {
        QTest::newRow(name) << Lateness{fits, first, times};
    };
    const auto of = [](const QString &tenant, const QByteArray &method, const QByteArray &target) -> Fits {
        return [=](const PageRequest &request, const BentShop &shop) {
            return shop.isOf(request, tenant) && request.method == method && request.target.startsWith(target);
        };
    };
    row("the other customer's list", of(kCedar, "GET", "/api/invoices"));
    row("all that the other customer is given at first", of(kCedar, "GET", "/api/"), 1, 3);
    row(
        "all that strangers are given",
        [](const PageRequest &request, const BentShop &) { return isNobody(request) && request.method == "GET"; }, 1,
        1000);
    row("what all customers share, to the other one", of(kCedar, "GET", kPlans));
    row("the owner's list", of(kBirch, "GET", "/api/invoices"));
    row("what makes the test record", of(kBirch, "POST", "/api/invoices"));
    row("the first look at the test record", of(kBirch, "GET", "/api/invoices/"));
    row("the other customer's questions, some of them", of(kCedar, "GET", "/api/invoices"), 4, 5);
    row("the other customer's change", of(kCedar, "PATCH", "/api/invoices"));
    row("the other customer's removal", of(kCedar, "DELETE", "/api/invoices"));
    row("the owner's removal", of(kBirch, "DELETE", "/api/invoices"));
    row("who the owner is", of(kBirch, "GET", "/api/me"), 1, 1000);
    row(
        "every seventh",
        [n = 0](const PageRequest &request, const BentShop &) mutable {
            return request.path() != "/api/login" && ++n % 7 == 0;
        },
        1, 1000);
}

// The product keeps everything back, and is slow at times. What it did not say in time is neither a leak nor a pass,
// and what may be left is said.
void TestTenantMoments::takesNoSilenceForAProof()
{
    QFETCH(Lateness, late);
    int fitting = 0;
    int wasLate = 0;
    BentShop shop([&](const PageRequest &request, BentShop &lab) -> std::optional<PageReply> {
        if (late.fits(request, lab) && ++fitting >= late.first && fitting < late.first + late.times) {
            ++wasLate;
            std::this_thread::sleep_for(kTooLong);
        }
        return planReply(request);
    });
    QVERIFY(shop.isReady());
    ProjectFacts facts = invoicesOf(shop);
    addPlans(facts);
    NetOptions net = shop.netOptions();
    net.operationTimeout = kPatience;
    const QString host = QString::fromLatin1(shop.shop().apiHost());
    AttackRun run(net, {host}, secretsOf(shop.shop()));
    const Judged judged = run.run(tenantIsolationCheck(), targetOf({host}), facts);
    QVERIFY2(wasLate > 0, qPrintable(told(judged)));
    bool saysLeft = false;
    for (const Finding &finding : judged.findings) {
        QVERIFY2(finding.code == u"test_record_left"_s, qPrintable(told(judged)));
        saysLeft = true;
        QVERIFY2(finding.proof == Proof::Lead || isLeft(shop), qPrintable(told(judged)));
    }
    QVERIFY2(saysLeft || !isLeft(shop), qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestTenantMoments)
#include "tst_tenantmoments.moc"
