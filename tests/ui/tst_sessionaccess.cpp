// The session's permission and accounts: what is sealed, what a run gets of it, and who may be tried.
#include "sessionaccesslab.h"

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class SessionAccessTest : public SessionAccessLab
{
    Q_OBJECT

private slots:
    void init() { start(); }
    void cleanup() { m_fixture.reset(); }
    void theTokenIsMadeOnce();
    void provesWhatWasFound();
    void keepsNothingThatWasNotProven();
    void forgetsTheAnswerOfAnotherTarget();
    void nothingRunsWithoutPermission_data();
    void nothingRunsWithoutPermission();
    void aRunGetsTheTerms();
    void secretsAreForRunsThatNeedThem();
    void saysWhyAnAccountHasNoSecret();
    void givesUpOnAKeychainThatThinks();
    void theSealIsOfThisMachine();
    void aLargerBudgetAsksAgain();
    void refusesWhatIsNoAccount();
    void triesAnAccount();
    void triesNoAccountWithoutPermission();
    void readOnlyChangesNothing();
};

void SessionAccessTest::theTokenIsMadeOnce()
{
    const QString token = session().controlToken();
    QVERIFY(isControlToken(token));
    QCOMPARE(session().controlToken(), token);
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    open(); // another project
    QVERIFY(session().controlToken() != token);
}

void SessionAccessTest::provesWhatWasFound()
{
    QCOMPARE(session().permissionState(), PermissionState::NotProven);
    std::optional<ControlLook> said;
    session().proveControl(ControlMethod::TxtRecord, this,
                           [&](const Result<ControlLook> &look) { said = look.value(); });
    QVERIFY(!said); // it never waits
    QTRY_VERIFY(said);
    QVERIFY(said->isProven);
    QCOMPARE(session().permissionState(), PermissionState::NotAgreed);
    QCOMPARE(session().project().permission.proof->domain, u"acme-ops.example"_s);
    session().agree(u" "_s); // nobody
    QCOMPARE(session().permissionState(), PermissionState::NotAgreed);
    session().agree(u"Anna Founder"_s);
    QCOMPARE(session().permissionState(), PermissionState::Given);
}

void SessionAccessTest::keepsNothingThatWasNotProven()
{
    m_answers.look = {false, {}, u"There is no TXT record yet."_s};
    QString said;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &look) { said = look->what; });
    QTRY_COMPARE(said, m_answers.look.what);
    QVERIFY(!session().project().permission.proof);
    QCOMPARE(session().permissionState(), PermissionState::NotProven);
}

void SessionAccessTest::forgetsTheAnswerOfAnotherTarget()
{
    bool answered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    session().setTarget(parseAddress(u"another.example"_s).value());
    QTRY_COMPARE(m_answers.looks.load(), 1);
    bool second = false;
    m_answers.look.isProven = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { second = true; });
    QTRY_VERIFY(second); // whatever came before it has been dealt with
    QVERIFY(!answered);
    QVERIFY(!session().project().permission.proof);
}

void SessionAccessTest::nothingRunsWithoutPermission_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<PermissionState>("state");
    QTest::newRow("nothing was shown") << u"nothing"_s << PermissionState::NotProven;
    QTest::newRow("nobody agreed") << u"proven"_s << PermissionState::NotAgreed;
    QTest::newRow("the proof is old") << u"old"_s << PermissionState::Expired;
    QTest::newRow("it was stopped") << u"stopped"_s << PermissionState::Stopped;
    QTest::newRow("another target") << u"moved"_s << PermissionState::OtherTarget;
}

void SessionAccessTest::nothingRunsWithoutPermission()
{
    QFETCH(QString, how);
    QFETCH(PermissionState, state);
    addAccounts(1);
    if (how != "nothing"_L1)
        permit();
    if (how == "proven"_L1)
        session().withdrawAgreement();
    if (how == "stopped"_L1)
        session().stopActive();
    if (how == "moved"_L1)
        session().setTarget(parseAddress(u"another.example"_s).value());
    if (how == "old"_L1) {
        Permission permission = session().project().permission;
        permission.proof->provenAt = permission.proof->provenAt.addDays(-8);
        session().setPermission(permission);
    }
    QCOMPARE(session().permissionState(), state);
    run({kAttack, kAsActor, kQuiet});
    for (const QString &id : {kAttack, kAsActor}) {
        QCOMPARE(resultOf(id).outcome, Outcome::NotRun);
        QCOMPARE(resultOf(id).reason, sentenceOf(state));
    }
    QCOMPARE(resultOf(kQuiet).outcome, Outcome::Pass);
    QCOMPARE(m_seen->looks, 0);
    QCOMPARE(m_fixture->keychain.reads, 0);
}

