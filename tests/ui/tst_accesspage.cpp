// The page of access: from nothing proven to a permission with its terms and its switch, the rules edited in place, and
// what the panel says of a cell and of a finding.
#include "accesslab.h"

#include "checks/engine/vendorhosts.h"
#include "ui/access/accesspage.h"
#include "ui/access/celldetail.h"
#include "ui/access/consentdialog.h"
#include "ui/access/matrixmodel.h"
#include "ui/access/requestlogdialog.h"
#include "ui/stage/decisiondialog.h"
#include "ui/widgets/codebox.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QHeaderView>
#include <QJsonArray>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestAccessPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void provesAndAllows();
    void theFileIsAnotherWay();
    void whatIsNotProvenIsNotAllowed();
    void nobodyAllowsWithoutAName();
    void aLargerBudgetIsAgreedTo();
    void proposesWhatSuffices();
    void keepsTheSmallerNumber();
    void theSwitchStopsAndComesBack();
    void thePermissionCanBeTakenBack();
    void anotherProjectEndsTheDialog();
    void theEmptyMatrixLeadsToTheRoutes();
    void aRuleIsEditedWithTheKeyboard();
    void aRuleIsEditedWithTheMouse();
    void theMatrixShowsWhatWasSeen();
    void recordsOfOthersFailWhateverTheRule();
    void thePanelSaysWhatACellIs();
    void aCellThatFailsShowsItsFinding();
    void theLogIsShownAndExported();
    void looksOnly();
    void fitsWithLongWordsAndMirrored();
    void aHostThatLeavesTakesItsRoutesOutOfTheTable();

private:
    Session &session() { return *m_fixture->session; }
    QTableView *matrix() { return m_page->findChild<QTableView *>(u"accessMatrix"_s); }
    void click(const QString &button) { buttonIn(m_page.get(), button)->click(); }
    ConsentDialog *openConsent();
    void permit();
    void addPeopleAndRoutes();
    void check(const QJsonArray &rows, const std::vector<Finding> &findings = {});

    AccessAnswers m_answers;
    std::shared_ptr<Judged> m_judged;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<AccessPage> m_page;
};

namespace {

QJsonObject seenRow(const QString &method, const QString &path, const QString &role, const QString &wanted,
                    const QString &seen, int status)
{
    const QJsonObject cell{{u"actor"_s, role == u"member"_s ? u"Ben"_s : QString()},
                           {u"role"_s, role},
                           {u"wanted"_s, wanted},
                           {u"seen"_s, seen},
                           {u"status"_s, status},
                           {u"why"_s, u"The answer had the invoice of Beta."_s}};
    return {{u"method"_s, method}, {u"path"_s, path}, {u"host"_s, u""_s}, {u"cells"_s, QJsonArray{cell}}};
}

} // namespace

void TestAccessPage::init()
{
    m_answers.look = {true, u"acme-ops.example"_s, u"The record is there."_s};
    m_answers.looks = 0;
    m_judged = std::make_shared<Judged>();
    m_fixture = std::make_unique<PageFixture>(
        [this](SessionServices &services) { services = withAccess(std::move(services), m_answers); });
    Check roles;
    roles.id = kRolesCheck;
    roles.look = [judged = m_judged](const Look &) { return *judged; };
    roles.requests = [](const Outlook &) { return std::vector{RequestNeed{.account = kRolesCheck, .most = 420}}; };
    m_fixture->registry.add(std::move(roles));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    m_page = std::make_unique<AccessPage>(session());
    m_page->resize(1040, 700);
    m_page->show();
    m_page->bringUpToDate();
}

void TestAccessPage::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

ConsentDialog *TestAccessPage::openConsent()
{
    click(u"permissionNext"_s);
    return shownDialog<ConsentDialog>(m_page.get());
}

void TestAccessPage::permit()
{
    bool answered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    QTRY_VERIFY(answered);
    session().agree(u"Dana"_s);
    QCOMPARE(session().permissionState(), PermissionState::Given);
    m_page->bringUpToDate();
}

void TestAccessPage::addPeopleAndRoutes()
{
    session().setRoutes(someRoutes());
    session().setActors({someActor(u"Anna"_s, u"admin"_s, u"Acme"_s), someActor(u"Ben"_s, u"member"_s, u"Acme"_s)});
    m_page->bringUpToDate();
}

