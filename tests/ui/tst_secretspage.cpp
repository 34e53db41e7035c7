// The inventory of secrets as a page: it takes over what was found, shows what is to be done, and changes the project.
#include "checks/secrets/family.h"
#include "pagefixture.h"
#include "tests/models/foundsamples.h"
#include "ui/secrets/rotationdialog.h"
#include "ui/secrets/secretdialog.h"
#include "ui/secrets/secretfilter.h"
#include "ui/secrets/secretmodel.h"
#include "ui/secrets/secretspage.h"
#include "ui/stage/detail.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestSecretsPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void theModelSaysWhatAnEntryIs();
    void rowsThatStayKeepTheirPlace();
    void filters_data();
    void filters();
    void theEmptyPageSaysWhatToDo();
    void takesOverWhatWasFound();
    void saysHowThingsStand();
    void editsTheChosenOne();
    void enterEditsARow();
    void replacesTheChosenOne();
    void removesAfterAQuestion();
    void aNewOneIsShownWhateverIsFiltered();
    void looksOnly();
    void leadsToTheSources();
    void anotherProjectEndsTheDialog();
    void aValueEntersNoProject();
    void theInventoryIsChecked();
    void whatOnlyAPersonKnowsIsLeftOpen();
    void whatIsToBeAnsweredSaysHow();

private:
    Session &session() { return *m_fixture->session; }
    QPushButton *button(const QString &name) { return m_page->findChild<QPushButton *>(name); }
    QTableView *table() { return m_page->findChild<QTableView *>(u"secrets"_s); }
    void open(const std::vector<SecretEntry> &entries);
    void check();
    ResultRow rowOf(const QString &checkId) const;

    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<SecretsPage> m_page;
};

namespace {

CheckResult foundResult(const QJsonArray &rows)
{
    return sample::foundBy(u"secrets.tree"_s, rows);
}

Run runWith(const CheckResult &result)
{
    Run run;
    run.started = QDateTime::currentDateTimeUtc();
    run.finished = run.started;
    run.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    run.results = {result};
    return run;
}

} // namespace

void TestSecretsPage::init()
{
    m_fixture = std::make_unique<PageFixture>([](SessionServices &services) { services.takeSample = {}; });
    m_fixture->registry.add(secretsChecks());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    m_page = std::make_unique<SecretsPage>(session());
    m_page->resize(1000, 640);
    m_page->show();
}

void TestSecretsPage::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void TestSecretsPage::open(const std::vector<SecretEntry> &entries)
{
    session().setSecrets(entries);
    m_page->bringUpToDate();
}

void TestSecretsPage::theModelSaysWhatAnEntryIs()
{
    SecretModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    SecretEntry bare;
    bare.id = u"1"_s;
    bare.name = u"Bare"_s;
    SecretEntry dead = sample::withSteps(sample::exposedEntry(u"Dead"_s), 5);
    model.setEntries({sample::exposedEntry(), bare, dead}, sample::kToday);
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(0, SecretModel::StateColumn), u"Exposed"_s);
    QCOMPARE(model.index(0, 0).data(RowShapeRole).value<StateShape>(), StateShape::Fail);
    QCOMPARE(text(0, SecretModel::OwnerColumn), u"Dana"_s);
    QCOMPARE(text(0, SecretModel::EnvironmentColumn), u"Production"_s);
    QVERIFY(!text(0, SecretModel::DueColumn).isEmpty());
    QVERIFY(text(1, SecretModel::StateColumn).contains(u"owner"_s));
    QCOMPARE(model.index(1, SecretModel::OwnerColumn).data(Qt::AccessibleTextRole).toString(), u"not said"_s);
    QCOMPARE(model.index(2, 0).data(RowShapeRole).value<StateShape>(), StateShape::Pass);
    QVERIFY(!model.index(0, 0).data(Qt::EditRole).isValid());
}

