// What the tests of a session's permission share: a project with a made-up attack, a sign-in that is made up, and what
// the attack saw of its run.
#pragma once

#include "accessanswers.h"

#include "models/credentialkind.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

namespace cockpit::testing {

inline const QString kAttack = QStringLiteral("access.forged-token"); // active by the catalogue
inline const QString kAsActor = QStringLiteral("access.roles");       // signs in
inline const QString kQuiet = QStringLiteral("tls.expiry");

// What a made-up check saw of its run.
struct Seen
{
    std::mutex mutex;
    int looks = 0;
    QStringList hosts;
    std::map<QString, QByteArray> secrets; // by id of the actor
    std::map<QString, QString> missing;
    int letOut = 0;

    int sent()
    {
        const std::scoped_lock lock(mutex);
        return letOut;
    }
};

class SessionAccessLab : public QObject
{
public:
    // Before each test: nothing seen yet, and everything is as it should be.
    void start();
    // Another project in a folder of its own.
    void open(const QByteArray &key = "key of this machine");
    void permit();
    void addAccounts(int count);
    void run(const QStringList &ids);
    CheckResult resultOf(const QString &id);
    Session &session() { return *m_fixture->session; }

protected:
    Check attack(const QString &id, std::vector<Need> needs);
    ActorTrial trialOf(const TestActor &actor, const ActiveTerms &terms);

    std::unique_ptr<PageFixture> m_fixture;
    std::shared_ptr<Seen> m_seen;
    AccessAnswers m_answers;
    std::atomic_int m_trials = 0;
    // The attack goes on while this is true, and a trial does not end.
    std::shared_ptr<std::atomic_bool> m_holds;
    // The attack takes a record away once it is over.
    std::shared_ptr<std::atomic_bool> m_undoes;
    // The look that sends nothing does not end while this is true, not even after Stop.
    std::shared_ptr<std::atomic_bool> m_stalls;
    std::shared_ptr<std::atomic_bool> m_isStalled;
};

inline void SessionAccessLab::start()
{
    m_seen = std::make_shared<Seen>();
    m_answers.look = {true, QStringLiteral("acme-ops.example"), QStringLiteral("It is yours.")};
    m_answers.looks = 0;
    m_trials = 0;
    m_holds = std::make_shared<std::atomic_bool>(false);
    m_undoes = std::make_shared<std::atomic_bool>(false);
    m_stalls = std::make_shared<std::atomic_bool>(false);
    m_isStalled = std::make_shared<std::atomic_bool>(false);
    open();
}

inline void SessionAccessLab::open(const QByteArray &key)
{
    m_fixture = std::make_unique<PageFixture>([this, key](SessionServices &services) {
        services.machineKey = [key] { return key; };
        services.lookForControl = controlFrom(m_answers);
        services.tryActor = [this](const TestActor &actor, const ActiveTerms &terms, const NetOptions &,
                                   const CancelToken &) -> Result<ActorTrial> { return trialOf(actor, terms); };
    });
    m_fixture->registry.add(attack(kAttack, {}));
    m_fixture->registry.add(attack(kAsActor, {Need::TestAccounts}));
    Check quiet;
    quiet.id = kQuiet;
    quiet.look = [stalls = m_stalls, isStalled = m_isStalled](const Look &) {
        while (*stalls) {
            *isStalled = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return Judged();
    };
    m_fixture->registry.add(std::move(quiet));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
}

inline ActorTrial SessionAccessLab::trialOf(const TestActor &actor, const ActiveTerms &terms)
{
    ++m_trials;
    while (*m_holds && !terms.killed->load())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return {
        terms.secrets.contains(actor.id) && terms.killed, actor.name, QStringLiteral("Signed in."), {signInOf(actor)}};
}

// Asks the gate for leave as long as it is told to, and notes what the run gave it.
inline Check SessionAccessLab::attack(const QString &id, std::vector<Need> needs)
{
    Check check;
    check.id = id;
    check.needs = std::move(needs);
    check.look = [seen = m_seen, id, holds = m_holds, undoes = m_undoes](const Look &look) {
        ActiveGate *gate = look.seen.active();
        if (!gate)
            return couldNotLook({ErrorKind::NotPermitted, QStringLiteral("no gate")});
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
        ActiveRequestNote note{
            id, QStringLiteral("GET"), QStringLiteral("app.acme-ops.example"), QStringLiteral("/api/me"), {}};
        Result<void> left;
        do {
            left = gate->enter(note, look.seen.token(), look.seen.deadline());
            if (left) {
                const std::scoped_lock lock(seen->mutex);
                ++seen->letOut;
                gate->done(note, 401, std::chrono::milliseconds(3));
            }
        } while (left && *holds);
        if (*undoes && !left) {
            note.errand = ActiveErrand::Undo;
            if (gate->enter(note, look.seen.token(), look.seen.deadline())) {
                const std::scoped_lock lock(seen->mutex);
                ++seen->letOut;
                gate->done(note, 204, std::chrono::milliseconds(3));
            }
        }
        return left ? Judged() : couldNotLook(left.error());
    };
    return check;
}

inline void SessionAccessLab::permit()
{
    QSignalSpy changed(&session(), &Session::permissionChanged);
    bool answered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    QTRY_VERIFY(answered);
    session().agree(QStringLiteral("Anna Founder"));
    QCOMPARE(session().permissionState(), PermissionState::Given);
}

inline void SessionAccessLab::addAccounts(int count)
{
    std::vector<TestActor> actors;
    std::vector<Credential> credentials;
    for (int i = 0; i < count; ++i) {
        const QString name = QStringLiteral("Account %1").arg(i);
        actors.push_back(someActor(name, QStringLiteral("member"), QStringLiteral("Acme")));
        actors.back().credential = name;
        credentials.push_back({name, {}, newKeychainEntry(CredentialKind::Other), {}, {}});
        m_fixture->keychain.values.insert_or_assign(credentials.back().keychainEntry,
                                                    Secret("value " + QByteArray::number(i)));
    }
    session().setCredentials(credentials);
    session().setActors(actors);
    QCOMPARE(session().project().actors.size(), size_t(count));
}

inline void SessionAccessLab::run(const QStringList &ids)
{
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks(ids);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
}

inline CheckResult SessionAccessLab::resultOf(const QString &id)
{
    const auto results = latestOf(id, session().project());
    return results.empty() ? CheckResult() : *results.front();
}

} // namespace cockpit::testing
