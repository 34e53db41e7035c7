// The watch over the accepted DNS records: by a clock of its own, and in a session with a made-up look.
#include "fakeproject.h"
#include "models/recordwatch.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace Qt::StringLiterals;
using cockpit::testing::FakeProject;

namespace {

const QDateTime kNoon(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC);
const DnsRecordSet kMx{u"made.example"_s, u"MX"_s, {u"10 mail.made.example"_s}};

// A watch whose time is what the test says.
struct Clockwork
{
    std::shared_ptr<QDateTime> now = std::make_shared<QDateTime>(kNoon);
    QDateTime due = kNoon;
    QDateTime toldTried;
    bool isBusy = false;
    int begun = 0;
    RecordWatch watch{{.now = [time = now] { return *time; },
                       .tick = std::chrono::milliseconds(15000),
                       .settle = std::chrono::milliseconds(60000)},
                      [this](const QDateTime &tried, const QDateTime &) {
                          toldTried = tried;
                          return due;
                      },
                      [this] {
                          begun += isBusy ? 0 : 1;
                          return !isBusy;
                      }};

    void passes(int seconds)
    {
        *now = now->addSecs(seconds);
        watch.lookAtTheClock();
    }
    void passesInTicks(int seconds)
    {
        for (int passed = 0; passed < seconds; passed += 15)
            passes(15);
    }
};

// What dns.drift would say, at a time that the test says.
class FakeDrift
{
public:
    explicit FakeDrift(std::shared_ptr<QDateTime> now) : m_now(std::move(now)) {}

    Check check() const
    {
        Check check;
        check.id = u"dns.drift"_s;
        check.look = [now = m_now, looks = m_looks, fails = m_fails, differs = m_differs](const Look &look) {
            ++*looks;
            const auto accepted = look.facts.dns.baseline;
            Judged judged;
            if (*fails)
                judged = couldNotLook({ErrorKind::Unreachable, u"No answer."_s, {}});
            if (*differs && accepted && !*fails) {
                Finding finding;
                finding.code = u"mail_stops"_s;
                finding.severity = Severity::Critical;
                finding.title = u"Mail stops"_s;
                judged.findings = {finding};
                judged.outcome = Outcome::Fail;
            }
            judged.observed = {
                {u"looked_at"_s, now->toString(Qt::ISODate)},
                {u"accepted_at"_s, accepted ? QJsonValue(accepted->acceptedAt.toString(Qt::ISODate)) : QJsonValue()},
                {u"records"_s, toJson(std::vector<DnsRecordSet>{kMx})}};
            return judged;
        };
        return check;
    }
    int looks() const { return *m_looks; }
    void fail(bool does) { *m_fails = does; }
    void differ() { *m_differs = true; }

private:
    std::shared_ptr<QDateTime> m_now;
    std::shared_ptr<std::atomic_int> m_looks = std::make_shared<std::atomic_int>(0);
    std::shared_ptr<std::atomic_bool> m_fails = std::make_shared<std::atomic_bool>(false);
    std::shared_ptr<std::atomic_bool> m_differs = std::make_shared<std::atomic_bool>(false);
};

// A project whose records have been accepted at noon; what ticks is a real timer, what it reads is the test's time.
struct Watched
{
    explicit Watched(FakeProject::Endless endless = FakeProject::Endless::No) : fake(endless)
    {
        fake.add(drift.check());
        fake.setPace({.now =
                          [time = now, read = clockRead] {
                              ++*read;
                              return *time;
                          },
                      .tick = std::chrono::milliseconds(5),
                      .settle = std::chrono::milliseconds(0)});
        session = fake.makeSession();
        session->createProject(fake.path(), fake.settings());
        QTRY_VERIFY(session->isOpen());
        look();
        session->acceptDnsRecords();
        look();
    }
    void look()
    {
        QSignalSpy finished(session.get(), &Session::runFinished);
        session->checkAgain(u"dns.drift"_s, {});
        QTRY_COMPARE(finished.count(), 1);
    }
    void letTheClockTick()
    {
        constexpr int severalTimes = 10;
        *clockRead = 0;
        QTRY_VERIFY(*clockRead > severalTimes);
    }
    const CheckResult &result() const { return session->project().latest.at(u"dns.drift"_s); }

