// The window: the way through its pages, what it remembers, and that everything has a name.
#include "fakeproject.h"
#include "ui/mainwindow.h"
#include "ui/present/presentview.h"
#include "ui/rail/railbutton.h"
#include "ui/shell/bottombar.h"
#include "ui/shell/projectview.h"
#include "ui/stage/answerdialog.h"
#include "ui/stage/decisiondialog.h"
#include "ui/stage/deliverabledialog.h"
#include "ui/stage/detail.h"
#include "ui/stage/findinghistory.h"
#include "ui/stage/stagepage.h"
#include "ui/start/startpage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/page.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/rowlist.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QSettings>
#include <QTest>

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <functional>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

// What one test needs, in the order in which it must go again.
struct Opened
{
    explicit Opened(
        FakeProject::Endless endless = FakeProject::Endless::No,
        const std::function<void(FakeProject &)> &prepare = [](FakeProject &) {})
        : fake(endless),
          theme(*qApp, ThemeChoice::Light),
          session((prepare(fake), fake.makeSession())),
          window(*session, theme, AppSettings{.lastFolder = QFileInfo(fake.path()).path()})
    {
    }

    void open()
    {
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProject(fake.path(), fake.settings());
        QTRY_COMPARE(opened.count(), 1);
        window.show();
    }

    void run()
    {
        QSignalSpy finished(session.get(), &Session::runFinished);
        session->runAll();
        QTRY_COMPARE(finished.count(), 1);
    }

    // The page of the first stage that asks for the check.
    QString stageOf(const char *checkId) const
    {
        for (const Stage &stage : session->roadmap().stages) {
            if (session->roadmap().checkIds(stage.number).contains(QString::fromLatin1(checkId)))
                return pages::stage(stage.number);
        }
        return {};
    }

    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
    MainWindow window;
};

QAction *actionOf(const QWidget &window, const QString &name)
{
    return window.findChild<QAction *>(name);
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void beginsAtTheStart();
    void backAndNextLeadThroughEveryPage();
    void railOpensPages();
    void stageShowsFindingAndItsDetail();
    void checklistHasEveryItem();
    void decisionNeedsAReason();
    void answerNeedsAChoiceAndAName();
    void presentationListensToKeys();
    void remembersTheProject();
    void settingsComeBack();
    void escapeStopsTheRun();
    void leadsToAFinding();
    void showsADeliverable();
    void leadsToWhatACheckNeeds_data();
    void leadsToWhatACheckNeeds();
    void offersAnotherMessage();
    void linksLeadFromTheGateToTheStage();
    void aFullDiskLosesNothing();
    void theRailSaysWhenNothingWasLookedAt();
    void aLockedFileCanBeLookedAt();
    void unsavedChangesAreNotGivenUpUnasked_data();
    void unsavedChangesAreNotGivenUpUnasked();
    void aCopyKeepsUnsavedChanges();
    void neverSaysSavedWhileSaving();
    void aMovedFileIsNoFullDisk();
    void tellsTheHistoryOfAFinding();
    void windowsKeepEachOthersSettings();
};

void TestMainWindow::beginsAtTheStart()
{
    Opened o;
    QCOMPARE(o.window.currentPageId(), QString(pages::kStart));
    o.window.showPage(pages::stage(1)); // no project yet
    QCOMPARE(o.window.currentPageId(), QString(pages::kStart));
}

void TestMainWindow::backAndNextLeadThroughEveryPage()
{
    Opened o;
    o.open();
    ProjectView *view = o.window.projectView();
    const QStringList ids = view->pageIds();
    QCOMPARE(ids.first(), pages::stage(1));
    for (const QString &id : ids) {
        QCOMPARE(o.window.currentPageId(), id);
        QVERIFY2(!view->page(id)->title().isEmpty(), qPrintable(id));
        view->goNext();
    }
    for (int i = int(ids.size()) - 1; i >= 0; --i) {
        QCOMPARE(o.window.currentPageId(), ids[i]);
        view->goBack();
    }
    QCOMPARE(o.window.currentPageId(), QString(pages::kStart));
}

