#include "storetest.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using test::kNoon;

// What is saved comes back: settings, what runs saw, and what was decided and answered.
class TestProjectStore : public test::StoreTest
{
    Q_OBJECT

private slots:
    void init() { create(); }
    void cleanup() { m_store.reset(); }
    void keepsSettings();
    void foldsARunIntoFindings();
    void closesAFindingWhenAReCheckPasses();
    void keepsALookWhenACheckDidNotRun();
    void replacesWhatWasSaidForAllHosts();
    void followsARunThatGoesOn();
    void keepsTheLastRunOverRecordLooks();
    void forgetsHostsThatAreGone();
    void keepsDecisions();
    void refusesAnIncompleteDecision();
    void keepsAnswersWithAttachments();
    void forgetsWhatIsNoLongerAsked();
};

void TestProjectStore::keepsSettings()
{
    QCOMPARE(reloaded().settings, test::settings());
    ProjectSettings changed = test::settings();
    changed.name = u"Renamed"_s;
    changed.roadmapId = u"ai-marketplace"_s;
    changed.target.hosts.pop_back();
    QVERIFY(m_store->saveSettings(changed));
    QCOMPARE(reloaded().settings, changed);
}

void TestProjectStore::foldsARunIntoFindings()
{
    const Result<ProjectState> saved = m_store->saveRun(test::runWith({test::finding()}));
    QVERIFY(saved);
    QCOMPARE(saved->findings.size(), 1u);
    const ProjectState loaded = reloaded();
    QCOMPARE(loaded.findings, saved->findings);
    QCOMPARE(loaded.latest, saved->latest);
    QCOMPARE(loaded.history, saved->history);
    QVERIFY(loaded.lastRun);
    QCOMPARE(loaded.lastRun, saved->lastRun);
    QCOMPARE(loaded.lastRun->finished, kNoon);
    QVERIFY(loaded.lastRun->results.empty());
}

void TestProjectStore::closesAFindingWhenAReCheckPasses()
{
    QVERIFY(m_store->saveRun(test::runWith({test::finding()})));
    QVERIFY(m_store->saveRun(test::runWith({}, kNoon.addSecs(60))));
    const ProjectState loaded = reloaded();
    QCOMPARE(loaded.findings.size(), 1u);
    QVERIFY(!loaded.findings.begin()->second.isOpen());
    QCOMPARE(loaded.findings.begin()->second.firstSeen, kNoon);
    QCOMPARE(loaded.history.size(), 2u);
}

void TestProjectStore::keepsALookWhenACheckDidNotRun()
{
    QVERIFY(m_store->saveRun(test::runWith({})));
    Run offline = test::runWith({}, kNoon.addSecs(60));
    offline.results.front().outcome = Outcome::NotRun;
    const Result<ProjectState> saved = m_store->saveRun(offline);
    QVERIFY(saved);
    QCOMPARE(saved->latest.at(u"mail.dmarc"_s).outcome, Outcome::Pass);
    QCOMPARE(reloaded().latest, saved->latest);
}

void TestProjectStore::replacesWhatWasSaidForAllHosts()
{
    Run notBuilt = test::runWith({});
    notBuilt.results.front().outcome = Outcome::NotRun;
    QVERIFY(m_store->saveRun(notBuilt));
    Run onHost = test::runWith({}, kNoon.addSecs(60));
    onHost.results.front().host = u"app.example.com"_s;
    const Result<ProjectState> saved = m_store->saveRun(onHost);
    QVERIFY(saved);
    QCOMPARE(saved->latest.size(), 1u);
    QCOMPARE(reloaded().latest, saved->latest);
}

void TestProjectStore::followsARunThatGoesOn()
{
    Run run = test::runWith({test::finding()});
    run.stopped = true; // until it has ended
    const Result<ProjectState> begun = m_store->saveRun(run);
    QVERIFY(begun);
    run.id = begun->lastRun->id;
    run.stopped = false;
    run.finished = kNoon.addSecs(60);
    const Result<ProjectState> ended = m_store->saveRun(run);
    QVERIFY(ended);
    QCOMPARE(ended->lastRun->id, begun->lastRun->id);
    QCOMPARE(ended->history, begun->history); // the same finding is found once
    const ProjectState loaded = reloaded();
    QCOMPARE(loaded.lastRun, ended->lastRun);
    QCOMPARE(loaded.lastRun->finished, kNoon.addSecs(60));
    QVERIFY(!loaded.lastRun->stopped);
}

