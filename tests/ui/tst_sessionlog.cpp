// The attacks of a session: what ends them, and the log, which has every request whoever is there to hear of it.
#include "sessionaccesslab.h"

#include "ui/storethread.h"

#include <QScopeGuard>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class SessionLogTest : public SessionAccessLab
{
    Q_OBJECT

private slots:
    void init() { start(); }
    void theKillSwitchEndsARun();
    void withdrawingEndsARun();
    void writesTheLogWhileARunGoesOn();
    void logsWhatIsSentAfterItIsLeft_data();
    void logsWhatIsSentAfterItIsLeft();
    void logsATrialThatIsLeft_data();
    void logsATrialThatIsLeft();
    void theNextProjectGetsNothingOfIt();
    void aRunThatSendsNothingHoldsNothing();
    void aHoldEndsByItself();
    void exportsTheLog();

private:
    void startAttack();
    void leave(const QString &how);
    std::vector<LoggedRequest> logIn(const QString &path);
};

void SessionLogTest::theKillSwitchEndsARun()
{
    permit();
    *m_holds = true;
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kAttack});
    QTRY_VERIFY([this] {
        const std::scoped_lock lock(m_seen->mutex);
        return m_seen->letOut > 0;
    }());
    QElapsedTimer clock;
    clock.start();
    session().stopActive();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(session().permissionState(), PermissionState::Stopped);
    QVERIFY(resultOf(kAttack).outcome == Outcome::Error || resultOf(kAttack).outcome == Outcome::NotRun);
    *m_holds = false;
    session().resumeActive();
    QCOMPARE(session().permissionState(), PermissionState::Given);
    run({kAttack});
    QCOMPARE(resultOf(kAttack).outcome, Outcome::Pass);
}

void SessionLogTest::withdrawingEndsARun()
{
    permit();
    *m_holds = true;
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kAttack});
    QTRY_VERIFY([this] {
        const std::scoped_lock lock(m_seen->mutex);
        return m_seen->letOut > 0;
    }());
    session().withdrawAgreement();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(session().permissionState(), PermissionState::NotAgreed);
}

void SessionLogTest::writesTheLogWhileARunGoesOn()
{
    permit();
    *m_holds = true;
    QSignalSpy logged(&session(), &Session::requestsLogged);
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kAttack});
    QTRY_VERIFY(!logged.isEmpty());
    QCOMPARE(finished.count(), 0);
    std::vector<LoggedRequest> soFar;
    session().loadRequests(this, [&](const auto &requests) { soFar = requests.value(); });
    QTRY_VERIFY(!soFar.empty());
    QCOMPARE(soFar.front().checkId, kAttack);
    QCOMPARE(soFar.front().status, 401);
    *m_holds = false;
    QTRY_COMPARE(finished.count(), 1);
    std::vector<LoggedRequest> all;
    session().loadRequests(this, [&](const auto &requests) { all = requests.value(); });
    QTRY_VERIFY(!all.empty());
    QCOMPARE(static_cast<int>(all.size()), m_seen->letOut);
}

void SessionLogTest::startAttack()
{
    permit();
    *m_holds = true;
    *m_undoes = true;
    session().runChecks({kAttack});
    QTRY_VERIFY(m_seen->sent() > 0);
}

void SessionLogTest::leave(const QString &how)
{
    if (how == "closed"_L1)
        session().closeProject();
    else if (how == "quit"_L1)
        m_fixture->session.reset();
    else if (how == "moved"_L1)
        session().setTarget(parseAddress(u"another.example"_s).value());
    else if (how == "reopened"_L1)
        session().openProject(m_fixture->path(), OpenMode::ReadWrite);
}

// As another program finds it, once this one has let go of it.
std::vector<LoggedRequest> SessionLogTest::logIn(const QString &path)
{
    if (m_fixture->session) {
        session().closeProject();
        m_fixture->session.reset();
    }
    const auto file = ProjectStore::open(path, OpenMode::ReadOnly);
    return file ? (*file)->requests().value() : std::vector<LoggedRequest>();
}

void SessionLogTest::logsWhatIsSentAfterItIsLeft_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("the project is closed") << u"closed"_s;
    QTest::newRow("the program ends") << u"quit"_s;
    QTest::newRow("it is about something else") << u"moved"_s;
    QTest::newRow("it is opened once more") << u"reopened"_s;
}

