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
#include "ui/widgets/emptystate.h"
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
#include <QTimer>

#include <atomic>
#include <stdexcept>

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
    std::atomic_bool throws = false;
    std::atomic_bool lookFails = false;
    std::atomic_bool holdsBudget = false; // counts until it is stopped
    std::atomic_int names = 0;            // that were looked at
    std::atomic_int counts = 0;
    std::atomic_int countsStopped = 0;
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
        if (world.throws)
            throw std::runtime_error("out of sockets");
        if (world.fails)
            return failure(ErrorKind::TimedOut, u"The name servers do not answer."_s);
        return world.today;
    };
    services.readTexts = [&world](const QString &, const NetOptions &, const CancelToken &) -> Result<NameToday> {
        ++world.names;
        if (world.lookFails)
            return failure(ErrorKind::TimedOut, u"Nobody answers for this name."_s);
        return NameToday{.texts = {u"v=DKIM1; p=old"_s}};
    };
    services.budget = [&world](const QString &, const QString &record, const NetOptions &,
                               const CancelToken &token) -> Result<SpfBudget> {
        ++world.counts;
        while (world.holdsBudget) {
            if (token.waitFor(10ms)) {
                ++world.countsStopped;
                break;
            }
        }
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
    services.draftDkim = [](const QString &domain, const NameToday &published, const DkimWish &wish) {
        const QString name = wish.selector.isEmpty() ? QString() : wish.selector + u"._domainkey."_s + domain;
        RecordDraft draft = drafted(RecordKind::Dkim, name, published.texts, wish.pasted);
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
    QString noneToday() const
    {
        const auto labels = page->findChildren<PlainLabel *>(u"noneToday"_s);
        return labels.isEmpty() ? QString() : labels.last()->text();
    }
    void choose(const QString &comboBox, int index) const
    {
        auto *box = find<QComboBox>(comboBox);
        box->setCurrentIndex(index);
        emit box->activated(index);
    }

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
    void survivesWhatIsThrown();
    void showsWhatStandsThere();
    void addsAndRemovesServices();
    void countsTheBudget();
    void countsForSpfAlone_data();
    void countsForSpfAlone();
    void opensWhereItWasCalled();
    void makesADkimRecord();
    void asksForANameOnce();
    void makesADmarcRecord();
    void copiesTheFields();
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
    QStringList said;
    for (const auto *label : o.page->findChild<EmptyState *>()->findChildren<PlainLabel *>())
        said << label->text();
    QVERIFY2(said.contains(u"The records could not be read."_s), qPrintable(said.join(u'|')));
    world.fails = false;
    emit banner->actionTriggered();
    QTRY_VERIFY(o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    QVERIFY(!banner->isVisible());
}

void TestRecords::survivesWhatIsThrown()
{
    World world;
    world.throws = true;
    Opened o(world);
    QTRY_VERIFY(o.page->findChild<Banner *>()->isVisible());
    QVERIFY(o.find<QPushButton>(u"readRecords"_s)->isEnabled());
    world.throws = false;
    o.find<QPushButton>(u"readRecords"_s)->click();
    QTRY_COMPARE(o.draft().today, world.today.spf);
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

void TestRecords::countsForSpfAlone_data()
{
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("about to begin") << false;
    QTest::newRow("under way") << true;
}

void TestRecords::countsForSpfAlone()
{
    QFETCH(bool, hasBegun);
    World world;
    world.holdsBudget = true;
    Opened o(world);
    auto *pause = o.find<QTimer>(u"countSoon"_s); // in typing; what is not counted by then waits for it
    pause->setInterval(hasBegun ? 0s : 3600s);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    if (hasBegun)
        QTRY_COMPARE(world.counts.load(), 1);
    QCOMPARE(pause->isActive(), !hasBegun);
    o.page->showKind(RecordKind::Dmarc);
    QVERIFY(!pause->isActive());
    if (hasBegun)
        QTRY_COMPARE(world.countsStopped.load(), 1);
    world.holdsBudget = false;
    pause->setInterval(0s);
    QCOMPARE(world.counts.load(), hasBegun ? 1 : 0);
    QVERIFY(!o.find<PlainLabel>(u"spfBudget"_s)->isVisible());
    o.page->showKind(RecordKind::Spf);
    QTRY_VERIFY(o.find<PlainLabel>(u"spfBudget"_s)->isVisible());
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

void TestRecords::asksForANameOnce()
{
    World world;
    world.lookFails = true;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    const auto *pause = o.find<QTimer>(u"lookSoon"_s); // in typing
    o.page->showKind(RecordKind::Dkim);
    QCOMPARE(o.noneToday(), u"Not looked up yet."_s);
    QVERIFY(!pause->isActive());
    o.find<QLineEdit>(u"dkimSelector"_s)->setText(u"s1"_s);
    QVERIFY(pause->isActive());
    QCOMPARE(o.noneToday(), u"Not looked up yet."_s);
    QTRY_COMPARE(o.noneToday(), u"Nobody answers for this name."_s);
    o.find<QPlainTextEdit>(u"dkimPasted"_s)->setPlainText(u"v=DKIM1; p=new"_s); // the name stays the same
    QVERIFY(!pause->isActive());                                                // so that nothing will be asked
    QCOMPARE(world.names.load(), 1);
    QCOMPARE(o.noneToday(), u"Nobody answers for this name."_s);
    world.lookFails = false;
    o.find<QPushButton>(u"readRecords"_s)->click();
    QTRY_COMPARE(o.draft().today, QStringList{u"v=DKIM1; p=old"_s});
    QCOMPARE(world.names.load(), 2);
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
    auto *copy = boxes.last()->findChild<QPushButton *>(u"copyCode"_s);
    QCOMPARE(copy->text(), u"Copy what goes into \"Value\""_s);
    copy->click();
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

void TestRecords::keepsWhatOthersDoOnArrival()
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

void TestRecords::forgetsTheProjectBefore()
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
void TestRecords::remindsOnceThePageHasRead()
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

void TestRecords::keepsTheFocusWhenTicked()
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

void TestRecords::remindsOfWhatIsLeft_data()
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

void TestRecords::remindsOfWhatIsLeft()
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

void TestRecords::remindsWhereNobodySendsMail_data()
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
void TestRecords::remindsWhereNobodySendsMail()
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
