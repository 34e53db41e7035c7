#include "checks/actors/crew.h"
#include "checks/actors/products.h"
#include "checks/engine/activegate.h"
#include "checks/engine/nothingtotry.h"
#include "models/unseen.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "anna admin acme; bob member acme!": name role tenant; "!" for one that may be locked.
std::vector<TestActor> actorsOf(const QString &text)
{
    std::vector<TestActor> actors;
    for (const QString &line : text.split(u';', Qt::SkipEmptyParts)) {
        TestActor actor;
        const QString plain = line.trimmed();
        actor.isThrowAway = plain.endsWith(u'!');
        const QStringList words = QString(plain).remove(u'!').split(u' ');
        actor.id = actor.name = words.value(0);
        actor.role = words.value(1);
        actor.tenant = words.value(2);
        actors.push_back(actor);
    }
    return actors;
}

QString nameOf(const TestActor *actor)
{
    return actor ? actor->name : u"-"_s;
}

Target targetOf(const QStringList &hosts)
{
    Target target{.domain = u"acme.example"_s, .hosts = {}};
    for (const QString &host : hosts)
        target.hosts.push_back({HostRole::Other, host});
    return target;
}

// "a acme api.acme.example admin api.acme.example": name, tenant, where it signs in, then its role, and where it asks
// who it is; "!" before the name of a signing key.
ProjectFacts factsOf(const QString &text)
{
    ProjectFacts facts;
    for (const QString &line : text.split(u';', Qt::SkipEmptyParts)) {
        const QStringList words = line.trimmed().split(u' ');
        TestActor actor;
        actor.id = actor.name = words.value(0);
        actor.tenant = words.value(1);
        actor.signIn.url = u"https://"_s + words.value(2) + u"/login"_s;
        actor.role = words.value(3);
        if (words.size() > 4)
            actor.whoAmIUrl = u"https://"_s + words[4] + u"/me"_s;
        if (actor.name.startsWith(u'!')) {
            actor.signIn.kind = SignInKind::SigningKey;
            actor.signIn.headerName = u"Stripe-Signature"_s;
        }
        facts.actors.push_back(actor);
    }
    return facts;
}

// "a,b GET /x|c": the accounts and routes of each product.
QString printed(const std::vector<Product> &products)
{
    QStringList lines;
    for (const Product &product : products) {
        QStringList names;
        for (const TestActor &actor : product.facts.actors)
            names << actor.name;
        QStringList paths;
        for (const Route &route : product.facts.routes)
            paths << route.path;
        lines << (names.join(u',') + u' ' + paths.join(u',')).trimmed();
    }
    return lines.join(u'|');
}

ProductSight sightOf(const QString &name, Outcome outcome, const QStringList &codes = {})
{
    ProductSight sight{name, {}};
    sight.judged.outcome = outcome;
    const bool looked = outcome != Outcome::NotRun && outcome != Outcome::Error;
    (looked ? sight.judged.summary : sight.judged.reason) = u"said of "_s + name;
    for (const QString &code : codes) {
        Finding finding;
        finding.code = code;
        finding.severity = Severity::High;
        sight.judged.findings.push_back(finding);
    }
    sight.judged.observed = {{u"matrix"_s, QJsonArray{name}}, {u"requests"_s, 3}, {u"first"_s, name}};
    return sight;
}

} // namespace

Q_DECLARE_METATYPE(std::vector<ProductSight>)

class CrewTest : public QObject
{
    Q_OBJECT

private slots:
    void places_data()
    {
        QTest::addColumn<QString>("actors");
        QTest::addColumn<QString>("expected"); // member admin otherMember otherAdmin anybody
        QTest::newRow("all four") << u"a admin acme; m member acme; x admin globex; y member globex"_s
                                  << u"m a y x m"_s;
        QTest::newRow("tenant with both roles first")
            << u"x admin globex; m member acme; a admin acme"_s << u"m a - x m"_s;
        QTest::newRow("capitals of a tenant") << u"a admin Acme; m member acme"_s << u"m a - - m"_s;
        QTest::newRow("without tenants") << u"a admin; m member"_s << u"- - - - m"_s;
        QTest::newRow("what may be locked comes last") << u"t member acme!; m member acme"_s << u"m - - - m"_s;
        QTest::newRow("nothing but what may be locked") << u"t member acme!"_s << u"t - - - t"_s;
        QTest::newRow("who only looks gives way") << u"v viewer acme; m member acme"_s << u"m - - - v"_s;
        QTest::newRow("who shows a state signs in nowhere")
            << u"l locked acme; u Unverified acme; m member acme"_s << u"m - - - m"_s;
        QTest::newRow("nobody") << QString() << u"- - - - -"_s;
    }

