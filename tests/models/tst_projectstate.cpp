#include "models/itemstate.h"
#include "models/lookmemory.h"
#include "models/projectstate.h"
#include "models/targetchange.h"
#include "models/unseen.h"

#include "tests/models/samplestate.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Finding onHost(const QString &host)
{
    Finding finding = sample::finding(u"x.y"_s, Severity::High);
    finding.host = host;
    return finding;
}

// "found closed reopened"
QString events(const ProjectState &state)
{
    QStringList words;
    for (const HistoryEntry &entry : state.history)
        words.append(entry.event);
    return words.join(u' ');
}

} // namespace

class TestProjectState : public QObject
{
    Q_OBJECT

private slots:
    void followsAFindingOverTime();
    void closes_data();
    void closes();
    void closesNothingUnseen_data();
    void closesNothingUnseen();
    void closesNothingAtAnUnseenPlace_data();
    void closesNothingAtAnUnseenPlace();
    void closesWhenTheNextLookSeesAll();
    void foldsThousandsOfFindings();
    void keepsWhatWasKnownWhenACheckDidNotRun();
    void anErrorTakesNoMemoryAway();
    void hostsSpeakForThemselves_data();
    void hostsSpeakForThemselves();
    void forgetsHostsThatAreGone();
    void keepsWhatWasSaidOfAHostThatIsGone();
    void forgetsTheTargetWhenItsDomainChanges();
};

void TestProjectState::followsAFindingOverTime()
{
    ProjectState state;
    Finding finding = onHost(u"a.example"_s);
    sample::open(state, finding);
    state.decisions[finding.id()] = sample::decision(finding.id(), DecisionKind::FixNow);

    finding.whatWeSaw = u"seen again"_s;
    applyResults(state, {sample::result(u"x.y"_s, Outcome::Fail, u"a.example"_s, {finding})},
                 sample::noon().addDays(1));
    QCOMPARE(state.findings.at(finding.id()).finding.whatWeSaw, u"seen again"_s);
    QCOMPARE(state.findings.at(finding.id()).firstSeen, sample::noon());
    QCOMPARE(state.findings.at(finding.id()).lastSeen, sample::noon().addDays(1));
    QCOMPARE(events(state), u"found"_s);

    applyResults(state, {sample::result(u"x.y"_s, Outcome::Pass, u"a.example"_s)}, sample::noon().addDays(2));
    QCOMPARE(state.findings.at(finding.id()).closedAt, sample::noon().addDays(2));
    QVERIFY(openFindings(state).empty());

    applyResults(state, {sample::result(u"x.y"_s, Outcome::Fail, u"a.example"_s, {finding})},
                 sample::noon().addDays(3));
    QVERIFY(state.findings.at(finding.id()).isOpen());
    QCOMPARE(events(state), u"found closed reopened"_s);
    QVERIFY(state.decisions.contains(finding.id()));
}

void TestProjectState::closes_data()
{
    QTest::addColumn<QString>("findingHost");
    QTest::addColumn<QString>("checkId");
    QTest::addColumn<QString>("lookHost");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<bool>("closes");
    const auto row = [](const char *name, const QString &findingHost, const QString &lookHost, Outcome outcome,
                        bool closes) {
        QTest::newRow(name) << findingHost << u"x.y"_s << lookHost << outcome << closes;
    };
    const QString a = u"a.example"_s;
    const QString b = u"b.example"_s;
    row("pass on its host", a, a, Outcome::Pass, true);
    row("info on its host", a, a, Outcome::Info, true);
    row("does not apply any more", a, a, Outcome::NotApplicable, true);
    row("not run", a, a, Outcome::NotRun, false);
    row("error", a, a, Outcome::Error, false);
    row("pass on another host", a, b, Outcome::Pass, false);
    row("pass on the whole target", a, QString(), Outcome::Pass, true);
    row("whole target passes", QString(), QString(), Outcome::Pass, true);
    row("whole target in error", QString(), QString(), Outcome::Error, false);
    QTest::newRow("another check") << a << u"x.z"_s << a << Outcome::Pass << false;
}

void TestProjectState::closes()
{
    QFETCH(QString, findingHost);
    QFETCH(QString, checkId);
    QFETCH(QString, lookHost);
    QFETCH(Outcome, outcome);
    ProjectState state;
    sample::open(state, onHost(findingHost));
    // The look that raised it was on its own host, so it is looked at again only by looks that cover that.
    if (lookHost.isEmpty() && !findingHost.isEmpty())
        state.latest.clear();
    applyResults(state, {sample::result(checkId, outcome, lookHost)}, sample::noon().addDays(1));
    QTEST(openFindings(state).empty(), "closes");
}

