// Nothing active ever runs without permission: every check that may attack or sign in, in every state of the permission
// that is not "given", against servers that count what they are asked.
#include "app/composition.h"
#include "checks/net/httpclient.h"
#include "checks/web/address.h"
#include "lab/zonescript.h"
#include "tests/app/labproduct.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"example.com"_s;
constexpr std::array kRefusals{PermissionState::NotProven, PermissionState::Expired, PermissionState::NotAgreed,
                               PermissionState::OtherTarget, PermissionState::Stopped};

bool mayAttack(const Check &check, const CatalogEntry &entry)
{
    const auto needs = [&](Need need) { return std::ranges::find(check.needs, need) != check.needs.end(); };
    return entry.kind == CheckKind::Active || needs(Need::Consent) || needs(Need::TestAccounts);
}

TestActor account(const QString &tenant, const QString &role)
{
    TestActor actor;
    actor.id = newActorId();
    actor.name = tenant + u' ' + role;
    actor.role = role;
    actor.tenant = tenant;
    actor.userName = role + u"@example.com"_s;
    actor.signIn = {.kind = SignInKind::Json,
                    .url = u"https://example.com/api/login"_s,
                    .contentType = "application/json",
                    .bodyTemplate = uR"({"email":"{{user}}","password":"{{password}}"})"_s};
    actor.whoAmIUrl = u"https://example.com/api/me"_s;
    actor.isThrowAway = true;
    return actor;
}

// As much as a project can hold, so that permission is the one thing that is missing.
ProjectFacts fullFacts()
{
    ProjectFacts facts;
    for (const QString &path : {u"/api/me"_s, u"/api/invoices/{id}"_s, u"/api/upload"_s, u"/webhooks/pay"_s,
                                u"/graphql"_s, u"/api/login"_s, u"/api/signup"_s, u"/api/reset"_s, u"/api/invites"_s}) {
        for (const QString &method : {u"GET"_s, u"POST"_s, u"PATCH"_s}) {
            Route route{.method = method, .path = path, .host = kHost, .safeToWrite = true, .source = u"typed"_s};
            route.seen = u"/api/invoices/17"_s;
            facts.routes.push_back(route);
            facts.samples.push_back({method, path, kHost, "application/json", R"({"name":"Acme"})", {}});
        }
    }
    for (const QString &tenant : {u"Acme"_s, u"Beta"_s}) {
        facts.actors.push_back(account(tenant, u"admin"_s));
        facts.actors.push_back(account(tenant, u"member"_s));
    }
    facts.redirects = {{u"/old"_s, u"/new"_s}};
    return facts;
}

} // namespace

class NoAttacksTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void saysBeforeHowMuchIsSent();
    void nothingIsSent_data();
    void nothingIsSent();
    void allOfThemTogetherSendNothing();
    void thisTestWouldNotice();

private:
    std::vector<CheckResult> run(const QStringList &ids, PermissionState state,
                                 const std::optional<ActiveTerms> &terms = {});

    std::optional<Composition> m_composition;
    QStringList m_attacks;
    QStringList m_built; // of these
    std::unique_ptr<LabProduct> m_product;
};

void NoAttacksTest::initTestCase()
{
    m_composition = compose(u"en"_s).value();
    for (const CatalogEntry &entry : m_composition->catalog.entries()) {
        const Check *check = m_composition->registry.find(entry.id);
        if (entry.kind == CheckKind::Active || (check && mayAttack(*check, entry)))
            m_attacks << entry.id;
    }
    QVERIFY(m_attacks.size() >= 28); // those of the catalogue alone
    m_product = std::make_unique<LabProduct>(zoneScript(healthyZone()), healthySite());
    for (const Check &check : m_composition->registry.checks()) {
        if (m_attacks.contains(check.id))
            m_built << check.id;
    }
    // One that would attack at once if it were let: what is built may be careful by itself.
    Check careless;
    careless.id = *std::ranges::find_if(m_attacks, [this](const QString &id) {
        const CatalogEntry *entry = m_composition->catalog.find(id);
        return entry->kind == CheckKind::Active && !m_composition->registry.find(id);
    });
    careless.look = [](const Look &look) {
        const auto answer = look.seen.ask(HttpGet{.url = QUrl(u"https://example.com/api/me"_s)});
        return *answer ? Judged() : couldNotLook(answer->error());
    };
    m_composition->registry.add(std::move(careless));
}