    void places()
    {
        QFETCH(QString, actors);
        QFETCH(QString, expected);
        const std::vector<TestActor> list = actorsOf(actors);
        const Crew crew = crewOf(list);
        const QStringList names{nameOf(crew.member), nameOf(crew.admin), nameOf(crew.otherMember),
                                nameOf(crew.otherAdmin), nameOf(crew.anybody)};
        QCOMPARE(names.join(u' '), expected);
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QString>("actors");
        QTest::addColumn<int>("need");
        QTest::addColumn<QString>("part"); // of the sentence; empty: nothing is missing
        const auto row = [](const char *name, const QString &actors, CrewNeed need, const QString &part) {
            QTest::newRow(name) << actors << static_cast<int>(need) << part;
        };
        row("nobody", {}, CrewNeed::OneActor, u"test account"_s);
        row("one is enough", u"m member"_s, CrewNeed::OneActor, {});
        row("no tenant", u"a admin; m member"_s, CrewNeed::TwoTenants, u"which customer"_s);
        row("one tenant", u"a admin acme; m member acme"_s, CrewNeed::TwoTenants, u"second customer"_s);
        row("two tenants", u"m member acme; y member globex"_s, CrewNeed::TwoTenants, {});
        row("no admin", u"m member acme; y member globex"_s, CrewNeed::TwoRoles, u"an administrator"_s);
        row("no member", u"a admin acme"_s, CrewNeed::TwoRoles, u"no administrator"_s);
        row("both roles", u"a admin acme; m member acme"_s, CrewNeed::TwoRoles, {});
        row("three of four", u"a admin acme; m member acme; y member globex"_s, CrewNeed::Full, u"globex"_s);
        row("four", u"a admin acme; m member acme; y member globex; x admin globex"_s, CrewNeed::Full, {});
    }

    void saysWhatIsMissing()
    {
        QFETCH(QString, actors);
        QFETCH(int, need);
        QFETCH(QString, part);
        const std::vector<TestActor> list = actorsOf(actors);
        const Crew crew = crewOf(list);
        const QString missing = whatIsMissing(crew, static_cast<CrewNeed>(need));
        QCOMPARE(missing.isEmpty(), part.isEmpty());
        QVERIFY2(missing.contains(part), qPrintable(missing));
        const auto judged = crewMissing(crew, static_cast<CrewNeed>(need));
        QCOMPARE(judged.has_value(), !part.isEmpty());
        QVERIFY(!judged || (hadNothingToTry(*judged) && judged->reason == missing));
    }

