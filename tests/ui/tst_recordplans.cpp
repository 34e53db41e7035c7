// The record page after a record was made: waiting for every server, plans and reminders.
#include "recordslab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRecordPlans : public QObject
{
    Q_OBJECT

private slots:
    void waitsForAllServers();
    void keepsWhatOthersDoOnArrival();
    void stopsWaiting();
    void leavesWithTheProject();
    void forgetsTheProjectBefore();
    void plansAndReminds();
    void remindsOnceThePageHasRead();
    void keepsTheFocusWhenTicked();
    void remindsOfWhatIsLeft_data();
    void remindsOfWhatIsLeft();
    void remindsWhereNobodySendsMail_data();
    void remindsWhereNobodySendsMail();
};

void TestRecordPlans::waitsForAllServers()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    auto *wait = o.find<QPushButton>(u"waitForChange"_s);
    auto *again = o.find<QPushButton>(u"checkAgainAfterChange"_s);
    auto *standing = o.find<PlainLabel>(u"waitingStanding"_s);
    wait->click();
    QVERIFY(!wait->isEnabled());
    QVERIFY(o.find<QPushButton>(u"stopWaiting"_s)->isVisible());
    const QString about = o.find<PlainLabel>(u"waitingFor"_s)->text();
    QVERIFY2(about.contains(u"the TXT record of made.example."_s), qPrintable(about));
    QTRY_VERIFY(standing->text().startsWith(u"0 of 2"_s));
    QVERIFY(!again->isVisible());
    world.serversWithIt = 1;
    QTRY_VERIFY(standing->text().startsWith(u"1 of 2"_s));
    const int reads = world.reads;
    world.serversWithIt = 2;
    QTRY_VERIFY(again->isVisible());
    QVERIFY(wait->isEnabled());
    QTRY_VERIFY(world.reads > reads); // what stands there is read anew
    QSignalSpy started(o.session.get(), &Session::runStarted);
    o.page->showKind(RecordKind::Dmarc); // it is about the record that was waited for
    again->click();
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(o.session->plan().checks.size(), size_t(1));
    QCOMPARE(o.session->plan().checks.front().checkId, u"mail.spf"_s);
}

void TestRecordPlans::keepsWhatOthersDoOnArrival()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.choose(u"spfEnding"_s, 2);
    o.page->showKind(RecordKind::Dmarc);
    o.choose(u"dmarcPolicy"_s, 1);
    o.find<QPushButton>(u"waitForChange"_s)->click();
    QTRY_VERIFY(world.looks > 0);
    auto *reports = o.find<QLineEdit>(u"dmarcReports"_s);
    o.page->activateWindow();
    reports->setFocus();
    QCOMPARE(o.page->focusWidget(), reports);
    world.today.dmarc = {u"v=DMARC1; p=none; t=y; rua=mailto:new@made.example"_s};
    world.today.policy = DmarcPolicy::None;
    world.today.isTest = true;
    world.today.reports = {u"new@made.example"_s};
    world.today.spfDomains = {};
    const int reads = world.reads;
    world.serversWithIt = 2;
    QTRY_VERIFY(world.reads > reads);
    QTRY_COMPARE(reports->text(), u"new@made.example"_s); // nobody had touched it
    QVERIFY(o.find<QCheckBox>(u"dmarcTest"_s)->isChecked());
    QCOMPARE(o.find<QComboBox>(u"dmarcPolicy"_s)->currentIndex(), 1);
    QCOMPARE(o.page->focusWidget(), reports);
    QVERIFY(o.find<QPushButton>(u"checkAgainAfterChange"_s)->isVisible());
    QCOMPARE(o.find<QComboBox>(u"spfEnding"_s)->currentIndex(), 2);
    QVERIFY(o.find<QCheckBox>(u"allow-_spf.google.com"_s)); // SPF was not what was waited for
}

void TestRecordPlans::stopsWaiting()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.find<QPushButton>(u"waitForChange"_s)->click();
    QTRY_VERIFY(world.looks > 0);
    o.find<QPushButton>(u"stopWaiting"_s)->click();
    QCOMPARE(o.find<PlainLabel>(u"waitingStanding"_s)->text(), u"Stopped."_s);
    QVERIFY(o.find<QPushButton>(u"waitForChange"_s)->isEnabled());
    QVERIFY(!o.find<QPushButton>(u"checkAgainAfterChange"_s)->isVisible());
}