void TestMainWindow::railOpensPages()
{
    Opened o;
    o.open();
    o.window.findChild<RailButton *>(u"rail-stage-3"_s)->click();
    QCOMPARE(o.window.currentPageId(), pages::stage(3));
    o.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&o.window));
    QTest::keyClick(&o.window, Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(o.window.currentPageId(), pages::stage(5));
    // A page that has no step of its own leaves none marked.
    o.window.findChild<ProjectView *>()->openPage(pages::kCredentials);
    const auto steps = o.window.findChildren<RailButton *>();
    QVERIFY(std::ranges::none_of(steps, [](const RailButton *step) { return step->isChecked(); }));
    o.window.findChild<RailButton *>(u"rail-stage-3"_s)->click();
    QVERIFY(o.window.findChild<RailButton *>(u"rail-stage-3"_s)->isChecked());
}

void TestMainWindow::stageShowsFindingAndItsDetail()
{
    Opened o;
    o.open();
    o.run();
    // Wherever the roadmap puts the failing check, its finding is on top and in the detail.
    const Roadmap &roadmap = o.session->roadmap();
    int shownOn = 0;
    for (const Stage &stage : roadmap.stages) {
        if (!roadmap.checkIds(stage.number).contains(QString::fromLatin1(FakeProject::kFailing)))
            continue;
        ++shownOn;
        o.window.showPage(pages::stage(stage.number));
        const auto *page = qobject_cast<StagePage *>(o.window.projectView()->page(pages::stage(stage.number)));
        const auto *list = page->findChild<QListView *>(u"results"_s);
        QCOMPARE(list->model()->index(0, 0).data().toString(), u"Anyone can send email as you"_s);
        QCOMPARE(page->findChild<QLabel *>(u"detailTitle"_s)->text(), u"Anyone can send email as you"_s);
        QVERIFY(page->findChild<QAbstractButton *>(u"copyCurl"_s));
    }
    QVERIFY(shownOn > 0);
}

void TestMainWindow::checklistHasEveryItem()
{
    FakeProject fake;
    const auto session = fake.makeSession();
    for (const Stage &stage : session->roadmap().stages) {
        ItemsModel model(*session, stage.number);
        model.refresh();
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const auto *items : {&stage.checks, &stage.deliverables, &stage.failureSignals}) {
            for (const Item &item : *items) {
                const int row = model.rowOf(item.id);
                QVERIFY2(row >= 0, qPrintable(item.id));
                QCOMPARE(model.index(row).data().toString(), item.text);
            }
        }
    }
}

void TestMainWindow::decisionNeedsAReason()
{
    DecisionDialog dialog(DecisionKind::Accepted, u"id"_s, u"title"_s);
    QSignalSpy decided(&dialog, &DecisionDialog::decided);
    auto *ok = dialog.findChild<QAbstractButton *>(u"ok"_s);
    ok->click();
    QVERIFY(decided.isEmpty());
    dialog.findChild<QPlainTextEdit *>(u"reason"_s)->setPlainText(u"only a demo"_s);
    dialog.setBy(u"Dana"_s);
    ok->click();
    QCOMPARE(decided.count(), 1);
    QCOMPARE(decided.first().first().value<Decision>().kind, DecisionKind::Accepted);
}