    void tellsProductsApart_data()
    {
        QTest::addColumn<QString>("actors");
        QTest::addColumn<QString>("expected");
        QTest::newRow("one") << u"a acme api.x.example; b globex api.x.example"_s << u"a,b /api,/desk,/"_s;
        QTest::newRow("two, and who signs in elsewhere")
            << u"a acme api.x.example; p acme desk.x.example; b globex api.x.example; q globex desk.x.example; "
               u"c acme login.vendor.example"_s
            << u"a,b,c /api,/|p,q /desk"_s;
        QTest::newRow("a host for each customer")
            << u"a acme api.x.example; b globex desk.x.example"_s << u"a,b /api,/desk,/"_s;
        QTest::newRow("somebody alone at another host")
            << u"a acme api.x.example; b globex api.x.example; p acme desk.x.example"_s << u"a,b,p /api,/desk,/"_s;
        QTest::newRow("staging and a key are no customers")
            << u"a acme api.x.example; b globex api.x.example; s acme staging.x.example; t globex staging.x.example; "
               u"!k - -"_s
            << u"a,b /api,/desk,/"_s;
        const QString members = u"a acme api.x.example member; b globex api.x.example member; "_s;
        QTest::newRow("administrators at a host of their own")
            << members + u"p acme desk.x.example admin; q globex desk.x.example admin"_s << u"a,b,p,q /api,/desk,/"_s;
        QTest::newRow("administrators of other customers")
            << members + u"p initech desk.x.example admin; q hooli desk.x.example admin"_s << u"a,b /api,/|p,q /desk"_s;
        QTest::newRow("both roles at one of them")
            << members + u"p acme desk.x.example admin; q globex desk.x.example member"_s << u"a,b /api,/|p,q /desk"_s;
        QTest::newRow("one interface behind both")
            << u"a acme www.x.example - api.x.example; b globex www.x.example - api.x.example; "
               u"p acme desk.x.example - api.x.example; q globex desk.x.example - api.x.example"_s
            << u"a,b,p,q /api,/desk,/"_s;
        QTest::newRow("an interface for each")
            << u"a acme www.x.example - api.x.example; b globex www.x.example - api.x.example; "
               u"p acme desk.x.example - desk.x.example; q globex desk.x.example - desk.x.example"_s
            << u"a,b /api,/|p,q /desk"_s;
        QTest::newRow("nothing but staging") << u"s acme staging.x.example; !k - -"_s << u"s /api,/desk,/"_s;
        QTest::newRow("nobody") << QString() << u"/api,/desk,/"_s;
    }

    void tellsProductsApart()
    {
        QFETCH(QString, actors);
        const Target target =
            targetOf({u"api.x.example"_s, u"desk.x.example"_s, u"staging.x.example"_s, u"www.x.example"_s});
        ProjectFacts facts = factsOf(actors);
        facts.routes = {{.method = u"GET"_s, .path = u"/api"_s, .host = u"api.x.example"_s},
                        {.method = u"GET"_s, .path = u"/desk"_s, .host = u"desk.x.example"_s},
                        {.method = u"GET"_s, .path = u"/"_s, .host = u"www.x.example"_s}};
        QTEST(printed(productsOf(target, facts)), "expected");
    }

    void joinsWhatWasSeen_data()
    {
        QTest::addColumn<std::vector<ProductSight>>("sights");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<int>("findings");
        QTest::addColumn<bool>("hasReason");
        using enum Outcome;
        using Sights = std::vector<ProductSight>;
        const auto row = [](const char *name, const Sights &sights, Outcome outcome, int findings, bool hasReason) {
            QTest::newRow(name) << sights << outcome << findings << hasReason;
        };
        row("one", {sightOf(u"a"_s, Pass)}, Pass, 0, false);
        row("both good", {sightOf(u"a"_s, Pass), sightOf(u"b"_s, Pass)}, Pass, 0, false);
        row("one for information", {sightOf(u"a"_s, Pass), sightOf(u"b"_s, Info)}, Info, 0, false);
        row("the second is bad", {sightOf(u"a"_s, Pass), sightOf(u"b"_s, Fail, {u"x"_s})}, Fail, 1, false);
        row("the same twice", {sightOf(u"a"_s, Fail, {u"x"_s}), sightOf(u"b"_s, Fail, {u"x"_s, u"y"_s})}, Fail, 2,
            false);
        row("a part unseen is no pass", {sightOf(u"a"_s, Pass), sightOf(u"b"_s, NotRun)}, Info, 0, true);
        row("a part broken is no pass", {sightOf(u"a"_s, Error), sightOf(u"b"_s, Pass)}, Info, 0, true);
        row("a part without it", {sightOf(u"a"_s, NotApplicable), sightOf(u"b"_s, Pass)}, Pass, 0, false);
        row("found beside a gap", {sightOf(u"a"_s, NotRun), sightOf(u"b"_s, Fail, {u"x"_s})}, Fail, 1, true);
        row("nothing seen", {sightOf(u"a"_s, NotRun), sightOf(u"b"_s, Error)}, Error, 0, true);
        row("none has it", {sightOf(u"a"_s, NotApplicable), sightOf(u"b"_s, NotApplicable)}, NotApplicable, 0, false);
    }