// A run of the check of the rules, which sees these.
void TestAccessPage::check(const QJsonArray &rows, const std::vector<Finding> &findings)
{
    m_judged->observed = {{u"matrix"_s, rows}};
    m_judged->findings = findings;
    m_judged->outcome = outcomeFor(findings);
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({QString(kRolesCheck)});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    m_page->bringUpToDate();
}

void TestAccessPage::provesAndAllows()
{
    QVERIFY(textIn(m_page.get(), u"permissionTitle"_s).contains(u"acme-ops.example"_s));
    ConsentDialog *dialog = openConsent();
    QVERIFY(dialog);
    const auto *where = dialog->findChild<CodeBox *>(u"proofWhere"_s);
    const auto *what = dialog->findChild<CodeBox *>(u"proofWhat"_s);
    QCOMPARE(where->code(), u"_launch-cockpit.acme-ops.example"_s);
    QCOMPARE(what->code(), txtRecordValue(session().controlToken()));
    buttonIn(what, u"copyCode"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), what->code());
    QVERIFY(!buttonIn(dialog, u"ok"_s)->isVisibleTo(dialog)); // nothing to allow before
    buttonIn(dialog, u"checkProof"_s)->click();
    QTRY_VERIFY(buttonIn(dialog, u"ok"_s)->isVisibleTo(dialog));
    QCOMPARE(m_answers.method, ControlMethod::TxtRecord);
    QVERIFY(textIn(dialog, u"proofStanding"_s).contains(u"acme-ops.example"_s));
    const QString sent = textIn(dialog, u"consentSent"_s);
    QVERIFY2(sent.contains(u"to acme-ops.example and nowhere else"_s), qPrintable(sent));
    for (const QString &vendor : vendorHosts())
        QVERIFY2(sent.contains(vendor), qPrintable(sent));
    QVERIFY2(sent.contains(queryVendor()), qPrintable(sent));
    QVERIFY(!textIn(dialog, u"consentChanges"_s).isEmpty());
    dialog->findChild<QSpinBox *>(u"budgetRequests"_s)->setValue(120);
    dialog->findChild<QDoubleSpinBox *>(u"budgetPace"_s)->setValue(2);
    dialog->findChild<QLineEdit *>(u"consentName"_s)->setText(u"Dana Founder"_s);
    buttonIn(dialog, u"ok"_s)->click();
    QCOMPARE(session().permissionState(), PermissionState::Given);
    QCOMPARE(session().project().permission.agreedBy, u"Dana Founder"_s);
    QCOMPARE(session().project().permission.budget.requests, 120);
    QCOMPARE(session().project().permission.budget.perSecond, 2.0);
    m_page->bringUpToDate();
    const QString note = textIn(m_page.get(), u"permissionNote"_s);
    QVERIFY2(note.contains(u"120"_s) && note.contains(u"Dana Founder"_s), qPrintable(note));
    QVERIFY(!buttonIn(m_page.get(), u"permissionNext"_s)->isVisibleTo(m_page.get()));
}

void TestAccessPage::theFileIsAnotherWay()
{
    ConsentDialog *dialog = openConsent();
    dialog->findChild<QComboBox *>(u"proofMethod"_s)->setCurrentIndex(1);
    const auto *where = dialog->findChild<CodeBox *>(u"proofWhere"_s);
    QCOMPARE(where->code(), u"https://acme-ops.example/.well-known/launch-cockpit.txt"_s);
    buttonIn(dialog, u"checkProof"_s)->click();
    QTRY_VERIFY(session().project().permission.proof);
    QCOMPARE(m_answers.method, ControlMethod::WellKnownFile);
}

void TestAccessPage::whatIsNotProvenIsNotAllowed()
{
    m_answers.look = {false, {}, u"There is no TXT record yet."_s};
    ConsentDialog *dialog = openConsent();
    buttonIn(dialog, u"checkProof"_s)->click();
    QVERIFY(!buttonIn(dialog, u"checkProof"_s)->isEnabled()); // one look at a time
    QTRY_COMPARE(textIn(dialog, u"proofAnswer"_s), u"There is no TXT record yet."_s);
    QVERIFY(buttonIn(dialog, u"checkProof"_s)->isEnabled());
    QVERIFY(!buttonIn(dialog, u"ok"_s)->isVisibleTo(dialog));
    QCOMPARE(session().permissionState(), PermissionState::NotProven);
}

