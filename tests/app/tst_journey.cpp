// The way of a newcomer through the real window, with mouse and keys: from the start page over the practice company,
// a first look, decisions, answers, credentials and monitoring to the handover pack; then the project file is opened
// again and holds all of it.
#include "app/composition.h"
#include "app/keychain.h"
#include "app/practice/practicecompany.h"
#include "app/sessionservices.h"
#include "app/translators.h"
#include "tests/lab/sanitized.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/shell/projectview.h"
#include "ui/start/startpage.h"
#include "ui/theme/theme.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 60000 * lab::kSlowdown;
const QString kSecret = u"tok-7Vq2-journey-secret"_s;

// What one start of the program consists of. The members are in the order in which they need each other.
struct Program
{
    Program(const Composition &composition, const PracticeCompany &company, CredentialStore &credentials, Theme &theme)
        : session(sessionServices(composition, company.netOptions(), credentials)),
          window(session, theme, AppSettings())
    {
        window.resize(1440, 900);
        window.show();
    }

    Session session;
    MainWindow window;
};

template<typename T = QWidget>
T *visibleChild(QWidget *root, const QString &name)
{
    for (T *child : root->findChildren<T *>(name))
        if (child->isVisible())
            return child;
    return nullptr;
}

void press(QWidget *widget)
{
    QTest::mouseClick(widget, Qt::LeftButton, {}, widget->rect().center());
}

void pressRow(QAbstractItemView *view, const QModelIndex &index)
{
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
}

void retype(QWidget *field, const QString &text)
{
    field->setFocus();
    QTest::keySequence(field, QKeySequence::SelectAll);
    QTest::keyClicks(field, text);
}

} // namespace

// A macro, so that a failure names the line of the step.
#define PRESS(root, name)                                                                                              \
    do {                                                                                                               \
        QTRY_VERIFY2(visibleChild(root, name), qPrintable(QString(name)));                                             \
        QVERIFY2(visibleChild(root, name)->isEnabled(), qPrintable(QString(name)));                                    \
        press(visibleChild(root, name));                                                                               \
    } while (false)

class TestJourney : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();

    void aWrongAddressIsExplained();
    void thePracticeCompanyIsLookedAt();
    void aFindingIsPutOff();
    void aGuidedItemIsAnswered();
    void aCredentialComesAndGoes();
    void aMessageIsRead();
    void theHomepageIsWatched();
    void thePackIsExported();
    void everythingIsThereAgain();

private:
    Page *page() { return m_program->window.projectView()->page(m_program->window.currentPageId()); }
    void openFromRail(const QString &pageId);
    QModelIndex firstRowOfItems();

    std::unique_ptr<Composition> m_composition;
    std::unique_ptr<PracticeCompany> m_company;
    std::unique_ptr<Theme> m_theme;
    SessionCredentialStore m_credentials;
    QTemporaryDir m_folder;
    std::unique_ptr<Program> m_program;
    QString m_putOff;   // a finding
    QString m_answered; // an item
};

void TestJourney::initTestCase()
{
    installTranslators(u"en"_s);
    auto composition = compose(u"en"_s);
    QVERIFY(composition);
    m_composition = std::make_unique<Composition>(std::move(*composition));
    auto company = PracticeCompany::start();
    QVERIFY(company);
    m_company = std::move(*company);
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
    m_program = std::make_unique<Program>(*m_composition, *m_company, m_credentials, *m_theme);
    QVERIFY(QTest::qWaitForWindowExposed(&m_program->window));
}

void TestJourney::cleanupTestCase()
{
    m_program.reset(); // before what it uses
}

void TestJourney::aWrongAddressIsExplained()
{
    StartPage *start = m_program->window.startPage();
    auto *address = visibleChild<QLineEdit>(start, u"address"_s);
    QVERIFY(address);
    retype(address, u"someone@acme-ops.example"_s);
    QTest::keyClick(address, Qt::Key_Return);
    auto *message = visibleChild<QLabel>(start, u"addressMessage"_s);
    QVERIFY(message);
    QTRY_COMPARE(message->property("tone").toString(), u"fail"_s);
    QVERIFY2(!message->text().isEmpty(), "the message says what is wrong");
    QVERIFY(!m_program->session.isOpen());
    QCOMPARE(m_program->window.currentPageId(), QString(pages::kStart));
}

void TestJourney::thePracticeCompanyIsLookedAt()
{
    Session &session = m_program->session;
    // What app/ does when the practice company is chosen, with a file that stays for the second start.
    connect(&m_program->window, &MainWindow::practiceRequested, this, [this, &session] {
        session.createProject(m_folder.filePath(u"practice.cockpit"_s), m_company->settings());
    });
    connect(&session, &Session::projectOpened, this, [this, &session] {
        session.setRoutes(m_company->project().routes);
        session.runAll();
    });
    PRESS(m_program->window.startPage(), u"practice"_s);
    QTRY_VERIFY_WITH_TIMEOUT(session.isRunning(), kPatience);
    QTRY_COMPARE(m_program->window.currentPageId(), pages::stage(1));
    QTRY_VERIFY_WITH_TIMEOUT(!session.risks().empty(), kPatience); // while it runs
    QTRY_VERIFY_WITH_TIMEOUT(!session.isRunning(), kPatience);
    QVERIFY(!session.verdict().nothingLookedAt);
}

