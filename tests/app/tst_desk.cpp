// The window with what stands behind it, as the program starts it.
#include "app/composition.h"
#include "app/desk.h"
#include "app/keychain.h"
#include "app/translators.h"
#include "app/windowcommand.h"
#include "models/credentialkind.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/shell/projectview.h"
#include "ui/start/startpage.h"
#include "ui/theme/theme.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QScopeGuard>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 60000;

MainWindow *openWindow()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<MainWindow *>(widget))
            return window;
    }
    return nullptr;
}

bool says(const QWidget *root, const QString &words)
{
    const auto labels = root->findChildren<QLabel *>();
    return std::ranges::any_of(
        labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(words); });
}

ProjectSettings settingsOf(const QString &address)
{
    return {.name = address,
            .target = parseAddress(address).value(),
            .roadmapId = QString::fromLatin1(kDefaultRoadmapId),
            .dkimSelectors = {}};
}

} // namespace

class TestDesk : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void thePracticeCompanyOpensFromItsButton();
    void withoutATemporaryFolderTheProgramSaysSo();
    void withoutAKeychainTheProgramSaysSo();
    void twoWindowsKeepWhatEachKnows();

private:
    void tryAccounts(Session &session, const SessionCredentialStore &keychain);
    void runMatrix(Session &session);

    QTemporaryDir m_home;
    std::unique_ptr<Composition> m_composition;
};

void TestDesk::initTestCase()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path());
    QCoreApplication::setOrganizationName(u"launch-cockpit"_s);
    QCoreApplication::setApplicationName(u"tst_desk"_s);
    installTranslators(u"en"_s);
    auto composition = compose(u"en"_s);
    QVERIFY(composition);
    m_composition = std::make_unique<Composition>(std::move(*composition));
}

void TestDesk::thePracticeCompanyOpensFromItsButton()
{
    Theme theme(*qApp, ThemeChoice::Light);
    SessionCredentialStore credentials;
    Desk desk(*m_composition, {}, theme, credentials);
    desk.show();
    QVERIFY(QTest::qWaitForWindowExposed(desk.window()));
    auto *practice = desk.window()->startPage()->findChild<QAbstractButton *>(u"practice"_s);
    QVERIFY(practice);
    QTest::mouseClick(practice, Qt::LeftButton);
    QTest::mouseClick(practice, Qt::LeftButton); // impatience starts no second company
    QTRY_VERIFY_WITH_TIMEOUT(desk.session()->isOpen(), kPatience);
    QCOMPARE(desk.window()->currentPageId(), pages::stage(1));
    const ProjectState &known = desk.session()->project(); // the first look knows the product
    QVERIFY(!known.routes.empty() && !known.samples.empty() && !known.accessRules.empty());
    // The back office takes all questions of GraphQL at one address: the project has an example of each.
    QCOMPARE(std::ranges::count(known.samples, u"/graphql"_s, &RouteSample::path), 7);
    QCOMPARE(desk.session()->permissionState(), PermissionState::Given);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session()->risks().empty(), kPatience);
    desk.session()->stopRun();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session()->isRunning(), kPatience);
    tryAccounts(*desk.session(), credentials);
    runMatrix(*desk.session());

    // It is for looking around: nobody is reminded of it.
    desk.window()->showStart();
    const auto *recent = desk.window()->startPage()->findChild<QListView *>(u"recentProjects"_s);
    QCOMPARE(recent->model()->rowCount(), 0);
    const QString first = desk.session()->path();
    QTest::mouseClick(practice, Qt::LeftButton); // the same company, another project
    QTRY_VERIFY_WITH_TIMEOUT(desk.session()->isOpen() && desk.session()->path() != first, kPatience);
    desk.session()->stopRun();
}

// Of each product two customers with an admin and a member each, accounts to lock, a key: all sign in by what is in
// memory alone.
void TestDesk::tryAccounts(Session &session, const SessionCredentialStore &keychain)
{
    const std::vector<TestActor> actors = session.project().actors;
    QCOMPARE(actors.size(), 12U);
    QCOMPARE(missingActors(actors), QStringList());
    for (const Credential &credential : session.project().credentials) {
        QCOMPARE(kindOf(credential), CredentialKind::Practice);
        QVERIFY(!keychain.holds(credential.keychainEntry));
    }
    for (const TestActor &actor : {actors.front(), actors.back()}) {
        std::optional<Result<ActorTrial>> trial;
        session.tryActor(actor.id, this, [&trial](const Result<ActorTrial> &ended) { trial = ended; });
        QTRY_VERIFY_WITH_TIMEOUT(trial.has_value(), kPatience);
        QVERIFY2(*trial && (*trial)->isSignedIn, *trial ? qPrintable((*trial)->sentence) : "not tried");
        QVERIFY2((*trial)->sentence.contains(actor.userName), qPrintable((*trial)->sentence));
    }
}