    void joinsWhatWasSeen()
    {
        QFETCH(std::vector<ProductSight>, sights);
        QFETCH(bool, hasReason);
        const Judged all = joined(sights);
        QTEST(all.outcome, "outcome");
        QTEST(static_cast<int>(all.findings.size()), "findings");
        QCOMPARE(!all.reason.isEmpty(), hasReason);
        const bool isGap = hasReason && all.outcome != Outcome::Error;
        QCOMPARE(all.observed.contains("not_seen"_L1), isGap);
    }

    // There was nothing to try where no product has anything; what could not be tried at one of them is not that.
    void joinsWhatHadNothing()
    {
        const auto without = [](const QString &name) { return ProductSight{name, nothingToTry(u"Add some."_s)}; };
        using enum Outcome;
        QVERIFY(hadNothingToTry(joined({without(u"a"_s)})));
        QVERIFY(hadNothingToTry(joined({without(u"a"_s), without(u"b"_s)})));
        QVERIFY(!hadNothingToTry(joined({without(u"a"_s), sightOf(u"b"_s, NotRun)})));
        QVERIFY(!hadNothingToTry(joined({sightOf(u"a"_s, NotRun), without(u"b"_s)})));
        QVERIFY(!hadNothingToTry(joined({without(u"a"_s), sightOf(u"b"_s, Error)})));
        QVERIFY(!hadNothingToTry(joined({without(u"a"_s), sightOf(u"b"_s, Pass)})));
    }

    void joinsFacts()
    {
        const Judged all = joined({sightOf(u"a"_s, Outcome::Pass), sightOf(u"b"_s, Outcome::Pass)});
        QCOMPARE(all.observed["matrix"_L1].toArray(), (QJsonArray{u"a"_s, u"b"_s}));
        QCOMPARE(all.observed["requests"_L1].toInt(), 6);
        QCOMPARE(all.observed["first"_L1].toString(), u"a"_s);
        QCOMPARE(all.summary, u"a: said of a; b: said of b"_s);
    }

    // Each keeps its own facts, and what was not seen this time is not forgotten.
    void keepsFactsApart()
    {
        const Judged first = joined({sightOf(u"a"_s, Outcome::Pass), sightOf(u"b"_s, Outcome::Pass)});
        QCOMPARE(first.observed[kProductsKey]["a"_L1]["first"_L1].toString(), u"a"_s);
        QCOMPARE(first.observed[kProductsKey]["b"_L1]["first"_L1].toString(), u"b"_s);
        const Judged second =
            joined({sightOf(u"b"_s, Outcome::NotRun), sightOf(u"c"_s, Outcome::Pass)}, first.observed);
        QCOMPARE(second.observed[kProductsKey].toObject().keys(), (QStringList{u"b"_s, u"c"_s}));
        QCOMPARE(second.observed[kProductsKey]["b"_L1]["first"_L1].toString(), u"b"_s);
        QVERIFY(!joined({sightOf(u"a"_s, Outcome::Pass)}).observed.contains(kProductsKey));
    }

    void handsEachItsFactsAndHosts()
    {
        ProjectFacts facts = factsOf(u"a acme api.x.example; b globex api.x.example; p acme desk.x.example; "
                                     u"q globex desk.x.example"_s);
        const QJsonObject parts{{u"api.x.example"_s, QJsonObject{{u"invited"_s, u"one"_s}}},
                                {u"desk.x.example"_s, QJsonObject{{u"invited"_s, u"two"_s}}}};
        facts.observedBefore[u"access.invite"_s] = {{u"invited"_s, u"one"_s}, {kProductsKey, parts}};
        facts.observedBefore[u"access.roles"_s] = {{u"seen"_s, u"of the time before"_s}};
        const auto products =
            productsOf(targetOf({u"api.x.example"_s, u"desk.x.example"_s, u"www.x.example"_s}), facts);
        QCOMPARE(products.size(), std::size_t(2));
        QCOMPARE(products[1].facts.lastObserved(u"access.invite"_s)["invited"_L1].toString(), u"two"_s);
        QVERIFY(!products[1].facts.lastObserved(u"access.roles"_s).isEmpty());
        QCOMPARE(products[0].hosts, (QStringList{u"api.x.example"_s, u"www.x.example"_s}));
        QCOMPARE(products[1].hosts, QStringList{u"desk.x.example"_s});
    }

