#include "checks/engine/plan.h"
#include "tests/checks/engine/fakechecks.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Judged passes(const Look &)
{
    return {};
}

CheckRegistry registryWith(std::vector<Check> checks)
{
    CheckRegistry registry;
    registry.add(std::move(checks));
    return registry;
}

PlanRequest request()
{
    PlanRequest r;
    r.target = twoHosts();
    r.roadmap = shippedRoadmap();
    return r;
}

// "mail.mx; http.hsts acme.test; http.cors api.acme.test": what runs, as text.
QString runsIn(const Plan &plan)
{
    QStringList lines;
    for (const PlannedCheck &p : plan.checks) {
        if (p.runs)
            lines.append(p.host ? p.checkId + u' ' + p.host->name : p.checkId);
    }
    return lines.join(u"; "_s);
}

// Announces so many, all or at least `fewest` of them, under its own id.
Check asking(const QString &id, Impact impact, int most, int fewest = 0, int parts = 1)
{
    Check check = fakeCheck(id, Scope::Target, passes);
    check.impacts = {impact};
    check.requests = [=](const Outlook &) {
        return std::vector{RequestNeed{.account = id, .most = most, .fewest = fewest, .parts = parts}};
    };
    return check;
}

PlanRequest permitted(int budget, int accounts = 0)
{
    PlanRequest r = request();
    r.only = QStringList{u"access.*"_s, u"abuse.*"_s};
    r.active = ActiveTerms{.budget = {.requests = budget, .perSecond = 5}, .hosts = {u"acme.test"_s}};
    for (int i = 0; i < accounts; ++i)
        r.active->secrets.try_emplace(QString::number(i));
    return r;
}

// "access.roles 20/40; …": granted of wanted, in the order of spending.
QString allotted(const Plan &plan)
{
    QStringList lines;
    for (const Allotment &one : plan.allotments)
        lines.append(u"%1 %2/%3"_s.arg(one.account).arg(one.granted).arg(one.wanted));
    return lines.join(u"; "_s);
}

QString startsIn(const Plan &plan)
{
    QStringList ids;
    for (const PlannedCheck &one : startOrder(plan))
        ids.append(one.checkId);
    return ids.join(u"; "_s);
}

} // namespace

class TestPlan : public QObject
{
    Q_OBJECT

private slots:
    // What a check may compare its own look with.
    void factsHoldWhatWasObservedBefore()
    {
        ProjectState state;
        QVERIFY(projectFactsOf(state).observedBefore.empty());
        applyResults(state,
                     {{.checkId = u"mail.mx"_s, .observed = {{u"a"_s, 1}}},
                      {.checkId = u"tls.chain"_s, .host = u"app.acme.test"_s, .observed = {{u"b"_s, 2}}}},
                     QDateTime::currentDateTimeUtc());
        const auto before = projectFactsOf(state).observedBefore;
        QCOMPARE(before.size(), size_t(2));
        QCOMPARE(before.at(u"mail.mx"_s), (QJsonObject{{u"a"_s, 1}}));
        QCOMPARE(before.at(u"tls.chain@app.acme.test"_s), (QJsonObject{{u"b"_s, 2}}));
    }

    void everyIdOfTheCatalogueIsAccountedFor()
    {
        const auto plan = makePlan(request(), shippedCatalog(), CheckRegistry());
        QVERIFY(plan);
        QCOMPARE(plan->checks.size(), size_t(167));
        QCOMPARE(plan->runCount(), 0);
        for (const PlannedCheck &p : plan->checks) {
            QCOMPARE(p.outcomeIfNot, Outcome::NotRun);
            QVERIFY2(!p.reason.isEmpty(), qPrintable(p.checkId));
        }
    }