void TestMainWindow::answerNeedsAChoiceAndAName()
{
    AnswerDialog dialog(u"item"_s, u"Does it hold?"_s);
    QSignalSpy answered(&dialog, &AnswerDialog::answered);
    auto *ok = dialog.findChild<QAbstractButton *>(u"ok"_s);
    dialog.setBy(u"Dana"_s);
    ok->click();
    QVERIFY(answered.isEmpty());
    dialog.findChild<QRadioButton *>(u"answer-"_s + toWord(AnswerValue::DoesNotHold))->click();
    dialog.attachFile(QCoreApplication::applicationFilePath());
    ok->click(); // still reading the file
    QVERIFY(answered.isEmpty());
    QTRY_COMPARE(dialog.attachments().size(), size_t(1));
    QCOMPARE(dialog.attachments().front().sha256.size(), qsizetype(64));
    ok->click();
    QCOMPARE(answered.count(), 1);
    QCOMPARE(answered.first().first().value<Answer>().value, AnswerValue::DoesNotHold);
}

void TestMainWindow::presentationListensToKeys()
{
    Opened o;
    o.open();
    o.run();
    o.window.showPresent();
    QCOMPARE(o.window.currentPageId(), u"present"_s);
    auto *present = o.window.findChild<PresentView *>();
    QTest::keyClick(present, Qt::Key_H);
    QVERIFY(!present->showsNumbers());
    QTest::keyClick(present, Qt::Key_Right);
    QCOMPARE(present->currentRisk(), 0); // there is one risk only
    QTest::keyClick(present, Qt::Key_Escape);
    QCOMPARE(o.window.currentPageId(), pages::stage(1));
}

void TestMainWindow::remembersTheProject()
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

void TestMainWindow::settingsComeBack()
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

void TestMainWindow::escapeStopsTheRun()
{
    Opened o(FakeProject::Endless::Yes);
    o.open();
    o.session->runAll();
    QTRY_VERIFY(o.session->isRunning());
    QSignalSpy finished(o.session.get(), &Session::runFinished);
    QTest::keyClick(o.window.projectView(), Qt::Key_Escape);
    QTRY_COMPARE(finished.count(), 1);
}

void TestMainWindow::leadsToAFinding()
{
    Opened o;
    o.open();
    o.run();
    const QString id = o.session->risks().front().finding.id();
    ProjectView *view = o.window.projectView();
    view->openPage(pages::kPlan48);
    view->showFinding(id); // the plan does not show findings, so the risks do
    QCOMPARE(o.window.currentPageId(), QString(pages::kRisks));
    view->openPage(pages::kGate);
    emit view->page(pages::kGate)->showFinding(id);
    QCOMPARE(o.window.currentPageId(), QString(pages::kRisks));
}

void TestMainWindow::showsADeliverable()
{
    Opened o;
    o.open();
    for (const Stage &stage : o.session->roadmap().stages) {
        for (const Item &item : stage.deliverables) {
            DeliverableDialog dialog(item, *o.session);
            QSignalSpy shown(&dialog, &DeliverableDialog::shown);
            QTRY_COMPARE(shown.count(), 1);
            QVERIFY2(!dialog.document().title.isEmpty(), qPrintable(item.id));
            QCOMPARE(dialog.findChild<QLabel *>(u"missing"_s) != nullptr, !dialog.document().missing.isEmpty());
        }
    }
}

QModelIndex rowWithButton(const RowList &list)
{
    for (int i = 0; i < list.model()->rowCount(); ++i) {
        if (!list.model()->index(i, 0).data(RowActionRole).toString().isEmpty())
            return list.model()->index(i, 0);
    }
    return {};
}

// The button is in the row: by mouse, or with Enter when the row is chosen; and at its details.
void TestMainWindow::leadsToWhatACheckNeeds_data()
{
    QTest::addColumn<bool>("isMessage");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("pageId");
    QTest::newRow("routes") << false << u"Add routes…"_s << QString(pages::kAddresses);
    QTest::newRow("a message") << true << u"Read a message…"_s << QString(pages::kMessage);
}