void TestJourney::aFindingIsPutOff()
{
    openFromRail(pages::kRisks);
    auto *risks = visibleChild<QAbstractItemView>(page(), u"risks"_s);
    QVERIFY(risks);
    QCOMPARE(risks->model()->rowCount(), static_cast<int>(m_program->session.risks().size()));
    pressRow(risks, risks->model()->index(1, 0));
    m_putOff = m_program->session.risks()[1].finding.id();
    QTRY_COMPARE(visibleChild<QLabel>(page(), u"detailTitle"_s)->text(), m_program->session.risks()[1].finding.title);

    PRESS(page(), u"fixLater"_s);
    QTRY_VERIFY(visibleChild<QDialog>(page(), u"decisionDialog"_s));
    auto *dialog = visibleChild<QDialog>(page(), u"decisionDialog"_s);
    QTest::keyClicks(visibleChild(dialog, u"reason"_s), u"The pilot customers do not use it"_s);
    QTest::keyClicks(visibleChild(dialog, u"by"_s), u"Dana"_s);
    PRESS(dialog, u"ok"_s);
    QTRY_VERIFY(m_program->session.project().decisions.contains(m_putOff));
    QCOMPARE(m_program->session.project().decisions.at(m_putOff).kind, DecisionKind::FixLater);
    QTRY_VERIFY(visibleChild(page(), u"withdrawDecision"_s));
}

void TestJourney::aGuidedItemIsAnswered()
{
    openFromRail(pages::stage(7));
    PRESS(page(), u"showItems"_s);
    const QModelIndex item = firstRowOfItems();
    QVERIFY(item.isValid());
    pressRow(visibleChild<QAbstractItemView>(page(), u"items"_s), item);
    PRESS(page(), u"answer"_s);
    QTRY_VERIFY(visibleChild<QDialog>(page(), u"answerDialog"_s));
    auto *dialog = visibleChild<QDialog>(page(), u"answerDialog"_s);
    QCOMPARE(visibleChild<QLineEdit>(dialog, u"by"_s)->text(), u"Dana"_s); // who decided before
    auto *holds = visibleChild(dialog, "answer-"_L1 + toWord(AnswerValue::Holds));
    QVERIFY(holds);
    holds->setFocus();
    QTest::keyClick(holds, Qt::Key_Space);
    QTest::keyClicks(visibleChild(dialog, u"text"_s), u"It is in the wiki"_s);
    PRESS(dialog, u"ok"_s);
    QTRY_COMPARE(m_program->session.project().answers.size(), std::size_t(1));
    m_answered = m_program->session.project().answers.begin()->first;
    QCOMPARE(m_program->session.project().answers.at(m_answered).text, u"It is in the wiki"_s);
}

void TestJourney::aCredentialComesAndGoes()
{
    PRESS(&m_program->window, u"credentials"_s); // of the bar on top
    QTRY_COMPARE(m_program->window.currentPageId(), QString(pages::kCredentials));
    PRESS(page(), u"addFirstCredential"_s);
    QTRY_VERIFY(visibleChild(page(), u"credentialValue"_s));
    QTest::keyClicks(visibleChild(page(), u"credentialName"_s), u"Customer A"_s);
    QTest::keyClicks(visibleChild(page(), u"credentialValue"_s), kSecret);
    PRESS(page(), u"saveCredential"_s);
    QTRY_COMPARE(m_program->session.project().credentials.size(), std::size_t(1));
    QCOMPARE(m_program->session.project().credentials.front().name, u"Customer A"_s);

    // What nobody can be asked about is not tested, and the page says so.
    QTRY_VERIFY(visibleChild<QLabel>(page(), u"whyNoTest"_s));
    QVERIFY(!visibleChild(page(), u"testCredential"_s));

    PRESS(page(), u"deleteCredential"_s);
    PRESS(page(), u"confirmDeleteCredential"_s);
    QTRY_VERIFY(m_program->session.project().credentials.empty());
}

