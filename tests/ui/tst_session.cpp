// The session: runs with made-up checks, and changes that survive. Its file: tst_sessionfile.
#include "sessionlab.h"

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void runFindsAndKeeps();
    void checkAgainClosesWhatWasFixed();
    void stopEndsTheRun();
    void leavingARunKeepsWhatItFound();
    void aRunIsSavedWhileItGoesOn();
    void decisionSurvives();
    void answerChangesTheItem();
    void changingTheRoadmapKeepsFindings();
    void forgetsHostsThatAreGone();
    void refusesAnIncompleteDecision();
    void aRunKnowsTheHostsOfNow();
    void quickChangesOfMonitorsLoseNothing();
    void handoverKnowsWhatTheChecksRead();
    void keepsTheHistoryOfAFinding();
};

void TestSession::runFindsAndKeeps()
{
    FakeProject fake;
    {
        const auto session = fake.makeSession();
        create(*session, fake);
        QSignalSpy results(session.get(), &Session::resultsChanged);
        run(*session);
        QVERIFY(!results.isEmpty());
        QVERIFY(!session->isRunning());
        QCOMPARE(session->risks().size(), size_t(1));
        QCOMPARE(session->verdict().decision, VerdictDecision::NoGo);
        QVERIFY(!session->isPending(QString::fromLatin1(FakeProject::kFailing)));
    }
    const auto again = fake.makeSession();
    open(*again, fake, OpenMode::ReadWrite);
    QCOMPARE(again->risks().size(), size_t(1));
    QCOMPARE(again->risks().front().finding.title, u"Anyone can send email as you"_s);
}

void TestSession::checkAgainClosesWhatWasFixed()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    run(*session);
    fake.fix();
    QSignalSpy finished(session.get(), &Session::runFinished);
    session->checkAgain(QString::fromLatin1(FakeProject::kFailing), {});
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(session->risks().empty());
    QVERIFY(!session->project().findings.empty()); // its history stays
}

void TestSession::stopEndsTheRun()
{
    FakeProject fake;
    fake.addEndlessCheck();
    const auto session = fake.makeSession();
    create(*session, fake);
    QSignalSpy finished(session.get(), &Session::runFinished);
    session->runAll();
    QVERIFY(session->isRunning());
    QTRY_VERIFY(!session->risks().empty());
    session->stopRun();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 3000);
    QVERIFY(session->project().lastRun->stopped);
    QCOMPARE(session->risks().size(), size_t(1));
}

void TestSession::leavingARunKeepsWhatItFound()
{
    FakeProject fake;
    fake.addEndlessCheck();
    {
        const auto session = fake.makeSession();
        create(*session, fake);
        session->runAll();
        QTRY_VERIFY(!session->risks().empty());
    }
    const auto again = fake.makeSession();
    open(*again, fake, OpenMode::ReadWrite);
    QCOMPARE(again->risks().size(), size_t(1));
}

// As somebody sees it who opens the file of a program that was killed.
void TestSession::aRunIsSavedWhileItGoesOn()
{
    FakeProject fake;
    fake.addEndlessCheck();
    const auto session = fake.makeSession();
    create(*session, fake);
    session->runAll();
    QTRY_VERIFY(!session->risks().empty());
    const auto killedSince = [&] {
        const auto file = ProjectStore::open(fake.path(), OpenMode::ReadOnly);
        return file ? (*file)->load().value_or(ProjectState()) : ProjectState();
    };
    QTRY_COMPARE(killedSince().findings.size(), size_t(1));
    QVERIFY(session->isRunning());
    const Run soFar = *killedSince().lastRun;
    QVERIFY(soFar.stopped);
    session->stopRun();
    QTRY_VERIFY(!session->isRunning());
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
    QCOMPARE(killedSince().lastRun->id, soFar.id); // one run, however often it was saved
}

void TestSession::decisionSurvives()
{
    FakeProject fake;
    Decision decision{.findingId = {},
                      .kind = DecisionKind::Accepted,
                      .until = {},
                      .reason = u"known"_s,
                      .by = u"Dana"_s,
                      .decidedAt = QDateTime::currentDateTimeUtc()};
    {
        const auto session = fake.makeSession();
        create(*session, fake);
        run(*session);
        decision.findingId = findingId(*session);
        session->decide(decision);
        QCOMPARE(session->project().decisions.at(decision.findingId).by, u"Dana"_s); // at once
        run(*session);
    }
    const auto again = fake.makeSession();
    open(*again, fake, OpenMode::ReadWrite);
    QCOMPARE(again->project().decisions.at(decision.findingId).reason, u"known"_s);
    again->withdrawDecision(decision.findingId);
    QVERIFY(again->project().decisions.empty());
}

void TestSession::answerChangesTheItem()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    const Item &item = session->roadmap().stage(1)->deliverables.front();
    QCOMPARE(session->status(item).state, ItemState::NotLookedAt);
    session->answer({.subject = item.id,
                     .value = AnswerValue::Holds,
                     .text = {},
                     .by = u"Dana"_s,
                     .answeredAt = QDateTime::currentDateTimeUtc(),
                     .attachments = {}});
    QCOMPARE(session->status(item).state, ItemState::AnsweredByPerson);
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
}