void TestSecretsPage::rowsThatStayKeepTheirPlace()
{
    open({sample::exposedEntry(), sample::secretEntry(u"Second"_s)});
    table()->selectRow(1);
    std::vector<SecretEntry> changed = session().project().secrets;
    changed[0].owner = u"Jo"_s;
    open(changed);
    QCOMPARE(table()->currentIndex().row(), 1);
}

void TestSecretsPage::filters_data()
{
    QTest::addColumn<int>("choice");
    QTest::addColumn<QString>("names");
    QTest::newRow("all") << 0 << u"exposed,dead,late,alone,well"_s;
    QTest::newRow("exposed") << 1 << u"exposed"_s;
    QTest::newRow("overdue") << 2 << u"late"_s;
    QTest::newRow("without an owner") << 3 << u"alone"_s;
    QTest::newRow("not complete") << 4 << u"alone"_s;
}

void TestSecretsPage::filters()
{
    QFETCH(int, choice);
    SecretEntry exposed = sample::exposedEntry(u"exposed"_s);
    SecretEntry dead = sample::withSteps(sample::exposedEntry(u"dead"_s), 5);
    SecretEntry late = sample::secretEntry(u"late"_s);
    SecretEntry alone = sample::secretEntry(u"alone"_s);
    SecretEntry well = sample::secretEntry(u"well"_s);
    for (SecretEntry *entry : {&exposed, &dead, &late, &alone, &well})
        entry->nextDue = QDate::currentDate();
    late.nextDue = QDate::currentDate().addDays(-1);
    alone.owner.clear();
    open({exposed, dead, late, alone, well});
    m_page->findChild<QComboBox *>(u"shownSecrets"_s)->setCurrentIndex(choice);
    QStringList names;
    for (int row = 0; row < table()->model()->rowCount(); ++row)
        names << table()->model()->index(row, SecretModel::NameColumn).data().toString();
    QTEST(names.join(u','), "names");
    QVERIFY(table()->currentIndex().isValid());
    QVERIFY(button(u"replaceSecret"_s)->isEnabled());
}

void TestSecretsPage::theEmptyPageSaysWhatToDo()
{
    m_page->bringUpToDate();
    QVERIFY(!table()->isVisible());
    QVERIFY(button(u"addFirstSecret"_s)->isVisible());
    QVERIFY(!button(u"takeOverSecrets"_s)->isVisible());
    button(u"addFirstSecret"_s)->click();
    auto *dialog = m_page->findChild<SecretDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>(u"secretName"_s)->setText(u"Password of the registrar"_s);
    dialog->findChild<QPushButton *>(u"ok"_s)->click();
    QCOMPARE(session().project().secrets.size(), std::size_t(1));
    QCOMPARE(session().project().secrets.front().name, u"Password of the registrar"_s);
    QVERIFY(table()->isVisible());
}

void TestSecretsPage::takesOverWhatWasFound()
{
    m_page.reset();
    session().closeProject();
    {
        std::unique_ptr<ProjectStore> store;
        const auto isFree = [&] { // the file is let go in the background
            auto opened = ProjectStore::open(m_fixture->path(), OpenMode::ReadWrite);
            if (opened)
                store = std::move(*opened);
            return store != nullptr;
        };
        QTRY_VERIFY(store || isFree());
        QVERIFY(store->saveRun(
            runWith(foundResult({sample::foundRow(), sample::foundRow(sample::kOtherPrint, u"secret"_s, u"b.js"_s)}))));
    }
    session().openProject(m_fixture->path(), OpenMode::ReadWrite);
    QTRY_VERIFY(session().isOpen());
    m_page = std::make_unique<SecretsPage>(session());
    m_page->show();
    m_page->bringUpToDate();
    QVERIFY(!button(u"addFirstSecret"_s)->text().contains(u"2"_s)); // the window does not wait for who looks
    QTRY_VERIFY(button(u"addFirstSecret"_s)->text().contains(u"2"_s));
    button(u"addFirstSecret"_s)->click();
    QCOMPARE(session().project().secrets.size(), std::size_t(2));
    QCOMPARE(session().project().secrets.front().service, u"Stripe"_s);
    QCOMPARE(session().project().secrets.front().exposure, Exposure::Yes);
    QVERIFY(m_page->findChild<Banner *>()->isVisible());
    QVERIFY(!button(u"takeOverSecrets"_s)->isEnabled()); // nothing is left to take
    QVERIFY(QThreadPool::globalInstance()->waitForDone(10000));
    QCoreApplication::processEvents();
    QVERIFY(!button(u"takeOverSecrets"_s)->isEnabled()); // nor by a second look
}

