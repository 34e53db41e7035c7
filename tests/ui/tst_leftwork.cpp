// A removal of what earlier runs left, while it goes on: who stops it, what waits for it, and where its requests go.
#include "accesslab.h"

#include "models/projectjournal.h"
#include "ui/access/leftdialog.h"
#include "ui/leftwork.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <atomic>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"http.hsts"_s;

JournalEntry entryOf(const TestActor &actor, const QString &text)
{
    JournalEntry entry;
    entry.id = newJournalId();
    entry.at = QDateTime::currentDateTimeUtc();
    entry.actorId = actor.id;
    entry.account = actor.name;
    entry.text = text;
    entry.create.method = u"POST"_s;
    entry.create.path = u"/api/notes"_s;
    entry.remove.emplace();
    entry.remove->method = u"DELETE"_s;
    entry.remove->path = u"/api/notes/{id}"_s;
    return entry;
}

} // namespace

class TestLeftWork : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void isStoppedByThePerson();
    void isStoppedWhileTheKeychainThinks();
    void isStoppedFromAnotherDialog();
    void noRunBeginsMeanwhile();
    void waitsForTheEndOfARun();
    void isWaitedForWhenTheWindowCloses();
    void isLeftWithTheProject();
    void noCopyIsMadeDuringARun();
    void noRunBeginsDuringACopy();

private:
    Session &session() { return *m_fixture->session; }
    QPushButton *button(const QString &name) const { return m_dialog->findChild<QPushButton *>(name); }
    void begin();
    void startRun();
    std::size_t requestsIn(const QString &path);
    std::size_t entriesIn(const QString &path);

    AccessAnswers m_answers;
    TestActor m_anna = someActor(u"Anna"_s, u"admin"_s, u"Acme"_s);
    std::atomic_int m_asked = 0;
    std::atomic_bool m_holdsRun = false;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<LeftDialog> m_dialog;
};

// A project with two records of a run that was killed, and leave to remove them. The removal takes the first away, and
// then goes on until it is stopped.
void TestLeftWork::init()
{
    m_asked = 0;
    m_holdsRun = false;
    m_fixture = std::make_unique<PageFixture>([this](SessionServices &services) {
        services = withAccess(std::move(services), m_answers);
        services.removeLeft = [this](const LeftQuestion &question, const ActiveTerms &, const NetOptions &,
                                     const CancelToken &cancel) -> Result<LeftReport> {
            ++m_asked;
            cancel.waitFor(std::chrono::seconds(60));
            LeftReport report;
            for (const JournalEntry &entry : question.entries) {
                const bool isFirst = report.each.empty();
                report.each.push_back({entry.id, isFirst, isFirst ? QString() : u"Stopped before it was seen."_s});
            }
            report.sent = {signInOf(m_anna)};
            return report;
        };
    });
    Check check;
    check.id = kCheck;
    check.look = [this](const Look &) {
        while (m_holdsRun)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return Judged();
    };
    m_fixture->registry.add(std::move(check));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    ProjectJournal journal(session().path());
    QVERIFY(journal.write(entryOf(m_anna, u"LC-CANARY-aaaaaaaaaaaa"_s)));
    QVERIFY(journal.write(entryOf(m_anna, u"LC-CANARY-bbbbbbbbbbbb"_s)));
    session().openProject(session().path(), OpenMode::ReadWrite);
    QTRY_COMPARE_WITH_TIMEOUT(session().leftRecords().size(), 2U, 20000);
    bool isProven = false;
    session().setActors({m_anna});
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { isProven = true; });
    QTRY_VERIFY(isProven);
    session().agree(u"Dana"_s);
    m_dialog = std::make_unique<LeftDialog>(session());
    m_dialog->show();
}

void TestLeftWork::cleanup()
{
    m_holdsRun = false;
    m_dialog.reset();
    m_fixture.reset();
}

void TestLeftWork::begin()
{
    QVERIFY(!button(u"stopLeft"_s)->isVisibleTo(m_dialog.get()));
    button(u"removeLeft"_s)->click();
    QTRY_COMPARE(m_asked.load(), 1);
    QVERIFY(button(u"stopLeft"_s)->isVisibleTo(m_dialog.get()));
    QVERIFY(!button(u"removeLeft"_s)->isVisibleTo(m_dialog.get()));
}

void TestLeftWork::startRun()
{
    m_holdsRun = true;
    QSignalSpy started(&session(), &Session::runStarted);
    session().runChecks({kCheck});
    QTRY_COMPARE(started.count(), 1);
}

std::size_t TestLeftWork::requestsIn(const QString &path)
{
    const auto file = ProjectStore::open(path, OpenMode::ReadOnly);
    const auto requests = file ? (*file)->requests() : Result<std::vector<LoggedRequest>>();
    return requests ? requests->size() : 0;
}

std::size_t TestLeftWork::entriesIn(const QString &path)
{
    const auto file = ProjectStore::open(path, OpenMode::ReadOnly);
    const auto entries = file ? (*file)->journal() : Result<std::vector<JournalEntry>>();
    return entries ? entries->size() : 0;
}

void TestLeftWork::isStoppedByThePerson()
{
    begin();
    QElapsedTimer clock;
    clock.start();
    button(u"stopLeft"_s)->click();
    QTRY_COMPARE(session().leftRecords().size(), 1U); // what it removed until then
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(!button(u"stopLeft"_s)->isVisibleTo(m_dialog.get()));
    QVERIFY(button(u"removeLeft"_s)->isVisibleTo(m_dialog.get()));
    const QString answer = textIn(m_dialog.get(), u"leftAnswer"_s);
    QVERIFY2(answer.startsWith(u"Stopped."_s), qPrintable(answer));
    QVERIFY(textIn(m_dialog.get(), u"leftList"_s).contains(u"Stopped before it was seen."_s));
    QTRY_VERIFY(session().saveState() == SaveState::Saved);
    QCOMPARE(requestsIn(session().path()), 1U);
}