void TestRecordPlans::leavesWithTheProject()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    QVERIFY(o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    o.find<QPushButton>(u"waitForChange"_s)->click();
    o.session->closeProject();
    QTRY_VERIFY(!o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    QVERIFY(!o.page->findChild<WaitingCard *>()->isWaiting());
}

void TestRecordPlans::forgetsTheProjectBefore()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.choose(u"spfEnding"_s, 2);
    auto *services = o.find<QComboBox>(u"addService"_s);
    o.choose(u"addService"_s, services->findData(u"spf.mtasv.net"_s));
    o.find<QLineEdit>(u"dkimSelector"_s)->setText(u"s1"_s);
    o.find<QPlainTextEdit>(u"dkimPasted"_s)->setPlainText(u"v=DKIM1; p=new"_s);
    o.choose(u"dmarcPolicy"_s, 2);
    o.find<QLineEdit>(u"dmarcReports"_s)->setText(u"a@made.example"_s);
    o.find<QDateEdit>(u"planStart"_s)->setDate(QDate::currentDate().addDays(9));

    const int reads = world.reads;
    QSignalSpy opened(o.session.get(), &Session::projectOpened);
    o.session->createProject(o.fake.path(u"other.cockpit"_s), o.fake.settings()); // of the same domain
    QTRY_COMPARE(opened.count(), 1);
    QTRY_VERIFY(world.reads > reads);
    QTRY_VERIFY(o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    QCOMPARE(o.draft().corrected, u"v=spf1 include:_spf.google.com ~all"_s);
    o.page->showKind(RecordKind::Dkim);
    QVERIFY(o.draft().corrected.isEmpty());
    QVERIFY(o.draft().name.isEmpty());
    o.page->showKind(RecordKind::Dmarc);
    QCOMPARE(o.draft().corrected, u"v=DMARC1; p=none; np=reject; rua=mailto:dmarc-reports@made.example"_s);
    QCOMPARE(o.find<QDateEdit>(u"planStart"_s)->date(), QDate::currentDate());
}

void TestRecordPlans::plansAndReminds()
{
    World world;
    world.today.dmarc = {u"v=DMARC1; p=none"_s};
    world.today.policy = DmarcPolicy::None;
    Opened o(world);
    QSignalSpy finished(o.session.get(), &Session::runFinished);
    o.session->runAll();
    QTRY_COMPARE(finished.count(), 1);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.page->showKind(RecordKind::Dmarc);
    auto *plan = o.page->findChild<PlanCard *>();
    QCOMPARE(plan->plan().size(), size_t(3));
    QVERIFY(!o.find<QCheckBox>(u"step-watch"_s)->isEnabled()); // nothing is ticked in a plan that nobody began
    const QString finding = u"mail.dmarc:missing"_s;
    const auto step = [&](const QString &id) { return plan->findChildren<QCheckBox *>(u"step-"_s + id).last(); };
    const auto &project = o.session->project();
    auto *start = o.find<QDateEdit>(u"planStart"_s);
    const QDate soon = QDate::currentDate().addDays(3);
    start->setDate(soon);
    o.find<QPushButton>(u"startPlan"_s)->click();
    QCOMPARE(keptDmarcPlan(project.answers).start, std::optional(soon));
    QVERIFY(project.decisions.contains(finding));
    QCOMPARE(project.decisions.at(finding).kind, DecisionKind::FixLater);
    QCOMPARE(project.decisions.at(finding).until, soon);
    QVERIFY(step(u"watch"_s)->isEnabled()); // though the plan is the one that was shown before
    start->setDate(QDate::currentDate());
    o.find<QPushButton>(u"startPlan"_s)->click();
    QVERIFY(!project.decisions.contains(finding)); // the first step is due today
    QVERIFY(step(u"watch"_s)->isEnabled());
    step(u"watch"_s)->click();
    QCOMPARE(keptDmarcPlan(project.answers).done, QStringList{u"watch"_s});
    QVERIFY(!project.decisions.contains(finding)); // what repairs it is done, and yet it is there
    plan->findChildren<QPushButton *>(u"showStep-test"_s).last()->click();
    QCOMPARE(o.draft().corrected, u"v=DMARC1; p=quarantine; np=reject; t=y; rua=mailto:dmarc-reports@made.example"_s);
    auto *people = o.find<QCheckBox>(u"peopleWrite"_s);
    people->setChecked(false);
    QCOMPARE(plan->plan().size(), size_t(4));
    QVERIFY(step(u"watch"_s)->isChecked());
    step(u"watch"_s)->click();
    QVERIFY(keptDmarcPlan(project.answers).done.isEmpty());

    // All of it is in the file.
    const QString path = o.session->path();
    QTRY_COMPARE(o.session->saveState(), SaveState::Saved);
    o.session->closeProject();
    QSignalSpy opened(o.session.get(), &Session::projectOpened);
    o.session->openProject(path, OpenMode::ReadWrite);
    QTRY_COMPARE(opened.count(), 1);
    const DmarcPlanKept kept = keptDmarcPlan(o.session->project().answers);
    QCOMPARE(kept, (DmarcPlanKept{QDate::currentDate(), false, {}}));
}

// A plan that was begun before this run, or in another session, speaks up without being touched.
void TestRecordPlans::remindsOnceThePageHasRead()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    const QDate soon = QDate::currentDate().addDays(3);
    o.find<QDateEdit>(u"planStart"_s)->setDate(soon);
    o.find<QPushButton>(u"startPlan"_s)->click();
    const auto &decisions = o.session->project().decisions;
    QVERIFY(decisions.empty()); // nothing is found yet
    const QString finding = u"mail.dmarc:missing"_s;
    QSignalSpy finished(o.session.get(), &Session::runFinished);
    o.session->runAll();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(decisions.contains(finding));
    QCOMPARE(decisions.at(finding).until, soon);
    o.session->withdrawDecision(finding);
    o.find<QPushButton>(u"readRecords"_s)->click();
    QTRY_VERIFY(decisions.contains(finding));
    o.session->decide({.findingId = finding, .kind = DecisionKind::FixNow});
    o.session->answer(dmarcPlanStart(soon.addDays(1)));
    const int reads = world.reads;
    QTRY_VERIFY(o.find<QPushButton>(u"readRecords"_s)->isEnabled());
    o.find<QPushButton>(u"readRecords"_s)->click();
    QTRY_VERIFY(world.reads > reads);
    QTRY_VERIFY(o.find<QPushButton>(u"readRecords"_s)->isEnabled());
    QCOMPARE(decisions.at(finding).kind, DecisionKind::FixNow);
}

