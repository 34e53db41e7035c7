// The session's permission, accounts, and log: what is sealed, what a run gets of it, and what stops it.
#include "pagefixture.h"

#include "models/credentialkind.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <mutex>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

const QString kAttack = u"access.forged-token"_s; // active by the catalogue
const QString kAsActor = u"access.roles"_s;       // signs in
const QString kQuiet = u"tls.expiry"_s;

TestActor account(const QString &name, const QString &credential)
{
    TestActor actor;
    actor.id = newActorId();
    actor.name = name;
    actor.role = u"member"_s;
    actor.tenant = u"Acme"_s;
    actor.signIn.kind = SignInKind::BearerToken;
    actor.credential = credential;
    return actor;
}

// What a made-up check saw of its run.
struct Seen
{
    std::mutex mutex;
    int looks = 0;
    QStringList hosts;
    std::map<QString, QByteArray> secrets; // by id of the actor
    std::map<QString, QString> missing;
    int letOut = 0;
};

} // namespace

class SessionAccessTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
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
    void theKillSwitchEndsARun();
    void withdrawingEndsARun();
    void theSealIsOfThisMachine();
    void aLargerBudgetAsksAgain();
    void refusesWhatIsNoAccount();
    void writesTheLogWhileARunGoesOn();
    void exportsTheLog();
    void triesAnAccount();
    void triesNoAccountWithoutPermission();
    void readOnlyChangesNothing();

private:
    Session &session() { return *m_fixture->session; }
    void open(const QByteArray &key = "key of this machine");
    void permit();
    void addAccounts(int count);
    void run(const QStringList &ids);
    CheckResult resultOf(const QString &id);
    Check attack(const QString &id, std::vector<Need> needs);

    std::unique_ptr<PageFixture> m_fixture;
    std::shared_ptr<Seen> m_seen;
    ControlLook m_look;
    std::atomic_int m_looks = 0;
    std::atomic_int m_trials = 0;
    std::shared_ptr<std::atomic_bool> m_holds; // the attack goes on while this is true
};

void SessionAccessTest::open(const QByteArray &key)
{
    m_fixture = std::make_unique<PageFixture>([this, key](SessionServices &services) {
        services.machineKey = [key] { return key; };
        services.lookForControl = [this](ControlMethod, const Target &, const QString &token, const NetOptions &,
                                         const CancelToken &) -> Result<ControlLook> {
            ++m_looks;
            if (!isControlToken(token))
                return failure(ErrorKind::BadInput, u"no token"_s);
            return m_look;
        };
        services.tryActor = [this](const TestActor &actor, const ActiveTerms &terms, const NetOptions &,
                                   const CancelToken &) -> Result<ActorTrial> {
            ++m_trials;
            const bool hasSecret = terms.secrets.contains(actor.id) && terms.killed;
            return ActorTrial{hasSecret,
                              actor.name,
                              u"Signed in."_s,
                              {{QDateTime::currentDateTimeUtc(),
                                u"sign-in"_s,
                                u"POST"_s,
                                u"app.acme-ops.example"_s,
                                u"/login"_s,
                                actor.name,
                                200,
                                5,
                                {}}}};
        };
    });
    m_fixture->registry.add(attack(kAttack, {}));
    m_fixture->registry.add(attack(kAsActor, {Need::TestAccounts}));
    Check quiet;
    quiet.id = kQuiet;
    quiet.look = [](const Look &) { return Judged(); };
    m_fixture->registry.add(std::move(quiet));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
}

void SessionAccessTest::init()
{
    m_seen = std::make_shared<Seen>();
    m_holds = std::make_shared<std::atomic_bool>(false);
    m_look = {true, u"acme-ops.example"_s, u"It is yours."_s};
    m_looks = 0;
    m_trials = 0;
    open();
}

// Asks the gate for leave as long as it is told to, and notes what the run gave it.
Check SessionAccessTest::attack(const QString &id, std::vector<Need> needs)
{
    Check check;
    check.id = id;
    check.needs = std::move(needs);
    check.look = [seen = m_seen, id, holds = m_holds](const Look &look) {
        ActiveGate *gate = look.seen.active();
        if (!gate)
            return couldNotLook({ErrorKind::NotPermitted, u"no gate"_s});
        if (const auto announced = gate->announce(id, 100); !announced)
            return couldNotLook(announced.error());
        {
            const std::scoped_lock lock(seen->mutex);
            ++seen->looks;
            seen->hosts = gate->terms().hosts;
            for (const auto &[actor, value] : gate->terms().secrets)
                seen->secrets[actor] = value.reveal();
            seen->missing = gate->terms().missingSecrets;
        }
        const ActiveRequestNote note{id, u"GET"_s, u"app.acme-ops.example"_s, u"/api/me"_s, {}};
        Result<void> left;
        do {
            left = gate->enter(note, look.seen.token(), look.seen.deadline());
            if (left) {
                const std::scoped_lock lock(seen->mutex);
                ++seen->letOut;
                gate->done(note, 401, std::chrono::milliseconds(3));
            }
        } while (left && *holds);
        return left ? Judged() : couldNotLook(left.error());
    };
    return check;
}