// The program looks for changed records by itself, up to every quarter of an hour: neither the date of the last look at
// the product nor the size of the file follows that.
void TestProjectStore::keepsTheLastRunOverRecordLooks()
{
    Run whole = test::runWith({});
    CheckResult drift = whole.results.front();
    drift.checkId = u"dns.drift"_s;
    whole.results.push_back(drift);
    const qint64 wholeId = m_store->saveRun(whole).value().lastRun->id;
    for (int hour = 1; hour <= 50; ++hour) { // every second one sees what the one before saw
        Run look = test::runWith({}, kNoon.addSecs(hour * 3600));
        look.results = {drift};
        look.results.front().duration = std::chrono::milliseconds(hour / 2);
        QVERIFY(m_store->saveRun(look));
    }
    const ProjectState loaded = reloaded();
    QVERIFY(loaded.lastRun);
    QCOMPARE(loaded.lastRun->id, wholeId);
    QCOMPARE(loaded.lastRun->finished, kNoon);
    QCOMPARE(loaded.latest.at(u"dns.drift"_s).duration, std::chrono::milliseconds(25));
    QCOMPARE(countOf(u"run"_s), 2);

    const Run again = test::runWith({}, kNoon.addDays(3)); // it says the same as the first
    QVERIFY(m_store->saveRun(again));
    QCOMPARE(reloaded().lastRun->finished, again.finished);
    QCOMPARE(countOf(u"run"_s), 2);
}

void TestProjectStore::forgetsHostsThatAreGone()
{
    ProjectSettings settings = test::settings();
    settings.target.hosts.push_back({HostRole::Other, u"gone.example.com"_s});
    QVERIFY(m_store->saveSettings(settings));
    Finding there = test::finding();
    there.host = u"gone.example.com"_s;
    Run run = test::runWith({there});
    run.results.front().host = there.host;
    QVERIFY(m_store->saveRun(run));
    QVERIFY(m_store->saveDecision({there.id(), DecisionKind::FixNow, {}, {}, u"Sam"_s, kNoon}));
    QVERIFY(m_store->saveSettings(settings)); // the same hosts: nothing goes
    QCOMPARE(reloaded().findings.size(), 1u);
    settings.target.hosts.pop_back();
    QVERIFY(m_store->saveSettings(settings));
    const ProjectState loaded = reloaded();
    QVERIFY(loaded.findings.empty());
    QVERIFY(loaded.latest.empty());
    QVERIFY(loaded.decisions.empty());
    QCOMPARE(loaded.history.size(), 2u);
}

void TestProjectStore::keepsDecisions()
{
    const Decision later{u"f1"_s, DecisionKind::FixLater, QDate(2026, 4, 1), u"after launch"_s, u"Sam"_s, kNoon};
    const Decision now{u"f2"_s, DecisionKind::FixNow, {}, u""_s, u"Sam"_s, kNoon};
    QVERIFY(m_store->saveDecision(later));
    QVERIFY(m_store->saveDecision(now));
    QCOMPARE(reloaded().decisions.at(u"f1"_s), later);
    QCOMPARE(reloaded().decisions.at(u"f2"_s), now);
    QVERIFY(m_store->removeDecision(u"f1"_s, kNoon.addSecs(1)));
    const ProjectState loaded = reloaded();
    QVERIFY(!loaded.decisions.contains(u"f1"_s));
    QCOMPARE(loaded.history.size(), 3u);
    QCOMPARE(loaded.history.back().at, kNoon.addSecs(1));
}

void TestProjectStore::refusesAnIncompleteDecision()
{
    const Result<void> saved = m_store->saveDecision({u"f1"_s, DecisionKind::Accepted, {}, {}, {}, kNoon});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::BadInput);
    QVERIFY(reloaded().decisions.empty());
}

void TestProjectStore::keepsAnswersWithAttachments()
{
    QVERIFY(m_store->saveAnswer(test::answer(u"a"_s)));
    Answer changed = test::answer(u"a"_s, u"Second thought"_s);
    changed.attachments.pop_back();
    QVERIFY(m_store->saveAnswer(changed));
    QVERIFY(m_store->saveAnswer(test::answer(u"b"_s)));
    QCOMPARE(reloaded().answers, (std::map<QString, Answer>{{u"a"_s, changed}, {u"b"_s, test::answer(u"b"_s)}}));
    QVERIFY(m_store->removeAnswer(u"a"_s));
    QCOMPARE(reloaded().answers.size(), 1u);
}

// The host has another role now: the next run, whatever else it looks at, does away with what the old role said.
void TestProjectStore::forgetsWhatIsNoLongerAsked()
{
    Finding finding = test::finding();
    finding.host = u"app.example.com"_s;
    Run before = test::runWith({finding});
    before.results.front().host = finding.host;
    QVERIFY(m_store->saveRun(before));

    Run after = test::runWith({}, test::kNoon.addDays(1));
    after.results.clear();
    after.askedHosts = {{finding.checkId, {u"api.example.com"_s}}};
    QVERIFY(m_store->saveRun(after));
    const auto loaded = m_store->load();
    QVERIFY(loaded);
    QVERIFY(loaded->latest.empty());
    QVERIFY(!loaded->findings.at(finding.id()).isOpen());
    QCOMPARE(loaded->history.back().event, u"closed"_s);
}

QTEST_GUILESS_MAIN(TestProjectStore)
#include "tst_projectstore.moc"