void TestSecretsPage::saysHowThingsStand()
{
    const auto *standing = m_page->findChild<QLabel *>(u"secretsStanding"_s);
    open({sample::secretEntry()});
    QVERIFY(standing->text().contains(u"nothing to do"_s));
    SecretEntry alone = sample::exposedEntry(u"B"_s);
    alone.owner.clear();
    open({sample::secretEntry(), alone});
    QVERIFY(standing->text().contains(u"1 exposed"_s));
    QVERIFY(standing->text().contains(u"1 not complete"_s));
}

void TestSecretsPage::editsTheChosenOne()
{
    open({sample::secretEntry(u"A"_s), sample::secretEntry(u"B"_s)});
    table()->selectRow(1);
    button(u"editSecret"_s)->click();
    auto *dialog = m_page->findChild<SecretDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>(u"secretOwner"_s)->setText(u"Jo"_s);
    dialog->findChild<QPushButton *>(u"ok"_s)->click();
    QCOMPARE(session().project().secrets[0], sample::secretEntry(u"A"_s));
    QCOMPARE(session().project().secrets[1].owner, u"Jo"_s);
}

void TestSecretsPage::enterEditsARow()
{
    open({sample::secretEntry(u"A"_s)});
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(m_page->findChild<SecretDialog *>());
}

void TestSecretsPage::replacesTheChosenOne()
{
    open({sample::exposedEntry()});
    button(u"replaceSecret"_s)->click();
    auto *dialog = m_page->findChild<RotationDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>(u"rotationBy"_s)->setText(u"Dana"_s);
    dialog->findChild<QPushButton *>(u"stepDone-made_new"_s)->click();
    QCOMPARE(session().project().secrets.front().rotation.size(), std::size_t(1)); // saved at once
    QCOMPARE(session().project().secrets.front().rotation.front().by, u"Dana"_s);
}

void TestSecretsPage::removesAfterAQuestion()
{
    open({sample::secretEntry(u"A"_s), sample::secretEntry(u"B"_s)});
    table()->selectRow(0);
    button(u"removeSecret"_s)->click();
    QCOMPARE(session().project().secrets.size(), std::size_t(2));
    button(u"confirmRemoveSecret"_s)->click();
    QCOMPARE(session().project().secrets, std::vector{sample::secretEntry(u"B"_s)});
    QVERIFY(table()->currentIndex().isValid());
}

void TestSecretsPage::aNewOneIsShownWhateverIsFiltered()
{
    open({sample::exposedEntry()});
    m_page->findChild<QComboBox *>(u"shownSecrets"_s)->setCurrentIndex(1);
    button(u"addSecret"_s)->click();
    auto *dialog = m_page->findChild<SecretDialog *>();
    dialog->findChild<QLineEdit *>(u"secretName"_s)->setText(u"New"_s);
    dialog->findChild<QPushButton *>(u"ok"_s)->click();
    const QModelIndex current = table()->currentIndex();
    QCOMPARE(current.siblingAtColumn(SecretModel::NameColumn).data().toString(), u"New"_s);
}

void TestSecretsPage::looksOnly()
{
    session().setSecrets({sample::exposedEntry()});
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    session().closeProject();
    session().openProject(m_fixture->path(), OpenMode::ReadOnly);
    QTRY_VERIFY(session().isOpen() && session().isReadOnly());
    m_page->bringUpToDate();
    QCOMPARE(table()->model()->rowCount(), 1);
    for (const auto *name :
         {"takeOverSecrets", "addSecret", "editSecret", "replaceSecret", "removeSecret", "checkSecrets"})
        QVERIFY2(!button(QString::fromLatin1(name))->isEnabled(), name);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(!m_page->findChild<SecretDialog *>());
}