void TestSession::changingTheRoadmapKeepsFindings()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    run(*session);
    QSignalSpy changed(session.get(), &Session::settingsChanged);
    session->setRoadmap(u"b2b-client-portal"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(session->roadmap().id, u"b2b-client-portal"_s);
    QCOMPARE(session->risks().size(), size_t(1));
}

void TestSession::forgetsHostsThatAreGone()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    run(*session);
    const ProjectState before = session->project();
    Target target = before.settings.target;
    QVERIFY(target.hosts.size() > 1);
    const QString gone = target.hosts.back().name;
    target.hosts.pop_back();
    session->setTarget(target);
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
    QCOMPARE(session->project().latest.size() + 1, before.latest.size()); // the check of each host
    QCOMPARE(session->risks().size(), size_t(1));
    for (const auto &[key, result] : session->project().latest)
        QVERIFY(result.host != gone);
    session->closeProject();
    open(*session, fake, OpenMode::ReadWrite);
    QCOMPARE(session->project().settings.target, target);
    QCOMPARE(session->project().latest.size() + 1, before.latest.size());
}

// One that the file refuses would keep everything behind it from being saved.
void TestSession::refusesAnIncompleteDecision()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    run(*session);
    QSignalSpy refused(session.get(), &Session::saveFailed);
    session->decide({.findingId = findingId(*session), .kind = DecisionKind::Accepted, .by = u"Dana"_s});
    QCOMPARE(refused.count(), 1);
    QCOMPARE(refused.first().first().value<Error>().kind, ErrorKind::BadInput);
    QVERIFY(session->project().decisions.empty());
    session->setName(u"Renamed"_s);
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
}

void TestSession::aRunKnowsTheHostsOfNow()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    session->setMonitors({Monitor{}}); // whose history is read before a run starts
    QTRY_COMPARE(session->project().monitors.size(), size_t(1));
    Target target = session->project().settings.target;
    const QString gone = target.hosts.back().name;
    target.hosts.pop_back();
    QSignalSpy started(session.get(), &Session::runStarted);
    session->runAll();
    session->setTarget(target);
    session->runAll();
    QTRY_COMPARE(started.count(), 1);
    for (const PlannedCheck &planned : session->plan().checks)
        QVERIFY(!planned.host || planned.host->name != gone);
    QTRY_VERIFY(!session->isRunning());
    QCOMPARE(started.count(), 1);
}

void TestSession::quickChangesOfMonitorsLoseNothing()
{
    FakeProject fake;
    {
        const auto session = fake.makeSession();
        create(*session, fake);
        session->setMonitors({Monitor{.name = u"first"_s}});
        std::vector<Monitor> more = session->project().monitors;
        more.push_back(Monitor{.name = u"second"_s});
        session->setMonitors(more); // before the file knows the first
        QCOMPARE(session->project().monitors.size(), size_t(2));
        QVERIFY(session->project().monitors[0].id != session->project().monitors[1].id);
        const qint64 removed = session->project().monitors[1].id;
        session->setMonitors({session->project().monitors[0]});
        session->setMonitors({session->project().monitors[0], Monitor{.name = u"third"_s}});
        QVERIFY(session->project().monitors[1].id != removed); // its late samples are not the third's
    }
    const auto again = fake.makeSession();
    open(*again, fake, OpenMode::ReadWrite);
    const auto &monitors = again->project().monitors;
    QCOMPARE(monitors.size(), size_t(2));
    QCOMPARE(monitors[0].name, u"first"_s);
    QCOMPARE(monitors[1].name, u"third"_s);
}

void TestSession::handoverKnowsWhatTheChecksRead()
{
    FakeProject fake;
    Check reading;
    reading.id = u"secrets.logs"_s;
    reading.needs = {Need::Folder};
    reading.sources = {SourceKind::Log};
    fake.add(std::move(reading));
    const auto session = fake.makeSession();
    create(*session, fake);
    std::optional<Result<HandoverInput>> input;
    session->collectHandover(this, [&input](const auto &answer) { input = answer; });
    QTRY_VERIFY(input && input->has_value());
    const std::map<QString, std::vector<SourceKind>> expected{{u"secrets.logs"_s, {SourceKind::Log}}};
    QCOMPARE((*input)->sourcesByCheck, expected); // of the others nothing: they read nothing here
}

void TestSession::keepsTheHistoryOfAFinding()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    run(*session);
    const QString id = findingId(*session);
    session->decide({.findingId = id,
                     .kind = DecisionKind::Accepted,
                     .reason = u"known"_s,
                     .by = u"Dana"_s,
                     .decidedAt = QDateTime::currentDateTimeUtc()});
    fake.fix();
    run(*session);
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
    const auto events = [&] {
        QStringList words;
        for (const HistoryEntry &entry : session->project().history)
            words << entry.event;
        return words.join(u' ');
    };
    QTRY_COMPARE(events(), u"found decided closed"_s);
    session->closeProject();
    open(*session, fake, OpenMode::ReadWrite);
    QCOMPARE(events(), u"found decided closed"_s);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