    // Each is asked with its own accounts, and what is announced is enough for all.
    void asksEachProduct()
    {
        ProjectFacts facts = factsOf(u"a acme api.x.example; b globex api.x.example; p acme desk.x.example; "
                                     u"q globex desk.x.example; r globex desk.x.example"_s);
        const Target target = targetOf({u"api.x.example"_s, u"desk.x.example"_s});
        const Check each = perProduct(
            Check{.id = u"access.test"_s, .requests = [](const Outlook &outlook) -> std::vector<RequestNeed> {
                      return {{.account = u"access.test"_s,
                               .most = static_cast<int>(outlook.facts.actors.size()),
                               .waits = std::chrono::seconds(12)}};
                  }});
        const std::vector<RequestNeed> needs = each.requests({target, facts});
        QCOMPARE(needs.size(), std::size_t(1));
        QCOMPARE(needs.front().most, 5);
        QCOMPARE(needs.front().atLeast(), 5);
        QCOMPARE(needs.front().waits, std::chrono::seconds(24)); // one after the other
    }

    void sharesACutGrant_data()
    {
        QTest::addColumn<int>("granted");
        QTest::addColumn<bool>("firstSends");
        QTest::addColumn<QString>("expected"); // announced by each, and "!" by the last one
        QTest::newRow("enough") << 50 << true << u"20 30!"_s;
        QTest::newRow("cut") << 30 << true << u"12 18!"_s;
        QTest::newRow("cut, and the first sends nothing") << 30 << false << u"12 30!"_s;
        QTest::newRow("hardly enough to begin") << 10 << true << u"5 5!"_s;
    }

    // The first does not take what the second cannot do without.
    void sharesACutGrant()
    {
        QFETCH(int, granted);
        QFETCH(bool, firstSends);
        const QString id = u"access.test"_s;
        const ProjectFacts facts = factsOf(u"a acme api.acme.example; b globex api.acme.example; "
                                           u"p acme desk.acme.example; q globex desk.acme.example; "
                                           u"r globex desk.acme.example"_s);
        const auto requestsOf = [=](const Outlook &outlook) -> std::vector<RequestNeed> {
            return {{.account = id, .most = 10 * static_cast<int>(outlook.facts.actors.size()), .fewest = 5}};
        };
        const Target target = targetOf({u"api.acme.example"_s, u"desk.acme.example"_s});
        const auto gate = std::make_shared<ActiveGate>(
            ActiveTerms{.budget = {.requests = 100, .perSecond = 5000}, .hosts = {u"api.acme.example"_s}},
            std::vector<Allotment>{{.account = id, .wanted = 50, .granted = granted}});
        Observations seen({}, {}, Deadline::in(std::chrono::seconds(30)), nullptr, passiveBudget(1), gate);
        QStringList announced;
        const auto spend = [&](const Look &look) {
            const int most = mayAnnounce(look, requestsOf({look.target, look.facts}).front());
            const bool isLast = isLastTurn(look, id);
            announced.append(QString::number(most) + (isLast ? u"!"_s : QString()));
            if (!gate->announce(id, most))
                return notRun(u"refused"_s);
            for (int i = 0; i < most && (isLast || firstSends); ++i) {
                if (!gate->enter({id, u"GET"_s, u"api.acme.example"_s, u"/"_s, {}}, seen.token(), seen.deadline()))
                    return notRun(u"not let out"_s);
            }
            gate->withdraw(id, most);
            return Judged();
        };
        const Check each = perProduct(Check{.id = id, .look = spend, .requests = requestsOf});
        const Judged judged = each.look({.seen = seen,
                                         .target = target,
                                         .policy = {},
                                         .facts = facts,
                                         .startedAt = QDateTime::currentDateTimeUtc()});
        QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(judged.reason));
        QTEST(announced.join(u' '), "expected");
        QVERIFY(gate->mostAnnouncedBy(id) <= granted);
    }
};

QTEST_GUILESS_MAIN(CrewTest)
#include "tst_crew.moc"
