// The session and its file: created, opened, saved behind what is shown, copied when that fails, and what is refused.
#include "sessionlab.h"

#include <QFile>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestSessionFile : public QObject
{
    Q_OBJECT

private slots:
    void createsAndOpens();
    void saysWhyItCannotOpen();
    void readOnlyRefusesChanges();
    void tellsWhenItIsSaved();
    void findsAFreeName();
    void opensTheSameFileTwice();
    void opensWhatWasAskedForLast();
    void isSavedAgainInAnotherFile();
    void triesAgainBeforeItCloses();
    void offersToLookAtALockedFile();
    void goesOnInACopy();
    void aCopyOverwritesNothing();
    void unreadableSamplesAreNoEmptyOnes();
};

void TestSessionFile::createsAndOpens()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    QVERIFY(session->isOpen());
    QCOMPARE(session->project().settings, fake.settings());
    QCOMPARE(session->roadmap().id, QString::fromLatin1(kDefaultRoadmapId));
    QVERIFY(session->verdict().nothingLookedAt);
    session->closeProject();
    QVERIFY(!session->isOpen());
    QVERIFY(session->project().settings.name.isEmpty());
}

void TestSessionFile::saysWhyItCannotOpen()
{
    FakeProject fake;
    QFile file(fake.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not a project");
    file.close();
    const auto session = fake.makeSession();
    QSignalSpy failed(session.get(), &Session::openFailed);
    session->openProject(fake.path(), OpenMode::ReadWrite);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!failed.first().first().value<Error>().message.isEmpty());
    QVERIFY(!session->isOpen());
}

void TestSessionFile::readOnlyRefusesChanges()
{
    FakeProject fake;
    {
        const auto session = fake.makeSession();
        create(*session, fake);
    }
    const auto session = fake.makeSession();
    open(*session, fake, OpenMode::ReadOnly);
    QVERIFY(session->isReadOnly());
    QSignalSpy refused(session.get(), &Session::saveFailed);
    QSignalSpy notRun(session.get(), &Session::runFailed);
    session->setName(u"Other"_s);
    QCOMPARE(refused.count(), 1);
    QCOMPARE(session->project().settings.name, u"Made"_s);
    session->runAll();
    QCOMPARE(notRun.count(), 1);
}

void TestSessionFile::tellsWhenItIsSaved()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    QSignalSpy saved(session.get(), &Session::saveStateChanged);
    session->setName(u"Renamed"_s);
    QCOMPARE(session->saveState(), SaveState::Saving);
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
    session->retrySaving();
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
    QCOMPARE(session->project().settings.name, u"Renamed"_s);
}

void TestSessionFile::findsAFreeName()
{
    FakeProject fake;
    const QString folder = QFileInfo(fake.path()).path() + u"/new"_s;
    const auto session = fake.makeSession();
    for (const QString &name : {u"made.example.cockpit"_s, u"made.example 2.cockpit"_s, u"made.example 3.cockpit"_s}) {
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProjectIn(folder, u"made.example"_s, fake.settings());
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(QFileInfo(session->path()).fileName(), name);
    }
}

void TestSessionFile::opensTheSameFileTwice()
{
    FakeProject fake;
    {
        const auto session = fake.makeSession();
        create(*session, fake);
    }
    const auto session = fake.makeSession();
    QSignalSpy opened(session.get(), &Session::projectOpened);
    QSignalSpy failed(session.get(), &Session::openFailed);
    session->openProject(fake.path(), OpenMode::ReadWrite);
    session->openProject(fake.path(), OpenMode::ReadWrite); // an impatient second click
    QTRY_COMPARE(opened.count(), 1);
    session->setName(u"Clicked"_s);
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(opened.count(), 1);
}

void TestSessionFile::opensWhatWasAskedForLast()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    QSignalSpy opened(session.get(), &Session::projectOpened);
    session->createProject(fake.path(), fake.settings());
    session->createProject(fake.path(u"other.cockpit"_s), fake.settings());
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(session->path(), fake.path(u"other.cockpit"_s));
}

void TestSessionFile::isSavedAgainInAnotherFile()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    QVERIFY(QFile::remove(fake.path()));
    session->setName(u"Nowhere to go"_s);
    QTRY_COMPARE(session->saveState(), SaveState::Failed);
    session->createProject(fake.path(u"other.cockpit"_s), fake.settings());
    QTRY_VERIFY(session->isOpen());
    QCOMPARE(session->saveState(), SaveState::Saved);
}