// Whoever agrees is told a number for each of them.
void NoAttacksTest::saysBeforeHowMuchIsSent()
{
    const Target target{u"example.com"_s, {{HostRole::Site, kHost}, {HostRole::Api, u"api.example.com"_s}}};
    const ProjectFacts facts = fullFacts();
    for (const QString &id : m_built) {
        const Check *check = m_composition->registry.find(id);
        QVERIFY2(check->requests, qPrintable(id));
        for (const RequestNeed &need : check->requests({target, facts}))
            QVERIFY2(need.most >= need.fewest && m_attacks.contains(need.account), qPrintable(id));
    }
    const PlanRequest request{.target = target,
                              .roadmap = m_composition->roadmap(QString::fromLatin1(kDefaultRoadmapId)).value(),
                              .facts = facts};
    const RequestForecast forecast = requestForecast(request, m_composition->catalog, m_composition->registry);
    QVERIFY2(forecast.within(300).size() >= 15, qPrintable(QString::number(forecast.within(300).size())));
    QVERIFY(forecast.cutWithin(forecast.enough()).isEmpty() && forecast.waitingWithin(forecast.enough()).isEmpty());
    QVERIFY(forecast.enough() <= kMostActiveRequests);
}

std::vector<CheckResult> NoAttacksTest::run(const QStringList &ids, PermissionState state,
                                            const std::optional<ActiveTerms> &terms)
{
    RunRequest request;
    request.net = m_product->netOptions();
    request.net.operationTimeout = std::chrono::seconds(3);
    request.language = u"en"_s;
    request.plan.target = {u"example.com"_s, {{HostRole::Site, kHost}, {HostRole::Www, u"www.example.com"_s}}};
    request.plan.roadmap = m_composition->roadmap(QString::fromLatin1(kDefaultRoadmapId)).value();
    request.plan.facts = fullFacts();
    request.plan.only = ids;
    request.plan.permission = state;
    request.plan.active = terms;
    Runner runner(m_composition->runServices());
    QSignalSpy finished(&runner, &Runner::finished);
    QSignalSpy sent(&runner, &Runner::requestsSent);
    const auto started = runner.start(request);
    [&] {
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
        QVERIFY(terms || sent.isEmpty());
    }();
    return finished.isEmpty() ? std::vector<CheckResult>() : finished.front().front().value<Run>().results;
}

void NoAttacksTest::nothingIsSent_data()
{
    QTest::addColumn<QString>("id");
    for (const QString &id : m_attacks)
        QTest::newRow(qPrintable(id)) << id;
}

void NoAttacksTest::nothingIsSent()
{
    QFETCH(QString, id);
    const bool isBuilt = m_composition->registry.find(id) != nullptr;
    for (const PermissionState state : kRefusals) {
        const int before = m_product->questionsSeen();
        const auto results = run({id}, state);
        QVERIFY(!results.empty());
        for (const CheckResult &result : results) {
            QCOMPARE(result.outcome, Outcome::NotRun);
            QVERIFY2(!result.reason.isEmpty(), qPrintable(id));
            QVERIFY2(result.reason != sentenceOf(PermissionState::Given), qPrintable(result.reason));
        }
        QCOMPARE(m_product->questionsSeen(), before);
        if (!isBuilt)
            return;
    }
}

void NoAttacksTest::allOfThemTogetherSendNothing()
{
    const int before = m_product->questionsSeen();
    const auto results = run(m_attacks, PermissionState::NotAgreed);
    QVERIFY(static_cast<qsizetype>(results.size()) >= m_attacks.size());
    QVERIFY(std::ranges::all_of(results, [](const CheckResult &r) { return r.outcome == Outcome::NotRun; }));
    QCOMPARE(m_product->questionsSeen(), before);
}

// With permission the careless one does ask, so the counters above count.
void NoAttacksTest::thisTestWouldNotice()
{
    const int before = m_product->questionsSeen();
    ActiveTerms terms;
    terms.hosts = {kHost};
    const QString id = m_composition->registry.checks().back().id;
    const auto refused = run({id}, PermissionState::Stopped);
    QCOMPARE(refused.front().reason, sentenceOf(PermissionState::Stopped));
    QCOMPARE(m_product->questionsSeen(), before);
    const auto results = run({id}, PermissionState::Given, terms);
    QCOMPARE(results.front().outcome, Outcome::Pass);
    QVERIFY(m_product->questionsSeen() > before);
}

QTEST_GUILESS_MAIN(NoAttacksTest)
#include "tst_noattacks.moc"