    std::shared_ptr<QDateTime> now = std::make_shared<QDateTime>(QDateTime::currentDateTimeUtc());
    std::shared_ptr<int> clockRead = std::make_shared<int>(0);
    FakeDrift drift{now};
    FakeProject fake;
    std::unique_ptr<Session> session;
};

} // namespace

class TestSessionWatch : public QObject
{
    Q_OBJECT

private slots:
    void looksWhenItIsTime();
    void waitsWhileSomethingElseGoesOn();
    void waitsAfterSleep();
    void takesAClockThatWasSetBackForSleep();
    void looksAtNothingWhileStopped();
    void nothingIsDueWithoutADate();

    void aDifferenceIsFoundByItself();
    void isNoLookAtTheProduct();
    void waitsForTheRunThatGoesOn();
    void silenceFindsNothing();
    void endsWithTheProject();
    void looksAtNothingInAProjectToLookAt();
    void theChoiceIsKept();
};

void TestSessionWatch::looksWhenItIsTime()
{
    Clockwork clock;
    clock.due = kNoon.addSecs(3600);
    clock.watch.start();
    QCOMPARE(clock.watch.next(), clock.due);
    clock.passesInTicks(3585);
    QCOMPARE(clock.begun, 0);
    clock.passesInTicks(15);
    QCOMPARE(clock.begun, 1);
    clock.passesInTicks(15); // it is still due until the result is there, but not begun twice within a minute
    QCOMPARE(clock.begun, 1);
    QCOMPARE(clock.toldTried, kNoon.addSecs(3600));
    QCOMPARE(clock.watch.next(), kNoon.addSecs(3660));
}

void TestSessionWatch::waitsWhileSomethingElseGoesOn()
{
    Clockwork clock;
    clock.watch.start();
    clock.isBusy = true;
    clock.passesInTicks(600);
    QCOMPARE(clock.begun, 0);
    QVERIFY(!clock.toldTried.isValid());
    clock.isBusy = false;
    clock.passesInTicks(15);
    QCOMPARE(clock.begun, 1);
}

// The network comes back some seconds after the computer does.
void TestSessionWatch::waitsAfterSleep()
{
    Clockwork clock;
    clock.due = kNoon.addSecs(600);
    clock.watch.start();
    clock.passesInTicks(120);
    clock.passes(8 * 3600);
    QCOMPARE(clock.begun, 0);
    clock.passesInTicks(45);
    QCOMPARE(clock.begun, 0);
    clock.passesInTicks(15);
    QCOMPARE(clock.begun, 1); // once, however many were missed
}

void TestSessionWatch::takesAClockThatWasSetBackForSleep()
{
    Clockwork clock;
    clock.watch.start();
    clock.passesInTicks(45);
    clock.passes(-7200);
    QCOMPARE(clock.begun, 0);
    clock.due = kNoon.addDays(-1);
    clock.passesInTicks(45);
    QCOMPARE(clock.begun, 0);
    clock.passesInTicks(15);
    QCOMPARE(clock.begun, 1);
    clock.passes(15);
    QVERIFY(clock.toldTried.isValid());
    clock.passes(-7200);
    QVERIFY(!clock.toldTried.isValid()); // it would seem to be ahead
}

void TestSessionWatch::looksAtNothingWhileStopped()
{
    Clockwork clock;
    clock.passesInTicks(600);
    QVERIFY(!clock.watch.next().isValid());
    clock.watch.start();
    clock.watch.stop();
    clock.passesInTicks(600);
    QCOMPARE(clock.begun, 0);
}

void TestSessionWatch::nothingIsDueWithoutADate()
{
    Clockwork clock;
    clock.due = {};
    clock.watch.start();
    clock.passesInTicks(600);
    QCOMPARE(clock.begun, 0);
    QVERIFY(!clock.watch.next().isValid());
}

void TestSessionWatch::aDifferenceIsFoundByItself()
{
    Watched w;
    const int before = w.drift.looks();
    QVERIFY(w.session->nextRecordLook() > *w.now);
    w.drift.differ();
    QSignalSpy finished(w.session.get(), &Session::runFinished);
    *w.now = w.now->addSecs(3601);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(w.drift.looks(), before + 1);
    QCOMPARE(w.session->risks().size(), size_t(1));
    QCOMPARE(w.session->risks().front().finding.code, u"mail_stops"_s);
    QCOMPARE(w.session->nextRecordLook(), w.now->addSecs(3600).addMSecs(-w.now->time().msec()));
}