void TestSessionFile::triesAgainBeforeItCloses()
{
    FakeProject fake;
    const QString away = fake.path(u"away.cockpit"_s);
    const auto session = fake.makeSession();
    create(*session, fake);
    QVERIFY(QFile::rename(fake.path(), away));
    session->setName(u"Renamed"_s);
    QTRY_COMPARE(session->saveState(), SaveState::Failed);
    QVERIFY(QFile::rename(away, fake.path())); // as the message asks
    session->closeProject();
    open(*session, fake, OpenMode::ReadWrite);
    QCOMPARE(session->project().settings.name, u"Renamed"_s);
}

void TestSessionFile::offersToLookAtALockedFile()
{
    FakeProject fake;
    const auto first = fake.makeSession();
    create(*first, fake);
    const auto second = fake.makeSession();
    QSignalSpy failed(second.get(), &Session::openFailed);
    second->openProject(fake.path(), OpenMode::ReadWrite);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first().at(1).toString(), fake.path());
    open(*second, fake, OpenMode::ReadOnly);
    QVERIFY(second->isReadOnly());
    second->openProject(fake.path(u"missing.cockpit"_s), OpenMode::ReadWrite);
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed.last().at(1).toString().isEmpty()); // nothing to look at
}

// The file is gone, and with it the place for what was changed since.
void TestSessionFile::goesOnInACopy()
{
    FakeProject fake;
    const QString copy = fake.path(u"copy.cockpit"_s);
    {
        const auto session = fake.makeSession();
        create(*session, fake);
        run(*session);
        session->setMonitors({Monitor{.name = u"Homepage"_s}});
        QTRY_COMPARE(session->saveState(), SaveState::Saved);
        QVERIFY(QFile::remove(fake.path()));
        session->setName(u"Kept"_s);
        session->setDkimSelectors({u"late"_s});
        QTRY_COMPARE(session->saveState(), SaveState::Failed);
        std::optional<Result<void>> saved;
        session->saveCopyAs(copy, this, [&saved](const Result<void> &answer) { saved = answer; });
        QTRY_VERIFY(saved);
        QVERIFY2(saved->has_value(), saved->has_value() ? "" : qPrintable(saved->error().message));
        QCOMPARE(session->saveState(), SaveState::Saved);
        QCOMPARE(session->path(), copy);
        session->decide({.findingId = findingId(*session),
                         .kind = DecisionKind::Accepted,
                         .reason = u"known"_s,
                         .by = u"Dana"_s,
                         .decidedAt = QDateTime::currentDateTimeUtc()});
    }
    const auto again = fake.makeSession();
    QSignalSpy opened(again.get(), &Session::projectOpened);
    again->openProject(copy, OpenMode::ReadWrite);
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(again->project().settings.name, u"Kept"_s);
    QCOMPARE(again->project().settings.dkimSelectors, QStringList{u"late"_s});
    QCOMPARE(again->project().monitors.size(), size_t(1));
    QCOMPARE(again->project().decisions.size(), size_t(1));
    QCOMPARE(again->risks().size(), size_t(1));
}

void TestSessionFile::aCopyOverwritesNothing()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    const QString taken = fake.path(u"taken.cockpit"_s);
    QFile file(taken);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("somebody's");
    file.close();
    std::optional<Result<void>> saved;
    session->saveCopyAs(taken, this, [&saved](const Result<void> &answer) { saved = answer; });
    QTRY_VERIFY(saved);
    QVERIFY(!saved->has_value());
    QVERIFY2(saved->error().message.contains(taken), qPrintable(saved->error().message));
    QCOMPARE(QFileInfo(taken).size(), qint64(10));
    QCOMPARE(session->path(), fake.path());
}

void TestSessionFile::unreadableSamplesAreNoEmptyOnes()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    create(*session, fake);
    session->setMonitors({Monitor{}});
    QTRY_COMPARE(session->saveState(), SaveState::Saved);
    fake.loseSamples();
    std::optional<Result<std::vector<Sample>>> samples;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    session->loadSamples(session->project().monitors.front().id, now.addDays(-1), now, this,
                         [&samples](const auto &answer) { samples = answer; });
    QTRY_VERIFY(samples);
    QVERIFY(!samples->has_value());
    std::optional<Result<HandoverInput>> input;
    session->collectHandover(this, [&input](const auto &answer) { input = answer; });
    QTRY_VERIFY(input);
    QVERIFY(!input->has_value());
    QSignalSpy notRun(session.get(), &Session::runFailed);
    session->runAll();
    QTRY_COMPARE(notRun.count(), 1);
    QVERIFY(!session->isRunning());
}

QTEST_GUILESS_MAIN(TestSessionFile)
#include "tst_sessionfile.moc"
