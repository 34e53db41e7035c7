// The page of records over made-up services: forms, drafts, what to type, waiting, and the plan with its reminders.
#include "fakeproject.h"
#include "models/dmarcplan.h"
#include "models/dmarcreminders.h"
#include "ui/records/differencelabel.h"
#include "ui/records/draftcard.h"
#include "ui/records/plancard.h"
#include "ui/records/recordspage.h"
#include "ui/records/waitingcard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// What the services answer, and what they were asked.
struct World
{
    RecordsToday today{.domain = u"made.example"_s,
                       .spf = {u"v=spf1 include:_spf.google.com ~all"_s},
                       .dmarc = {},
                       .spfDomains = {u"_spf.google.com"_s},
                       .dnsHost = u"cloudflare"_s};
    std::atomic_bool fails = false;
    std::atomic_int reads = 0;
    std::atomic_int looks = 0;
    std::atomic_int serversWithIt = 0; // of two
};

RecordDraft drafted(RecordKind kind, const QString &name, const QStringList &today, const QString &corrected)
{
    return {.kind = kind, .domain = u"made.example"_s, .name = name, .today = today, .corrected = corrected};
}

RecordServices servicesOf(World &world)
{
    RecordServices services;
    services.read = [&world](const QString &, const NetOptions &, const CancelToken &) -> Result<RecordsToday> {
        ++world.reads;
        if (world.fails)
            return failure(ErrorKind::TimedOut, u"The name servers do not answer."_s);
        return world.today;
    };
    services.readTexts = [](const QString &, const NetOptions &, const CancelToken &) -> Result<QStringList> {
        return QStringList{u"v=DKIM1; p=old"_s};
    };
    services.budget = [](const QString &, const QString &record, const NetOptions &,
                         const CancelToken &) -> Result<SpfBudget> {
        return SpfBudget{.lookups = static_cast<int>(record.count(u"include:"_s)) * 4,
                         .lines = {{0, u"made.example"_s, 2}, {1, u"_spf.google.com"_s, 3}}};
    };
    services.askOwners = [&world](const WantedRecord &, const NetOptions &,
                                  const CancelToken &) -> Result<std::vector<OwnerAnswer>> {
        ++world.looks;
        std::vector<OwnerAnswer> answers;
        for (int i = 0; i < 2; ++i) {
            answers.push_back({.server = u"ns%1.made.example"_s.arg(i + 1),
                               .address = u"192.0.2.%1:53"_s.arg(i + 1),
                               .state = i < world.serversWithIt ? OwnerState::HasIt : OwnerState::HasNothing});
        }
        return answers;
    };
    services.draftSpf = [](const RecordsToday &today, const SpfWish &wish) {
        QStringList domains = today.spfDomains + wish.add;
        domains.removeIf([&](const QString &domain) { return wish.remove.contains(domain); });
        const QString ending = wish.ending.isEmpty() ? u"~all"_s : wish.ending;
        return drafted(RecordKind::Spf, today.domain, today.spf,
                       u"v=spf1 include:"_s + domains.join(" include:"_L1) + u' ' + ending);
    };
    services.draftDmarc = [](const RecordsToday &today, const DmarcWish &wish) {
        QString text = u"v=DMARC1; p="_s + toWord(wish.policy);
        if (wish.nonexistentPolicy)
            text += u"; np="_s + toWord(*wish.nonexistentPolicy);
        if (wish.isTest)
            text += u"; t=y"_s;
        return drafted(RecordKind::Dmarc, u"_dmarc."_s + today.domain, today.dmarc,
                       text + u"; rua=mailto:"_s + wish.reports.join(",mailto:"_L1));
    };
    services.draftDkim = [](const QString &domain, const QStringList &published, const DkimWish &wish) {
        RecordDraft draft =
            drafted(RecordKind::Dkim, wish.selector + u"._domainkey."_s + domain, published, wish.pasted);
        if (wish.pasted.isEmpty())
            draft.notes = {{NoteWeight::Problem, u"Paste what your mail provider shows for DKIM."_s}};
        return draft;
    };
    return services;
}

struct Opened
{
    explicit Opened(World &given) : world(given), theme(*qApp, ThemeChoice::Light)
    {
        fake.setRecords(servicesOf(world));
        session = fake.makeSession();
        page = std::make_unique<RecordsPage>(*session, RecordWaiter::Patience{.interval = 20ms, .longest = 60s});
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProject(fake.path(), fake.settings());
        [&] { QTRY_COMPARE(opened.count(), 1); }();
        page->resize(1000, 700);
        page->show();
        page->aboutToShow();
    }