void TestSecretsPage::leadsToTheSources()
{
    QSignalSpy asked(m_page.get(), &Page::navigate);
    button(u"openSources"_s)->click();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.front().front().toString(), u"sources"_s);
}

void TestSecretsPage::anotherProjectEndsTheDialog()
{
    open({sample::exposedEntry()});
    button(u"replaceSecret"_s)->click();
    QVERIFY(m_page->findChild<RotationDialog *>());
    session().closeProject();
    QTRY_VERIFY(!m_page->findChild<RotationDialog *>());
}

void TestSecretsPage::aValueEntersNoProject()
{
    open({sample::secretEntry()});
    QSignalSpy failed(&session(), &Session::saveFailed);
    QSignalSpy changed(&session(), &Session::secretsChanged);
    SecretEntry entry = sample::secretEntry(u"Another"_s);
    entry.keptIn = u"sk_"_s + u"live_"_s + u"4eC39HqLyjWDarjtT1zdp7dc"_s;
    session().setSecrets({sample::secretEntry(), entry});
    QCOMPARE(failed.count(), 1);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(session().project().secrets, std::vector{sample::secretEntry()});
}

void TestSecretsPage::check()
{
    m_page->bringUpToDate();
    QSignalSpy finished(&session(), &Session::runFinished);
    button(u"checkSecrets"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
}

// Of the stage that is about secrets.
ResultRow TestSecretsPage::rowOf(const QString &checkId) const
{
    for (const Stage &stage : m_fixture->session->roadmap().stages) {
        for (const ResultRow &row : resultRows(*m_fixture->session, stage.number)) {
            if (row.checkId == checkId)
                return row;
        }
    }
    return {};
}

void TestSecretsPage::theInventoryIsChecked()
{
    open({sample::exposedEntry()});
    check();
    const auto &findings = session().project().findings;
    QCOMPARE(findings.count(u"secrets.rotation:not_replaced"_s), std::size_t(1));
    open({sample::withSteps(sample::exposedEntry(), 5)});
    check();
    QVERIFY(!findings.at(u"secrets.rotation:not_replaced"_s).isOpen()); // the circle is closed
    QCOMPARE(rowOf(u"secrets.rotation"_s).shape, StateShape::Pass);
}

void TestSecretsPage::whatOnlyAPersonKnowsIsLeftOpen()
{
    SecretEntry unknown = sample::secretEntry();
    unknown.exposure = Exposure::Unknown;
    open({unknown});
    check();
    const ResultRow row = rowOf(u"secrets.rotation"_s);
    QCOMPARE(row.shape, StateShape::NotRun); // no pass
    QVERIFY(row.subtitle.contains(unknown.name));
    QVERIFY(!row.trailing.isEmpty());
    session().answer(
        {u"secrets.rotation"_s, AnswerValue::Holds, u"Looked"_s, u"Dana"_s, QDateTime::currentDateTimeUtc(), {}});
    QCOMPARE(rowOf(u"secrets.rotation"_s).shape, StateShape::Answered);
}

void TestSecretsPage::whatIsToBeAnsweredSaysHow()
{
    const auto detail = detailOf(rowOf(u"secrets.sharing"_s), session());
    QVERIFY(detail);
    QVERIFY(!detail->subject.isEmpty());
    QVERIFY(!detail->hasInventory);
    const auto says = [&](const QString &words) {
        return std::ranges::any_of(detail->sections, [&](const DetailSection &s) { return s.text.contains(words); });
    };
    for (const QString &place : {u"Slack"_s, u"Gmail"_s, u"Notion"_s, u"Jira"_s, u"GitHub"_s})
        QVERIFY2(says(place), qPrintable(place));
    QVERIFY(detailOf(rowOf(u"secrets.inventory"_s), session())->hasInventory);
}

QTEST_MAIN(TestSecretsPage)
#include "tst_secretspage.moc"
