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
        QCOMPARE(plan->checks.front().reason, given ? QString() : labelOf(Need(need)));
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