    template<typename T>
    T *find(const QString &name) const
    {
        return page->findChild<T *>(name);
    }
    QString field(const QString &label) const
    {
        const auto boxes = page->findChildren<CodeBox *>(u"field-"_s + label);
        return boxes.isEmpty() ? QString() : boxes.last()->code();
    }
    const RecordDraft &draft() const { return page->findChild<DraftCard *>()->draft(); }

    World &world;
    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
    std::unique_ptr<RecordsPage> page;
};

} // namespace

class TestRecords : public QObject
{
    Q_OBJECT

private slots:
    void saysWhenNothingCanBeRead();
    void showsWhatStandsThere();
    void addsAndRemovesServices();
    void countsTheBudget();
    void opensWhereItWasCalled();
    void makesADkimRecord();
    void makesADmarcRecord();
    void copiesTheFields();
    void waitsForAllServers();
    void stopsWaiting();
    void leavesWithTheProject();
    void plansAndReminds();
    void remindsOfWhatIsLeft_data();
    void remindsOfWhatIsLeft();
    void takesNothingForHtml();
    void describesTheBudget_data();
    void describesTheBudget();
};

void TestRecords::saysWhenNothingCanBeRead()
{
    World world;
    world.fails = true;
    Opened o(world);
    auto *banner = o.page->findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    QVERIFY(!o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    world.fails = false;
    emit banner->actionTriggered();
    QTRY_VERIFY(o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    QVERIFY(!banner->isVisible());
}

void TestRecords::showsWhatStandsThere()
{
    World world;
    Opened o(world);
    QTRY_COMPARE(o.draft().today, world.today.spf);
    QVERIFY(o.draft().isInPlace());
    QCOMPARE(o.find<QCheckBox>(u"allow-_spf.google.com"_s)->accessibleName(), u"Google Workspace"_s);
    QVERIFY(o.field(u"Content"_s).isEmpty()); // nothing is to be typed
    const int reads = world.reads;
    o.page->aboutToShow(); // what was read stays
    QCOMPARE(world.reads.load(), reads);
    auto *again = o.find<QPushButton>(u"readRecords"_s);
    QTRY_VERIFY(again->isEnabled());
    again->click();
    QTRY_COMPARE(world.reads.load(), reads + 1);
    QTRY_VERIFY(again->isEnabled());
}

void TestRecords::addsAndRemovesServices()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(o.find<QCheckBox>(u"allow-_spf.google.com"_s));
    auto *services = o.find<QComboBox>(u"addService"_s);
    const int postmark = services->findData(u"spf.mtasv.net"_s);
    QVERIFY(postmark > 0);
    services->setCurrentIndex(postmark);
    emit services->activated(postmark);
    QCOMPARE(o.field(u"Content"_s), u"v=spf1 include:_spf.google.com include:spf.mtasv.net ~all"_s);
    QCOMPARE(o.field(u"Name"_s), u"@"_s);
    o.find<QCheckBox>(u"allow-_spf.google.com"_s)->setChecked(false);
    QCOMPARE(o.draft().corrected, u"v=spf1 include:spf.mtasv.net ~all"_s);
    o.find<QCheckBox>(u"allow-spf.mtasv.net"_s)->setChecked(false);
    services->setCurrentIndex(postmark);
    emit services->activated(postmark); // ticked again, not there twice
    QCOMPARE(o.draft().corrected, u"v=spf1 include:spf.mtasv.net ~all"_s);
    auto *ending = o.find<QComboBox>(u"spfEnding"_s);
    ending->setCurrentIndex(ending->findData(u"-all"_s));
    emit ending->activated(ending->currentIndex());
    QCOMPARE(o.draft().corrected, u"v=spf1 include:spf.mtasv.net -all"_s);
}

void TestRecords::countsTheBudget()
{
    World world;
    Opened o(world);
    auto *budget = o.find<PlainLabel>(u"spfBudget"_s);
    QTRY_VERIFY(budget->isVisible());
    QVERIFY2(budget->text().contains(u"4 of 10"_s), qPrintable(budget->text()));
    o.page->showKind(RecordKind::Dmarc);
    QVERIFY(!budget->isVisible());
}

void TestRecords::opensWhereItWasCalled()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    QVERIFY(o.page->select(u"mail.dmarc:missing"_s));
    QVERIFY(o.find<QComboBox>(u"dmarcPolicy"_s)->isVisible());
    QVERIFY(o.page->select(u"mail.dkim"_s));
    QVERIFY(o.find<QLineEdit>(u"dkimSelector"_s)->isVisible());
    QVERIFY(!o.page->select(u"mail.mx:missing"_s));
    QVERIFY(!o.page->select(u"mail.spfx"_s));
}

