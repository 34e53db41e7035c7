// The window: the way through its pages, what it remembers, and that everything has a name.
#include "fakeproject.h"
#include "ui/mainwindow.h"
#include "ui/present/presentview.h"
#include "ui/rail/railbutton.h"
#include "ui/shell/projectview.h"
#include "ui/stage/answerdialog.h"
#include "ui/stage/decisiondialog.h"
#include "ui/stage/deliverabledialog.h"
#include "ui/stage/detail.h"
#include "ui/stage/stagepage.h"
#include "ui/start/startpage.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSettings>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

// What one test needs, in the order in which it must go again.
struct Opened
{
    explicit Opened(FakeProject::Endless endless = FakeProject::Endless::No)
        : fake(endless),
          theme(*qApp, ThemeChoice::Light),
          session(fake.makeSession()),
          window(*session, theme, AppSettings{})
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

    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
    MainWindow window;
};

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
    void leadsToTheRoutes();
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

void TestMainWindow::leadsToTheRoutes()
{
    FakeProject fake;
    fake.addCheckOfRoutes();
    const auto session = fake.makeSession();
    session->createProject(fake.path(), fake.settings());
    QTRY_VERIFY(session->isOpen());
    const ResultRow row{.key = u"k"_s, .checkId = QString::fromLatin1(FakeProject::kOfRoutes)};
    QVERIFY(detailOf(row, *session)->needsRoutes);
    session->setRoutes({Route{.path = u"/"_s}});
    QVERIFY(!detailOf(row, *session)->needsRoutes);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