void TestAccessPage::nobodyAllowsWithoutAName()
{
    permit();
    session().withdrawAgreement();
    m_page->bringUpToDate();
    ConsentDialog *dialog = openConsent();
    dialog->findChild<QLineEdit *>(u"consentName"_s)->setText(u"  "_s);
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(!textIn(dialog, u"problem"_s).isEmpty());
    QVERIFY(dialog->isVisible());
    QCOMPARE(session().permissionState(), PermissionState::NotAgreed);
}

void TestAccessPage::aLargerBudgetIsAgreedTo()
{
    permit();
    click(u"changePermission"_s);
    auto *dialog = shownDialog<ConsentDialog>(m_page.get());
    QCOMPARE(dialog->findChild<QLineEdit *>(u"consentName"_s)->text(), u"Dana"_s);
    dialog->findChild<QSpinBox *>(u"budgetRequests"_s)->setValue(2000);
    buttonIn(dialog, u"ok"_s)->click();
    QCOMPARE(session().permissionState(), PermissionState::Given);
    QCOMPARE(session().project().permission.budget.requests, 2000);
}

void TestAccessPage::proposesWhatSuffices()
{
    ConsentDialog *dialog = openConsent();
    buttonIn(dialog, u"checkProof"_s)->click();
    QTRY_VERIFY(buttonIn(dialog, u"ok"_s)->isVisibleTo(dialog));
    auto *requests = dialog->findChild<QSpinBox *>(u"budgetRequests"_s);
    QCOMPARE(requests->value(), 450); // 420 in steps of the field
    const QString most = textIn(dialog, u"mostRequests"_s);
    QVERIFY2(most.startsWith(u"Up to 420 requests in a run."_s), qPrintable(most));
    // Two minutes, and 420 requests at 5 a second.
    QVERIFY2(most.contains(u"A run then takes up to 4 minute"_s), qPrintable(most));
    dialog->findChild<QDoubleSpinBox *>(u"budgetPace"_s)->setValue(50);
    QVERIFY(textIn(dialog, u"mostRequests"_s).contains(u"A run then takes up to 3 minute"_s));
    buttonIn(dialog, u"showActiveChecks"_s)->click();
    const QString checks = textIn(dialog, u"activeChecks"_s);
    QVERIFY2(checks.contains(u": up to 420"_s) && !checks.contains(u".:"_s), qPrintable(checks));
    QVERIFY(!dialog->findChild<QLabel *>(u"budgetShortage"_s)->isVisibleTo(dialog));
    QVERIFY(!buttonIn(dialog, u"allowEnough"_s)->isVisibleTo(dialog));
    requests->setValue(419);
    QVERIFY(dialog->findChild<QLabel *>(u"budgetShortage"_s)->isVisibleTo(dialog));
    buttonIn(dialog, u"allowEnough"_s)->click();
    QCOMPARE(requests->value(), 450);
    QVERIFY(!dialog->findChild<QLabel *>(u"budgetShortage"_s)->isVisibleTo(dialog));
}

// What somebody agreed to before is not raised unasked; what does not run with it is said.
void TestAccessPage::keepsTheSmallerNumber()
{
    permit();
    click(u"changePermission"_s);
    auto *dialog = shownDialog<ConsentDialog>(m_page.get());
    QCOMPARE(dialog->findChild<QSpinBox *>(u"budgetRequests"_s)->value(), 300);
    const QString shortage = textIn(dialog, u"budgetShortage"_s);
    QVERIFY2(shortage.contains(u"With 300 these run only if the others leave enough"_s), qPrintable(shortage));
    QVERIFY(buttonIn(dialog, u"allowEnough"_s)->isVisibleTo(dialog));
}