void SessionAccessTest::aRunGetsTheTerms()
{
    permit();
    addAccounts(2);
    run({kAttack, kAsActor});
    QCOMPARE(resultOf(kAttack).outcome, Outcome::Pass);
    QCOMPARE(m_seen->looks, 2);
    QCOMPARE(m_seen->hosts, QStringList({u"acme-ops.example"_s, u"app.acme-ops.example"_s}));
    const auto &actors = session().project().actors;
    QCOMPARE(m_seen->secrets, (std::map<QString, QByteArray>{{actors[0].id, "value 0"}, {actors[1].id, "value 1"}}));
    QVERIFY(m_seen->missing.empty());
    for (const Credential &credential : session().project().credentials)
        QVERIFY(credential.lastUsedAt.isValid());
    // Kept, and not in the window alone.
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    const auto file = ProjectStore::open(m_fixture->path(), OpenMode::ReadOnly).value();
    QVERIFY(file->load()->credentials.front().lastUsedAt.isValid());
}

void SessionAccessTest::secretsAreForRunsThatNeedThem()
{
    permit();
    addAccounts(2);
    run({kAttack, kQuiet});
    QCOMPARE(m_seen->looks, 1);
    QVERIFY(m_seen->secrets.empty());
    QCOMPARE(m_fixture->keychain.reads, 0);
    QVERIFY(!session().project().credentials.front().lastUsedAt.isValid());
    run({kAsActor});
    QCOMPARE(m_fixture->keychain.reads, 2);
    run({kAsActor}); // not kept from the last run
    QCOMPARE(m_fixture->keychain.reads, 4);
}

void SessionAccessTest::saysWhyAnAccountHasNoSecret()
{
    permit();
    addAccounts(2);
    m_fixture->keychain.values.erase(session().project().credentials[1].keychainEntry);
    run({kAsActor});
    const auto &actors = session().project().actors;
    QCOMPARE(m_seen->secrets.size(), size_t(1));
    QVERIFY(m_seen->secrets.contains(actors[0].id));
    QVERIFY(session().project().credentials[0].lastUsedAt.isValid());
    QVERIFY(!session().project().credentials[1].lastUsedAt.isValid()); // the entry is gone: nothing was used
    QCOMPARE(m_seen->missing.size(), size_t(1));
    QVERIFY2(m_seen->missing[actors[1].id].contains(u"\"Account 1\""_s), qPrintable(m_seen->missing[actors[1].id]));
}

void SessionAccessTest::givesUpOnAKeychainThatThinks()
{
    permit();
    addAccounts(2);
    m_fixture->keychain.isSlow = true;
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kAsActor});
    QVERIFY(session().isRunning());
    QCOMPARE(m_fixture->keychain.late.size(), size_t(1));
    session().stopRun();
    QCOMPARE(finished.count(), 1);
    m_fixture->keychain.late.front()(); // too late
    if (m_fixture->keychain.late.size() > 1)
        m_fixture->keychain.late[1]();
    QVERIFY(!session().isRunning());
    QCOMPARE(m_seen->looks, 0);
}