// The last of it takes a record away, after Stop.
void SessionLogTest::logsWhatIsSentAfterItIsLeft()
{
    QFETCH(QString, how);
    startAttack();
    QElapsedTimer clock;
    clock.start();
    leave(how);
    if (how != "quit"_L1)
        QVERIFY2(clock.elapsed() < 500, "the window waited");
    if (how == "reopened"_L1)
        QTRY_VERIFY(session().isOpen());
    const std::vector<LoggedRequest> log = logIn(m_fixture->path());
    QCOMPARE(static_cast<int>(log.size()), m_seen->sent());
    QVERIFY(!log.empty());
    QCOMPARE(log.back().status, 204);
}

void SessionLogTest::logsATrialThatIsLeft_data()
{
    logsWhatIsSentAfterItIsLeft_data();
}

void SessionLogTest::logsATrialThatIsLeft()
{
    QFETCH(QString, how);
    permit();
    addAccounts(1);
    *m_holds = true;
    bool isTold = false;
    m_trials = 0;
    session().tryActor(session().project().actors.front().id, this, [&](const auto &) { isTold = true; });
    QTRY_COMPARE(m_trials.load(), 1);
    leave(how);
    *m_holds = false;
    if (how == "reopened"_L1)
        QTRY_VERIFY(session().isOpen());
    const std::vector<LoggedRequest> log = logIn(m_fixture->path());
    QCOMPARE(log.size(), size_t(1));
    QCOMPARE(log.front().route, u"/login"_s);
    QVERIFY(!isTold || how == "moved"_L1); // else it was about a project that is not there any more
}

void SessionLogTest::theNextProjectGetsNothingOfIt()
{
    startAttack();
    QSignalSpy logged(&session(), &Session::requestsLogged);
    const QString left = m_fixture->path();
    const QString next = m_fixture->folder.filePath(u"next.cockpit"_s);
    const ProjectSettings settings = session().project().settings;
    session().createProject(next, settings);
    QTRY_VERIFY(session().isOpen());
    QVERIFY(logged.isEmpty());
    QVERIFY(logIn(next).empty());
    const auto file = ProjectStore::open(left, OpenMode::ReadOnly);
    QVERIFY(file.has_value());
    QCOMPARE(static_cast<int>((*file)->requests()->size()), m_seen->sent());
}

// It has nothing for the log, however long it takes to end.
void SessionLogTest::aRunThatSendsNothingHoldsNothing()
{
    *m_stalls = true;
    const auto goOn = qScopeGuard([this] { *m_stalls = false; });
    session().runChecks({kQuiet});
    QTRY_VERIFY(m_isStalled->load());
    session().openProject(m_fixture->path(), OpenMode::ReadWrite);
    QVERIFY(!session().isOpen());
    QTRY_VERIFY(session().isOpen());
}

// A request that never ends keeps nobody out of the file.
void SessionLogTest::aHoldEndsByItself()
{
    const QString path = m_fixture->folder.filePath(u"held.cockpit"_s);
    StoreThread store;
    int opened = 0;
    const auto count = [&](const Result<StoreThread::Opened> &answer) { opened += answer ? 1 : 0; };
    store.create(path, session().project().settings, count);
    QTRY_COMPARE(opened, 1);
    const StoreThread::BriefHold hold(store.hold(), std::chrono::milliseconds(100));
    bool wasOver = false;
    store.close();
    store.open(path, OpenMode::ReadWrite, [&](const Result<StoreThread::Opened> &answer) {
        wasOver = hold.isOver();
        count(answer);
    });
    QVERIFY(!hold.isOver());
    QTRY_COMPARE(opened, 2);
    QVERIFY(wasOver); // not before
}

void SessionLogTest::exportsTheLog()
{
    permit();
    run({kAttack});
    const QString file = m_fixture->folder.filePath(u"sent.csv"_s);
    std::optional<bool> written;
    session().exportRequests(file, this, [&](const Result<void> &done) { written = done.has_value(); });
    QTRY_COMPARE(written, std::optional(true));
    QFile csv(file);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QByteArray text = csv.readAll();
    QVERIFY2(text.contains("/api/me") && text.contains("401"), text.constData());
    written.reset();
    session().exportRequests(m_fixture->folder.filePath(u"none/sent.csv"_s), this,
                             [&](const Result<void> &done) { written = done.has_value(); });
    QTRY_COMPARE(written, std::optional(false));
}

QTEST_MAIN(SessionLogTest)
#include "tst_sessionlog.moc"