// A look that says what it could not see leaves open what may be there.
void TestProjectState::closesNothingUnseen_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<std::vector<Unseen>>("gaps");
    QTest::addColumn<bool>("closes");
    const QString why = u"mx1 did not answer."_s;
    const auto row = [](const char *name, Outcome outcome, const QString &reason, const std::vector<Unseen> &gaps,
                        bool closes) { QTest::newRow(name) << outcome << reason << gaps << closes; };
    using enum Outcome;
    row("everything was seen", Pass, {}, {}, true);
    row("a reason, and everything was seen", Info, why, {}, true);
    row("something was not seen", Info, why, {{}}, false);
    row("a pass, something was not seen", Pass, why, {{}}, false);
    row("another fault, something was not seen", Warn, why, {{}}, false);
    row("a worse fault, something was not seen", Fail, why, {{}}, false);
    row("its code was not seen of any subject", Info, why, {{{}, u"broken"_s}}, false);
    row("another code was not seen of any subject", Info, why, {{{}, u"old"_s}}, true);
    row("its subject was not seen", Info, why, {{u"mx1"_s}}, false);
    row("another subject was not seen", Info, why, {{u"mx2"_s}}, true);
    row("one of two subjects is its own", Info, why, {{u"mx2"_s}, {u"mx1"_s}}, false);
    row("its code was not seen of its subject", Pass, why, {{u"mx1"_s, u"broken"_s}}, false);
    row("another code was not seen of its subject", Pass, why, {{u"mx1"_s, u"old"_s}}, true);
    row("its code was not seen of another subject", Pass, why, {{u"mx2"_s, u"broken"_s}}, true);
    row("another host was not seen", Pass, why, {{u"mx1"_s, {}, u"b.example"_s}}, true);
    row("does not apply, and says why", NotApplicable, why, {}, true);
}

void TestProjectState::closesNothingUnseen()
{
    QFETCH(Outcome, outcome);
    QFETCH(QString, reason);
    QFETCH(std::vector<Unseen>, gaps);
    for (const QString &host : {u"a.example"_s, QString()}) { // on one host, and about the whole target
        Finding finding = onHost(host);
        finding.subject = u"mx1"_s;
        ProjectState state;
        sample::open(state, finding);
        CheckResult look = sample::result(u"x.y"_s, outcome, host);
        look.reason = reason;
        noteUnseen(gaps, look.observed);
        applyResults(state, {look}, sample::noon().addDays(1));
        QTEST(openFindings(state).empty(), "closes");
        applyResults(state, {sample::result(u"x.y"_s, Outcome::Pass, host)}, sample::noon().addDays(2));
        QVERIFY(openFindings(state).empty());
    }
}

void TestProjectState::closesNothingAtAnUnseenPlace_data()
{
    QTest::addColumn<QString>("gap");
    QTest::addColumn<bool>("isExact"); // of that subject alone
    QTest::addColumn<bool>("closes");
    QTest::newRow("the place") << u"PATCH /me"_s << false << false;
    QTest::newRow("another place") << u"PATCH /teams"_s << false << true;
    QTest::newRow("the beginning of a word") << u"PATCH /m"_s << false << true;
    QTest::newRow("another thing at the place") << u"PATCH /me owner"_s << false << true;
    QTest::newRow("the place alone") << u"PATCH /me"_s << true << true;
    QTest::newRow("the whole subject alone") << u"PATCH /me role"_s << true << false;
}

// Its findings name more than the place.
void TestProjectState::closesNothingAtAnUnseenPlace()
{
    QFETCH(QString, gap);
    QFETCH(bool, isExact);
    Finding finding = onHost({});
    finding.subject = u"PATCH /me role"_s;
    CheckResult look;
    look.outcome = Outcome::Info;
    const Unseen unseen{.subject = gap, .isExact = isExact};
    noteUnseen({unseen}, look.observed);
    QTEST(hasSeen(look, finding), "closes");
    QCOMPARE(unseenIn(look.observed), std::vector<Unseen>{unseen});
}