void SessionAccessTest::permit()
{
    QSignalSpy changed(&session(), &Session::permissionChanged);
    bool answered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    QTRY_VERIFY(answered);
    session().agree(u"Anna Founder"_s);
    QCOMPARE(session().permissionState(), PermissionState::Given);
}

void SessionAccessTest::addAccounts(int count)
{
    std::vector<TestActor> actors;
    std::vector<Credential> credentials;
    for (int i = 0; i < count; ++i) {
        const QString name = u"Account %1"_s.arg(i);
        actors.push_back(account(name, name));
        credentials.push_back({name, {}, newKeychainEntry(CredentialKind::Other), {}, {}});
        m_fixture->keychain.values.insert_or_assign(credentials.back().keychainEntry,
                                                    Secret("value " + QByteArray::number(i)));
    }
    session().setCredentials(credentials);
    session().setActors(actors);
    QCOMPARE(session().project().actors.size(), size_t(count));
}

void SessionAccessTest::run(const QStringList &ids)
{
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks(ids);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
}

CheckResult SessionAccessTest::resultOf(const QString &id)
{
    const auto results = latestOf(id, session().project());
    return results.empty() ? CheckResult() : *results.front();
}

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
    m_look = {false, {}, u"There is no TXT record yet."_s};
    QString said;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &look) { said = look->what; });
    QTRY_COMPARE(said, m_look.what);
    QVERIFY(!session().project().permission.proof);
    QCOMPARE(session().permissionState(), PermissionState::NotProven);
}

void SessionAccessTest::forgetsTheAnswerOfAnotherTarget()
{
    bool answered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    session().setTarget(parseAddress(u"another.example"_s).value());
    QTRY_COMPARE(m_looks.load(), 1);
    bool second = false;
    m_look.isProven = false;
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
}

void SessionAccessTest::secretsAreForRunsThatNeedThem()
{
    permit();
    addAccounts(2);
    run({kAttack, kQuiet});
    QCOMPARE(m_seen->looks, 1);
    QVERIFY(m_seen->secrets.empty());
    QCOMPARE(m_fixture->keychain.reads, 0);
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

void SessionAccessTest::theKillSwitchEndsARun()
{
    permit();
    *m_holds = true;
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kAttack});
    QTRY_VERIFY([this] {
        const std::scoped_lock lock(m_seen->mutex);
        return m_seen->letOut > 0;
    }());
    QElapsedTimer clock;
    clock.start();
    session().stopActive();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(session().permissionState(), PermissionState::Stopped);
    QVERIFY(resultOf(kAttack).outcome == Outcome::Error || resultOf(kAttack).outcome == Outcome::NotRun);
    *m_holds = false;
    session().resumeActive();
    QCOMPARE(session().permissionState(), PermissionState::Given);
    run({kAttack});
    QCOMPARE(resultOf(kAttack).outcome, Outcome::Pass);
}

void SessionAccessTest::withdrawingEndsARun()
{
    permit();
    *m_holds = true;
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kAttack});
    QTRY_VERIFY([this] {
        const std::scoped_lock lock(m_seen->mutex);
        return m_seen->letOut > 0;
    }());
    session().withdrawAgreement();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(session().permissionState(), PermissionState::NotAgreed);
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

void SessionAccessTest::writesTheLogWhileARunGoesOn()
{
    permit();
    *m_holds = true;
    QSignalSpy logged(&session(), &Session::requestsLogged);
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kAttack});
    QTRY_VERIFY(!logged.isEmpty());
    QCOMPARE(finished.count(), 0);
    std::vector<LoggedRequest> soFar;
    session().loadRequests(this, [&](const auto &requests) { soFar = requests.value(); });
    QTRY_VERIFY(!soFar.empty());
    QCOMPARE(soFar.front().checkId, kAttack);
    QCOMPARE(soFar.front().status, 401);
    *m_holds = false;
    QTRY_COMPARE(finished.count(), 1);
    std::vector<LoggedRequest> all;
    session().loadRequests(this, [&](const auto &requests) { all = requests.value(); });
    QTRY_VERIFY(!all.empty());
    QCOMPARE(static_cast<int>(all.size()), m_seen->letOut);
}

void SessionAccessTest::exportsTheLog()
{
    permit();
    run({kAttack});
    const QString file = m_fixture->folder.filePath(u"sent.csv"_s);
    std::optional<bool> written;
    session().exportRequests(file, this, [&](const Result<void> &done) { written = done.has_value(); });
    QTRY_COMPARE(written, std::optional(true));
    QFile csv(file);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QByteArray text = csv.readAll();
    QVERIFY2(text.contains("/api/me") && text.contains("401"), text.constData());
    written.reset();
    session().exportRequests(m_fixture->folder.filePath(u"none/sent.csv"_s), this,
                             [&](const Result<void> &done) { written = done.has_value(); });
    QTRY_COMPARE(written, std::optional(false));
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
    QCOMPARE(m_looks.load(), 0);
    QCOMPARE(session().permissionState(), PermissionState::NotProven);
}

QTEST_MAIN(SessionAccessTest)
#include "tst_sessionaccess.moc"
