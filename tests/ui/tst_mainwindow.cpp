// The main window: pages, keys and links.
#include "mainwindowlab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

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
    void escapeStopsTheRun();
    void leadsToAFinding();
    void showsADeliverable();
    void leadsToWhatACheckNeeds_data();
    void leadsToWhatACheckNeeds();
    void offersAnotherMessage();
    void linksLeadFromTheGateToTheStage();
    void theRailSaysWhenNothingWasLookedAt();
    void tellsTheHistoryOfAFinding();
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

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