void TestRecords::makesADkimRecord()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.find<QPushButton>(u"showDkim"_s)->click();
    QVERIFY(o.find<QPlainTextEdit>(u"dkimPasted"_s)->isVisible());
    QVERIFY(!o.find<QComboBox>(u"addService"_s)->isVisible());
    QVERIFY(!o.find<QPushButton>(u"waitForChange"_s)->isEnabled()); // nothing to wait for yet
    o.find<QLineEdit>(u"dkimSelector"_s)->setText(u"s1"_s);
    o.find<QPlainTextEdit>(u"dkimPasted"_s)->setPlainText(u"v=DKIM1; p=new"_s);
    QCOMPARE(o.field(u"Name"_s), u"s1._domainkey"_s);
    QVERIFY(o.find<QPushButton>(u"waitForChange"_s)->isEnabled());
    QTRY_COMPARE(o.draft().today, QStringList{u"v=DKIM1; p=old"_s}); // looked up once typing has ended
    auto *difference = o.find<QLabel>(u"difference"_s);
    QVERIFY(difference);
    QCOMPARE(difference->accessibleName(), u"v=DKIM1; removed: p=old added: p=new"_s);
}

void TestRecords::makesADmarcRecord()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.find<QPushButton>(u"showDmarc"_s)->click();
    QCOMPARE(o.draft().corrected, u"v=DMARC1; p=none; np=reject; rua=mailto:dmarc-reports@made.example"_s);
    auto *policy = o.find<QComboBox>(u"dmarcPolicy"_s);
    policy->setCurrentIndex(1);
    emit policy->activated(1);
    o.find<QCheckBox>(u"dmarcTest"_s)->setChecked(true);
    o.find<QCheckBox>(u"dmarcMadeUp"_s)->setChecked(false);
    o.find<QLineEdit>(u"dmarcReports"_s)->setText(u"a@made.example, b@made.example"_s);
    QCOMPARE(o.draft().corrected, u"v=DMARC1; p=quarantine; t=y; rua=mailto:a@made.example,mailto:b@made.example"_s);
    QCOMPARE(o.field(u"Name"_s), u"_dmarc"_s);
}

void TestRecords::copiesTheFields()
{
    World world;
    world.today.dnsHost = u"route53"_s;
    world.today.spf = {};
    Opened o(world);
    QTRY_VERIFY(!o.field(u"Value"_s).isEmpty());
    QCOMPARE(o.field(u"Value"_s), u"\"v=spf1 include:_spf.google.com ~all\""_s);
    QVERIFY(o.field(u"Record name"_s).isEmpty());
    const auto boxes = o.page->findChildren<CodeBox *>(u"field-Value"_s);
    boxes.last()->findChild<QPushButton *>(u"copyCode"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"\"v=spf1 include:_spf.google.com ~all\""_s);
}

void TestRecords::waitsForAllServers()
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

void TestRecords::stopsWaiting()
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

void TestRecords::leavesWithTheProject()
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

void TestRecords::plansAndReminds()
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
    o.find<QPushButton>(u"startPlan"_s)->click();
    const auto &project = o.session->project();
    QVERIFY(keptDmarcPlan(project.answers).start);
    QVERIFY(!project.decisions.contains(finding)); // the first step is due today
    plan->findChildren<QCheckBox *>(u"step-watch"_s).last()->setChecked(true);
    QCOMPARE(keptDmarcPlan(project.answers).done, QStringList{u"watch"_s});
    QVERIFY(project.decisions.contains(finding));
    QCOMPARE(project.decisions.at(finding).kind, DecisionKind::FixLater);
    QCOMPARE(project.decisions.at(finding).until, QDate::currentDate().addDays(kDmarcWatchDays));
    plan->findChildren<QPushButton *>(u"showStep-test"_s).last()->click();
    QCOMPARE(o.draft().corrected, u"v=DMARC1; p=quarantine; np=reject; t=y; rua=mailto:dmarc-reports@made.example"_s);
    auto *people = o.find<QCheckBox>(u"peopleWrite"_s);
    people->setChecked(false);
    QCOMPARE(plan->plan().size(), size_t(4));
    plan->findChildren<QCheckBox *>(u"step-watch"_s).last()->setChecked(false);
    QVERIFY(!project.decisions.contains(finding));

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