void TestAccessPage::theSwitchStopsAndComesBack()
{
    permit();
    click(u"stopActive"_s);
    QCOMPARE(session().permissionState(), PermissionState::Stopped);
    m_page->bringUpToDate();
    QVERIFY(!buttonIn(m_page.get(), u"stopActive"_s)->isVisibleTo(m_page.get()));
    click(u"permissionNext"_s);
    QVERIFY(!shownDialog<ConsentDialog>(m_page.get())); // no second question
    QCOMPARE(session().permissionState(), PermissionState::Given);
}

void TestAccessPage::thePermissionCanBeTakenBack()
{
    permit();
    click(u"changePermission"_s);
    auto *dialog = shownDialog<ConsentDialog>(m_page.get());
    buttonIn(dialog, u"withdrawAgreement"_s)->click();
    QCOMPARE(session().permissionState(), PermissionState::NotAgreed);
    QVERIFY(!buttonIn(dialog, u"withdrawAgreement"_s)->isVisibleTo(dialog));
}

void TestAccessPage::anotherProjectEndsTheDialog()
{
    ConsentDialog *dialog = openConsent();
    session().closeProject();
    QTRY_VERIFY(!dialog->isVisible());
}

void TestAccessPage::theEmptyMatrixLeadsToTheRoutes()
{
    QSignalSpy left(m_page.get(), &Page::navigate);
    click(u"addRoutes"_s);
    QCOMPARE(left.count(), 1);
    QCOMPARE(left[0][0].toString(), QString(pages::kAddresses));
}

void TestAccessPage::aRuleIsEditedWithTheKeyboard()
{
    addPeopleAndRoutes();
    QCOMPARE(matrix()->model()->columnCount(), 4); // route, signed out, member, admin
    matrix()->setFocus();
    matrix()->setCurrentIndex(matrix()->model()->index(0, 2));
    QTest::keyClick(matrix(), Qt::Key_F2);
    auto *box = matrix()->findChild<QComboBox *>(u"choice"_s);
    QVERIFY(box);
    QVERIFY(box->accessibleName().contains(u"/api/invoices/{id}"_s));
    QTest::keyClick(box, Qt::Key_Down);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(session().project().accessRules.size(), size_t(1));
    const AccessRule &rule = session().project().accessRules.front();
    QCOMPARE(rule.role, u"member"_s);
    QCOMPARE(rule.allowance, Allowance::Denied);
    QVERIFY(!rule.isGuessed);
    QCOMPARE(matrix()->model()->index(0, 2).data().toString(), u"Denied"_s);
    QCOMPARE(matrix()->currentIndex(), matrix()->model()->index(0, 2)); // the place stays
}

