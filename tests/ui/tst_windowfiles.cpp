// The main window and its files: projects, settings, disks that fail.
#include "mainwindowlab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

// Until the project file's own thread has brought it about. Without a clock: megabytes are written, on a disk that
// others use as well. What never comes is ended by the test library's watchdog.
template<typename Condition>
void await(const Condition &holds)
{
    while (!holds())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

class TestWindowFiles : public QObject
{
    Q_OBJECT

private slots:
    void remembersTheProject();
    void settingsComeBack();
    void aFullDiskLosesNothing();
    void aLockedFileCanBeLookedAt();
    void unsavedChangesAreNotGivenUpUnasked_data();
    void unsavedChangesAreNotGivenUpUnasked();
    void aCopyKeepsUnsavedChanges();
    void neverSaysSavedWhileSaving();
    void aMovedFileIsNoFullDisk();
    void windowsKeepEachOthersSettings();
};

void TestWindowFiles::remembersTheProject()
{
    Opened o;
    QSignalSpy kept(&o.window, &MainWindow::settingsChanged);
    o.open();
    o.run();
    const auto settings = kept.last().first().value<AppSettings>();
    QCOMPARE(settings.recent.size(), size_t(1));
    QCOMPARE(settings.recent.front().path, o.fake.path());
    QCOMPARE(settings.recent.front().verdict, VerdictDecision::NoGo);
}

void TestWindowFiles::settingsComeBack()
{
    QTemporaryDir folder;
    AppSettings settings;
    settings.language = u"de"_s;
    settings.theme = ThemeChoice::Dark;
    for (int i = 0; i < AppSettings::kMostRecent + 2; ++i)
        settings.remember({.path = QString::number(i), .name = u"n"_s, .verdict = {}, .blockers = i, .lastOpened = {}});
    QCOMPARE(int(settings.recent.size()), AppSettings::kMostRecent);
    QSettings store(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    saveSettings(settings, store);
    QCOMPARE(loadSettings(store), settings);
    settings.recent.resize(1);
    saveSettings(settings, store);
    QCOMPARE(loadSettings(store).recent.size(), size_t(1));
}

// Writing fails on the project file's own thread; what was typed stays on the screen and is written once there is room.
void TestWindowFiles::aFullDiskLosesNothing()
{
    Opened o;
    o.open();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit original = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &original), 0);
    const rlimit small{512 * 1024, original.rlim_max};
    auto makeRoom = qScopeGuard([&] { ::setrlimit(RLIMIT_FSIZE, &original); });
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    QSignalSpy failed(o.session.get(), &Session::saveFailed);
    const std::vector<Item> items = o.session->roadmap().minimumBar;
    for (const Item &item : items)
        o.session->answer({item.id,
                           AnswerValue::Holds,
                           u"a long text "_s.repeated(10000),
                           u"Dana"_s,
                           QDateTime::currentDateTimeUtc(),
                           {}});
    await([&] { return o.session->saveState() != SaveState::Saving; });
    QCOMPARE(o.session->saveState(), SaveState::Failed);
    QCOMPARE(failed.count(), 1); // said once, not for each change that waits
    const auto *banner = o.window.projectView()->findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    const auto error = failed.first().first().value<Error>();
    QVERIFY(!error.message.isEmpty());
    const auto labels = banner->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [&](const QLabel *label) { return label->text() == error.message; }));
    QTRY_VERIFY(o.window.findChild<QLabel *>(u"saveState"_s)->isVisible());
    QCOMPARE(o.session->project().answers.size(), items.size());

    makeRoom.dismiss();
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &original), 0);
    banner->findChild<QPushButton *>(u"bannerAction"_s)->click();
    QCOMPARE(o.session->saveState(), SaveState::Saving);
    await([&] { return o.session->saveState() != SaveState::Saving; });
    QCOMPARE(o.session->saveState(), SaveState::Saved);
    QTRY_VERIFY(!banner->isVisible());
    o.session->closeProject();
    QSignalSpy refused(o.session.get(), &Session::openFailed);
    o.session->openProject(o.fake.path(), OpenMode::ReadOnly);
    await([&] { return o.session->isOpen() || refused.count() > 0; });
    QVERIFY(o.session->isOpen());
    QCOMPARE(o.session->project().answers.size(), items.size());
}

void TestWindowFiles::aLockedFileCanBeLookedAt()
{
    Opened o;
    o.open();
    const auto session = o.fake.makeSession();
    MainWindow second(*session, o.theme, AppSettings{});
    second.show();
    second.openProject(o.fake.path());
    auto *look = second.startPage()->findChild<QPushButton *>(u"bannerAction"_s);
    QTRY_VERIFY(look->isVisible());
    QCOMPARE(look->text(), u"Open to look only"_s);
    look->click();
    QTRY_VERIFY(session->isOpen());
    QVERIFY(session->isReadOnly());
    QCOMPARE(second.currentPageId(), pages::stage(1));
    const auto *says = second.projectView()->findChild<Banner *>();
    QVERIFY(says->isVisible() && says->accessibleName().contains(u"reading only"_s));
    second.openProject(o.fake.path(u"no-such.cockpit"_s));
    QTRY_VERIFY(second.currentPageId() == pages::kStart && !session->isOpen());
    QTRY_VERIFY(second.startPage()->findChild<Banner *>()->isVisible());
    QVERIFY(!look->isVisible());
}

using Leave = std::function<void(Opened &)>;