void SessionAccessTest::theSealIsOfThisMachine()
{
    permit();
    const QString path = m_fixture->path();
    const QString token = session().project().permission.token;
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    const auto reopen = [&] {
        QSignalSpy opened(&session(), &Session::projectOpened);
        session().openProject(path, OpenMode::ReadWrite);
        QTRY_COMPARE(opened.count(), 1);
    };
    reopen();
    QCOMPARE(session().permissionState(), PermissionState::Given);
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    session().closeProject();
    // As it comes to somebody else, by mail.
    SessionServices services;
    services.run.catalog = &m_fixture->catalog;
    services.run.registry = &m_fixture->registry;
    services.roadmaps = loadRoadmaps().value();
    services.machineKey = [] { return QByteArray("key of another machine"); };
    Session elsewhere(std::move(services));
    QSignalSpy opened(&elsewhere, &Session::projectOpened);
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            if (opened.isEmpty())
                elsewhere.openProject(path, OpenMode::ReadWrite);
            return opened.wait(200) || !opened.isEmpty();
        }(),
        5000);
    QCOMPARE(elsewhere.permissionState(), PermissionState::NotProven);
    QCOMPARE(elsewhere.project().permission.token, token);
}

void SessionAccessTest::aLargerBudgetAsksAgain()
{
    permit();
    session().setActiveBudget({.requests = 100, .perSecond = 2, .lockableAccounts = 0});
    QCOMPARE(session().permissionState(), PermissionState::Given);
    session().setActiveBudget({.requests = 200, .perSecond = 2, .lockableAccounts = 0});
    QCOMPARE(session().permissionState(), PermissionState::NotAgreed);
    QSignalSpy failed(&session(), &Session::saveFailed);
    session().setActiveBudget({.requests = 0});
    QCOMPARE(failed.count(), 1);
    QCOMPARE(session().project().permission.budget.requests, 200);
}

void SessionAccessTest::refusesWhatIsNoAccount()
{
    QSignalSpy failed(&session(), &Session::saveFailed);
    QSignalSpy changed(&session(), &Session::actorsChanged);
    session().setActors({TestActor()});
    QCOMPARE(failed.count(), 1);
    QCOMPARE(changed.count(), 0);
    QVERIFY(session().project().actors.empty());
    session().setAccessRules({{u"get"_s, u"/api/me"_s, {}, u"member"_s, Allowance::Allowed}});
    QCOMPARE(session().project().accessRules.front().method, u"GET"_s);
}

void SessionAccessTest::triesAnAccount()
{
    permit();
    addAccounts(1);
    QSignalSpy logged(&session(), &Session::requestsLogged);
    std::optional<ActorTrial> trial;
    session().tryActor(session().project().actors.front().id, this,
                       [&](const auto &answer) { trial = answer.value(); });
    QTRY_VERIFY(trial);
    QVERIFY(trial->isSignedIn);
    QCOMPARE(logged.count(), 1);
    QVERIFY(session().project().credentials.front().lastUsedAt.isValid());
}

void SessionAccessTest::triesNoAccountWithoutPermission()
{
    addAccounts(1);
    std::optional<Error> refused;
    const auto take = [&](const Result<ActorTrial> &answer) { refused = answer.error(); };
    session().tryActor(session().project().actors.front().id, this, take);
    QVERIFY(refused);
    QCOMPARE(refused->message, sentenceOf(PermissionState::NotProven));
    QCOMPARE(m_fixture->keychain.reads, 0);
    permit();
    m_fixture->keychain.values.clear();
    refused.reset();
    session().tryActor(session().project().actors.front().id, this, take);
    QTRY_VERIFY(refused);
    QVERIFY2(refused->message.contains(u"Account 0"_s), qPrintable(refused->message));
    QCOMPARE(m_trials.load(), 0);
}

void SessionAccessTest::readOnlyChangesNothing()
{
    session().closeProject();
    QSignalSpy opened(&session(), &Session::projectOpened);
    session().openProject(m_fixture->path(), OpenMode::ReadOnly);
    QTRY_COMPARE(opened.count(), 1);
    QSignalSpy failed(&session(), &Session::saveFailed);
    QVERIFY(session().controlToken().isEmpty());
    session().agree(u"Anna"_s);
    session().setActors({});
    session().proveControl(ControlMethod::TxtRecord, this, [](const Result<ControlLook> &) { QFAIL("was asked"); });
    QCOMPARE(failed.count(), 3);
    QCOMPARE(m_answers.looks.load(), 0);
    QCOMPARE(session().permissionState(), PermissionState::NotProven);
}

QTEST_MAIN(SessionAccessTest)
#include "tst_sessionaccess.moc"