    void requestsAreAllottedByImpact_data()
    {
        QTest::addColumn<int>("budget");
        QTest::addColumn<QString>("expected");
        QTest::newRow("enough for all") << 116
                                        << u"access.tenant-isolation 30/30; access.invite 20/20; "
                                           "access.file-links 10/10; access.roles 40/40"_s;
        QTest::newRow("one less: the last one is cut") << 115
                                                       << u"access.tenant-isolation 30/30; access.invite 20/20; "
                                                          "access.file-links 10/10; access.roles 39/40"_s;
        QTest::newRow("modest before others, then what is left")
            << 86
            << u"access.tenant-isolation 30/30; access.invite 20/20; access.file-links 10/10; access.roles 10/40"_s;
        QTest::newRow("one gets leftovers") << 70
                                            << u"access.tenant-isolation 30/30; access.invite 20/20; "
                                               "access.file-links 0/10; access.roles 0/40"_s;
        QTest::newRow("a smaller one after one that does not fit")
            << 36 << u"access.tenant-isolation 0/30; access.invite 20/20; access.file-links 0/10; access.roles 0/40"_s;
        QTest::newRow("none") << 0
                              << u"access.tenant-isolation 0/30; access.invite 0/20; access.file-links 0/10; "
                                 "access.roles 0/40"_s;
    }

    void requestsAreAllottedByImpact()
    {
        QFETCH(int, budget);
        QFETCH(QString, expected);
        Check first = asking(u"access.tenant-isolation"_s, Impact::DataExposure, 30);
        first.spendsFirst = true;
        const CheckRegistry registry = registryWith({asking(u"access.roles"_s, Impact::Maintainability, 40, 10, 4),
                                                     first, asking(u"access.file-links"_s, Impact::DataExposure, 10),
                                                     asking(u"access.invite"_s, Impact::AccountTakeover, 20),
                                                     fakeCheck(u"access.logout"_s, Scope::Target, passes)});
        const auto plan = makePlan(permitted(budget, 2), shippedCatalog(), registry); // 16 are kept for sign-ins
        QVERIFY(plan);
        QCOMPARE(allotted(*plan), expected);
        QCOMPARE(*plan, *makePlan(permitted(budget, 2), shippedCatalog(), registry));
    }

    void checksThatShareRequestsAreCountedOnce()
    {
        Check both = asking(u"abuse.error-leak"_s, Impact::DataExposure, 5);
        both.requests = [](const Outlook &) {
            return std::vector{RequestNeed{.account = u"abuse.error-leak"_s, .most = 5},
                               RequestNeed{.account = u"abuse.schema"_s, .most = 60, .fewest = 20, .parts = 2}};
        };
        const CheckRegistry registry =
            registryWith({both, asking(u"abuse.schema"_s, Impact::AccountTakeover, 60, 20, 2)});
        const auto plan = makePlan(permitted(100), shippedCatalog(), registry);
        QCOMPARE(allotted(*plan), u"abuse.schema 60/60; abuse.error-leak 5/5"_s);
        QCOMPARE(plan->allotments.front().looks, 2);
        const RequestForecast forecast = requestForecast(permitted(100), shippedCatalog(), registry);
        QCOMPARE(forecast.checksOf(u"abuse.schema"_s), QStringList({u"abuse.schema"_s, u"abuse.error-leak"_s}));
        QCOMPARE(forecast.checksOf(u"abuse.error-leak"_s), QStringList(u"abuse.error-leak"_s));
        QCOMPARE(forecast.cutWithin(60), QStringList({u"abuse.schema"_s, u"abuse.error-leak"_s})); // both have less
        QVERIFY(forecast.waitingWithin(60).isEmpty());
        QCOMPARE(forecast.cutWithin(10), QStringList(u"abuse.error-leak"_s)); // it has its own part all the same
        QCOMPARE(forecast.waitingWithin(10), QStringList(u"abuse.schema"_s));
    }

    void nothingIsAllottedWithoutLeave()
    {
        PlanRequest r = permitted(100);
        r.active.reset();
        const CheckRegistry registry = registryWith({asking(u"access.roles"_s, Impact::DataExposure, 40)});
        QCOMPARE(allotted(*makePlan(r, shippedCatalog(), registry)), QString());
    }