void TestJourney::aMessageIsRead()
{
    const QString domain = m_company->settings().target.domain;
    openFromRail(pages::kMessage);
    auto *field = visibleChild<QPlainTextEdit>(page(), u"messageText"_s);
    QVERIFY(field);
    QApplication::clipboard()->setText(u"From: Billing <billing@%1>\nSubject: Your invoice\n\nHello\n"_s.arg(domain));
    field->setFocus();
    QTest::keySequence(field, QKeySequence::Paste);
    PRESS(page(), u"readMessage"_s);
    QTRY_VERIFY_WITH_TIMEOUT(visibleChild(page(), u"storyPicture"_s), kPatience);
    QVERIFY(!visibleChild<QLabel>(page(), u"storyHeadline"_s)->text().isEmpty());
    PRESS(page(), u"showStory"_s);
    QTRY_VERIFY(visibleChild(page(), u"storyDetails"_s));
    // Nothing in it proves anything, and that is what is kept of it.
    const auto proof = m_program->session.project().delivery.proof;
    QVERIFY(proof);
    QCOMPARE(proof->domain, domain);
    QVERIFY(!proof->byDkim && !proof->bySpf);
}

void TestJourney::theHomepageIsWatched()
{
    const QSignalSpy samples(&m_program->session, &Session::sampleAdded);
    openFromRail(pages::kMonitoring);
    PRESS(page(), u"addFirstMonitor"_s);
    QTRY_VERIFY(visibleChild(page(), u"monitorAddress"_s));
    QTest::keyClicks(visibleChild(page(), u"monitorName"_s), u"Homepage"_s);
    QVERIFY(!visibleChild(page(), u"saveMonitor"_s)->isEnabled()); // an address is missing
    const QString domain = m_company->settings().target.domain;
    QTest::keyClicks(visibleChild(page(), u"monitorAddress"_s), u"https://%1/"_s.arg(domain));
    PRESS(page(), u"saveMonitor"_s);
    QTRY_VERIFY_WITH_TIMEOUT(samples.size() >= 1, kPatience);
    const qsizetype before = samples.size();
    QTRY_VERIFY(visibleChild(page(), u"sampleNow"_s) && visibleChild(page(), u"sampleNow"_s)->isEnabled());
    PRESS(page(), u"sampleNow"_s);
    QTRY_VERIFY_WITH_TIMEOUT(samples.size() > before, kPatience);
    QCOMPARE(samples.front().front().value<Sample>().state, SampleState::Up);
}

void TestJourney::thePackIsExported()
{
    const QString path = m_folder.filePath(u"pack.pdf"_s);
    openFromRail(pages::kHandover);
    PRESS(page(), u"exportPdf"_s);
    QTRY_VERIFY(page()->findChild<QFileDialog *>());
    auto *dialog = page()->findChild<QFileDialog *>();
    auto *name = visibleChild<QLineEdit>(dialog, u"fileNameEdit"_s);
    QVERIFY(name);
    name->setText(path); // typed, the list of completions would open and take the Return key
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(path).size() > 1000, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(visibleChild(page(), u"exportPdf"_s)->isEnabled(), kPatience);
    QFile pdf(path);
    QVERIFY(pdf.open(QFile::ReadOnly));
    QVERIFY(pdf.read(5) == "%PDF-");
}

void TestJourney::everythingIsThereAgain()
{
    const QString path = m_program->session.path();
    const std::size_t risks = m_program->session.risks().size();
    const int score = m_program->session.verdict().score;
    QVERIFY(m_program->window.close());
    m_program.reset();

    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QVERIFY2(!file.readAll().contains(kSecret.toUtf8()), "a credential's value reached the project file");
    file.close();

    m_program = std::make_unique<Program>(*m_composition, *m_company, m_credentials, *m_theme);
    m_program->window.openProject(path);
    Session &session = m_program->session;
    QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), kPatience);
    QCOMPARE(session.risks().size(), risks);
    QCOMPARE(session.verdict().score, score);
    QCOMPARE(session.project().decisions.at(m_putOff).by, u"Dana"_s);
    QCOMPARE(session.project().answers.at(m_answered).by, u"Dana"_s);
    QVERIFY(session.project().credentials.empty());
    QCOMPARE(session.project().monitors.size(), std::size_t(1));
    QCOMPARE(session.project().delivery.proof->domain, m_company->settings().target.domain);
    openFromRail(pages::kMonitoring);
    auto *endpoints = visibleChild<QAbstractItemView>(page(), u"endpoints"_s);
    QVERIFY(endpoints);
    QTRY_COMPARE_WITH_TIMEOUT(endpoints->model()->index(0, 0).data().toString(), u"Homepage"_s, kPatience);
}

void TestJourney::openFromRail(const QString &pageId)
{
    auto *rail = visibleChild(&m_program->window, u"rail"_s);
    QVERIFY(rail);
    PRESS(rail, u"rail-"_s + pageId);
    QTRY_COMPARE(m_program->window.currentPageId(), pageId);
}

QModelIndex TestJourney::firstRowOfItems()
{
    const auto *items = visibleChild<QAbstractItemView>(page(), u"items"_s);
    for (int row = 0; items && row < items->model()->rowCount(); ++row)
        if (const QModelIndex index = items->model()->index(row, 0); index.flags().testFlag(Qt::ItemIsSelectable))
            return index;
    return {};
}

QTEST_MAIN(TestJourney)
#include "tst_journey.moc"