// "Last looked at" in the handover is about the product, not about its records alone.
void TestSessionWatch::isNoLookAtTheProduct()
{
    Watched w;
    QVERIFY(!w.session->project().lastRun);
    QSignalSpy finished(w.session.get(), &Session::runFinished);
    w.session->runAll();
    QTRY_COMPARE(finished.count(), 1);
    const std::optional<Run> whole = w.session->project().lastRun;
    QVERIFY(whole);
    *w.now = w.now->addDays(3);
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(w.session->project().lastRun, whole);
}

void TestSessionWatch::waitsForTheRunThatGoesOn()
{
    Watched w(FakeProject::Endless::Yes);
    QSignalSpy started(w.session.get(), &Session::runStarted);
    w.session->runAll();
    QTRY_COMPARE(started.count(), 1);
    QTRY_VERIFY(!w.session->isPending(u"dns.drift"_s)); // it was among them; the endless one goes on
    const int before = w.drift.looks();
    *w.now = w.now->addSecs(3601);
    QSignalSpy finished(w.session.get(), &Session::runFinished);
    w.letTheClockTick(); // and nothing is begun
    QCOMPARE(started.count(), 1);
    QCOMPARE(w.drift.looks(), before);
    w.session->stopRun();
    QTRY_COMPARE(started.count(), 2); // once that run is over
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(w.drift.looks(), before + 1);
}

void TestSessionWatch::silenceFindsNothing()
{
    Watched w;
    w.drift.fail(true);
    w.drift.differ();
    QSignalSpy finished(w.session.get(), &Session::runFinished);
    *w.now = w.now->addSecs(3601);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(w.result().outcome, Outcome::Error);
    QVERIFY(w.session->risks().empty());
    QCOMPARE(w.session->nextRecordLook(), w.now->addSecs(900).addMSecs(-w.now->time().msec()));
    w.drift.fail(false); // the network is back
    *w.now = w.now->addSecs(901);
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(w.session->risks().size(), size_t(1));
}

void TestSessionWatch::endsWithTheProject()
{
    Watched w;
    const int before = w.drift.looks();
    w.session->closeProject();
    *w.now = w.now->addSecs(7200);
    QVERIFY(!w.session->nextRecordLook().isValid());
    QSignalSpy finished(w.session.get(), &Session::runFinished);
    w.session->openProject(w.fake.path(), OpenMode::ReadWrite);
    QTRY_COMPARE(finished.count(), 1); // overdue, and begun once it is open again
    QCOMPARE(w.drift.looks(), before + 1);
}

void TestSessionWatch::looksAtNothingInAProjectToLookAt()
{
    Watched w;
    w.session->closeProject();
    const int before = w.drift.looks();
    w.session->openProject(w.fake.path(), OpenMode::ReadOnly);
    QTRY_VERIFY(w.session->isOpen());
    *w.now = w.now->addSecs(7200);
    QVERIFY(!w.session->nextRecordLook().isValid());
    QSignalSpy opened(w.session.get(), &Session::projectOpened);
    w.session->openProject(w.fake.path(), OpenMode::ReadOnly); // events go on meanwhile
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(w.drift.looks(), before);
}

void TestSessionWatch::theChoiceIsKept()
{
    Watched w;
    QSignalSpy changed(w.session.get(), &Session::recordWatchChanged);
    w.session->setRecordWatch(std::chrono::hours(6));
    QCOMPARE(changed.count(), 1);
    QVERIFY(w.session->nextRecordLook() > w.now->addSecs(5 * 3600));
    w.session->setRecordWatch(std::chrono::seconds(0));
    QVERIFY(!w.session->nextRecordLook().isValid());
    w.session->closeProject();
    w.session->openProject(w.fake.path(), OpenMode::ReadWrite);
    QTRY_VERIFY(w.session->isOpen());
    QCOMPARE(w.session->project().recordWatch, std::chrono::seconds(0));
}

QTEST_GUILESS_MAIN(TestSessionWatch)
#include "tst_sessionwatch.moc"