    // What gets this computer limited comes last, and before it what looks alone; whoever waits for leftovers, after
    // those who do not.
    void beginsWithWhatDisturbsNobody()
    {
        Check limiting = asking(u"access.enumeration"_s, Impact::AccountTakeover, 10);
        limiting.turn = LookTurn::AloneLast;
        Check limitingToo = asking(u"access.login-flow"_s, Impact::AccountTakeover, 200);
        limitingToo.turn = LookTurn::AloneLast;
        Check raising = asking(u"access.mass-assignment"_s, Impact::AccountTakeover, 10); // a role, for a moment
        raising.turn = LookTurn::Alone;
        const CheckRegistry registry = registryWith(
            {limiting, limitingToo, raising, asking(u"access.file-links"_s, Impact::Maintainability, 200),
             asking(u"access.invite"_s, Impact::DataExposure, 200), asking(u"access.roles"_s, Impact::DataExposure, 10),
             asking(u"abuse.schema"_s, Impact::DataExposure, 10),
             fakeCheck(u"access.logout"_s, Scope::Target, passes)});
        const auto plan = makePlan(permitted(100), shippedCatalog(), registry);
        QCOMPARE(startsIn(*plan), u"access.logout; access.roles; abuse.schema; access.invite; access.file-links; "
                                  "access.mass-assignment; access.enumeration; access.login-flow"_s);
    }

    void foretellsWhatARunMaySend()
    {
        const CheckRegistry registry = registryWith({asking(u"access.roles"_s, Impact::DataExposure, 40, 10, 4),
                                                     asking(u"access.invite"_s, Impact::AccountTakeover, 20),
                                                     asking(u"access.file-links"_s, Impact::Maintainability, 50)});
        PlanRequest r = permitted(0);
        r.active.reset(); // before anybody agreed
        r.facts.actors = {{.id = u"anna"_s}, {.id = u"bert"_s}};
        const RequestForecast forecast = requestForecast(r, shippedCatalog(), registry);
        QCOMPARE(forecast.sum(), 126);
        QCOMPARE(forecast.enough(), 126);
        QCOMPARE(forecast.cutWithin(66), QStringList(u"access.roles"_s));
        QCOMPARE(forecast.waitingWithin(66), QStringList(u"access.file-links"_s));
        QVERIFY(forecast.cutWithin(126).isEmpty() && forecast.waitingWithin(126).isEmpty());
        QVERIFY(!forecast.cutWithin(125).isEmpty() || !forecast.waitingWithin(125).isEmpty());
        QCOMPARE(requestForecast(r, shippedCatalog(), CheckRegistry()).enough(), 0);
    }

    // Half of a budget is kept for the sign-ins at most.
    void enoughIsEnoughWithManyAccounts()
    {
        const CheckRegistry registry = registryWith({asking(u"access.invite"_s, Impact::AccountTakeover, 20)});
        PlanRequest r = permitted(0);
        for (int i = 0; i < 9; ++i)
            r.facts.actors.push_back({.id = QString::number(i)});
        const RequestForecast forecast = requestForecast(r, shippedCatalog(), registry);
        QCOMPARE(forecast.enough(), 39);
        QVERIFY(forecast.waitingWithin(39).isEmpty());
        QVERIFY(!forecast.waitingWithin(38).isEmpty());
    }

    void oneEntryPerTargetOrHost()
    {
        Check onlyApi = fakeCheck(u"http.cors"_s, Scope::EachHost, passes);
        onlyApi.roles = {HostRole::Api};
        const auto registry = registryWith({fakeCheck(u"mail.mx"_s, Scope::Target, passes),
                                            fakeCheck(u"http.hsts"_s, Scope::EachHost, passes), onlyApi});
        const auto plan = makePlan(request(), shippedCatalog(), registry);
        QCOMPARE(runsIn(*plan), u"mail.mx; http.hsts acme.test; http.hsts api.acme.test; http.cors api.acme.test"_s);
    }

    void aRoleThatNoHostHasDoesNotApply()
    {
        Check onlyAdmin = fakeCheck(u"http.cors"_s, Scope::EachHost, passes);
        onlyAdmin.roles = {HostRole::Admin};
        auto r = request();
        r.only = {u"http.cors"_s};
        const auto plan = makePlan(r, shippedCatalog(), registryWith({onlyAdmin}));
        QCOMPARE(plan->checks.size(), size_t(1));
        QCOMPARE(plan->checks.front().outcomeIfNot, Outcome::NotApplicable);
        QVERIFY(!plan->checks.front().runs);
    }