void TestWindowFiles::unsavedChangesAreNotGivenUpUnasked_data()
{
    QTest::addColumn<Leave>("leave");
    QTest::newRow("the window is closed") << Leave([](Opened &o) { o.window.close(); });
    QTest::newRow("the project is closed")
        << Leave([](Opened &o) { actionOf(o.window, u"closeProject"_s)->trigger(); });
    QTest::newRow("another one is opened")
        << Leave([](Opened &o) { o.window.openProject(o.fake.path(u"other.cockpit"_s)); });
    QTest::newRow("another one is begun")
        << Leave([](Opened &o) { o.window.startProject(o.fake.settings().target, o.fake.settings().roadmapId); });
    QTest::newRow("the practice company is opened")
        << Leave([](Opened &o) { emit o.window.startPage()->practiceRequested(); });
}

void TestWindowFiles::unsavedChangesAreNotGivenUpUnasked()
{
    QFETCH(Leave, leave);
    Opened o;
    o.open();
    QSignalSpy practice(&o.window, &MainWindow::practiceRequested);
    QVERIFY(QFile::remove(o.fake.path()));
    o.session->setName(u"Not saved"_s);
    leave(o);
    const auto question = [&] { return o.window.findChild<QMessageBox *>(u"unsavedChanges"_s); };
    QTRY_VERIFY(question());
    QVERIFY2(question()->informativeText().contains(o.fake.path()), qPrintable(question()->informativeText()));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    QVERIFY(o.window.isVisible());
    QVERIFY(o.session->isOpen());
    QCOMPARE(o.session->project().settings.name, u"Not saved"_s);
    QCOMPARE(practice.count(), 0);
    leave(o);
    QTRY_VERIFY(question());
    question()->findChild<QPushButton *>(u"leaveUnsaved"_s)->click();
    QTRY_VERIFY(!o.window.isVisible() || !o.session->isOpen() || practice.count() == 1 ||
                o.session->path() != o.fake.path());
}

void TestWindowFiles::aCopyKeepsUnsavedChanges()
{
    Opened o;
    o.open();
    QSignalSpy kept(&o.window, &MainWindow::settingsChanged);
    QVERIFY(QFile::remove(o.fake.path()));
    o.session->setName(u"Kept"_s);
    QTRY_COMPARE(o.session->saveState(), SaveState::Failed);
    o.window.close();
    QTRY_VERIFY(o.window.findChild<QMessageBox *>(u"unsavedChanges"_s));
    o.window.findChild<QPushButton *>(u"saveCopy"_s)->click();
    auto *dialog = o.window.findChild<QFileDialog *>(u"copyName"_s);
    QVERIFY(dialog);
    const QString copy = o.fake.path(u"copy.cockpit"_s);
    dialog->selectFile(copy);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_VERIFY(!o.window.isVisible());
    QCOMPARE(kept.last().first().value<AppSettings>().recent.front().path, copy);
    const auto file = ProjectStore::open(copy, OpenMode::ReadOnly);
    QVERIFY(file);
    QCOMPARE((*file)->load().value().settings.name, u"Kept"_s);
}

void TestWindowFiles::neverSaysSavedWhileSaving()
{
    Opened o;
    o.open();
    const auto says = [&](const QString &words) {
        const auto labels = o.window.projectView()->findChild<BottomBar *>()->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(words); });
    };
    QTRY_VERIFY(says(u"everything is saved"_s));
    o.session->setName(u"Renamed"_s);
    QCOMPARE(o.session->saveState(), SaveState::Saving);
    QVERIFY(!says(u"everything is saved"_s));
    QTRY_VERIFY(says(u"everything is saved"_s));
    QVERIFY(QFile::remove(o.fake.path()));
    o.session->setName(u"Lost"_s);
    QTRY_VERIFY(says(u"not saved"_s));
}

void TestWindowFiles::aMovedFileIsNoFullDisk()
{
    Opened o;
    o.open();
    QVERIFY(QFile::rename(o.fake.path(), o.fake.path(u"away.cockpit"_s)));
    o.session->setName(u"Renamed"_s);
    const auto *banner = o.window.projectView()->findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    QVERIFY(banner->accessibleName().contains(u"moved"_s));
    QVERIFY2(banner->accessibleDescription().isEmpty(), qPrintable(banner->accessibleDescription()));
}

void TestWindowFiles::windowsKeepEachOthersSettings()
{
    const QDateTime noon(QDate(2026, 3, 4), QTime(12, 0), Qt::UTC);
    const auto project = [&](const QString &path, int minutes) {
        return RecentProject{.path = path, .name = path, .verdict = {}, .lastOpened = noon.addSecs(60 * minutes)};
    };
    AppSettings known;
    known.language = u"en"_s;
    known.recent = {project(u"both"_s, 0)};
    AppSettings mine = known;
    mine.theme = ThemeChoice::Dark;
    mine.remember(project(u"mine"_s, 2));
    AppSettings stored = known;
    stored.language = u"de"_s;
    stored.recent = {project(u"theirs"_s, 3), project(u"both"_s, 1)};
    const AppSettings kept = merged(known, mine, stored);
    QCOMPARE(kept.theme, ThemeChoice::Dark);
    QCOMPARE(kept.language, u"de"_s);
    const std::vector<RecentProject> all{project(u"theirs"_s, 3), project(u"mine"_s, 2), project(u"both"_s, 1)};
    QVERIFY(kept.recent == all);
}

QTEST_MAIN(TestWindowFiles)
#include "tst_windowfiles.moc"