void TestMainWindow::leadsToWhatACheckNeeds()
{
    QFETCH(bool, isMessage);
    QFETCH(QString, action);
    QFETCH(QString, pageId);
    Opened o(FakeProject::Endless::No,
             [&](FakeProject &fake) { isMessage ? fake.addCheckOfMessage() : fake.addCheckOfRoutes(); });
    o.open();
    o.run();
    const QString stage = o.stageOf(isMessage ? FakeProject::kOfMessage : FakeProject::kOfRoutes);
    o.window.showPage(stage);
    auto *list = o.window.projectView()->page(stage)->findChild<RowList *>(u"results"_s);
    const auto row = [&] { return rowWithButton(*list); };
    QVERIFY(row().isValid());
    QCOMPARE(row().data(RowActionRole).toString(), action);
    QVERIFY(row().data(Qt::AccessibleTextRole).toString().contains(u"Press Enter to "_s));
    list->scrollTo(row());
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->actionRect(row()).center());
    QCOMPARE(o.window.currentPageId(), pageId);
    o.window.showPage(stage);
    list->setCurrentIndex(row());
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(o.window.currentPageId(), pageId);
    o.window.showPage(stage);
    auto *button = o.window.projectView()->page(stage)->findChild<QPushButton *>(u"giveNeed"_s);
    QVERIFY(button && button->isVisible());
    QCOMPARE(button->text(), action);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(o.window.currentPageId(), pageId);
    if (isMessage)
        o.session->setDelivery(
            {.proof = DeliveryProof{.at = QDateTime::currentDateTimeUtc(), .dmarc = ProofState::Pass}});
    else
        o.session->setRoutes({Route{.path = u"/"_s}});
    o.run();
    o.window.showPage(stage);
    QVERIFY(!row().isValid());
    QVERIFY(!button->isVisible());
}

// A message was read, and the check says that it is not enough: both another one and another look are offered.
void TestMainWindow::offersAnotherMessage()
{
    Opened o(FakeProject::Endless::No, [](FakeProject &fake) { fake.addCheckOfMessage(); });
    o.open();
    o.session->setDelivery({.proof = DeliveryProof{.at = QDateTime::currentDateTimeUtc(), .dmarc = ProofState::Fail}});
    o.run();
    const QString stage = o.stageOf(FakeProject::kOfMessage);
    o.window.showPage(stage);
    auto *list = o.window.projectView()->page(stage)->findChild<RowList *>(u"results"_s);
    QVERIFY(rowWithButton(*list).isValid());
    list->setCurrentIndex(rowWithButton(*list));
    for (const auto &name : {u"giveNeed"_s, u"checkAgain"_s})
        QVERIFY(o.window.projectView()->page(stage)->findChild<QPushButton *>(name)->isVisible());

    // Another one was read: what it is worth, the next look says.
    o.session->setDelivery(
        {.proof = DeliveryProof{.at = QDateTime::currentDateTimeUtc().addSecs(60), .dmarc = ProofState::Pass}});
    QTRY_VERIFY(!rowWithButton(*list).isValid());
    QTRY_VERIFY(!o.window.projectView()->page(stage)->findChild<QPushButton *>(u"giveNeed"_s)->isVisible());
    QVERIFY(o.window.projectView()->page(stage)->findChild<QPushButton *>(u"checkAgain"_s)->isVisible());
}

// From a line of the gate to what breaks it, and from there to the stage where it is dealt with.
void TestMainWindow::linksLeadFromTheGateToTheStage()
{
    Opened o;
    o.open();
    o.run();
    o.window.showPage(pages::kGate);
    QPushButton *link = nullptr;
    for (auto *button : o.window.projectView()->page(pages::kGate)->findChildren<QPushButton *>()) {
        if (button->objectName().startsWith(u"finding-"_s) && button->isVisible())
            link = button;
    }
    QVERIFY(link);
    QVERIFY((link->focusPolicy() & Qt::TabFocus) != 0);
    link->click();
    QCOMPARE(o.window.currentPageId(), QString(pages::kRisks));
    Page *risks = o.window.projectView()->page(pages::kRisks);
    QCOMPARE(risks->findChild<QLabel *>(u"detailTitle"_s)->text(), u"Anyone can send email as you"_s);
    risks->findChild<QPushButton *>(u"openStage"_s)->click();
    const QString stage = o.stageOf(FakeProject::kFailing);
    QCOMPARE(o.window.currentPageId(), stage);
    const auto *list = o.window.projectView()->page(stage)->findChild<RowList *>(u"results"_s);
    QCOMPARE(list->currentIndex().data().toString(), u"Anyone can send email as you"_s);
}