    void narrowing_data()
    {
        QTest::addColumn<QStringList>("only");
        QTest::addColumn<QStringList>("skip");
        QTest::addColumn<QString>("runs");

        QTest::newRow("all") << QStringList() << QStringList() << u"mail.mx; mail.spf; tls.chain"_s;
        QTest::newRow("one id") << QStringList{u"mail.spf"_s} << QStringList() << u"mail.spf"_s;
        QTest::newRow("a family") << QStringList{u"mail.*"_s} << QStringList() << u"mail.mx; mail.spf"_s;
        QTest::newRow("two") << QStringList{u"mail.mx"_s, u"tls.*"_s} << QStringList() << u"mail.mx; tls.chain"_s;
        QTest::newRow("skip one") << QStringList() << QStringList{u"mail.mx"_s} << u"mail.spf; tls.chain"_s;
        QTest::newRow("skip wins") << QStringList{u"mail.*"_s} << QStringList{u"mail.mx"_s} << u"mail.spf"_s;
    }

    void narrowing()
    {
        QFETCH(QStringList, only);
        QFETCH(QStringList, skip);
        QFETCH(QString, runs);
        const auto registry = registryWith({fakeCheck(u"mail.mx"_s, Scope::Target, passes),
                                            fakeCheck(u"mail.spf"_s, Scope::Target, passes),
                                            fakeCheck(u"tls.chain"_s, Scope::Target, passes)});
        auto r = request();
        r.only = only;
        r.skip = skip;
        QCOMPARE(runsIn(*makePlan(r, shippedCatalog(), registry)), runs);
    }