void TestAccessPage::aRuleIsEditedWithTheMouse()
{
    addPeopleAndRoutes();
    const QModelIndex cell = matrix()->model()->index(1, 2);
    const QPoint at = matrix()->visualRect(cell).center();
    QTest::mouseClick(matrix()->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(matrix()->viewport(), Qt::LeftButton, {}, at);
    auto *box = matrix()->findChild<QComboBox *>(u"choice"_s);
    QVERIFY(box);
    box->setCurrentIndex(0);
    emit box->activated(0);
    QTRY_COMPARE(session().project().accessRules.size(), size_t(1));
    QCOMPARE(session().project().accessRules.front().allowance, Allowance::Allowed);
}

void TestAccessPage::theMatrixShowsWhatWasSeen()
{
    addPeopleAndRoutes();
    check({seenRow(u"GET"_s, u"/api/invoices/{id}"_s, u"member"_s, u"own_only"_s, u"allowed"_s, 200),
           seenRow(u"GET"_s, u"/api/invoices/{id}"_s, {}, u"denied"_s, u"denied"_s, 401)});
    const QAbstractItemModel *model = matrix()->model();
    QCOMPARE(model->index(0, 2).data(RowShapeRole).value<StateShape>(), StateShape::Fail);
    QCOMPARE(model->index(0, 1).data(RowShapeRole).value<StateShape>(), StateShape::Pass);
    QCOMPARE(model->index(0, 3).data(RowShapeRole).value<StateShape>(), StateShape::NotRun);
    const QString counts = textIn(m_page.get(), u"matrixCounts"_s);
    QVERIFY2(counts.contains(u"2 combination"_s) && counts.contains(u"1 do"_s), qPrintable(counts));
}

// A list that the role may have, and that shows another customer's records; beside it a cell that nobody could ask.
void TestAccessPage::recordsOfOthersFailWhateverTheRule()
{
    addPeopleAndRoutes();
    session().setAccessRules({ruleFor(someRoutes().front(), u"member"_s, Allowance::Allowed)});
    m_page->bringUpToDate();
    QJsonObject leak = seenRow(u"GET"_s, u"/api/invoices/{id}"_s, u"member"_s, u"allowed"_s, u"allowed"_s, 200);
    check({leak, seenRow(u"GET"_s, u"/api/invoices/{id}"_s, {}, u"denied"_s, {}, 0)});
    const auto shapeAt = [this](int column) {
        return matrix()->model()->index(0, column).data(RowShapeRole).value<StateShape>();
    };
    QCOMPARE(shapeAt(2), StateShape::Pass);
    QCOMPARE(shapeAt(1), StateShape::NotRun);
    QJsonArray cells = leak["cells"_L1].toArray();
    QJsonObject cell = cells[0].toObject();
    cell["reads_others"_L1] = true;
    cells[0] = cell;
    leak["cells"_L1] = cells;
    check({leak});
    QCOMPARE(shapeAt(2), StateShape::Fail);
}

void TestAccessPage::thePanelSaysWhatACellIs()
{
    addPeopleAndRoutes();
    check({seenRow(u"GET"_s, u"/api/invoices/{id}"_s, u"member"_s, u"own_only"_s, u"allowed"_s, 200)});
    matrix()->setCurrentIndex(matrix()->model()->index(0, 2));
    QVERIFY(textIn(m_page.get(), u"detailTitle"_s).contains(u"/api/invoices/{id}"_s));
    const auto labels = m_page->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->text().contains(u"Ben: Allowed (200)"_s) && label->text().contains(u"invoice of Beta"_s);
    }));
    QVERIFY(buttonIn(m_page.get(), u"checkAgain"_s)->isVisibleTo(m_page.get()));
}

void TestAccessPage::aCellThatFailsShowsItsFinding()
{
    addPeopleAndRoutes();
    Finding finding = makeFinding(kRolesCheck, u"A member reads the invoices of others"_s, Severity::Critical,
                                  Impact::DataExposure, 45);
    finding.subject = u"GET /api/invoices/{id}"_s;
    finding.evidence = {{u"GET https://app.acme-ops.example/api/invoices/2"_s, u"200 OK"_s}};
    check({seenRow(u"GET"_s, u"/api/invoices/{id}"_s, u"member"_s, u"own_only"_s, u"allowed"_s, 200)}, {finding});
    // In the list, which shows the worst by itself.
    QCOMPARE(textIn(m_page.get(), u"detailTitle"_s), finding.title);
    matrix()->setCurrentIndex(matrix()->model()->index(2, 2));
    QVERIFY(textIn(m_page.get(), u"detailTitle"_s) != finding.title);
    matrix()->setCurrentIndex(matrix()->model()->index(0, 2));
    QCOMPARE(textIn(m_page.get(), u"detailTitle"_s), finding.title);
    buttonIn(m_page.get(), u"copyPrompt"_s)->click();
    QVERIFY(!QApplication::clipboard()->text().isEmpty());
    buttonIn(m_page.get(), u"copyCurl"_s)->click();
    QVERIFY(QApplication::clipboard()->text().startsWith(u"curl"_s));
    buttonIn(m_page.get(), u"fixLater"_s)->click();
    QVERIFY(shownDialog<DecisionDialog>(m_page.get()));
    QVERIFY(m_page->select(session().risks().front().finding.id()) ||
            session().risks().front().finding.checkId != kRolesCheck);
}