void TestRecordPlans::keepsTheFocusWhenTicked()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.page->showKind(RecordKind::Dmarc);
    o.find<QPushButton>(u"startPlan"_s)->click();
    auto *plan = o.page->findChild<PlanCard *>();
    const auto step = [&] { return plan->findChildren<QCheckBox *>(u"step-watch"_s).last(); };
    o.page->activateWindow();
    step()->setFocus();
    QTest::keyClick(step(), Qt::Key_Space);
    QVERIFY(step()->isChecked());
    QCOMPARE(o.page->focusWidget(), step());
    QTest::keyClick(step(), Qt::Key_Space);
    QVERIFY(!step()->isChecked());
    QCOMPARE(o.page->focusWidget(), step());
}

void TestRecordPlans::remindsOfWhatIsLeft_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("done");   // steps
    QTest::addColumn<int>("daysAhead");  // of the next step
    QTest::addColumn<QString>("before"); // the decision: kind, days ahead, and whether it was the plan's
    QTest::addColumn<QString>("change");
    const auto row = [](const char *name, const char *code, const char *done, int daysAhead, const char *before,
                        const char *change) {
        QTest::newRow(name) << QString::fromLatin1(code) << QString::fromLatin1(done) << daysAhead
                            << QString::fromLatin1(before) << QString::fromLatin1(change);
    };
    row("ahead", "monitoring_only", "watch", 1, "", "decides");
    row("today", "monitoring_only", "watch", 0, "", "");
    row("today, put off by the plan", "monitoring_only", "watch", 0, "later 1 own", "withdraws");
    row("today, put off by a person", "monitoring_only", "watch", 0, "later 1", "");
    row("ahead, put off by the plan to another day", "monitoring_only", "watch", 2, "later 1 own", "decides");
    row("ahead, put off by a person to another day", "monitoring_only", "watch", 2, "later 1", "");
    row("ahead, put off to that day", "monitoring_only", "watch", 1, "later 1 own", "");
    row("ahead, to be fixed now", "monitoring_only", "watch", 1, "now 0", "");
    row("ahead, accepted", "monitoring_only", "watch", 1, "accepted 0", "");
    row("all done", "monitoring_only", "watch test quarantine", 1, "later 1 own", "withdraws");
    row("all done, put off by a person", "monitoring_only", "watch test quarantine", 1, "later 1", "");
    row("no record, watching ahead", "missing", "", 1, "", "decides");
    row("no record, though watching is done", "missing", "watch", 1, "", "");
    row("no record, put off before watching was done", "missing", "watch", 1, "later 1 own", "withdraws");
    row("watching, though the test is done", "monitoring_only", "watch test", 1, "", "");
    row("in test, quarantine ahead", "test_mode", "watch test", 1, "", "decides");
    row("in test, though quarantine is done", "test_mode", "watch test quarantine", 1, "", "");
    row("subdomains open, quarantine ahead", "subdomains_open", "watch test", 1, "", "decides");
    row("subdomains open, though all is done", "subdomains_open", "watch test quarantine", 1, "", "");
    row("another matter", "no_reports", "", 1, "", "");
}