// It may wait for its own password, in another window.
void TestLeftWork::isStoppedWhileTheKeychainThinks()
{
    m_fixture->keychain.isSlow = true;
    Credential credential;
    credential.name = m_anna.credential = u"Anna"_s;
    credential.keychainEntry = u"acme/anna"_s;
    session().setCredentials({credential});
    session().setActors({m_anna});
    button(u"removeLeft"_s)->click();
    QVERIFY(LeftWork::of(session()));
    button(u"stopLeft"_s)->click();
    QTRY_VERIFY(textIn(m_dialog.get(), u"leftAnswer"_s).startsWith(u"Stopped"_s));
    QVERIFY(!LeftWork::of(session()));
    for (const auto &late : std::exchange(m_fixture->keychain.late, {}))
        late();
    QTRY_VERIFY(session().whyLeftStays().isEmpty()); // and it may be asked again
    QCOMPARE(m_asked.load(), 0);
    m_fixture->keychain.isSlow = false;
}

// The one that began it was closed.
void TestLeftWork::isStoppedFromAnotherDialog()
{
    begin();
    m_dialog = std::make_unique<LeftDialog>(session());
    m_dialog->show();
    button(u"stopLeft"_s)->click();
    QTRY_COMPARE(session().leftRecords().size(), 1U);
    QTRY_COMPARE(textIn(m_dialog.get(), u"leftAnswer"_s), u"Stopped."_s);
}

void TestLeftWork::noRunBeginsMeanwhile()
{
    begin();
    QSignalSpy refused(&session(), &Session::runFailed);
    session().runChecks({kCheck});
    QCOMPARE(refused.count(), 1);
    const auto error = refused.front().front().value<Error>();
    QVERIFY2(error.message.contains(u"being removed"_s) && !session().isRunning(), qPrintable(error.message));
    LeftWork::of(session())->stop();
    QTRY_VERIFY(session().leftRecords().size() == 1U);
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kCheck});
    QTRY_COMPARE(finished.count(), 1);
}

void TestLeftWork::waitsForTheEndOfARun()
{
    startRun();
    QVERIFY(!button(u"removeLeft"_s)->isVisibleTo(m_dialog.get()));
    std::optional<Result<LeftReport>> report;
    session().removeLeftRecords(this, [&](const Result<LeftReport> &given) { report = given; });
    QVERIFY(report && !*report);
    QVERIFY2(report->error().message.contains(u"A run is going on"_s), qPrintable(report->error().message));
    QCOMPARE(m_asked.load(), 0);
    m_holdsRun = false;
    QTRY_VERIFY(!session().isRunning());
    QTRY_VERIFY(button(u"removeLeft"_s)->isVisibleTo(m_dialog.get()));
}

// What it sent is in the log, and what it removed is struck, though nobody is there to hear of it.
void TestLeftWork::isWaitedForWhenTheWindowCloses()
{
    begin();
    const QString path = session().path();
    m_dialog.reset();
    QElapsedTimer clock;
    clock.start();
    m_fixture->session.reset();
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(requestsIn(path), 1U);
    QCOMPARE(entriesIn(path), 1U);
}

// The next project hears nothing of it, and may begin its own.
void TestLeftWork::isLeftWithTheProject()
{
    begin();
    const QString path = session().path();
    const QString other = m_fixture->folder.filePath(u"other.cockpit"_s);
    const ProjectSettings settings = session().project().settings;
    QSignalSpy opened(&session(), &Session::projectOpened);
    session().createProject(other, settings);
    QTRY_COMPARE(opened.count(), 1);
    QVERIFY(!LeftWork::of(session()) && session().leftRecords().empty());
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kCheck});
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(requestsIn(path), 1U);
    QCOMPARE(entriesIn(path), 1U);
    QCOMPARE(requestsIn(other), 0U);
}

// What a run writes into the file while that is copied would be in the old one alone.
void TestLeftWork::noCopyIsMadeDuringARun()
{
    startRun();
    const QString path = session().path();
    const QString copy = m_fixture->folder.filePath(u"copy.cockpit"_s);
    std::optional<Result<void>> saved;
    const auto keep = [&](const Result<void> &answer) { saved = answer; };
    session().saveCopyAs(copy, this, keep);
    QTRY_VERIFY(saved);
    QVERIFY(!*saved && !QFile::exists(copy));
    QVERIFY2(saved->error().message.contains(u"A run is going on"_s), qPrintable(saved->error().message));
    QCOMPARE(session().path(), path);
    m_holdsRun = false;
    QTRY_VERIFY(!session().isRunning());
    saved.reset();
    session().saveCopyAs(copy, this, keep);
    QTRY_VERIFY(saved);
    QVERIFY2(saved->has_value(), saved->has_value() ? "" : qPrintable(saved->error().message));
    QCOMPARE(entriesIn(copy), 2U);
}

void TestLeftWork::noRunBeginsDuringACopy()
{
    QSignalSpy refused(&session(), &Session::runFailed);
    std::optional<Result<void>> saved;
    session().saveCopyAs(m_fixture->folder.filePath(u"copy.cockpit"_s), this,
                         [&](const Result<void> &answer) { saved = answer; });
    session().runChecks({kCheck});
    QCOMPARE(refused.count(), 1);
    QVERIFY(!session().isRunning());
    QTRY_VERIFY(saved);
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kCheck});
    QTRY_COMPARE(finished.count(), 1);
}

QTEST_MAIN(TestLeftWork)
#include "tst_leftwork.moc"