void TestAccessPage::theLogIsShownAndExported()
{
    permit();
    session().setCredentials({{u"token"_s, {}, u"entry-token"_s, QDateTime::currentDateTimeUtc(), {}}});
    m_fixture->keychain.values.insert_or_assign(u"entry-token"_s, Secret("value"));
    TestActor anna = someActor(u"Anna"_s, u"admin"_s, u"Acme"_s);
    anna.credential = u"token"_s;
    session().setActors({anna});
    click(u"openRequestLog"_s);
    auto *dialog = shownDialog<RequestLogDialog>(m_page.get());
    const auto *table = dialog->findChild<QTableView *>(u"requestLog"_s);
    QVERIFY(!buttonIn(dialog, u"exportRequests"_s)->isEnabled());
    session().tryActor(anna.id, this, [](const Result<ActorTrial> &) {});
    QTRY_COMPARE(table->model()->rowCount(), 1); // while it is open
    const QString path = m_fixture->folder.filePath(u"log.csv"_s);
    dialog->exportTo(path);
    QTRY_VERIFY(textIn(dialog, u"exportAnswer"_s).contains(u"log.csv"_s));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray written = file.readAll();
    QVERIFY(written.contains("/login") && !written.contains("value"));
    dialog->exportTo(m_fixture->folder.filePath(u"no/such/folder/log.csv"_s));
    QTRY_VERIFY(!textIn(dialog, u"exportAnswer"_s).contains(u"was written"_s));
}

void TestAccessPage::looksOnly()
{
    addPeopleAndRoutes();
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    session().openProject(m_fixture->path(), OpenMode::ReadOnly);
    QTRY_VERIFY_WITH_TIMEOUT(session().isOpen() && session().isReadOnly(), 20000);
    m_page->bringUpToDate();
    for (const auto &name : {u"permissionNext"_s, u"stopActive"_s, u"changePermission"_s})
        QVERIFY2(!buttonIn(m_page.get(), name)->isVisibleTo(m_page.get()), qPrintable(name));
    QVERIFY(!buttonIn(m_page.get(), u"checkAccess"_s)->isEnabled());
    QVERIFY(!matrix()->model()->index(0, 2).flags().testFlag(Qt::ItemIsEditable));
}

void TestAccessPage::fitsWithLongWordsAndMirrored()
{
    Route longOne;
    longOne.path = u"/api/"_s + u"very-long-name-of-a-collection/"_s.repeated(6) + u"{id}"_s;
    session().setRoutes({longOne});
    std::vector<TestActor> actors;
    for (const auto &role : {u"admin"_s, u"member"_s, u"viewer"_s, u"accountant-of-the-region"_s})
        actors.push_back(someActor(role, role, u"Acme"_s));
    session().setActors(actors);
    permit();
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        m_page->setLayoutDirection(direction);
        QTest::qWait(20);
        QVERIFY2(m_page->minimumSizeHint().width() <= 1016,
                 qPrintable(QString::number(m_page->minimumSizeHint().width())));
        QVERIFY(matrix()->visualRect(matrix()->model()->index(0, 0)).width() > 60); // the route can be read
        QVERIFY(!m_page->grab().isNull());
    }
}

// What was said of a host that is taken out of the project comes back with it.
void TestAccessPage::aHostThatLeavesTakesItsRoutesOutOfTheTable()
{
    addPeopleAndRoutes();
    std::vector<Route> routes = someRoutes();
    routes[1].host = u"app.acme-ops.example"_s;
    session().setRoutes(routes);
    session().setAccessRules({{u"POST"_s, routes[1].path, routes[1].host, u"member"_s, Allowance::Denied}});
    m_page->bringUpToDate();
    const auto *table = m_page->findChild<QTableView *>(u"accessMatrix"_s);
    const int all = table->model()->rowCount();
    QVERIFY(textIn(m_page.get(), u"matrixElsewhere"_s).isEmpty());
    const Target before = session().project().settings.target;
    Target without = before;
    without.hosts.pop_back();
    session().setTarget(without);
    m_page->bringUpToDate();
    QCOMPARE(table->model()->rowCount(), all - 1);
    QVERIFY(textIn(m_page.get(), u"matrixElsewhere"_s).contains(u"kept"_s));
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    QSignalSpy opened(&session(), &Session::projectOpened);
    session().openProject(m_fixture->path(), OpenMode::ReadWrite); // as the file has it
    QTRY_COMPARE(opened.count(), 1);
    session().setTarget(before);
    m_page->bringUpToDate();
    QCOMPARE(table->model()->rowCount(), all);
    QCOMPARE(session().project().accessRules.size(), size_t(1));
    QVERIFY(textIn(m_page.get(), u"matrixElsewhere"_s).isEmpty());
}

QTEST_MAIN(TestAccessPage)
#include "tst_accesspage.moc"