// A look at one host found something about another, which has no look of its own.
void TestProjectState::closesWhenTheNextLookSeesAll()
{
    const QString a = u"a.example"_s;
    for (const Outcome between : {Outcome::Info, Outcome::Error}) {
        ProjectState state;
        applyResults(state, {sample::result(u"x.y"_s, Outcome::Fail, a, {onHost(u"b.example"_s)})}, sample::noon());
        CheckResult partial = sample::result(u"x.y"_s, between, a);
        noteUnseen({{}}, partial.observed);
        applyResults(state, {partial}, sample::noon().addDays(1));
        QCOMPARE(openFindings(state).size(), 1U);
        applyResults(state, {sample::result(u"x.y"_s, Outcome::Pass, a)}, sample::noon().addDays(2));
        QVERIFY(openFindings(state).empty());
    }
}

// An API with thousands of open routes: comparing each finding with each took 11 seconds, looking them up takes 60 ms.
void TestProjectState::foldsThousandsOfFindings()
{
    std::vector<Finding> findings(3000, onHost(u"a.example"_s));
    for (int i = 0; Finding & finding : findings)
        finding.subject = QString(200, u'a') + QString::number(i++);
    ProjectState state;
    QElapsedTimer clock;
    clock.start();
    applyResults(state, {sample::result(u"x.y"_s, Outcome::Fail, u"a.example"_s, findings)}, sample::noon());
    QVERIFY2(clock.elapsed() < 3000, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
    QCOMPARE(openFindings(state).size(), findings.size());
}

void TestProjectState::keepsWhatWasKnownWhenACheckDidNotRun()
{
    ProjectState state;
    applyResults(state, {sample::result(u"x.y"_s, Outcome::NotRun)}, sample::noon());
    QCOMPARE(state.latest.at(u"x.y"_s).outcome, Outcome::NotRun);
    applyResults(state, {sample::result(u"x.y"_s, Outcome::Pass)}, sample::noon());
    applyResults(state, {sample::result(u"x.y"_s, Outcome::NotRun)}, sample::noon());
    QCOMPARE(state.latest.at(u"x.y"_s).outcome, Outcome::Pass);
    applyResults(state, {sample::result(u"x.y"_s, Outcome::Error)}, sample::noon());
    QCOMPARE(state.latest.at(u"x.y"_s).outcome, Outcome::Error);
}

void TestProjectState::anErrorTakesNoMemoryAway()
{
    ProjectState state;
    const auto take = [&](Outcome outcome, const QJsonObject &observed) {
        CheckResult result = sample::result(u"x.y"_s, outcome);
        result.observed = observed;
        applyResults(state, {result}, sample::noon());
        return memoryOf(state.latest.at(u"x.y"_s));
    };
    const QJsonObject told{{u"files"_s, 3}};
    QCOMPARE(take(Outcome::Error, {{u"sent"_s, 1}}), QJsonObject()); // nothing was told yet
    QCOMPARE(take(Outcome::Fail, told), told);
    QCOMPARE(take(Outcome::Error, {{u"sent"_s, 1}}), told);
    QCOMPARE(take(Outcome::Error, {}), told);
    QCOMPARE(state.latest.at(u"x.y"_s).observed.value(u"files"_s), QJsonValue(QJsonValue::Undefined));
    QCOMPARE(take(Outcome::Pass, {}), QJsonObject());
    QCOMPARE(take(Outcome::Error, {}), QJsonObject());
}

void TestProjectState::hostsSpeakForThemselves_data()
{
    QTest::addColumn<QString>("firstHost");
    QTest::addColumn<Outcome>("first");
    QTest::addColumn<QString>("secondHost");
    QTest::addColumn<Outcome>("second");
    QTest::addColumn<QStringList>("known");
    QTest::addColumn<ItemState>("state");
    const QString a = u"a.example"_s;
    const QStringList onHost{u"x.y@a.example"_s};
    const QStringList onTarget{u"x.y"_s};
    QTest::newRow("not built, then built")
        << QString() << Outcome::NotRun << a << Outcome::Pass << onHost << ItemState::Proven;
    QTest::newRow("no such host, then one")
        << QString() << Outcome::NotApplicable << a << Outcome::Pass << onHost << ItemState::Proven;
    QTest::newRow("looked at, then in need of something")
        << a << Outcome::Pass << QString() << Outcome::NotRun << onHost << ItemState::Proven;
    QTest::newRow("looked at, then on no host")
        << a << Outcome::Pass << QString() << Outcome::NotApplicable << onTarget << ItemState::NotApplicable;
    QTest::newRow("never run on its host, then in need of something")
        << a << Outcome::NotRun << QString() << Outcome::NotRun << onTarget << ItemState::NotLookedAt;
}

void TestProjectState::hostsSpeakForThemselves()
{
    QFETCH(QString, firstHost);
    QFETCH(Outcome, first);
    QFETCH(QString, secondHost);
    QFETCH(Outcome, second);
    ProjectState state;
    applyResults(state, {sample::result(u"x.y"_s, first, firstHost)}, sample::noon());
    applyResults(state, {sample::result(u"x.y"_s, second, secondHost)}, sample::noon());
    QStringList known;
    for (const auto &[key, result] : state.latest)
        known << key;
    QTEST(known, "known");
    QTEST(checkState(u"x.y"_s, state), "state");
}

void TestProjectState::forgetsHostsThatAreGone()
{
    const Host kept{HostRole::Site, u"a.example"_s};
    const Host gone{HostRole::Other, u"b.example"_s};
    ProjectState state;
    state.settings.target = {u"a.example"_s, {kept, gone}};
    const Finding here = onHost(kept.name);
    const Finding there = onHost(gone.name);
    sample::open(state, here);
    sample::open(state, there);
    state.decisions[here.id()] = sample::decision(here.id(), DecisionKind::FixNow);
    state.decisions[there.id()] = sample::decision(there.id(), DecisionKind::FixNow);
    Finding named = sample::finding(u"t.all"_s, Severity::High);
    named.host = gone.name; // a look at the whole target that spoke of the host
    applyResults(state,
                 {sample::result(u"t.all"_s, Outcome::Fail, {}, {named}), sample::result(u"t.other"_s, Outcome::Pass)},
                 sample::noon());
    Finding about = sample::finding(u"t.each"_s, Severity::High);
    about.subject = gone.name; // a finding about the whole target, one for each host
    sample::open(state, about);
    state.decisions[about.id()] = sample::decision(about.id(), DecisionKind::FixNow);
    const auto history = state.history;

    const Target same = state.settings.target;
    changeTarget(state, same);
    QCOMPARE(state.findings.size(), 4U);

    changeTarget(state, {u"a.example"_s, {kept}});
    QCOMPARE(state.settings.target.hosts, std::vector<Host>{kept});
    QCOMPARE(state.findings.size(), 1U);
    QVERIFY(state.findings.contains(here.id()));
    QCOMPARE(state.decisions.size(), 1U);
    QVERIFY(state.decisions.contains(here.id()));
    QCOMPARE(state.latest.size(), 2U); // of the host that stayed, and of the target
    QCOMPARE(state.history, history);
}

// A host that is taken out by mistake, and put back.
void TestProjectState::keepsWhatWasSaidOfAHostThatIsGone()
{
    const Host kept{HostRole::Site, u"www.a.example"_s};
    const Host gone{HostRole::Api, u"api.a.example"_s};
    ProjectState state;
    state.settings.target = {u"a.example"_s, {kept, gone}};
    for (const QString &host : {QString(), kept.name, gone.name}) {
        Route route;
        route.path = u"/api/me"_s;
        route.host = host;
        state.routes.push_back(route);
        state.accessRules.push_back({u"GET"_s, route.path, host, u"member"_s, Allowance::Allowed});
        state.samples.push_back({u"POST"_s, route.path, host, "application/json", "{}", {}});
    }
    const ProjectState before = state;
    QCOMPARE(routesOnTarget(state).size(), 3U);
    changeTarget(state, {u"a.example"_s, {kept}});
    QCOMPARE(state.routes, before.routes);
    QCOMPARE(state.accessRules, before.accessRules);
    QCOMPARE(state.samples, before.samples);
    const std::vector<Route> asked = routesOnTarget(state);
    QCOMPARE(asked.size(), 2U);
    QVERIFY(asked[0].host.isEmpty() && asked[1].host == kept.name);
    changeTarget(state, before.settings.target);
    QCOMPARE(routesOnTarget(state), before.routes);
}

void TestProjectState::forgetsTheTargetWhenItsDomainChanges()
{
    const Host kept{HostRole::Site, u"www.a.example"_s};
    ProjectState state;
    state.settings.target = {u"a.example"_s, {kept}};
    const Finding here = onHost(kept.name);
    const Finding mail = onHost({});
    sample::open(state, here);
    applyResults(state, {sample::result(u"mail.spf"_s, Outcome::Fail, {}, {mail})}, sample::noon());
    state.decisions[mail.id()] = sample::decision(mail.id(), DecisionKind::FixNow);

    changeTarget(state, {u"www.a.example"_s, {kept}});
    QCOMPARE(state.findings.size(), 1U);
    QVERIFY(state.findings.contains(here.id()));
    QCOMPARE(state.latest.size(), 1U);
    QVERIFY(state.decisions.empty());
}

QTEST_GUILESS_MAIN(TestProjectState)
#include "tst_projectstate.moc"