    void aMistypedIdNamesTheNearest()
    {
        auto r = request();
        r.only = {u"mail.dmrac"_s};
        const auto plan = makePlan(r, shippedCatalog(), CheckRegistry());
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, ErrorKind::BadInput);
        QVERIFY2(plan.error().message.contains(u"mail.dmarc"_s), qPrintable(plan.error().message));
    }

    void aStageNarrowsToItsItems()
    {
        auto r = request();
        r.stage = 1;
        const auto plan = makePlan(r, shippedCatalog(), CheckRegistry());
        QStringList planned;
        for (const PlannedCheck &p : plan->checks)
            planned.append(p.checkId);
        QStringList wanted = r.roadmap.checkIds(1);
        wanted.removeDuplicates();
        std::ranges::sort(wanted);
        std::ranges::sort(planned);
        QCOMPARE(planned, wanted);
    }

    void needs_data()
    {
        QTest::addColumn<int>("need");
        QTest::addColumn<bool>("given");
        QTest::newRow("routes missing") << int(Need::Routes) << false;
        QTest::newRow("routes given") << int(Need::Routes) << true;
        QTest::newRow("old addresses missing") << int(Need::Redirects) << false;
        QTest::newRow("old addresses given") << int(Need::Redirects) << true;
        QTest::newRow("consent missing") << int(Need::Consent) << false;
        QTest::newRow("consent given") << int(Need::Consent) << true;
        QTest::newRow("accounts missing") << int(Need::TestAccounts) << false;
        QTest::newRow("accounts given") << int(Need::TestAccounts) << true;
        QTest::newRow("samples missing") << int(Need::Samples) << false;
        QTest::newRow("samples given") << int(Need::Samples) << true;
        QTest::newRow("message missing") << int(Need::Message) << false;
        QTest::newRow("message read") << int(Need::Message) << true;
        QTest::newRow("token missing") << int(Need::ApiToken) << false;
        QTest::newRow("token given") << int(Need::ApiToken) << true;
    }

    void needs()
    {
        QFETCH(int, need);
        QFETCH(bool, given);
        Check check = fakeCheck(u"access.roles"_s, Scope::Target, passes);
        check.needs = {Need(need)};
        auto r = request();
        r.only = {check.id};
        if (given) {
            r.facts.routes.push_back(Route());
            r.facts.redirects.push_back({u"/old"_s, {}});
            r.facts.monitoring.push_back(MonitorHistory());
            r.facts.delivery = DeliveryProof();
            r.facts.edgeToken = Secret("token");
            r.active = ActiveTerms();
            r.facts.actors.push_back(TestActor());
        }
        const auto plan = makePlan(r, shippedCatalog(), registryWith({check}));
        QCOMPARE(plan->checks.front().runs, given);
        const QString missing =
            Need(need) == Need::Consent ? sentenceOf(PermissionState::NotProven) : labelOf(Need(need));
        QCOMPARE(plan->checks.front().reason, given ? QString() : missing);
    }

    // Whatever such a check says of its needs.
    void activeChecksNeedPermission()
    {
        const auto registry = registryWith({fakeCheck(u"access.tenant-isolation"_s, Scope::Target, passes)});
        auto r = request();
        r.only = {u"access.tenant-isolation"_s};
        r.permission = PermissionState::Expired;
        auto plan = makePlan(r, shippedCatalog(), registry);
        QVERIFY(!plan->checks.front().runs);
        QCOMPARE(plan->checks.front().reason, sentenceOf(PermissionState::Expired));
        r.active = ActiveTerms();
        plan = makePlan(r, shippedCatalog(), registry);
        QVERIFY(plan->checks.front().runs);
    }

    // So that a keychain is asked for its password only when there is a use for what it holds.
    void tellsWhatARunWillNeed()
    {
        Check token = fakeCheck(u"edge.waf-rules"_s, Scope::Target, passes);
        token.needs = {Need::ApiToken};
        const auto registry = registryWith({token, fakeCheck(u"mail.mx"_s, Scope::Target, passes)});
        auto r = request();
        QVERIFY(looksFor(Need::ApiToken, r, shippedCatalog(), registry));
        QVERIFY(!looksFor(Need::Routes, r, shippedCatalog(), registry));
        r.skip = {u"edge.*"_s};
        QVERIFY(!looksFor(Need::ApiToken, r, shippedCatalog(), registry));
        r.skip = {};
        r.only = {u"mail.mx"_s};
        QVERIFY(!looksFor(Need::ApiToken, r, shippedCatalog(), registry));
    }

    void checkAgainIsForOneHost()
    {
        auto r = request();
        r.only = {u"http.hsts"_s};
        r.onlyHost = u"api.acme.test"_s;
        const auto registry = registryWith({fakeCheck(u"http.hsts"_s, Scope::EachHost, passes)});
        QCOMPARE(runsIn(*makePlan(r, shippedCatalog(), registry)), u"http.hsts api.acme.test"_s);
    }

    void tellsOnWhichHostsAChecksResultsHold()
    {
        auto r = request();
        r.target.hosts.push_back({HostRole::Mail, u"mx.acme.test"_s});
        r.only = {u"http.*"_s, u"mail.mx"_s};
        r.onlyHost = u"api.acme.test"_s;
        Check cors = fakeCheck(u"http.cors"_s, Scope::EachHost, passes);
        cors.roles = {HostRole::Api};
        Check csp = fakeCheck(u"http.csp"_s, Scope::EachHost, passes);
        csp.roles = {HostRole::App};
        const auto registry = registryWith({fakeCheck(u"http.hsts"_s, Scope::EachHost, passes), cors, csp,
                                            fakeCheck(u"mail.mx"_s, Scope::Target, passes)});
        QCOMPARE(makePlan(r, shippedCatalog(), registry)->askedHosts,
                 (AskedHosts{{u"http.cors"_s, {u"api.acme.test"_s}},
                             {u"http.csp"_s, {}},
                             {u"http.hsts"_s, {u"acme.test"_s, u"api.acme.test"_s}}}));
    }

    void thresholdsOfTheRoadmapBecomeThePolicy()
    {
        const auto roadmaps = loadRoadmaps();
        QVERIFY(roadmaps);
        QMap<QString, int> limits;
        for (const Roadmap &roadmap : *roadmaps)
            limits.insert(roadmap.id, policyOf(roadmap).p95LimitMs.value_or(0));
        QCOMPARE(limits, (QMap<QString, int>{{u"internal-ops-saas"_s, 0},
                                             {u"internal-ops-mobile"_s, 0},
                                             {u"internal-ops-chatbot"_s, 500},
                                             {u"b2b-client-portal"_s, 500},
                                             {u"ai-marketplace"_s, 800}}));
    }
};

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
