// abuse.schema and abuse.error-leak, look after look at the practice company's shop: what one look found closes where
// the next one asked, and stays open where it did not.
#include "checks/abuse/badreads.h"
#include "checks/abuse/brokenreads.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/schema.h"
#include "models/projectstate.h"
#include "tests/checks/abuse/badscene.h"
#include "tests/checks/abuse/moodyshop.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

constexpr int kEnough = 2000; // a tenth of it is for errors of reads

// The project as it is kept from look to look.
class Looks
{
public:
    explicit Looks(ShopLab &shop) : m_scene(shop) {}

    BadShop &scene() { return m_scene; }
    // Its result, after it was folded in.
    CheckResult look(const Check &check, int requests = kEnough)
    {
        AttackRun run = m_scene.newRun(requests);
        m_scene.facts.observedBefore = projectFactsOf(m_state).observedBefore;
        const Judged judged = m_scene.judged(run, check);
        CheckResult result{.checkId = check.id, .host = {}, .outcome = judged.outcome};
        result.reason = judged.reason;
        result.observed = judged.observed;
        result.findings = judged.findings;
        for (Finding &finding : result.findings)
            finding.checkId = check.id;
        m_at = m_at.addSecs(60);
        applyResults(m_state, {result}, m_at);
        return result;
    }
    // Subjects, or hosts for what has none, of those that are open.
    QStringList openAt(const QString &code) const
    {
        QStringList places;
        for (const Finding &finding : openFindings(m_state)) {
            if (finding.code == code)
                places.append(finding.subject.isEmpty() ? finding.host : finding.subject);
        }
        places.sort();
        return places;
    }
    void mark(const std::function<bool(const Route &)> &isSafe)
    {
        for (Route &route : m_scene.facts.routes)
            route.safeToWrite = route.method != "GET"_L1 && isSafe(route);
    }

private:
    BadShop m_scene;
    ProjectState m_state;
    QDateTime m_at = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
};

bool isOf(const Route &route, const QString &collection)
{
    return route.path == collection || route.path == collection + u"/{id}"_s;
}

} // namespace

class TestSchemaAgain : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void closesEachRouteByItself();
    void asksReadsOfWhatBodiesLeave();
    void keepsALeakWhereItWasNotForcedAgain();
    void endsALeakWhereTheGoodReadIsRefused();
    void namesRoutesThatWereNotBroken();

private:
    ShopLab m_shop;
};

void TestSchemaAgain::init()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
    m_shop.setFaults({});
    m_shop.reset();
}

void TestSchemaAgain::closesEachRouteByItself()
{
    const QString code = u"too_long_accepted"_s;
    Looks looks(m_shop);
    looks.mark([](const Route &route) { return isOf(route, u"/api/projects"_s) || isOf(route, u"/api/customers"_s); });
    m_shop.setFaults({ShopFault::TooLongAccepted});
    looks.look(abuseSchemaCheck());
    const QStringList all = looks.openAt(code);
    QVERIFY2(all.contains("POST /api/projects"_L1) && all.contains("POST /api/customers"_L1),
             qPrintable(all.join(u", "_s)));
    m_shop.setFaults({});
    looks.mark([](const Route &route) { return isOf(route, u"/api/customers"_s); });
    const CheckResult second = looks.look(abuseSchemaCheck());
    QVERIFY2(second.outcome == Outcome::Info && second.reason.contains("An earlier look found something at"_L1),
             qPrintable(second.reason));
    const QStringList left = looks.openAt(code);
    QVERIFY2(!left.isEmpty() && left.filter(u"customers"_s).isEmpty(), qPrintable(left.join(u", "_s)));
    looks.mark([](const Route &route) { return isOf(route, u"/api/projects"_s); });
    const CheckResult third = looks.look(abuseSchemaCheck());
    QVERIFY2(third.outcome == Outcome::Pass, qPrintable(third.reason));
    QCOMPARE(looks.openAt(code), QStringList());
}

