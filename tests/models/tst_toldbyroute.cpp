// A finding that an earlier version raised of all routes, and those that are told of each route in its place.
#include "models/toldbyroute.h"

#include "models/projectstate.h"
#include "models/unseen.h"
#include "tests/models/samplestate.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"abuse.schema"_s;

Finding findingAt(const QString &subject, const QString &code = u"crash"_s, const QString &host = u"api.example.com"_s)
{
    Finding finding = sample::finding(kCheck, Severity::Medium);
    finding.code = code;
    finding.host = host;
    finding.subject = subject;
    return finding;
}

CheckResult lookWith(std::vector<Finding> findings, const std::vector<Unseen> &gaps = {})
{
    CheckResult result{.checkId = kCheck, .host = {}, .outcome = findings.empty() ? Outcome::Info : Outcome::Warn};
    result.findings = std::move(findings);
    noteUnseen(gaps, result.observed);
    return result;
}

// Of one finding: "found replaced".
QString eventsOf(const Finding &finding, const ProjectState &state)
{
    QStringList words;
    for (const HistoryEntry &entry : state.history) {
        if (entry.findingId == finding.id())
            words.append(entry.event);
    }
    return words.join(u' ');
}

} // namespace

class TestToldByRoute : public QObject
{
    Q_OBJECT

private slots:
    void knowsTheOldOne();
    void closesTheOldOne_data();
    void closesTheOldOne();
    void takesTheDecisionAlong();
};

void TestToldByRoute::knowsTheOldOne()
{
    QVERIFY(isOfAllRoutes(findingAt({})));
    QVERIFY(!isOfAllRoutes(findingAt(u"PATCH /me"_s)));
    QVERIFY(!isOfAllRoutes(findingAt({}, u"test_record_left"_s))); // is of no route
    Finding other = findingAt({});
    other.checkId = u"abuse.upload"_s;
    QVERIFY(!isOfAllRoutes(other));
    QCOMPARE(idOfAllRoutes(findingAt(u"PATCH /me"_s)), findingAt({}).id());
    QCOMPARE(idOfAllRoutes(findingAt({})), QString());
    QCOMPARE(idOfAllRoutes(other), QString());
}

void TestToldByRoute::closesTheOldOne_data()
{
    QTest::addColumn<CheckResult>("now");
    QTest::addColumn<QString>("events"); // of the old one
    const std::vector<Unseen> someRoute{{.subject = u"PATCH /me"_s}};
    const Finding same = findingAt(u"PATCH /me"_s);
    QTest::newRow("told of a route") << lookWith({same}) << u"found replaced"_s;
    QTest::newRow("told of a route where not all was seen") << lookWith({same}, someRoute) << u"found replaced"_s;
    QTest::newRow("told of a route, and another was not seen")
        << lookWith({same}, {{.subject = u"POST /notes"_s}}) << u"found"_s;
    QTest::newRow("told of a route, and at another one this fault was not seen")
        << lookWith({same}, {{.subject = u"POST /notes"_s, .code = u"crash"_s, .host = u"api.example.com"_s}})
        << u"found"_s;
    QTest::newRow("told of a route, and another fault or host was not seen")
        << lookWith({same}, {{.subject = u"POST /notes"_s, .code = u"sql_error"_s},
                             {.subject = u"POST /notes"_s, .host = u"app.example.com"_s}})
        << u"found replaced"_s;
    QTest::newRow("told of a route before the look ended early") << lookWith({same}, {{}}) << u"found"_s;
    QTest::newRow("told of another host's route")
        << lookWith({findingAt(u"PATCH /me"_s, u"crash"_s, u"app.example.com"_s)}, someRoute) << u"found"_s;
    QTest::newRow("another fault of a route")
        << lookWith({findingAt(u"PATCH /me"_s, u"sql_error"_s)}, someRoute) << u"found"_s;
    QTest::newRow("all routes told, and it is gone") << lookWith({}) << u"found closed"_s;
    QTest::newRow("a route was not seen") << lookWith({}, someRoute) << u"found"_s;
    QTest::newRow("another fault of a route was not seen")
        << lookWith({}, {{.subject = u"PATCH /me"_s, .code = u"sql_error"_s}}) << u"found closed"_s;
}

void TestToldByRoute::closesTheOldOne()
{
    QFETCH(CheckResult, now);
    ProjectState state;
    const Finding old = findingAt({});
    applyResults(state, {lookWith({old})}, sample::noon());
    applyResults(state, {now}, sample::noon().addDays(1));
    QTEST(eventsOf(old, state), "events");
    QCOMPARE(state.findings.at(old.id()).isOpen(), eventsOf(old, state) == "found"_L1);
}

// What was accepted of the routes that it names need not be accepted again of each. Of one that it does not name, or
// that is found later, it was not.
void TestToldByRoute::takesTheDecisionAlong()
{
    ProjectState state;
    Finding old = findingAt({});
    old.whatWeSaw = u"PATCH /me (name: nothing); POST /notes/{id} (an empty body). Wanted: 400."_s;
    const Finding me = findingAt(u"PATCH /me"_s);
    const Finding notes = findingAt(u"POST /notes"_s);
    const Finding teams = findingAt(u"POST /teams"_s);
    applyResults(state, {lookWith({old})}, sample::noon());
    state.decisions.emplace(old.id(), sample::decision(old.id(), DecisionKind::Accepted));
    applyResults(state, {lookWith({me, notes})}, sample::noon().addDays(1));
    QVERIFY(!state.decisions.contains(notes.id()));
    QCOMPARE(state.decisions.at(me.id()).kind, DecisionKind::Accepted);
    QCOMPARE(state.decisions.at(me.id()).findingId, me.id());
    QCOMPARE(eventsOf(me, state), u"found carried"_s);
    applyResults(state, {lookWith({me, teams})}, sample::noon().addDays(2));
    QVERIFY(!state.decisions.contains(teams.id()));
}

QTEST_GUILESS_MAIN(TestToldByRoute)
#include "tst_toldbyroute.moc"