void TestRecords::remindsOfWhatIsLeft_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("daysAhead");
    QTest::addColumn<bool>("isDone");
    QTest::addColumn<int>("decided"); // -1: nothing; else the DecisionKind
    QTest::addColumn<bool>("decides");
    QTest::addColumn<bool>("withdraws");
    const int later = static_cast<int>(DecisionKind::FixLater);
    const int accepted = static_cast<int>(DecisionKind::Accepted);
    QTest::newRow("ahead") << u"monitoring_only"_s << 1 << false << -1 << true << false;
    QTest::newRow("today") << u"monitoring_only"_s << 0 << false << -1 << false << false;
    QTest::newRow("today, put off before") << u"monitoring_only"_s << 0 << false << later << false << true;
    QTest::newRow("ahead, put off to another day") << u"monitoring_only"_s << 2 << false << later << true << false;
    QTest::newRow("ahead, put off to that day") << u"monitoring_only"_s << 1 << false << later << false << false;
    QTest::newRow("all done") << u"monitoring_only"_s << 1 << true << later << false << true;
    QTest::newRow("accepted") << u"monitoring_only"_s << 1 << false << accepted << false << false;
    QTest::newRow("another matter") << u"no_reports"_s << 1 << false << -1 << false << false;
}

void TestRecords::remindsOfWhatIsLeft()
{
    QFETCH(QString, code);
    QFETCH(int, daysAhead);
    QFETCH(bool, isDone);
    QFETCH(int, decided);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDate today = now.toLocalTime().date();
    Finding finding;
    finding.checkId = u"mail.dmarc"_s;
    finding.code = code;
    ProjectState project;
    project.findings[finding.id()] = {finding, now, now, {}};
    if (decided >= 0) {
        project.decisions[finding.id()] = {.findingId = finding.id(),
                                           .kind = static_cast<DecisionKind>(decided),
                                           .until = today.addDays(1),
                                           .reason = {},
                                           .by = {},
                                           .decidedAt = now};
    }
    DmarcPlanStep step;
    step.id = u"test"_s;
    step.from = today.addDays(daysAhead);
    step.isDone = isDone;
    const DmarcReminders reminders = remindersOf({step}, project, now);
    QTEST(!reminders.decide.empty(), "decides");
    QTEST(!reminders.withdraw.isEmpty(), "withdraws");
    for (const Decision &decision : reminders.decide) {
        QCOMPARE(decision.until, step.from);
        QVERIFY(whatIsMissing(decision).isEmpty());
    }
}

void TestRecords::takesNothingForHtml()
{
    DifferenceLabel label;
    label.setDifference(
        {{u"<img"_s, DiffMark::Same}, {u"src=\"x\">"_s, DiffMark::Removed}, {u"&lt;"_s, DiffMark::Added}});
    QVERIFY2(!label.text().contains(u"<img"_s), qPrintable(label.text()));
    QVERIFY(!label.text().contains(u"\">"_s + u"</s>"_s));
    QVERIFY(label.text().contains(u"&amp;lt;"_s));
    QCOMPARE(label.accessibleName(), u"<img removed: src=\"x\"> added: &lt;"_s);
}

void TestRecords::describesTheBudget_data()
{
    QTest::addColumn<int>("lookups");
    QTest::addColumn<int>("voids");
    QTest::addColumn<bool>("warns");
    QTest::newRow("7") << 7 << 0 << false;
    QTest::newRow("8") << 8 << 0 << true;
    QTest::newRow("10") << 10 << 0 << true;
    QTest::newRow("11") << 11 << 0 << true;
    QTest::newRow("two lead nowhere") << 3 << 2 << false;
    QTest::newRow("three lead nowhere") << 3 << 3 << true;
}

void TestRecords::describesTheBudget()
{
    QFETCH(int, lookups);
    QFETCH(int, voids);
    const QString sentence = budgetSentence({.lookups = lookups, .voidLookups = voids, .lines = {}});
    QVERIFY(sentence.contains(u"%1 of 10"_s.arg(lookups)));
    QTEST(sentence.count(u'.') > 1, "warns");
}

QTEST_MAIN(TestRecords)
#include "tst_records.moc"