void TestSchemaAgain::asksReadsOfWhatBodiesLeave()
{
    Looks looks(m_shop);
    looks.mark([](const Route &route) { return route.path == "/api/settings"_L1; });
    const ReadChoice choice = readsToTry(looks.scene().facts.routes);
    QVERIFY2(choice.first.size() == kFirstReads && !choice.more.empty(), "the shop has too few lists");
    const CheckResult result = looks.look(abuseSchemaCheck());
    QCOMPARE(result.observed["left_out"_L1].toArray().size(), qsizetype(choice.beyond.size()));
    for (const std::vector<Route> *asked : {&choice.first, &choice.more}) {
        for (const Route &route : *asked)
            QVERIFY2(m_shop.shop().journal().count("GET", route.path.toLatin1()) > 0, qPrintable(route.path));
    }
}

void TestSchemaAgain::keepsALeakWhereItWasNotForcedAgain()
{
    const QString code = u"stack_trace_forced"_s;
    Looks looks(m_shop);
    looks.mark([](const Route &route) { return isOf(route, u"/api/projects"_s); });
    m_shop.setFaults({ShopFault::StackTrace});
    looks.look(errorLeakCheck());
    QCOMPARE(looks.openAt(code).size(), 1);
    m_shop.setFaults({});
    looks.mark([](const Route &route) { return isOf(route, u"/api/customers"_s); });
    const CheckResult second = looks.look(errorLeakCheck());
    QVERIFY2(second.outcome == Outcome::Info && second.reason.contains("/api/projects"_L1), qPrintable(second.reason));
    QCOMPARE(looks.openAt(code).size(), 1);
    looks.mark([](const Route &route) { return isOf(route, u"/api/projects"_s); });
    const CheckResult third = looks.look(errorLeakCheck());
    QVERIFY2(third.outcome == Outcome::Pass, qPrintable(third.reason));
    QCOMPARE(looks.openAt(code), QStringList());
}

// A search that wants a word that nobody gives it: its good read is never taken, and its errors are read all the same.
void TestSchemaAgain::endsALeakWhereTheGoodReadIsRefused()
{
    MoodyShop shop;
    QVERIFY(shop.isReady());
    const auto leakAt = [](bool isLeaking) {
        return [isLeaking](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.method != "GET" || !(request.target + '?').startsWith("/api/projects?"))
                return std::nullopt;
            if (isLeaking && request.target.contains("sort="))
                return jsonWith(500,
                                "Traceback (most recent call last):\n  File \"/srv/app/views.py\", line 8, in x\n");
            return jsonWith(400, R"({"error":"q is required"})");
        };
    };
    BadShopOf scene(shop, isFewInputRoutes);
    for (Route &route : scene.facts.routes)
        route.safeToWrite = false;
    shop.setMood(leakAt(true));
    AttackRun run = scene.newRun(kEnough);
    const Judged leaking = scene.judged(run, errorLeakCheck());
    QVERIFY2(codesOf(leaking).contains("stack_trace_forced"_L1), qPrintable(told(leaking)));
    CheckResult before{.checkId = errorLeakCheck().id};
    scene.facts.observedBefore[before.key()] = leaking.observed;
    shop.setMood(leakAt(false));
    AttackRun again = scene.newRun(kEnough);
    const Judged mended = scene.judged(again, errorLeakCheck());
    QVERIFY2(mended.findings.empty() && !mended.observed.contains("not_tried_again"_L1), qPrintable(told(mended)));
    QVERIFY2(mended.outcome == Outcome::Pass, qPrintable(told(mended)));
}

void TestSchemaAgain::namesRoutesThatWereNotBroken()
{
    Looks looks(m_shop);
    looks.mark([](const Route &) { return false; });
    const BreakChoice choice = routesToBreak(looks.scene().facts.routes);
    QVERIFY(choice.routes.size() > kFewBrokenRoutes);
    const CheckResult few = looks.look(errorLeakCheck(), budgetFor(60, 6));
    QVERIFY2(few.outcome == Outcome::Info && few.reason.contains("No request was left to force errors"_L1),
             qPrintable(few.reason));
    QVERIFY(!few.observed["left_out"_L1].toArray().isEmpty());
    const CheckResult all = looks.look(errorLeakCheck());
    QVERIFY2(all.outcome == Outcome::Pass, qPrintable(all.reason));
    QVERIFY(all.observed["left_out"_L1].toArray().isEmpty());
}

QTEST_GUILESS_MAIN(TestSchemaAgain)
#include "tst_schemaagain.moc"