// Writing fails on the project file's own thread; what was typed stays on the screen and is written once there is room.
void TestMainWindow::aFullDiskLosesNothing()
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
    QTRY_COMPARE(o.session->saveState(), SaveState::Failed);
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
    QTRY_COMPARE(o.session->saveState(), SaveState::Saved);
    QTRY_VERIFY(!banner->isVisible());
    o.session->closeProject();
    o.session->openProject(o.fake.path(), OpenMode::ReadOnly);
    QTRY_VERIFY(o.session->isOpen());
    QCOMPARE(o.session->project().answers.size(), items.size());
}

void TestMainWindow::theRailSaysWhenNothingWasLookedAt()
{
    Opened o;
    o.open();
    const auto noteOf = [&](QLatin1StringView page) {
        return o.window.findChild<RailButton *>(u"rail-"_s + page)->note();
    };
    for (const auto page : {pages::kGate, pages::kRisks, pages::kPlan48})
        QTRY_COMPARE(noteOf(page), u"not looked at yet"_s);
    o.run();
    QTRY_COMPARE(noteOf(pages::kGate), labelOf(VerdictDecision::NoGo));
    for (const auto page : {pages::kRisks, pages::kPlan48})
        QVERIFY(noteOf(page) != u"not looked at yet"_s);
}

void TestMainWindow::aLockedFileCanBeLookedAt()
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

void TestMainWindow::unsavedChangesAreNotGivenUpUnasked_data()
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

void TestMainWindow::unsavedChangesAreNotGivenUpUnasked()
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

void TestMainWindow::aCopyKeepsUnsavedChanges()
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

void TestMainWindow::neverSaysSavedWhileSaving()
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

void TestMainWindow::aMovedFileIsNoFullDisk()
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

void TestMainWindow::tellsTheHistoryOfAFinding()
{
    Opened o;
    o.open();
    o.run();
    const QString id = o.session->risks().front().finding.id();
    o.session->decide({.findingId = id,
                       .kind = DecisionKind::Accepted,
                       .reason = u"known"_s,
                       .by = u"Dana"_s,
                       .decidedAt = QDateTime::currentDateTimeUtc()});
    o.session->withdrawDecision(id);
    const QStringList open = historyOf(id, o.session->project()).split(u'\n');
    QCOMPARE(open.size(), 3);
    QVERIFY2(open[0].endsWith(u"Found"_s), qPrintable(open[0]));
    QVERIFY2(open[1].endsWith(u"Decided: "_s + labelOf(DecisionKind::Accepted)), qPrintable(open[1]));
    QVERIFY2(open[2].endsWith(u"Decision taken back"_s), qPrintable(open[2]));
    const QString stage = o.stageOf(FakeProject::kFailing);
    o.window.showPage(stage);
    const auto shows = [&](const QString &words) {
        const auto labels = o.window.projectView()->page(stage)->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(words); });
    };
    QTRY_VERIFY(shows(u"Decision taken back"_s));
    o.fake.fix();
    o.run();
    QVERIFY(historyOf(id, o.session->project()).contains(u"Closed"_s));
    const QString closed = historyOfClosed(QString::fromLatin1(FakeProject::kFailing), o.session->project());
    QVERIFY2(closed.startsWith(u"Anyone can send email as you"_s) && closed.contains(u"Closed"_s), qPrintable(closed));
}

void TestMainWindow::windowsKeepEachOthersSettings()
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

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