// A few rows of it: a member may do what only administrators should.
void TestDesk::runMatrix(Session &session)
{
    std::vector<Route> few = session.project().routes;
    std::erase_if(few, [](const Route &route) {
        return route.method != "GET"_L1 ||
               (route.path != "/api/admin/users"_L1 && route.path != "/api/me"_L1 && route.path != "/api/projects"_L1);
    });
    session.setRoutes(few);
    session.runChecks({u"access.roles"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!session.isRunning(), kPatience);
    const auto results = latestOf(u"access.roles"_s, session.project());
    QCOMPARE(results.size(), 1U);
    QVERIFY2(std::ranges::any_of(results.front()->findings,
                                 [](const Finding &finding) { return finding.code == "role_exceeds"_L1; }),
             qPrintable(results.front()->summary + u' ' + results.front()->reason));
}

void TestDesk::withoutATemporaryFolderTheProgramSaysSo()
{
    const auto restore = qScopeGuard([before = qgetenv("TMPDIR"), wasSet = qEnvironmentVariableIsSet("TMPDIR")] {
        wasSet ? qputenv("TMPDIR", before) : qunsetenv("TMPDIR");
    });
    qputenv("TMPDIR", "/nowhere/at/all");
    Theme theme(*qApp, ThemeChoice::Light);
    SessionCredentialStore credentials;
    Desk desk(*m_composition, {}, theme, credentials);
    desk.show();
    desk.window()->startPage()->findChild<QAbstractButton *>(u"practice"_s)->click();
    QVERIFY(says(desk.window(), u"/nowhere/at/all"_s));
    QVERIFY(!desk.session()->isOpen());
    QVERIFY(desk.window()->startPage()->findChild<QAbstractButton *>(u"practice"_s)->isEnabled());
    // Nothing is taken for the practice company's that is not.
    QTemporaryDir own(m_home.filePath(u"own-XXXXXX"_s));
    QSignalSpy opened(desk.session(), &Session::projectOpened);
    desk.session()->createProject(own.filePath(u"own.cockpit"_s), settingsOf(u"own.example"_s));
    QTRY_COMPARE(opened.count(), 1);
    QVERIFY(desk.session()->project().routes.empty());
}

void TestDesk::twoWindowsKeepWhatEachKnows()
{
    Theme theme(*qApp, ThemeChoice::Light);
    SessionCredentialStore credentials;
    const auto open = [](Desk &desk, const QString &path) {
        QSignalSpy opened(desk.session(), &Session::projectOpened);
        desk.session()->createProject(path, settingsOf(u"made.example"_s));
        QTRY_COMPARE(opened.count(), 1);
    };
    Desk first(*m_composition, {}, theme, credentials);
    Desk second(*m_composition, {}, theme, credentials);
    open(first, m_home.filePath(u"first.cockpit"_s));
    open(second, m_home.filePath(u"second.cockpit"_s));
    second.window()->close();
    first.window()->close();
    QSettings stored;
    QStringList paths;
    for (const RecentProject &project : loadSettings(stored).recent)
        paths << QFileInfo(project.path).fileName();
    QVERIFY2(paths.contains(u"first.cockpit"_s) && paths.contains(u"second.cockpit"_s), qPrintable(paths.join(u' ')));
}

// Through the program's own start, on a computer where nobody answers for a keychain.
void TestDesk::withoutAKeychainTheProgramSaysSo()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    bool wasLookedAt = false;
    QTimer::singleShot(0, qApp, [&wasLookedAt] {
        const auto end = qScopeGuard([] { QApplication::quit(); });
        MainWindow *window = openWindow();
        QVERIFY(window);
        QTRY_VERIFY_WITH_TIMEOUT(window->projectView(), kPatience);
        window->showPage(pages::kCredentials);
        Page *page = window->projectView()->page(pages::kCredentials);
        QTRY_VERIFY(says(page, u"Credentials are kept for this session only."_s));
        QVERIFY(says(page,
                     u"What you add here is forgotten when the program ends, and is never written to a file. To keep "
                     "it longer, start this program again once your keychain works."_s));
        wasLookedAt = true;
    });
    Options options;
    options.command = Command::Window;
    options.demo = true;
    QCOMPARE(runWindow(options, *m_composition), ExitStatus::Ok);
    QVERIFY(wasLookedAt);
}

QTEST_MAIN(TestDesk)
#include "tst_desk.moc"