void TestRecordPlans::remindsOfWhatIsLeft()
{
    QFETCH(QString, code);
    QFETCH(QString, done);
    QFETCH(int, daysAhead);
    QFETCH(QString, before);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDate today = now.toLocalTime().date();
    Finding finding;
    finding.checkId = u"mail.dmarc"_s;
    finding.code = code;
    ProjectState project;
    project.findings[finding.id()] = {finding, now, now, {}};
    if (!before.isEmpty()) {
        const QStringList words = before.split(u' ');
        const Decision decision{.findingId = finding.id(),
                                .kind = words[0] == "later"_L1 ? DecisionKind::FixLater
                                        : words[0] == "now"_L1 ? DecisionKind::FixNow
                                                               : DecisionKind::Accepted,
                                .until = today.addDays(words[1].toInt()),
                                .reason = {},
                                .by = {},
                                .decidedAt = now};
        project.decisions[finding.id()] = decision;
        if (words.contains(u"own"_s))
            project.answers[dmarcReminder(decision).subject] = dmarcReminder(decision);
    }
    std::vector<DmarcPlanStep> plan;
    for (const QString &id : {u"watch"_s, u"test"_s, u"quarantine"_s}) {
        DmarcPlanStep step;
        step.id = id;
        step.isDone = done.split(u' ').contains(id);
        step.from = step.isDone ? today.addDays(-9) : today.addDays(daysAhead);
        plan.push_back(step);
    }
    const DmarcReminders reminders = remindersOf(plan, project, now);
    QStringList change;
    if (!reminders.decide.empty())
        change << u"decides"_s;
    if (!reminders.withdraw.isEmpty())
        change << u"withdraws"_s;
    QTEST(change.join(u' '), "change");
    for (const Decision &decision : reminders.decide) {
        QCOMPARE(decision.until, today.addDays(daysAhead));
        QVERIFY(whatIsMissing(decision).isEmpty());
    }
}

void TestRecordPlans::remindsWhereNobodySendsMail_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("daysAhead");
    QTest::addColumn<bool>("isPutOff");
    for (const QString &code : {u"missing"_s, u"monitoring_only"_s, u"test_mode"_s, u"subdomains_open"_s}) {
        QTest::addRow("%s, tomorrow", qPrintable(code)) << code << 1 << true;
        QTest::addRow("%s, today", qPrintable(code)) << code << 0 << false;
    }
    QTest::newRow("another matter") << u"no_reports"_s << 1 << false;
}

// There the plan is one step, and that repairs all.
void TestRecordPlans::remindsWhereNobodySendsMail()
{
    QFETCH(QString, code);
    QFETCH(int, daysAhead);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Finding finding;
    finding.checkId = u"mail.dmarc"_s;
    finding.code = code;
    ProjectState project;
    project.findings[finding.id()] = {finding, now, now, {}};
    const auto plan = dmarcPlan(
        {.policy = DmarcPolicy::Quarantine, .sendsNoMail = true, .start = now.toLocalTime().date().addDays(daysAhead)});
    QCOMPARE(plan.size(), size_t(1));
    QTEST(!remindersOf(plan, project, now).decide.empty(), "isPutOff");
}

QTEST_MAIN(TestRecordPlans)
#include "tst_recordplans.moc"
